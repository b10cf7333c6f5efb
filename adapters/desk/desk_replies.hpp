// Replies that are kept ready, between the book's bytes and the page's JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ports/staff.hpp"

namespace alur::adapters {

// [{shortcut, title, text: {id, en}, category}]; a row that cannot be read is left out.
std::string replies_text(const std::vector<ports::ReplyRow>& rows);

// Of a request's body {title, text: {id, en}, category}. Nothing: it is none.
std::optional<ports::ReplyRow> to_reply(std::string_view shortcut, std::string_view body);

}  // namespace alur::adapters

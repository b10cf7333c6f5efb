// The JSON of the plain channel: what programs send and fetch.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/ports/channel.hpp"

namespace alur::adapters {

// Nothing, and one plain line in `why`.
std::optional<ports::Inbound> decode_message(const std::string& body, const std::string& channel,
                                             std::string& why);
std::optional<ports::Receipt> decode_receipt(const std::string& body, std::string& why);
// {"ids": ["17"]}
std::optional<std::vector<std::uint64_t>> decode_ids(const std::string& body, std::string& why);
// "17,18"; what is no number is left out.
std::vector<std::uint64_t> split_ids(const std::string& text);

// {"messages": [{"id", "to", "kind", "text", "choices": [{"tap", "label", "hint"}], ...}]}
std::string encode_messages(const std::vector<ports::Outgoing>& messages);
std::string encode_error(std::string_view why);

}  // namespace alur::adapters

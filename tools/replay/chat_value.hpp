// Values as chats write them and values as the machine holds them.
#pragma once

#include <optional>
#include <string>

#include "dsl/chat/chat.hpp"
#include "engine/value/time_zone.hpp"
#include "engine/value/type.hpp"
#include "tools/replay/match_text.hpp"

namespace alur::tools {

// The value that is written, as the type asks: a word is a member, a text a link to a picture where
// one is wanted. Nothing, and the reason in a few words, where it is no value of the type.
std::optional<value::Value> to_value(const dsl::ChatValue& written, const value::Type& type,
                                     const value::TimeZone& zone, const Captures& captures,
                                     std::string& why);

// As a chat would write it; the names of fields come from the type.
std::string print_value(const value::Value& value, const value::Type& type,
                        const value::TimeZone& zone);

}  // namespace alur::tools

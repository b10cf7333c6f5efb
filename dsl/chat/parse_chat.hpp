// A `.chat` file -> its conversations. Every mistake is a finding; what can be read is read all the
// same.
#pragma once

#include "dsl/chat/chat.hpp"
#include "dsl/finding/finding.hpp"
#include "dsl/finding/source.hpp"

namespace alur::dsl {

inline constexpr std::size_t chat_bytes_max = 1 << 20;
inline constexpr std::size_t chat_value_depth_max = 8;  // records in lists in records ...

ChatFile parse_chat(const Sources& sources, FileId file, Findings& findings);

}  // namespace alur::dsl

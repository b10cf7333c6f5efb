// What is said of a chat that is not one.
#pragma once

#include <string>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/finding/render.hpp"

namespace alur::dsl {

// The findings as they are shown; empty: it is sound.
inline std::string refused(const std::string& text) {
  Sources sources;
  Findings findings;
  const FileId file = sources.add("a.chat", text);
  parse_chat(sources, file, findings);
  return render_text(sources, findings);
}

}  // namespace alur::dsl

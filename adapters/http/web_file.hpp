// WebFile: a piece of a page, built into the program.
#pragma once

#include <string_view>

namespace alur::adapters {

// Lives as long as the program.
struct WebFile {
  std::string_view path;  // "/chat.js"
  std::string_view type;
  std::string_view body;
  std::string_view gzip;       // the same, compressed
  std::string_view mark;       // changes with the body
  bool named_by_mark = false;  // its path changes with it, too: it may be kept for ever
};

}  // namespace alur::adapters

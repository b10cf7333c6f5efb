#include "tools/webchat/page_files.hpp"

namespace alur::tools {
namespace {

std::string to_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string put(std::string_view page, std::string_view place, std::string_view text) {
  const std::string put = to_html(text);
  std::string out;
  for (std::size_t at = page.find(place); at != std::string_view::npos; at = page.find(place)) {
    out += page.substr(0, at);
    out += put;
    page.remove_prefix(at + place.size());
  }
  out += page;
  return out;
}

}  // namespace

// The title last: it may hold what looks like a place.
std::string page_for(std::string_view page, std::string_view title, std::string_view files) {
  return put(put(page, "%FILES%", files), "%TITLE%", title);
}

}  // namespace alur::tools

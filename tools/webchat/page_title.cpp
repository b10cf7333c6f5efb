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

}  // namespace

std::string page_with_title(std::string_view page, std::string_view title) {
  constexpr std::string_view place = "%TITLE%";
  const std::string name = to_html(title);
  std::string out;
  for (std::size_t at = page.find(place); at != std::string_view::npos; at = page.find(place)) {
    out += page.substr(0, at);
    out += name;
    page.remove_prefix(at + place.size());
  }
  out += page;
  return out;
}

}  // namespace alur::tools

#include "dsl/yaml/trouble.hpp"

#include <cstddef>

namespace alur::dsl {
namespace {

// A longer text would only repeat the line above it.
constexpr std::size_t shown_bytes_max = 48;

}  // namespace

std::string to_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + '"';
}

void suggest_quotes(Finding& finding, Span span, std::string_view text) {
  finding.suggestion = "put quotes around the text";
  if (text.find('\n') != std::string_view::npos) return;
  const std::string quoted = to_quoted(text);
  if (quoted.size() <= shown_bytes_max) finding.suggestion += ": " + quoted;
  finding.fix = Fix{span, quoted};
}

}  // namespace alur::dsl

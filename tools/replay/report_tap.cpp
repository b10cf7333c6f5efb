// TAP version 13 (testanything.org/tap-version-13-specification.html), failures in a YAML block.
#include <fmt/format.h>

#include "dsl/finding/excerpt.hpp"
#include "tools/replay/report.hpp"

namespace alur::tools {

namespace {

// `#` begins a directive.
std::string description(const ChatResult& result) {
  std::string out;
  for (const char c : dsl::to_visible(result.path + ": " + result.title)) {
    if (c == '#') out += '\\';
    out += c;
  }
  return out;
}

std::string indented_report(const ChatResult& result) {
  std::string out = "  ---\n  report: |\n";
  const std::string report = report_failure(result);
  for (std::string_view rest = report; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    out += "    " + std::string(rest.substr(0, end)) + "\n";
    rest.remove_prefix(end + 1);
  }
  return out + "  ...\n";
}

}  // namespace

std::string report_tap(const std::vector<ChatResult>& results) {
  std::string out = fmt::format("TAP version 13\n1..{}\n", results.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    const bool passed = results[i].passed();
    out += fmt::format("{} {} - {}\n", passed ? "ok" : "not ok", i + 1, description(results[i]));
    if (!passed) out += indented_report(results[i]);
  }
  return out;
}

}  // namespace alur::tools

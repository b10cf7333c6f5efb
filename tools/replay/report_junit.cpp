// JUnit XML as build servers read it; there is no one schema, so only what all of them take.
#include <fmt/format.h>

#include <algorithm>

#include "dsl/finding/utf8.hpp"
#include "tools/replay/report.hpp"

namespace alur::tools {

namespace {

// XML 1.0 has no way to write most control characters.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : dsl::to_valid_utf8(text)) {
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
        out += static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t' ? '?' : c;
    }
  }
  return out;
}

std::string test_case(const ChatResult& result) {
  std::string out =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"",
                  escaped(result.path), escaped(result.title), escaped(result.path), result.line);
  if (result.passed()) return out + "/>\n";
  return out + fmt::format(">\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                           escaped(result.failures.front().what), escaped(report_failure(result)));
}

std::size_t count_failed(const ChatResult* begin, const ChatResult* end) {
  return static_cast<std::size_t>(
      std::count_if(begin, end, [](const ChatResult& result) { return !result.passed(); }));
}

}  // namespace

std::string report_junit(const std::vector<ChatResult>& results) {
  const ChatResult* const end = results.data() + results.size();
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"alur replay\" tests=\"{}\" failures=\"{}\">\n",
      results.size(), count_failed(results.data(), end));
  for (const ChatResult* begin = results.data(); begin != end;) {
    const ChatResult* const next = std::find_if(
        begin, end, [begin](const ChatResult& result) { return result.path != begin->path; });
    out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
                       escaped(begin->path), next - begin, count_failed(begin, next));
    for (; begin != next; ++begin) out += test_case(*begin);
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace alur::tools

#include <fmt/format.h>

#include <algorithm>

#include "dsl/finding/excerpt.hpp"
#include "engine/value/text.hpp"
#include "tools/replay/report.hpp"

namespace alur::tools {

namespace {

constexpr std::size_t columns_max = 92;
constexpr std::size_t columns_before_mark = 60;
constexpr std::size_t answers_shown_max = 12;
constexpr std::string_view red = "\033[31m";
constexpr std::string_view bold = "\033[1m";
constexpr std::string_view plain = "\033[0m";

// A line safe to print, cut to a window around its mark where it is long, and the mark's column.
struct Window {
  std::string text;
  std::size_t column = 0;
};

Window window_of(std::string_view line, std::optional<std::size_t> mark_byte) {
  std::string_view before = line.substr(0, mark_byte.value_or(0));
  std::string_view after = line.substr(before.size());
  std::string head = dsl::to_visible(before);
  const std::string tail = dsl::to_visible(after);
  const std::size_t whole = value::display_width(head) + value::display_width(tail);
  if (!mark_byte || whole <= columns_max) return {head + tail, value::display_width(head)};
  if (value::display_width(head) > columns_before_mark) {
    std::size_t at = 0;
    while (value::display_width(std::string_view(head).substr(at)) >= columns_before_mark) {
      ++at;
      while (at < head.size() && (static_cast<unsigned char>(head[at]) & 0xC0) == 0x80) ++at;
    }
    head = "\u2026" + head.substr(at);
  }
  const std::size_t column = value::display_width(head);
  const std::string_view rest = value::grapheme_prefix(tail, columns_max - column);
  return {head + std::string(rest) + (rest.size() < tail.size() ? "\u2026" : ""), column};
}

class FailureText {
 public:
  explicit FailureText(ReportStyle style) : style_(style) {}

  std::string take() { return std::move(out_); }

  void result(const ChatResult& result) {
    out_ += fmt::format("{}:{}: {}\n", result.path, result.line,
                        painted(bold, dsl::to_visible(result.title)));
    transcript(result.transcript);
    for (const ChatFailure& failure : result.failures) this->failure(failure);
    if (!result.why.empty()) out_ += "  why:\n";
    for (const std::string& line : result.why) out_ += "        " + dsl::to_visible(line) + "\n";
  }

 private:
  std::string painted(std::string_view colour, std::string_view text) const {
    if (!style_.colour) return std::string(text);
    return fmt::format("{}{}{}", colour, text, plain);
  }

  void transcript(const std::vector<TranscriptLine>& lines) {
    std::size_t first = 0;
    if (lines.size() > answers_shown_max) first = lines.size() - answers_shown_max;
    if (first > 0) out_ += fmt::format("        ... {} lines before\n", first);
    for (std::size_t i = first; i < lines.size(); ++i) {
      const std::string number = lines[i].line == 0 ? "" : fmt::to_string(lines[i].line);
      out_ += fmt::format("{:>6}  {}\n", number, dsl::to_visible(lines[i].words));
    }
  }

  void failure(const ChatFailure& failure) {
    out_ += "  " + painted(red, dsl::to_visible(failure.what)) + "\n";
    for (std::size_t i = 0; i < failure.expected.size(); ++i) {
      line(fmt::to_string(failure.line + i), failure.expected[i], i, failure.expected_mark);
    }
    for (std::size_t i = 0; i < failure.got.size(); ++i) {
      line(i == 0 ? "got" : "", failure.got[i], i, failure.got_mark);
    }
    if (!failure.place.empty()) out_ += "        " + failure.place + "\n";
  }

  void line(const std::string& label, const std::string& text, std::size_t index,
            const std::optional<LineMark>& mark) {
    const bool marked = mark && mark->line == index;
    const Window window = window_of(text, marked ? std::optional(mark->byte) : std::nullopt);
    out_ += fmt::format("{:>6}  {}\n", label, window.text);
    if (!marked) return;
    out_ += std::string(8 + window.column, ' ') + painted(red, "^") + "\n";
  }

  ReportStyle style_;
  std::string out_;
};

}  // namespace

std::string report_failure(const ChatResult& result, ReportStyle style) {
  FailureText text(style);
  text.result(result);
  return text.take();
}

std::string report_text(const std::vector<ChatResult>& results, ReportStyle style) {
  std::string out;
  std::size_t failed = 0;
  for (const ChatResult& result : results) {
    if (result.passed()) continue;
    ++failed;
    out += report_failure(result, style) + "\n";
  }
  const std::string_view chats = results.size() == 1 ? "chat" : "chats";
  out += failed == 0 ? fmt::format("{} {} passed\n", results.size(), chats)
                     : fmt::format("{} of {} {} failed\n", failed, results.size(), chats);
  return out;
}

}  // namespace alur::tools

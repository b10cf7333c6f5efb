// Opening hours: from text to tree.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "dsl/ast/words.hpp"
#include "dsl/finding/near_miss.hpp"
#include "dsl/grammar/grammar.hpp"
#include "dsl/grammar/hours_mistakes.hpp"
#include "dsl/grammar/mistakes.hpp"
#include "dsl/grammar/time_syntax.hpp"

namespace alur::dsl {
namespace {

using Range = ast::HoursExpr::Range;

constexpr int days_a_week = 7;

class HoursBuilder {
 public:
  explicit HoursBuilder(Reading& reading) : reading_(reading) {}

  bool build(const syntax::Hours& tree, ast::HoursExpr& out);

 private:
  bool opening(const syntax::Opening& tree, Range& out);
  bool days(const syntax::DayRange& tree, std::uint8_t& bits);
  bool clock(Slice literal, std::int32_t& seconds);
  bool check_overlap(const std::vector<Range>& before, const Range& range, Slice extent);
  bool except(Slice path, ast::HoursExpr& out);
  bool refuse(Slice slice, std::string message, std::string suggestion = {}) {
    reading_.refuse(Code::bad_hours, slice, std::move(message), std::move(suggestion));
    return false;
  }

  Reading& reading_;
};

bool HoursBuilder::build(const syntax::Hours& tree, ast::HoursExpr& out) {
  const Slice whole = trimmed(reading_.text());
  if (tree.always && !tree.openings.empty()) {
    return refuse(tree.openings[0].extent, "after `always` no hours are left to say");
  }
  if (!tree.always && tree.openings.empty()) {
    return refuse(whole, "no day and no hours stand here", "like `mon-fri 08:00-17:00`");
  }
  out.always = tree.always;
  for (const syntax::Opening& each : tree.openings) {
    Range range;
    if (!opening(each, range)) return false;
    if (!check_overlap(out.ranges, range, each.extent)) return false;
    out.ranges.push_back(range);
  }
  out.span = reading_.span(whole);
  return tree.except.empty() || except(tree.except, out);
}

bool HoursBuilder::opening(const syntax::Opening& tree, Range& out) {
  for (const syntax::DayRange& range : tree.days) {
    if (!days(range, out.days)) return false;
  }
  if (!clock(tree.open, out.open_seconds) || !clock(tree.close, out.close_seconds)) return false;
  out.span = reading_.span(tree.extent);
  if (out.open_seconds < out.close_seconds) return true;
  return refuse({tree.open.first, tree.close.last}, "this closes before it opens",
                "hours over midnight are two: until `24:00`, and the next day from `00:00`");
}

// `fri-mon` goes over the end of the week.
bool HoursBuilder::days(const syntax::DayRange& tree, std::uint8_t& bits) {
  const int first = find_day(reading_, tree.first);
  const int last = tree.last.empty() ? first : find_day(reading_, tree.last);
  if (first < 0 || last < 0) return false;
  for (int day = first;; day = (day + 1) % days_a_week) {
    const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(day));
    if ((bits & bit) != 0) {
      const Slice twice{tree.first.first, (tree.last.empty() ? tree.first : tree.last).last};
      return refuse(twice, fmt::format("`{}` stands here twice",
                                       ast::day_words[static_cast<std::size_t>(day)]));
    }
    bits |= bit;
    if (day == last) return true;
  }
}

bool HoursBuilder::clock(Slice literal, std::int32_t& seconds) {
  const std::string_view text = literal.view();
  if (text.size() != 5 || text[2] != ':') {
    return refuse(literal, "a time is written with two digits, `:` and two digits", "like `08:00`");
  }
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) {
    return refuse(literal, quoted(text) + " is no time of day");
  }
  seconds = hour * 3'600 + minute * 60;
  return true;
}

bool HoursBuilder::check_overlap(const std::vector<Range>& before, const Range& range,
                                 Slice extent) {
  const auto overlaps = [&range](const Range& other) {
    return (other.days & range.days) != 0 && other.open_seconds < range.close_seconds &&
           range.open_seconds < other.close_seconds;
  };
  if (std::ranges::none_of(before, overlaps)) return true;
  return refuse(extent, "these hours overlap others of the same day");
}

bool HoursBuilder::except(Slice path, ast::HoursExpr& out) {
  const std::string_view text = path.view();
  if (text.front() == '/' || text.find('\\') != std::string_view::npos ||
      text.find(':') != std::string_view::npos) {
    return refuse(path, "this is no file of the app", "write where it is in the app's folder");
  }
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t slash = std::min(text.find('/', at), text.size());
    const std::string_view part = text.substr(at, slash - at);
    if (part == "..") return refuse(path, "this leads out of the app's folder");
    if (part.empty() || part == ".") return refuse(path, quoted(text) + " is not a file's name");
    at = slash + 1;
  }
  out.except = reading_.name(path);
  return true;
}

}  // namespace

int find_day(Reading& reading, Slice word) {
  const auto found = std::ranges::find(ast::day_words, word.view());
  if (found != ast::day_words.end()) return static_cast<int>(found - ast::day_words.begin());
  const auto begins = [&](std::string_view day) {
    return word.size() > day.size() && word.view().substr(0, day.size()) == day;
  };
  const auto near = std::ranges::find_if(ast::day_words, begins);
  std::string suggestion = "days are `mon` `tue` `wed` `thu` `fri` `sat` `sun`";
  if (near != ast::day_words.end()) {
    suggestion = did_you_mean(*near);
  } else if (const auto miss = near_miss(word.view(), ast::day_words)) {
    suggestion = did_you_mean(*miss);
  }
  reading.refuse(Code::bad_hours, word, quoted(word.view()) + " is no day of the week", suggestion);
  return -1;
}

std::optional<ast::HoursExpr> parse_hours(const Fragment& fragment, Findings& findings) {
  Reading reading(fragment, findings);
  if (refuse_blank(reading, "a day with its hours")) return std::nullopt;
  if (!check_length(reading, expression_bytes_max, "a list of hours")) return std::nullopt;
  syntax::Hours tree;
  if (const auto halt = syntax::read_hours(reading.text(), tree)) {
    explain_hours(reading, *halt);
    return std::nullopt;
  }
  ast::HoursExpr hours;
  if (!HoursBuilder(reading).build(tree, hours)) return std::nullopt;
  return hours;
}

}  // namespace alur::dsl

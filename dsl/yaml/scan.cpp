#include "dsl/yaml/scan.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "dsl/finding/utf8.hpp"
#include "dsl/yaml/lines.hpp"

namespace alur::dsl {
namespace {

// Walks over the source and the value side by side. Every step says how many bytes of each it
// takes; a step that does not fit makes the walk fail, and then it stays failed.
class Walk {
 public:
  Walk(std::string_view text, std::uint32_t at, std::string_view value, std::vector<TextRun>& runs)
      : text_(text), value_(value), at_(at), runs_(runs) {
    runs_.clear();
  }

  std::uint32_t at() const { return at_; }
  bool failed() const { return failed_; }
  bool value_done() const { return done_ == value_.size(); }
  bool text_done() const { return at_ >= text_.size(); }
  char here() const { return text_[at_]; }
  char wanted() const { return value_[done_]; }
  std::string_view value_left() const { return value_.substr(done_); }
  void fail() { failed_ = true; }

  // The next bytes of the source, up to `end` or until the value is done, stand in the value as
  // they are.
  void take_verbatim(std::uint32_t end) {
    const auto left = static_cast<std::uint32_t>(value_.size()) - done_;
    const std::uint32_t size = std::min(end - at_, left);
    if (text_.substr(at_, size) != value_.substr(done_, size)) return fail();
    take(at_ + size, size);
  }

  // The source up to `end` stands for the next `size` bytes of the value.
  void take_as_one(std::uint32_t end, std::uint32_t size) { take(end, size); }

  // The same, if the value goes on with these bytes.
  void take_as(std::uint32_t end, std::string_view bytes) {
    if (!value_left().starts_with(bytes)) return fail();
    take(end, static_cast<std::uint32_t>(bytes.size()));
  }

 private:
  void take(std::uint32_t end, std::uint32_t size) {
    if (size > 0) runs_.push_back({done_, done_ + size, at_, end});
    at_ = end;
    done_ += size;
  }

  std::string_view text_;
  std::string_view value_;
  std::uint32_t at_;
  std::uint32_t done_ = 0;
  bool failed_ = false;
  std::vector<TextRun>& runs_;
};

// A break between two lines of a plain or quoted scalar, with the blanks around it and the empty
// lines in it.
struct Fold {
  std::uint32_t end;
  std::uint32_t empty_lines;
};

Fold find_fold(std::string_view text, std::uint32_t at) {
  Fold fold{at, 0};
  std::uint32_t breaks = 0;
  while (true) {
    fold.end = skip_blanks(text, fold.end);
    const std::uint32_t size = line_break_at(text, fold.end);
    if (size == 0) break;
    fold.end += size;
    ++breaks;
  }
  fold.empty_lines = breaks > 0 ? breaks - 1 : 0;
  return fold;
}

// One break reads as a space, more as one line break fewer than there are; at the end of a quoted
// text YAML's reader keeps at most one of them, so fewer are allowed.
void take_fold(Walk& walk, std::string_view text) {
  const Fold fold = find_fold(text, walk.at());
  if (fold.empty_lines == 0) return walk.take_as(fold.end, " ");
  std::uint32_t count = 0;
  while (count < fold.empty_lines && count < walk.value_left().size() &&
         walk.value_left()[count] == '\n') {
    ++count;
  }
  if (count == 0) return walk.fail();
  walk.take_as_one(fold.end, count);
}

// Where the text of a line ends: before its trailing blanks.
std::uint32_t text_end_of_line(std::string_view text, std::uint32_t at) {
  std::uint32_t end = find_line_end(text, at);
  while (end > at && is_blank(text[end - 1])) --end;
  return end;
}

ScannedScalar scan_plain(std::string_view text, std::uint32_t begin, std::string_view value,
                         std::vector<TextRun>& runs) {
  Walk walk(text, begin, value, runs);
  // Most texts stand on one line. Looking for its end each time would be slow for a very long line.
  if (text.substr(begin).starts_with(value)) {
    walk.take_verbatim(begin + static_cast<std::uint32_t>(value.size()));
  }
  while (!walk.failed() && !walk.value_done()) {
    const std::uint32_t end = text_end_of_line(text, walk.at());
    walk.take_verbatim(end);
    if (walk.failed() || walk.value_done()) break;
    if (walk.at() != end || find_line_end(text, end) == text.size()) walk.fail();
    if (!walk.failed()) take_fold(walk, text);
  }
  return {!walk.failed(), ScalarStyle::plain, walk.at(), static_cast<std::uint32_t>(value.size())};
}

std::optional<unsigned> hex_digit(char c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return std::nullopt;
}

// An escape inside double quotes: how many bytes of source it takes and what it means.
struct Escape {
  std::uint32_t size;
  std::string meaning;
};

std::optional<Escape> numbered_escape(std::string_view text, std::uint32_t at,
                                      std::uint32_t digits) {
  char32_t value = 0;
  for (std::uint32_t i = 0; i < digits; ++i) {
    if (at + 2 + i >= text.size()) return std::nullopt;
    const auto digit = hex_digit(text[at + 2 + i]);
    if (!digit) return std::nullopt;
    value = value * 16 + *digit;
  }
  Escape escape{digits + 2, {}};
  append_utf8(escape.meaning, value);
  return escape;
}

struct PlainEscape {
  char letter;
  std::string_view meaning;
};

// The escapes of YAML 1.2, section 5.7, but for those with a number.
constexpr PlainEscape plain_escapes[] = {
    {'0', {"\0", 1}}, {'a', "\a"},     {'b', "\b"},     {'t', "\t"},     {'\t', "\t"},
    {'n', "\n"},      {'v', "\v"},     {'f', "\f"},     {'r', "\r"},     {'e', "\x1B"},
    {' ', " "},       {'"', "\""},     {'\'', "'"},     {'/', "/"},      {'\\', "\\"},
    {'N', "\u0085"},  {'_', "\u00A0"}, {'L', "\u2028"}, {'P', "\u2029"},
};

std::optional<Escape> find_escape(std::string_view text, std::uint32_t at) {
  if (at + 1 >= text.size()) return std::nullopt;
  const char letter = text[at + 1];
  if (letter == 'x') return numbered_escape(text, at, 2);
  if (letter == 'u') return numbered_escape(text, at, 4);
  if (letter == 'U') return numbered_escape(text, at, 8);
  for (const PlainEscape& escape : plain_escapes) {
    if (escape.letter == letter) return Escape{2, std::string(escape.meaning)};
  }
  return std::nullopt;
}

// A backslash before a line break joins the lines; empty lines after it stay line breaks.
void take_escaped_break(Walk& walk, std::string_view text) {
  const Fold fold = find_fold(text, walk.at() + 1);
  walk.take_as(fold.end, std::string(fold.empty_lines, '\n'));
}

void take_escape(Walk& walk, std::string_view text) {
  if (line_break_at(text, walk.at() + 1) > 0) return take_escaped_break(walk, text);
  const std::optional<Escape> escape = find_escape(text, walk.at());
  if (!escape) return walk.fail();
  walk.take_as(walk.at() + escape->size, escape->meaning);
}

bool blanks_end_line(std::string_view text, std::uint32_t at) {
  const std::uint32_t after = skip_blanks(text, at);
  return line_break_at(text, after) > 0;
}

// Everything up to the next byte that is something special inside these quotes.
void take_quoted_run(Walk& walk, std::string_view text, char quote) {
  std::uint32_t end = walk.at();
  while (end < text.size() && text[end] != quote && (text[end] != '\\' || quote == '\'')) {
    if (line_break_at(text, end) > 0) break;
    if (is_blank(text[end]) && blanks_end_line(text, end)) break;
    end = is_blank(text[end]) ? skip_blanks(text, end) : end + 1;
  }
  walk.take_verbatim(end);
  if (walk.at() != end) walk.fail();
}

ScannedScalar scan_quoted(std::string_view text, std::uint32_t begin, std::string_view value,
                          std::vector<TextRun>& runs) {
  const char quote = text[begin];
  const ScalarStyle style = quote == '"' ? ScalarStyle::double_quoted : ScalarStyle::single_quoted;
  Walk walk(text, begin + 1, value, runs);
  while (!walk.failed() && !walk.text_done()) {
    if (walk.here() == quote) {
      const bool doubled =
          quote == '\'' && walk.at() + 1 < text.size() && text[walk.at() + 1] == quote;
      if (!doubled) break;
      walk.take_as(walk.at() + 2, "'");
    } else if (walk.here() == '\\' && quote == '"') {
      take_escape(walk, text);
    } else if (line_break_at(text, walk.at()) > 0 ||
               (is_blank(walk.here()) && blanks_end_line(text, walk.at()))) {
      take_fold(walk, text);
    } else {
      take_quoted_run(walk, text, quote);
    }
  }
  const bool agrees = !walk.failed() && walk.value_done() && !walk.text_done();
  return {agrees, style, walk.at() + 1, static_cast<std::uint32_t>(value.size())};
}

std::uint32_t count_spaces(std::string_view text, std::uint32_t at) {
  std::uint32_t count = 0;
  while (at + count < text.size() && text[at + count] == ' ') ++count;
  return count;
}

// How deep the first line of a text with more than spaces in it is indented; nothing if there is
// none.
std::optional<std::uint32_t> first_indentation(std::string_view text, std::uint32_t at) {
  while (at < text.size()) {
    const std::uint32_t spaces = count_spaces(text, at);
    const std::uint32_t end = find_line_end(text, at);
    if (at + spaces < end) return spaces;
    if (end == text.size()) return std::nullopt;
    at = end + line_break_at(text, end);
  }
  return std::nullopt;
}

// The lines of a `|` or `>` text. Their indentation is what the first line has more of in the
// source than in the value.
class BlockScan {
 public:
  BlockScan(std::string_view text, Walk& walk, std::uint32_t indentation)
      : text_(text), walk_(walk), indentation_(indentation) {}

  void run(bool folded) {
    walk_.take_as_one(content_begin(walk_.at()), 0);
    while (!walk_.failed() && !walk_.value_done()) {
      take_line();
      if (walk_.failed() || walk_.value_done()) break;
      if (walk_.value_left().find_first_not_of('\n') == std::string_view::npos) {
        take_last_breaks();
      } else if (folded) {
        take_folded_break();
      } else {
        walk_.take_as(next_content(walk_.at()), "\n");
      }
    }
  }

 private:
  std::uint32_t content_begin(std::uint32_t line) const {
    return line + std::min(count_spaces(text_, line), indentation_);
  }

  // Where the content of the line after the break at `end` begins. A break at the end of the text
  // is the last.
  std::uint32_t next_content(std::uint32_t end) {
    const std::uint32_t size = line_break_at(text_, end);
    return size == 0 ? end : content_begin(end + size);
  }

  void take_line() {
    const std::uint32_t end = find_line_end(text_, walk_.at());
    walk_.take_verbatim(end);
    if (walk_.at() != end) walk_.fail();
  }

  // The line breaks after the last text, each without what comes after it.
  void take_last_breaks() {
    while (!walk_.failed() && !walk_.value_done()) {
      walk_.take_as(find_next_line(text_, walk_.at()), "\n");
    }
  }

  bool is_empty_line(std::uint32_t content) const {
    return content < text_.size() && line_break_at(text_, content) > 0;
  }

  void take_folded_break() {
    std::uint32_t content = next_content(walk_.at());
    while (is_empty_line(content)) content = next_content(content);
    if (walk_.wanted() == ' ') return walk_.take_as(content, " ");
    const std::string_view left = walk_.value_left();
    const std::size_t breaks = std::min(left.find_first_not_of('\n'), left.size());
    if (breaks == 0) return walk_.fail();
    walk_.take_as_one(content, static_cast<std::uint32_t>(breaks));
  }

  std::string_view text_;
  Walk& walk_;
  std::uint32_t indentation_;
};

// Without the last line break of the value, which is no part of the text.
void drop_last_break(std::vector<TextRun>& runs, ScannedScalar& scalar) {
  --scalar.text_size;
  --runs.back().text_end;
  if (runs.back().text_begin == runs.back().text_end) runs.pop_back();
}

// The end of `|2-` and its like.
std::uint32_t find_header_end(std::string_view text, std::uint32_t begin) {
  std::uint32_t end = begin + 1;
  while (end < text.size() && (is_digit(text[end]) || text[end] == '+' || text[end] == '-')) ++end;
  return end;
}

// False if the two disagree.
bool walk_block(std::string_view text, std::uint32_t header_end, std::string_view value,
                bool folded, std::vector<TextRun>& runs) {
  const std::uint32_t first_line = find_next_line(text, header_end);
  const auto in_value = first_indentation(value, 0);
  const auto in_text = first_indentation(text, first_line);
  Walk walk(text, in_value ? first_line : header_end, value, runs);
  if (!in_value) {
    // Nothing but line breaks and spaces: where each of them came from is not worth telling.
    walk.take_as_one(header_end, static_cast<std::uint32_t>(value.size()));
  } else if (!in_text || *in_text < *in_value) {
    walk.fail();
  } else {
    BlockScan(text, walk, *in_text - *in_value).run(folded);
  }
  return !walk.failed();
}

ScannedScalar scan_block(std::string_view text, std::uint32_t begin, std::string_view value,
                         std::vector<TextRun>& runs) {
  const bool folded = text[begin] == '>';
  const std::uint32_t header_end = find_header_end(text, begin);
  const std::string_view header = text.substr(begin, header_end - begin);
  ScannedScalar scalar;
  scalar.style = folded ? ScalarStyle::folded : ScalarStyle::literal;
  scalar.agrees = walk_block(text, header_end, value, folded, runs);
  if (!scalar.agrees) return scalar;
  scalar.text_size = static_cast<std::uint32_t>(value.size());
  const bool keeps = header.find('+') != std::string_view::npos;
  if (value.ends_with('\n') && !keeps) drop_last_break(runs, scalar);
  scalar.end = runs.empty() ? header_end : runs.back().source_end;
  return scalar;
}

}  // namespace

ScannedScalar scan_scalar(std::string_view text, std::uint32_t begin, std::string_view value,
                          std::vector<TextRun>& runs) {
  if (begin >= text.size()) return {};
  switch (text[begin]) {
    case '\'':
    case '"':
      return scan_quoted(text, begin, value, runs);
    case '|':
    case '>':
      return scan_block(text, begin, value, runs);
    default:
      return scan_plain(text, begin, value, runs);
  }
}

}  // namespace alur::dsl

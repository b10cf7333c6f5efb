#include "dsl/yaml/diagnose.hpp"

#include <algorithm>
#include <string_view>

#include "dsl/yaml/gap.hpp"
#include "dsl/yaml/line_shape.hpp"
#include "dsl/yaml/lines.hpp"
#include "dsl/yaml/slips.hpp"
#include "dsl/yaml/traps.hpp"

namespace alur::dsl {
namespace {

bool is_one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}
bool is_quote(char c) {
  return c == '"' || c == '\'';
}
bool is_open_bracket(char c) {
  return c == '[' || c == '{';
}

// The text that begins at `at` would be a plain one but for its first character.
bool begins_specially(std::string_view text, std::uint32_t at) {
  if (at_line_end(text, at)) return false;
  const char c = text[at];
  return is_one_of(c, "*&!%@`|>,#") || (is_one_of(c, "-?") && is_indicator_at(text, at));
}

Trouble first_character(const MendedText& mended, Range text) {
  switch (mended.text()[text.begin]) {
    case '*':
    case '&':
      return anchor_or_alias(mended, text);
    case '!':
      return yaml_tag(mended, text);
    default:
      return special_first_character(mended, text);
  }
}

// A text in quotes at the beginning of `text`: not closed, or with more text after it.
std::optional<Trouble> look_at_quotes(const MendedText& mended, Range text) {
  const auto closing = find_closing_quote(mended.text(), text.begin);
  if (!closing || *closing >= text.end) return unterminated_quote(mended, text.begin);
  const std::uint32_t after = skip_blanks(mended.text(), *closing + 1);
  if (after >= text.end || mended.text()[after] == ':') return std::nullopt;
  return text_after_quote(mended, text, *closing);
}

// The line, and where on it a complaint is.
class LineDiagnosis {
 public:
  LineDiagnosis(const MendedText& mended, const Complained& complained)
      : mended_(mended),
        text_(mended.text()),
        at_(complained.at),
        last_text_(complained.last_text),
        what_(complained.what),
        line_(shape_of_line(mended.text(), complained.at)) {}

  Trouble run() const {
    if (line_.is_empty()) return unreadable(mended_, at_);
    if (const auto slip = find_foreign_character(mended_, line_)) return *slip;
    if (const auto text = find_outdented_text(mended_, line_)) return *text;
    if (at_ >= line_.value || what_ == Complaint::character) {
      if (const auto found = look_at_value()) return *found;
    }
    if (what_ == Complaint::closing_bracket) return stray_bracket(mended_, at_);
    if (what_ == Complaint::colon) return look_at_colon();
    if (const auto space = find_missing_space()) return *space;
    if (looks_like_structure(text_, line_)) return look_at_indentation();
    return stray_line(mended_, at_);
  }

 private:
  Range value() const { return {line_.value, line_.end}; }

  std::optional<Trouble> look_at_value() const {
    if (line_.value >= line_.end) return std::nullopt;
    const char first = text_[line_.value];
    if (is_quote(first)) return look_at_quotes(mended_, value());
    if (is_open_bracket(first)) return text_in_brackets(mended_, value());
    if (begins_specially(text_, line_.value)) return first_character(mended_, value());
    return std::nullopt;
  }

  // A `:` inside a text, or of a key that the line's indentation has made part of the text above.
  Trouble look_at_colon() const {
    const bool of_key = at_ <= line_.colon;
    if (of_key && looks_like_structure(text_, line_)) return look_at_indentation();
    const std::uint32_t begin = of_key ? begin_of_text() : line_.value;
    return colon_in_text(mended_, {begin, line_.end}, at_);
  }

  // Of the text that goes on in this line up to the complaint.
  std::uint32_t begin_of_text() const {
    return last_text_.end == at_ ? last_text_.begin : line_.content;
  }

  // `goto:menu`
  std::optional<Trouble> find_missing_space() const {
    if (line_.has_key()) return std::nullopt;
    std::uint32_t at = line_.content;
    while (at < line_.end && (is_letter(text_[at]) || is_digit(text_[at]) || text_[at] == '_'))
      ++at;
    const bool found = at > line_.content && at + 1 < line_.end && text_[at] == ':';
    if (!found) return std::nullopt;
    return missing_space(mended_, {line_.content, at}, at);
  }

  Trouble look_at_indentation() const {
    if (const auto entry = find_entry_without_dash(mended_, line_)) return *entry;
    if (const auto left = find_outdented_line(mended_, line_)) return *left;
    if (const auto glued = find_glued_colon_above(mended_, line_)) return *glued;
    const auto wanted = nearest_indentation();
    if (!wanted) return unreadable(mended_, line_.first);
    return wrong_indentation(mended_, at_, *wanted);
  }

  // Of the columns in which the lines above begin a key or item, as far as this line could still
  // belong to them, the nearest; the deeper of two.
  std::optional<std::uint32_t> nearest_indentation() const {
    std::optional<std::uint32_t> best;
    const auto own = line_.indentation();
    const auto consider = [&](std::uint32_t column) {
      const auto off = [&](std::uint32_t c) { return c > own ? c - own : own - c; };
      if (column != own && (!best || off(column) < off(*best))) best = column;
    };
    std::uint32_t least = UINT32_MAX;
    std::uint32_t at = line_.begin;
    while (at > 0 && least > 0) {
      at = find_line_begin(text_, at - 1);
      const LineShape above = shape_of_line(text_, at);
      if (above.is_empty() || above.indentation() >= least) continue;
      least = above.indentation();
      if (!line_.is_item() && above.has_key()) consider(above.content - above.begin);
      if (line_.is_item() == above.is_item()) consider(above.indentation());
    }
    return best;
  }

  const MendedText& mended_;
  std::string_view text_;
  std::uint32_t at_;
  Range last_text_;
  Complaint what_;
  LineShape line_;
};

// Inside brackets that may go over several lines.
class BracketDiagnosis {
 public:
  BracketDiagnosis(const MendedText& mended, const Complained& complained, std::uint32_t bracket)
      : mended_(mended),
        text_(mended.text()),
        at_(complained.at),
        bracket_(bracket),
        line_(shape_of_line(mended.text(), bracket)),
        end_(find_end()),
        brackets_(match_brackets(mended.text(), bracket, end_)) {}

  Trouble run() const {
    if (const auto hash = find_hash()) return hash_in_text(mended_, *hash, true);
    const Range item = find_item();
    if (item.begin < item.end) {
      if (is_quote(text_[item.begin])) {
        if (const auto found = look_at_quotes(mended_, item)) return *found;
      }
      if (begins_specially(text_, item.begin)) return first_character(mended_, item);
      const Range value = find_value(item);
      if (begins_specially(text_, value.begin)) return first_character(mended_, value);
      if (holds_question_mark(value)) return question_mark_in_text(mended_, value);
    }
    if (brackets_.stray) return stray_bracket(mended_, *brackets_.stray);
    if (!brackets_.closing) return unclosed_bracket(mended_, bracket_);
    if (at_ > *brackets_.closing) return text_in_brackets(mended_, {bracket_, line_.end});
    if (is_open_bracket(text_[at_]) && at_ > item.begin) return bracket_in_text(mended_, item, at_);
    if (text_[at_] == ':') return colon_in_text(mended_, item, at_);
    return unreadable(mended_, at_);
  }

 private:
  // Before the next line that cannot belong to the brackets any more.
  std::uint32_t find_end() const {
    std::uint32_t end = find_line_end(text_, bracket_);
    for (std::uint32_t at = find_next_line(text_, bracket_); at < text_.size();
         at = find_next_line(text_, at)) {
      const LineShape below = shape_of_line(text_, at);
      const bool deeper = below.indentation() > line_.indentation();
      if (!below.is_empty() && !deeper && looks_like_structure(text_, below)) break;
      end = find_line_end(text_, at);
    }
    return end;
  }

  // A `#` on the bracket's line that hides the rest of it.
  std::optional<std::uint32_t> find_hash() const {
    const std::uint32_t end = find_line_end(text_, bracket_);
    if (line_.end >= end || brackets_.closing) return std::nullopt;
    const std::uint32_t hash = skip_blanks(text_, line_.end);
    const bool in_text = hash + 1 < end && is_letter_or_digit(text_[hash + 1]);
    const bool closes =
        text_.substr(hash, end - hash).find_first_of("]}") != std::string_view::npos;
    if (!in_text || !closes) return std::nullopt;
    return hash;
  }

  // The part between two commas or brackets that holds the place of the complaint, on its line.
  Range find_item() const {
    const std::uint32_t limit = std::min(at_, end_);
    std::uint32_t begin = limit;
    while (begin > bracket_ + 1 && !is_one_of(text_[begin - 1], ",[{\n")) --begin;
    begin = skip_blanks(text_, begin);
    std::uint32_t end = std::max(begin, limit);
    while (end < end_ && !is_one_of(text_[end], ",]\n")) ++end;
    while (end > begin && is_blank(text_[end - 1])) --end;
    return {begin, end};
  }

  // Of `key: value` the value, without the bracket that closes all.
  Range find_value(Range item) const {
    Range value = item;
    if (brackets_.closing) value.end = std::min(value.end, *brackets_.closing);
    while (value.end > value.begin && is_blank(text_[value.end - 1])) --value.end;
    if (text_[bracket_] != '{') return value;
    std::uint32_t colon = value.begin;
    while (colon < value.end && (is_letter_or_digit(text_[colon]) || text_[colon] == '_')) ++colon;
    const bool is_key = colon > value.begin && colon + 1 < value.end && text_[colon] == ':' &&
                        is_blank(text_[colon + 1]);
    if (is_key) value.begin = skip_blanks(text_, colon + 1);
    return value;
  }

  // YAML ends a text at it, inside brackets, whatever follows.
  bool holds_question_mark(Range value) const {
    const std::uint32_t limit = std::min(at_ + 1, value.end);
    if (value.begin >= limit || is_quote(text_[value.begin])) return false;
    return text_.substr(value.begin, limit - value.begin).find('?') != std::string_view::npos;
  }

  const MendedText& mended_;
  std::string_view text_;
  std::uint32_t at_;
  std::uint32_t bracket_;
  LineShape line_;
  std::uint32_t end_;
  Brackets brackets_;
};

// The bracket around the place of the complaint, or right before it.
std::optional<std::uint32_t> find_bracket(std::string_view text, const Complained& complained) {
  if (complained.bracket) return complained.bracket;
  std::uint32_t at = complained.understood;
  while (at < complained.at) {
    at = skip_to_token(text, at);
    if (at >= complained.at) break;
    if (is_open_bracket(text[at])) return at;
    if (!is_one_of(text[at], "-:,")) break;
    ++at;
  }
  return std::nullopt;
}

// The first quote from what is understood on that is not closed on its line.
std::optional<std::uint32_t> find_open_quote(std::string_view text, std::uint32_t at) {
  bool may_open = true;
  while (at < text.size()) {
    const char c = text[at];
    if (is_quote(c) && may_open) {
      const auto closing = find_closing_quote(text, at);
      if (!closing) return at;
      at = *closing;
      may_open = false;
    } else {
      may_open = is_blank(c) || is_one_of(c, "\n\r[{,:-");
    }
    ++at;
  }
  return std::nullopt;
}

// A tab in the indentation of the line, or of one above it that has not been understood.
std::optional<std::uint32_t> find_tab(std::string_view text, const Complained& complained) {
  std::uint32_t at = find_line_begin(text, complained.understood);
  while (at <= complained.at && at < text.size()) {
    if (const auto tab = find_tab_in_indentation(text, at)) return tab;
    at = find_next_line(text, at);
  }
  return std::nullopt;
}

// The parser may take a line without a key for the beginning of one, and complain only of the `:`
// of the next line. A value that goes on over several lines has its own key's `:` or `-` before it.
std::optional<std::uint32_t> find_stray_line(std::string_view text, const Complained& complained) {
  if (complained.what != Complaint::colon) return std::nullopt;
  const std::uint32_t token = skip_to_token(text, complained.understood);
  if (token >= find_line_begin(text, complained.at) || is_one_of(text[token], ":-,")) {
    return std::nullopt;
  }
  return token;
}

std::uint32_t last_byte_before(std::string_view text, std::uint32_t at) {
  at = std::min(at, static_cast<std::uint32_t>(text.size()));
  while (at > 0 && (at == text.size() || is_one_of(text[at], " \t\r\n"))) --at;
  return at;
}

}  // namespace

Trouble diagnose(const MendedText& mended, const Complained& complained) {
  const std::string_view text = mended.text();
  Complained found = complained;
  found.at = last_byte_before(text, complained.at);
  if (const auto tab = find_tab(text, complained)) {
    Trouble trouble = tab_in_indentation(mended, *tab);
    trouble.fatal = true;
    return trouble;
  }
  if (found.what == Complaint::open_quote) {
    if (const auto quote = find_open_quote(text, found.understood)) {
      return unterminated_quote(mended, *quote);
    }
  }
  if (found.what == Complaint::escape) {
    const std::size_t backslash = text.rfind('\\', found.at);
    if (backslash != std::string_view::npos) {
      return bad_escape(mended, static_cast<std::uint32_t>(backslash));
    }
  }
  if (const auto bracket = find_bracket(text, found)) {
    return BracketDiagnosis(mended, found, *bracket).run();
  }
  if (const auto stray = find_stray_line(text, found)) {
    found.at = *stray;
    found.what = Complaint::line;
  }
  return LineDiagnosis(mended, found).run();
}

}  // namespace alur::dsl

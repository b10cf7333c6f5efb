#include "dsl/yaml/traps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/finding/utf8.hpp"
#include "dsl/yaml/line_shape.hpp"
#include "dsl/yaml/lines.hpp"

namespace alur::dsl {
namespace {

// Stands in for a byte that YAML must not see: part of a plain text wherever one can be.
constexpr std::string_view filler = "_";

Trouble make(const MendedText& mended, Code code, Range range, std::string message) {
  Trouble trouble;
  trouble.finding.code = code;
  trouble.finding.span = mended.to_source(range.begin, range.end);
  trouble.finding.message = std::move(message);
  return trouble;
}

std::string_view source_text(const MendedText& mended, Range range) {
  const Span span = mended.to_source(range.begin, range.end);
  return mended.source().substr(span.begin, span.size());
}

void suggest_quotes_for(const MendedText& mended, Trouble& trouble, Range text) {
  suggest_quotes(trouble.finding, mended.to_source(text.begin, text.end),
                 source_text(mended, text));
}

void hide(const MendedText& mended, Trouble& trouble, std::uint32_t at) {
  trouble.edits.push_back(mended.edit(at, at + 1, std::string(filler)));
}

// Hides every byte of the range that is one of `bytes`.
void hide_all(const MendedText& mended, Trouble& trouble, Range range, std::string_view bytes) {
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    if (bytes.find(mended.text()[at]) != std::string_view::npos) hide(mended, trouble, at);
  }
}

// What a person would call the beginning of the text: `- ` and `? ` with their blank.
std::string first_character(const MendedText& mended, Range text) {
  const char c = mended.text()[text.begin];
  if (c == '`') return "a backtick";
  return fmt::format("`{}`", mended.text().substr(text.begin, c == '-' || c == '?' ? 2 : 1));
}

bool is_name_byte(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '-';
}

// The name after the `*` or `&` at `at`.
std::string_view anchor_name(std::string_view text, std::uint32_t at) {
  std::uint32_t end = at + 1;
  while (end < text.size() && is_name_byte(text[end])) ++end;
  return text.substr(at + 1, end - at - 1);
}

// Somewhere in the text stands `mark` with this name after it, where a value can stand.
bool has_partner(std::string_view text, char mark, std::string_view name) {
  if (name.empty()) return false;
  const std::string wanted = mark + std::string(name);
  for (std::size_t at = text.find(wanted); at != std::string_view::npos;
       at = text.find(wanted, at + 1)) {
    const auto after = static_cast<std::uint32_t>(at + wanted.size());
    const bool ends = at_line_end(text, after) || is_blank(text[after]) ||
                      std::string_view(",]}").find(text[after]) != std::string_view::npos;
    const bool begins =
        at == 0 || std::string_view(" \t\n[{,").find(text[at - 1]) != std::string_view::npos;
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace

Trouble special_first_character(const MendedText& mended, Range text) {
  Trouble trouble = make(
      mended, Code::special_first_character, {text.begin, text.begin + 1},
      fmt::format("a text that begins with {} must be in quotes", first_character(mended, text)));
  suggest_quotes_for(mended, trouble, text);
  if (mended.text()[text.begin] == '|') {
    trouble.finding.suggestion = "put quotes around the text, or begin it on the next line";
    trouble.finding.fix.reset();
    const LineShape line = shape_of_line(mended.text(), text.begin);
    const std::uint32_t words = skip_blanks(mended.text(), text.begin + 1);
    const std::string margin(line.content - line.begin + 2, ' ');
    trouble.edits.push_back(mended.edit(text.begin + 1, words, "\n" + margin));
    return trouble;
  }
  hide(mended, trouble, text.begin);
  return trouble;
}

Trouble text_in_brackets(const MendedText& mended, Range text) {
  Trouble trouble = special_first_character(mended, text);
  trouble.edits.clear();
  hide_all(mended, trouble, text, "[]{}");
  return trouble;
}

Trouble anchor_or_alias(const MendedText& mended, Range text) {
  const char mark = mended.text()[text.begin];
  const std::string_view name = anchor_name(mended.text(), text.begin);
  if (!has_partner(mended.source(), mark == '*' ? '&' : '*', name)) {
    return special_first_character(mended, text);
  }
  const auto name_end = static_cast<std::uint32_t>(text.begin + 1 + name.size());
  Trouble trouble = make(mended, Code::anchor_or_alias, {text.begin, name_end},
                         fmt::format("`{}{}` is a YAML {}, and these are not allowed here", mark,
                                     name, mark == '*' ? "alias" : "anchor"));
  trouble.finding.suggestion = "write the lines out in both places";
  const auto size = name_end - text.begin;
  const std::string instead = mark == '*' ? std::string(size, '_') : std::string(size, ' ');
  trouble.edits.push_back(mended.edit(text.begin, name_end, instead));
  trouble.loses = true;
  return trouble;
}

Trouble yaml_tag(const MendedText& mended, Range text) {
  if (!mended.text().substr(text.begin).starts_with("!!")) {
    return special_first_character(mended, text);
  }
  std::uint32_t end = text.begin;
  while (end < text.end && !is_blank(mended.text()[end])) ++end;
  const Range tag{text.begin, end};
  Trouble trouble = make(
      mended, Code::yaml_tag, tag,
      fmt::format("`{}` is a YAML tag, and these are not allowed here", source_text(mended, tag)));
  trouble.finding.suggestion = "leave it out";
  trouble.edits.push_back(mended.edit(tag.begin, tag.end, std::string(tag.end - tag.begin, ' ')));
  return trouble;
}

Trouble colon_in_text(const MendedText& mended, Range text, std::uint32_t colon) {
  const bool last = colon + 1 >= text.end;
  Trouble trouble = make(mended, Code::unquoted_colon, {colon, colon + 1},
                         last ? "a text that ends with `:` must be in quotes, or stand under `|`"
                              : "a text with `: ` in it must be in quotes, or stand under `|`");
  suggest_quotes_for(mended, trouble, text);
  hide(mended, trouble, colon);
  return trouble;
}

Trouble hash_in_text(const MendedText& mended, std::uint32_t hash, bool mends) {
  std::uint32_t end = find_line_end(mended.text(), hash);
  while (is_blank(mended.text()[end - 1])) --end;
  Trouble trouble = make(mended, Code::unquoted_hash, {hash, end},
                         "from ` #` on this is a comment, which nobody will see");
  trouble.finding.suggestion = "put the text in quotes; or, for a comment, a space after `#`";
  if (mends) hide(mended, trouble, hash);
  return trouble;
}

Trouble comma_in_text(const MendedText& mended, Range text, std::uint32_t comma) {
  Trouble trouble = make(mended, Code::comma_in_braces, {comma, comma + 1},
                         "inside `{ }` a comma ends the text before it");
  suggest_quotes_for(mended, trouble, text);
  hide(mended, trouble, comma);
  return trouble;
}

Trouble bracket_in_text(const MendedText& mended, Range text, std::uint32_t at) {
  Trouble trouble =
      make(mended, Code::brackets_in_list, {at, at + 1},
           fmt::format("a text with `{}` in it must be in quotes inside a list in brackets",
                       mended.text()[at]));
  suggest_quotes_for(mended, trouble, text);
  hide_all(mended, trouble, text, "[]{}");
  return trouble;
}

Trouble question_mark_in_text(const MendedText& mended, Range text) {
  const auto at = static_cast<std::uint32_t>(mended.text().find('?', text.begin));
  Trouble trouble = make(mended, Code::question_mark_in_brackets, {at, at + 1},
                         "a text with `?` in it must be in quotes inside brackets");
  suggest_quotes_for(mended, trouble, text);
  hide_all(mended, trouble, text, "?");
  return trouble;
}

Trouble text_in_braces(const MendedText& mended, Range braces) {
  Trouble trouble = make(mended, Code::key_without_value, braces,
                         "`{ }` without quotes holds `key: value`, and here is no value");
  suggest_quotes_for(mended, trouble, braces);
  hide_all(mended, trouble, braces, "[]{}");
  return trouble;
}

Trouble key_without_value(const MendedText& mended, Range key) {
  Trouble trouble =
      make(mended, Code::key_without_value, key,
           fmt::format("the key `{}` has no value, inside `{{ }}`", source_text(mended, key)));
  trouble.loses = true;
  return trouble;
}

Trouble missing_space(const MendedText& mended, Range key, std::uint32_t colon) {
  Trouble trouble =
      make(mended, Code::missing_space, {colon, colon + 1},
           fmt::format("there must be a space after the `:` of `{}`", source_text(mended, key)));
  trouble.finding.fix = Fix{mended.to_source(colon + 1, colon + 1), " "};
  trouble.edits.push_back(mended.edit(colon + 1, colon + 1, " "));
  return trouble;
}

Trouble bad_key(const MendedText& mended, std::uint32_t at) {
  Trouble trouble = make(mended, Code::bad_key, {at, at + 1},
                         "before a `:` must stand a single word, or a text in quotes");
  trouble.edits.push_back(blank_lines(mended.source(), mended.to_source(at)));
  trouble.loses = true;
  return trouble;
}

Trouble repeated_key(const Node& first, const Node& again) {
  Trouble trouble;
  trouble.finding.code = Code::duplicate_key;
  trouble.finding.span = again.span();
  trouble.finding.message = fmt::format("the key `{}` is written twice", again.text());
  trouble.finding.related.push_back({first.span(), "it was first written here"});
  return trouble;
}

Trouble unterminated_quote(const MendedText& mended, std::uint32_t quote) {
  Trouble trouble = make(mended, Code::unterminated_quote, {quote, quote + 1},
                         "this quote is not closed on its line, so it swallows the lines below");
  trouble.finding.suggestion =
      fmt::format("close it with `{}`, or leave it out", mended.text()[quote]);
  hide(mended, trouble, quote);
  return trouble;
}

Trouble text_after_quote(const MendedText& mended, Range text, std::uint32_t closing) {
  const char quote = mended.text()[text.begin];
  Trouble trouble = make(mended, Code::text_after_quote, {closing + 1, text.end},
                         "the text ended at the closing quote, and here is more of it");
  // Where all of it is quoted already, it is the one between that is in the way.
  const std::string_view all = mended.text().substr(text.begin, text.end - text.begin);
  const bool all_quoted =
      all.size() > 2 && all.back() == quote && std::count(all.begin(), all.end(), quote) % 2 != 0;
  const Range words = all_quoted ? Range{text.begin + 1, text.end - 1} : text;
  suggest_quotes(trouble.finding, mended.to_source(text.begin, text.end),
                 source_text(mended, words));
  hide_all(mended, trouble, text, std::string_view(&quote, 1));
  return trouble;
}

Trouble bad_escape(const MendedText& mended, std::uint32_t backslash) {
  const Range range{
      backslash,
      std::min<std::uint32_t>(backslash + 2, static_cast<std::uint32_t>(mended.text().size()))};
  Trouble trouble =
      make(mended, Code::bad_escape, range,
           fmt::format("`{}` means nothing inside double quotes", source_text(mended, range)));
  trouble.finding.suggestion = "for a backslash write `\\\\`";
  hide(mended, trouble, backslash);
  return trouble;
}

Trouble unclosed_bracket(const MendedText& mended, std::uint32_t bracket) {
  const std::string_view text = mended.text();
  Trouble trouble = make(mended, Code::bad_bracket, {bracket, bracket + 1},
                         fmt::format("this `{}` is never closed", text[bracket]));
  const std::uint32_t end = std::max(shape_of_line(text, bracket).end, bracket + 1);
  std::string wanted = match_brackets(text, bracket, end).wanted;
  if (wanted.empty()) wanted = text[bracket] == '[' ? "]" : "}";
  trouble.finding.suggestion = fmt::format("it wants a `{}`", wanted.back());
  trouble.edits.push_back(mended.edit(end, end, std::move(wanted)));
  return trouble;
}

Trouble stray_bracket(const MendedText& mended, std::uint32_t bracket) {
  Trouble trouble = make(mended, Code::bad_bracket, {bracket, bracket + 1},
                         fmt::format("this `{}` closes nothing", mended.text()[bracket]));
  trouble.finding.suggestion = "in a text it must be in quotes";
  hide(mended, trouble, bracket);
  return trouble;
}

Trouble tab_in_indentation(const MendedText& mended, std::uint32_t tab) {
  Trouble trouble = make(mended, Code::tab_in_indentation, {tab, tab + 1},
                         "a line must be indented by spaces, and here is a tab");
  trouble.finding.suggestion = "replace the tabs of this file by spaces";
  return trouble;
}

Trouble second_document(const MendedText& mended, std::uint32_t at) {
  const auto end = static_cast<std::uint32_t>(mended.text().size());
  Trouble trouble = make(mended, Code::several_documents, {at, at + 3},
                         "`---` begins a second document, and a file holds only one");
  trouble.finding.suggestion = "put what follows into a file of its own";
  trouble.edits.push_back(mended.edit(at, end, ""));
  trouble.loses = true;
  return trouble;
}

Trouble directive(const MendedText& mended, std::uint32_t at) {
  const std::uint32_t end = find_line_end(mended.text(), at);
  Trouble trouble =
      make(mended, Code::special_first_character, {at, at + 1}, "a line cannot begin with `%`");
  trouble.edits.push_back(mended.edit(at, end, std::string(end - at, ' ')));
  return trouble;
}

Trouble wrong_indentation(const MendedText& mended, std::uint32_t at, std::uint32_t wanted) {
  const LineShape line = shape_of_line(mended.text(), at);
  const std::uint32_t found = line.indentation();
  Trouble trouble =
      make(mended, Code::wrong_indentation, {line.first, line.end},
           fmt::format("this line is indented by {} space{}, which fits none of the lines above it",
                       found, found == 1 ? "" : "s"));
  trouble.finding.suggestion = fmt::format("did you mean {}?", wanted);
  trouble.edits.push_back(mended.edit(line.begin, line.first, std::string(wanted, ' ')));
  return trouble;
}

Trouble continued_as_text(const MendedText& mended, std::uint32_t at) {
  const LineShape line = shape_of_line(mended.text(), at);
  Trouble trouble = make(mended, Code::wrong_indentation, {line.first, line.end},
                         "this line is read as part of the text above it");
  trouble.finding.suggestion = "it is indented too far, or the text above must end";
  return trouble;
}

Trouble stray_line(const MendedText& mended, std::uint32_t at) {
  const LineShape line = shape_of_line(mended.text(), at);
  Trouble trouble = make(mended, Code::stray_line, {line.first, line.end},
                         "this line is neither `key: value` nor `- item`");
  trouble.finding.suggestion = "to go on with the text above, indent it further";
  trouble.edits.push_back(blank_lines(mended.source(), mended.to_source(at)));
  trouble.loses = true;
  return trouble;
}

Trouble unreadable(const MendedText& mended, std::uint32_t at) {
  const auto size = static_cast<std::uint32_t>(mended.text().size());
  Trouble trouble = make(mended, Code::unreadable_yaml, {at, std::min(at + 1, size)},
                         "this cannot be read as YAML");
  trouble.finding.suggestion = "put texts with special characters in quotes";
  trouble.edits.push_back(blank_lines(mended.source(), mended.to_source(at)));
  trouble.loses = true;
  return trouble;
}

Edit blank_lines(std::string_view source, std::uint32_t at) {
  const LineShape line = shape_of_line(source, at);
  std::uint32_t end = find_line_end(source, at);
  for (std::uint32_t next = find_next_line(source, at); next < source.size();
       next = find_next_line(source, next)) {
    const LineShape below = shape_of_line(source, next);
    if (!below.is_empty() && below.indentation() <= line.indentation()) break;
    end = find_line_end(source, next);
  }
  const bool after_mark = line.begin == 0 && source.starts_with(byte_order_mark);
  return {after_mark ? 3 : line.begin, end, ""};
}

}  // namespace alur::dsl

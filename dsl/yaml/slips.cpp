#include "dsl/yaml/slips.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/yaml/lines.hpp"
#include "dsl/yaml/traps.hpp"

namespace alur::dsl {
namespace {

constexpr std::uint32_t text_indentation = 2;  // of a text under `|`, beyond its key

constexpr std::array<std::string_view, 8> foreign_dashes{"\u2013", "\u2014", "\u2010", "\u2011",
                                                         "\u2212", "\u2022", "\u00b7", "\u25e6"};
constexpr std::array<std::string_view, 6> foreign_blanks{"\u00a0", "\u3000", "\u2002",
                                                         "\u2003", "\u2009", "\u202f"};
constexpr std::array<std::string_view, 2> foreign_colons{"\uff1a", "\u2236"};

// The one of them that stands at `at`, or nothing.
template <std::size_t N>
std::string_view one_at(std::string_view text, std::uint32_t at,
                        const std::array<std::string_view, N>& all) {
  const auto found = std::find_if(all.begin(), all.end(), [&](std::string_view each) {
    return text.substr(at).starts_with(each);
  });
  return found == all.end() ? std::string_view() : *found;
}

std::uint32_t size_of(std::string_view text) {
  return static_cast<std::uint32_t>(text.size());
}

std::uint32_t skip_name(std::string_view text, std::uint32_t at) {
  while (at < text.size() && (is_letter(text[at]) || is_digit(text[at]) || text[at] == '_')) ++at;
  return at;
}

Trouble trouble_at(const MendedText& mended, Code code, std::uint32_t begin, std::uint32_t end,
                   std::string message) {
  Trouble trouble;
  trouble.finding.code = code;
  trouble.finding.span = mended.to_source(begin, end);
  trouble.finding.message = std::move(message);
  return trouble;
}

std::optional<Trouble> find_foreign_blank(const MendedText& mended, const LineShape& line) {
  const std::string_view text = mended.text();
  const std::string_view blank = one_at(text, line.first, foreign_blanks);
  if (blank.empty()) return std::nullopt;
  Trouble trouble = trouble_at(mended, Code::stray_line, line.first, line.first + size_of(blank),
                               "a line is indented by spaces, and this blank only looks like one");
  trouble.finding.suggestion = "delete it and type a space";
  std::uint32_t end = line.first;
  std::string spaces(line.indentation(), ' ');
  while (end < line.end) {
    const std::string_view next = one_at(text, end, foreign_blanks);
    if (next.empty() && !is_blank(text[end])) break;
    end += next.empty() ? 1 : size_of(next);
    spaces += ' ';
  }
  trouble.edits.push_back(mended.edit(line.begin, end, std::move(spaces)));
  return trouble;
}

std::optional<Trouble> find_foreign_dash(const MendedText& mended, const LineShape& line) {
  const std::string_view text = mended.text();
  const std::string_view dash = one_at(text, line.first, foreign_dashes);
  const std::uint32_t end = line.first + size_of(dash);
  if (dash.empty() || end >= line.end || !is_blank(text[end])) return std::nullopt;
  Trouble trouble =
      trouble_at(mended, Code::stray_line, line.first, end,
                 fmt::format("an entry begins with `-`, and `{}` only looks like it", dash));
  trouble.finding.suggestion = "write `-`";
  trouble.finding.fix = Fix{trouble.finding.span, "-"};
  trouble.edits.push_back(mended.edit(line.first, end, "-"));
  return trouble;
}

std::optional<Trouble> find_foreign_colon(const MendedText& mended, const LineShape& line) {
  const std::string_view text = mended.text();
  const std::uint32_t at = skip_name(text, line.content);
  const std::string_view colon = one_at(text, at, foreign_colons);
  if (colon.empty() || at == line.content || line.has_key()) return std::nullopt;
  const std::uint32_t end = at + size_of(colon);
  Trouble trouble =
      trouble_at(mended, Code::stray_line, at, end,
                 fmt::format("after a key comes `:`, and `{}` only looks like it", colon));
  trouble.finding.suggestion =
      fmt::format("write `{}: `", text.substr(line.content, at - line.content));
  trouble.edits.push_back(mended.edit(at, end, is_indicator_at(text, end - 1) ? ":" : ": "));
  return trouble;
}

// `-goto: menu`
std::optional<Trouble> find_glued_dash(const MendedText& mended, const LineShape& line) {
  const std::string_view text = mended.text();
  const std::uint32_t name = line.first + 1;
  const std::uint32_t colon = skip_name(text, name);
  const bool glued = text[line.first] == '-' && colon > name && colon < line.end &&
                     text[colon] == ':' && is_indicator_at(text, colon);
  if (!glued) return std::nullopt;
  Trouble trouble = trouble_at(mended, Code::missing_space, line.first, name,
                               "there must be a space after the `-` of an entry");
  trouble.finding.fix = Fix{mended.to_source(name, name), " "};
  trouble.edits.push_back(mended.edit(name, name, " "));
  return trouble;
}

// `id: |`
bool opens_text(std::string_view text, const LineShape& line) {
  if (!line.has_key() || line.value >= line.end) return false;
  if (text[line.value] != '|' && text[line.value] != '>') return false;
  const std::string_view rest = text.substr(line.value + 1, line.end - line.value - 1);
  return rest.find_first_not_of("+-0123456789") == std::string_view::npos;
}

// What can be no line of a text, at least none that has lost its indentation. At the left edge of a
// file stand keys and no entries.
bool is_structure(std::string_view text, const LineShape& line) {
  return looks_like_structure(text, line) && (!line.is_item() || line.indentation() > 0);
}

// The nearest line above that has something on it and is indented by less.
std::optional<LineShape> line_above(std::string_view text, const LineShape& line,
                                    std::uint32_t less_than) {
  std::uint32_t at = line.begin;
  while (at > 0) {
    at = find_line_begin(text, at - 1);
    const LineShape above = shape_of_line(text, at);
    if (!above.is_empty() && above.indentation() < less_than) return above;
  }
  return std::nullopt;
}

std::uint32_t column_of(const LineShape& line) {
  return line.content - line.begin;
}

// `label:`, whose lines stand below it.
bool opens_lines(const LineShape& line) {
  return line.has_key() && line.value >= line.end;
}

// Whether, after the line `before`, another can begin in the column in which `next` does: what is
// open there is that line and all around it.
bool is_open_column(std::string_view text, const LineShape& before, const LineShape& next) {
  if (opens_lines(before) && next.indentation() > column_of(before)) return true;
  for (std::optional<LineShape> open = before; open;
       open = line_above(text, *open, open->indentation())) {
    const bool same_kind = open->is_item() == next.is_item();
    if (same_kind && open->indentation() == next.indentation()) return true;
    const bool inside_item = open->is_item() && !next.is_item();
    if (inside_item && column_of(*open) == next.indentation()) return true;
  }
  return false;
}

std::optional<LineShape> line_below(std::string_view text, const LineShape& line) {
  for (std::uint32_t at = find_next_line(text, line.begin); at < text.size();
       at = find_next_line(text, at)) {
    const LineShape below = shape_of_line(text, at);
    if (!below.is_empty()) return below;
  }
  return std::nullopt;
}

// Two keys that both have a list or lines of their own, which begin in the same column.
bool are_alike(std::string_view text, const LineShape& one, const LineShape& other) {
  const auto first = line_below(text, one);
  const auto second = line_below(text, other);
  return first && second && first->indentation() == second->indentation() &&
         first->is_item() == second->is_item() && first->indentation() > other.indentation();
}

// Moves the lines from `at` on, up to the next that is none of the text, under their `|`.
void indent_text(const MendedText& mended, std::uint32_t at, std::uint32_t key, Trouble& trouble) {
  const std::string_view text = mended.text();
  for (; at < text.size(); at = find_next_line(text, at)) {
    const LineShape line = shape_of_line(text, at);
    if (line.is_empty()) continue;
    if (is_structure(text, line)) return;
    if (line.indentation() > key) continue;
    trouble.edits.push_back(
        mended.edit(line.begin, line.first, std::string(key + text_indentation, ' ')));
  }
}

}  // namespace

std::optional<Trouble> find_foreign_character(const MendedText& mended, const LineShape& line) {
  for (const auto find :
       {find_foreign_blank, find_foreign_dash, find_foreign_colon, find_glued_dash}) {
    if (auto found = find(mended, line)) return found;
  }
  return std::nullopt;
}

std::optional<Trouble> find_outdented_text(const MendedText& mended, const LineShape& line) {
  const std::string_view text = mended.text();
  std::vector<LineShape> lines;  // that may be of the text, upwards
  if (!is_structure(text, line)) lines.push_back(line);
  std::uint32_t at = line.begin;
  while (at > 0) {
    at = find_line_begin(text, at - 1);
    const LineShape above = shape_of_line(text, at);
    if (above.is_empty()) continue;
    if (!opens_text(text, above)) {
      if (is_structure(text, above)) return std::nullopt;
      lines.push_back(above);
      continue;
    }
    const std::uint32_t key = column_of(above);
    const auto first = std::find_if(lines.rbegin(), lines.rend(), [&](const LineShape& each) {
      return each.indentation() <= key;
    });
    if (first == lines.rend()) return std::nullopt;
    Trouble trouble = trouble_at(
        mended, Code::wrong_indentation, first->first, first->end,
        fmt::format("this line stands too far left to belong to the text under `{}` above it",
                    text[above.value]));
    trouble.finding.suggestion = fmt::format("indent it by {} spaces", key + text_indentation);
    trouble.finding.related.push_back(
        {mended.to_source(above.content, above.end), "the text begins here"});
    indent_text(mended, first->begin, key, trouble);
    return trouble;
  }
  return std::nullopt;
}

std::optional<Trouble> find_outdented_line(const MendedText& mended, const LineShape& line) {
  const std::string_view text = mended.text();
  const std::optional<LineShape> left = line_above(text, line, line.indentation());
  if (!left || !left->has_key()) return std::nullopt;
  if (opens_lines(*left) && !are_alike(text, *left, line)) return std::nullopt;
  const std::optional<LineShape> before = line_above(text, *left, UINT32_MAX);
  if (!before || !is_open_column(text, *before, line)) return std::nullopt;
  if (opens_lines(*before) && left->indentation() > column_of(*before)) return std::nullopt;
  // Beside the line that follows, or else beside the one before.
  const bool beside = !line.is_item() && !left->is_item();
  const std::uint32_t inside = opens_lines(*before) ? text_indentation : 0;
  const std::uint32_t wanted = beside ? line.indentation() : column_of(*before) + inside;
  Trouble trouble = trouble_at(mended, Code::wrong_indentation, left->first, left->end,
                               "this line stands too far left, and ends what is written around it");
  trouble.finding.suggestion = fmt::format("did you mean to indent it by {}?", wanted);
  trouble.finding.related.push_back(
      {mended.to_source(line.first, line.end), "this line goes on with what stood above"});
  trouble.edits.push_back(mended.edit(left->begin, left->first, std::string(wanted, ' ')));
  return trouble;
}

// `- label:"Yes"` is a text, and what follows has no key to stand beside.
std::optional<Trouble> find_glued_colon_above(const MendedText& mended, const LineShape& line) {
  const std::string_view text = mended.text();
  const std::optional<LineShape> above = line_above(text, line, UINT32_MAX);
  if (!above || above->has_key() || column_of(*above) != line.indentation()) return std::nullopt;
  const std::uint32_t colon = skip_name(text, above->content);
  const bool glued = colon > above->content && colon + 1 < above->end && text[colon] == ':' &&
                     text[colon + 1] != '/';
  if (!glued) return std::nullopt;
  return missing_space(mended, {above->content, colon}, colon);
}

std::optional<Trouble> find_entry_without_dash(const MendedText& mended, const LineShape& line) {
  const std::string_view text = mended.text();
  if (!line.is_item()) return std::nullopt;
  std::optional<LineShape> first;  // of the lines under the same key
  std::uint32_t at = line.begin;
  while (at > 0) {
    at = find_line_begin(text, at - 1);
    const LineShape above = shape_of_line(text, at);
    if (above.is_empty()) continue;
    if (above.indentation() < line.indentation()) break;
    first = above;
  }
  const std::uint32_t inner = column_of(line);
  const bool lacks =
      first && !first->is_item() && first->has_key() && first->indentation() == inner;
  if (!lacks) return std::nullopt;
  Trouble trouble =
      trouble_at(mended, Code::expected_list, first->content, first->colon,
                 "each entry of a list begins with `- `, and this one, the first, does not");
  trouble.finding.suggestion =
      fmt::format("write `- {}:`", text.substr(first->content, first->colon - first->content));
  trouble.finding.related.push_back(
      {mended.to_source(line.first, line.first + 1), "the next entry begins here"});
  trouble.edits.push_back(mended.edit(first->begin + line.indentation(), first->first,
                                      "-" + std::string(inner - line.indentation() - 1, ' ')));
  return trouble;
}

}  // namespace alur::dsl

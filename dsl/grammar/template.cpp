// Texts with `{holes}`: from text to tree. A text without braces takes no grammar at all.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "dsl/grammar/expression.hpp"
#include "dsl/grammar/grammar.hpp"
#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/mistakes.hpp"
#include "dsl/grammar/template_syntax.hpp"

namespace alur::dsl {
namespace {

bool has_brace(std::string_view text) {
  return std::memchr(text.data(), '{', text.size()) != nullptr ||
         std::memchr(text.data(), '}', text.size()) != nullptr;
}

// `{{` and `}}` as the braces that they stand for.
std::string unescaped(std::string_view words) {
  std::string out;
  out.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    out += words[i];
    if (words[i] == '{' || words[i] == '}') ++i;
  }
  return out;
}

// What seems to be a name between doubled braces, as some other systems write their placeholders.
std::optional<Slice> doubled_hole(Slice words) {
  const std::string_view text = words.view();
  const std::size_t open = text.find("{{");
  if (open == text.npos) return std::nullopt;
  const std::size_t close = text.find("}}", open);
  const std::size_t name = text.find_first_not_of(' ', open + 2);
  if (close == text.npos || name >= close || !is_letter(text[name])) return std::nullopt;
  std::size_t end = name;
  while (is_name_character(text[end]) || text[end] == '.') ++end;
  end = text.find_first_not_of(' ', end);
  if (end != close && text[end] != '|') return std::nullopt;
  return Slice{words.first + open, words.first + close + 2};
}

// `${name}`; after a letter it is a currency: US${price}.
bool ends_in_dollar(std::string_view words) {
  if (!words.ends_with('$')) return false;
  return words.size() == 1 || !is_name_character(words[words.size() - 2]);
}

Slice with_braces(Slice hole) {
  return {hole.first - 1, hole.last + 1};
}

// The `"` without a partner before the first `}`: why nothing seems to close a hole.
const char* lone_quote(Slice rest) {
  const char* brace = std::find(rest.first, rest.last, '}');
  const char* lone = nullptr;
  for (const char* at = rest.first; at != brace; ++at) {
    if (*at == '\\' && lone != nullptr && at + 1 != brace)
      ++at;
    else if (*at == '"')
      lone = lone == nullptr ? at : nullptr;
  }
  return brace == rest.last ? nullptr : lone;
}

void explain_hole(Reading& reading, const char* opener, const char* at) {
  const Slice rest{opener + 1, reading.text().last};
  if (const char* quote = lone_quote(rest)) {
    reading.refuse(Code::never_closed, {quote, quote + 1}, "this `\"` is never closed");
    return;
  }
  const bool nested = at != rest.last && *at == '{';
  reading.refuse(Code::never_closed, {opener, opener + 1}, "this `{` is never closed",
                 nested ? "a `{` stands inside it; for a brace that is shown, write `{{`"
                        : "for a brace that is shown, write `{{`");
}

void explain_template(Reading& reading, const std::vector<syntax::Piece>& pieces,
                      const Halt& halt) {
  if (halt.at != reading.text().last && *halt.at == '}') {
    reading.refuse_with_fix(Code::lone_brace, {halt.at, halt.at + 1},
                            "this `}` closes nothing, and a brace that is shown is doubled", "}}");
    return;
  }
  // The hole that was being read begins where the last whole piece ends.
  const char* opener = reading.text().first;
  if (!pieces.empty()) {
    const syntax::Piece& last = pieces.back();
    opener = last.hole ? last.text.last + 1 : last.text.last;
  }
  explain_hole(reading, opener, halt.at);
}

// One part. False after a finding.
bool build_part(const Fragment& fragment, Findings& findings, const syntax::Piece& piece,
                ast::Template& out) {
  const char* begin = fragment.text().data();
  const auto offset = [begin](const char* at) { return static_cast<std::size_t>(at - begin); };
  const Slice whole = piece.hole ? with_braces(piece.text) : piece.text;
  ast::TemplatePart part;
  part.span = fragment.span(offset(whole.first), offset(whole.last));
  if (!piece.hole) {
    part.literal = unescaped(piece.text.view());
    out.parts.push_back(std::move(part));
    return true;
  }
  if (trimmed(piece.text).empty()) {
    findings.add(Code::nothing_written, part.span, "nothing stands between these braces",
                 "for braces that are shown, write `{{` and `}}`");
    return false;
  }
  const Fragment inside = fragment.slice(offset(piece.text.first), offset(piece.text.last));
  Reading reading(inside, findings);
  if (!read_filling_into(reading, part)) return false;
  out.parts.push_back(std::move(part));
  return true;
}

// Both are texts like any other, and a citizen would read them as they stand.
void warn_of_foreign_placeholders(Reading& reading, const std::vector<syntax::Piece>& pieces) {
  const auto warn = [&](Slice place, std::string message, std::string instead) {
    Finding finding{Code::foreign_placeholder, reading.span(place), std::move(message), {}, {}, {}};
    finding.suggestion = fmt::format("for a value write {}", quoted(instead));
    finding.fix = Fix{finding.span, std::move(instead)};
    reading.findings().add(std::move(finding));
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].hole) continue;
    const Slice words = pieces[i].text;
    if (const auto hole = doubled_hole(words)) {
      const Slice name = trimmed({hole->first + 2, hole->last - 2});
      warn(*hole, "doubled braces are shown as braces, and nothing is filled in",
           fmt::format("{{{}}}", name.view()));
    }
    if (i + 1 < pieces.size() && ends_in_dollar(words.view())) {
      const Slice hole = with_braces(pieces[i + 1].text);
      warn({words.last - 1, hole.last}, "the `$` before these braces is shown as it is",
           std::string(hole.view()));
    }
  }
}

ast::Template plain_template(const Fragment& fragment) {
  ast::Template out;
  out.span = fragment.span();
  if (!fragment.text().empty()) {
    out.parts.emplace_back();
    out.parts.back().literal = fragment.text();
    out.parts.back().span = out.span;
  }
  return out;
}

}  // namespace

std::optional<ast::Template> parse_template(const Fragment& fragment, Findings& findings) {
  Reading reading(fragment, findings);
  if (!check_length(reading, template_bytes_max, "a text")) return std::nullopt;
  if (!has_brace(fragment.text())) return plain_template(fragment);
  std::vector<syntax::Piece> pieces;
  if (const auto halt = syntax::read_template(reading.text(), pieces)) {
    explain_template(reading, pieces, *halt);
    return std::nullopt;
  }
  ast::Template out;
  out.span = fragment.span();
  out.parts.reserve(pieces.size());
  bool whole = true;
  for (const syntax::Piece& piece : pieces) {
    whole = build_part(fragment, findings, piece, out) && whole;
  }
  if (!whole) return std::nullopt;
  warn_of_foreign_placeholders(reading, pieces);
  return out;
}

}  // namespace alur::dsl

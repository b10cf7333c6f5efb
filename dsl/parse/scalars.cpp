#include "dsl/parse/scalars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "dsl/finding/near_miss.hpp"
#include "dsl/grammar/fragment.hpp"
#include "dsl/grammar/grammar.hpp"
#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/reading.hpp"
#include "dsl/yaml/read_yaml.hpp"

namespace alur::dsl {
namespace {

// What a grammar makes of the text at a place; nothing after a finding.
template <auto parse>
auto read_at(Pass& pass, const Place& place) {
  using Read = decltype(parse(Fragment(place.node), pass.findings));
  return want_text(pass, place) ? parse(Fragment(place.node), pass.findings) : Read();
}

void refuse_value(Pass& pass, const Place& place, std::string_view wanted,
                  std::string instead = {}) {
  report_with_fix(
      pass, Code::bad_value, place.node.text_span(),
      fmt::format("{} takes {}, and here is {}", place.words(), wanted, quoted(place.node.text())),
      std::move(instead));
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), to_small);
  return lower;
}

// `0812` is the number 812, in quotes of YAML too. Where a text is wanted it stays as it is
// written.
void warn_of_lost_zero(Pass& pass, const Place& place) {
  const std::string_view digits = place.node.text();
  const bool is_trap = digits.size() > 1 && digits.front() == '0' &&
                       std::all_of(digits.begin(), digits.end(), is_digit);
  if (!is_trap) return;
  pass.findings.add(Code::number_trap, place.node.text_span(),
                    fmt::format("{} is a number here and loses its first 0", quoted(digits)),
                    fmt::format("as a text: `'\"{}\"'`", digits));
}

// `hear: janji, datang` is one phrase, for punctuation in phrases means nothing.
void warn_of_missing_brackets(Pass& pass, const Place& place) {
  const std::string_view text = place.node.text();
  const bool chooses = text.find_first_of("([{") != std::string_view::npos;
  if (!place.node.is_plain() || chooses || text.find(',') == std::string_view::npos) return;
  Finding finding = finding_of(Code::list_without_brackets, place.node.text_span(),
                               "this is one phrase, and its comma means nothing");
  finding.suggestion = fmt::format("for several phrases write `[{0}]`; for one, `\"{0}\"`", text);
  finding.fix = Fix{place.node.text_span(), fmt::format("[{}]", text)};
  pass.findings.add(std::move(finding));
}

// What other readers of YAML take for a truth.
std::string to_truth(const Node& node) {
  const std::string word = to_lower(node.text());
  if (word == "true" || word == "false") return word;
  if (!looks_like_boolean_trap(node)) return {};
  return word == "yes" || word == "on" || word == "y" ? "true" : "false";
}

std::string list_words(std::span<const std::string_view> words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += fmt::format("`{}`", words[i]);
  }
  return out;
}

}  // namespace

ast::Expr expression_at(Pass& pass, const Place& place) {
  warn_of_lost_zero(pass, place);
  ast::Expr broken;
  broken.span = place.span();
  return read_at<&parse_expression>(pass, place).value_or(std::move(broken));
}

ast::TypeExpr type_at(Pass& pass, const Place& place) {
  ast::TypeExpr broken;
  broken.span = place.span();
  return read_at<&parse_type>(pass, place).value_or(std::move(broken));
}

ast::Target target_at(Pass& pass, const Place& place) {
  ast::Target broken;
  broken.span = place.span();
  return read_at<&parse_target>(pass, place).value_or(std::move(broken));
}

ast::Target goto_at(Pass& pass, const Place& place) {
  ast::Target target = target_at(pass, place);
  if (target.name.text != "next") return target;
  pass.findings.add(Code::bad_value, target.span, "`goto` does not take `next`",
                    "take the `goto` away: the next step follows by itself");
  target.name.text.clear();
  return target;
}

ast::CallExpr call_at(Pass& pass, const Place& place) {
  ast::CallExpr broken;
  broken.span = place.span();
  return read_at<&parse_call>(pass, place).value_or(std::move(broken));
}

ast::Binding binding_of(Pass& pass, const Node& key) {
  ast::Binding broken;
  broken.span = key.span();
  return parse_binding(Fragment(key), pass.findings).value_or(std::move(broken));
}

std::optional<ast::Template> template_at(Pass& pass, const Place& place) {
  return read_at<&parse_template>(pass, place);
}

std::optional<ast::DurationExpr> duration_at(Pass& pass, const Place& place) {
  return read_at<&parse_duration>(pass, place);
}

std::optional<ast::DurationExpr> bounded_duration_at(Pass& pass, const Place& place,
                                                     std::int64_t low, std::int64_t high) {
  auto read = duration_at(pass, place);
  if (!read || (read->milliseconds >= low && read->milliseconds <= high)) return read;
  refuse_value(pass, place,
               fmt::format("{} to {}", value::to_string(value::Duration{low}),
                           value::to_string(value::Duration{high})));
  return std::nullopt;
}

ast::HoursExpr hours_at(Pass& pass, const Place& place) {
  ast::HoursExpr broken;
  broken.span = place.span();
  return read_at<&parse_hours>(pass, place).value_or(std::move(broken));
}

std::vector<ast::Phrase> phrases_at(Pass& pass, const Place& place) {
  std::vector<ast::Phrase> phrases;
  const auto read = [&](const Place& each) {
    if (auto phrase = read_at<&parse_phrase>(pass, each)) phrases.push_back(std::move(*phrase));
  };
  if (place.node.is_scalar()) {
    warn_of_missing_brackets(pass, place);
    read(place);
  } else {
    for (const Node& item : items_of(pass, place, NodeKind::scalar)) read(place.item_at(item));
  }
  return phrases;
}

bool truth_at(Pass& pass, const Place& place) {
  if (!want_text(pass, place)) return false;
  if (place.node.text() == "true") return true;
  if (place.node.text() != "false") {
    refuse_value(pass, place, "`true` or `false`", to_truth(place.node));
  }
  return false;
}

void only_true_at(Pass& pass, const Place& place) {
  if (want_text(pass, place) && place.node.text() != "true") {
    refuse_value(pass, place, "`true` and nothing else", "true");
  }
}

std::optional<std::int32_t> whole_at(Pass& pass, const Place& place, std::int32_t low,
                                     std::int32_t high) {
  if (!want_text(pass, place)) return std::nullopt;
  const std::string_view text = place.node.text();
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (whole && number >= low && number <= high) return number;
  refuse_value(pass, place, fmt::format("a whole number from {} to {}", low, high));
  return std::nullopt;
}

ast::Name word_at(Pass& pass, const Place& place, std::span<const std::string_view> words) {
  if (!want_text(pass, place)) return {};
  const std::string_view text = place.node.text();
  if (std::find(words.begin(), words.end(), text) != words.end()) {
    return {std::string(text), place.node.text_span()};
  }
  Finding finding = finding_of(Code::bad_value, place.node.text_span(),
                               fmt::format("{} does not take {}", place.words(), quoted(text)));
  suggest(finding, text, words);
  if (!finding.fix) finding.suggestion = "it takes " + list_words(words);
  pass.findings.add(std::move(finding));
  return {};
}

}  // namespace alur::dsl

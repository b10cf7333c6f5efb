#include "dsl/parse/parse_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "dsl/grammar/reading.hpp"
#include "dsl/parse/placement.hpp"
#include "dsl/parse/scalars.hpp"

namespace alur::dsl {
namespace {

bool has_language(const ast::Text& text, std::string_view language) {
  return std::any_of(text.languages.begin(), text.languages.end(),
                     [&](const ast::LocalText& each) { return each.language.text == language; });
}

void add_language(Pass& pass, ast::Text& text, ast::Name language, const Place& place) {
  if (std::optional<ast::Template> words = template_at(pass, place)) {
    text.languages.push_back({std::move(language), std::move(*words)});
  } else {
    text.broken = true;
  }
}

// `ID` or `en_us`: told, and read as it was meant.
std::string tell_misspelt(Pass& pass, const Entry& entry) {
  std::string meant = to_language(entry.key.text());
  if (meant.empty()) return {};
  report_with_fix(pass, Code::unknown_key, entry.key.span(),
                  fmt::format("`{}` is not how a language is written", entry.key.text()), meant);
  return meant;
}

// What to do about a key that is no language. A line of a text, pasted under its key, looks so.
std::string language_advice(const Entry* above) {
  const bool below_text =
      above != nullptr && above->value.is_scalar() &&
      (above->value.style() == ScalarStyle::literal || above->value.style() == ScalarStyle::folded);
  if (below_text) return "if it belongs to the text above, indent it further";
  return "a language is two small letters, such as `id` or `en`";
}

ast::Text languages_at(Pass& pass, const Place& place, bool (*skips)(std::string_view key)) {
  ast::Text text;
  Languages languages(text, true);
  const Entry* above = nullptr;
  for (const Entry& entry : place.node.entries()) {
    const std::string advice = language_advice(std::exchange(above, &entry));
    if (skips != nullptr && skips(entry.key.text())) continue;
    if (languages.take(pass, entry.key.text(), entry)) continue;
    text.broken = true;
    if (report_misplaced(pass, "a text", entry)) continue;
    pass.findings.add(Code::unknown_key, entry.key.span(),
                      fmt::format("{} is not a language", quoted(entry.key.text())), advice);
  }
  text.span = place.key;
  text.broken |= text.languages.empty();
  return text;
}

constexpr Key<ast::Link> link_keys[] = {
    {"label", Need::required, into<&ast::Link::label, text_at>},
    {"url", Need::required,
     [](Pass& pass, const Place& place, ast::Link& link) {
       link.url = template_at(pass, place).value_or(ast::Template{});
     }},
    {"private", Need::optional, into<&ast::Link::is_private, truth_at>},
};

std::optional<ast::Link> link_at(Pass& pass, const Place& place) {
  if (!want_map(pass, place, "label")) return std::nullopt;
  ast::Link link;
  link.span = place.key;
  read_map(pass, map_of("a `link`", place.node.entries()), part(link_keys, link));
  return link;
}

constexpr Key<ast::Location> location_keys[] = {
    {"latitude", Need::required, into<&ast::Location::latitude, expression_at>},
    {"longitude", Need::required, into<&ast::Location::longitude, expression_at>},
    {"name", Need::optional, into<&ast::Location::name, text_at>},
    {"address", Need::optional, into<&ast::Location::address, text_at>},
};

std::optional<ast::Location> location_at(Pass& pass, const Place& place) {
  if (!want_map(pass, place, "latitude")) return std::nullopt;
  ast::Location location;
  location.span = place.key;
  read_map(pass, map_of("a `location`", place.node.entries()), part(location_keys, location));
  return location;
}

ast::Name overflow_at(Pass& pass, const Place& place) {
  static constexpr std::array<std::string_view, 4> words{"split", "page", "number", "shorten"};
  return word_at(pass, place, words);
}

constexpr Key<ast::Extras> extras_table[] = {
    {"image", Need::optional, into<&ast::Extras::image, template_at>},
    {"document", Need::optional, into<&ast::Extras::document, template_at>},
    {"location", Need::optional, into<&ast::Extras::location, location_at>},
    {"link", Need::optional, into<&ast::Extras::link, link_at>},
    {"overflow", Need::optional, into<&ast::Extras::overflow, overflow_at>},
    {"contact", Need::optional, into<&ast::Extras::contact, truth_at>},
};

}  // namespace

ast::Text text_at(Pass& pass, const Place& place) {
  return text_among(pass, place, nullptr);
}

ast::Text text_among(Pass& pass, const Place& place, bool (*skips)(std::string_view key)) {
  if (place.node.is_map() && want_map(pass, place)) return languages_at(pass, place, skips);
  ast::Text text;
  text.span = place.span();
  if (place.node.is_map()) {
    text.broken = true;
  } else {
    if (place.node.is_scalar()) text.span = place.node.span();
    add_language(pass, text, {}, place);
  }
  return text;
}

bool Languages::take(Pass& pass, std::string_view name, const Entry& entry) {
  if (!wanted_) return false;
  std::string language(name);
  if (!is_language(name)) language = tell_misspelt(pass, entry);
  if (language.empty()) return false;
  if (text_.languages.empty() && !text_.broken) text_.span = entry.key.span();
  if (has_language(text_, language)) {
    text_.broken = true;
  } else {
    add_language(pass, text_, {language, entry.key.text_span()}, Place::of(entry));
  }
  return true;
}

std::span<const Key<ast::Extras>> extras_keys() {
  return extras_table;
}

}  // namespace alur::dsl

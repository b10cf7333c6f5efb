// Texts: the words of a template in the session's language, expressions and filters filled in.
#include <cassert>

#include "engine/machine/show.hpp"
#include "engine/machine/walk.hpp"
#include "engine/value/text.hpp"

namespace alur::machine {

using program::Filter;
using program::FilterUse;
using value::Kind;
using value::Value;

namespace {

std::string plural(const program::Unit& unit, const FilterUse& use,
                   const value::Formatter& formatter, value::Decimal number) {
  const value::PluralCategory category = formatter.plural_category(number);
  const std::string* form = nullptr;
  for (Index i = 0; i < use.names.size(); ++i) {
    const value::PluralCategory given = unit.plural_names[use.names.begin + i];
    const program::Node& node = unit.nodes[unit.argument_nodes[use.arguments.begin + i]];
    const std::string& words = unit.constants[node.b].text();
    if (given == category || (!form && given == value::PluralCategory::other)) form = &words;
    if (given == category) break;
  }
  std::string out;
  if (!form) return out;
  for (const char c : *form) {
    if (c == '#') {
      out += formatter.format_number(number);
    } else {
      out += c;
    }
  }
  return out;
}

std::string masked(std::string_view text) {
  constexpr std::size_t shown = 4;
  const std::size_t length = value::code_point_length(text);
  const std::size_t hidden = length > shown ? length - shown : length;
  std::string out;
  std::size_t at = 0;
  for (std::size_t i = 0; i < hidden; ++i) {
    out += "\u2022";
    for (++at; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;) ++at;
  }
  out += text.substr(std::min(at, text.size()));
  return out;
}

std::string shortened(std::string_view text, std::size_t units_max) {
  if (value::utf16_length(text) <= units_max || units_max == 0) return std::string(text);
  return std::string(value::grapheme_prefix(text, units_max - 1)) + "\u2026";
}

// Filters that keep to text once a value has become one.
std::string filter_text(Filter filter, std::string_view text, const value::Formatter& formatter,
                        std::int64_t number) {
  switch (filter) {
    case Filter::upper:
      return formatter.upper(text);
    case Filter::lower:
      return formatter.lower(text);
    case Filter::title:
      return formatter.title(text);
    case Filter::mask:
      return masked(text);
    case Filter::shorten:
      return shortened(text, static_cast<std::size_t>(std::max<std::int64_t>(number, 0)));
    default:
      return std::string(text);
  }
}

std::string format_value(Filter filter, const Value& value, const program::Program& program,
                         Index language) {
  const value::Formatter& formatter = program.formatter(language);
  if (value.is(Kind::number)) {
    if (filter == Filter::rupiah) return formatter.format_rupiah(value.number());
    if (filter == Filter::percent) return formatter.format_percent(value.number());
    return formatter.format_number(value.number());
  }
  if (value.is(Kind::date)) {
    return filter == Filter::short_date ? formatter.format_short_date(value.date())
                                        : formatter.format_date(value.date());
  }
  if (value.is(Kind::datetime)) {
    const value::LocalTime local = program.zone().to_local(value.datetime());
    if (filter == Filter::date) return formatter.format_date(local.date);
    if (filter == Filter::short_date) return formatter.format_short_date(local.date);
    if (filter == Filter::time) return formatter.format_time(local.time);
    return formatter.format_datetime(value.datetime());
  }
  std::string out;
  show_value(program, language, value, out);
  return out;
}

bool on_text(Filter filter) {
  return filter == Filter::upper || filter == Filter::lower || filter == Filter::title ||
         filter == Filter::mask || filter == Filter::shorten;
}

}  // namespace

void Walk::show(const Value& value, std::string& out) {
  show_value(program_, session_.language, value, out);
}

std::string Walk::rendered(Index unit_index, Index text) {
  std::string out;
  render(unit_index, text, out);
  return out;
}

void Walk::render(Index unit_index, Index text, std::string& out) {
  const program::Unit& unit = program_.unit(unit_index);
  const program::Range wording = unit.wordings[unit.texts[text].first_wording + session_.language];
  for (Index p = wording.begin; p < wording.end; ++p) {
    const program::TextPart& part = unit.parts[p];
    if (part.node == program::none) {
      out += unit.string(part.literal);
      continue;
    }
    Value scratch;
    const Value& value = evaluate(unit_index, part.node, scratch);
    if (part.filters.empty()) {
      show(value, out);
      continue;
    }
    std::string words;
    bool is_words = false;
    for (Index f = part.filters.begin; f < part.filters.end; ++f) {
      const FilterUse& use = unit.filters[f];
      if (!is_words && use.filter == Filter::plural && value.is(Kind::number)) {
        words = plural(unit, use, program_.formatter(session_.language), value.number());
      } else if (on_text(use.filter)) {
        if (!is_words) show(value, words);
        std::int64_t number = 0;
        if (!use.arguments.empty()) {
          const Value given = take(unit_index, unit.argument_nodes[use.arguments.begin]);
          if (given.is(Kind::number)) number = given.number().to_int64().value_or(0);
        }
        words = filter_text(use.filter, words, program_.formatter(session_.language), number);
      } else if (!is_words) {
        words = format_value(use.filter, value, program_, session_.language);
      }
      is_words = true;
    }
    out += words;
  }
}

}  // namespace alur::machine

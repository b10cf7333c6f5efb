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

std::string shortened(std::string_view text, const Value& argument) {
  const std::int64_t units =
      argument.is(Kind::number) ? argument.number().to_int64().value_or(0) : 0;
  const auto units_max = static_cast<std::size_t>(std::max<std::int64_t>(units, 0));
  if (units_max == 0 || value::utf16_length(text) <= units_max) return std::string(text);
  return std::string(value::grapheme_prefix(text, units_max - 1)) + "\u2026";
}

// Filters that keep to text once a value has become one.
std::string filter_text(Filter filter, std::string_view text, const value::Formatter& formatter,
                        const Value& argument) {
  switch (filter) {
    case Filter::upper:
      return formatter.upper(text);
    case Filter::lower:
      return formatter.lower(text);
    case Filter::title:
      return formatter.title(text);
    case Filter::mask:
      return masked(text);
    default:
      return shortened(text, argument);
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
  constexpr std::size_t expression_bytes_guess = 24;
  std::size_t size = out.size();
  for (Index p = wording.begin; p < wording.end; ++p) {
    const program::TextPart& part = unit.parts[p];
    size += part.node == program::none ? part.literal.size : expression_bytes_guess;
  }
  out.reserve(size);
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
    } else {
      out += filtered(unit_index, part.filters, value);
    }
  }
}

// The first filter makes words of the value; those after it change the words.
std::string Walk::filtered(Index unit_index, program::Range filters, const Value& value) {
  const program::Unit& unit = program_.unit(unit_index);
  const value::Formatter& formatter = program_.formatter(session_.language);
  std::string words;
  for (Index f = filters.begin; f < filters.end; ++f) {
    const FilterUse& use = unit.filters[f];
    const bool first = f == filters.begin;
    if (on_text(use.filter)) {
      if (first) show(value, words);
      Value argument;
      if (!use.arguments.empty()) {
        argument = take(unit_index, unit.argument_nodes[use.arguments.begin]);
      }
      words = filter_text(use.filter, words, formatter, argument);
    } else if (first && use.filter == Filter::plural && value.is(Kind::number)) {
      words = plural(unit, use, formatter, value.number());
    } else if (first) {
      words = format_value(use.filter, value, program_, session_.language);
    }
  }
  return words;
}

}  // namespace alur::machine

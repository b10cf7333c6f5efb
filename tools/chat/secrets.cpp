#include "tools/chat/secrets.hpp"

#include <algorithm>
#include <string>

#include "engine/machine/show.hpp"
#include "engine/value/code_points.hpp"
#include "engine/value/text.hpp"

namespace alur::tools {

using value::Kind;
using value::TypeKind;
using value::Value;

namespace {

constexpr std::size_t mask_shown = 4;  // the filter `mask` leaves so many characters
// What is shorter tells nothing, and may be the number of a choice.
constexpr std::size_t disguised_bytes_min = 4;

// The same shape without the content: letters are x, digits 0.
std::string same_shape(std::string_view text) {
  std::string out;
  for (value::CodePoints points(text); !points.at_end();) {
    const char32_t c = points.next();
    if (c >= '0' && c <= '9') {
      out += '0';
    } else if (c > 0x7f || (c >= 'a' && c <= 'z')) {
      out += 'x';
    } else if (c >= 'A' && c <= 'Z') {
      out += 'X';
    } else {
      value::append_utf8(c, out);
    }
  }
  return out;
}

// Not 1 or 2: those would tap a choice of the same question.
std::int64_t sample_number(const value::Type& type) {
  constexpr std::int64_t number = 1'000'000;
  return type.kind == TypeKind::integer ? std::clamp(number, type.low, type.high) : number;
}

std::string sample_of(const value::Type& type, std::string_view typed) {
  switch (type.kind) {
    case TypeKind::phone:
      return "081200000000";
    case TypeKind::email:
      return "contoh@contoh.id";
    case TypeKind::number:
    case TypeKind::integer:
      return std::to_string(sample_number(type));
    case TypeKind::date:
      return "2025-01-01";
    case TypeKind::datetime:
      return "2025-01-01 00:00";
    case TypeKind::time:
      return "00:00";
    case TypeKind::duration:
      return "1 jam";
    default:
      return same_shape(typed);
  }
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

std::string masked_end(std::string_view text) {
  std::size_t at = text.size();
  value::CodePoints points(text);
  for (std::size_t i = 0; i < mask_shown && !points.at_end(); ++i) {
    points.next_from_end();
    at = points.end();
  }
  return "\u2022" + std::string(text.substr(at));
}

// The ways in which filters show a value.
std::vector<std::string> shown_forms(const Value& value, const program::Program& program) {
  std::vector<std::string> forms;
  for (program::Index i = 0; i < program.app().languages.size(); ++i) {
    const value::Formatter& formatter = program.formatter(i);
    std::string plain;
    machine::show_value(program, i, value, plain);
    if (value.is(Kind::number)) forms.push_back(formatter.format_rupiah(value.number()));
    if (value.is(Kind::date)) forms.push_back(formatter.format_short_date(value.date()));
    if (value.is(Kind::text)) {
      forms.push_back(formatter.upper(plain));
      forms.push_back(formatter.lower(plain));
      forms.push_back(formatter.title(plain));
      forms.push_back(masked_end(plain));
    }
    forms.push_back(std::move(plain));
  }
  return forms;
}

}  // namespace

std::string Secrets::keep(std::string_view typed, const Value& value, const value::Type& type,
                          const program::Program& program) {
  const std::string_view words = value::trimmed(typed);
  const bool is_known = value.is_set();
  if (!is_known && type.kind != TypeKind::text) return same_shape(words);
  const std::string sample = sample_of(type, words);
  add(std::string(words), sample);
  const Value piece = is_known ? value : Value(words);
  for (std::string& form : shown_forms(piece, program)) add(std::move(form), sample);
  return sample;
}

void Secrets::add(std::string form, const std::string& sample) {
  if (form.empty() || form == sample) return;
  const auto same = [&](const auto& known) { return known.first == form; };
  if (std::any_of(forms_.begin(), forms_.end(), same)) return;
  const auto longer = std::find_if(forms_.begin(), forms_.end(), [&](const auto& known) {
    return known.first.size() < form.size();
  });
  forms_.insert(longer, {std::move(form), sample});
}

std::string Secrets::disguised(std::string text) const {
  for (const auto& [form, sample] : forms_) {
    if (form.size() >= disguised_bytes_min) replace_all(text, form, sample);
  }
  return text;
}

std::string Secrets::gapped(std::string text) const {
  for (const auto& [form, sample] : forms_) replace_all(text, form, gap);
  return text;
}

}  // namespace alur::tools

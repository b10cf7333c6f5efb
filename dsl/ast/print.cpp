// Texts, phrases, types, targets and hours as text. Expressions are print_expression.cpp's.
#include "dsl/ast/print.hpp"

#include "dsl/ast/print_expression.hpp"
#include "dsl/ast/words.hpp"

namespace alur::dsl::ast {
namespace {

void append_literal(const std::string& words, std::string& out) {
  for (const char each : words) {
    if (each == '{' || each == '}') out += each;
    out += each;
  }
}

void append_filter(const Filter& filter, std::string& out) {
  out += filter.name.text;
  if (!filter.arguments.empty()) append(filter.arguments, out);
}

void append_phrase(const std::vector<PhrasePart>& parts, std::string& out);

void append_branches(const PhrasePart& part, std::string& out) {
  const bool choice = part.kind == PhrasePart::Kind::one_of;
  out += choice ? '(' : '[';
  for (std::size_t i = 0; i < part.branches.size(); ++i) {
    if (i > 0) out += '|';
    append_phrase(part.branches[i], out);
  }
  out += choice ? ')' : ']';
}

void append_phrase(const std::vector<PhrasePart>& parts, std::string& out) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += ' ';
    switch (parts[i].kind) {
      case PhrasePart::Kind::words:
        out += parts[i].words;
        break;
      case PhrasePart::Kind::capture:
        out += '{' + parts[i].capture.text + '}';
        break;
      case PhrasePart::Kind::one_of:
      case PhrasePart::Kind::optional:
        append_branches(parts[i], out);
        break;
    }
  }
}

std::string names_text(const std::vector<Name>& names) {
  std::string out;
  for (const Name& name : names) {
    if (!out.empty()) out += ", ";
    out += name.text;
  }
  return out;
}

std::string bounds_text(const TypeExpr& type) {
  if (!type.low || !type.high) return {};
  return '(' + std::to_string(*type.low) + ".." + std::to_string(*type.high) + ')';
}

std::string kind_text(const TypeExpr& type) {
  using Kind = TypeExpr::Kind;
  switch (type.kind) {
    case Kind::broken:
      return std::string(broken_words);
    case Kind::choice:
      return "one of " + names_text(type.members);
    case Kind::list: {
      const std::string bounds = bounds_text(type);
      return "list of " + to_text(type.element[0]) + (bounds.empty() ? "" : " " + bounds);
    }
    case Kind::named:
      return type.name.text;
    default:
      return std::string(type_word(type.kind)) + bounds_text(type);
  }
}

std::string clock_text(std::int32_t seconds) {
  const auto two = [](std::int32_t number) {
    return std::string(number < 10 ? "0" : "") + std::to_string(number);
  };
  return two(seconds / 3'600) + ':' + two(seconds / 60 % 60);
}

// `mon-fri`, `mon,wed`, `sat-sun`: neighbours joined, two of them too.
std::string days_text(std::uint8_t days) {
  std::string out;
  for (int first = 0; first < 7; ++first) {
    if ((days >> first & 1) == 0) continue;
    int last = first;
    while (last < 6 && (days >> (last + 1) & 1) != 0) ++last;
    if (!out.empty()) out += ',';
    out += day_words[first];
    if (last > first) out += std::string("-") + std::string(day_words[last]);
    first = last;
  }
  return out;
}

}  // namespace

std::string to_text(const Filter& filter) {
  std::string out;
  append_filter(filter, out);
  return out;
}

std::string to_text(const Template& text) {
  std::string out;
  for (const TemplatePart& part : text.parts) {
    if (!part.expression) {
      append_literal(part.literal, out);
      continue;
    }
    out += '{';
    append(*part.expression, out);
    for (const Filter& filter : part.filters) {
      out += " | ";
      append_filter(filter, out);
    }
    out += '}';
  }
  return out;
}

std::string to_text(const Phrase& phrase) {
  std::string out;
  append_phrase(phrase.parts, out);
  return out;
}

std::string to_text(const TypeExpr& type) {
  return (type.is_private ? "private " : "") + kind_text(type) + (type.optional ? "?" : "");
}

std::string to_text(const Target& target) {
  std::string out = target.name.text;
  if (target.has_arguments) append(target.arguments, out);
  return out;
}

std::string to_text(const CallExpr& call) {
  std::string out = call.service.text;
  append(call.arguments, out);
  return out;
}

std::string to_text(const Binding& binding) {
  if (binding.variable.empty()) return binding.outcome.text;
  return binding.outcome.text + '(' + binding.variable.text + ')';
}

std::string to_text(const HoursExpr& hours) {
  std::string out(hours.always ? "always" : "");
  for (const HoursExpr::Range& range : hours.ranges) {
    if (!out.empty()) out += ", ";
    out += days_text(range.days) + ' ' + clock_text(range.open_seconds) + '-' +
           clock_text(range.close_seconds);
  }
  if (!hours.except.empty()) out += " except " + hours.except.text;
  return out;
}

}  // namespace alur::dsl::ast

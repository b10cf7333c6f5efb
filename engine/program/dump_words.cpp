#include "engine/program/dump_words.hpp"

#include <fmt/format.h>

#include "engine/program/names.hpp"
#include "engine/value/text.hpp"

namespace alur::program {
namespace {

constexpr std::size_t quoted_units_max = 60;

// How tightly an expression binds, and how its operator is written between two sides.
enum Level : int { level_or = 1, level_and, level_not, level_compare, level_sum, level_product };
constexpr int level_negate = 7;
constexpr int level_field = 8;
constexpr int level_value = 9;

struct Binding {
  int level;
  std::string_view infix;
};

Binding binding(NodeKind kind) {
  switch (kind) {
    case NodeKind::or_:
    case NodeKind::fallback:
      return {level_or, "or"};
    case NodeKind::and_:
      return {level_and, "and"};
    case NodeKind::not_:
      return {level_not, ""};
    case NodeKind::is_set:
      return {level_compare, ""};
    case NodeKind::equal:
      return {level_compare, "=="};
    case NodeKind::not_equal:
      return {level_compare, "!="};
    case NodeKind::less:
      return {level_compare, "<"};
    case NodeKind::less_equal:
      return {level_compare, "<="};
    case NodeKind::greater:
      return {level_compare, ">"};
    case NodeKind::greater_equal:
      return {level_compare, ">="};
    case NodeKind::in_list:
    case NodeKind::in_items:
      return {level_compare, "in"};
    case NodeKind::add:
      return {level_sum, "+"};
    case NodeKind::subtract:
      return {level_sum, "-"};
    case NodeKind::multiply:
      return {level_product, "*"};
    case NodeKind::divide:
      return {level_product, "/"};
    case NodeKind::negate:
      return {level_negate, ""};
    case NodeKind::field:
      return {level_field, ""};
    default:
      return {level_value, ""};
  }
}

void append_braced(std::string_view words, std::string& out) {
  for (const char c : words) {
    out += c;
    if (c == '{' || c == '}') out += c;
  }
}

}  // namespace

std::string quoted(std::string_view words) {
  const bool whole = value::utf16_length(words) <= quoted_units_max;
  std::string out = "\"";
  for (const char c : whole ? words : value::grapheme_prefix(words, quoted_units_max - 1)) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  if (!whole) out += "\u2026";
  return out + '"';
}

std::string in_words(std::int64_t milliseconds) {
  return value::to_string(value::Duration{milliseconds});
}

// --- expressions

std::string WordDumper::expression(Index node) const {
  std::string out;
  append(node, 0, out);
  return out;
}

bool WordDumper::is_unset(const Node& node) const {
  return node.kind == NodeKind::not_ && unit_.nodes[node.b].kind == NodeKind::is_set;
}

// In parentheses where it binds less tightly than its place asks for.
void WordDumper::append(Index index, int level_min, std::string& out) const {
  const Node& node = unit_.nodes[index];
  const int level = is_unset(node) ? int{level_compare} : binding(node.kind).level;
  const bool bare = level >= level_min;
  if (!bare) out += '(';
  append_bare(node, out);
  if (!bare) out += ')';
}

void WordDumper::append_bare(const Node& node, std::string& out) const {
  if (is_unset(node)) {
    append(unit_.nodes[node.b].b, level_compare + 1, out);
    out += " is unset";
    return;
  }
  switch (node.kind) {
    case NodeKind::constant:
      return unit_.constants[node.b].append_text(out);
    case NodeKind::local:
      out += unit_.slots[node.b].name;
      return;
    case NodeKind::contact:
      out += "contact." + app_.contact[node.b].name;
      return;
    case NodeKind::session:
      out += "session." + app_.session[node.b].name;
      return;
    case NodeKind::language:
    case NodeKind::channel:
      out += to_text(node.kind);
      return;
    case NodeKind::hours:
      out += app_.hours[node.b].name;
      return;
    case NodeKind::field:
      append(node.b, level_field, out);
      out += '.' + field_name(node);
      return;
    case NodeKind::negate:
      out += '-';
      return append(node.b, level_negate, out);
    case NodeKind::not_:
      out += "not ";
      return append(node.b, level_not, out);
    case NodeKind::is_set:
      append(node.b, level_compare + 1, out);
      out += " is set";
      return;
    case NodeKind::call:
      out += to_text(static_cast<Function>(node.a));
      return append_arguments(node, out);
    default:
      return append_infix(node, out);
  }
}

void WordDumper::append_infix(const Node& node, std::string& out) const {
  const auto [level, infix] = binding(node.kind);
  append(node.b, level == level_compare ? level + 1 : level, out);
  out += fmt::format(" {} ", infix);
  if (node.kind == NodeKind::in_items) return append_arguments(node, out);
  append(node.c, level + 1, out);
}

void WordDumper::append_arguments(const Node& node, std::string& out) const {
  out += '(';
  for (Index i = 0; i < node.n; ++i) {
    if (i > 0) out += ", ";
    append(unit_.argument_nodes[node.c + i], 0, out);
  }
  out += ')';
}

// Nodes know fields by their keys only.
std::string WordDumper::field_name(const Node& node) const {
  const value::TypeRef record = type_of(node.b);
  const value::TypeField* field = record ? record->find_field(node.c) : nullptr;
  return field ? field->name : fmt::format("#{:08x}", node.c);
}

value::TypeRef WordDumper::type_of(Index index) const {
  const Node& node = unit_.nodes[index];
  switch (node.kind) {
    case NodeKind::local:
      return unit_.slots[node.b].type;
    case NodeKind::contact:
      return app_.contact[node.b].type;
    case NodeKind::session:
      return app_.session[node.b].type;
    case NodeKind::fallback:
      return type_of(node.b);
    case NodeKind::field: {
      const value::TypeRef record = type_of(node.b);
      const value::TypeField* field = record ? record->find_field(node.c) : nullptr;
      return field ? field->type : nullptr;
    }
    case NodeKind::call: {
      if (static_cast<Function>(node.a) != Function::first || node.n == 0) return nullptr;
      const value::TypeRef list = type_of(unit_.argument_nodes[node.c]);
      return list ? list->element : nullptr;
    }
    default:
      return nullptr;
  }
}

// --- what is made of them

std::string WordDumper::variable(Scope scope, Index slot) const {
  switch (scope) {
    case Scope::local:
      return unit_.slots[slot].name;
    case Scope::contact:
      return "contact." + app_.contact[slot].name;
    case Scope::session:
      return "session." + app_.session[slot].name;
    case Scope::language:
      break;
  }
  return "language";
}

std::string WordDumper::arguments(Range arguments) const {
  if (arguments.empty()) return {};
  std::string out;
  for (Index i = arguments.begin; i < arguments.end; ++i) {
    const Argument& argument = unit_.arguments[i];
    out += out.empty() ? "(" : ", ";
    out += fmt::format("{}{} = {}", argument.is_private ? "private " : "", argument.name,
                       expression(argument.node));
  }
  return out + ')';
}

void WordDumper::append_filters(Range filters, std::string& out) const {
  for (Index f = filters.begin; f < filters.end; ++f) {
    const FilterUse& use = unit_.filters[f];
    out += fmt::format(" | {}", to_text(use.filter));
    for (Index i = 0; i < use.arguments.size(); ++i) {
      out += i == 0 ? "(" : ", ";
      if (!use.names.empty()) {
        out += fmt::format("{} = ", value::to_text(unit_.plural_names[use.names.begin + i]));
      }
      append(unit_.argument_nodes[use.arguments.begin + i], 0, out);
    }
    if (!use.arguments.empty()) out += ')';
  }
}

std::string WordDumper::text(Index text, std::size_t language) const {
  const Range wording = unit_.wordings[unit_.texts[text].first_wording + language];
  std::string words;
  for (Index p = wording.begin; p < wording.end; ++p) {
    const TextPart& part = unit_.parts[p];
    if (part.node == none) {
      append_braced(unit_.string(part.literal), words);
      continue;
    }
    words += '{';
    append(part.node, 0, words);
    append_filters(part.filters, words);
    words += '}';
  }
  return quoted(words);
}

std::string WordDumper::phrase(const PlainPhrase& phrase) const {
  std::string words;
  for (const PhraseElement& element : phrase.elements) {
    if (!words.empty()) words += ' ';
    words += element.capture ? '{' + unit_.slots[element.slot].name + '}' : element.word;
  }
  return quoted(words);
}

}  // namespace alur::program

#include "engine/program/names.hpp"

#include <array>

namespace alur::program {
namespace {

constexpr std::array<std::string_view, op_count> op_names{
#define INSTRUCTION(name, operands, meaning) #name,
#include "engine/program/instruction.def"
#undef INSTRUCTION
};

constexpr std::array<std::string_view, node_kind_count> node_names{
#define NODE(name, operands, meaning) #name,
#include "engine/program/node.def"
#undef NODE
};

constexpr std::array<std::string_view, function_count> function_names{
#define FUNCTION(name, meaning) #name,
#include "engine/program/function.def"
#undef FUNCTION
};

constexpr std::array<std::string_view, filter_count> filter_names{
#define FILTER(name, meaning) #name,
#include "engine/program/filter.def"
#undef FILTER
};

constexpr std::array<std::string_view, system_text_count> system_text_names{
#define SYSTEM_TEXT(name, when, id, en) #name,
#include "engine/program/system_text.def"
#undef SYSTEM_TEXT
};

struct BroughtWords {
  std::string_view indonesian;
  std::string_view english;
};
constexpr std::array<BroughtWords, system_text_count> all_brought_words{{
#define SYSTEM_TEXT(name, when, id, en) {id, en},
#include "engine/program/system_text.def"
#undef SYSTEM_TEXT
}};

constexpr std::array<std::string_view, scope_count> scope_names{"local", "contact", "session",
                                                                "language"};
constexpr std::array<std::string_view, overflow_count> overflow_names{"fit", "split", "page",
                                                                      "number", "shorten"};

// A number out of range has a name too: dumps may be asked for what verification refused.
template <class Names, class Enum>
std::string_view name_of(const Names& names, Enum which) {
  const auto number = static_cast<std::size_t>(which);
  return number < names.size() ? names[number] : "?";
}

}  // namespace

std::string_view to_text(Op op) {
  return name_of(op_names, op);
}
std::string_view to_text(NodeKind kind) {
  return name_of(node_names, kind);
}
std::string_view to_text(Function function) {
  return name_of(function_names, function);
}
std::string_view to_text(Filter filter) {
  return name_of(filter_names, filter);
}
std::string_view to_text(SystemText text) {
  return name_of(system_text_names, text);
}
std::string_view brought_words(SystemText text, std::string_view language) {
  const BroughtWords& words = all_brought_words.at(static_cast<std::size_t>(text));
  return language.starts_with("id") ? words.indonesian : words.english;
}
std::string_view to_text(Scope scope) {
  return name_of(scope_names, scope);
}
std::string_view to_text(Overflow overflow) {
  return name_of(overflow_names, overflow);
}

}  // namespace alur::program

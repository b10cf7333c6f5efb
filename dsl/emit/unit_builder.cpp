#include "dsl/emit/unit_builder.hpp"

#include <algorithm>
#include <cassert>

namespace alur::dsl {

using program::Op;

program::Scope to_scope(ast::Resolved::Use use) {
  switch (use) {
    case ast::Resolved::Use::contact:
      return program::Scope::contact;
    case ast::Resolved::Use::session:
      return program::Scope::session;
    case ast::Resolved::Use::language:
      return program::Scope::language;
    default:
      return program::Scope::local;
  }
}

program::Place UnitBuilder::place(Span span) const {
  const Position position = source_.position(span.begin);
  return {position.line, position.column};
}

Index UnitBuilder::code(Op op, Span span, Index c, Index d, std::uint8_t a, std::uint16_t b) {
  unit_.code.push_back({op, a, b, c, d});
  unit_.places.push_back(place(span));
  return static_cast<Index>(unit_.code.size() - 1);
}

void UnitBuilder::use(Label& label, Index instruction, bool in_d) {
  if (label.address_ == program::none) {
    label.uses_.emplace_back(instruction, in_d);
    return;
  }
  program::Instruction& step = unit_.code[instruction];
  (in_d ? step.d : step.c) = label.address_;
}

void UnitBuilder::jump(Label& label, Span span) {
  use(label, code(Op::jump, span), false);
}

void UnitBuilder::bind(Label& label) {
  assert(label.address_ == program::none);
  label.address_ = static_cast<Index>(unit_.code.size());
  furthest_label_ = std::max(furthest_label_, label.address_);
  for (const auto& [instruction, in_d] : label.uses_) {
    program::Instruction& step = unit_.code[instruction];
    (in_d ? step.d : step.c) = label.address_;
  }
}

// What follows a step that always leaves is led to by nothing but code that nothing reaches; an
// address must be there all the same.
void UnitBuilder::close() {
  if (furthest_label_ < unit_.code.size() || unit_.code.empty()) return;
  unit_.code.push_back({Op::stop});
  unit_.places.push_back(unit_.places.back());
}

// Keys must differ within a unit: the second of the same name gets a number.
std::string UnitBuilder::unique_name(std::string name) {
  std::string unique = name;
  const auto taken = [this](const std::string& candidate) {
    return std::any_of(names_taken_.begin(), names_taken_.end(), [&](const std::string& other) {
      return value::name_key(other) == value::name_key(candidate);
    });
  };
  for (int number = 2; taken(unique); ++number) unique = name + "#" + std::to_string(number);
  names_taken_.push_back(unique);
  return unique;
}

void UnitBuilder::add_site(Index address, std::string_view verb, std::string_view noun) {
  const std::string name =
      unique_name(section_ + "." + std::string(verb) + "." + std::string(noun));
  unit_.sites.push_back({value::name_key(name), address});
}

Index UnitBuilder::import(const std::string& flow) {
  const auto found = std::find(unit_.imports.begin(), unit_.imports.end(), flow);
  if (found == unit_.imports.end()) {
    unit_.imports.push_back(flow);
    return static_cast<Index>(unit_.imports.size() - 1);
  }
  return static_cast<Index>(found - unit_.imports.begin());
}

}  // namespace alur::dsl

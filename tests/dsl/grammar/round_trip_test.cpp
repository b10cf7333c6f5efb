// What the printer writes the grammars read back to the same tree, whatever the tree.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

#include "dsl/ast/print.hpp"
#include "dsl/grammar/grammar.hpp"
#include "tests/dsl/grammar/random_tree.hpp"
#include "tests/dsl/grammar/tree_dump.hpp"

namespace alur::dsl {
namespace {

// What goes wrong on the way to text and back, or nothing.
template <typename Tree, typename Parse>
std::string fault_of(const Tree& tree, const Parse& parse) {
  const std::string text = ast::to_text(tree);
  Findings findings;
  const auto read = parse(Fragment(FileId{}, 0, text), findings);
  if (!read) return text + ": " + findings.all()[0].message;
  const std::string wanted = tree_dump(tree, Places::left_out);
  const std::string got = tree_dump(*read, Places::left_out);
  if (got != wanted) return text + " gives\n" + got + "in the place of\n" + wanted;
  return ast::to_text(*read) == text ? "" : text + " is then printed as " + ast::to_text(*read);
}

template <typename Tree, typename Parse>
void expect_round_trip(const rc::Gen<Tree>& gen, const Parse& parse) {
  EXPECT_TRUE(rc::check([&] {
    for (int i = 0; i < 50; ++i) RC_ASSERT(fault_of(*rc::gen::noShrink(gen), parse) == "");
  }));
}

TEST(RoundTripTest, expressions) {
  expect_round_trip(random_expr(), parse_expression);
}
TEST(RoundTripTest, templates) {
  expect_round_trip(random_template(), parse_template);
}
TEST(RoundTripTest, phrases) {
  expect_round_trip(random_phrase(), parse_phrase);
}
TEST(RoundTripTest, types) {
  expect_round_trip(random_type(), parse_type);
}
TEST(RoundTripTest, targets) {
  expect_round_trip(random_target(), parse_target);
}
TEST(RoundTripTest, calls) {
  expect_round_trip(random_call(), parse_call);
}
TEST(RoundTripTest, bindings) {
  expect_round_trip(random_binding(), parse_binding);
}
TEST(RoundTripTest, durations) {
  expect_round_trip(random_duration(), parse_duration);
}
TEST(RoundTripTest, hours) {
  expect_round_trip(random_hours(), parse_hours);
}

}  // namespace
}  // namespace alur::dsl

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

template <auto random, auto parse>
std::string fault_of_random() {
  return fault_of(random(), parse);
}

struct Kind {
  const char* name;
  std::string (*fault)();
};

const Kind kinds[] = {
    {"expressions", fault_of_random<random_expr, parse_expression>},
    {"templates", fault_of_random<random_template, parse_template>},
    {"phrases", fault_of_random<random_phrase, parse_phrase>},
    {"types", fault_of_random<random_type, parse_type>},
    {"targets", fault_of_random<random_target, parse_target>},
    {"calls", fault_of_random<random_call, parse_call>},
    {"bindings", fault_of_random<random_binding, parse_binding>},
    {"durations", fault_of_random<random_duration, parse_duration>},
    {"hours", fault_of_random<random_hours, parse_hours>},
};

class RoundTripTest : public testing::TestWithParam<Kind> {};

TEST_P(RoundTripTest, reads_back_what_is_printed) {
  EXPECT_TRUE(rc::check([] {
    for (int i = 0; i < 50; ++i) RC_ASSERT(GetParam().fault() == "");
  }));
}

INSTANTIATE_TEST_SUITE_P(Trees, RoundTripTest, testing::ValuesIn(kinds),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace alur::dsl

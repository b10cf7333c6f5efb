// Where the parts of the tree say they stand.
#include <gtest/gtest.h>

#include "parsed.hpp"

namespace alur::dsl {
namespace {

class Places : public testing::Test {
 protected:
  Parsed parsed_ = parse_flow_text(R"~(flow: t
about: Places.
vars:
  name: private text(2..80)?
states:
  start:
    - ask:
        id: |
          Siapa nama Anda, {contact.name}?
        en: "Your\tname?"
      into: name
      options:
        - label: Lewati
          goto: done
    - call: registry.lookup(name = name)
      outcomes:
        licensed(company): check(name = "x")
        unavailable:
          - stop: true
    - if: name == "a"
      goto: done
    - match: kind
      cases:
        full, sand_box: done
  done:
    - stop: true
)~");

  std::string at(Span span) const { return std::string(parsed_.sources.at(span.file).text(span)); }
  std::string at(const ast::Name& name) const { return at(name.span); }
  template <class Verb>
  const Verb& verb(std::size_t index) const {
    return std::get<Verb>(parsed_.flow.states[0].steps[index].verb);
  }
};

TEST_F(Places, OfDeclarations) {
  ASSERT_EQ(parsed_.told(), "");
  EXPECT_EQ(at(parsed_.flow.span), "flow");
  EXPECT_EQ(at(parsed_.flow.name), "t");
  EXPECT_EQ(at(parsed_.flow.vars[0].name), "name");
  EXPECT_EQ(at(parsed_.flow.vars[0].type.span), "private text(2..80)?");
  EXPECT_EQ(at(parsed_.flow.states[1].name), "done");
  EXPECT_EQ(at(parsed_.flow.states[1].span), "done");
  EXPECT_EQ(at(parsed_.flow.states[0].steps[1].span), "call");
}

TEST_F(Places, OfQuestions) {
  const auto& question = verb<ast::Question>(0);
  EXPECT_EQ(at(question.span), "ask");
  EXPECT_EQ(at(question.into), "name");
  EXPECT_EQ(at(question.text.span), "ask");
  EXPECT_EQ(at(question.text.languages[0].language), "id");
  EXPECT_EQ(at(question.text.languages[0].text.parts[1].expression->span), "contact.name");
  EXPECT_EQ(at(question.text.languages[1].text.span), "Your\\tname?");
  EXPECT_EQ(at(question.options[0].span), "label");
  EXPECT_EQ(at(question.options[0].label.span), "Lewati");
  EXPECT_EQ(at(question.options[0].action.span), "goto");
  EXPECT_EQ(at(question.options[0].action.go_to->name), "done");
}

TEST_F(Places, OfCallsAndBranches) {
  const auto& call = verb<ast::Call>(1);
  EXPECT_EQ(at(call.span), "call: registry.lookup(name = name)");
  EXPECT_EQ(at(call.call.service), "registry.lookup");
  EXPECT_EQ(at(call.outcomes[0].binding.variable), "company");
  EXPECT_EQ(at(call.outcomes[0].branch.target->span), "check(name = \"x\")");
  EXPECT_EQ(at(call.outcomes[1].branch.span), "unavailable");
  const auto& decision = verb<ast::If>(2);
  EXPECT_EQ(at(decision.condition.span), "name == \"a\"");
  EXPECT_EQ(at(decision.then.span), "goto: done");
  const auto& match = verb<ast::Match>(3);
  EXPECT_EQ(at(match.cases[0].members[1]), "sand_box");
  EXPECT_EQ(at(match.cases[0].span), "full, sand_box");
}

}  // namespace
}  // namespace alur::dsl

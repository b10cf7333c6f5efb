// Hand-mutated programs: what is refused, and that nothing else is needed for the machine to stay
// in range.
#include "engine/program/verify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/program/sample_program.hpp"

namespace alur::program {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::sample_parts;
using tests::SampleParts;

// As decode_program does: nothing is linked before its parts are verified.
Problems problems_of(const SampleParts& parts) {
  Problems problems;
  verify_app(*parts.app, problems);
  for (const auto& flow : parts.flows) verify_unit(*parts.app, *flow, problems);
  verify_names(*parts.app, {parts.flows.begin(), parts.flows.end()}, problems);
  return problems.empty() ? verify(*parts.link()) : problems;
}

TEST(Verify, AcceptsAGoodProgram) {
  EXPECT_THAT(problems_of(sample_parts()), IsEmpty());
}

TEST(Verify, WhatIsNotPrivateMayGoToAnyQueue) {
  SampleParts parts = sample_parts();
  parts.app->queues[0].is_private = false;
  Unit& menu = *parts.flows[0];
  menu.handoffs[0].summary_is_private = false;
  menu.arguments[menu.handoffs[0].fields.begin].is_private = false;
  EXPECT_THAT(problems_of(parts), IsEmpty());
}

TEST(Verify, SaysWhereAndWhat) {
  SampleParts parts = sample_parts();
  parts.flows[0]->options[0].address = 4'711;
  parts.flows[1]->messages[0].text = 99;
  EXPECT_THAT(problems_of(parts), ElementsAre("menu: options[0]: address is 4711, of 17",
                                              "rate: messages[0]: text is 99, of 1"));
}

TEST(Verify, TellsOnlyTheFirstOfMany) {
  SampleParts parts = sample_parts();
  parts.flows[0]->wordings.assign(1'000, Range{5'000, 6'000});
  EXPECT_EQ(problems_of(parts).size(), problems_max);
}

struct Row {
  const char* what;
  void (*change)(SampleParts&);
};

class Refused : public testing::TestWithParam<Row> {};

TEST_P(Refused, ByVerify) {
  SampleParts parts = sample_parts();
  GetParam().change(parts);
  EXPECT_THAT(problems_of(parts), Contains(HasSubstr(GetParam().what)));
}

Unit& menu(SampleParts& parts) {
  return *parts.flows[0];
}
Unit& rate(SampleParts& parts) {
  return *parts.flows[1];
}

const Row rows[] = {
    {"the code runs off its end", [](SampleParts& p) { menu(p).code.back().op = Op::track; }},
    {"the instruction is none", [](SampleParts& p) { menu(p).code[0].op = static_cast<Op>(200); }},
    {"each instruction has one place", [](SampleParts& p) { menu(p).places.pop_back(); }},
    {"the node is of no known kind",
     [](SampleParts& p) { rate(p).nodes.back().kind = static_cast<NodeKind>(99); }},
    {"child is 4, of 4", [](SampleParts& p) { menu(p).nodes[4] = {NodeKind::not_, 0, 0, 4, 0}; }},
    {"the expression is nested too deeply",
     [](SampleParts& p) {
       for (Index i = 0; i < 300; ++i) {
         const auto last = static_cast<Index>(menu(p).nodes.size() - 1);
         menu(p).nodes.push_back({NodeKind::negate, 0, 0, last, 0});
       }
     }},
    {"the expression repeats its parts",
     [](SampleParts& p) {
       for (Index i = 0; i < 40; ++i) {
         const auto last = static_cast<Index>(menu(p).nodes.size() - 1);
         menu(p).nodes.push_back({NodeKind::add, 0, 0, last, last});
       }
     }},
    {"5 arguments, at most 4",
     [](SampleParts& p) {
       menu(p).argument_nodes.assign(5, 0);
       menu(p).nodes.push_back({NodeKind::call, 0, 5, 0, 0});
     }},
    {"a plural form is not a literal text",
     [](SampleParts& p) { rate(p).argument_nodes[0] = rate(p).argument_nodes[1]; }},
    {"each plural form has its category", [](SampleParts& p) { rate(p).filters[0].names.end = 0; }},
    {"a resting place has no name", [](SampleParts& p) { menu(p).sites.pop_back(); }},
    {"nothing rests there", [](SampleParts& p) { menu(p).sites[0].address = 0; }},
    {"the keys are not in order",
     [](SampleParts& p) { std::swap(menu(p).sites[0], menu(p).sites[1]); }},
    {"a resting place has two names",
     [](SampleParts& p) { menu(p).sites[0].address = menu(p).sites[1].address; }},
    {"the counter is a variable", [](SampleParts& p) { menu(p).code[8].b = 0; }},
    {"counters from 9", [](SampleParts& p) { menu(p).counters_begin = 9; }},
    {"a type is missing", [](SampleParts& p) { menu(p).slots[1].type = nullptr; }},
    {"a type is missing",
     [](SampleParts& p) {
       menu(p).slots[2].type = value::make_type(value::plain_type(value::TypeKind::list));
     }},
    {"a type is nested too deeply",
     [](SampleParts& p) {
       for (int i = 0; i < 20; ++i) {
         value::Type list = value::plain_type(value::TypeKind::list);
         list.element = menu(p).slots[2].type;
         menu(p).slots[2].type = value::make_type(std::move(list));
       }
     }},
    {"two variables have the same key",
     [](SampleParts& p) { menu(p).slots[1] = menu(p).slots[0]; }},
    {"the key is not the name's", [](SampleParts& p) { menu(p).key += 1; }},
    {"the state begins with its own enter", [](SampleParts& p) { menu(p).states[1].address = 0; }},
    {"a flow has a state", [](SampleParts& p) { rate(p).states.clear(); }},
    {"what is asked goes into a variable",
     [](SampleParts& p) { menu(p).questions[0].into_type = nullptr; }},
    {"`each` is a list", [](SampleParts& p) { menu(p).questions[1].each_slot = none; }},
    {"hear is no well-formed phrase table",
     [](SampleParts& p) {
       PhraseTable::Tables tables;
       tables.exact.push_back({1, {0, 9}, 0});
       menu(p).questions[1].hear = PhraseTable::from_tables(std::move(tables));
     }},
    {"template is 1, of 1", [](SampleParts& p) { menu(p).outsides[0].template_index = 1; }},
    {"it is a template or leads elsewhere, one of the two",
     [](SampleParts& p) { menu(p).outsides[1].template_index = 0; }},
    {"it is a template or leads elsewhere, one of the two",
     [](SampleParts& p) { menu(p).outsides[0].template_index = none; }},
    {"outside is 2, of 2", [](SampleParts& p) { menu(p).silences[0].outside = 2; }},
    {"template kabar lacks a language",
     [](SampleParts& p) { p.app->templates[0].wordings.pop_back(); }},
    {"a location has two coordinates",
     [](SampleParts& p) { menu(p).messages[1].longitude = none; }},
    {"a link has a label", [](SampleParts& p) { menu(p).messages[1].link_label = none; }},
    {"the outcome unavailable is not covered",
     [](SampleParts& p) { menu(p).calls[0].outcomes.end = 1; }},
    {"rated of rate is not covered", [](SampleParts& p) { menu(p).runs[0].outcomes = {0, 0}; }},
    {"rate has no parameter star",
     [](SampleParts& p) {
       Argument& stars = menu(p).arguments[menu(p).runs[0].arguments.begin];
       stars.name = "star";
       stars.key = value::name_key("star");
     }},
    {"menu starts nowhere, which is not there",
     [](SampleParts& p) { menu(p).imports[0] = "nowhere"; }},
    {"the app starts nowhere, which is not there",
     [](SampleParts& p) { p.app->start = "nowhere"; }},
    {"have the same key",
     [](SampleParts& p) { p.flows.push_back(std::make_shared<Unit>(menu(p))); }},
    {"app.yaml has no variables", [](SampleParts& p) { p.handlers->slots = menu(p).slots; }},
    {"slot is 1, of 1", [](SampleParts& p) { menu(p).trigger_phrases[0].elements[1].slot = 1; }},
    {"the text does not have a wording in every language",
     [](SampleParts& p) {
       menu(p).texts[0].first_wording = static_cast<Index>(menu(p).wordings.size() - 1);
     }},
    {"the literal is not within the strings",
     [](SampleParts& p) { menu(p).parts[0].literal = {4'000'000'000u, 4'000'000'000u}; }},
    {"no language", [](SampleParts& p) { p.app->languages.clear(); }},
    {"no channel", [](SampleParts& p) { p.app->channels.clear(); }},
    {"each language has one formatter", [](SampleParts& p) { p.app->formatters.clear(); }},
    {"a text of the machine lacks", [](SampleParts& p) { p.app->system_texts[0].pop_back(); }},
    {"no timezone Asia/Jakrta", [](SampleParts& p) { p.app->timezone = "Asia/Jakrta"; }},
    {"queue general: hours 1, of 1", [](SampleParts& p) { p.app->queues[0].hours = 1; }},
    {"queue general lacks a title in a language",
     [](SampleParts& p) { p.app->queues[0].titles.pop_back(); }},
    {"queue general lacks a title in a language",
     [](SampleParts& p) { p.app->queues[0].titles.push_back("Umum"); }},
    {"the field n is private, and the queue general is not",
     [](SampleParts& p) { p.app->queues[0].is_private = false; }},
    {"the summary is private, and the queue general is not",
     [](SampleParts& p) { p.app->queues[0].is_private = false; }},
    {"hours office are not in order",
     [](SampleParts& p) { p.app->hours[0].hours.weekdays[0] = {{9, 5}}; }},
    {"registry.lookup: -1 ms", [](SampleParts& p) { p.app->services[0].timeout_ms = -1; }},
    {"the last outcome is not `unavailable`",
     [](SampleParts& p) { p.app->services[0].outcomes.pop_back(); }},
    {"anytime leads to 99",
     [](SampleParts& p) { p.app->anytime = PhraseTable({{{{false, "menu", 0}}, 99}}); }},
    {"the defaults are out of range", [](SampleParts& p) { p.app->defaults.rungs.end = 2; }},
};
INSTANTIATE_TEST_SUITE_P(Verify, Refused, testing::ValuesIn(rows));

}  // namespace
}  // namespace alur::program

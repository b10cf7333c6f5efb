// What stands beside a conversation on the desk's page: what was before, and what was opened.
#include <gtest/gtest.h>

#include "adapters/desk/wish.hpp"
#include "dsl/compile/compile.hpp"
#include "tests/adapters/desk/running_desk.hpp"

namespace alur::tests {
namespace {

using ports::Role;

std::unique_ptr<DeskPage> online(RunningDesk& desk, const std::string& name,
                                 const std::string& queue = "general") {
  auto page =
      std::make_unique<DeskPage>(desk.port(), desk.enter(name, Role::agent, {queue}).secret);
  EXPECT_EQ(page->open(), 101);
  EXPECT_EQ(page->wants({{"do", "presence"}, {"presence", "online"}}), "done");
  return page;
}

void take(DeskPage& page, const std::string& citizen) {
  ASSERT_TRUE(page.sees(citizen, "queue"));
  ASSERT_EQ(page.wants(page.on(citizen, "accept")), "done");
  ASSERT_TRUE(page.sees(citizen, "agent"));
}

json::object panel_of(DeskPage& page, const std::string& citizen) {
  const json::object opened = page.want({{"do", "open"}, {"citizen", citizen}});
  EXPECT_EQ(text_in(opened, "is"), "done");
  page.wants({{"do", "shut"}, {"citizen", citizen}});
  return opened.contains("panel") ? opened.at("panel").as_object() : json::object();
}

std::vector<std::string> outcomes_of(const json::object& panel) {
  std::vector<std::string> all;
  for (const json::value& one : panel.at("earlier").as_array()) {
    all.push_back(text_in(one.as_object(), "outcome") + " " + text_in(one.as_object(), "code"));
  }
  return all;
}

TEST(DeskPanel, WhatWasBeforeIsShownTheLatestFirst) {
  RunningDesk desk;
  const auto ani = online(desk, "ani");
  const std::string budi = desk.citizen("budi");
  desk.hand_over("budi");
  take(*ani, budi);
  EXPECT_EQ(outcomes_of(panel_of(*ani, budi)), std::vector<std::string>{}) << "not the present one";
  json::object close = ani->on(budi, "close");
  close["code"] = "answered";
  ASSERT_EQ(ani->wants(close), "done");
  ASSERT_TRUE(ani->sees(budi, "nobody"));
  ASSERT_TRUE(desk.letters.brings("budi", "Goodbye."));

  desk.hand_over("budi");
  take(*ani, budi);
  const json::object panel = panel_of(*ani, budi);
  EXPECT_EQ(outcomes_of(panel), std::vector<std::string>{"closed answered"});
  const json::object& before = panel.at("earlier").as_array().at(0).as_object();
  EXPECT_LE(before.at("from").as_int64(), before.at("until").as_int64());
  EXPECT_LE(before.at("until").as_int64(), desk.at("budi").handed_at.milliseconds);

  ASSERT_EQ(ani->wants(ani->on(budi, "return")), "done");
  ASSERT_TRUE(ani->sees(budi, "nobody"));
  DeskPage wati(desk.port(), desk.enter("wati", Role::supervisor).secret);
  ASSERT_EQ(wati.open(), 101);
  EXPECT_EQ(outcomes_of(panel_of(wati, budi)), std::vector<std::string>{"closed answered"})
      << "nor the one that is looked at, where it has ended";
  desk.hand_over("budi");
  take(*ani, budi);
  EXPECT_EQ(outcomes_of(panel_of(*ani, budi)),
            (std::vector<std::string>{"returned ", "closed answered"}));
}

TEST(DeskPanel, WhatWasBeforeIsNobodyElses) {
  RunningDesk desk;
  const auto ani = online(desk, "ani");
  const std::string budi = desk.citizen("budi");
  desk.hand_over("budi");
  take(*ani, budi);
  ASSERT_EQ(ani->wants(ani->on(budi, "return")), "done");
  desk.hand_over("siti");
  const std::string siti = desk.citizen("siti");
  take(*ani, siti);
  EXPECT_EQ(outcomes_of(panel_of(*ani, siti)), std::vector<std::string>{});
}

TEST(DeskPanel, TicketsAreThoseOfTheCitizenWhoIsLookedAt) {
  std::string asked;
  RunningDesk desk({}, nullptr, [&](desk::Citizen citizen, std::string_view address) {
    asked = adapters::to_citizen_text(citizen) + " " + std::string(address);
    return std::vector<adapters::PanelTicket>{
        {"T-2026-0007", "received", {1'000}, value::Instant{2'000}, "complaint"},
        {"T-2026-0001", "<closed>", {500}, {}, ""}};
  });
  const auto ani = online(desk, "ani");
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  take(*ani, budi);
  const json::array tickets = panel_of(*ani, budi).at("tickets").as_array();
  EXPECT_EQ(asked, budi + " webchat:budi");
  EXPECT_EQ(tickets, json::parse(R"([
      {"number": "T-2026-0007", "stage": "received", "opened": 1000, "kind": "complaint", "due": 2000},
      {"number": "T-2026-0001", "stage": "<closed>", "opened": 500, "kind": ""}])")
                         .as_array());
}

// --- what is private

constexpr const char* cheated_app = R"(app: cheated
languages: [en]
timezone: Asia/Jakarta
start: main
channels: [webchat]
queues:
  fraud:
    private: true
  general:
defaults:
  no_match:
    - en: Please type it again.
    - stop: true
  no_input:
    - after: 10m
      stop: true
  session_ends: 24h
bounds:
  person_within: none
)";

constexpr const char* cheated_flow = R"(flow: main
outcomes: [done]
vars:
  name: private text(1..80)
  topic: text(1..80)
states:
  start:
    - ask:
        en: What is your name?
      into: name
    - ask:
        en: What is it about?
      into: topic
    - handoff: fraud
      summary:
        en: "{name} was cheated."
      fields:
        name: name
        topic: topic
      outcomes:
        closed: bye
        left: bye
        no_agent: bye
        out_of_hours: bye
        timed_out: bye
        unavailable: bye
  bye:
    - end: done
)";

std::shared_ptr<const program::Program> compile_cheated() {
  const dsl::Compilation compiled = dsl::compile(
      {{"app.yaml", "app.yaml", cheated_app}, {"main.flow.yaml", "main.flow.yaml", cheated_flow}},
      1);
  for (const dsl::Finding& finding : compiled.findings) {
    if (!compiled.program) ADD_FAILURE() << finding.message;
  }
  return compiled.program;
}

std::string shown(const json::object& panel, std::string_view list) {
  std::string all;
  for (const json::value& one : panel.at(list).as_array()) {
    all += text_in(one.as_object(), "name") + "=" + json::serialize(one.at("value")) + " ";
  }
  return all;
}

TEST(DeskPanel, WhatIsPrivateStaysWithTheQueuesThatAreClearedForIt) {
  adapters::DeskSettings settings;
  settings.cleared = {"fraud"};
  RunningDesk desk(settings, nullptr, nullptr, compile_cheated());
  const auto ani = online(desk, "ani", "fraud");
  const auto siti = online(desk, "siti", "general");
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  take(*ani, budi);
  const json::object to_ani = panel_of(*ani, budi);
  EXPECT_EQ(text_in(to_ani, "summary"), "maju was cheated.");
  EXPECT_EQ(shown(to_ani, "fields"), R"(name="maju" topic="Person" )");
  EXPECT_EQ(shown(to_ani, "learned"), R"(name="maju" topic="Person" )");
  EXPECT_EQ(text_in(ani->rows[budi], "summary"), "maju was cheated.");
  EXPECT_EQ(text_in(ani->rows[budi], "name"), "maju");

  json::object transfer = ani->on(budi, "transfer");
  transfer["to_queue"] = "general";
  transfer["note"] = "Not ours";
  ASSERT_EQ(ani->wants(transfer), "done");
  take(*siti, budi);
  const json::object to_siti = panel_of(*siti, budi);
  EXPECT_EQ(text_in(to_siti, "summary"), "");
  EXPECT_EQ(shown(to_siti, "fields"), "name=null topic=null ");
  EXPECT_EQ(shown(to_siti, "learned"), R"(name=null topic="Person" )");
  EXPECT_EQ(text_in(siti->rows[budi], "summary"), "");
  EXPECT_EQ(text_in(siti->rows[budi], "name"), "");
}

TEST(DeskPanel, WithoutClearanceIsPrivateWhatWasNotHandedOver) {
  RunningDesk desk({}, nullptr, nullptr, compile_cheated());
  const auto ani = online(desk, "ani", "fraud");
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  take(*ani, budi);
  const json::object panel = panel_of(*ani, budi);
  EXPECT_EQ(shown(panel, "fields"), R"(name="maju" topic="Person" )");
  EXPECT_EQ(shown(panel, "learned"), R"(name=null topic="Person" )");
}

}  // namespace
}  // namespace alur::tests

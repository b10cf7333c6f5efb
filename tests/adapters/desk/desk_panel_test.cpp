// What stands beside a conversation on the desk's page: what was before, and what was opened.
#include <gtest/gtest.h>

#include "adapters/desk/wish.hpp"
#include "tests/adapters/desk/running_desk.hpp"

namespace alur::tests {
namespace {

using ports::Role;

std::unique_ptr<DeskPage> online(RunningDesk& desk, const std::string& name) {
  auto page = std::make_unique<DeskPage>(desk.port(), desk.enter(name, Role::agent).secret);
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
  EXPECT_LT(before.at("from").as_int64(), before.at("until").as_int64());
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

}  // namespace
}  // namespace alur::tests

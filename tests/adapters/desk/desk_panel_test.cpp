// What stands beside a conversation on the desk's page: what was before, and what was opened.
#include <gtest/gtest.h>

#include "adapters/desk/wish.hpp"
#include "dsl/compile/compile.hpp"
#include "tests/adapters/desk/handoff_app.hpp"
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
  ASSERT_TRUE(ani->takes(budi));
  EXPECT_EQ(outcomes_of(panel_of(*ani, budi)), std::vector<std::string>{}) << "not the present one";
  json::object close = ani->on(budi, "close");
  close["code"] = "answered";
  ASSERT_EQ(ani->wants(close), "done");
  ASSERT_TRUE(ani->sees(budi, "nobody"));
  ASSERT_TRUE(desk.letters.brings("budi", "Goodbye."));

  desk.hand_over("budi");
  ASSERT_TRUE(ani->takes(budi));
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
  ASSERT_TRUE(ani->takes(budi));
  EXPECT_EQ(outcomes_of(panel_of(*ani, budi)),
            (std::vector<std::string>{"returned ", "closed answered"}));
}

TEST(DeskPanel, WhatWasBeforeIsNobodyElses) {
  RunningDesk desk;
  const auto ani = online(desk, "ani");
  const std::string budi = desk.citizen("budi");
  desk.hand_over("budi");
  ASSERT_TRUE(ani->takes(budi));
  ASSERT_EQ(ani->wants(ani->on(budi, "return")), "done");
  desk.hand_over("siti");
  const std::string siti = desk.citizen("siti");
  ASSERT_TRUE(ani->takes(siti));
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
  ASSERT_TRUE(ani->takes(budi));
  const json::array tickets = panel_of(*ani, budi).at("tickets").as_array();
  EXPECT_EQ(asked, budi + " webchat:budi");
  EXPECT_EQ(tickets, json::parse(R"([
      {"number": "T-2026-0007", "stage": "received", "opened": 1000, "kind": "complaint", "due": 2000},
      {"number": "T-2026-0001", "stage": "<closed>", "opened": 500, "kind": ""}])")
                         .as_array());
}

// --- what is private

// Whoever was cheated is handed over to `fraud`, which is private.
std::shared_ptr<const program::Program> compile_cheated() {
  const std::string app = handoff_app("queues:\n  fraud:\n    private: true\n  general:\n");
  const std::string flow = R"(flow: main
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
    - goto: person
)" + handoff_states("person", "fraud", R"(      summary:
        en: "{name} was cheated."
      fields:
        name: name
        topic: topic
)");
  const dsl::Compilation compiled =
      dsl::compile({{"app.yaml", "app.yaml", app}, {"main.flow.yaml", "main.flow.yaml", flow}}, 1);
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

// Budi was cheated, and has been handed over to `fraud`, whose people are ani and the others.
class CheatedDesk : public testing::Test {
 protected:
  void hand_over() {
    ani = online(desk, "ani", "fraud");
    siti = online(desk, "siti", "general");
    desk.hand_over("budi");
    budi = desk.citizen("budi");
    ASSERT_TRUE(ani->takes(budi));
  }
  void transfer(std::string_view to, const json::value& whom) {
    json::object wish = ani->on(budi, "transfer");
    wish[to] = whom;
    wish["note"] = "Please look";
    ASSERT_EQ(ani->wants(wish), "done");
  }
  void expect_all(DeskPage& page) {
    const json::object panel = panel_of(page, budi);
    EXPECT_EQ(text_in(panel, "summary"), "maju was cheated.");
    EXPECT_EQ(shown(panel, "fields"), R"(name="maju" topic="Person" )");
    EXPECT_EQ(shown(panel, "learned"), R"(name="maju" topic="Person" )");
    EXPECT_EQ(text_in(page.rows[budi], "summary"), "maju was cheated.");
    EXPECT_EQ(text_in(page.rows[budi], "name"), "maju");
  }
  void expect_withheld(DeskPage& page) {
    const json::object panel = panel_of(page, budi);
    EXPECT_EQ(text_in(panel, "summary"), "");
    EXPECT_EQ(shown(panel, "fields"), R"(name=null topic="Person" )") << "the topic is not private";
    EXPECT_EQ(shown(panel, "learned"), R"(name=null topic="Person" )");
    EXPECT_EQ(text_in(page.rows[budi], "summary"), "");
    EXPECT_EQ(text_in(page.rows[budi], "name"), "");
  }
  // Until the page is told so.
  bool is_named(const std::string& name) {
    while (text_in(ani->rows[budi], "name") != name) {
      if (ani->next().empty()) return false;
    }
    return true;
  }

  RunningDesk desk{{}, nullptr, nullptr, compile_cheated()};
  std::unique_ptr<DeskPage> ani;
  std::unique_ptr<DeskPage> siti;
  std::string budi;
};

TEST_F(CheatedDesk, WhatIsPrivateStaysWithTheQueuesThatAreDeclaredSo) {
  hand_over();
  expect_all(*ani);
  transfer("to_queue", "general");
  ASSERT_TRUE(siti->takes(budi));
  expect_withheld(*siti);
}

TEST_F(CheatedDesk, WhatIsPrivateStaysSoAfterARestart) {
  hand_over();
  transfer("to_queue", "general");
  desk.restart();
  DeskPage wati(desk.port(), desk.enter("wati", Role::supervisor).secret);
  ASSERT_EQ(wati.open(), 101);
  expect_withheld(wati);
}

TEST_F(CheatedDesk, AnAgentOfOtherQueuesIsNotToldByATransferToThemEither) {
  hand_over();
  const auto agent = siti->hello.at("me").at("agent");
  transfer("to_agent", agent);
  ASSERT_TRUE(siti->takes(budi));
  expect_withheld(*siti);
}

TEST_F(CheatedDesk, AQueueIsCalledAsTheNewestVersionCallsIt) {
  hand_over();
  const auto title_of_fraud = [](const json::object& frame) {
    const json::object& queue = frame.at("queue").as_object();
    return text_in(queue, "name") == "fraud" ? json::serialize(queue.at("title")) : "";
  };
  const auto reads = [&](const std::string& title) {
    for (;;) {
      const json::object frame = ani->next("queue");
      if (frame.empty()) return false;
      if (title_of_fraud(frame) == title) return true;
    }
  };
  EXPECT_TRUE(reads(R"({"id":"Fraud","en":"Fraud"})")) << "made of its name";
  desk.declare({{"fraud", "Penipuan", "Scams", true}, {"general", "Umum", "General", false}});
  EXPECT_TRUE(reads(R"({"id":"Penipuan","en":"Scams"})"));
  DeskPage wati(desk.port(), desk.enter("wati", Role::supervisor).secret);
  ASSERT_EQ(wati.open(), 101);
  EXPECT_EQ(json::serialize(wati.hello.at("queues").as_array().at(0).at("title")),
            R"({"id":"Penipuan","en":"Scams"})");
}

TEST_F(CheatedDesk, TheNewestVersionSaysWhoMaySee) {
  hand_over();
  expect_all(*ani);
  desk.declare({{"fraud", "Penipuan", "Fraud", false}, {"general", "Umum", "General", true}});
  ASSERT_TRUE(is_named("")) << "whoever looks already has it taken away";
  expect_withheld(*ani);
  desk.declare({{"fraud", "Penipuan", "Fraud", true}});
  ASSERT_TRUE(is_named("maju"));
  expect_all(*ani);
  desk.declare({{"general", "Umum", "General", true}});
  ASSERT_TRUE(is_named("")) << "a queue that is no more is not private";
  expect_withheld(*ani);
}

// A search would tell it as well, word by word.
TEST_F(CheatedDesk, WhatIsWithheldIsNotFoundEither) {
  hand_over();
  const std::string wati = desk.enter("wati", Role::supervisor).secret;
  const auto finds = [&](const std::string& text) {
    const HttpSaid said = desk.ask("GET", "/api/conversations?text=" + text, wati);
    return said.object().at("rows").as_array().size();
  };
  EXPECT_EQ(finds("cheated"), 1u);
  EXPECT_EQ(finds("maju"), 1u);
  EXPECT_EQ(finds("hi"), 1u) << "what was said";
  transfer("to_queue", "general");
  DeskPage page(desk.port(), wati);
  ASSERT_EQ(page.open(), 101);
  ASSERT_TRUE(page.sees(budi, "queue"));
  for (const char* text : {"cheated", "maju", "hi"}) EXPECT_EQ(finds(text), 0u) << text;
  EXPECT_EQ(finds("look"), 1u) << "the note is its new queue's";
}

}  // namespace
}  // namespace alur::tests

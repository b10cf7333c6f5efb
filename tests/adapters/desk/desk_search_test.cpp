// Finding conversations at the desk: by words, numbers and state, and never more than one may see.
#include <gtest/gtest.h>

#include <set>

#include "adapters/desk/wish.hpp"
#include "dsl/compile/compile.hpp"
#include "tests/adapters/desk/running_desk.hpp"

namespace alur::tests {
namespace {

using ports::Role;

// The small service, over WhatsApp, too.
std::shared_ptr<const program::Program> compile_for_phones() {
  std::string app(small_app);
  const std::string_view channels = "channels: [webchat]";
  app.replace(app.find(channels), channels.size(), "channels: [webchat, whatsapp]");
  const dsl::Compilation compiled =
      dsl::compile({{"app.yaml", "app.yaml", app},
                    {"main.flow.yaml", "main.flow.yaml", std::string(small_flow)}},
                   1);
  for (const dsl::Finding& finding : compiled.findings) {
    if (!compiled.program) ADD_FAILURE() << finding.message;
  }
  return compiled.program;
}

std::set<std::string> found(RunningDesk& desk, const std::string& secret, const std::string& text) {
  const HttpSaid said = desk.ask("GET", "/api/conversations?text=" + text, secret);
  EXPECT_EQ(said.status, 200) << said.body;
  std::set<std::string> citizens;
  const json::object object = said.object();
  for (const json::value& row : object.at("rows").as_array()) {
    citizens.insert(text_in(row.as_object(), "citizen"));
  }
  return citizens;
}

using Citizens = std::set<std::string>;

TEST(DeskSearch, AWholeTelephoneNumberFindsWhoWritesFromIt) {
  RunningDesk desk({}, nullptr, nullptr, compile_for_phones());
  const std::string budi = "whatsapp:106540352242922/6281234567890";
  const std::string other = "whatsapp:106540352242922/6281234560000";
  desk.hand_over(budi);
  desk.hand_over(other);
  desk.hand_over("6281234567890");
  const std::string wati = desk.enter("wati", Role::supervisor).secret;
  DeskPage page(desk.port(), wati);
  ASSERT_EQ(page.open(), 101);
  for (const auto& who : {budi, other}) ASSERT_TRUE(page.sees(desk.citizen(who), "queue"));

  EXPECT_EQ(found(desk, wati, "0812-3456-7890"), Citizens{desk.citizen(budi)});
  EXPECT_EQ(found(desk, wati, "6281234567890"), Citizens{desk.citizen(budi)});
  EXPECT_EQ(found(desk, wati, "0812-3456-789"), Citizens{}) << "the masked figures stay masked";
  EXPECT_EQ(found(desk, wati, "34567890"), Citizens{});
  EXPECT_EQ(found(desk, wati, "106540352242922"), Citizens{}) << "our own number";

  const std::string ani = desk.enter("ani", Role::agent, {"elsewhere"}).secret;
  EXPECT_EQ(found(desk, ani, "0812-3456-7890"), Citizens{}) << "only what one may see";
}

json::object look(RunningDesk& desk, const std::string& secret, const std::string& query) {
  const HttpSaid said = desk.ask("GET", "/api/conversations?" + query, secret);
  EXPECT_EQ(said.status, 200) << said.body;
  return said.object();
}

std::string excerpt(const json::object& found, const std::string& citizen) {
  const json::object& all = found.at("excerpts").as_object();
  const json::value* one = all.if_contains(citizen);
  return one ? text_in(one->as_object(), "text") : "-";
}

// The conversations of which somebody was shown an excerpt, as the audit has it.
std::vector<std::string> audited(RunningDesk& desk, const std::string& by) {
  ports::AuditQuery query;
  query.by = by;
  query.rows_max = 100;
  const auto rows = desk.staff().audit(query);
  std::vector<std::string> citizens;
  for (const ports::AuditRow& row : *rows) {
    if (row.did != "search") continue;
    citizens.push_back(adapters::to_citizen_text(row.citizen) + " " + row.detail);
  }
  return citizens;
}

TEST(DeskSearch, WhatWasSaidIsFoundAndShownAndAudited) {
  RunningDesk desk;
  desk.hand_over("budi");
  desk.hand_over("siti");
  const std::string budi = desk.citizen("budi");
  const std::string siti = desk.citizen("siti");
  const std::string wati = desk.enter("wati", Role::supervisor).secret;
  DeskPage page(desk.port(), wati);
  ASSERT_EQ(page.open(), 101);
  for (const auto& who : {budi, siti}) ASSERT_TRUE(page.sees(who, "queue"));
  ASSERT_EQ(desk.say("budi", "Uang saya di Café Kembang <b>hilang</b>"), ports::Verdict::accepted);
  ASSERT_EQ(desk.say("budi", "tolong"), ports::Verdict::accepted);
  json::object note = page.on(budi, "note");
  note.erase("epoch");
  note["key"] = "n1";
  note["text"] = "Sudah pernah melapor";
  ASSERT_EQ(page.wants(note), "done");

  json::object seen = look(desk, wati, "text=CAFE+uang");
  EXPECT_EQ(found(desk, wati, "CAFE+uang"), Citizens{budi});
  EXPECT_EQ(excerpt(seen, budi), "Uang saya di Café Kembang <b>hilang</b>");
  const json::object& line = seen.at("excerpts").as_object().at(budi).as_object();
  EXPECT_EQ(text_in(line, "from"), "citizen");
  EXPECT_GT(line.at("line").to_number<std::uint64_t>(), 0u);
  EXPECT_EQ(excerpt(look(desk, wati, "text=melap"), budi), "Sudah pernah melapor");
  EXPECT_EQ(found(desk, wati, "uang+pajak"), Citizens{});
  EXPECT_EQ(audited(desk, "wati"), std::vector<std::string>(3, budi + " was shown an excerpt"))
      << "and not for which words";
  // What the row itself shows is no excerpt.
  EXPECT_EQ(look(desk, wati, "text=tolong").at("excerpts").as_object().size(), 0u);
  EXPECT_EQ(audited(desk, "wati").size(), 3u);

  const std::string eka = desk.enter("eka", Role::agent, {"elsewhere"}).secret;
  EXPECT_EQ(found(desk, eka, "uang"), Citizens{});
  EXPECT_EQ(audited(desk, "eka").size(), 0u);
}

TEST(DeskSearch, ATicketIsFoundByItsNumber) {
  std::string asked;
  adapters::TicketOwner owner;
  RunningDesk desk({}, nullptr, nullptr, nullptr, [&](std::string_view text) {
    asked = text;
    return text == "T-2026-0007" ? std::optional(owner) : std::nullopt;
  });
  desk.hand_over("budi");
  desk.hand_over("siti");
  owner.citizen = desk.key("siti");
  const std::string wati = desk.enter("wati", Role::supervisor).secret;
  DeskPage page(desk.port(), wati);
  ASSERT_EQ(page.open(), 101);
  ASSERT_TRUE(page.sees(desk.citizen("siti"), "queue"));
  EXPECT_EQ(found(desk, wati, "T-2026-0007"), Citizens{desk.citizen("siti")});
  EXPECT_EQ(asked, "T-2026-0007");
  EXPECT_EQ(found(desk, wati, "T-2026-0008"), Citizens{});
  const std::string eka = desk.enter("eka", Role::agent, {"elsewhere"}).secret;
  EXPECT_EQ(found(desk, eka, "T-2026-0007"), Citizens{}) << "only what one may see";
}

TEST(DeskSearch, IsBounded) {
  RunningDesk desk;
  const std::string wati = desk.enter("wati", Role::supervisor).secret;
  EXPECT_EQ(desk.ask("GET", "/api/conversations?text=" + std::string(101, 'a'), wati).status, 400);
  EXPECT_EQ(desk.ask("GET", "/api/conversations?text=a+b+c+d+e+f+g+h+i", wati).status, 400);
  EXPECT_EQ(found(desk, wati, "%3F%21"), Citizens{}) << "no word at all is in nothing";
  int taken = 0;
  int too_many = 0;
  for (int i = 0; i < 1'000 && too_many == 0; ++i) {
    const int status = desk.ask("GET", "/api/conversations?text=a", wati).status;
    ASSERT_TRUE(status == 200 || status == 429) << status;
    ++(status == 200 ? taken : too_many);
  }
  EXPECT_GE(taken, 5);
  EXPECT_EQ(too_many, 1);
}

TEST(DeskSearch, OnlyThoseInAState) {
  RunningDesk desk;
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  const std::string wati = desk.enter("wati", Role::supervisor).secret;
  DeskPage page(desk.port(), wati);
  ASSERT_EQ(page.open(), 101);
  ASSERT_TRUE(page.sees(budi, "queue"));
  const auto rows = [&](const std::string& query) {
    return look(desk, wati, query).at("rows").as_array().size();
  };
  EXPECT_EQ(rows("owner=queue&channel=webchat&queue=general"), 1u);
  EXPECT_EQ(rows("owner=agent"), 0u);
  EXPECT_EQ(rows("only=window_shut"), 0u) << "the web chat's is never shut";
  EXPECT_EQ(rows("only=at_risk"), 0u);
  EXPECT_EQ(rows("only=whatever"), 0u);
}

}  // namespace
}  // namespace alur::tests

// The desk's door on real sockets over a real runtime: what agents see and do, and that nothing is
// lost, doubled or given to two, whoever comes, goes or sends what no page would.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <algorithm>
#include <set>
#include <thread>

#include "tests/adapters/desk/running_desk.hpp"
#include "tests/adapters/files/sample_files.hpp"

namespace alur::tests {
namespace {

using ports::Role;

json::object presence(const char* what) {
  return {{"do", "presence"}, {"presence", what}};
}

// Signed in, connected and online.
std::unique_ptr<DeskPage> page_of(RunningDesk& desk, const std::string& name,
                                  Role role = Role::agent) {
  auto page = std::make_unique<DeskPage>(desk.port(), desk.enter(name, role).secret);
  EXPECT_EQ(page->open(), 101);
  if (role != Role::agent) return page;
  EXPECT_EQ(page->wants(presence("online")), "done");
  return page;
}

json::object say_to(const DeskPage& page, const std::string& citizen, const std::string& text,
                    const std::string& key = "k1") {
  json::object wish = page.on(citizen, "say");
  wish["key"] = key;
  wish["text"] = text;
  return wish;
}

json::object close_of(const DeskPage& page, const std::string& citizen) {
  json::object wish = page.on(citizen, "close");
  wish["code"] = "answered";
  return wish;
}

TEST(DeskServer, AConversationFromItsHandoffToItsEnd) {
  RunningDesk desk;
  const auto ani = page_of(desk, "ani");
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  ASSERT_TRUE(ani->sees(budi, "queue"));
  EXPECT_TRUE(ani->rows[budi].contains("offered_until"));
  ASSERT_EQ(ani->wants(ani->on(budi, "accept")), "done");
  ASSERT_TRUE(ani->sees(budi, "agent"));
  const json::object said = ani->want(say_to(*ani, budi, "Selamat pagi"));
  ASSERT_EQ(text_in(said, "is"), "done");
  EXPECT_EQ(text_in(said.at("line").as_object(), "text"), "Selamat pagi");
  EXPECT_TRUE(desk.letters.brings("budi", "Selamat pagi"));
  EXPECT_EQ(desk.letters.count("budi", "Selamat pagi"), 1);

  desk.say("budi", "Saya ditipu");
  json::object line;
  while (text_in(line, "text") != "Saya ditipu") {
    const json::object frame = ani->next("line");
    ASSERT_FALSE(frame.empty());
    line = frame.at("line").as_object();
  }
  EXPECT_EQ(text_in(line, "from"), "citizen");

  const json::object opened = ani->want({{"do", "open"}, {"citizen", budi}});
  ASSERT_EQ(text_in(opened, "is"), "done");
  std::vector<std::string> said_so_far;
  for (const json::value& one : opened.at("lines").as_array()) {
    const json::object& each = one.as_object();
    said_so_far.push_back(text_in(each, "from") + " " + text_in(each, "mark") +
                          text_in(each, "text"));
  }
  const auto has = [&](const std::string& what) {
    return std::find(said_so_far.begin(), said_so_far.end(), what) != said_so_far.end();
  };
  EXPECT_TRUE(has("citizen maju"));
  EXPECT_TRUE(has("bot Welcome to the register."));
  EXPECT_TRUE(has("mark handed"));
  EXPECT_TRUE(has("mark accepted"));
  EXPECT_TRUE(has("agent Selamat pagi"));

  EXPECT_EQ(ani->wants(ani->on(budi, "close")), "") << "a code is missing: no page sends that";
  EXPECT_EQ(ani->end.substr(0, 10), "close 1008");
  DeskPage again(desk.port(), desk.enter("siti", Role::agent).secret);
  ASSERT_EQ(again.open(), 101);
}

TEST(DeskServer, ClosesWithACodeOnly) {
  RunningDesk desk;
  const auto ani = page_of(desk, "ani");
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  ASSERT_TRUE(ani->takes(budi));
  json::object wish = close_of(*ani, budi);
  wish["code"] = "no such";
  EXPECT_EQ(ani->wants(wish), "no_code");
  EXPECT_EQ(ani->wants(close_of(*ani, budi)), "done");
  EXPECT_TRUE(ani->sees(budi, "nobody"));
}

// What was sent again under its key is said once.
TEST(DeskServer, SaysOnceWhatIsSentTwice) {
  RunningDesk desk;
  const auto ani = page_of(desk, "ani");
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  ASSERT_TRUE(ani->takes(budi));
  const json::object wish = say_to(*ani, budi, "Sekali saja", "key-9");
  const json::object first = ani->want(wish);
  const json::object second = ani->want(wish);
  EXPECT_EQ(text_in(second, "is"), "done");
  EXPECT_EQ(first.at("line").at("line"), second.at("line").at("line"));
  EXPECT_TRUE(desk.letters.brings("budi", "Sekali saja"));
  EXPECT_EQ(desk.letters.count("budi", "Sekali saja"), 1);
}

TEST(DeskServer, NobodyButTheOwnerSpeaks) {
  RunningDesk desk;
  const auto ani = page_of(desk, "ani");
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  ASSERT_TRUE(ani->sees(budi, "queue"));
  EXPECT_EQ(ani->wants(say_to(*ani, budi, "Too soon")), "not_owner");
  const std::string offered = text_in(ani->rows[budi], "epoch");
  ani->wants(ani->on(budi, "accept"));
  ASSERT_TRUE(ani->sees(budi, "agent"));
  json::object stale = say_to(*ani, budi, "Under another epoch");
  stale["epoch"] = offered;
  EXPECT_EQ(ani->wants(stale), "stale");
  const auto siti = page_of(desk, "siti");
  json::object other = say_to(*ani, budi, "It is not hers");
  EXPECT_EQ(siti->wants(other), "not_owner");
  EXPECT_EQ(siti->wants({{"do", "open"}, {"citizen", budi}}), "not_allowed");
  const auto wati = page_of(desk, "wati", Role::supervisor);
  EXPECT_EQ(wati->wants({{"do", "open"}, {"citizen", budi}}), "done");
  EXPECT_EQ(wati->wants(say_to(*wati, budi, "Nor hers")), "not_owner");
  EXPECT_EQ(
      desk.letters.count("budi", "Too soon") + desk.letters.count("budi", "Under another epoch") +
          desk.letters.count("budi", "It is not hers") + desk.letters.count("budi", "Nor hers"),
      0);
}

// Two tabs of one agent are one agent: both see, and closing one loses nothing.
TEST(DeskServer, TabsOfOneAgentAreOne) {
  RunningDesk desk;
  const auto who = desk.enter("ani", Role::agent);
  DeskPage one(desk.port(), who.secret);
  DeskPage two(desk.port(), who.secret);
  ASSERT_EQ(one.open(), 101);
  ASSERT_EQ(two.open(), 101);
  ASSERT_EQ(one.wants(presence("online")), "done");
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  ASSERT_TRUE(one.sees(budi, "queue"));
  ASSERT_TRUE(two.sees(budi, "queue"));
  EXPECT_EQ(two.wants(two.on(budi, "accept")), "done");
  ASSERT_TRUE(one.sees(budi, "agent"));
  one.close();
  ASSERT_TRUE(two.sees(budi, "agent"));
  EXPECT_EQ(two.wants(say_to(two, budi, "Still here")), "done");
  const bool lost = desk.runtime().desk()->look([&](const desk::Desk& the_desk) {
    return the_desk.find_agent(who.account.agent)->lost_at.has_value();
  });
  EXPECT_FALSE(lost);
}

// Whoever comes again is shown all that is theirs, also what came meanwhile; and after a start.
TEST(DeskServer, WhoComesAgainHasTheWholeState) {
  RunningDesk desk;
  const auto who = desk.enter("ani", Role::agent);
  const std::string budi = desk.citizen("budi");
  {
    DeskPage page(desk.port(), who.secret);
    ASSERT_EQ(page.open(), 101);
    page.wants(presence("online"));
    desk.hand_over("budi");
    ASSERT_TRUE(page.takes(budi));
    EXPECT_EQ(page.wants(say_to(page, budi, "Sebentar", "k1")), "done");
  }
  desk.say("budi", "Halo?");
  {
    DeskPage page(desk.port(), who.secret);
    ASSERT_EQ(page.open(), 101);
    ASSERT_EQ(page.rows.count(budi), 1u);
    while (text_in(page.rows[budi].at("last").as_object(), "text") != "Halo?") {
      ASSERT_FALSE(page.next().empty());
    }
  }
  desk.restart();
  DeskPage page(desk.port(), who.secret);
  ASSERT_EQ(page.open(), 101);
  ASSERT_TRUE(page.sees(budi, "agent"));
  EXPECT_EQ(page.wants(say_to(page, budi, "Sebentar", "k1")), "done");
  EXPECT_EQ(page.wants(say_to(page, budi, "Saya kembali", "k2")), "done");
  EXPECT_TRUE(desk.letters.brings("budi", "Sebentar"));
  EXPECT_EQ(desk.letters.count("budi", "Sebentar"), 1);
  EXPECT_TRUE(desk.letters.brings("budi", "Saya kembali"));
  EXPECT_EQ(desk.letters.count("budi", "Saya kembali"), 1);
}

TEST(DeskServer, NotesAreForColleaguesAlone) {
  RunningDesk desk;
  const auto ani = page_of(desk, "ani");
  const auto wati = page_of(desk, "wati", Role::supervisor);
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  ASSERT_TRUE(ani->sees(budi, "queue"));
  ani->wants(ani->on(budi, "accept"));
  ASSERT_EQ(wati->wants({{"do", "open"}, {"citizen", budi}}), "done");
  EXPECT_EQ(wati->wants({{"do", "note"}, {"citizen", budi}, {"key", "n1"}, {"text", "Hati-hati"}}),
            "done");
  json::object line;
  while (text_in(line, "text") != "Hati-hati") {
    const json::object frame = ani->next("line");
    ASSERT_FALSE(frame.empty());
    line = frame.at("line").as_object();
  }
  EXPECT_EQ(text_in(line, "from"), "note");
  EXPECT_EQ(desk.letters.count("budi", "Hati-hati"), 0);
}

TEST(DeskServer, WhatIsOpenedIsInTheAudit) {
  RunningDesk desk;
  const auto wati = page_of(desk, "wati", Role::supervisor);
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  ASSERT_TRUE(wati->sees(budi, "queue"));
  ASSERT_EQ(wati->wants({{"do", "open"}, {"citizen", budi}}), "done");
  ports::AuditQuery query;
  query.citizen = desk.key("budi");
  const auto rows = desk.staff().audit(query);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 1u);
  EXPECT_EQ(rows->front().by, "wati");
  EXPECT_EQ(rows->front().did, "open");
}

// Whatever a citizen calls a file, no name ends a header, and nothing that comes is run.
TEST(DeskServer, FilesAreDownloadsOrPicturesThatDoNothing) {
  const FileFolder folder;
  const auto files = folder.open();
  RunningDesk desk({}, files.get());
  const auto who = desk.enter("ani", Role::agent);
  DeskPage ani(desk.port(), who.secret);
  ASSERT_EQ(ani.open(), 101);
  ASSERT_EQ(ani.wants(presence("online")), "done");
  const auto other = desk.enter("siti", Role::agent, {});
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  ASSERT_TRUE(ani.takes(budi));
  const struct {
    std::string content;
    std::string type;
    std::string begin;
  } cases[] = {{jpeg_of(), "image/jpeg", "inline; filename*=UTF-8''"},
               {pdf_of(), "application/pdf", "attachment; filename*=UTF-8''"}};
  int number = 0;
  for (const auto& one : cases) {
    const auto kept = bring(*files, "webchat:budi", "u" + std::to_string(++number), one.content);
    ASSERT_TRUE(kept);
    EXPECT_EQ(desk.send_file("budi", *kept, "a\"\r\nX-Evil: 1\r\n\r\n<script>.html"),
              ports::Verdict::accepted);
    json::object line;
    while (!line.contains("file")) {
      const json::object frame = ani.next("line");
      ASSERT_FALSE(frame.empty());
      line = frame.at("line").as_object();
    }
    const std::string href = text_in(line.at("file").as_object(), "href");
    const HttpSaid said = desk.ask("GET", href, who.secret);
    EXPECT_EQ(said.status, 200) << said.body;
    EXPECT_EQ(said.body, one.content);
    EXPECT_NE(said.header.find("Content-Type: " + one.type), std::string::npos) << said.header;
    EXPECT_NE(said.header.find("Content-Disposition: " + one.begin), std::string::npos)
        << said.header;
    EXPECT_NE(said.header.find("Content-Security-Policy: sandbox"), std::string::npos);
    EXPECT_NE(said.header.find("nosniff"), std::string::npos);
    EXPECT_EQ(said.header.find("X-Evil:"), std::string::npos) << said.header;
    EXPECT_EQ(desk.ask("GET", href, other.secret).status, 403);
    EXPECT_EQ(desk.ask("GET", href).status, 401);
  }
  EXPECT_EQ(desk.ask("GET", "/api/files/" + budi + "/1", who.secret).status, 404);
}

TEST(DeskServer, WhoIsDisabledIsOutAtOnce) {
  RunningDesk desk;
  const auto admin = desk.enter("dewi", Role::administrator);
  const auto ani = page_of(desk, "ani");
  EXPECT_EQ(
      desk.ask("POST", "/api/users/ani", admin.secret, admin.page_token, R"({"disabled":true})")
          .status,
      200);
  const json::object bye = ani->next("bye");
  EXPECT_EQ(text_in(bye, "why"), "disabled");
  while (!ani->next().empty()) {
  }
  EXPECT_EQ(DeskPage(desk.port(), "").open(), 401);
}

TEST(DeskServer, AsManySocketsOfOneAccountAsMayBe) {
  adapters::DeskSettings settings;
  settings.sockets_of_account_max = 2;
  RunningDesk desk(settings);
  const auto who = desk.enter("ani", Role::agent);
  DeskPage one(desk.port(), who.secret);
  DeskPage two(desk.port(), who.secret);
  DeskPage three(desk.port(), who.secret);
  EXPECT_EQ(one.open(), 101);
  EXPECT_EQ(two.open(), 101);
  EXPECT_EQ(three.open(), 101);
  EXPECT_EQ(text_in(one.next("bye"), "why"), "elsewhere");
  EXPECT_EQ(two.wants({{"do", "ping"}}), "done");
}

// --- what no page sends

TEST(DeskServer, APageOfAnotherSiteGetsNoSocket) {
  RunningDesk desk;
  const auto who = desk.enter("ani", Role::agent);
  EXPECT_EQ(DeskPage(desk.port(), who.secret).open({"Origin: https://evil.example"}), 403);
  EXPECT_EQ(DeskPage(desk.port(), who.secret).open({"X-Other: 1"}), 403) << "without any";
  EXPECT_EQ(DeskPage(desk.port(), "").open(), 401);
  EXPECT_EQ(DeskPage(desk.port(), std::string(43, 'A')).open(), 401);
}

TEST(DeskServer, GarbageEndsTheSocketAndNothingElse) {
  RunningDesk desk;
  const auto ani = page_of(desk, "ani");
  const auto who = desk.enter("siti", Role::agent);
  for (const std::string& garbage :
       {std::string("{"), std::string("null"), std::string(60'000, '['),
        std::string(R"({"do":"say","n":1})"), std::string(R"({"do":1,"n":1})"),
        std::string(R"({"do":"boo","n":1})")}) {
    DeskPage page(desk.port(), who.secret);
    ASSERT_EQ(page.open(), 101);
    page.line().send(garbage);
    while (!page.next().empty()) {
    }
    EXPECT_EQ(page.end.substr(0, 10), "close 1008") << garbage.substr(0, 40);
  }
  DeskPage large(desk.port(), who.secret);
  ASSERT_EQ(large.open(), 101);
  large.line().send(std::string(70'000, 'x'));
  while (!large.next().empty()) {
  }
  EXPECT_EQ(ani->wants({{"do", "ping"}}), "done");
}

TEST(DeskServer, AFloodEndsItsSocket) {
  RunningDesk desk;
  const auto ani = page_of(desk, "ani");
  const auto siti = page_of(desk, "siti");
  for (int i = 0; i < 5'000; ++i) {
    if (!siti->line().send(R"({"do":"ping","n":1})")) break;
  }
  while (!siti->next().empty()) {
  }
  EXPECT_EQ(siti->end, "close 1008 too many frames");
  EXPECT_EQ(ani->wants({{"do", "ping"}}), "done");
}

TEST(DeskServer, FloodsOfWordsAreRefused) {
  RunningDesk desk;
  const auto ani = page_of(desk, "ani");
  desk.hand_over("budi");
  const std::string budi = desk.citizen("budi");
  ASSERT_TRUE(ani->takes(budi));
  std::set<std::string> answers;
  for (int i = 0; i < 1'000 && answers.size() < 2; ++i) {
    answers.insert(ani->wants(say_to(*ani, budi, "Halo", "k" + std::to_string(i))));
  }
  EXPECT_EQ(answers, (std::set<std::string>{"done", "too_many"}));
  json::object long_one = say_to(*ani, budi, std::string(4'001, 'x'), "long");
  const std::string why = ani->wants(long_one);
  EXPECT_TRUE(why == "too_long" || why == "too_many") << why;
}

// --- many at once

struct Tally {
  std::mutex mutex;
  std::map<std::string, int> served;  // how often each citizen was closed
  int most_at_once = 0;
};

// Accepts what is offered, answers, and closes it, until nothing has come for a while.
void serve_all(RunningDesk& desk, desk::AgentId me, DeskPage& page, std::atomic<int>& left,
               Tally& tally) {
  while (left > 0 && page.end.empty()) {
    std::vector<std::string> mine;
    for (const auto& [citizen, row] : page.rows) {
      if (row.contains("agent")) mine.push_back(citizen);
    }
    const int open = desk.runtime().desk()->look(
        [me](const desk::Desk& the_desk) { return the_desk.load(me).open; });
    {
      const std::lock_guard lock(tally.mutex);
      tally.most_at_once = std::max(tally.most_at_once, open);
    }
    bool did = false;
    for (const std::string& citizen : mine) {
      if (page.rows.count(citizen) == 0) continue;
      const bool owned = text_in(page.rows[citizen], "owner") == "agent";
      if (!owned) {
        did = page.wants(page.on(citizen, "accept")) == "done" || did;
      } else if (page.wants(close_of(page, citizen)) == "done") {
        did = true;
        const std::lock_guard lock(tally.mutex);
        ++tally.served[citizen];
        --left;
        page.rows.erase(citizen);
      }
    }
    if (!did) page.next();
  }
}

// Of agents with the same capacity none has two conversations more than another, while all have
// room.
int spread_of(RunningDesk& desk, const std::vector<adapters::Entered>& agents) {
  return desk.runtime().desk()->look([&](const desk::Desk& the_desk) {
    int least = 100;
    int most = 0;
    for (const adapters::Entered& one : agents) {
      const int open = the_desk.load(one.account.agent).open;
      least = std::min(least, open);
      most = std::max(most, open);
    }
    return most - least;
  });
}

TEST(DeskServer, AThousandAtOnceAreServedOnceEachAndNobodyHasFive) {
  constexpr int agents = 12;
  constexpr int first = 30;
  constexpr int all = 1'000;
  adapters::DeskSettings settings;
  settings.rates = {1e9, 1e9, 1e9, 1e9};  // they are quicker than people
  RunningDesk desk(settings);
  std::vector<adapters::Entered> who;
  std::vector<std::unique_ptr<DeskPage>> pages;
  for (int i = 0; i < agents; ++i) {
    who.push_back(desk.enter("agent" + std::to_string(i), Role::agent));
    pages.push_back(std::make_unique<DeskPage>(desk.port(), who.back().secret));
    ASSERT_EQ(pages.back()->open(), 101);
    ASSERT_EQ(pages.back()->wants(presence("online")), "done");
  }
  for (int i = 0; i < first; ++i) {
    desk.hand_over("c" + std::to_string(i));
    EXPECT_LE(spread_of(desk, who), 1);
  }
  std::vector<std::thread> arrivals;
  for (int part = 0; part < 4; ++part) {
    arrivals.emplace_back([&desk, part] {
      for (int i = first + part; i < all; i += 4) desk.hand_over("c" + std::to_string(i));
    });
  }
  std::atomic<int> left = all;
  Tally tally;
  std::vector<std::thread> serving;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    serving.emplace_back([&, i] {
      serve_all(desk, who[i].account.agent, *pages[i], left, tally);
      // The others wait for what does not come any more.
      if (left > 0) return;
      for (const auto& page : pages) ::shutdown(page->line().descriptor(), SHUT_RDWR);
    });
  }
  for (std::thread& thread : arrivals) thread.join();
  for (std::thread& thread : serving) thread.join();
  EXPECT_EQ(tally.served.size(), static_cast<std::size_t>(all)) << "each was served";
  for (const auto& [citizen, times] : tally.served) EXPECT_EQ(times, 1) << citizen;
  EXPECT_LE(tally.most_at_once, 4);
}

}  // namespace
}  // namespace alur::tests

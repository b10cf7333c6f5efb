// Who is shown what. Each test says what changes, and what the seats hold afterwards: a seat keeps
// what a page would, from a hello and the frames after it.
#include "adapters/desk/desk_view.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>
#include <random>
#include <set>

#include "adapters/desk/wish.hpp"

namespace alur::adapters {
namespace {

namespace json = boost::json;
using desk::Citizen;
using desk::Owner;

const desk::NameKey general = value::name_key("general");
const desk::NameKey fraud = value::name_key("fraud");

ShownRow waiting(Citizen citizen, std::uint64_t place, desk::NameKey line = general) {
  ShownRow row;
  row.citizen = citizen;
  row.owner = Owner::queue;
  row.line = line;
  row.place = place;
  row.queued_at = {static_cast<std::int64_t>(place)};
  return row;
}

ShownRow owned(Citizen citizen, desk::AgentId agent) {
  ShownRow row = waiting(citizen, citizen);
  row.owner = Owner::agent;
  row.agent = agent;
  return row;
}

ShownRow ended(Citizen citizen) {
  ShownRow row = waiting(citizen, citizen);
  row.owner = Owner::bot;
  return row;
}

Viewer agent(desk::AgentId id, std::vector<desk::NameKey> queues = {general}) {
  std::sort(queues.begin(), queues.end());
  return {id, "agent " + std::to_string(id), false, true, true, std::move(queues)};
}

Viewer supervisor(desk::AgentId id) {
  Viewer viewer = agent(id, {});
  viewer.sees_all = true;
  return viewer;
}

// The pages behind some seats.
class Pages {
 public:
  explicit Pages(std::size_t shown_max = 200) : view(shown_max) {}

  void open(Seat seat, Viewer viewer) {
    view.sit(seat, std::move(viewer));
    held[seat].clear();
    const json::value rows = json::parse(view.rows_for(seat));
    for (const json::value& row : rows.as_array()) keep(seat, row);
  }
  void close(Seat seat) {
    view.rise(seat);
    held.erase(seat);
  }
  void take() { apply(view.take()); }
  void flush() { apply(view.flush()); }
  std::set<Citizen> at(Seat seat) const {
    std::set<Citizen> all;
    for (const auto& [citizen, text] : held.at(seat)) all.insert(citizen);
    return all;
  }

  DeskView view;
  std::map<Seat, std::map<Citizen, std::string>> held;  // rows, in JSON
  std::vector<std::string> frames;                      // all that went out
  std::size_t sent = 0;                                 // frames times seats

 private:
  void keep(Seat seat, const json::value& row) {
    const auto citizen = to_citizen(std::string_view(row.at("citizen").as_string()));
    held[seat][*citizen] = json::serialize(row);
  }
  void apply(const std::vector<Shown>& all) {
    for (const Shown& shown : all) {
      frames.push_back(*shown.frame);
      sent += shown.seats.size();
      const json::value frame = json::parse(*shown.frame);
      const std::string_view is = frame.at("is").as_string();
      for (const Seat seat : shown.seats) {
        if (is == "row") keep(seat, frame.at("row"));
        if (is == "gone") drop(seat, frame.at("citizen"));
        if (is != "rows") continue;
        for (const json::value& row : frame.at("rows").as_array()) keep(seat, row);
        for (const json::value& one : frame.at("gone").as_array()) drop(seat, one);
      }
    }
  }
  void drop(Seat seat, const json::value& citizen) {
    held[seat].erase(*to_citizen(std::string_view(citizen.as_string())));
  }
};

TEST(DeskView, WhoWaitsIsShownToThoseOfTheQueue) {
  Pages pages;
  pages.open(1, agent(1));
  pages.open(2, agent(2, {fraud}));
  pages.open(3, supervisor(3));
  pages.view.put(waiting(7, 1));
  pages.flush();
  EXPECT_EQ(pages.at(1), std::set<Citizen>{7});
  EXPECT_EQ(pages.at(2), std::set<Citizen>{});
  EXPECT_EQ(pages.at(3), std::set<Citizen>{7});
}

TEST(DeskView, WhatIsOnesOwnGoesAtOnceAndToAllTabs) {
  Pages pages;
  pages.open(1, agent(1));
  pages.open(2, agent(1));
  pages.open(3, agent(2));
  pages.view.put(waiting(7, 1));
  pages.flush();
  pages.view.put(owned(7, 1));
  pages.take();
  EXPECT_EQ(pages.at(1), std::set<Citizen>{7});
  EXPECT_EQ(pages.at(2), std::set<Citizen>{7});
  EXPECT_NE(pages.frames.back().find(R"("owner":"agent")"), std::string::npos);
  pages.flush();
  EXPECT_EQ(pages.at(1), std::set<Citizen>{7}) << "what others lose, its owner keeps";
  EXPECT_EQ(pages.at(3), std::set<Citizen>{});
}

TEST(DeskView, WhatIsTakenAwayIsGoneWithItsReason) {
  Pages pages;
  pages.open(1, agent(1, {}));
  pages.view.put(owned(7, 1));
  pages.take();
  pages.view.put(ended(7), "closed");
  pages.take();
  EXPECT_EQ(pages.frames.back(), R"({"is":"gone","citizen":"0000000000000007","why":"closed"})");
  EXPECT_EQ(pages.at(1), std::set<Citizen>{});
}

// An offer is its agent's, and nobody else's to take.
TEST(DeskView, AnOfferIsShownToWhomItIsMade) {
  Pages pages;
  pages.open(1, agent(1));
  pages.open(2, agent(2));
  ShownRow offered = waiting(7, 1);
  offered.agent = 1;
  pages.view.put(offered);
  pages.flush();
  EXPECT_EQ(pages.at(1), std::set<Citizen>{7});
  EXPECT_EQ(pages.at(2), std::set<Citizen>{});
  pages.view.put(waiting(7, 1), "missed");
  pages.flush();
  EXPECT_EQ(pages.at(1), std::set<Citizen>{7});
  EXPECT_EQ(pages.at(2), std::set<Citizen>{7});
}

TEST(DeskView, OfManyWhoWaitTheFirstAreShown) {
  Pages pages(3);
  pages.open(1, agent(1));
  for (Citizen citizen = 1; citizen <= 10; ++citizen) pages.view.put(waiting(citizen, citizen));
  pages.flush();
  EXPECT_EQ(pages.at(1), (std::set<Citizen>{1, 2, 3}));
  EXPECT_EQ(pages.view.waiting(general).count, 10u);
  EXPECT_EQ(pages.view.waiting(general).oldest, value::Instant{1});
  pages.view.put(owned(1, 9), "");
  pages.flush();
  EXPECT_EQ(pages.at(1), (std::set<Citizen>{2, 3, 4}));
  pages.view.drop(2);
  pages.flush();
  EXPECT_EQ(pages.at(1), (std::set<Citizen>{3, 4, 5}));
}

// What is said by those who are not shown is nobody's news.
TEST(DeskView, WhatNobodySeesIsToldToNobody) {
  Pages pages(3);
  pages.open(1, agent(1));
  for (Citizen citizen = 1; citizen <= 10; ++citizen) pages.view.put(waiting(citizen, citizen));
  pages.flush();
  const std::size_t before = pages.sent;
  ShownRow row = waiting(9, 9);
  row.last.text = "still here";
  pages.view.put(row);
  pages.flush();
  EXPECT_EQ(pages.sent, before);
}

TEST(DeskView, LinesGoToWhoLooksAndWhoOwns) {
  Pages pages;
  pages.open(1, agent(1));
  pages.open(2, supervisor(2));
  pages.open(3, supervisor(3));
  pages.view.put(owned(7, 1));
  EXPECT_TRUE(pages.view.look(2, 7));
  EXPECT_FALSE(pages.view.look(2, 7));
  EXPECT_EQ(pages.view.seats_at(7), (std::vector<Seat>{1, 2}));
  EXPECT_EQ(pages.view.lookers(7), std::vector<std::string>{"agent 2"});
  pages.close(2);
  EXPECT_EQ(pages.view.seats_at(7), std::vector<Seat>{1});
}

TEST(DeskView, AgentsAreToldToThoseWhoSeeThem) {
  Pages pages;
  Viewer editor = agent(9, {});
  editor.sees_own = editor.sees_agents = false;
  pages.open(1, agent(1));
  pages.open(2, editor);
  ShownAgent ani;
  ani.agent = 5;
  pages.view.put(ani);
  pages.flush();
  EXPECT_EQ(pages.sent, 1u);
  EXPECT_NE(pages.frames.back().find(R"("is":"agents")"), std::string::npos);
  EXPECT_EQ(pages.view.agents_for(2), "[]");
}

// A hundred messages of those who wait are one frame for two hundred seats, not twenty thousand.
TEST(DeskView, WhatManySeeIsMadeOnce) {
  Pages pages;
  for (Seat seat = 1; seat <= 200; ++seat) {
    pages.view.sit(seat, agent(static_cast<desk::AgentId>(seat)));
  }
  for (Citizen citizen = 1; citizen <= 100; ++citizen) pages.view.put(waiting(citizen, citizen));
  EXPECT_TRUE(pages.view.take().empty());
  const auto out = pages.view.flush();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(out[0].seats.size(), 200u);
}

// Whatever happens in whatever order, after a flush each seat holds what a page holds that comes
// now, but for those who wait and were shown before others went ahead of them.
TEST(DeskView, PagesThatStayHoldWhatPagesThatComeHold) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    std::mt19937 chance(seed);
    Pages pages(1'000);
    const std::vector<Viewer> viewers = {agent(1), agent(2, {general, fraud}), agent(3, {fraud}),
                                         supervisor(4), agent(1)};
    for (Seat seat = 1; seat <= 5; ++seat) pages.open(seat, viewers[seat - 1]);
    std::uint64_t place = 0;
    for (int step = 0; step < 300; ++step) {
      const Citizen citizen = 1 + chance() % 12;
      const desk::NameKey line = chance() % 2 == 0 ? general : fraud;
      ShownRow row = waiting(citizen, ++place, line);
      row.last.text = std::to_string(step);
      row.last.from = "citizen";
      const std::uint32_t what = chance() % 6;
      if (what == 0) pages.view.drop(citizen);
      if (what == 1) pages.view.put(ended(citizen), "closed");
      if (what == 2 || what == 3) row.agent = 1 + chance() % 4;
      if (what == 3) row.owner = Owner::agent;
      if (what >= 2) pages.view.put(row);
      if (chance() % 3 == 0) pages.take();
      if (chance() % 7 == 0) pages.flush();
    }
    pages.flush();
    for (Seat seat = 1; seat <= 5; ++seat) {
      const auto before = pages.held[seat];
      pages.close(seat);
      pages.open(seat, viewers[seat - 1]);
      ASSERT_EQ(before, pages.held[seat]) << "seed " << seed << ", seat " << seat;
    }
  }
}

TEST(Shown, AddressesAreMasked) {
  EXPECT_EQ(masked_address("whatsapp:6281234567890"), "6281******890");
  EXPECT_EQ(masked_address("whatsapp:106540352242922/6281234567890"), "6281******890");
  EXPECT_EQ(masked_address("webchat:AbCdEfGhIjKlMnOpQrStUv"), "AbCd******tUv");
  EXPECT_EQ(masked_address("phone:12345"), "*****");
}

TEST(Shown, TextsAreCutBetweenCharacters) {
  EXPECT_EQ(cut_text("halo", 4), "halo");
  EXPECT_EQ(cut_text("halo semua", 7), "halo…");
  EXPECT_EQ(cut_text("éééé", 7), "éé…");
}

}  // namespace
}  // namespace alur::adapters

// One citizen, one session, whatever names they come under; and never somebody else's.
#include "adapters/whatsapp/citizens.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "adapters/memory/memory_store.hpp"
#include "tests/adapters/whatsapp/webhooks.hpp"

namespace alur::tests {
namespace {

using adapters::MemoryDisk;
using adapters::MemoryStore;
using adapters::WhatsAppCitizens;
using adapters::WhatsAppMove;
using adapters::WhatsAppUser;

std::string address(const std::string& user) {
  return std::string("whatsapp:") + our_number + "/" + user;
}

class Citizens : public testing::Test {
 protected:
  void SetUp() override { restart(); }
  // As after a crash: what was not committed is gone.
  void restart() {
    citizens_.reset();
    store_ = std::make_unique<MemoryStore>(disk_);
    citizens_ = std::make_unique<WhatsAppCitizens>(*store_, std::move(*store_->reader()));
  }

  // The session a message is heard in; its turn is committed.
  std::string hear(const WhatsAppUser& user, bool under_way = true) {
    ++now_;
    const auto found = citizens_->find(our_number, user, now_);
    EXPECT_TRUE(found);
    ports::TurnChange turn;
    turn.session.citizen = store_->key_of(found->address);
    turn.session.address = found->address;
    turn.session.turns = static_cast<std::uint32_t>(now_);
    turn.session.wrote_ms = now_;
    if (under_way) turn.session.due = now_;
    const auto reader = store_->reader();
    const auto before = (*reader)->session(turn.session.citizen);
    if (*before) turn.session.journal_last = (*before)->journal_last;
    ports::JournalRow row;
    row.citizen = turn.session.citizen;
    turn.journal = {row};
    turn.names = found->names;
    rows_ = found->names.size();
    const std::vector<ports::Change> group{turn};
    EXPECT_TRUE(store_->commit(group));
    citizens_->keep(found->names);
    return found->address.substr(found->address.find('/') + 1);
  }
  void move(const WhatsAppUser& before, const WhatsAppUser& after, const std::string& id = "") {
    ++now_;
    const std::string mark = id.empty() ? "wamid." + std::to_string(now_) : id;
    const auto names = citizens_->move(our_number, {our_number, mark, before, after}, now_);
    ASSERT_TRUE(names);
    const std::vector<ports::Change> group{ports::NameChange{*names}};
    ASSERT_TRUE(store_->commit(group));
    citizens_->keep(*names);
    rows_ = names->size();
  }
  std::string reached(const std::string& user) {
    const auto reach = citizens_->reach(address(user));
    EXPECT_TRUE(reach);
    return reach->address.empty() ? "(nobody)"
                                  : reach->address.substr(reach->address.find('/') + 1);
  }

  std::shared_ptr<MemoryDisk> disk_ = std::make_shared<MemoryDisk>();
  std::unique_ptr<MemoryStore> store_;
  std::unique_ptr<WhatsAppCitizens> citizens_;
  std::int64_t now_ = 1'790'000'000'000;
  std::size_t rows_ = 0;  // of names that were committed last
};

TEST_F(Citizens, OneNameCostsNothing) {
  EXPECT_EQ(hear({"628110001", ""}), "628110001");
  EXPECT_EQ(rows_, 0u);
  EXPECT_EQ(hear({"", "ID.9"}), "ID.9");
  EXPECT_EQ(rows_, 0u);
  EXPECT_EQ(reached("628110001"), "628110001");
  EXPECT_EQ(reached("ID.9"), "ID.9");
  EXPECT_EQ(citizens_->reach(address("ID.9"))->wrote_ms, now_);
  EXPECT_EQ(citizens_->reach(address("628110007"))->wrote_ms, 0);
}

TEST_F(Citizens, AnIdComesBesideTheNumberAndTheNumberIsLostLater) {
  EXPECT_EQ(hear({"628110001", ""}), "628110001");
  EXPECT_EQ(hear({"628110001", "ID.1"}), "628110001");
  EXPECT_EQ(rows_, 1u);
  EXPECT_EQ(hear({"628110001", "ID.1"}), "628110001");
  EXPECT_EQ(rows_, 0u);
  EXPECT_EQ(reached("628110001"), "628110001");
  EXPECT_EQ(hear({"", "ID.1"}), "628110001");
  EXPECT_EQ(reached("628110001"), "ID.1");
  restart();
  EXPECT_EQ(hear({"", "ID.1"}), "628110001");
  EXPECT_EQ(rows_, 0u);
  EXPECT_EQ(reached("628110001"), "ID.1");
  EXPECT_EQ(hear({"628110001", "ID.1"}), "628110001");  // and comes again
  EXPECT_EQ(reached("628110001"), "628110001");
}

TEST_F(Citizens, ANumberComesBesideTheId) {
  EXPECT_EQ(hear({"", "ID.1"}), "ID.1");
  EXPECT_EQ(hear({"628110001", "ID.1"}), "ID.1");
  EXPECT_EQ(reached("ID.1"), "628110001");
  restart();
  EXPECT_EQ(hear({"628110001", ""}), "ID.1");
  EXPECT_EQ(reached("ID.1"), "628110001");
}

// Heard under each name apart, and then it turns out.
TEST_F(Citizens, TwoSessionsOfOneCitizenBecomeOne) {
  EXPECT_EQ(hear({"628110001", ""}, false), "628110001");
  EXPECT_EQ(hear({"", "ID.1"}), "ID.1");
  EXPECT_EQ(hear({"628110001", "ID.1"}), "ID.1");  // the one that is under way
  restart();
  EXPECT_EQ(hear({"628110001", ""}), "ID.1");
  EXPECT_EQ(hear({"", "ID.1"}), "ID.1");
  EXPECT_EQ(reached("628110001"), "(nobody)");  // nothing of the other one is sent to them
}

TEST_F(Citizens, OfTwoThatAreBothUnderWayTheLaterGoesOn) {
  EXPECT_EQ(hear({"", "ID.1"}), "ID.1");
  EXPECT_EQ(hear({"628110001", ""}), "628110001");
  EXPECT_EQ(hear({"628110001", "ID.1"}), "628110001");
  EXPECT_EQ(hear({"", "ID.1"}), "628110001");
}

TEST_F(Citizens, ANewNumberLeadsToTheOldSession) {
  EXPECT_EQ(hear({"628110001", ""}), "628110001");
  move({"628110001", ""}, {"628110002", ""});
  EXPECT_EQ(reached("628110001"), "628110002");
  restart();
  EXPECT_EQ(hear({"628110002", ""}), "628110001");
  EXPECT_EQ(reached("628110001"), "628110002");
}

TEST_F(Citizens, WhoeverGetsTheOldNumberIsSomebodyElse) {
  EXPECT_EQ(hear({"628110001", "ID.1"}), "628110001");
  move({"628110001", "ID.1"}, {"628110002", "ID.2"});
  restart();
  EXPECT_EQ(hear({"628110001", ""}), "628110001~2");
  EXPECT_EQ(reached("628110001~2"), "628110001");
  EXPECT_EQ(hear({"628110002", "ID.2"}), "628110001");
  EXPECT_EQ(reached("628110001"), "628110002");
  restart();
  EXPECT_EQ(hear({"628110001", "ID.5"}), "628110001~2");
  EXPECT_EQ(hear({"", "ID.5"}), "628110001~2");
  EXPECT_EQ(hear({"", "ID.2"}), "628110001");
}

// Meta may tell nobody: another id at a number is another citizen.
TEST_F(Citizens, ANumberThatChangedHandsUnseen) {
  EXPECT_EQ(hear({"628110001", "ID.1"}), "628110001");
  EXPECT_EQ(hear({"628110001", "ID.2"}), "ID.2");
  EXPECT_EQ(reached("ID.2"), "628110001");
  EXPECT_EQ(reached("628110001"), "(nobody)");  // what the first one waits for goes to no stranger
  restart();
  EXPECT_EQ(hear({"628110001", ""}), "ID.2");
  EXPECT_EQ(hear({"", "ID.1"}), "628110001");
  EXPECT_EQ(reached("628110001"), "ID.1");
}

TEST_F(Citizens, ANewIdLeadsToTheOldSession) {
  EXPECT_EQ(hear({"", "ID.1"}), "ID.1");
  move({"", "ID.1"}, {"", "ID.2"});
  EXPECT_EQ(reached("ID.1"), "ID.2");
  restart();
  EXPECT_EQ(hear({"", "ID.2"}), "ID.1");
  // Whoever has a number is reached under it all the same.
  EXPECT_EQ(hear({"628110001", "ID.7"}), "628110001");
  move({"", "ID.7"}, {"", "ID.8"});
  EXPECT_EQ(reached("628110001"), "628110001");
  EXPECT_EQ(hear({"628110001", "ID.8"}), "628110001");
}

// The first message under a new name may come before the news of it.
TEST_F(Citizens, NewsOfAMoveMayBeLate) {
  EXPECT_EQ(hear({"628110001", "ID.1"}), "628110001");
  EXPECT_EQ(hear({"628110002", "ID.2"}), "628110002");
  move({"628110001", "ID.1"}, {"628110002", "ID.2"});
  EXPECT_EQ(hear({"628110002", "ID.2"}), "628110001");
  EXPECT_EQ(hear({"", "ID.2"}), "628110001");
}

TEST_F(Citizens, NewsOfAMoveMayComeTwice) {
  EXPECT_EQ(hear({"628110001", ""}), "628110001");
  move({"628110001", ""}, {"628110002", ""}, "wamid.M");
  EXPECT_EQ(hear({"628110001", ""}), "628110001~2");
  restart();
  move({"628110001", ""}, {"628110002", ""}, "wamid.M");  // delivered again: the new owner stays
  EXPECT_EQ(hear({"628110001", ""}), "628110001~2");
  EXPECT_EQ(hear({"628110002", ""}), "628110001");
}

TEST_F(Citizens, WhoeverHasNoSessionMovesNowhere) {
  move({"628110001", ""}, {"628110002", ""});
  EXPECT_EQ(rows_, 0u);
  EXPECT_TRUE(disk_->names.empty());
}

// A turn that could not be made durable takes its names along, or they are found again.
TEST_F(Citizens, NamesThatWereNotCommittedAreGivenAgain) {
  EXPECT_EQ(hear({"628110001", ""}), "628110001");
  const WhatsAppUser both{"628110001", "ID.1"};
  const auto first = citizens_->find(our_number, both, ++now_);
  const auto second = citizens_->find(our_number, both, ++now_);  // while the first is under way
  ASSERT_EQ(first->names.size(), 1u);
  EXPECT_EQ(second->names, first->names);
  citizens_->give_up(first->names);
  EXPECT_EQ(hear(both), "628110001");
  EXPECT_EQ(rows_, 1u);
  restart();
  EXPECT_EQ(hear({"", "ID.1"}), "628110001");
}

// Two first messages of a citizen under way at once, one by one under each name.
TEST_F(Citizens, WhoeverIsBeingHeardIsThere) {
  const auto first = citizens_->find(our_number, {"", "ID.1"}, ++now_);
  const auto second = citizens_->find(our_number, {"628110001", "ID.1"}, ++now_);
  EXPECT_EQ(first->address, address("ID.1"));
  EXPECT_EQ(second->address, address("ID.1"));
}

TEST_F(Citizens, AStoreThatIsDownIsAFault) {
  disk_->fail_at = 1;
  EXPECT_FALSE(citizens_->find(our_number, {"628110001", "ID.1"}, 1));
  EXPECT_TRUE(citizens_->find(our_number, {"628110001", "ID.1"}, 1));
}

// Whatever happens to three citizens, in any order and with crashes between: a message is never
// heard in the session of another.
TEST_F(Citizens, NobodyIsHeardAsAnother) {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    disk_ = std::make_shared<MemoryDisk>();
    restart();
    std::mt19937 random(seed);
    struct Person {
      std::string phone;
      int id = 0;
      bool told = false;  // we have heard of the present id
    };
    std::vector<Person> people = {{"62811000", 1}, {"62811001", 2}, {"62811002", 3}};
    std::map<std::string, std::size_t> owner;  // of a session
    std::vector<std::string> left;             // numbers that somebody had
    int ids = 10;
    int phones = 10;
    for (int step = 0; step < 40; ++step) {
      const std::size_t who = random() % people.size();
      Person& person = people[who];
      const std::string id = "ID." + std::to_string(person.id);
      if (random() % 8 == 0) restart();
      if (random() % 6 == 0 && person.told) {
        const WhatsAppUser before{person.phone, id};
        const bool used = !left.empty() && random() % 2 == 0;
        const std::string next =
            used ? left[random() % left.size()] : "6281100" + std::to_string(++phones);
        std::erase(left, next);
        left.push_back(std::exchange(person.phone, next));
        person.id = ++ids;
        move(before, {person.phone, "ID." + std::to_string(person.id)});
        continue;
      }
      person.told = true;
      const std::string session =
          hear(random() % 2 == 0 ? WhatsAppUser{person.phone, id} : WhatsAppUser{"", id});
      const auto [at, fresh] = owner.emplace(session, who);
      ASSERT_EQ(at->second, who) << "seed " << seed << " step " << step << " " << session;
      const std::string reach = reached(session);
      ASSERT_TRUE(reach == person.phone || reach == id) << "seed " << seed << " " << reach;
    }
  }
}

}  // namespace
}  // namespace alur::tests

// Links, and what administrators make of accounts.
#include <atomic>
#include <thread>

#include "tests/adapters/desk/accounts_bench.hpp"

namespace alur::tests {
namespace {

using adapters::AccountChange;
using ports::Role;
using AccountChanges = AccountsBench;
using Words = std::vector<std::string>;

constexpr std::int64_t day = 86'400'000;

TEST_F(AccountChanges, TheFirstAdministratorIsMadeOnceByTheLink) {
  const auto link = accounts_.make_first_link(now_);
  ASSERT_TRUE(link && *link);
  EXPECT_EQ(word(accounts_.make_first("wrong", "root", "Root", good_password, now_)), "gone");
  EXPECT_EQ(word(accounts_.make_first(**link, "1root", "Root", good_password, now_)), "bad_name");
  EXPECT_EQ(word(accounts_.make_first(**link, "siti", "", good_password, now_)), "bad_account");
  EXPECT_EQ(word(accounts_.make_first(**link, "siti", "Siti", "password1234", now_)), "common");
  EXPECT_EQ(word(accounts_.use_link(**link, good_password, now_)), "gone");
  EXPECT_EQ(word(accounts_.find_link(**link, now_)), "gone");
  EXPECT_EQ(word(accounts_.make_first(**link, "Siti", "Siti Aminah", good_password, now_)), "done");
  EXPECT_EQ(account("siti").role, Role::administrator);
  EXPECT_EQ(word(accounts_.make_first(**link, "budi", "Budi", good_password, now_)), "gone");
  EXPECT_EQ(*accounts_.make_first_link(now_), std::nullopt);
  EXPECT_TRUE(sign_in("siti", good_password));
  EXPECT_EQ(audit(2), (Words{"siti sign_in", "siti make_first"}));
}

TEST_F(AccountChanges, AFirstLinkEnds) {
  const auto old_one = accounts_.make_first_link(now_);
  const auto link = accounts_.make_first_link(now_);
  ASSERT_TRUE(old_one && link && *link);
  EXPECT_EQ(word(accounts_.make_first(**old_one, "siti", "Siti", good_password, now_)), "gone");
  pass(day);
  EXPECT_EQ(word(accounts_.make_first(**link, "siti", "Siti", good_password, now_)), "gone");
  const auto later = accounts_.make_first_link(now_);
  ASSERT_TRUE(later && *later);
  // Somebody at the machine was quicker.
  add("root", Role::administrator);
  EXPECT_EQ(word(accounts_.make_first(**later, "siti", "Siti", good_password, now_)),
            "there_are_some");
}

TEST_F(AccountChanges, OfManyWithTheFirstLinkOneBecomesAdministrator) {
  const auto link = accounts_.make_first_link(now_);
  ASSERT_TRUE(link && *link);
  std::atomic<int> made = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      if (accounts_.make_first(**link, "siti" + std::to_string(i), "Siti", good_password, now_))
        ++made;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(accounts_.list()->size(), 1u);
}

TEST_F(AccountChanges, ALinkGivesAPasswordOnce) {
  ASSERT_TRUE(accounts_.add("ani", {}, "root", now_));
  const auto link = accounts_.make_link("ani", "root", now_);
  ASSERT_TRUE(link);
  EXPECT_EQ(*accounts_.find_link(*link, now_), "ani");
  EXPECT_EQ(word(accounts_.use_link(*link, "ani ani ani ani", now_)), "own_name");
  EXPECT_EQ(word(accounts_.use_link(*link, good_password, now_)), "done");
  EXPECT_EQ(word(accounts_.use_link(*link, other_password, now_)), "gone");
  EXPECT_TRUE(sign_in("ani", good_password));
  EXPECT_EQ(audit(3), (Words{"ani sign_in", "ani use_link", "root make_link: ani"}));
}

TEST_F(AccountChanges, ALinkEnds) {
  add("ani");
  const auto first = accounts_.make_link("ani", "root", now_);
  const auto second = accounts_.make_link("ani", "root", now_);
  EXPECT_EQ(word(accounts_.use_link(*first, other_password, now_)), "gone");
  pass(day - 1);
  EXPECT_TRUE(accounts_.find_link(*second, now_));
  pass(1);
  EXPECT_EQ(word(accounts_.use_link(*second, other_password, now_)), "gone");
  const auto third = accounts_.make_link("ani", "root", now_);
  AccountChange disable;
  disable.disabled = true;
  ASSERT_TRUE(accounts_.change("ani", disable, "root", now_));
  EXPECT_EQ(word(accounts_.use_link(*third, other_password, now_)), "gone");
  EXPECT_EQ(word(accounts_.make_link("ani", "root", now_)), "gone");
  EXPECT_EQ(word(accounts_.make_link("nobody", "root", now_)), "gone");
}

TEST_F(AccountChanges, ALinkEndsWhatSomebodyElseHadOpen) {
  add("ani");
  const auto thief = sign_in("ani", good_password);
  ASSERT_TRUE(thief);
  const auto link = accounts_.make_link("ani", "root", now_);
  ASSERT_TRUE(accounts_.use_link(*link, other_password, now_));
  EXPECT_EQ(word(accounts_.find(thief->secret, now_)), "sign_in");
}

TEST_F(AccountChanges, WhatIsGivenIsChangedAndWrittenDown) {
  add("ani");
  AccountChange change;
  change.role = Role::supervisor;
  change.units = 600;
  change.queues = std::vector<std::string>{"general", "pengaduan"};
  const auto changed = accounts_.change("ani", change, "siti", now_);
  ASSERT_TRUE(changed);
  EXPECT_EQ(*changed, account("ani"));
  EXPECT_EQ(changed->full_name, "Staff ani");
  EXPECT_EQ(audit(1).front(),
            "siti set_user: ani: role agent -> supervisor, queues general -> general+pengaduan, "
            "units 0 -> 600");
  const std::size_t rows = audit().size();
  EXPECT_TRUE(accounts_.change("ani", change, "siti", now_));
  EXPECT_EQ(audit().size(), rows);
}

TEST_F(AccountChanges, ADisabledAccountIsOutAtOnce) {
  add("ani");
  const auto entered = sign_in("ani", good_password);
  AccountChange change;
  change.disabled = true;
  ASSERT_TRUE(accounts_.change("ani", change, "siti", now_));
  EXPECT_EQ(word(accounts_.find(entered->secret, now_)), "sign_in");
  EXPECT_TRUE(disk_->rows.sign_ins.empty());
  change.disabled = false;
  ASSERT_TRUE(accounts_.change("ani", change, "siti", now_));
  EXPECT_EQ(word(accounts_.find(entered->secret, now_)), "sign_in");
  EXPECT_TRUE(sign_in("ani", good_password));
  EXPECT_EQ(audit(3), (Words{"ani sign_in", "siti enable_user: ani", "siti disable_user: ani"}));
}

TEST_F(AccountChanges, ARoleHoldsAtTheNextRequest) {
  add("ani", Role::supervisor);
  const auto entered = sign_in("ani", good_password);
  AccountChange change;
  change.role = Role::agent;
  ASSERT_TRUE(accounts_.change("ani", change, "siti", now_));
  EXPECT_EQ(accounts_.find(entered->secret, now_)->account.role, Role::agent);
}

TEST_F(AccountChanges, TheLastAdministratorStays) {
  add("siti", Role::administrator);
  AccountChange change;
  change.disabled = true;
  EXPECT_EQ(word(accounts_.change("siti", change, "siti", now_)), "last");
  change = {};
  change.role = Role::agent;
  EXPECT_EQ(word(accounts_.change("siti", change, "siti", now_)), "last");
  add("budi", Role::administrator);
  EXPECT_EQ(word(accounts_.change("siti", change, "siti", now_)), "done");
}

TEST_F(AccountChanges, WhatCannotBeIsRefused) {
  add("ani");
  EXPECT_EQ(word(accounts_.add("ani", {}, "root", now_)), "taken");
  EXPECT_EQ(word(accounts_.add("ANI", {}, "root", now_)), "taken");
  for (const char* name : {"", "a", "1ani", ".ani", "ani!", "ani lestari", "operator:ani",
                           "\xc3\xa1ni", "abcdefghijklmnopqrstuvwxyzabcdefg"}) {
    EXPECT_EQ(word(accounts_.add(name, {}, "root", now_)), "bad_name") << name;
  }
  AccountChange change;
  for (const std::string& full_name :
       {std::string(), std::string(101, 'x'), std::string("Ani\n"), std::string("\xff"),
        std::string("Ani \xe2\x80\xae gro.ojk"), std::string("An\xe2\x80\x8bi")}) {
    change.full_name = full_name;
    EXPECT_EQ(word(accounts_.change("ani", change, "root", now_)), "bad_account") << full_name;
  }
  change = {};
  for (const std::vector<std::string>& queues :
       {std::vector<std::string>{"General"}, std::vector<std::string>{"a\nb"},
        std::vector<std::string>{""}, std::vector<std::string>(65, "general")}) {
    change.queues = queues;
    EXPECT_EQ(word(accounts_.change("ani", change, "root", now_)), "bad_account");
  }
  change = {};
  change.units = -1;
  EXPECT_EQ(word(accounts_.change("ani", change, "root", now_)), "bad_account");
  change.units = 10'001;
  EXPECT_EQ(word(accounts_.change("ani", change, "root", now_)), "bad_account");
  EXPECT_EQ(word(accounts_.change("nobody", {}, "root", now_)), "gone");
}

TEST_F(AccountChanges, TwoWhoChangeAtOnceBothDo) {
  add("ani");
  std::vector<std::thread> threads;
  threads.emplace_back([&] {
    for (int i = 1; i <= 50; ++i) {
      AccountChange change;
      change.units = i;
      EXPECT_TRUE(accounts_.change("ani", change, "siti", now_));
    }
  });
  threads.emplace_back([&] {
    for (int i = 1; i <= 50; ++i) {
      AccountChange change;
      change.full_name = "Ani " + std::to_string(i);
      EXPECT_TRUE(accounts_.change("ani", change, "budi", now_));
    }
  });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(account("ani").units, 50);
  EXPECT_EQ(account("ani").full_name, "Ani 50");
}

}  // namespace
}  // namespace alur::tests

// Coming in: passwords, one-time codes, how long a sign-in lasts, and what two at once meet.
#include <atomic>
#include <thread>

#include "adapters/desk/cookie.hpp"
#include "tests/adapters/desk/accounts_bench.hpp"

namespace alur::tests {
namespace {

using adapters::AccessFault;
using Accounts = AccountsBench;
using Words = std::vector<std::string>;

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;

TEST_F(Accounts, SomebodyComesInAndGoes) {
  add("ani");
  const auto entered = sign_in(" Ani ", good_password);
  ASSERT_TRUE(entered) << word(entered);
  EXPECT_EQ(entered->account.name, "ani");
  EXPECT_EQ(entered->secret.size(), 43u);
  EXPECT_TRUE(adapters::is_page_token(entered->secret, entered->page_token));
  const auto found = accounts_.find(entered->secret, now_);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->account, account("ani"));
  EXPECT_EQ(found->page_token, entered->page_token);
  EXPECT_EQ(word(accounts_.sign_out(entered->secret, now_)), "done");
  EXPECT_EQ(word(accounts_.find(entered->secret, now_)), "sign_in");
  EXPECT_EQ(word(accounts_.sign_out(entered->secret, now_)), "sign_in");
  EXPECT_EQ(audit(2), (Words{"ani sign_out", "ani sign_in"}));
}

TEST_F(Accounts, OnlyHashesAreKept) {
  add("ani");
  const auto entered = sign_in("ani", good_password);
  ASSERT_TRUE(entered);
  EXPECT_FALSE(disk_->rows.sign_ins.contains(entered->secret));
  for (const auto& [hash, row] : disk_->rows.sign_ins) EXPECT_EQ(hash.size(), 32u);
  EXPECT_TRUE(account("ani").password.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
  EXPECT_EQ(account("ani").password.find(good_password), std::string::npos);
}

TEST_F(Accounts, WhateverIsWrongIsTheSameWord) {
  add("ani");
  add("gone");
  adapters::AccountChange disable;
  disable.disabled = true;
  ASSERT_TRUE(accounts_.change("gone", disable, "root", now_));
  ASSERT_TRUE(accounts_.add("fresh", {}, "root", now_));
  EXPECT_EQ(word(sign_in("ani", other_password)), "wrong");
  EXPECT_EQ(word(sign_in("nobody", good_password)), "wrong");
  EXPECT_EQ(word(sign_in("gone", good_password)), "wrong");
  EXPECT_EQ(word(sign_in("fresh", good_password)), "wrong");
  EXPECT_EQ(word(sign_in("fresh", "")), "wrong");
  EXPECT_EQ(word(sign_in("not a name!", good_password)), "wrong");
  EXPECT_EQ(word(sign_in("", "")), "wrong");
  EXPECT_EQ(word(sign_in("ani", std::string(100'000, 'x'))), "wrong");
  EXPECT_EQ(word(sign_in("ani", "\xff\xfe")), "wrong");
}

// Names that are there could be told by how long an answer takes: counted, not timed.
TEST_F(Accounts, EveryTryCostsOneHash) {
  add("ani");
  add("gone");
  adapters::AccountChange disable;
  disable.disabled = true;
  ASSERT_TRUE(accounts_.change("gone", disable, "root", now_));
  ASSERT_TRUE(accounts_.add("fresh", {}, "root", now_));
  for (const char* name : {"ani", "nobody", "gone", "fresh", "no name", ""}) {
    const std::uint64_t before = accounts_.passwords().computed();
    EXPECT_EQ(word(sign_in(name, other_password)), "wrong");
    EXPECT_EQ(accounts_.passwords().computed(), before + 1) << name;
  }
  const std::uint64_t before = accounts_.passwords().computed();
  EXPECT_TRUE(sign_in("ani", good_password));
  EXPECT_EQ(accounts_.passwords().computed(), before + 1);
}

TEST_F(Accounts, ASignInEndsUnusedAndAnyway) {
  add("ani");
  const auto entered = sign_in("ani", good_password);
  ASSERT_TRUE(entered);
  pass(12 * hour - 1);
  EXPECT_TRUE(accounts_.find(entered->secret, now_));
  pass(12 * hour);
  EXPECT_EQ(word(accounts_.find(entered->secret, now_)), "sign_in");
  const auto again = sign_in("ani", good_password);
  ASSERT_TRUE(again);
  for (int i = 0; i < 16; ++i) {
    pass(10 * hour);
    ASSERT_TRUE(accounts_.find(again->secret, now_)) << i;
  }
  pass(8 * hour - 1);
  EXPECT_TRUE(accounts_.find(again->secret, now_));
  pass(1);
  EXPECT_EQ(word(accounts_.find(again->secret, now_)), "sign_in");
}

TEST_F(Accounts, BeingSeenIsWrittenOnceAMinute) {
  add("ani");
  const auto entered = sign_in("ani", good_password);
  ASSERT_TRUE(entered);
  const auto seen = [&] { return disk_->rows.sign_ins.begin()->second.seen; };
  const value::Instant begun = seen();
  pass(minute - 1);
  ASSERT_TRUE(accounts_.find(entered->secret, now_));
  EXPECT_EQ(seen(), begun);
  pass(1);
  ASSERT_TRUE(accounts_.find(entered->secret, now_));
  EXPECT_EQ(seen(), now_);
}

TEST_F(Accounts, WhatIsNoSecretIsNobody) {
  add("ani");
  const auto entered = sign_in("ani", good_password);
  ASSERT_TRUE(entered);
  const std::string& secret = entered->secret;
  for (std::size_t i = 0; i < secret.size(); ++i) {
    std::string other = secret;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(word(accounts_.find(other, now_)), "sign_in") << i;
  }
  for (const std::string& other :
       {std::string(), secret.substr(1), secret + "A", disk_->rows.sign_ins.begin()->first,
        std::string(43, '\0'), std::string(1'000'000, 'A')}) {
    EXPECT_EQ(word(accounts_.find(other, now_)), "sign_in");
  }
}

TEST_F(Accounts, AChangedPasswordEndsTheOtherSignIns) {
  add("ani");
  const auto here = sign_in("ani", good_password);
  const auto there = sign_in("ani", good_password);
  ASSERT_TRUE(here && there);
  const auto link = accounts_.make_link("ani", "root", now_);
  ASSERT_TRUE(link);
  EXPECT_EQ(word(accounts_.set_password(*here, other_password, good_password, home, now_)),
            "wrong");
  EXPECT_EQ(word(accounts_.set_password(*here, good_password, good_password, home, now_)), "same");
  EXPECT_EQ(word(accounts_.set_password(*here, good_password, "short", home, now_)), "too_short");
  EXPECT_TRUE(accounts_.find(there->secret, now_));
  EXPECT_EQ(word(accounts_.set_password(*here, good_password, other_password, home, now_)), "done");
  EXPECT_TRUE(accounts_.find(here->secret, now_));
  EXPECT_EQ(word(accounts_.find(there->secret, now_)), "sign_in");
  EXPECT_EQ(word(accounts_.use_link(*link, "another one altogether", now_)), "gone");
  EXPECT_EQ(word(sign_in("ani", good_password)), "wrong");
  EXPECT_TRUE(sign_in("ani", other_password));
}

TEST_F(Accounts, APasswordIsHashedAnewWhenTheCostChanges) {
  add("ani");
  adapters::AccountsSettings dearer = settings();
  dearer.cost = {16'384, 2};
  adapters::Accounts later(staff_, dearer);
  EXPECT_TRUE(later.sign_in("ani", good_password, "", home, now_));
  EXPECT_TRUE(account("ani").password.starts_with("$argon2id$v=19$m=16,t=2,p=1$"));
  EXPECT_TRUE(later.sign_in("ani", good_password, "", home, now_));
  EXPECT_EQ(word(later.sign_in("ani", other_password, "", home, now_)), "wrong");
}

// --- one-time codes

class Codes : public AccountsBench {
 protected:
  void SetUp() override {
    add("ani");
    auto entered = sign_in("ani", good_password);
    ASSERT_TRUE(entered);
    who_ = *entered;
    const auto offer = accounts_.offer_codes(who_, now_);
    ASSERT_TRUE(offer);
    secret_ = *adapters::from_base32(offer->secret);
    EXPECT_EQ(offer->uri,
              "otpauth://totp/Kontak%20157:ani?secret=" + offer->secret + "&issuer=Kontak%20157");
  }
  std::string code(int steps = 0) {
    return adapters::code_at(secret_,
                             adapters::code_step(now_) + static_cast<std::uint64_t>(steps));
  }
  void turn_on() { ASSERT_EQ(word(accounts_.confirm_codes(who_, code(), now_)), "done"); }

  adapters::Entered who_;
  std::string secret_;
};

TEST_F(Codes, TheyAreOnOnceConfirmed) {
  EXPECT_EQ(word(accounts_.confirm_codes(who_, "000000", now_)), "code");
  EXPECT_TRUE(sign_in("ani", good_password));
  turn_on();
  EXPECT_EQ(word(sign_in("ani", good_password)), "code");
  EXPECT_EQ(word(sign_in("ani", other_password, code(1))), "wrong");
  EXPECT_TRUE(sign_in("ani", good_password, code(1)));
  EXPECT_EQ(word(accounts_.offer_codes(who_, now_)), "codes_on");
  EXPECT_EQ(word(accounts_.confirm_codes(who_, code(1), now_)), "gone");
}

TEST_F(Codes, ACodeIsGoodOnce) {
  const std::string used = code();
  turn_on();
  EXPECT_EQ(word(sign_in("ani", good_password, used)), "code");
  pass(30'000);
  const std::string next = code();
  EXPECT_TRUE(sign_in("ani", good_password, next));
  EXPECT_EQ(word(sign_in("ani", good_password, next)), "code");
  // Nor is the one before it, of a shoulder that was looked over.
  EXPECT_EQ(word(sign_in("ani", good_password, code(-1))), "code");
  pass(60'000);
  EXPECT_EQ(word(sign_in("ani", good_password, next)), "code");
  EXPECT_TRUE(sign_in("ani", good_password, code(-1)));
}

TEST_F(Codes, OfTwoWhoBringOneAtOnceOneComesIn) {
  turn_on();
  for (int round = 0; round < 10; ++round) {
    pass(hour);
    const std::string used = code();
    std::atomic<int> entered = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&, i] {
        // From addresses of their own, so that only the code stands in their way.
        if (sign_in("ani", good_password, used, home + std::to_string(i))) ++entered;
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(entered, 1);
  }
}

TEST_F(Codes, GuessingIsSlow) {
  turn_on();
  pass(hour);
  int asked = 0;
  for (std::int64_t ms = 0; ms < 24 * hour; ms += 5'000) {
    pass(5'000);
    const std::string wrong = code() == "123456" ? "654321" : "123456";
    if (word(sign_in("ani", good_password, wrong, home + std::to_string(ms))) == "code") ++asked;
  }
  // Three codes of a million are good at a time: about one day in three thousand.
  EXPECT_LE(asked, 110);
  EXPECT_GE(asked, 5);
  // The owner waits, but is not kept out for good.
  pass(15 * minute);
  EXPECT_TRUE(sign_in("ani", good_password, code()));
}

TEST_F(Codes, TheyAreTurnedOffWithThePassword) {
  turn_on();
  EXPECT_EQ(word(accounts_.drop_codes(who_, other_password, home, now_)), "wrong");
  EXPECT_EQ(word(sign_in("ani", good_password)), "code");
  EXPECT_EQ(word(accounts_.drop_codes(who_, good_password, home, now_)), "done");
  EXPECT_TRUE(sign_in("ani", good_password));
  EXPECT_EQ(audit(2), (Words{"ani sign_in", "ani set_codes: codes off"}));
}

TEST_F(Codes, AnAdministratorTurnsThemOffForALostPhone) {
  turn_on();
  adapters::AccountChange change;
  change.drop_codes = true;
  ASSERT_TRUE(accounts_.change("ani", change, "root", now_));
  EXPECT_TRUE(sign_in("ani", good_password));
  EXPECT_EQ(audit(2), (Words{"ani sign_in", "root drop_codes: ani"}));
}

// --- many at once

TEST_F(Accounts, NobodyComesInAsSomebodyWhoIsBeingDisabled) {
  for (int round = 0; round < 20; ++round) {
    const std::string name = "agent" + std::to_string(round);
    add(name);
    std::string secret;
    std::thread comes([&] {
      const auto entered = sign_in(name, good_password);
      if (entered) secret = entered->secret;
    });
    adapters::AccountChange disable;
    disable.disabled = true;
    EXPECT_TRUE(accounts_.change(name, disable, "root", now_));
    comes.join();
    EXPECT_EQ(word(accounts_.find(secret, now_)), "sign_in");
  }
}

TEST_F(Accounts, ASignInWithTheOldPasswordDoesNotOutliveIt) {
  for (int round = 0; round < 20; ++round) {
    const std::string name = "agent" + std::to_string(round);
    add(name);
    std::string secret;
    std::thread comes([&] {
      const auto entered = sign_in(name, good_password);
      if (entered) secret = entered->secret;
    });
    auto done = accounts_.reset_password(name, other_password, "operator:test", now_);
    // Whoever came in first has written the account.
    if (word(done) == "changed") {
      done = accounts_.reset_password(name, other_password, "operator:test", now_);
    }
    comes.join();
    EXPECT_EQ(word(done), "done");
    EXPECT_EQ(word(accounts_.find(secret, now_)), "sign_in");
  }
}

TEST_F(Accounts, NothingIsHalfDoneWhenTheBookFails) {
  add("ani");
  for (std::uint64_t n = 1;; ++n) {
    const std::uint64_t before = disk_->operations;
    const std::size_t rows = disk_->audit.size();
    disk_->fail_at = n;
    const auto entered = sign_in("ani", good_password);
    disk_->fail_at = 0;
    if (disk_->operations - before < n) {
      EXPECT_TRUE(entered);
      break;
    }
    EXPECT_EQ(word(entered), "unavailable") << n;
    EXPECT_EQ(disk_->audit.size(), rows) << n;
    EXPECT_TRUE(disk_->rows.sign_ins.empty()) << n;
    pass(2 * hour);
  }
}

TEST_F(Accounts, FailuresAreToldWhenTheyHaveDoubled) {
  add("ani");
  for (int i = 0; i < 25; ++i) {
    EXPECT_EQ(word(sign_in("ani", other_password)), "wrong");
    pass(minute);
  }
  EXPECT_EQ(audit(3), (Words{" sign_in_failed: ani: 20 times", " sign_in_failed: ani: 10 times",
                             " sign_in_failed: ani: 5 times"}));
  // A password that was typed into the wrong field is kept nowhere.
  for (int i = 0; i < 25; ++i) {
    EXPECT_EQ(word(sign_in("hunter2secret", other_password)), "wrong");
    pass(minute);
  }
  EXPECT_EQ(audit(1).front(), " sign_in_failed: ani: 20 times");
}

TEST_F(Accounts, TooManyTriesWaitAndCostNothing) {
  add("ani");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(word(sign_in("ani", other_password)), "wrong");
  const std::uint64_t before = accounts_.passwords().computed();
  EXPECT_EQ(word(sign_in("ani", good_password)), "too_many");
  EXPECT_EQ(accounts_.passwords().computed(), before);
  pass(1'000);
  EXPECT_TRUE(sign_in("ani", good_password));
}

}  // namespace
}  // namespace alur::tests

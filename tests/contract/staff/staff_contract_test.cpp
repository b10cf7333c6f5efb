// What every book of staff promises, on the twin in memory and on SQLite: also that a change is
// whole or not there whatever fails, and what two who write at once meet.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "adapters/memory/memory_staff.hpp"
#include "adapters/sqlite/sqlite_staff.hpp"
#include "tests/contract/store/breaking_vfs.hpp"

namespace alur::tests {
namespace {

using ports::Account;
using ports::AccountAdded;
using ports::AccountSet;
using ports::Noted;
using ports::Role;
using ports::SignedIn;
using ports::Staff;
using ports::StaffChange;
using ports::StaffFault;

// Any binding will do for the contract; it shows what it was given.
void seal(std::string_view before, ports::AuditRow& row) {
  row.hash = "<" + std::string(before).substr(0, 8) + "|" + std::to_string(row.count) + row.did;
  row.seal = "sealed " + row.hash;
}

class StaffBench {
 public:
  virtual ~StaffBench() = default;
  virtual std::unique_ptr<Staff> open() = 0;
  virtual void fail_at(std::uint64_t n) = 0;
  virtual std::uint64_t operations() const = 0;
};

class MemoryStaffBench : public StaffBench {
 public:
  std::unique_ptr<Staff> open() override {
    return std::make_unique<adapters::MemoryStaff>(seal, disk_);
  }
  void fail_at(std::uint64_t n) override { disk_->fail_at = n; }
  std::uint64_t operations() const override { return disk_->operations; }

 private:
  std::shared_ptr<adapters::MemoryStaffDisk> disk_ = std::make_shared<adapters::MemoryStaffDisk>();
};

class SqliteStaffBench : public StaffBench {
 public:
  explicit SqliteStaffBench(int code) : code_(code) {}
  std::unique_ptr<Staff> open() override {
    std::string error;
    auto staff = adapters::SqliteStaff::open({"staff", vfs_.name(), false}, seal, error);
    EXPECT_TRUE(staff) << error;
    return staff;
  }
  void fail_at(std::uint64_t n) override { vfs_.fail_at(n, code_); }
  std::uint64_t operations() const override { return vfs_.operations(); }

 private:
  BreakingVfs vfs_;
  int code_;
};

Account an_account(const std::string& name, Role role = Role::agent) {
  Account account;
  account.name = name;
  account.full_name = "Ani S. \"Ani\" Lestari";
  account.role = role;
  account.queues = {"general", "pengaduan"};
  account.units = 250;
  account.password = "$argon2id$...";
  account.code_secret = std::string("\0secret", 7);
  account.made = {1'000};
  return account;
}

ports::SignInRow a_sign_in(const std::string& hash, ports::AgentNumber agent,
                           std::int64_t begun = 1'000) {
  return {hash, agent, {begun}, {begun}, {begun + 100'000}};
}

Noted a_note(const std::string& by, const std::string& did, ports::CitizenKey citizen = 0) {
  ports::AuditRow row;
  row.at = {5'000};
  row.by = by;
  row.did = did;
  row.citizen = citizen;
  row.detail = "of " + did;
  return {row};
}

class StaffContract : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "memory") {
      bench_ = std::make_unique<MemoryStaffBench>();
    } else {
      bench_ = std::make_unique<SqliteStaffBench>(GetParam() == "sqlite_full" ? SQLITE_FULL
                                                                              : SQLITE_IOERR);
    }
    reopen();
  }
  void reopen() {
    staff_.reset();
    staff_ = bench_->open();
    ASSERT_TRUE(staff_);
  }
  void commit(std::vector<StaffChange> group) {
    const auto done = staff_->commit(group);
    ASSERT_TRUE(done) << to_text(done.error());
  }
  std::string refused(std::vector<StaffChange> group) {
    const auto done = staff_->commit(group);
    return done ? "done" : std::string(to_text(done.error()));
  }
  Account account(const std::string& name) {
    const auto found = staff_->account(name);
    EXPECT_TRUE(found && *found) << name;
    return found && *found ? **found : Account();
  }
  std::vector<std::string> did(const ports::AuditQuery& query) {
    const auto rows = staff_->audit(query);
    EXPECT_TRUE(rows);
    std::vector<std::string> words;
    if (rows) {
      for (const auto& row : *rows) words.push_back(row.did);
    }
    return words;
  }

  std::unique_ptr<StaffBench> bench_;
  std::unique_ptr<Staff> staff_;
};

TEST_P(StaffContract, AnAccountIsKeptAsItIs) {
  EXPECT_FALSE(*staff_->account("ani"));
  commit({AccountAdded{an_account("ani")}, AccountAdded{an_account("Ani")}});
  Account expected = an_account("ani");
  expected.agent = 1;
  expected.revision = 1;
  EXPECT_EQ(account("ani"), expected);
  EXPECT_EQ(account("Ani").agent, 2u);
  reopen();
  EXPECT_EQ(account("ani"), expected);
  const auto by_number = staff_->account(ports::AgentNumber{1});
  ASSERT_TRUE(by_number && *by_number);
  EXPECT_EQ(**by_number, expected);
  EXPECT_FALSE(*staff_->account(ports::AgentNumber{3}));
  const auto all = staff_->accounts();
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ(all->front().name, "Ani");
}

TEST_P(StaffContract, ANameIsGivenOnce) {
  commit({AccountAdded{an_account("ani")}});
  EXPECT_EQ(refused({AccountAdded{an_account("budi")}, AccountAdded{an_account("ani")}}), "taken");
  EXPECT_FALSE(*staff_->account("budi"));
}

TEST_P(StaffContract, WhoWritesUponAnOldReadingIsTold) {
  commit({AccountAdded{an_account("ani")}});
  const Account read = account("ani");
  Account first = read;
  first.units = 100;
  Account second = read;
  second.disabled = true;
  commit({AccountSet{first}});
  EXPECT_EQ(refused({AccountSet{second}}), "changed");
  EXPECT_FALSE(account("ani").disabled);
  EXPECT_EQ(account("ani").units, 100);
  EXPECT_EQ(account("ani").revision, 2u);
  second = account("ani");
  second.name = "anything";
  second.made = {7};
  second.code_step = ~std::uint64_t{0};
  commit({AccountSet{second}});
  EXPECT_EQ(account("ani").made.milliseconds, 1'000);
  EXPECT_EQ(account("ani").code_step, ~std::uint64_t{0});
  second.agent = 9;
  EXPECT_EQ(refused({AccountSet{second}}), "gone");
}

TEST_P(StaffContract, ThereIsAlwaysAnAdministratorOnceThereWasOne) {
  EXPECT_FALSE(*staff_->has_administrator());
  commit({AccountAdded{an_account("root", Role::administrator), true}});
  EXPECT_TRUE(*staff_->has_administrator());
  EXPECT_EQ(refused({AccountAdded{an_account("second", Role::administrator), true}}),
            "there are some");
  Account disabled = account("root");
  disabled.disabled = true;
  EXPECT_EQ(refused({AccountSet{disabled}}), "last");
  Account lower = account("root");
  lower.role = Role::auditor;
  EXPECT_EQ(refused({AccountSet{lower}}), "last");
  commit({AccountAdded{an_account("second", Role::administrator)}});
  commit({AccountSet{disabled}});
  EXPECT_TRUE(*staff_->has_administrator());
  Account second = account("second");
  second.disabled = true;
  EXPECT_EQ(refused({AccountSet{second}}), "last");
}

TEST_P(StaffContract, SignInsBeginAndEnd) {
  const std::string hash = std::string("\0hash", 5);
  commit({SignedIn{a_sign_in(hash, 1)}, SignedIn{a_sign_in("b", 1)}, SignedIn{a_sign_in("c", 2)}});
  commit({ports::SignInSeen{hash, {2'000}}, ports::SignInSeen{hash, {1'500}}});
  ports::SignInRow expected = a_sign_in(hash, 1);
  expected.seen = {2'000};
  reopen();
  EXPECT_EQ(*staff_->sign_in(hash), expected);
  commit({ports::SignedOutAll{1, "b"}});
  EXPECT_FALSE(*staff_->sign_in(hash));
  EXPECT_TRUE(*staff_->sign_in("b"));
  EXPECT_TRUE(*staff_->sign_in("c"));
  commit({ports::SignedOut{"c"}, ports::SignedOut{"nobody"}});
  EXPECT_FALSE(*staff_->sign_in("c"));
  EXPECT_EQ(refused({ports::SignInSeen{"c", {2'000}}}), "gone");
}

TEST_P(StaffContract, SignInsAreBounded) {
  for (int i = 0; i < 20; ++i) {
    commit({SignedIn{a_sign_in("hash " + std::to_string(i), 1, 1'000 + i)}});
  }
  commit({SignedIn{a_sign_in("other", 2, 1'000)}});
  EXPECT_FALSE(*staff_->sign_in("hash 3"));
  EXPECT_TRUE(*staff_->sign_in("hash 4"));
  EXPECT_TRUE(*staff_->sign_in("other"));
  // One of a clock that went back is kept all the same: somebody has just signed in.
  commit({SignedIn{a_sign_in("early", 1, 1)}});
  EXPECT_TRUE(*staff_->sign_in("early"));
  EXPECT_FALSE(*staff_->sign_in("hash 4"));
  EXPECT_TRUE(*staff_->sign_in("hash 5"));
  // What is too old goes when somebody signs in.
  commit({SignedIn{a_sign_in("late", 2, 101'000)}});
  EXPECT_FALSE(*staff_->sign_in("other"));
}

TEST_P(StaffContract, ALinkIsGoodOnceAndForAWhile) {
  commit({ports::LinkMade{{"first", 0, {2'000}}, {1'000}},
          ports::LinkMade{{"a", 1, {2'000}}, {1'000}}});
  EXPECT_TRUE(*staff_->link("a"));
  EXPECT_EQ((*staff_->link("first"))->agent, 0u);
  EXPECT_EQ(refused({ports::LinkUsed{"a", {2'000}}}), "gone");
  EXPECT_EQ(refused({ports::LinkUsed{"b", {1'000}}}), "gone");
  commit({ports::LinkUsed{"a", {1'999}}});
  EXPECT_EQ(refused({ports::LinkUsed{"a", {1'999}}}), "gone");
  commit(
      {ports::LinkMade{{"b", 1, {3'000}}, {1'000}}, ports::LinkMade{{"c", 1, {3'000}}, {1'000}}});
  EXPECT_FALSE(*staff_->link("b"));
  EXPECT_TRUE(*staff_->link("c"));
  commit({ports::LinkMade{{"d", 2, {9'000}}, {2'500}}});
  EXPECT_FALSE(*staff_->link("first"));
  EXPECT_TRUE(*staff_->link("c"));
  commit({ports::LinksEnded{1}});
  EXPECT_FALSE(*staff_->link("c"));
  EXPECT_TRUE(*staff_->link("d"));
}

TEST_P(StaffContract, RepliesAreKeptByTheirShortcut) {
  commit({ports::ReplySet{{"salam", "Selamat pagi"}}, ports::ReplySet{{"jam", "8-16"}}});
  commit({ports::ReplySet{{"salam", std::string("\0x", 2)}}});
  const auto replies = staff_->replies();
  ASSERT_TRUE(replies);
  EXPECT_EQ(*replies,
            (std::vector<ports::ReplyRow>{{"jam", "8-16"}, {"salam", std::string("\0x", 2)}}));
  commit({ports::ReplyRemoved{"jam"}});
  EXPECT_EQ(refused({ports::ReplyRemoved{"jam"}}), "gone");
  EXPECT_EQ(staff_->replies()->size(), 1u);
}

TEST_P(StaffContract, TheAuditIsNumberedAndBound) {
  EXPECT_EQ(staff_->audit_last()->count, 0u);
  commit({a_note("ani", "open", 7), a_note("budi", "close", ~ports::CitizenKey{0})});
  reopen();
  commit({a_note("ani", "say", 7)});
  const auto rows = staff_->audit_from(1, 10);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 3u);
  std::string before;
  for (std::size_t i = 0; i < 3; ++i) {
    ports::AuditRow expected = (*rows)[i];
    seal(before, expected);
    EXPECT_EQ((*rows)[i].count, i + 1);
    EXPECT_EQ((*rows)[i], expected);
    before = expected.hash;
  }
  EXPECT_EQ((*rows)[1].citizen, ~ports::CitizenKey{0});
  EXPECT_EQ((*rows)[1].at.milliseconds, 5'000);
  EXPECT_EQ(*staff_->audit_last(), rows->back());
  EXPECT_EQ(staff_->audit_from(2, 1)->front().did, "close");
}

TEST_P(StaffContract, TheAuditIsPaged) {
  commit(
      {a_note("ani", "1", 7), a_note("budi", "2", 7), a_note("ani", "3"), a_note("ani", "4", 8)});
  using Words = std::vector<std::string>;
  EXPECT_EQ(did({}), (Words{"4", "3", "2", "1"}));
  EXPECT_EQ(did({0, "", 0, 2}), (Words{"4", "3"}));
  EXPECT_EQ(did({3, "", 0, 2}), (Words{"2", "1"}));
  EXPECT_EQ(did({0, "ani", 0, 9}), (Words{"4", "3", "1"}));
  EXPECT_EQ(did({0, "", 7, 9}), (Words{"2", "1"}));
  EXPECT_EQ(did({4, "ani", 7, 9}), (Words{"1"}));
  EXPECT_EQ(did({1, "", 0, 9}), Words());
}

TEST_P(StaffContract, AGroupIsAllOrNothingWhateverFails) {
  bool clean = false;
  for (std::uint64_t n = 1; !clean; ++n) {
    const std::string name = "agent" + std::to_string(n);
    const auto rows_before = staff_->audit_last();
    ASSERT_TRUE(rows_before);
    const std::vector<StaffChange> group = {AccountAdded{an_account(name)},
                                            SignedIn{a_sign_in(name, 1, 1'000)},
                                            a_note(name, "add_user")};
    const std::uint64_t before = bench_->operations();
    bench_->fail_at(n);
    const auto done = staff_->commit(group);
    bench_->fail_at(0);
    clean = bench_->operations() - before < n;
    if (!done && done.error() == StaffFault::unsynced) reopen();
    const auto account = staff_->account(name);
    const auto sign_in = staff_->sign_in(name);
    const auto last = staff_->audit_last();
    ASSERT_TRUE(account && sign_in && last) << n;
    EXPECT_EQ(account->has_value(), sign_in->has_value()) << n;
    EXPECT_EQ(account->has_value(), last->count == rows_before->count + 1) << n;
    if (done) {
      EXPECT_TRUE(account->has_value());
    }
  }
}

TEST_P(StaffContract, OfManyWhoTakeALinkOneHasIt) {
  for (int round = 0; round < 20; ++round) {
    const std::string hash = "link " + std::to_string(round);
    commit({ports::LinkMade{{hash, 1, {2'000}}, {1'000}}});
    std::atomic<int> took = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&, i] {
        const std::vector<StaffChange> group = {ports::LinkUsed{hash, {1'500}},
                                                a_note("thread " + std::to_string(i), "use_link")};
        if (staff_->commit(group)) ++took;
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(took, 1);
    EXPECT_EQ(staff_->audit_last()->count, static_cast<std::uint64_t>(round) + 1);
  }
}

INSTANTIATE_TEST_SUITE_P(Books, StaffContract,
                         testing::Values("memory", "sqlite_broken", "sqlite_full"),
                         [](const auto& named) { return named.param; });

// --- the file

class StaffFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "staff_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    path_ = (root_ / "alur.db.staff").string();
  }
  void TearDown() override { std::filesystem::remove_all(root_); }
  std::unique_ptr<adapters::SqliteStaff> open(bool read_only = false) {
    error_.clear();
    return adapters::SqliteStaff::open({path_, "", read_only}, seal, error_);
  }

  std::filesystem::path root_;
  std::string path_;
  std::string error_;
};

TEST_F(StaffFile, NobodyElseCanReadIt) {
  {
    const auto staff = open();
    ASSERT_TRUE(staff) << error_;
    ASSERT_TRUE(staff->commit(std::vector<StaffChange>{AccountAdded{an_account("ani")}}));
    for (const auto& entry : std::filesystem::directory_iterator(root_)) {
      struct stat about{};
      ASSERT_EQ(stat(entry.path().c_str(), &about), 0);
      EXPECT_EQ(about.st_mode & 077, 0u) << entry.path();
    }
  }
  chmod(path_.c_str(), 0640);
  EXPECT_FALSE(open());
  EXPECT_EQ(error_, path_ + ": others can read it; `chmod 600` it");
}

TEST_F(StaffFile, AnotherProgramSeesWhatWasCommitted) {
  const auto one = open();
  const auto other = open();
  ASSERT_TRUE(one && other) << error_;
  ASSERT_TRUE(one->commit(std::vector<StaffChange>{AccountAdded{an_account("ani")}}));
  ASSERT_TRUE(other->commit(
      std::vector<StaffChange>{AccountAdded{an_account("budi")}, a_note("", "add_user")}));
  ASSERT_TRUE(one->commit(std::vector<StaffChange>{a_note("", "add_user")}));
  EXPECT_EQ(one->accounts()->size(), 2u);
  EXPECT_EQ(other->audit_last()->count, 2u);
  const auto reader = open(true);
  ASSERT_TRUE(reader) << error_;
  EXPECT_EQ(reader->audit_last()->count, 2u);
  EXPECT_FALSE(reader->commit(std::vector<StaffChange>{a_note("", "add_user")}));
}

TEST_F(StaffFile, WhatIsNoBookIsRefused) {
  std::ofstream(path_) << "name,password\nani,secret\n" << std::string(4'096, 'x');
  chmod(path_.c_str(), 0600);
  EXPECT_FALSE(open());
  EXPECT_EQ(error_, path_ + ": is damaged");
  std::filesystem::remove(path_);
  EXPECT_FALSE(open(true));
  EXPECT_EQ(error_, path_ + ": cannot be opened");
  EXPECT_FALSE(std::filesystem::exists(path_));
  ASSERT_TRUE(open());
  sqlite3* file = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &file), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(file, "PRAGMA user_version=99", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(file);
  EXPECT_FALSE(open());
  EXPECT_EQ(error_, path_ + ": is no book of accounts of this alur");
}

TEST_F(StaffFile, TheAuditCannotBeChangedByMistake) {
  const auto staff = open();
  ASSERT_TRUE(staff->commit(std::vector<StaffChange>{a_note("ani", "open")}));
  sqlite3* file = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &file), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(file, "UPDATE audit SET by='budi'", nullptr, nullptr, nullptr),
            SQLITE_CONSTRAINT);
  EXPECT_EQ(sqlite3_exec(file, "DELETE FROM audit", nullptr, nullptr, nullptr), SQLITE_CONSTRAINT);
  sqlite3_close(file);
}

TEST_F(StaffFile, ACopyIsWhole) {
  const std::string copy = (root_ / "copy").string();
  EXPECT_FALSE(adapters::back_up_staff(path_, copy));
  const auto staff = open();
  ASSERT_TRUE(staff->commit(std::vector<StaffChange>{AccountAdded{an_account("ani")}}));
  ASSERT_TRUE(adapters::back_up_staff(path_, copy));
  EXPECT_EQ(adapters::back_up_staff(path_, copy).error(), ports::Fault::refused);
  struct stat about{};
  ASSERT_EQ(stat(copy.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 077, 0u);
  path_ = copy;
  const auto copied = open();
  ASSERT_TRUE(copied) << error_;
  EXPECT_TRUE(*copied->account("ani"));
}

}  // namespace
}  // namespace alur::tests

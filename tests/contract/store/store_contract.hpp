// A store that can be opened again and made to fail, and the fixture of what every store promises.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

#include "adapters/memory/memory_store.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "tests/contract/store/breaking_vfs.hpp"

namespace alur::tests {

using ports::Change;
using ports::Delivery;
using ports::Fault;
using ports::OutboxRow;
using ports::SendChange;
using ports::SessionRow;
using ports::Store;
using ports::TurnChange;

class Bench {
 public:
  virtual ~Bench() = default;
  virtual ports::Result<std::unique_ptr<Store>> open() = 0;
  virtual void fail_at(std::uint64_t n) = 0;
  virtual std::uint64_t operations() const = 0;
};

class MemoryBench : public Bench {
 public:
  ports::Result<std::unique_ptr<Store>> open() override {
    return std::unique_ptr<Store>(std::make_unique<adapters::MemoryStore>(disk_));
  }
  void fail_at(std::uint64_t n) override { disk_->fail_at = n; }
  std::uint64_t operations() const override { return disk_->operations; }

 private:
  std::shared_ptr<adapters::MemoryDisk> disk_ = std::make_shared<adapters::MemoryDisk>();
};

class SqliteBench : public Bench {
 public:
  explicit SqliteBench(int code) : code_(code) {}
  ports::Result<std::unique_ptr<Store>> open() override {
    auto store = adapters::SqliteStore::open({"store", vfs_.name(), 256, 64, 8});
    if (!store) return store.error();
    return std::unique_ptr<Store>(std::move(*store));
  }
  void fail_at(std::uint64_t n) override { vfs_.fail_at(n, code_); }
  std::uint64_t operations() const override { return vfs_.operations(); }

 private:
  BreakingVfs vfs_;
  int code_;
};

inline std::unique_ptr<Bench> make_bench(const std::string& name) {
  if (name == "memory") return std::make_unique<MemoryBench>();
  return std::make_unique<SqliteBench>(name == "sqlite_full" ? SQLITE_FULL : SQLITE_IOERR);
}

inline TurnChange a_turn(const Store& store, const std::string& address, std::uint32_t turn) {
  TurnChange change;
  SessionRow& row = change.session;
  row.citizen = store.key_of(address);
  row.address = address;
  row.version = 1;
  row.turns = turn;
  row.due = 1'000 + turn;
  row.timers = "timers";
  row.seen = std::string("\0seen", 5);
  row.body = "body of turn " + std::to_string(turn);
  change.journal.push_back({0, 0, row.citizen, turn, 1, {turn * 1'000}, "heard", "entered"});
  OutboxRow message;
  static std::uint64_t id = 0;
  message.id = ++id;
  message.citizen = row.citizen;
  message.at = {turn * 1'000};
  message.silence_serial = 7;
  message.address = address;
  message.body = "hello";
  message.epoch = turn;
  message.agent = 3;
  change.outbox.push_back(message);
  return change;
}

class StoreContract : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    bench_ = make_bench(GetParam());
    reopen();
  }
  void reopen() {
    reader_.reset();
    store_.reset();
    auto opened = bench_->open();
    ASSERT_TRUE(opened) << to_text(opened.error());
    store_ = std::move(*opened);
    auto reader = store_->reader();
    ASSERT_TRUE(reader) << to_text(reader.error());
    reader_ = std::move(*reader);
  }
  void commit(std::vector<Change> group) {
    const auto done = store_->commit(group);
    ASSERT_TRUE(done) << to_text(done.error());
  }
  SessionRow session(const std::string& address) {
    const auto row = reader_->session(store_->key_of(address));
    EXPECT_TRUE(row && *row);
    return row && *row ? **row : SessionRow();
  }
  OutboxRow message(std::uint64_t id) {
    const auto row = reader_->message(id);
    EXPECT_TRUE(row && *row) << id;
    return row && *row ? **row : OutboxRow();
  }
  std::vector<ports::JournalRow> journal() {
    std::vector<ports::JournalRow> rows;
    EXPECT_TRUE(reader_->each_journal(0, 1'000, [&](const auto& row) { rows.push_back(row); }));
    return rows;
  }
  std::vector<std::uint64_t> unsent() {
    std::vector<std::uint64_t> ids;
    EXPECT_TRUE(reader_->each_unsent([&](const auto& row) { ids.push_back(row.id); }));
    return ids;
  }

  std::unique_ptr<Bench> bench_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<ports::StoreReader> reader_;
};

}  // namespace alur::tests

// Tickets kept in a store, in memory and in SQLite: numbers, the same thing twice, the same call
// twice, a store that fails, and a new start.
#include "adapters/tickets/ticket_service.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <future>

#include "adapters/memory/memory_store.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/tickets/ticket_row.hpp"
#include "tests/adapters/declaring_app.hpp"

namespace alur::adapters {
namespace {

namespace fs = std::filesystem;
using ports::Answer;
using ports::Fault;
using ports::Result;
using value::Value;

std::shared_ptr<const program::Program> an_app() {
  static const auto program = tests::app_declaring(R"(types:
  receipt:
    number: text(4..30)
    due: date
  progress:
    number: text(4..30)
    stage: one of received, closed
    date: date
    due: date?
services:
  ticket.open:
    params:
      name: text(1..80)
      phone: phone
      photo: image?
    outcomes:
      opened: receipt
      already: receipt
    changes: true
  ticket.status:
    params:
      number: text(4..30)
      phone: phone
    outcomes:
      found: progress
      not_found:
hours:
  office: mon-fri 08:00-17:00
)");
  return program;
}

constexpr std::int64_t monday_noon = 1'767'589'200'000;  // 2026-01-05T05:00:00Z, 12:00 in Jakarta

// Which files are there, and which were held.
class SomeFiles : public ports::Files {
 public:
  ports::FileResult<std::unique_ptr<ports::FileIntake>> begin(std::string_view, std::string_view,
                                                              std::uint64_t,
                                                              value::Instant) override {
    return ports::FileFault::unavailable;
  }
  std::optional<ports::KeptFile> find(std::string_view, std::string_view, value::Instant) override {
    return std::nullopt;
  }
  bool hold(std::string_view reference, value::Instant now) override {
    if (reference != there) return false;
    held_at = now.milliseconds;
    return true;
  }
  std::optional<std::string> read(std::string_view) override { return std::nullopt; }
  std::uint64_t size_bytes_max() const override { return 0; }

  std::string there;
  std::atomic<std::int64_t> held_at{0};
};

class Tickets : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    path_ = fs::temp_directory_path() / ("alur_tickets_" + std::to_string(getpid()));
    remove();
    start();
  }
  void TearDown() override {
    stop();
    remove();
  }
  void remove() {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(path_.string() + end);
  }

  void start() {
    if (GetParam() == "memory") {
      store_ = std::make_unique<MemoryStore>(disk_);
    } else {
      SqliteSettings settings;
      settings.path = path_.string();
      auto opened = SqliteStore::open(settings);
      ASSERT_TRUE(opened);
      store_ = std::move(*opened);
    }
    auto service = TicketService::open(
        *store_,
        [this](ports::Change change) -> Result<void> {
          if (down_) return Fault::unavailable;
          return store_->commit(std::span(&change, 1));
        },
        &files_);
    ASSERT_TRUE(service);
    service_ = std::move(*service);
  }
  void stop() {
    service_.reset();
    store_.reset();
  }

  static std::string said(const program::Service& service, const Result<Answer>& answer) {
    if (!answer) return std::string(to_text(answer.error()));
    for (const program::ServiceOutcome& outcome : service.outcomes) {
      if (outcome.key != answer->outcome) continue;
      std::string text = outcome.name;
      if (!answer->payload.is_set()) return text;
      for (const value::Field& held : answer->payload.record().fields) {
        text += " " + held.value.to_text();
      }
      return text;
    }
    return "?";
  }

  std::string open(const std::string& name, const std::string& phone, const std::string& key,
                   const Value& photo = {}) {
    const program::Service& service = an_app()->app().services.at(0);
    const std::vector<machine::NamedValue> arguments = {
        {value::name_key("name"), "name", Value(name)},
        {value::name_key("phone"), "phone", Value(phone)},
        {value::name_key("photo"), "photo", photo}};
    const ports::Call call{*an_app(), service, arguments, {monday_noon}, {monday_noon + 1}, key};
    EXPECT_FALSE(service_->answer_now(call));
    std::promise<Result<Answer>> promise;
    service_->ask(call, [&](Result<Answer> answer) { promise.set_value(std::move(answer)); });
    return said(service, promise.get_future().get());
  }
  std::string status(const std::string& number, const std::string& phone) {
    const program::Service& service = an_app()->app().services.at(1);
    const std::vector<machine::NamedValue> arguments = {
        {value::name_key("number"), "number", Value(number)},
        {value::name_key("phone"), "phone", Value(phone)}};
    const ports::Call call{*an_app(), service, arguments, {monday_noon}, {monday_noon + 1}, "k"};
    const auto answer = service_->answer_now(call);
    return answer ? said(service, *answer) : "nothing";
  }

  fs::path path_;
  std::shared_ptr<MemoryDisk> disk_ = std::make_shared<MemoryDisk>();
  std::unique_ptr<ports::Store> store_;
  std::unique_ptr<TicketService> service_;
  std::atomic<bool> down_{false};
  SomeFiles files_;
};

TEST_P(Tickets, SurviveANewStart) {
  EXPECT_EQ(open("A", "+628121", "k1"), "opened \"T-2026-0001\" 2026-01-19");
  EXPECT_EQ(open("B", "+628121", "k2"), "opened \"T-2026-0002\" 2026-01-19");
  stop();
  start();
  EXPECT_EQ(open("C", "+628121", "k3"), "opened \"T-2026-0003\" 2026-01-19");
  EXPECT_EQ(status("t-2026-0001", "+628121"),
            "found \"T-2026-0001\" received 2026-01-05 2026-01-19");
  EXPECT_EQ(status("T-2026-0001", "+628122"), "not_found");
  EXPECT_EQ(status("T-2026-0009", "+628121"), "not_found");
}

TEST_P(Tickets, TellTheStageThatPeopleHaveSet) {
  open("A", "+628121", "k1");
  const ports::TicketNote note{1, {monday_noon}, 20'460, "closed", "ayu", "settled"};
  const ports::Change change = ports::TicketStageChange{note};
  ASSERT_TRUE(store_->commit(std::span(&change, 1)));
  EXPECT_EQ(status("T-2026-0001", "+628121"), "found \"T-2026-0001\" closed 2026-01-07 2026-01-19");
  EXPECT_EQ(status("T-2026-0001", "+628122"), "not_found");
  EXPECT_EQ(open("A", "+628121", "k2"), "already \"T-2026-0001\" 2026-01-19");
  EXPECT_EQ(stages_of(an_app()->app()), (std::vector<std::string>{"received", "closed"}));
}

TEST_P(Tickets, TheSameCallGetsTheSameTicketAndTheSameThingItsFirst) {
  const std::string first = open("A", "+628121", "k1");
  EXPECT_EQ(open("A", "+628121", "k1"), first);
  EXPECT_EQ(open("A", "+628121", "k2"), "already \"T-2026-0001\" 2026-01-19");
  stop();
  start();
  EXPECT_EQ(open("A", "+628121", "k1"), first);
  EXPECT_EQ(open("A", "+628122", "k4"), "opened \"T-2026-0002\" 2026-01-19");
}

// Not even where the folder of files was lost does a ticket name one that is not there.
TEST_P(Tickets, NameOnlyFilesThatAreThere) {
  const auto reference_of = [](char letter) {
    return ports::file_reference(std::string(ports::file_id_length, letter),
                                 std::string(ports::file_digest_length, '0'));
  };
  files_.there = reference_of('a');
  const auto photo = [&](char letter) {
    return Value(ports::media_of({reference_of(letter), value::MediaKind::image, "image/png", 7},
                                 "foto.png"));
  };
  EXPECT_EQ(open("A", "+628121", "k1", photo('a')), "opened \"T-2026-0001\" 2026-01-19");
  EXPECT_EQ(files_.held_at, monday_noon);
  EXPECT_EQ(open("B", "+628121", "k2", photo('b')), "opened \"T-2026-0002\" 2026-01-19");
  EXPECT_EQ(open("B", "+628121", "k3", photo('b')), "already \"T-2026-0002\" 2026-01-19");
  const auto reader = store_->reader();
  std::vector<std::string> named;
  ASSERT_TRUE((*reader)->each_ticket(1, 10, [&](const ports::TicketRow& row) {
    const Ticket ticket = to_ticket(row);
    const value::Media& media = ticket.fields.at(2).value.media();
    named.push_back(media.source + " " + media.file_name);
  }));
  EXPECT_EQ(named, (std::vector<std::string>{reference_of('a') + " foto.png", " foto.png"}));
}

TEST_P(Tickets, WhatIsNotDurableIsNotTold) {
  down_ = true;
  EXPECT_EQ(open("A", "+628121", "k1"), "unavailable");
  EXPECT_EQ(status("T-2026-0001", "+628121"), "not_found");
  down_ = false;
  EXPECT_EQ(open("A", "+628121", "k1"), "opened \"T-2026-0001\" 2026-01-19");
}

// What cannot be read is unavailable, wherever it fails.
// Its disk can be told to fail.
class TicketsInMemory : public Tickets {};

TEST_P(TicketsInMemory, AStoreThatCannotBeReadIsUnavailable) {
  open("A", "+628121", "k1");
  disk_->fail_at = 1;
  EXPECT_EQ(status("T-2026-0001", "+628121"), "unavailable");
  disk_->fail_at = 2;
  EXPECT_EQ(open("B", "+628121", "k2"), "unavailable");
  EXPECT_EQ(open("B", "+628121", "k2"), "opened \"T-2026-0002\" 2026-01-19");
}

INSTANTIATE_TEST_SUITE_P(Stores, TicketsInMemory, testing::Values("memory"));
INSTANTIATE_TEST_SUITE_P(Stores, Tickets, testing::Values("memory", "sqlite"),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace alur::adapters

// The service is killed at random moments under load. From outside: every acknowledged message has
// exactly one turn, the journal has no gap and leads to every session, and every message to a
// citizen was fetched, in order. ALUR_KILLS=n kills n times; ALUR_SEED chooses when.
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "adapters/sqlite/sqlite_store.hpp"
#include "dsl/compile/compile.hpp"
#include "engine/machine/present.hpp"
#include "engine/machine/turn.hpp"
#include "engine/runtime/journal_bytes.hpp"
#include "tests/crash/http_line.hpp"
#include "tests/crash/served.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr int senders = 3;
constexpr int citizens_each = 40;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

void pause(int ms) {
  poll(nullptr, 0, ms);
}

// What the outside knows.
struct Ledger {
  std::mutex mutex;
  std::set<std::string> acknowledged;
  std::map<std::string, std::vector<std::uint64_t>> arrived;  // by citizen, each once, as they came
  std::set<std::uint64_t> seen;
  std::uint64_t again = 0;
  std::vector<std::string> faults;
  std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> refused{0};

  void fault(std::string why) {
    const std::lock_guard lock(mutex);
    faults.push_back(std::move(why));
  }
};

// Sends each message until it is acknowledged, and some of them once more.
void send_messages(std::uint16_t port, int number, std::uint64_t seed, Ledger& ledger) {
  static const char* const words[] = {"halo", "menu", "1",       "2",       "bank central asia",
                                      "3",    "ya",   "english", "budi",    "apa saja",
                                      "4",    "BCA",  "tidak",   "petugas", "0"};
  std::mt19937_64 random(seed * 31 + static_cast<std::uint64_t>(number));
  HttpLine line(port);
  std::vector<std::string> sent;
  for (int count = 0; !ledger.stop; ++count) {
    std::string body;
    std::string id;
    if (!sent.empty() && random() % 5 == 0) {
      body = sent[random() % sent.size()];
    } else {
      const auto citizen = random() % citizens_each;
      id = "m" + std::to_string(number) + "-" + std::to_string(count);
      body = "{\"id\":\"" + id + "\",\"from\":\"c" + std::to_string(number) + "-" +
             std::to_string(citizen) + "\",\"text\":\"" + words[random() % std::size(words)] +
             "\"}";
    }
    for (bool acknowledged = false; !acknowledged && !ledger.stop;) {
      const int status = line.ask("POST", "/messages", body);
      if (status == 200) {
        const bool twice = line.body().find("duplicate") != std::string::npos;
        if (id.empty() && !twice) ledger.fault("a message was accepted twice: " + body);
        acknowledged = true;
      } else {
        if (status != 0) ++ledger.refused;
        if (status == 400) ledger.fault("a message was refused: " + body);
        pause(5);
      }
    }
    if (id.empty() || ledger.stop) continue;
    sent.push_back(body);
    const std::lock_guard lock(ledger.mutex);
    ledger.acknowledged.insert(id);
  }
}

// Fetches, and acknowledges with the next fetch.
void fetch_messages(std::uint16_t port, Ledger& ledger, const std::atomic<bool>& over) {
  HttpLine line(port);
  std::string acks;
  while (!over) {
    const int status = line.ask("GET", "/outbox?wait=1&limit=300&ack=" + acks, "");
    if (status != 200) {
      pause(5);
      continue;
    }
    acks.clear();
    const json::value answer = json::parse(line.body());
    const std::lock_guard lock(ledger.mutex);
    for (const json::value& one : answer.at("messages").as_array()) {
      const std::string id = one.at("id").as_string().c_str();
      acks += (acks.empty() ? "" : ",") + id;
      const std::uint64_t number = std::strtoull(id.c_str(), nullptr, 10);
      if (!ledger.seen.insert(number).second) {
        ++ledger.again;
        continue;
      }
      auto& of_citizen = ledger.arrived[one.at("to").as_string().c_str()];
      if (!of_citizen.empty() && of_citizen.back() > number) {
        ledger.faults.push_back("messages arrived out of order");
      }
      of_citizen.push_back(number);
    }
  }
}

// The store against the ledger.
class Audit {
 public:
  Audit(const std::string& path, Ledger& ledger) : ledger_(ledger) {
    std::string error;
    program_ = dsl::compile(dsl::read_app_folder(ALUR_APP, error)).program;
    adapters::SqliteSettings settings;
    settings.path = path;
    auto opened = adapters::SqliteStore::open(settings);
    if (opened) store_ = std::move(*opened);
  }

  void run() {
    ASSERT_TRUE(program_ && store_);
    auto reader = store_->reader();
    ASSERT_TRUE(reader);
    std::map<ports::CitizenKey, std::vector<ports::JournalRow>> rows;
    std::map<std::string, int> heard;
    std::uint64_t sequence = 0;
    ASSERT_TRUE((*reader)->each_journal(0, 100'000'000, [&](const ports::JournalRow& row) {
      EXPECT_EQ(row.sequence, ++sequence) << "the journal has a gap";
      rows[row.citizen].push_back(row);
      if (runtime::decode_people(row)) return;
      const auto body = runtime::decode_journal(row);
      ASSERT_TRUE(body);
      if (!body->message_id.empty()) ++heard[body->message_id];
    }));
    for (const std::string& id : ledger_.acknowledged) EXPECT_EQ(heard[id], 1) << id;
    for (const auto& [id, turns] : heard) EXPECT_EQ(turns, 1) << id;
    ASSERT_TRUE((*reader)->each_session({}, 1'000'000, [&](const ports::SessionRow& row) {
      check_session(row, rows[row.citizen]);
    }));
    ASSERT_TRUE((*reader)->each_unsent(
        [](const ports::OutboxRow& row) { ADD_FAILURE() << row.id << " is still to be sent"; }));
    turns_ = sequence;
  }
  std::uint64_t turns() const { return turns_; }

 private:
  void check_session(const ports::SessionRow& row, const std::vector<ports::JournalRow>& rows) {
    EXPECT_EQ(row.turns, rows.size()) << row.address;
    machine::Session session = machine::new_session(*program_, 0);
    const program::Channel& channel = *program::find_channel(program_->app().channels[0]);
    std::size_t messages = 0;
    std::uint32_t turn = 0;
    for (const ports::JournalRow& journal : rows) {
      EXPECT_EQ(journal.turn, ++turn) << row.address;
      if (runtime::decode_people(journal)) continue;
      const auto body = runtime::decode_journal(journal);
      machine::Turn done = machine::turn(*program_, std::move(session), body->event);
      session = std::move(done.session);
      const auto words = machine::system_words(*program_, session.language);
      for (const machine::Message& message : done.messages) {
        messages += machine::present(message, channel, words).size();
      }
    }
    std::string bytes;
    machine::encode_session(*program_, session, bytes);
    EXPECT_EQ(bytes, row.body) << row.address << ": not what its journal leads to";
    const std::string who = row.address.substr(row.address.find(':') + 1);
    EXPECT_EQ(ledger_.arrived[who].size(), messages) << who << ": messages that never came";
  }

  Ledger& ledger_;
  std::shared_ptr<const program::Program> program_;
  std::unique_ptr<adapters::SqliteStore> store_;
  std::uint64_t turns_ = 0;
};

TEST(Crash, NothingIsLostOrDoubledWhenTheServiceIsKilled) {
  const std::uint64_t kills = from_environment("ALUR_KILLS", 200);
  const std::uint64_t seed = from_environment("ALUR_SEED", 157);
  std::string folder = (fs::temp_directory_path() / "alur_crash_XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string store = folder + "/alur.db";
  Served served(ALUR_PROGRAM, {"serve", ALUR_APP, "--store", store, "--cores", "2"});
  ASSERT_TRUE(served.start()) << served.said();

  Ledger ledger;
  std::atomic<bool> over{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < senders; ++i) {
    threads.emplace_back([&, i] { send_messages(served.port(), i, seed, ledger); });
  }
  std::thread fetcher([&] { fetch_messages(served.port(), ledger, over); });
  std::mt19937_64 random(seed);
  for (std::uint64_t kill = 0; kill < kills && !testing::Test::HasFailure(); ++kill) {
    pause(static_cast<int>(random() % 120));
    served.kill();
    EXPECT_TRUE(served.start()) << served.said();
  }
  pause(200);
  ledger.stop = true;
  for (std::thread& thread : threads) thread.join();
  // What is to be sent is fetched; then the fetcher finds nothing for a while.
  for (int quiet = 0; quiet < 10;) {
    HttpLine line(served.port());
    line.ask("GET", "/health", "");
    quiet = line.body().find("\"unsent\":0") == std::string::npos ? 0 : quiet + 1;
    pause(50);
  }
  over = true;
  fetcher.join();
  EXPECT_EQ(served.stop(), 0);
  EXPECT_EQ(ledger.faults, std::vector<std::string>{});
  Audit audit(store, ledger);
  audit.run();
  EXPECT_GT(ledger.acknowledged.size(), kills);
  std::printf(
      "%llu kills, %zu messages acknowledged, %llu turns, %zu messages fetched, %llu of "
      "them again\n",
      static_cast<unsigned long long>(kills), ledger.acknowledged.size(),
      static_cast<unsigned long long>(audit.turns()), ledger.seen.size(),
      static_cast<unsigned long long>(ledger.again));
  if (!testing::Test::HasFailure()) fs::remove_all(folder);
}

}  // namespace
}  // namespace alur::tests

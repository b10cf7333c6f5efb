// CoreBench: one core on a store in memory, in virtual time, driven by hand: it commits, sends and
// answers what the core asks for, unless a test wants to do so itself.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/memory/memory_store.hpp"
#include "engine/runtime/core.hpp"
#include "tests/engine/runtime/small_service.hpp"

namespace alur::tests {

class CoreBench {
 public:
  explicit CoreBench(ports::Pace pace = {}, runtime::CoreBounds bounds = {});

  // Another app, with services of its own, as one of several cores that share a disk.
  struct Parts {
    std::shared_ptr<const program::Program> program;
    std::vector<ports::Service*> services;
    std::shared_ptr<adapters::MemoryDisk> disk = std::make_shared<adapters::MemoryDisk>();
    std::uint32_t core = 0;
    std::uint32_t cores = 1;
    std::vector<ports::Sender> senders{};  // empty: one, without a pace
    bool with_desk = false;
  };
  explicit CoreBench(Parts parts);

  // A citizen says something; what became of it, once it is known.
  std::optional<ports::Verdict> say(const std::string& who, const std::string& text,
                                    const std::string& id = {});
  // The last message sent to a citizen, and all of them.
  std::string last(const std::string& who) const;
  const std::vector<std::string>& said_to(const std::string& who) { return said_[who]; }

  // After so long a silence of the citizen the channel takes nothing but templates, from now on.
  void set_window(std::int64_t ms) { channel_.set_window(ms); }
  // Time passes; whatever is due happens at its time.
  void pass(std::int64_t ms);
  // The program ends at once, whatever is under way, and starts again.
  void restart();
  // Does what the core asks for, until it asks for nothing.
  void work();

  void publish(std::uint32_t number, std::shared_ptr<const program::Program> program);
  ports::SessionRow row(const std::string& who);
  std::vector<ports::JournalRow> journal();

  // What the test may change.
  bool commits = true;  // else changes wait in `held`
  std::function<ports::SendResult(const ports::Outgoing&)> send = [](const ports::Outgoing&) {
    return ports::SendResult{};
  };
  bool sends = true;    // else messages wait in `unsent`
  bool answers = true;  // else calls wait in `asked`
  bool answer_faults = false;

  std::vector<runtime::Actions::Commit> held;
  std::vector<ports::Outgoing> unsent;
  std::vector<runtime::PendingCall> asked;
  std::vector<std::pair<std::int64_t, std::string>> sent;  // when and what

  std::shared_ptr<adapters::MemoryDisk> disk = std::make_shared<adapters::MemoryDisk>();
  std::unique_ptr<adapters::MemoryStore> store;
  std::unique_ptr<runtime::Core> core;
  value::Instant now{1'800'000'000'000};
  std::unique_ptr<runtime::DeskKeeper> desk;  // null: there is none
  // Of everybody that commits; so that a test can look at what a desk's rows say.
  bool tells_news = true;  // else what the desk tells the core waits in `news`
  std::vector<runtime::DeskNews> news;

 private:
  class BenchClock : public ports::Clock {
   public:
    explicit BenchClock(const value::Instant& now) : now_(now) {}
    value::Instant now() const override { return now_; }

   private:
    const value::Instant& now_;
  };

  void start_desk();
  bool store_desk(std::vector<ports::Change>& group);
  void start();
  void take(runtime::Actions actions);
  void commit(std::vector<runtime::Actions::Commit> commits);

  PlainChannel channel_;
  runtime::CoreBounds bounds_;
  std::vector<ports::Service*> services_;
  BenchClock clock_{now};
  bool with_desk_ = false;
  std::vector<ports::DeskRow> rows_;  // of the desk, in the group that is being committed
  std::uint32_t number_ = 0;
  std::uint32_t cores_ = 1;
  Names names_;
  Tickets tickets_;
  std::vector<std::unique_ptr<runtime::SharedPace>> paces_;
  std::unique_ptr<ports::StoreReader> reader_;
  std::shared_ptr<const runtime::Versions> versions_;
  std::map<std::string, std::vector<std::string>> said_;
  int ids_ = 0;
};

}  // namespace alur::tests

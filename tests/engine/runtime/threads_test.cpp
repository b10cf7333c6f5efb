// The runtime with its threads, on both stores: many citizens at once, a store that fails,
// publishes under load, and a stop that loses nothing. For the thread sanitizer, too.
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "tests/engine/runtime/runtime_bench.hpp"

namespace alur::tests {
namespace {

using ports::Verdict;

// Accepts everything at once, and counts.
class OpenChannel : public ports::Channel {
 public:
  const program::Channel& capabilities() const override {
    return *program::find_channel("webchat");
  }
  ports::Pace pace() const override { return {}; }
  void send(ports::Outgoing, std::function<void(ports::SendResult)> done) override {
    ++sent;
    done({});
  }
  std::atomic<int> sent{0};
};

// Accepts when the test says so.
class SlowChannel : public OpenChannel {
 public:
  void send(ports::Outgoing message, std::function<void(ports::SendResult)> done) override {
    const std::lock_guard lock(mutex_);
    sent_.push_back(message.shown.text);
    waiting_.push_back(std::move(done));
    came_.notify_all();
  }
  // Every message so far, once there are so many.
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [&] { return sent_.size() >= count; });
    return sent_;
  }
  void accept() {
    std::vector<std::function<void(ports::SendResult)>> waiting;
    {
      const std::lock_guard lock(mutex_);
      waiting.swap(waiting_);
    }
    for (const auto& done : waiting) done({});
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<std::string> sent_;
  std::vector<std::function<void(ports::SendResult)>> waiting_;
};

// Answers tickets from a thread of the caller.
class QuickTickets : public Tickets {
 public:
  void ask(const ports::Call&, std::function<void(ports::Result<ports::Answer>)> done) override {
    done(ticket_opened("T1"));
  }
};

// Compiles "1", "2", ...: versions that say another goodbye.
runtime::Compiled compile_numbered(const std::string& sources, runtime::Purpose) {
  if (sources == "bad") return {nullptr, "a finding\n"};
  std::string flow(small_flow);
  flow.replace(flow.find("Goodbye."), 8, "Goodbye " + sources + ".");
  return {compile_small(flow), ""};
}

class Threads : public RuntimeBench {
 protected:
  void SetUp() override { open(); }
  void open() { open(channel_); }
  void open(ports::Channel& channel) {
    start({nullptr, nullptr, {&names_, &tickets_}, {&channel}, compile_numbered});
  }

  // Each of these citizens goes through a conversation of four messages.
  void converse(int first, int last, std::atomic<int>& wrong) {
    for (int i = first; i < last; ++i) {
      const std::string who = std::to_string(i);
      int step = 0;
      for (const char* text : {"hi", "maju", "Ticket", "Nothing"}) {
        const Verdict verdict = say(who, who + "." + std::to_string(step++), text);
        if (verdict != Verdict::accepted) ++wrong;
      }
      if (say(who, who + ".0", "hi") != Verdict::duplicate) ++wrong;
    }
  }

  OpenChannel channel_;
  Names names_;
  QuickTickets tickets_;
};

TEST_P(Threads, NothingIsTakenBeforeAVersionIsPublished) {
  EXPECT_EQ(say("ani", "1", "hi"), Verdict::unavailable);
  EXPECT_TRUE(runtime_->publish("1").done);
  EXPECT_EQ(say("ani", "1", "hi"), Verdict::accepted);
}

TEST_P(Threads, ManyCitizensWhileVersionsArePublished) {
  ASSERT_TRUE(runtime_->publish("0").done);
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this, i, &wrong] { converse(i * 50, i * 50 + 50, wrong); });
  }
  for (int i = 1; i <= 20; ++i) {
    EXPECT_TRUE(runtime_->publish(std::to_string(i)).done);
    if (i % 5 == 0) runtime_->move_sessions();
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  const runtime::Health health = runtime_->health();
  EXPECT_TRUE(health.ready);
  EXPECT_EQ(health.active, 0u);
  EXPECT_EQ(health.counters.at("messages_in"), 800u);
  EXPECT_EQ(health.counters.at("duplicates"), 200u);
  EXPECT_EQ(health.counters.at("stranded"), 0u);
  EXPECT_EQ(health.version, 21u);
}

TEST_P(Threads, APublishWithErrorsChangesNothing) {
  ASSERT_TRUE(runtime_->publish("1").done);
  const runtime::Published published = runtime_->publish("bad");
  EXPECT_FALSE(published.done);
  EXPECT_EQ(published.findings, "a finding\n");
  EXPECT_EQ(runtime_->health().version, 1u);
}

// A channel whose name no app has: all that came over it was refused, and nobody was told.
class NamelessChannel : public OpenChannel {
 public:
  const program::Channel& capabilities() const override { return row_; }

 private:
  program::Channel row_{.name = "pigeon"};
};

TEST(ChannelsOfARuntime, AreToldOfWhereTheAppDoesNotNameThem) {
  const std::string told =
      "this service has a channel `pigeon`, and the app's `channels` do not name it: what comes "
      "over it is refused\n";
  adapters::SteadyClock clock;
  adapters::MemoryStore store{std::make_shared<adapters::MemoryDisk>()};
  OpenChannel named;
  NamelessChannel nameless;
  Names names;
  QuickTickets tickets;
  for (const bool again : {false, true}) {
    runtime::Runtime runtime(
        {&store, &clock, {&names, &tickets}, {&named, &nameless}, compile_numbered}, {});
    std::string trouble;
    ASSERT_TRUE(runtime.start(trouble));
    EXPECT_EQ(trouble, again ? told : "");
    EXPECT_EQ(runtime.dry_run("1").findings, told);
    const runtime::Published published = runtime.publish("1");
    EXPECT_TRUE(published.done);
    EXPECT_EQ(published.findings, told);
  }
}

TEST_P(Threads, VersionsComeBackAndGoWhenNobodyIsOnThem) {
  ASSERT_TRUE(runtime_->publish("1").done);
  EXPECT_EQ(say("ani", "1", "hi"), Verdict::accepted);
  ASSERT_TRUE(runtime_->publish("2").done);
  EXPECT_TRUE(runtime_->publish("2").unchanged);
  ASSERT_TRUE(runtime_->publish("3").done);
  ASSERT_TRUE(runtime_->publish("4").done);
  auto versions = runtime_->versions();
  ASSERT_EQ(versions.size(), 4u);
  EXPECT_EQ(versions[0].sessions, 1u);
  EXPECT_TRUE(versions[0].loaded);
  EXPECT_FALSE(versions[1].loaded);
  EXPECT_TRUE(runtime_->roll_back(2));
  EXPECT_FALSE(runtime_->roll_back(9));
  EXPECT_EQ(runtime_->health().version, 2u);
  EXPECT_EQ(runtime_->publish("1").version, 1u);
}

TEST_P(Threads, ADryRunCountsByState) {
  ASSERT_TRUE(runtime_->publish("1").done);
  for (const char* who : {"a", "b", "c"}) say(who, "1", "hi");
  say("c", "2", "maju");
  const runtime::DryRun run = runtime_->dry_run("2");
  EXPECT_TRUE(run.compiled);
  ASSERT_EQ(run.by_state.size(), 2u);
  EXPECT_EQ(run.by_state.at("main.start").moves, 2u);
  EXPECT_EQ(run.by_state.at("main.menu").moves, 1u);
  EXPECT_EQ(runtime_->health().version, 1u);
  ASSERT_TRUE(runtime_->publish("2").done);
  EXPECT_EQ(runtime_->move_sessions(), 3u);
  EXPECT_EQ(runtime_->versions()[1].sessions, 3u);
}

TEST_P(Threads, AStopFinishesWhatWasAcceptedAndAStartGoesOn) {
  ASSERT_TRUE(runtime_->publish("1").done);
  EXPECT_EQ(say("ani", "1", "hi"), Verdict::accepted);
  runtime_->stop();
  open();
  EXPECT_EQ(runtime_->health().version, 1u);
  EXPECT_EQ(runtime_->health().active, 1u);
  EXPECT_EQ(say("ani", "1", "hi"), Verdict::duplicate);
  EXPECT_EQ(say("ani", "2", "maju"), Verdict::accepted);
}

TEST_P(Threads, AStopWaitsForWhatTheChannelSaysOfAMessage) {
  SlowChannel channel;
  open(channel);
  ASSERT_TRUE(runtime_->publish("1").done);
  EXPECT_EQ(say("ani", "1", "hi"), Verdict::accepted);
  channel.wait_for(1);
  channel.accept();
  const std::vector<std::string> sent = channel.wait_for(2);
  auto stopped = std::async(std::launch::async, [this] { runtime_->stop(); });
  EXPECT_EQ(stopped.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  channel.accept();
  stopped.wait();
  open(channel);
  EXPECT_EQ(say("budi", "1", "hi"), Verdict::accepted);
  // Hers are not sent again.
  EXPECT_EQ(channel.wait_for(3), (std::vector<std::string>{sent[0], sent[1], sent[0]}));
  channel.accept();
  EXPECT_EQ(channel.wait_for(4).size(), 4u);
  channel.accept();
  runtime_->stop();
  runtime_.reset();
}

// In memory only: SQLite's faults are the contract suite's.
class ThreadsOnTwin : public Threads {};

TEST_P(ThreadsOnTwin, AStoreThatFailsIsToldAndComesBack) {
  ASSERT_TRUE(runtime_->publish("1").done);
  {
    const std::lock_guard lock(disk_->mutex);
    disk_->fail_at = 3;
  }
  EXPECT_EQ(say("ani", "1", "hi"), Verdict::unavailable);
  // The store is probed four times a second.
  for (Verdict verdict = Verdict::unavailable; verdict != Verdict::accepted;) {
    verdict = say("ani", "1", "hi");
    ASSERT_TRUE(verdict == Verdict::accepted || verdict == Verdict::unavailable);
  }
  EXPECT_TRUE(runtime_->health().store_up);
}

INSTANTIATE_TEST_SUITE_P(InMemory, ThreadsOnTwin, testing::Values(false));
INSTANTIATE_TEST_SUITE_P(Stores, Threads, testing::Bool(),
                         [](const auto& named) { return named.param ? "sqlite" : "memory"; });

}  // namespace
}  // namespace alur::tests

// The desk of a runtime with its threads, on both stores: many citizens at once are handed over,
// served and given back, each once; and a stop in between loses nobody.
#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "engine/desk/app_settings.hpp"
#include "tests/engine/runtime/runtime_bench.hpp"

namespace alur::tests {
namespace {

using desk::Effect;
using ports::CitizenKey;
using ports::Verdict;

constexpr desk::AgentId agents = 4;
constexpr desk::NameKey general = value::name_key("general");
constexpr desk::NameKey answered = value::name_key("answered");

class OpenChannel : public ports::Channel {
 public:
  const program::Channel& capabilities() const override {
    return *program::find_channel("webchat");
  }
  ports::Pace pace() const override { return {}; }
  void send(ports::Outgoing message, std::function<void(ports::SendResult)> done) override {
    {
      const std::lock_guard lock(mutex_);
      ++sent_[message.shown.text];
    }
    sent_one_.notify_all();
    done({});
  }
  // False: not so many within a minute.
  bool wait_for(const std::string& text, int count) {
    std::unique_lock lock(mutex_);
    return sent_one_.wait_for(lock, std::chrono::minutes(1), [&] { return sent_[text] >= count; });
  }
  int sent(const std::string& text) {
    const std::lock_guard lock(mutex_);
    return sent_[text];
  }

 private:
  std::mutex mutex_;
  std::condition_variable sent_one_;
  std::map<std::string, int> sent_;
};

// Four agents in one thread: they accept what they are offered, say one thing, and close.
class Staff : public runtime::DeskWatcher {
 public:
  explicit Staff(runtime::Runtime& runtime) : runtime_(runtime), thread_([this] { run(); }) {
    runtime_.desk()->set_watcher(this);
    for (desk::AgentId agent = 1; agent <= agents; ++agent) {
      runtime_.desk()->set_agent({agent, {general}, 0, false}, "Siti");
      runtime_.desk()->apply(desk::PresenceSet{agent, desk::Presence::online, 0});
    }
  }
  ~Staff() override {
    runtime_.desk()->set_watcher(nullptr);
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    happened_.notify_all();
    thread_.join();
  }

  void told(const desk::Desk&, const desk::What&, std::span<const desk::Effect> effects) override {
    const std::lock_guard lock(mutex_);
    effects_.insert(effects_.end(), effects.begin(), effects.end());
    happened_.notify_all();
  }
  void said(CitizenKey, const std::vector<runtime::Line>& lines, std::int64_t) override {
    const std::lock_guard lock(mutex_);
    for (const runtime::Line& line : lines) ++lines_[line.from];
  }
  void delivered(CitizenKey, std::uint64_t, ports::Delivery state, const std::string&) override {
    const std::lock_guard lock(mutex_);
    if (state == ports::Delivery::accepted) ++delivered_;
    happened_.notify_all();
  }

  // False: not within a minute.
  bool wait_for(int closed, int delivered) {
    std::unique_lock lock(mutex_);
    return happened_.wait_for(lock, std::chrono::minutes(1),
                              [&] { return closed_ >= closed && delivered_ >= delivered; });
  }
  int lines(runtime::Line::From from) {
    const std::lock_guard lock(mutex_);
    return lines_[from];
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      happened_.wait(lock, [this] { return stopping_ || !effects_.empty(); });
      if (stopping_) return;
      const Effect effect = effects_.front();
      effects_.pop_front();
      lock.unlock();
      act(effect);
      lock.lock();
    }
  }

  void act(const Effect& effect) {
    if (effect.kind == Effect::Kind::offered) {
      runtime_.desk()->apply(desk::Accepted{effect.agent, effect.citizen, effect.epoch});
    }
    if (effect.kind == Effect::Kind::returned) {
      const std::lock_guard lock(mutex_);
      ++closed_;
      happened_.notify_all();
    }
    if (effect.kind != Effect::Kind::accepted) return;
    runtime::AgentSays says{effect.citizen, effect.agent, effect.epoch, "Siti", "only", {}};
    says.shown.text = "How can I help?";
    runtime_.agent_says(says, [this, effect](const runtime::Said& said) {
      EXPECT_TRUE(said.durable);
      EXPECT_GT(said.line.line, 0u);
      runtime_.desk()->apply(desk::Closed{effect.agent, effect.citizen, effect.epoch, answered});
    });
  }

  runtime::Runtime& runtime_;
  std::mutex mutex_;
  std::condition_variable happened_;
  std::deque<Effect> effects_;
  std::map<runtime::Line::From, int> lines_;
  int closed_ = 0;
  int delivered_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

class PeopleThreads : public RuntimeBench {
 protected:
  void SetUp() override { open(); }
  void open() {
    const auto compile = [](const std::string&, runtime::Purpose) {
      return runtime::Compiled{compile_small(), ""};
    };
    start({nullptr, nullptr, {&names_, &tickets_}, {&channel_}, compile, desk::settings_of});
    ASSERT_TRUE(runtime_->publish("1").done);
  }

  void hand_over(int first, int last) {
    for (int i = first; i < last; ++i) {
      const std::string who = std::to_string(i);
      int step = 0;
      for (const char* text : {"hi", "maju", "Person"}) {
        EXPECT_EQ(say(who, who + "." + std::to_string(step++), text), Verdict::accepted);
      }
    }
  }
  void hand_all_over(int citizens) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back(
          [this, i, citizens] { hand_over(i * citizens / 4, (i + 1) * citizens / 4); });
    }
    for (std::thread& thread : threads) thread.join();
  }

  OpenChannel channel_;
  Names names_;
  Tickets tickets_;
};

TEST_P(PeopleThreads, EverybodyIsServedOnce) {
  constexpr int citizens = 80;
  {
    Staff staff(*runtime_);
    hand_all_over(citizens);
    ASSERT_TRUE(staff.wait_for(citizens, citizens));
    EXPECT_EQ(staff.lines(runtime::Line::From::agent), citizens);
  }
  // What a stop leaves unsent is sent after the start; nothing is sent by both.
  runtime_->stop();
  open();
  ASSERT_TRUE(channel_.wait_for("Goodbye.", citizens));
  const runtime::DeskGauges gauges = *runtime_->health().desk;
  EXPECT_EQ(gauges.waiting + gauges.offered + gauges.owned, 0u);
  EXPECT_EQ(runtime_->health().active, 0u);
  runtime_->stop();
  EXPECT_EQ(channel_.sent("How can I help?"), citizens);
  EXPECT_EQ(channel_.sent("Goodbye."), citizens);
}

TEST_P(PeopleThreads, WhoWaitsStillWaitsAfterAStart) {
  hand_all_over(12);
  runtime_->stop();
  open();
  EXPECT_EQ(runtime_->health().desk->waiting, 12u);
  Staff staff(*runtime_);
  ASSERT_TRUE(staff.wait_for(12, 12));
  EXPECT_EQ(channel_.sent("How can I help?"), 12);
}

INSTANTIATE_TEST_SUITE_P(Stores, PeopleThreads, testing::Bool());

}  // namespace
}  // namespace alur::tests

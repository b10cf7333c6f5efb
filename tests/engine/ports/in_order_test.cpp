// One address's messages one after another, whoever brings them and whatever becomes of them.
#include "engine/ports/in_order.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace alur::ports {
namespace {

using testing::ElementsAre;

// Answers when the test says so.
class HeldInbox : public Inbox {
 public:
  void receive(Inbound inbound, std::function<void(Verdict)> done) override {
    heard.push_back(inbound.address + " " + inbound.input.text);
    waiting.push_back(std::move(done));
  }
  void receive(Receipt receipt, std::function<void(bool)> done) override {
    receipts.push_back(receipt.id);
    done(false);
  }
  void answer(std::size_t which, Verdict verdict) {
    std::exchange(waiting[which], nullptr)(verdict);
  }
  std::vector<std::string> heard;
  std::vector<std::function<void(Verdict)>> waiting;
  std::vector<std::uint64_t> receipts;
};

class InOrders : public testing::Test {
 protected:
  void say(const std::string& who, const std::string& text) {
    Inbound inbound;
    inbound.id = text;
    inbound.address = who;
    inbound.input.text = text;
    in_order.receive(std::move(inbound), [this, text](Verdict verdict) {
      told.push_back(text + " " + std::string(to_text(verdict)));
    });
  }
  HeldInbox inbox;
  InOrder in_order{inbox};
  std::vector<std::string> told;
};

TEST_F(InOrders, TheNextIsGivenWhenTheOneBeforeHasItsVerdict) {
  say("a", "1");
  say("a", "2");
  say("b", "3");
  EXPECT_THAT(inbox.heard, ElementsAre("a 1", "b 3"));
  inbox.answer(0, Verdict::accepted);
  EXPECT_THAT(inbox.heard, ElementsAre("a 1", "b 3", "a 2"));
  inbox.answer(2, Verdict::refused);
  inbox.answer(1, Verdict::duplicate);
  EXPECT_THAT(told, ElementsAre("1 accepted", "2 refused", "3 duplicate"));
}

TEST_F(InOrders, WhatWaitsBehindOneThatIsShedIsShed) {
  for (const char* text : {"1", "2", "3"}) say("a", text);
  say("b", "4");
  inbox.answer(0, Verdict::unavailable);
  EXPECT_THAT(inbox.heard, ElementsAre("a 1", "b 4"));
  EXPECT_THAT(told, ElementsAre("1 unavailable", "2 unavailable", "3 unavailable"));
  say("a", "1");
  EXPECT_THAT(inbox.heard, ElementsAre("a 1", "b 4", "a 1"));
}

// Sheds at once what it is told to.
class SheddingInbox : public HeldInbox {
 public:
  void receive(Inbound inbound, std::function<void(Verdict)> done) override {
    if (inbound.input.text == "shed") return done(Verdict::overloaded);
    HeldInbox::receive(std::move(inbound), std::move(done));
  }
  using HeldInbox::receive;
};

// Given one by one, the second of a batch overtook the first, which had been shed by then.
TEST(InOrderOfBatches, WhatStandsBehindOneThatIsShedAtOnceIsShed) {
  SheddingInbox inbox;
  InOrder in_order(inbox);
  std::vector<std::string> told;
  std::vector<InOrder::Item> batch;
  for (const auto& [who, text] : {std::pair{"a", "shed"}, {"b", "other"}, {"a", "after"}}) {
    Inbound inbound;
    inbound.address = who;
    inbound.input.text = text;
    batch.push_back({std::move(inbound), [&told, text = std::string(text)](Verdict verdict) {
                       told.push_back(text + " " + std::string(to_text(verdict)));
                     }});
  }
  in_order.receive(std::move(batch));
  EXPECT_THAT(told, ElementsAre("shed overloaded", "after overloaded"));
  EXPECT_THAT(inbox.heard, ElementsAre("b other"));
}

TEST_F(InOrders, ABatchTellsHowManyFromItsFirstNeedNotComeAgain) {
  std::vector<std::size_t> taken;
  const auto give = [&](std::vector<std::string> addresses) {
    std::vector<InOrder::Item> batch;
    for (std::string& address : addresses) {
      Inbound inbound;
      inbound.address = std::move(address);
      batch.push_back({std::move(inbound), [](Verdict) {}});
    }
    in_order.receive(std::move(batch), [&](std::size_t count) { taken.push_back(count); });
  };
  give({"a", "b", "c"});
  inbox.answer(2, Verdict::accepted);
  inbox.answer(0, Verdict::refused);
  EXPECT_TRUE(taken.empty());
  inbox.answer(1, Verdict::overloaded);
  EXPECT_THAT(taken, ElementsAre(1));
  give({"a", "b"});
  inbox.answer(3, Verdict::accepted);
  inbox.answer(4, Verdict::duplicate);
  EXPECT_THAT(taken, ElementsAre(1, 2));
  give({});
  EXPECT_THAT(taken, ElementsAre(1, 2, 0));
}

TEST_F(InOrders, NoneComesInBehindOneThatHadNoRoom) {
  say("a", "first");
  for (std::size_t i = 0; i < InOrder::waiting_max; ++i) say("a", std::to_string(i));
  EXPECT_TRUE(told.empty());
  say("a", "no room");
  EXPECT_THAT(told, ElementsAre("no room overloaded"));
  inbox.answer(0, Verdict::accepted);
  say("a", "behind it");
  EXPECT_EQ(told.back(), "behind it overloaded");
  for (std::size_t i = 1; i <= InOrder::waiting_max; ++i) inbox.answer(i, Verdict::accepted);
  say("a", "no room");
  EXPECT_EQ(inbox.heard.back(), "a no room");
}

TEST_F(InOrders, ReceiptsGoByAtOnce) {
  say("a", "1");
  bool taken = true;
  in_order.receive(Receipt{7, Delivery::read, {}}, [&](bool one) { taken = one; });
  EXPECT_THAT(inbox.receipts, ElementsAre(7u));
  EXPECT_FALSE(taken);
}

// Answers from a thread of its own, and counts what came while another one of the address was
// under way, and what came behind a later one.
class StrictInbox : public Inbox {
 public:
  StrictInbox() : thread_([this] { answer(); }) {}
  ~StrictInbox() override {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  void receive(Inbound inbound, std::function<void(Verdict)> done) override {
    const int number = std::stoi(inbound.input.text);
    {
      const std::lock_guard lock(mutex_);
      if (!under_way_.insert(inbound.address).second) ++overlaps;
      if (number <= last_[inbound.address]) ++overtaken;
      last_[inbound.address] = number;
      waiting_.emplace_back(inbound.address, std::move(done));
    }
    changed_.notify_one();
  }
  void receive(Receipt, std::function<void(bool)>) override {}
  int overlaps = 0;
  int overtaken = 0;

 private:
  void answer() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return over_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      const auto [address, done] = std::move(waiting_.front());
      waiting_.pop_front();
      under_way_.erase(address);
      lock.unlock();
      done(Verdict::accepted);
      lock.lock();
    }
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> under_way_;
  std::map<std::string, int> last_;
  std::deque<std::pair<std::string, std::function<void(Verdict)>>> waiting_;
  bool over_ = false;
  std::thread thread_;
};

TEST(InOrderOfThreads, NothingIsLostNorOvertaken) {
  constexpr int each = 500;
  std::atomic<int> accepted{0};
  std::atomic<int> overloaded{0};
  StrictInbox inbox;
  InOrder in_order(inbox);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 1; i <= each; ++i) {
        Inbound inbound;
        inbound.address = std::to_string(thread);
        inbound.input.text = std::to_string(i);
        in_order.receive(std::move(inbound), [&](Verdict verdict) {
          ++(verdict == Verdict::accepted ? accepted : overloaded);
        });
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  while (accepted + overloaded < 4 * each) std::this_thread::yield();
  EXPECT_GE(accepted, 4 * static_cast<int>(InOrder::waiting_max));
  EXPECT_EQ(inbox.overlaps, 0);
  EXPECT_EQ(inbox.overtaken, 0);
}

}  // namespace
}  // namespace alur::ports

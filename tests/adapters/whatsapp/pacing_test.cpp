// Ten thousand citizens and one with two hundred messages, over WhatsApp's paces, in virtual time:
// no bucket is ever drawn on beyond what is in it, and nobody waits for the one.
#include <gtest/gtest.h>

#include <map>
#include <queue>

#include "adapters/whatsapp/whatsapp_channel.hpp"
#include "engine/runtime/outbox.hpp"

namespace alur::tests {
namespace {

using namespace adapters;
using ports::SendResult;

constexpr std::int64_t begin = 1'800'000'000'000;
constexpr std::int64_t answer_ms = 180;  // so long the Graph API takes
constexpr std::uint64_t the_one = 1;
constexpr double rate = 80;

// A bucket as textbooks have it, to hold the other against. Nobody knows what was sent before the
// start: it holds one then.
class Bucket {
 public:
  Bucket(double per_second, double most) : rate_(per_second), most_(most) {}
  void take(std::int64_t now) {
    left_ = std::min(most_, left_ + rate_ * static_cast<double>(now - at_) / 1'000);
    at_ = now;
    left_ -= 1;
    // Times are whole milliseconds, and a wait is rounded up.
    EXPECT_GE(left_, -rate_ / 1'000 - 1e-6) << "at " << now - begin << " ms";
  }

 private:
  double rate_;
  double most_;
  double left_ = 1;
  std::int64_t at_ = begin;
};

std::vector<std::unique_ptr<runtime::SharedPace>> paces_of(ports::Channel& channel) {
  ports::Channel* const channels[] = {&channel};
  return runtime::make_paces(channels, begin, runtime::Pacer::Level::empty);
}

// Two cores on one number.
class Bench {
 public:
  Bench() {
    WhatsAppSettings settings;
    settings.graph_url = "http://127.0.0.1:1";
    settings.numbers = {{"1001", "token", rate}};
    std::string error;
    channel_ = WhatsAppChannel::open(settings, {}, {}, error);
    sender_ = channel_->senders().front();
    paces_ = paces_of(*channel_);
    for (int core = 0; core < 2; ++core) cores_.emplace_back(sender_.pace, *paces_[0]);
  }

  // `each` messages to all citizens, and `of_one` to the one.
  void fill(std::uint64_t citizens, std::uint64_t each, std::uint64_t of_one) {
    sent.clear();
    filled_ = now;
    for (std::uint64_t round = 0; round < of_one; ++round) {
      for (std::uint64_t citizen = the_one; citizen <= citizens; ++citizen) {
        if (round >= each && citizen != the_one) break;
        ports::OutboxRow row;
        row.id = ++id_;
        row.citizen = citizen;
        row.at = {now};
        cores_[citizen % 2].add(std::move(row), false);
      }
    }
  }

  // Goes from one moment at which something can happen to the next.
  void run() {
    while (cores_[0].size() + cores_[1].size() > 0) {
      for (auto& core : cores_) {
        while (const auto order = core.take(now)) {
          const std::uint64_t citizen = order->row->citizen;
          number_.take(now);
          pairs_.try_emplace(citizen, 1.0 / 6, 45).first->second.take(now);
          sent[citizen].push_back(now - filled_);
          answers_.push({now + answer_ms, order->row->id, &core});
        }
      }
      if (!step()) return;
    }
  }

  std::int64_t now = begin;
  std::map<std::uint64_t, std::vector<std::int64_t>> sent;  // when, in milliseconds since fill()

  std::int64_t last_of_others() const {
    std::int64_t last = 0;
    for (const auto& [citizen, times] : sent) {
      if (citizen != the_one) last = std::max(last, times.back());
    }
    return last;
  }

 private:
  struct Answer {
    std::int64_t at;
    std::uint64_t id;
    runtime::Outbox* core;
    bool operator>(const Answer& other) const { return at > other.at; }
  };

  bool step() {
    std::optional<std::int64_t> next;
    if (!answers_.empty()) next = answers_.top().at;
    for (const auto& core : cores_) {
      const auto at = core.next_wake();
      if (at && (!next || *at < *next)) next = at;
    }
    if (!next) return false;
    now = std::max(now + (*next <= now ? 1 : 0), *next);
    for (; !answers_.empty() && answers_.top().at <= now; answers_.pop()) {
      const Answer& answer = answers_.top();
      answer.core->result(answer.id, SendResult{}, now, 0.5);
      answer.core->recorded(answer.id);
    }
    return true;
  }

  std::unique_ptr<WhatsAppChannel> channel_;
  ports::Sender sender_;
  Bucket number_{rate, rate / 10};
  std::map<std::uint64_t, Bucket> pairs_;
  std::uint64_t id_ = 0;
  std::int64_t filled_ = begin;
  std::vector<std::unique_ptr<runtime::SharedPace>> paces_;
  std::vector<runtime::Outbox> cores_;
  std::priority_queue<Answer, std::vector<Answer>, std::greater<>> answers_;
};

TEST(Pacing, NoBucketIsOverdrawnAndNobodyWaitsForTheSlowOne) {
  Bench bench;
  bench.fill(10'000, 2, 200);
  bench.run();
  EXPECT_EQ(bench.sent.size(), 10'000u);
  for (const auto& [citizen, times] : bench.sent) {
    EXPECT_EQ(times.size(), citizen == the_one ? 200u : 2u) << citizen;
  }
  // What the number bears in all; and the one: a message every six seconds.
  EXPECT_LT(bench.last_of_others(), 20'200 * 1'000 / 80 + 10'000);
  EXPECT_NEAR(static_cast<double>(bench.sent[the_one].back()), 199 * 6'000, 1'000);
}

TEST(Pacing, AfterAWhileABurstLeavesAtOnce) {
  Bench bench;
  bench.fill(100, 1, 2);
  bench.run();
  bench.now += 600'000;
  bench.fill(1'000, 2, 60);
  bench.run();
  EXPECT_LT(bench.last_of_others(), 2'060 * 1'000 / 80 + 10'000);
  const std::vector<std::int64_t>& times = bench.sent[the_one];
  ASSERT_EQ(times.size(), 60u);
  EXPECT_LT(times[44], 40'000);
  // The rest one in six seconds, counted from when the bucket was no longer full: while the others
  // had their turns, nothing could be added to it.
  EXPECT_GE(times[59], 15 * 6'000);
  EXPECT_LT(times[59], 15 * 6'000 + bench.last_of_others());
}

}  // namespace
}  // namespace alur::tests

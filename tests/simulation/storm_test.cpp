// A storm: messages delivered twice and in disorder lead every citizen to the very session that a
// tidy delivery leads to. ALUR_STORM=1000000 for the long one.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>

#include "adapters/tickets/ticket.hpp"
#include "dsl/compile/compile.hpp"
#include "tests/engine/runtime/core_bench.hpp"
#include "tools/replay/sample_services.hpp"

namespace alur::tests {
namespace {

using ports::Verdict;

struct Message {
  std::string who;
  std::string id;
  std::string text;
};

constexpr std::size_t window = 10'000;
constexpr std::size_t messages_each = 20;

std::size_t storm_size() {
  const char* text = std::getenv("ALUR_STORM");
  return text ? std::strtoull(text, nullptr, 10) : 20'000;
}

using Words = std::vector<std::string>;
const Words small_words = {"hi", "maju", "Ticket", "Person", "x", "4", "Nothing"};
// What leads through all of the real flows, in no order.
const Words real_words = {"halo",      "1",
                          "2",         "3",
                          "4",         "menu",
                          "bca",       "ya",
                          "tidak",     "english",
                          "petugas",   "bank central asia",
                          "budi",      "stop",
                          "5",         "selesai",
                          "kredivo",   "081234567890",
                          "makasih",   "6",
                          "lewati",    "0",
                          "apa ya",    "budi@example.com",
                          "5 januari", "500000",
                          "cek bca",   "saya ditipu pinjaman daring yang tidak berizin"};

std::vector<Message> make_messages(std::mt19937_64& random, std::size_t count, const Words& words) {
  std::vector<Message> messages;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string who = "c" + std::to_string(random() % (count / messages_each));
    messages.push_back({who, "m" + std::to_string(i), words[random() % words.size()]});
  }
  return messages;
}

// The service of the storm, on one core or on several.
class Cores {
 public:
  virtual ~Cores() = default;
  virtual std::optional<Verdict> say(const Message& message) = 0;
  virtual std::uint64_t duplicates() const = 0;
  virtual std::map<ports::CitizenKey, std::string> sessions() const = 0;
};

std::map<ports::CitizenKey, std::string> bodies_of(const adapters::MemoryDisk& disk) {
  std::map<ports::CitizenKey, std::string> bodies;
  for (const auto& [citizen, row] : disk.sessions) bodies[citizen] = row.body;
  return bodies;
}

class SmallCore : public Cores {
 public:
  std::optional<Verdict> say(const Message& message) override {
    return bench_.say(message.who, message.text, message.id);
  }
  std::uint64_t duplicates() const override { return bench_.core->counters().duplicates; }
  std::map<ports::CitizenKey, std::string> sessions() const override {
    return bodies_of(*bench_.disk);
  }

 private:
  CoreBench bench_;
};

// The sample lists, and a ticket book whose numbers do not depend on who comes first.
class RealServices : public ports::Service {
 public:
  RealServices() {
    std::string error;
    twin_ = tools::make_sample_services(tools::read_sample_lists(real_app, "", error));
  }
  bool answers(std::string_view) const override { return true; }
  std::optional<ports::Answer> answer_now(const ports::Call& call) override {
    if (call.service.name == "ticket.open") {
      const adapters::Ticket ticket{"T-" + call.key, {20'000}, {20'014}, {}};
      return ports::Answer{value::name_key("opened"),
                           adapters::receipt_of(call.service, "opened", ticket).payload};
    }
    const auto answer = twin_->answer({call.program, call.service, call.arguments, call.now});
    if (!answer) return ports::Answer{value::name_key("unavailable"), {}};
    return ports::Answer{answer->outcome, answer->payload};
  }
  void ask(const ports::Call&, std::function<void(ports::Result<ports::Answer>)>) override {}

  static constexpr const char* real_app = ALUR_SOURCE_DIR "/flows/kontak157";

 private:
  std::unique_ptr<tools::ServiceTwin> twin_;
};

class RealCores : public Cores {
 public:
  explicit RealCores(std::uint32_t count) {
    std::string error;
    static const auto program =
        dsl::compile(dsl::read_app_folder(RealServices::real_app, error)).program;
    for (std::uint32_t i = 0; i < count; ++i) {
      cores_.push_back(
          std::make_unique<CoreBench>(CoreBench::Parts{program, {&services_}, disk_, i, count}));
    }
  }
  std::optional<Verdict> say(const Message& message) override {
    const auto key = cores_[0]->store->key_of("webchat:" + message.who);
    return cores_[key % cores_.size()]->say(message.who, message.text, message.id);
  }
  std::uint64_t duplicates() const override {
    std::uint64_t sum = 0;
    for (const auto& core : cores_) sum += core->core->counters().duplicates;
    return sum;
  }
  std::map<ports::CitizenKey, std::string> sessions() const override { return bodies_of(*disk_); }

 private:
  RealServices services_;
  std::shared_ptr<adapters::MemoryDisk> disk_ = std::make_shared<adapters::MemoryDisk>();
  std::vector<std::unique_ptr<CoreBench>> cores_;
};

// Each moves by less than a window. With `keep_order` a citizen's own stay in order.
std::vector<Message> shuffled(std::mt19937_64& random, const std::vector<Message>& messages,
                              bool keep_order) {
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (std::size_t i = 0; i < messages.size(); ++i) places.emplace_back(i + random() % window, i);
  std::sort(places.begin(), places.end());
  std::vector<Message> out;
  std::map<std::string, std::vector<std::size_t>> own;
  for (std::size_t i = messages.size(); i-- > 0;) own[messages[i].who].push_back(i);
  for (const auto& [place, index] : places) {
    std::vector<std::size_t>& waiting = own[messages[index].who];
    out.push_back(messages[keep_order ? waiting.back() : index]);
    waiting.pop_back();
  }
  return out;
}

// Half of them come again, somewhere within the next window; what was accepted, in that order.
std::vector<Message> deliver(Cores& cores, std::mt19937_64& random,
                             const std::vector<Message>& messages) {
  std::vector<Message> accepted;
  std::multimap<std::size_t, Message> again;
  const auto give = [&](const Message& message) {
    const auto verdict = cores.say(message);
    EXPECT_TRUE(verdict == Verdict::accepted || verdict == Verdict::duplicate);
    if (verdict == Verdict::accepted) accepted.push_back(message);
  };
  for (std::size_t i = 0; i < messages.size(); ++i) {
    give(messages[i]);
    if (random() % 2 == 0) again.emplace(i + random() % window, messages[i]);
    for (; !again.empty() && again.begin()->first <= i; again.erase(again.begin())) {
      give(again.begin()->second);
    }
  }
  for (const auto& [place, message] : again) give(message);
  return accepted;
}

void expect_as_tidy(Cores& tidy, Cores& storm, const Words& words) {
  std::mt19937_64 random(157);
  const auto messages = make_messages(random, storm_size(), words);
  for (const Message& message : messages) tidy.say(message);
  const auto accepted = deliver(storm, random, shuffled(random, messages, true));
  EXPECT_EQ(accepted.size(), messages.size());
  EXPECT_GT(storm.duplicates(), messages.size() / 3);
  EXPECT_TRUE(storm.sessions() == tidy.sessions());
}

void expect_as_accepted(Cores& storm, Cores& again, const Words& words) {
  std::mt19937_64 random(158);
  const auto messages = make_messages(random, storm_size() / 2, words);
  const auto accepted = deliver(storm, random, shuffled(random, messages, false));
  EXPECT_EQ(accepted.size(), messages.size());
  for (const Message& message : accepted) again.say(message);
  EXPECT_TRUE(storm.sessions() == again.sessions());
}

TEST(Storm, LeadsWhereATidyDeliveryLeads) {
  SmallCore tidy;
  SmallCore storm;
  expect_as_tidy(tidy, storm, small_words);
}

TEST(Storm, InAnyOrderLeadsWhereTheOrderOfAcceptanceLeads) {
  SmallCore storm;
  SmallCore again;
  expect_as_accepted(storm, again, small_words);
}

// The real flows, on three cores; the tidy run is one core's.
TEST(Storm, OfTheRealFlowsOnSeveralCoresLeadsWhereATidyDeliveryLeads) {
  RealCores tidy(1);
  RealCores storm(3);
  expect_as_tidy(tidy, storm, real_words);
}

TEST(Storm, OfTheRealFlowsInAnyOrderLeadsWhereTheOrderOfAcceptanceLeads) {
  RealCores storm(3);
  RealCores again(1);
  expect_as_accepted(storm, again, real_words);
}

}  // namespace
}  // namespace alur::tests

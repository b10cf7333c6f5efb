// A storm: messages delivered twice and in disorder lead every citizen to the very session that a
// tidy delivery leads to. ALUR_STORM=1000000 for the long one.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>

#include "tests/engine/runtime/core_bench.hpp"

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
  return text ? std::strtoull(text, nullptr, 10) : 40'000;
}

std::vector<Message> make_messages(std::mt19937_64& random, std::size_t count) {
  static const char* const words[] = {"hi", "maju", "Ticket", "Person", "x", "4", "Nothing"};
  std::vector<Message> messages;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string who = "c" + std::to_string(random() % (count / messages_each));
    messages.push_back({who, "m" + std::to_string(i), words[random() % std::size(words)]});
  }
  return messages;
}

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
std::vector<Message> deliver(CoreBench& bench, std::mt19937_64& random,
                             const std::vector<Message>& messages) {
  std::vector<Message> accepted;
  std::multimap<std::size_t, Message> again;
  const auto give = [&](const Message& message) {
    const auto verdict = bench.say(message.who, message.text, message.id);
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

std::map<ports::CitizenKey, std::string> sessions(CoreBench& bench) {
  std::map<ports::CitizenKey, std::string> bodies;
  for (const auto& [citizen, row] : bench.disk->sessions) bodies[citizen] = row.body;
  return bodies;
}

TEST(Storm, LeadsWhereATidyDeliveryLeads) {
  std::mt19937_64 random(157);
  const auto messages = make_messages(random, storm_size());
  CoreBench tidy;
  for (const Message& message : messages) tidy.say(message.who, message.text, message.id);
  CoreBench storm;
  const auto accepted = deliver(storm, random, shuffled(random, messages, true));
  EXPECT_EQ(accepted.size(), messages.size());
  EXPECT_GT(storm.core->counters().duplicates, messages.size() / 3);
  EXPECT_TRUE(sessions(storm) == sessions(tidy));
}

TEST(Storm, InAnyOrderLeadsWhereTheOrderOfAcceptanceLeads) {
  std::mt19937_64 random(158);
  const auto messages = make_messages(random, storm_size() / 2);
  CoreBench storm;
  const auto accepted = deliver(storm, random, shuffled(random, messages, false));
  EXPECT_EQ(accepted.size(), messages.size());
  CoreBench again;
  for (const Message& message : accepted) again.say(message.who, message.text, message.id);
  EXPECT_TRUE(sessions(storm) == sessions(again));
}

}  // namespace
}  // namespace alur::tests

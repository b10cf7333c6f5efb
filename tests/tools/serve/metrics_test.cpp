// The page of metrics, as the text format's grammar wants it, and that nothing of it is missing.
#include "tools/serve/metrics.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace alur::tools {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

bool has_line(const std::string& page, const std::string& line) {
  return ("\n" + page).find("\n" + line + "\n") != std::string::npos;
}

runtime::Health some_health() {
  runtime::Health health;
  health.ready = health.store_up = true;
  health.active = 12;
  health.uncommitted = 3;
  health.version = 4;
  health.counters["turns"] = 77;
  runtime::Tallies& turn = health.timings["turn"];
  turn.buckets[0] = 5;
  turn.buckets[1] = 2;
  turn.buckets.back() = 1;
  turn.nanoseconds = 1'500'000'000;
  return health;
}

TEST(Metrics, ShowCountersGaugesAndHistograms) {
  const std::string page = encode_metrics(some_health(), {});
  for (const char* line :
       {"# TYPE alur_turns_total counter", "# HELP alur_turns_total turns committed",
        "alur_turns_total 77", "alur_dead_letters_total 0", "alur_ready 1", "alur_conversations 12",
        "alur_uncommitted 3", "alur_version 4", "# TYPE alur_turn_seconds histogram",
        "alur_turn_seconds_bucket{le=\"1e-05\"} 5", "alur_turn_seconds_bucket{le=\"2.5e-05\"} 7",
        "alur_turn_seconds_bucket{le=\"10\"} 7", "alur_turn_seconds_bucket{le=\"+Inf\"} 8",
        "alur_turn_seconds_sum 1.5", "alur_turn_seconds_count 8", "alur_commit_seconds_count 0"}) {
    EXPECT_TRUE(has_line(page, line)) << line << "\n" << page;
  }
}

TEST(Metrics, CountWhoWaitsForAPerson) {
  EXPECT_EQ(encode_metrics({}, {}).find("alur_desk"), std::string::npos);
  runtime::Health health;
  health.desk = {3, 1, 4, 2, 90'500};
  const std::string page = encode_metrics(health, {});
  for (const char* line : {"alur_desk_waiting 3", "alur_desk_offered 1", "alur_desk_owned 4",
                           "alur_desk_on_duty 2", "alur_desk_longest_wait_seconds 90.5"}) {
    EXPECT_TRUE(has_line(page, line)) << line << "\n" << page;
  }
}

TEST(Metrics, TellEachSenderThatWaits) {
  runtime::Health health;
  health.senders = {{"whatsapp", "1001", 7, "190: the token has expired"}, {"webchat", "", 2, ""}};
  const std::string page = encode_metrics(health, {});
  for (const char* line : {R"(alur_sender_unsent{channel="whatsapp",sender="1001"} 7)",
                           R"(alur_sender_paused{channel="whatsapp",sender="1001"} 1)",
                           R"(alur_sender_unsent{channel="webchat",sender=""} 2)",
                           R"(alur_sender_paused{channel="webchat",sender=""} 0)"}) {
    EXPECT_TRUE(has_line(page, line)) << line << "\n" << page;
  }
}

TEST(Metrics, NameEveryCounterOnceAndSayWhatItIs) {
  const std::string page = encode_metrics({}, {});
#define COUNTER(name, meaning)                                   \
  EXPECT_TRUE(has_line(page, "alur_" #name "_total 0")) << page; \
  EXPECT_TRUE(has_line(page, "# HELP alur_" #name "_total " meaning)) << page;
#include "engine/runtime/counter.def"
#undef COUNTER
  std::set<std::string> named;
  for (const std::string& line : lines_of(page)) {
    if (!line.starts_with("# TYPE ")) continue;
    EXPECT_TRUE(named.insert(line).second) << line;
  }
}

// What is told of a process is told of this one; a store that is in memory has no file.
TEST(Metrics, MeasureThisProcess) {
  const ProcessUse bare = measure_process("");
  EXPECT_GT(bare.resident_bytes.value_or(0), 1'000'000u);
  EXPECT_GT(bare.descriptors.value_or(0), 2u);
  EXPECT_FALSE(bare.store_bytes || bare.log_bytes || bare.free_bytes);
  const std::string page = encode_metrics({}, bare);
  EXPECT_EQ(page.find("alur_store_bytes"), std::string::npos);
  EXPECT_NE(page.find("\nprocess_resident_memory_bytes "), std::string::npos);

  const std::string path = testing::TempDir() + "metrics_test_store";
  std::ofstream(path) << "12345";
  const ProcessUse kept = measure_process(path);
  EXPECT_EQ(kept.store_bytes, 5u);
  EXPECT_GT(kept.free_bytes.value_or(0), 0u);
  EXPECT_TRUE(has_line(encode_metrics({}, kept), "alur_store_bytes 5"));
  std::filesystem::remove(path);
}

TEST(Metrics, SayWhomTheWebChatRefusesAndWhy) {
  EXPECT_EQ(encode_metrics({}, {}).find("alur_web_"), std::string::npos);
  adapters::WebTally tally;
  tally.connections = 9;
  tally.sockets = 7;
  tally.note(adapters::Refusal::slow);
  tally.note(adapters::Refusal::slow);
  tally.note(adapters::Refusal::foreign);
  const std::string page = encode_metrics({}, {}, tally.use());
  for (const char* line :
       {"alur_web_connections 9", "alur_web_sockets 7", "# TYPE alur_web_refused_total counter",
        "alur_web_refused_total{why=\"slow\"} 2", "alur_web_refused_total{why=\"foreign\"} 1",
        "alur_web_refused_total{why=\"full\"} 0"}) {
    EXPECT_TRUE(has_line(page, line)) << line << "\n" << page;
  }
}

TEST(Metrics, SayWhoIsAtTheDesk) {
  adapters::WebTally tally;
  tally.connections = 6;
  tally.sockets = 4;
  tally.note(adapters::Refusal::address);
  const std::string page = encode_metrics({}, {}, {}, {}, tally.use());
  EXPECT_EQ(page.find("alur_web_"), std::string::npos);
  for (const char* line :
       {"alur_desk_connections 6", "alur_desk_sockets 4", "# TYPE alur_desk_refused_total counter",
        "alur_desk_refused_total{why=\"address\"} 1", "alur_desk_refused_total{why=\"slow\"} 0"}) {
    EXPECT_TRUE(has_line(page, line)) << line << "\n" << page;
  }
}

TEST(Metrics, SayWhatOfWhatsAppNobodyHearsAndWhatIsStillThere) {
  EXPECT_EQ(encode_metrics({}, {}).find("alur_whatsapp_"), std::string::npos);
  const std::string page = encode_metrics({}, {}, {}, adapters::WhatsAppUse{5, 2, 9});
  for (const char* line :
       {"# TYPE alur_whatsapp_ignored_total counter", "alur_whatsapp_ignored_total 5",
        "alur_whatsapp_unusable_total 2", "# TYPE alur_whatsapp_awaited_files gauge",
        "alur_whatsapp_awaited_files 9"}) {
    EXPECT_TRUE(has_line(page, line)) << line << "\n" << page;
  }
}

// The guide of operators has a row for each of them.
TEST(Metrics, AreAllInTheGuide) {
  std::ifstream file(ALUR_SOURCE_DIR "/docs/guide-operator.md");
  const std::string guide(std::istreambuf_iterator<char>(file), {});
  ProcessUse use;
  use.resident_bytes = use.descriptors = use.store_bytes = use.log_bytes = use.free_bytes = 1;
  use.cpu_seconds = 1;
  std::size_t count = 0;
  for (const std::string& line : lines_of(encode_metrics(
           {}, use, adapters::WebUse(), adapters::WhatsAppUse(), adapters::WebUse()))) {
    if (!line.starts_with("# TYPE ")) continue;
    const std::string name = line.substr(7, line.find(' ', 7) - 7);
    EXPECT_NE(guide.find("`" + name + "`"), std::string::npos) << name;
    ++count;
  }
  EXPECT_GT(count, 30u);
}

}  // namespace
}  // namespace alur::tools

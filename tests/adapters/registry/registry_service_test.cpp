// The service: conversations keep their lists while new ones are published, every answer is logged
// without telling who asked, and what is asked is counted.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "adapters/registry/list_folder.hpp"
#include "adapters/registry/registry.hpp"
#include "tests/adapters/registry/sample_lists.hpp"

namespace alur::registry {
namespace {

using tests::list_day;
using tests::small_lists;

constexpr value::Instant noon{1'700'000'000'000};

const program::Service& service() {
  static const program::Service made = [] {
    program::Service bare;
    bare.name = "registry.lookup";
    return bare;
  }();
  return made;
}

RegistryCall call(std::string_view conversation, value::Instant now = noon) {
  return {service(), conversation, "+6281234567890", now, list_day};
}

SnapshotRef lists_with(const std::string& name, std::uint32_t version) {
  RegistryList list;
  list.head.present = true;
  list.head.version = version;
  list.head.as_of = list_day;
  std::size_t faults = 0;
  list.records = parse_list(ListKind::licensed, "key,name\nk0," + name + "\n", faults);
  return std::make_shared<const Snapshot>(std::move(list), RegistryList(), Vocabulary());
}

TEST(Registry, AConversationKeepsItsLists) {
  Registry registry(lists_with("Bank Lama", 1));
  EXPECT_EQ(registry.lookup(call("a"), "bank lama").outcome, "licensed");
  registry.publish(lists_with("Bank Baru", 2));
  EXPECT_EQ(registry.lookup(call("a"), "bank lama").outcome, "licensed");
  EXPECT_EQ(registry.confirm(call("a"), "k0", "x").outcome, "licensed");
  EXPECT_EQ(registry.lookup(call("b"), "bank baru").outcome, "licensed");
  EXPECT_NE(registry.lookup(call("b"), "bank lama").outcome, "licensed");
  EXPECT_EQ(registry.lookup(call(""), "bank baru").outcome, "licensed");
  registry.end("a");
  EXPECT_NE(registry.lookup(call("a"), "bank lama").outcome, "licensed");
}

TEST(Registry, AConversationThatIsSilentForADayBeginsAnew) {
  Registry registry(lists_with("Bank Lama", 1));
  registry.lookup(call("a"), "x");
  registry.publish(lists_with("Bank Baru", 2));
  const value::Instant later = noon + value::Duration{25 * value::hour_milliseconds};
  EXPECT_EQ(registry.pinned("a", later)->id(), "licensed 2, alert 0");
}

TEST(Registry, NoMoreListsAndPinsAreKeptThanAreAllowed) {
  RegistrySettings settings;
  settings.snapshots_max = 2;
  settings.pins_max = 2;
  Registry registry(lists_with("Bank", 1), settings);
  registry.pinned("a", noon);
  registry.publish(lists_with("Bank", 2));
  EXPECT_EQ(registry.pinned("a", noon)->id(), "licensed 1, alert 0");
  registry.publish(lists_with("Bank", 3));
  EXPECT_EQ(registry.pinned("a", noon)->id(), "licensed 3, alert 0");
  registry.pinned("b", noon + value::Duration{1});
  registry.publish(lists_with("Bank", 4));
  registry.pinned("c", noon + value::Duration{2});  // the one that is silent longest makes room
  EXPECT_EQ(registry.pinned("b", noon + value::Duration{3})->id(), "licensed 3, alert 0");
}

// Lists come and go while many ask; no conversation ever sees two of them.
TEST(Registry, ListsAreSwappedWhileOthersAsk) {
  RegistrySettings settings;
  settings.snapshots_max = 1'000;
  Registry registry(lists_with("Bank", 1), settings);
  std::atomic<bool> done = false;
  std::atomic<int> mixed = 0;
  std::vector<std::thread> citizens;
  for (int c = 0; c < 4; ++c) {
    citizens.emplace_back([&, c] {
      for (int i = 0; !done || i < 10; ++i) {
        const std::string name = std::to_string(c) + "-" + std::to_string(i);
        const std::string first = registry.pinned(name, noon)->id();
        registry.lookup(call(name), "bank");
        if (registry.pinned(name, noon)->id() != first) ++mixed;
        registry.end(name);
      }
    });
  }
  for (std::uint32_t version = 2; version < 200; ++version) {
    registry.publish(lists_with("Bank", version));
  }
  done = true;
  for (std::thread& citizen : citizens) citizen.join();
  EXPECT_EQ(mixed, 0);
  EXPECT_EQ(registry.current()->id(), "licensed 199, alert 0");
}

TEST(Registry, EveryAnswerIsLoggedWithoutSayingWhoAsked) {
  std::vector<std::string> lines;
  RegistrySettings settings;
  settings.audit = [&](const AuditEntry& entry) { lines.push_back(to_json(entry)); };
  Registry registry(small_lists(), settings);
  registry.lookup(call("a"), "bca");
  registry.lookup(call("a"), "danamass 08123456789");
  registry.confirm(call("a"), "danamas", "danamass");
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0],
            R"({"at":"2023-11-14T22:13:20Z","citizen":"***890","confirmed":false,)"
            R"("query_class":"name","form":"bca","outcome":"licensed",)"
            R"("because":"the name is exactly a listed one","about":"bca","candidates":[],)"
            R"("stale":false,"lists":"licensed 1, alert 1"})");
  EXPECT_NE(lines[1].find(R"("form":"danamass###########")"), std::string::npos) << lines[1];
  EXPECT_NE(lines[2].find(R"("confirmed":true)"), std::string::npos) << lines[2];
  EXPECT_NE(lines[2].find(R"("about":"danamas")"), std::string::npos) << lines[2];
}

TEST(Registry, CountsWhatIsAskedAndWhatIsLeftWithoutAnAnswer) {
  Registry registry(small_lists());
  for (int i = 0; i < 3; ++i) registry.lookup(call(""), "BCA");
  for (int i = 0; i < 2; ++i) registry.lookup(call(""), "toko wijaya");
  const std::vector<AskedName> asked = registry.asked().top(10);
  ASSERT_EQ(asked.size(), 2u);
  EXPECT_EQ(asked[0].name, "bca");
  EXPECT_EQ(asked[0].times, 3u);
  const std::vector<AskedName> unanswered = registry.unanswered().top(10);
  ASSERT_EQ(unanswered.size(), 1u);
  EXPECT_EQ(unanswered[0].name, "tokowijaya");
  EXPECT_EQ(unanswered[0].times, 2u);
}

TEST(MostAsked, StaysSmallAndKeepsTheFrequent) {
  MostAsked counter(10);
  for (int i = 0; i < 1'000; ++i) {
    counter.count("frequent");
    counter.count("rare " + std::to_string(i));
  }
  const std::vector<AskedName> top = counter.top(100);
  EXPECT_EQ(top.size(), 10u);
  EXPECT_EQ(top[0].name, "frequent");
  EXPECT_GE(top[0].times, 1'000u);
}

}  // namespace
}  // namespace alur::registry

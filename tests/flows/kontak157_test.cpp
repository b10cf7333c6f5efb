// The chats of Kontak 157 pass, and walk through all of it: every state, option, outcome and
// silence, in both languages. What no chat reaches is named.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "engine/machine/trace.hpp"
#include "tools/replay/replay.hpp"
#include "tools/replay/report.hpp"

namespace alur::tests {
namespace {

using machine::Rule;
using machine::TraceEntry;
using program::Index;

// A thing to be reached: its kind, and where it stands.
enum class Kind { state, option, outcome, silence };
struct Thing {
  Kind kind;
  Index unit;
  Index index;
  auto operator<=>(const Thing&) const = default;
};

std::set<Thing> things_of(const program::Program& program) {
  std::set<Thing> things;
  for (Index u = 0; u < program.unit_count(); ++u) {
    const program::Unit& unit = program.unit(u);
    for (Index i = 0; i < unit.states.size(); ++i) things.insert({Kind::state, u, i});
    for (Index i = 0; i < unit.options.size(); ++i) things.insert({Kind::option, u, i});
    for (Index i = 0; i < unit.outcomes.size(); ++i) things.insert({Kind::outcome, u, i});
    for (Index i = 0; i < unit.silences.size(); ++i) things.insert({Kind::silence, u, i});
  }
  return things;
}

std::string name_of(const program::Program& program, const Thing& thing) {
  const program::Unit& unit = program.unit(thing.unit);
  const auto at = [&](program::Place place) {
    return "  " + unit.path + ":" + std::to_string(place.line);
  };
  switch (thing.kind) {
    case Kind::state:
      return "state " + unit.states[thing.index].name + at(unit.states[thing.index].place);
    case Kind::option:
      return "option" + at(unit.options[thing.index].place);
    case Kind::outcome:
      return "outcome " + unit.outcomes[thing.index].name +
             at(unit.places[unit.outcomes[thing.index].address]);
    case Kind::silence:
      return "silence" + at(unit.silences[thing.index].place);
  }
  return "?";
}

bool chooses(Rule rule) {
  return rule == Rule::tap || rule == Rule::option || rule == Rule::position || rule == Rule::typo;
}

class Coverage {
 public:
  void see(const machine::Turn& turn) {
    const std::scoped_lock lock(mutex_);
    std::set<Thing>& seen = seen_[turn.session.language];
    for (const TraceEntry& entry : turn.trace.entries) {
      if (entry.kind == TraceEntry::Kind::entered) {
        seen.insert({Kind::state, entry.unit, entry.index});
      } else if (entry.kind == TraceEntry::Kind::returned) {
        seen.insert({Kind::outcome, entry.unit, entry.index});
      } else if (entry.kind == TraceEntry::Kind::silence) {
        seen.insert({Kind::silence, entry.unit, entry.index});
      } else if (entry.kind == TraceEntry::Kind::took && chooses(static_cast<Rule>(entry.detail)) &&
                 entry.index != program::none) {
        seen.insert({Kind::option, entry.unit, entry.index});
      }
    }
  }

  const std::set<Thing>& seen(Index language) { return seen_[language]; }

 private:
  std::mutex mutex_;
  std::map<Index, std::set<Thing>> seen_;
};

TEST(Kontak157, ChatsPassAndCoverEverything) {
  std::string error;
  const auto set = tools::load_replay({std::string(ALUR_SOURCE_DIR) + "/flows/kontak157"}, error);
  ASSERT_TRUE(set) << error;
  ASSERT_EQ(set->refused, "");
  ASSERT_EQ(set->apps.size(), 1u);
  Coverage coverage;
  tools::RunOptions options;
  options.trace = true;
  options.through_bytes = true;
  options.observe = [&](const machine::Turn& turn) { coverage.see(turn); };
  const std::vector<tools::ChatResult> results = tools::run_replay(*set, 2, options);
  EXPECT_GE(results.size(), 60u);
  for (const tools::ChatResult& result : results) {
    EXPECT_TRUE(result.passed()) << result.path << ":" << result.line << " " << result.title;
  }
  const program::Program& program = *set->apps.front().program;
  for (Index language = 0; language < program.app().languages.size(); ++language) {
    for (const Thing& thing : things_of(program)) {
      EXPECT_TRUE(coverage.seen(language).contains(thing))
          << "no chat in " << program.app().languages[language] << " reaches "
          << name_of(program, thing);
    }
  }
}

// A citizen in the midst of a complaint costs a row of a few hundred bytes.
TEST(Kontak157, AWaitingComplaintIsSmall) {
  std::string error;
  const auto set = tools::load_replay({std::string(ALUR_SOURCE_DIR) + "/flows/kontak157"}, error);
  ASSERT_TRUE(set) << error;
  const program::Program& program = *set->apps.front().program;
  const auto complaint = program.find_unit(value::name_key("complaint"));
  ASSERT_TRUE(complaint);
  const std::vector<program::Slot>& slots = program.unit(*complaint).slots;
  const auto story = static_cast<std::size_t>(
      std::find_if(slots.begin(), slots.end(),
                   [](const program::Slot& slot) { return slot.name == "chronology"; }) -
      slots.begin());
  ASSERT_LT(story, slots.size());
  std::mutex mutex;
  std::size_t largest = 0;
  tools::RunOptions options;
  options.observe = [&](const machine::Turn& turn) {
    const machine::Session& session = turn.session;
    if (!session.active() || session.frames.back().unit != *complaint) return;
    // Half way: who, what and when are known, and the citizen is asked to tell the story.
    const bool told = session.slots[session.frames.back().base + story].is_set();
    if (told || !session.gathered.empty()) return;
    std::string bytes;
    machine::encode_session(program, session, bytes);
    const std::scoped_lock lock(mutex);
    largest = std::max(largest, bytes.size());
  };
  (void)tools::run_replay(*set, 2, options);
  EXPECT_GT(largest, 100u);
  EXPECT_LE(largest, 400u);
  RecordProperty("largest_bytes", static_cast<int>(largest));
}

// No finding at all, of the compiler and of the proofs.
TEST(Kontak157, holds_every_proof) {
  std::string error;
  const auto files = dsl::read_app_folder(std::string(ALUR_SOURCE_DIR) + "/flows/kontak157", error);
  ASSERT_FALSE(files.empty()) << error;
  dsl::Compilation made = dsl::compile(files);
  const dsl::proof::Proofs proofs = dsl::prove(made);
  EXPECT_EQ(dsl::render_text(*made.sources, made.findings), "");
  EXPECT_GT(proofs.measures.person, 0);
  EXPECT_LE(proofs.measures.person, 2);
  EXPECT_LE(proofs.measures.messages, 5);
}

}  // namespace
}  // namespace alur::tests

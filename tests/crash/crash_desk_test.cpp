// Agents and citizens at a desk, and a service that is killed. A run of the scenario makes so many
// calls that change a file or say something; each of them is a point at which another run ends. It
// is started again, must come to agree with itself without anybody's help, and goes on to the same
// words as if nothing had been.
//
// ALUR_CRASH_POINTS=n takes so many points, spread over all; 0 all of them. ALUR_CRASH_AT=n one.
// ALUR_SEED chooses which.
#include <gtest/gtest.h>
#include <poll.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

#include "dsl/compile/compile.hpp"
#include "tests/crash/desk_checker.hpp"
#include "tests/crash/desk_scenario.hpp"
#include "tests/crash/desk_town.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;

using Words = std::map<std::string, std::vector<std::string>>;

constexpr int settle_looks = 3'000;
constexpr int settle_look_ms = 10;
constexpr std::uint64_t start_calls = 40;  // about as many as a start makes
constexpr std::uint64_t calls_min = 500;   // of a whole run

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

struct Outcome {
  std::string fault;
  std::uint64_t calls = 0;
  CrashPoint::Call ended_at = CrashPoint::Call::none;
  std::string step;  // under way when it ended
  int ends = 0;
  std::uint64_t again = 0;
  Words said;   // as the journal has it
  Words heard;  // as the citizens have it
};

// One run of the scenario, from the first word to the last.
class Day {
 public:
  Day(const DeskTemplate& model, const program::Program& program, const fs::path& folder)
      : program_(program), scenario_(program), town_(model, folder) {}

  // Ends before this call, and, when it is started again, before that one; 0: never.
  Outcome run(std::uint64_t end_at, std::uint64_t second_end_at) {
    second_end_at_ = second_end_at;
    try {
      if (!town_.start(end_at)) recover();
      const std::vector<DeskScenario::Step> steps = scenario_.steps();
      for (const DeskScenario::Step& step : steps) take(step);
      while (const int code = town_.stop()) {
        const std::string how = "it does not end well: " + std::to_string(code);
        if (!town_.has_ended()) throw DeskTown::Stuck{how};
        recover();
        take(steps.back());  // what was taken may not have been noted
      }
      judge();
    } catch (const DeskTown::Stuck& stuck) {
      fault(stuck.what);
    }
    if (outcome_.ends == 0) outcome_.calls = town_.calls();
    outcome_.again = town_.again();
    return outcome_;
  }

 private:
  void fault(const std::string& what) {
    if (outcome_.fault.empty()) outcome_.fault = what + " (" + step_ + ")";
  }

  void take(const DeskScenario::Step& step) {
    step_ = step.name;
    for (DeskTown::Patience patience("it breaks again and again");; patience.wait()) {
      try {
        town_.gather();
        return step.run(town_);
      } catch (const DeskTown::Broken&) {
        if (town_.has_ended()) recover();
        town_.disconnect();
      }
    }
  }

  void note_end() {
    ++outcome_.ends;
    if (outcome_.ends > 1) return;
    outcome_.ended_at = town_.ended_at();
    outcome_.step = step_;
  }

  void recover() {
    for (;;) {
      note_end();
      town_.bury();
      const std::uint64_t end_at = std::exchange(second_end_at_, 0);
      if (town_.start(end_at) && settle()) return;
      if (!town_.has_ended()) throw DeskTown::Stuck{"it does not start again"};
    }
  }

  // It agrees with itself, before and after those who serve are back. False: it has ended.
  bool settle() {
    std::string fault = "nothing was looked at";
    for (int i = 0; i < settle_looks && !fault.empty(); ++i) {
      const DeskChecker now(town_.store(), program_);
      fault = now.fault_of_desk();
      if (fault.empty()) fault = now.fault_of_journal();
      if (town_.has_ended()) return false;
      if (!fault.empty()) poll(nullptr, 0, settle_look_ms);
    }
    if (!fault.empty()) throw DeskTown::Stuck{"after a start: " + fault};
    try {
      town_.gather();
      for (const char* name : {"sri", "ani", "budi"}) compare_page(name);
    } catch (const DeskTown::Broken&) {
      if (town_.has_ended()) return false;
      throw DeskTown::Stuck{"the desk's door breaks after a start"};
    }
    return true;
  }

  void compare_page(const std::string& name) {
    if (name != "sri" && !town_.is_present(name)) return;
    std::string fault;
    for (int i = 0; i < settle_looks; ++i) {
      const json::object hello = town_.greet(name);
      const DeskChecker now(town_.store(), program_);
      fault = now.fault_of_page(hello);
      if (fault.empty()) fault = now.fault_of_desk();
      if (fault.empty()) return;
      poll(nullptr, 0, settle_look_ms);
    }
    throw DeskTown::Stuck{name + ": " + fault};
  }

  void judge() {
    step_ = "at the end";
    const DeskChecker end(town_.store(), program_);
    for (const std::string& one :
         {end.fault_of_desk(), end.fault_of_journal(), end.fault_of_end()}) {
      if (!one.empty()) fault(one);
    }
    outcome_.said = end.words();
    for (const std::string& who : citizens_of_town()) {
      for (const std::string& text : town_.heard(who)) {
        if (!text.starts_with("queue:")) outcome_.heard[who].push_back(text);
      }
    }
  }

  const program::Program& program_;
  DeskScenario scenario_;
  DeskTown town_;
  std::uint64_t second_end_at_ = 0;
  std::string step_ = "at the start";
  Outcome outcome_;
};

std::string text_of(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

// What the late one has not heard, the bot had said before somebody came.
bool is_part_of(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  auto at = whole.begin();
  for (const std::string& line : part) {
    at = std::find(at, whole.end(), line);
    if (at == whole.end()) return false;
    ++at;
  }
  return true;
}

class CrashDesk : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "alur_crash_desk_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::string error;
    program_ = dsl::compile(dsl::read_app_folder(ALUR_CRASH_DESK_APP, error)).program;
    ASSERT_TRUE(program_) << error;
    model_ = std::make_unique<DeskTemplate>(folder_ / "model");
  }
  void TearDown() override {
    if (!HasFailure()) fs::remove_all(folder_);
  }

  Outcome run(std::uint64_t end_at, std::uint64_t second_end_at) {
    const fs::path folder = folder_ / ("at" + std::to_string(end_at));
    const Outcome outcome = Day(*model_, *program_, folder).run(end_at, second_end_at);
    if (outcome.fault.empty()) fs::remove_all(folder);
    return outcome;
  }

  void compare(const Outcome& whole, const Outcome& broken) {
    for (const std::string& who : citizens_of_town()) {
      EXPECT_EQ(text_of(whole.said.at(who)), text_of(broken.said.at(who))) << who;
      if (who != DeskScenario::late) {
        EXPECT_EQ(text_of(whole.heard.at(who)), text_of(broken.heard.at(who))) << who;
      }
    }
    const auto& late = broken.heard.at(DeskScenario::late);
    EXPECT_TRUE(is_part_of(late, whole.heard.at(DeskScenario::late))) << text_of(late);
    EXPECT_EQ(std::count(late.begin(), late.end(), "Are you there?"), 1);
  }

  fs::path folder_;
  std::shared_ptr<const program::Program> program_;
  std::unique_ptr<DeskTemplate> model_;
};

TEST_F(CrashDesk, GoesOnToTheSameWordsWhereverItWasKilled) {
  const std::uint64_t only = from_environment("ALUR_CRASH_AT", 0);
  const Outcome whole = run(0, 0);
  ASSERT_EQ(whole.fault, "");
  ASSERT_GT(whole.calls, calls_min) << "the calls are not counted";
  std::mt19937_64 random(from_environment("ALUR_SEED", 157));
  std::uint64_t points = from_environment("ALUR_CRASH_POINTS", 8);
  if (points == 0 || points > whole.calls) points = whole.calls;
  if (only > 0) points = 1;
  std::array<std::uint64_t, 5> by_call{};
  std::set<std::string> steps;
  std::uint64_t ends = 0;
  std::uint64_t again = 0;
  for (std::uint64_t i = 0; i < points; ++i) {
    const std::uint64_t from = whole.calls * i / points + 1;
    const std::uint64_t to = whole.calls * (i + 1) / points;
    const std::uint64_t at = only > 0 ? only : from + random() % (to - from + 1);
    const std::uint64_t second = at % 2 == 0 ? 1 + (at * 7) % start_calls : 0;
    const Outcome broken = run(at, second);
    ASSERT_EQ(broken.fault, "") << "ALUR_CRASH_AT=" << at << ", of " << whole.calls;
    compare(whole, broken);
    ASSERT_FALSE(HasFailure()) << "ALUR_CRASH_AT=" << at << ", of " << whole.calls;
    ++by_call[static_cast<std::size_t>(broken.ended_at)];
    if (broken.ends > 0) steps.insert(broken.step);
    ends += static_cast<std::uint64_t>(broken.ends);
    again += broken.again;
  }
  EXPECT_GT(ends, 0u);
  const auto before = [&](CrashPoint::Call call) {
    return by_call[static_cast<std::size_t>(call)];
  };
  std::cout << points << " points of " << whole.calls << ", killed " << ends << " times: before "
            << before(CrashPoint::Call::write) << " writes, " << before(CrashPoint::Call::sync)
            << " syncs, " << before(CrashPoint::Call::truncate) << " cuts of a file, "
            << before(CrashPoint::Call::send) << " sends; in " << steps.size() << " steps; "
            << again << " messages fetched again; " << before(CrashPoint::Call::none)
            << " runs were over before\n";
}

}  // namespace
}  // namespace alur::tests

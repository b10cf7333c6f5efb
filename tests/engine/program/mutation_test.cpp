// The promise of verification, tried from the other side: whatever number of a program is changed,
// either it is refused or the machine walks it without leaving its tables. The sanitizers' builds
// are the judges of that.
#include <gtest/gtest.h>

#include <set>

#include "engine/machine/turn.hpp"
#include "engine/program/verify.hpp"
#include "tests/engine/program/field_changer.hpp"
#include "tests/engine/program/sample_program.hpp"

namespace alur::program {
namespace {

using machine::Event;
using machine::Session;
using machine::TimerKind;
using tests::FieldChanger;
using tests::sample_parts;
using tests::SampleParts;

Problems problems_of(const SampleParts& parts) {
  Problems problems;
  verify_app(*parts.app, problems);
  for (const auto& flow : parts.flows) verify_unit(*parts.app, *flow, problems);
  verify_names(*parts.app, {parts.flows.begin(), parts.flows.end()}, problems);
  return problems.empty() ? verify(*parts.link()) : problems;
}

// A conversation that comes by every instruction of the sample, with its bytes between turns.
class Conversation {
 public:
  explicit Conversation(const Program& program)
      : program_(program), session_(machine::new_session(program, 0)) {}

  void walk() {
    for (int step = 0; step < 100; ++step) {
      switch (session_.rest) {
        case machine::Rest::nothing:
          say(step % 2 == 0 ? "cek Bank Contoh" : "menu");
          break;
        case machine::Rest::question:
          at_question(step);
          break;
        case machine::Rest::call:
          answer();
          break;
        case machine::Rest::pause:
          time(TimerKind::pause);
          break;
        case machine::Rest::handoff:
          say("batal");
          break;
      }
    }
    time(TimerKind::session);
  }
  bool has_seen(machine::TraceEntry::Kind kind) const { return seen_.contains(kind); }

 private:
  void take(Event event) {
    event.at = now_ = now_ + value::Duration{5'000};
    machine::Turn turn = machine::turn(program_, std::move(session_), event, machine::Tracing::on);
    for (const auto& entry : turn.trace.entries) seen_.insert(entry.kind);
    machine::explain(program_, turn.trace);
    std::string bytes;
    machine::encode_session(program_, turn.session, bytes);
    auto read = machine::decode_session(program_, bytes);
    session_ = read ? std::move(*read) : std::move(turn.session);
  }
  void at_question(int step) {
    constexpr const char* words[] = {"Andi", "ya", "Budi", "tahan", "bukan itu", "Cici", "ya"};
    if (step % 9 == 0) time(TimerKind::silence);
    switch (const int turn = questions_++ % 8) {
      case 7:
        return tap();
      default:
        say(words[turn]);
        time(TimerKind::gather);
    }
  }
  void say(std::string_view words) { take(machine::heard_text(now_, words)); }
  void tap() {
    const machine::Tap tap{session_.serial, value::name_key("menu.option.Ya"), 0};
    take(machine::heard_tap(now_, tap, "Ya"));
  }
  void time(TimerKind kind) {
    Event event;
    event.kind = Event::Kind::timer_fired;
    event.timer = kind;
    event.serial = session_.serial;
    take(event);
  }
  void answer() {
    Event event;
    event.kind = Event::Kind::answered;
    event.serial = session_.serial;
    event.outcome = value::name_key("found");
    event.payload = value::Value(value::Record{{{value::name_key("name"), value::Value("PT A")}}});
    take(event);
  }

  const Program& program_;
  Session session_;
  int questions_ = 0;
  std::set<machine::TraceEntry::Kind> seen_;
  value::Instant now_{1'750'042'800'000};  // a Monday, 10.00 in Jakarta
};

TEST(Mutation, TheSampleWalksThrough) {
  using Kind = machine::TraceEntry::Kind;
  const auto program = tests::sample_program();
  Conversation conversation(*program);
  conversation.walk();
  for (const Kind kind :
       {Kind::entered, Kind::said, Kind::asked, Kind::called, Kind::returned, Kind::pushed,
        Kind::popped, Kind::handed, Kind::set, Kind::guard, Kind::chose, Kind::bounded, Kind::left,
        Kind::tracked, Kind::retried, Kind::silence, Kind::ended}) {
    EXPECT_TRUE(conversation.has_seen(kind)) << static_cast<int>(kind);
  }
}

TEST(Mutation, EveryNumberIsRefusedOrHarmless) {
  constexpr std::uint64_t numbers[] = {0, 1, 17, 0x7FFF'FFF0, 0xFFFF'FFFF};
  SampleParts parts = sample_parts();
  int refused = 0;
  int walked = 0;
  for (std::size_t flow = 0; flow < 2; ++flow) {
    const int count = FieldChanger::count(*tests::sample_flows()[flow]);
    for (int field = 0; field < count; ++field) {
      for (const std::uint64_t number : numbers) {
        parts.flows = tests::sample_flows();
        FieldChanger::change(*parts.flows[flow], field, number);
        if (!problems_of(parts).empty()) {
          ++refused;
          continue;
        }
        const auto program = parts.link();
        Conversation(*program).walk();
        ++walked;
      }
    }
  }
  EXPECT_GT(refused, 1'000);
  EXPECT_GT(walked, 1'000);
}

}  // namespace
}  // namespace alur::program

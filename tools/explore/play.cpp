#include "tools/explore/play.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "dsl/chat/parse_chat.hpp"
#include "tools/chat/recording.hpp"
#include "tools/replay/chat_value.hpp"
#include "tools/replay/report.hpp"
#include "tools/replay/run_chat.hpp"
#include "tools/replay/to_input.hpp"

namespace alur::tools {

namespace {

std::string_view media_word(value::MediaKind kind) {
  return kind == value::MediaKind::audio ? "voice" : value::to_text(kind);
}

class Player {
 public:
  Player(const std::shared_ptr<const program::Program>& program, const Situation& begins,
         const FaultBounds& bounds)
      : program_(*program),
        bounds_(bounds),
        settings_(settings(begins)),
        conversation_(program, settings_, nullptr) {
    played_.covered.resize(program_.app().languages.size());
    std::set<Index> services;
    for (Index i = 0; i < program_.app().services.size(); ++i) services.insert(i);
    conversation_.leave_open(std::move(services));
  }

  Played play(const std::vector<Move>& moves, std::string_view title) {
    for (const Move& move : moves) {
      if (!make(move)) played_.whole = false;
      if (!played_.whole) break;
      for (; shown_ < conversation_.said().size(); ++shown_) {
        recording_.answered(conversation_.said()[shown_].message);
      }
    }
    let_hang();
    played_.chat = recording_.chat(program_, settings_, title, conversation_.next_due());
    return std::move(played_);
  }

 private:
  ConversationSettings settings(const Situation& begins) {
    ConversationSettings made;
    made.channel = begins.session.channel;
    made.language = begins.session.language;
    made.begins = begins.now;
    made.tracing = machine::Tracing::on;
    made.observe = [this](const machine::Turn& turn) { see(turn); };
    return made;
  }

  void see(const machine::Turn& turn) {
    std::set<Thing>& covered = played_.covered[turn.session.language];
    for (const Thing& thing : things_in(turn.trace)) covered.insert(thing);
    burst_.take(turn, turn.session);
    for (Fault& fault : judge_turn(program_, turn, turn.session, burst_.messages(), bounds_)) {
      played_.faults.push_back(std::move(fault));
    }
    for (Fault& fault : judge_session(program_, turn, turn.session, bounds_)) {
      played_.faults.push_back(std::move(fault));
    }
  }

  // A call that no line answers waits for good.
  void let_hang() {
    const machine::CallRequest* call = conversation_.pending_call();
    if (!call || call->serial == hanging_) return;
    hanging_ = call->serial;
    recording_.acted(fmt::format("! {} hangs", program_.app().services[call->service].name),
                     conversation_.now());
    conversation_.hang_call();
  }

  bool make(const Move& move) {
    if (is_heard(move.kind)) return hear(move);
    switch (move.kind) {
      case Move::Kind::timer:
        return let_time_pass();
      case Move::Kind::answer:
        return answer(move);
      default:
        return people_act(move);
    }
  }

  bool let_time_pass() {
    let_hang();
    const machine::TimerChange* next = conversation_.next_timer();
    if (!next || !conversation_.fire_next(next->at)) return false;
    recording_.fired(conversation_.now());
    return true;
  }

  bool answer(const Move& move) {
    const machine::CallRequest* call = conversation_.pending_call();
    if (!call) return false;
    const program::Service& service = program_.app().services[call->service];
    const program::ServiceOutcome& outcome = service.outcomes[move.outcome];
    std::string line = fmt::format("! {} {}", service.name, outcome.name);
    if (outcome.payload && move.payload.is_set()) {
      line += " " + print_value(move.payload, *outcome.payload, program_.zone());
    }
    recording_.acted(std::move(line), conversation_.now());
    conversation_.answer_call({outcome.key, move.payload});
    return true;
  }

  bool people_act(const Move& move) {
    if (!conversation_.pending_handoff()) return false;
    const bool accepted = move.kind == Move::Kind::accepted;
    recording_.acted(fmt::format("! handoff {}", accepted ? "accepted" : move.words),
                     conversation_.now());
    if (accepted) {
      conversation_.accept_handoff();
    } else {
      conversation_.end_handoff(value::name_key(move.words));
    }
    return true;
  }

  // --- the citizen

  bool hear(const Move& move) {
    let_hang();
    if (!conversation_.turns().empty()) conversation_.advance_to(next_time());
    const auto input = to_input(move);
    if (!input) return false;
    conversation_.hear(*input);
    return true;
  }

  value::Instant next_time() const {
    Situation now;
    now.now = conversation_.now();
    for (std::size_t i = 0; i < machine::timer_kind_count; ++i) {
      now.timers[i] = conversation_.timer(static_cast<machine::TimerKind>(i));
    }
    return now.time_of(Move{});
  }

  std::optional<machine::Input> to_input(const Move& move) {
    const value::Instant at = conversation_.now();
    machine::Input input;
    input.text = move.words;
    switch (move.kind) {
      case Move::Kind::tap: {
        const machine::Choice* choice = find_choice(move.words);
        if (!choice) return std::nullopt;
        recording_.tapped(dsl::print_tap(move.words), at);
        return tap_input(*choice);
      }
      case Move::Kind::media:
        recording_.tapped(fmt::format("> !{}", media_word(move.media)), at);
        return sample_media(move.media, "");
      case Move::Kind::reaction:
        recording_.tapped("> !reaction " + move.words, at);
        input.kind = machine::Input::Kind::reaction;
        return input;
      case Move::Kind::edited:
        recording_.tapped("> !edited " + move.words, at);
        input.kind = machine::Input::Kind::edited;
        return input;
      case Move::Kind::deleted:
        recording_.tapped("> !deleted", at);
        input.kind = machine::Input::Kind::deleted;
        return input;
      case Move::Kind::unsupported:
        recording_.tapped("> !unsupported", at);
        input.kind = machine::Input::Kind::unsupported;
        return input;
      default:
        recording_.said(move.words, at);
        return input;
    }
  }

  const machine::Choice* find_choice(std::string_view label) const {
    const std::vector<SaidMessage>& said = conversation_.said();
    for (std::size_t i = said.size(); i-- > 0;) {
      for (const machine::Choice& choice : said[i].message.choices) {
        if (choice.label == label) return &choice;
      }
    }
    return nullptr;
  }

  const program::Program& program_;
  FaultBounds bounds_;
  Played played_;
  Burst burst_;
  ConversationSettings settings_;
  Conversation conversation_;
  Recording recording_;
  std::size_t shown_ = 0;
  std::uint32_t hanging_ = 0;
};

bool shows(const Played& played, const Fault& wanted) {
  return std::any_of(played.faults.begin(), played.faults.end(), [&](const Fault& fault) {
    return fault.kind == wanted.kind && fault.unit == wanted.unit &&
           fault.place.line == wanted.place.line;
  });
}

// Where the moves lead; nothing where one of them is not possible.
std::optional<Situation> end_of(const program::Program& program, const Walked& walked) {
  Situation situation = walked.begins;
  for (const Move& move : walked.moves) {
    const auto event = to_event(program, situation, move);
    if (!event) return std::nullopt;
    take_turn(program, situation, *event);
  }
  return situation;
}

bool sticks(const program::Program& program, const Explorer& explorer, const Walked& walked,
            const Fault& fault) {
  const auto end = end_of(program, walked);
  if (!end || !end->session.active() || !explorer.sticks(*end)) return false;
  const machine::Position at = end->session.frames.back().position;
  return at.unit == fault.unit && program.unit(at.unit).places[at.address].line == fault.place.line;
}

// Makes moves until the conversation is stuck again: back from a digression. Breadth first, within
// a bound, for the shortest way.
bool come_back(const program::Program& program, const Explorer& explorer, const Fault& fault,
               Walked& walked) {
  constexpr std::size_t tried_max = 200;
  std::deque<Walked> open{walked};
  for (std::size_t tried = 0; !open.empty() && tried < tried_max;) {
    const Walked from = std::move(open.front());
    open.pop_front();
    const auto end = end_of(program, from);
    if (!end || !end->session.active()) continue;
    for (const Move& move : explorer.moves_at(*end)) {
      if (++tried > tried_max) break;
      open.push_back(from);
      open.back().moves.push_back(move);
      if (!sticks(program, explorer, open.back(), fault)) continue;
      walked = std::move(open.back());
      return true;
    }
  }
  return false;
}

// Everything that could lead on from where the conversation is stuck, and does not: each option,
// other words, a picture, a silence, and flows that only come back.
void try_all(const program::Program& program, const Explorer& explorer, const Fault& fault,
             Walked& walked) {
  constexpr std::size_t digressions_max = 4;
  const auto end = end_of(program, walked);
  if (!end) return;
  std::set<std::string> labels;  // and numbers of options
  std::set<Move::Kind> tried;
  std::size_t digressions = 0;
  for (std::size_t i = 1; i <= end->choices().size(); ++i) labels.insert(std::to_string(i));
  for (const Move& move : explorer.moves_at(*end)) {
    const bool tap = move.kind == Move::Kind::tap;
    const bool words = move.kind == Move::Kind::text && !labels.contains(move.words);
    const bool other = move.kind == Move::Kind::media || move.kind == Move::Kind::timer || words;
    if (tap ? !labels.insert(move.words).second : !other) continue;
    Walked longer = walked;
    longer.moves.push_back(move);
    bool tells = true;
    if (sticks(program, explorer, longer, fault)) {
      tells = tap || tried.insert(move.kind).second;
    } else {
      tells = words && digressions < digressions_max && come_back(program, explorer, fault, longer);
      digressions += tells ? 1 : 0;
    }
    if (tells) walked = std::move(longer);
  }
}

template <class Holds>
Walked shortened(Walked walked, const Holds& holds) {
  for (std::size_t size = walked.moves.size() / 2; size > 0; size /= 2) {
    for (std::size_t at = 0; at + size <= walked.moves.size();) {
      Walked shorter = walked;
      const auto first = shorter.moves.begin() + static_cast<std::ptrdiff_t>(at);
      shorter.moves.erase(first, first + static_cast<std::ptrdiff_t>(size));
      if (holds(shorter)) {
        walked = std::move(shorter);
      } else {
        ++at;
      }
    }
  }
  return walked;
}

}  // namespace

Played play(const std::shared_ptr<const program::Program>& program, const Walked& walked,
            std::string_view title, const FaultBounds& bounds) {
  return Player(program, walked.begins, bounds).play(walked.moves, title);
}

Walked shrink(const std::shared_ptr<const program::Program>& program, const Explorer& explorer,
              Walked walked, const Fault& fault, const FaultBounds& bounds) {
  return shortened(std::move(walked), [&](const Walked& shorter) {
    if (fault.kind == FaultKind::stuck) return sticks(*program, explorer, shorter, fault);
    const Played played = play(program, shorter, "shorter", bounds);
    return played.whole && shows(played, fault);
  });
}

ShownFault show(const std::shared_ptr<const program::Program>& program, const Explorer& explorer,
                const FoundFault& found, std::string_view title, const FaultBounds& bounds) {
  const Fault& fault = found.fault;
  Walked walked = shrink(program, explorer, explorer.way_to(found.step), fault, bounds);
  bool shown = true;
  if (fault.kind == FaultKind::stuck) {
    try_all(*program, explorer, fault, walked);
    shown = sticks(*program, explorer, walked, fault);
  }
  Played played = play(program, walked, title, bounds);
  shown &= played.whole && (fault.kind == FaultKind::stuck || shows(played, fault));
  ShownFault made{std::move(played.chat), {}};
  if (!shown) made.doubt = "no conversation was found that shows it: it may need other words";
  if (const auto failure = replay_fault(program, made.chat)) {
    made.doubt = "the conversation does not replay: " + *failure;
  }
  return made;
}

std::optional<std::string> replay_fault(const std::shared_ptr<const program::Program>& program,
                                        const std::string& chats) {
  dsl::Sources sources;
  dsl::Findings findings;
  const dsl::FileId file = sources.add("explored.chat", chats);
  const dsl::ChatFile read = dsl::parse_chat(sources, file, findings);
  for (const dsl::Finding& finding : findings) return finding.message;
  const ReplayApp app{program, nullptr};
  for (const dsl::Chat& chat : read.chats) {
    const ChatResult result = run_chat(app, sources.at(file), chat, {});
    if (!result.passed()) return report_failure(result);
  }
  return std::nullopt;
}

}  // namespace alur::tools

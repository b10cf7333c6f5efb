// Original and mutant in lockstep: along every way to the changed state, and a few moves on from
// there.
#include "tools/mutate/draft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tools/explore/abstraction.hpp"
#include "tools/explore/play.hpp"
#include "tools/replay/chat_value.hpp"

namespace alur::tools {

using machine::Turn;
using program::Program;

namespace {

constexpr std::size_t steps_on_max = 3;
constexpr std::size_t tries_max = 20'000;  // moves beyond the ways, for one mutant

bool same_message(const machine::Message& a, const machine::Message& b) {
  const auto same_choice = [](const machine::Choice& x, const machine::Choice& y) {
    return x.label == y.label;
  };
  if (a.text != b.text || !a.attachment != !b.attachment) return false;
  if (!std::equal(a.choices.begin(), a.choices.end(), b.choices.begin(), b.choices.end(),
                  same_choice)) {
    return false;
  }
  return !a.attachment || (a.attachment->image == b.attachment->image &&
                           a.attachment->document == b.attachment->document &&
                           a.attachment->link_url == b.attachment->link_url &&
                           a.attachment->link_label == b.attachment->link_label);
}

bool same_messages(const Turn& a, const Turn& b) {
  return std::equal(a.messages.begin(), a.messages.end(), b.messages.begin(), b.messages.end(),
                    same_message);
}

std::vector<std::string> tracked(const Program& program, const Turn& turn) {
  std::vector<std::string> events;
  for (const machine::JournalEntry& entry : turn.journal) {
    if (entry.kind != machine::JournalEntry::Kind::tracked) continue;
    events.push_back(program.unit(entry.unit).tracks[entry.index].event);
  }
  return events;
}

// The phrases of every table of a program, with a sample for what they capture.
std::vector<std::set<std::string>> phrases_of(const Program& program) {
  std::vector<std::set<std::string>> tables;
  const auto add = [&](const program::PhraseTable& table) {
    tables.emplace_back();
    for (const program::PlainPhrase& phrase : table.phrases()) {
      std::string words;
      for (const program::PhraseElement& element : phrase.elements) {
        words += (words.empty() ? "" : " ") + (element.capture ? "contoh" : element.word);
      }
      tables.back().insert(std::move(words));
    }
  };
  add(program.app().anytime);
  add(program.trigger_phrases());
  for (Index u = 0; u < program.unit_count(); ++u) {
    for (const program::Question& question : program.unit(u).questions) {
      add(question.option_phrases);
      add(question.hear);
    }
    for (const program::Handoff& handoff : program.unit(u).handoffs) add(handoff.leave);
  }
  return tables;
}

// What only one of the two hears.
std::vector<Move> other_words(const Program& original, const Program& mutant) {
  const std::vector<std::set<std::string>> one = phrases_of(original);
  const std::vector<std::set<std::string>> other = phrases_of(mutant);
  std::vector<Move> moves;
  for (std::size_t i = 0; i < one.size() && one.size() == other.size(); ++i) {
    for (const std::string& words : one[i]) {
      if (other[i].contains(words)) continue;
      moves.emplace_back();
      moves.back().words = words;
    }
  }
  return moves;
}

// The two conversations side by side.
struct Pair {
  Situation original;
  Situation mutant;
  std::vector<Move> moves;
};

class Lockstep {
 public:
  Lockstep(const std::shared_ptr<const Program>& original,
           const std::shared_ptr<const Program>& mutant)
      : original_(*original), mutant_(*mutant) {}

  Pair begin(const Situation& begins) const {
    const machine::Session& session = begins.session;
    return {begin_situation(original_, session.channel, session.language, begins.now),
            begin_situation(mutant_, session.channel, session.language, begins.now),
            {}};
  }

  // True when a chat can tell the difference; `claim`: a line that only the original meets, where
  // the words alone do not show it.
  bool differs(Pair& pair, const Move& move, std::string& claim, bool& possible) const {
    const auto event = to_event(original_, pair.original, move);
    possible = event.has_value();
    if (!event) return false;
    const auto other = to_event(mutant_, pair.mutant, move);
    const Turn a = take_turn(original_, pair.original, *event);
    pair.moves.push_back(move);
    if (!other) return true;
    const Turn b = take_turn(mutant_, pair.mutant, *other);
    if (!same_messages(a, b)) return true;
    claim = claim_of(a, b, pair);
    return !claim.empty();
  }

 private:
  std::string claim_of(const Turn& a, const Turn& b, const Pair& pair) const {
    const machine::Session& one = pair.original.session;
    const machine::Session& other = pair.mutant.session;
    if (one.active() != other.active()) return one.active() ? rests(one) : "= ended";
    if (one.rest != other.rest) return rests(one);
    const auto events = tracked(original_, a);
    const auto other_events = tracked(mutant_, b);
    for (const std::string& event : events) {
      const bool there =
          std::find(other_events.begin(), other_events.end(), event) != other_events.end();
      if (!there) return "= tracked " + event;
    }
    for (std::size_t i = 0; i < a.desk.size() && i < b.desk.size(); ++i) {
      if (a.desk[i].kind != machine::DeskRequest::Kind::request) continue;
      if (a.desk[i].queue == b.desk[i].queue) continue;
      return "= queue " + original_.app().queues[a.desk[i].queue].name;
    }
    const std::string variable = variable_claim(pair);
    return variable.empty() ? timer_claim(pair) : variable;
  }

  // Of the flow on top, where both have it there, and of what all flows share.
  std::string variable_claim(const Pair& pair) const {
    const machine::Session& one = pair.original.session;
    const machine::Session& other = pair.mutant.session;
    std::string claim =
        slots_claim(original_.app().contact, one.contact.data(), other.contact.data(), "contact.");
    if (claim.empty()) {
      claim =
          slots_claim(original_.app().session, one.shared.data(), other.shared.data(), "session.");
    }
    const bool same_flow =
        one.active() && other.active() && one.frames.back().unit == other.frames.back().unit;
    if (!claim.empty() || !same_flow) return claim;
    const std::vector<program::Slot>& slots = original_.unit(one.frames.back().unit).slots;
    if (slots.size() != mutant_.unit(one.frames.back().unit).slots.size()) return {};
    return slots_claim(slots, one.slots.data() + one.frames.back().base,
                       other.slots.data() + other.frames.back().base, "");
  }

  std::string slots_claim(const std::vector<program::Slot>& slots, const value::Value* one,
                          const value::Value* other, std::string_view scope) const {
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (!slots[i].type || one[i] == other[i]) continue;
      const std::string name = std::string(scope) + slots[i].name;
      if (!one[i].is_set()) return "= unset " + name;
      if (!other[i].is_set()) return "= set " + name;
      return fmt::format("= var {} is {}", name,
                         print_value(one[i], *slots[i].type, original_.zone()));
    }
    return {};
  }

  static std::string rests(const machine::Session& session) {
    return fmt::format("= rests {}", machine::to_text(session.rest) == "a question" ? "question"
                                     : session.rest == machine::Rest::call          ? "call"
                                     : session.rest == machine::Rest::handoff       ? "handoff"
                                                                                    : "pause");
  }

  static std::string timer_claim(const Pair& pair) {
    for (std::size_t i = 0; i < machine::timer_kind_count; ++i) {
      const auto& one = pair.original.timers[i];
      const auto& other = pair.mutant.timers[i];
      if (!one || (other && one->at == other->at)) continue;
      const value::Duration left = one->at - pair.original.now;
      return fmt::format("= timer {} in {}", machine::to_text(static_cast<machine::TimerKind>(i)),
                         value::to_string(left));
    }
    return {};
  }

  const Program& original_;
  const Program& mutant_;
};

class Drafter {
 public:
  Drafter(const std::shared_ptr<const Program>& original,
          const std::shared_ptr<const Program>& mutant, const Explorer& explorer,
          std::string_view title)
      : original_(original),
        mutant_(mutant),
        moves_(*original, explorer.observed()),
        observed_(explorer.observed()),
        lockstep_(original, mutant),
        other_words_(other_words(*original, *mutant)),
        title_(title) {}

  // Along the way first, then on from its end.
  bool try_way(const Walked& walked, bool on) {
    Pair pair = lockstep_.begin(walked.begins);
    begins_ = walked.begins;
    for (const Move& move : walked.moves) {
      bool possible = false;
      std::string claim;
      if (lockstep_.differs(pair, move, claim, possible)) return keep(pair, claim);
      if (!possible) return false;
    }
    return on && go_on(std::move(pair));
  }

  const std::string& chat() const { return chat_; }

 private:
  bool go_on(Pair first) {
    std::vector<Pair> pairs{std::move(first)};
    for (std::size_t depth = 0; depth < steps_on_max; ++depth) {
      std::vector<Pair> next;
      for (const Pair& pair : pairs) {
        if (step_on(pair, next)) return true;
        if (tries_ > tries_max) return false;
      }
      pairs = std::move(next);
    }
    return false;
  }

  bool step_on(const Pair& pair, std::vector<Pair>& next) {
    std::vector<Move> moves = other_words_;
    const std::vector<Move> all = moves_.at(pair.original);
    moves.insert(moves.end(), all.begin(), all.end());
    for (const Move& move : moves) {
      Pair after = pair;
      ++tries_;
      bool possible = false;
      std::string claim;
      if (lockstep_.differs(after, move, claim, possible) && keep(after, claim)) return true;
      if (!possible) continue;
      const std::string key = session_key(*original_, observed_, after.original) +
                              session_key(*mutant_, observed_, after.mutant);
      if (seen_.insert(key).second) next.push_back(std::move(after));
    }
    return false;
  }

  // Kept when it passes for the original and fails for the mutant.
  bool keep(const Pair& pair, const std::string& claim) {
    Walked walked;
    walked.begins = begins_;
    walked.moves = pair.moves;
    const Played played = play(original_, walked, title_);
    if (!played.whole) return false;
    std::string chat = played.chat;
    if (!claim.empty()) chat += claim + "\n";
    if (replay_fault(original_, chat) || !replay_fault(mutant_, chat)) return false;
    chat_ = std::move(chat);
    return true;
  }

  const std::shared_ptr<const Program>& original_;
  const std::shared_ptr<const Program>& mutant_;
  MoveSource moves_;
  const Observed& observed_;
  Lockstep lockstep_;
  std::vector<Move> other_words_;
  std::string_view title_;
  Situation begins_;
  std::set<std::string> seen_;
  std::size_t tries_ = 0;
  std::string chat_;
};

}  // namespace

std::vector<Walked> DraftDesk::ways_to(std::optional<std::pair<Index, Index>> place) const {
  const std::scoped_lock lock(mutex_);
  std::vector<Step> steps;
  if (place) {
    steps = explorer_.steps_through(place->first, place->second);
  } else {
    for (const Explorer::Covered& covered : explorer_.covered()) steps.push_back(covered.step);
  }
  std::vector<Walked> ways;
  for (const Step& step : steps) ways.push_back(explorer_.way_to(step));
  return ways;
}

std::string DraftDesk::draft(const std::shared_ptr<const Program>& mutant,
                             std::optional<std::pair<Index, Index>> place,
                             std::string_view title) const {
  Drafter drafter(original_, mutant, explorer_, title);
  const std::vector<Walked> ways = ways_to(place);
  for (const bool on : {false, true}) {
    for (const Walked& way : ways) {
      if (drafter.try_way(way, on)) return drafter.chat();
    }
  }
  return {};
}

}  // namespace alur::tools

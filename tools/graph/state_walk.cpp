#include "tools/graph/state_walk.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/program/dump_words.hpp"
#include "engine/value/text.hpp"

namespace alur::tools {

using namespace program;  // NOLINT: the tables are what this is about

namespace {

constexpr std::size_t label_units_max = 32;

using Way = std::vector<std::string>;

std::string shortened(std::string_view words, std::size_t units_max) {
  if (value::utf16_length(words) <= units_max) return std::string(words);
  return std::string(value::grapheme_prefix(words, units_max - 1)) + "\u2026";
}

Way with(Way way, std::string_view part) {
  way.push_back(shortened(part, label_units_max));
  return way;
}

// What two ways have in common from their beginning.
bool keep_common(Way& kept, const Way& other) {
  const auto end = std::mismatch(kept.begin(), kept.end(), other.begin(), other.end()).first;
  const bool shorter = end != kept.end();
  kept.erase(end, kept.end());
  return shorter;
}

class StateWalk {
 public:
  StateWalk(const Program& program, Index unit)
      : program_(program), unit_(program.unit(unit)), words_(program.app(), unit_), index_(unit) {}

  std::vector<Exit> run(Index address) {
    go(address, {}, false);
    while (!open_.empty()) {
      const Index at = *open_.begin();
      open_.erase(open_.begin());
      step(at);
    }
    std::vector<Exit> exits;
    for (auto& [place, exit] : exits_) exits.push_back(std::move(exit));
    return exits;
  }

 private:
  struct Arrival {
    Way way;
    bool is_miss = false;
  };

  // Comes to an address by a way; again, if it was come to before by one that parts earlier.
  void go(Index address, const Way& way, bool is_miss) {
    const auto [known, is_new] = arrivals_.try_emplace(address, Arrival{way, is_miss});
    Arrival& arrival = known->second;
    const bool shorter = !is_new && keep_common(arrival.way, way);
    const bool better = arrival.is_miss && !is_miss;
    if (better) arrival.is_miss = false;
    if (is_new || shorter || better) open_.insert(address);
  }

  // On from an instruction; what it leads to may be another state.
  void lead(Index from, Index address, const Way& way, bool is_miss) {
    const Instruction& next = unit_.code[address];
    if (next.op == Op::enter) return leave(from, address, Exit::Kind::state, next.c, way, is_miss);
    go(address, way, is_miss);
  }

  void leave(Index from, Index slot, Exit::Kind kind, Index target, const Way& way, bool is_miss) {
    exits_[{from, slot, target}] = {kind, target, way, is_miss};
  }

  void step(Index at) {
    const Arrival arrival = arrivals_.at(at);
    const Way& way = arrival.way;
    const bool miss = arrival.is_miss;
    const Instruction& step = unit_.code[at];
    switch (step.op) {
      case Op::pause:
        lead(at, at + 1, way, miss);
        return outside(at, step.d, way);
      case Op::enter:
      case Op::say:
      case Op::set:
      case Op::track:
        return lead(at, at + 1, way, miss);
      case Op::ask:
        return ask(at, unit_.questions[step.c], way);
      case Op::call:
        return outcomes(at, unit_.calls[step.c].outcomes, way, miss);
      case Op::run: {
        const Run& run = unit_.runs[step.c];
        leave(at, none, Exit::Kind::run, program_.imported(index_, run.import), way, miss);
        return outcomes(at, run.outcomes, way, miss);
      }
      case Op::handoff:
        return outcomes(at, unit_.handoffs[step.c].outcomes, way, miss);
      case Op::jump:
        return lead(at, step.c, way, miss);
      case Op::jump_unless:
        lead(at, at + 1, with(way, words_.expression(step.c)), miss);
        return lead(at, step.d, way, miss);
      case Op::match:
        return match(at, unit_.matches[step.c], way, miss);
      case Op::bound:
        lead(at, step.d, way, miss);
        return lead(at, at + 1, with(way, "more than " + std::to_string(step.c) + "\u00d7"), miss);
      case Op::leave: {
        const Index flow = program_.imported(index_, unit_.departures[step.c].import);
        return leave(at, none, Exit::Kind::flow, flow, way, miss);
      }
      case Op::end:
        return leave(at, none, Exit::Kind::end, step.b, way, miss);
      case Op::stop:
        return leave(at, none, Exit::Kind::stop, 0, way, miss);
      case Op::ask_again:
      case Op::hold:
        return;
    }
  }

  std::string first_words(Index text) const {
    return shown_text(program_, unit_, text, label_units_max);
  }

  void ask(Index at, const Question& question, const Way& way) {
    for (Index i = question.options.begin; i < question.options.end; ++i) {
      const Option& option = unit_.options[i];
      lead(at, option.address, with(way, first_words(option.label)), false);
    }
    if (question.each_list != none) {
      lead(at, question.next, with(way, "one of " + words_.expression(question.each_list)), false);
    } else if (!question.choose) {
      lead(at, question.next, way, false);
    }
    std::set<Index> heard;
    for (const PlainPhrase& phrase : question.hear.phrases()) {
      if (!heard.insert(phrase.entry).second) continue;
      lead(at, phrase.entry, with(way, words_.phrase(phrase)), false);
    }
    const Ladder& ladder = question.ladder;
    for (Index i = ladder.rungs.begin; i < ladder.rungs.end; ++i) {
      const Rung& rung = unit_.rungs[i];
      if (rung.address != none) lead(at, rung.address, with(way, "no match"), true);
    }
    for (Index i = ladder.silences.begin; i < ladder.silences.end; ++i) {
      const Silence& silence = unit_.silences[i];
      const std::string after = "silent " + in_words(silence.after_ms);
      if (silence.address != none) lead(at, silence.address, with(way, after), true);
      outside(at, silence.outside, way);
    }
  }

  void outside(Index at, Index index, const Way& way) {
    if (index == none || unit_.outsides[index].address == none) return;
    lead(at, unit_.outsides[index].address, with(way, "outside the window"), true);
  }

  void outcomes(Index at, program::Range outcomes, const Way& way, bool miss) {
    for (Index i = outcomes.begin; i < outcomes.end; ++i) {
      lead(at, unit_.outcomes[i].address, with(way, unit_.outcomes[i].name), miss);
    }
  }

  void match(Index at, const Match& match, const Way& way, bool miss) {
    for (Index i = match.cases.begin; i < match.cases.end; ++i) {
      lead(at, unit_.cases[i].address, with(way, unit_.cases[i].member.to_text()), miss);
    }
    if (match.otherwise != none) lead(at, match.otherwise, with(way, "else"), miss);
  }

  const Program& program_;
  const Unit& unit_;
  WordDumper words_;
  Index index_;
  std::map<Index, Arrival> arrivals_;
  std::set<Index> open_;
  // By the instruction that leaves, the address it leaves for, and the target.
  std::map<std::tuple<Index, Index, Index>, Exit> exits_;
};

}  // namespace

std::string shown_text(const Program& program, const Unit& unit, Index text,
                       std::size_t units_max) {
  const WordDumper words(program.app(), unit);
  std::string shown;
  const Range wording = unit.wordings[unit.texts[text].first_wording];
  for (Index p = wording.begin; p < wording.end; ++p) {
    const TextPart& part = unit.parts[p];
    if (part.node == none) {
      shown += unit.string(part.literal);
    } else {
      shown += '{' + words.expression(part.node) + '}';
    }
  }
  std::replace(shown.begin(), shown.end(), '\n', ' ');
  return shortened(shown, units_max);
}

std::vector<Exit> exits_from(const Program& program, Index unit, Index address) {
  return StateWalk(program, unit).run(address);
}

}  // namespace alur::tools

// A citizen who says nothing more is left in peace: from every question, silence leads to the end,
// or to a question that stands, after a bounded number of messages and timers.
//
// Questions are joined where silence at one leads, without the citizen, to another being asked. If
// these joints make no circle, a silent conversation passes each question at most once; so the
// longest way through them bounds it.
#include <algorithm>
#include <map>

#include "dsl/check/proof/family.hpp"

namespace alur::dsl::proof {

using program::none;
using program::Op;

namespace {

using Wait = std::pair<Index, Index>;  // context, address

struct Quiet {
  int messages = 0;
};

// Collects the questions that a stretch may come to, and how much it says on the way.
struct ToQuestions {
  using Result = Quiet;
  static constexpr bool until_served = false;
  const Stretches& stretches;
  std::set<Wait>& found;

  static bool settled(const Spot&, Quiet&) { return false; }
  static Quiet cut() { return {}; }
  static Quiet circle() { return {}; }
  static Quiet served() { return {}; }
  Quiet rest(const Next& next) const {
    if (next.rest == Rest::question) found.insert({next.spot.context, next.spot.address});
    return {};
  }
  static void join(Quiet& all, const Quiet& one) {
    all.messages = std::max(all.messages, one.messages);
  }
  void pass(const Spot& spot, Quiet& quiet) const {
    if (stretches.step(spot).op == Op::say) ++quiet.messages;
  }
};

struct Silent {
  int messages = 0;
  int timers = 0;
};

class Silences {
 public:
  explicit Silences(Case& app) : app_(app) {
    app.each_question([&](Index context, Index unit, Index at) { follow(context, unit, at); });
  }

  Silent longest() {
    Silent most;
    for (const auto& [wait, way] : ways_) {
      const Silent from = longest_from(wait);
      most.messages = std::max(most.messages, from.messages);
      most.timers = std::max(most.timers, from.timers);
    }
    return most;
  }

 private:
  struct Way {
    Silent here;          // until the question is left, or the last reminder
    std::set<Wait> next;  // asked then
    Span span;            // of the entry that leads on
  };

  void follow(Index context, Index unit_index, Index address) {
    const Unit& unit = app_.unit(unit_index);
    const program::Question& question = unit.questions[unit.code[address].c];
    Way& way = ways_[{context, address}];
    for (const Store& store : app_.graph.contexts()[context].known[address]) {
      Silent here;
      for (Answer& answer :
           answers_of(app_.graph.reasoning(), app_.program(), unit_index, question, store)) {
        const bool outside = answer.kind == Answer::Kind::outside;
        if (answer.kind != Answer::Kind::silence && !outside) continue;
        const Index owner = answer.unit;
        const program::Silence& silence = app_.unit(owner).silences[answer.index];
        if (!outside) ++here.timers;
        if (!outside && (silence.text != none || silence.outside != none)) ++here.messages;
        if (answer.address != none) {
          std::set<Wait> found;
          ToQuestions judge{app_.stretches, found};
          StretchWalk<ToQuestions> walk(app_.stretches, judge);
          here.messages +=
              walk.walk(Stretches::after(context, address, std::move(answer))).messages;
          if (!found.empty()) way.span = app_.span(owner, silence.place);
          way.next.insert(found.begin(), found.end());
        }
        if (silence.leaves && !outside && silence.outside == none) break;
      }
      way.here.messages = std::max(way.here.messages, here.messages);
      way.here.timers = std::max(way.here.timers, here.timers);
    }
  }

  Silent longest_from(const Wait& wait) {
    if (const auto known = longest_.find(wait); known != longest_.end()) return known->second;
    const auto found = ways_.find(wait);
    if (found == ways_.end()) return {};
    const Way& way = found->second;
    path_.push_back(wait);
    Silent after;
    for (const Wait& next : way.next) {
      if (std::find(path_.begin(), path_.end(), next) != path_.end()) {
        tell(wait, next, way);
        continue;
      }
      const Silent one = longest_from(next);
      after.messages = std::max(after.messages, 1 + one.messages);
      after.timers = std::max(after.timers, one.timers);
    }
    path_.pop_back();
    const Silent all{way.here.messages + after.messages, way.here.timers + after.timers};
    longest_.emplace(wait, all);
    return all;
  }

  void tell(const Wait& from, const Wait& to, const Way& way) {
    const Index unit = app_.graph.contexts()[to.first].unit;
    const Span question = app_.span_of(unit, to.second);
    if (!told_.insert(question).second) return;
    std::vector<Related> related;
    if (!way.span.empty()) related.push_back({way.span, "this is what silence leads to"});
    if (from != to) {
      const Index other = app_.graph.contexts()[from.first].unit;
      related.push_back({app_.span_of(other, from.second), "on the way round this is asked"});
    }
    app_.report({Code::endless_reminders, question, unit, to.second, 0},
                "a citizen who says nothing more is asked this again and again",
                "let silence lead to a goodbye and `stop: true`, or only remind",
                std::move(related));
  }

  Case& app_;
  std::map<Wait, Way> ways_;
  std::map<Wait, Silent> longest_;
  std::vector<Wait> path_;
  std::set<Span> told_;
};

}  // namespace

void prove_silence(Case& app, Measures& measures) {
  const Silent most = Silences(app).longest();
  measures.silent_messages = most.messages;
  measures.silent_timers = most.timers;
}

}  // namespace alur::dsl::proof

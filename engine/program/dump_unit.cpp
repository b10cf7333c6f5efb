// The tables of a unit as text: every instruction on a line, what it refers to below it.
#include "engine/program/dump_unit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/program/dump.hpp"
#include "engine/program/dump_words.hpp"
#include "engine/program/names.hpp"

namespace alur::program {
namespace {

class UnitDumper {
 public:
  UnitDumper(const App& app, const Unit& unit) : app_(app), unit_(unit), words_(app, unit) {}

  std::string dump_flow() {
    line(0, "flow {} ({})", unit_.name, unit_.path);
    declarations();
    code();
    return std::move(out_);
  }

  std::string dump_handlers() {
    for (const PhraseTable::Exact& exact : app_.anytime.exact()) {
      line(1, "anytime {} -> {}", quoted(app_.anytime.string(exact.phrase)), exact.entry);
    }
    ladder(app_.defaults, 1);
    code();
    return std::move(out_);
  }

 private:
  template <class... Args>
  void line(std::size_t depth, fmt::format_string<Args...> format, Args&&... args) {
    out_.append(2 * depth, ' ');
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  void declarations() {
    for (Index i = 0; i < unit_.slots.size(); ++i) {
      const Slot& slot = unit_.slots[i];
      if (i >= unit_.counters_begin) {
        line(1, "counter {}", slot.name);
      } else {
        line(1, "{} {} {}", i < unit_.param_count ? "param" : "var", slot.name,
             slot.type->to_text());
      }
    }
    for (const DeclaredOutcome& outcome : unit_.outcomes_declared) {
      if (outcome.payload) {
        line(1, "outcome {} {}", outcome.name, outcome.payload->to_text());
      } else {
        line(1, "outcome {}", outcome.name);
      }
    }
    for (const PlainPhrase& phrase : unit_.trigger_phrases) {
      const Place place = unit_.triggers[phrase.entry].place;
      line(1, "trigger {}  {}:{}", words_.phrase(phrase), place.line, place.column);
    }
  }

  void code() {
    for (Index at = 0; at < unit_.code.size(); ++at) {
      const auto state = std::find_if(unit_.states.begin(), unit_.states.end(),
                                      [at](const State& each) { return each.address == at; });
      if (state != unit_.states.end()) line(1, "{}:", state->name);
      const Place place = unit_.places[at];
      fmt::format_to(std::back_inserter(out_), "  {:4} {:>7}  ", at,
                     fmt::format("{}:{}", place.line, place.column));
      instruction(unit_.code[at]);
      for (const Site& site : unit_.sites) {
        if (site.address == at) line(8, "site {:08x}", site.key);
      }
    }
  }

  void instruction(const Instruction& step) {
    const std::string_view name = to_text(step.op);
    switch (step.op) {
      case Op::enter:
        return line(0, "{} {}", name, unit_.states[step.c].name);
      case Op::say:
        line(0, "{}", name);
        return message(unit_.messages[step.c]);
      case Op::ask:
        return ask(unit_.questions[step.c]);
      case Op::call:
        return call(unit_.calls[step.c]);
      case Op::run:
        return run(unit_.runs[step.c]);
      case Op::handoff:
        return handoff(unit_.handoffs[step.c]);
      case Op::pause:
        return line(0, "{} {}{}", name, words_.expression(step.c), outside(step.d));
      case Op::set:
        return line(0, "{} {} = {}", name, words_.variable(static_cast<Scope>(step.a), step.b),
                    words_.expression(step.c));
      case Op::jump:
        return line(0, "{} -> {}", name, step.c);
      case Op::jump_unless:
        return line(0, "{} {} -> {}", name, words_.expression(step.c), step.d);
      case Op::match:
        return match(unit_.matches[step.c]);
      case Op::bound:
        return line(0, "{} {} at most {} -> {}", name, unit_.slots[step.b].name, step.c, step.d);
      case Op::leave: {
        const Departure& departure = unit_.departures[step.c];
        return line(0, "{} {}{}", name, unit_.imports[departure.import],
                    words_.arguments(departure.arguments));
      }
      case Op::track:
        return line(0, "{} {}{}", name, unit_.tracks[step.c].event,
                    words_.arguments(unit_.tracks[step.c].fields));
      case Op::end: {
        const std::string& outcome = unit_.outcomes_declared[step.b].name;
        if (step.c == none) return line(0, "{} {}", name, outcome);
        return line(0, "{} {}({})", name, outcome, words_.expression(step.c));
      }
      case Op::stop:
      case Op::ask_again:
      case Op::hold:
        return line(0, "{}", name);
    }
  }

  // --- what stands below an instruction

  static constexpr std::size_t below = 8;

  void texts(std::string_view what, Index text, std::size_t depth = below) {
    if (text == none) return;
    for (std::size_t i = 0; i < app_.languages.size(); ++i) {
      line(depth, "{}{} {}", what, app_.languages[i], words_.text(text, i));
    }
  }

  void message(const Message& message) {
    texts("", message.text);
    texts("image ", message.image);
    texts("document ", message.document);
    texts("link label ", message.link_label);
    texts("link url ", message.link_url);
    if (message.latitude != none) {
      line(below, "location {}, {}", words_.expression(message.latitude),
           words_.expression(message.longitude));
    }
    texts("location name ", message.location_name);
    texts("location address ", message.location_address);
    if (message.overflow != Overflow::fit) line(below, "overflow {}", to_text(message.overflow));
    if (message.contact) line(below, "contact");
  }

  void ask(const Question& question) {
    std::string into;
    if (question.into != none) {
      into = fmt::format(" into {} {}", words_.variable(question.into_scope, question.into),
                         question.into_type ? question.into_type->to_text() : "?");
    }
    line(0, "{} {}{}, then {}", question.choose ? "choose" : "ask", question.name, into,
         question.next);
    message(unit_.messages[question.message]);
    if (question.consent) line(below, "consent");
    if (question.free_text) line(below, "free text");
    if (question.gather_ms != 0) line(below, "gather {}", in_words(question.gather_ms));
    texts("button ", question.button);
    if (question.each_list != none) each(question);
    options(question);
    for (const PhraseTable::Exact& exact : question.hear.exact()) {
      line(below, "hear {} -> {}", quoted(question.hear.string(exact.phrase)), exact.entry);
    }
    ladder(question.ladder, below);
  }

  void each(const Question& question) {
    line(below, "each {} in {}  key {:08x}", unit_.slots[question.each_slot].name,
         words_.expression(question.each_list), question.each_key);
    texts("label ", question.each_label, below + 1);
    texts("hint ", question.each_hint, below + 1);
  }

  void options(const Question& question) {
    for (Index i = question.options.begin; i < question.options.end; ++i) {
      const Option& option = unit_.options[i];
      std::string notes;
      if (option.value != none) notes += " = " + words_.expression(option.value);
      if (option.label_is_number) notes += ", a number";
      if (option.label_is_made) notes += ", of data";
      line(below, "option{} -> {}  key {:08x}", notes, option.address, option.key);
      texts("", option.label, below + 1);
      texts("hint ", option.hint, below + 1);
      for (const PhraseTable::Exact& exact : question.option_phrases.exact()) {
        if (exact.entry != i - question.options.begin) continue;
        line(below + 1, "hear {}", quoted(question.option_phrases.string(exact.phrase)));
      }
    }
  }

  static std::string leads(Index address, bool leaves) {
    if (address == none) return {};
    return fmt::format("{} -> {}", leaves ? ", leaves" : "", address);
  }

  std::string outside(Index index) const {
    if (index == none) return {};
    const Outside& outside = unit_.outsides[index];
    if (outside.address != none) return fmt::format(", outside the window -> {}", outside.address);
    return ", outside the window template " + app_.templates[outside.template_index].name;
  }

  void ladder(const Ladder& ladder, std::size_t depth) {
    for (Index i = ladder.rungs.begin; i < ladder.rungs.end; ++i) {
      const Rung& rung = unit_.rungs[i];
      const std::string when =
          rung.only_for_reason ? fmt::format(" when {}", value::to_text(rung.reason)) : "";
      line(depth, "no_match{}{}", when, leads(rung.address, rung.leaves));
      texts("", rung.text, depth + 1);
    }
    for (Index i = ladder.silences.begin; i < ladder.silences.end; ++i) {
      const Silence& silence = unit_.silences[i];
      line(depth, "no_input after {}{}{}", in_words(silence.after_ms),
           leads(silence.address, silence.leaves), outside(silence.outside));
      texts("", silence.text, depth + 1);
    }
  }

  void outcomes(Range outcomes) {
    for (Index i = outcomes.begin; i < outcomes.end; ++i) {
      const Outcome& outcome = unit_.outcomes[i];
      const std::string bound =
          outcome.slot == none ? ""
                               : fmt::format("({})", words_.variable(outcome.scope, outcome.slot));
      line(below, "{}{} -> {}", outcome.name, bound, outcome.address);
    }
  }

  void call(const Call& call) {
    line(0, "call {}{}", app_.services[call.service].name, words_.arguments(call.arguments));
    outcomes(call.outcomes);
  }

  void run(const Run& run) {
    line(0, "run {}{}{}", unit_.imports[run.import], words_.arguments(run.arguments),
         run.by_handler ? ", by a handler" : "");
    outcomes(run.outcomes);
  }

  void handoff(const Handoff& handoff) {
    line(0, "handoff {}{}", app_.queues[handoff.queue].name, words_.arguments(handoff.fields));
    texts(handoff.summary_is_private ? "private summary " : "summary ", handoff.summary);
    for (const PhraseTable::Exact& exact : handoff.leave.exact()) {
      line(below, "leave {}", quoted(handoff.leave.string(exact.phrase)));
    }
    outcomes(handoff.outcomes);
  }

  void match(const Match& match) {
    line(0, "match {}", words_.expression(match.node));
    for (Index i = match.cases.begin; i < match.cases.end; ++i) {
      line(below, "{} -> {}", unit_.cases[i].member.to_text(), unit_.cases[i].address);
    }
    if (match.otherwise != none) line(below, "else -> {}", match.otherwise);
  }

  const App& app_;
  const Unit& unit_;
  WordDumper words_;
  std::string out_;
};

}  // namespace

std::string dump_handlers(const App& app) {
  return UnitDumper(app, *app.unit).dump_handlers();
}

std::string dump(const App& app, const Unit& unit) {
  return UnitDumper(app, unit).dump_flow();
}

std::string dump(const Program& program) {
  std::string out = dump(program.app());
  for (Index i = 1; i < program.unit_count(); ++i) {
    out += '\n' + dump(program.app(), program.unit(i));
  }
  return out;
}

}  // namespace alur::program

// The moves at each kind of rest.
#include "tools/explore/moves.hpp"

#include <algorithm>
#include <set>

#include "engine/program/return_outcome.hpp"
#include "engine/value/phrase.hpp"
#include "engine/value/text.hpp"

namespace alur::tools {

using machine::Rest;
using program::PhraseTable;
using value::MediaKind;

namespace {

// Words that no flow is likely to wait for.
constexpr std::string_view odd_words = "zzz qqq";
constexpr std::string_view greeting_words = "halo";
constexpr std::string_view people_outcomes[] = {"closed", "left", "no_agent", "timed_out",
                                                "unavailable"};

std::string words_of(const program::PlainPhrase& phrase, std::string_view capture) {
  std::string words;
  for (const program::PhraseElement& element : phrase.elements) {
    if (!words.empty()) words += ' ';
    words += element.capture ? std::string(capture) : element.word;
  }
  return words;
}

}  // namespace

class MoveList {
 public:
  MoveList(const MoveSource& source, const Situation& situation)
      : source_(source),
        program_(source.program_),
        session_(situation.session),
        situation_(situation),
        scene_{program_, source.observed_, situation.session.language, situation.now} {}

  std::vector<Move> list() {
    switch (session_.rest) {
      case Rest::question:
        at_question();
        break;
      case Rest::call:
        at_call();
        break;
      case Rest::handoff:
        at_handoff();
        break;
      case Rest::pause:
        say(odd_words);
        anywhere();
        break;
      case Rest::nothing:
        say(greeting_words);
        anywhere();
        break;
    }
    if (situation_.next_timer()) add(Move::Kind::timer);
    return std::move(moves_);
  }

 private:
  void add(Move::Kind kind, std::string_view words = {}) {
    Move move;
    move.kind = kind;
    move.words = words;
    moves_.push_back(std::move(move));
  }
  void say(std::string_view words) { add(Move::Kind::text, words); }

  // --- at any time

  void anywhere() {
    phrases(program_.app().anytime);
    say_all(source_.triggers(scene_));
    old_taps();
    kinds_of_message();
  }

  void say_all(const std::vector<std::string>& all) {
    for (const std::string& words : all) say(words);
  }
  void phrases(const PhraseTable& table) { say_all(source_.phrases(table)); }

  // What was shown before: the option just answered, one for each flow that it still starts, and
  // one that has expired.
  void old_taps() {
    std::set<Index> flows;
    bool expired = false;
    const std::vector<machine::Choice>& seen = situation_.choices();
    for (auto choice = seen.rbegin(); choice != seen.rend(); ++choice) {
      if (situation_.is_current(*choice)) continue;
      const bool repeated = choice->tap.serial == session_.answered_serial &&
                            choice->tap.option == session_.answered_option;
      const auto flow = program_.late_tap(choice->tap.option);
      const bool other = !repeated && (flow ? flows.insert(*flow).second : !expired);
      if (!repeated && !flow) expired = true;
      if (repeated || other) add(Move::Kind::tap, choice->label);
    }
  }

  void kinds_of_message() {
    for (const MediaKind kind :
         {MediaKind::image, MediaKind::audio, MediaKind::video, MediaKind::document,
          MediaKind::sticker, MediaKind::location, MediaKind::contact}) {
      add(Move::Kind::media);
      moves_.back().media = kind;
    }
    add(Move::Kind::reaction, "👍");
    add(Move::Kind::edited, greeting_words);
    add(Move::Kind::deleted);
    add(Move::Kind::unsupported);
  }

  // --- at a question

  void at_question() {
    const program::Question& question = question_at(program_, session_);
    options(question);
    phrases(question.hear);
    if (question.choose) {
      say(odd_words);
    } else {
      typed(question);
    }
    anywhere();
  }

  void options(const program::Question& question) {
    std::vector<const machine::Choice*> current;
    for (const machine::Choice& choice : situation_.choices()) {
      if (situation_.is_current(choice)) current.insert(current.begin(), &choice);
    }
    bool misspelt = false;
    for (std::size_t i = 0; i < current.size(); ++i) {
      add(Move::Kind::tap, current[i]->label);
      say(current[i]->label);
      if (i == 0 || i + 1 == current.size()) say(std::to_string(i + 1));
      if (current[i]->tap.option == machine::page_key) say("0");
      if (!misspelt) misspelt = misspell(current[i]->label);
    }
    phrases(question.option_phrases);
  }

  // A label with a letter left out, where that is forgiven.
  bool misspell(std::string_view label) {
    const std::string words = value::normalised_phrase(label);
    if (value::typo_allowance(words) == 0 || !value::is_ascii(words)) return false;
    say(words.substr(0, words.size() - 1));
    return true;
  }

  void typed(const program::Question& question) {
    if (!question.into_type) return;
    say_all(source_.typed(*question.into_type, scene_));
  }

  // --- at a call, with people

  void at_call() {
    const program::Service& service = asked_service(program_, session_);
    for (Index i = 0; i < service.outcomes.size(); ++i) {
      const program::ServiceOutcome& outcome = service.outcomes[i];
      for (const value::Value& payload : source_.payloads(outcome.payload, scene_)) {
        add(Move::Kind::answer);
        moves_.back().outcome = i;
        moves_.back().payload = payload;
      }
    }
    // What comes meanwhile waits, and is heard as if it came later; two messages stand for all.
    if (!session_.queued.empty()) return;
    say(odd_words);
    const std::vector<std::string>& words = source_.phrases(program_.app().anytime);
    if (!words.empty()) say(words.front());
  }

  void at_handoff() {
    for (const std::string_view outcome : people_outcomes) add(Move::Kind::handed_back, outcome);
    const program::Unit& unit = program_.unit(session_.frames.back().position.unit);
    const program::Range outcomes = handoff_at(program_, session_).outcomes;
    for (Index i = outcomes.begin; i < outcomes.end; ++i) {
      const std::string& name = unit.outcomes[i].name;
      if (program::is_return(name)) add(Move::Kind::handed_back, name);
    }
    if (!session_.accepted) add(Move::Kind::accepted);
    say(odd_words);
    phrases(handoff_at(program_, session_).leave);
    phrases(program_.app().anytime);
    kinds_of_message();
  }

  const MoveSource& source_;
  const program::Program& program_;
  const machine::Session& session_;
  const Situation& situation_;
  SampleScene scene_;
  std::vector<Move> moves_;
};

std::vector<Move> MoveSource::at(const Situation& situation) const {
  return MoveList(*this, situation).list();
}

MoveSource::Key MoveSource::key(const void* what, const SampleScene& scene) const {
  return {what, scene.language, program_.zone().to_local(scene.now).date.days};
}

const std::vector<std::string>& MoveSource::typed(const value::Type& type,
                                                  const SampleScene& scene) const {
  const auto [found, fresh] = typed_.try_emplace(key(&type, scene));
  if (fresh) found->second = typed_samples(type, scene);
  return found->second;
}

const std::vector<value::Value>& MoveSource::payloads(const value::TypeRef& type,
                                                      const SampleScene& scene) const {
  static const std::vector<value::Value> none_at_all(1);
  if (!type) return none_at_all;
  const auto [found, fresh] = payloads_.try_emplace(key(type.get(), scene));
  if (fresh) found->second = payload_samples(*type, scene);
  return found->second;
}

const std::vector<std::string>& MoveSource::phrases(const PhraseTable& table) const {
  const auto [found, fresh] = phrases_.try_emplace(&table);
  std::set<std::uint32_t> entries;
  for (const program::PlainPhrase& phrase :
       fresh ? table.phrases() : std::vector<program::PlainPhrase>()) {
    if (entries.insert(phrase.entry).second) found->second.push_back(words_of(phrase, {}));
  }
  return found->second;
}

const std::vector<std::string>& MoveSource::triggers(const SampleScene& scene) const {
  const PhraseTable& table = program_.trigger_phrases();
  const auto [found, fresh] = triggers_.try_emplace(key(&table, scene));
  if (!fresh) return found->second;
  std::set<std::uint32_t> entries;
  for (const program::PlainPhrase& phrase : table.phrases()) {
    if (!entries.insert(phrase.entry).second) continue;
    const auto capture = std::find_if(phrase.elements.begin(), phrase.elements.end(),
                                      [](const auto& element) { return element.capture; });
    if (capture == phrase.elements.end()) {
      found->second.push_back(words_of(phrase, {}));
      continue;
    }
    const program::Unit& flow = program_.unit(program_.triggers()[phrase.entry].unit);
    for (const std::string& sample : typed(*flow.slots[capture->slot].type, scene)) {
      found->second.push_back(words_of(phrase, sample));
    }
  }
  return found->second;
}

}  // namespace alur::tools

#include "tools/witness/acts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dsl/chat/rewrite.hpp"
#include "engine/program/return_outcome.hpp"
#include "tools/replay/chat_value.hpp"
#include "tools/replay/run_chat.hpp"
#include "tools/replay/to_input.hpp"
#include "tools/witness/samples.hpp"

namespace alur::tools {

using machine::Rest;

namespace {

constexpr const char* nonsense = "qwrtp zxcvb";

const machine::Message* with_choices(const Conversation& conversation) {
  const auto& said = conversation.said();
  for (auto each = said.rbegin(); each != said.rend(); ++each) {
    if (!each->message.choices.empty()) return &each->message;
  }
  return nullptr;
}

// On the last message that shows it, as in a chat.
const machine::Choice* choice_of(const Conversation& conversation, std::string_view label) {
  const auto& said = conversation.said();
  for (auto each = said.rbegin(); each != said.rend(); ++each) {
    for (const machine::Choice& choice : each->message.choices) {
      if (choice.label == label) return &choice;
    }
  }
  return nullptr;
}

Act tap(const machine::Choice& choice) {
  Act act;
  act.kind = Act::Kind::tap;
  act.label = choice.label;
  act.words = dsl::print_tap(choice.label);
  return act;
}

Act say(std::string words, bool asks = false) {
  Act act;
  act.words = std::move(words);
  act.asks = asks;
  return act;
}

// One phrase of each entry, without captures. Those that the citizen was told lead them on.
void add_phrases(const program::PhraseTable& table, const std::vector<Index>& told,
                 std::vector<Act>& acts) {
  std::set<Index> seen;
  for (const program::PlainPhrase& phrase : table.phrases()) {
    std::string words;
    bool plain = true;
    for (const program::PhraseElement& element : phrase.elements) {
      plain &= !element.capture;
      words += (words.empty() ? "" : " ") + element.word;
    }
    if (!plain || !seen.insert(phrase.entry).second) continue;
    acts.push_back(say(words, std::find(told.begin(), told.end(), phrase.entry) != told.end()));
  }
}

void add_answers(const Conversation& conversation, const std::vector<Index>& told,
                 std::vector<Act>& acts) {
  const program::Program& program = conversation.program();
  const machine::Position at = conversation.session().frames.back().position;
  const program::Unit& unit = program.unit(at.unit);
  const program::Question& question = unit.questions[unit.code[at.address].c];
  if (const machine::Message* shown = with_choices(conversation)) {
    for (const machine::Choice& choice : shown->choices) {
      acts.push_back(tap(choice));
      acts.back().asks = true;
    }
  }
  if (!question.choose && question.into_type) {
    for (std::string& words : typed_samples(*question.into_type, unit)) {
      acts.push_back(say(std::move(words)));
    }
  }
  // Where there is nothing to choose and nothing was told, anything is a cry for help.
  Act odd = say(nonsense, told.empty() && with_choices(conversation) == nullptr);
  if (question.free_text) {
    odd.kind = Act::Kind::voice;
    odd.words = "> !voice";
  }
  odd.fits_nothing = true;
  acts.push_back(std::move(odd));
}

void add_services(const Conversation& conversation, std::vector<Act>& acts) {
  const program::Program& program = conversation.program();
  const program::Service& service = program.app().services[conversation.pending_call()->service];
  for (const program::ServiceOutcome& outcome : service.outcomes) {
    std::vector<value::Value> payloads(1);
    if (outcome.payload) payloads = value_samples(*outcome.payload);
    for (const value::Value& payload : payloads) {
      if (outcome.payload && !payload.is_set()) continue;
      Act act;
      act.kind = Act::Kind::service;
      act.answer = {outcome.key, payload};
      act.words = fmt::format("! {} {}", service.name, outcome.name);
      if (outcome.payload) {
        act.words += " " + print_value(payload, *outcome.payload, program.zone());
      }
      acts.push_back(std::move(act));
    }
  }
}

// The states that people may send the citizen on to.
void add_returns(const Conversation& conversation, std::vector<Act>& acts) {
  const machine::Position at = conversation.session().frames.back().position;
  const program::Unit& unit = conversation.program().unit(at.unit);
  const program::Range outcomes = unit.handoffs[unit.code[at.address].c].outcomes;
  for (Index i = outcomes.begin; i < outcomes.end; ++i) {
    const program::Outcome& outcome = unit.outcomes[i];
    if (!program::is_return(outcome.name)) continue;
    Act act;
    act.kind = Act::Kind::desk;
    act.outcome = outcome.key;
    act.words = fmt::format("! handoff {}", outcome.name);
    acts.push_back(std::move(act));
  }
}

void add_desk(std::vector<Act>& acts) {
  for (const char* outcome : {"no_agent", "timed_out", "unavailable", "closed", "left"}) {
    Act act;
    act.kind = Act::Kind::desk;
    act.outcome = value::name_key(outcome);
    act.words = fmt::format("! handoff {}", outcome);
    acts.push_back(std::move(act));
  }
}

// It is answered with more messages than one.
void add_old_tap(const Conversation& conversation, const dsl::proof::Fault& fault,
                 std::vector<Act>& acts) {
  if (fault.code != dsl::Code::long_burst) return;
  if (const machine::Choice* choice = old_choice(conversation)) acts.push_back(tap(*choice));
}

// Hours end while a citizen thinks.
void add_late(const dsl::proof::Fault& fault, std::vector<Act>& acts) {
  if (fault.code != dsl::Code::empty_promise) return;
  for (std::size_t i = 0, count = acts.size(); i < count; ++i) {
    if (!acts[i].by_citizen()) continue;
    acts.push_back(acts[i]);
    acts.back().late = true;
  }
}

}  // namespace

const machine::Choice* old_choice(const Conversation& conversation) {
  const auto& said = conversation.said();
  const machine::Session& session = conversation.session();
  for (auto each = said.rbegin(); each != said.rend(); ++each) {
    for (const machine::Choice& choice : each->message.choices) {
      const machine::Choice* last = choice_of(conversation, choice.label);
      const bool chosen = last->tap.serial == session.answered_serial &&
                          last->tap.option == session.answered_option;
      if (last->tap.serial != session.serial && !chosen) return last;
    }
  }
  return nullptr;
}

std::vector<Act> acts_at(const Conversation& conversation, const dsl::proof::Fault& fault) {
  std::vector<Act> acts;
  const program::Program& program = conversation.program();
  if (conversation.pending_call() != nullptr) {
    add_services(conversation, acts);
    return acts;
  }
  if (conversation.pending_handoff() != nullptr) {
    add_desk(acts);
    add_returns(conversation, acts);
    return acts;
  }
  const machine::Session& session = conversation.session();
  if (!session.active()) acts.push_back(say("halo", true));
  add_phrases(program.app().anytime, fault.told, acts);
  if (session.rest == Rest::question) add_answers(conversation, fault.told, acts);
  if (session.rest == Rest::pause) acts.push_back(say(nonsense, fault.told.empty()));
  add_phrases(program.trigger_phrases(), {}, acts);
  add_old_tap(conversation, fault, acts);
  if (conversation.next_timer() != nullptr) {
    Act act;
    act.kind = Act::Kind::time;
    acts.push_back(std::move(act));
  }
  add_late(fault, acts);
  return acts;
}

void perform(Conversation& conversation, const Act& act) {
  switch (act.kind) {
    case Act::Kind::say: {
      machine::Input input;
      input.text = act.words;
      return conversation.hear(input);
    }
    case Act::Kind::tap: {
      const machine::Choice* choice = choice_of(conversation, act.label);
      if (choice == nullptr) return;
      return conversation.hear(tap_input(*choice));
    }
    case Act::Kind::voice:
      return conversation.hear(sample_media(value::MediaKind::audio, {}));
    case Act::Kind::service:
      return conversation.answer_call(act.answer);
    case Act::Kind::desk:
      return conversation.end_handoff(act.outcome);
    case Act::Kind::time:
      if (conversation.next_timer() != nullptr) {
        conversation.fire_next(conversation.next_timer()->at);
      }
      return;
  }
}

}  // namespace alur::tools

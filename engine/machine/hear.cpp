// Hearing: what an inbound message means, in the one order of rules that the language gives. What
// then happens is step.cpp's.
#include <algorithm>
#include <cassert>
#include <charconv>

#include "engine/machine/phrase_match.hpp"
#include "engine/machine/walk.hpp"
#include "engine/value/phrase.hpp"

namespace alur::machine {

using program::none;
using program::PhraseTable;
using program::Question;
using program::Range;
using program::Rung;
using value::Mismatch;
using value::TypeKind;
using value::Value;

namespace {

// Two mismatches within this time are one attempt: a citizen who types in pieces.
constexpr std::int64_t same_mismatch_ms = 3'000;
constexpr std::size_t gathered_bytes_max = 16 * 1024;

bool counts(Input::Kind kind) {
  return kind == Input::Kind::text || kind == Input::Kind::tap || kind == Input::Kind::media ||
         kind == Input::Kind::unsupported;
}

std::uint8_t detail(Rule rule) {
  return static_cast<std::uint8_t>(rule);
}

bool takes_text(const value::TypeRef& type) {
  return type && type->kind != TypeKind::image && type->kind != TypeKind::document &&
         type->kind != TypeKind::location;
}

bool fits(value::MediaKind media, TypeKind wanted) {
  switch (wanted) {
    case TypeKind::image:
      return media == value::MediaKind::image;
    case TypeKind::document:
      return media == value::MediaKind::document || media == value::MediaKind::image;
    case TypeKind::location:
      return media == value::MediaKind::location;
    default:
      return false;
  }
}

}  // namespace

void Walk::hear(const Input& input) {
  note(TraceKind::heard, 0, 0, 0, static_cast<std::uint8_t>(input.kind));
  if (session_.rest == Rest::handoff) return hear_in_handoff(input);
  if (!counts(input.kind)) {
    note(TraceKind::uncounted, 0, 0, 0, static_cast<std::uint8_t>(input.kind));
    return;
  }
  if (session_.rest == Rest::call) {
    note(TraceKind::queued);
    if (session_.queued.size() < queued_max) session_.queued.push_back(input);
    return;
  }
  for (Frame& frame : session_.frames) {
    const program::Unit& flow = unit(frame.unit);
    for (Index slot = flow.counters_begin; slot < flow.slots.size(); ++slot) {
      session_.slots[frame.base + slot] = Value();
    }
  }
  value::normalise_phrase(input.text, words_);
  switch (session_.rest) {
    case Rest::question:
      return hear_at_question(input);
    case Rest::pause:
      return hear_in_pause(input);
    default:
      return hear_first(input);
  }
}

// With no conversation under way.
void Walk::hear_first(const Input& input) {
  if (input.kind == Input::Kind::tap) return hear_late_tap(input);
  if (hear_anytime(words_) || hear_triggers(words_, input.text)) return;
  note(TraceKind::took, 0, 0, 0, detail(Rule::start));
  start(program_.start_unit(), {});
  go(next_);
}

void Walk::hear_in_pause(const Input& input) {
  const Position at = top().position;
  if (input.kind == Input::Kind::tap) return hear_late_tap(input);
  if (hear_anytime(words_) || hear_triggers(words_, input.text)) return;
  session_.rest = Rest::nothing;
  cancel(TimerKind::pause);
  go({at.unit, at.address + 1});
}

void Walk::hear_in_handoff(const Input& input) {
  const Position at = top().position;
  const program::Handoff& handoff = unit(at.unit).handoffs[code(at).c];
  if (!session_.accepted && input.kind == Input::Kind::text) {
    value::normalise_phrase(input.text, words_);
    if (handoff.leave.find(words_)) {
      note(TraceKind::took, at.unit, at.address, 0, detail(Rule::hear));
      DeskRequest cancelled;
      cancelled.kind = DeskRequest::Kind::cancel;
      cancelled.serial = session_.serial;
      turn_.desk.push_back(std::move(cancelled));
      branch(at.unit, handoff.outcomes, value::name_key("left"), {});
      return go(next_);
    }
  }
  note(TraceKind::forwarded);
  DeskRequest forwarded;
  forwarded.kind = DeskRequest::Kind::forward;
  forwarded.serial = session_.serial;
  forwarded.input = input;
  turn_.desk.push_back(std::move(forwarded));
}

void Walk::hear_at_question(const Input& input) {
  const Question& asked = question();
  if (input.kind == Input::Kind::tap && hear_tap(input)) return;
  const bool words = !words_.empty();
  const bool consent = asked.consent;
  if (words && hear_anytime(words_)) return;
  if (words && hear_options(words_, consent)) return;
  if (words && hear_own(words_)) return;
  const bool typed = input.kind == Input::Kind::text || input.kind == Input::Kind::tap;
  mismatch_ = asked.choose && typed ? Mismatch::no_option : Mismatch::wrong_kind;
  if (hear_typed(input)) return;
  if (words && !asked.free_text && hear_triggers(words_, input.text)) return;
  miss(mismatch_);
}

// --- taps

bool Walk::hear_tap(const Input& input) {
  const Tap& tap = input.tap;
  const Position at = top().position;
  const Question& asked = question();
  if (tap.serial != 0 && tap.serial == session_.serial) {
    if (asked.each_key != 0 && tap.option == asked.each_key && tap.item < session_.offers.size()) {
      choose_offer(tap.item, Rule::tap, 0);
      return true;
    }
    for (Index i = asked.options.begin; i < asked.options.end; ++i) {
      if (unit(at.unit).options[i].key != tap.option) continue;
      choose_option(i, Rule::tap, 0);
      return true;
    }
  }
  hear_late_tap(input);
  return true;
}

void Walk::hear_late_tap(const Input& input) {
  const Tap& tap = input.tap;
  if (tap.serial != 0 && tap.serial == session_.answered_serial &&
      tap.option == session_.answered_option) {
    note(TraceKind::repeated);
    return;
  }
  if (const std::optional<Index> flow = program_.late_tap(tap.option)) {
    note(TraceKind::took, *flow, none, 0, detail(Rule::tap));
    const bool active = session_.active();
    clear();
    if (active) {
      note(TraceKind::left, *flow);
      push(*flow, {}, false);
    } else {
      start(*flow, {});
    }
    return go(next_);
  }
  note(TraceKind::expired);
  Message words;
  words.kind = Message::Kind::system;
  words.text = program_.system_text(program::SystemText::expired, session_.language);
  turn_.messages.push_back(std::move(words));
  if (session_.rest == Rest::pause) return;
  next_ = {};
  ask_again();
  go(next_);
}

// --- phrases

bool Walk::hear_anytime(std::string_view words) {
  if (const auto address = program_.app().anytime.find(words)) {
    note(TraceKind::took, 0, *address, 0, detail(Rule::anytime));
    go({0, *address});
    return true;
  }
  note(TraceKind::tried, 0, 0, 0, detail(Rule::anytime));
  return false;
}

bool Walk::hear_options(std::string_view words, bool consent) {
  const Question& asked = question();
  if (session_.offers.empty() && asked.options.empty()) return false;
  std::string label;
  for (std::size_t i = 0; i < session_.offers.size(); ++i) {
    value::normalise_phrase(session_.offers[i].label, label);
    if (label == words) return choose_offer(i, Rule::option, 0), true;
  }
  if (const auto entry = asked.option_phrases.find(words)) {
    return choose_option(asked.options.begin + *entry, Rule::option, 0), true;
  }
  const Index unit_index = top().position.unit;
  for (Index i = asked.options.begin; i < asked.options.end; ++i) {
    const program::Option& option = unit(unit_index).options[i];
    if (!option.label_is_made) continue;
    value::normalise_phrase(rendered(unit_index, option.label), label);
    if (label == words) return choose_option(i, Rule::option, 0), true;
  }
  note(TraceKind::tried, 0, 0, 0, detail(Rule::option));
  return hear_position(words) || (!consent && hear_typo(words));
}

bool Walk::hear_position(std::string_view words) {
  const Question& asked = question();
  const program::Unit& flow = unit(top().position.unit);
  for (Index i = asked.options.begin; i < asked.options.end; ++i) {
    if (flow.options[i].label_is_number) return false;
  }
  std::size_t position = 0;
  const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), position);
  const bool number =
      error == std::errc() && end == words.data() + words.size() && words.size() < 4;
  if (number && position >= 1 && position <= session_.offers.size()) {
    return choose_offer(position - 1, Rule::position, 0), true;
  }
  if (number && position >= 1 && position <= session_.offers.size() + asked.options.size()) {
    const Index option = static_cast<Index>(position - 1 - session_.offers.size());
    return choose_option(asked.options.begin + option, Rule::position, 0), true;
  }
  note(TraceKind::tried, 0, 0, 0, detail(Rule::position));
  return false;
}

namespace {

// The nearest candidates so far; a tie between two different ones is no match.
struct Nearest {
  int edits = 3;
  std::size_t which = 0;
  bool tie = false;

  void offer(std::string_view words, std::string_view candidate, std::size_t index) {
    const int allowed = std::min(value::typo_allowance(candidate), edits);
    if (allowed <= 0) return;
    const auto distance = value::edit_distance_at_most(words, candidate, allowed);
    if (!distance) return;
    if (*distance < edits) {
      edits = *distance;
      which = index;
      tie = false;
    } else if (index != which) {
      tie = true;
    }
  }
};

}  // namespace

bool Walk::hear_typo(std::string_view words) {
  const Question& asked = question();
  Nearest nearest;
  std::string label;
  for (std::size_t i = 0; i < session_.offers.size(); ++i) {
    value::normalise_phrase(session_.offers[i].label, label);
    nearest.offer(words, label, i);
  }
  const std::size_t offers = session_.offers.size();
  for (const PhraseTable::Exact& phrase : asked.option_phrases.exact()) {
    nearest.offer(words, asked.option_phrases.string(phrase.phrase), offers + phrase.entry);
  }
  if (nearest.edits > 2 || nearest.tie) {
    note(TraceKind::tried, 0, 0, 0, detail(Rule::typo));
    return false;
  }
  const Index edits = static_cast<Index>(nearest.edits);
  if (nearest.which < offers) {
    choose_offer(nearest.which, Rule::typo, edits);
  } else {
    choose_option(asked.options.begin + static_cast<Index>(nearest.which - offers), Rule::typo,
                  edits);
  }
  return true;
}

bool Walk::hear_own(std::string_view words) {
  const Question& asked = question();
  if (asked.hear.empty()) return false;
  if (const auto address = asked.hear.find(words)) {
    const Index unit_index = top().position.unit;
    note(TraceKind::took, unit_index, *address, 0, detail(Rule::hear));
    go({unit_index, *address});
    return true;
  }
  note(TraceKind::tried, 0, 0, 0, detail(Rule::hear));
  return false;
}

bool Walk::hear_triggers(std::string_view words, std::string_view raw) {
  const PhraseTable& table = program_.trigger_phrases();
  if (const auto entry = table.find(words)) {
    const auto trigger = program_.triggers()[*entry];
    note(TraceKind::took, trigger.unit, trigger.trigger, 0, detail(Rule::trigger));
    start_by_trigger(trigger.unit, std::vector<Value>(unit(trigger.unit).param_count));
    return true;
  }
  if (table.has_patterns() && !words.empty()) {
    std::vector<Value> params;
    const value::ReadingScene scene{program_.app().languages[session_.language], program_.zone(),
                                    now_};
    const auto accept = [&](std::uint32_t entry, std::uint32_t slot, std::string_view said) {
      const program::Unit& flow = unit(program_.triggers()[entry].unit);
      value::Reading reading = value::read_typed(said, *flow.slots[slot].type, scene);
      if (!reading.ok()) return false;
      params.resize(flow.param_count);
      params[slot] = reading.take_value();
      return true;
    };
    if (const auto entry = match_patterns(table, raw, accept)) {
      const auto trigger = program_.triggers()[*entry];
      note(TraceKind::took, trigger.unit, trigger.trigger, 0, detail(Rule::trigger));
      params.resize(unit(trigger.unit).param_count);
      start_by_trigger(trigger.unit, std::move(params));
      return true;
    }
  }
  note(TraceKind::tried, 0, 0, 0, detail(Rule::trigger));
  return false;
}

// --- answers

void Walk::choose_offer(std::size_t item, Rule rule, Index edits) {
  const Position at = top().position;
  const Question& asked = question();
  note(TraceKind::took, at.unit, none, edits, detail(rule));
  session_.answered_serial = session_.serial;
  session_.answered_option = asked.each_key;
  const Value chosen = session_.offers[item].item;
  answer(&chosen);
  go({at.unit, asked.next});
}

void Walk::choose_option(Index option_index, Rule rule, Index edits) {
  const Position at = top().position;
  const program::Option& option = unit(at.unit).options[option_index];
  note(TraceKind::took, at.unit, option_index, edits, detail(rule));
  session_.answered_serial = session_.serial;
  session_.answered_option = option.key;
  if (option.value != none) {
    const Value value = take(at.unit, option.value);
    answer(&value);
  } else {
    answer(nullptr);
  }
  go({at.unit, option.address});
}

void Walk::answer(const Value* value) {
  const Position at = top().position;
  const Question& asked = question();
  const bool stored = asked.into != none && value;
  if (stored) set(asked.into_scope, asked.into, *value);
  const bool open = stored && asked.into_type && !asked.into_type->is_private;
  journal(JournalEntry::Kind::answered, at.unit, code(at).c, open ? *value : Value());
  session_.rest = Rest::nothing;
  session_.offers.clear();
  session_.gathered.clear();
  cancel(TimerKind::silence);
  cancel(TimerKind::gather);
}

bool Walk::hear_typed(const Input& input) {
  const Question& asked = question();
  if (asked.choose) return false;
  if (input.kind == Input::Kind::media) return take_media(input);
  if (input.kind != Input::Kind::text || !takes_text(asked.into_type)) return false;
  if (asked.gather_ms > 0) {
    if (!session_.gathered.empty()) session_.gathered += '\n';
    const std::size_t room =
        gathered_bytes_max - std::min(gathered_bytes_max, session_.gathered.size());
    session_.gathered += input.text.substr(0, room);
    arm(TimerKind::gather, asked.gather_ms);
    return true;
  }
  return take_typed(input.text);
}

bool Walk::take_typed(std::string_view text) {
  const Position at = top().position;
  const Question& asked = question();
  const value::ReadingScene scene{program_.app().languages[session_.language], program_.zone(),
                                  now_};
  value::Reading reading = value::read_typed(text, *asked.into_type, scene);
  if (!reading.ok()) {
    mismatch_ = reading.mismatch();
    note(TraceKind::mismatched, 0, 0, 0, static_cast<std::uint8_t>(mismatch_));
    return false;
  }
  note(TraceKind::took, at.unit, code(at).c, 0, detail(Rule::typed));
  const Value value = reading.take_value();
  answer(&value);
  go({at.unit, asked.next});
  return true;
}

bool Walk::take_media(const Input& input) {
  const Position at = top().position;
  const Question& asked = question();
  if (!input.media || !asked.into_type || !fits(input.media->kind, asked.into_type->kind)) {
    return false;
  }
  note(TraceKind::took, at.unit, code(at).c, 0, detail(Rule::typed));
  const Value media(input.media);
  answer(&media);
  go({at.unit, asked.next});
  return true;
}

// --- nothing fitted

void Walk::miss(Mismatch reason) {
  note(TraceKind::tried, 0, 0, 0, detail(Rule::typed));
  const Position at = top().position;
  const bool again =
      session_.attempts > 0 && (now_ - session_.mismatch_at).milliseconds < same_mismatch_ms;
  if (again) {
    note(TraceKind::uncounted, 0, 0, 0, static_cast<std::uint8_t>(Input::Kind::text));
    return;
  }
  session_.mismatch_at = now_;
  if (session_.attempts < 0xFF) ++session_.attempts;
  journal(JournalEntry::Kind::missed, at.unit, code(at).c);
  const program::Ladder& ladder = question().ladder;
  const Index owner = ladder.own_rungs ? at.unit : 0;
  const Range rungs = ladder.own_rungs ? ladder.rungs : program_.app().defaults.rungs;
  note(TraceKind::took, owner, rungs.begin, session_.attempts, detail(Rule::no_match));
  retry(owner, pick_rung(owner, rungs, reason));
}

// The last rung answers the last attempt. Before it: the one for this reason, else the one of this
// attempt that has no reason, else the nearest before it, else none.
const Rung* Walk::pick_rung(Index unit_index, Range rungs, Mismatch reason) {
  if (rungs.empty()) return nullptr;
  const program::Unit& owner = unit(unit_index);
  if (session_.attempts >= rungs.size()) return &owner.rungs[rungs.end - 1];
  for (Index i = rungs.begin; i + 1 < rungs.end; ++i) {
    const Rung& rung = owner.rungs[i];
    if (rung.only_for_reason && rung.reason == reason) return &rung;
  }
  for (Index i = rungs.begin + session_.attempts; i-- > rungs.begin;) {
    if (!owner.rungs[i].only_for_reason) return &owner.rungs[i];
  }
  return nullptr;
}

void Walk::retry(Index unit_index, const Rung* rung) {
  const Position at = top().position;
  const Question& asked = question();
  const bool leaves = rung && rung->leaves;
  if (rung) {
    const Index index = static_cast<Index>(rung - unit(unit_index).rungs.data());
    note(TraceKind::retried, unit_index, index, session_.attempts);
  }
  if (!leaves || rung->text != none) {
    Message words = message(at.unit, asked.message, Message::Kind::retry);
    if (rung && rung->text != none) {
      words.text.clear();
      words.attachment.reset();
      words.unit = unit_index;
      words.place = rung->place;
      render(unit_index, rung->text, words.text);
    }
    if (!leaves) add_choices(words, at);
    turn_.messages.push_back(std::move(words));
  }
  if (rung && rung->address != none) go({unit_index, rung->address});
}

}  // namespace alur::machine

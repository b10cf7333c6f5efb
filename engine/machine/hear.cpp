// Hearing: what an inbound message means, in the one order of rules that the language gives. What
// then happens is step.cpp's.
#include <algorithm>
#include <cassert>

#include "engine/machine/walk.hpp"
#include "engine/value/phrase.hpp"

namespace alur::machine {

using program::none;
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

// A photo of a document is one, to all that come after: a value of another type would not be kept.
Value as_asked(const std::shared_ptr<const value::Media>& media, TypeKind wanted) {
  if (wanted != TypeKind::document || media->kind == value::MediaKind::document) {
    return Value(media);
  }
  value::Media document = *media;
  document.kind = value::MediaKind::document;
  return Value(std::move(document));
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
    const bool full = session_.queued.size() == queued_max;
    note(full ? TraceKind::queue_full : TraceKind::queued);
    if (!full) session_.queued.push_back(input);
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

// Once its time is over and a template was sent, an old option is as good as any words.
void Walk::hear_in_pause(const Input& input) {
  const Position at = top().position;
  const bool runs = (session_.timers & (1u << static_cast<unsigned>(TimerKind::pause))) != 0;
  const bool acts = runs || program_.late_tap(input.tap.option);
  if (input.kind == Input::Kind::tap && acts) return hear_late_tap(input);
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
  mismatch_ =
      asked.choose && input.kind == Input::Kind::text ? Mismatch::no_option : Mismatch::wrong_kind;
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
    if (hear_page(tap)) return true;
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
  session_.page = 0;
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
  const Value media = as_asked(input.media, asked.into_type->kind);
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

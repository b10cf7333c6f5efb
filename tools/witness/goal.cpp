#include "tools/witness/goal.hpp"

namespace alur::tools {

using dsl::Code;
using Kind = machine::TraceEntry::Kind;
using machine::Rest;

bool Goal::waits_for_citizen(const Conversation& conversation) const {
  const Rest rest = conversation.session().rest;
  return !conversation.session().active() || rest == Rest::question || rest == Rest::pause;
}

bool Goal::helps(const program::Message& message) const {
  return message.contact || tickets_.tells_number(message);
}

program::Index Goal::begins_in() const {
  return fault_.language == program::none ? 0 : fault_.language;
}

bool Goal::at_place(const Conversation& conversation) const {
  const machine::Session& session = conversation.session();
  if (!session.active()) return false;
  const bool changed = session.language != begins_in();
  if (fault_.code == Code::no_person && changed != (fault_.language == program::none)) return false;
  const machine::Position at = session.frames.back().position;
  return session.rest != Rest::nothing && at.unit == fault_.unit && at.address == fault_.address;
}

bool Goal::allows(const Act& act, const Progress& progress) const {
  if (!progress.at_place) return true;
  switch (fault_.code) {
    case Code::no_person:
      return act.by_citizen() ? act.asks : act.kind != Act::Kind::time;
    case Code::endless_reminders:
      return !act.by_citizen();
    case Code::unanswered:
      return fault_.number == 1 ? act.fits_nothing : act.kind == Act::Kind::time;
    case Code::nobody_told:
      return act.kind == Act::Kind::desk || act.kind == Act::Kind::service;
    default:
      return true;
  }
}

// What one thing that the machine did means for the goal.
void Goal::look(Progress& progress, const machine::TraceEntry& entry, bool& said,
                bool& closed) const {
  const program::Unit& unit = program_.unit(entry.unit);
  const program::Unit& place = program_.unit(fault_.unit);
  const program::Instruction& step = place.code[fault_.address];
  const bool here = entry.unit == fault_.unit;
  switch (entry.kind) {
    case Kind::guard:
      progress.shown |= here && entry.index == fault_.address &&
                        (fault_.code == Code::never_holds || fault_.code == Code::always_holds);
      break;
    case Kind::chose:
      progress.shown |= here && entry.index == step.c && fault_.code == Code::case_never_comes;
      break;
    case Kind::failed:
      progress.shown |= fault_.code == Code::deep_stack;
      break;
    case Kind::said:
      said = true;
      progress.helped |= helps(unit.messages[entry.index]);
      if (fault_.code == Code::empty_promise && here && entry.index == step.c) {
        progress.at_place = true;
      }
      break;
    case Kind::asked:
      progress.helped |= helps(unit.messages[unit.questions[entry.index].message]);
      if (fault_.code == Code::endless_reminders && progress.at_place && here &&
          entry.index == step.c) {
        progress.shown = true;
      }
      break;
    case Kind::returned:
      closed |= unit.outcomes[entry.index].name == "out_of_hours";
      progress.shown |= closed && fault_.code == Code::empty_promise && progress.at_place;
      break;
    default:
      break;
  }
}

Progress Goal::after(Progress progress, const Act& act, bool was_at_place,
                     const Conversation& conversation, std::size_t first_turn,
                     std::size_t first_message) const {
  bool said = false;
  bool closed = false;
  if (fault_.code == Code::empty_promise) progress.at_place = false;
  if (!progress.at_place) progress.helped = false;
  for (std::size_t t = first_turn; t < conversation.turns().size(); ++t) {
    for (const machine::TraceEntry& entry : conversation.turns()[t].trace.entries) {
      look(progress, entry, said, closed);
    }
  }
  const int messages = static_cast<int>(conversation.said().size() - first_message);
  switch (fault_.code) {
    case Code::long_burst: {
      const bool question = program_.unit(fault_.unit).code[fault_.address].op == program::Op::ask;
      if (act.by_citizen()) {
        progress.count = 0;
        progress.at_place = !question || was_at_place;
      }
      progress.count += messages;
      progress.shown = progress.at_place && progress.count > program_.app().bounds.messages;
      return progress;
    }
    case Code::no_person:
      if (progress.at_place && act.by_citizen()) ++progress.count;
      if (progress.at_place && waits_for_citizen(conversation) && !progress.helped) {
        progress.shown = progress.count >= fault_.number;
      }
      if (progress.helped) progress.at_place = false;
      break;
    case Code::unanswered:
      if (progress.at_place) ++progress.count;
      progress.shown = progress.at_place && progress.count >= (fault_.number == 1 ? 2 : 1);
      break;
    case Code::nobody_told:
      progress.shown = (progress.at_place || closed) && !said && waits_for_citizen(conversation);
      break;
    default:
      break;
  }
  if (!progress.at_place && fault_.code != Code::empty_promise && at_place(conversation)) {
    progress.at_place = true;
    progress.count = 0;
    progress.helped = false;
  }
  return progress;
}

}  // namespace alur::tools

// A text that shows the number of a ticket is said only where a ticket was recorded.
//
// A variable of the flow that nothing but outcomes of `ticket.open` fill is unset until such a call
// has ended well, and unset again by the next; no text may show what may be unset. So wherever a
// text shows it, there is a ticket of that number, whatever way led there.
#include "dsl/check/proof/tickets.hpp"

#include <algorithm>
#include <string_view>

namespace alur::dsl::proof {

using program::Index;
using program::NodeKind;
using program::none;
using program::Op;
using program::Scope;
using program::Unit;

namespace {

constexpr std::string_view ticket_service = "ticket.open";
constexpr std::string_view number_field = "number";

// The node of an expression that is shown as it is: a variable, or the field of one.
struct Shown {
  Index slot = none;
  bool of_record = false;
};

Shown shown_by(const Unit& unit, const program::TextPart& part) {
  if (part.node == none || !part.filters.empty()) return {};
  const program::Node& node = unit.nodes[part.node];
  if (node.kind == NodeKind::local) return {node.b, false};
  if (node.kind != NodeKind::field || node.c != value::name_key(number_field)) return {};
  const program::Node& record = unit.nodes[node.b];
  return record.kind == NodeKind::local ? Shown{record.b, true} : Shown{};
}

std::set<Index> filled_by_tickets(const program::Program& program, const Unit& unit) {
  std::set<Index> tickets;
  std::set<Index> others;
  std::set<Index> of_tickets;  // outcomes
  for (const program::Call& call : unit.calls) {
    if (program.app().services[call.service].name != ticket_service) continue;
    for (Index i = call.outcomes.begin; i < call.outcomes.end; ++i) of_tickets.insert(i);
  }
  for (Index i = 0; i < unit.outcomes.size(); ++i) {
    const program::Outcome& outcome = unit.outcomes[i];
    if (outcome.slot == none || outcome.scope != Scope::local) continue;
    (of_tickets.contains(i) ? tickets : others).insert(outcome.slot);
  }
  for (const program::Question& question : unit.questions) {
    if (question.into != none && question.into_scope == Scope::local) others.insert(question.into);
  }
  for (const program::Instruction& step : unit.code) {
    if (step.op == Op::set && static_cast<Scope>(step.a) == Scope::local) others.insert(step.b);
  }
  for (const Index other : others) tickets.erase(other);
  return tickets;
}

bool tells_in_every_language(const Unit& unit, const program::Message& message,
                             const std::set<Index>& tickets, std::size_t languages) {
  if (message.text == none || tickets.empty()) return false;
  const auto tells = [&](const program::TextPart& part) {
    const Shown shown = shown_by(unit, part);
    if (shown.slot == none || !tickets.contains(shown.slot)) return false;
    return shown.of_record || unit.slots[shown.slot].type->kind == value::TypeKind::text;
  };
  const Index first = unit.texts[message.text].first_wording;
  for (std::size_t l = 0; l < languages; ++l) {
    const program::Range parts = unit.wordings[first + l];
    if (!std::any_of(unit.parts.begin() + parts.begin, unit.parts.begin() + parts.end, tells)) {
      return false;
    }
  }
  return true;
}

}  // namespace

TicketTexts::TicketTexts(const program::Program& program) {
  const std::size_t languages = program.app().languages.size();
  for (Index i = 0; i < program.unit_count(); ++i) {
    const Unit& unit = program.unit(i);
    const std::set<Index> tickets = filled_by_tickets(program, unit);
    for (const program::Message& message : unit.messages) {
      if (tells_in_every_language(unit, message, tickets, languages)) telling_.insert(&message);
    }
  }
}

}  // namespace alur::dsl::proof

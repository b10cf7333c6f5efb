// The fields of every table's rows, listed once: compiled bytes are written and read along these
// lists, and the tests of verification change one field after the other. A field that is missing
// here is lost on the way through a cache: program_bytes_test compares dumps.
#pragma once

#include <concepts>
#include <type_traits>

#include "engine/program/program.hpp"

namespace alur::program {

template <class Row, class T>
concept Of = std::same_as<std::remove_const_t<Row>, T>;

// Rows that are nothing but numbers side by side: written as they lie in memory. No bool among
// them, whose garbage must not be looked at.
template <class T>
inline constexpr bool is_block = false;
template <>
inline constexpr bool is_block<Index> = true;
template <>
inline constexpr bool is_block<value::PluralCategory> = true;
template <>
inline constexpr bool is_block<Instruction> = true;
template <>
inline constexpr bool is_block<Node> = true;
template <>
inline constexpr bool is_block<Place> = true;
template <>
inline constexpr bool is_block<Range> = true;
template <>
inline constexpr bool is_block<TextPart> = true;
template <>
inline constexpr bool is_block<Text> = true;
template <>
inline constexpr bool is_block<Outside> = true;
template <>
inline constexpr bool is_block<Call> = true;
template <>
inline constexpr bool is_block<Departure> = true;
template <>
inline constexpr bool is_block<Match> = true;
template <>
inline constexpr bool is_block<Trigger> = true;
template <>
inline constexpr bool is_block<Site> = true;

// --- small parts

template <Of<Place> Row>
void fields(Row& row, auto& visit) {
  visit(row.line, row.column);
}
template <Of<Range> Row>
void fields(Row& row, auto& visit) {
  visit(row.begin, row.end);
}
template <Of<StringRef> Row>
void fields(Row& row, auto& visit) {
  visit(row.begin, row.size);
}
template <Of<Ladder> Row>
void fields(Row& row, auto& visit) {
  visit(row.rungs, row.silences, row.own_rungs, row.own_silences);
}
template <Of<PhraseTable::Exact> Row>
void fields(Row& row, auto& visit) {
  visit(row.hash, row.phrase, row.entry);
}
template <Of<PhraseTable::Element> Row>
void fields(Row& row, auto& visit) {
  visit(row.capture, row.word, row.slot);
}
template <Of<PhraseTable::Pattern> Row>
void fields(Row& row, auto& visit) {
  visit(row.first_word, row.begin, row.end, row.entry);
}
template <Of<PhraseElement> Row>
void fields(Row& row, auto& visit) {
  visit(row.capture, row.word, row.slot);
}
template <Of<PlainPhrase> Row>
void fields(Row& row, auto& visit) {
  visit(row.elements, row.entry);
}

// --- rows of a unit, in the order of its tables

template <Of<Slot> Row>
void fields(Row& row, auto& visit) {
  visit(row.name, row.key, row.type);
}
template <Of<State> Row>
void fields(Row& row, auto& visit) {
  visit(row.name, row.key, row.address, row.place);
}
template <Of<DeclaredOutcome> Row>
void fields(Row& row, auto& visit) {
  visit(row.name, row.key, row.payload);
}
template <Of<Instruction> Row>
void fields(Row& row, auto& visit) {
  visit(row.op, row.a, row.b, row.c, row.d);
}
template <Of<Node> Row>
void fields(Row& row, auto& visit) {
  visit(row.kind, row.a, row.n, row.b, row.c);
}
template <Of<TextPart> Row>
void fields(Row& row, auto& visit) {
  visit(row.node, row.literal, row.filters);
}
template <Of<FilterUse> Row>
void fields(Row& row, auto& visit) {
  visit(row.filter, row.arguments, row.names);
}
template <Of<Text> Row>
void fields(Row& row, auto& visit) {
  visit(row.first_wording);
}
template <Of<Message> Row>
void fields(Row& row, auto& visit) {
  visit(row.text, row.image, row.document, row.link_label, row.link_url, row.location_name,
        row.location_address, row.latitude, row.longitude, row.overflow, row.contact, row.place);
}
template <Of<Question> Row>
void fields(Row& row, auto& visit) {
  visit(row.choose, row.consent, row.free_text, row.message, row.into_scope, row.into,
        row.into_type, row.options);
  visit(row.each_list, row.each_slot, row.each_label, row.each_hint, row.each_key);
  visit(row.button, row.option_phrases, row.hear, row.ladder, row.gather_ms, row.next, row.name,
        row.place);
}
template <Of<Option> Row>
void fields(Row& row, auto& visit) {
  visit(row.label, row.hint, row.value, row.address, row.key, row.label_is_number,
        row.label_is_made, row.place);
}
template <Of<Rung> Row>
void fields(Row& row, auto& visit) {
  visit(row.only_for_reason, row.reason, row.text, row.address, row.leaves, row.place);
}
template <Of<Silence> Row>
void fields(Row& row, auto& visit) {
  visit(row.after_ms, row.text, row.address, row.leaves, row.place, row.outside);
}
template <Of<Outside> Row>
void fields(Row& row, auto& visit) {
  visit(row.template_index, row.address, row.place);
}
template <Of<Argument> Row>
void fields(Row& row, auto& visit) {
  visit(row.key, row.name, row.node, row.is_private);
}
template <Of<Outcome> Row>
void fields(Row& row, auto& visit) {
  visit(row.name, row.key, row.slot, row.scope, row.address);
}
template <Of<Call> Row>
void fields(Row& row, auto& visit) {
  visit(row.service, row.arguments, row.outcomes, row.place);
}
template <Of<Run> Row>
void fields(Row& row, auto& visit) {
  visit(row.import, row.arguments, row.outcomes, row.by_handler, row.place);
}
template <Of<Handoff> Row>
void fields(Row& row, auto& visit) {
  visit(row.queue, row.summary, row.summary_is_private, row.fields, row.outcomes, row.leave,
        row.place);
}
template <Of<Departure> Row>
void fields(Row& row, auto& visit) {
  visit(row.import, row.arguments);
}
template <Of<MatchCase> Row>
void fields(Row& row, auto& visit) {
  visit(row.member, row.address);
}
template <Of<Match> Row>
void fields(Row& row, auto& visit) {
  visit(row.node, row.cases, row.otherwise);
}
template <Of<Track> Row>
void fields(Row& row, auto& visit) {
  visit(row.event, row.fields, row.place);
}
template <Of<Trigger> Row>
void fields(Row& row, auto& visit) {
  visit(row.place);
}
template <Of<Site> Row>
void fields(Row& row, auto& visit) {
  visit(row.key, row.address);
}

template <Of<Unit> Row>
void fields(Row& unit, auto& visit) {
  visit(unit.name, unit.path, unit.key, unit.slots, unit.param_count, unit.counters_begin,
        unit.states, unit.outcomes_declared, unit.imports);
  visit(unit.code, unit.places, unit.nodes, unit.argument_nodes, unit.constants);
  visit(unit.strings, unit.wordings, unit.parts, unit.filters, unit.plural_names, unit.texts);
  visit(unit.messages, unit.questions, unit.options, unit.rungs, unit.silences, unit.outsides);
  visit(unit.arguments, unit.outcomes, unit.calls, unit.runs, unit.handoffs, unit.departures,
        unit.cases, unit.matches, unit.tracks);
  visit(unit.triggers, unit.trigger_phrases, unit.sites);
}

// --- the app

template <Of<ServiceOutcome> Row>
void fields(Row& row, auto& visit) {
  visit(row.name, row.key, row.payload);
}
template <Of<Service> Row>
void fields(Row& row, auto& visit) {
  visit(row.name, row.key, row.params, row.outcomes, row.timeout_ms, row.changes);
}
template <Of<value::Date> Row>
void fields(Row& row, auto& visit) {
  visit(row.days);
}
template <Of<value::OpenInterval> Row>
void fields(Row& row, auto& visit) {
  visit(row.open, row.close);
}
template <Of<value::OpeningHours> Row>
void fields(Row& row, auto& visit) {
  visit(row.always, row.weekdays, row.holidays);
}
template <Of<Hours> Row>
void fields(Row& row, auto& visit) {
  visit(row.name, row.hours);
}
template <Of<Queue> Row>
void fields(Row& row, auto& visit) {
  visit(row.name, row.key, row.hours, row.priority, row.is_private, row.titles, row.wait_ms_max,
        row.waiting_max, row.first_reply_ms, row.next_reply_ms, row.resolution_ms);
}
template <Of<Template> Row>
void fields(Row& row, auto& visit) {
  visit(row.name, row.key, row.wordings);
}

template <Of<Bounds> Row>
void fields(Row& row, auto& visit) {
  visit(row.messages, row.person_within);
}

// All but the unit, and what prepare() makes of the rest.
template <Of<App> Row>
void fields(Row& app, auto& visit) {
  visit(app.name, app.languages, app.timezone, app.start, app.channels, app.contact, app.session);
  visit(app.services, app.hours, app.queues, app.system_texts, app.session_ends_ms, app.bounds);
  visit(app.anytime, app.defaults, app.templates);
}

}  // namespace alur::program

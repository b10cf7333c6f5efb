#include "tests/generated/random_events.hpp"

namespace alur::tests {

using machine::Event;
using machine::Input;
using machine::Rest;
using machine::Turn;
using value::TypeKind;
using value::Value;

Event RandomEvents::next(const Turn& last) {
  now_.milliseconds += pick(10) == 0 ? pick(200'000'000) : 1'000 + pick(20'000);
  for (const machine::Message& message : last.messages) {
    for (const machine::Choice& choice : message.choices) {
      if (seen_.size() < 64) seen_.push_back({choice.tap, choice.label, {}});
    }
  }
  if (pick(12) == 0) return timer(last);
  const bool odd = pick(15) == 0;
  if ((last.session.rest == Rest::call) != odd) return answered(last);
  if ((last.session.rest == Rest::handoff) != odd && pick(3) != 0) return handed_back(last);
  return heard(last);
}

std::string RandomEvents::words() {
  static const std::vector<std::string> some = {"",
                                                "halo",
                                                "1",
                                                "2",
                                                "3",
                                                "12",
                                                "Rp 1.500.000",
                                                "menu",
                                                "stop",
                                                "english",
                                                "agent",
                                                "skip",
                                                "lewati",
                                                "yes",
                                                "ya",
                                                "besok",
                                                "merah",
                                                "Warna red",
                                                "warna grene",
                                                "😀",
                                                "\xff\xfe",
                                                "???",
                                                "31/12/2025",
                                                "batal",
                                                "lainnya",
                                                "0",
                                                "lihat nomor1",
                                                "buka1 saja Bank",
                                                "  ",
                                                "Colour blue",
                                                std::string(5'000, 'x')};
  return some[static_cast<std::size_t>(pick(static_cast<int>(some.size())))];
}

Event RandomEvents::typed(const Turn&) {
  return machine::heard_text(now_, words());
}

Event RandomEvents::media() {
  Event event = machine::heard_text(now_, pick(2) == 0 ? "" : words());
  event.input.kind = static_cast<Input::Kind>(2 + pick(5));
  if (event.input.kind == Input::Kind::media) {
    value::Media media;
    media.kind = static_cast<value::MediaKind>(pick(7));
    media.source = "media-1";
    event.input.media = std::make_shared<const value::Media>(media);
  }
  return event;
}

Event RandomEvents::heard(const Turn& last) {
  const int way = pick(10);
  if (way == 0) return media();
  if (way < 5 && !last.messages.empty() && !last.messages.back().choices.empty()) {
    const auto& choices = last.messages.back().choices;
    const machine::Choice& choice =
        choices[static_cast<std::size_t>(pick(static_cast<int>(choices.size())))];
    return pick(2) == 0 ? machine::heard_tap(now_, choice.tap, choice.label)
                        : machine::heard_text(now_, choice.label);
  }
  if (way == 5 && !seen_.empty()) {
    const machine::Choice& old =
        seen_[static_cast<std::size_t>(pick(static_cast<int>(seen_.size())))];
    return machine::heard_tap(now_, old.tap, old.label);
  }
  return typed(last);
}

Event RandomEvents::timer(const Turn& last) {
  Event event;
  event.kind = Event::Kind::timer_fired;
  event.at = now_;
  event.timer = static_cast<machine::TimerKind>(pick(machine::timer_kind_count));
  event.serial = last.session.serial - (pick(4) == 0 ? 1 : 0);
  return event;
}

Value RandomEvents::value_of(const value::Type& type) {
  if (type.optional && pick(2) == 0) return {};
  switch (type.kind) {
    case TypeKind::text:
      return Value(std::string(static_cast<std::size_t>(type.low + pick(3)), 'a'));
    case TypeKind::number:
      return Value::integer(pick(1'000'000));
    case TypeKind::integer:
      return Value::integer(type.low);
    case TypeKind::record: {
      value::Record record;
      for (const value::TypeField& field : type.fields) {
        record.fields.push_back({field.key, value_of(*field.type)});
      }
      return Value(std::move(record));
    }
    case TypeKind::list: {
      value::List list;
      for (std::int64_t i = 0; i < type.low + pick(2); ++i)
        list.items.push_back(value_of(*type.element));
      return Value(std::move(list));
    }
    default:
      return {};
  }
}

Event RandomEvents::answered(const Turn& last) {
  Event event;
  event.kind = Event::Kind::answered;
  event.at = now_;
  event.serial = last.session.serial - (pick(10) == 0 ? 1 : 0);
  const auto& services = program_.app().services;
  machine::Index service = static_cast<machine::Index>(pick(static_cast<int>(services.size())));
  if (!last.calls.empty()) service = last.calls.back().service;
  const auto& outcomes = services[service].outcomes;
  const auto& outcome = outcomes[static_cast<std::size_t>(pick(static_cast<int>(outcomes.size())))];
  event.outcome = outcome.key;
  if (outcome.payload && pick(10) != 0) event.payload = value_of(*outcome.payload);
  return event;
}

Event RandomEvents::handed_back(const Turn& last) {
  static constexpr std::string_view outcomes[] = {
      "closed", "left", "no_agent", "out_of_hours", "timed_out", "unavailable", "nonsense"};
  Event event;
  event.kind = pick(4) == 0 ? Event::Kind::handoff_accepted : Event::Kind::handoff_ended;
  event.at = now_;
  event.serial = last.session.serial;
  if (event.kind == Event::Kind::handoff_accepted) {
    event.person = static_cast<std::uint64_t>(pick(3));
  } else {
    event.outcome = value::name_key(outcomes[static_cast<std::size_t>(pick(7))]);
  }
  return event;
}

}  // namespace alur::tests

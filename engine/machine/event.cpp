#include "engine/machine/event.hpp"

#include "engine/value/value_bytes.hpp"

namespace alur::machine {

std::string_view to_text(TimerKind kind) {
  switch (kind) {
    case TimerKind::silence:
      return "silence";
    case TimerKind::session:
      return "session";
    case TimerKind::pause:
      return "pause";
    case TimerKind::call:
      return "call";
    case TimerKind::gather:
      return "gather";
  }
  return "?";
}

Event heard_text(value::Instant at, std::string_view text) {
  Event event;
  event.at = at;
  event.input.text = text;
  return event;
}

Event heard_tap(value::Instant at, const Tap& tap, std::string_view label) {
  Event event = heard_text(at, label);
  event.input.kind = Input::Kind::tap;
  event.input.tap = tap;
  return event;
}

void encode_event(const Event& event, std::string& out) {
  value::ByteWriter writer(out);
  writer.byte(static_cast<std::uint8_t>(event.kind));
  writer.zigzag(event.at.milliseconds);
  switch (event.kind) {
    case Event::Kind::heard:
      encode_input(event.input, out);
      break;
    case Event::Kind::timer_fired:
      writer.byte(static_cast<std::uint8_t>(event.timer));
      writer.varint(event.serial);
      break;
    case Event::Kind::answered:
    case Event::Kind::handoff_ended:
      writer.varint(event.serial);
      writer.fixed32(event.outcome);
      value::encode_value(event.payload, writer);
      break;
    case Event::Kind::handoff_accepted:
      writer.varint(event.serial);
      // Journals from before names were told end here, and after the name those from before it was
      // told who it is.
      if (event.payload.is_set() || event.person != 0) value::encode_value(event.payload, writer);
      if (event.person != 0) writer.varint(event.person);
      break;
    case Event::Kind::handoff_queued:
      writer.varint(event.serial);
      writer.varint(event.position);
      writer.zigzag(event.wait_ms);
      break;
  }
}

std::optional<Event> decode_event(std::string_view bytes) {
  value::ByteReader reader(bytes);
  Event event;
  const std::uint8_t kind = reader.byte();
  if (kind > static_cast<std::uint8_t>(Event::Kind::handoff_queued)) return std::nullopt;
  event.kind = static_cast<Event::Kind>(kind);
  event.at.milliseconds = reader.zigzag();
  switch (event.kind) {
    case Event::Kind::heard:
      event.input = decode_input(reader);
      break;
    case Event::Kind::timer_fired: {
      const std::uint8_t timer = reader.byte();
      if (timer >= timer_kind_count) return std::nullopt;
      event.timer = static_cast<TimerKind>(timer);
      event.serial = static_cast<std::uint32_t>(reader.varint());
      break;
    }
    case Event::Kind::answered:
    case Event::Kind::handoff_ended:
      event.serial = static_cast<std::uint32_t>(reader.varint());
      event.outcome = reader.fixed32();
      event.payload = value::decode_value(reader);
      break;
    case Event::Kind::handoff_accepted:
      event.serial = static_cast<std::uint32_t>(reader.varint());
      if (!reader.finished()) event.payload = value::decode_value(reader);
      if (!reader.finished()) {
        event.person = reader.varint();
        if (event.person == 0) return std::nullopt;
      }
      break;
    case Event::Kind::handoff_queued:
      event.serial = static_cast<std::uint32_t>(reader.varint());
      event.position = static_cast<std::uint32_t>(reader.varint());
      event.wait_ms = reader.zigzag();
      break;
  }
  if (!reader.finished()) return std::nullopt;
  return event;
}

void encode_input(const Input& input, std::string& out) {
  value::ByteWriter writer(out);
  writer.byte(static_cast<std::uint8_t>(input.kind));
  writer.text(input.text);
  if (input.kind == Input::Kind::tap) {
    writer.varint(input.tap.serial);
    writer.fixed32(input.tap.option);
    writer.varint(input.tap.item);
  }
  writer.boolean(input.media != nullptr);
  if (input.media) value::encode_value(value::Value(input.media), writer);
}

Input decode_input(value::ByteReader& reader) {
  Input input;
  const std::uint8_t kind = reader.byte();
  if (kind > static_cast<std::uint8_t>(Input::Kind::unsupported)) {
    reader.fail();
    return input;
  }
  input.kind = static_cast<Input::Kind>(kind);
  input.text = reader.text();
  if (input.kind == Input::Kind::tap) {
    input.tap.serial = static_cast<std::uint32_t>(reader.varint());
    input.tap.option = reader.fixed32();
    input.tap.item = static_cast<std::uint32_t>(reader.varint());
  }
  if (reader.boolean()) {
    const value::Value media = value::decode_value(reader);
    if (media.is(value::Kind::media)) {
      input.media = std::make_shared<const value::Media>(media.media());
    } else {
      reader.fail();
    }
  }
  return input;
}

}  // namespace alur::machine

#include "engine/machine/shown_bytes.hpp"

#include "engine/value/value_bytes.hpp"

namespace alur::machine {
namespace {

constexpr std::uint8_t bytes_version = 1;
constexpr std::uint8_t version_of_replies = 2;  // with the message that it answers, at the end
constexpr std::size_t choice_bytes_min = 3;

void write_location(const Location& location, value::ByteWriter& writer) {
  value::encode_value(value::Value(location.latitude), writer);
  value::encode_value(value::Value(location.longitude), writer);
  writer.text(location.name);
  writer.text(location.address);
}

}  // namespace

void encode_shown(const Shown& shown, std::string& out) {
  value::ByteWriter writer(out);
  writer.byte(shown.reply_to.empty() ? bytes_version : version_of_replies);
  writer.byte(static_cast<std::uint8_t>(shown.kind));
  writer.text(shown.text);
  writer.text(shown.label);
  writer.text(shown.url);
  writer.varint(shown.choices.size());
  for (const ShownChoice& choice : shown.choices) {
    writer.text(choice.tap);
    writer.text(choice.label);
    writer.text(choice.hint);
  }
  if (shown.kind == Shown::Kind::template_words) writer.text(shown.language);
  if (shown.kind == Shown::Kind::location) write_location(shown.location, writer);
  if (!shown.reply_to.empty()) writer.text(shown.reply_to);
}

std::optional<Shown> decode_shown(std::string_view bytes) {
  value::ByteReader reader(bytes);
  Shown shown;
  const std::uint8_t version = reader.byte();
  if (version != bytes_version && version != version_of_replies) return std::nullopt;
  const std::uint8_t kind = reader.byte();
  if (kind > static_cast<std::uint8_t>(Shown::Kind::template_words)) return std::nullopt;
  shown.kind = static_cast<Shown::Kind>(kind);
  shown.text = reader.text();
  shown.label = reader.text();
  shown.url = reader.text();
  const std::size_t count = reader.count(choice_bytes_min);
  for (std::size_t i = 0; i < count && reader.ok(); ++i) {
    ShownChoice& choice = shown.choices.emplace_back();
    choice.tap = reader.text();
    choice.label = reader.text();
    choice.hint = reader.text();
  }
  if (shown.kind == Shown::Kind::location) {
    const value::Value latitude = value::decode_value(reader);
    const value::Value longitude = value::decode_value(reader);
    if (!latitude.is(value::Kind::number) || !longitude.is(value::Kind::number)) {
      return std::nullopt;
    }
    shown.location.latitude = latitude.number();
    shown.location.longitude = longitude.number();
    shown.location.name = reader.text();
    shown.location.address = reader.text();
  }
  if (shown.kind == Shown::Kind::template_words) shown.language = reader.text();
  if (version == version_of_replies) shown.reply_to = reader.text();
  if (!reader.finished()) return std::nullopt;
  return shown;
}

}  // namespace alur::machine

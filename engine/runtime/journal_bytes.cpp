#include "engine/runtime/journal_bytes.hpp"

#include "engine/value/value_bytes.hpp"

namespace alur::runtime {
namespace {

constexpr std::uint8_t bytes_version = 1;
constexpr std::size_t entry_bytes_min = 7;

}  // namespace

void encode_journal(const program::Program& program, const machine::Event& event,
                    std::string_view message_id, const std::vector<machine::JournalEntry>& entries,
                    std::string& out) {
  std::string event_bytes;
  machine::encode_event(event, event_bytes);
  value::ByteWriter writer(out);
  writer.byte(bytes_version);
  writer.text(event_bytes);
  writer.text(message_id);
  writer.varint(entries.size());
  for (const machine::JournalEntry& entry : entries) {
    writer.byte(static_cast<std::uint8_t>(entry.kind));
    writer.fixed32(program.unit(entry.unit).key);
    writer.varint(entry.index);
    value::encode_value(entry.value, writer);
  }
}

std::optional<JournalBody> decode_journal(std::string_view bytes) {
  value::ByteReader reader(bytes);
  if (reader.byte() != bytes_version) return std::nullopt;
  auto event = machine::decode_event(reader.text());
  if (!event) return std::nullopt;
  JournalBody body;
  body.event = std::move(*event);
  body.message_id = reader.text();
  const std::size_t count = reader.count(entry_bytes_min);
  for (std::size_t i = 0; i < count && reader.ok(); ++i) {
    JournalBody::Entry entry;
    const std::uint8_t kind = reader.byte();
    if (kind > static_cast<std::uint8_t>(machine::JournalEntry::Kind::failed)) return std::nullopt;
    entry.kind = static_cast<machine::JournalEntry::Kind>(kind);
    entry.unit = reader.fixed32();
    entry.index = static_cast<std::uint32_t>(reader.varint());
    entry.value = value::decode_value(reader);
    body.entries.push_back(std::move(entry));
  }
  if (!reader.finished()) return std::nullopt;
  return body;
}

}  // namespace alur::runtime

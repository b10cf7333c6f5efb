#include "engine/runtime/journal_bytes.hpp"

#include "engine/value/value_bytes.hpp"

namespace alur::runtime {
namespace {

constexpr std::uint8_t bytes_version = 2;
constexpr std::size_t step_bytes_min = 6;

std::optional<std::vector<JournalBody::Entry>> decode_steps(std::string_view bytes) {
  value::ByteReader reader(bytes);
  std::vector<JournalBody::Entry> entries;
  const std::size_t count = reader.count(step_bytes_min);
  for (std::size_t i = 0; i < count && reader.ok(); ++i) {
    JournalBody::Entry entry;
    const std::uint8_t kind = reader.byte();
    if (kind > static_cast<std::uint8_t>(machine::JournalEntry::Kind::failed)) return std::nullopt;
    entry.kind = static_cast<machine::JournalEntry::Kind>(kind);
    entry.unit = reader.fixed32();
    entry.index = static_cast<std::uint32_t>(reader.varint());
    entries.push_back(std::move(entry));
  }
  if (!reader.finished()) return std::nullopt;
  return entries;
}

}  // namespace

void encode_journal(const program::Program& program, const machine::Event& event,
                    std::string_view message_id, const std::vector<machine::JournalEntry>& entries,
                    ports::JournalRow& row) {
  std::string event_bytes;
  machine::encode_event(event, event_bytes);
  value::ByteWriter body(row.body);
  body.byte(bytes_version);
  body.text(event_bytes);
  body.text(message_id);
  value::ByteWriter steps(row.steps);
  steps.varint(entries.size());
  for (const machine::JournalEntry& entry : entries) {
    steps.byte(static_cast<std::uint8_t>(entry.kind));
    steps.fixed32(program.unit(entry.unit).key);
    steps.varint(entry.index);
    value::encode_value(entry.value, body);
  }
}

std::optional<JournalBody> decode_journal(const ports::JournalRow& row) {
  auto entries = decode_steps(row.steps);
  if (!entries) return std::nullopt;
  value::ByteReader reader(row.body);
  if (reader.byte() != bytes_version) return std::nullopt;
  auto event = machine::decode_event(reader.text());
  if (!event) return std::nullopt;
  JournalBody body;
  body.event = std::move(*event);
  body.message_id = reader.text();
  body.entries = std::move(*entries);
  for (JournalBody::Entry& entry : body.entries) entry.value = value::decode_value(reader);
  if (!reader.finished()) return std::nullopt;
  return body;
}

}  // namespace alur::runtime

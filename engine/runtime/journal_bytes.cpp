#include "engine/runtime/journal_bytes.hpp"

#include "engine/value/value_bytes.hpp"

namespace alur::runtime {
namespace {

using value::ByteReader;
using value::ByteWriter;

constexpr std::uint8_t bytes_version = 3;
constexpr std::uint8_t version_without_words = 2;  // of what was said
constexpr std::uint8_t people_version = 64;
constexpr std::uint8_t people_version_of_replies =
    65;  // with the line that is answered, at the end
constexpr std::size_t step_bytes_min = 6;
constexpr std::size_t said_bytes_min = 2;

std::optional<std::vector<JournalBody::Entry>> decode_steps(std::string_view bytes) {
  ByteReader reader(bytes);
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

void write_said(ByteWriter& writer, const std::vector<SaidMessage>& said) {
  writer.varint(said.size());
  for (const SaidMessage& message : said) {
    writer.varint(message.id);
    writer.text(message.shown);
  }
}

std::vector<SaidMessage> read_said(ByteReader& reader) {
  std::vector<SaidMessage> said(reader.count(said_bytes_min));
  for (SaidMessage& message : said) {
    message.id = reader.varint();
    message.shown = reader.text();
  }
  return said;
}

}  // namespace

void encode_journal(const program::Program& program, const machine::Event& event,
                    std::string_view message_id, const std::vector<SaidMessage>& said,
                    const std::vector<machine::JournalEntry>& entries, ports::JournalRow& row) {
  std::string event_bytes;
  machine::encode_event(event, event_bytes);
  ByteWriter body(row.body);
  body.byte(bytes_version);
  body.text(event_bytes);
  body.text(message_id);
  write_said(body, said);
  ByteWriter steps(row.steps);
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
  ByteReader reader(row.body);
  const std::uint8_t version = reader.byte();
  if (version != bytes_version && version != version_without_words) return std::nullopt;
  auto event = machine::decode_event(reader.text());
  if (!event) return std::nullopt;
  JournalBody body;
  body.event = std::move(*event);
  body.message_id = reader.text();
  if (version == bytes_version) body.said = read_said(reader);
  body.entries = std::move(*entries);
  for (JournalBody::Entry& entry : body.entries) entry.value = value::decode_value(reader);
  if (!reader.finished()) return std::nullopt;
  return body;
}

// --- people

namespace {

void write_mark(ByteWriter& writer, const DeskMark& mark) {
  writer.byte(static_cast<std::uint8_t>(mark.kind));
  writer.zigzag(mark.at.milliseconds);
  writer.varint(mark.by);
  writer.varint(mark.to);
  writer.fixed32(mark.queue);
  writer.fixed32(mark.state);
  writer.fixed32(mark.code);
  writer.text(mark.note);
}

DeskMark read_mark(ByteReader& reader) {
  DeskMark mark;
  const std::uint8_t kind = reader.byte();
  if (kind > static_cast<std::uint8_t>(DeskMark::Kind::out_of_hours)) reader.fail();
  mark.kind = static_cast<DeskMark::Kind>(kind);
  mark.at.milliseconds = reader.zigzag();
  mark.by = static_cast<desk::AgentId>(reader.varint());
  mark.to = static_cast<desk::AgentId>(reader.varint());
  mark.queue = reader.fixed32();
  mark.state = reader.fixed32();
  mark.code = reader.fixed32();
  mark.note = reader.text();
  return mark;
}

}  // namespace

void encode_people(const PeopleBody& body, ports::JournalRow& row) {
  ByteWriter writer(row.body);
  writer.byte(body.reply_to == 0 ? people_version : people_version_of_replies);
  writer.byte(static_cast<std::uint8_t>(body.kind));
  writer.varint(body.agent);
  writer.varint(body.epoch);
  writer.text(body.by);
  writer.text(body.key);
  writer.text(body.text);
  write_said(writer, body.said);
  writer.boolean(body.mark.has_value());
  if (body.mark) write_mark(writer, *body.mark);
  if (body.reply_to != 0) writer.varint(body.reply_to);
}

std::optional<PeopleBody> decode_people(const ports::JournalRow& row) {
  ByteReader reader(row.body);
  const std::uint8_t version = reader.byte();
  if (version != people_version && version != people_version_of_replies) return std::nullopt;
  PeopleBody body;
  const std::uint8_t kind = reader.byte();
  if (kind > static_cast<std::uint8_t>(PeopleBody::Kind::mark)) return std::nullopt;
  body.kind = static_cast<PeopleBody::Kind>(kind);
  body.agent = static_cast<desk::AgentId>(reader.varint());
  body.epoch = reader.varint();
  body.by = reader.text();
  body.key = reader.text();
  body.text = reader.text();
  body.said = read_said(reader);
  if (reader.boolean()) body.mark = read_mark(reader);
  if (version == people_version_of_replies) body.reply_to = reader.varint();
  if (!reader.finished()) return std::nullopt;
  return body;
}

}  // namespace alur::runtime

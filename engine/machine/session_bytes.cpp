// A session's bytes: a version, the program's short hash, then what is not at its default, each
// variable by the key of its name, each resting place by the key of its site. Half way through a
// complaint of a dozen answers this is under 400 bytes.
#include <algorithm>

#include "engine/machine/session.hpp"
#include "engine/value/value_bytes.hpp"

namespace alur::machine {

using program::none;
using program::Program;
using program::Slot;
using program::Unit;
using value::ByteReader;
using value::ByteWriter;
using value::NameKey;
using value::Value;

namespace {

constexpr std::uint8_t bytes_version = 1;
constexpr std::size_t offers_max = 1'000;
constexpr std::uint64_t pages_max = 0xFFFF;

// --- places

NameKey site_key(const Program& program, Position at) {
  for (const program::Site& site : program.unit(at.unit).sites) {
    if (site.address == at.address) return site.key;
  }
  return 0;
}

// 0: nowhere; 1: in the frame's own unit; 2: in app.yaml's.
void encode_position(const Program& program, const Frame& frame, Position at, ByteWriter& writer) {
  if (!at.known()) return writer.byte(0);
  writer.byte(at.unit == frame.unit ? 1 : 2);
  writer.fixed32(site_key(program, at));
}

Position decode_position(const Program& program, Index frame_unit, ByteReader& reader) {
  const std::uint8_t where = reader.byte();
  if (where == 0) return {};
  if (where > 2) reader.fail();
  const NameKey key = reader.fixed32();
  if (!reader.ok()) return {};
  const Position at{where == 1 ? frame_unit : 0, none};
  const std::vector<program::Site>& sites = program.unit(at.unit).sites;
  const auto site = std::lower_bound(sites.begin(), sites.end(), key,
                                     [](const program::Site& a, NameKey b) { return a.key < b; });
  if (site == sites.end() || site->key != key) {
    reader.fail();
    return {};
  }
  return {at.unit, site->address};
}

// --- variables

void encode_variables(const std::vector<Slot>& slots, const Value* values, ByteWriter& writer) {
  std::size_t set = 0;
  for (std::size_t i = 0; i < slots.size(); ++i) set += values[i].is_set() ? 1 : 0;
  writer.varint(set);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (!values[i].is_set()) continue;
    writer.fixed32(slots[i].key);
    value::encode_value(values[i], writer);
  }
}

// A variable that the slots no longer have, or whose value no longer fits, stays unset.
void decode_variables(const std::vector<Slot>& slots, Value* values, ByteReader& reader) {
  for (std::size_t left = reader.count(5); left > 0 && reader.ok(); --left) {
    const NameKey key = reader.fixed32();
    Value value = value::decode_value(reader);
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (slots[i].key != key) continue;
      if (!slots[i].type || !value::conforms(value, *slots[i].type)) values[i] = std::move(value);
      break;
    }
  }
}

void encode_frames(const Program& program, const Session& session, ByteWriter& writer) {
  writer.varint(session.frames.size());
  for (const Frame& frame : session.frames) {
    const Unit& flow = program.unit(frame.unit);
    writer.fixed32(flow.key);
    writer.boolean(frame.digression);
    encode_position(program, frame, frame.position, writer);
    const bool same = frame.asked == frame.position;
    writer.boolean(same);
    if (!same) encode_position(program, frame, frame.asked, writer);
    encode_variables(flow.slots, session.slots.data() + frame.base, writer);
  }
}

void decode_frames(const Program& program, Session& session, ByteReader& reader) {
  const std::size_t count = reader.count(8);
  if (count > stack_max) return reader.fail();
  for (std::size_t i = 0; i < count && reader.ok(); ++i) {
    const auto unit = program.find_unit(reader.fixed32());
    if (!unit || *unit == 0) return reader.fail();
    Frame frame;
    frame.unit = *unit;
    frame.digression = reader.boolean();
    frame.position = decode_position(program, *unit, reader);
    frame.asked = reader.boolean() ? frame.position : decode_position(program, *unit, reader);
    frame.base = static_cast<Index>(session.slots.size());
    const Unit& flow = program.unit(*unit);
    session.slots.resize(session.slots.size() + flow.slots.size());
    decode_variables(flow.slots, session.slots.data() + frame.base, reader);
    session.frames.push_back(frame);
  }
}

// --- what is mostly empty

enum Part : std::uint8_t {
  part_counts = 1,  // attempts, silences, accepted
  part_mismatch = 2,
  part_offers = 4,
  part_gathered = 8,
  part_answered = 16,
  part_queued = 32,
  part_page = 64,
  part_wrote = 128,  // the citizen's last message, where people have given them back since
};

// In place of 1, where it is known who has come; who it is follows.
constexpr std::uint8_t accepted_known = 2;

std::uint8_t parts_of(const Session& session) {
  std::uint8_t parts = 0;
  if (session.attempts || session.silences || session.accepted) parts |= part_counts;
  if (session.mismatch_at.milliseconds != 0) parts |= part_mismatch;
  if (!session.offers.empty()) parts |= part_offers;
  if (!session.gathered.empty()) parts |= part_gathered;
  if (session.answered_serial != 0) parts |= part_answered;
  if (!session.queued.empty()) parts |= part_queued;
  if (session.page != 0) parts |= part_page;
  if (session.wrote_at != session.active_at) parts |= part_wrote;
  return parts;
}

void encode_parts(const Session& session, std::string& out) {
  ByteWriter writer(out);
  const std::uint8_t parts = parts_of(session);
  writer.byte(parts);
  if (parts & part_counts) {
    writer.byte(session.attempts);
    writer.byte(session.silences);
    writer.byte(session.person != 0 ? accepted_known : session.accepted);
    if (session.person != 0) writer.varint(session.person);
  }
  if (parts & part_mismatch) writer.zigzag(session.mismatch_at.milliseconds);
  if (parts & part_offers) {
    writer.varint(session.offers.size());
    for (const Offer& offer : session.offers) {
      value::encode_value(offer.item, writer);
      writer.text(offer.label);
    }
  }
  if (parts & part_gathered) writer.text(session.gathered);
  if (parts & part_answered) {
    writer.varint(session.answered_serial);
    writer.fixed32(session.answered_option);
  }
  if (parts & part_queued) {
    writer.varint(session.queued.size());
    for (const Input& input : session.queued) encode_input(input, out);
  }
  if (parts & part_page) writer.varint(session.page);
  if (parts & part_wrote) writer.zigzag(session.wrote_at.milliseconds);
}

void decode_parts(Session& session, ByteReader& reader) {
  const std::uint8_t parts = reader.byte();
  if (parts & part_counts) {
    session.attempts = reader.byte();
    session.silences = reader.byte();
    const std::uint8_t accepted = reader.byte();
    if (accepted > accepted_known) return reader.fail();
    session.accepted = accepted != 0;
    if (accepted == accepted_known) session.person = reader.varint();
    if (accepted == accepted_known && session.person == 0) reader.fail();
  }
  if (parts & part_mismatch) session.mismatch_at.milliseconds = reader.zigzag();
  if (parts & part_offers) {
    const std::size_t count = reader.count(2);
    if (count > offers_max) return reader.fail();
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
      Value item = value::decode_value(reader);
      session.offers.push_back({std::move(item), std::string(reader.text())});
    }
  }
  if (parts & part_gathered) session.gathered = reader.text();
  if (parts & part_answered) {
    session.answered_serial = static_cast<std::uint32_t>(reader.varint());
    session.answered_option = reader.fixed32();
  }
  if (parts & part_queued) {
    const std::size_t count = reader.count(3);
    if (count > queued_max) return reader.fail();
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
      session.queued.push_back(decode_input(reader));
    }
  }
  if (parts & part_page) {
    const std::uint64_t page = reader.varint();
    if (page == 0 || page > pages_max) return reader.fail();
    session.page = static_cast<std::uint16_t>(page);
  }
  session.wrote_at = session.active_at;
  if (parts & part_wrote) session.wrote_at.milliseconds = reader.zigzag();
}

// What a session rests for must be the instruction it rests at.
bool rests_rightly(const Program& program, const Session& session) {
  using program::Op;
  if (session.frames.empty()) return session.rest == Rest::nothing;
  const Position at = session.frames.back().position;
  if (!at.known()) return false;
  switch (program.unit(at.unit).code[at.address].op) {
    case Op::ask:
      return session.rest == Rest::question;
    case Op::call:
      return session.rest == Rest::call;
    case Op::handoff:
      return session.rest == Rest::handoff;
    case Op::pause:
      return session.rest == Rest::pause;
    default:
      return false;
  }
}

template <class Names>
Index find_name(const Names& names, NameKey key) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (value::name_key(names[i]) == key) return static_cast<Index>(i);
  }
  return 0;  // the default of a version without it
}

}  // namespace

void encode_session(const Program& program, const Session& session, std::string& out) {
  constexpr std::size_t bytes_guess = 128;
  out.reserve(out.size() + bytes_guess);
  ByteWriter writer(out);
  writer.byte(bytes_version);
  writer.fixed64(session.program);
  writer.fixed32(value::name_key(program.app().languages[session.language]));
  writer.fixed32(value::name_key(program.app().channels[session.channel]));
  writer.byte(static_cast<std::uint8_t>(session.rest));
  writer.varint(session.serial);
  writer.byte(session.timers);
  writer.zigzag(session.active_at.milliseconds);
  encode_frames(program, session, writer);
  encode_variables(program.app().contact, session.contact.data(), writer);
  encode_variables(program.app().session, session.shared.data(), writer);
  encode_parts(session, out);
}

std::optional<Session> decode_session(const Program& program, std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.byte() != bytes_version) return std::nullopt;
  const std::uint64_t hash = reader.fixed64();
  const NameKey language = reader.fixed32();
  const NameKey channel = reader.fixed32();
  if (!reader.ok()) return std::nullopt;
  Session session = new_session(program, find_name(program.app().channels, channel),
                                find_name(program.app().languages, language));
  session.program = hash;
  const std::uint8_t rest = reader.byte();
  if (rest > static_cast<std::uint8_t>(Rest::pause)) return std::nullopt;
  session.rest = static_cast<Rest>(rest);
  session.serial = static_cast<std::uint32_t>(reader.varint());
  session.timers = reader.byte();
  session.active_at.milliseconds = reader.zigzag();
  decode_frames(program, session, reader);
  decode_variables(program.app().contact, session.contact.data(), reader);
  decode_variables(program.app().session, session.shared.data(), reader);
  decode_parts(session, reader);
  if (!reader.finished() || !rests_rightly(program, session)) return std::nullopt;
  return session;
}

}  // namespace alur::machine

// The bytes of a desk's rows, and a desk made from them again. Each row says its version first.
#include <algorithm>

#include "engine/desk/desk.hpp"
#include "engine/value/value_bytes.hpp"

namespace alur::desk {

using value::ByteReader;
using value::ByteWriter;
using value::Instant;

namespace {

constexpr std::uint8_t version = 1;

// One list of fields for both directions: an archive is a writer or a reader.
class Out {
 public:
  explicit Out(std::string& out) : writer_(out) {}
  void flag(const bool& is) { writer_.boolean(is); }
  template <class Number>
  void number(const Number& is) {
    writer_.varint(static_cast<std::uint64_t>(is));
  }
  void time(const Instant& is) { writer_.zigzag(is.milliseconds); }
  void time(const std::optional<Instant>& is) {
    writer_.boolean(is.has_value());
    if (is) time(*is);
  }
  void text(const std::string& is) { writer_.text(is); }
  template <class Item, class Take>
  void list(const std::vector<Item>& items, std::size_t, Take take) {
    writer_.varint(items.size());
    for (const Item& item : items) take(item);
  }

 private:
  ByteWriter writer_;
};

class In {
 public:
  explicit In(std::string_view bytes) : reader_(bytes) {}
  bool finished() const { return reader_.finished(); }
  void flag(bool& is) { is = reader_.boolean(); }
  template <class Number>
  void number(Number& is) {
    const std::uint64_t read = reader_.varint();
    is = static_cast<Number>(read);
    if (static_cast<std::uint64_t>(is) != read) reader_.fail();
  }
  void time(Instant& is) { is.milliseconds = reader_.zigzag(); }
  void time(std::optional<Instant>& is) {
    is.reset();
    if (reader_.boolean()) time(is.emplace());
  }
  void text(std::string& is) { is = reader_.text(); }
  template <class Item, class Take>
  void list(std::vector<Item>& items, std::size_t most, Take take) {
    items.resize(reader_.count(1));
    if (items.size() > most) reader_.fail();
    for (Item& item : items) take(item);
  }

 private:
  ByteReader reader_;
};

template <class Archive, class Counts_>
void fields_of_counts(Archive& archive, Counts_& counts) {
  archive.number(counts.epoch);
  archive.number(counts.place);
  archive.number(counts.assigned);
  archive.time(counts.now);
}

template <class Archive, class Agent_>
void fields_of_agent(Archive& archive, Agent_& agent) {
  archive.number(agent.id);
  archive.list(agent.queues, skills_max, [&](auto& queue) { archive.number(queue); });
  archive.number(agent.capacity);
  archive.flag(agent.supervisor);
  archive.number(agent.presence);
  archive.number(agent.reason);
  archive.time(agent.lost_at);
  archive.number(agent.assigned);
  archive.number(agent.missed);
}

template <class Archive, class Line_>
void fields_of_line(Archive& archive, Line_& line) {
  archive.number(line.queue);
  archive.list(line.departures, departures_max, [&](auto& at) { archive.time(at); });
  archive.time(line.unstaffed_since);
}

template <class Archive, class Clock_>
void fields_of_clock(Archive& archive, Clock_& clock) {
  archive.time(clock.since);
  archive.number(clock.used_ms);
  archive.time(clock.due);
  archive.flag(clock.breached);
  archive.flag(clock.done);
}

template <class Archive, class Conversation_>
void fields_of_conversation(Archive& archive, Conversation_& is) {
  archive.number(is.citizen);
  archive.number(is.epoch);
  archive.number(is.owner);
  archive.number(is.serial);
  archive.number(is.queue);
  archive.number(is.channel);
  archive.number(is.place);
  archive.number(is.agent);
  archive.time(is.offered_until);
  archive.flag(is.for_supervisor);
  archive.flag(is.again);
  archive.number(is.passed_over);
  archive.flag(is.awaited);
  archive.flag(is.silent);
  archive.time(is.handed_at);
  archive.time(is.queued_at);
  archive.time(is.said_at);
  archive.time(is.closed_at);
  archive.list(is.handoffs, handoffs_max, [&](auto& at) { archive.time(at); });
  archive.list(is.pauses, declined_max, [&](auto& pause) {
    archive.number(pause.agent);
    archive.time(pause.until);
  });
  archive.text(is.note);
  archive.number(is.owned_since);
  archive.number(is.outcome);
  archive.number(is.state);
  archive.number(is.code);
  for (auto& clock : is.clocks) fields_of_clock(archive, clock);
}

template <class Is, class Fields>
std::string written(const Is& is, Fields fields) {
  std::string bytes(1, static_cast<char>(version));
  Out out(bytes);
  fields(out, is);
  return bytes;
}

template <class Is, class Fields>
bool read(std::string_view bytes, Is& is, Fields fields) {
  if (bytes.empty() || static_cast<std::uint8_t>(bytes.front()) != version) return false;
  In in(bytes.substr(1));
  fields(in, is);
  return in.finished();
}

}  // namespace

std::string to_bytes(const Counts& counts) {
  return written(counts, [](auto& archive, auto& is) { fields_of_counts(archive, is); });
}

std::string to_bytes(const Agent& agent) {
  return written(agent, [](auto& archive, auto& is) { fields_of_agent(archive, is); });
}

std::string to_bytes(const Line& line) {
  return written(line, [](auto& archive, auto& is) { fields_of_line(archive, is); });
}

std::string to_bytes(const Conversation& conversation) {
  return written(conversation,
                 [](auto& archive, auto& is) { fields_of_conversation(archive, is); });
}

bool from_bytes(std::string_view bytes, Counts& counts) {
  return read(bytes, counts, [](auto& archive, auto& is) { fields_of_counts(archive, is); });
}

bool from_bytes(std::string_view bytes, Agent& agent) {
  return read(bytes, agent, [](auto& archive, auto& is) { fields_of_agent(archive, is); }) &&
         agent.presence <= Presence::away;
}

bool from_bytes(std::string_view bytes, Line& line) {
  return read(bytes, line, [](auto& archive, auto& is) { fields_of_line(archive, is); });
}

bool from_bytes(std::string_view bytes, Conversation& conversation) {
  return read(bytes, conversation,
              [](auto& archive, auto& is) { fields_of_conversation(archive, is); }) &&
         conversation.owner <= Owner::agent && conversation.outcome <= Outcome::timed_out;
}

// --- a desk's

std::vector<Row> Desk::take_changed() {
  std::vector<Row> changed;
  for (const auto& [kind, key] : changed_) changed.push_back({kind, key, bytes_of(kind, key)});
  changed_.clear();
  return changed;
}

void Desk::put_back(std::span<const Row> rows) {
  for (const Row& row : rows) changed_.insert({row.kind, row.key});
}

std::string Desk::bytes_of(Row::Kind kind, std::uint64_t key) const {
  switch (kind) {
    case Row::Kind::counts:
      return to_bytes(counts_);
    case Row::Kind::agent: {
      const auto found = agents_.find(static_cast<AgentId>(key));
      return found == agents_.end() ? std::string() : to_bytes(found->second.is);
    }
    case Row::Kind::line: {
      const auto found = lines_.find(static_cast<NameKey>(key));
      return found == lines_.end() ? std::string() : to_bytes(found->second);
    }
    case Row::Kind::conversation: {
      const auto found = conversations_.find(key);
      return found == conversations_.end() ? std::string() : to_bytes(found->second.is);
    }
  }
  return {};
}

std::vector<Row> Desk::rows() const {
  std::vector<Row> rows;
  const auto add = [&](Row::Kind kind, std::uint64_t key) {
    rows.push_back({kind, key, bytes_of(kind, key)});
  };
  add(Row::Kind::counts, 0);
  for (const auto& [id, person] : agents_) add(Row::Kind::agent, id);
  for (const auto& [key, line] : lines_) add(Row::Kind::line, key);
  for (const auto& [citizen, entry] : conversations_) add(Row::Kind::conversation, citizen);
  return rows;
}

bool Desk::take(const Row& row) {
  switch (row.kind) {
    case Row::Kind::counts:
      return from_bytes(row.bytes, counts_);
    case Row::Kind::agent: {
      Agent& agent = agents_[static_cast<AgentId>(row.key)].is;
      return from_bytes(row.bytes, agent) && agent.id == row.key;
    }
    case Row::Kind::line: {
      Line& line = lines_[static_cast<NameKey>(row.key)];
      return from_bytes(row.bytes, line) && line.queue == row.key;
    }
    case Row::Kind::conversation: {
      Conversation& is = conversations_[row.key].is;
      return from_bytes(row.bytes, is) && is.citizen == row.key;
    }
  }
  return false;
}

std::optional<Desk> Desk::from_rows(Settings settings, std::span<const Row> rows) {
  Desk desk(std::move(settings));
  for (const Row& row : rows) {
    if (!desk.take(row)) return std::nullopt;
  }
  std::set<std::uint64_t> places;
  for (auto& [citizen, entry] : desk.conversations_) {
    const bool lost = entry.is.agent != 0 && desk.agents_.count(entry.is.agent) == 0;
    const bool nobodys = entry.is.owner == Owner::agent && entry.is.agent == 0;
    if (lost || nobodys || (entry.is.place != 0 && !places.insert(entry.is.place).second)) {
      return std::nullopt;
    }
    desk.list(entry);
  }
  return desk;
}

}  // namespace alur::desk

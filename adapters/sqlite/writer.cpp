#include "adapters/sqlite/writer.hpp"

#include <utility>

#include "adapters/sqlite/schema.hpp"

namespace alur::adapters {

using ports::Delivery;
using ports::Result;

namespace {

constexpr const char* session_sql = R"(
INSERT INTO session(citizen, due, version, turns, journal_last, address, timers, seen, body, wrote)
VALUES(?,?,?,?,?,?,?,?,?,?)
ON CONFLICT(citizen) DO UPDATE SET due=excluded.due, version=excluded.version,
  turns=excluded.turns, journal_last=excluded.journal_last, timers=excluded.timers,
  seen=excluded.seen, body=excluded.body, wrote=excluded.wrote)";

std::int64_t number(Delivery state) {
  return static_cast<std::int64_t>(state);
}

}  // namespace

Result<Writer> Writer::prepare(Database& database) {
  Writer writer;
  writer.database_ = &database;
  const std::pair<Statement*, const char*> all[] = {
      {&writer.session_, session_sql},
      {&writer.journal_,
       "INSERT INTO journal(sequence, previous, citizen, turn, version, at, body, steps) "
       "VALUES(?,?,?,?,?,?,?,?)"},
      {&writer.seen_,
       "INSERT INTO seen(citizen, id, at) VALUES(?,?,?) "
       "ON CONFLICT(citizen, id) DO UPDATE SET at=excluded.at"},
      {&writer.outbox_,
       "INSERT INTO outbox(id, citizen, at, silence, state, address, body, epoch, agent) "
       "VALUES(?,?,?,?,?,?,?,?,?)"},
      {&writer.set_call_,
       "INSERT INTO call(citizen, address, body) VALUES(?,?,?) "
       "ON CONFLICT(citizen) DO UPDATE SET body=excluded.body"},
      {&writer.clear_call_, "DELETE FROM call WHERE citizen=?"},
      {&writer.forget_, "DELETE FROM outbox WHERE id=?"},
      {&writer.mark_, "UPDATE outbox SET state=max(state, ?) WHERE id=?"},
      {&writer.to_sent_,
       "INSERT OR IGNORE INTO sent(id, citizen, at, state) "
       "SELECT id, citizen, ?, ? FROM outbox WHERE id=?"},
      {&writer.to_dead_,
       "INSERT INTO dead_letter(id, citizen, at, address, reason, body) "
       "SELECT id, citizen, at, address, ?, body FROM outbox WHERE id=?"},
      {&writer.mark_sent_, "UPDATE sent SET state=? WHERE id=? AND state<?"},
      {&writer.late_dead_,
       "INSERT INTO dead_letter(id, citizen, at, address, reason, body) "
       "SELECT id, citizen, at, '', ?, x'' FROM sent WHERE id=?"},
      {&writer.revive_,
       "INSERT OR IGNORE INTO sent(id, citizen, at, state) "
       "SELECT id, citizen, at, ? FROM dead_letter WHERE id=?"},
      {&writer.bury_, "DELETE FROM dead_letter WHERE id=?"},
      {&writer.drop_sent_, "DELETE FROM sent WHERE id=?"},
      {&writer.publish_, "INSERT INTO version(number, hash, at, sources) VALUES(?,?,?,?)"},
      {&writer.current_, "UPDATE setting SET value=? WHERE name='current_version'"},
      {&writer.drop_version_, "DELETE FROM version WHERE number=?"},
      {&writer.ticket_,
       "INSERT INTO ticket(count, number, name, call, opened, due, alike, body, stage, stage_day) "
       "VALUES(?,?,?,?,?,?,?,?,?,?)"},
      {&writer.stage_, "UPDATE ticket SET stage=?, stage_day=? WHERE count=?"},
      {&writer.note_,
       "INSERT INTO ticket_note(count, at, day, stage, by, text) VALUES(?,?,?,?,?,?)"},
      {&writer.name_,
       "INSERT OR REPLACE INTO name(key, citizen, reached, name, address) VALUES(?,?,?,?,?)"},
      {&writer.unheard_, "INSERT INTO unheard(at, channel, reason, raw) VALUES(?,?,?,?)"},
      {&writer.desk_, "INSERT OR REPLACE INTO desk(kind, key, body) VALUES(?,?,?)"},
      {&writer.leave_desk_, "DELETE FROM desk WHERE kind=? AND key=?"},
  };
  for (const auto& [statement, sql] : all) {
    Result<Statement> prepared = database.prepare(sql);
    if (!prepared) return prepared.error();
    *statement = std::move(*prepared);
  }
  const auto last = database.number("SELECT max(sequence) FROM journal");
  if (!last) return last.error();
  writer.journal_last = static_cast<std::uint64_t>(*last);
  return writer;
}

Result<void> Writer::apply(const ports::Change& change) {
  return std::visit([this](const auto& one) { return apply_one(one); }, change);
}

// --- turns

Result<void> Writer::apply_one(const ports::TurnChange& change) {
  std::uint64_t previous = change.session.journal_last;
  for (const ports::JournalRow& row : change.journal) {
    const std::uint64_t sequence = ++journal_last;
    journal_.key(sequence).key(previous).key(row.citizen).integer(row.turn).integer(row.version);
    const auto done = journal_.integer(row.at.milliseconds).bytes(row.body).bytes(row.steps).run();
    if (!done) return done;
    previous = sequence;
  }
  const auto session = write_session(change.session, previous);
  if (!session) return session;
  return write_rows(change);
}

Result<void> Writer::write_session(const ports::SessionRow& row, std::uint64_t journal_row) {
  session_.key(row.citizen);
  if (row.due) {
    session_.integer(*row.due);
  } else {
    session_.null();
  }
  session_.integer(row.version).integer(row.turns).key(journal_row).text(row.address);
  return session_.bytes(row.timers).bytes(row.seen).bytes(row.body).integer(row.wrote_ms).run();
}

Result<void> Writer::write_rows(const ports::TurnChange& change) {
  for (const ports::SeenId& seen : change.spilled) {
    const auto done = seen_.key(change.session.citizen).key(seen.id).integer(seen.at_seconds).run();
    if (!done) return done;
  }
  for (const ports::OutboxRow& row : change.outbox) {
    outbox_.key(row.id).key(row.citizen).integer(row.at.milliseconds).integer(row.silence_serial);
    outbox_.integer(number(row.state)).text(row.address).bytes(row.body);
    const auto done = outbox_.key(row.epoch).integer(row.agent).run();
    if (!done) return done;
  }
  const auto named = write_names(change.names);
  if (!named) return named;
  return write_call(change);
}

Result<void> Writer::write_call(const ports::TurnChange& change) {
  using Call = ports::TurnChange::Call;
  const ports::SessionRow& session = change.session;
  if (change.call == Call::set) {
    return set_call_.key(session.citizen).text(session.address).bytes(change.call_body).run();
  }
  if (change.call == Call::cleared) return clear_call_.key(session.citizen).run();
  return {};
}

// --- messages

// Where the row is no longer among what is to be sent: what a late receipt still changes.
Result<bool> Writer::sent_before(const ports::SendChange& change) {
  const std::int64_t state = number(change.state);
  if (change.state == Delivery::failed) {
    const auto marked = mark_sent_.integer(state).key(change.id).integer(state).run();
    if (!marked) return marked.error();
    if (database_->changes() == 0) return false;
    const auto dead = late_dead_.text(change.reason).key(change.id).run();
    if (!dead) return dead.error();
    const auto dropped = drop_sent_.key(change.id).run();
    if (!dropped) return dropped.error();
    return true;
  }
  const auto marked = mark_sent_.integer(state).key(change.id).integer(state).run();
  if (!marked) return marked.error();
  if (database_->changes() > 0) return true;
  if (change.state < Delivery::delivered) return false;
  const auto revived = revive_.integer(state).key(change.id).run();
  if (!revived) return revived.error();
  const auto buried = bury_.key(change.id).run();
  if (!buried) return buried.error();
  return true;
}

Result<void> Writer::apply_one(const ports::SendChange& change) {
  if (change.state < Delivery::accepted) {
    return mark_.integer(number(change.state)).key(change.id).run();
  }
  if (!change.forget) {
    const bool failed = change.state == Delivery::failed;
    const auto moved = failed ? to_dead_.text(change.reason).key(change.id).run()
                              : to_sent_.integer(change.at.milliseconds)
                                    .integer(number(change.state))
                                    .key(change.id)
                                    .run();
    if (!moved) return moved;
    if (database_->changes() == 0) {
      const auto late = sent_before(change);
      if (!late) return late.error();
      return {};
    }
  }
  return forget_.key(change.id).run();
}

// --- versions

Result<void> Writer::apply_one(const ports::PublishChange& change) {
  const ports::VersionRow& row = change.version;
  const auto done = publish_.integer(row.number)
                        .text(row.hash)
                        .integer(row.at.milliseconds)
                        .bytes(row.sources)
                        .run();
  if (!done) return done;
  return apply_one(ports::CurrentChange{row.number});
}

Result<void> Writer::apply_one(const ports::CurrentChange& change) {
  return current_.integer(change.version).run();
}

Result<void> Writer::apply_one(const ports::DropVersionChange& change) {
  return drop_version_.integer(change.version).run();
}

// --- tickets

Result<void> Writer::apply_one(const ports::TicketChange& change) {
  const ports::TicketRow& row = change.ticket;
  ticket_.key(row.count).text(row.number).text(row.name).text(row.call);
  ticket_.integer(row.opened_day).integer(row.due_day).key(alike_hash(row.body));
  return ticket_.bytes(row.body).text(row.stage).integer(row.stage_day).run();
}

Result<void> Writer::apply_one(const ports::TicketStageChange& change) {
  const ports::TicketNote& note = change.note;
  const auto staged = stage_.text(note.stage).integer(note.day).key(note.count).run();
  if (!staged) return staged;
  if (database_->changes() == 0) return {};  // there is no such ticket
  note_.key(note.count).integer(note.at.milliseconds).integer(note.day);
  return note_.text(note.stage).text(note.by).text(note.text).run();
}

// --- channels

Result<void> Writer::apply_one(const ports::NameChange& change) {
  return write_names(change.names);
}

Result<void> Writer::write_names(const std::vector<ports::NameRow>& names) {
  for (const ports::NameRow& row : names) {
    name_.key(row.key).key(row.citizen).integer(row.reached_ms);
    const auto done = name_.text(row.name).text(row.address).run();
    if (!done) return done;
  }
  return {};
}

Result<void> Writer::apply_one(const ports::UnheardChange& change) {
  const ports::UnheardRow& row = change.row;
  unheard_.integer(row.at.milliseconds).text(row.channel);
  return unheard_.text(row.reason).bytes(row.raw).run();
}

// --- people who serve

Result<void> Writer::apply_one(const ports::DeskChange& change) {
  for (const ports::DeskRow& row : change.rows) {
    const bool gone = row.bytes.empty();
    Statement& statement = gone ? leave_desk_ : desk_;
    statement.integer(row.kind).key(row.key);
    if (!gone) statement.bytes(row.bytes);
    const auto done = statement.run();
    if (!done) return done;
  }
  return {};
}

}  // namespace alur::adapters

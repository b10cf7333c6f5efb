#include "adapters/sqlite/reader.hpp"

#include <fmt/format.h>

#include "adapters/sqlite/schema.hpp"

namespace alur::adapters {

using ports::CitizenKey;
using ports::Delivery;
using ports::OutboxRow;
using ports::Result;
using ports::SessionRow;

namespace {

constexpr const char* session_columns =
    "SELECT citizen, due, version, turns, journal_last, address, timers, seen, body, wrote "
    "FROM session ";

SessionRow session_of(const Statement& row) {
  SessionRow session;
  session.citizen = row.key_at(0);
  if (!row.null_at(1)) session.due = row.integer_at(1);
  session.version = static_cast<std::uint32_t>(row.integer_at(2));
  session.turns = static_cast<std::uint32_t>(row.integer_at(3));
  session.journal_last = row.key_at(4);
  session.address = row.text_at(5);
  session.timers = row.text_at(6);
  session.seen = row.text_at(7);
  session.body = row.text_at(8);
  session.wrote_ms = row.integer_at(9);
  return session;
}

OutboxRow outbox_of(const Statement& row) {
  OutboxRow message;
  message.id = row.key_at(0);
  message.citizen = row.key_at(1);
  message.at.milliseconds = row.integer_at(2);
  message.silence_serial = static_cast<std::uint32_t>(row.integer_at(3));
  message.state = static_cast<Delivery>(row.integer_at(4));
  message.address = row.text_at(5);
  message.body = row.text_at(6);
  message.reason = row.text_at(7);
  message.epoch = row.key_at(8);
  message.agent = static_cast<std::uint32_t>(row.integer_at(9));
  return message;
}

constexpr const char* journal_columns =
    "SELECT sequence, previous, citizen, turn, version, at, body, steps FROM journal ";

ports::JournalRow journal_of(const Statement& row) {
  return {row.key_at(0),
          row.key_at(1),
          row.key_at(2),
          static_cast<std::uint32_t>(row.integer_at(3)),
          static_cast<std::uint32_t>(row.integer_at(4)),
          {row.integer_at(5)},
          row.text_at(6),
          row.text_at(7)};
}

// Every row of a prepared statement, from its first step on.
template <class Take>
Result<void> each_row(Statement& statement, const Take& take) {
  for (;;) {
    const Result<bool> row = statement.step();
    if (!row) return row.error();
    if (!*row) return {};
    take(statement);
  }
}

}  // namespace

Result<std::unique_ptr<SqliteReader>> SqliteReader::open(const Database::Settings& settings) {
  auto reader = std::make_unique<SqliteReader>();
  Result<Database> database = Database::open(settings);
  if (!database) return database.error();
  reader->database_ = std::move(*database);
  const std::pair<Statement*, std::string> all[] = {
      {&reader->session_, std::string(session_columns) + "WHERE citizen=?"},
      {&reader->spilled_, "SELECT 1 FROM seen WHERE citizen=? AND id=?"},
      {&reader->name_, "SELECT key, citizen, name, address, reached FROM name WHERE key=?"},
      {&reader->names_, "SELECT key, citizen, name, address, reached FROM name WHERE citizen=?"},
      {&reader->journal_row_, std::string(journal_columns) + "WHERE sequence=?"},
  };
  for (const auto& [statement, sql] : all) {
    Result<Statement> prepared = reader->database_.prepare(sql);
    if (!prepared) return prepared.error();
    *statement = std::move(*prepared);
  }
  return reader;
}

Result<std::optional<SessionRow>> SqliteReader::session(CitizenKey citizen) {
  const Result<bool> row = session_.key(citizen).step();
  if (!row) return row.error();
  if (!*row) return std::optional<SessionRow>();
  std::optional<SessionRow> session = session_of(session_);
  session_.reset();
  return session;
}

Result<bool> SqliteReader::was_spilled(CitizenKey citizen, std::uint64_t id) {
  const Result<bool> row = spilled_.key(citizen).key(id).step();
  if (row && *row) spilled_.reset();
  return row;
}

Result<void> SqliteReader::each_active(const std::function<void(const Due&)>& take) {
  auto rows = database_.prepare("SELECT citizen, due, version FROM session WHERE due IS NOT NULL");
  if (!rows) return rows.error();
  return each_row(*rows, [&](const Statement& row) {
    take({row.key_at(0), row.integer_at(1), static_cast<std::uint32_t>(row.integer_at(2))});
  });
}

Result<void> SqliteReader::each_session(std::optional<CitizenKey> after, std::size_t rows_max,
                                        const std::function<void(const SessionRow&)>& take) {
  const std::string where = after ? "WHERE citizen>? " : "WHERE ?=0 ";
  auto rows = database_.prepare(session_columns + where + "ORDER BY citizen LIMIT ?");
  if (!rows) return rows.error();
  rows->key(after.value_or(0)).integer(static_cast<std::int64_t>(rows_max));
  return each_row(*rows, [&](const Statement& row) { take(session_of(row)); });
}

Result<void> SqliteReader::each_unsent(const std::function<void(const OutboxRow&)>& take) {
  auto rows = database_.prepare(
      "SELECT id, citizen, at, silence, state, address, body, '', epoch, agent FROM outbox "
      "ORDER BY id");
  if (!rows) return rows.error();
  return each_row(*rows, [&](const Statement& row) { take(outbox_of(row)); });
}

Result<std::optional<OutboxRow>> SqliteReader::message(std::uint64_t id) {
  auto rows = database_.prepare(
      "SELECT id, citizen, at, silence, state, address, body, '', epoch, agent FROM outbox "
      "WHERE id=?1 UNION ALL "
      "SELECT id, citizen, at, 0, state, '', x'', '', 0, 0 FROM sent WHERE id=?1 UNION ALL "
      "SELECT id, citizen, at, 0, 3, address, body, reason, 0, 0 FROM dead_letter WHERE id=?1");
  if (!rows) return rows.error();
  rows->key(id);
  std::optional<OutboxRow> found;
  const auto done = each_row(*rows, [&](const Statement& row) { found = outbox_of(row); });
  if (!done) return done.error();
  return found;
}

Result<std::vector<OutboxRow>> SqliteReader::dead_letters(std::size_t rows_max) {
  auto rows = database_.prepare(
      "SELECT id, citizen, at, 0, 3, address, body, reason, 0, 0 FROM dead_letter "
      "ORDER BY id DESC LIMIT ?");
  if (!rows) return rows.error();
  rows->integer(static_cast<std::int64_t>(rows_max));
  std::vector<OutboxRow> letters;
  const auto done =
      each_row(*rows, [&](const Statement& row) { letters.push_back(outbox_of(row)); });
  if (!done) return done.error();
  return letters;
}

Result<void> SqliteReader::each_call(const std::function<void(const ports::CallRow&)>& take) {
  auto rows = database_.prepare("SELECT citizen, address, body FROM call ORDER BY citizen");
  if (!rows) return rows.error();
  return each_row(
      *rows, [&](const Statement& row) { take({row.key_at(0), row.text_at(1), row.text_at(2)}); });
}

Result<std::vector<ports::VersionRow>> SqliteReader::versions() {
  auto rows = database_.prepare("SELECT number, hash, at, sources FROM version ORDER BY number");
  if (!rows) return rows.error();
  std::vector<ports::VersionRow> versions;
  const auto done = each_row(*rows, [&](const Statement& row) {
    versions.push_back({static_cast<std::uint32_t>(row.integer_at(0)),
                        row.text_at(1),
                        {row.integer_at(2)},
                        row.text_at(3)});
  });
  if (!done) return done.error();
  return versions;
}

Result<std::uint32_t> SqliteReader::current_version() {
  const auto number = database_.number("SELECT value FROM setting WHERE name='current_version'");
  if (!number) return number.error();
  return static_cast<std::uint32_t>(*number);
}

namespace {

constexpr const char* ticket_columns =
    "count, number, name, call, opened, due, body, stage, stage_day";

ports::TicketRow ticket_at(const Statement& row) {
  return {row.key_at(0),
          row.text_at(1),
          row.text_at(2),
          row.text_at(3),
          static_cast<std::int32_t>(row.integer_at(4)),
          static_cast<std::int32_t>(row.integer_at(5)),
          row.text_at(6),
          row.text_at(7),
          static_cast<std::int32_t>(row.integer_at(8))};
}

}  // namespace

Result<std::optional<ports::TicketRow>> SqliteReader::find_ticket(ports::TicketBy by,
                                                                  std::string_view text) {
  const bool by_body = by == ports::TicketBy::body;
  const char* where = by_body                       ? "alike=? AND body=? ORDER BY count LIMIT 1"
                      : by == ports::TicketBy::call ? "call=?"
                                                    : "name=?";
  auto row =
      database_.prepare(fmt::format("SELECT {} FROM ticket WHERE {}", ticket_columns, where));
  if (!row) return row.error();
  if (by_body) {
    row->key(alike_hash(text)).bytes(text);
  } else {
    row->text(text);
  }
  const Result<bool> there = row->step();
  if (!there) return there.error();
  if (!*there) return std::optional<ports::TicketRow>();
  return std::optional<ports::TicketRow>(ticket_at(*row));
}

Result<std::uint64_t> SqliteReader::last_ticket() {
  const auto last = database_.number("SELECT max(count) FROM ticket");
  if (!last) return last.error();
  return static_cast<std::uint64_t>(*last);
}

Result<void> SqliteReader::each_ticket(std::uint64_t from, std::size_t rows_max,
                                       const std::function<void(const ports::TicketRow&)>& take) {
  auto rows = database_.prepare(
      fmt::format("SELECT {} FROM ticket WHERE count>=? ORDER BY count LIMIT ?", ticket_columns));
  if (!rows) return rows.error();
  rows->key(from).integer(static_cast<std::int64_t>(rows_max));
  return each_row(*rows, [&](const Statement& row) { take(ticket_at(row)); });
}

Result<std::vector<ports::TicketNote>> SqliteReader::ticket_notes(std::uint64_t count) {
  auto rows = database_.prepare(
      "SELECT count, at, day, stage, by, text FROM ticket_note WHERE count=? ORDER BY id");
  if (!rows) return rows.error();
  rows->key(count);
  std::vector<ports::TicketNote> notes;
  const auto done = each_row(*rows, [&](const Statement& row) {
    notes.push_back({row.key_at(0),
                     {row.integer_at(1)},
                     static_cast<std::int32_t>(row.integer_at(2)),
                     row.text_at(3),
                     row.text_at(4),
                     row.text_at(5)});
  });
  if (!done) return done.error();
  return notes;
}

namespace {

Result<std::vector<ports::NameRow>> names_by(Statement& statement, CitizenKey key) {
  statement.key(key);
  std::vector<ports::NameRow> names;
  const auto done = each_row(statement, [&](const Statement& row) {
    names.push_back(
        {row.key_at(0), row.key_at(1), row.text_at(2), row.text_at(3), row.integer_at(4)});
  });
  if (!done) return done.error();
  return names;
}

}  // namespace

Result<std::optional<ports::NameRow>> SqliteReader::name(CitizenKey key) {
  auto rows = names_by(name_, key);
  if (!rows) return rows.error();
  if (rows->empty()) return std::optional<ports::NameRow>();
  return std::optional<ports::NameRow>(std::move(rows->front()));
}

Result<std::vector<ports::NameRow>> SqliteReader::names(CitizenKey citizen) {
  return names_by(names_, citizen);
}

Result<std::vector<ports::UnheardRow>> SqliteReader::unheard(std::size_t rows_max) {
  auto rows = database_.prepare(
      "SELECT count, at, channel, reason, raw FROM unheard ORDER BY count DESC LIMIT ?");
  if (!rows) return rows.error();
  rows->integer(static_cast<std::int64_t>(rows_max));
  std::vector<ports::UnheardRow> unheard;
  const auto done = each_row(*rows, [&](const Statement& row) {
    unheard.push_back(
        {row.key_at(0), {row.integer_at(1)}, row.text_at(2), row.text_at(3), row.text_at(4)});
  });
  if (!done) return done.error();
  return unheard;
}

Result<void> SqliteReader::each_journal(std::uint64_t from, std::size_t rows_max,
                                        const std::function<void(const ports::JournalRow&)>& take) {
  auto rows = database_.prepare(std::string(journal_columns) +
                                "WHERE sequence>=? ORDER BY sequence LIMIT ?");
  if (!rows) return rows.error();
  rows->key(from).integer(static_cast<std::int64_t>(rows_max));
  return each_row(*rows, [&](const Statement& row) { take(journal_of(row)); });
}

Result<void> SqliteReader::each_journal_of(
    CitizenKey citizen, std::uint64_t before, std::size_t rows_max,
    const std::function<void(const ports::JournalRow&)>& take) {
  const auto row_of = [&](std::uint64_t sequence) -> Result<std::optional<ports::JournalRow>> {
    const Result<bool> there = journal_row_.key(sequence).step();
    if (!there) return there.error();
    if (!*there) return std::optional<ports::JournalRow>();
    std::optional<ports::JournalRow> row = journal_of(journal_row_);
    journal_row_.reset();
    if (row->citizen != citizen) row.reset();
    return row;
  };
  std::uint64_t next = 0;
  if (before != 0) {
    const auto row = row_of(before);
    if (!row) return row.error();
    if (*row) next = (*row)->previous;
  } else {
    const auto row = session(citizen);
    if (!row) return row.error();
    if (*row) next = (*row)->journal_last;
  }
  for (; next != 0 && rows_max > 0; --rows_max) {
    const auto row = row_of(next);
    if (!row) return row.error();
    if (!*row) break;
    take(**row);
    next = (*row)->previous;
  }
  return {};
}

Result<void> SqliteReader::each_desk_row(const std::function<void(const ports::DeskRow&)>& take) {
  auto rows = database_.prepare("SELECT kind, key, body FROM desk ORDER BY kind, key");
  if (!rows) return rows.error();
  return each_row(*rows, [&](const Statement& row) {
    take({static_cast<std::uint8_t>(row.integer_at(0)), row.key_at(1), row.text_at(2)});
  });
}

}  // namespace alur::adapters

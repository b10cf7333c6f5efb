#include "adapters/sqlite/sweeper.hpp"

namespace alur::adapters {

using ports::Result;

namespace {

// Deletes what `sql` names, older than ?1, at most ?2 rows; true when it was so many.
Result<bool> sweep_table(Database& database, const char* sql, std::int64_t before,
                         std::size_t rows_max) {
  auto statement = database.prepare(sql);
  if (!statement) return statement.error();
  const auto done = statement->integer(before).integer(static_cast<std::int64_t>(rows_max)).run();
  if (!done) return done.error();
  return static_cast<std::size_t>(database.changes()) == rows_max;
}

// The last of the next `rows_max` citizens of a table from `from` on; nothing: there is none.
Result<std::optional<std::uint64_t>> last_of_next(Database& database, const std::string& table,
                                                  std::uint64_t from, std::size_t rows_max) {
  auto citizens = database.prepare("SELECT max(citizen) FROM (SELECT citizen FROM " + table +
                                   " WHERE citizen>=? ORDER BY citizen LIMIT ?)");
  if (!citizens) return citizens.error();
  const auto row = citizens->key(from).integer(static_cast<std::int64_t>(rows_max)).step();
  if (!row) return row.error();
  if (citizens->null_at(0)) return std::optional<std::uint64_t>();
  return std::optional<std::uint64_t>(citizens->key_at(0));
}

}  // namespace

// Journal, sent and dead letters age in the order of their keys, so that the oldest are first.
Result<bool> Sweeper::sweep(Database& database, value::Instant now,
                            const ports::Retention& retention, std::size_t rows_max) {
  const auto before = [&](std::int64_t seconds) { return now.milliseconds - seconds * 1'000; };
  const std::pair<const char*, std::int64_t> tables[] = {
      {"DELETE FROM journal WHERE sequence IN (SELECT sequence FROM (SELECT sequence, at FROM "
       "journal WHERE sequence<(SELECT max(sequence) FROM journal) ORDER BY sequence LIMIT ?2) "
       "WHERE at<?1)",
       retention.journal_seconds},
      {"DELETE FROM sent WHERE id IN (SELECT id FROM (SELECT id, at FROM sent ORDER BY id "
       "LIMIT ?2) WHERE at<?1)",
       retention.message_seconds},
      {"DELETE FROM dead_letter WHERE id IN (SELECT id FROM (SELECT id, at FROM dead_letter "
       "ORDER BY id LIMIT ?2) WHERE at<?1)",
       retention.dead_letter_seconds},
      {"DELETE FROM unheard WHERE count IN (SELECT count FROM (SELECT count, at FROM unheard "
       "ORDER BY count LIMIT ?2) WHERE at<?1)",
       retention.unheard_seconds}};
  bool more = false;
  for (const auto& [sql, seconds] : tables) {
    const auto swept = sweep_table(database, sql, before(seconds), rows_max);
    if (!swept) return swept.error();
    more = more || *swept;
  }
  const auto many = sweep_table(
      database,
      "DELETE FROM unheard WHERE count IN (SELECT count FROM unheard ORDER BY count LIMIT "
      "max(0, min(?2, (SELECT count(*) FROM unheard) - ?1)))",
      static_cast<std::int64_t>(retention.unheard_rows_max), rows_max);
  if (!many) return many.error();
  more = more || *many;
  const auto words = sweep_words(database, before(retention.words_seconds), rows_max);
  if (!words) return words.error();
  const auto seen =
      sweep_seen(database, now.milliseconds / 1'000 - retention.seen_seconds, rows_max);
  if (!seen) return seen.error();
  const auto sessions = sweep_sessions(database, before(retention.contact_seconds), rows_max);
  if (!sessions) return sessions.error();
  return more || *words;
}

// Rows whose words are gone stay for long: where they end is kept, not searched for.
Result<bool> Sweeper::sweep_words(Database& database, std::int64_t before, std::size_t rows_max) {
  const auto swept = database.number("SELECT value FROM setting WHERE name='words_swept'");
  if (!swept) return swept.error();
  auto next = database.prepare(
      "SELECT max(sequence), count(*) FROM (SELECT sequence, at FROM journal WHERE sequence>? "
      "ORDER BY sequence LIMIT ?) WHERE at<?");
  if (!next) return next.error();
  const auto row =
      next->integer(*swept).integer(static_cast<std::int64_t>(rows_max)).integer(before).step();
  if (!row) return row.error();
  if (next->null_at(0)) return false;
  const std::int64_t last = next->integer_at(0);
  const auto count = static_cast<std::size_t>(next->integer_at(1));
  next->reset();
  auto clear = database.prepare("UPDATE journal SET body=x'' WHERE sequence>? AND sequence<=?");
  if (!clear) return clear.error();
  const auto cleared = clear->integer(*swept).integer(last).run();
  if (!cleared) return cleared.error();
  auto note = database.prepare("UPDATE setting SET value=? WHERE name='words_swept'");
  if (!note) return note.error();
  const auto noted = note->integer(last).run();
  if (!noted) return noted.error();
  return count == rows_max;
}

Result<void> Sweeper::sweep_seen(Database& database, std::int64_t before_seconds,
                                 std::size_t rows_max) {
  const auto last = last_of_next(database, "seen", seen_from_, rows_max);
  if (!last) return last.error();
  auto remove = database.prepare("DELETE FROM seen WHERE citizen BETWEEN ? AND ? AND at<?");
  if (!remove) return remove.error();
  const std::uint64_t to = last->value_or(seen_from_);
  const auto removed = remove->key(seen_from_).key(to).integer(before_seconds).run();
  if (!removed) return removed;
  seen_from_ = *last ? to + 1 : least_citizen;
  return {};
}

// Whoever has no conversation was last here when their last row of the journal was written. Once
// that is gone, so is the row, and with it the address.
Result<void> Sweeper::sweep_sessions(Database& database, std::int64_t before,
                                     std::size_t rows_max) {
  const auto last = last_of_next(database, "session", sessions_from_, rows_max);
  if (!last) return last.error();
  const std::uint64_t to = last->value_or(sessions_from_);
  const std::pair<const char*, std::int64_t> statements[] = {
      {"DELETE FROM session WHERE citizen BETWEEN ? AND ? AND due IS NULL AND NOT EXISTS "
       "(SELECT 1 FROM journal WHERE sequence=journal_last AND at>=?)",
       std::numeric_limits<std::int64_t>::min()},
      {"UPDATE session SET body=x'', seen=x'', timers=x'' WHERE citizen BETWEEN ? AND ? AND "
       "due IS NULL AND body!=x'' AND NOT EXISTS "
       "(SELECT 1 FROM journal WHERE sequence=journal_last AND at>=?)",
       before}};
  for (const auto& [sql, than] : statements) {
    auto statement = database.prepare(sql);
    if (!statement) return statement.error();
    const auto done = statement->key(sessions_from_).key(to).integer(than).run();
    if (!done) return done;
  }
  auto names = database.prepare(
      "DELETE FROM name WHERE citizen BETWEEN ? AND ? AND citizen NOT IN (SELECT citizen FROM "
      "session)");
  if (!names) return names.error();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  const auto done =
      names->key(sessions_from_).integer(*last ? static_cast<std::int64_t>(to) : most).run();
  if (!done) return done;
  sessions_from_ = *last ? to + 1 : least_citizen;
  return {};
}

}  // namespace alur::adapters

#include "adapters/sqlite/maintenance.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "adapters/sqlite/reader.hpp"
#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/writer.hpp"

namespace alur::adapters {

using ports::Fault;
using ports::Result;

namespace {

constexpr int faults_max = 20;

Result<Database> open_existing(const std::string& path, bool read_only = true) {
  if (!std::filesystem::exists(path)) return Fault::unavailable;
  auto database = Database::open({path, "", read_only, 65'536});
  if (!database) return database.error();
  const auto version = database->number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version != schema_version) return Fault::refused;
  return database;
}

// A question that gives the rows that must not be there, and what is wrong with one of them.
struct Rule {
  const char* sql;
  const char* what;
};

constexpr Rule rules[] = {
    {"SELECT citizen FROM session WHERE due IS NOT NULL AND version NOT IN "
     "(SELECT number FROM version)",
     "citizen {}: on a version that is not there"},
    {"SELECT citizen FROM journal GROUP BY citizen HAVING count(*) != max(turn) - min(turn) + 1",
     "citizen {}: a gap among the turns of the journal"},
    {"SELECT citizen FROM session s WHERE turns > 0 AND EXISTS (SELECT 1 FROM journal WHERE "
     "sequence = s.journal_last AND (citizen != s.citizen OR turn != s.turns))",
     "citizen {}: the last row of the journal is not its last turn"},
    {"SELECT sequence FROM journal j WHERE previous != 0 AND EXISTS (SELECT 1 FROM journal WHERE "
     "sequence = j.previous AND (citizen != j.citizen OR turn != j.turn - 1))",
     "journal row {}: the row before it is another citizen's, or no turn earlier"},
    {"SELECT id FROM outbox WHERE id IN (SELECT id FROM sent) OR id IN "
     "(SELECT id FROM dead_letter)",
     "message {}: to be sent, and sent"},
    {"SELECT citizen FROM call WHERE citizen NOT IN (SELECT citizen FROM session)",
     "citizen {}: a call without a session"},
    {"SELECT key FROM name WHERE citizen NOT IN (SELECT citizen FROM session)",
     "name {}: of a citizen without a session"},
    {"SELECT count FROM ticket t WHERE count > 1 AND NOT EXISTS (SELECT 1 FROM ticket WHERE "
     "count = t.count - 1)",
     "ticket {}: the one before it is not there"},
    {"SELECT count FROM ticket_note WHERE count NOT IN (SELECT count FROM ticket)",
     "ticket {}: a note on it, and it is not there"}};

}  // namespace

Result<std::vector<std::string>> check_store(const std::string& path) {
  auto database = open_existing(path);
  if (!database) return database.error();
  std::vector<std::string> faults;
  auto sound = database->prepare(fmt::format("PRAGMA integrity_check({})", faults_max));
  if (!sound) return sound.error();
  for (;;) {
    const auto row = sound->step();
    if (!row) return row.error();
    if (!*row) break;
    if (sound->text_at(0) != "ok") faults.push_back(sound->text_at(0));
  }
  for (const Rule& rule : rules) {
    auto broken = database->prepare(fmt::format("{} LIMIT {}", rule.sql, faults_max));
    if (!broken) return broken.error();
    for (;;) {
      const auto row = broken->step();
      if (!row) return row.error();
      if (!*row) break;
      faults.push_back(fmt::format(fmt::runtime(rule.what), broken->key_at(0)));
    }
  }
  return faults;
}

Result<void> back_up_store(const std::string& path, const std::string& target) {
  if (std::filesystem::exists(target)) return Fault::refused;
  auto database = open_existing(path);
  if (!database) return database.error();
  make_private(target);
  auto copy = database->prepare("VACUUM INTO ?");
  if (!copy) return copy.error();
  return copy->text(target).run();
}

Result<std::vector<StoreCount>> count_store(const std::string& path) {
  auto database = open_existing(path);
  if (!database) return database.error();
  std::vector<StoreCount> counts;
  const std::pair<const char*, const char*> questions[] = {
      {"sessions", "SELECT count(*) FROM session"},
      {"conversations under way", "SELECT count(*) FROM session WHERE due IS NOT NULL"},
      {"journal rows", "SELECT count(*) FROM journal"},
      {"messages to be sent", "SELECT count(*) FROM outbox"},
      {"messages sent and kept for receipts", "SELECT count(*) FROM sent"},
      {"dead letters", "SELECT count(*) FROM dead_letter"},
      {"tickets", "SELECT count(*) FROM ticket"},
      {"notes on tickets", "SELECT count(*) FROM ticket_note"},
      {"other names of citizens", "SELECT count(*) FROM name"},
      {"what nobody heard", "SELECT count(*) FROM unheard"},
      {"open calls", "SELECT count(*) FROM call"},
      {"remembered ids in their table", "SELECT count(*) FROM seen"},
      {"versions", "SELECT count(*) FROM version"},
      {"current version", "SELECT value FROM setting WHERE name='current_version'"},
      {"times opened", "SELECT value FROM setting WHERE name='epoch'"},
      {"bytes", "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"},
      {"bytes of free pages",
       "SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size"}};
  for (const auto& [name, sql] : questions) {
    const auto number = database->number(sql);
    if (!number) return number.error();
    counts.push_back({name, *number});
  }
  std::error_code error;
  const auto log = std::filesystem::file_size(path + "-wal", error);
  counts.push_back({"bytes of the log", error ? 0 : static_cast<std::int64_t>(log)});
  return counts;
}

Result<std::unique_ptr<ports::StoreReader>> read_store(const std::string& path) {
  const auto looked_at = open_existing(path);
  if (!looked_at) return looked_at.error();
  auto reader = SqliteReader::open({path, "", true, 4'096});
  if (!reader) return reader.error();
  return std::unique_ptr<ports::StoreReader>(std::move(*reader));
}

Result<void> change_ticket(const std::string& path, const ports::TicketStageChange& change) {
  auto database = open_existing(path, false);
  if (!database) return database.error();
  // Writing the log back is the service's, or of whoever closes the store last.
  for (const char* sql : {"PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=0"}) {
    const auto done = database->run(sql);
    if (!done) return done;
  }
  auto writer = Writer::prepare(*database);
  if (!writer) return writer.error();
  const auto begun = database->run("BEGIN IMMEDIATE");
  if (!begun) return begun;
  const auto applied = writer->apply(change);
  if (!applied) return applied;  // closing undoes it
  return database->run("COMMIT");
}

Result<std::int64_t> last_turn(const std::string& path) {
  auto database = open_existing(path);
  if (!database) return database.error();
  return database->number("SELECT at FROM journal ORDER BY sequence DESC LIMIT 1");
}

}  // namespace alur::adapters

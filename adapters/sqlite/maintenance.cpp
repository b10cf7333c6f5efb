#include "adapters/sqlite/maintenance.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "adapters/sqlite/schema.hpp"

namespace alur::adapters {

using ports::Fault;
using ports::Result;

namespace {

constexpr int faults_max = 20;

Result<Database> open_existing(const std::string& path) {
  if (!std::filesystem::exists(path)) return Fault::unavailable;
  auto database = Database::open({path, "", true, 65'536});
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
    {"SELECT count FROM ticket t WHERE count > 1 AND NOT EXISTS (SELECT 1 FROM ticket WHERE "
     "count = t.count - 1)",
     "ticket {}: the one before it is not there"}};

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

}  // namespace alur::adapters

// Similar names: ours beside SQLite's FTS5 with trigrams and PostgreSQL's pg_trgm, on the same
// names and the same mistyped queries. One engine a run:
//   registry_benchmark ours|fts5|pg|import NAMES [QUERIES] [ERRORS]
// NAMES is a number of made-up names, or a CSV file. `pg` takes its server from PGHOST and PGPORT;
// registry_benchmark.sh starts one.
#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "adapters/registry/lookup.hpp"
#include "adapters/registry/search_form.hpp"
#include "tests/adapters/registry/adversary.hpp"
#include "tests/adapters/registry/sample_lists.hpp"
#include "tests/benchmarks/registry_names.hpp"
#include "tools/registry/import_list.hpp"

namespace alur::benchmarks {
namespace {

using Clock = std::chrono::steady_clock;

double micros_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

// All are timed by the processor's time of the thread or process that works, so that what else the
// machine does is not in it.
double thread_micros() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

[[noreturn]] void give_up(const std::string& why) {
  std::cerr << why << "\n";
  std::exit(1);
}

// One row of the table: engine, names, median and 99th percentile, right one among three, and
// notes.
void print_row(const char* engine, std::size_t names, EngineRun run, double build_seconds,
               double bytes_a_name) {
  std::sort(run.micros.begin(), run.micros.end());
  const auto at = [&](double share) {
    return run.micros[static_cast<std::size_t>(share * static_cast<double>(run.micros.size() - 1))];
  };
  std::printf("%-14s %8zu names  p50 %10.1f us  p99 %10.1f us  among three %6.2f %%  build %6.2f s",
              engine, names, at(0.5), at(0.99),
              100.0 * static_cast<double>(run.found) / static_cast<double>(run.micros.size()),
              build_seconds);
  if (bytes_a_name > 0) std::printf("  %.1f bytes a name", bytes_a_name);
  std::printf("\n");
}

std::vector<std::string> search_forms(const std::vector<std::string>& names) {
  std::vector<std::string> forms;
  for (const std::string& name : names) forms.push_back(registry::search_form(name));
  return forms;
}

void run_ours(const std::vector<std::string>& names, const std::vector<MistypedName>& queries) {
  const std::string csv = tests::csv_of_names(names);
  const auto begin = Clock::now();
  const registry::SnapshotRef lists = tests::make_lists(csv);
  const double build = micros_since(begin) / 1e6;
  EngineRun run;
  for (const MistypedName& query : queries) {
    const double asked = thread_micros();
    const registry::Answer answer = registry::look_up(*lists, query.text, tests::list_day);
    run.micros.push_back(thread_micros() - asked);
    run.found += static_cast<std::size_t>(
        std::any_of(answer.candidates.begin(), answer.candidates.end(),
                    [&](const registry::Candidate& one) { return one.record.row == query.name; }));
  }
  print_row("ours", names.size(), std::move(run), build,
            static_cast<double>(lists->index_bytes()) / static_cast<double>(names.size()));
}

// --- SQLite

void execute(sqlite3* database, const char* sql) {
  if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    give_up(sqlite3_errmsg(database));
  }
}

// The query's trigrams, any of which may match.
std::string any_trigram(const std::string& form) {
  std::string match;
  for (std::size_t i = 0; i + 3 <= form.size(); ++i) {
    match += (match.empty() ? "\"" : " OR \"") + form.substr(i, 3) + "\"";
  }
  return match.empty() ? "\"" + form + "\"" : match;
}

void run_fts5(const std::vector<std::string>& names, const std::vector<MistypedName>& queries) {
  sqlite3* database = nullptr;
  if (sqlite3_open(":memory:", &database) != SQLITE_OK) give_up("SQLite cannot be opened");
  const auto begin = Clock::now();
  execute(database, "create virtual table names using fts5(name, tokenize='trigram'); begin");
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(database, "insert into names(rowid, name) values (?, ?)", -1, &insert,
                     nullptr);
  std::int64_t row = 0;
  for (const std::string& form : search_forms(names)) {
    sqlite3_bind_int64(insert, 1, row++);
    sqlite3_bind_text(insert, 2, form.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  execute(database, "commit; insert into names(names) values ('optimize')");
  const double build = micros_since(begin) / 1e6;
  sqlite3_stmt* select = nullptr;
  sqlite3_prepare_v2(database, "select rowid from names where names match ? order by rank limit 3",
                     -1, &select, nullptr);
  EngineRun run;
  for (const MistypedName& query : queries) {
    const double asked = thread_micros();
    const std::string match = any_trigram(registry::search_form(query.text));
    sqlite3_bind_text(select, 1, match.c_str(), -1, SQLITE_TRANSIENT);
    bool found = false;
    while (sqlite3_step(select) == SQLITE_ROW) {
      found |= sqlite3_column_int64(select, 0) == static_cast<std::int64_t>(query.name);
    }
    sqlite3_reset(select);
    run.micros.push_back(thread_micros() - asked);
    run.found += found ? 1 : 0;
  }
  sqlite3_finalize(select);
  sqlite3_close(database);
  print_row("SQLite FTS5", names.size(), std::move(run), build, 0);
}

// --- PostgreSQL

void check(PGconn* server, PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN) {
    give_up(PQerrorMessage(server));
  }
  PQclear(result);
}

double load_pg(PGconn* server, const std::vector<std::string>& names) {
  const auto begin = Clock::now();
  check(server, PQexec(server,
                       "create extension if not exists pg_trgm; drop table if exists names; "
                       "create unlogged table names(id bigint, name text)"));
  check(server, PQexec(server, "copy names from stdin"));
  std::size_t row = 0;
  for (const std::string& form : search_forms(names)) {
    const std::string line = std::to_string(row++) + "\t" + form + "\n";
    PQputCopyData(server, line.data(), static_cast<int>(line.size()));
  }
  PQputCopyEnd(server, nullptr);
  while (PGresult* result = PQgetResult(server)) check(server, result);
  check(server,
        PQexec(server, "create index on names using gin (name gin_trgm_ops); analyze names"));
  check(server, PQprepare(server, "find",
                          "select id from names where name % $1 "
                          "order by similarity(name, $1) desc limit 3",
                          1, nullptr));
  return micros_since(begin) / 1e6;
}

// What a server process has used of a processor, also when it is not ours.
double process_micros(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/schedstat");
  double nanos = 0;
  file >> nanos;
  return nanos / 1e3;
}

EngineRun ask_pg(PGconn* server, const std::vector<MistypedName>& queries) {
  EngineRun run;
  for (const MistypedName& query : queries) {
    const double asked = thread_micros() + process_micros(PQbackendPID(server));
    const std::string form = registry::search_form(query.text);
    const char* parameter = form.c_str();
    PGresult* result = PQexecPrepared(server, "find", 1, &parameter, nullptr, nullptr, 0);
    bool found = false;
    for (int i = 0; i < PQntuples(result); ++i) {
      found |= std::stoul(PQgetvalue(result, i, 0)) == query.name;
    }
    check(server, result);
    run.micros.push_back(thread_micros() + process_micros(PQbackendPID(server)) - asked);
    run.found += found ? 1 : 0;
  }
  return run;
}

// With PostgreSQL's own threshold, and with one that is quicker and finds less.
void run_pg(const std::vector<std::string>& names, const std::vector<MistypedName>& queries) {
  PGconn* server = PQconnectdb("dbname=postgres user=postgres");
  if (PQstatus(server) != CONNECTION_OK) give_up(PQerrorMessage(server));
  const double build = load_pg(server, names);
  for (const std::string threshold : {"0.3", "0.5"}) {
    const std::string set = "set pg_trgm.similarity_threshold = " + threshold;
    check(server, PQexec(server, set.c_str()));
    print_row(("pg_trgm % " + threshold).c_str(), names.size(), ask_pg(server, queries), build, 0);
  }
  PQfinish(server);
}

void run_import(const std::vector<std::string>& names) {
  const std::string folder =
      (std::filesystem::temp_directory_path() / "alur_registry_benchmark").string();
  std::filesystem::remove_all(folder);
  const std::string csv = tests::csv_of_names(names);
  tools::ImportOptions options;
  options.folder = folder;
  options.as_of = tests::list_day;
  std::string error;
  for (const char* what : {"first import", "import again"}) {
    const auto begin = Clock::now();
    if (!tools::import_list(options, csv, tools::SourceFormat::csv, error)) give_up(error);
    std::printf("%-14s %8zu rows   %.2f s\n", what, names.size(), micros_since(begin) / 1e6);
  }
  const auto begin = Clock::now();
  if (!registry::read_lists(folder, error)) give_up(error);
  std::printf("%-14s %8zu rows   %.2f s\n", "made ready", names.size(), micros_since(begin) / 1e6);
  std::filesystem::remove_all(folder);
}

int run(const std::vector<std::string>& words) {
  if (words.size() < 3) give_up("registry_benchmark ours|fts5|pg|import NAMES [QUERIES] [ERRORS]");
  const std::vector<std::string> names = benchmark_names(words[2]);
  if (names.empty()) give_up(words[2] + ": there are no names");
  const std::size_t count = words.size() > 3 ? std::stoul(words[3]) : 2'000;
  const int errors = words.size() > 4 ? std::stoi(words[4]) : 1;
  if (words[1] == "import") {
    run_import(names);
    return 0;
  }
  const std::vector<MistypedName> queries = mistyped_names(names, count, errors);
  if (words[1] == "ours") run_ours(names, queries);
  if (words[1] == "fts5") run_fts5(names, queries);
  if (words[1] == "pg") run_pg(names, queries);
  return 0;
}

}  // namespace
}  // namespace alur::benchmarks

int main(int argc, char** argv) {
  return alur::benchmarks::run({argv, argv + argc});
}

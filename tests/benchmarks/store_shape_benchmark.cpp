// Which shape of tables carries most turns: where inbound ids are remembered, whether the next
// timer has an index, how often the log is written back, and what sessions written lazily would
// give. Bare SQLite, one thread, synchronous=FULL; a turn is a session of 400 bytes, an id, a
// journal row of 150, an outbox row of 300 that is deleted a group later.
//
//   store_shape_benchmark [FOLDER] [SESSIONS] [SECONDS]
#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace {

using Steady = std::chrono::steady_clock;

enum class Ids { random_table, timed_table, in_row };

struct Shape {
  const char* name;
  Ids ids;
  bool due_index;
  int checkpoint_pages;
  bool lazy_sessions;
  int group;
};

class Bench {
 public:
  Bench(const std::string& path, const Shape& shape, int sessions)
      : shape_(shape), sessions_(sessions), pending_(static_cast<std::size_t>(sessions), false) {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
    sqlite3_open(path.c_str(), &db_);
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
    run("PRAGMA cache_size=-65536");
    run(fmt::format("PRAGMA wal_autocheckpoint={}", shape.checkpoint_pages));
    run("CREATE TABLE session(id INTEGER PRIMARY KEY, due INTEGER, body BLOB)");
    if (shape.due_index) run("CREATE INDEX by_due ON session(due) WHERE due IS NOT NULL");
    run("CREATE TABLE journal(id INTEGER PRIMARY KEY, citizen INTEGER, body BLOB)");
    run("CREATE TABLE outbox(id INTEGER PRIMARY KEY, citizen INTEGER, body BLOB)");
    run("CREATE TABLE random_id(id BLOB PRIMARY KEY, at INTEGER) WITHOUT ROWID");
    run("CREATE TABLE timed_id(at INTEGER, id INTEGER, PRIMARY KEY(at, id)) WITHOUT ROWID");
    read_ = prepare("SELECT due, body FROM session WHERE id=?");
    write_ = prepare(
        "INSERT INTO session VALUES(?,?,?) ON CONFLICT(id) DO UPDATE SET due=excluded.due, "
        "body=excluded.body");
    journal_ = prepare("INSERT INTO journal(citizen, body) VALUES(?,?)");
    outbox_ = prepare("INSERT INTO outbox VALUES(?,?,?)");
    sent_ = prepare("DELETE FROM outbox WHERE id=?");
    random_id_ = prepare("INSERT OR IGNORE INTO random_id VALUES(?,?)");
    timed_id_ = prepare("INSERT OR IGNORE INTO timed_id VALUES(?,?)");
    fill();
  }
  ~Bench() { sqlite3_close_v2(db_); }

  double turns_a_second(double seconds) {
    const auto start = Steady::now();
    auto flushed = start;
    std::size_t turns = 0;
    while (Steady::now() - start < std::chrono::duration<double>(seconds)) {
      run("BEGIN IMMEDIATE");
      for (int i = 0; i < shape_.group; ++i) turn(++turns);
      run("COMMIT");
      if (shape_.lazy_sessions && Steady::now() - flushed > std::chrono::seconds(1)) {
        flush();
        flushed = Steady::now();
      }
    }
    if (shape_.lazy_sessions) flush();
    return static_cast<double>(turns) /
           std::chrono::duration<double>(Steady::now() - start).count();
  }

 private:
  void run(const std::string& sql) {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return;
    fmt::print(stderr, "{}: {}\n", sql, sqlite3_errmsg(db_));
    std::exit(1);
  }
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    return statement;
  }
  static void bind(sqlite3_stmt* statement, int at, const std::string& bytes) {
    sqlite3_bind_blob(statement, at, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
  }
  static void step(sqlite3_stmt* statement) {
    sqlite3_step(statement);
    sqlite3_reset(statement);
  }

  // Ids are spread like hashes of addresses.
  static sqlite3_int64 key(int citizen) {
    return static_cast<sqlite3_int64>(static_cast<std::uint64_t>(citizen) * 0x9E3779B97F4A7C15u >>
                                      1);
  }

  void write_session(int citizen, std::size_t turn) {
    const std::string body(shape_.ids == Ids::in_row ? 620 : 400, 's');
    sqlite3_bind_int64(write_, 1, key(citizen));
    sqlite3_bind_int64(write_, 2, static_cast<sqlite3_int64>(1'800'000'000'000 + turn));
    bind(write_, 3, body);
    step(write_);
  }

  void fill() {
    run("BEGIN");
    for (int i = 0; i < sessions_; ++i) write_session(i, static_cast<std::size_t>(i));
    run("COMMIT");
    run("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  void flush() {
    run("BEGIN IMMEDIATE");
    for (const int citizen : dirty_) {
      write_session(citizen, 0);
      pending_[static_cast<std::size_t>(citizen)] = false;
    }
    run("COMMIT");
    dirty_.clear();
  }

  void turn(std::size_t number) {
    const int citizen = static_cast<int>(random_() % static_cast<unsigned>(sessions_));
    sqlite3_bind_int64(read_, 1, key(citizen));
    step(read_);
    if (shape_.ids == Ids::random_table) {
      std::string id(32, '\0');
      for (char& c : id) c = static_cast<char>(random_());
      bind(random_id_, 1, id);
      sqlite3_bind_int64(random_id_, 2, static_cast<sqlite3_int64>(number));
      step(random_id_);
    } else if (shape_.ids == Ids::timed_table) {
      sqlite3_bind_int64(timed_id_, 1, static_cast<sqlite3_int64>(number / 1'000));
      sqlite3_bind_int64(timed_id_, 2, static_cast<sqlite3_int64>(random_()));
      step(timed_id_);
    }
    const std::string entry(shape_.lazy_sessions ? 550 : 150, 'j');
    sqlite3_bind_int64(journal_, 1, key(citizen));
    bind(journal_, 2, entry);
    step(journal_);
    const std::string message(300, 'm');
    sqlite3_bind_int64(outbox_, 1, static_cast<sqlite3_int64>(number));
    sqlite3_bind_int64(outbox_, 2, key(citizen));
    bind(outbox_, 3, message);
    step(outbox_);
    const auto group = static_cast<std::size_t>(shape_.group);
    if (number > group) {
      sqlite3_bind_int64(sent_, 1, static_cast<sqlite3_int64>(number - group));
      step(sent_);
    }
    if (!shape_.lazy_sessions) return write_session(citizen, number);
    const auto at = static_cast<std::size_t>(citizen);
    if (!pending_[at]) dirty_.push_back(citizen);
    pending_[at] = true;
  }

  Shape shape_;
  int sessions_;
  std::vector<bool> pending_;
  std::vector<int> dirty_;
  std::mt19937_64 random_{157};
  sqlite3* db_ = nullptr;
  sqlite3_stmt *read_, *write_, *journal_, *outbox_, *sent_, *random_id_, *timed_id_;
};

constexpr Shape shapes[] = {
    {"random 32-byte ids in a table, checkpoint 1000", Ids::random_table, false, 1'000, false, 64},
    {"random 32-byte ids in a table", Ids::random_table, false, 8'000, false, 64},
    {"ids in a table, time first", Ids::timed_table, false, 8'000, false, 64},
    {"ids in the session's row, checkpoint 1000", Ids::in_row, false, 1'000, false, 64},
    {"ids in the session's row", Ids::in_row, false, 8'000, false, 64},
    {"ids in the row, index of what is due", Ids::in_row, true, 8'000, false, 64},
    {"the same, 16 turns a commit", Ids::in_row, true, 8'000, false, 16},
    {"the same, 1 turn a commit", Ids::in_row, true, 8'000, false, 1},
    {"journal first, sessions once a second", Ids::in_row, true, 8'000, true, 64},
};

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : "/tmp";
  const int sessions = argc > 2 ? std::atoi(argv[2]) : 100'000;
  const double seconds = argc > 3 ? std::atof(argv[3]) : 3.0;
  for (const Shape& shape : shapes) {
    Bench bench(folder + "/store_shape.db", shape, sessions);
    fmt::print("{:<48}{:>9.0f} turns/s\n", shape.name, bench.turns_a_second(seconds));
  }
}

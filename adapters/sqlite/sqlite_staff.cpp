#include "adapters/sqlite/sqlite_staff.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <mutex>

#include "adapters/sqlite/staff_schema.hpp"
#include "adapters/sqlite/staff_writer.hpp"

namespace alur::adapters {

using ports::Account;
using ports::AuditRow;
using ports::Fault;
using ports::Result;
using ports::StaffFault;
using ports::StaffResult;

struct SqliteStaff::State {
  SqliteStaffSettings settings;
  ports::SealRow seal;
  std::mutex mutex;
  Database database;

  Result<void> open();
  // Ends a transaction that failed; what it failed with goes on.
  StaffFault give_up(StaffFault fault);

  // Calls `read` for the first row; nothing where there is none.
  template <class Row, class Bind>
  StaffResult<std::optional<Row>> one(std::string_view sql, const Bind& bind,
                                      Row (*read)(const Statement&));
  template <class Row, class Bind>
  StaffResult<std::vector<Row>> all(std::string_view sql, const Bind& bind,
                                    Row (*read)(const Statement&));
};

namespace {

constexpr int cache_kib = 2'048;

bool others_can_read(const std::string& path) {
  struct stat about{};
  return stat(path.c_str(), &about) == 0 && (about.st_mode & 077) != 0;
}

std::string why_not(Fault fault) {
  if (fault == Fault::refused) return "is no book of accounts of this alur";
  if (fault == Fault::unreadable) return "is damaged";
  return "cannot be opened";
}

void bind_nothing(Statement&) {}

#define ACCOUNT_COLUMNS                                                                \
  "SELECT agent, revision, name, full_name, role, queues, units, disabled, password, " \
  "code_secret, "                                                                      \
  "code_offered, code_step, made FROM account "

Account read_account(const Statement& row) {
  Account account;
  account.agent = static_cast<ports::AgentNumber>(row.integer_at(0));
  account.revision = row.key_at(1);
  account.name = row.text_at(2);
  account.full_name = row.text_at(3);
  account.role = static_cast<ports::Role>(row.integer_at(4));
  account.queues = split_queues(row.text_at(5));
  account.units = static_cast<std::int32_t>(row.integer_at(6));
  account.disabled = row.integer_at(7) != 0;
  account.password = row.text_at(8);
  account.code_secret = row.text_at(9);
  account.code_offered = row.text_at(10);
  account.code_step = row.key_at(11);
  account.made = {row.integer_at(12)};
  return account;
}

ports::SignInRow read_sign_in(const Statement& row) {
  return {row.text_at(0),
          static_cast<ports::AgentNumber>(row.integer_at(1)),
          {row.integer_at(2)},
          {row.integer_at(3)},
          {row.integer_at(4)}};
}

ports::LinkRow read_link(const Statement& row) {
  return {row.text_at(0), static_cast<ports::AgentNumber>(row.integer_at(1)), {row.integer_at(2)}};
}

ports::ReplyRow read_reply(const Statement& row) {
  return {row.text_at(0), row.text_at(1)};
}

#define AUDIT_COLUMNS "SELECT count, at, by, did, citizen, detail, hash, seal FROM audit "

AuditRow read_audit(const Statement& row) {
  return {row.key_at(0), {row.integer_at(1)}, row.text_at(2), row.text_at(3),
          row.key_at(4), row.text_at(5),      row.text_at(6), row.text_at(7)};
}

std::int64_t read_number(const Statement& row) {
  return row.integer_at(0);
}

}  // namespace

Result<void> SqliteStaff::State::open() {
  auto opened = Database::open({settings.path, settings.vfs, settings.read_only, cache_kib});
  if (!opened) return opened.error();
  database = std::move(*opened);
  if (settings.read_only) {
    const auto version = database.number("PRAGMA user_version");
    if (!version) return version.error();
    if (*version != staff_schema_version) return Fault::refused;
    return {};
  }
  const auto mode = database.text("PRAGMA journal_mode=WAL");
  if (!mode) return mode.error();
  if (*mode != "wal") return Fault::refused;
  if (const auto set = database.run("PRAGMA synchronous=FULL"); !set) return set;
  return migrate_staff(database);
}

StaffFault SqliteStaff::State::give_up(StaffFault fault) {
  if (!database.in_transaction()) return fault;
  const auto done = database.run("ROLLBACK");
  if (!done && done.error() == Fault::unsynced) return StaffFault::unsynced;
  return fault;
}

template <class Row, class Bind>
StaffResult<std::optional<Row>> SqliteStaff::State::one(std::string_view sql, const Bind& bind,
                                                        Row (*read)(const Statement&)) {
  const std::lock_guard lock(mutex);
  auto statement = database.prepare(sql);
  if (!statement) return to_staff_fault(statement.error());
  bind(*statement);
  const auto there = statement->step();
  if (!there) return to_staff_fault(there.error());
  if (!*there) return std::optional<Row>();
  return std::optional<Row>(read(*statement));
}

template <class Row, class Bind>
StaffResult<std::vector<Row>> SqliteStaff::State::all(std::string_view sql, const Bind& bind,
                                                      Row (*read)(const Statement&)) {
  const std::lock_guard lock(mutex);
  auto statement = database.prepare(sql);
  if (!statement) return to_staff_fault(statement.error());
  bind(*statement);
  std::vector<Row> rows;
  for (;;) {
    const auto there = statement->step();
    if (!there) return to_staff_fault(there.error());
    if (!*there) return rows;
    rows.push_back(read(*statement));
  }
}

SqliteStaff::SqliteStaff(std::unique_ptr<State> state) : state_(std::move(state)) {}
SqliteStaff::~SqliteStaff() = default;

std::unique_ptr<SqliteStaff> SqliteStaff::open(SqliteStaffSettings settings, ports::SealRow seal,
                                               std::string& error) {
  auto state = std::make_unique<State>();
  state->settings = std::move(settings);
  state->seal = std::move(seal);
  const std::string& path = state->settings.path;
  if (state->settings.vfs.empty() && others_can_read(path)) {
    error = path + ": others can read it; `chmod 600` it";
    return nullptr;
  }
  if (const auto opened = state->open(); !opened) {
    error = path + ": " + why_not(opened.error());
    return nullptr;
  }
  return std::unique_ptr<SqliteStaff>(new SqliteStaff(std::move(state)));
}

StaffResult<void> SqliteStaff::commit(std::span<const ports::StaffChange> group) {
  State& state = *state_;
  const std::lock_guard lock(state.mutex);
  if (const auto begun = state.database.run("BEGIN IMMEDIATE"); !begun) {
    return state.give_up(to_staff_fault(begun.error()));
  }
  StaffWriter writer(state.database, state.seal);
  for (const ports::StaffChange& change : group) {
    const auto done = std::visit([&](const auto& one) { return writer.apply(one); }, change);
    if (!done) return state.give_up(done.error());
  }
  if (const auto done = state.database.run("COMMIT"); !done) {
    return state.give_up(to_staff_fault(done.error()));
  }
  return {};
}

StaffResult<std::optional<Account>> SqliteStaff::account(std::string_view name) {
  return state_->one(
      ACCOUNT_COLUMNS "WHERE name=?", [&](Statement& to) { to.text(name); }, read_account);
}

StaffResult<std::optional<Account>> SqliteStaff::account(ports::AgentNumber agent) {
  return state_->one(
      ACCOUNT_COLUMNS "WHERE agent=?", [&](Statement& to) { to.integer(agent); }, read_account);
}

StaffResult<std::vector<Account>> SqliteStaff::accounts() {
  return state_->all(ACCOUNT_COLUMNS "ORDER BY name", bind_nothing, read_account);
}

StaffResult<bool> SqliteStaff::has_administrator() {
  const auto number = state_->one(
      "SELECT count(*) FROM account WHERE role=? AND NOT disabled",
      [](Statement& to) { to.integer(static_cast<int>(ports::Role::administrator)); }, read_number);
  if (!number) return number.error();
  return *number && **number > 0;
}

StaffResult<std::optional<ports::SignInRow>> SqliteStaff::sign_in(std::string_view hash) {
  return state_->one(
      "SELECT hash, agent, begun, seen, until FROM sign_in WHERE hash=?",
      [&](Statement& to) { to.bytes(hash); }, read_sign_in);
}

StaffResult<std::optional<ports::LinkRow>> SqliteStaff::link(std::string_view hash) {
  return state_->one(
      "SELECT hash, agent, until FROM link WHERE hash=?", [&](Statement& to) { to.bytes(hash); },
      read_link);
}

StaffResult<std::vector<ports::ReplyRow>> SqliteStaff::replies() {
  return state_->all("SELECT shortcut, body FROM reply ORDER BY shortcut", bind_nothing,
                     read_reply);
}

StaffResult<std::vector<AuditRow>> SqliteStaff::audit(const ports::AuditQuery& query) {
  std::string sql = AUDIT_COLUMNS "WHERE 1";
  if (query.before != 0) sql += " AND count<?";
  if (!query.by.empty()) sql += " AND by=?";
  if (query.citizen != 0) sql += " AND citizen=? AND citizen!=0";
  sql += " ORDER BY count DESC LIMIT ?";
  return state_->all(
      sql,
      [&](Statement& to) {
        if (query.before != 0) to.key(query.before);
        if (!query.by.empty()) to.text(query.by);
        if (query.citizen != 0) to.key(query.citizen);
        to.integer(static_cast<std::int64_t>(query.rows_max));
      },
      read_audit);
}

StaffResult<std::vector<AuditRow>> SqliteStaff::audit_from(std::uint64_t count,
                                                           std::size_t rows_max) {
  return state_->all(
      AUDIT_COLUMNS "WHERE count>=? ORDER BY count LIMIT ?",
      [&](Statement& to) { to.key(count).integer(static_cast<std::int64_t>(rows_max)); },
      read_audit);
}

StaffResult<AuditRow> SqliteStaff::audit_last() {
  const auto row =
      state_->one(AUDIT_COLUMNS "ORDER BY count DESC LIMIT 1", bind_nothing, read_audit);
  if (!row) return row.error();
  return *row ? **row : AuditRow();
}

Result<void> back_up_staff(const std::string& path, const std::string& target) {
  if (std::filesystem::exists(target)) return Fault::refused;
  if (!std::filesystem::exists(path)) return Fault::unavailable;
  auto database = Database::open({path, "", true, cache_kib});
  if (!database) return database.error();
  make_private(target);
  auto copy = database->prepare("VACUUM INTO ?");
  if (!copy) return copy.error();
  return copy->text(target).run();
}

}  // namespace alur::adapters

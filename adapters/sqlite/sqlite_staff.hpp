// SqliteStaff: the book of the desk's staff in an SQLite file of its own, beside the store: in WAL
// mode with synchronous=FULL, readable by its owner alone. One connection, one call at a time;
// another program may have the file open as well.
#pragma once

#include <memory>
#include <string>

#include "engine/ports/fault.hpp"
#include "engine/ports/staff.hpp"

namespace alur::adapters {

struct SqliteStaffSettings {
  std::string path;
  std::string vfs;         // empty: the system's; tests bring one that breaks
  bool read_only = false;  // then it must be there already
};

class SqliteStaff : public ports::Staff {
 public:
  // Opens, creates or brings forward. Nothing, and one plain line in `error`: also for a file that
  // others could read, that is none of ours or too new.
  static std::unique_ptr<SqliteStaff> open(SqliteStaffSettings settings, ports::SealRow seal,
                                           std::string& error);
  ~SqliteStaff() override;

  ports::StaffResult<void> commit(std::span<const ports::StaffChange> group) override;
  ports::StaffResult<std::optional<ports::Account>> account(std::string_view name) override;
  ports::StaffResult<std::optional<ports::Account>> account(ports::AgentNumber agent) override;
  ports::StaffResult<std::vector<ports::Account>> accounts() override;
  ports::StaffResult<bool> has_administrator() override;
  ports::StaffResult<std::optional<ports::SignInRow>> sign_in(std::string_view hash) override;
  ports::StaffResult<std::optional<ports::LinkRow>> link(std::string_view hash) override;
  ports::StaffResult<std::vector<ports::ReplyRow>> replies() override;
  ports::StaffResult<std::vector<ports::AuditRow>> audit(const ports::AuditQuery& query) override;
  ports::StaffResult<std::vector<ports::AuditRow>> audit_from(std::uint64_t count,
                                                              std::size_t rows_max) override;
  ports::StaffResult<ports::AuditRow> audit_last() override;

 private:
  struct State;
  explicit SqliteStaff(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A whole copy, as of one moment, while a service runs. The target must not be there yet.
ports::Result<void> back_up_staff(const std::string& path, const std::string& target);

}  // namespace alur::adapters

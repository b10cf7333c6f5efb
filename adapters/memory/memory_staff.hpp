// MemoryStaff: the book of the desk's staff in memory: the whole contract but durability.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/ports/staff.hpp"

namespace alur::adapters {

struct MemoryStaffRows {
  std::map<std::string, ports::Account> accounts;  // by name
  std::map<ports::Hash, ports::SignInRow> sign_ins;
  std::map<ports::Hash, ports::LinkRow> links;
  std::map<std::string, ports::ReplyRow> replies;
};

// What a MemoryStaff holds. Outlives it, as a disk does.
struct MemoryStaffDisk {
  std::mutex mutex;
  MemoryStaffRows rows;
  std::vector<ports::AuditRow> audit;  // by count

  // The n-th operation from now on fails, once: a change, the end of a commit, a reading. 0: none.
  std::uint64_t fail_at = 0;
  std::uint64_t operations = 0;  // so far

  ports::StaffResult<void> operate();
};

class MemoryStaff : public ports::Staff {
 public:
  explicit MemoryStaff(ports::SealRow seal,
                       std::shared_ptr<MemoryStaffDisk> disk = std::make_shared<MemoryStaffDisk>())
      : seal_(std::move(seal)), disk_(std::move(disk)) {}

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
  ports::SealRow seal_;
  std::shared_ptr<MemoryStaffDisk> disk_;
};

}  // namespace alur::adapters

#include "adapters/memory/memory_staff.hpp"

#include <algorithm>

namespace alur::adapters {

using ports::Account;
using ports::AgentNumber;
using ports::AuditRow;
using ports::StaffFault;
using ports::StaffResult;

StaffResult<void> MemoryStaffDisk::operate() {
  ++operations;
  if (fail_at == 0 || --fail_at > 0) return {};
  return StaffFault::unavailable;
}

namespace {

bool is_administrator(const Account& account) {
  return account.role == ports::Role::administrator && !account.disabled;
}

bool any_administrator(const MemoryStaffRows& rows) {
  return std::any_of(rows.accounts.begin(), rows.accounts.end(),
                     [](const auto& one) { return is_administrator(one.second); });
}

Account* find_account(MemoryStaffRows& rows, AgentNumber agent) {
  for (auto& [name, account] : rows.accounts) {
    if (account.agent == agent) return &account;
  }
  return nullptr;
}

// --- one change, on a copy

using Done = StaffResult<void>;

Done apply(MemoryStaffRows& rows, const ports::AccountAdded& change) {
  if (change.as_first && any_administrator(rows)) return StaffFault::there_are_some;
  if (rows.accounts.contains(change.account.name)) return StaffFault::taken;
  if (rows.accounts.size() >= ports::accounts_max) return StaffFault::full;
  Account& account = rows.accounts[change.account.name];
  const auto number = static_cast<AgentNumber>(rows.accounts.size());  // none ever goes
  account = change.account;
  account.agent = number;
  account.revision = 1;
  return {};
}

Done apply(MemoryStaffRows& rows, const ports::AccountSet& change) {
  Account* found = find_account(rows, change.account.agent);
  if (!found) return StaffFault::gone;
  if (found->revision != change.account.revision) return StaffFault::changed;
  const Account before = *found;
  *found = change.account;
  found->revision = before.revision + 1;
  found->name = before.name;
  found->made = before.made;
  if (is_administrator(before) && !any_administrator(rows)) return StaffFault::last;
  return {};
}

Done apply(MemoryStaffRows& rows, const ports::SignedIn& change) {
  std::erase_if(rows.sign_ins,
                [&](const auto& one) { return one.second.until <= change.row.begun; });
  rows.sign_ins[change.row.hash] = change.row;
  for (;;) {
    std::size_t count = 0;
    const ports::SignInRow* oldest = nullptr;
    for (const auto& [hash, row] : rows.sign_ins) {
      if (row.agent != change.row.agent) continue;
      ++count;
      if (hash == change.row.hash) continue;
      if (!oldest || row.begun < oldest->begun) oldest = &row;
    }
    if (count <= ports::sign_ins_max) return {};
    rows.sign_ins.erase(ports::Hash(oldest->hash));
  }
}

Done apply(MemoryStaffRows& rows, const ports::SignInSeen& change) {
  const auto found = rows.sign_ins.find(change.hash);
  if (found == rows.sign_ins.end()) return StaffFault::gone;
  found->second.seen = std::max(found->second.seen, change.at);
  return {};
}

Done apply(MemoryStaffRows& rows, const ports::SignedOut& change) {
  rows.sign_ins.erase(change.hash);
  return {};
}

Done apply(MemoryStaffRows& rows, const ports::SignedOutAll& change) {
  std::erase_if(rows.sign_ins, [&](const auto& one) {
    return one.second.agent == change.agent && one.first != change.but;
  });
  return {};
}

Done apply(MemoryStaffRows& rows, const ports::LinkMade& change) {
  std::erase_if(rows.links, [&](const auto& one) {
    return one.second.agent == change.row.agent || one.second.until <= change.now;
  });
  rows.links[change.row.hash] = change.row;
  return {};
}

Done apply(MemoryStaffRows& rows, const ports::LinkUsed& change) {
  const auto found = rows.links.find(change.hash);
  if (found == rows.links.end() || found->second.until <= change.now) return StaffFault::gone;
  rows.links.erase(found);
  return {};
}

Done apply(MemoryStaffRows& rows, const ports::LinksEnded& change) {
  std::erase_if(rows.links, [&](const auto& one) { return one.second.agent == change.agent; });
  return {};
}

Done apply(MemoryStaffRows& rows, const ports::ReplySet& change) {
  if (!rows.replies.contains(change.row.shortcut) && rows.replies.size() >= ports::replies_max) {
    return StaffFault::full;
  }
  rows.replies[change.row.shortcut] = change.row;
  return {};
}

Done apply(MemoryStaffRows& rows, const ports::ReplyRemoved& change) {
  if (rows.replies.erase(change.shortcut) == 0) return StaffFault::gone;
  return {};
}

template <class Rows, class Key>
auto find_row(const Rows& rows, const Key& key) {
  const auto found = rows.find(key);
  using Row = typename Rows::mapped_type;
  return found == rows.end() ? std::optional<Row>() : std::optional<Row>(found->second);
}

template <class Rows>
auto all_rows(const Rows& rows) {
  std::vector<typename Rows::mapped_type> all;
  for (const auto& [key, row] : rows) all.push_back(row);
  return all;
}

bool fits(const ports::AuditQuery& query, const AuditRow& row) {
  return (query.before == 0 || row.count < query.before) &&
         (query.by.empty() || row.by == query.by) &&
         (query.citizen == 0 || row.citizen == query.citizen);
}

}  // namespace

StaffResult<void> MemoryStaff::commit(std::span<const ports::StaffChange> group) {
  const std::lock_guard lock(disk_->mutex);
  MemoryStaffRows rows = disk_->rows;
  std::vector<AuditRow> noted;
  for (const ports::StaffChange& change : group) {
    if (const auto done = disk_->operate(); !done) return done;
    if (const auto* note = std::get_if<ports::Noted>(&change)) {
      AuditRow row = note->row;
      row.count = disk_->audit.size() + noted.size() + 1;
      const AuditRow* before = !noted.empty()          ? &noted.back()
                               : !disk_->audit.empty() ? &disk_->audit.back()
                                                       : nullptr;
      seal_(before ? before->hash : std::string_view(), row);
      noted.push_back(std::move(row));
      continue;
    }
    const Done done = std::visit(
        [&](const auto& one) -> Done {
          if constexpr (std::is_same_v<decltype(one), const ports::Noted&>) {
            return {};
          } else {
            return apply(rows, one);
          }
        },
        change);
    if (!done) return done;
  }
  if (const auto done = disk_->operate(); !done) return done;
  disk_->rows = std::move(rows);
  for (AuditRow& row : noted) disk_->audit.push_back(std::move(row));
  return {};
}

StaffResult<std::optional<Account>> MemoryStaff::account(std::string_view name) {
  const std::lock_guard lock(disk_->mutex);
  if (const auto done = disk_->operate(); !done) return done.error();
  return find_row(disk_->rows.accounts, std::string(name));
}

StaffResult<std::optional<Account>> MemoryStaff::account(AgentNumber agent) {
  const std::lock_guard lock(disk_->mutex);
  if (const auto done = disk_->operate(); !done) return done.error();
  const Account* found = find_account(disk_->rows, agent);
  return found ? std::optional<Account>(*found) : std::optional<Account>();
}

StaffResult<std::vector<Account>> MemoryStaff::accounts() {
  const std::lock_guard lock(disk_->mutex);
  if (const auto done = disk_->operate(); !done) return done.error();
  return all_rows(disk_->rows.accounts);
}

StaffResult<bool> MemoryStaff::has_administrator() {
  const std::lock_guard lock(disk_->mutex);
  if (const auto done = disk_->operate(); !done) return done.error();
  return any_administrator(disk_->rows);
}

StaffResult<std::optional<ports::SignInRow>> MemoryStaff::sign_in(std::string_view hash) {
  const std::lock_guard lock(disk_->mutex);
  if (const auto done = disk_->operate(); !done) return done.error();
  return find_row(disk_->rows.sign_ins, ports::Hash(hash));
}

StaffResult<std::optional<ports::LinkRow>> MemoryStaff::link(std::string_view hash) {
  const std::lock_guard lock(disk_->mutex);
  if (const auto done = disk_->operate(); !done) return done.error();
  return find_row(disk_->rows.links, ports::Hash(hash));
}

StaffResult<std::vector<ports::ReplyRow>> MemoryStaff::replies() {
  const std::lock_guard lock(disk_->mutex);
  if (const auto done = disk_->operate(); !done) return done.error();
  return all_rows(disk_->rows.replies);
}

StaffResult<std::vector<AuditRow>> MemoryStaff::audit(const ports::AuditQuery& query) {
  const std::lock_guard lock(disk_->mutex);
  if (const auto done = disk_->operate(); !done) return done.error();
  std::vector<AuditRow> rows;
  for (auto at = disk_->audit.rbegin(); at != disk_->audit.rend(); ++at) {
    if (rows.size() == query.rows_max) break;
    if (fits(query, *at)) rows.push_back(*at);
  }
  return rows;
}

StaffResult<std::vector<AuditRow>> MemoryStaff::audit_from(std::uint64_t count,
                                                           std::size_t rows_max) {
  const std::lock_guard lock(disk_->mutex);
  if (const auto done = disk_->operate(); !done) return done.error();
  std::vector<AuditRow> rows;
  for (const AuditRow& row : disk_->audit) {
    if (rows.size() == rows_max) break;
    if (row.count >= count) rows.push_back(row);
  }
  return rows;
}

StaffResult<AuditRow> MemoryStaff::audit_last() {
  const std::lock_guard lock(disk_->mutex);
  if (const auto done = disk_->operate(); !done) return done.error();
  return disk_->audit.empty() ? AuditRow() : disk_->audit.back();
}

}  // namespace alur::adapters

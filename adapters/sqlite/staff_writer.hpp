// StaffWriter: what a change does to the tables of the book of staff. Within a transaction of the
// caller's.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "engine/ports/staff.hpp"

namespace alur::adapters {

ports::StaffFault to_staff_fault(ports::Fault fault);
std::string join_queues(const std::vector<std::string>& queues);
std::vector<std::string> split_queues(const std::string& text);

class StaffWriter {
 public:
  StaffWriter(Database& database, const ports::SealRow& seal) : database_(database), seal_(seal) {}

  ports::StaffResult<void> apply(const ports::AccountAdded& change);
  ports::StaffResult<void> apply(const ports::AccountSet& change);
  ports::StaffResult<void> apply(const ports::SignedIn& change);
  ports::StaffResult<void> apply(const ports::SignInSeen& change);
  ports::StaffResult<void> apply(const ports::SignedOut& change);
  ports::StaffResult<void> apply(const ports::SignedOutAll& change);
  ports::StaffResult<void> apply(const ports::LinkMade& change);
  ports::StaffResult<void> apply(const ports::LinkUsed& change);
  ports::StaffResult<void> apply(const ports::LinksEnded& change);
  ports::StaffResult<void> apply(const ports::ReplySet& change);
  ports::StaffResult<void> apply(const ports::ReplyRemoved& change);
  ports::StaffResult<void> apply(const ports::Noted& change);

 private:
  // Binds what the statement needs; runs it; how many rows it changed.
  template <class Bind>
  ports::StaffResult<int> run(std::string_view sql, const Bind& bind);
  template <class Bind>
  ports::StaffResult<std::int64_t> number(std::string_view sql, const Bind& bind);
  ports::StaffResult<std::int64_t> administrators();

  Database& database_;
  const ports::SealRow& seal_;
};

}  // namespace alur::adapters

// Accounts over a book in memory, with a clock of the test's, at a cost that tests can bear.
#pragma once

#include <gtest/gtest.h>

#include "adapters/desk/accounts.hpp"
#include "adapters/desk/desk_audit.hpp"
#include "adapters/desk/one_time_codes.hpp"
#include "adapters/memory/memory_staff.hpp"

namespace alur::tests {

inline constexpr adapters::PasswordCost cheap{8'192, 1};
inline const std::string good_password = "kuda besi makan awan";
inline const std::string other_password = "payung biru di loteng";
inline const std::string home = "203.0.113.7";

class AccountsBench : public testing::Test {
 protected:
  static adapters::AccountsSettings settings() {
    adapters::AccountsSettings settings;
    settings.issuer = "Kontak 157";
    settings.cost = cheap;
    return settings;
  }

  void pass(std::int64_t ms) { now_.milliseconds += ms; }
  // The word of the fault; "done" where there is none.
  template <class T>
  static std::string word(const adapters::AccessResult<T>& result) {
    return result ? "done" : std::string(to_text(result.error()));
  }
  void add(const std::string& name, ports::Role role = ports::Role::agent) {
    adapters::AccountChange about;
    about.full_name = "Staff " + name;
    about.role = role;
    about.queues = std::vector<std::string>{"general"};
    ASSERT_EQ(word(accounts_.add(name, about, "operator:test", now_)), "done");
    ASSERT_EQ(word(accounts_.reset_password(name, good_password, "operator:test", now_)), "done");
  }
  adapters::AccessResult<adapters::Entered> sign_in(const std::string& name,
                                                    const std::string& password,
                                                    const std::string& code = "",
                                                    const std::string& address = home) {
    return accounts_.sign_in(name, password, code, address, now_);
  }
  ports::Account account(const std::string& name) {
    const auto found = staff_.account(name);
    EXPECT_TRUE(found && *found) << name;
    return found && *found ? **found : ports::Account();
  }
  // Who did what, the latest first: "ani sign_in".
  std::vector<std::string> audit(std::size_t rows_max = 100) {
    std::vector<std::string> words;
    const auto rows = staff_.audit({0, "", 0, rows_max});
    EXPECT_TRUE(rows);
    for (const auto& row : *rows) {
      words.push_back(row.by + " " + row.did + (row.detail.empty() ? "" : ": " + row.detail));
    }
    return words;
  }

  value::Instant now_{1'800'000'000'000};
  std::shared_ptr<adapters::MemoryStaffDisk> disk_ = std::make_shared<adapters::MemoryStaffDisk>();
  adapters::MemoryStaff staff_{adapters::seal_with(adapters::AuditKey{}), disk_};
  adapters::Accounts accounts_{staff_, settings()};
};

}  // namespace alur::tests

// Accounts, the second part: links, and what is made of accounts by others than their owners.
#include <fmt/format.h>

#include "adapters/desk/account_words.hpp"
#include "adapters/desk/accounts.hpp"
#include "adapters/desk/desk_audit.hpp"
#include "adapters/desk/secret.hpp"

namespace alur::adapters {

using ports::Account;
using ports::AccountAdded;
using ports::AccountSet;
using ports::StaffChange;
using value::Instant;

namespace {

Instant after(Instant now, std::int64_t ms) {
  return {now.milliseconds + ms};
}

void take(const AccountChange& about, Account& account) {
  if (about.full_name) account.full_name = *about.full_name;
  if (about.role) account.role = *about.role;
  if (about.queues) account.queues = *about.queues;
  if (about.units) account.units = *about.units;
  if (about.disabled) account.disabled = *about.disabled;
  if (about.drop_codes) {
    account.code_secret.clear();
    account.code_offered.clear();
  }
}

// What is written for a change, one row for each kind of it.
void append_notes(const Account& before, const Account& now_is, std::string_view by, Instant now,
                  std::vector<StaffChange>& group) {
  const std::string& name = before.name;
  Account without_codes = before;
  without_codes.code_secret = now_is.code_secret;
  const std::string what = what_changed(without_codes, now_is);
  if (!what.empty()) {
    group.push_back(to_note(now, by, Action::set_user, 0, fmt::format("{}: {}", name, what)));
  }
  if (before.code_secret != now_is.code_secret) {
    group.push_back(to_note(now, by, Action::drop_codes, 0, name));
  }
  if (before.disabled != now_is.disabled) {
    const Action did = now_is.disabled ? Action::disable_user : Action::enable_user;
    group.push_back(to_note(now, by, did, 0, name));
  }
}

}  // namespace

// --- links

AccessResult<std::optional<std::string>> Accounts::make_first_link(Instant now) {
  const auto there = staff_.has_administrator();
  if (!there) return to_access_fault(there.error());
  if (*there) return std::optional<std::string>();
  const std::string secret = make_secret();
  const auto done =
      commit({ports::LinkMade{{hash_of_secret(secret), 0, after(now, settings_.link_ms)}, now}});
  if (!done) return done.error();
  return std::optional<std::string>(secret);
}

AccessResult<void> Accounts::make_first(std::string_view link, std::string_view name,
                                        std::string_view full_name, std::string_view password,
                                        Instant now) {
  const ports::Hash hash = hash_of_secret(link);
  const auto row = staff_.link(hash);
  if (!row) return to_access_fault(row.error());
  if (!*row || (*row)->agent != 0 || (*row)->until <= now) return AccessFault::gone;
  const auto proper = to_account_name(name);
  if (!proper) return AccessFault::bad_name;
  Account account;
  account.name = *proper;
  account.full_name = full_name;
  account.role = ports::Role::administrator;
  account.made = now;
  if (!is_sound(account)) return AccessFault::bad_account;
  auto password_hash = new_hash(account, password);
  if (!password_hash) return password_hash.error();
  account.password = std::move(*password_hash);
  return commit({ports::LinkUsed{hash, now}, AccountAdded{account, true},
                 to_note(now, account.name, Action::make_first)});
}

AccessResult<std::string> Accounts::make_link(std::string_view name, std::string_view by,
                                              Instant now) {
  const auto account = need(name);
  if (!account) return account.error();
  if (account->disabled) return AccessFault::gone;
  const std::string secret = make_secret();
  const Instant until = after(now, settings_.link_ms);
  const auto done = commit({ports::LinkMade{{hash_of_secret(secret), account->agent, until}, now},
                            to_note(now, by, Action::make_link, 0, account->name)});
  if (!done) return done.error();
  return secret;
}

AccessResult<Account> Accounts::whose_link(const ports::Hash& hash, Instant now) {
  const auto row = staff_.link(hash);
  if (!row) return to_access_fault(row.error());
  if (!*row || (*row)->agent == 0 || (*row)->until <= now) return AccessFault::gone;
  auto account = staff_.account((*row)->agent);
  if (!account) return to_access_fault(account.error());
  if (!*account || (*account)->disabled) return AccessFault::gone;
  return std::move(**account);
}

AccessResult<std::string> Accounts::find_link(std::string_view link, Instant now) {
  auto account = whose_link(hash_of_secret(link), now);
  if (!account) return account.error();
  return std::move(account->name);
}

AccessResult<void> Accounts::use_link(std::string_view link, std::string_view password,
                                      Instant now) {
  const ports::Hash hash = hash_of_secret(link);
  auto account = whose_link(hash, now);
  if (!account) return account.error();
  auto password_hash = new_hash(*account, password);
  if (!password_hash) return password_hash.error();
  account->password = std::move(*password_hash);
  return commit({ports::LinkUsed{hash, now}, AccountSet{*account},
                 ports::SignedOutAll{account->agent, {}}, ports::LinksEnded{account->agent},
                 to_note(now, account->name, Action::use_link)});
}

// --- accounts

AccessResult<std::vector<Account>> Accounts::list() {
  auto all = staff_.accounts();
  if (!all) return to_access_fault(all.error());
  return std::move(*all);
}

AccessResult<Account> Accounts::add(std::string_view name, const AccountChange& about,
                                    std::string_view by, Instant now) {
  const auto proper = to_account_name(name);
  if (!proper) return AccessFault::bad_name;
  Account account;
  account.name = *proper;
  account.full_name = *proper;
  account.made = now;
  take(about, account);
  if (!is_sound(account)) return AccessFault::bad_account;
  const std::string detail = fmt::format("{}: {}", account.name, to_text(account.role));
  const auto done = commit({AccountAdded{account}, to_note(now, by, Action::add_user, 0, detail)});
  if (!done) return done.error();
  return need(*proper);
}

AccessResult<Account> Accounts::change(std::string_view name, const AccountChange& about,
                                       std::string_view by, Instant now) {
  const std::lock_guard lock(changing_);
  for (int i = 0; i < tries_to_write; ++i) {
    const auto before = need(name);
    if (!before) return before.error();
    Account account = *before;
    take(about, account);
    if (!is_sound(account)) return AccessFault::bad_account;
    if (account == *before) return account;
    std::vector<StaffChange> group = {AccountSet{account}};
    if (account.disabled) {
      group.emplace_back(ports::SignedOutAll{account.agent, {}});
      group.emplace_back(ports::LinksEnded{account.agent});
    }
    append_notes(*before, account, by, now, group);
    const auto done = commit(group);
    if (done) return need(name);
    if (done.error() != AccessFault::changed) return done.error();
  }
  return AccessFault::unavailable;
}

AccessResult<void> Accounts::reset_password(std::string_view name, std::string_view password,
                                            std::string_view by, Instant now) {
  auto account = need(name);
  if (!account) return account.error();
  auto hash = new_hash(*account, password);
  if (!hash) return hash.error();
  account->password = std::move(*hash);
  return commit({AccountSet{*account}, ports::SignedOutAll{account->agent, {}},
                 ports::LinksEnded{account->agent},
                 to_note(now, by, Action::set_password, 0, account->name)});
}

}  // namespace alur::adapters

#include "adapters/desk/accounts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/desk/account_words.hpp"
#include "adapters/desk/cookie.hpp"
#include "adapters/desk/desk_audit.hpp"
#include "adapters/desk/one_time_codes.hpp"
#include "adapters/desk/secret.hpp"
#include "engine/value/text.hpp"

namespace alur::adapters {

using ports::Account;
using ports::AccountSet;
using ports::StaffChange;
using value::Instant;

namespace {

constexpr std::int64_t seen_within_ms = 60'000;  // a sign-in's last use is known as well as that
constexpr std::uint32_t failures_told = 5;       // and then whenever they have doubled

Instant after(Instant now, std::int64_t ms) {
  return {now.milliseconds + ms};
}

bool is_told(std::uint32_t failures) {
  std::uint32_t told = failures_told;
  while (told < failures) told *= 2;
  return told == failures;
}

}  // namespace

Accounts::Accounts(ports::Staff& staff, AccountsSettings settings)
    : staff_(staff),
      settings_(std::move(settings)),
      passwords_(settings_.cost),
      tries_(settings_.tries) {}

// --- what the rest is made of

AccessResult<Account> Accounts::need(std::string_view name) {
  const auto proper = to_account_name(name);
  if (!proper) return AccessFault::gone;
  auto found = staff_.account(*proper);
  if (!found) return to_access_fault(found.error());
  if (!*found) return AccessFault::gone;
  return std::move(**found);
}

AccessResult<void> Accounts::commit(const std::vector<StaffChange>& group) {
  const auto done = staff_.commit(group);
  if (!done) return to_access_fault(done.error());
  return {};
}

void Accounts::note_failures(const Account& account, Instant now) {
  const std::uint32_t failures = tries_.failures(account.name, now);
  if (!is_told(failures)) return;
  // Nobody waits for it, and whoever tries is refused anyway.
  static_cast<void>(commit({to_note(now, "", Action::sign_in_failed, 0,
                                    fmt::format("{}: {} times", account.name, failures))}));
}

AccessResult<void> Accounts::ask_password(const Account& account, std::string_view password,
                                          std::string_view address, Instant now) {
  if (tries_.begin(account.name, address, now)) return AccessFault::too_many;
  if (passwords_.verify(account.password, password)) {
    tries_.succeeded(account.name, address, now);
    return {};
  }
  note_failures(account, now);
  return AccessFault::wrong;
}

AccessResult<std::uint64_t> Accounts::ask_code(const Account& account, std::string_view secret,
                                               std::string_view code, Instant now) {
  if (tries_.begin_code(account.name, now)) return AccessFault::too_many;
  const auto step = find_code_step(secret, code, now, account.code_step);
  if (!step) {
    note_failures(account, now);
    return AccessFault::code;
  }
  return *step;
}

AccessResult<std::string> Accounts::new_hash(const Account& account, std::string_view password) {
  const auto fault = check_password(password, account.name, account.full_name);
  if (fault) return to_access_fault(*fault);
  std::string hash = passwords_.hash(password);
  if (hash.empty()) return AccessFault::unavailable;
  return hash;
}

// --- coming in

AccessResult<Entered> Accounts::sign_in(std::string_view name, std::string_view password,
                                        std::string_view code, std::string_view address,
                                        Instant now) {
  const auto proper = to_account_name(name);
  const std::string counted = proper.value_or(std::string(name.substr(0, 64)));
  if (tries_.begin(counted, address, now)) return AccessFault::too_many;
  ports::StaffResult<std::optional<Account>> found = std::optional<Account>();
  if (proper) found = staff_.account(*proper);
  if (!found) return to_access_fault(found.error());
  const bool usable = *found && !(*found)->disabled;
  // Whether there is such an account cannot be told from how long it takes.
  if (!passwords_.verify(usable ? (*found)->password : std::string(), password)) {
    if (*found) note_failures(**found, now);
    return AccessFault::wrong;
  }
  auto entered = let_in(std::move(**found), password, code, now);
  if (entered) tries_.succeeded(counted, address, now);
  return entered;
}

// The account is written with it, upon the reading whose password was right: so nobody comes in
// with a password that was changed, or as somebody who was disabled, in the same moment, and of two
// who bring one code at once the second is late.
AccessResult<Entered> Accounts::let_in(Account account, std::string_view password,
                                       std::string_view code, Instant now) {
  const std::string name = account.name;
  const std::string checked = account.password;
  for (int i = 0; i < tries_to_write; ++i) {
    if (account.disabled || account.password != checked) return AccessFault::wrong;
    if (!account.code_secret.empty()) {
      if (code.empty()) return AccessFault::code;
      const auto step = ask_code(account, account.code_secret, code, now);
      if (!step) return step.error();
      account.code_step = *step;
    }
    if (passwords_.wants_rehash(account.password)) {
      std::string hash = passwords_.hash(password);
      if (!hash.empty()) account.password = std::move(hash);
    }
    const std::string secret = make_secret();
    const Instant until = after(now, settings_.longest_ms);
    const auto done =
        commit({AccountSet{account},
                ports::SignedIn{{hash_of_secret(secret), account.agent, now, now, until}},
                to_note(now, name, Action::sign_in)});
    if (done) {
      tries_.code_succeeded(name);
      ++account.revision;
      return Entered{std::move(account), secret, page_token(secret)};
    }
    if (done.error() != AccessFault::changed) return done.error();
    auto again = need(name);
    if (!again) return again.error();
    account = std::move(*again);
  }
  return AccessFault::unavailable;
}

AccessResult<Entered> Accounts::find(std::string_view secret, Instant now) {
  const ports::Hash hash = hash_of_secret(secret);
  if (hash.empty()) return AccessFault::sign_in;
  const auto row = staff_.sign_in(hash);
  if (!row) return to_access_fault(row.error());
  if (!*row || (*row)->until <= now) return AccessFault::sign_in;
  if (after((*row)->seen, settings_.idle_ms) <= now) return AccessFault::sign_in;
  auto account = staff_.account((*row)->agent);
  if (!account) return to_access_fault(account.error());
  if (!*account || (*account)->disabled) return AccessFault::sign_in;
  const std::int64_t fine = std::min(seen_within_ms, settings_.idle_ms / 20);
  if (after((*row)->seen, fine) <= now) {
    // Whether it could be written down does not matter this once; whether it has ended does.
    const auto seen = commit({ports::SignInSeen{hash, now}});
    if (!seen && seen.error() == AccessFault::gone) return AccessFault::sign_in;
  }
  return Entered{std::move(**account), std::string(secret), page_token(secret)};
}

AccessResult<void> Accounts::sign_out(std::string_view secret, Instant now) {
  const auto who = find(secret, now);
  if (!who) return who.error();
  return commit({ports::SignedOut{hash_of_secret(secret)},
                 to_note(now, who->account.name, Action::sign_out)});
}

AccessResult<void> Accounts::set_password(const Entered& who, std::string_view old_password,
                                          std::string_view new_password, std::string_view address,
                                          Instant now) {
  auto account = need(who.account.name);
  if (!account) return account.error();
  if (const auto asked = ask_password(*account, old_password, address, now); !asked) return asked;
  if (value::to_nfc(old_password) == value::to_nfc(new_password)) return AccessFault::same;
  auto hash = new_hash(*account, new_password);
  if (!hash) return hash.error();
  account->password = std::move(*hash);
  return commit(
      {AccountSet{*account}, ports::SignedOutAll{account->agent, hash_of_secret(who.secret)},
       ports::LinksEnded{account->agent}, to_note(now, account->name, Action::set_password)});
}

// --- one-time codes

AccessResult<CodeOffer> Accounts::offer_codes(const Entered& who, Instant) {
  auto account = need(who.account.name);
  if (!account) return account.error();
  if (!account->code_secret.empty()) return AccessFault::codes_on;
  account->code_offered = make_code_secret();
  if (const auto done = commit({AccountSet{*account}}); !done) return done.error();
  return CodeOffer{to_base32(account->code_offered),
                   code_uri(account->code_offered, settings_.issuer, account->name)};
}

AccessResult<void> Accounts::confirm_codes(const Entered& who, std::string_view code, Instant now) {
  auto account = need(who.account.name);
  if (!account) return account.error();
  if (account->code_offered.empty()) return AccessFault::gone;
  const auto step = ask_code(*account, account->code_offered, code, now);
  if (!step) return step.error();
  account->code_secret = std::exchange(account->code_offered, {});
  account->code_step = *step;
  const auto done =
      commit({AccountSet{*account}, to_note(now, account->name, Action::set_codes, 0, "codes on")});
  if (done) tries_.code_succeeded(account->name);
  return done;
}

AccessResult<void> Accounts::drop_codes(const Entered& who, std::string_view password,
                                        std::string_view address, Instant now) {
  auto account = need(who.account.name);
  if (!account) return account.error();
  if (const auto asked = ask_password(*account, password, address, now); !asked) return asked;
  account->code_secret.clear();
  account->code_offered.clear();
  return commit(
      {AccountSet{*account}, to_note(now, account->name, Action::set_codes, 0, "codes off")});
}

// --- the audit

AccessResult<void> Accounts::note(Instant at, std::string_view by, Action did,
                                  ports::CitizenKey citizen, std::string_view detail) {
  return commit({to_note(at, by, did, citizen, detail)});
}

}  // namespace alur::adapters

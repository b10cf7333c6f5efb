// Accounts: who may come in, by password, one-time code and link; and what becomes of accounts. The
// rules, over a book (ports::Staff), without any HTTP. Who may do what is roles.hpp's: whoever
// calls add(), change() and the like has asked may() before.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/desk/access_fault.hpp"
#include "adapters/desk/passwords.hpp"
#include "adapters/desk/roles.hpp"
#include "adapters/desk/tries.hpp"
#include "engine/ports/staff.hpp"

namespace alur::adapters {

struct AccountsSettings {
  std::string issuer = "alur";                             // that authenticator apps show
  std::int64_t idle_ms = std::int64_t{12} * 3'600'000;     // a sign-in ends when it is not used
  std::int64_t longest_ms = std::int64_t{7} * 86'400'000;  // and anyway
  std::int64_t link_ms = 86'400'000;                       // a link is good for so long
  PasswordCost cost;
  TriesSettings tries;
};

// Somebody who is signed in.
struct Entered {
  ports::Account account;
  std::string secret;      // of the cookie
  std::string page_token;  // that the page sends beside it
};

// What an administrator says of somebody. What is not given stays.
struct AccountChange {
  std::optional<std::string> full_name;
  std::optional<ports::Role> role;
  std::optional<std::vector<std::string>> queues;
  std::optional<std::int32_t> units;  // hundredths; 0: the desk's
  std::optional<bool> disabled;       // true: they are signed out everywhere
  bool drop_codes = false;            // they have lost their phone
};

struct CodeOffer {
  std::string secret;  // base32, to be typed
  std::string uri;     // to be shown as a picture
};

// "Ani " is "ani". Nothing: it cannot be a name.
std::optional<std::string> to_account_name(std::string_view text);

// May be used from several threads. What checks a password takes a tenth of a second of a
// processor, everything else what a disk takes: never by a thread that serves sockets. `address` is
// as counted (adapters: one /64 of IPv6 is one), `by` an account's name or "operator:USER".
class Accounts {
 public:
  Accounts(ports::Staff& staff, AccountsSettings settings);

  // `code` empty: none was typed. AccessFault::code only after a right password.
  AccessResult<Entered> sign_in(std::string_view name, std::string_view password,
                                std::string_view code, std::string_view address,
                                value::Instant now);
  // Whose cookie this is; AccessFault::sign_in: nobody's, or no longer. To be asked with every
  // request, and for an open socket now and then (with each ping, say): another program may have
  // disabled the account.
  AccessResult<Entered> find(std::string_view secret, value::Instant now);
  AccessResult<void> sign_out(std::string_view secret, value::Instant now);

  // All other sign-ins of the account end.
  AccessResult<void> set_password(const Entered& who, std::string_view old_password,
                                  std::string_view new_password, std::string_view address,
                                  value::Instant now);
  // They are on once confirmed with a code of theirs.
  AccessResult<CodeOffer> offer_codes(const Entered& who, value::Instant now);
  AccessResult<void> confirm_codes(const Entered& who, std::string_view code, value::Instant now);
  AccessResult<void> drop_codes(const Entered& who, std::string_view password,
                                std::string_view address, value::Instant now);

  // --- links
  // A link that makes the first administrator; nothing: there is one already. An earlier one ends.
  AccessResult<std::optional<std::string>> make_first_link(value::Instant now);
  AccessResult<void> make_first(std::string_view link, std::string_view name,
                                std::string_view full_name, std::string_view password,
                                value::Instant now);
  // For somebody who is new or has forgotten their password; an earlier one of theirs ends. The
  // secret that a link ends in.
  AccessResult<std::string> make_link(std::string_view name, std::string_view by,
                                      value::Instant now);
  // Whose name such a link is for. It is not used up.
  AccessResult<std::string> find_link(std::string_view link, value::Instant now);
  // They are signed out everywhere.
  AccessResult<void> use_link(std::string_view link, std::string_view password, value::Instant now);

  // --- accounts
  AccessResult<std::vector<ports::Account>> list();
  // Without a password yet: make_link() or reset_password() gives one.
  AccessResult<ports::Account> add(std::string_view name, const AccountChange& about,
                                   std::string_view by, value::Instant now);
  AccessResult<ports::Account> change(std::string_view name, const AccountChange& about,
                                      std::string_view by, value::Instant now);
  // By whoever sits at the machine.
  AccessResult<void> reset_password(std::string_view name, std::string_view password,
                                    std::string_view by, value::Instant now);

  // --- the audit
  AccessResult<void> note(value::Instant at, std::string_view by, Action did,
                          ports::CitizenKey citizen = 0, std::string_view detail = {});

  Passwords& passwords() { return passwords_; }

 private:
  using Done = AccessResult<void>;

  // Of an account that somebody else writes at the same time.
  static constexpr int tries_to_write = 4;

  // The account by its name; AccessFault::gone.
  AccessResult<ports::Account> need(std::string_view name);
  Done commit(const std::vector<ports::StaffChange>& group);
  // What failed tries are written down as: not each, but the fifth, tenth, twentieth, ...
  void note_failures(const ports::Account& account, value::Instant now);
  AccessResult<Entered> let_in(ports::Account account, std::string_view password,
                               std::string_view code, value::Instant now);
  // The try counts; AccessFault::wrong or ::too_many.
  Done ask_password(const ports::Account& account, std::string_view password,
                    std::string_view address, value::Instant now);
  // AccessFault::code where it is no code of that secret, or was used.
  AccessResult<std::uint64_t> ask_code(const ports::Account& account, std::string_view secret,
                                       std::string_view code, value::Instant now);
  // Whose password this link sets; AccessFault::gone.
  AccessResult<ports::Account> whose_link(const ports::Hash& hash, value::Instant now);
  // The hash of a new password of this account, if it is good.
  AccessResult<std::string> new_hash(const ports::Account& account, std::string_view password);

  ports::Staff& staff_;
  const AccountsSettings settings_;
  Passwords passwords_;
  Tries tries_;
  // One change() at a time: what it may still be late for is a sign-in, or another program.
  std::mutex changing_;
};

}  // namespace alur::adapters

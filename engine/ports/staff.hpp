// Staff: the book of those who work at a desk: their accounts, where they are signed in, their
// one-time links, the replies that they keep ready, and the audit of what they did. What a password
// or a token is worth is not its to judge: it keeps hashes, and sees to it that two who write at
// once do not undo one another.
#pragma once

#include <array>
#include <boost/system/result.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/ports/citizen.hpp"
#include "engine/value/civil_time.hpp"

namespace alur::ports {

// What somebody is at the desk. The numbers are stored.
enum class Role : std::uint8_t { agent, supervisor, content, administrator, auditor };
inline constexpr std::array all_roles = {Role::agent, Role::supervisor, Role::content,
                                         Role::administrator, Role::auditor};
std::string_view to_text(Role role);
std::optional<Role> to_role(std::string_view text);

// The desk's number of somebody, from 1 on; given once, to nobody else later. 0: nobody.
using AgentNumber = std::uint32_t;

// SHA-256 of a secret of 256 bits, or of a row: 32 bytes. Empty: none.
using Hash = std::string;

struct Account {
  AgentNumber agent = 0;       // given by commit()
  std::uint64_t revision = 0;  // how often it was written; given by commit()
  std::string name;            // by which they sign in; the same for ever
  std::string full_name;
  Role role = Role::agent;
  std::vector<std::string> queues;  // that they serve
  std::int32_t units = 0;           // capacity in hundredths of a unit; 0: the desk's
  bool disabled = false;
  std::string password;         // as passwords.hpp writes it; empty: none yet
  std::string code_secret;      // of one-time codes, its bytes; empty: they are off
  std::string code_offered;     // one that is not confirmed yet
  std::uint64_t code_step = 0;  // of the last code that was used
  value::Instant made;
  bool operator==(const Account&) const = default;
};

// Somebody has signed in, in one browser. The token is known by its hash only.
struct SignInRow {
  Hash hash;
  AgentNumber agent = 0;
  value::Instant begun;
  value::Instant seen;   // at the latest, to within what the caller thinks fit
  value::Instant until;  // no longer than this, whatever happens
  bool operator==(const SignInRow&) const = default;
};

// Whoever brings the link sets a password, once.
struct LinkRow {
  Hash hash;
  AgentNumber agent = 0;  // 0: makes the first administrator
  value::Instant until;
  bool operator==(const LinkRow&) const = default;
};

// What agents need not type again. Bytes that the book does not look into.
struct ReplyRow {
  std::string shortcut;
  std::string body;
  bool operator==(const ReplyRow&) const = default;
};

// What somebody did. Bound to the row before it, so that none can be changed, taken out or put in
// between without being noticed.
struct AuditRow {
  std::uint64_t count = 0;  // they follow one another, from 1 on; given by commit()
  value::Instant at;
  std::string by;   // an account's name, or "operator:USER" for the command line; "" for nobody
  std::string did;  // an action's name
  CitizenKey citizen = 0;  // 0: none
  std::string detail;      // without private values
  Hash hash;               // of the hash before it and of this row
  Hash seal;               // the same under a key
  bool operator==(const AuditRow&) const = default;
};

// Fills in `hash` and `seal` of a row whose other fields stand. `before`: the hash of the row
// before it; empty for the first.
using SealRow = std::function<void(std::string_view before, AuditRow& row)>;

inline constexpr std::size_t accounts_max = 1'000;
inline constexpr std::size_t sign_ins_max = 16;  // of one account; the oldest ends
inline constexpr std::size_t replies_max = 2'000;

enum class StaffFault : std::uint8_t {
  unavailable,     // not now; nothing was changed
  unreadable,      // what is there is not what we wrote
  unsynced,        // what was written may or may not be durable
  taken,           // somebody has that name
  changed,         // somebody else has written the account meanwhile: read it again
  gone,            // there is no such account, sign-in, link or reply, or its time is up
  last,            // no administrator would be left
  there_are_some,  // the first administrator is wanted, and there is one
  full             // as many accounts or replies as there may be
};
std::string_view to_text(StaffFault fault);

template <class T>
using StaffResult = boost::system::result<T, StaffFault>;

// --- what commit() takes

struct AccountAdded {
  Account account;
  bool as_first = false;  // StaffFault::there_are_some where there is an administrator
};
// StaffFault::changed where `revision` is not what the book has. The name stays.
struct AccountSet {
  Account account;
};
struct SignedIn {
  SignInRow row;
};
struct SignInSeen {
  Hash hash;
  value::Instant at;
};
// No matter whether there is one.
struct SignedOut {
  Hash hash;
};
struct SignedOutAll {
  AgentNumber agent = 0;
  Hash but;  // this one stays
};
// The account's others end, as does what is too old at `now`.
struct LinkMade {
  LinkRow row;
  value::Instant now;
};
// StaffFault::gone where it is not there, or too old at `now`.
struct LinkUsed {
  Hash hash;
  value::Instant now;
};
// The account's, whatever they were for.
struct LinksEnded {
  AgentNumber agent = 0;
};
struct ReplySet {
  ReplyRow row;
};
struct ReplyRemoved {
  std::string shortcut;
};
// Count, hash and seal are filled in.
struct Noted {
  AuditRow row;
};

using StaffChange =
    std::variant<AccountAdded, AccountSet, SignedIn, SignInSeen, SignedOut, SignedOutAll, LinkMade,
                 LinkUsed, LinksEnded, ReplySet, ReplyRemoved, Noted>;

// --- reading

struct AuditQuery {
  std::uint64_t before = 0;  // rows with lower counts only; 0: from the latest on
  std::string by;            // empty: anybody
  CitizenKey citizen = 0;    // 0: any
  std::size_t rows_max = 100;
};

// From any thread, and beside another program on the same book. Each call takes as long as a disk
// does.
class Staff {
 public:
  virtual ~Staff() = default;

  // All of it or nothing, durable when it returns.
  virtual StaffResult<void> commit(std::span<const StaffChange> group) = 0;

  virtual StaffResult<std::optional<Account>> account(std::string_view name) = 0;
  virtual StaffResult<std::optional<Account>> account(AgentNumber agent) = 0;
  virtual StaffResult<std::vector<Account>> accounts() = 0;  // by name
  // Whether anybody is an administrator, and not disabled.
  virtual StaffResult<bool> has_administrator() = 0;
  virtual StaffResult<std::optional<SignInRow>> sign_in(std::string_view hash) = 0;
  virtual StaffResult<std::optional<LinkRow>> link(std::string_view hash) = 0;
  virtual StaffResult<std::vector<ReplyRow>> replies() = 0;  // by shortcut

  // The latest first.
  virtual StaffResult<std::vector<AuditRow>> audit(const AuditQuery& query) = 0;
  // By count, from this one on, at most `rows_max`.
  virtual StaffResult<std::vector<AuditRow>> audit_from(std::uint64_t count,
                                                        std::size_t rows_max) = 0;
  // The latest row; one with count 0 where there is none.
  virtual StaffResult<AuditRow> audit_last() = 0;
};

}  // namespace alur::ports

// The desk's audit: rows that are bound to one another by hashes, and under a key.
//
// It shows that a row was changed, taken out or put in, whoever did it without the key; and, to
// whoever has noted an earlier head ("1234:9f86..."), that rows were cut off at the end or the
// whole was made anew, even with the key. It does not keep anybody from deleting it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/desk/roles.hpp"
#include "adapters/http/key_file.hpp"
#include "engine/ports/staff.hpp"

namespace alur::adapters {

using AuditKey = FileKey;

// How rows are bound under this key: `hash` is SHA-256 over the hash before and the row's bytes,
// `seal` HMAC-SHA-256 of `hash`.
ports::SealRow seal_with(const AuditKey& key);

inline constexpr std::size_t audit_by_bytes_max = 64;
inline constexpr std::size_t audit_detail_bytes_max = 500;

// A row as Staff::commit takes it, cut to what a row may have.
ports::Noted to_note(value::Instant at, std::string_view by, Action did,
                     ports::CitizenKey citizen = 0, std::string_view detail = {});

// Where the audit stands: to be kept somewhere else, so that a cut is noticed.
struct AuditHead {
  std::uint64_t count = 0;
  ports::Hash hash;
  bool operator==(const AuditHead&) const = default;
};
// "1234:9f86d081..." with 64 hexadecimal digits; "0:" for an audit without rows.
std::string to_text(const AuditHead& head);
std::optional<AuditHead> to_audit_head(std::string_view text);
ports::StaffResult<AuditHead> read_audit_head(ports::Staff& staff);

struct AuditVerdict {
  std::uint64_t rows = 0;       // that are as they were written, from the first on
  std::uint64_t broken_at = 0;  // the count of the first that is not; 0: none
  std::string why;              // in plain words; empty: whole
  bool whole() const { return why.empty(); }
};

// Reads all of it. Without a key, seals are not looked at. `heads`: that somebody noted earlier.
ports::StaffResult<AuditVerdict> verify_audit(ports::Staff& staff, const AuditKey* key,
                                              const std::vector<AuditHead>& heads = {});

// The same bit by bit, for a page that asks again and again: only what has come since is read.
// One thread at a time.
class AuditWatch {
 public:
  explicit AuditWatch(const AuditKey* key) : key_(key) {}
  // Reads on, at most `rows_max` rows. Once broken it stays so.
  ports::StaffResult<AuditVerdict> go_on(ports::Staff& staff, std::size_t rows_max = 10'000);
  bool at_end() const { return at_end_; }

 private:
  const AuditKey* key_;
  AuditVerdict verdict_;
  ports::Hash last_;
  bool at_end_ = false;
};

}  // namespace alur::adapters

#include "adapters/desk/desk_audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "adapters/desk/hashing.hpp"
#include "engine/value/text.hpp"

namespace alur::adapters {

using ports::AuditRow;
using ports::StaffResult;

namespace {

constexpr std::size_t page_rows = 1'000;
constexpr std::size_t hash_bytes = 32;

void append_number(std::uint64_t number, std::string& out) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>((number >> shift) & 0xff);
}

void append_text(std::string_view text, std::string& out) {
  append_number(text.size(), out);
  out += text;
}

// What a row says, so that no two rows have the same bytes.
std::string to_bytes(std::string_view before, const AuditRow& row) {
  std::string out;
  append_text("alur desk audit 1", out);
  append_text(before, out);
  append_number(row.count, out);
  append_number(static_cast<std::uint64_t>(row.at.milliseconds), out);
  append_text(row.by, out);
  append_text(row.did, out);
  append_number(row.citizen, out);
  append_text(row.detail, out);
  return out;
}

std::string_view bytes_of(const AuditKey& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

// At most so many bytes, in letters that are whole, without control characters.
std::string clean(std::string_view text, std::size_t bytes_max) {
  std::string out;
  while (!text.empty() && out.size() < bytes_max) {
    const std::size_t length = static_cast<unsigned char>(text[0]) < 0x80   ? 1
                               : static_cast<unsigned char>(text[0]) < 0xe0 ? 2
                               : static_cast<unsigned char>(text[0]) < 0xf0 ? 3
                                                                            : 4;
    const std::string_view letter = text.substr(0, length);
    const bool whole = letter.size() == length && value::is_valid_utf8(letter);
    const bool plain = letter[0] < 0 || (letter[0] >= 0x20 && letter[0] != 0x7f);
    const std::string_view shown = whole && plain ? letter : std::string_view("?");
    if (out.size() + shown.size() > bytes_max) break;
    out += shown;
    text.remove_prefix(whole ? length : 1);
  }
  return out;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// Why the row is not as it was written; empty: it is.
std::string why_broken(const AuditRow& row, std::uint64_t count, std::string_view before,
                       const AuditKey* key) {
  if (row.count != count) return fmt::format("row {} is missing", count);
  if (sha256(to_bytes(before, row)) != row.hash) {
    return fmt::format("row {} is not as it was written, or the one before it is missing", count);
  }
  if (key && !same_bytes(hmac_sha256(bytes_of(*key), row.hash), row.seal)) {
    return fmt::format("row {} was written by somebody who does not have the key", count);
  }
  return {};
}

std::string why_not(const AuditHead& head, const AuditRow* row) {
  if (head.count == 0 || (row && row->hash == head.hash)) return {};
  if (!row) return fmt::format("row {}, which was there once, is missing", head.count);
  return fmt::format("row {} is another one than it was once", head.count);
}

}  // namespace

ports::SealRow seal_with(const AuditKey& key) {
  return [key](std::string_view before, AuditRow& row) {
    row.hash = sha256(to_bytes(before, row));
    row.seal = hmac_sha256(bytes_of(key), row.hash);
  };
}

ports::Noted to_note(value::Instant at, std::string_view by, Action did, ports::CitizenKey citizen,
                     std::string_view detail) {
  AuditRow row;
  row.at = at;
  row.by = clean(by, audit_by_bytes_max);
  row.did = to_text(did);
  row.citizen = citizen;
  row.detail = clean(detail, audit_detail_bytes_max);
  return {std::move(row)};
}

// --- heads

std::string to_text(const AuditHead& head) {
  return fmt::format("{}:{}", head.count, to_hex(head.hash));
}

std::optional<AuditHead> to_audit_head(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  AuditHead head;
  const char* end = text.data() + colon;
  const auto read = std::from_chars(text.data(), end, head.count);
  if (colon == text.size() || colon == 0 || read.ec != std::errc() || read.ptr != end) return {};
  text.remove_prefix(colon + 1);
  if (text.size() != (head.count == 0 ? 0 : 2 * hash_bytes)) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit_of(text[i]);
    const int low = digit_of(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    head.hash += static_cast<char>(high * 16 + low);
  }
  return head;
}

StaffResult<AuditHead> read_audit_head(ports::Staff& staff) {
  auto last = staff.audit_last();
  if (!last) return last.error();
  return AuditHead{last->count, std::move(last->hash)};
}

// --- verifying

StaffResult<AuditVerdict> AuditWatch::go_on(ports::Staff& staff, std::size_t rows_max) {
  at_end_ = false;
  while (verdict_.whole() && rows_max > 0) {
    const std::size_t wanted = std::min(page_rows, rows_max);
    const auto rows = staff.audit_from(verdict_.rows + 1, wanted);
    if (!rows) return rows.error();
    for (const AuditRow& row : *rows) {
      verdict_.why = why_broken(row, verdict_.rows + 1, last_, key_);
      if (!verdict_.whole()) {
        verdict_.broken_at = verdict_.rows + 1;
        return verdict_;
      }
      ++verdict_.rows;
      last_ = row.hash;
    }
    rows_max -= rows->size();
    at_end_ = rows->size() < wanted;
    if (at_end_) break;
  }
  return verdict_;
}

StaffResult<AuditVerdict> verify_audit(ports::Staff& staff, const AuditKey* key,
                                       const std::vector<AuditHead>& heads) {
  AuditWatch watch(key);
  AuditVerdict verdict;
  do {
    auto read = watch.go_on(staff);
    if (!read) return read.error();
    verdict = std::move(*read);
  } while (verdict.whole() && !watch.at_end());
  for (const AuditHead& head : heads) {
    if (!verdict.whole()) break;
    const auto rows = staff.audit_from(head.count, 1);
    if (!rows) return rows.error();
    const bool there = !rows->empty() && rows->front().count == head.count;
    verdict.why = why_not(head, there ? &rows->front() : nullptr);
    if (!verdict.whole()) verdict.broken_at = head.count;
  }
  return verdict;
}

}  // namespace alur::adapters

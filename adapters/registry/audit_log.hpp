// AuditLog: the answers of a service as lines of JSON in a folder, in files of a bounded size of
// which the oldest goes when there are too many. A citizen is answered whether it can be written or
// not; what could not be written is counted, told, and noted in the log itself once it can be
// written again.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "adapters/registry/audit.hpp"

namespace alur::registry {

struct AuditLogSettings {
  std::string folder;  // made where there is none
  std::uint64_t file_bytes_max = std::uint64_t{16} << 20;
  std::size_t files_max = 64;  // with the size above, at most 1 GiB
};

// May be used from several threads.
class AuditLog {
 public:
  // Null, and why in `error`, when nothing can be written there.
  static std::unique_ptr<AuditLog> open(AuditLogSettings settings, std::string& error);
  ~AuditLog();
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  // Has left the program when this returns, so that it survives the program's end; sync() makes it
  // survive the machine's.
  void write(const AuditEntry& entry);
  void sync();

  // Why it cannot be written at present; empty while it can.
  std::string trouble() const;
  // Answers that are not in it, since it was opened.
  std::uint64_t lost() const;

 private:
  explicit AuditLog(AuditLogSettings settings) : settings_(std::move(settings)) {}

  bool append(std::string_view lines);
  bool open_file();
  void close_file();
  void drop_oldest() const;
  bool failed(std::string_view what);

  const AuditLogSettings settings_;
  mutable std::mutex mutex_;
  int file_ = -1;
  std::uint64_t number_ = 0;  // of the file
  std::uint64_t size_ = 0;    // of the file
  bool torn_ = false;         // the file may end in half a line
  bool written_ = false;      // since the last sync
  std::uint64_t lost_ = 0;
  std::uint64_t lost_untold_ = 0;  // of these, those that the log does not know of yet
  std::string trouble_;
};

// What the counters need of a line.
struct LoggedAnswer {
  std::string at;  // 2026-01-31T08:00:00Z
  bool confirmed = false;
  std::string form;
  std::string outcome;
};

struct AuditLogTally {
  std::uint64_t answers = 0;
  std::uint64_t lost = 0;    // answers that the log says it lacks
  std::uint64_t broken = 0;  // lines that are none of it, such as the half one of a crash
};

// Calls `take` for each answer in the folder, oldest first, while others may write there. `error`
// says what cannot be read.
AuditLogTally read_audit_log(const std::string& folder,
                             const std::function<void(const LoggedAnswer&)>& take,
                             std::string& error);

}  // namespace alur::registry

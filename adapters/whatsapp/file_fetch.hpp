// FileFetch: brings the photos and documents that citizens sent from Meta into the files, after
// their messages were taken and apart from them: a slow host holds up nobody. What cannot be had
// is told by a note on the ticket that names it. docs/decisions/0043-fetched-files.md says why.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "adapters/files/file_slips.hpp"
#include "adapters/files/folder_files.hpp"
#include "adapters/whatsapp/graph_client.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/store.hpp"

namespace alur::adapters {

// All must outlive it.
struct FileFetchParts {
  FolderFiles* files = nullptr;
  const ports::Clock* clock = nullptr;
  std::unique_ptr<FileSlips> slips;
  std::unique_ptr<ports::StoreReader> reader;
  // As WhatsAppChannel::download.
  std::function<void(const std::string& number, const std::string& media, MediaLimits limits,
                     Sink sink, std::function<void(ports::Result<MediaFacts>)> done)>
      download;
  // The day in the app's time zone.
  std::function<std::int32_t(value::Instant)> day_of;
  // A line for operators. From any thread.
  std::function<void(const std::string&)> tell;
};

// A file that a citizen's message brings.
struct SentFile {
  std::string number;
  std::string media;   // Meta's id of it
  std::string digest;  // SHA-256 of its content, in lower-case hexadecimal
  std::string address;
  std::string called;     // for people
  std::string reference;  // what it goes by from now on; empty: it is not fetched
};

class FileFetch {
 public:
  static constexpr std::size_t awaited_max = 10'000;  // files; more are not fetched
  static constexpr std::size_t under_way_max = 4;     // one of a citizen's at a time
  static constexpr std::int64_t at_meta_ms = 7 * 86'400'000LL;
  // So long a file that will not come waits for a ticket that names it.
  static constexpr std::int64_t noted_ms = 30 * 86'400'000LL;
  static constexpr std::int64_t again_ms_max = 3'600'000;

  // Waits until the change is durable; called by FileFetch's thread.
  using Commit = std::function<ports::Result<void>(ports::Change)>;
  using Files = std::shared_ptr<std::vector<SentFile>>;

  // Promises what slips are there for: before anything opens a ticket.
  explicit FileFetch(FileFetchParts parts);
  ~FileFetch();  // stops

  void start(Commit commit);
  // Writes slips for these, and their references. `then` is called once, from any thread: true:
  // all of it is durable.
  void expect(Files files, std::function<void(bool)> then);
  // Slips whose files have not come, as of the latest look. From any thread.
  std::size_t awaited() const { return awaited_count_; }
  // Nothing is written any more when this returns. Downloads may go on, to no effect.
  void stop();

 private:
  struct Awaited {
    FileSlip slip;
    int attempts = 0;
    std::int64_t due_ms = 0;
    bool under_way = false;
    std::unique_ptr<ports::FileIntake> intake;
    std::optional<ports::FileFault> fault;  // of the intake
  };

  void run();
  void post(std::function<void()> work);
  std::int64_t now_ms() const { return parts_.clock->now().milliseconds; }
  bool write_slips(std::vector<SentFile>& files);
  void begin_due();
  bool is_busy(const std::string& address) const;
  void fetch(Awaited& one);
  void settle(Awaited& one, const ports::Result<MediaFacts>& facts);
  void came(const FileSlip& slip);
  void try_later(Awaited& one, std::string_view why);
  void fail(Awaited& one, std::string why);
  void note_failures();
  bool note(const FileSlip& slip, const ports::TicketRow& ticket);

  FileFetchParts parts_;
  Commit commit_;
  std::map<std::string, Awaited, std::less<>> awaited_;  // by reference; by the thread alone
  std::size_t under_way_ = 0;
  std::atomic<std::size_t> awaited_count_{0};
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<std::function<void()>> work_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace alur::adapters

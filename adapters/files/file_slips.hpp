// FileSlips: what has still to be fetched from where a citizen left it, a small file each, so that
// no crash forgets any. A slip is durable before the message is taken whose file it stands for.
// docs/decisions/0043-fetched-files.md says why.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace alur::adapters {

struct FileSlip {
  std::string reference;      // "alur-file:...", as sessions and tickets have it
  std::string number;         // whom it was sent to, in the channel's words
  std::string media;          // by which name the channel keeps it
  std::string address;        // the citizen's
  std::string called;         // what it is, for people: "foto.jpg", "image"
  std::string fault;          // why it will not come, for people; empty: it may
  std::uint64_t tickets = 0;  // that there were: later ones may name it
  std::int64_t came_ms = 0;   // the message
  bool operator==(const FileSlip&) const = default;
};

// Where slips are, beside the files.
inline constexpr std::string_view slips_name = "awaited";

// By one thread.
class FileSlips {
 public:
  // `folder`: of the files; it is there. Null, and one plain line in `error`.
  static std::unique_ptr<FileSlips> open(const std::string& folder, std::string& error);
  ~FileSlips();

  // Those that are there; what was under way when the program ended, and what cannot be read, is
  // none.
  std::vector<FileSlip> all() const;
  // Durable when it returns; in the place of one with this reference. False: it is not.
  bool keep(const FileSlip& slip);
  // One that is there after all is fetched again, and found to have come.
  void remove(const FileSlip& slip);

 private:
  FileSlips(std::string folder, int handle) : folder_(std::move(folder)), handle_(handle) {}

  std::string folder_;
  int handle_;
};

}  // namespace alur::adapters

// FileSweep: removes the files that no session, no open call and no ticket names, and that are of
// nobody whom people serve, a day after anything last came to need them. It reads the store a few
// rows at a time; a file goes only at the end of a pass that read all of it, so that ending the
// program anywhere loses nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/files/folder_files.hpp"
#include "engine/ports/store.hpp"

namespace alur::adapters {

class FileSweep {
 public:
  static constexpr std::int64_t orphan_ms = 24 * 3'600'000;
  static constexpr std::int64_t pause_ms = 3'600'000;            // between two passes
  static constexpr std::int64_t whole_pass_ms = 24 * 3'600'000;  // tickets that were removed, too

  // Whose files all stay for now: those of the people whom the desk remembers, both what they sent
  // and what they were sent. As Files::begin() was told them.
  using Owners = std::function<std::vector<std::string>()>;

  // `files` must outlive it. `owners` null: nobody's.
  explicit FileSweep(FolderFiles& files, Owners owners = nullptr)
      : files_(files), owners_(std::move(owners)) {}

  // A little of it: at most `rows_max` rows or files. How many files went. After a fault the pass
  // begins again, later. From one thread.
  ports::Result<std::size_t> step(ports::StoreReader& reader, value::Instant now,
                                  std::size_t rows_max);

 private:
  enum class Stage : std::uint8_t { resting, sessions, calls, tickets, removing };

  void begin(value::Instant now);
  ports::Result<void> read_some(ports::StoreReader& reader, std::size_t rows_max);

  FolderFiles& files_;
  Owners owners_;
  Stage stage_ = Stage::resting;
  value::Instant before_{};                   // what was held since stays, whoever names it
  std::optional<ports::CitizenKey> citizen_;  // the last whose session was read
  std::uint64_t ticket_ = 0;                  // the last that was read
  std::int64_t ended_ms_ = 0;
  std::int64_t whole_ms_ = 0;
};

}  // namespace alur::adapters

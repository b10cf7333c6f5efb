// FolderIntake: one file on its way into the folder. Internal to it.
#pragma once

#include "adapters/files/digest.hpp"
#include "adapters/files/folder_files.hpp"

namespace alur::adapters {

class FolderIntake : public ports::FileIntake {
 public:
  // `files` must outlive it, and has reserved a place for `size_bytes`.
  FolderIntake(FolderFiles& files, FileName name, std::uint64_t size_bytes, std::int64_t now_ms)
      : files_(files), name_(std::move(name)), reserved_(size_bytes), now_ms_(now_ms) {}
  ~FolderIntake() override;

  // Makes the file that it goes into. False: it cannot.
  bool open();
  ports::FileResult<void> take(std::string_view piece) override;
  ports::FileResult<ports::KeptFile> finish() override;

 private:
  std::string part() const { return name_.id + std::string(part_ending); }
  bool tell_type();
  ports::FileResult<ports::KeptFile> name_it();

  FolderFiles& files_;
  FileName name_;
  std::uint64_t reserved_;
  std::int64_t now_ms_;
  int file_ = -1;
  std::string begin_;  // what came before the type was known
  std::uint64_t size_ = 0;
  Digest digest_;
  bool done_ = false;
};

// The upload is there already: what comes is passed over.
class KnownIntake : public ports::FileIntake {
 public:
  explicit KnownIntake(ports::KeptFile known) : known_(std::move(known)) {}
  ports::FileResult<void> take(std::string_view) override { return {}; }
  ports::FileResult<ports::KeptFile> finish() override { return known_; }

 private:
  ports::KeptFile known_;
};

}  // namespace alur::adapters

#include "adapters/files/folder_intake.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace alur::adapters {

using ports::FileFault;
using ports::FileResult;
using ports::KeptFile;

namespace {

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

FolderIntake::~FolderIntake() {
  if (file_ >= 0) {
    close(file_);
    unlinkat(files_.folder_, part().c_str(), 0);
  }
  if (!done_) files_.give_back(name_.owner, reserved_, now_ms_);
}

bool FolderIntake::open() {
  files_.settings_.before_change();
  file_ = openat(files_.folder_, part().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  return file_ >= 0;
}

bool FolderIntake::tell_type() {
  name_.type = ports::type_of_content(begin_);
  return name_.type && files_.settings_.bounds.takes(*name_.type);
}

FileResult<void> FolderIntake::take(std::string_view piece) {
  if (file_ < 0) return FileFault::unavailable;
  size_ += piece.size();
  if (size_ > reserved_) return FileFault::too_large;
  if (!name_.type) {
    begin_ += piece;
    if (begin_.size() < ports::type_bytes) return {};
    if (!tell_type()) return FileFault::not_taken;
    piece = begin_;
  }
  if (size_ > files_.settings_.bounds.bytes_max(*name_.type)) return FileFault::too_large;
  digest_.take(piece);
  files_.settings_.before_change();
  if (!write_all(file_, piece)) {
    return errno == ENOSPC || errno == EDQUOT ? FileFault::no_room : FileFault::unavailable;
  }
  begin_.clear();
  return {};
}

FileResult<KeptFile> FolderIntake::finish() {
  if (!name_.type || file_ < 0) return FileFault::not_taken;  // too short to be anything
  {
    const std::lock_guard lock(files_.mutex_);
    if (const auto* known = files_.find_kept(name_.owner, name_.upload)) {
      return FolderFiles::told(*known);
    }
    // The same upload is being named by another request: it is there in a moment.
    if (!files_.finishing_.insert(name_.upload).second) return FileFault::unavailable;
  }
  auto named = name_it();
  const std::lock_guard lock(files_.mutex_);
  files_.finishing_.erase(name_.upload);
  return named;
}

// Its time is that of its coming, which the folder is read for at the next start.
FileResult<KeptFile> FolderIntake::name_it() {
  name_.digest = digest_.finish();
  const timespec at{now_ms_ / 1'000, (now_ms_ % 1'000) * 1'000'000};
  const timespec both[] = {at, at};
  futimens(file_, both);
  const std::string name = to_text(name_);
  files_.settings_.before_change();
  if (fsync(file_) != 0) return FileFault::unavailable;
  files_.settings_.before_change();
  if (renameat(files_.folder_, part().c_str(), files_.folder_, name.c_str()) != 0) {
    return FileFault::unavailable;
  }
  files_.settings_.before_change();
  const bool synced = fsync(files_.folder_) == 0;
  close(file_);
  file_ = -1;
  // It is there and nobody refers to it: it goes with the others of its kind after the next start.
  if (!synced) return FileFault::unavailable;
  done_ = true;
  const std::lock_guard lock(files_.mutex_);
  files_.coming_bytes_ -= reserved_;
  FolderFiles::Kept kept{name_, size_, now_ms_, now_ms_};
  KeptFile told = FolderFiles::told(kept);
  files_.add(std::move(kept));
  return told;
}

}  // namespace alur::adapters

#include "adapters/files/folder_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "adapters/files/digest.hpp"
#include "adapters/files/folder_intake.hpp"

namespace alur::adapters {

using ports::FileFault;
using ports::FileResult;
using ports::KeptFile;

namespace {

constexpr std::int64_t day_ms = 86'400'000;

// Empty, or why the folder cannot be used.
std::string fault_of_folder(int folder, const std::string& path) {
  struct stat about{};
  if (folder < 0 || fstat(folder, &about) != 0) return path + ": " + std::strerror(errno);
  if ((about.st_mode & 077) != 0) {
    return path + ": others can look into it; `chmod 700` it";
  }
  return {};
}

int make_folder(const std::string& path) {
  const bool made = mkdir(path.c_str(), 0700) == 0;
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (!made || folder < 0) return folder;
  const std::string parent = std::filesystem::path(path).parent_path().string();
  const int above = open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_CLOEXEC);
  if (above < 0) return folder;
  fsync(above);
  close(above);
  return folder;
}

}  // namespace

bool FileBounds::takes(const ports::FileType& type) const {
  return std::find(types.begin(), types.end(), type.name) != types.end();
}

// --- the start

FolderFiles::FolderFiles(FolderFilesSettings settings) : settings_(std::move(settings)) {}

FolderFiles::~FolderFiles() {
  if (folder_ >= 0) close(folder_);
}

std::unique_ptr<FolderFiles> FolderFiles::open(FolderFilesSettings settings, std::string& error) {
  std::unique_ptr<FolderFiles> files(new FolderFiles(std::move(settings)));
  files->folder_ = make_folder(files->settings_.folder);
  error = fault_of_folder(files->folder_, files->settings_.folder);
  if (error.empty()) error = files->read_folder();
  return error.empty() ? std::move(files) : nullptr;
}

std::string FolderFiles::read_folder() {
  const std::string& path = settings_.folder;
  const std::unique_ptr<DIR, int (*)(DIR*)> list(opendir(path.c_str()), &closedir);
  if (!list) return path + ": " + std::strerror(errno);
  for (;;) {
    errno = 0;
    const dirent* entry = readdir(list.get());
    if (!entry) break;
    const std::string_view text(entry->d_name);
    if (text.ends_with(part_ending)) unlinkat(folder_, entry->d_name, 0);
    auto name = parse_file_name(text);
    struct stat about{};
    if (!name || fstatat(folder_, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (!S_ISREG(about.st_mode)) continue;
    const std::int64_t came_ms = about.st_mtim.tv_sec * 1'000 + about.st_mtim.tv_nsec / 1'000'000;
    add({std::move(*name), static_cast<std::uint64_t>(about.st_size), came_ms, came_ms});
  }
  return errno == 0 ? std::string() : path + ": " + std::strerror(errno);
}

void FolderFiles::add(Kept kept) {
  bytes_ += kept.size_bytes;
  uploads_[kept.name.upload] = kept.name.id;
  std::string id = kept.name.id;
  kept_[std::move(id)] = std::move(kept);
}

// --- what comes

std::uint64_t FolderFiles::upload_key(std::string_view address, std::string_view upload) const {
  std::string text = "upload ";
  text += address;
  text += ' ';
  text += upload;
  return settings_.hash(text);
}

// Under the lock.
const FolderFiles::Kept* FolderFiles::find_kept(std::uint64_t owner, std::uint64_t upload) const {
  const auto id = uploads_.find(upload);
  if (id == uploads_.end()) return nullptr;
  const Kept& kept = kept_.at(id->second);
  return kept.name.owner == owner ? &kept : nullptr;
}

KeptFile FolderFiles::told(const Kept& kept) {
  return {ports::file_reference(kept.name.id, kept.name.digest), kept.name.type->kind,
          std::string(kept.name.type->mime), kept.size_bytes};
}

// Under the lock. What was brought earlier today, before a start, counts.
FolderFiles::Today& FolderFiles::today_of(std::uint64_t owner, std::int64_t now_ms) {
  if (day_ != now_ms / day_ms) {
    day_ = now_ms / day_ms;
    today_.clear();
    for (const auto& [id, kept] : kept_) {
      if (kept.came_ms / day_ms != day_) continue;
      Today& today = today_[kept.name.owner];
      ++today.files;
      today.bytes += kept.size_bytes;
    }
  }
  return today_[owner];
}

FileResult<void> FolderFiles::reserve(std::uint64_t owner, std::uint64_t size_bytes,
                                      std::int64_t now_ms) {
  struct statvfs disk{};
  const bool told = fstatvfs(folder_, &disk) == 0;
  const std::uint64_t free = told ? disk.f_bavail * disk.f_frsize : 0;
  const FileBounds& bounds = settings_.bounds;
  const std::lock_guard lock(mutex_);
  Today& today = today_of(owner, now_ms);
  if (today.files >= bounds.day_files_max || today.bytes + size_bytes > bounds.day_bytes_max) {
    return FileFault::too_many;
  }
  if (bytes_ + coming_bytes_ + size_bytes > bounds.all_bytes_max ||
      free < bounds.free_bytes_min + coming_bytes_ + size_bytes) {
    return FileFault::no_room;
  }
  ++today.files;
  today.bytes += size_bytes;
  coming_bytes_ += size_bytes;
  return {};
}

void FolderFiles::give_back(std::uint64_t owner, std::uint64_t size_bytes, std::int64_t begun_ms) {
  const std::lock_guard lock(mutex_);
  coming_bytes_ -= size_bytes;
  if (begun_ms / day_ms != day_) return;
  Today& today = today_[owner];
  today.files -= std::min<std::uint64_t>(1, today.files);
  today.bytes -= std::min(size_bytes, today.bytes);
}

FileResult<std::unique_ptr<ports::FileIntake>> FolderFiles::begin(std::string_view address,
                                                                  std::string_view upload,
                                                                  std::uint64_t size_bytes,
                                                                  value::Instant now) {
  FileName name;
  name.owner = settings_.hash(address);
  name.upload = upload_key(address, upload);
  if (auto known = find(address, upload, now)) {
    return std::unique_ptr<ports::FileIntake>(new KnownIntake(std::move(*known)));
  }
  if (size_bytes > size_bytes_max()) return FileFault::too_large;
  const auto reserved = reserve(name.owner, size_bytes, now.milliseconds);
  if (!reserved) return reserved.error();
  name.id = promised_id(address, upload);
  if (name.id.empty()) name.id = make_file_id();
  auto intake =
      std::make_unique<FolderIntake>(*this, std::move(name), size_bytes, now.milliseconds);
  if (!intake->open()) return FileFault::unavailable;
  return std::unique_ptr<ports::FileIntake>(std::move(intake));
}

// --- what is still to be fetched

// As hard to guess as one of chance, and the same after a start.
std::string FolderFiles::promise(std::string_view address, std::string_view upload,
                                 std::string_view digest) {
  std::string reference = ports::file_reference(id_of_upload(address, upload), digest);
  const std::lock_guard lock(mutex_);
  promised_.insert(reference);
  return reference;
}

void FolderFiles::give_up_promise(std::string_view reference) {
  const std::lock_guard lock(mutex_);
  if (const auto at = promised_.find(reference); at != promised_.end()) promised_.erase(at);
}

std::string FolderFiles::id_of_upload(std::string_view address, std::string_view upload) const {
  std::string id;
  for (const char* half : {"first half", "second half"}) {
    std::string text = half;
    text += " of the id ";
    text += address;
    text += ' ';
    text += upload;
    id += key_to_hex(settings_.hash(text));
  }
  return id;
}

// Empty: it was not promised.
std::string FolderFiles::promised_id(std::string_view address, std::string_view upload) const {
  std::string id = id_of_upload(address, upload);
  const std::lock_guard lock(mutex_);
  const auto at = promised_.lower_bound(std::string(ports::reference_begin) + id);
  const bool promised = at != promised_.end() && ports::parse_reference(*at)->id == id;
  return promised ? id : std::string();
}

// --- what is kept

std::optional<KeptFile> FolderFiles::find(std::string_view address, std::string_view upload,
                                          value::Instant now) {
  const std::uint64_t owner = settings_.hash(address);
  const std::uint64_t key = upload_key(address, upload);
  const std::lock_guard lock(mutex_);
  const Kept* kept = find_kept(owner, key);
  if (!kept) return std::nullopt;
  Kept& held = kept_.at(kept->name.id);
  held.held_ms = std::max(held.held_ms, now.milliseconds);
  return told(held);
}

bool FolderFiles::hold(std::string_view reference, value::Instant now) {
  const auto named = ports::parse_reference(reference);
  if (!named) return false;
  const std::lock_guard lock(mutex_);
  if (promised_.contains(reference)) return true;
  const auto found = kept_.find(std::string(named->id));
  if (found == kept_.end() || found->second.name.digest != named->digest) return false;
  found->second.held_ms = std::max(found->second.held_ms, now.milliseconds);
  return true;
}

// Outside the lock: a file that is kept does not change, and what goes meanwhile is not found.
std::optional<std::string> FolderFiles::read(std::string_view reference) {
  const auto named = ports::parse_reference(reference);
  if (!named) return std::nullopt;
  std::string name;
  std::string content;
  {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(std::string(named->id));
    if (found == kept_.end() || found->second.name.digest != named->digest) return std::nullopt;
    name = to_text(found->second.name);
    content.resize(found->second.size_bytes);
  }
  const int file = openat(folder_, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return std::nullopt;
  std::size_t done = 0;
  while (done < content.size()) {
    const ssize_t count = ::read(file, content.data() + done, content.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  close(file);
  Digest digest;
  digest.take(content);
  return done == content.size() && digest.finish() == named->digest ? std::optional(content)
                                                                    : std::nullopt;
}

std::uint64_t FolderFiles::size_bytes_max() const {
  return std::max(settings_.bounds.image_bytes_max, settings_.bounds.document_bytes_max);
}

FolderFiles::Count FolderFiles::count() const {
  const std::lock_guard lock(mutex_);
  return {kept_.size(), bytes_};
}

// --- the sweep

bool FolderFiles::begin_pass(value::Instant before) {
  const std::lock_guard lock(mutex_);
  bool any = false;
  for (auto& [id, kept] : kept_) {
    kept.seen = false;
    any = any || (!kept.settled && kept.held_ms < before.milliseconds);
  }
  return any;
}

void FolderFiles::see(std::string_view bytes, bool settled) {
  for (std::size_t at = bytes.find(ports::reference_begin); at != std::string_view::npos;
       at = bytes.find(ports::reference_begin, at + 1)) {
    const std::string_view id =
        bytes.substr(at + ports::reference_begin.size(), ports::file_id_length);
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(std::string(id));
    if (found == kept_.end()) continue;
    found->second.seen = true;
    found->second.settled = found->second.settled || settled;
  }
}

void FolderFiles::see_of(const std::vector<std::string>& owners) {
  std::set<std::uint64_t> hashes;
  for (const std::string& owner : owners) hashes.insert(settings_.hash(owner));
  const std::lock_guard lock(mutex_);
  for (auto& [id, kept] : kept_) kept.seen = kept.seen || hashes.contains(kept.name.owner);
}

// Forgotten first: nobody can come to need a file that is about to go.
std::size_t FolderFiles::remove_unseen(value::Instant before, std::size_t files_max) {
  std::vector<std::string> names;
  {
    const std::lock_guard lock(mutex_);
    for (auto at = kept_.begin(); at != kept_.end() && names.size() < files_max;) {
      const Kept& kept = at->second;
      if (kept.seen || kept.held_ms >= before.milliseconds) {
        ++at;
        continue;
      }
      names.push_back(to_text(kept.name));
      bytes_ -= kept.size_bytes;
      uploads_.erase(kept.name.upload);
      at = kept_.erase(at);
    }
  }
  for (const std::string& name : names) {
    settings_.before_change();
    unlinkat(folder_, name.c_str(), 0);
  }
  return names.size();
}

}  // namespace alur::adapters

#include "tests/contract/store/breaking_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace alur::tests {

struct BreakingVfs::Registration {
  sqlite3_vfs vfs{};
};

namespace {

using Lock = std::lock_guard<std::recursive_mutex>;
constexpr std::size_t sector_bytes = 512;

// SQLite makes room for this and calls nothing but methods.
struct OpenFile {
  sqlite3_file base;
  BreakingVfs* vfs;
  std::shared_ptr<BrokenFile>* file;
  std::string* name;
  int level;
  unsigned shm_shared;  // slots that this connection holds
  unsigned shm_exclusive;
  bool mapped;
};

OpenFile& opened(sqlite3_file* file) {
  return *reinterpret_cast<OpenFile*>(file);
}
BrokenFile& content(sqlite3_file* file) {
  return **opened(file).file;
}
BreakingVfs& owner(sqlite3_file* file) {
  return *opened(file).vfs;
}

int close_file(sqlite3_file* file) {
  const Lock lock(owner(file).mutex);
  delete opened(file).file;
  delete opened(file).name;
  return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
  const Lock lock(owner(file).mutex);
  if (owner(file).operate() != SQLITE_OK) return SQLITE_IOERR_READ;
  const std::string& live = content(file).live;
  const auto at = static_cast<std::size_t>(offset);
  const auto wanted = static_cast<std::size_t>(count);
  const std::size_t have = at < live.size() ? std::min(wanted, live.size() - at) : 0;
  if (have > 0) std::memcpy(to, live.data() + at, have);
  if (have == wanted) return SQLITE_OK;
  std::memset(static_cast<char*>(to) + have, 0, wanted - have);
  return SQLITE_IOERR_SHORT_READ;
}

void write_to(std::string& image, std::size_t offset, std::string_view bytes) {
  if (image.size() < offset + bytes.size()) image.resize(offset + bytes.size());
  std::copy(bytes.begin(), bytes.end(), image.begin() + static_cast<std::ptrdiff_t>(offset));
}

int write_file(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
  const Lock lock(owner(file).mutex);
  const std::string bytes(static_cast<const char*>(from), static_cast<std::size_t>(count));
  const auto at = static_cast<std::size_t>(offset);
  if (const int code = owner(file).operate(); code != SQLITE_OK) {
    // A write that fails may have written a part.
    write_to(content(file).live, at, std::string_view(bytes).substr(0, bytes.size() / 2));
    return code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  }
  write_to(content(file).live, at, bytes);
  content(file).unsynced.push_back({at, bytes});
  return SQLITE_OK;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  const Lock lock(owner(file).mutex);
  if (owner(file).operate() != SQLITE_OK) return SQLITE_IOERR_TRUNCATE;
  content(file).live.resize(static_cast<std::size_t>(size));
  return SQLITE_OK;
}

int sync_file(sqlite3_file* file, int) {
  const Lock lock(owner(file).mutex);
  owner(file).sync();
  // A failed sync has lost what was written: the kernel drops such pages and says so only once.
  if (owner(file).operate() != SQLITE_OK) return SQLITE_IOERR_FSYNC;
  content(file).durable = content(file).live;
  content(file).unsynced.clear();
  return SQLITE_OK;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  const Lock lock(owner(file).mutex);
  *size = static_cast<sqlite3_int64>(content(file).live.size());
  return SQLITE_OK;
}

int lock_file(sqlite3_file* file, int level) {
  const Lock lock(owner(file).mutex);
  OpenFile& open = opened(file);
  BrokenFile& held = content(file);
  if (level <= open.level) return SQLITE_OK;
  if (level == SQLITE_LOCK_SHARED) {
    if (held.exclusive > 0) return SQLITE_BUSY;
    ++held.shared;
  } else if (level == SQLITE_LOCK_RESERVED) {
    if (held.reserved > 0) return SQLITE_BUSY;
    ++held.reserved;
  } else {
    const int others_reserved = held.reserved - (open.level >= SQLITE_LOCK_RESERVED ? 1 : 0);
    if (held.shared > 1 || others_reserved > 0 || held.exclusive > 0) return SQLITE_BUSY;
    if (open.level < SQLITE_LOCK_RESERVED) ++held.reserved;
    ++held.exclusive;
  }
  open.level = level;
  return SQLITE_OK;
}

int unlock_file(sqlite3_file* file, int level) {
  const Lock lock(owner(file).mutex);
  OpenFile& open = opened(file);
  BrokenFile& held = content(file);
  if (open.level > SQLITE_LOCK_RESERVED && level <= SQLITE_LOCK_RESERVED) --held.exclusive;
  if (open.level >= SQLITE_LOCK_RESERVED && level < SQLITE_LOCK_RESERVED) --held.reserved;
  if (open.level >= SQLITE_LOCK_SHARED && level < SQLITE_LOCK_SHARED) --held.shared;
  open.level = std::min(open.level, level);
  return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* reserved) {
  const Lock lock(owner(file).mutex);
  *reserved = content(file).reserved > 0;
  return SQLITE_OK;
}

int control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
  return static_cast<int>(sector_bytes);
}
int characteristics(sqlite3_file*) {
  return 0;
}

int map_shm(sqlite3_file* file, int region, int bytes, int extend, void volatile** to) {
  const Lock lock(owner(file).mutex);
  auto& regions = content(file).regions;
  const auto wanted = static_cast<std::size_t>(region);
  if (!opened(file).mapped) ++content(file).connections;
  opened(file).mapped = true;
  while (extend && regions.size() <= wanted) {
    regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(bytes)));
  }
  *to = wanted < regions.size() ? regions[wanted].get() : nullptr;
  return SQLITE_OK;
}

int lock_shm(sqlite3_file* file, int from, int count, int flags) {
  const Lock lock(owner(file).mutex);
  BrokenFile& held = content(file);
  OpenFile& open = opened(file);
  const bool wants = (flags & SQLITE_SHM_LOCK) != 0;
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  for (int i = from; wants && i < from + count; ++i) {
    const int others = held.shm_shared[i] - ((open.shm_shared >> i & 1u) ? 1 : 0);
    const bool taken = held.shm_exclusive[i] && !(open.shm_exclusive >> i & 1u);
    if (taken || (exclusive && others > 0)) return SQLITE_BUSY;
  }
  for (int i = from; i < from + count; ++i) {
    const unsigned bit = 1u << i;
    if (exclusive) {
      held.shm_exclusive[i] = wants;
      open.shm_exclusive = wants ? open.shm_exclusive | bit : open.shm_exclusive & ~bit;
    } else if (wants != ((open.shm_shared & bit) != 0)) {
      held.shm_shared[i] += wants ? 1 : -1;
      open.shm_shared ^= bit;
    }
  }
  return SQLITE_OK;
}

void barrier(sqlite3_file* file) {
  const Lock lock(owner(file).mutex);
}

int unmap_shm(sqlite3_file* file, int) {
  const Lock lock(owner(file).mutex);
  if (opened(file).mapped && --content(file).connections == 0) content(file).regions.clear();
  opened(file).mapped = false;
  return SQLITE_OK;
}

const sqlite3_io_methods methods = {
    2,         close_file,   read_file,       write_file,  truncate_file,
    sync_file, size_of_file, lock_file,       unlock_file, check_reserved,
    control,   sector_size,  characteristics, map_shm,     lock_shm,
    barrier,   unmap_shm,    nullptr,         nullptr};

BreakingVfs& owner(sqlite3_vfs* vfs) {
  return *static_cast<BreakingVfs*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  const Lock lock(owner(vfs).mutex);
  file->pMethods = nullptr;
  if (owner(vfs).operate() != SQLITE_OK) return SQLITE_CANTOPEN;
  auto found = name ? owner(vfs).find(name, (flags & SQLITE_OPEN_CREATE) != 0)
                    : std::make_shared<BrokenFile>();
  if (!found) return SQLITE_CANTOPEN;
  OpenFile& open = opened(file);
  open = {{&methods},
          &owner(vfs),
          new std::shared_ptr<BrokenFile>(std::move(found)),
          new std::string(name ? name : ""),
          SQLITE_LOCK_NONE,
          0,
          0,
          false};
  if (out) *out = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int) {
  const Lock lock(owner(vfs).mutex);
  owner(vfs).remove(name);
  return SQLITE_OK;
}

int access_file(sqlite3_vfs* vfs, const char* name, int, int* there) {
  const Lock lock(owner(vfs).mutex);
  *there = owner(vfs).exists(name);
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* to) {
  return std::snprintf(to, static_cast<std::size_t>(size), "%s", name) < size ? SQLITE_OK
                                                                              : SQLITE_ERROR;
}

int randomness(sqlite3_vfs*, int size, char* to) {
  static std::mt19937_64 random(157);
  for (int i = 0; i < size; ++i) to[i] = static_cast<char>(random());
  return size;
}

int do_not_wait(sqlite3_vfs*, int microseconds) {
  return microseconds;
}

int current_time(sqlite3_vfs*, double* days) {
  *days = 2'460'000.5;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) {
  return 0;
}

}  // namespace

BreakingVfs::BreakingVfs() : registration_(std::make_unique<Registration>()) {
  static int count = 0;
  name_ = "breaking" + std::to_string(++count);
  sqlite3_vfs& vfs = registration_->vfs;
  vfs.iVersion = 1;
  vfs.szOsFile = sizeof(OpenFile);
  vfs.mxPathname = 256;
  vfs.zName = name_.c_str();
  vfs.pAppData = this;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xAccess = access_file;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = randomness;
  vfs.xSleep = do_not_wait;
  vfs.xCurrentTime = current_time;
  vfs.xGetLastError = last_error;
  sqlite3_vfs_register(&vfs, 0);
}

BreakingVfs::~BreakingVfs() {
  sqlite3_vfs_unregister(&registration_->vfs);
}

void BreakingVfs::fail_at(std::uint64_t n, int code) {
  fail_at_ = n;
  fail_code_ = code;
}

int BreakingVfs::operate() {
  ++operations_;
  if (fail_at_ == 0 || --fail_at_ > 0) return SQLITE_OK;
  return fail_code_;
}

void BreakingVfs::sync() {
  if (syncing_ || !on_sync) return;
  syncing_ = true;
  on_sync();
  syncing_ = false;
}

std::shared_ptr<BrokenFile> BreakingVfs::find(const std::string& name, bool create) {
  const auto found = files_.find(name);
  if (found != files_.end()) return found->second;
  if (!create) return nullptr;
  return files_[name] = std::make_shared<BrokenFile>();
}

void BreakingVfs::remove(const std::string& name) {
  files_.erase(name);
}
bool BreakingVfs::exists(const std::string& name) const {
  return files_.contains(name);
}

std::map<std::string, std::string> BreakingVfs::after_power_loss(std::mt19937_64& random) const {
  std::map<std::string, std::string> files;
  for (const auto& [name, file] : files_) {
    std::string image = file->durable;
    const unsigned mood = static_cast<unsigned>(random() % 4);  // nothing, half, all, torn
    for (const BrokenFile::Write& write : file->unsynced) {
      if (mood == 0 || (mood == 1 && random() % 2 == 0)) continue;
      for (std::size_t at = 0; at < write.bytes.size(); at += sector_bytes) {
        if (mood == 3 && random() % 2 == 0) continue;
        write_to(image, write.offset + at, std::string_view(write.bytes).substr(at, sector_bytes));
      }
    }
    files[name] = std::move(image);
  }
  return files;
}

void BreakingVfs::put(const std::map<std::string, std::string>& files) {
  files_.clear();
  for (const auto& [name, image] : files) {
    auto file = std::make_shared<BrokenFile>();
    file->live = file->durable = image;
    files_[name] = std::move(file);
  }
}

}  // namespace alur::tests

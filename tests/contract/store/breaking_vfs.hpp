// BreakingVfs: files in memory for SQLite, that fail when asked to and forget what was not synced
// when the power goes. All connections are of this process.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace alur::tests {

// A file as it is and as a disk has it.
struct BrokenFile {
  struct Write {
    std::size_t offset = 0;
    std::string bytes;
  };
  std::string live;
  std::string durable;
  std::vector<Write> unsynced;
  // Locks of connections: SHARED holders, and whether one has more.
  int shared = 0;
  int reserved = 0;
  int exclusive = 0;
  // The log's index, shared by the connections.
  std::vector<std::unique_ptr<char[]>> regions;
  int shm_shared[8] = {};
  bool shm_exclusive[8] = {};
  int connections = 0;
};

class BreakingVfs {
 public:
  BreakingVfs();
  ~BreakingVfs();
  BreakingVfs(const BreakingVfs&) = delete;
  BreakingVfs& operator=(const BreakingVfs&) = delete;

  const std::string& name() const { return name_; }

  // The n-th read, write, sync or resizing from now on fails, once, with this SQLite code. 0: none.
  void fail_at(std::uint64_t n, int code);
  std::uint64_t operations() const { return operations_; }
  void forget_fault() { fail_at_ = 0; }

  // Called before each sync, and not while it is being called.
  std::function<void()> on_sync;

  // What a disk would hold had the power gone now: what was synced, and of the rest any part, write
  // by write and sector by sector.
  std::map<std::string, std::string> after_power_loss(std::mt19937_64& random) const;
  void put(const std::map<std::string, std::string>& files);

  // --- for the functions that SQLite calls
  std::shared_ptr<BrokenFile> find(const std::string& name, bool create);
  void remove(const std::string& name);
  bool exists(const std::string& name) const;
  // SQLITE_OK, or the code to fail with.
  int operate();
  void sync();
  std::recursive_mutex mutex;

 private:
  std::string name_;
  std::map<std::string, std::shared_ptr<BrokenFile>> files_;
  std::uint64_t operations_ = 0;
  std::uint64_t fail_at_ = 0;
  int fail_code_ = 0;
  bool syncing_ = false;
  struct Registration;
  std::unique_ptr<Registration> registration_;
};

}  // namespace alur::tests

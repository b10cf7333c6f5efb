// Checkpointer: writes the log back into the table's file. On a thread and a connection of its own
// where it is asked to, so that commits go on meanwhile; what has come since is then written back
// between two commits, which is short, and the log begins anew. Internal to the folder.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "adapters/sqlite/database.hpp"

namespace alur::adapters {

class Checkpointer {
 public:
  // `pages`: so long a log is written back.
  explicit Checkpointer(int pages) : pages_(pages) {}
  ~Checkpointer();

  // From now on a thread does most of it.
  ports::Result<void> work_apart(const Database::Settings& settings);
  // After each commit of this connection, with the length of the log then.
  void committed(sqlite3* connection, int log_pages);
  // A sync has failed: the kernel may have forgotten pages, and would say that all is well.
  bool lost_a_sync() const;

 private:
  void run();
  void write_back(sqlite3* connection);

  const int pages_;
  Database database_;
  mutable std::mutex mutex_;
  std::condition_variable asked_;
  bool busy_ = false;
  bool stopping_ = false;
  bool unsynced_ = false;
  int written_back_ = 0;  // pages of the present log
  std::thread thread_;
};

}  // namespace alur::adapters

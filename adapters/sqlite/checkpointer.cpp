#include "adapters/sqlite/checkpointer.hpp"

namespace alur::adapters {
namespace {

// What is left may be so short a part of a log to be written back between two commits; a log that
// is so many times too long is written back then whatever it takes.
constexpr int short_part = 8;
constexpr int too_long = 8;

}  // namespace

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  asked_.notify_one();
  if (thread_.joinable()) thread_.join();
}

ports::Result<void> Checkpointer::work_apart(const Database::Settings& settings) {
  auto opened = Database::open(settings);
  if (!opened) return opened.error();
  database_ = std::move(*opened);
  thread_ = std::thread([this] { run(); });
  return {};
}

bool Checkpointer::lost_a_sync() const {
  const std::lock_guard lock(mutex_);
  return unsynced_;
}

void Checkpointer::committed(sqlite3* connection, int log_pages) {
  if (log_pages < pages_) return;
  if (thread_.joinable()) {
    const std::lock_guard lock(mutex_);
    if (busy_) return;
    const int left = log_pages - written_back_;
    if (left > pages_ / short_part && log_pages < too_long * pages_) {
      busy_ = true;
      asked_.notify_one();
      return;
    }
  }
  write_back(connection);
  const std::lock_guard lock(mutex_);
  written_back_ = 0;  // the next commit begins the log anew
}

void Checkpointer::write_back(sqlite3* connection) {
  int length = 0;
  int done = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(connection, nullptr, SQLITE_CHECKPOINT_PASSIVE, &length, &done);
  const std::lock_guard lock(mutex_);
  written_back_ = done;
  if (code != SQLITE_OK && to_fault(code, code) == ports::Fault::unsynced) unsynced_ = true;
}

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    asked_.wait(lock, [this] { return busy_ || stopping_; });
    if (stopping_) return;
    lock.unlock();
    write_back(database_.raw());
    lock.lock();
    busy_ = false;
  }
}

}  // namespace alur::adapters

// Evidence: the files that citizens send to a running service: their folder beside the store, and
// the sweep of what nobody needs. A store in memory has a folder that goes with the service.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/files/file_sweep.hpp"
#include "adapters/files/folder_files.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/desk_keeper.hpp"

namespace alur::tools {

// Where a store's files are.
std::string files_folder(const std::string& store);

class Evidence {
 public:
  // `path`: of the store's file; empty: it is in memory. Null, and one plain line in `error`. The
  // store must outlive it.
  static std::unique_ptr<Evidence> open(const std::string& path, ports::Store& store,
                                        const adapters::FileBounds& bounds, std::string& error);
  ~Evidence();

  adapters::FolderFiles& files() { return *files_; }
  // Where they are.
  const std::string& folder() const { return folder_; }
  // From then on files of conversations that this desk remembers stay; it must outlive the last
  // tend().
  void keep_those_of(const runtime::DeskKeeper& desk) { desk_ = &desk; }
  // A little of the sweep. From one thread.
  void tend(value::Instant now);

 private:
  Evidence() = default;
  std::vector<std::string> served() const;

  std::string folder_;
  std::string temporary_;  // goes with it; empty: there is none
  std::unique_ptr<ports::StoreReader> reader_;
  std::unique_ptr<adapters::FolderFiles> files_;
  std::unique_ptr<adapters::FileSweep> sweep_;
  const runtime::DeskKeeper* desk_ = nullptr;
};

}  // namespace alur::tools

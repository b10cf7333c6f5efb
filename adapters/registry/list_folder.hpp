// A folder of lists: lists.json says which file is the list of the moment, of what date and from
// where; the files beside it hold the rows. Replacing lists.json is what makes a new list count,
// all at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/registry/snapshot.hpp"

namespace alur::registry {

// One version of one list, as lists.json has it.
struct ListVersion {
  std::string file;  // in the folder; no path
  ListHead head;
  std::uint64_t rows = 0;
  std::string etag;  // of the source it was fetched from
};

struct ListHistory {
  std::optional<ListVersion> current;
  std::optional<ListVersion> previous;  // what `rollback` goes back to
};

struct Manifest {
  ListHistory licensed;
  ListHistory alert;

  ListHistory& of(ListKind kind) { return kind == ListKind::licensed ? licensed : alert; }
  const ListHistory& of(ListKind kind) const {
    return kind == ListKind::licensed ? licensed : alert;
  }
};

// An empty one where the folder has none. `error` says what is wrong with a bad one.
Manifest read_manifest(const std::string& folder, std::string& error);
// Atomic and durable. False and why when it cannot be written; the old one is then still there.
bool write_manifest(const std::string& folder, const Manifest& manifest, std::string& error);

// Whoever changes a folder holds this from reading lists.json until it is written: of two imports
// at the same time one would otherwise drop the list that the other has brought. Waits for its
// turn.
class FolderLock {
 public:
  // Where the folder cannot be opened, `error` says why.
  FolderLock(const std::string& folder, std::string& error);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  bool is_held() const { return file_ >= 0; }

 private:
  int file_ = -1;
};

// The rows of a file in the form of `to_csv`; what is not good in it is left out and counted in
// `faults`.
RecordTable parse_list(ListKind kind, std::string_view csv, std::size_t& faults);
std::string to_csv(ListKind kind, const RecordTable& table);

// The current lists and the folder's words.csv. Null and why when the folder has no list.
SnapshotRef read_lists(const std::string& folder, std::string& error);

// What becomes of a file: written aside, made durable, and renamed over the old one.
bool replace_durably(const std::string& path, std::string_view text, std::string& error);
std::optional<std::string> read_whole(const std::string& path);

}  // namespace alur::registry

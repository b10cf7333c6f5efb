// FolderFiles: files in a folder of their own, which nobody but the service may look into. A file
// is written beside its name, synced, and then named; the folder is all that there is to know, and
// is read at the start. docs/decisions/0042-files-of-citizens.md says why.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/files/file_name.hpp"
#include "engine/ports/files.hpp"

namespace alur::adapters {

struct FileBounds {
  std::vector<std::string> types = {"jpeg", "png", "webp", "pdf"};  // names of ports::FileType
  std::uint64_t image_bytes_max = 5u << 20;
  std::uint64_t document_bytes_max = 10u << 20;
  // Of one citizen, from midnight to midnight, UTC.
  std::uint64_t day_files_max = 20;
  std::uint64_t day_bytes_max = 50u << 20;
  std::uint64_t all_bytes_max = 20ull << 30;
  std::uint64_t free_bytes_min = 512u << 20;  // on its disk: the store needs it more

  std::uint64_t bytes_max(const ports::FileType& type) const {
    return type.kind == value::MediaKind::image ? image_bytes_max : document_bytes_max;
  }
  bool takes(const ports::FileType& type) const;
};

struct FolderFilesSettings {
  std::string folder;  // made where it is not there; the one that it is in must be
  FileBounds bounds;
  // Keyed, the same for the life of the store: ports::Store::key_of.
  std::function<std::uint64_t(std::string_view)> hash;
  // Called before each change of the disk; a test ends the program there.
  std::function<void()> before_change = [] {};
};

class FolderFiles : public ports::Files {
 public:
  // Null, and one plain line in `error`: also for a folder that others can look into. What was
  // under way when the program ended is removed.
  static std::unique_ptr<FolderFiles> open(FolderFilesSettings settings, std::string& error);
  ~FolderFiles() override;

  ports::FileResult<std::unique_ptr<ports::FileIntake>> begin(std::string_view address,
                                                              std::string_view upload,
                                                              std::uint64_t size_bytes,
                                                              value::Instant now) override;
  std::optional<ports::KeptFile> find(std::string_view address, std::string_view upload,
                                      value::Instant now) override;
  bool hold(std::string_view reference, value::Instant now) override;
  std::optional<std::string> read(std::string_view reference) override;
  std::uint64_t size_bytes_max() const override;

  // --- of what is still to be fetched

  // The reference that the upload will have when it comes, with this content (SHA-256, in
  // lower-case hexadecimal); the same however often it is promised. Until it is given up, hold()
  // says that it is there.
  std::string promise(std::string_view address, std::string_view upload, std::string_view digest);
  // It came, or will not.
  void give_up_promise(std::string_view reference);

  // How many files there are, and their bytes.
  struct Count {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
  };
  Count count() const;

  // --- for FileSweep

  // Everything that is kept and was not held since `before` is to be seen again, or goes. False:
  // there is no such file but those of `settled` ones.
  bool begin_pass(value::Instant before);
  // The files that these bytes name are needed. `settled`: and will be, as those of tickets are.
  void see(std::string_view bytes, bool settled);
  // So are all files of these: addresses, as begin() was told them.
  void see_of(const std::vector<std::string>& owners);
  // At most `files_max` of what was not seen since begin_pass(); how many went.
  std::size_t remove_unseen(value::Instant before, std::size_t files_max);

 private:
  friend class FolderIntake;
  struct Kept {
    FileName name;
    std::uint64_t size_bytes = 0;
    std::int64_t came_ms = 0;
    std::int64_t held_ms = 0;  // when something last came to need it
    bool seen = false;         // in the pass that is under way
    bool settled = false;
  };
  // What one citizen brought today, with what is still coming.
  struct Today {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
  };

  explicit FolderFiles(FolderFilesSettings settings);
  std::string read_folder();
  std::string id_of_upload(std::string_view address, std::string_view upload) const;
  std::string promised_id(std::string_view address, std::string_view upload) const;
  std::uint64_t upload_key(std::string_view address, std::string_view upload) const;
  const Kept* find_kept(std::uint64_t owner, std::uint64_t upload) const;
  static ports::KeptFile told(const Kept& kept);
  void add(Kept kept);
  Today& today_of(std::uint64_t owner, std::int64_t now_ms);
  // A place for what comes; given back when it does not.
  ports::FileResult<void> reserve(std::uint64_t owner, std::uint64_t size_bytes, std::int64_t now);
  void give_back(std::uint64_t owner, std::uint64_t size_bytes, std::int64_t begun_ms);

  FolderFilesSettings settings_;
  int folder_ = -1;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Kept> kept_;              // by id
  std::unordered_map<std::uint64_t, std::string> uploads_;  // ids, by FileName::upload
  std::set<std::string, std::less<>> promised_;             // references
  std::set<std::uint64_t> finishing_;                       // uploads that are being named
  std::unordered_map<std::uint64_t, Today> today_;          // by owner
  std::int64_t day_ = 0;                                    // since 1970; of today_
  std::uint64_t bytes_ = 0;                                 // of what is kept
  std::uint64_t coming_bytes_ = 0;                          // of what is still coming, at most
};

}  // namespace alur::adapters

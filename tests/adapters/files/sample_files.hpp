// Files that are small, and a folder for them that goes with the test.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/files/folder_files.hpp"
#include "engine/ports/citizen_hash.hpp"

namespace alur::tests {

inline constexpr std::int64_t file_test_now = 1'780'000'000'000;  // 2026-05-28, 20:26:40 UTC

// Begins as its type does; what follows is `more`.
std::string jpeg_of(std::string_view more = "a photo");
std::string png_of(std::string_view more = "a screenshot");
std::string pdf_of(std::string_view more = "a letter");

class FileFolder {
 public:
  FileFolder();
  ~FileFolder();
  FileFolder(const FileFolder&) = delete;
  FileFolder& operator=(const FileFolder&) = delete;

  const std::string& path() const { return path_; }
  // A new start.
  std::unique_ptr<adapters::FolderFiles> open(
      adapters::FileBounds bounds = {}, std::function<void()> before_change = [] {}) const;
  std::vector<std::string> names() const;  // sorted
  std::string content(const std::string& name) const;

 private:
  std::string above_;
  std::string path_;
};

// The whole way of one file, in pieces of seven bytes.
ports::FileResult<ports::KeptFile> bring(ports::Files& files, std::string_view who,
                                         std::string_view upload, std::string_view content,
                                         std::int64_t now = file_test_now);

}  // namespace alur::tests

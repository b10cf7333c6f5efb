#include "tests/adapters/files/sample_files.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace alur::tests {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

namespace {

std::uint64_t hash_of(std::string_view text) {
  return ports::keyed_hash({1, 2}, text);
}

}  // namespace

std::string jpeg_of(std::string_view more) {
  return std::string("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0"sv) + std::string(more);
}

std::string png_of(std::string_view more) {
  return std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"sv) + std::string(more);
}

std::string pdf_of(std::string_view more) {
  return "%PDF-1.7\n%....\n" + std::string(more);
}

FileFolder::FileFolder() {
  std::string pattern = (fs::temp_directory_path() / "alur_files_XXXXXX").string();
  above_ = mkdtemp(pattern.data());
  path_ = above_ + "/store.db.files";
}

FileFolder::~FileFolder() {
  fs::remove_all(above_);
}

std::unique_ptr<adapters::FolderFiles> FileFolder::open(adapters::FileBounds bounds,
                                                        std::function<void()> before_change) const {
  std::string error;
  bounds.free_bytes_min = 0;
  auto files = adapters::FolderFiles::open(
      {path_, std::move(bounds), hash_of, std::move(before_change)}, error);
  EXPECT_EQ(error, "");
  return files;
}

std::vector<std::string> FileFolder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string FileFolder::content(const std::string& name) const {
  std::ifstream in(path_ + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

ports::FileResult<ports::KeptFile> bring(ports::Files& files, std::string_view who,
                                         std::string_view upload, std::string_view content,
                                         std::int64_t now) {
  auto intake = files.begin(who, upload, content.size(), {now});
  if (!intake) return intake.error();
  for (; !content.empty(); content.remove_prefix(std::min<std::size_t>(7, content.size()))) {
    const auto taken = (*intake)->take(content.substr(0, 7));
    if (!taken) return taken.error();
  }
  return (*intake)->finish();
}

}  // namespace alur::tests

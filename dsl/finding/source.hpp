// Source files and places in them. A place is a byte range of one file; lines and columns are
// worked out only when somebody looks. How a place is shown is left to render.hpp.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace alur::dsl {

// The number of a file in its Sources, in the order in which it was added.
enum class FileId : std::uint32_t {};

// A half-open range of bytes in one file. An empty range is a place between two bytes.
struct Span {
  FileId file{};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  auto operator<=>(const Span&) const = default;
};

// The smallest range that holds both, which must lie in one file.
Span cover(Span first, Span second);

// Line and column count from 1; the column counts code points.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  auto operator<=>(const Position&) const = default;
};

// A file as it was read. Any bytes are allowed: a byte that is not UTF-8 counts as one column.
// Lines end with LF or CR LF. Only the first 4 GiB - 1 bytes of a text are kept.
class SourceFile {
 public:
  SourceFile(std::string path, std::string text);
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;

  // The path as people should see it.
  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }
  std::string_view text(Span span) const;

  // Offsets past the end count as the end. A byte order mark takes no column.
  Position position(std::uint32_t offset) const;
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }
  // Lines count from 1. The line without its line break, and where it begins.
  std::string_view line_text(std::uint32_t line) const;
  std::uint32_t line_start(std::uint32_t line) const;
  std::uint32_t line_of(std::uint32_t offset) const;

 private:
  std::string path_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

// The files of one compilation. Addresses of files and texts stay where they are for as long as
// this, or a copy of it, lives; copies share the files. Adding is for one thread; reading different
// or the same files is for any.
class Sources {
 public:
  FileId add(std::string path, std::string text);
  // A new text under the same number. Copies made before keep the old one.
  void replace(FileId file, std::string path, std::string text);
  const SourceFile& at(FileId file) const;
  std::size_t size() const { return files_.size(); }

 private:
  std::vector<std::shared_ptr<const SourceFile>> files_;
};

}  // namespace alur::dsl

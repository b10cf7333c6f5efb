#include "dsl/finding/source.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>
#include <utility>

#include "dsl/finding/utf8.hpp"

namespace alur::dsl {
namespace {

constexpr std::size_t text_bytes_max = std::numeric_limits<std::uint32_t>::max() - 1;

std::vector<std::uint32_t> find_line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts{0};
  starts.reserve(text.size() / 32 + 1);
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const char* at = begin;
  while (at != end) {
    const void* const found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    if (found == nullptr) break;
    at = static_cast<const char*>(found) + 1;
    starts.push_back(static_cast<std::uint32_t>(at - begin));
  }
  return starts;
}

}  // namespace

Span cover(Span first, Span second) {
  assert(first.file == second.file);
  return {first.file, std::min(first.begin, second.begin), std::max(first.end, second.end)};
}

SourceFile::SourceFile(std::string path, std::string text)
    : path_(std::move(path)), text_(std::move(text)) {
  if (text_.size() > text_bytes_max) text_.resize(text_bytes_max);
  line_starts_ = find_line_starts(text_);
}

std::string_view SourceFile::text(Span span) const {
  const std::string_view whole = text_;
  const std::size_t begin = std::min<std::size_t>(span.begin, whole.size());
  return whole.substr(begin, span.end < begin ? 0 : span.end - begin);
}

std::uint32_t SourceFile::line_of(std::uint32_t offset) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<std::uint32_t>(after - line_starts_.begin());
}

std::uint32_t SourceFile::line_start(std::uint32_t line) const {
  assert(line > 0 && line <= line_starts_.size());
  return line_starts_[line - 1];
}

std::string_view SourceFile::line_text(std::uint32_t line) const {
  const std::uint32_t begin = line_start(line);
  const std::size_t next = line < line_starts_.size() ? line_starts_[line] : text_.size() + 1;
  std::string_view found = std::string_view(text_).substr(begin, next - 1 - begin);
  if (line < line_starts_.size() && found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

Position SourceFile::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const std::uint32_t line = line_of(offset);
  const std::uint32_t start = line_start(line);
  std::string_view before = std::string_view(text_).substr(start, offset - start);
  if (start == 0 && before.starts_with(byte_order_mark)) {
    before.remove_prefix(byte_order_mark.size());
  }
  return {line, static_cast<std::uint32_t>(count_code_points(before)) + 1};
}

FileId Sources::add(std::string path, std::string text) {
  files_.push_back(std::make_shared<const SourceFile>(std::move(path), std::move(text)));
  return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

void Sources::replace(FileId file, std::string path, std::string text) {
  const auto index = static_cast<std::size_t>(file);
  assert(index < files_.size());
  files_[index] = std::make_shared<const SourceFile>(std::move(path), std::move(text));
}

const SourceFile& Sources::at(FileId file) const {
  const auto index = static_cast<std::size_t>(file);
  assert(index < files_.size());
  return *files_[index];
}

}  // namespace alur::dsl

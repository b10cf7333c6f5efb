#include "engine/ports/file_type.hpp"

#include <algorithm>
#include <iterator>

namespace alur::ports {
namespace {

using value::MediaKind;

constexpr FileType jpeg{"jpeg", "jpg", "image/jpeg", MediaKind::image};
constexpr FileType png{"png", "png", "image/png", MediaKind::image};
constexpr FileType webp{"webp", "webp", "image/webp", MediaKind::image};
constexpr FileType gif{"gif", "gif", "image/gif", MediaKind::image};
constexpr FileType heic{"heic", "heic", "image/heic", MediaKind::image};
constexpr FileType pdf{"pdf", "pdf", "application/pdf", MediaKind::document};
constexpr FileType all[] = {jpeg, png, webp, gif, heic, pdf};

// What stands in a file, and where. Each type begins at the first byte: a PDF with something before
// it, which many readers bear, is something else as well.
struct Mark {
  std::size_t at;
  std::string_view bytes;
};
struct Signature {
  std::string_view type;
  Mark first;
  Mark second = {0, {}};
};

using namespace std::string_view_literals;

// Of JPEG (ITU-T T.81, B.2), PNG (W3C PNG, 5.2 and 5.3), WebP (RFC 9649, 2.4), GIF89a (17), HEIF
// (ISO/IEC 23008-12, 10.2: the brand of its first box) and PDF (ISO 32000-2, 7.5.2).
constexpr Signature signatures[] = {
    {"jpeg", {0, "\xff\xd8\xff"sv}},
    {"png", {0, "\x89PNG\r\n\x1a\n"sv}, {12, "IHDR"sv}},
    {"webp", {0, "RIFF"sv}, {8, "WEBP"sv}},
    {"gif", {0, "GIF87a"sv}},
    {"gif", {0, "GIF89a"sv}},
    {"heic", {4, "ftypheic"sv}},
    {"heic", {4, "ftypheix"sv}},
    {"heic", {4, "ftypmif1"sv}},
    {"pdf", {0, "%PDF-"sv}},
};

bool has(std::string_view begin, const Mark& mark) {
  return mark.bytes.empty() || (begin.size() >= mark.at + mark.bytes.size() &&
                                begin.substr(mark.at, mark.bytes.size()) == mark.bytes);
}

}  // namespace

std::span<const FileType> file_types() {
  return all;
}

const FileType* find_file_type(std::string_view name) {
  const auto* found = std::find_if(std::begin(all), std::end(all),
                                   [name](const FileType& type) { return type.name == name; });
  return found == std::end(all) ? nullptr : found;
}

const FileType* type_of_content(std::string_view begin) {
  for (const Signature& one : signatures) {
    if (has(begin, one.first) && has(begin, one.second)) return find_file_type(one.type);
  }
  return nullptr;
}

}  // namespace alur::ports

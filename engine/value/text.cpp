// What needs Unicode's properties asks ICU, after ASCII has been let through.
#include "engine/value/text.hpp"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <memory>

#include "engine/value/code_points.hpp"

namespace alur::value {

namespace {

constexpr char32_t zero_width_joiner = 0x200d;
constexpr char32_t emoji_presentation = 0xfe0f;

UChar32 icu_point(char32_t c) {
  return static_cast<UChar32>(c);
}

std::size_t utf16_units(char32_t c) {
  return c > 0xffff ? 2 : 1;
}

bool is_invisible(char32_t c) {
  switch (c) {
    case 0x200b:  // zero width space
    case 0x200e:  // direction marks
    case 0x200f:
    case 0x061c:
    case 0x2060:  // word joiner
    case 0xfeff:  // byte order mark
      return true;
    default:
      if (c < 0x7f) return c <= ' ';
      if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)) return true;  // embeddings
      return u_isUWhiteSpace(icu_point(c)) || u_charType(icu_point(c)) == U_CONTROL_CHAR;
  }
}

bool takes_no_column(char32_t c) {
  switch (u_charType(icu_point(c))) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return true;
    default:
      return c >= 0x1160 && c <= 0x11ff;  // Hangul vowels and finals join the block before them
  }
}

std::size_t columns(char32_t c) {
  if (takes_no_column(c)) return 0;
  const int width = u_getIntPropertyValue(icu_point(c), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

// Plain ASCII on both sides is always a boundary, and needs no ICU to see.
bool is_plain_boundary(std::string_view text, std::size_t offset) {
  if (offset == 0 || offset == text.size()) return true;
  const auto is_plain = [](char c) { return c >= ' ' && c < 0x7f; };
  return is_plain(text[offset - 1]) && is_plain(text[offset]);
}

// The last boundary between graphemes at or before this byte.
std::size_t grapheme_boundary_before(std::string_view text, std::size_t offset) {
  if (is_plain_boundary(text, offset)) return offset;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> bytes(
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  assert(U_SUCCESS(status));
  breaks->setText(bytes.get(), status);
  assert(U_SUCCESS(status));
  const auto wanted = static_cast<std::int32_t>(offset);
  if (breaks->isBoundary(wanted)) return offset;
  const std::int32_t before = breaks->preceding(wanted);
  return before == icu::BreakIterator::DONE ? 0 : static_cast<std::size_t>(before);
}

}  // namespace

bool is_ascii(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  for (; end - at >= 8; at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, sizeof eight);
    if ((eight & 0x8080808080808080u) != 0) return false;
  }
  return std::all_of(at, end, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_valid_utf8(std::string_view text) {
  if (is_ascii(text)) return true;
  assert(text.size() <= INT32_MAX);
  const char* bytes = text.data();
  const auto end = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < end;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, end, c);
    if (c < 0) return false;
  }
  return true;
}

std::string to_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  assert(U_SUCCESS(status));
  const auto wide = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  std::string out;
  nfc->normalize(wide, status).toUTF8String(out);
  assert(U_SUCCESS(status));
  return out;
}

std::size_t utf16_length(std::string_view text) {
  if (is_ascii(text)) return text.size();
  std::size_t units = 0;
  for (CodePoints points(text); !points.at_end();) units += utf16_units(points.next());
  return units;
}

std::size_t code_point_length(std::string_view text) {
  if (is_ascii(text)) return text.size();
  std::size_t count = 0;
  for (CodePoints points(text); !points.at_end(); points.next()) ++count;
  return count;
}

std::string_view grapheme_prefix(std::string_view text, std::size_t utf16_max) {
  if (text.size() <= utf16_max) return text;  // no more units than bytes
  std::size_t fits = 0;
  std::size_t units = 0;
  CodePoints points(text);
  while (!points.at_end()) {
    units += utf16_units(points.next());
    if (units > utf16_max) return text.substr(0, grapheme_boundary_before(text, fits));
    fits = points.begin();
  }
  return text;
}

std::size_t display_width(std::string_view text) {
  std::size_t total = 0;
  std::size_t last = 0;  // columns of the character before
  char32_t before = 0;
  for (CodePoints points(text); !points.at_end();) {
    const char32_t c = points.next();
    std::size_t width = columns(c);
    // What a joiner or a skin tone adds to an emoji is drawn in its place.
    if (before == zero_width_joiner || u_hasBinaryProperty(icu_point(c), UCHAR_EMOJI_MODIFIER)) {
      width = last > 0 ? 0 : width;
    } else if (c == emoji_presentation && last == 1 && before > 0x7f) {
      ++total;
      last = 2;
    }
    if (width > 0) last = width;
    total += width;
    before = c;
  }
  return total;
}

std::string_view trimmed(std::string_view text) {
  CodePoints points(text);
  std::size_t begin = 0;
  while (!points.at_end() && is_invisible(points.next())) begin = points.begin();
  text.remove_prefix(begin);
  CodePoints rest(text);
  std::size_t end = text.size();
  while (!rest.at_end() && is_invisible(rest.next_from_end())) end = rest.end();
  return text.substr(0, end);
}

}  // namespace alur::value

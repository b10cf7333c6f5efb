// ASCII by a table, everything else by ICU, to the same form. Typing errors by a banded table.
#include "engine/value/phrase.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "engine/value/code_points.hpp"

namespace alur::value {

namespace {

constexpr char dropped = 0;

// What each byte of ASCII becomes; the rest don't come here.
constexpr std::array<char, 256> ascii_forms() {
  std::array<char, 256> forms{};
  forms.fill(' ');
  for (std::size_t c = '0'; c <= '9'; ++c) forms[c] = static_cast<char>(c);
  for (std::size_t c = 'a'; c <= 'z'; ++c) {
    forms[c] = static_cast<char>(c);
    forms[c - 'a' + 'A'] = static_cast<char>(c);
  }
  forms[std::size_t{'\''}] = dropped;
  return forms;
}
constexpr auto ascii_form = ascii_forms();

// The same beside two flags, so that one look-up says all about a byte.
constexpr unsigned letter_bit = 8;
constexpr unsigned blank_bit = 9;
constexpr std::array<std::uint16_t, 256> flagged_forms() {
  std::array<std::uint16_t, 256> flagged{};
  for (std::size_t byte = 0; byte < flagged.size(); ++byte) {
    const char form = ascii_form[byte];
    const unsigned flags = (form > ' ') << letter_bit | (form == ' ') << blank_bit;
    flagged[byte] = static_cast<std::uint16_t>(static_cast<unsigned char>(form) | flags);
  }
  return flagged;
}
constexpr auto flagged_form = flagged_forms();

// Writes the reduced form without a branch a byte, and says whether all was ASCII. What one byte
// waits for from the byte before is one flag.
bool reduce_ascii(std::string_view in, std::string& out) {
  if (out.size() < in.size()) out.resize(in.size());
  char* const begin = out.data();
  char* end = begin;
  unsigned blank_before = 1;
  unsigned seen = 0;
  for (const char c : in) {
    const auto byte = static_cast<unsigned char>(c);
    seen |= byte;
    const unsigned form = flagged_form[byte];
    const unsigned letter = form >> letter_bit & 1;
    const unsigned blank = form >> blank_bit;
    *end = static_cast<char>(form);
    end += letter + (blank & ~blank_before);
    blank_before = blank | (blank_before & ~letter);
  }
  if (end != begin && end[-1] == ' ') --end;
  out.resize(static_cast<std::size_t>(end - begin));
  return seen < 0x80;
}

bool is_apostrophe(UChar32 c) {
  switch (c) {
    case '\'':
    case 0x02bb:  // turned comma, the okina
    case 0x02bc:  // modifier apostrophe
    case 0x2018:
    case 0x2019:
    case 0x201b:
      return true;
    default:
      return false;
  }
}

bool is_picture(UChar32 c) {
  return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) ||
         u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR);
}

// What a code point of compatibility-folded, decomposed text becomes: itself, another, ' ' or 0.
UChar32 form_of(UChar32 c) {
  if (is_apostrophe(c)) return dropped;
  if (c < 0x80) return ascii_form[static_cast<std::size_t>(c)];
  if (u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER)) return dropped;
  const auto category = U_MASK(u_charType(c));
  if ((category & U_GC_ND_MASK) != 0) return '0' + u_charDigitValue(c);
  if ((category & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0) return dropped;
  if ((category & (U_GC_P_MASK | U_GC_SK_MASK | U_GC_Z_MASK | U_GC_CC_MASK)) != 0) return ' ';
  return c;
}

icu::UnicodeString normalised(const icu::Normalizer2* form, const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out = form->normalize(text, status);
  assert(U_SUCCESS(status));
  return out;
}

struct Forms {
  const icu::Normalizer2* folded;
  const icu::Normalizer2* decomposed;
  const icu::Normalizer2* composed;
};

Forms open_forms() {
  UErrorCode status = U_ZERO_ERROR;
  const Forms forms{icu::Normalizer2::getNFKCCasefoldInstance(status),
                    icu::Normalizer2::getNFDInstance(status),
                    icu::Normalizer2::getNFCInstance(status)};
  assert(U_SUCCESS(status));
  return forms;
}

// One blank between what is left, pictures among it or not.
icu::UnicodeString reduced_forms(const icu::UnicodeString& apart, bool with_pictures) {
  icu::UnicodeString reduced;
  UChar32 last = ' ';
  for (std::int32_t at = 0; at < apart.length(); at = apart.moveIndex32(at, 1)) {
    const UChar32 c = apart.char32At(at);
    const UChar32 form = !with_pictures && is_picture(c) ? ' ' : form_of(c);
    if (form == dropped || (form == ' ' && last == ' ')) continue;
    reduced.append(form);
    last = form;
  }
  if (reduced.endsWith(u' ')) reduced.truncate(reduced.length() - 1);
  return reduced;
}

void reduce_unicode(std::string_view in, std::string& out) {
  static const Forms forms = open_forms();
  const auto wide = icu::UnicodeString::fromUTF8(
      icu::StringPiece(in.data(), static_cast<std::int32_t>(in.size())));
  // Decomposed before folding too: folding makes a letter of U+0345, which must by then have gone
  // to the end of its marks.
  icu::UnicodeString apart = normalised(forms.decomposed, wide);
  apart = normalised(forms.decomposed, normalised(forms.folded, apart));
  icu::UnicodeString reduced = reduced_forms(apart, false);
  if (reduced.isEmpty()) reduced = reduced_forms(apart, true);
  out.clear();
  normalised(forms.composed, reduced).toUTF8String(out);
}

// The code points of a short text on the stack, of a long one on the heap.
class Letters {
 public:
  explicit Letters(std::string_view text) {
    if (text.size() > short_.size()) long_.resize(text.size());
    letters_ = long_.empty() ? std::span<char32_t>(short_) : std::span<char32_t>(long_);
    std::size_t count = 0;
    for (CodePoints points(text); !points.at_end();) letters_[count++] = points.next();
    letters_ = letters_.first(count);
  }
  Letters(const Letters&) = delete;
  Letters& operator=(const Letters&) = delete;

  std::span<const char32_t> all() const { return letters_; }

 private:
  std::array<char32_t, 256> short_;
  std::vector<char32_t> long_;
  std::span<char32_t> letters_;
};

using Row = std::span<int>;

// Distances in a band of `limit` around the diagonal, three rows at a time: a swap looks two back.
// Whatever is over the limit counts as one over it.
std::optional<int> banded_distance(std::span<const char32_t> a, std::span<const char32_t> b,
                                   int limit, std::array<Row, 3> rows) {
  const int a_size = static_cast<int>(a.size());
  const int b_size = static_cast<int>(b.size());
  const int over = limit + 1;
  auto& [two_before, before, current] = rows;
  std::iota(before.begin(), before.end(), 0);
  int best_before = 0;
  for (int i = 1; i <= a_size; ++i) {
    const int low = std::max(1, i - limit);
    const int high = std::min(b_size, i + limit);
    current[low - 1] = low == 1 ? std::min(i, over) : over;
    int best = current[low - 1];
    for (int j = low; j <= high; ++j) {
      int edits = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      edits = std::min({edits, current[j - 1] + 1, before[j] + 1, over});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        edits = std::min(edits, two_before[j - 2] + 1);
      }
      current[j] = edits;
      best = std::min(best, edits);
    }
    if (high < b_size) current[high + 1] = over;
    if (best > limit && best_before > limit) return std::nullopt;
    best_before = best;
    std::swap(two_before, before);
    std::swap(before, current);
  }
  if (before[b_size] > limit) return std::nullopt;
  return before[b_size];
}

void drop_common_ends(std::span<const char32_t>& a, std::span<const char32_t>& b) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a = a.subspan(1);
    b = b.subspan(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a = a.first(a.size() - 1);
    b = b.first(b.size() - 1);
  }
}

}  // namespace

void normalise_phrase(std::string_view in, std::string& out) {
  assert(in.size() <= INT32_MAX / 32);
  if (!reduce_ascii(in, out)) reduce_unicode(in, out);
}

std::string normalised_phrase(std::string_view in) {
  std::string out;
  normalise_phrase(in, out);
  return out;
}

bool is_pictures(std::string_view phrase) {
  if (phrase.empty() || static_cast<unsigned char>(phrase.front()) < 0x80) return false;
  for (CodePoints points(phrase); !points.at_end();) {
    const char32_t c = points.next();
    if (c != ' ' && !is_picture(static_cast<UChar32>(c))) return false;
  }
  return true;
}

std::optional<int> edit_distance_at_most(std::string_view a, std::string_view b, int limit) {
  if (a == b) return limit < 0 ? std::nullopt : std::optional(0);
  if (limit <= 0) return std::nullopt;
  const Letters a_letters(a);
  const Letters b_letters(b);
  std::span<const char32_t> a_rest = a_letters.all();
  std::span<const char32_t> b_rest = b_letters.all();
  drop_common_ends(a_rest, b_rest);
  const std::size_t shorter = std::min(a_rest.size(), b_rest.size());
  const std::size_t longer = std::max(a_rest.size(), b_rest.size());
  if (longer - shorter > static_cast<std::size_t>(limit)) return std::nullopt;
  limit = std::min(limit, static_cast<int>(longer));

  const std::size_t width = b_rest.size() + 1;
  constexpr std::size_t short_width = 66;
  if (width <= short_width) {
    std::array<std::array<int, short_width>, 3> cells;
    return banded_distance(a_rest, b_rest, limit, {cells[0], cells[1], cells[2]});
  }
  std::vector<int> cells(3 * width);
  const Row all(cells);
  return banded_distance(
      a_rest, b_rest, limit,
      {all.first(width), all.subspan(width, width), all.subspan(2 * width, width)});
}

int typo_allowance(std::string_view phrase) {
  int letters = 0;
  for (const char c : phrase) {
    if (c >= '0' && c <= '9') return 0;
    const bool continues = (static_cast<unsigned char>(c) & 0xc0) == 0x80;
    if (c != ' ' && !continues) ++letters;
  }
  if (letters <= 4) return 0;
  return letters <= 8 ? 1 : 2;
}

}  // namespace alur::value

#include "adapters/registry/search_form.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <cassert>
#include <cstdint>

#include "engine/value/text.hpp"

namespace alur::registry {
namespace {

constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_legal_form(std::string_view word) {
  return word == "pt" || word == "tbk" || word == "persero";
}

// ICU's tables, opened once; what is asked of them changes nothing.
struct Tables {
  const icu::Normalizer2* folded;
  const icu::Normalizer2* decomposed;
  USpoofChecker* look_alikes;
};

const Tables& tables() {
  static const Tables opened = [] {
    UErrorCode status = U_ZERO_ERROR;
    const Tables made{icu::Normalizer2::getNFKCCasefoldInstance(status),
                      icu::Normalizer2::getNFDInstance(status), uspoof_open(&status)};
    assert(U_SUCCESS(status));
    return made;
  }();
  return opened;
}

// The one plain letter or digit that the code point looks like, or a byte of its own.
char plain_look(UChar32 c) {
  const icu::UnicodeString one(c);
  UErrorCode status = U_ZERO_ERROR;
  UChar look[8];
  const std::int32_t length =
      uspoof_getSkeleton(tables().look_alikes, 0, one.getBuffer(), one.length(), look, 8, &status);
  if (U_SUCCESS(status) && length == 1 && look[0] < 0x80) {
    const auto small = static_cast<char>(u_tolower(look[0]));
    if (is_letter(small) || is_digit(small)) return small;
  }
  const auto hash = static_cast<std::uint32_t>(c) * 2'654'435'761u;
  return static_cast<char>(0x80 | (hash >> 25));
}

class Words {
 public:
  explicit Words(std::string& out) : out_(out) { out_.clear(); }

  void letter(char c) { out_ += c; }

  void end_word() {
    if (out_.size() == begin_) return;
    if (is_legal_form(std::string_view(out_).substr(begin_))) {
      out_.resize(begin_);
    } else {
      out_ += ' ';
    }
    begin_ = out_.size();
  }

  void end() {
    end_word();
    if (!out_.empty()) out_.pop_back();
  }

 private:
  std::string& out_;
  std::size_t begin_ = 0;
};

void take_plain(char c, Words& words) {
  if (c >= 'A' && c <= 'Z') {
    words.letter(static_cast<char>(c - 'A' + 'a'));
  } else if (is_letter(c) || is_digit(c)) {
    words.letter(c);
  } else {
    words.end_word();
  }
}

void take_other(UChar32 c, Words& words) {
  const auto category = U_GET_GC_MASK(c);
  if ((category & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0) return;
  if ((category & U_GC_ND_MASK) != 0) {
    words.letter(static_cast<char>('0' + u_charDigitValue(c)));
  } else if ((category & (U_GC_L_MASK | U_GC_N_MASK | U_GC_MC_MASK)) != 0) {
    words.letter(plain_look(c));
  } else {
    words.end_word();
  }
}

}  // namespace

void make_search_form(std::string_view name, std::string& out) {
  Words words(out);
  if (value::is_ascii(name)) {
    for (const char c : name) take_plain(c, words);
    words.end();
    return;
  }
  UErrorCode status = U_ZERO_ERROR;
  const auto bytes = icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size()));
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(bytes);
  text = tables().folded->normalize(text, status);
  text = tables().decomposed->normalize(text, status);
  for (std::int32_t i = 0; U_SUCCESS(status) && i < text.length();) {
    const UChar32 c = text.char32At(i);
    i += U16_LENGTH(c);
    if (c < 0x80) {
      take_plain(static_cast<char>(c), words);
    } else {
      take_other(c, words);
    }
  }
  words.end();
}

std::string search_form(std::string_view name) {
  std::string out;
  make_search_form(name, out);
  return out;
}

std::string joined(std::string_view search_form) {
  std::string out(search_form);
  out.erase(std::remove(out.begin(), out.end(), ' '), out.end());
  return out;
}

namespace {

// What a digit is mistaken for; itself where nothing.
char letter_of_digit(char digit) {
  static constexpr std::string_view looks = "olzeasgtbg";
  return looks[static_cast<std::size_t>(digit - '0')];
}

}  // namespace

std::string look_alike_image(std::string_view joined) {
  std::string out;
  for (std::size_t i = 0; i < joined.size(); ++i) {
    char c = joined[i];
    const char next = i + 1 < joined.size() ? joined[i + 1] : ' ';
    if (is_digit(c)) c = letter_of_digit(c);
    if (c == 'i') c = 'l';
    if ((c == 'r' && next == 'n') || (c == 'v' && next == 'v')) {
      c = c == 'r' ? 'm' : 'w';
      ++i;
    }
    out += c;
  }
  return out;
}

std::string undisguised(std::string_view search_form) {
  std::string out(search_form);
  bool changed = false;
  for (std::size_t begin = 0; begin < out.size();) {
    const std::size_t end = std::min(out.find(' ', begin), out.size());
    const auto first = out.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = out.begin() + static_cast<std::ptrdiff_t>(end);
    if (std::any_of(first, last, is_letter) && std::any_of(first, last, is_digit)) {
      std::transform(first, last, first,
                     [](char c) { return is_digit(c) ? letter_of_digit(c) : c; });
      changed = true;
    }
    begin = end + 1;
  }
  return changed ? out : std::string();
}

}  // namespace alur::registry

#include "adapters/registry/exact_form.hpp"

#include <unicode/uchar.h>

#include "engine/value/code_points.hpp"
#include "engine/value/text.hpp"

namespace alur::registry {
namespace {

constexpr char32_t wide_first = 0xff01;  // the ASCII characters again, each as wide as a kanji
constexpr char32_t wide_last = 0xff5e;
constexpr char32_t wide_offset = wide_first - '!';
constexpr std::string_view kelvin_sign = "\u212a";

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_legal_form(std::string_view word) {
  return word == "pt" || word == "tbk" || word == "persero";
}

// How many bytes of PT, spelt P.T., stand here; none where it is a part of a longer abbreviation.
std::size_t spelt_out(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? text[i] : ' '; };
  if ((byte(at) | 0x20) != 'p' || byte(at + 1) != '.' || (byte(at + 2) | 0x20) != 't') return 0;
  if (at > 0 && (text[at - 1] == '.' || is_letter(text[at - 1]))) return 0;
  if (byte(at + 3) != '.') return is_letter(byte(at + 3)) ? 0 : 3;
  const bool goes_on = is_letter(byte(at + 4)) && !is_letter(byte(at + 5));
  return goes_on ? 0 : 4;
}

// Joins words, and leaves out those that only say what form a company has.
class Joined {
 public:
  explicit Joined(std::string& out) : out_(out) { out_.clear(); }

  void letter(char32_t c) {
    if (c < 0x80) {
      out_ += static_cast<char>(c);
    } else {
      value::append_utf8(c, out_);
    }
  }

  void end_word() {
    if (is_legal_form(std::string_view(out_).substr(begin_))) out_.resize(begin_);
    begin_ = out_.size();
  }

 private:
  std::string& out_;
  std::size_t begin_ = 0;  // of the word at hand
};

void take_ascii(char c, Joined& joined) {
  if (c >= 'A' && c <= 'Z') {
    joined.letter(static_cast<char32_t>(c - 'A' + 'a'));
  } else if (!is_letter(c) && ((c >= ' ' && c != '\x7f') || (c >= '\t' && c <= '\r'))) {
    joined.end_word();
  } else {
    joined.letter(static_cast<char32_t>(c));  // also a control character: no name has it
  }
}

bool is_blank(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  return u_isUWhiteSpace(code) != 0 || (U_GET_GC_MASK(code) & U_GC_P_MASK) != 0;
}

void take(char32_t c, Joined& joined) {
  if (c >= wide_first && c <= wide_last) c -= wide_offset;
  if (c < 0x80) return take_ascii(static_cast<char>(c), joined);
  if (is_blank(c)) return joined.end_word();
  // A letter that would become a plain one stays what it is.
  const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  joined.letter(small < 0x80 ? c : small);
}

void join_words(std::string_view text, std::string& out) {
  Joined joined(out);
  for (value::CodePoints points(text); !points.at_end();) {
    std::size_t skipped = spelt_out(text, points.begin());
    if (skipped > 0) {
      joined.end_word();
      while (skipped-- > 0) points.next();
      continue;
    }
    take(points.next(), joined);
  }
  joined.end_word();
}

}  // namespace

void make_exact_form(std::string_view name, std::string& out) {
  // Unicode takes the kelvin sign for the letter K, even where it only composes: whoever writes one
  // means no plain name.
  const bool as_it_is = value::is_ascii(name) || name.find(kelvin_sign) != std::string_view::npos;
  if (as_it_is) return join_words(name, out);
  join_words(value::to_nfc(name), out);
}

std::string exact_form(std::string_view name) {
  std::string out;
  make_exact_form(name, out);
  return out;
}

}  // namespace alur::registry

#include "adapters/desk/passwords.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <set>
#include <vector>

#include "adapters/desk/secret.hpp"
#include "engine/value/code_points.hpp"
#include "engine/value/text.hpp"

namespace alur::adapters {
namespace {

// A hash that asks for more is none of ours: it would be a way to take all memory.
constexpr std::uint64_t memory_kib_max = std::uint64_t{1} << 20;
constexpr std::size_t own_part_length = 3;    // of a name, to count as a part of it
constexpr std::size_t left_over_length = 6;   // beside the name, to be good all the same
constexpr std::size_t letters_apart_min = 5;  // different ones

constexpr std::string_view common_words[] = {
#define COMMON(word) word,
#include "adapters/desk/common_passwords.def"
#undef COMMON
};

std::string normal(std::string_view password) {
  return value::is_valid_utf8(password) ? value::to_nfc(password) : std::string(password);
}

bool is_text(std::string_view password) {
  if (!value::is_valid_utf8(password)) return false;
  for (value::CodePoints points(password); !points.at_end();) {
    const char32_t point = points.next();
    if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return false;
  }
  return true;
}

// ASCII letters made small, and nothing else.
std::string to_small(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

void erase_all(std::string& text, std::string_view part) {
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos;) {
    text.erase(at, part.size());
  }
}

std::vector<std::string> parts_of(std::string_view name, std::string_view full_name) {
  std::vector<std::string> parts = {to_small(name)};
  std::string word;
  for (const char c : to_small(full_name) + " ") {
    if (c != ' ' && c != '.' && c != ',') {
      word += c;
      continue;
    }
    if (word.size() >= own_part_length) parts.push_back(word);
    word.clear();
  }
  std::erase_if(parts, [](const std::string& part) { return part.size() < own_part_length; });
  std::sort(parts.begin(), parts.end(),
            [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  return parts;
}

bool is_own_name(std::string_view password, std::string_view name, std::string_view full_name) {
  const std::string whole = to_small(password);
  std::string left = whole;
  for (const std::string& part : parts_of(name, full_name)) erase_all(left, part);
  return left.size() < whole.size() && value::code_point_length(left) < left_over_length;
}

// "P4ssw0rd" as "password".
std::string as_letters(std::string_view text) {
  static constexpr std::string_view digits = "0134578@$!";
  static constexpr std::string_view letters = "oieastbasi";
  std::string out = to_small(text);
  for (char& c : out) {
    const std::size_t at = digits.find(c);
    if (at != std::string_view::npos) c = letters[at];
  }
  return out;
}

// Without digits and marks before the first letter and after the last.
std::string_view without_ends(std::string_view text) {
  const auto is_end = [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && !(c >= 'a' && c <= 'z');
  };
  while (!text.empty() && is_end(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_end(text.back())) text.remove_suffix(1);
  return text;
}

// Without the words that are common, the longest first: what little is left.
std::string without_common(std::string text) {
  std::vector<std::string_view> words(std::begin(common_words), std::end(common_words));
  std::stable_sort(words.begin(), words.end(),
                   [](std::string_view a, std::string_view b) { return a.size() > b.size(); });
  for (const std::string_view word : words) erase_all(text, word);
  return text;
}

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
  });
}

// Each beside the one before, on or back by one or the same: 123456..., abcdef..., 111111...
bool is_a_run(std::string_view text) {
  std::size_t steps = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const int step = text[i] - text[i - 1];
    const bool wraps =
        (text[i - 1] == '9' && text[i] == '0') || (text[i - 1] == '0' && text[i] == '9');
    if ((step >= -1 && step <= 1) || wraps) ++steps;
  }
  return text.size() - steps < left_over_length;
}

bool is_common(std::string_view password) {
  const std::string small = to_small(password);
  if (std::set<char>(small.begin(), small.end()).size() < letters_apart_min) return true;
  if (is_a_run(small)) return true;
  // Digits count as such where they are not within a word.
  const std::string left = without_common(small);
  if (left.size() < small.size() && !has_letter(left)) return true;
  const std::string letters = as_letters(without_ends(small));
  const std::string letters_left = without_common(letters);
  return letters_left.size() < letters.size() && letters_left.size() < left_over_length;
}

// m of "$argon2id$v=19$m=19456,t=2,p=1$..."; 0: it is none.
std::uint64_t memory_kib_of(std::string_view hash) {
  constexpr std::string_view begin = "$argon2id$v=19$m=";
  std::uint64_t kib = 0;
  if (!hash.starts_with(begin)) return 0;
  hash.remove_prefix(begin.size());
  const auto read = std::from_chars(hash.data(), hash.data() + hash.size(), kib);
  return read.ec == std::errc() ? kib : 0;
}

// Held while one is worked at.
class Turn {
 public:
  explicit Turn(std::counting_semaphore<>& turns) : turns_(turns) { turns_.acquire(); }
  ~Turn() { turns_.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::counting_semaphore<>& turns_;
};

}  // namespace

std::string_view to_text(PasswordFault fault) {
  switch (fault) {
    case PasswordFault::too_short:
      return "too_short";
    case PasswordFault::too_long:
      return "too_long";
    case PasswordFault::unreadable:
      return "unreadable";
    case PasswordFault::own_name:
      return "own_name";
    case PasswordFault::common:
      return "common";
  }
  return "?";
}

std::optional<PasswordFault> check_password(std::string_view password, std::string_view name,
                                            std::string_view full_name) {
  // Before anything that takes as long as the text does; 16 bytes a character are plenty.
  if (password.size() > 16 * password_length_max) return PasswordFault::too_long;
  if (!is_text(password)) return PasswordFault::unreadable;
  const std::string text = value::to_nfc(password);
  const std::size_t length = value::code_point_length(text);
  if (length < password_length_min) return PasswordFault::too_short;
  if (length > password_length_max) return PasswordFault::too_long;
  if (is_own_name(text, name, full_name)) return PasswordFault::own_name;
  if (is_common(text)) return PasswordFault::common;
  return std::nullopt;
}

Passwords::Passwords(PasswordCost cost, int at_once) : cost_(cost), turns_(at_once) {
  const int ready = sodium_init();
  assert(ready >= 0);
  nobody_ = hash(make_secret());
}

std::string Passwords::hash(std::string_view password) {
  const std::string text = normal(password);
  std::array<char, crypto_pwhash_STRBYTES> out{};
  const Turn turn(turns_);
  ++computed_;
  const int done = crypto_pwhash_str_alg(out.data(), text.data(), text.size(), cost_.passes,
                                         cost_.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
  // It fails only where there is no memory.
  if (done != 0) return {};
  return out.data();
}

bool Passwords::verify(std::string_view hash, std::string_view password) {
  const bool anybody = !hash.empty();
  const std::string against(anybody ? hash : std::string_view(nobody_));
  const std::uint64_t kib = memory_kib_of(against);
  if (kib == 0 || kib > memory_kib_max || against.size() >= crypto_pwhash_STRBYTES) return false;
  const std::string text = normal(password);
  const Turn turn(turns_);
  ++computed_;
  const bool same = crypto_pwhash_str_verify(against.c_str(), text.data(), text.size()) == 0;
  return same && anybody;
}

bool Passwords::wants_rehash(std::string_view hash) const {
  return crypto_pwhash_str_needs_rehash(std::string(hash).c_str(), cost_.passes,
                                        cost_.memory_bytes) != 0;
}

}  // namespace alur::adapters

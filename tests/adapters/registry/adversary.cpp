#include "tests/adapters/registry/adversary.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

#include "adapters/registry/delimited.hpp"
#include "adapters/registry/list_folder.hpp"

namespace alur::tests {
namespace {

constexpr std::array<std::string_view, 30> baits{
    "resmi",     "official",   "indonesia",   "cepat",     "kilat",     "online",
    "pinjaman",  "dana",       "jakarta",     "surabaya",  "plus",      "pro",
    "24 jam",    "terpercaya", "ojk",         "legal",     "syariah",   "koperasi",
    "investasi", "vip",        "apk",         "terbaru",   "dana cair", "mod",
    "id",        "group",      "cabang riau", "tanpa ktp", "bunga 0%",  "customer service"};
constexpr std::array<std::string_view, 8> slogans{
    " - Pinjaman Online Cepat Cair",   ": Kredit Dana Tunai", " - Pinjam Uang Online",
    " | Investasi Aman OJK",           " - Official App",     " (Resmi OJK)",
    " Pinjaman Tanpa Jaminan 5 Menit", " #1 Indonesia"};
constexpr std::array<std::string_view, 8> questions{
    "min apa {} legal ya?", "apakah {} resmi",     "{} aman gak kak",       "cek {} dong",
    "is {} licensed?",      "{} terdaftar OJK ga", "halo min mau tanya {}", "{} penipuan bukan"};
constexpr std::array<std::pair<char, std::string_view>, 20> twins{
    {{'a', "\xd0\xb0"}, {'c', "\xd1\x81"}, {'e', "\xd0\xb5"}, {'i', "\xd1\x96"}, {'o', "\xd0\xbe"},
     {'p', "\xd1\x80"}, {'x', "\xd1\x85"}, {'y', "\xd1\x83"}, {'s', "\xd1\x95"}, {'o', "0"},
     {'l', "1"},        {'i', "1"},        {'e', "3"},        {'a', "4"},        {'s', "5"},
     {'b', "8"},        {'a', "\xc3\xa1"}, {'e', "\xc3\xa9"}, {'n', "\xc3\xb1"}, {'m', "rn"}}};
constexpr std::array<std::string_view, 5> invisibles{"\xe2\x80\x8b", "\xe2\x80\x8d", "\xc2\xad",
                                                     "\xef\xbb\xbf", "\xe2\x81\xa0"};

std::vector<std::string> words_of(const std::string& name) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : name + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

std::string joined_words(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

bool is_plain_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

Adversary::Adversary(std::vector<std::string> names, std::uint64_t seed)
    : names_(std::move(names)), random_(seed) {}

std::size_t Adversary::below(std::size_t end) {
  return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
}

const std::string& Adversary::any_name() {
  return names_[below(names_.size())];
}

template <class Words>
std::string_view Adversary::any(const Words& words) {
  return words[below(words.size())];
}

std::string Adversary::mistyped(const std::string& name, int errors) {
  std::string out = name;
  for (int i = 0; i < errors; ++i) {
    const auto letter = static_cast<char>('a' + below(26));
    const std::size_t at = below(out.size());
    switch (out.size() < 2 ? 0 : below(4)) {
      case 0:
        out.insert(out.begin() + static_cast<std::ptrdiff_t>(at), letter);
        break;
      case 1:
        out.erase(at, 1);
        break;
      case 2:
        out[at] = letter;
        break;
      default:
        if (at + 1 < out.size()) std::swap(out[at], out[at + 1]);
    }
  }
  return out;
}

std::string Adversary::same_name(const std::string& name) {
  std::string out;
  for (const char c : name) {
    const bool upper = below(2) == 0;
    const auto byte = static_cast<unsigned char>(c);
    out += static_cast<char>(upper ? std::toupper(byte) : std::tolower(byte));
    if (c == ' ' && below(3) == 0) out += "  ";
    if (c == ' ' && below(4) == 0) out.back() = '-';
  }
  constexpr std::array<std::string_view, 5> before{"", "PT ", "PT. ", "pt  ", "P.T. "};
  constexpr std::array<std::string_view, 8> after{
      "", " Tbk", " Tbk.", ", Tbk", " (Persero)", " , PT", ".", " (Persero) Tbk."};
  return std::string(any(before)) + out + std::string(any(after));
}

std::string Adversary::look_alike(std::string name) {
  for (std::size_t tries = 0; tries < 40; ++tries) {
    const auto& [letter, twin] = twins[below(twins.size())];
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < name.size(); ++i) {
      if (std::tolower(static_cast<unsigned char>(name[i])) == letter) places.push_back(i);
    }
    if (places.empty()) continue;
    name.replace(places[below(places.size())], 1, twin);
    if (below(2) == 0) return name;
  }
  return name;
}

std::string Adversary::with_words(std::string name) {
  if (below(4) == 0) return name + std::string(any(slogans));
  for (std::size_t i = 0; i <= below(2); ++i) {
    const std::string bait(any(baits));
    const std::string glue = below(4) == 0 ? "" : " ";
    name = below(2) == 0 ? bait + glue + name : name + glue + bait;
  }
  return name;
}

std::string Adversary::without_word(const std::string& name) {
  std::vector<std::string> words = words_of(name);
  if (words.size() > 1)
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(below(words.size())));
  return joined_words(words);
}

std::string Adversary::reordered(const std::string& name) {
  std::vector<std::string> words = words_of(name);
  std::shuffle(words.begin(), words.end(), random_);
  return joined_words(words);
}

std::string Adversary::doubled_letter(std::string name) {
  const std::size_t at = below(name.size());
  name.insert(at, 1, name[at]);
  return name;
}

std::string Adversary::invisible(std::string name) {
  name.insert(below(name.size() + 1), any(invisibles));
  return name;
}

std::string Adversary::as_link(const std::string& name) {
  std::string host;
  for (const char c : name) {
    if (is_plain_letter(c)) host += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  constexpr std::array<std::string_view, 6> endings{".xyz",       ".top",         "-official.com",
                                                    ".co.id.vip", ".site/daftar", "-ojk.id"};
  return (below(2) == 0 ? "https://" : "") + host + std::string(any(endings));
}

std::string Adversary::in_a_question(const std::string& name) {
  std::string out(any(questions));
  out.replace(out.find("{}"), 2, name);
  return out;
}

std::string Adversary::hostile() {
  const std::string& name = any_name();
  switch (below(11)) {
    case 0:
      return mistyped(name, 1);
    case 1:
      return mistyped(name, 2);
    case 2:
      return look_alike(name);
    case 3:
      return with_words(name);
    case 4:
      return without_word(name);
    case 5:
      return reordered(name);
    case 6:
      return doubled_letter(name);
    case 7:
      return invisible(name);
    case 8:
      return as_link(name);
    case 9:
      return in_a_question(name);
    default:
      return look_alike(with_words(mistyped(name, static_cast<int>(below(2)))));
  }
}

std::string plain_identity(std::string_view name) {
  std::string spaced = " ";
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t begin = at;
    UChar32 letter = 0;
    U8_NEXT(name.data(), at, name.size(), letter);
    const bool is_mark = letter >= 0 && (U_GET_GC_MASK(letter) & U_GC_M_MASK) != 0;
    if (letter < 0x80 && letter >= 0) {
      spaced += std::isalnum(letter) != 0 ? static_cast<char>(std::tolower(letter)) : ' ';
    } else if (letter < 0 || is_mark || u_isalnum(letter)) {
      spaced += name.substr(begin, at - begin);
    } else {
      spaced += ' ';  // punctuation of other scripts
    }
  }
  spaced += ' ';
  for (const std::string_view word : {" pt ", " tbk ", " persero "}) {
    std::size_t at = 0;
    while ((at = spaced.find(word)) != std::string::npos) spaced.replace(at, word.size(), " ");
  }
  spaced.erase(std::remove(spaced.begin(), spaced.end(), ' '), spaced.end());
  return spaced;
}

std::vector<std::string> shared_licensed_names() {
  const char* folder = std::getenv("ALUR_SHARED");
  if (!folder) return {};
  const auto text = registry::read_whole(std::string(folder) + "/data/registry/licensed_names.csv");
  std::vector<std::string> names;
  if (!text) return names;
  registry::DelimitedReader reader(*text, ',');
  registry::DelimitedRow row;
  reader.next(row);
  while (reader.next(row)) {
    if (row.fault.empty()) names.push_back(row.cells.front());
  }
  return names;
}

std::string csv_of_names(const std::vector<std::string>& names) {
  std::string csv = "key,name\n";
  for (std::size_t i = 0; i < names.size(); ++i) {
    csv += "k" + std::to_string(i) + ",";
    registry::append_cell(names[i], ',', csv);
    csv += '\n';
  }
  return csv;
}

}  // namespace alur::tests

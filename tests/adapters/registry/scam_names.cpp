#include "tests/adapters/registry/scam_names.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <sstream>

namespace alur::tests {
namespace {

using Random = std::mt19937_64;
using Words = std::vector<std::string>;

std::size_t below(Random& random, std::size_t end) {
  return random() % end;
}

template <class List>
std::string any(Random& random, const List& list) {
  return std::string(list[below(random, std::size(list))]);
}

Words words_of(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

std::string spoken(const Words& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

char small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool is_plain(char c) {
  const char s = small(c);
  return (s >= 'a' && s <= 'z') || (s >= '0' && s <= '9');
}

// Where a letter of ASCII stands; nothing in a text without any.
std::vector<std::size_t> plain_places(const std::string& text) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_plain(text[i])) places.push_back(i);
  }
  return places;
}

constexpr const char* cities[] = {"Jakarta", "Bandung", "Medan",  "Makassar", "Bekasi", "Sleman",
                                  "Batam",   "Kudus",   "Jaksel", "Cikarang", "Palu",   "Riau"};
constexpr const char* before[] = {
    "Pinjaman", "Pinjol", "KTA",   "e-",     "i-",      "my",        "neo",  "super",
    "New ",     "The ",   "Grup ", "CV ",    "UD ",     "Koperasi ", "KSP ", "Yayasan ",
    "Perum ",   "Bank ",  "BPR ",  "UUS ",   "Admin ",  "CS ",       "@",    "#",
    "www.",     "PT",     "Agen ", "Mitra ", "Dompet ", "Pusat "};
constexpr const char* behind[] = {"ku",
                                  "mu",
                                  "nya",
                                  "kita",
                                  "aja",
                                  "in",
                                  "pay",
                                  "go",
                                  " Ku",
                                  ".id",
                                  ".com",
                                  ".apk",
                                  " apk",
                                  " mod",
                                  " mod apk",
                                  " v2",
                                  " 2.0",
                                  " Plus",
                                  " Pro",
                                  " Lite",
                                  " VIP",
                                  " 24 Jam",
                                  " Resmi",
                                  " Official",
                                  " OJK",
                                  " Ltd",
                                  " Inc",
                                  " Pte Ltd",
                                  "Tbk",
                                  " Syariah",
                                  " II",
                                  " 88",
                                  " Finance",
                                  " Sekuritas",
                                  " Insurance",
                                  " Group",
                                  " & Partners",
                                  " tanpa BI checking",
                                  " cair hari ini"};
constexpr const char* kinds[] = {"bank",      "bpr",      "bprs",         "pt",
                                 "koperasi",  "asuransi", "sekuritas",    "finance",
                                 "indonesia", "syariah",  "multifinance", "tbk"};
constexpr const char* twins[][2] = {
    {"a", "\u0430"},     {"a", "\u03b1"}, {"b", "\u0184"}, {"c", "\u0441"},     {"d", "\u0501"},
    {"e", "\u0435"},     {"g", "\u0261"}, {"h", "\u04bb"}, {"i", "\u0456"},     {"i", "\u0131"},
    {"i", "\u0130"},     {"j", "\u0458"}, {"k", "\u03ba"}, {"k", "\u212a"},     {"l", "\u04cf"},
    {"m", "\u043c"},     {"n", "\u0578"}, {"o", "\u043e"}, {"o", "\u03bf"},     {"p", "\u0440"},
    {"r", "\u0433"},     {"s", "\u0455"}, {"s", "\u017f"}, {"t", "\u03c4"},     {"u", "\u057d"},
    {"v", "\u03bd"},     {"w", "\u051d"}, {"x", "\u0445"}, {"y", "\u0443"},     {"a", "\u1d00"},
    {"a", "\U0001d41a"}, {"b", "\u24d1"}, {"c", "\u1d9c"}, {"d", "\U0001d555"}, {"a", "\u00aa"}};
constexpr const char* digits[][2] = {{"o", "0"}, {"i", "1"}, {"l", "1"}, {"z", "2"}, {"e", "3"},
                                     {"a", "4"}, {"s", "5"}, {"g", "6"}, {"t", "7"}, {"b", "8"}};
constexpr const char* unseen[] = {"\u200b", "\u200c", "\u200d", "\u2060",     "\ufeff", "\u00ad",
                                  "\u200e", "\u200f", "\u202e", "\u034f",     "\ufe0f", "\u3164",
                                  "\u115f", "\u180e", "\u2061", "\U000e0061", "\x01",   "\x7f"};
constexpr const char* marks[] = {"\u0301", "\u0300", "\u0323", "\u0338", "\u0308", "\u20dd"};
constexpr const char* pictures[] = {
    "\u2705", "\u2122", "\u00ae", "\u2605", "\u2611\ufe0f", "\U0001f4b0", "\U0001f1ee\U0001f1e9"};
constexpr const char* broken[] = {"\xff", "\xc0\xaf", "\xe2\x82", "\xed\xa0\x80",
                                  "%20",  "&nbsp;",   "\\n",      "\\u200b"};
constexpr const char* talk[][2] = {{"min mau tanya ", " aman ga ya"},
                                   {"", " itu terdaftar?"},
                                   {"apk ", " ojk bukan"},
                                   {"is ", " legit or scam"},
                                   {"saya ditawari ", ", gimana?"},
                                   {"cek ", " dong kak"},
                                   {"\"", "\" palsu"},
                                   {"bukan ", ""},
                                   {"bedanya ", " sama aslinya"}};

// A letter of ours for one that looks like it; the text as it was where it has none of them.
template <class Pairs>
std::string with_twin(std::string text, Random& random, const Pairs& pairs) {
  for (int tries = 0; tries < 60; ++tries) {
    const auto& pair = pairs[below(random, std::size(pairs))];
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (small(text[i]) == pair[0][0]) places.push_back(i);
    }
    if (!places.empty()) return text.replace(places[below(random, places.size())], 1, pair[1]);
  }
  return text;
}

std::string at_a_letter(std::string text, Random& random, const std::string& put) {
  const std::vector<std::size_t> places = plain_places(text);
  if (places.empty()) return text + put;
  return text.insert(places[below(random, places.size())] + 1, put);
}

std::string initials(const std::string& text, const char* between) {
  std::string out;
  for (const std::string& word : words_of(text))
    out += (out.empty() ? "" : between) + word.substr(0, 1);
  return out;
}

std::string without_kinds(const std::string& text) {
  Words kept;
  for (const std::string& word : words_of(text)) {
    std::string plain;
    for (const char c : word) {
      if (is_plain(c)) plain += small(c);
    }
    const bool kind = std::find(std::begin(kinds), std::end(kinds), plain) != std::end(kinds);
    if (!kind) kept.push_back(word);
  }
  return spoken(kept);
}

std::string swapped_words(const std::string& text, Random& random) {
  Words words = words_of(text);
  if (words.size() < 2) return text;
  const std::size_t at = below(random, words.size() - 1);
  std::swap(words[at], words[at + 1]);
  return spoken(words);
}

std::string doubled_or_halved_word(const std::string& text, Random& random) {
  Words words = words_of(text);
  if (words.empty()) return text;
  const std::size_t at = below(random, words.size());
  if (below(random, 2) == 0)
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), words[at]);
  else
    words[at] = words[at].substr(0, (words[at].size() + 1) / 2);
  return spoken(words);
}

// Words run together or torn apart, and something lost on the way.
std::string torn(std::string text, Random& random) {
  const std::vector<std::size_t> places = plain_places(text);
  if (places.size() < 3) return text;
  text.erase(places[below(random, places.size())], 1);
  if (below(random, 2) == 0) text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  return text.insert(below(random, text.size()), below(random, 2) == 0 ? " " : "-");
}

std::string slipped(std::string text, Random& random) {
  const std::vector<std::size_t> places = plain_places(text);
  if (places.size() < 2) return text;
  const std::size_t at = places[below(random, places.size() - 1)];
  switch (below(random, 4)) {
    case 0:
      std::swap(text[at], text[at + 1]);
      break;
    case 1:
      text.insert(at, 1, text[at]);
      break;
    case 2:
      text.erase(at, 1);
      break;
    default:
      text[at] = static_cast<char>('a' + below(random, 26));
  }
  return text;
}

std::string as_address(const std::string& text, Random& random) {
  std::string host;
  for (const char c : text) {
    if (is_plain(c)) host += small(c);
  }
  constexpr const char* schemes[] = {
      "",      "https://", "http://www.",
      "t.me/", "wa.me/",   "https://play.google.com/store/apps/details?id=com."};
  constexpr const char* ends[] = {"-id.com", ".co",      ".my.id",     ".xyz/ojk.go.id",   ".loan",
                                  "_bot",    ".app.apk", "@ojk.go.id", ".co.id.login.top", ""};
  return any(random, schemes) + host + any(random, ends);
}

struct Trick {
  const char* name;
  std::string (*play)(const std::string& text, const std::string& other, Random& random);
};

#define TRICK(name, made)                                                                       \
  Trick {                                                                                       \
    name,                                                                                       \
        []([[maybe_unused]] const std::string& text, [[maybe_unused]] const std::string& other, \
           [[maybe_unused]] Random& random) -> std::string { return made; }                     \
  }

const Trick all_tricks[] = {
    TRICK("city", below(random, 2) == 0 ? text + " " + any(random, cities)
                                        : any(random, cities) + " " + text),
    TRICK("branch", text + " cabang " + any(random, cities)),
    TRICK("before", any(random, before) + (below(random, 2) == 0 ? " " : "") + text),
    TRICK("behind", text + any(random, behind)),
    TRICK("sandwich", any(random, before) + text + any(random, behind)),
    TRICK("words swapped", swapped_words(text, random)),
    TRICK("kinds dropped", without_kinds(text)),
    TRICK("word doubled or halved", doubled_or_halved_word(text, random)),
    TRICK("torn", torn(text, random)),
    TRICK("digits", with_twin(text, random, digits)),
    TRICK("twins", with_twin(text, random, twins)),
    TRICK("unseen", at_a_letter(text, random, any(random, unseen))),
    TRICK("marks", at_a_letter(text, random, any(random, marks))),
    TRICK("pictures", below(random, 2) == 0 ? text + any(random, pictures)
                                            : any(random, pictures) + " " + text),
    TRICK("broken", at_a_letter(text, random, any(random, broken))),
    TRICK("slip", slipped(text, random)),
    TRICK("two slips", slipped(slipped(text, random), random)),
    TRICK("initials", initials(text, "") + any(random, behind)),
    TRICK("initials with points", initials(text, ".") + " " + any(random, cities)),
    TRICK("two names", text + " " + other),
    TRICK("two names with a sign", text + (below(random, 2) == 0 ? " x " : " & ") + other),
    TRICK("half and half", text.substr(0, text.size() / 2) + other.substr(other.size() / 2)),
    TRICK("address", as_address(text, random)),
    TRICK("address beside", text + " " + as_address(text, random)),
    TRICK("talk",
          [&] {
            const auto& pair = talk[below(random, std::size(talk))];
            return pair[0] + text + pair[1];
          }()),
    TRICK("number", text + " " + std::to_string(below(random, 2'000))),
    TRICK("number within", at_a_letter(text, random, std::to_string(below(random, 10)))),
    TRICK("telephone", text + " 08" + std::to_string(10'000'000 + below(random, 90'000'000)))};

#undef TRICK

// Small letters and digits of words, without the words for legal forms.
std::string form(std::string_view name, bool punctuation_parts) {
  std::string plain;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (is_plain(c) || byte >= 0x80 || (byte < 0x20 && !blank) || byte == 0x7f)
      plain += small(c);
    else if (blank || punctuation_parts)
      plain += ' ';
  }
  std::string out;
  for (const std::string& word : words_of(plain)) {
    if (word != "pt" && word != "tbk" && word != "persero") out += word;
  }
  return out;
}

}  // namespace

ScamNames::ScamNames(std::vector<std::string> names, std::uint64_t seed)
    : names_(std::move(names)), random_(seed) {}

std::string ScamNames::next() {
  std::string text = names_[below(random_, names_.size())];
  tricks_.clear();
  // Most with one: the more tricks, the easier it is to see.
  const std::size_t count = below(random_, 3) < 2 ? 1 : 2 + below(random_, 2);
  for (std::size_t i = 0; i < count; ++i) {
    const Trick& trick = all_tricks[below(random_, std::size(all_tricks))];
    text = trick.play(text, names_[below(random_, names_.size())], random_);
    tricks_ += (tricks_.empty() ? "" : ", ") + std::string(trick.name);
  }
  return text;
}

void ListedNames::add(std::string_view name) {
  for (const bool parts : {true, false}) {
    if (std::string made = form(name, parts); !made.empty()) forms_.insert(std::move(made));
  }
}

bool ListedNames::hold(std::string_view query) const {
  return forms_.contains(form(query, true)) || forms_.contains(form(query, false));
}

}  // namespace alur::tests

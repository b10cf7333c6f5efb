// Figures are brought to one canonical form by their separators, then multiplied by words.
#include "engine/value/typed_number.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

namespace alur::value {

namespace {

constexpr std::array<Word, 25> number_words{
    {{"nol", 0},      {"satu", 1},     {"dua", 2},   {"tiga", 3},    {"empat", 4},
     {"lima", 5},     {"enam", 6},     {"tujuh", 7}, {"delapan", 8}, {"sembilan", 9},
     {"sepuluh", 10}, {"sebelas", 11}, {"zero", 0},  {"one", 1},     {"two", 2},
     {"three", 3},    {"four", 4},     {"five", 5},  {"six", 6},     {"seven", 7},
     {"eight", 8},    {"nine", 9},     {"ten", 10},  {"eleven", 11}, {"twelve", 12}}};

constexpr std::array<Word, 3> minus_words{{{"minus", 0}, {"negatif", 0}, {"negative", 0}}};

// One of a unit in a single word.
constexpr std::array<Word, 5> unit_words{{{"seratus", 100},
                                          {"seribu", 1'000},
                                          {"sejuta", 1'000'000},
                                          {"semiliar", 1'000'000'000},
                                          {"semilyar", 1'000'000'000}}};

// `m` alone is a milliard to one and a million to another, so it is neither.
constexpr std::array<Word, 14> multipliers{{{"rb", 1'000},
                                            {"ribu", 1'000},
                                            {"k", 1'000},
                                            {"thousand", 1'000},
                                            {"jt", 1'000'000},
                                            {"juta", 1'000'000},
                                            {"million", 1'000'000},
                                            {"miliar", 1'000'000'000},
                                            {"milyar", 1'000'000'000},
                                            {"billion", 1'000'000'000},
                                            {"bn", 1'000'000'000},
                                            {"triliun", 1'000'000'000'000},
                                            {"trilyun", 1'000'000'000'000},
                                            {"trillion", 1'000'000'000'000}}};

constexpr std::array<Word, 2> hundreds{{{"ratus", 100}, {"hundred", 100}}};
constexpr std::array<Word, 2> currency_prefixes{{{"rp", 0}, {"idr", 0}}};
constexpr std::array<Word, 3> currency_suffixes{{{"rupiah", 0}, {"rp", 0}, {"idr", 0}}};

// What separates the groups and what begins the fraction; 0 where there is none.
struct Separators {
  char group = '\0';
  char point = '\0';
};

// One separator, standing once.
std::optional<Separators> single_separator(std::string_view figures, std::size_t at, Tongue tongue,
                                           bool rupiah) {
  const char separator = figures[at];
  const bool may_group =
      figures.size() - at - 1 == 3 && at >= 1 && at <= 3 && figures.front() != '0';
  if (!may_group) return Separators{'\0', separator};
  if (rupiah) return Separators{separator, '\0'};
  if (tongue == Tongue::other) return std::nullopt;
  const char group = tongue == Tongue::indonesian ? '.' : ',';
  return separator == group ? Separators{separator, '\0'} : Separators{'\0', separator};
}

std::optional<Separators> separators_of(std::string_view figures, Tongue tongue, bool rupiah) {
  const auto dots = std::count(figures.begin(), figures.end(), '.');
  const auto commas = std::count(figures.begin(), figures.end(), ',');
  if (dots + commas == 0) return Separators{};
  const std::size_t last = figures.find_last_of(".,");
  if (dots + commas == 1) return single_separator(figures, last, tongue, rupiah);
  if (dots == 0 || commas == 0) return Separators{figures[last], '\0'};
  const bool dot_is_point = figures[last] == '.';
  if ((dot_is_point ? dots : commas) != 1) return std::nullopt;
  return dot_is_point ? Separators{',', '.'} : Separators{'.', ','};
}

// One to three digits, the first no zero, then threes.
bool is_grouped(std::string_view whole, char group) {
  std::size_t size = whole.find(group);
  if (size == 0 || size > 3 || whole.front() == '0') return false;
  for (whole.remove_prefix(size); !whole.empty(); whole.remove_prefix(size)) {
    whole.remove_prefix(1);
    size = std::min(whole.find(group), whole.size());
    if (size != 3) return false;
  }
  return true;
}

// As Decimal reads it.
std::optional<std::string> canonical_figures(std::string_view figures, Separators separators) {
  const std::size_t point =
      separators.point == '\0' ? figures.npos : figures.find(separators.point);
  const std::string_view whole = figures.substr(0, point);
  if (separators.group != '\0' && !is_grouped(whole, separators.group)) return std::nullopt;
  std::string out;
  std::copy_if(whole.begin(), whole.end(), std::back_inserter(out), is_digit);
  if (out.empty()) out.push_back('0');
  if (point != figures.npos) (out += '.') += figures.substr(point + 1);
  return out;
}

// Before the point, that is: a fraction too fine to hold is refused, not rounded.
bool has_too_many_digits(std::string_view canonical) {
  const std::string_view whole = canonical.substr(0, canonical.find('.'));
  const std::size_t zeros = std::min(whole.find_first_not_of('0'), whole.size());
  return whole.size() - zeros > Decimal::digits_max;
}

Amount times(Amount amount, std::int64_t factor) {
  const Decimal product = multiply(amount.number, Decimal::from_integer(factor));
  const bool saturated = divide(product, Decimal::from_integer(factor)) != amount.number;
  return {product, amount.overflows || saturated};
}

// A part of a number: so many of a unit.
struct Part {
  Amount amount;
  std::int64_t unit = 1;
  bool whole = true;  // no fraction of its unit
};

void multiply_by(const Word* multiplier, Part& part) {
  if (multiplier == nullptr) return;
  part.amount = times(part.amount, multiplier->meaning);
  part.unit = multiplier->meaning;
}

std::optional<Part> take_part(TypedScan& scan, Tongue tongue, bool rupiah) {
  TypedScan ahead = scan;
  ahead.skip_blank();
  Part part;
  if (const auto figures = take_figures(ahead, tongue, rupiah)) {
    part = {*figures, 1, figures->number.is_integer()};
  } else if (tongue == Tongue::other) {
    return std::nullopt;
  } else if (const Word* one = ahead.take_word(unit_words)) {
    part = {{Decimal::from_integer(one->meaning)}, one->meaning};
  } else if (const Word* few = ahead.take_word(number_words)) {
    part = {{Decimal::from_integer(few->meaning)}};
  } else {
    return std::nullopt;
  }
  if (tongue != Tongue::other) {
    multiply_by(ahead.take_word(hundreds), part);
    multiply_by(ahead.take_word(multipliers), part);
  }
  scan = ahead;
  return part;
}

// 2 juta 500 ribu: whole parts, each smaller than the unit before, each with a unit of its own.
// What "2 juta 500" or "1,5 juta 500 ribu" means depends on who says it.
std::optional<Amount> take_sum(TypedScan& scan, Tongue tongue, bool rupiah) {
  const auto first = take_part(scan, tongue, rupiah);
  if (!first) return std::nullopt;
  Amount sum = first->amount;
  bool whole = first->whole;
  std::int64_t unit = first->unit;
  while (unit > 1) {
    const auto next = take_part(scan, tongue, rupiah);
    if (!next) break;
    whole = whole && next->whole;
    const bool descends = next->amount.number < Decimal::from_integer(unit);
    if (next->unit == 1 || !descends || !whole) return std::nullopt;
    sum = {add(sum.number, next->amount.number), sum.overflows || next->amount.overflows};
    unit = next->unit;
  }
  return sum;
}

// Its own blank after a sign makes it a dash: "- 5" is an item of a list.
bool take_sign(TypedScan& scan, Tongue tongue) {
  if (tongue != Tongue::other && scan.take_word(minus_words) != nullptr) {
    scan.skip_blank();
    return true;
  }
  return scan.take_any("+-") == '-';
}

bool take_currency_prefix(TypedScan& scan) {
  if (scan.take_word(currency_prefixes) == nullptr) return false;
  scan.take('.');
  return true;
}

}  // namespace

std::optional<Amount> take_figures(TypedScan& scan, Tongue tongue, bool rupiah) {
  TypedScan ahead = scan;
  const std::string_view figures = ahead.take_figures();
  if (figures.empty()) return std::nullopt;
  const auto separators = separators_of(figures, tongue, rupiah);
  if (!separators) return std::nullopt;
  const auto canonical = canonical_figures(figures, *separators);
  if (!canonical) return std::nullopt;
  scan = ahead;
  if (has_too_many_digits(*canonical)) {
    return Amount{Decimal::from_integer(Decimal::mantissa_max), true};
  }
  const auto number = Decimal::parse(*canonical);
  return number ? std::optional(Amount{*number}) : std::nullopt;
}

std::optional<Amount> take_count(TypedScan& scan, Tongue tongue) {
  if (const auto figures = take_figures(scan, tongue, false)) return figures;
  if (tongue == Tongue::other) return std::nullopt;
  TypedScan ahead = scan;
  const Word* word = ahead.take_word(number_words);
  if (word == nullptr) return std::nullopt;
  scan = ahead;
  return Amount{Decimal::from_integer(word->meaning)};
}

std::optional<Amount> read_amount(std::string_view folded, Tongue tongue) {
  TypedScan scan(folded);
  bool negative = take_sign(scan, tongue);
  const bool rupiah = scan.front() != ' ' && take_currency_prefix(scan);
  if (rupiah) scan.skip_blank();
  if (rupiah && !negative) negative = take_sign(scan, tongue);
  if (scan.front() == ' ') return std::nullopt;
  auto amount = take_sum(scan, tongue, rupiah);
  if (!amount) return std::nullopt;
  if (!rupiah) scan.take_word(currency_suffixes);
  if (scan.take_any(",.")) scan.take('-');  // Rp 1.500.000,- and the end of a sentence
  if (!scan.at_end()) return std::nullopt;
  if (negative) amount->number = amount->number.negated();
  return amount;
}

}  // namespace alur::value

// Dates: figures first, then names of months, then words that count from today.
#include "engine/value/typed_time.hpp"

#include <array>

#include "engine/value/typed_number.hpp"

namespace alur::value {

namespace {

constexpr std::array<Word, 41> month_words{
    {{"januari", 1},  {"january", 1},   {"jan", 1},       {"februari", 2},  {"pebruari", 2},
     {"february", 2}, {"feb", 2},       {"maret", 3},     {"march", 3},     {"mar", 3},
     {"april", 4},    {"apr", 4},       {"mei", 5},       {"may", 5},       {"juni", 6},
     {"june", 6},     {"jun", 6},       {"juli", 7},      {"july", 7},      {"jul", 7},
     {"agustus", 8},  {"august", 8},    {"agu", 8},       {"agt", 8},       {"ags", 8},
     {"aug", 8},      {"september", 9}, {"sep", 9},       {"sept", 9},      {"oktober", 10},
     {"october", 10}, {"okt", 10},      {"oct", 10},      {"november", 11}, {"nopember", 11},
     {"nov", 11},     {"nop", 11},      {"desember", 12}, {"december", 12}, {"des", 12},
     {"dec", 12}}};

// Monday is 0.
constexpr std::array<Word, 16> weekday_words{{{"senin", 0},
                                              {"monday", 0},
                                              {"selasa", 1},
                                              {"tuesday", 1},
                                              {"rabu", 2},
                                              {"wednesday", 2},
                                              {"kamis", 3},
                                              {"thursday", 3},
                                              {"jumat", 4},
                                              {"jum'at", 4},
                                              {"friday", 4},
                                              {"sabtu", 5},
                                              {"saturday", 5},
                                              {"minggu", 6},
                                              {"ahad", 6},
                                              {"sunday", 6}}};

// Days from today.
constexpr std::array<Word, 5> near_days{
    {{"yesterday", -1}, {"today", 0}, {"besok", 1}, {"tomorrow", 1}, {"lusa", 2}}};
// With `lusa` or `dulu` behind it, the day before.
constexpr std::array<Word, 3> yesterdays{{{"kemarin", 0}, {"kemaren", 0}, {"kmrn", 0}}};

constexpr std::array<Word, 3> openings{{{"tanggal", 0}, {"tgl", 0}, {"on", 0}}};
constexpr std::array<Word, 4> ordinals{{{"st", 0}, {"nd", 0}, {"rd", 0}, {"th", 0}}};
constexpr std::array<Word, 7> day_counts{
    {{"hari", 1}, {"day", 1}, {"days", 1}, {"minggu", 7}, {"pekan", 7}, {"week", 7}, {"weeks", 7}}};
constexpr std::array<Word, 3> single_counts{{{"sehari", 1}, {"seminggu", 7}, {"sepekan", 7}}};
constexpr std::array<Word, 2> before_words{{{"lalu", 0}, {"ago", 0}}};
constexpr std::array<Word, 3> last_words{{{"lalu", 0}, {"kemarin", 0}, {"kemaren", 0}}};
constexpr std::array<Word, 2> ahead_words{{{"in", 0}, {"dalam", 0}}};
constexpr std::array<Word, 2> which_words{{{"yang", 0}, {"yg", 0}}};

constexpr int counted_days_max = 36'525;

int to_int(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

bool is_one_or_two(std::string_view digits) {
  return digits.size() == 1 || digits.size() == 2;
}

std::optional<int> year_of(std::string_view digits, Date today) {
  if (digits.size() == 4 && digits.front() != '0') return to_int(digits);
  if (digits.size() != 2) return std::nullopt;
  const int first = to_ymd(today).year - 79;
  return first + (to_int(digits) - first % 100 + 100) % 100;
}

std::optional<Date> date_of(std::string_view year, int month, std::string_view day, Date today) {
  const auto full_year = year_of(year, today);
  if (!full_year || !is_one_or_two(day)) return std::nullopt;
  return date_from_ymd(*full_year, month, to_int(day));
}

// One of - / . with blanks around it or not, or a blank.
char take_separator(TypedScan& scan) {
  const bool blank = scan.take(' ');
  const char separator = scan.take_any("-/.");
  if (separator == '\0') return blank ? ' ' : '\0';
  scan.skip_blank();
  return separator;
}

std::optional<Date> take_numeric(TypedScan& scan, Date today) {
  const std::string_view first = scan.take_digits();
  const char separator = take_separator(scan);
  const std::string_view month = scan.take_digits();
  if (take_separator(scan) != separator || separator == '\0') return std::nullopt;
  const std::string_view last = scan.take_digits();
  if (!is_one_or_two(month)) return std::nullopt;
  if (first.size() == 4) return date_of(first, to_int(month), last, today);
  return date_of(last, to_int(month), first, today);
}

// 31 Des 2025, 31-Des-25, 31st of December, 2025.
std::optional<Date> take_day_and_name(TypedScan& scan, Date today) {
  const std::string_view day = scan.take_digits();
  scan.take_word(ordinals);
  scan.take_word("of");
  take_separator(scan);
  const Word* month = scan.take_word(month_words);
  if (day.empty() || month == nullptr) return std::nullopt;
  scan.take(',');
  take_separator(scan);
  return date_of(scan.take_digits(), static_cast<int>(month->meaning), day, today);
}

// December 31, 2025; the year in full, or the figures could be told apart by nothing.
std::optional<Date> take_name_and_day(TypedScan& scan, Date today) {
  const Word* month = scan.take_word(month_words);
  if (month == nullptr) return std::nullopt;
  scan.take('.');
  scan.skip_blank();
  const std::string_view day = scan.take_digits();
  scan.take_word(ordinals);
  scan.take(',');
  scan.skip_blank();
  const std::string_view year = scan.take_digits();
  if (year.size() != 4) return std::nullopt;
  return date_of(year, static_cast<int>(month->meaning), day, today);
}

// Days from today, by one or two words.
std::optional<int> take_near_day(TypedScan& scan) {
  if (const Word* word = scan.take_word(near_days)) return static_cast<int>(word->meaning);
  if (scan.take_word(yesterdays) != nullptr) {
    return scan.take_word("lusa") || scan.take_word("dulu") ? -2 : -1;
  }
  TypedScan ahead = scan;
  if (ahead.take_word("hari") && ahead.take_word("ini")) {
    scan = ahead;
    return 0;
  }
  scan.take_word("the");
  if (!scan.take_word("day")) return std::nullopt;
  if (scan.take_word("after") && scan.take_word("tomorrow")) return 2;
  if (scan.take_word("before") && scan.take_word("yesterday")) return -2;
  return std::nullopt;
}

// So many days, weeks counted by their days: 3 hari, dua minggu, seminggu.
std::optional<int> take_day_count(TypedScan& scan, Tongue tongue) {
  if (const Word* single = scan.take_word(single_counts)) return static_cast<int>(single->meaning);
  scan.skip_blank();
  const auto count = take_count(scan, tongue);
  const Word* unit = scan.take_word(day_counts);
  if (!count || count->overflows || unit == nullptr) return std::nullopt;
  const auto whole = count->number.to_int64();
  if (!whole || *whole * unit->meaning > counted_days_max) return std::nullopt;
  return static_cast<int>(*whole * unit->meaning);
}

// 3 hari lalu, 2 weeks ago, 3 hari lagi, in 3 days.
std::optional<int> take_counted_day(TypedScan& scan, Tongue tongue) {
  const bool ahead = scan.take_word(ahead_words) != nullptr;
  const auto days = take_day_count(scan, tongue);
  if (!days || ahead) return days;
  scan.take_word(which_words);
  if (scan.take_word(before_words) != nullptr) return -*days;
  if (scan.take_word("lagi")) return days;
  if (scan.take_word("from") && (scan.take_word("now") || scan.take_word("today"))) return days;
  return std::nullopt;
}

// Senin lalu, last Monday: the nearest before today. `minggu lalu` may be last week.
std::optional<Date> take_last_weekday(TypedScan& scan, Date today) {
  scan.take_word("hari");
  const bool last = scan.take_word("last");
  const Word* named = scan.take_word(weekday_words);
  if (named == nullptr || named->word == "minggu") return std::nullopt;
  if (!last) {
    scan.take_word(which_words);
    if (scan.take_word(last_words) == nullptr) return std::nullopt;
  }
  const int back = static_cast<int>(weekday(today)) - static_cast<int>(named->meaning);
  return add_days(today, back > 0 ? -back : -back - 7);
}

std::optional<Date> take_worded(TypedScan& scan, const TypedDay& day) {
  for (const auto take : {take_day_and_name, take_name_and_day}) {
    TypedScan ahead = scan;
    if (const auto date = take(ahead, day.today)) {
      scan = ahead;
      return date;
    }
  }
  TypedScan ahead = scan;
  auto days = take_near_day(ahead);
  if (!days) {
    ahead = scan;
    days = take_counted_day(ahead, day.tongue);
  }
  if (!days) return std::nullopt;
  scan = ahead;
  return add_days(day.today, *days);
}

}  // namespace

std::optional<Date> take_date(TypedScan& scan, const TypedDay& day) {
  const bool words = day.tongue != Tongue::other;
  if (words) scan.take_word(openings);
  if (TypedScan ahead = scan; words) {
    if (const auto date = take_last_weekday(ahead, day.today)) {
      scan = ahead;
      return date;
    }
  }
  const Word* named = words ? scan.take_word(weekday_words) : nullptr;
  if (named != nullptr) scan.take(',');
  scan.skip_blank();

  TypedScan ahead = scan;
  auto date = take_numeric(ahead, day.today);
  if (!date && words) {
    ahead = scan;
    date = take_worded(ahead, day);
  }
  // A weekday that is another than the date's says that one of them is a slip.
  if (!date || (named != nullptr && static_cast<int>(weekday(*date)) != named->meaning)) {
    return std::nullopt;
  }
  scan = ahead;
  return date;
}

std::optional<Date> read_date(std::string_view folded, const TypedDay& day) {
  TypedScan scan(folded);
  const auto date = take_date(scan, day);
  return scan.take_end() ? date : std::nullopt;
}

}  // namespace alur::value

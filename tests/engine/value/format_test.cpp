// How values look in Indonesian and English, and that other languages have theirs.
#include "engine/value/format.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <thread>
#include <vector>

#include "engine/value/reading.hpp"
#include "tests/engine/value/arbitrary.hpp"
#include "tests/engine/value/reading_tables.hpp"

namespace alur::value {
namespace {

Formatter formatter(std::string_view language) {
  return Formatter(language, *TimeZone::find("Asia/Jakarta"));
}

const Formatter& indonesian() {
  static const Formatter built = formatter("id");
  return built;
}
const Formatter& english() {
  static const Formatter built = formatter("en");
  return built;
}

Decimal number(std::string_view text) {
  return *Decimal::parse(text);
}
Date date(std::string_view text) {
  return *parse_date(text);
}

TEST(Format, Numbers) {
  const char* table[][3]{
      {"0", "0", "0"},
      {"999", "999", "999"},
      {"1000", "1.000", "1,000"},
      {"-1234567.5", "-1.234.567,5", "-1,234,567.5"},
      {"999999999999999999", "999.999.999.999.999.999", "999,999,999,999,999,999"},
      {"0.000000000000000001", "0,000000000000000001", "0.000000000000000001"},
      {"123456.789", "123.456,789", "123,456.789"},
  };
  for (const auto& [text, in_indonesian, in_english] : table) {
    EXPECT_EQ(indonesian().format_number(number(text)), in_indonesian);
    EXPECT_EQ(english().format_number(number(text)), in_english);
  }
}

TEST(Format, Rupiah) {
  const char* table[][3]{
      {"0", "Rp0", "Rp0"},
      {"1500000", "Rp1.500.000", "Rp1,500,000"},
      {"1500000.5", "Rp1.500.000,50", "Rp1,500,000.50"},
      {"1500000.005", "Rp1.500.000", "Rp1,500,000"},
      {"0.015", "Rp0,02", "Rp0.02"},
      {"-25000", "-Rp25.000", "-Rp25,000"},
  };
  for (const auto& [text, in_indonesian, in_english] : table) {
    EXPECT_EQ(indonesian().format_rupiah(number(text)), in_indonesian);
    EXPECT_EQ(english().format_rupiah(number(text)), in_english);
  }
}

TEST(Format, Percents) {
  EXPECT_EQ(indonesian().format_percent(number("0.125")), "12,5%");
  EXPECT_EQ(english().format_percent(number("0.125")), "12.5%");
  EXPECT_EQ(english().format_percent(number("-1")), "-100%");
  EXPECT_EQ(indonesian().format_percent(number("12.34567")), "1.234,567%");
}

TEST(Format, Dates) {
  EXPECT_EQ(indonesian().format_date(date("2025-12-31")), "31 Desember 2025");
  EXPECT_EQ(english().format_date(date("2025-12-31")), "31 December 2025");
  EXPECT_EQ(indonesian().format_date(date("2025-05-01")), "1 Mei 2025");
  EXPECT_EQ(indonesian().format_short_date(date("2025-12-31")), "31 Des 2025");
  EXPECT_EQ(english().format_short_date(date("2025-12-31")), "31 Dec 2025");
  EXPECT_EQ(indonesian().format_weekday(date("2025-12-31")), "Rabu");
  EXPECT_EQ(english().format_weekday(date("2026-01-04")), "Sunday");
  EXPECT_EQ(indonesian().format_weekday(date("2026-01-05")), "Senin");
  EXPECT_EQ(formatter("en-US").format_date(date("2025-12-31")), "December 31, 2025");
}

TEST(Format, Times) {
  EXPECT_EQ(indonesian().format_time(*parse_time("14:30")), "14.30");
  EXPECT_EQ(english().format_time(*parse_time("14:30:59")), "14:30");
  EXPECT_EQ(indonesian().format_time(*parse_time("00:05")), "00.05");
  const Instant instant = *parse_instant("2025-12-31T17:30:00Z");
  EXPECT_EQ(indonesian().format_datetime(instant), "1 Januari 2026 pukul 00.30");
  EXPECT_EQ(english().format_datetime(instant), "1 January 2026 at 00:30");
}

TEST(Format, Durations) {
  const char* table[][3]{
      {"0s", "0 detik", "0 seconds"},
      {"90m", "1 jam 30 menit", "1 hour 30 minutes"},
      {"150m", "2 jam 30 menit", "2 hours 30 minutes"},
      {"1d", "1 hari", "1 day"},
      {"-10m", "-10 menit", "-10 minutes"},
      {"90061s", "1 hari 1 jam 1 menit 1 detik", "1 day 1 hour 1 minute 1 second"},
      {"1500ms", "1 detik", "1 second"},
      {"5000d", "5.000 hari", "5,000 days"},
  };
  for (const auto& [text, in_indonesian, in_english] : table) {
    EXPECT_EQ(indonesian().format_duration(*parse_duration(text)), in_indonesian);
    EXPECT_EQ(english().format_duration(*parse_duration(text)), in_english);
  }
}

TEST(Format, Lists) {
  const std::vector<std::string> items{"a", "b", "c"};
  const std::span<const std::string> all = items;
  EXPECT_EQ(indonesian().format_list(all), "a, b, dan c");
  EXPECT_EQ(english().format_list(all), "a, b and c");
  EXPECT_EQ(indonesian().format_list(all.first(2)), "a dan b");
  EXPECT_EQ(english().format_list(all.first(1)), "a");
  EXPECT_EQ(english().format_list({}), "");
}

std::string categories(const Formatter& built) {
  std::string out;
  for (const PluralCategory category : built.plural_categories()) {
    (out += to_text(category)) += ' ';
  }
  return out;
}

TEST(Format, Plurals) {
  EXPECT_EQ(categories(indonesian()), "other ");
  EXPECT_EQ(categories(english()), "one other ");
  EXPECT_EQ(categories(formatter("ar")), "zero one two few many other ");
  const auto category = [](const Formatter& built, std::string_view text) {
    return to_text(built.plural_category(number(text)));
  };
  EXPECT_EQ(category(indonesian(), "1"), "other");
  EXPECT_EQ(category(english(), "1"), "one");
  EXPECT_EQ(category(english(), "0"), "other");
  EXPECT_EQ(category(english(), "2"), "other");
  EXPECT_EQ(category(english(), "1.5"), "other");
  EXPECT_EQ(category(english(), "-1"), "one");
  EXPECT_EQ(category(english(), "999999999999999999"), "other");
  const Formatter polish = formatter("pl");
  EXPECT_EQ(category(polish, "1002"), "few");
  EXPECT_EQ(category(polish, "1005"), "many");
  EXPECT_EQ(category(polish, "0.1234567"), "other");
  const Formatter french = formatter("fr");
  EXPECT_EQ(category(french, "1.5"), "one");
  EXPECT_EQ(category(french, "1000000"), "many");
}

TEST(Format, Case) {
  EXPECT_EQ(indonesian().upper("pt. bank é"), "PT. BANK É");
  EXPECT_EQ(indonesian().upper("ii"), "II");
  EXPECT_EQ(indonesian().lower("PT. BANK"), "pt. bank");
  EXPECT_EQ(english().lower("ÉI"), "éi");
  EXPECT_EQ(english().upper("straße"), "STRASSE");
  EXPECT_EQ(indonesian().title("BANK CENTRAL asia don't"), "Bank Central Asia Don't");
  EXPECT_EQ(formatter("tr").upper("i"), "İ");
  EXPECT_EQ(formatter("tr").lower("I"), "ı");
  EXPECT_EQ(english().lower("I"), "i");
}

TEST(Format, OtherLanguages) {
  EXPECT_EQ(formatter("ar").format_number(number("1234.5")), "١٬٢٣٤٫٥");
  EXPECT_EQ(formatter("hi").format_number(number("1234567")), "12,34,567");
  EXPECT_EQ(formatter("de").format_date(date("2025-12-31")), "31. Dezember 2025");
  EXPECT_EQ(formatter("th").format_date(date("2025-12-31")), "31 ธันวาคม 2025");
  EXPECT_EQ(formatter("id-ID").format_number(number("1234.5")), "1.234,5");
}

// What ICU lacks must not take the language of the machine that happens to run it.
TEST(Format, AnUnknownLanguageIsTheRootEverywhere) {
  for (const char* language : {"xx", "", "x", "not a language", "zz-ZZ"}) {
    const Formatter built = formatter(language);
    EXPECT_EQ(built.language(), language);
    EXPECT_EQ(built.format_number(number("-1234.5")), "-1,234.5") << language;
    EXPECT_EQ(built.format_date(date("2025-12-31")), "2025 M12 31") << language;
    EXPECT_EQ(categories(built), "other ") << language;
  }
}

// A citizen who types a number as it was shown means that number.
RC_GTEST_PROP(FormatLaws, WhatIsShownReadsBack, ()) {
  const Decimal any = *testing::any_decimal();
  const char* language = *rc::gen::element("id", "en");
  const Formatter& built = language[0] == 'i' ? indonesian() : english();
  const Reading reading = read_typed(built.format_number(any), plain_type(TypeKind::number),
                                     testing::scene_in(language));
  RC_ASSERT(reading.ok());
  RC_ASSERT(reading.value().number() == any);
}

RC_GTEST_PROP(FormatLaws, DatesAndTimesReadBack, ()) {
  const Date any{*rc::gen::inRange(date_from_ymd(1000, 1, 1)->days, date_max.days + 1)};
  const char* language = *rc::gen::element("id", "en");
  const Formatter& built = language[0] == 'i' ? indonesian() : english();
  for (const std::string& text : {built.format_date(any), built.format_short_date(any),
                                  built.format_weekday(any) + ", " + built.format_date(any)}) {
    const Reading reading =
        read_typed(text, plain_type(TypeKind::date), testing::scene_in(language));
    RC_ASSERT(reading.ok());
    RC_ASSERT(reading.value().date() == any);
  }
  const TimeOfDay time{*rc::gen::inRange(0, 24 * 60) * 60};
  const Reading reading =
      read_typed(built.format_time(time), plain_type(TypeKind::time), testing::scene_in(language));
  RC_ASSERT(reading.ok());
  RC_ASSERT(reading.value().time() == time);
}

TEST(Format, OneForSeveralThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int n = 0; n < 200; ++n) {
        const Decimal amount = Decimal::from_integer(n);
        ASSERT_EQ(english().format_number(amount), std::to_string(n));
        ASSERT_EQ(english().plural_category(amount),
                  n == 1 ? PluralCategory::one : PluralCategory::other);
        ASSERT_EQ(english().format_duration({2 * hour_milliseconds}), "2 hours");
        ASSERT_EQ(english().upper("é"), "É");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace alur::value

// Numbers as they are typed in Indonesian, in English and in figures alone.
#include "tests/engine/value/reading_tables.hpp"

namespace alur::value {
namespace {

using testing::expect_readings;

// What neither language reads differently.
void expect_in_both(std::initializer_list<testing::ReadingRow> rows) {
  for (const char* language : {"id", "en", "id-ID", "en-GB"}) {
    expect_readings(TypeKind::number, language, rows);
  }
}

TEST(ReadingNumber, Figures) {
  expect_in_both({{"0", "0"},
                  {"42", "42"},
                  {"007", "7"},
                  {"1.500.000", "1500000"},
                  {"1,500,000", "1500000"},
                  {"1500000,50", "1500000.5"},
                  {"1500000.50", "1500000.5"},
                  {"1.500.000,50", "1500000.5"},
                  {"1,500,000.50", "1500000.5"},
                  {"1,5", "1.5"},
                  {"1.5", "1.5"},
                  {"1.5000", "1.5"},
                  {"0.500", "0.5"},
                  {"0,500", "0.5"},
                  {".5", "0.5"},
                  {"1500.125", "1500.125"},
                  {"-5", "-5"},
                  {"+5", "5"},
                  {"−5", "-5"},
                  {"5.", "5"},
                  {"１２３", "123"},
                  {"١٢٣", "123"},
                  {"४२", "42"}});
}

TEST(ReadingNumber, WordsAndRupiah) {
  expect_in_both({{"Rp 1.500.000", "1500000"},
                  {"Rp1.500.000,-", "1500000"},
                  {"Rp. 1.500.000,00", "1500000"},
                  {"rp1,500", "1500"},
                  {"Rp 1.500", "1500"},
                  {"IDR 2,000,000", "2000000"},
                  {"2.000.000 rupiah", "2000000"},
                  {"1,5 juta", "1500000"},
                  {"1.5 juta", "1500000"},
                  {"2 jt", "2000000"},
                  {"2jt", "2000000"},
                  {"500rb", "500000"},
                  {"500 RIBU", "500000"},
                  {"500k", "500000"},
                  {"2 million", "2000000"},
                  {"3 miliar", "3000000000"},
                  {"3 milyar rupiah", "3000000000"},
                  {"lima juta", "5000000"},
                  {"lima ratus ribu", "500000"},
                  {"seratus ribu", "100000"},
                  {"seribu", "1000"},
                  {"sejuta", "1000000"},
                  {"seribu lima ratus", "1500"},
                  {"2 juta 500 ribu", "2500000"},
                  {"satu", "1"},
                  {"sepuluh", "10"},
                  {"one", "1"},
                  {"Ten", "10"},
                  {"minus lima", "-5"},
                  {"-Rp 5.000", "-5000"},
                  {"Rp -5.000", "-5000"}});
}

TEST(ReadingNumber, EighteenDigits) {
  expect_in_both({{"Rp 2,5 triliun", "2500000000000"},
                  {"999999999999999999", "999999999999999999"},
                  {"1000000000000000000", "too_large"},
                  {"-1000000000000000000", "too_small"},
                  {"999999 triliun", "999999000000000000"},
                  {"9999999 triliun", "too_large"}});
}

TEST(ReadingNumber, Refuses) {
  for (const char* typed : {"0.1234567890123456789",
                            "1.50.000",
                            "1,500.000,00",
                            "1.500,000.00",
                            "0.500.000",
                            "1.5.0",
                            "1 500",
                            "2 juta 500",
                            "1,5 juta 500 ribu",
                            "2 juta 3 juta",
                            "2m",
                            "- 5",
                            "--5",
                            "5 orang",
                            "sekitar 5",
                            "5%",
                            "$5",
                            "1e3",
                            "5²",
                            "½",
                            "juta",
                            "Rp",
                            ".",
                            "1..5",
                            "",
                            "NaN",
                            "inf",
                            "0x10"}) {
    expect_in_both({{typed, "not_a_number"}});
  }
}

TEST(ReadingNumber, TheLanguageDecidesWhatFiguresLeaveOpen) {
  expect_readings(TypeKind::number, "id",
                  {{"1.500", "1500"},
                   {"1,500", "1.5"},
                   {"12,345", "12.345"},
                   {"-1.500", "-1500"},
                   {"1.500 ribu", "1500000"}});
  expect_readings(TypeKind::number, "en",
                  {{"1.500", "1.5"}, {"1,500", "1500"}, {"12,345", "12345"}, {"-1.500", "-1.5"}});
  expect_readings(TypeKind::number, "ar",
                  {{"1.500", "not_a_number"},
                   {"1,500", "not_a_number"},
                   {"1.5", "1.5"},
                   {"1.500.000", "1500000"},
                   {"Rp 1.500", "1500"},
                   {"٥٠٠", "500"},
                   {"2 juta", "not_a_number"},
                   {"satu", "not_a_number"},
                   {"-5", "-5"}});
}

TEST(ReadingNumber, Integers) {
  Type rating = plain_type(TypeKind::integer);
  rating.low = 1;
  rating.high = 10;
  expect_readings(rating, "id",
                  {{"1", "1"},
                   {"10", "10"},
                   {"sepuluh", "10"},
                   {"2,0", "2"},
                   {"0", "too_small"},
                   {"11", "too_large"},
                   {"-3", "too_small"},
                   {"99999999999999999999", "too_large"},
                   {"2,5", "not_whole"},
                   {"dua setengah", "not_a_number"},
                   {"abc", "not_a_number"}});
}

}  // namespace
}  // namespace alur::value

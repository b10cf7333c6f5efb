// Days, times, datetimes and lengths of time as they are typed. It is Monday, 5 January 2026,
// 09:00.
#include "tests/engine/value/reading_tables.hpp"

namespace alur::value {
namespace {

using testing::expect_readings;
using testing::read_as;

TEST(ReadingDate, TheSameInBothLanguages) {
  for (const char* language : {"id", "en"}) {
    expect_readings(TypeKind::date, language,
                    {{"31/12/2025", "2025-12-31"},
                     {"31-12-2025", "2025-12-31"},
                     {"31.12.2025", "2025-12-31"},
                     {"31 12 2025", "2025-12-31"},
                     {"31 / 12 / 2025", "2025-12-31"},
                     {"31-12-25", "2025-12-31"},
                     {"1/2/2025", "2025-02-01"},
                     {"2025-12-31", "2025-12-31"},
                     {"2025/1/2", "2025-01-02"},
                     {"31 Des 2025", "2025-12-31"},
                     {"31 des. 2025", "2025-12-31"},
                     {"31-Des-25", "2025-12-31"},
                     {"31 Desember 2025", "2025-12-31"},
                     {"31 December 2025", "2025-12-31"},
                     {"31st of December, 2025", "2025-12-31"},
                     {"December 31, 2025", "2025-12-31"},
                     {"2nd Feb 2024", "2024-02-02"},
                     {"17 Agustus 1945", "1945-08-17"},
                     {"17 Agt 1945", "1945-08-17"},
                     {"29/2/2024", "2024-02-29"},
                     {"Rabu, 31 Desember 2025", "2025-12-31"},
                     {"jum'at 2 Januari 2026", "2026-01-02"},
                     {"Jum’at 2 Januari 2026", "2026-01-02"},
                     {"tanggal 1 Mei 2026", "2026-05-01"},
                     {"tgl 1/5/2026.", "2026-05-01"},
                     {"hari ini", "2026-01-05"},
                     {"Hari Ini!", "2026-01-05"},
                     {"kemarin", "2026-01-04"},
                     {"kemarin lusa", "2026-01-03"},
                     {"kemaren", "2026-01-04"},
                     {"kmrn", "2026-01-04"},
                     {"Senin lalu", "2025-12-29"},
                     {"hari Sabtu yang lalu", "2026-01-03"},
                     {"selasa kemarin", "2025-12-30"},
                     {"last Friday", "2026-01-02"},
                     {"Ahad lalu", "2026-01-04"},
                     {"besok", "2026-01-06"},
                     {"lusa", "2026-01-07"},
                     {"today", "2026-01-05"},
                     {"yesterday", "2026-01-04"},
                     {"tomorrow", "2026-01-06"},
                     {"the day before yesterday", "2026-01-03"},
                     {"day after tomorrow", "2026-01-07"},
                     {"3 hari lalu", "2026-01-02"},
                     {"tiga hari yang lalu", "2026-01-02"},
                     {"2 minggu yg lalu", "2025-12-22"},
                     {"seminggu lalu", "2025-12-29"},
                     {"2 weeks ago", "2025-12-22"},
                     {"1 day ago", "2026-01-04"},
                     {"3 hari lagi", "2026-01-08"},
                     {"in 3 days", "2026-01-08"},
                     {"3 days from now", "2026-01-08"},
                     {"３１／１２／２０２５", "2025-12-31"},
                     {"٣١/١٢/٢٠٢٥", "2025-12-31"}});
  }
}

TEST(ReadingDate, Refuses) {
  for (const char* typed : {"",
                            "31/12",
                            "31 Des",
                            "Desember 2025",
                            "2025",
                            "12/31/2025",
                            "32/1/2025",
                            "31/4/2025",
                            "29/2/2025",
                            "29 Februari 1900",
                            "0/1/2025",
                            "1/0/2025",
                            "1/1/0",
                            "1/1/0025",
                            "1/1/20255",
                            "31/12-2025",
                            "31122025",
                            "Kamis, 31 Desember 2025",
                            "Des 31 25",
                            "minggu lalu",
                            "Senin",
                            "last week",
                            "Senin lusa",
                            "bulan lalu",
                            "3 hari",
                            "1,5 hari lalu",
                            "99999999 hari lalu",
                            "besok lusa mungkin",
                            "31/12/2025/1",
                            "31/12/2025 x",
                            "-1/1/2025",
                            "31 Foo 2025",
                            "Mei",
                            "1 2",
                            "satu Mei 2026"}) {
    expect_readings(TypeKind::date, "id", {{typed, "not_a_date"}});
  }
}

TEST(ReadingDate, TwoFiguresOfAYear) {
  expect_readings(TypeKind::date, "id",
                  {{"1/1/46", "2046-01-01"},
                   {"1/1/47", "1947-01-01"},
                   {"1/1/00", "2000-01-01"},
                   {"1/1/85", "1985-01-01"},
                   {"1/1/26", "2026-01-01"}});
}

TEST(ReadingDate, FiguresAloneInOtherLanguages) {
  expect_readings(TypeKind::date, "jv",
                  {{"31/12/2025", "2025-12-31"},
                   {"2025-12-31", "2025-12-31"},
                   {"besok", "not_a_date"},
                   {"31 Des 2025", "not_a_date"}});
}

// 17:30 UTC is half past midnight of the next day in Jakarta.
TEST(ReadingDate, TodayIsTheLocalOne) {
  ReadingScene scene = testing::scene_in("id");
  scene.now = *parse_instant("2026-01-05T17:30:00Z");
  EXPECT_EQ(read_as("hari ini", plain_type(TypeKind::date), scene), "2026-01-06");
}

TEST(ReadingTime, TheSameInBothLanguages) {
  for (const char* language : {"id", "en"}) {
    expect_readings(TypeKind::time, language,
                    {{"14:30", "14:30"},
                     {"14.30", "14:30"},
                     {"9:05", "09:05"},
                     {"09.05", "09:05"},
                     {"14:30:15", "14:30:15"},
                     {"00:00", "00:00"},
                     {"23:59", "23:59"},
                     {"jam 14", "14:00"},
                     {"14", "14:00"},
                     {"pukul 09.00", "09:00"},
                     {"pukul 14.30 WIB", "14:30"},
                     {"jam 2 siang", "14:00"},
                     {"2 siang", "14:00"},
                     {"jam 2.30 siang", "14:30"},
                     {"jam 12 siang", "12:00"},
                     {"jam 11 siang", "11:00"},
                     {"jam 7 pagi", "07:00"},
                     {"jam 4 sore", "16:00"},
                     {"16.00 sore", "16:00"},
                     {"jam 7 malam", "19:00"},
                     {"jam 12 malam", "00:00"},
                     {"jam 1 malam", "01:00"},
                     {"jam 2 dini hari", "02:00"},
                     {"2pm", "14:00"},
                     {"2 PM", "14:00"},
                     {"2:30 pm", "14:30"},
                     {"2.30 p.m.", "14:30"},
                     {"12 am", "00:00"},
                     {"12pm", "12:00"},
                     {"at 9 am", "09:00"},
                     {"noon", "12:00"},
                     {"midnight", "00:00"},
                     {"１４：３０", "14:30"}});
  }
}

TEST(ReadingTime, Refuses) {
  for (const char* typed : {"",
                            "2",
                            "jam 2",
                            "12",
                            "24:00",
                            "25",
                            "14:60",
                            "14:5",
                            "1430",
                            "14:30:60",
                            "13 pm",
                            "0 am",
                            "jam 2 pagi siang",
                            "jam 12 pagi",
                            "jam 8 siang",
                            "jam 5 malam",
                            "jam 20 pagi",
                            "14.30 WITA",
                            "setengah tiga",
                            "siang",
                            "14:30 x",
                            "14;30",
                            "-2 pm",
                            "2 dini"}) {
    expect_readings(TypeKind::time, "id", {{typed, "not_a_time"}});
  }
  expect_readings(TypeKind::time, "jv", {{"14:30", "14:30"}, {"2pm", "not_a_time"}});
}

TEST(ReadingDatetime, ADateThenATime) {
  expect_readings(TypeKind::datetime, "id",
                  {{"31/12/2025 14:30", "2025-12-31T07:30:00Z"},
                   {"31-12-25 14.30", "2025-12-31T07:30:00Z"},
                   {"31 Des 2025, pukul 14.30 WIB", "2025-12-31T07:30:00Z"},
                   {"2025-12-31T14:30", "2025-12-31T07:30:00Z"},
                   {"besok jam 2 siang", "2026-01-06T07:00:00Z"},
                   {"tomorrow at 2pm", "2026-01-06T07:00:00Z"},
                   {"3 hari lalu jam 9 pagi", "2026-01-02T02:00:00Z"},
                   {"besok", "not_a_time"},
                   {"besok jam 2", "not_a_time"},
                   {"31/12/202514:30", "not_a_date"},
                   {"14:30", "not_a_date"},
                   {"14:30 31/12/2025", "not_a_date"},
                   {"31/2/2025 14:30", "not_a_date"},
                   {"", "not_a_date"}});
}

TEST(ReadingDuration, Reads) {
  expect_readings(TypeKind::duration, "id",
                  {{"10m", "10m"},
                   {"10 menit", "10m"},
                   {"2 jam", "2h"},
                   {"dua jam", "2h"},
                   {"3 hari", "3d"},
                   {"2 hours", "2h"},
                   {"1h30m", "90m"},
                   {"1 jam 30 menit", "90m"},
                   {"1 jam, 30 menit", "not_a_duration"},
                   {"1 jam dan 30 menit", "90m"},
                   {"an hour and 5 minutes", "65m"},
                   {"setengah jam", "30m"},
                   {"satu setengah jam", "90m"},
                   {"half an hour", "30m"},
                   {"1,5 jam", "90m"},
                   {"0.5 s", "500ms"},
                   {"seminggu", "7d"},
                   {"2 minggu", "14d"},
                   {"90 detik", "90s"},
                   {"0 detik", "0s"},
                   {"selama 2 hari", "2d"},
                   {"", "not_a_duration"},
                   {"5", "not_a_duration"},
                   {"jam", "not_a_duration"},
                   {"-5 menit", "not_a_duration"},
                   {"30 menit 1 jam", "not_a_duration"},
                   {"1 jam 1 jam", "not_a_duration"},
                   {"1 bulan", "not_a_duration"},
                   {"1 jam 30", "not_a_duration"},
                   {"0,0001 detik", "not_a_duration"},
                   {"99999999999999999999 hari", "not_a_duration"},
                   {"9999999999 hari", "not_a_duration"}});
  expect_readings(TypeKind::duration, "jv",
                  {{"10m", "10m"}, {"1h 30m", "90m"}, {"2 jam", "not_a_duration"}});
}

}  // namespace
}  // namespace alur::value

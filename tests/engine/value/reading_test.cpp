// Texts, yes and no, choices, telephones and e-mail as they are typed; what cannot be typed at all.
#include "engine/value/reading.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/value/text.hpp"
#include "tests/engine/value/arbitrary.hpp"
#include "tests/engine/value/reading_tables.hpp"

namespace alur::value {
namespace {

using testing::expect_readings;

TEST(Mismatch, NamesComeBack) {
  for (int i = 0; i < mismatch_count; ++i) {
    const auto mismatch = static_cast<Mismatch>(i);
    EXPECT_EQ(parse_mismatch(to_text(mismatch)), mismatch);
    EXPECT_FALSE(meaning(mismatch).empty());
  }
  EXPECT_EQ(mismatch_count, 14);
  EXPECT_EQ(parse_mismatch("too_short"), Mismatch::too_short);
  EXPECT_EQ(parse_mismatch("too_shortt"), std::nullopt);
}

TEST(ReadingText, TrimsComposesAndMeasures) {
  Type type = plain_type(TypeKind::text);
  type.low = 2;
  type.high = 5;
  expect_readings(type, "id",
                  {{"halo", "\"halo\""},
                   {"  halo \n", "\"halo\""},
                   {"caf\u0065\u0301", "\"café\""},
                   {"a b", "\"a b\""},
                   {"ab", "\"ab\""},
                   {"a", "too_short"},
                   {"  a  ", "too_short"},
                   {"", "too_short"},
                   {"\u200b\u00a0", "too_short"},
                   {"abcdef", "too_long"},
                   {"😀😀", "\"😀😀\""},
                   {"😀😀😀", "too_long"},
                   {"e\u0301e\u0301e\u0301e\u0301e\u0301", "\"ééééé\""},
                   {"\xff\xff", "\"\ufffd\ufffd\""}});
  type.low = 0;
  expect_readings(type, "id", {{"", "\"\""}});
}

TEST(ReadingBoolean, YesAndNo) {
  for (const char* language : {"id", "en"}) {
    for (const char* typed : {"ya", "Iya", "YES", "y", "betul", "Benar!", "ya, betul", "oke", "yup",
                              "sudah", "👍", "👍🏿", "✅"}) {
      expect_readings(TypeKind::boolean, language, {{typed, "true"}});
    }
    for (const char* typed : {"tidak", "Tidak.", "no", "n", "bukan", "nggak", "ngga", "gak",
                              "belum", "bukan, salah", "👎", "❌"}) {
      expect_readings(TypeKind::boolean, language, {{typed, "false"}});
    }
    for (const char* typed : {"", "mungkin", "tidak benar", "ya tidak", "yatidak", "1",
                              "no problem", "yesterday", "?"}) {
      expect_readings(TypeKind::boolean, language, {{typed, "not_yes_or_no"}});
    }
  }
  expect_readings(TypeKind::boolean, "jv", {{"ya", "not_yes_or_no"}, {"👍", "true"}});
}

TEST(ReadingChoice, ByTheNamesOfItsMembers) {
  Type type = plain_type(TypeKind::choice);
  type.members = {"full", "restricted", "not_found"};
  expect_readings(type, "id",
                  {{"full", "full"},
                   {" FULL! ", "full"},
                   {"not found", "not_found"},
                   {"fully", "no_option"},
                   {"", "no_option"},
                   {"!", "no_option"}});
}

TEST(ReadingPhone, Indonesian) {
  expect_readings(TypeKind::phone, "id",
                  {{"081234567890", "\"+6281234567890\""},
                   {"0812-3456-7890", "\"+6281234567890\""},
                   {"0812 3456 7890", "\"+6281234567890\""},
                   {"6281234567890", "\"+6281234567890\""},
                   {"+6281234567890", "\"+6281234567890\""},
                   {"+62 812-3456-7890", "\"+6281234567890\""},
                   {"+62 (0) 812 3456 7890", "\"+6281234567890\""},
                   {"+62 0812 3456 7890", "\"+6281234567890\""},
                   {"006281234567890", "\"+6281234567890\""},
                   {"(021) 555-1234", "\"+62215551234\""},
                   {"\u202a+62 812\u2011345\u20116789\u202c", "\"+628123456789\""},
                   {"０８１２３４５６７８９０", "\"+6281234567890\""},
                   {"٠٨١٢٣٤٥٦٧٨٩٠", "\"+6281234567890\""}});
}

TEST(ReadingPhone, Others) {
  expect_readings(TypeKind::phone, "en",
                  {{"+1 (415) 555-2671", "\"+14155552671\""},
                   {"+44 20 7946 0958", "\"+442079460958\""},
                   {"0065 6123 4567", "\"+6561234567\""},
                   {"+12345678", "\"+12345678\""},
                   {"+123456789012345", "\"+123456789012345\""}});
}

TEST(ReadingPhone, Refuses) {
  for (const char* typed : {"",
                            "157",
                            "110",
                            "8123456789",
                            "081234567",
                            "081234567890123",
                            "+1234567",
                            "+1234567890123456",
                            "+0123456789",
                            "+62",
                            "+62 1 234 5678",
                            "0012",
                            "0812abc4567",
                            "++6281234567890",
                            "62+81234567890",
                            "0812 3456 7890 ext 3",
                            "((021) 555 1234",
                            "021) 555 1234",
                            "0812/3456/7890",
                            "tidak ada"}) {
    expect_readings(TypeKind::phone, "id", {{typed, "not_a_phone"}});
  }
}

TEST(ReadingEmail, Reads) {
  expect_readings(TypeKind::email, "id",
                  {{"a@b.co", "\"a@b.co\""},
                   {" Siti.Aminah+x@Example.CO.ID ", "\"Siti.Aminah+x@example.co.id\""},
                   {"o'neil@sub-domain.example", "\"o'neil@sub-domain.example\""},
                   {"a@xn--80ak6aa92e.xn--p1ai", "\"a@xn--80ak6aa92e.xn--p1ai\""}});
  const std::string long_local(64, 'a');
  EXPECT_EQ(
      testing::read_as(long_local + "@b.co", plain_type(TypeKind::email), testing::scene_in("id")),
      '"' + long_local + "@b.co\"");
}

TEST(ReadingEmail, Refuses) {
  for (const std::string& typed : {std::string(""),
                                   std::string("a"),
                                   std::string("@"),
                                   std::string("@b.co"),
                                   std::string("a@"),
                                   std::string("a@b"),
                                   std::string("a@b."),
                                   std::string("a@.co"),
                                   std::string("a@b..co"),
                                   std::string("a..b@c.co"),
                                   std::string(".a@b.co"),
                                   std::string("a.@b.co"),
                                   std::string("a b@c.co"),
                                   std::string("a@b c.co"),
                                   std::string("a@b@c.co"),
                                   std::string("a@-b.co"),
                                   std::string("a@b-.co"),
                                   std::string("a@b.c"),
                                   std::string("a@1.2.3.4"),
                                   std::string("é@b.co"),
                                   std::string("a@é.co"),
                                   std::string(65, 'a') + "@b.co",
                                   "a@" + std::string(64, 'b') + ".co",
                                   "a@" + std::string(300, 'b') + ".co"}) {
    expect_readings(TypeKind::email, "id", {{typed, "not_an_email"}});
  }
}

TEST(Reading, WhatCannotBeTyped) {
  for (const TypeKind kind : {TypeKind::record, TypeKind::list, TypeKind::image, TypeKind::document,
                              TypeKind::location}) {
    expect_readings(kind, "id", {{"halo", "wrong_kind"}});
  }
}

TEST(Reading, VeryLongInputIsRefusedAtOnce) {
  const std::string digits(100'000, '1');
  const std::pair<TypeKind, const char*> table[]{{TypeKind::boolean, "not_yes_or_no"},
                                                 {TypeKind::integer, "not_a_number"},
                                                 {TypeKind::number, "not_a_number"},
                                                 {TypeKind::date, "not_a_date"},
                                                 {TypeKind::time, "not_a_time"},
                                                 {TypeKind::datetime, "not_a_date"},
                                                 {TypeKind::duration, "not_a_duration"},
                                                 {TypeKind::phone, "not_a_phone"},
                                                 {TypeKind::email, "not_an_email"},
                                                 {TypeKind::choice, "no_option"},
                                                 {TypeKind::text, "too_long"}};
  for (const auto& [kind, wanted] : table) expect_readings(kind, "id", {{digits, wanted}});
}

// Whatever is typed, what is read is of its type.
RC_GTEST_PROP(ReadingLaws, ReadingsConform, ()) {
  const auto kind = static_cast<TypeKind>(*rc::gen::inRange(0, 16));
  Type type = plain_type(kind);
  type.members = {"a", "b"};
  const auto words = rc::gen::map(
      rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
          "1", "31", "12", "2025", ".", ",", "/", "-", ":", " ", "juta", "jam", "hari", "lalu",
          "Des", "pm", "siang", "Rp", "+", "ya", "besok", "a", "@", "0", "999999999", "m")),
      [](const std::vector<std::string>& parts) {
        std::string out;
        for (const std::string& part : parts) out += part;
        return out;
      });
  const std::string typed = *rc::gen::oneOf(words, testing::any_text(), testing::any_bytes());
  const char* language = *rc::gen::element("id", "en", "jv", "");
  const Reading reading = read_typed(typed, type, testing::scene_in(language));
  if (reading.ok()) {
    const auto why = conforms(reading.value(), type);
    RC_ASSERT(!why);
  }
}

// A number is read back from its canonical text wherever that has no point before three digits.
RC_GTEST_PROP(ReadingLaws, PlainNumbersComeBack, ()) {
  const Decimal number = *testing::any_decimal();
  RC_PRE(number.scale() != 3);
  const Reading reading =
      read_typed(number.to_string(), plain_type(TypeKind::number), testing::scene_in("id"));
  RC_ASSERT(reading.ok());
  RC_ASSERT(reading.value().number() == number);
}

}  // namespace
}  // namespace alur::value

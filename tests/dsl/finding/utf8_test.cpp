#include "dsl/finding/utf8.hpp"

#include <gtest/gtest.h>

namespace alur::dsl {
namespace {

TEST(Utf8, decodes_and_encodes_every_code_point) {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value >= 0xD800 && value <= 0xDFFF) continue;
    std::string bytes;
    append_utf8(bytes, value);
    const CodePoint point = decode_utf8(bytes, 0);
    ASSERT_TRUE(point.valid);
    ASSERT_EQ(point.value, value);
    ASSERT_EQ(point.size, bytes.size());
  }
}

TEST(Utf8, refuses_what_is_not_well_formed) {
  for (const char* const bytes :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xC3", "\xFF"}) {
    EXPECT_FALSE(decode_utf8(bytes, 0).valid);
    EXPECT_EQ(decode_utf8(bytes, 0).size, 1U);
    EXPECT_EQ(find_invalid_utf8(std::string("0123456789é") + bytes), 12U);
  }
  EXPECT_EQ(find_invalid_utf8("plain, é and 😀"), std::string_view::npos);
}

TEST(Utf8, counts_and_mends) {
  EXPECT_EQ(count_code_points("aé😀\xFF"), 4U);
  EXPECT_EQ(to_valid_utf8("a\xFF"
                          "b\xC3"),
            "a\uFFFDb\uFFFD");
}

}  // namespace
}  // namespace alur::dsl

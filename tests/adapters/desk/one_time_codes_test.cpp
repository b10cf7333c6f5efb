// One-time codes against the tables of RFC 4226, RFC 6238 and RFC 4648.
#include "adapters/desk/one_time_codes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace alur::adapters {
namespace {

const std::string rfc_secret = "12345678901234567890";

TEST(OneTimeCodes, AsInRfc4226AppendixD) {
  const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                         "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t i = 0; i < 10; ++i) EXPECT_EQ(code_at(rfc_secret, i), codes[i]) << i;
}

TEST(OneTimeCodes, AsInRfc6238AppendixB) {
  const std::pair<std::int64_t, const char*> cases[] = {
      {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
      {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [seconds, code] : cases) {
    EXPECT_EQ(code_at(rfc_secret, code_step({seconds * 1'000}), 8), code) << seconds;
  }
}

TEST(OneTimeCodes, OneStepOfSlackAndEachOnce) {
  const value::Instant now{1'800'000'015'000};
  const std::uint64_t present = code_step(now);
  for (std::uint64_t back = 0; back < 5; ++back) {
    const std::uint64_t step = present - 2 + back;
    const auto found = find_code_step(rfc_secret, code_at(rfc_secret, step), now, 0);
    EXPECT_EQ(found.has_value(), back >= 1 && back <= 3) << back;
    if (found) {
      EXPECT_EQ(*found, step);
      EXPECT_FALSE(find_code_step(rfc_secret, code_at(rfc_secret, step), now, step));
      EXPECT_FALSE(find_code_step(rfc_secret, code_at(rfc_secret, step), now, step + 1));
      EXPECT_TRUE(find_code_step(rfc_secret, code_at(rfc_secret, step), now, step - 1));
    }
  }
  const std::string code = code_at(rfc_secret, present);
  for (const std::string& wrong : {std::string(), code.substr(1), code + "0", " " + code,
                                   std::string(100'000, '1'), std::string("\0\0\0\0\0\0", 6)}) {
    EXPECT_FALSE(find_code_step(rfc_secret, wrong, now, 0));
  }
  // A clock that stands before 1970 finds nothing and breaks nothing.
  EXPECT_FALSE(find_code_step(rfc_secret, "000000", {-5}, 0));
}

TEST(OneTimeCodes, Base32AsInRfc4648) {
  const std::pair<const char*, const char*> cases[] = {{"", ""},
                                                       {"f", "MY"},
                                                       {"fo", "MZXQ"},
                                                       {"foo", "MZXW6"},
                                                       {"foob", "MZXW6YQ"},
                                                       {"fooba", "MZXW6YTB"},
                                                       {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : cases) {
    EXPECT_EQ(to_base32(bytes), text);
    EXPECT_EQ(from_base32(text), bytes);
  }
  EXPECT_EQ(from_base32("mzxw 6ytb oi"), "foobar");
  for (const char* wrong : {"M", "MZX", "MZXW6Y", "MZ1Q", "MZXQ=", "M\xc3\xa1", "MZ"}) {
    EXPECT_FALSE(from_base32(wrong)) << wrong;
  }
}

TEST(OneTimeCodes, Base32OfAnyBytesComesBack) {
  EXPECT_TRUE(rc::check(
      [](const std::string& bytes) { RC_ASSERT(from_base32(to_base32(bytes)) == bytes); }));
}

TEST(OneTimeCodes, AnyTextIsReadOrRefused) {
  EXPECT_TRUE(rc::check([](const std::string& text) {
    const auto bytes = from_base32(text);
    if (!bytes) return;
    std::string letters;
    for (const char c : text) {
      if (c != ' ') letters += static_cast<char>(std::toupper(c));
    }
    RC_ASSERT(to_base32(*bytes) == letters);
  }));
}

TEST(OneTimeCodes, SecretsAreOfChance) {
  EXPECT_EQ(make_code_secret().size(), code_secret_bytes);
  EXPECT_NE(make_code_secret(), make_code_secret());
}

TEST(OneTimeCodes, TheAddressIsWhatAppsRead) {
  EXPECT_EQ(code_uri("foobar", "Kontak 157 & co", "ani"),
            "otpauth://totp/"
            "Kontak%20157%20%26%20co:ani?secret=MZXW6YTBOI&issuer=Kontak%20157%20%26%20co");
}

}  // namespace
}  // namespace alur::adapters

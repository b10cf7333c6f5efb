#include "adapters/desk/cookie.hpp"

#include <gtest/gtest.h>

#include <set>

#include "adapters/desk/secret.hpp"

namespace alur::adapters {
namespace {

TEST(Cookie, IsWhatBrowsersKeepToThemselves) {
  EXPECT_EQ(to_set_cookie("abc"),
            "__Host-alur-desk=abc; Path=/; Secure; HttpOnly; SameSite=Strict");
  EXPECT_EQ(to_clear_cookie(),
            "__Host-alur-desk=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
}

TEST(Cookie, IsFoundAmongOthers) {
  const std::pair<const char*, const char*> cases[] = {
      {"__Host-alur-desk=abc", "abc"},
      {"a=b; __Host-alur-desk=abc; c=d", "abc"},
      {"a=b;__Host-alur-desk=abc;c", "abc"},
      {" __Host-alur-desk=abc ", "abc"},
      {"__Host-alur-desk=abc; __Host-alur-desk=abc", "abc"},
      {"__Host-alur-desk=abc; __Host-alur-desk=xyz", ""},
      {"x__Host-alur-desk=abc", ""},
      {"__host-alur-desk=abc", ""},
      {"__Host-alur-desk", ""},
      {"__Host-alur-desk=", ""},
      {";;;=;=;", ""},
      {"", ""}};
  for (const auto& [header, expected] : cases) EXPECT_EQ(read_cookie(header), expected) << header;
}

TEST(Cookie, ThePagesTokenIsOfThatCookieOnly) {
  const std::string secret = make_secret();
  const std::string token = page_token(secret);
  EXPECT_EQ(token.size(), 64u);
  EXPECT_TRUE(is_page_token(secret, token));
  EXPECT_FALSE(is_page_token(make_secret(), token));
  EXPECT_FALSE(is_page_token(secret, secret));
  EXPECT_FALSE(is_page_token(secret, ""));
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string other = token;
    other[i] = other[i] == '0' ? '1' : '0';
    EXPECT_FALSE(is_page_token(secret, other)) << i;
  }
}

TEST(Secret, NoTwoAreTheSame) {
  std::set<std::string> secrets;
  for (int i = 0; i < 1'000; ++i) {
    const std::string secret = make_secret();
    EXPECT_EQ(secret.size(), secret_length);
    EXPECT_EQ(hash_of_secret(secret).size(), 32u);
    secrets.insert(secret);
  }
  EXPECT_EQ(secrets.size(), 1'000u);
  EXPECT_EQ(hash_of_secret(std::string(secret_length, '=')), "");
  EXPECT_EQ(hash_of_secret("short"), "");
}

}  // namespace
}  // namespace alur::adapters

#include "adapters/desk/passwords.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace alur::adapters {
namespace {

constexpr PasswordCost cheap{8'192, 1};

std::string fault(const std::string& password) {
  const auto found = check_password(password, "ani.lestari", "Ani Lestari Wulandari");
  return found ? std::string(to_text(*found)) : "";
}

TEST(Passwords, AreWhatTheyHaveToBe) {
  const std::pair<std::string, const char*> cases[] = {
      {"kuda besi makan awan", ""},
      {"xK9#mQ2$vL7p", ""},
      {"correct horse battery staple", ""},
      {"passwordless bicycles overtake", ""},
      {"ani suka makan bakso pedas", ""},
      {"\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe3\x81\xae\xe9\x95\xb7\xe3\x81\x84\xe5\x90\x88"
       "\xe8\xa8\x80\xe8\x91\x89\xe3\x81\xa7\xe3\x81\x99\xe3\x82\x88",
       ""},
      {"elevenchars", "too_short"},
      {"", "too_short"},
      {std::string(6, '\xc3') + "", "unreadable"},
      {"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", "too_short"},
      {std::string(129, 'x'), "too_long"},
      {std::string(10'000'000, 'x'), "too_long"},
      {"with a\ttabulator", "unreadable"},
      {std::string("with a \0 nought", 15), "unreadable"},
      {"ani.lestari1", "own_name"},
      {"AniLestari2026", "own_name"},
      {"wulandari1234", "own_name"},
      {"lestarilestari", "own_name"},
      {"password1234", "common"},
      {"P4ssw0rd2026!!", "common"},
      {"katasandi12345", "common"},
      {"qwertyuiop12", "common"},
      {"123456789012", "common"},
      {"210987654321", "common"},
      {"abcdefghijklmn", "common"},
      {"aaaaaaaaaaaaaaaa", "common"},
      {"abababababab", "common"},
      {"Indonesia-Merdeka-1945", "common"},
      {"bismillah2026", "common"},
      {"administrator!", "common"}};
  for (const auto& [password, expected] : cases) {
    EXPECT_EQ(fault(password), expected) << password.substr(0, 40);
  }
}

TEST(Passwords, TheRealCostIsWhatWasDecided) {
  Passwords passwords;
  const std::string hash = passwords.hash("kuda besi makan awan");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(passwords.verify(hash, "kuda besi makan awan"));
  EXPECT_FALSE(passwords.verify(hash, "kuda besi makan awaN"));
  EXPECT_FALSE(passwords.wants_rehash(hash));
}

TEST(Passwords, TwoHashesOfOneDiffer) {
  Passwords passwords(cheap);
  const std::string first = passwords.hash("kuda besi makan awan");
  const std::string second = passwords.hash("kuda besi makan awan");
  EXPECT_NE(first, second);
  EXPECT_TRUE(passwords.verify(first, "kuda besi makan awan"));
  EXPECT_TRUE(passwords.verify(second, "kuda besi makan awan"));
}

// An e with its accent is one letter or two, by the keyboard: the password is the same.
TEST(Passwords, AreComparedInTheirNormalForm) {
  Passwords passwords(cheap);
  const std::string hash = passwords.hash("caf\xc3\xa9 di atas awan");
  EXPECT_TRUE(passwords.verify(hash, "cafe\xcc\x81 di atas awan"));
  EXPECT_FALSE(passwords.verify(hash, "cafe di atas awan"));
}

TEST(Passwords, WhatIsNoHashFits) {
  Passwords passwords(cheap);
  const std::string hash = passwords.hash("kuda besi makan awan");
  for (const std::string& none :
       {std::string(), std::string("x"), std::string("$argon2id$v=19$"),
        std::string("$argon2id$v=19$m=99999999999,t=2,p=1$c29tZXNhbHQ$aGFzaA"),
        std::string("$argon2i$") + hash.substr(10), std::string(100'000, '$')}) {
    EXPECT_FALSE(passwords.verify(none, "kuda besi makan awan")) << none.substr(0, 50);
    EXPECT_FALSE(passwords.verify(none, ""));
  }
  // Not one byte of it may be another. The last letter of salt and hash has bits that say nothing.
  int other = 0;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    std::string changed = hash;
    changed[i] = changed[i] == 'A' ? 'Q' : 'A';
    if (passwords.verify(changed, "kuda besi makan awan")) ++other;
  }
  EXPECT_EQ(other, 0);
}

TEST(Passwords, NobodyIsAlwaysAsked) {
  Passwords passwords(cheap);
  const std::uint64_t before = passwords.computed();
  EXPECT_FALSE(passwords.verify("", "kuda besi makan awan"));
  EXPECT_FALSE(passwords.verify("", ""));
  EXPECT_EQ(passwords.computed(), before + 2);
}

TEST(Passwords, AnotherCostIsNoticed) {
  Passwords before(cheap);
  Passwords after({16'384, 1});
  EXPECT_TRUE(after.wants_rehash(before.hash("kuda besi makan awan")));
  EXPECT_TRUE(after.wants_rehash("anything"));
}

TEST(Passwords, ManyAtOnce) {
  Passwords passwords(cheap, 2);
  const std::string hash = passwords.hash("kuda besi makan awan");
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 20; ++n) {
        const bool right = (i + n) % 2 == 0;
        EXPECT_EQ(passwords.verify(hash, right ? "kuda besi makan awan" : "wrong"), right);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace alur::adapters

// Whose webhooks are believed: right signatures of right bytes, and nothing else.
#include "adapters/whatsapp/signature.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>

#include "tests/adapters/whatsapp/webhooks.hpp"

namespace alur::tests {
namespace {

using adapters::is_signed;

const std::string secret = "0123456789abcdef0123456789abcdef";
const std::string body = R"({"object":"whatsapp_business_account","entry":[]})";

bool believes(std::string_view what, std::string_view header,
              const std::vector<std::string>& secrets = {secret}) {
  return is_signed(what, header, secrets);
}

// RFC 4231, test cases 1, 2 and 6: not of our making.
TEST(Signature, IsHmacSha256) {
  EXPECT_TRUE(believes("Hi There",
                       "sha256=b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
                       {std::string(20, '\x0b')}));
  EXPECT_TRUE(believes("what do ya want for nothing?",
                       "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                       {"Jefe"}));
  EXPECT_TRUE(believes("Test Using Larger Than Block-Size Key - Hash Key First",
                       "sha256=60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
                       {std::string(131, '\xaa')}));
}

TEST(Signature, IsOfOneOfTwoSecrets) {
  const std::string old = "ffffffffffffffffffffffffffffffff";
  EXPECT_TRUE(believes(body, sign(body, secret), {old, secret}));
  EXPECT_TRUE(believes(body, sign(body, old), {old, secret}));
  EXPECT_FALSE(believes(body, sign(body, "another"), {old, secret}));
}

TEST(Signature, WithoutASecretNothingIsBelieved) {
  EXPECT_FALSE(believes(body, sign(body, ""), {}));
  EXPECT_FALSE(believes(body, sign(body, ""), {""}));
  EXPECT_FALSE(believes(body, sign(body, ""), {"", secret}));
}

TEST(Signature, IsOfTheBytesAsTheyCame) {
  const std::string right = sign(body, secret);
  EXPECT_TRUE(believes(body, right));
  for (const std::string& other :
       {std::string(R"({"object": "whatsapp_business_account", "entry": []})"), body + "\n",
        body.substr(1), "\xef\xbb\xbf" + body, body + std::string(1, '\0'), std::string()}) {
    EXPECT_FALSE(believes(other, right)) << other;
    EXPECT_TRUE(believes(other, sign(other, secret)));
  }
  const std::string escaped = R"({"x":"caf\u00e9"})";
  const std::string raw = R"({"x":"café"})";
  EXPECT_FALSE(believes(raw, sign(escaped, secret)));
  EXPECT_TRUE(believes(raw, sign(raw, secret)));
}

TEST(Signature, BadOnesAreRefused) {
  const std::string right = sign(body, secret);
  const std::string mac = right.substr(7);
  std::set<std::string> bad = {"",
                               "sha256=",
                               "sha256",
                               "=",
                               " ",
                               mac,
                               "sha1=" + mac.substr(0, 40),
                               "sha1=" + mac,
                               "SHA256=" + mac,
                               "Sha256=" + mac,
                               "sha512=" + mac,
                               "sha256:" + mac,
                               "sha256 = " + mac,
                               " " + right,
                               right + " ",
                               right + "\n",
                               right + "0",
                               right + "," + right,
                               right + ", " + right,
                               "sha256=" + mac.substr(1),
                               "sha256=" + mac.substr(0, 63),
                               "sha256=0x" + mac.substr(2),
                               "sha256=" + std::string(64, '0'),
                               "sha256=" + std::string(64, 'f'),
                               "sha256=" + std::string(64, ' '),
                               "sha256=" + std::string(64, '\0'),
                               "sha256=\"" + mac + "\"",
                               "hmac-sha256=" + mac,
                               "v0=" + mac,
                               "Bearer " + mac,
                               std::string(100'000, 'a')};
  std::string upper = right;
  std::transform(upper.begin() + 7, upper.end(), upper.begin() + 7,
                 [](char c) { return static_cast<char>(std::toupper(c)); });
  bad.insert(upper);
  for (std::size_t at = 7; at < right.size(); ++at) {  // one digit another
    std::string other = right;
    other[at] = other[at] == '0' ? '1' : '0';
    bad.insert(other);
  }
  for (const char* key : {"", "0123456789abcdef0123456789abcdeF", "0123456789abcdef",
                          "0123456789abcdef0123456789abcdef ", "test"}) {
    bad.insert(sign(body, key));
  }
  EXPECT_GE(bad.size(), 100u);
  for (const std::string& header : bad) EXPECT_FALSE(believes(body, header)) << header;
  EXPECT_TRUE(believes(body, right));
}

// Every bit of a body counts.
TEST(Signature, ABitThatIsFlippedIsSeen) {
  const std::string right = sign(body, secret);
  for (std::size_t bit = 0; bit < body.size() * 8; ++bit) {
    std::string other = body;
    other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(believes(other, right)) << bit;
  }
}

TEST(Signature, AgreesWithOthersVectors) {
  const char* shared = std::getenv("ALUR_SHARED");
  if (!shared) GTEST_SKIP() << "ALUR_SHARED is not set";
  std::ifstream in(std::string(shared) + "/data/whatsapp/signature-vectors.tsv");
  std::string line;
  std::getline(in, line);
  std::size_t vectors = 0;
  while (std::getline(in, line)) {
    std::vector<std::string> cells;
    for (std::size_t at = 0; at <= line.size();) {
      const std::size_t end = std::min(line.find('\t', at), line.size());
      cells.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    ASSERT_GE(cells.size(), 4u);
    EXPECT_TRUE(believes(cells[2], cells[3], {cells[1]})) << cells[0];
    ++vectors;
  }
  EXPECT_GE(vectors, 6u);
}

}  // namespace
}  // namespace alur::tests

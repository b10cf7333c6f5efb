#include "adapters/webchat/tokens.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <vector>

#include "engine/ports/files.hpp"

namespace alur::tests {
namespace {

using namespace adapters;
namespace fs = std::filesystem;

constexpr std::int64_t now = 1'780'000'000;

TokenKey key_of(unsigned char byte) {
  TokenKey key{};
  key.fill(byte);
  return key;
}

TEST(TokenKeys, OfASecretAreTheSameEachTimeAndOfAnotherSecretOthers) {
  const auto key = token_key_of("one secret of thirty-two letters");
  ASSERT_TRUE(key);
  EXPECT_EQ(key, token_key_of("one secret of thirty-two letters"));
  EXPECT_NE(key, token_key_of("one secret of thirty-two letterS"));
  const Tokens tokens(*key, 7);
  const Token token = tokens.make_fresh(1'000);
  EXPECT_TRUE(Tokens(*token_key_of("one secret of thirty-two letters"), 7)
                  .decode(tokens.encode(token), 1'001));
}

TEST(Tokens, AreReadAsTheyWereWritten) {
  const Tokens tokens(key_of(1), 5);
  std::set<std::string> citizens;
  for (int i = 0; i < 1'000; ++i) {
    const Token token = tokens.make_fresh(now);
    const std::string text = tokens.encode(token);
    ASSERT_LE(text.size(), 100u);
    const auto read = tokens.decode(text, now);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(read->citizen, token.citizen);
    EXPECT_EQ(read->issued_seconds, now);
    citizens.insert(token.citizen);
  }
  EXPECT_EQ(citizens.size(), 1'000u);
}

// RFC 2104 over what docs/webchat.md says is signed, computed once with `openssl dgst -mac HMAC`.
TEST(Tokens, TheSignatureIsHmacSha256) {
  const Tokens tokens(key_of('k'), 5);
  EXPECT_EQ(tokens.encode({"AAAAAAAAAAAAAAAAAAAAAA", now}),
            "1.AAAAAAAAAAAAAAAAAAAAAA.1780000000."
            "pcvA6fF9evyliDgN3ox3nLOM5CCq7F6oZym7zlXyPyw");
}

TEST(Tokens, NoBitOfThemCanBeChanged) {
  const Tokens tokens(key_of(1), 5);
  const std::string text = tokens.encode(tokens.make_fresh(now));
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string forged = text;
      forged[at] = static_cast<char>(forged[at] ^ (1 << bit));
      EXPECT_FALSE(tokens.decode(forged, now)) << forged;
    }
    EXPECT_FALSE(tokens.decode(text.substr(0, at), now));
  }
  EXPECT_FALSE(tokens.decode(text + "x", now));
  EXPECT_FALSE(tokens.decode("", now));
  EXPECT_FALSE(tokens.decode(".", now));
}

TEST(Tokens, OfAnotherKeyOrStoreAreNone) {
  const Tokens tokens(key_of(1), 5);
  const std::string text = tokens.encode(tokens.make_fresh(now));
  EXPECT_FALSE(Tokens(key_of(2), 5).decode(text, now));
  EXPECT_FALSE(Tokens(key_of(1), 6).decode(text, now));
  EXPECT_TRUE(Tokens(key_of(1), 5).decode(text, now));
}

TEST(Tokens, GrowOld) {
  const Tokens tokens(key_of(1), 5);
  const Token token = tokens.make_fresh(now);
  const std::string text = tokens.encode(token);
  EXPECT_TRUE(tokens.decode(text, now + Tokens::valid_seconds));
  EXPECT_FALSE(tokens.decode(text, now + Tokens::valid_seconds + 1));
  EXPECT_FALSE(Tokens::wants_renewal(token, now + Tokens::renewed_seconds - 1));
  EXPECT_TRUE(Tokens::wants_renewal(token, now + Tokens::renewed_seconds));
}

TEST(Tokens, LinksAreOfOneCitizenAndEnd) {
  const Tokens tokens(key_of(1), 5);
  const std::string citizen = tokens.make_fresh(now).citizen;
  const std::string other = tokens.make_fresh(now).citizen;
  const std::string file = ports::file_reference(std::string(32, 'a'), std::string(64, 'b'));
  const std::string link = tokens.encode_link(citizen, file, now);
  EXPECT_EQ(tokens.decode_link(link, citizen, now), file);
  EXPECT_FALSE(tokens.decode_link(link, citizen, now + 1));
  EXPECT_FALSE(tokens.decode_link(link, other, now));
  EXPECT_FALSE(Tokens(key_of(2), 5).decode_link(link, citizen, now));
  EXPECT_FALSE(Tokens(key_of(1), 6).decode_link(link, citizen, now));
  for (std::size_t at = 0; at < link.size(); ++at) {
    std::string forged = link;
    forged[at] = static_cast<char>(forged[at] ^ 1);
    EXPECT_FALSE(tokens.decode_link(forged, citizen, now)) << forged;
    EXPECT_FALSE(tokens.decode_link(link.substr(0, at), citizen, now));
  }
  // Neither stands for the other.
  EXPECT_FALSE(tokens.decode(link, now));
  EXPECT_FALSE(tokens.decode_link(tokens.encode({citizen, now}), citizen, now));
}

class KeyFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("alur-key-" + std::to_string(getpid()));
    fs::create_directory(folder_);
    path_ = (folder_ / "key").string();
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
  std::string path_;
  std::string error_;
};

TEST_F(KeyFile, IsMadeOnceForItsOwnerAlone) {
  const mode_t before = umask(0);
  const auto key = open_token_key(path_, error_);
  umask(before);
  ASSERT_TRUE(key) << error_;
  struct stat about{};
  ASSERT_EQ(stat(path_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  EXPECT_EQ(open_token_key(path_, error_), key);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(KeyFile, IsTheSameForAllThatStartAtOnce) {
  std::vector<pid_t> children;
  for (int i = 0; i < 8; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      std::string error;
      const auto key = open_token_key(path_, error);
      std::ofstream(path_ + ".of-" + std::to_string(i))
          << (key ? std::string(key->begin(), key->end()) : error);
      _exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) waitpid(child, nullptr, 0);
  const auto key = open_token_key(path_, error_);
  ASSERT_TRUE(key) << error_;
  for (int i = 0; i < 8; ++i) {
    std::ifstream file(path_ + ".of-" + std::to_string(i));
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}),
              std::string(key->begin(), key->end()));
  }
}

TEST_F(KeyFile, ThatOthersCanReadIsRefused) {
  ASSERT_TRUE(open_token_key(path_, error_));
  chmod(path_.c_str(), 0640);
  EXPECT_FALSE(open_token_key(path_, error_));
  EXPECT_NE(error_.find("others can read it"), std::string::npos) << error_;
}

TEST_F(KeyFile, ThatIsNoneIsRefused) {
  for (const std::size_t length : {0u, 31u, 33u}) {
    std::ofstream(path_) << std::string(length, 'x');
    chmod(path_.c_str(), 0600);
    EXPECT_FALSE(open_token_key(path_, error_)) << length;
    EXPECT_NE(error_.find("is no key of the web chat"), std::string::npos) << error_;
  }
  EXPECT_FALSE(open_token_key("/nowhere/at/all", error_));
  EXPECT_EQ(error_, "/nowhere/at/all: No such file or directory");
}

}  // namespace
}  // namespace alur::tests

// The web chat's door over TLS: the same as without, for whoever speaks 1.2 or later.
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <poll.h>

#include <filesystem>

#include "tests/adapters/webchat/made_certificate.hpp"
#include "tests/adapters/webchat/running_server.hpp"

namespace alur::tests {
namespace {

using namespace adapters;

constexpr const char* page_request = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";

class TlsDoor : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "alur_door_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    WebServerSettings settings;
    settings.tls = pair("first");
    running_ = std::make_unique<Running>(settings);
  }
  void TearDown() override {
    running_.reset();
    std::filesystem::remove_all(root_);
  }

  std::shared_ptr<const TlsPair> pair(const std::string& name) {
    std::string error;
    auto read = TlsPair::read(make_certificate(root_, name, -60, 3'600), error);
    EXPECT_TRUE(read) << error;
    return read;
  }
  std::string upgrade_request() const {
    const std::string host = "127.0.0.1:" + std::to_string(running_->port());
    return "GET /socket HTTP/1.1\r\nHost: " + host + "\r\nOrigin: https://" + host +
           "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
  }

  std::string root_;
  std::unique_ptr<Running> running_;
};

TEST_F(TlsDoor, ServesAndTalks) {
  for (const auto& [most, version] :
       {std::pair{0, "TLSv1.3"}, std::pair{TLS1_2_VERSION, "TLSv1.2"}}) {
    TlsLine line(running_->port(), most);
    ASSERT_TRUE(line.is_open());
    EXPECT_EQ(line.version(), version);
    EXPECT_EQ(line.protocol(), "http/1.1");
    ASSERT_TRUE(line.send(page_request));
    EXPECT_NE(line.receive_with("<p>page").find("HTTP/1.1 200"), std::string::npos);
    ASSERT_TRUE(line.send(upgrade_request()));
    EXPECT_NE(line.receive_with("\r\n\r\n").find("HTTP/1.1 101"), std::string::npos);
    ASSERT_TRUE(line.send(framed(hello)));
    EXPECT_NE(line.receive_with("\"type\":\"welcome\""), "");
    ASSERT_TRUE(line.send(framed(said("b", "hi"))));
    EXPECT_NE(line.receive_with("you said hi"), "");
  }
  for (int i = 0; i < 200 && running_->use().connections > 0; ++i) poll(nullptr, 0, 10);
  EXPECT_EQ(running_->use().connections, 0u);
}

TEST_F(TlsDoor, RefusesWhatIsTooOldAndWhatIsNoTls) {
  EXPECT_FALSE(TlsLine(running_->port(), TLS1_1_VERSION).is_open());
  SocketLine plain(running_->port());
  EXPECT_TRUE(plain.connect() && plain.send_raw(page_request));
  EXPECT_EQ(plain.receive_all().find("HTTP/1.1"), std::string::npos);
  for (int i = 0; i < 200 && running_->refused(Refusal::handshake) < 2; ++i) poll(nullptr, 0, 10);
  EXPECT_EQ(running_->refused(Refusal::handshake), 2u);
  EXPECT_TRUE(TlsLine(running_->port()).is_open());
}

TEST_F(TlsDoor, ARenewedCertificateEndsNoConnection) {
  TlsLine before(running_->port());
  ASSERT_TRUE(before.is_open());
  EXPECT_EQ(before.subject(), "first");
  running_->renew(pair("second"));
  TlsLine after(running_->port());
  ASSERT_TRUE(after.is_open());
  EXPECT_EQ(after.subject(), "second");
  ASSERT_TRUE(before.send(page_request));
  EXPECT_NE(before.receive_with("<p>page"), "");
}

TEST_F(TlsDoor, AHandshakeThatDoesNotEndIsCutOff) {
  SocketLine slow(running_->port());
  ASSERT_TRUE(slow.connect() && slow.send_raw("\x16\x03\x01"));
  EXPECT_EQ(slow.receive_all(), "");
  EXPECT_EQ(running_->refused(Refusal::handshake), 1u);
}

}  // namespace
}  // namespace alur::tests

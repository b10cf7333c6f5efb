// The web chat's door over TLS: the same as without, for whoever speaks 1.2 or later.
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <filesystem>

#include "tests/adapters/files/sample_files.hpp"
#include "tests/adapters/webchat/made_certificate.hpp"
#include "tests/adapters/webchat/running_server.hpp"
#include "tests/patience.hpp"

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
    open(patience);
  }
  // An upload may be silent for so long.
  void open(std::chrono::seconds silent_max) {
    WebServerSettings settings;
    settings.tls = pair("first");
    settings.uploads.silent_max = silent_max;
    FileBounds bounds;
    bounds.document_bytes_max = 400'000;
    bounds.image_bytes_max = 400'000;
    files_ = folder_.open(bounds);
    running_ = std::make_unique<Running>(settings, files_.get());
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

  // Its token; the socket stays open.
  std::string greet_on(TlsLine& line) const {
    EXPECT_TRUE(line.send(upgrade_request()));
    EXPECT_NE(line.receive_with("\r\n\r\n"), "");
    EXPECT_TRUE(line.send(framed(hello)));
    const std::string welcome = line.receive_with("\"fresh\"");
    const std::size_t at = welcome.find("\"token\":\"");
    EXPECT_NE(at, std::string::npos) << welcome;
    if (at == std::string::npos) return {};
    return welcome.substr(at + 9, welcome.find('"', at + 9) - at - 9);
  }
  std::string upload_head(const std::string& token, const std::string& upload,
                          std::size_t length) const {
    const std::string host = "127.0.0.1:" + std::to_string(running_->port());
    return "POST /uploads/" + upload + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: https://" +
           host + "\r\nAuthorization: Bearer " + token +
           "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
  }

  std::string root_;
  FileFolder folder_;
  std::unique_ptr<FolderFiles> files_;
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
  EXPECT_TRUE(comes([&] { return running_->use().connections == 0; }));
}

TEST_F(TlsDoor, TakesUploads) {
  TlsLine socket(running_->port());
  const std::string token = greet_on(socket);
  const std::string photo = jpeg_of(std::string(200'000, 'x'));
  TlsLine line(running_->port());  // for one after the other
  ASSERT_TRUE(line.send(upload_head(token, "u-1", photo.size()) + photo));
  const std::string taken = line.receive_with("}");
  EXPECT_NE(taken.find(R"({"kind":"image","type":"image/jpeg","size":200015})"), std::string::npos)
      << taken;
  ASSERT_EQ(folder_.names().size(), 1u);
  EXPECT_EQ(folder_.content(folder_.names()[0]), photo);
  ASSERT_TRUE(line.send(upload_head(token, "u-2", pdf_of().size()) + pdf_of()));
  EXPECT_NE(line.receive_with("application/pdf"), "");
  ASSERT_TRUE(socket.send(
      framed(R"({"type":"message","id":"b","upload":"u-1","name":"a.jpg","text":"look"})")));
  EXPECT_NE(socket.receive_with("you said look with image/jpeg 200015 bytes"), "");
}

// The answer comes while the file still does: it must not be lost with the connection.
TEST_F(TlsDoor, WhoeverBringsTooMuchHearsIt) {
  TlsLine socket(running_->port());
  const std::string token = greet_on(socket);
  TlsLine line(running_->port());
  const std::string large(700'000, 'x');
  line.send(upload_head(token, "u-1", large.size()) + large);
  const std::string answer = line.receive_with("too_large");
  EXPECT_NE(answer.find("HTTP/1.1 413"), std::string::npos) << answer;
}

TEST_F(TlsDoor, AnUploadThatGoesSilentIsCutOff) {
  running_.reset();
  open(std::chrono::seconds(1));
  TlsLine socket(running_->port());
  const std::string token = greet_on(socket);
  TlsLine silent(running_->port());
  ASSERT_TRUE(silent.send(upload_head(token, "u-1", 1'000) + jpeg_of()));
  EXPECT_EQ(silent.receive_with("}"), "");
  EXPECT_TRUE(comes([&] { return folder_.names().empty(); }));
  EXPECT_EQ(running_->refused_soon(Refusal::slow, 1), 1u);
}

TEST_F(TlsDoor, RefusesWhatIsTooOldAndWhatIsNoTls) {
  EXPECT_FALSE(TlsLine(running_->port(), TLS1_1_VERSION).is_open());
  SocketLine plain(running_->port());
  EXPECT_TRUE(plain.connect() && plain.send_raw(page_request));
  EXPECT_EQ(plain.receive_all().find("HTTP/1.1"), std::string::npos);
  EXPECT_EQ(running_->refused_soon(Refusal::handshake, 2), 2u);
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
  EXPECT_EQ(running_->refused_soon(Refusal::handshake, 1), 1u);
}

}  // namespace
}  // namespace alur::tests

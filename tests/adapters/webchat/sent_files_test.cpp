// What an agent sends, as the citizen's browser fetches it: by the path that its message brought,
// with the citizen's own token, for two days; nobody else gets anything.
#include <gtest/gtest.h>

#include <cstdlib>

#include "engine/ports/files.hpp"
#include "tests/adapters/files/sample_files.hpp"
#include "tests/adapters/webchat/running_server.hpp"

namespace alur::tests {
namespace {

class SentToWeb : public testing::Test {
 protected:
  SentToWeb() {
    files_ = folder_.open();
    running_ = std::make_unique<Running>(WebServerSettings{}, files_.get());
    socket_ = std::make_unique<SocketLine>(running_->port());
    token_ = greet(*socket_);
  }

  // "webchat:" and the citizen in a token.
  static std::string address_of(const std::string& token) {
    return "webchat:" + token.substr(2, 22);
  }
  std::string keep(const std::string& content, const std::string& upload = "u") {
    const auto kept = bring(*files_, "desk:1:2", upload, content);
    EXPECT_TRUE(kept);
    return kept ? kept->reference : "";
  }
  // The path that comes with the message.
  std::string send(const std::string& reference) {
    ports::Outgoing out;
    out.id = ++last_;
    out.address = address_of(token_);
    out.shown.kind = machine::Shown::Kind::image;
    out.shown.url = reference;
    out.shown.label = "peta.jpg";
    running_->channel.send(out, [](const ports::SendResult&) {});
    const std::string frame = socket_->receive_with("peta.jpg");
    EXPECT_EQ(frame.find("alur-file"), frame.npos) << frame;
    const std::size_t at = frame.find("\"url\":\"");
    EXPECT_NE(at, frame.npos) << frame;
    return at == frame.npos ? "" : frame.substr(at + 7, frame.find('"', at + 7) - at - 7);
  }
  struct Fetched {
    std::string head;
    std::string body;
    std::string status() const { return head.size() < 12 ? "" : head.substr(9, 3); }
  };
  Fetched fetch(const std::string& path, const std::string& token,
                const std::string& method = "GET") const {
    SocketLine line(running_->port());
    std::string wire = method + " " + path + " HTTP/1.1\r\nHost: a\r\n";
    if (!token.empty()) wire += "Authorization: Bearer " + token + "\r\n";
    Fetched out;
    out.head = line.ask(wire + "\r\n");
    const std::size_t at = out.head.find("Content-Length: ");
    if (at != out.head.npos) {
      out.body = line.receive_bytes(std::strtoul(out.head.c_str() + at + 16, nullptr, 10));
    }
    return out;
  }

  FileFolder folder_;
  std::unique_ptr<adapters::FolderFiles> files_;
  std::unique_ptr<Running> running_;
  std::unique_ptr<SocketLine> socket_;
  std::string token_;
  std::uint64_t last_ = 0;
};

TEST_F(SentToWeb, IsFetchedByItsCitizenAndDoesNothing) {
  for (const std::string& content : {jpeg_of(std::string(300'000, 'x')), pdf_of()}) {
    const std::string path = send(keep(content, std::to_string(content.size())));
    ASSERT_TRUE(path.starts_with("/files/")) << path;
    const Fetched got = fetch(path, token_);
    EXPECT_EQ(got.status(), "200");
    EXPECT_EQ(got.body, content);
    const std::string type = content == pdf_of() ? "application/pdf" : "image/jpeg";
    for (const std::string& line :
         {"Content-Type: " + type, std::string("X-Content-Type-Options: nosniff"),
          std::string("Content-Disposition: attachment"), std::string("Cache-Control: no-store"),
          std::string("Content-Security-Policy: sandbox")}) {
      EXPECT_NE(got.head.find(line), got.head.npos) << got.head;
    }
  }
}

TEST_F(SentToWeb, IsNobodyElses) {
  const std::string path = send(keep(jpeg_of()));
  SocketLine other(running_->port());
  const std::string others = greet(other);
  EXPECT_EQ(fetch(path, others).status(), "404");
  EXPECT_EQ(fetch(path, "").status(), "401");
  EXPECT_EQ(fetch(path, "1.AAAAAAAAAAAAAAAAAAAAAA.1780000000.AAAA").status(), "401");
  EXPECT_EQ(fetch(path, token_, "POST").status(), "405");
  EXPECT_EQ(fetch(path, token_, "HEAD").status(), "405");
  for (const char* other_path : {"/files/", "/files/x", "/files/../store.db", "/files/1.2.3.4"}) {
    EXPECT_EQ(fetch(other_path, token_).status(), "404") << other_path;
  }
  for (std::size_t at = 7; at < path.size(); at += 5) {
    std::string forged = path;
    forged[at] = forged[at] == '0' ? '1' : '0';
    EXPECT_EQ(fetch(forged, token_).status(), "404") << forged;
  }
  EXPECT_EQ(fetch(path, token_).status(), "200");
}

TEST_F(SentToWeb, WhatIsGoneOrChangedIsNotThere) {
  const std::string path = send(keep(jpeg_of()));
  ASSERT_EQ(fetch(path, token_).status(), "200");
  files_->begin_pass({file_test_now + 1});
  EXPECT_EQ(files_->remove_unseen({file_test_now + 1}, 10), 1u);
  EXPECT_EQ(fetch(path, token_).status(), "404");
}

// Held for who is away, it comes with the same path.
TEST_F(SentToWeb, ComesAgainWithTheMessage) {
  const std::string path = send(keep(jpeg_of()));
  SocketLine again(running_->port());
  greet(again, hello_of(token_, 0));
  EXPECT_NE(again.receive_with("peta.jpg").find(path), std::string::npos);
}

TEST(WithoutFiles, AReferenceIsNotShown) {
  Running running;
  SocketLine line(running.port());
  const std::string token = greet(line);
  ports::Outgoing out;
  out.id = 1;
  out.address = "webchat:" + token.substr(2, 22);
  out.shown.kind = machine::Shown::Kind::image;
  out.shown.text = "look";
  out.shown.url = ports::file_reference(std::string(32, 'a'), std::string(64, 'b'));
  running.channel.send(out, [](const ports::SendResult&) {});
  EXPECT_EQ(line.receive_with("look").find("url"), std::string::npos);
}

}  // namespace
}  // namespace alur::tests

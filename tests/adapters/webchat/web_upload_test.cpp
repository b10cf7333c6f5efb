// Uploads through the web chat's door: who may bring what, what is left of those that end on the
// way, and that the message after it reaches whoever listens with the file.
#include <gtest/gtest.h>
#include <poll.h>

#include <cstdlib>

#include "tests/adapters/files/sample_files.hpp"
#include "tests/adapters/webchat/running_server.hpp"
#include "tests/patience.hpp"

namespace alur::tests {
namespace {

class Uploading : public testing::Test {
 protected:
  explicit Uploading(WebServerSettings settings = taking(patience, patience)) {
    adapters::FileBounds bounds;
    bounds.day_files_max = 5;
    bounds.image_bytes_max = 300'000;
    bounds.document_bytes_max = 400'000;
    files_ = folder_.open(bounds);
    settings.uploads.of_address_max = 3;
    running_ = std::make_unique<Running>(settings, files_.get());
    socket_ = std::make_unique<SocketLine>(running_->port());
    token_ = greet(*socket_);
  }

  // An upload may be silent for so long, and may take `first`, and a second more for 1,000 bytes.
  static WebServerSettings taking(std::chrono::seconds silent_max, std::chrono::seconds first) {
    WebServerSettings settings;
    settings.uploads.silent_max = silent_max;
    settings.uploads.first = first;
    settings.uploads.bytes_a_second_min = 1'000;
    return settings;
  }

  std::string host() const { return "127.0.0.1:" + std::to_string(running_->port()); }
  // The head of an upload as the page sends it, without the lines that begin as `without` does.
  std::string head(const std::string& upload, std::size_t length, const std::string& without = "?",
                   const std::string& more = "") const {
    const std::string lines[] = {"Host: " + host(), "Origin: http://" + host(),
                                 "Authorization: Bearer " + token_,
                                 "Content-Length: " + std::to_string(length)};
    std::string wire = "POST /uploads/" + upload + " HTTP/1.1\r\n";
    for (const std::string& line : lines) {
      if (!line.starts_with(without)) wire += line + "\r\n";
    }
    return wire + more + "\r\n";
  }
  // The status and the body of the answer; `line` stays open where the service leaves it so.
  static std::string answer(SocketLine& line, const std::string& wire) {
    const std::string head = line.ask(wire);
    const std::size_t at = head.find("Content-Length: ");
    if (head.size() < 12 || at == std::string::npos) return head;
    return head.substr(9, 3) + " " +
           line.receive_bytes(std::strtoul(head.c_str() + at + 16, nullptr, 10));
  }
  std::string bring(const std::string& upload, const std::string& content) const {
    SocketLine line(running_->port());
    return answer(line, head(upload, content.size()) + content);
  }
  // What has ended is removed a moment later.
  void expect_nothing_kept() const {
    EXPECT_TRUE(comes([&] { return folder_.names().empty(); })) << folder_.names().size();
  }

  FileFolder folder_;
  std::unique_ptr<adapters::FolderFiles> files_;
  std::unique_ptr<Running> running_;
  std::unique_ptr<SocketLine> socket_;
  std::string token_;
};

TEST_F(Uploading, AFileComesAndAMessageRefersToIt) {
  const std::string photo = jpeg_of(std::string(200'000, 'x'));
  EXPECT_EQ(bring("u-1", photo), R"(200 {"kind":"image","type":"image/jpeg","size":200015})");
  ASSERT_EQ(folder_.names().size(), 1u);
  EXPECT_EQ(folder_.content(folder_.names()[0]), photo);
  ASSERT_TRUE(socket_->send(
      R"({"type":"message","id":"b-1","upload":"u-1","name":"../a\u202eb.jpg","text":"look"})"));
  EXPECT_EQ(socket_->receive(), encode_ack("b-1", Verdict::accepted));
  const std::string heard = socket_->receive_with("you said");
  EXPECT_NE(heard.find("you said look with image/jpeg 200015 bytes, ab.jpg"), std::string::npos)
      << heard;
}

TEST_F(Uploading, TheSameUploadIsKeptOnceHoweverOftenItComes) {
  const std::string first = bring("u-1", jpeg_of());
  EXPECT_EQ(bring("u-1", jpeg_of()), first);
  SocketLine line(running_->port());  // and on one connection
  EXPECT_EQ(answer(line, head("u-1", jpeg_of().size()) + jpeg_of()), first);
  EXPECT_EQ(answer(line, head("u-2", pdf_of().size()) + pdf_of()).substr(0, 3), "200");
  EXPECT_EQ(folder_.names().size(), 2u);
}

TEST_F(Uploading, SomebodyElsesUploadIsNobodys) {
  EXPECT_EQ(bring("u-1", jpeg_of()).substr(0, 3), "200");
  SocketLine other(running_->port());
  greet(other);
  ASSERT_TRUE(other.send(R"({"type":"message","id":"b-1","upload":"u-1","name":"a.jpg"})"));
  EXPECT_EQ(other.receive(), encode_ack("b-1", Verdict::refused));
  ASSERT_TRUE(socket_->send(R"({"type":"message","id":"b-2","upload":"u-9"})"));
  EXPECT_EQ(socket_->receive(), encode_ack("b-2", Verdict::refused));
  // Nor is it served to anybody, its owner among them.
  for (const std::string path : {"/uploads/u-1", "/uploads/", "/store.db.files/", "/uploads/.."}) {
    SocketLine line(running_->port());
    const std::string got = line.ask("GET " + path + " HTTP/1.1\r\nHost: " + host() +
                                     "\r\nAuthorization: Bearer " + token_ + "\r\n\r\n");
    EXPECT_NE(got.substr(9, 1), "2") << path << got;
  }
}

TEST_F(Uploading, IsForThisPagesCitizensOnly) {
  const std::size_t size = jpeg_of().size();
  const std::string bad_token =
      "Authorization: Bearer 1.AAAAAAAAAAAAAAAAAAAAAA.1780000000.AAAA\r\n";
  const struct {
    std::string wire;
    std::string status;
  } cases[] = {
      {head("u-1", size, "Authorization"), "401"},
      {head("u-1", size, "Authorization", bad_token), "401"},
      {head("u-1", size, "?", bad_token), "401"},
      {head("u-1", size, "Origin"), "403"},
      {head("u-1", size, "Origin", "Origin: https://elsewhere.example\r\n"), "403"},
      {head("u-1", size, "Origin", "Origin: null\r\n"), "403"},
      {head("u-1", size, "Content-Length"), "411"},
      {head("u-1", 0), "415"},
      {head("u-1", 400'001), "413"},
      {head("", size), "400"},
      {head(std::string(65, 'u'), size), "400"},
      {head("u-1", size, "Content-Length", "Content-Length: 5\r\nContent-Length: 6\r\n"), "400"},
      {head("u-1", size, "Content-Length", "Transfer-Encoding: chunked\r\n"), "400"},
  };
  for (const auto& [wire, status] : cases) {
    SocketLine line(running_->port());
    EXPECT_EQ(line.ask(wire + jpeg_of()).substr(9, 3), status) << wire;
  }
  expect_nothing_kept();
}

TEST_F(Uploading, NamesLeadNowhere) {
  for (const std::string name : {"..%2f..%2fetc%2fpasswd", "../../x", "a/b/c", "store.db", "CON"}) {
    EXPECT_EQ(bring(name, jpeg_of()).substr(0, 3), "200") << name;
  }
  EXPECT_EQ(folder_.names().size(), 5u);
  for (const std::string& name : folder_.names()) EXPECT_TRUE(adapters::parse_file_name(name));
}

TEST_F(Uploading, WhatIsNotTakenLeavesNothingAndSaysWhy) {
  SocketLine line(running_->port());  // which stays open
  const struct {
    std::string content;
    std::string answer;
  } cases[] = {
      {"<svg xmlns='http://www.w3.org/2000/svg'>", R"(415 {"error":"not_taken"})"},
      {"<html><script>alert(1)</script>" + std::string(350'000, ' '),
       R"(415 {"error":"not_taken"})"},
      {jpeg_of(std::string(350'000, 'x')), R"(413 {"error":"too_large"})"},
      {"x", R"(415 {"error":"not_taken"})"},
  };
  for (const auto& [content, wanted] : cases) {
    EXPECT_EQ(answer(line, head("u-1", content.size()) + content), wanted);
  }
  expect_nothing_kept();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(bring(std::to_string(i), jpeg_of()).substr(0, 3), "200");
  EXPECT_EQ(bring("6", jpeg_of()), R"(429 {"error":"too_many"})");
}

TEST_F(Uploading, WhatEndsOnTheWayLeavesNothing) {
  {
    SocketLine line(running_->port());
    ASSERT_TRUE(line.connect());
    ASSERT_TRUE(line.send_raw(head("u-1", 1'000) + jpeg_of()));
    // It is on its way: there is a file without a name.
    ASSERT_TRUE(comes([&] { return folder_.names().size() == 1; }));
    EXPECT_TRUE(folder_.names()[0].ends_with(".part"));
  }
  expect_nothing_kept();
  EXPECT_EQ(bring("u-1", jpeg_of()).substr(0, 3), "200");
}

class UploadingInSilence : public Uploading {
 protected:
  UploadingInSilence() : Uploading(taking(std::chrono::seconds(1), patience)) {}
};

TEST_F(UploadingInSilence, IsEnded) {
  SocketLine silent(running_->port());
  EXPECT_EQ(silent.ask(head("u-1", 1'000) + jpeg_of()), "");
  expect_nothing_kept();
  EXPECT_EQ(running_->refused_soon(Refusal::slow, 1), 1u);
}

class UploadingForEver : public Uploading {
 protected:
  UploadingForEver() : Uploading(taking(patience, std::chrono::seconds(1))) {}
};

// It is never silent: a byte comes again and again.
TEST_F(UploadingForEver, IsEnded) {
  SocketLine slow(running_->port());
  ASSERT_TRUE(slow.connect());
  ASSERT_TRUE(slow.send_raw(head("u-1", 1'000) + jpeg_of()));
  pollfd answered{slow.descriptor(), POLLIN, 0};
  int pieces = 0;
  while (poll(&answered, 1, 100) == 0 && ++pieces < 900) ASSERT_TRUE(slow.send_raw("x"));
  EXPECT_LT(pieces, 900) << "nobody ended it";
  EXPECT_EQ(slow.ask(""), "");
  expect_nothing_kept();
  EXPECT_EQ(running_->refused_soon(Refusal::slow, 1), 1u);
}

// A page's exchange has ten seconds; a phone at the edge of its network sends a photo for longer.
TEST_F(Uploading, AnHonestPhoneMayTakeLongerThanAPage) {
  const std::string photo = jpeg_of(std::string(20'000, 'x'));
  SocketLine phone(running_->port());
  ASSERT_TRUE(phone.connect());
  ASSERT_TRUE(phone.send_raw(head("u-1", photo.size())));
  const std::size_t pieces = 24;
  const std::size_t piece = photo.size() / pieces + 1;
  for (std::size_t i = 0; i < pieces; ++i) {
    ASSERT_TRUE(phone.send_raw(photo.substr(i * piece, piece)));
    poll(nullptr, 0, 500);
  }
  EXPECT_EQ(answer(phone, ""), R"(200 {"kind":"image","type":"image/jpeg","size":20015})");
  EXPECT_EQ(answer(phone, head("u-2", pdf_of().size()) + pdf_of()).substr(0, 3), "200");
  EXPECT_EQ(running_->refused(Refusal::slow), 0u);
}

TEST_F(Uploading, SoManyAtOnce) {
  std::vector<std::unique_ptr<SocketLine>> open;
  for (int i = 0; i < 2; ++i) {
    open.push_back(std::make_unique<SocketLine>(running_->port()));
    ASSERT_TRUE(open.back()->connect());
    ASSERT_TRUE(open.back()->send_raw(head("slow-" + std::to_string(i), 1'000) + jpeg_of()));
  }
  ASSERT_TRUE(comes([&] { return folder_.names().size() == 2; }));
  EXPECT_EQ(bring("u-1", jpeg_of()), R"(503 {"error":"busy"})");
  open.clear();
  EXPECT_TRUE(comes([&] { return bring("u-1", jpeg_of()).starts_with("200"); }));
}

class UploadingThroughProxy : public Uploading {
 protected:
  UploadingThroughProxy() : Uploading(trusting()) {}

  static WebServerSettings trusting() {
    WebServerSettings settings = taking(patience, patience);
    settings.proxies = {"127.0.0.1"};
    settings.uploads.of_citizen_max = 10;
    return settings;
  }
  std::string head_from(const std::string& address, const std::string& upload,
                        std::size_t length) const {
    return head(upload, length, "?", "X-Forwarded-For: 10.0.0.1, " + address + "\r\n");
  }
  std::string bring_from(const std::string& address, const std::string& upload) const {
    SocketLine line(running_->port());
    return answer(line, head_from(address, upload, jpeg_of().size()) + jpeg_of());
  }
};

// Whoever has one address of IPv6 has all of its /64.
TEST_F(UploadingThroughProxy, AreCountedByWhoSendsThem) {
  std::vector<std::unique_ptr<SocketLine>> open;
  for (int i = 0; i < 3; ++i) {
    open.push_back(std::make_unique<SocketLine>(running_->port()));
    ASSERT_TRUE(open.back()->connect());
    const std::string number = std::to_string(i);
    ASSERT_TRUE(open.back()->send_raw(head_from("2001:db8::" + number, "open-" + number, 1'000) +
                                      jpeg_of()));
  }
  ASSERT_TRUE(comes([&] { return folder_.names().size() == 3; }));
  EXPECT_EQ(bring_from("2001:db8::ffff", "u-1"), R"(503 {"error":"busy"})");
  EXPECT_EQ(bring_from("2001:db8:0:1::1", "u-1").substr(0, 3), "200");
}

TEST(WithoutFiles, NothingIsTaken) {
  Running running;
  SocketLine line(running.port());
  EXPECT_EQ(
      line.ask("POST /uploads/u HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx").substr(9, 3),
      "404");
}

}  // namespace
}  // namespace alur::tests

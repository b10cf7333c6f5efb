// Fetching lists from a small server on loopback, and everything that it may do wrong.
#include "adapters/registry/fetch_list.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/adapters/registry/tls_server.hpp"
#include "tests/loopback.hpp"

namespace alur::registry {
namespace {

namespace net = boost::asio;
using tcp = net::ip::tcp;

// Takes one request, answers with these bytes, and closes. Keeps what it was asked.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer)
      : acceptor_(context_, tcp::endpoint(net::ip::address_v4::loopback(), 0)),
        thread_([this, answer = std::move(answer)] { serve(answer); }) {}
  ~OneAnswer() { thread_.join(); }

  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/list.csv";
  }
  // After the answer.
  std::string asked() {
    thread_.join();
    thread_ = std::thread([] {});
    return asked_;
  }

 private:
  void serve(const std::string& answer) {
    boost::system::error_code code;
    tcp::socket socket(context_);
    acceptor_.accept(socket, code);
    net::read_until(socket, net::dynamic_buffer(asked_), "\r\n\r\n", code);
    net::write(socket, net::buffer(answer), code);
    // Silent without an answer, or in the midst of one: until the other side gives up.
    char byte = 0;
    if (answer.empty() || answer.ends_with("...")) socket.read_some(net::buffer(&byte, 1), code);
  }

  net::io_context context_;
  tcp::acceptor acceptor_;
  std::string asked_;
  std::thread thread_;
};

FetchedList fetched_from(const std::string& url, const std::string& etag = {}) {
  FetchRequest request;
  request.url = url;
  request.etag = etag;
  request.bytes_max = 1'000;
  request.timeout = value::Duration{std::chrono::milliseconds(tests::patience).count()};
  return fetch_list(request);
}

TEST(FetchList, AListAndItsTag) {
  OneAnswer server(
      "HTTP/1.1 200 OK\r\nETag: \"7\"\r\nContent-Type: text/csv\r\nContent-Length: 10\r\n\r\n"
      "name\nSatu\n");
  const FetchedList fetched = fetched_from(server.url());
  EXPECT_EQ(fetched.error, "");
  EXPECT_TRUE(fetched.changed);
  EXPECT_EQ(fetched.body, "name\nSatu\n");
  EXPECT_EQ(fetched.etag, "\"7\"");
  EXPECT_EQ(fetched.content_type, "text/csv");
}

TEST(FetchList, NothingNew) {
  OneAnswer server("HTTP/1.1 304 Not Modified\r\nETag: \"7\"\r\n\r\n");
  const FetchedList fetched = fetched_from(server.url(), "\"7\"");
  EXPECT_EQ(fetched.error, "");
  EXPECT_FALSE(fetched.changed);
  EXPECT_NE(server.asked().find("If-None-Match: \"7\"\r\n"), std::string::npos);
}

TEST(FetchList, WhatGoesWrongIsTold) {
  const auto error_of = [](std::string answer) {
    OneAnswer server(std::move(answer));
    const FetchedList fetched = fetched_from(server.url());
    EXPECT_FALSE(fetched.changed);
    return fetched.error;
  };
  EXPECT_EQ(error_of("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"), "it answered 500");
  for (const char* moved : {"301 Moved", "302 Found", "307 Moved", "308 Moved"}) {
    EXPECT_EQ(error_of("HTTP/1.1 " + std::string(moved) +
                       "\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
              "it answered " + std::string(moved, 3) + "; redirects are not followed");
  }
  EXPECT_EQ(error_of("HTTP/1.1 304 Not Modified\r\n\r\n"),
            "it answered 304, and was not asked for changes");
  EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi"),
            "it answered text/html, which is no list");
  EXPECT_NE(error_of("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n"), "");
  EXPECT_NE(error_of("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nname\n"), "");
  EXPECT_NE(error_of("nonsense\r\n\r\n"), "");
}

// What is more than was asked for is not taken in, said or not said beforehand.
TEST(FetchList, WhatIsTooLargeIsLeft) {
  const std::string long_text(2'000, 'x');
  const std::string answers[] = {
      "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + long_text,
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + long_text + "\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\n\r\n" + long_text};
  for (const std::string& answer : answers) {
    OneAnswer server(answer);
    EXPECT_EQ(fetched_from(server.url()).error, "body limit exceeded") << answer;
  }
  OneAnswer server("HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n");
  EXPECT_EQ(fetched_from(server.url()).error, "header limit exceeded");
  OneAnswer tagged("HTTP/1.1 200 OK\r\nETag: \"" + long_text +
                   "\"\r\nContent-Length: 5\r\n\r\nname\n");
  const FetchedList fetched = fetched_from(tagged.url());
  EXPECT_TRUE(fetched.changed);
  EXPECT_EQ(fetched.etag, "");
}

TEST(FetchList, NobodyThereAndNoAnswer) {
  const tests::DeafPort deaf;
  const std::string url = "http://127.0.0.1:" + std::to_string(deaf.port()) + "/list.csv";
  EXPECT_NE(fetched_from(url).error, "");
  for (const char* slow :
       {"", "HTTP/1.1 200 OK\r\n...", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nname..."}) {
    OneAnswer silent(slow);
    FetchRequest request;
    request.url = silent.url();
    request.timeout = value::Duration{300};
    const FetchedList fetched = fetch_list(request);
    EXPECT_EQ(fetched.error, "it did not answer in time");
    EXPECT_FALSE(fetched.changed);
  }
}

class FetchListTls : public testing::Test {
 protected:
  static constexpr const char* answer =
      "HTTP/1.1 200 OK\r\nETag: \"7\"\r\nContent-Length: 10\r\n\r\nname\nSatu\n";

  FetchListTls() {
    std::string name = (std::filesystem::temp_directory_path() / "alur_tls_XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~FetchListTls() override {
    unsetenv("SSL_CERT_FILE");
    std::filesystem::remove_all(folder_);
  }

  void trust(const tests::Certificate& certificate) {
    std::ofstream(folder_ + "/trusted.pem") << certificate.certificate;
    setenv("SSL_CERT_FILE", (folder_ + "/trusted.pem").c_str(), 1);
  }

  std::string folder_;
};

TEST_F(FetchListTls, AListOverTls) {
  const tests::Certificate own = tests::make_certificate("localhost", 1);
  trust(own);
  tests::TlsServer server(own, answer);
  const FetchedList fetched = fetched_from(server.url());
  EXPECT_EQ(fetched.error, "");
  EXPECT_EQ(fetched.body, "name\nSatu\n");
  EXPECT_EQ(fetched.etag, "\"7\"");
}

TEST_F(FetchListTls, NobodyElseIsBelieved) {
  const tests::Certificate own = tests::make_certificate("localhost", 1);
  const auto error_of = [](const tests::Certificate& certificate) {
    tests::TlsServer server(certificate, answer);
    const FetchedList fetched = fetched_from(server.url());
    EXPECT_FALSE(fetched.changed);
    EXPECT_EQ(fetched.body, "");
    return fetched.error;
  };
  const char* refused = "certificate verify failed";
  trust(tests::make_certificate("localhost", 1));  // the same name, another key
  EXPECT_NE(error_of(own).find(refused), std::string::npos) << error_of(own);
  const tests::Certificate other = tests::make_certificate("example.org", 1);
  trust(other);
  EXPECT_NE(error_of(other).find(refused), std::string::npos) << error_of(other);
  const tests::Certificate old = tests::make_certificate("localhost", 0);
  trust(old);
  EXPECT_NE(error_of(old).find(refused), std::string::npos) << error_of(old);
}

TEST_F(FetchListTls, ATlsServerThatBreaksOffOrIsSilent) {
  const tests::Certificate own = tests::make_certificate("localhost", 1);
  trust(own);
  tests::TlsServer half(own, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nname\n");
  const FetchedList fetched = fetched_from(half.url());
  EXPECT_NE(fetched.error, "");
  EXPECT_FALSE(fetched.changed);
  tests::TlsServer silent(own, "");
  FetchRequest request;
  request.url = silent.url();
  request.timeout = value::Duration{300};
  EXPECT_EQ(fetch_list(request).error, "it did not answer in time");
  // No TLS at all on the other side.
  OneAnswer plain(answer);
  request.url = "https" + plain.url().substr(4);
  EXPECT_NE(fetch_list(request).error, "");
}

TEST(FetchList, BadAddressesAreNotAsked) {
  for (const char* url : {"", "ftp://x/y", "http://", "http://a b/", "http://x:y/",
                          "https://x/\r\nA: b", "http://user@x/"}) {
    EXPECT_EQ(fetched_from(url).error, "an address such as https://example.org/list.csv is wanted")
        << url;
  }
}

}  // namespace
}  // namespace alur::registry

// Fetching lists from a small server on loopback, and everything that it may do wrong.
#include "adapters/registry/fetch_list.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <thread>

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
    // Silent without an answer: until the other side gives up.
    char byte = 0;
    if (answer.empty()) socket.read_some(net::buffer(&byte, 1), code);
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
  request.timeout = value::Duration{5'000};
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
  EXPECT_EQ(error_of("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"),
            "it answered 302");
  EXPECT_NE(error_of("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n"), "");
  EXPECT_NE(error_of("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nname\n"), "");
  EXPECT_NE(error_of("nonsense\r\n\r\n"), "");
}

TEST(FetchList, NobodyThereAndNoAnswer) {
  std::string url;
  {
    OneAnswer gone("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    url = gone.url();
    fetched_from(url);
  }
  EXPECT_NE(fetched_from(url).error, "");
  OneAnswer silent("");
  FetchRequest request;
  request.url = silent.url();
  request.timeout = value::Duration{50};
  EXPECT_EQ(fetch_list(request).error, "it did not answer in time");
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

// Requests that two readers could read in two ways. One of them let through would be one too many,
// so each way of hiding a header is tried at each header that says how long a body is, or whose it
// is.
#include "adapters/http/request_head.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/adapters/http/odd_requests.hpp"

namespace alur::tests {
namespace {

using adapters::end_of_head;
using adapters::fault_of_head;

std::string head_of(const std::string& lines) {
  return "POST /messages HTTP/1.1\r\nHost: here\r\n" + lines + "\r\n";
}

TEST(RequestHead, Good) {
  for (const std::string& head :
       {head_of(""), head_of("Content-Length: 5\r\n"), head_of("content-length:0\r\n"),
        head_of("X-Empty:\r\nX-Tab: a\tb\r\nX-Latin: caf\xe9\r\n"),
        head_of("Accept: text/html, */*;q=0.8\r\nCookie: a=b; c=\"d\"\r\n"),
        std::string("GET /outbox?wait=20&ack=17,18 HTTP/1.1\r\nhost: [::1]:8157\r\n\r\n"),
        std::string("M-SEARCH /~a/%20b HTTP/1.1\r\nHost: a.example:80\r\n\r\n")}) {
    EXPECT_EQ(fault_of_head(head), nullptr) << head << fault_of_head(head);
  }
  std::string many;
  for (std::size_t i = 1; i < adapters::head_lines_max; ++i) many += "X: y\r\n";
  EXPECT_EQ(fault_of_head(head_of(many)), nullptr);
  EXPECT_STREQ(fault_of_head(head_of(many + "X: y\r\n")), "too many header lines");
}

TEST(RequestHead, EndsWithItsEmptyLine) {
  const std::string bytes = head_of("") + "body\r\n\r\n";
  const std::size_t end = head_of("").size();
  EXPECT_EQ(end_of_head(bytes), end);
  for (std::size_t length = 0; length < end; ++length) {
    EXPECT_EQ(end_of_head(bytes.substr(0, length)), std::string::npos);
    EXPECT_EQ(end_of_head(bytes, length), end) << "what came in two pieces, cut at " << length;
  }
}

TEST(RequestHead, NoEncodingHoweverItIsHidden) {
  std::size_t tried = 0;
  for (const std::string name : {"Transfer-Encoding", "TRANSFER-encoding"}) {
    for (const std::string value : {"chunked", "identity, chunked", "xchunked", "chunked, gzip"}) {
      for (const std::string& lines : hidden(name, value)) {
        for (const std::string& all :
             {lines, "Content-Length: 5\r\n" + lines, lines + "Content-Length: 5\r\n"}) {
          ++tried;
          EXPECT_NE(fault_of_head(head_of(all)), nullptr) << all;
        }
      }
    }
  }
  EXPECT_GE(tried, 600u);
}

TEST(RequestHead, OneLengthAndOneHostHoweverASecondIsHidden) {
  for (const std::string value : {"5", "6", "0"}) {
    for (const std::string& lines : hidden("Content-Length", value)) {
      EXPECT_NE(fault_of_head(head_of("Content-Length: 5\r\n" + lines)), nullptr) << lines;
    }
  }
  for (const std::string& lines : hidden("Host", "there")) {
    EXPECT_NE(fault_of_head(head_of(lines)), nullptr) << lines;
  }
}

TEST(RequestHead, LengthsThatAreNone) {
  for (const char* length :
       {"", "-1", "+5", "5,5", "5, 5", "5 5", "0x5", "5.0", "1e1", "5;a=b", "\"5\"", "5\t6",
        "9999999999999", "18446744073709551621", "\xd9\xa5"}) {
    EXPECT_NE(fault_of_head(head_of("Content-Length: " + std::string(length) + "\r\n")), nullptr)
        << length;
  }
}

TEST(RequestHead, FirstLinesThatAreNone) {
  for (const std::string line : {"",
                                 " ",
                                 "GET",
                                 "GET /",
                                 "GET  / HTTP/1.1",
                                 "GET / HTTP/1.1 ",
                                 " GET / HTTP/1.1",
                                 "GET /a b HTTP/1.1",
                                 "GET\t/ HTTP/1.1",
                                 "GET / HTTP/1.0",
                                 "GET / HTTP/1.2",
                                 "GET / HTTP/2.0",
                                 "GET / HTTP/0.9",
                                 "GET / http/1.1",
                                 "GET / HTTP/11",
                                 "GET / HTTP/1.1\x01",
                                 "GET http://there/ HTTP/1.1",
                                 "GET //there HTTP/1.1\x7f",
                                 "G(T / HTTP/1.1",
                                 "GET *\x01 HTTP/1.1",
                                 "GET /\x80 HTTP/1.1",
                                 "OPTIONS * HTTP/1.1",
                                 "PRI * HTTP/2.0",
                                 "CONNECT there:443 HTTP/1.1"}) {
    EXPECT_NE(fault_of_head(std::string(line) + "\r\nHost: here\r\n\r\n"), nullptr) << line;
  }
  for (const std::string& head : {std::string("\r\n"), std::string("\r\n\r\n"),
                                  std::string("\nGET / HTTP/1.1\r\nHost: here\r\n\r\n"),
                                  std::string("GET / HTTP/1.1\nHost: here\r\n\r\n")}) {
    EXPECT_NE(fault_of_head(head), nullptr) << head;
  }
}

TEST(RequestHead, HostsThatAreNone) {
  EXPECT_STREQ(fault_of_head("GET / HTTP/1.1\r\n\r\n"), "one Host is wanted");
  for (const char* host : {"", "a b", "a,b", "a/b", "a@b", "a\\b", "a\tb"}) {
    EXPECT_STREQ(fault_of_head("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n"),
                 "the Host is none")
        << host;
  }
}

}  // namespace
}  // namespace alur::tests

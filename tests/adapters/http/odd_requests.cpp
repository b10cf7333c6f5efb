#include "tests/adapters/http/odd_requests.hpp"

#include <gtest/gtest.h>

#include "tests/adapters/webchat/socket_line.hpp"

namespace alur::tests {

std::vector<std::string> hidden(const std::string& name, const std::string& value) {
  return {name + ": " + value + "\r\n",
          name + ":" + value + "\r\n",
          name + ":\t" + value + "\r\n",
          name + " : " + value + "\r\n",
          name + "\t: " + value + "\r\n",
          " " + name + ": " + value + "\r\n",
          "\t" + name + ": " + value + "\r\n",
          "X: y\r\n " + name + ": " + value + "\r\n",
          "X: y\n" + name + ": " + value + "\r\n",
          "X: y\r" + name + ": " + value + "\r\n",
          name + ":\r\n " + value + "\r\n",
          name + ": " + value + "\n",
          name + ": " + value + "\r\r\n",
          std::string("\0", 1) + name + ": " + value + "\r\n",
          name + std::string("\0", 1) + ": " + value + "\r\n",
          name + ": " + std::string("\0", 1) + value + "\r\n",
          name + ": " + value + std::string("\0", 1) + "\r\n",
          name + ": \x0b" + value + "\r\n",
          name + ": " + value + "\x0c\r\n",
          name + "\xa0: " + value + "\r\n",
          "\xef\xbb\xbf" + name + ": " + value + "\r\n",
          name + "\r\n: " + value + "\r\n",
          name + " " + value + "\r\n",
          "\"" + name + "\": " + value + "\r\n",
          "(" + name + "): " + value + "\r\n",
          "X: y\r\n\r" + name + ": " + value + "\r\n",
          ": " + value + "\r\n"};
}

std::vector<std::pair<std::string, std::string>> lax_requests() {
  const std::string first = "GET / HTTP/1.1\r\n";
  const std::string host = "Host: here\r\n";
  std::string many;
  for (int i = 0; i < 100; ++i) many += "X-" + std::to_string(i) + ": y\r\n";
  return {
      {"an encoding that does not end in chunked",
       first + host + "Transfer-Encoding: chunked, identity\r\n\r\n"},
      {"chunked in HTTP/1.0", "GET / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n"},
      {"an encoding beside a length",
       first + host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"},
      {"two hosts", first + host + "Host: there\r\n\r\n"},
      {"no host", first + "\r\n"},
      {"a folded line", first + host + "X: a\r\n b\r\n\r\n"},
      {"a list of lengths", first + host + "Content-Length: 4, 4\r\n\r\n"},
      {"lines without an end", first + host + many + "\r\n"},
  };
}

std::vector<std::string> smuggling_requests(const std::string& path) {
  const std::string second = "GET /health HTTP/1.1\r\nHost: here\r\n\r\n";
  const std::string chunks = "0\r\n\r\n" + second;
  std::vector<std::string> all;
  for (const std::string& first : {"POST " + path, "GET " + path}) {
    const std::string start = first + " HTTP/1.1\r\nHost: here\r\n";
    const std::string length = "Content-Length: " + std::to_string(chunks.size()) + "\r\n";
    for (const std::string& line : hidden("Transfer-Encoding", "chunked")) {
      all.push_back(start + length + line + "\r\n" + chunks);
      all.push_back(start + line + length + "\r\n" + chunks);
    }
    for (const std::string& line : hidden("Content-Length", "5")) {
      all.push_back(start + "Content-Length: 0\r\n" + line + "\r\n" + second);
    }
    for (const std::string& line : hidden("Host", "there")) {
      all.push_back(start + line + "\r\n" + second);
    }
  }
  return all;
}

std::size_t expect_all_refused(std::uint16_t port, const std::string& path) {
  std::size_t count = 0;
  const auto refused = [&](const std::string& wire) {
    ++count;
    SocketLine line(port);
    EXPECT_TRUE(line.connect() && line.send_raw(wire));
    const std::string all = line.receive_all();
    EXPECT_EQ(all.substr(0, 12), "HTTP/1.1 400") << wire;
    EXPECT_EQ(all.find("Content-Type:"), all.rfind("Content-Type:")) << wire << all;
  };
  for (const auto& [what, wire] : lax_requests()) {
    SCOPED_TRACE(what);
    refused(wire);
  }
  for (const std::string& wire : smuggling_requests(path)) refused(wire);
  EXPECT_GE(count, 100u);
  return count;
}

}  // namespace alur::tests

// The web chat's door on two loops, without a runtime behind it: what it serves, whom it refuses,
// and that one bad socket ends only itself.
#include "adapters/webchat/web_server.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <thread>

#include "tests/adapters/http/odd_requests.hpp"
#include "tests/adapters/webchat/running_server.hpp"
#include "tests/patience.hpp"

namespace alur::tests {
namespace {

using namespace adapters;
using ports::Verdict;

// It still serves.
void expect_alive(Running& running) {
  SocketLine line(running.port());
  greet(line);
  ASSERT_TRUE(line.send(said("b", "hi")));
  EXPECT_NE(line.receive_with("you said hi"), "");
}

std::string status_of(Running& running, const std::string& wire) {
  SocketLine line(running.port());
  const std::string header = line.ask(wire);
  return header.size() < 12 ? "" : header.substr(9, 3);
}

TEST(WebServer, TalksAndResumes) {
  Running running;
  SocketLine first(running.port());
  const std::string token = greet(first);
  ASSERT_TRUE(first.send(said("b-1", "one")));
  EXPECT_EQ(first.receive(), encode_ack("b-1", Verdict::accepted));
  EXPECT_NE(first.receive().find("you said one"), std::string::npos);
  ASSERT_TRUE(first.send(said("b-2", "two")));
  EXPECT_NE(first.receive_with("you said two"), "");
  EXPECT_EQ(running.inbox.accepted, 0);
  first.close();  // without a word, and without an acknowledgement
  SocketLine second(running.port());
  EXPECT_EQ(greet(second, hello_of(token, 1)), token);
  EXPECT_NE(second.receive().find("you said two"), std::string::npos);
  EXPECT_EQ(running.inbox.accepted, 1);
  ASSERT_TRUE(second.send(R"({"type":"ack","last":"2"})"));
  ASSERT_TRUE(second.send(R"({"type":"ping"})"));
  EXPECT_EQ(second.receive(), encode_pong());
  EXPECT_EQ(running.inbox.accepted, 2);
}

TEST(WebServer, OneBadSocketEndsOnlyItself) {
  Running running;
  SocketLine good(running.port());
  greet(good);
  const std::string long_frame = R"({"type":"ping","x":")" + std::string(64 * 1024, 'x') + R"("})";
  const struct {
    std::string payload;
    int opcode;
    std::string end;
  } table[] = {
      {"garbage", 1, "close 1008 the frame is no JSON object with a \"type\""},
      {said("b", "before a hello"), 1, "close 1008 one hello, first of all"},
      {"\x01", 2, "close 1003 frames are text here"},
      {"\xff\xff\xff", 1, "close 1007"},
      {long_frame, 1, "close 1009"},
      {"", 1, "close 1008 the frame is no JSON object with a \"type\""},
      {"\x03\xe8 bye", 8, "close 1000"},
  };
  for (const auto& [payload, opcode, end] : table) {
    SocketLine bad(running.port());
    ASSERT_EQ(bad.upgrade(), 101);
    ASSERT_TRUE(bad.send(payload, opcode));
    EXPECT_EQ(bad.receive_with("close").substr(0, end.size()), end) << payload.substr(0, 50);
  }
  // What no WebSocket client sends.
  for (const std::string& bytes :
       {std::string("\x81\x02hi"), std::string("\xf1\x80\0\0\0\0", 6),
        std::string("\x83\x80\0\0\0\0", 6), std::string("GET / HTTP/1.1"),
        std::string("\x09\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0", 14)}) {
    SocketLine bad(running.port());
    ASSERT_EQ(bad.upgrade(), 101);
    ASSERT_TRUE(bad.send_raw(bytes));
    const std::string end = bad.receive();
    EXPECT_TRUE(end.empty() || end.rfind("close 1002", 0) == 0) << end;
  }
  ASSERT_TRUE(good.send(said("b", "still here")));
  EXPECT_NE(good.receive_with("you said still here"), "");
}

TEST(WebServer, AFloodEndsThatSocket) {
  Running running;
  SocketLine flood(running.port());
  greet(flood);
  for (int i = 0; i < 5'000; ++i) {
    if (!flood.send(R"({"type":"ping"})")) break;
  }
  EXPECT_EQ(flood.receive_with("close"), "close 1008 too many frames");
  expect_alive(running);
}

TEST(WebServer, AFrameInManyPiecesIsBoundedAsAWhole) {
  Running running;
  SocketLine line(running.port());
  ASSERT_EQ(line.upgrade(), 101);
  const std::string mask(4, '\0');
  const std::string piece(1'000, ' ');
  bool open = line.send_raw("\x01\xfe\x03\xe8" + mask + piece);
  for (int i = 0; open && i < 80; ++i) {
    open = line.send_raw(std::string("\0\xfe\x03\xe8", 4) + mask + piece);
  }
  const std::string end = line.receive_with("close");
  EXPECT_TRUE(end.empty() || end.rfind("close 1009", 0) == 0) << end;
  expect_alive(running);
}

TEST(WebServer, ForeignPagesOpenNoSocket) {
  Running running;
  const std::string own = "Origin: http://127.0.0.1:" + std::to_string(running.port());
  const std::pair<std::vector<std::string>, int> table[] = {
      {{own}, 101},
      {{"X-Other: no origin at all"}, 403},
      {{"Origin: https://evil.example"}, 403},
      {{"Origin: null"}, 403},
      {{"Origin: http://127.0.0.1"}, 403},
      {{own, "Origin: https://evil.example"}, 403},
      {{own + ".evil.example"}, 403},
  };
  for (const auto& [lines, status] : table) {
    SocketLine line(running.port());
    EXPECT_EQ(line.upgrade(lines), status) << lines.back();
  }
  WebServerSettings named;
  named.origins = {"https://www.example.org"};
  Running other(named);
  SocketLine from_there(other.port());
  EXPECT_EQ(from_there.upgrade({"Origin: https://www.example.org"}), 101);
  SocketLine from_here(other.port());
  EXPECT_EQ(from_here.upgrade(), 403);
}

TEST(WebServer, ServesItsFilesAndNothingElse) {
  Running running;
  const std::string host = "\r\nHost: here\r\n";
  SocketLine line(running.port());
  const std::string page = line.ask("GET /?lang=en HTTP/1.1" + host + "\r\n");
  EXPECT_EQ(page.substr(0, 15), "HTTP/1.1 200 OK");
  EXPECT_NE(page.find("\r\nContent-Security-Policy: default-src 'none'"), std::string::npos);
  EXPECT_NE(page.find("\r\nCache-Control: no-cache"), std::string::npos);
  EXPECT_EQ(page.find("Content-Encoding"), std::string::npos);
  SocketLine packed(running.port());
  const std::string script =
      packed.ask("GET /chat.js HTTP/1.1" + host + "Accept-Encoding: br, gzip\r\n\r\n");
  EXPECT_NE(script.find("\r\nContent-Encoding: gzip"), std::string::npos);
  EXPECT_NE(script.find("immutable"), std::string::npos);
  const std::pair<std::string, std::string> table[] = {
      {"GET / HTTP/1.1" + host + "If-None-Match: \"p\"\r\n\r\n", "304"},
      {"HEAD / HTTP/1.1" + host + "\r\n", "200"},
      {"POST / HTTP/1.1" + host + "\r\n", "405"},
      {"GET /nothing HTTP/1.1" + host + "\r\n", "404"},
      {"GET /health HTTP/1.1" + host + "\r\n", "404"},
      {"GET /publish HTTP/1.1" + host + "\r\n", "404"},
      {"GET /../etc/passwd HTTP/1.1" + host + "\r\n", "404"},
      {"GET /socket HTTP/1.1" + host + "\r\n", "426"},
      {"GET / HTTP/1.1\r\n\r\n", "400"},
      {"GET / HTTP/1.0" + host + "\r\n", "400"},
      {"GET / HTTP/1.1" + host + "Host: there\r\n\r\n", "400"},
      {"GET / HTTP/1.1" + host + "Content-Length: 3\r\n\r\nabc", "400"},
      {"GET / HTTP/1.1" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
      {"GET / HTTP/1.1" + host + "X: a\r\n b\r\n\r\n", "400"},
      {"GET / HTTP/1.1" + host + "X: " + std::string(9'000, 'x') + "\r\n\r\n", "400"},
      {"nonsense\r\n\r\n", "400"},
  };
  for (const auto& [wire, status] : table) {
    EXPECT_EQ(status_of(running, wire), status) << wire.substr(0, 80);
  }
}

TEST(WebServer, ConnectionsOfAnAddressAreBounded) {
  WebServerSettings few;
  few.connections_of_address_max = 3;
  Running running(few);
  std::vector<std::unique_ptr<SocketLine>> lines;
  for (int i = 0; i < 3; ++i) {
    lines.push_back(std::make_unique<SocketLine>(running.port()));
    greet(*lines.back());
  }
  EXPECT_EQ(running.use().sockets, 3u);
  SocketLine fourth(running.port());
  const std::string told = fourth.ask("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
  EXPECT_EQ(told.substr(0, 30), "HTTP/1.1 429 Too Many Requests");
  EXPECT_NE(told.find("\r\nRetry-After: 30"), std::string::npos);
  EXPECT_EQ(fourth.receive_all(), "too many connections from your address");
  EXPECT_EQ(running.refused(Refusal::address), 1u);
  lines.pop_back();
  // As soon as it has seen that one is gone.
  EXPECT_TRUE(comes([&] { return SocketLine(running.port()).upgrade() == 101; }));
}

TEST(WebServer, ConnectionsAreBoundedInAll) {
  WebServerSettings few;
  few.connections_max = 4;
  few.connections_of_address_max = 0;
  few.proxies = {"127.0.0.1"};  // whose connections are among them
  Running running(few);
  std::vector<std::unique_ptr<SocketLine>> lines;
  for (int i = 0; i < 4; ++i) {
    lines.push_back(std::make_unique<SocketLine>(running.port()));
    greet(*lines.back());
  }
  SocketLine fifth(running.port());
  const std::string told = fifth.ask("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
  EXPECT_EQ(told.substr(0, 32), "HTTP/1.1 503 Service Unavailable");
  EXPECT_NE(told.find("\r\nRetry-After: 5"), std::string::npos);
  EXPECT_EQ(running.refused(Refusal::full), 1u);
  EXPECT_EQ(running.use().connections, 4u);
  lines.clear();
  // As soon as it has seen that they are gone.
  EXPECT_TRUE(comes([&] { return SocketLine(running.port()).upgrade() == 101; }));
}

TEST(WebServer, BehindATrustedProxyItsHeaderCounts) {
  WebServerSettings few;
  few.connections_of_address_max = 1;
  few.proxies = {"127.0.0.1"};
  Running running(few);
  const std::string own = "Origin: http://127.0.0.1:" + std::to_string(running.port());
  const auto from = [&own](const std::string& address) {
    return std::vector<std::string>{own, "X-Forwarded-For: " + address};
  };
  SocketLine one(running.port());
  SocketLine two(running.port());
  SocketLine three(running.port());
  EXPECT_EQ(one.upgrade(from("198.51.100.1")), 101);
  EXPECT_EQ(two.upgrade(from("198.51.100.2")), 101);
  // What stands before the proxy's own word is the client's.
  EXPECT_EQ(three.upgrade(from("203.0.113.9, 198.51.100.1")), 429);
  // The same, in IPv6's clothes; and one network of IPv6 is one.
  EXPECT_EQ(SocketLine(running.port()).upgrade(from("::ffff:198.51.100.2")), 429);
  SocketLine six(running.port());
  EXPECT_EQ(six.upgrade(from("2001:db8::1")), 101);
  EXPECT_EQ(SocketLine(running.port()).upgrade(from("2001:db8::2")), 429);
  // Without a word of the proxy they share one place.
  SocketLine unnamed(running.port());
  EXPECT_EQ(unnamed.upgrade({own}), 101);
  EXPECT_EQ(SocketLine(running.port()).upgrade(from("nonsense")), 429);
}

TEST(WebServer, OfAnybodyElseTheHeaderIsNotBelieved) {
  WebServerSettings few;
  few.connections_of_address_max = 1;
  few.proxies = {"10.0.0.7"};
  Running running(few);
  const std::string own = "Origin: http://127.0.0.1:" + std::to_string(running.port());
  SocketLine one(running.port());
  EXPECT_EQ(one.upgrade({own, "X-Forwarded-For: 198.51.100.1"}), 101);
  EXPECT_EQ(SocketLine(running.port()).upgrade({own, "X-Forwarded-For: 198.51.100.2"}), 429);
}

TEST(WebServer, WhatCanBeReadInTwoWaysIsRefused) {
  Running running;
  const std::size_t all = expect_all_refused(running.port(), "/");
  EXPECT_EQ(running.refused(Refusal::malformed), all);
  expect_alive(running);
}

// Sockets of one kind of slowness, and what each says again and again.
struct Slow {
  std::string first;
  std::string again;
  bool upgrades = false;
};

std::string masked(const std::string& start) {  // a text frame of 100 bytes that is not whole
  return std::string("\x81\xe4\0\0\0\0", 6) + start;
}

TEST(WebServer, TheSlowAreGoneSoonAndNobodyElseMinds) {
  WebServerSettings settings;
  settings.connections_of_address_max = 0;
  Running running(settings);
  const std::string host = " HTTP/1.1\r\nHost: here\r\n";
  const Slow kinds[] = {
      {"", "", false},                                                // says nothing
      {"GET /" + host, "X: y\r\n", false},                            // never ends its head
      {"POST /" + host + "Content-Length: 100\r\n\r\n", "x", false},  // nor its body
      {"GET /big" + host + "\r\n", "", false},                        // does not read
      {"GET /big" + host + "\r\n", "GET /" + host + "\r\n", false},   // and asks on
      {"GET /" + host + "\r\n", "", false},                           // reads, and sits there
      {"", "", true},                                                 // has no hello
      {masked("{"), " ", true},                                       // has never all of it
  };
  constexpr int each = 30;
  std::vector<std::pair<std::unique_ptr<SocketLine>, const Slow*>> lines;
  for (const Slow& kind : kinds) {
    for (int i = 0; i < each; ++i) {
      lines.emplace_back(std::make_unique<SocketLine>(running.port()), &kind);
      SocketLine& line = *lines.back().first;
      ASSERT_TRUE(line.connect());
      if (kind.upgrades) {
        ASSERT_EQ(line.upgrade(), 101);
      }
      ASSERT_TRUE(line.send_raw(kind.first));
    }
  }
  SocketLine good(running.port());
  greet(good);
  const auto until = std::chrono::steady_clock::now() + patience;
  for (int i = 0; running.use().connections > 1 && std::chrono::steady_clock::now() < until; ++i) {
    ASSERT_TRUE(good.send(said("b-" + std::to_string(i), "word")));
    ASSERT_NE(good.receive_with("you said word"), "");
    for (const auto& [line, kind] : lines) line->send_raw(kind->again);
    poll(nullptr, 0, 600);
  }
  EXPECT_EQ(running.use().connections, 1u);
  EXPECT_EQ(running.use().sockets, 1u);
  EXPECT_GE(running.refused(Refusal::slow), 4u * each);
}

TEST(WebServer, ForeignPagesAreCounted) {
  Running running;
  EXPECT_EQ(SocketLine(running.port()).upgrade({"Origin: https://evil.example"}), 403);
  EXPECT_EQ(running.refused(Refusal::foreign), 1u);
  EXPECT_EQ(running.use().sockets, 0u);
}

TEST(WebServer, AStopTellsEverySocket) {
  Running running;
  SocketLine one(running.port());
  SocketLine two(running.port());
  greet(one);
  greet(two);
  running.stop_accepting();
  EXPECT_EQ(one.receive(), encode_bye("restart"));
  EXPECT_EQ(one.receive(), "close 1012 restart");
  EXPECT_EQ(two.receive_with("close"), "close 1012 restart");
}

TEST(WebServer, ManyAtOnce) {
  Running running;
  constexpr int threads = 6;
  constexpr int each = 15;
  std::atomic<int> answered{0};
  std::vector<std::thread> citizens;
  for (int number = 0; number < threads; ++number) {
    citizens.emplace_back([&] {
      std::string token;
      for (int i = 0; i < each; ++i) {
        SocketLine line(running.port());
        const std::string now = greet(line, token.empty() ? hello : hello_of(token, 0));
        EXPECT_TRUE(token.empty() || now == token);
        token = now;
        const std::string text = "word " + std::to_string(i);
        ASSERT_TRUE(line.send(said("b-" + std::to_string(i), text)));
        if (!line.receive_with("you said " + text).empty()) ++answered;
      }
    });
  }
  for (std::thread& citizen : citizens) citizen.join();
  EXPECT_EQ(answered, threads * each);
}

}  // namespace
}  // namespace alur::tests

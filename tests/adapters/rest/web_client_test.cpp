// What a WebClient bears and what it refuses: servers that are slow, endless, broken or somebody
// else, names that lead behind the walls, certificates that prove nothing.
#include "adapters/http/web_client.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>

#include "tests/adapters/rest/web_peer.hpp"
#include "tests/loopback.hpp"

namespace alur::tests {
namespace {

using adapters::AddressGuard;
using adapters::WebAnswer;
using adapters::WebClient;
using adapters::WebOrigin;
using adapters::WebRequest;
using adapters::WebSettings;
using ports::Fault;
using ports::Result;

constexpr std::int64_t long_ms = std::chrono::milliseconds(patience).count();

WebSettings on_loopback() {
  WebSettings settings;
  settings.guard = AddressGuard({*adapters::parse_range("127.0.0.0/8")});
  settings.resolve = [](const std::string&) { return std::vector<std::string>{"127.0.0.1"}; };
  return settings;
}

Result<WebAnswer> ask(WebClient& client, const WebOrigin& origin, std::int64_t ms_max = long_ms) {
  std::promise<Result<WebAnswer>> promise;
  WebRequest request{"POST", "/x?y=1", {{"X-Key", "k"}}, "{}"};
  client.ask(origin, std::move(request), ms_max,
             [&](Result<WebAnswer> answer) { promise.set_value(std::move(answer)); });
  return promise.get_future().get();
}

Result<WebAnswer> ask(const WebPeer& peer, WebSettings settings = on_loopback(),
                      std::int64_t ms_max = long_ms, bool tls = false,
                      const std::string& host = "service.example") {
  std::string error;
  WebClient client(std::move(settings), error);
  EXPECT_EQ(error, "");
  return ask(client, WebOrigin{tls, host, peer.port()}, ms_max);
}

std::string said(const Result<WebAnswer>& answer) {
  if (!answer) return std::string(to_text(answer.error()));
  return std::to_string(answer->status) + " " + answer->body;
}

// --- what is asked and answered

TEST(WebClient, ARequestAndItsAnswer) {
  std::string seen;
  WebPeer peer([&](PeerLine& line) {
    seen = line.read_request();
    line.write(http_answer(201, "{\"a\":1}"));
  });
  EXPECT_EQ(said(ask(peer)), "201 {\"a\":1}");
  EXPECT_EQ(seen, "POST /x?y=1 HTTP/1.1\r\nHost: service.example:" + std::to_string(peer.port()) +
                      "\r\nConnection: close\r\nX-Key: k\r\nContent-Length: 2\r\n\r\n{}");
}

TEST(WebClient, AnAnswerInPiecesAndOneThatEndsWithItsConnection) {
  WebPeer pieces([](PeerLine& line) {
    line.read_request();
    line.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    line.write("2\r\nde\r\n0\r\n\r\n");
  });
  EXPECT_EQ(said(ask(pieces)), "200 abcde");
  WebPeer ends([](PeerLine& line) {
    line.read_request();
    line.write("HTTP/1.1 200 OK\r\n\r\nabc");
  });
  EXPECT_EQ(said(ask(ends)), "200 abc");
}

// --- hostile servers

TEST(WebClient, WhatIsNoAnswerIsAFault) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "unreadable"},
      {"nonsense\r\n\r\n", "unreadable"},
      {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "unreadable"},
      {"HTTP/1.1 200 OK\r\nContent-Length: 10, 11\r\n\r\nabc", "unreadable"},
      {"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "unreadable"},
      {"HTTP/1.1 200 OK\r\nContent-Length: 262145\r\n\r\n" + std::string(262'145, 'x'),
       "unreadable"},
      {"HTTP/1.1 200 OK\r\nX: " + std::string(9'000, 'x') + "\r\n\r\n", "unreadable"},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "unreadable"},
      {"HTTP/1.1 100 Continue\r\n\r\n", "unreadable"},
      {"\x16\x03\x01\x02", "unreadable"}};
  for (const auto& [bytes, fault] : cases) {
    WebPeer peer([&](PeerLine& line) {
      line.read_request();
      line.write(bytes);
    });
    EXPECT_EQ(said(ask(peer)), fault) << bytes.substr(0, 80);
  }
  WebPeer most([](PeerLine& line) {
    line.read_request();
    line.write(http_answer(200, std::string(262'144, 'x')));
  });
  EXPECT_EQ(said(ask(most)).size(), 262'144u + 4);
}

TEST(WebClient, AnEndlessAnswerIsCutOff) {
  WebPeer peer([](PeerLine& line) {
    line.read_request();
    line.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "1000\r\n" + std::string(4'096, 'x') + "\r\n";
    while (line.write(chunk)) {
    }
  });
  EXPECT_EQ(said(ask(peer)), "unreadable");
}

TEST(WebClient, WhoeverIsSlowIsNotWaitedFor) {
  WebPeer silent([](PeerLine& line) { line.wait_closed(); });
  EXPECT_EQ(said(ask(silent, on_loopback(), 100)), "timed out");
  WebPeer drip([](PeerLine& line) {
    line.read_request();
    for (const char c : "HTTP/1.1 200 OK\r\n" + std::string(4'000, 'x')) {
      if (!line.write(std::string(1, c))) return;
      poll(nullptr, 0, 1);
    }
    line.wait_closed();
  });
  EXPECT_EQ(said(ask(drip, on_loopback(), 100)), "timed out");
  WebPeer no_greeting([](PeerLine& line) { line.wait_closed(); });
  EXPECT_EQ(said(ask(no_greeting, on_loopback(), 100, true)), "timed out");
}

TEST(WebClient, ANameThatIsNotResolvedInTimeIsNotWaitedFor) {
  std::promise<void> over;
  WebSettings settings = on_loopback();
  settings.resolve = [done = over.get_future().share()](const std::string&) {
    done.wait();
    return std::vector<std::string>{"127.0.0.1"};
  };
  WebPeer peer([](PeerLine& line) { line.wait_closed(); });
  std::string error;
  WebClient client(std::move(settings), error);
  EXPECT_EQ(said(ask(client, WebOrigin{false, "slow.example", peer.port()}, 50)), "timed out");
  over.set_value();
  client.stop();
  EXPECT_EQ(peer.connections(), 0);
}

TEST(WebClient, NobodyThereIsAFault) {
  const DeafPort deaf;
  std::string error;
  WebClient client(on_loopback(), error);
  EXPECT_EQ(said(ask(client, WebOrigin{false, "service.example", deaf.port()})), "unavailable");
  WebSettings nameless = on_loopback();
  nameless.resolve = [](const std::string&) { return std::vector<std::string>(); };
  WebClient lost(std::move(nameless), error);
  EXPECT_EQ(said(ask(lost, WebOrigin{false, "service.example", deaf.port()})), "unavailable");
}

TEST(WebClient, RedirectsAndProxiesAreNotFollowed) {
  WebPeer elsewhere([](PeerLine& line) { line.write(http_answer(200, "elsewhere")); });
  const std::string there = "http://127.0.0.1:" + std::to_string(elsewhere.port()) + "/";
  setenv("http_proxy", there.c_str(), 1);
  setenv("HTTP_PROXY", there.c_str(), 1);
  for (const int status : {301, 302, 303, 307, 308}) {
    WebPeer peer([&](PeerLine& line) {
      line.read_request();
      line.write(http_answer(status, "", "Location: " + there + "\r\n"));
    });
    EXPECT_EQ(said(ask(peer)), std::to_string(status) + " ");
  }
  unsetenv("http_proxy");
  unsetenv("HTTP_PROXY");
  EXPECT_EQ(elsewhere.connections(), 0);
}

// --- names that lead behind the walls

TEST(WebClient, EveryAddressOfANameIsChecked) {
  WebPeer peer([](PeerLine& line) {
    line.read_request();
    line.write(http_answer(200, "inside"));
  });
  const std::vector<std::vector<std::string>> answers = {{"127.0.0.1"},
                                                         {"93.184.216.34", "127.0.0.1"},
                                                         {"127.0.0.1", "93.184.216.34"},
                                                         {"10.0.0.1"},
                                                         {"::1"},
                                                         {"::ffff:127.0.0.1"},
                                                         {"0.0.0.0"},
                                                         {"169.254.169.254"},
                                                         {"nonsense"}};
  for (const auto& addresses : answers) {
    WebSettings settings;
    settings.resolve = [&](const std::string&) { return addresses; };
    EXPECT_EQ(said(ask(peer, std::move(settings))), "refused") << addresses[0];
  }
  EXPECT_EQ(peer.connections(), 0);
}

// A name that has another address every time it is asked: it is asked once, and what was checked is
// what is connected to.
TEST(WebClient, ANameThatChangesIsAskedOnce) {
  WebPeer peer([](PeerLine& line) {
    line.read_request();
    line.write(http_answer(200, "checked"));
  });
  int asked = 0;
  WebSettings settings;
  settings.guard = AddressGuard({*adapters::parse_range("127.0.0.1")});
  settings.resolve = [&](const std::string&) {
    return std::vector<std::string>{++asked % 2 == 1 ? "127.0.0.1" : "127.0.0.2"};
  };
  std::string error;
  WebClient client(std::move(settings), error);
  const WebOrigin origin{false, "rebinding.example", peer.port()};
  EXPECT_EQ(said(ask(client, origin)), "200 checked");
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(said(ask(client, origin)), "refused");
  EXPECT_EQ(peer.connections(), 1);
}

// However an address is written, the system's resolver reads it before it is checked.
TEST(WebClient, OtherWaysOfWritingAnAddressAreRefused) {
  WebPeer peer([](PeerLine& line) { line.write(http_answer(200, "inside")); });
  for (const char* host : {"127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001",
                           "0x7f.1", "localhost", "0", "::1", "::ffff:127.0.0.1", "::"}) {
    const auto answer = ask(peer, WebSettings(), long_ms, false, host);
    EXPECT_FALSE(answer) << host;
    EXPECT_TRUE(answer || answer.error() != Fault::timed_out) << host;
  }
  EXPECT_EQ(peer.connections(), 0);
}

TEST(AddressGuard, WhatIsNotPublicIsRefused) {
  const AddressGuard guard;
  for (const char* address : {"0.0.0.0",
                              "0.1.2.3",
                              "10.0.0.0",
                              "10.255.255.255",
                              "100.64.0.1",
                              "100.127.255.255",
                              "127.0.0.1",
                              "127.255.255.255",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.1",
                              "192.0.2.1",
                              "192.88.99.1",
                              "192.168.0.1",
                              "192.168.255.255",
                              "198.18.0.1",
                              "198.19.255.255",
                              "198.51.100.1",
                              "203.0.113.9",
                              "224.0.0.1",
                              "239.1.1.1",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::127.0.0.1",
                              "::ffff:8.8.8.8",
                              "::ffff:10.0.0.1",
                              "64:ff9b::8.8.8.8",
                              "64:ff9b:1::1",
                              "100::1",
                              "2001::1",
                              "2001:db8::1",
                              "2002:7f00:1::",
                              "2002:0a00:1::",
                              "fc00::1",
                              "fdff::1",
                              "fe80::1",
                              "fe80::1%lo",
                              "febf::1",
                              "fec0::1",
                              "ff02::1",
                              "",
                              "localhost",
                              "8.8.8",
                              "8.8.8.8.8",
                              "08.8.8.8 ",
                              "[::1]"}) {
    EXPECT_FALSE(guard.allows(address)) << address;
  }
  for (const char* address :
       {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.1", "169.253.255.255", "172.15.255.255", "172.32.0.0",
        "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
        "2606:4700::1111", "2a00:1450::1", "2400:cb00::1"}) {
    EXPECT_TRUE(guard.allows(address)) << address;
  }
}

TEST(AddressGuard, WhatTheOperatorNamesIsAllowedAndNothingBesides) {
  const AddressGuard guard({*adapters::parse_range("10.20.0.0/16"),
                            *adapters::parse_range("fd12::/16"),
                            *adapters::parse_range("127.0.0.1")});
  for (const char* address : {"10.20.0.1", "10.20.255.255", "fd12::1", "127.0.0.1", "8.8.8.8"}) {
    EXPECT_TRUE(guard.allows(address)) << address;
  }
  for (const char* address : {"10.21.0.0", "10.19.255.255", "fd13::1", "127.0.0.2", "::1",
                              "::ffff:10.20.0.1", "::10.20.0.1"}) {
    EXPECT_FALSE(guard.allows(address)) << address;
  }
  for (const char* range : {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1", "::/129",
                            "host/8", "10.0.0/8"}) {
    EXPECT_FALSE(adapters::parse_range(range)) << range;
  }
}

// --- TLS

class WebClientTls : public testing::Test {
 protected:
  void SetUp() override {
    file_ = std::filesystem::temp_directory_path() /
            ("alur_certificate_" + std::to_string(getpid()) + ".pem");
  }
  void TearDown() override { std::filesystem::remove(file_); }

  // What comes of asking a server that has `held`, of a client that trusts `trusted`.
  std::string told(const Certificate& held, const Certificate& trusted, const std::string& host) {
    std::ofstream(file_, std::ios::trunc) << trusted.certificate;
    WebSettings settings = on_loopback();
    settings.certificates = file_;
    WebPeer peer(
        [](PeerLine& line) {
          line.read_request();
          line.write(http_answer(200, "secret"));
        },
        &held);
    return said(ask(peer, std::move(settings), long_ms, true, host));
  }

  std::filesystem::path file_;
};

TEST_F(WebClientTls, ACertificateProvesWhoAnswers) {
  const Certificate good = make_certificate("service.example");
  EXPECT_EQ(told(good, good, "service.example"), "200 secret");
  const Certificate address = make_certificate("127.0.0.1");
  EXPECT_EQ(told(address, address, "127.0.0.1"), "200 secret");
  const Certificate other = make_certificate("service.example");
  EXPECT_EQ(told(other, good, "service.example"), "unavailable");
  EXPECT_EQ(told(good, good, "other.example"), "unavailable");
  EXPECT_EQ(told(good, good, "127.0.0.1"), "unavailable");
  const Certificate old = make_certificate("service.example", -1);
  EXPECT_EQ(told(old, old, "service.example"), "unavailable");
}

TEST_F(WebClientTls, AServerWithoutTlsIsNotSpokenTo) {
  std::string seen;
  {
    WebPeer plain([&](PeerLine& line) {
      seen = line.read_request();
      line.write(http_answer(200, "open"));
    });
    EXPECT_FALSE(ask(plain, on_loopback(), 500, true));
  }
  EXPECT_EQ(seen.find("POST"), std::string::npos);
}

TEST_F(WebClientTls, CertificatesThatCannotBeReadAreSaid) {
  WebSettings settings = on_loopback();
  settings.certificates = file_ / "nowhere";
  std::string error;
  WebClient client(std::move(settings), error);
  EXPECT_NE(error.find("nowhere: "), std::string::npos) << error;
}

// Nothing is called once stop() has returned.
TEST(WebClient, StoppingEndsWhatIsUnderWay) {
  WebPeer silent([](PeerLine& line) { line.wait_closed(); });
  std::string error;
  WebClient client(on_loopback(), error);
  std::atomic<int> called{0};
  for (int i = 0; i < 10; ++i) {
    client.ask({false, "service.example", silent.port()}, {"GET", "/", {}, ""}, 60'000,
               [&](const Result<WebAnswer>&) { ++called; });
  }
  client.stop();
  EXPECT_EQ(called, 0);
  client.stop();
}

}  // namespace
}  // namespace alur::tests

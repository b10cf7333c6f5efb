// The door for webhooks: who is let in, and what they are answered.
#include "adapters/http/hook_server.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <mutex>
#include <thread>

namespace alur::tests {
namespace {

using adapters::HookServer;
using adapters::HookSettings;

constexpr const char* secret = "s3cr3t-of-the-hook";

class Hooks : public testing::Test {
 protected:
  void SetUp() override {
    HookSettings settings;
    settings.header = "X-Secret";
    settings.secret = secret;
    open(std::move(settings));
  }
  void open(HookSettings settings) {
    settings.path = "/hook";
    settings.body_bytes_max = 64;
    server_ = std::make_unique<HookServer>(
        std::vector<boost::asio::io_context*>{&io_},
        [this](adapters::HookCall call, std::function<void(int)> done) {
          {
            const std::lock_guard lock(mutex_);
            bodies_.push_back(call.body);
            last_ = std::move(call);
          }
          done(status_);
        },
        std::move(settings));
    ASSERT_EQ(server_->start(), "");
    thread_ = std::thread([this] { io_.run(); });
  }
  void TearDown() override {
    server_.reset();
    io_.stop();
    thread_.join();
  }

  // All that is answered to these bytes until the connection closes.
  std::string raw(const std::string& bytes) {
    const int line = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server_->port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(line, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(send(line, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
    shutdown(line, SHUT_WR);
    std::string out;
    char piece[1'024];
    for (ssize_t count; (count = recv(line, piece, sizeof piece, 0)) > 0;) {
      out.append(piece, static_cast<std::size_t>(count));
    }
    close(line);
    return out;
  }
  int post(const std::string& path, const std::string& headers, const std::string& body,
           const std::string& method = "POST") {
    const std::string answer =
        raw(method + " " + path + " HTTP/1.1\r\nHost: h\r\n" + headers +
            "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_EQ(answer.find(secret), answer.npos);
    return answer.size() < 12 ? 0 : std::stoi(answer.substr(9, 3));
  }
  static std::string bearing(const std::string& what) { return "X-Secret: " + what + "\r\n"; }

  std::atomic<int> status_ = 200;
  std::mutex mutex_;
  std::vector<std::string> bodies_;
  adapters::HookCall last_;
  boost::asio::io_context io_;
  std::unique_ptr<HookServer> server_;
  std::thread thread_;
};

TEST_F(Hooks, WhoKnowsTheSecretIsAnsweredAsItIsSaid) {
  EXPECT_EQ(post("/hook", bearing(secret), "{}"), 200);
  status_ = 503;
  EXPECT_EQ(post("/hook", bearing(secret), "{\"a\":1}"), 503);
  EXPECT_EQ(bodies_, (std::vector<std::string>{"{}", "{\"a\":1}"}));
}

TEST_F(Hooks, NobodyElseIsLetIn) {
  std::string wrong = secret;
  for (char& c : wrong) {
    c = static_cast<char>(c ^ 1);
    EXPECT_EQ(post("/hook", bearing(wrong), "{}"), 401) << wrong;
    c = static_cast<char>(c ^ 1);
  }
  EXPECT_EQ(post("/hook", "", "{}"), 401);
  EXPECT_EQ(post("/hook", bearing(""), "{}"), 401);
  EXPECT_EQ(post("/hook", bearing(std::string(secret) + "x"), "{}"), 401);
  EXPECT_EQ(post("/hook", bearing(secret) + bearing(secret), "{}"), 401);
  EXPECT_TRUE(bodies_.empty());
}

TEST_F(Hooks, WhatWasCalledIsHandedOnWithItsHeaders) {
  EXPECT_EQ(
      post("/hook?a=1&b=%41", bearing(secret) + "X-Sign: s\r\nX-Two: 1\r\nx-two: 2\r\n", "{}"),
      200);
  EXPECT_EQ(last_.target, "/hook?a=1&b=%41");
  EXPECT_EQ(last_.query(), "a=1&b=%41");
  EXPECT_EQ(last_.header("x-sign"), "s");
  EXPECT_EQ(last_.header("X-Two"), std::nullopt);
  EXPECT_EQ(last_.header("X-Sig"), std::nullopt);
  EXPECT_EQ(post("/hook", bearing(secret), "{}"), 200);
  EXPECT_EQ(last_.query(), "");
  EXPECT_EQ(post("/hooks?a=1", bearing(secret), "{}"), 404);
}

// Who signs what is said, in a header that has the length of it here.
class SignedHooks : public Hooks {
 protected:
  void SetUp() override { open(signed_settings()); }
  static HookSettings signed_settings() {
    HookSettings settings;
    settings.admit = [](const adapters::HookCall& call) {
      const std::string signs = call.target + "," + std::to_string(call.body.size());
      return call.header("X-Sign") == signs;
    };
    return settings;
  }
};

TEST_F(SignedHooks, WhatIsSignedIsLetIn) {
  EXPECT_EQ(post("/hook?n=1", "X-Sign: /hook?n=1,2\r\n", "{}"), 200);
  EXPECT_EQ(post("/hook?n=2", "X-Sign: /hook?n=1,2\r\n", "{}"), 401);
  EXPECT_EQ(post("/hook?n=1", "X-Sign: /hook?n=1,2\r\n", "{} "), 401);
  EXPECT_EQ(post("/hook?n=1", "", "{}"), 401);
  EXPECT_EQ(bodies_, (std::vector<std::string>{"{}"}));
}

class BothHooks : public SignedHooks {
 protected:
  void SetUp() override {
    HookSettings settings = signed_settings();
    settings.header = "X-Secret";
    settings.secret = secret;
    open(std::move(settings));
  }
};

TEST_F(BothHooks, ASecretIsAskedForBesideTheSignature) {
  EXPECT_EQ(post("/hook", "X-Sign: /hook,2\r\n", "{}"), 401);
  EXPECT_EQ(post("/hook", bearing(secret), "{}"), 401);
  EXPECT_EQ(post("/hook", bearing(secret) + "X-Sign: /hook,2\r\n", "{}"), 200);
}

class OpenHooks : public Hooks {
 protected:
  void SetUp() override { open({}); }
};

TEST_F(OpenHooks, WithoutASecretNobodyIsLetIn) {
  EXPECT_EQ(post("/hook", "", "{}"), 401);
  EXPECT_EQ(post("/hook", ": \r\n", "{}"), 400);
  EXPECT_TRUE(bodies_.empty());
}

TEST_F(Hooks, WhatIsNoCallOfTheHookIsRefused) {
  EXPECT_EQ(post("/other", bearing(secret), "{}"), 404);
  EXPECT_EQ(post("/hook", bearing(secret), "{}", "PUT"), 405);
  EXPECT_EQ(post("/hook", bearing(secret), std::string(65, ' ')), 413);
  EXPECT_EQ(raw("nonsense\r\n\r\n").substr(0, 12), "HTTP/1.1 400");
  EXPECT_TRUE(bodies_.empty());
}

TEST_F(Hooks, AnEndInTheMiddleOfABodyIsNoCall) {
  EXPECT_EQ(raw("POST /hook HTTP/1.1\r\nHost: h\r\nX-Secret: " + std::string(secret) +
                "\r\nContent-Length: 10\r\n\r\n{\"a\""),
            "");
  EXPECT_TRUE(bodies_.empty());
}

}  // namespace
}  // namespace alur::tests

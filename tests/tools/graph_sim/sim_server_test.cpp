// On real sockets: what is asked of the Graph API, and webhooks that arrive.
#include "tools/graph_sim/sim_server.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <thread>

#include "adapters/http/http_client.hpp"

namespace alur::graph_sim {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using asio::ip::tcp;

// A business's webhook: answers what it is told to, one connection at a time.
class Webhook {
 public:
  explicit Webhook(std::vector<int> answers)
      : acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
    thread_ = std::thread([this, answers = std::move(answers)] { serve(answers); });
  }
  ~Webhook() { wait(); }
  void wait() {
    if (thread_.joinable()) thread_.join();
  }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/whatsapp";
  }
  struct Heard {
    std::string head;
    std::string body;
  };
  const std::vector<Heard>& heard() const { return heard_; }  // after wait()

 private:
  void serve(const std::vector<int>& answers) {
    for (const int status : answers) {
      tcp::socket socket = acceptor_.accept();
      asio::streambuf buffer;
      const std::size_t head = asio::read_until(socket, buffer, "\r\n\r\n");
      std::string text(asio::buffers_begin(buffer.data()), asio::buffers_end(buffer.data()));
      const std::size_t at = text.find("Content-Length: ");
      const std::size_t length =
          at == std::string::npos ? 0 : std::strtoull(text.c_str() + at + 16, nullptr, 10);
      while (text.size() < head + length) {
        std::array<char, 4096> more{};
        text.append(more.data(), socket.read_some(asio::buffer(more)));
      }
      heard_.push_back({text.substr(0, head), text.substr(head)});
      const std::size_t challenge = text.find("hub.challenge=");
      const std::string body =
          challenge == std::string::npos
              ? ""
              : text.substr(challenge + 14, text.find('&', challenge) - challenge - 14);
      asio::write(socket, asio::buffer("HTTP/1.1 " + std::to_string(status) +
                                       " X\r\nConnection: close\r\nContent-Length: " +
                                       std::to_string(body.size()) + "\r\n\r\n" + body));
    }
  }

  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::vector<Heard> heard_;
  std::thread thread_;
};

adapters::HttpAnswer ask(const SimServer& server, const std::string& method,
                         const std::string& path, const std::string& body,
                         const std::string& query = "") {
  return adapters::http_ask("127.0.0.1", server.port(), {method, path, query, body}, 10);
}

TEST(SimServer, ShakesHandsAndRepeatsWhatIsNotTaken) {
  Webhook webhook({200, 503, 200});
  SimServer server({}, {0, webhook.url(), 1});
  ASSERT_EQ(server.start(), "");
  EXPECT_EQ(server.shake_hands(), "");
  const auto said =
      ask(server, "POST", "/sim/say", R"({"phone": "6281234567890", "text": "Halo"})");
  EXPECT_EQ(said.status, 200) << said.body;
  webhook.wait();
  const auto& heard = webhook.heard();
  ASSERT_EQ(heard.size(), 3u);
  EXPECT_EQ(heard[1].body, heard[2].body);
  EXPECT_NE(heard[1].head.find("X-Hub-Signature-256: " +
                               signature_of(SimSettings().app_secret, heard[1].body)),
            std::string::npos);
  while (server.acknowledged().empty()) std::this_thread::yield();
  EXPECT_EQ(server.acknowledged().size(), 1u);
}

TEST(SimServer, SaysWhatIsWrongWithAWebhook) {
  {
    Webhook refuses({403});
    SimServer server({}, {0, refuses.url(), 1});
    ASSERT_EQ(server.start(), "");
    EXPECT_NE(server.shake_hands().find("403"), std::string::npos);
  }
  SimServer server({}, {0, "http://127.0.0.1:1/whatsapp", 1});
  ASSERT_EQ(server.start(), "");
  EXPECT_EQ(server.shake_hands(), "nobody listens at 127.0.0.1:1");
  SimServer elsewhere({}, {0, "https://example.org/", 1});
  EXPECT_EQ(elsewhere.start(), "https://example.org/ is no http:// address");
}

TEST(SimServer, APhoneIsPlayedOverHttp) {
  SimServer server({}, {0, "", 1});
  ASSERT_EQ(server.start(), "");
  ask(server, "POST", "/sim/phone", R"({"phone": "6281234567890", "name": "Ani"})");
  const auto sent = ask(server, "POST", "/sim/say",
                        R"({"phone": "6281234567890", "file": {"type": "image",
                            "mime": "image/png", "data": "aGFsbw==", "caption": "bukti"}})");
  EXPECT_EQ(sent.status, 200) << sent.body;
  const auto thread = ask(server, "GET", "/sim/thread", "", "phone=6281234567890&after=0");
  const json::value seen = json::parse(thread.body);
  ASSERT_EQ(seen.at("messages").as_array().size(), 1u);
  const json::value& message = seen.at("messages").as_array()[0].at("message");
  EXPECT_EQ(message.at("image").at("caption"), "bukti");
  EXPECT_EQ(ask(server, "POST", "/sim/say", R"({"phone": "x", "text": "a"})").status, 400);
  EXPECT_EQ(ask(server, "POST", "/sim/say", R"({"phone": "6281234567890", "tap": "1"})").status,
            400);
  EXPECT_EQ(ask(server, "POST", "/sim/say", "no JSON").status, 400);
  EXPECT_EQ(ask(server, "GET", "/sim/counts", "").status, 200);
  EXPECT_EQ(ask(server, "GET", "/v25.0/1", "").status, 401);
}

}  // namespace
}  // namespace alur::graph_sim

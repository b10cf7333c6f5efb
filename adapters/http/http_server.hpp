// HttpServer: the plain channel's door, on loopback: messages come in, messages are fetched, and
// whoever started it adds routes of its own.
//
//   POST /messages  {"id": "m1", "from": "628111", "text": "halo"}       a tap: "tap": "..." beside
//   GET  /outbox?wait=20&limit=100&to=628111&ack=17,18                     it; waits in seconds
//   POST /acks      {"ids": ["17", "18"]}
//   POST /receipts  {"id": "17", "state": "delivered"}
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http/http_channel.hpp"
#include "engine/ports/channel.hpp"
#include "engine/ports/clock.hpp"

namespace boost::asio {
class io_context;
}

namespace alur::adapters {

struct HttpRequest {
  std::string method;
  std::string path;
  std::string query;  // behind the `?`
  std::string body;
};

struct HttpAnswer {
  int status = 200;
  std::string body;
  std::string type = "application/json";
};

struct HttpRoute {
  std::string method;
  std::string path;
  std::size_t body_max = 64 * 1024;
  // On a thread of its own, one at a time: it may take a while.
  std::function<HttpAnswer(const HttpRequest&)> answer;
};

struct HttpSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8157;  // 0: any that is free
  std::size_t connections_max = 16'384;
  std::vector<HttpRoute> routes;
};

class HttpServer {
 public:
  // Serves on these loops. All must outlive it.
  HttpServer(std::vector<boost::asio::io_context*> loops, ports::Inbox& inbox, HttpChannel& channel,
             const ports::Clock& clock, HttpSettings settings);
  ~HttpServer();

  // Empty, or why it cannot listen there.
  std::string start();
  std::uint16_t port() const;
  // No more connections; messages that have come are answered.
  void stop_accepting();
  // No route is under way any more, and none will be.
  void finish_routes();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace alur::adapters

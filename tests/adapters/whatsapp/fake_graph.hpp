// FakeGraph: a Graph API on loopback that answers each request as a test says, on as many
// connections as come, and remembers what it was asked.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace alur::tests {

class FakeGraph {
 public:
  struct Request {
    std::string method;
    std::string target;
    std::string head;
    std::string body;
  };
  struct Reply {
    std::string bytes;     // as they go over the wire
    bool closes = false;   // the connection, after them
    bool hangs = false;    // until the other side closes
    bool endless = false;  // the bytes again and again
    int drip_ms = 0;       // between one byte and the next
  };
  using Answer = std::function<Reply(const Request& request)>;

  explicit FakeGraph(Answer answer);
  ~FakeGraph();

  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int connections() const { return connections_; }
  std::vector<Request> requests() const;
  // Once there are so many; fewer: no more came.
  std::vector<Request> wait_for(std::size_t count) const;

 private:
  void run();
  void serve(int descriptor);
  bool read_request(int descriptor, std::string& bytes, Request& request) const;
  void write(int descriptor, const Reply& reply) const;

  Answer answer_;
  int listening_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::vector<Request> requests_;
  std::vector<std::thread> lines_;
  std::atomic<int> connections_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

// An answer with a JSON body and more header lines, each with its line end.
FakeGraph::Reply json_reply(int status, const std::string& body, const std::string& headers = "");
// What Meta answers to a message that it takes.
FakeGraph::Reply taken_reply();
FakeGraph::Reply error_reply(int status, int code, const std::string& message = "a fault");

}  // namespace alur::tests

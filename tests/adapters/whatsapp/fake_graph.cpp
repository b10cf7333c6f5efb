#include "tests/adapters/whatsapp/fake_graph.hpp"

#include <poll.h>

#include <cstdlib>

#include "tests/loopback.hpp"

namespace alur::tests {
namespace {

constexpr int look_ms = 10;  // whether it shall stop

bool readable(int descriptor) {
  pollfd waiting{descriptor, POLLIN, 0};
  return poll(&waiting, 1, look_ms) > 0;
}

std::size_t length_of(const std::string& head) {
  const std::size_t at = head.find("Content-Length: ");
  return at == head.npos ? 0 : std::strtoull(head.c_str() + at + 16, nullptr, 10);
}

}  // namespace

FakeGraph::FakeGraph(Answer answer) : answer_(std::move(answer)) {
  listening_ = listen_on_any(port_);
  thread_ = std::thread([this] { run(); });
}

FakeGraph::~FakeGraph() {
  stopping_ = true;
  thread_.join();
  for (std::thread& line : lines_) line.join();
  close(listening_);
}

std::vector<FakeGraph::Request> FakeGraph::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::vector<FakeGraph::Request> FakeGraph::wait_for(std::size_t count) const {
  comes([&] { return requests().size() >= count; });
  return requests();
}

void FakeGraph::run() {
  while (!stopping_) {
    if (!readable(listening_)) continue;
    const int descriptor = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) continue;
    ++connections_;
    lines_.emplace_back([this, descriptor] { serve(descriptor); });
  }
}

void FakeGraph::serve(int descriptor) {
  std::string bytes;
  for (Request request; read_request(descriptor, bytes, request); request = {}) {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    const Reply reply = answer_(request);
    write(descriptor, reply);
    char ignored[64];
    while (reply.hangs && !stopping_) {
      if (readable(descriptor) && recv(descriptor, ignored, sizeof ignored, 0) <= 0) break;
    }
    if (reply.hangs || reply.closes) break;
  }
  close(descriptor);
}

bool FakeGraph::read_request(int descriptor, std::string& bytes, Request& request) const {
  for (;;) {
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end != bytes.npos) {
      request.head = bytes.substr(0, end + 2);
      const std::size_t length = length_of(request.head);
      if (bytes.size() >= end + 4 + length) {
        request.body = bytes.substr(end + 4, length);
        bytes.erase(0, end + 4 + length);
        break;
      }
    }
    if (stopping_) return false;
    if (!readable(descriptor)) continue;
    char piece[16 * 1024];
    const long count = recv(descriptor, piece, sizeof piece, 0);
    if (count <= 0) return false;
    bytes.append(piece, static_cast<std::size_t>(count));
  }
  const std::size_t space = request.head.find(' ');
  request.method = request.head.substr(0, space);
  request.target = request.head.substr(space + 1, request.head.find(' ', space + 1) - space - 1);
  return true;
}

void FakeGraph::write(int descriptor, const Reply& reply) const {
  const auto put = [descriptor](const char* bytes, std::size_t size) {
    return send(descriptor, bytes, size, MSG_NOSIGNAL) == static_cast<long>(size);
  };
  if (reply.drip_ms > 0) {
    for (const char c : reply.bytes) {
      if (stopping_ || !put(&c, 1)) return;
      poll(nullptr, 0, reply.drip_ms);
    }
    return;
  }
  bool going = put(reply.bytes.data(), reply.bytes.size());
  while (going && reply.endless && !stopping_) going = put(reply.bytes.data(), reply.bytes.size());
}

FakeGraph::Reply json_reply(int status, const std::string& body, const std::string& headers) {
  FakeGraph::Reply reply;
  reply.bytes = "HTTP/1.1 " + std::to_string(status) + " Whatever\r\n" + headers +
                "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body;
  return reply;
}

FakeGraph::Reply taken_reply() {
  return json_reply(200, R"({"messaging_product":"whatsapp","messages":[{"id":"wamid.HBgL"}]})");
}

FakeGraph::Reply error_reply(int status, int code, const std::string& message) {
  return json_reply(status, R"({"error":{"message":")" + message +
                                R"(","type":"OAuthException","code":)" + std::to_string(code) +
                                R"(,"error_data":{"details":"of )" + message +
                                R"("},"fbtrace_id":"AbC-1_2"}})");
}

}  // namespace alur::tests

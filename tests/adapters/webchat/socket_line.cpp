#include "tests/adapters/webchat/socket_line.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "tests/loopback.hpp"

namespace alur::tests {

std::string framed(const std::string& payload, int opcode) {
  std::string frame(1, static_cast<char>(0x80 | opcode));
  const std::size_t size = payload.size();
  if (size < 126) {
    frame += static_cast<char>(0x80 | size);
  } else {
    const int bytes = size < 65'536 ? 2 : 8;
    frame += static_cast<char>(0x80 | (bytes == 2 ? 126 : 127));
    for (int i = bytes - 1; i >= 0; --i) frame += static_cast<char>((size >> (8 * i)) & 0xff);
  }
  const std::string mask = "\x12\x34\x56\x78";
  frame += mask;
  for (std::size_t i = 0; i < size; ++i) frame += static_cast<char>(payload[i] ^ mask[i % 4]);
  return frame;
}

void SocketLine::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  buffer_.clear();
}

bool SocketLine::send_raw(const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t count = ::send(socket_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
    if (count <= 0) return false;
    at += static_cast<std::size_t>(count);
  }
  return true;
}

bool SocketLine::fill(std::size_t count) {
  while (buffer_.size() < count) {
    char piece[16'384];
    const ssize_t got = recv(socket_, piece, sizeof piece, 0);
    if (got <= 0) return false;
    buffer_.append(piece, static_cast<std::size_t>(got));
  }
  return true;
}

bool SocketLine::connect() {
  if (socket_ >= 0) return true;
  socket_ = connect_to(port_);
  return socket_ >= 0;
}

std::string SocketLine::receive_bytes(std::size_t count) {
  fill(count);
  const std::string bytes = buffer_.substr(0, count);
  buffer_.erase(0, bytes.size());
  return bytes;
}

std::string SocketLine::ask(const std::string& wire) {
  if (!connect() || !send_raw(wire)) return {};
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill(buffer_.size() + 1)) return {};
  }
  std::string header = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  return header;
}

std::string SocketLine::receive_all() {
  while (fill(buffer_.size() + 1)) {
  }
  return std::exchange(buffer_, {});
}

int SocketLine::upgrade(const std::vector<std::string>& more) {
  const std::string host = "127.0.0.1:" + std::to_string(port_);
  std::string wire = "GET /socket HTTP/1.1\r\nHost: " + host +
                     "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
  if (more.empty()) wire += "Origin: http://" + host + "\r\n";
  for (const std::string& line : more) wire += line + "\r\n";
  const std::string header = ask(wire + "\r\n");
  return header.size() < 12 ? 0 : std::atoi(header.c_str() + 9);
}

bool SocketLine::send(const std::string& payload, int opcode) {
  return send_raw(framed(payload, opcode));
}

std::string SocketLine::receive() {
  for (;;) {
    if (!fill(2)) return {};
    const int opcode = buffer_[0] & 0x0f;
    std::size_t size = static_cast<unsigned char>(buffer_[1]) & 0x7f;
    std::size_t head = 2;
    if (size >= 126) {
      const std::size_t bytes = size == 126 ? 2 : 8;
      head += bytes;
      if (!fill(head)) return {};
      size = 0;
      for (std::size_t i = 0; i < bytes; ++i) {
        size = (size << 8) | static_cast<unsigned char>(buffer_[2 + i]);
      }
    }
    if (!fill(head + size)) return {};
    const std::string payload = buffer_.substr(head, size);
    buffer_.erase(0, head + size);
    if (opcode == 9 || opcode == 10) continue;
    if (opcode != 8) return payload;
    if (size < 2) return "close";
    const int code =
        static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
    return "close " + std::to_string(code) + " " + payload.substr(2);
  }
}

std::string SocketLine::receive_with(const std::string& part) {
  for (;;) {
    std::string frame = receive();
    if (frame.empty() || frame.find(part) != std::string::npos) return frame;
  }
}

}  // namespace alur::tests

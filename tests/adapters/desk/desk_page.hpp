// What a desk's page does, by hand: requests with its cookie, and its socket.
#pragma once

#include <boost/json.hpp>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "tests/adapters/webchat/socket_line.hpp"

namespace alur::tests {

namespace json = boost::json;

struct HttpSaid {
  int status = 0;
  std::string header;
  std::string body;
  json::object object() const;
};

// One request on a connection of its own. `more`: lines of its header, instead of the usual type.
HttpSaid http_ask(std::uint16_t port, const std::string& method, const std::string& path,
                  const std::string& cookie = {}, const std::string& token = {},
                  const std::string& body = {}, const std::vector<std::string>& more = {});

// A page, as far as a socket can tell: holds the rows that it was shown.
class DeskPage {
 public:
  DeskPage(std::uint16_t port, std::string secret) : line_(port), port_(port), secret_(secret) {}

  // The status of the upgrade; with 101 hello has been read.
  int open(const std::vector<std::string>& more = {});
  // The next frame, kept in mind; empty when the socket has ended.
  json::object next();
  // The next of this kind; those that want() and this have passed over come first.
  json::object next(std::string_view is);
  // Reads until a row of this citizen looks like that; false: it does not within a while.
  bool sees(const std::string& citizen, std::string_view owner);
  // Sees it wait, accepts it, and sees that it is an agent's.
  bool takes(const std::string& citizen);
  // Wants it, and gives its answer.
  json::object want(json::object wish);
  // "done", or why not.
  std::string wants(json::object wish);
  json::object on(const std::string& citizen, std::string_view what) const;
  void close() { line_.close(); }
  SocketLine& line() { return line_; }

  std::map<std::string, json::object> rows;
  json::object hello;
  std::string end;  // the close frame, once there was one

 private:
  void keep(const json::object& frame);

  std::deque<json::object> passed_over_;
  SocketLine line_;
  std::uint16_t port_;
  std::string secret_;
  std::uint64_t last_n_ = 0;
};

// Empty where it is not there.
std::string text_in(const json::object& object, std::string_view name);

}  // namespace alur::tests

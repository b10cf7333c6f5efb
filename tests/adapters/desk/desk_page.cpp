#include "tests/adapters/desk/desk_page.hpp"

#include <algorithm>
#include <cstdlib>

namespace alur::tests {
namespace {

std::string name_of_cookie(const std::string& secret) {
  return "Cookie: __Host-alur-desk=" + secret;
}

}  // namespace

std::string text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

json::object HttpSaid::object() const {
  boost::system::error_code error;
  json::value value = json::parse(body, error);
  return !error && value.is_object() ? std::move(value.get_object()) : json::object();
}

HttpSaid http_ask(std::uint16_t port, const std::string& method, const std::string& path,
                  const std::string& cookie, const std::string& token, const std::string& body,
                  const std::vector<std::string>& more) {
  const std::string host = "127.0.0.1:" + std::to_string(port);
  std::string wire = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n";
  if (!cookie.empty()) wire += name_of_cookie(cookie) + "\r\n";
  if (!token.empty()) wire += "X-Alur-Token: " + token + "\r\n";
  for (const std::string& line : more) wire += line + "\r\n";
  if (!body.empty()) {
    if (more.empty()) wire += "Content-Type: application/json\r\n";
    wire += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  SocketLine line(port);
  HttpSaid said;
  said.header = line.ask(wire + "\r\n" + body);
  if (said.header.size() < 12) return said;
  said.status = std::atoi(said.header.c_str() + 9);
  const std::size_t at = said.header.find("Content-Length: ");
  if (at != std::string::npos) {
    said.body = line.receive_bytes(std::strtoul(said.header.c_str() + at + 16, nullptr, 10));
  }
  return said;
}

// --- DeskPage

int DeskPage::open(const std::vector<std::string>& more) {
  const std::string host = "127.0.0.1:" + std::to_string(port_);
  std::string wire =
      "GET /api/socket HTTP/1.1\r\nHost: " + host +
      "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
  if (more.empty()) wire += "Origin: http://" + host + "\r\n";
  if (!secret_.empty()) wire += name_of_cookie(secret_) + "\r\n";
  for (const std::string& line : more) wire += line + "\r\n";
  const std::string header = line_.ask(wire + "\r\n");
  const int status = header.size() < 12 ? 0 : std::atoi(header.c_str() + 9);
  if (status == 101) hello = next("hello");
  return status;
}

void DeskPage::keep(const json::object& frame) {
  const auto put = [this](const json::value& row) {
    rows[std::string(row.at("citizen").as_string())] = row.as_object();
  };
  const std::string is = text_in(frame, "is");
  if (is == "hello") rows.clear();
  if (is == "row") put(frame.at("row"));
  if (is == "gone") rows.erase(text_in(frame, "citizen"));
  if (is != "hello" && is != "rows") return;
  for (const json::value& row : frame.at("rows").as_array()) put(row);
  if (is == "hello") return;
  for (const json::value& one : frame.at("gone").as_array()) {
    rows.erase(std::string(one.as_string()));
  }
}

json::object DeskPage::next() {
  const std::string text = line_.receive();
  if (text.empty() || text.starts_with("close")) {
    if (!text.empty()) end = text;
    return {};
  }
  json::object frame = json::parse(text).as_object();
  keep(frame);
  return frame;
}

json::object DeskPage::next(std::string_view is) {
  const auto before =
      std::find_if(passed_over_.begin(), passed_over_.end(),
                   [&](const json::object& frame) { return text_in(frame, "is") == is; });
  if (before != passed_over_.end()) {
    json::object frame = std::move(*before);
    passed_over_.erase(before);
    return frame;
  }
  for (;;) {
    json::object frame = next();
    if (frame.empty() || text_in(frame, "is") == is) return frame;
    passed_over_.push_back(std::move(frame));
  }
}

bool DeskPage::sees(const std::string& citizen, std::string_view owner) {
  const auto looks = [&] {
    const auto row = rows.find(citizen);
    if (owner == "nobody") return row == rows.end();
    return row != rows.end() && text_in(row->second, "owner") == owner;
  };
  while (!looks()) {
    if (next().empty()) return false;
  }
  return true;
}

bool DeskPage::takes(const std::string& citizen) {
  return sees(citizen, "queue") && wants(on(citizen, "accept")) == "done" && sees(citizen, "agent");
}

json::object DeskPage::on(const std::string& citizen, std::string_view what) const {
  const auto row = rows.find(citizen);
  return {{"do", what},
          {"citizen", citizen},
          {"epoch", row == rows.end() ? std::string("0") : text_in(row->second, "epoch")}};
}

json::object DeskPage::want(json::object wish) {
  const std::uint64_t n = ++last_n_;
  wish["n"] = n;
  if (!line_.send(json::serialize(wish))) return {};
  for (;;) {
    json::object frame = next();
    if (frame.empty()) return frame;
    const json::value* number = frame.if_contains("n");
    if (number && number->to_number<std::uint64_t>() == n) return frame;
    passed_over_.push_back(std::move(frame));
  }
}

std::string DeskPage::wants(json::object wish) {
  const json::object answer = want(std::move(wish));
  const std::string is = text_in(answer, "is");
  return is == "refused" ? text_in(answer, "why") : is;
}

}  // namespace alur::tests

#include "adapters/webchat/frames.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <initializer_list>
#include <tuple>

#include "adapters/http/json_text.hpp"
#include "adapters/http/shown_json.hpp"
#include "adapters/http/whole_number.hpp"

namespace alur::adapters {

namespace json = boost::json;

namespace {

constexpr std::size_t tap_bytes_max = 128;
constexpr std::size_t token_bytes_max = 256;
constexpr std::size_t file_name_bytes_max = 1024;

// Ids of messages are 64 bits, more than a browser's numbers hold: they are texts.
std::optional<std::uint64_t> id_of(const json::object& object, const char* name) {
  const auto text = text_of(object, name, 20);
  return text ? parse_whole<std::uint64_t>(*text) : std::nullopt;
}

std::optional<ClientFrame> decode_hello(const json::object& object, std::string& why) {
  why = "hello: wanted \"v\": 1, perhaps \"token\", and \"last\"";
  const json::value* version = object.if_contains("v");
  if (!version || !version->is_int64() || version->get_int64() != webchat_protocol) {
    return std::nullopt;
  }
  HelloFrame hello;
  if (object.contains("token")) {
    auto token = text_of(object, "token", token_bytes_max);
    if (!token) return std::nullopt;
    hello.token = std::move(*token);
  }
  const auto last = id_of(object, "last");
  if (!last) return std::nullopt;
  hello.last = *last;
  const json::value* preview = object.if_contains("preview");
  hello.preview = preview && preview->is_bool() && preview->get_bool();
  return hello;
}

// Texts of these names, where they are there; false: one is too long, or none.
bool read_texts(const json::object& object,
                std::initializer_list<std::tuple<const char*, std::size_t, std::string*>> wanted) {
  for (const auto& [name, bytes_max, to] : wanted) {
    if (!object.contains(name)) continue;
    auto text = text_of(object, name, bytes_max);
    if (!text) return false;
    *to = std::move(*text);
  }
  return true;
}

std::optional<ClientFrame> decode_said(const json::object& object, std::string& why) {
  why =
      "message: wanted \"id\", of 1 to 64 visible characters, and \"text\", \"tap\" or \"upload\"";
  SaidFrame said;
  std::string tap;
  const bool good = read_texts(object, {{"id", id_bytes_max, &said.id},
                                        {"text", said_bytes_max, &said.input.text},
                                        {"tap", tap_bytes_max, &tap},
                                        {"upload", id_bytes_max, &said.upload},
                                        {"name", file_name_bytes_max, &said.file_name}});
  const bool taps = object.contains("tap");
  const bool uploads = object.contains("upload");
  if (!good || !is_client_id(said.id) || (taps && uploads)) return std::nullopt;
  if (uploads ? !is_client_id(said.upload) : !taps && !object.contains("text")) return std::nullopt;
  if (taps) {
    said.input.kind = machine::Input::Kind::tap;
    if (const auto parsed = machine::parse_tap(tap)) said.input.tap = *parsed;
  }
  return said;
}

std::optional<ClientFrame> decode_ack(const json::object& object, std::string& why) {
  why = "ack: wanted \"last\", the id of a message";
  const auto last = id_of(object, "last");
  if (!last) return std::nullopt;
  return AckFrame{*last};
}

}  // namespace

bool is_client_id(std::string_view text) {
  return !text.empty() && text.size() <= id_bytes_max &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

std::optional<ClientFrame> decode_frame(std::string_view text, std::string& why) {
  why = "the frame is no JSON object with a \"type\"";
  if (text.size() > frame_bytes_max) return std::nullopt;
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  const json::object& object = value.get_object();
  const auto type = text_of(object, "type", id_bytes_max);
  if (!type) return std::nullopt;
  if (*type == "hello") return decode_hello(object, why);
  if (*type == "message") return decode_said(object, why);
  if (*type == "ack") return decode_ack(object, why);
  if (*type == "ping") return PingFrame{};
  why = "there is no such type of frame";
  return std::nullopt;
}

std::string encode_welcome(std::string_view token, bool fresh) {
  return json::serialize(json::object{
      {"type", "welcome"}, {"v", webchat_protocol}, {"token", token}, {"fresh", fresh}});
}

std::string encode_message(const ports::Outgoing& message) {
  json::object out{{"type", "message"}, {"id", std::to_string(message.id)}};
  for (auto& [name, value] : to_json(message.shown)) out[name] = std::move(value);
  return json::serialize(out);
}

std::string encode_ack(std::string_view id, ports::Verdict verdict) {
  return json::serialize(
      json::object{{"type", "ack"}, {"id", id}, {"verdict", ports::to_text(verdict)}});
}

std::string encode_pong() {
  return R"({"type":"pong"})";
}

std::string encode_bye(std::string_view reason) {
  return json::serialize(json::object{{"type", "bye"}, {"reason", reason}});
}

std::string encode_preview(std::uint32_t version, std::string_view findings) {
  return json::serialize(
      json::object{{"type", "preview"}, {"version", version}, {"findings", findings}});
}

}  // namespace alur::adapters

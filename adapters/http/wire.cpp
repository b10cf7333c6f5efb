#include "adapters/http/wire.hpp"

#include <boost/json.hpp>

#include "adapters/http/json_text.hpp"
#include "adapters/http/shown_json.hpp"
#include "adapters/http/whole_number.hpp"
#include "engine/value/text.hpp"

namespace alur::adapters {

namespace json = boost::json;

namespace {

constexpr std::size_t name_max = 128;
constexpr std::size_t text_max = 64 * 1024;

std::optional<std::string> name_of(const json::object& object, const char* name) {
  auto text = text_of(object, name, name_max);
  if (!text || text->empty()) return std::nullopt;
  for (const char c : *text) {
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7f) return std::nullopt;
  }
  return text;
}

std::optional<json::object> object_of(const std::string& body, std::string& why) {
  boost::system::error_code error;
  json::value value = json::parse(body, error);
  if (!error && value.is_object()) return std::move(value.get_object());
  why = "the body is no JSON object";
  return std::nullopt;
}

json::object to_plain_json(const ports::Outgoing& message) {
  json::object out;
  out["id"] = std::to_string(message.id);
  out["to"] = message.address.substr(message.address.find(':') + 1);
  for (auto& [name, value] : to_json(message.shown)) out[name] = std::move(value);
  if (message.again) out["again"] = true;
  return out;
}

}  // namespace

std::optional<ports::Inbound> decode_message(const std::string& body, const std::string& channel,
                                             std::string& why) {
  const auto object = object_of(body, why);
  if (!object) return std::nullopt;
  const auto id = name_of(*object, "id");
  const auto from = name_of(*object, "from");
  const auto text = text_of(*object, "text", text_max);
  const auto tap = text_of(*object, "tap", name_max);
  why = "wanted: \"id\" and \"from\", of 1 to 128 bytes without blanks, and \"text\" or \"tap\"";
  if (!id || !from || (!text && !tap)) return std::nullopt;
  ports::Inbound inbound;
  inbound.id = *id;
  inbound.address = channel + ":" + *from;
  inbound.input.text = text.value_or("");
  if (tap) {
    const auto parsed = machine::parse_tap(*tap);
    inbound.input.kind = machine::Input::Kind::tap;
    if (parsed) inbound.input.tap = *parsed;
  }
  return inbound;
}

std::optional<ports::Receipt> decode_receipt(const std::string& body, std::string& why) {
  const auto object = object_of(body, why);
  if (!object) return std::nullopt;
  const auto id = parse_whole<std::uint64_t>(text_of(*object, "id", name_max).value_or(""));
  const auto state = ports::to_delivery(text_of(*object, "state", name_max).value_or(""));
  why = "wanted: \"id\" of a message and \"state\": accepted, delivered, read or failed";
  if (!id || !state || *state < ports::Delivery::accepted) return std::nullopt;
  return ports::Receipt{*id, *state, text_of(*object, "reason", name_max).value_or("")};
}

std::optional<std::vector<std::uint64_t>> decode_ids(const std::string& body, std::string& why) {
  const auto object = object_of(body, why);
  if (!object) return std::nullopt;
  why = "wanted: \"ids\", a list of ids of messages";
  const json::value* found = object->if_contains("ids");
  if (!found || !found->is_array()) return std::nullopt;
  std::vector<std::uint64_t> ids;
  for (const json::value& one : found->get_array()) {
    const auto id = one.is_string() ? parse_whole<std::uint64_t>(one.get_string()) : std::nullopt;
    if (!id) return std::nullopt;
    ids.push_back(*id);
  }
  return ids;
}

std::vector<std::uint64_t> split_ids(const std::string& text) {
  std::vector<std::uint64_t> ids;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const auto id = parse_whole<std::uint64_t>(std::string_view(text).substr(at, end - at));
    if (id) ids.push_back(*id);
    at = end + 1;
  }
  return ids;
}

std::string encode_messages(const std::vector<ports::Outgoing>& messages) {
  json::array all;
  for (const ports::Outgoing& message : messages) all.push_back(to_plain_json(message));
  return json::serialize(json::object{{"messages", std::move(all)}});
}

std::string encode_error(std::string_view why) {
  return json::serialize(json::object{{"error", why}});
}

}  // namespace alur::adapters

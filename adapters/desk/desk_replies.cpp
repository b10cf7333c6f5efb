#include "adapters/desk/desk_replies.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/http/json_text.hpp"

namespace alur::adapters {

namespace json = boost::json;

namespace {

constexpr std::size_t shortcut_bytes_max = 32;
constexpr std::size_t title_bytes_max = 200;
constexpr std::size_t text_bytes_max = 16 * 1024;

bool is_shortcut(std::string_view text) {
  return !text.empty() && text.size() <= shortcut_bytes_max &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

// As it is kept, and as it is shown.
std::optional<json::object> read_reply(std::string_view body) {
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  if (error || !value.is_object()) return std::nullopt;
  const json::object& object = value.get_object();
  const auto title = text_of(object, "title", title_bytes_max);
  const json::value* text = object.if_contains("text");
  if (!title || !text || !text->is_object()) return std::nullopt;
  json::object texts;
  for (const char* language : {"id", "en"}) {
    texts[language] = text_of(text->get_object(), language, text_bytes_max).value_or("");
  }
  return json::object{{"title", *title},
                      {"text", std::move(texts)},
                      {"category", text_of(object, "category", title_bytes_max).value_or("")}};
}

}  // namespace

std::string replies_text(const std::vector<ports::ReplyRow>& rows) {
  json::array all;
  for (const ports::ReplyRow& row : rows) {
    auto reply = read_reply(row.body);
    if (!reply) continue;
    (*reply)["shortcut"] = row.shortcut;
    all.push_back(std::move(*reply));
  }
  return json::serialize(all);
}

std::optional<ports::ReplyRow> to_reply(std::string_view shortcut, std::string_view body) {
  const auto reply = read_reply(body);
  if (!reply || !is_shortcut(shortcut)) return std::nullopt;
  return ports::ReplyRow{std::string(shortcut), json::serialize(*reply)};
}

}  // namespace alur::adapters

#include <boost/json.hpp>
#include <cstdlib>

#include "adapters/telegram/bot_api.hpp"

namespace alur::adapters {

namespace json = boost::json;
using machine::Shown;

namespace {

constexpr int fetched_max = 100;  // updates at once (getUpdates)

json::array wanted_updates() {
  return {"message", "edited_message", "callback_query"};
}

WebRequest call_of(std::string method, const json::object& body) {
  return json_post(std::move(method), json::serialize(body));
}

json::object keyboard_of(json::array rows) {
  return {{"inline_keyboard", std::move(rows)}};
}

json::object keyboard_of(const std::vector<machine::ShownChoice>& choices) {
  json::array rows;
  for (const machine::ShownChoice& choice : choices) {
    rows.push_back(
        json::array{json::object{{"text", choice.label}, {"callback_data", choice.tap}}});
  }
  return keyboard_of(std::move(rows));
}

// Coordinates are numbers on this wire; a double holds a centimetre.
double number_of(const value::Decimal& decimal) {
  return std::strtod(decimal.to_string().c_str(), nullptr);
}

WebRequest render_place(json::object body, const machine::Location& place) {
  body["latitude"] = number_of(place.latitude);
  body["longitude"] = number_of(place.longitude);
  // A venue must have both words.
  if (place.name.empty() && place.address.empty()) return call_of("sendLocation", body);
  body["title"] = place.name.empty() ? place.address : place.name;
  body["address"] = place.address.empty() ? place.name : place.address;
  return call_of("sendVenue", body);
}

WebRequest render_media(json::object body, const Shown& shown) {
  const bool image = shown.kind == Shown::Kind::image;
  body[image ? "photo" : "document"] = shown.url;
  if (!shown.text.empty()) body["caption"] = shown.text;
  return call_of(image ? "sendPhoto" : "sendDocument", body);
}

}  // namespace

WebRequest render_telegram(std::int64_t chat, const Shown& shown) {
  json::object body{{"chat_id", chat}};
  switch (shown.kind) {
    case Shown::Kind::image:
    case Shown::Kind::document:
      return render_media(std::move(body), shown);
    case Shown::Kind::location:
      return render_place(std::move(body), shown.location);
    case Shown::Kind::buttons:
    case Shown::Kind::list:
      body["reply_markup"] = keyboard_of(shown.choices);
      break;
    case Shown::Kind::link:
      body["reply_markup"] = keyboard_of(
          json::array{json::array{json::object{{"text", shown.label}, {"url", shown.url}}}});
      break;
    case Shown::Kind::text:
    case Shown::Kind::place_request:  // its row of limits has neither of these
    case Shown::Kind::template_words:
      break;
  }
  body["text"] = shown.text;
  body["link_preview_options"] = {{"is_disabled", true}};
  return call_of("sendMessage", body);
}

WebRequest render_tap_answer(const std::string& callback) {
  return call_of("answerCallbackQuery", {{"callback_query_id", callback}});
}

WebRequest render_typing(std::int64_t chat) {
  return call_of("sendChatAction", {{"chat_id", chat}, {"action", "typing"}});
}

WebRequest render_webhook(const std::string& url, const std::string& secret) {
  if (url.empty()) return call_of("deleteWebhook", {});
  return call_of("setWebhook",
                 {{"url", url}, {"secret_token", secret}, {"allowed_updates", wanted_updates()}});
}

WebRequest render_fetch(std::int64_t first, std::int64_t wait_seconds) {
  return call_of("getUpdates", {{"offset", first},
                                {"limit", fetched_max},
                                {"timeout", wait_seconds},
                                {"allowed_updates", wanted_updates()}});
}

}  // namespace alur::adapters

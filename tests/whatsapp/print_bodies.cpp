// Prints the body that we send for each message of a file, one a line: {"name": ...} and it. What
// the messages are, messages.json says; crosscheck_test.mjs builds the same with other clients.
#include <boost/json.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

#include "adapters/whatsapp/render.hpp"

namespace {

namespace json = boost::json;
using namespace alur::adapters;

std::string text_at(const json::object& object, const char* name) {
  const json::value* found = object.if_contains(name);
  return found ? std::string(found->as_string()) : std::string();
}

std::string text_at(const json::value& list, std::size_t i) {
  const json::array& texts = list.as_array();
  return i < texts.size() ? std::string(texts[i].as_string()) : std::string();
}

std::vector<alur::machine::ShownChoice> choices_of(const json::object& message) {
  std::vector<alur::machine::ShownChoice> choices;
  for (const json::value& one : message.at("choices").as_array()) {
    choices.push_back({text_at(one, 0), text_at(one, 1), text_at(one, 2)});
  }
  return choices;
}

std::string body_of(const json::object& message) {
  const json::value* times = message.if_contains("times");
  const std::string piece = text_at(message, "body");
  std::string body;
  for (std::int64_t i = 0; i < (times ? times->as_int64() : 1); ++i) body += piece;
  return body;
}

Content place_of(const json::object& message) {
  PlaceContent place;
  place.location.latitude = *alur::value::Decimal::parse(text_at(message, "latitude"));
  place.location.longitude = *alur::value::Decimal::parse(text_at(message, "longitude"));
  place.location.name = text_at(message, "place");
  place.location.address = text_at(message, "address");
  return place;
}

Content template_of(const json::object& message) {
  using As = TemplateParameter::Kind;
  TemplateContent content{text_at(message, "template"), text_at(message, "language"), {}};
  if (const json::value* header = message.if_contains("header")) {
    content.components.push_back(
        {TemplateComponent::Kind::header, "", 0, {{As::image, text_at(*header, 1), ""}}});
  }
  if (const json::value* texts = message.if_contains("texts")) {
    TemplateComponent words;
    for (const json::value& one : texts->as_array()) {
      words.parameters.push_back({As::text, text_at(one, 0), text_at(one, 1)});
    }
    content.components.push_back(std::move(words));
  }
  const json::value* buttons = message.if_contains("buttons");
  if (!buttons) return content;
  int index = 0;
  for (const json::value& one : buttons->as_array()) {
    const std::string type = text_at(one, 1);
    const As as = type == "payload" ? As::payload : type == "text" ? As::text : As::coupon_code;
    content.components.push_back(
        {TemplateComponent::Kind::button, text_at(one, 0), index++, {{as, text_at(one, 2), ""}}});
  }
  return content;
}

Content content_of(const json::object& message) {
  const std::string kind = text_at(message, "kind");
  if (kind == "text") return TextContent{body_of(message)};
  if (kind == "buttons") return ButtonsContent{body_of(message), choices_of(message)};
  if (kind == "list") {
    return ListContent{body_of(message), text_at(message, "button"), choices_of(message)};
  }
  if (kind == "link") {
    return LinkContent{body_of(message), text_at(message, "label"), text_at(message, "url")};
  }
  if (kind == "place") return place_of(message);
  if (kind == "place_request") return PlaceRequestContent{body_of(message)};
  if (kind == "reaction") {
    return ReactionContent{text_at(message, "message_id"), text_at(message, "emoji")};
  }
  if (kind == "template") return template_of(message);
  MediaContent media;
  media.kind = kind == "image"      ? MediaContent::Kind::image
               : kind == "document" ? MediaContent::Kind::document
               : kind == "video"    ? MediaContent::Kind::video
               : kind == "audio"    ? MediaContent::Kind::audio
                                    : MediaContent::Kind::sticker;
  media.id = text_at(message, "id");
  media.link = text_at(message, "link");
  media.caption = text_at(message, "caption");
  media.file_name = text_at(message, "file_name");
  return media;
}

std::string rendered(const json::object& message) {
  if (text_at(message, "kind") == "read") {
    return render_read(text_at(message, "message_id"), message.contains("typing"));
  }
  const std::string user = text_at(message, "user");
  Letter letter;
  letter.recipient = *parse_recipient(user.empty() ? "628111000157" : user);
  letter.id = 157;
  letter.reply_to = text_at(message, "reply_to");
  letter.content = content_of(message);
  return render(letter);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: whatsapp_bodies messages.json\n";
    return 2;
  }
  std::ifstream file(arguments[1]);
  std::stringstream text;
  text << file.rdbuf();
  const json::value messages = json::parse(text.str());
  for (const json::value& message : messages.as_array()) {
    std::cout << json::serialize(json::object{{"name", message.at("name")}}) << " "
              << rendered(message.as_object()) << "\n";
  }
  return 0;
}

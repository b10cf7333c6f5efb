#include "adapters/whatsapp/render.hpp"

#include <boost/json.hpp>
#include <cstdlib>

namespace alur::adapters {

namespace json = boost::json;

namespace {

json::object bare() {
  return {{"messaging_product", "whatsapp"}};
}

// What an object is called, and what stands in it.
struct Part {
  std::string_view type;
  json::object object;
};

json::object text_object(std::string_view text) {
  return {{"text", text}};
}

Part interactive(std::string_view type, std::string_view body, json::object action) {
  return {"interactive",
          {{"type", type}, {"body", text_object(body)}, {"action", std::move(action)}}};
}

std::string_view to_text(MediaContent::Kind kind) {
  static constexpr std::string_view names[] = {"image", "document", "video", "audio", "sticker"};
  return names[static_cast<std::size_t>(kind)];
}

Part part_of(const TextContent& text) {
  return {"text", {{"body", text.body}}};
}

Part part_of(const MediaContent& media) {
  json::object object;
  if (!media.id.empty()) {
    object["id"] = media.id;
  } else {
    object["link"] = media.link;
  }
  if (!media.caption.empty()) object["caption"] = media.caption;
  if (!media.file_name.empty()) object["filename"] = media.file_name;
  return {to_text(media.kind), std::move(object)};
}

// Coordinates are numbers on this wire; a double holds a centimetre.
double number_of(const value::Decimal& decimal) {
  return std::strtod(decimal.to_string().c_str(), nullptr);
}

Part part_of(const PlaceContent& place) {
  const machine::Location& location = place.location;
  json::object object{{"latitude", number_of(location.latitude)},
                      {"longitude", number_of(location.longitude)}};
  if (!location.name.empty()) object["name"] = location.name;
  if (!location.address.empty()) object["address"] = location.address;
  return {"location", std::move(object)};
}

Part part_of(const ButtonsContent& content) {
  json::array buttons;
  for (const machine::ShownChoice& choice : content.choices) {
    buttons.push_back(
        {{"type", "reply"}, {"reply", {{"id", choice.tap}, {"title", choice.label}}}});
  }
  return interactive("button", content.body, {{"buttons", std::move(buttons)}});
}

Part part_of(const ListContent& content) {
  json::array rows;
  for (const machine::ShownChoice& choice : content.choices) {
    json::object row{{"id", choice.tap}, {"title", choice.label}};
    if (!choice.hint.empty()) row["description"] = choice.hint;
    rows.push_back(std::move(row));
  }
  json::array sections{json::object{{"rows", std::move(rows)}}};
  return interactive("list", content.body,
                     {{"button", content.button}, {"sections", std::move(sections)}});
}

Part part_of(const LinkContent& link) {
  json::object parameters{{"display_text", link.label}, {"url", link.url}};
  return interactive("cta_url", link.body,
                     {{"name", "cta_url"}, {"parameters", std::move(parameters)}});
}

Part part_of(const PlaceRequestContent& request) {
  return interactive("location_request_message", request.body, {{"name", "send_location"}});
}

Part part_of(const ReactionContent& reaction) {
  return {"reaction", {{"message_id", reaction.message_id}, {"emoji", reaction.emoji}}};
}

json::object parameter_of(const TemplateParameter& parameter) {
  using Kind = TemplateParameter::Kind;
  static constexpr std::string_view names[] = {"text",  "payload",  "coupon_code",
                                               "image", "document", "video"};
  const std::string_view name = names[static_cast<std::size_t>(parameter.kind)];
  json::object object{{"type", name}};
  if (!parameter.name.empty()) object["parameter_name"] = parameter.name;
  const bool media = parameter.kind >= Kind::image;
  object[name] =
      media ? json::value(json::object{{"link", parameter.value}}) : json::value(parameter.value);
  return object;
}

json::object component_of(const TemplateComponent& component) {
  static constexpr std::string_view names[] = {"header", "body", "button"};
  json::object object{{"type", names[static_cast<std::size_t>(component.kind)]}};
  if (component.kind == TemplateComponent::Kind::button) {
    object["sub_type"] = component.button_kind;
    object["index"] = std::to_string(component.button_index);
  }
  json::array parameters;
  for (const TemplateParameter& one : component.parameters) {
    parameters.push_back(parameter_of(one));
  }
  object["parameters"] = std::move(parameters);
  return object;
}

// The schema asks for the policy, Meta's examples leave it out: the stricter is sent.
Part part_of(const TemplateContent& content) {
  json::object object{
      {"name", content.name},
      {"language", {{"policy", "deterministic"}, {"code", content.language}}},
  };
  json::array components;
  for (const TemplateComponent& one : content.components) components.push_back(component_of(one));
  if (!components.empty()) object["components"] = std::move(components);
  return {"template", std::move(object)};
}

}  // namespace

std::string render(const Letter& letter) {
  json::object body = bare();
  body["recipient_type"] = "individual";
  // Without its plus a number would be taken as one of the sender's own country.
  if (letter.recipient.kind == Recipient::Kind::phone) {
    body["to"] = "+" + letter.recipient.text;
  } else {
    body["recipient"] = letter.recipient.text;
  }
  if (!letter.reply_to.empty()) body["context"] = {{"message_id", letter.reply_to}};
  Part part = std::visit([](const auto& content) { return part_of(content); }, letter.content);
  body["type"] = part.type;
  body[part.type] = std::move(part.object);
  if (letter.id != 0) body["biz_opaque_callback_data"] = std::to_string(letter.id);
  return json::serialize(body);
}

std::string render_read(const std::string& message_id, bool typing) {
  json::object body = bare();
  body["status"] = "read";
  body["message_id"] = message_id;
  if (typing) body["typing_indicator"] = {{"type", "text"}};
  return json::serialize(body);
}

}  // namespace alur::adapters

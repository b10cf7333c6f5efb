#include "tools/graph_sim/message_rules.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <set>

namespace alur::graph_sim {

namespace json = boost::json;

namespace {

GraphFault invalid(std::string details) {
  return {400, 100, "Invalid parameter", std::move(details)};
}
GraphFault missing(const std::string& what) {
  return {400, 131008, "Required parameter is missing", "Parameter " + what + " is missing"};
}
GraphFault wrong(std::string details) {
  return {400, 131009, "Parameter value is not valid", std::move(details)};
}

const json::object* object_in(const json::object& of, std::string_view name) {
  const json::value* found = of.if_contains(name);
  return found ? found->if_object() : nullptr;
}

const json::string* text_in(const json::object& of, std::string_view name) {
  const json::value* found = of.if_contains(name);
  return found ? found->if_string() : nullptr;
}

// In UTF-16 code units, as the strictest reader counts.
std::size_t length_of(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0) != 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

// A text of 1 to `most`; nothing to say where it is absent and may be.
Refusal refuse_text(const json::object& of, std::string_view name, const std::string& path,
                    std::size_t most, bool may_be_absent = false) {
  const json::value* found = of.if_contains(name);
  if (!found) return may_be_absent ? Refusal{} : missing(path);
  const json::string* text = found->if_string();
  if (!text) return invalid("Param " + path + " must be a string");
  const std::size_t length = length_of({text->data(), text->size()});
  if (length >= 1 && length <= most) return {};
  return wrong(path + " length must be between 1 and " + std::to_string(most));
}

bool is_web_address(std::string_view text) {
  return text.rfind("http://", 0) == 0 || text.rfind("https://", 0) == 0;
}

Refusal refuse_media(const json::object& media, const std::string& type) {
  const json::string* id = text_in(media, "id");
  const json::string* link = text_in(media, "link");
  if ((id != nullptr) == (link != nullptr)) return wrong(type + " needs one of id and link");
  if (link && !is_web_address(*link)) return wrong(type + "['link'] is no web address");
  if (id && id->empty()) return wrong(type + "['id'] is empty");
  const bool has_words = type == "image" || type == "video" || type == "document";
  if (!has_words && media.contains("caption")) return invalid(type + " takes no caption");
  return refuse_text(media, "caption", type + "['caption']", 1'024, true);
}

Refusal refuse_header(const json::object& interactive, bool text_only) {
  if (!interactive.contains("header")) return {};
  const json::object* header = object_in(interactive, "header");
  const json::string* type = header ? text_in(*header, "type") : nullptr;
  if (!type) return missing("interactive['header']['type']");
  if (*type == "text") return refuse_text(*header, "text", "interactive['header']['text']", 60);
  if (text_only) return wrong("the header of a list is text");
  const json::object* media = object_in(*header, *type);
  if (!media) return missing("interactive['header']['" + std::string(*type) + "']");
  return refuse_media(*media, std::string(*type));
}

Refusal refuse_buttons(const json::object& action) {
  const json::value* found = action.if_contains("buttons");
  const json::array* buttons = found ? found->if_array() : nullptr;
  if (!buttons) return missing("interactive['action']['buttons']");
  if (buttons->empty() || buttons->size() > 3) {
    return wrong("interactive['action']['buttons'] takes 1 to 3");
  }
  std::set<std::string, std::less<>> ids;
  std::set<std::string, std::less<>> titles;
  for (const json::value& one : *buttons) {
    const json::object* button = one.if_object();
    const json::object* reply = button ? object_in(*button, "reply") : nullptr;
    if (!reply) return missing("interactive['action']['buttons']['reply']");
    if (auto no = refuse_text(*reply, "title", "button title", 20)) return no;
    if (auto no = refuse_text(*reply, "id", "button id", 256)) return no;
    const std::string id(*text_in(*reply, "id"));
    if (id.front() == ' ' || id.back() == ' ') return wrong("a button id begins or ends blank");
    if (!ids.insert(id).second) return wrong("two buttons have one id");
    if (!titles.insert(std::string(*text_in(*reply, "title"))).second) {
      return wrong("two buttons have one title");
    }
  }
  return {};
}

Refusal refuse_rows(const json::object& section, std::set<std::string, std::less<>>& ids) {
  const json::value* found = section.if_contains("rows");
  const json::array* rows = found ? found->if_array() : nullptr;
  if (!rows || rows->empty()) return missing("interactive['action']['sections']['rows']");
  for (const json::value& one : *rows) {
    const json::object* row = one.if_object();
    if (!row) return invalid("a row must be an object");
    if (auto no = refuse_text(*row, "id", "row id", 200)) return no;
    if (auto no = refuse_text(*row, "title", "row title", 24)) return no;
    if (auto no = refuse_text(*row, "description", "row description", 72, true)) return no;
    if (!ids.insert(std::string(*text_in(*row, "id"))).second) {
      return wrong("two rows have one id");
    }
  }
  return {};
}

Refusal refuse_list(const json::object& action) {
  if (auto no = refuse_text(action, "button", "interactive['action']['button']", 20)) return no;
  const json::value* found = action.if_contains("sections");
  const json::array* sections = found ? found->if_array() : nullptr;
  if (!sections || sections->empty()) return missing("interactive['action']['sections']");
  if (sections->size() > 10) return wrong("a list takes 10 sections at most");
  std::set<std::string, std::less<>> ids;
  for (const json::value& one : *sections) {
    const json::object* section = one.if_object();
    if (!section) return invalid("a section must be an object");
    const bool may_lack_title = sections->size() == 1;
    if (auto no = refuse_text(*section, "title", "section title", 24, may_lack_title)) return no;
    if (auto no = refuse_rows(*section, ids)) return no;
  }
  if (ids.size() > 10) return wrong("a list takes 10 rows in all");
  return {};
}

Refusal refuse_link(const json::object& action) {
  const json::object* parameters = object_in(action, "parameters");
  if (!parameters) return missing("interactive['action']['parameters']");
  if (auto no = refuse_text(*parameters, "display_text", "display_text", 20)) return no;
  const json::string* url = text_in(*parameters, "url");
  if (!url) return missing("url");
  if (!is_web_address(*url)) return wrong("url is no web address");
  return {};
}

Refusal refuse_interactive(const json::object& interactive) {
  const json::string* type = text_in(interactive, "type");
  if (!type) return missing("interactive['type']");
  const json::object* body = object_in(interactive, "body");
  if (!body) return missing("interactive['body']");
  if (auto no = refuse_text(*body, "text", "interactive['body']['text']", 1'024)) return no;
  if (const json::object* footer = object_in(interactive, "footer")) {
    if (auto no = refuse_text(*footer, "text", "interactive['footer']['text']", 60)) return no;
  }
  const json::object* action = object_in(interactive, "action");
  if (!action) return missing("interactive['action']");
  if (auto no = refuse_header(interactive, *type == "list")) return no;
  if (*type == "button") return refuse_buttons(*action);
  if (*type == "list") return refuse_list(*action);
  if (*type == "cta_url") return refuse_link(*action);
  const json::string* name = text_in(*action, "name");
  if (*type == "location_request_message" && name && *name == "send_location") return {};
  if (*type == "request_contact_info" && name && *name == "request_contact_info") return {};
  return wrong("interactive['type'] is none that is known here");
}

Refusal refuse_coordinate(const json::object& location, std::string_view name, double most) {
  const json::value* found = location.if_contains(name);
  if (!found) return missing("location['" + std::string(name) + "']");
  double value = most + 1;
  if (found->is_number()) value = found->to_number<double>();
  if (const json::string* text = found->if_string()) {
    std::from_chars(text->data(), text->data() + text->size(), value);
  }
  if (value >= -most && value <= most) return {};
  return wrong("location['" + std::string(name) + "'] is out of range");
}

Refusal refuse_location(const json::object& location) {
  if (auto no = refuse_coordinate(location, "latitude", 90)) return no;
  return refuse_coordinate(location, "longitude", 180);
}

Refusal refuse_template(const json::object& message, const Templates& templates) {
  const json::string* name = text_in(message, "name");
  const json::object* language = object_in(message, "language");
  if (!name) return missing("template['name']");
  if (!language || !text_in(*language, "code")) return missing("template['language']['code']");
  const auto known = templates.find(std::string_view(name->data(), name->size()));
  if (known == templates.end()) {
    return GraphFault{404, 132001, "Template name does not exist in the translation",
                      "template name (" + std::string(*name) + ") does not exist"};
  }
  std::size_t given = 0;
  const json::value* found = message.if_contains("components");
  if (const json::array* components = found ? found->if_array() : nullptr) {
    for (const json::value& one : *components) {
      const json::object* component = one.if_object();
      const json::string* type = component ? text_in(*component, "type") : nullptr;
      if (!type) return missing("template['components']['type']");
      const json::value* parameters = component->if_contains("parameters");
      if (*type == "body" && parameters && parameters->is_array()) {
        given = parameters->get_array().size();
      }
    }
  }
  if (given == known->second) return {};
  return GraphFault{
      400, 132000, "Number of parameters does not match the expected number of params",
      "body: number of localizable_params (" + std::to_string(given) +
          ") does not match the expected number of params (" + std::to_string(known->second) + ")"};
}

Refusal refuse_reaction(const json::object& reaction) {
  if (!text_in(reaction, "message_id")) return missing("reaction['message_id']");
  if (!text_in(reaction, "emoji")) return missing("reaction['emoji']");
  return {};
}

Refusal refuse_recipient(const json::object& body) {
  if (body.contains("to")) {
    const json::string* to = text_in(body, "to");
    if (!to) return invalid("Param to must be a string");
    // A user id in its place is taken without a word; nothing ever arrives.
    if (is_user_id(*to) || !digits_of(*to).empty()) return {};
    return wrong("to is no telephone number");
  }
  const json::string* recipient = text_in(body, "recipient");
  if (!recipient) return missing("to");
  if (!is_user_id(*recipient)) return wrong("recipient is no user id");
  return {};
}

constexpr std::array media_types{"image", "video", "audio", "document", "sticker"};

Refusal refuse_content(const json::object& body, const std::string& type,
                       const Templates& templates) {
  const json::object* content = object_in(body, type);
  if (type == "contacts") {
    const json::value* cards = body.if_contains("contacts");
    return cards && cards->is_array() && !cards->get_array().empty() ? Refusal{}
                                                                     : missing("contacts");
  }
  if (!content) return missing(type);
  if (type == "text") return refuse_text(*content, "body", "text['body']", 4'096);
  if (type == "interactive") return refuse_interactive(*content);
  if (type == "location") return refuse_location(*content);
  if (type == "reaction") return refuse_reaction(*content);
  if (type == "template") return refuse_template(*content, templates);
  return refuse_media(*content, type);
}

bool is_known_type(const std::string& type) {
  static const std::set<std::string> others{"text",     "interactive", "location",
                                            "reaction", "template",    "contacts"};
  return others.count(type) > 0 ||
         std::find(media_types.begin(), media_types.end(), type) != media_types.end();
}

}  // namespace

bool is_user_id(std::string_view text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() < 4 || text.size() > 131 || text[2] != '.') return false;
  if (!is_capital(text[0]) || !is_capital(text[1])) return false;
  return std::all_of(text.begin() + 3, text.end(), [&](char c) {
    return is_capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
  });
}

std::string digits_of(std::string_view number) {
  std::string digits;
  for (const char c : number) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (std::string_view("+-() ").find(c) == std::string_view::npos) {
      return {};
    }
  }
  return digits.size() >= 7 && digits.size() <= 15 ? digits : std::string();
}

Refusal refuse_message(const json::object& body, const Templates& templates) {
  const json::string* product = text_in(body, "messaging_product");
  if (!product || *product != "whatsapp") return invalid("messaging_product must be whatsapp");
  if (auto no = refuse_recipient(body)) return no;
  if (auto no =
          refuse_text(body, "biz_opaque_callback_data", "biz_opaque_callback_data", 512, true)) {
    return no;
  }
  if (body.contains("context")) {
    const json::object* context = object_in(body, "context");
    if (!context || !text_in(*context, "message_id")) return missing("context['message_id']");
  }
  const json::string* named = text_in(body, "type");
  const std::string type = named ? std::string(*named) : "text";
  if (!is_known_type(type)) {
    return GraphFault{400, 131051, "Unsupported message type", "type " + type + " is unknown"};
  }
  return refuse_content(body, type, templates);
}

}  // namespace alur::graph_sim

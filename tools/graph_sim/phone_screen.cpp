#include "tools/graph_sim/phone_screen.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "tools/graph_sim/text_in.hpp"

namespace alur::graph_sim {

namespace json = boost::json;

namespace {

const json::object& object_in(const json::object& of, std::string_view name) {
  static const json::object none;
  const json::value* found = of.if_contains(name);
  return found && found->is_object() ? found->get_object() : none;
}

struct Row {
  std::string title;
  std::string description;
};

std::vector<Row> rows_of(const json::object& interactive) {
  std::vector<Row> rows;
  const json::object& action = object_in(interactive, "action");
  if (const json::value* buttons = action.if_contains("buttons")) {
    for (const json::value& button : buttons->as_array()) {
      rows.push_back({text_in(object_in(button.as_object(), "reply"), "title"), {}});
    }
  }
  if (const json::value* sections = action.if_contains("sections")) {
    for (const json::value& section : sections->as_array()) {
      for (const json::value& row : section.at("rows").as_array()) {
        rows.push_back(
            {text_in(row.as_object(), "title"), text_in(row.as_object(), "description")});
      }
    }
  }
  return rows;
}

std::string show_interactive(const json::object& interactive) {
  std::string out = text_in(object_in(interactive, "header"), "text");
  if (!out.empty()) out += "\n";
  out += text_in(object_in(interactive, "body"), "text") + "\n";
  const std::string footer = text_in(object_in(interactive, "footer"), "text");
  if (!footer.empty()) out += footer + "\n";
  std::size_t at = 0;
  for (const Row& row : rows_of(interactive)) {
    out += "  [" + std::to_string(++at) + "] " + row.title;
    if (!row.description.empty()) out += " - " + row.description;
    out += "\n";
  }
  const json::object& parameters = object_in(object_in(interactive, "action"), "parameters");
  const std::string url = text_in(parameters, "url");
  if (!url.empty()) out += "  " + text_in(parameters, "display_text") + ": " + url + "\n";
  if (text_in(interactive, "type") == "location_request_message") {
    out += "  [send where you are: /place LATITUDE LONGITUDE]\n";
  }
  return out;
}

std::string show_location(const json::object& location) {
  std::string out = "(place)";
  for (const char* part : {"name", "address"}) {
    const std::string text = text_in(location, part);
    if (!text.empty()) out += " " + text;
  }
  return out + "\n";
}

}  // namespace

std::vector<std::string> choices_of(const json::object& message) {
  std::vector<std::string> titles;
  for (const Row& row : rows_of(object_in(message, "interactive"))) titles.push_back(row.title);
  return titles;
}

std::string show(const json::object& message) {
  const std::string type = message.contains("type") ? text_in(message, "type") : "text";
  const json::object& content = object_in(message, type);
  if (type == "text") return text_in(content, "body") + "\n";
  if (type == "interactive") {
    for (const char* reply : {"button_reply", "list_reply"}) {
      if (content.contains(reply)) return text_in(object_in(content, reply), "title") + "\n";
    }
    return show_interactive(content);
  }
  if (type == "location") return show_location(content);
  if (type == "reaction") return "(reaction) " + text_in(content, "emoji") + "\n";
  if (type == "template") return "(template) " + text_in(content, "name") + "\n";
  std::string out = "(" + type + ")";
  for (const char* part : {"filename", "link", "id", "caption"}) {
    const std::string text = text_in(content, part);
    if (!text.empty()) out += " " + text;
  }
  return out + "\n";
}

}  // namespace alur::graph_sim

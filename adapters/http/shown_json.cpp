#include "adapters/http/shown_json.hpp"

#include <boost/json.hpp>

namespace alur::adapters {

namespace json = boost::json;

json::object to_json(const machine::Shown& shown) {
  json::object out;
  out["kind"] = std::string(machine::to_text(shown.kind));
  out["text"] = shown.text;
  if (!shown.choices.empty()) {
    json::array choices;
    for (const machine::ShownChoice& choice : shown.choices) {
      json::object one{{"tap", choice.tap}, {"label", choice.label}};
      if (!choice.hint.empty()) one["hint"] = choice.hint;
      choices.push_back(std::move(one));
    }
    out["choices"] = std::move(choices);
  }
  if (!shown.label.empty()) out["label"] = shown.label;
  if (!shown.url.empty()) out["url"] = shown.url;
  if (shown.kind == machine::Shown::Kind::location) {
    out["location"] = json::object{{"latitude", shown.location.latitude.to_string()},
                                   {"longitude", shown.location.longitude.to_string()},
                                   {"name", shown.location.name},
                                   {"address", shown.location.address}};
  }
  return out;
}

}  // namespace alur::adapters

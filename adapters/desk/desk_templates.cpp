#include "adapters/desk/desk_templates.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace alur::adapters {

namespace json = boost::json;

std::vector<DeskTemplate> desk_templates(const program::App& app) {
  std::vector<DeskTemplate> all;
  for (const program::Template& approved : app.templates) {
    DeskTemplate& one = all.emplace_back(DeskTemplate{approved.name, {}});
    for (std::size_t i = 0; i < app.languages.size(); ++i) {
      one.words.emplace_back(app.languages[i], approved.wordings[i]);
    }
  }
  return all;
}

std::string templates_text(const std::vector<DeskTemplate>& templates) {
  json::array all;
  for (const DeskTemplate& one : templates) {
    json::object text;
    for (const auto& [language, words] : one.words) text[language] = words;
    all.push_back(json::object{{"name", one.name}, {"text", std::move(text)}});
  }
  return json::serialize(all);
}

machine::Shown show_template(const DeskTemplate& one, std::string_view language) {
  auto words = std::find_if(one.words.begin(), one.words.end(),
                            [language](const auto& own) { return own.first == language; });
  if (words == one.words.end()) words = one.words.begin();
  machine::Shown shown;
  shown.kind = machine::Shown::Kind::template_words;
  shown.label = one.name;
  shown.language = words->first;
  shown.text = words->second;
  return shown;
}

}  // namespace alur::adapters

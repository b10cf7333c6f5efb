// Templates: words that a channel's operator has approved, as app.yaml has them, for the desk's
// page and for the citizen.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/machine/present.hpp"
#include "engine/program/program.hpp"

namespace alur::adapters {

struct DeskTemplate {
  std::string name;
  // By language; the app's first one stands first, and for any that is not there.
  std::vector<std::pair<std::string, std::string>> words;
  bool operator==(const DeskTemplate&) const = default;
};

std::vector<DeskTemplate> desk_templates(const program::App& app);

// [{name, text: {language: words}}]
std::string templates_text(const std::vector<DeskTemplate>& templates);

// As a channel gets it, in this language.
machine::Shown show_template(const DeskTemplate& one, std::string_view language);

}  // namespace alur::adapters

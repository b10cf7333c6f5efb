#include "tools/operator/diagnosis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace alur::tools {

bool has_fault(const Diagnoses& all) {
  return std::any_of(all.begin(), all.end(),
                     [](const Diagnosis& one) { return one.condition == Condition::fault; });
}

std::string render(const Diagnoses& all) {
  std::string out;
  for (const Diagnosis& one : all) {
    const std::string_view condition = one.condition == Condition::well     ? "ok"
                                       : one.condition == Condition::advice ? "advice"
                                                                            : "fault";
    out += fmt::format("{:<8}{:<10}{}\n", condition, one.about, one.found);
    if (!one.cure.empty()) out += fmt::format("{:<18}-> {}\n", "", one.cure);
  }
  return out;
}

}  // namespace alur::tools

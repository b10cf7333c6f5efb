#include "adapters/whatsapp/paused_templates.hpp"

namespace alur::adapters {

void PausedTemplates::pause(const std::string& number, const std::string& name,
                            const std::string& language, std::int64_t now_ms) {
  if (until_.size() >= entries_max) return;
  until_[{name, language, number}] = now_ms + pause_ms;
}

bool PausedTemplates::is_paused(const std::string& number, const std::string& name,
                                const std::string& language, std::int64_t now_ms) {
  const auto found = until_.find({name, language, number});
  if (found == until_.end()) return false;
  if (found->second > now_ms) return true;
  until_.erase(found);
  return false;
}

void PausedTemplates::resume(const std::string& name, const std::string& language) {
  const auto first = until_.lower_bound({name, language, {}});
  auto last = first;
  while (last != until_.end() && std::get<0>(last->first) == name &&
         std::get<1>(last->first) == language) {
    ++last;
  }
  until_.erase(first, last);
}

}  // namespace alur::adapters

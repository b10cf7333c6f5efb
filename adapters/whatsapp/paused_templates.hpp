// PausedTemplates: the templates that Meta does not take for a while, since too many citizens
// disliked them: for 3 hours, then for 6, and then for good (template pausing page, 2025-12). Pure:
// time is an argument; one thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

namespace alur::adapters {

class PausedTemplates {
 public:
  // Then Meta is asked again, and may say that it is paused still.
  static constexpr std::int64_t pause_ms = std::int64_t{3} * 3'600'000;
  static constexpr std::size_t entries_max = 1'000;  // others are asked about each time

  // Meta has refused it for this number. `language`: as Meta writes it.
  void pause(const std::string& number, const std::string& name, const std::string& language,
             std::int64_t now_ms);
  bool is_paused(const std::string& number, const std::string& name, const std::string& language,
                 std::int64_t now_ms);
  // Meta takes it again, whichever number it belongs to.
  void resume(const std::string& name, const std::string& language);

 private:
  using Key = std::tuple<std::string, std::string, std::string>;  // name, language, number
  std::map<Key, std::int64_t> until_;
};

}  // namespace alur::adapters

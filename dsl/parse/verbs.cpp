#include "dsl/parse/verbs.hpp"

#include <array>
#include <iterator>

namespace alur::dsl {
namespace {

bool takes_nothing(std::string_view) {
  return false;
}

constexpr VerbRow rows[] = {
    {"say", "a `say` step", say_takes, parse_say},
    {"ask", "an `ask` step", question_takes, parse_question},
    {"choose", "a `choose` step", question_takes, parse_question},
    {"call", "a `call` step", outcomes_takes, parse_call},
    {"run", "a `run` step", outcomes_takes, parse_run},
    {"handoff", "a `handoff` step", handoff_takes, parse_handoff},
    {"set", "a `set` step", takes_nothing, parse_set},
    {"if", "an `if` step", if_takes, parse_if},
    {"match", "a `match` step", match_takes, parse_match},
    {"goto", "a `goto` step", goto_takes, parse_goto},
    {"wait", "a `wait` step", takes_nothing, parse_wait},
    {"track", "a `track` step", track_takes, parse_track},
    {"end", "an `end` step", takes_nothing, parse_end},
    {"stop", "a `stop` step", takes_nothing, parse_stop},
};

constexpr auto keys = [] {
  std::array<std::string_view, std::size(rows)> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = rows[i].key;
  return all;
}();

}  // namespace

std::span<const std::string_view> verb_keys() {
  return keys;
}

const VerbRow* find_verb(std::string_view key) {
  for (const VerbRow& row : rows) {
    if (row.key == key) return &row;
  }
  return nullptr;
}

}  // namespace alur::dsl

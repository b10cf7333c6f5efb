// Every function of the facade under one form, for what must hold of all of them.
#pragma once

#include "dsl/grammar/grammar.hpp"

namespace alur::dsl {

template <auto parse>
bool parses(const Fragment& fragment, Findings& findings) {
  return parse(fragment, findings).has_value();
}

struct EveryGrammar {
  const char* name;
  bool (*parse)(const Fragment&, Findings&);
};

inline constexpr EveryGrammar every_grammar[] = {
    {"expression", parses<parse_expression>},
    {"template", parses<parse_template>},
    {"phrase", parses<parse_phrase>},
    {"type", parses<parse_type>},
    {"target", parses<parse_target>},
    {"call", parses<parse_call>},
    {"binding", parses<parse_binding>},
    {"duration", parses<parse_duration>},
    {"hours", parses<parse_hours>},
    {"argument_list", parses<parse_argument_list>},
    {"each", parses<parse_each>},
    {"name", parses<parse_name>},
    {"path_name", parses<parse_path_name>},
    {"name_list", parses<parse_name_list>},
};

}  // namespace alur::dsl

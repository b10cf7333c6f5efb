#include "adapters/registry/decide.hpp"

#include <array>

namespace alur::registry {
namespace {

constexpr std::array outcome_names{
#define OUTCOME(name, unanswered) std::string_view(#name),
#include "adapters/registry/outcome.def"
#undef OUTCOME
};
constexpr std::array outcome_unanswered{
#define OUTCOME(name, unanswered) unanswered,
#include "adapters/registry/outcome.def"
#undef OUTCOME
};
constexpr std::array fact_says{
#define FACT(name, says) std::string_view(says),
#include "adapters/registry/fact.def"
#undef FACT
};
static_assert(fact_says.size() == fact_count);

struct Rule {
  Facts all;
  Facts none;
  Outcome outcome;
  std::string_view because;
};

using enum Fact;

constexpr Facts nothing;
constexpr Facts doubt(id_unknown, id_several, id_alert);

// The first that fits decides.
constexpr std::array rules{
    Rule{Facts(no_list), nothing, Outcome::unavailable, "without a list nothing can be said"},
    Rule{Facts(name_licensed, name_alert), nothing, Outcome::both, "the name is on both lists"},
    Rule{Facts(name_licensed, id_alert), nothing, Outcome::both,
         "the name is licensed, and an address that was warned of"},
    Rule{Facts(id_licensed, id_alert), Facts(id_several), Outcome::both,
         "the link or app is on both lists"},
    Rule{Facts(id_alert), nothing, Outcome::alert, "the link or app was warned of"},
    Rule{Facts(name_alert), nothing, Outcome::alert, "the name was warned of"},
    Rule{Facts(id_licensed, id_alone, misused), doubt, Outcome::both,
         "the link, app or number is an institution's of which a name was warned of"},
    Rule{Facts(id_licensed, id_alone), Facts(id_unknown, id_several, id_former, id_alert),
         Outcome::licensed, "the link, app or number is the institution's own, and nothing else"},
    Rule{Facts(id_former, id_alone), doubt, Outcome::former,
         "the link, app or number was an institution's that serves no more"},
    Rule{Facts(id_licensed), nothing, Outcome::near,
         "the link, app or number is an institution's, but there is more in it"},
    Rule{Facts(id_former), nothing, Outcome::near,
         "the link, app or number was an institution's, but there is more in it"},
    Rule{Facts(id_unknown, similar), nothing, Outcome::near,
         "nobody's link or app, beside a name that is similar to a listed one"},
    Rule{Facts(id_unknown), nothing, Outcome::not_found, "nobody's link or app"},
    Rule{Facts(name_licensed, name_former), nothing, Outcome::near,
         "the name is that of several institutions, and not all of them may serve"},
    Rule{Facts(name_licensed, misused), nothing, Outcome::both,
         "the name is exactly a listed one, and another one of the institution was warned of"},
    Rule{Facts(name_licensed), nothing, Outcome::licensed, "the name is exactly a listed one"},
    Rule{Facts(name_former), nothing, Outcome::former,
         "the name is exactly that of an institution that serves no more"},
    Rule{Facts(empty), nothing, Outcome::too_generic, "there is no name in it"},
    Rule{Facts(inside), nothing, Outcome::near, "a listed name stands in it"},
    Rule{Facts(close), nothing, Outcome::near, "the name is nearly a listed one"},
    Rule{Facts(elsewhere), nothing, Outcome::out_of_scope, "somebody else is in charge"},
    Rule{Facts(generic), nothing, Outcome::too_generic, "its words are words of many names"},
    Rule{Facts(similar), nothing, Outcome::near, "the name is similar to a listed one"},
};

}  // namespace

std::string_view to_text(Outcome outcome) {
  return outcome_names.at(static_cast<std::size_t>(outcome));
}

std::optional<Outcome> parse_outcome(std::string_view name) {
  for (std::size_t i = 0; i < outcome_names.size(); ++i) {
    if (outcome_names[i] == name) return static_cast<Outcome>(i);
  }
  return std::nullopt;
}

bool is_unanswered(Outcome outcome) {
  return outcome_unanswered.at(static_cast<std::size_t>(outcome));
}

Decision decide(Facts facts) {
  for (const Rule& rule : rules) {
    if (facts.has_all(rule.all) && !facts.has_any(rule.none)) return {rule.outcome, rule.because};
  }
  return {Outcome::not_found, "nothing on the lists is like it"};
}

std::string to_text(Facts facts) {
  std::string out;
  for (unsigned i = 0; i < fact_count; ++i) {
    if (!facts.has(static_cast<Fact>(i))) continue;
    out.append(fact_says.at(i)).append("\n");
  }
  return out;
}

}  // namespace alur::registry

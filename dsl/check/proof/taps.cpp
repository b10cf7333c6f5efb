// A button leads where it was shown to lead, however late it is tapped: no other option of the app
// is known by the same number.
//
// A tap bears 32 bits of its option's name, and a late one nothing else. Within a flow these are
// kept apart when it is compiled; so looking at each number with its flow, over all options,
// shows all that could be mistaken. Only options that still start a flow when it is late matter:
// any other late tap is answered as expired, whichever it was.
#include <map>

#include "dsl/check/proof/family.hpp"

namespace alur::dsl::proof {

namespace {

struct Button {
  Index unit = 0;
  program::Place place;
};

}  // namespace

void prove_taps(Case& app) {
  std::map<program::NameKey, Button> buttons;
  const auto see = [&](Index unit, program::NameKey key, program::Place place) {
    const auto [known, fresh] = buttons.try_emplace(key, Button{unit, place});
    const bool starts = app.program().late_tap(key).has_value();
    if (fresh || known->second.unit == unit || !starts) return;
    app.report(Code::same_key, app.span(unit, place),
               "this option cannot be told from another when it is tapped late",
               "change a letter of its label, or of the state's name",
               {{app.span(known->second.unit, known->second.place), "the other one"}});
  };
  for (Index i = 1; i < app.program().unit_count(); ++i) {
    const Unit& unit = app.unit(i);
    for (const program::Question& question : unit.questions) {
      if (question.each_key != 0) see(i, question.each_key, question.place);
    }
    for (const program::Option& option : unit.options) see(i, option.key, option.place);
  }
}

}  // namespace alur::dsl::proof

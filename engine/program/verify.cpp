// The app's declarations, the names that units know one another by, and what one unit says about
// another.
#include "engine/program/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/program/endless.hpp"
#include "engine/program/unit_verifier.hpp"

namespace alur::program {
namespace {

void add(Problems& problems, std::string problem) {
  if (problems.size() < problems_max) problems.push_back(std::move(problem));
}

template <class... Args>
void object(Problems& problems, fmt::format_string<Args...> format, Args&&... args) {
  add(problems, "app.yaml: " + fmt::format(format, std::forward<Args>(args)...));
}

void verify_slots(const std::vector<Slot>& slots, std::string_view what, Problems& problems) {
  std::vector<NameKey> keys;
  for (const Slot& slot : slots) {
    if (slot.key != value::name_key(slot.name)) {
      object(problems, "{} {}: the key is not the name's", what, slot.name);
    }
    const std::string problem = type_problem(slot.type);
    if (!problem.empty()) object(problems, "{} {}: {}", what, slot.name, problem);
    keys.push_back(slot.key);
  }
  std::sort(keys.begin(), keys.end());
  if (std::adjacent_find(keys.begin(), keys.end()) != keys.end()) {
    object(problems, "{}: two have the same key", what);
  }
}

void verify_milliseconds(std::int64_t number, std::string_view what, Problems& problems) {
  if (number < 0 || !value::in_range(value::Duration{number})) {
    object(problems, "{}: {} ms", what, number);
  }
}

void verify_service(const Service& service, Problems& problems) {
  if (service.key != value::name_key(service.name)) {
    object(problems, "service {}: the key is not the name's", service.name);
  }
  verify_slots(service.params, "parameter", problems);
  verify_milliseconds(service.timeout_ms, service.name, problems);
  for (const ServiceOutcome& outcome : service.outcomes) {
    if (outcome.key != value::name_key(outcome.name)) {
      object(problems, "outcome {}: the key is not the name's", outcome.name);
    }
    const std::string problem = outcome.payload ? type_problem(outcome.payload) : std::string();
    if (!problem.empty()) object(problems, "outcome {}: {}", outcome.name, problem);
  }
  if (service.outcomes.empty() || service.outcomes.back().name != "unavailable") {
    object(problems, "service {}: the last outcome is not `unavailable`", service.name);
  }
}

void verify_desk(const App& app, Problems& problems) {
  for (const Hours& hours : app.hours) {
    if (!hours.hours.is_well_formed()) object(problems, "hours {} are not in order", hours.name);
  }
  for (const Queue& queue : app.queues) {
    if (queue.key != value::name_key(queue.name)) {
      object(problems, "queue {}: the key is not the name's", queue.name);
    }
    if (queue.hours != none && queue.hours >= app.hours.size()) {
      object(problems, "queue {}: hours {}, of {}", queue.name, queue.hours, app.hours.size());
    }
    if (!queue.titles.empty() && queue.titles.size() != app.languages.size()) {
      object(problems, "queue {} lacks a title in a language", queue.name);
    }
  }
}

void verify_templates(const App& app, Problems& problems) {
  for (const Template& each : app.templates) {
    if (each.key != value::name_key(each.name)) {
      object(problems, "template {}: the key is not the name's", each.name);
    }
    if (each.wordings.size() != app.languages.size()) {
      object(problems, "template {} lacks a language", each.name);
    }
  }
}

void verify_languages(const App& app, Problems& problems) {
  const std::size_t languages = app.languages.size();
  if (languages == 0) object(problems, "no language");
  if (app.channels.empty()) object(problems, "no channel");
  if (app.formatters.size() != languages) object(problems, "each language has one formatter");
  for (const std::vector<std::string>& wordings : app.system_texts) {
    if (wordings.size() != languages) object(problems, "a text of the machine lacks a language");
  }
  if (app.zone.name() != app.timezone) object(problems, "no timezone {}", app.timezone);
}

void verify_handlers(const App& app, Problems& problems) {
  const Unit& unit = *app.unit;
  if (!app.anytime.is_well_formed()) object(problems, "anytime is no well-formed phrase table");
  for (const PhraseTable::Exact& exact : app.anytime.exact()) {
    if (exact.entry >= unit.code.size()) object(problems, "anytime leads to {}", exact.entry);
  }
  const auto within = [](Range range, std::size_t size) {
    return range.begin <= range.end && range.end <= size;
  };
  const bool defaults = within(app.defaults.rungs, unit.rungs.size()) &&
                        within(app.defaults.silences, unit.silences.size());
  if (!defaults) object(problems, "the defaults are out of range");
}

// --- between units

class LinkVerifier {
 public:
  LinkVerifier(const Program& program, Problems& problems)
      : program_(program), problems_(problems) {}

  void verify() {
    for (index_ = 0; index_ < program_.unit_count(); ++index_) {
      for (const Run& run : unit().runs) check(run);
      for (const Departure& departure : unit().departures) {
        check_arguments(target(departure.import), departure.arguments);
      }
    }
    for (const EndlessWalk& walk : find_endless_walks(program_)) {
      const Unit& flow = program_.unit(walk.unit);
      object("{}: no message is waited for on the way round from line {}", flow.name,
             flow.places[walk.address].line);
    }
  }

 private:
  const Unit& unit() const { return program_.unit(index_); }
  const Unit& target(Index import) const {
    return program_.unit(program_.imported(index_, import));
  }

  template <class... Args>
  void object(fmt::format_string<Args...> format, Args&&... args) {
    add(problems_, fmt::format(format, std::forward<Args>(args)...));
  }

  void check_arguments(const Unit& flow, Range arguments) {
    for (Index i = arguments.begin; i < arguments.end; ++i) {
      const Argument& argument = unit().arguments[i];
      const auto end = flow.slots.begin() + flow.param_count;
      const bool known = std::any_of(flow.slots.begin(), end,
                                     [&](const Slot& slot) { return slot.key == argument.key; });
      if (!known) object("{}: {} has no parameter {}", unit().name, flow.name, argument.name);
    }
  }

  // A handler may leave outcomes out: the question is then asked again.
  void check(const Run& run) {
    const Unit& flow = target(run.import);
    check_arguments(flow, run.arguments);
    if (run.by_handler) return;
    for (const DeclaredOutcome& declared : flow.outcomes_declared) {
      const auto first = unit().outcomes.begin() + run.outcomes.begin;
      const auto last = unit().outcomes.begin() + run.outcomes.end;
      const bool covered = std::any_of(
          first, last, [&](const Outcome& outcome) { return outcome.key == declared.key; });
      if (!covered) object("{}: {} of {} is not covered", unit().name, declared.name, flow.name);
    }
  }

  const Program& program_;
  Problems& problems_;
  Index index_ = 0;
};

}  // namespace

void verify_app(const App& app, Problems& problems) {
  verify_languages(app, problems);
  verify_slots(app.contact, "contact", problems);
  verify_slots(app.session, "session", problems);
  for (const Service& service : app.services) verify_service(service, problems);
  verify_desk(app, problems);
  verify_templates(app, problems);
  verify_milliseconds(app.session_ends_ms, "session_ends", problems);
  if (!app.unit) return object(problems, "no unit");
  verify_handlers(app, problems);
  verify_unit(app, *app.unit, problems);
}

void verify_names(const App& app, const std::vector<std::shared_ptr<const Unit>>& flows,
                  Problems& problems) {
  std::map<NameKey, std::string_view> names;
  for (const std::shared_ptr<const Unit>& flow : flows) {
    const auto [known, is_new] = names.try_emplace(flow->key, flow->name);
    if (!is_new) object(problems, "{} and {} have the same key", known->second, flow->name);
  }
  const auto check = [&](std::string_view user, const std::string& flow) {
    const auto found = names.find(value::name_key(flow));
    if (found == names.end() || found->second != flow) {
      object(problems, "{} starts {}, which is not there", user, flow);
    }
  };
  check("the app", app.start);
  if (app.unit) {
    for (const std::string& flow : app.unit->imports) check("a handler", flow);
  }
  for (const std::shared_ptr<const Unit>& unit : flows) {
    for (const std::string& flow : unit->imports) check(unit->name, flow);
  }
}

void verify_links(const Program& program, Problems& problems) {
  LinkVerifier(program, problems).verify();
}

Problems verify(const Program& program) {
  Problems problems;
  verify_app(program.app(), problems);
  std::vector<std::shared_ptr<const Unit>> flows;
  for (Index i = 1; i < program.unit_count(); ++i) {
    verify_unit(program.app(), program.unit(i), problems);
    flows.push_back(program.shared_unit(i));
  }
  verify_names(program.app(), flows, problems);
  if (problems.empty()) verify_links(program, problems);
  return problems;
}

}  // namespace alur::program

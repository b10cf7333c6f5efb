#include "engine/program/program.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

#include "engine/program/stack.hpp"

namespace alur::program {

void App::prepare() {
  if (const auto found = value::TimeZone::find(timezone)) zone = *found;
  for (const std::string& language : languages) formatters.emplace_back(language, zone);
}

Program::Program(std::shared_ptr<const App> app, std::string hash)
    : app_(std::move(app)), hash_(std::move(hash)) {
  const std::string_view first = std::string_view(hash_).substr(0, 16);
  std::from_chars(first.data(), first.data() + first.size(), short_hash_, 16);
}

std::shared_ptr<const Program> Program::link(std::shared_ptr<const App> app,
                                             std::vector<std::shared_ptr<const Unit>> flows,
                                             std::string hash, const Program* before) {
  std::shared_ptr<Program> program(new Program(std::move(app), std::move(hash)));
  program->units_.reserve(flows.size() + 1);
  program->units_.push_back(program->app_->unit);
  for (std::shared_ptr<const Unit>& flow : flows) program->units_.push_back(std::move(flow));
  for (Index i = 1; i < program->units_.size(); ++i) {
    program->by_key_.emplace_back(program->units_[i]->key, i);
  }
  std::sort(program->by_key_.begin(), program->by_key_.end());
  if (before && !program->same_flows(*before)) before = nullptr;
  program->link_imports(before);
  program->link_triggers(before);
  program->link_late_taps(before);
  program->link_stack_needs(before);
  const auto start = program->find_unit(value::name_key(program->app_->start));
  assert(start);
  program->start_unit_ = *start;
  return program;
}

std::optional<Index> Program::find_unit(NameKey key) const {
  const auto it =
      std::lower_bound(by_key_.begin(), by_key_.end(), key,
                       [](const std::pair<NameKey, Index>& a, NameKey b) { return a.first < b; });
  if (it == by_key_.end() || it->first != key) return std::nullopt;
  return it->second;
}

std::optional<Index> Program::find_language(std::string_view code) const {
  for (Index i = 0; i < app_->languages.size(); ++i) {
    if (app_->languages[i] == code) return i;
  }
  return std::nullopt;
}

std::optional<Index> Program::late_tap(NameKey option) const {
  const auto it = std::lower_bound(late_taps_->begin(), late_taps_->end(), option,
                                   [](const LateTap& a, NameKey b) { return a.first < b; });
  if (it == late_taps_->end() || it->first != option) return std::nullopt;
  return it->second;
}

// The same flows at the same places, so that what means a flow by its index still does.
bool Program::same_flows(const Program& before) const {
  return std::equal(units_.begin(), units_.end(), before.units_.begin(), before.units_.end(),
                    [](const auto& a, const auto& b) { return a->key == b->key; });
}

void Program::link_imports(const Program* before) {
  imports_.resize(units_.size());
  for (Index i = 0; i < units_.size(); ++i) {
    if (before && before->units_[i] == units_[i]) {
      imports_[i] = before->imports_[i];
      continue;
    }
    auto imported = std::make_shared<std::vector<Index>>();
    for (const std::string& name : units_[i]->imports) {
      const auto found = find_unit(value::name_key(name));
      assert(found && "the compiler checks that every flow that is named exists");
      imported->push_back(*found);
    }
    imports_[i] = std::move(imported);
  }
}

namespace {

bool same_triggers(const Unit& a, const Unit& b) {
  return a.triggers.size() == b.triggers.size() && a.trigger_phrases == b.trigger_phrases;
}

}  // namespace

void Program::link_triggers(const Program* before) {
  for (Index i = 1; i < units_.size(); ++i) {
    for (Index t = 0; t < units_[i]->triggers.size(); ++t) triggers_.push_back({i, t});
  }
  if (before &&
      std::equal(units_.begin(), units_.end(), before->units_.begin(),
                 [](const auto& a, const auto& b) { return a == b || same_triggers(*a, *b); })) {
    trigger_phrases_ = before->trigger_phrases_;
    return;
  }
  PhraseList all;
  Index first = 0;
  for (const std::shared_ptr<const Unit>& unit : units_) {
    for (PlainPhrase phrase : unit->trigger_phrases) {
      phrase.entry += first;
      all.push_back(std::move(phrase));
    }
    first += static_cast<Index>(unit->triggers.size());
  }
  trigger_phrases_ = std::make_shared<const PhraseTable>(all);
}

namespace {

// Options whose whole action is to go to a flow without arguments, and no consents.
std::vector<Program::LateTap> late_taps_in(const Unit& flow, const std::vector<Index>& imports) {
  std::vector<Program::LateTap> taps;
  for (const Question& question : flow.questions) {
    if (question.consent) continue;
    for (Index o = question.options.begin; o < question.options.end; ++o) {
      const Option& option = flow.options[o];
      const Instruction& action = flow.code[option.address];
      if (option.value != none || action.op != Op::leave) continue;
      const Departure& departure = flow.departures[action.c];
      if (departure.arguments.empty()) taps.emplace_back(option.key, imports[departure.import]);
    }
  }
  return taps;
}

}  // namespace

void Program::link_late_taps(const Program* before) {
  bool same = before != nullptr;
  late_taps_of_.resize(units_.size());
  for (Index i = 1; i < units_.size(); ++i) {
    const bool kept = before && before->units_[i] == units_[i];
    late_taps_of_[i] = kept ? before->late_taps_of_[i] : late_taps_in(*units_[i], *imports_[i]);
    same = same && (kept || late_taps_of_[i] == before->late_taps_of_[i]);
  }
  if (same) {
    late_taps_ = before->late_taps_;
    return;
  }
  auto all = std::make_shared<std::vector<LateTap>>();
  for (const std::vector<LateTap>& taps : late_taps_of_) {
    all->insert(all->end(), taps.begin(), taps.end());
  }
  std::sort(all->begin(), all->end());
  late_taps_ = std::move(all);
}

namespace {

std::vector<Index> flows_run_by(const Unit& flow, const std::vector<Index>& imports) {
  std::vector<Index> flows;
  for (const Run& run : flow.runs) flows.push_back(imports[run.import]);
  std::sort(flows.begin(), flows.end());
  flows.erase(std::unique(flows.begin(), flows.end()), flows.end());
  return flows;
}

}  // namespace

// One more than the most that any flow it runs needs: after as many rounds as the stack is high
// only circles would still grow.
void Program::link_stack_needs(const Program* before) {
  bool same = before != nullptr;
  runs_of_.resize(units_.size());
  for (Index i = 0; i < units_.size(); ++i) {
    const bool kept = before && before->units_[i] == units_[i];
    runs_of_[i] = kept ? before->runs_of_[i] : flows_run_by(*units_[i], *imports_[i]);
    same = same && (kept || runs_of_[i] == before->runs_of_[i]);
  }
  if (same) {
    stack_needs_ = before->stack_needs_;
    return;
  }
  std::vector<std::size_t> needs(units_.size(), 1);
  for (std::size_t round = 0; round < stack_max; ++round) {
    std::vector<std::size_t> higher = needs;
    for (Index i = 0; i < units_.size(); ++i) {
      for (const Index flow : runs_of_[i]) higher[i] = std::max(higher[i], 1 + needs[flow]);
    }
    needs = std::move(higher);
  }
  stack_needs_ = std::make_shared<const std::vector<std::size_t>>(std::move(needs));
}

}  // namespace alur::program

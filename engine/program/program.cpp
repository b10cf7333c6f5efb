#include "engine/program/program.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

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
                                             std::string hash) {
  std::shared_ptr<Program> program(new Program(std::move(app), std::move(hash)));
  program->units_.reserve(flows.size() + 1);
  program->units_.push_back(program->app_->unit);
  for (std::shared_ptr<const Unit>& flow : flows) program->units_.push_back(std::move(flow));
  for (Index i = 1; i < program->units_.size(); ++i) {
    program->by_key_.emplace_back(program->units_[i]->key, i);
  }
  std::sort(program->by_key_.begin(), program->by_key_.end());
  program->link_imports();
  program->link_triggers();
  program->link_late_taps();
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
  const auto it =
      std::lower_bound(late_taps_.begin(), late_taps_.end(), option,
                       [](const std::pair<NameKey, Index>& a, NameKey b) { return a.first < b; });
  if (it == late_taps_.end() || it->first != option) return std::nullopt;
  return it->second;
}

void Program::link_imports() {
  imports_.resize(units_.size());
  for (Index i = 0; i < units_.size(); ++i) {
    for (const std::string& name : units_[i]->imports) {
      const auto found = find_unit(value::name_key(name));
      assert(found && "the compiler checks that every flow that is named exists");
      imports_[i].push_back(*found);
    }
  }
}

void Program::link_triggers() {
  PhraseList all;
  for (Index i = 1; i < units_.size(); ++i) {
    const auto first = static_cast<Index>(triggers_.size());
    for (Index t = 0; t < units_[i]->triggers.size(); ++t) triggers_.push_back({i, t});
    for (PlainPhrase phrase : units_[i]->trigger_phrases) {
      phrase.entry += first;
      all.push_back(std::move(phrase));
    }
  }
  trigger_phrases_ = PhraseTable(all);
}

// An option whose whole action is to go to a flow without arguments, and no consent.
void Program::link_late_taps() {
  for (Index i = 1; i < units_.size(); ++i) {
    const Unit& flow = *units_[i];
    for (const Question& question : flow.questions) {
      if (question.consent) continue;
      for (Index o = question.options.begin; o < question.options.end; ++o) {
        const Option& option = flow.options[o];
        const Instruction& action = flow.code[option.address];
        if (option.value != none || action.op != Op::leave) continue;
        const Departure& departure = flow.departures[action.c];
        if (!departure.arguments.empty()) continue;
        late_taps_.emplace_back(option.key, imports_[i][departure.import]);
      }
    }
  }
  std::sort(late_taps_.begin(), late_taps_.end());
}

}  // namespace alur::program

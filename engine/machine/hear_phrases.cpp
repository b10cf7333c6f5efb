// Hearing words: which phrase of the app they are, exactly, by a number or misspelt, and which flow
// a trigger begins. In what order these are asked is hear.cpp's.
#include <algorithm>
#include <charconv>

#include "engine/machine/phrase_match.hpp"
#include "engine/machine/walk.hpp"
#include "engine/value/phrase.hpp"

namespace alur::machine {

using program::PhraseTable;
using program::Question;
using value::Value;

namespace {

std::uint8_t detail(Rule rule) {
  return static_cast<std::uint8_t>(rule);
}

bool has_figure(std::string_view words) {
  return words.find_first_of("0123456789") != std::string_view::npos;
}

// Typed, it means this label and not a position.
bool is_number(const Offer& offer) {
  const std::string label = value::normalised_phrase(offer.label);
  return !label.empty() && label.find_first_not_of("0123456789") == std::string::npos;
}

// The nearest candidates so far; a tie between two different ones is no match.
struct Nearest {
  int edits = 3;
  std::size_t which = 0;
  bool tie = false;

  void offer(std::string_view words, std::string_view candidate, std::size_t index) {
    const int allowed = std::min(value::typo_allowance(candidate), edits);
    if (allowed <= 0) return;
    const auto distance = value::edit_distance_at_most(words, candidate, allowed);
    if (!distance) return;
    if (*distance < edits) {
      edits = *distance;
      which = index;
      tie = false;
    } else if (index != which) {
      tie = true;
    }
  }
};

}  // namespace

bool Walk::hear_anytime(std::string_view words) {
  if (const auto address = program_.app().anytime.find(words)) {
    note(TraceKind::took, 0, *address, 0, detail(Rule::anytime));
    go({0, *address});
    return true;
  }
  note(TraceKind::tried, 0, 0, 0, detail(Rule::anytime));
  return false;
}

bool Walk::hear_options(std::string_view words, bool consent) {
  const Question& asked = question();
  if (session_.offers.empty() && asked.options.empty()) return false;
  std::string label;
  for (std::size_t i = 0; i < session_.offers.size(); ++i) {
    value::normalise_phrase(session_.offers[i].label, label);
    if (label == words) return choose_offer(i, Rule::option, 0), true;
  }
  if (const auto entry = asked.option_phrases.find(words)) {
    return choose_option(asked.options.begin + *entry, Rule::option, 0), true;
  }
  const Index unit_index = top().position.unit;
  for (Index i = asked.options.begin; i < asked.options.end; ++i) {
    const program::Option& option = unit(unit_index).options[i];
    if (!option.label_is_made) continue;
    value::normalise_phrase(rendered(unit_index, option.label), label);
    if (label == words) return choose_option(i, Rule::option, 0), true;
  }
  if (is_next_page(words)) return next_page(Rule::option, 0), true;
  note(TraceKind::tried, 0, 0, 0, detail(Rule::option));
  return hear_position(words) || (!consent && hear_typo(words));
}

// Whether a number can mean the option at that place.
bool Walk::hears_positions() {
  const Question& asked = question();
  if (asks_for_number(asked)) return false;
  const program::Unit& flow = unit(top().position.unit);
  for (Index i = asked.options.begin; i < asked.options.end; ++i) {
    if (flow.options[i].label_is_number) return false;
  }
  return std::none_of(session_.offers.begin(), session_.offers.end(), is_number);
}

bool Walk::hear_position(std::string_view words) {
  if (!hears_positions()) return false;
  const Question& asked = question();
  std::size_t position = 0;
  const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), position);
  const bool number =
      error == std::errc() && end == words.data() + words.size() && words.size() < 4;
  if (number && position == 0 && page_count() > 1) return next_page(Rule::position, 0), true;
  if (number && position >= 1 && position <= session_.offers.size()) {
    return choose_offer(position - 1, Rule::position, 0), true;
  }
  if (number && position >= 1 && position <= session_.offers.size() + asked.options.size()) {
    const Index option = static_cast<Index>(position - 1 - session_.offers.size());
    return choose_option(asked.options.begin + option, Rule::position, 0), true;
  }
  note(TraceKind::tried, 0, 0, 0, detail(Rule::position));
  return false;
}

bool Walk::hear_typo(std::string_view words) {
  const Question& asked = question();
  Nearest nearest;
  std::string label;
  for (std::size_t i = 0; i < session_.offers.size(); ++i) {
    value::normalise_phrase(session_.offers[i].label, label);
    nearest.offer(words, label, i);
  }
  const std::size_t offers = session_.offers.size();
  for (const PhraseTable::Exact& phrase : asked.option_phrases.exact()) {
    nearest.offer(words, asked.option_phrases.string(phrase.phrase), offers + phrase.entry);
  }
  const std::size_t choices = offers + asked.options.size();
  for (const std::string& more : more_words()) nearest.offer(words, more, choices);
  // Figures are never a slip: "grade 1" is not "grade A".
  if (nearest.edits > 2 || nearest.tie || has_figure(words)) {
    note(TraceKind::tried, 0, 0, 0, detail(Rule::typo));
    return false;
  }
  const Index edits = static_cast<Index>(nearest.edits);
  if (nearest.which < offers) {
    choose_offer(nearest.which, Rule::typo, edits);
  } else if (nearest.which < choices) {
    choose_option(asked.options.begin + static_cast<Index>(nearest.which - offers), Rule::typo,
                  edits);
  } else {
    next_page(Rule::typo, edits);
  }
  return true;
}

bool Walk::hear_own(std::string_view words) {
  const Question& asked = question();
  if (asked.hear.empty()) return false;
  if (const auto address = asked.hear.find(words)) {
    const Index unit_index = top().position.unit;
    note(TraceKind::took, unit_index, *address, 0, detail(Rule::hear));
    go({unit_index, *address});
    return true;
  }
  note(TraceKind::tried, 0, 0, 0, detail(Rule::hear));
  return false;
}

bool Walk::hear_triggers(std::string_view words, std::string_view raw) {
  const PhraseTable& table = program_.trigger_phrases();
  const auto entry = table.find(words);
  if (entry) {
    take_trigger(*entry, {});
    return true;
  }
  if (table.has_patterns() && !words.empty() && hear_captures(raw)) return true;
  note(TraceKind::tried, 0, 0, 0, detail(Rule::trigger));
  return false;
}

// A trigger whose phrase captures parameters.
bool Walk::hear_captures(std::string_view raw) {
  const PhraseTable& table = program_.trigger_phrases();
  std::vector<std::pair<std::uint32_t, Value>> captured;
  const value::ReadingScene scene{program_.app().languages[session_.language], program_.zone(),
                                  now_};
  const auto accept = [&](std::uint32_t entry, std::uint32_t slot, std::string_view said) {
    const program::Unit& flow = unit(program_.triggers()[entry].unit);
    value::Reading reading = value::read_typed(said, *flow.slots[slot].type, scene);
    if (reading.ok()) captured.emplace_back(slot, reading.take_value());
    return reading.ok();
  };
  const PhraseTable::Pattern* pattern = match_patterns(table, raw, accept);
  if (!pattern) return false;
  // Those of this pattern were accepted last.
  std::vector<Value> params(unit(program_.triggers()[pattern->entry].unit).param_count);
  std::size_t left = 0;
  for (const PhraseTable::Element& element : table.elements(*pattern)) left += element.capture;
  for (auto each = captured.end() - static_cast<std::ptrdiff_t>(left); each != captured.end();
       ++each) {
    params[each->first] = std::move(each->second);
  }
  take_trigger(pattern->entry, std::move(params));
  return true;
}

void Walk::take_trigger(std::uint32_t entry, std::vector<Value> params) {
  const auto trigger = program_.triggers()[entry];
  note(TraceKind::took, trigger.unit, trigger.trigger, 0, detail(Rule::trigger));
  params.resize(unit(trigger.unit).param_count);
  start_by_trigger(trigger.unit, std::move(params));
}

}  // namespace alur::machine

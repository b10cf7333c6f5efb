#include "dsl/check/phrase_machine.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "engine/value/phrase.hpp"

namespace alur::dsl {
namespace {

using ast::PhrasePart;
using Places = std::vector<std::uint32_t>;

std::uint64_t bit_of(std::string_view word) {
  std::uint32_t hash = 2'166'136'261u;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619u;
  return std::uint64_t{1} << (hash >> 26);
}

// A stretch of a phrase: where it begins and ends, and whether it may be left out.
struct Stretch {
  Places first;
  Places last;
  bool nullable = true;
};

void append(Places& places, const Places& more) {
  places.insert(places.end(), more.begin(), more.end());
}

class Builder {
 public:
  PhraseMachine build(const std::vector<PhrasePart>& parts) {
    const Stretch whole = row_of(parts);
    machine_.first = whole.first;
    machine_.last = whole.last;
    return finish();
  }

  PhraseMachine build(std::string_view words) {
    const Stretch whole = words_of(words);
    machine_.first = whole.first;
    machine_.last = whole.last;
    return finish();
  }

 private:
  Stretch place(PhrasePlace place) {
    const auto index = static_cast<std::uint32_t>(machine_.places.size());
    machine_.places.push_back(std::move(place));
    machine_.follow.emplace_back();
    return {{index}, {index}, false};
  }

  Stretch then(Stretch before, Stretch after) {
    for (const std::uint32_t from : before.last) append(machine_.follow[from], after.first);
    if (before.nullable) append(before.first, after.first);
    if (after.nullable) append(after.last, before.last);
    return {std::move(before.first), std::move(after.last), before.nullable && after.nullable};
  }

  Stretch words_of(std::string_view words) {
    const std::string normalised = value::normalised_phrase(words);
    Stretch row;
    for (std::size_t at = 0; at < normalised.size();) {
      const std::size_t end = std::min(normalised.find(' ', at), normalised.size());
      row = then(std::move(row), place({normalised.substr(at, end - at), {}}));
      at = end + 1;
    }
    return row;
  }

  Stretch row_of(const std::vector<PhrasePart>& parts) {
    Stretch row;
    for (const PhrasePart& part : parts) row = then(std::move(row), stretch_of(part));
    return row;
  }

  Stretch stretch_of(const PhrasePart& part) {
    if (part.kind == PhrasePart::Kind::words) return words_of(part.words);
    if (part.kind == PhrasePart::Kind::capture) return place({{}, part.capture.text});
    Stretch choice;
    choice.nullable = part.kind == PhrasePart::Kind::optional;
    for (const std::vector<PhrasePart>& branch : part.branches) {
      const Stretch way = row_of(branch);
      append(choice.first, way.first);
      append(choice.last, way.last);
      choice.nullable |= way.nullable;
    }
    return choice;
  }

  std::uint64_t bits_of(const Places& places) const {
    std::uint64_t bits = 0;
    for (const std::uint32_t index : places) {
      const PhrasePlace& place = machine_.places[index];
      bits |= place.is_capture() ? ~std::uint64_t{0} : bit_of(place.word);
    }
    return bits;
  }

  PhraseMachine finish() {
    machine_.first_words = bits_of(machine_.first);
    machine_.last_words = bits_of(machine_.last);
    machine_.has_captures =
        std::any_of(machine_.places.begin(), machine_.places.end(),
                    [](const PhrasePlace& place) { return place.is_capture(); });
    return std::move(machine_);
  }

  PhraseMachine machine_;
};

bool holds(const Places& places, std::uint32_t place) {
  return std::find(places.begin(), places.end(), place) != places.end();
}

// Walks both machines at once, the shortest messages first.
class Product {
 public:
  Product(const PhraseMachine& a, const PhraseMachine& b) : a_(a), b_(b) {}

  std::optional<SharedMessage> search() {
    for (const std::uint32_t x : a_.first) {
      for (const std::uint32_t y : b_.first) reach(x, y, none);
    }
    while (!waiting_.empty() && seen_.size() < pairs_max) {
      const std::size_t at = waiting_.front();
      waiting_.pop_front();
      const auto [x, y, before] = reached_[at];
      if (holds(a_.last, x) && holds(b_.last, y)) return message_to(at);
      go_on(x, y, at);
    }
    return std::nullopt;
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  static constexpr std::size_t pairs_max = 4'096;

  struct Reached {
    std::uint32_t x;
    std::uint32_t y;
    std::size_t before;
  };

  void reach(std::uint32_t x, std::uint32_t y, std::size_t before) {
    const PhrasePlace& place_a = a_.places[x];
    const PhrasePlace& place_b = b_.places[y];
    const bool both = place_a.is_capture() || place_b.is_capture() || place_a.word == place_b.word;
    if (!both || !seen_.emplace(std::pair(x, y), reached_.size()).second) return;
    waiting_.push_back(reached_.size());
    reached_.push_back({x, y, before});
  }

  void go_on(std::uint32_t x, std::uint32_t y, std::size_t at) {
    const bool stay_a = a_.places[x].is_capture();
    const bool stay_b = b_.places[y].is_capture();
    for (const std::uint32_t next_a : a_.follow[x]) {
      for (const std::uint32_t next_b : b_.follow[y]) reach(next_a, next_b, at);
      if (stay_b) reach(next_a, y, at);
    }
    if (!stay_a) return;
    for (const std::uint32_t next_b : b_.follow[y]) reach(x, next_b, at);
  }

  std::string_view word_at(const Reached& reached) const {
    if (!a_.places[reached.x].is_capture()) return a_.places[reached.x].word;
    if (!b_.places[reached.y].is_capture()) return b_.places[reached.y].word;
    return capture_sample;
  }

  SharedMessage message_to(std::size_t at) const {
    SharedMessage message;
    for (; at != none; at = reached_[at].before) {
      message.steps.push_back({reached_[at].x, reached_[at].y});
    }
    std::reverse(message.steps.begin(), message.steps.end());
    for (const SharedMessage::Step& step : message.steps) {
      if (!message.words.empty()) message.words += ' ';
      message.words += word_at({step.place_a, step.place_b, none});
    }
    return message;
  }

  const PhraseMachine& a_;
  const PhraseMachine& b_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> seen_;
  std::vector<Reached> reached_;
  std::deque<std::size_t> waiting_;
};

void add_ways(const PhraseMachine& machine, std::uint32_t place, const std::string& before,
              std::size_t ways_max, std::vector<std::string>& ways) {
  if (ways.size() >= ways_max) return;
  const std::string said =
      before.empty() ? machine.places[place].word : before + ' ' + machine.places[place].word;
  if (holds(machine.last, place)) ways.push_back(said);
  for (const std::uint32_t next : machine.follow[place]) {
    add_ways(machine, next, said, ways_max, ways);
  }
}

}  // namespace

PhraseMachine to_machine(const ast::Phrase& phrase) {
  return Builder().build(phrase.parts);
}

PhraseMachine to_machine(std::string_view words) {
  return Builder().build(words);
}

std::optional<SharedMessage> shared_message(const PhraseMachine& a, const PhraseMachine& b) {
  if ((a.first_words & b.first_words) == 0 || (a.last_words & b.last_words) == 0) {
    return std::nullopt;
  }
  return Product(a, b).search();
}

bool takes(const PhraseMachine& machine, std::string_view normalised) {
  return shared_message(machine, to_machine(normalised)).has_value();
}

std::vector<std::string> ways_to_say(const PhraseMachine& machine, std::size_t ways_max) {
  std::vector<std::string> ways;
  for (const std::uint32_t place : machine.first) add_ways(machine, place, {}, ways_max, ways);
  return ways;
}

}  // namespace alur::dsl

#include "dsl/check/proof/quoted.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "engine/value/phrase.hpp"

namespace alur::dsl::proof {

using program::none;

namespace {

constexpr std::array<std::string_view, 11> marks{
    "*", "\"", "'", "`", "_", "\u201C", "\u201D", "\u2018", "\u2019", "\u00AB", "\u00BB"};

// The stretches between marks, normalised. Marks of all kinds count alike, and a stretch may open
// with one and close with another.
std::set<std::string> quotes_of(std::string_view text) {
  std::set<std::string> quotes;
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto mark = std::find_if(marks.begin(), marks.end(), [&](std::string_view each) {
      return text.substr(at).starts_with(each);
    });
    if (mark == marks.end()) {
      ++at;
      continue;
    }
    parts.push_back(text.substr(begin, at - begin));
    at += mark->size();
    begin = at;
  }
  parts.push_back(text.substr(begin));
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
    quotes.insert(value::normalised_phrase(parts[i]));
  }
  return quotes;
}

std::string words_of(const Unit& unit, program::Range parts) {
  std::string words;
  for (Index i = parts.begin; i < parts.end; ++i) {
    words += unit.parts[i].node == none ? std::string(unit.string(unit.parts[i].literal)) : "x";
  }
  return words;
}

void keep_common(Told& all, const Told& one) {
  for (std::size_t h = 0; h < all.in.size(); ++h) {
    for (std::size_t l = 0; l < all.in[h].size(); ++l) all.in[h][l] = all.in[h][l] && one.in[h][l];
  }
}

void add(Told& all, const Told& one) {
  for (std::size_t h = 0; h < all.in.size(); ++h) {
    for (std::size_t l = 0; l < all.in[h].size(); ++l) all.in[h][l] = all.in[h][l] || one.in[h][l];
  }
}

Told look_in(const Case& app, const std::vector<Handler>& handlers, Index unit_index, Index text) {
  const std::size_t languages = app.program().app().languages.size();
  Told told{std::vector(handlers.size(), std::vector<bool>(languages))};
  if (text == none) return told;
  const Unit& unit = app.unit(unit_index);
  for (std::size_t l = 0; l < languages; ++l) {
    const program::Range parts =
        unit.wordings[unit.texts[text].first_wording + static_cast<Index>(l)];
    const std::set<std::string> quotes = quotes_of(words_of(unit, parts));
    for (std::size_t h = 0; h < handlers.size(); ++h) {
      told.in[h][l] = std::any_of(handlers[h].phrases.begin(), handlers[h].phrases.end(),
                                  [&](const std::string& each) { return quotes.contains(each); });
    }
  }
  return told;
}

}  // namespace

// What is told on every way of a stretch.
struct ToldOnTheWay {
  using Result = Told;
  static constexpr bool until_served = true;
  const ToldPhrases& phrases;

  static bool settled(const Spot&, Told&) { return false; }
  Told cut() const { return phrases.of_all(false); }
  Told circle() const { return phrases.of_all(true); }
  Told served() const { return circle(); }
  Told rest(const Next& next) const {
    const bool asked = next.rest == Rest::question && next.spot.address != next.spot.asked;
    return asked ? message(next.spot) : phrases.of_all(false);
  }
  static void join(Told& all, const Told& one) { keep_common(all, one); }
  void pass(const Spot& spot, Told& told) const {
    if (phrases.app_.stretches.step(spot).op == program::Op::say) add(told, message(spot));
  }
  const Told& message(const Spot& spot) const {
    return phrases.told_in(spot.unit, phrases.app_.stretches.message_at(spot)->text);
  }
};

struct ToldPhrases::Walk {
  explicit Walk(const ToldPhrases& phrases) : judge{phrases}, walk(phrases.app_.stretches, judge) {}
  ToldOnTheWay judge;
  StretchWalk<ToldOnTheWay> walk;
};

ToldPhrases::~ToldPhrases() = default;

ToldPhrases::ToldPhrases(const Case& app) : app_(app), walk_(std::make_unique<Walk>(*this)) {
  const program::PhraseTable& table = app.program().app().anytime;
  for (const program::PlainPhrase& phrase : table.phrases()) {
    std::string words;
    for (const program::PhraseElement& element : phrase.elements) {
      if (!words.empty()) words += ' ';
      words += element.word;
    }
    const auto known = std::find_if(handlers_.begin(), handlers_.end(), [&](const Handler& each) {
      return each.address == phrase.entry;
    });
    if (known == handlers_.end()) {
      handlers_.push_back({phrase.entry, {words}});
    } else {
      known->phrases.push_back(words);
    }
  }
  const Index start = app.program().start_unit();
  by_start_ = of_all(false);
  for (const program::Message& message : app.unit(start).messages) {
    add(by_start_, told_in(start, message.text));
  }
}

Told ToldPhrases::of_all(bool told) const {
  return {std::vector(handlers_.size(),
                      std::vector<bool>(app_.program().app().languages.size(), told))};
}

const Told& ToldPhrases::told_in(Index unit, Index text) const {
  const auto key = std::make_pair(unit, text);
  const auto known = told_in_.find(key);
  if (known != told_in_.end()) return known->second;
  return told_in_.emplace(key, look_in(app_, handlers_, unit, text)).first->second;
}

std::size_t ToldPhrases::index_of(const Handler& handler) const {
  return static_cast<std::size_t>(&handler - handlers_.data());
}

const std::vector<bool>& ToldPhrases::by_start(const Handler& handler) const {
  return by_start_.in[index_of(handler)];
}

const std::vector<bool>& ToldPhrases::by_ladder(const Handler& handler, Index context,
                                                Index question) const {
  const auto key = std::make_pair(context, question);
  auto known = by_ladder_.find(key);
  if (known == by_ladder_.end()) {
    known = by_ladder_.emplace(key, told_by_ladder(context, question)).first;
  }
  return known->second.in[index_of(handler)];
}

Told ToldPhrases::told_by_ladder(Index context, Index question) const {
  const Index unit_index = app_.graph.contexts()[context].unit;
  const Unit& unit = app_.unit(unit_index);
  const program::Question& asked = unit.questions[unit.code[question].c];
  const LadderOf ladder = ladder_of(app_.program(), unit_index, asked);
  if (ladder.rungs.empty()) return of_all(true);  // nothing is said at all but the question
  const program::Rung& last = app_.unit(ladder.rungs_unit).rungs[ladder.rungs.end - 1];
  Told words = told_in(ladder.rungs_unit, last.text);
  if (last.text == none && !last.leaves) {
    add(words, told_in(unit_index, unit.messages[asked.message].text));
  }
  if (last.address == none) return words;
  std::optional<Told> after;
  for (const Store& store : app_.graph.contexts()[context].known[question]) {
    Answer answer{Answer::Kind::rung, 0, ladder.rungs_unit, last.address,
                  app_.graph.reasoning().after_rest(unit, store, Reasoning::Counters::fresh)};
    const Told one = walk_->walk.walk(Stretches::after(context, question, std::move(answer)));
    if (after) {
      keep_common(*after, one);
    } else {
      after = one;
    }
  }
  if (after) add(words, *after);
  return words;
}

}  // namespace alur::dsl::proof

// From every question, and from every time that the bot waits, a citizen who wants a person reaches
// one within so many messages of their own, whatever services answer and whatever conditions hold.
//
// A game: the citizen chooses what to send among the moves that they know of, everything else is
// against them. The citizen wins with one message if some move leads, on every way, to people, to
// the number of a ticket or to a text marked `contact` before the next wait; with n messages if
// some move leads on every way there, or to a wait from which they win with n - 1. Waits are finite
// and n only falls, so working the table out from 1 upwards decides the game. What lies below a
// flow is anything that may run it, so what is won here is won in every conversation.
#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>

#include "dsl/check/proof/family.hpp"
#include "dsl/check/proof/quoted.hpp"
#include "dsl/check/proof/tickets.hpp"

namespace alur::dsl::proof {

using program::none;
using program::Op;

namespace {

using Wait = std::pair<Index, Index>;  // context, address

struct Game;

// Whether every way of a stretch comes to people, or to a wait from which they are near enough.
struct ToPeople {
  using Result = bool;
  static constexpr bool until_served = true;
  Game& game;
  int left;

  bool settled(const Spot& spot, bool& reached) const;
  static bool cut() { return false; }
  static bool circle() { return true; }
  static bool served() { return true; }
  bool rest(const Next& next) const;
  static void join(bool& all, bool one) { all = all && one; }
  static void pass(const Spot&, bool&) {}
};

struct Game {
  // Played by somebody who knows what is told in this language; none: only what is told in each.
  Game(const Case& the_app, const ToldPhrases& told_phrases, const TicketTexts& ticket_texts,
       Index spoken)
      : app(the_app), told(told_phrases), tickets(ticket_texts), language(spoken) {
    for (int n = 0; n <= app.program().app().bounds.person_within; ++n) {
      judges.push_back({*this, n});
    }
    for (ToPeople& judge : judges) walks.emplace_back(app.stretches, judge);
    const auto add = [&](Index context, Index, Index at) { waits.push_back({context, at}); };
    app.each_question(add);
    app.each_reached(Op::pause, add);
  }

  // Whether what is said there tells how people are reached, or by which number they know of it.
  bool tells_way(const Spot& spot) const {
    const program::Message* message = app.stretches.message_at(spot);
    return message != nullptr && (message->contact || tickets.tells_number(*message));
  }

  bool wins(const Spot& spot, int left) { return walks[static_cast<std::size_t>(left)].walk(spot); }

  bool near(Wait wait, int left) {
    if (left == 0) return false;
    const auto key = std::make_pair(wait, left);
    if (const auto known = table.find(key); known != table.end()) return known->second;
    const auto& stores = app.graph.contexts()[wait.first].known[wait.second];
    const bool won = std::all_of(stores.begin(), stores.end(), [&](const Store& store) {
      return wins_by_phrase(wait, store, left - 1) ||
             (is_pause(wait) ? wins_by_interrupting(wait, store, left - 1)
                             : wins_by_answer(wait, store, left - 1));
    });
    table.emplace(key, won);
    return won;
  }

  bool is_pause(Wait wait) const {
    const Unit& unit = app.unit(app.graph.contexts()[wait.first].unit);
    return unit.code[wait.second].op == Op::pause;
  }

  // Whatever is said goes on with what follows the time. Which question came before is not known.
  bool wins_by_interrupting(Wait wait, const Store& store, int left) {
    Spot spot;
    spot.context = wait.first;
    spot.unit = app.graph.contexts()[wait.first].unit;
    spot.address = wait.second + 1;
    spot.store =
        app.graph.reasoning().after_rest(app.unit(spot.unit), store, Reasoning::Counters::fresh);
    return wins(spot, left);
  }

  bool hears(const std::vector<bool>& told_in) const {
    return language == none
               ? std::all_of(told_in.begin(), told_in.end(), [](bool it) { return it; })
               : static_cast<bool>(told_in[language]);
  }

  // Where there is no question, no ladder has told them; only the first flow has.
  bool knows(Wait wait, const Handler& handler) const {
    return hears(told.by_start(handler)) &&
           (is_pause(wait) || hears(told.by_ladder(handler, wait.first, wait.second)));
  }

  bool wins_by_answer(Wait wait, const Store& store, int left) {
    const Index unit_index = app.graph.contexts()[wait.first].unit;
    const Unit& unit = app.unit(unit_index);
    const program::Question& question = unit.questions[unit.code[wait.second].c];
    for (Answer& answer :
         answers_of(app.graph.reasoning(), app.program(), unit_index, question, store)) {
      const bool sure_item = answer.kind == Answer::Kind::item && has_items(unit, question);
      if (answer.kind != Answer::Kind::option && !sure_item) continue;
      if (wins(Stretches::after(wait.first, wait.second, std::move(answer)), left)) return true;
    }
    return false;
  }

  bool has_items(const Unit& unit, const program::Question& question) const {
    const value::TypeRef list = app.graph.reasoning().type_of(unit, question.each_list);
    return list && list->low > 0;
  }

  bool wins_by_phrase(Wait wait, const Store& store, int left) {
    const std::vector<Handler>& handlers = told.handlers();
    return std::any_of(handlers.begin(), handlers.end(), [&](const Handler& handler) {
      if (!knows(wait, handler)) return false;
      return wins(app.stretches.heard(wait.first, wait.second, store, handler.address), left);
    });
  }

  // Back at a question that is not known: any of them.
  bool near_any(int left) {
    if (left == 0) return false;
    std::optional<bool>& known = any[static_cast<std::size_t>(left)];
    if (!known) {
      known = true;  // meanwhile: each is asked about below
      known = std::all_of(waits.begin(), waits.end(), [&](Wait wait) { return near(wait, left); });
    }
    return *known;
  }

  // After the end: whatever is said begins again, and what was told still holds.
  bool near_over(int left) {
    if (left == 0) return false;
    const program::Program& program = app.program();
    Spot spot;
    spot.store = app.graph.entry_of(0, program.start_unit(), {}, {});
    spot.context = app.graph.context_for(program.start_unit(), spot.store);
    spot.unit = program.start_unit();
    spot.address = program.unit(spot.unit).states.front().address;
    return wins(spot, left - 1);
  }

  const Case& app;
  const ToldPhrases& told;
  const TicketTexts& tickets;
  Index language;
  std::vector<ToPeople> judges;
  std::vector<StretchWalk<ToPeople>> walks;
  std::vector<Wait> waits;
  std::map<std::pair<Wait, int>, bool> table;
  std::array<std::optional<bool>, 16> any;
};

bool ToPeople::settled(const Spot& spot, bool& reached) const {
  reached = game.tells_way(spot);
  return reached;
}

bool ToPeople::rest(const Next& next) const {
  switch (next.rest) {
    case Rest::question:
    case Rest::still: {
      if (next.rest == Rest::question && game.tells_way(next.spot)) return true;
      const Index address = next.rest == Rest::still ? next.spot.asked : next.spot.address;
      if (address == none) return game.near_any(left);
      return game.near({next.spot.context, address}, left);
    }
    case Rest::interrupted:
      return game.near_any(left);
    default:
      return game.near_over(left);
  }
}

bool has_people(const Case& app, const TicketTexts& tickets) {
  if (tickets.any()) return true;
  for (Index i = 0; i < app.program().unit_count(); ++i) {
    const Unit& unit = app.unit(i);
    if (!unit.handoffs.empty()) return true;
    const bool told = std::any_of(unit.messages.begin(), unit.messages.end(),
                                  [](const program::Message& message) { return message.contact; });
    if (told) return true;
  }
  return false;
}

// Its phrases, to choose from: `*petugas* or *agent*`.
std::string quoted(const Handler& handler) {
  constexpr std::size_t phrases_max = 3;
  std::string words;
  for (std::size_t i = 0; i < std::min(handler.phrases.size(), phrases_max); ++i) {
    words += (i == 0 ? "*" : " or *") + handler.phrases[i] + "*";
  }
  return words;
}

// `, in en, too,` where some of the app's languages have the words; else nothing.
std::string where_lacking(const Case& app, const std::vector<bool>& told_in) {
  const auto some = std::find(told_in.begin(), told_in.end(), true);
  if (some == told_in.end()) return " ";
  std::string languages;
  for (std::size_t l = 0; l < told_in.size(); ++l) {
    if (told_in[l]) continue;
    languages += (languages.empty() ? "" : " and ") + app.program().app().languages[l];
  }
  return " in " + languages + ", too, ";
}

// What would help: a phrase that leads to people, if only somebody told of it.
std::string advice(Game& game, Wait wait, int within) {
  const auto& stores = game.app.graph.contexts()[wait.first].known[wait.second];
  for (const Handler& handler : game.told.handlers()) {
    const bool leads = std::all_of(stores.begin(), stores.end(), [&](const Store& store) {
      return game.wins(game.app.stretches.heard(wait.first, wait.second, store, handler.address),
                       within - 1);
    });
    if (!leads) continue;
    const std::vector<bool>& by_start = game.told.by_start(handler);
    if (!game.hears(by_start)) {
      return "let the first flow tell them" + where_lacking(game.app, by_start) + "to type " +
             quoted(handler);
    }
    const std::vector<bool>& last = game.told.by_ladder(handler, wait.first, wait.second);
    return "let the last entry of `no_match` tell them" + where_lacking(game.app, last) +
           "to type " + quoted(handler);
  }
  return "add an option that leads to a `handoff`, or to a text marked `contact: true`";
}

// Follows a way on which nobody comes, and notes how people and services answer on it.
std::vector<Related> lost_way(Game& game, Spot spot, int left) {
  std::vector<Related> notes;
  for (int steps = 0; steps < 200; ++steps) {
    std::optional<Next> worst;
    game.app.stretches.each_next(spot, [&](const Next& next) {
      if (worst || next.served) return;
      const bool lost = next.rest == Rest::none
                            ? !game.wins(next.spot, left)
                            : !game.judges[static_cast<std::size_t>(left)].rest(next);
      if (lost) worst = next;
    });
    if (!worst) break;
    if (worst->outcome != none && game.app.stretches.step(spot).op != Op::run) {
      const std::string& outcome = game.app.unit(spot.unit).outcomes[worst->outcome].name;
      notes.push_back({game.app.span_of(spot.unit, spot.address),
                       "if this ends in `" + outcome +
                           "`, no person follows, and no text marked "
                           "`contact`"});
    }
    if (worst->rest != Rest::none) break;
    spot = worst->spot;
  }
  return notes;
}

// Whether some way of a stretch comes to people at all.
struct TowardsPeople {
  using Result = bool;
  static constexpr bool until_served = true;
  const Game& game;

  bool settled(const Spot& spot, bool& met) const {
    met = game.tells_way(spot);
    return met;
  }
  static bool cut() { return false; }
  static bool circle() { return false; }
  static bool served() { return true; }
  static bool rest(const Next&) { return false; }
  static void join(bool& all, bool one) { all = all || one; }
  static void pass(const Spot&, bool&) {}
};

// What somebody who wants a person would say there, of what they were told.
std::vector<Index> cries_for_help(Game& game, Wait wait) {
  TowardsPeople judge{game};
  StretchWalk<TowardsPeople> walk(game.app.stretches, judge);
  const Store& store = game.app.graph.contexts()[wait.first].known[wait.second].front();
  std::vector<Index> cries;
  for (const Handler& handler : game.told.handlers()) {
    const bool said = game.knows(wait, handler);
    const Spot spot = game.app.stretches.heard(wait.first, wait.second, store, handler.address);
    if (said && walk.walk(spot)) cries.push_back(handler.address);
  }
  return cries;
}

// Of the phrases that the citizen was told: why they do not help.
std::vector<Related> lost_ways(Game& game, Wait wait, int within) {
  const Store& store = game.app.graph.contexts()[wait.first].known[wait.second].front();
  std::vector<Related> notes;
  for (const Handler& handler : game.told.handlers()) {
    if (!game.knows(wait, handler)) continue;
    const Spot spot = game.app.stretches.heard(wait.first, wait.second, store, handler.address);
    if (game.wins(spot, within - 1)) continue;
    for (Related& note : lost_way(game, spot, within - 1)) notes.push_back(std::move(note));
    if (!notes.empty()) break;
  }
  return notes;
}

// The same game in each language alone, played only where the game in all of them is lost.
class Languages {
 public:
  Languages(const Case& app, const ToldPhrases& told, const TicketTexts& tickets)
      : app_(app), told_(told), tickets_(tickets), games_(app.program().app().languages.size()) {}

  // The first language in which it is lost, too; else nothing: it is lost only to somebody who was
  // told in one language and asks in another.
  Game* lost_in_one(Wait wait, int within) {
    for (Index l = 0; l < games_.size(); ++l) {
      if (!games_[l]) games_[l] = std::make_unique<Game>(app_, told_, tickets_, l);
      if (!games_[l]->near(wait, within)) return games_[l].get();
    }
    return nullptr;
  }

 private:
  const Case& app_;
  const ToldPhrases& told_;
  const TicketTexts& tickets_;
  std::vector<std::unique_ptr<Game>> games_;
};

void tell(Case& app, Game& game, Wait wait, int within) {
  const Index unit = app.graph.contexts()[wait.first].unit;
  std::vector<Related> lost = lost_ways(game, wait, within);
  std::string help = lost.empty() ? advice(game, wait, within)
                                  : "let that lead to a text marked `contact: true`: a telephone "
                                    "number, the hours";
  app.report({Code::no_person, app.span_of(unit, wait.second), unit, wait.second, within,
              cries_for_help(game, wait), game.language},
             std::string("a citizen who wants a person ") +
                 (game.is_pause(wait) ? "while this waits" : "at this question") +
                 " may not reach one within " + std::to_string(within) +
                 (within == 1 ? " message" : " messages"),
             std::move(help), std::move(lost));
}

}  // namespace

void prove_people(Case& app, Measures& measures) {
  const int within = app.program().app().bounds.person_within;
  if (within == 0) return;
  const TicketTexts tickets(app.program());
  if (!has_people(app, tickets)) {
    app.report(Code::no_people, app.app_line("app"),
               "nothing in this app leads to a person: no `handoff`, and no text marked `contact`",
               "add a queue, or write `person_within: none` in `bounds` if that is meant");
    return;
  }
  const ToldPhrases told(app);
  Game game(app, told, tickets, none);
  Languages languages(app, told, tickets);
  std::set<Span> reported;
  for (const Wait& wait : game.waits) {
    int needs = 1;
    while (needs <= within && !game.near(wait, needs)) ++needs;
    if (needs <= within) {
      measures.person = std::max(measures.person, needs);
      continue;
    }
    const Index unit = app.graph.contexts()[wait.first].unit;
    if (!reported.insert(app.span_of(unit, wait.second)).second) continue;
    Game* in_one = languages.lost_in_one(wait, within);
    tell(app, in_one != nullptr ? *in_one : game, wait, within);
  }
}

}  // namespace alur::dsl::proof

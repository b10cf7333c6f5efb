#include "dsl/parse/parse_action.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/parse/parse_text.hpp"
#include "dsl/parse/scalars.hpp"

namespace alur::dsl {
namespace {

template <auto member>
constexpr auto keep_companion = [](Pass&, const Place& place, ActionDraft& draft) {
  draft.companions.*member = Kept{&place.node, place.key};
};

constexpr Key<ActionDraft> keys[] = {
    {"set", Need::optional, assign<&ActionDraft::set, NameUse::dotted>},
    {"say", Need::optional, into<&ActionDraft::say, text_at>},
    {"goto", Need::optional, keep<&ActionDraft::go_to>},
    {"run", Need::optional, keep<&ActionDraft::run>},
    {"handoff", Need::optional, keep<&ActionDraft::handoff>},
    {"stop", Need::optional, keep<&ActionDraft::stop>},
    {"outcomes", Need::optional, keep_companion<&Companions::outcomes>},
    {"summary", Need::optional, keep_companion<&Companions::summary>},
    {"fields", Need::optional, keep_companion<&Companions::fields>},
    {"leave", Need::optional, keep_companion<&Companions::leave>},
    {"return_to", Need::optional, keep_companion<&Companions::return_to>},
};

struct Jump {
  std::string_view name;
  Kept* kept;
};

// The first in file order stays; the others are told and dropped. True if there was one at most.
bool keep_one_jump(Pass& pass, const Map& map, ActionDraft& draft) {
  std::vector<Jump> jumps;
  for (const Jump& jump : {Jump{"goto", &draft.go_to}, Jump{"run", &draft.run},
                           Jump{"handoff", &draft.handoff}, Jump{"stop", &draft.stop}}) {
    if (*jump.kept) jumps.push_back(jump);
  }
  std::sort(jumps.begin(), jumps.end(),
            [](const Jump& a, const Jump& b) { return a.kept->key < b.kept->key; });
  for (std::size_t i = 1; i < jumps.size(); ++i) {
    pass.findings.add(Code::several_jumps, jumps[i].kept->key,
                      fmt::format("{} goes one way, and here are `{}` and `{}`", map.what,
                                  jumps[0].name, jumps[i].name),
                      "keep one of them",
                      {{jumps[0].kept->key, fmt::format("`{}` is here", jumps[0].name)}});
    *jumps[i].kept = {};
  }
  return jumps.size() <= 1;
}

void report_stray(Pass& pass, std::string_view name, std::string_view beside, const Kept& kept) {
  if (!kept) return;
  pass.findings.add(Code::misplaced_key, kept.key,
                    fmt::format("`{}` belongs beside {}, which is missing", name, beside));
}

// `outcomes` and the like without the verb that they explain.
void report_strays(Pass& pass, const ActionDraft& draft) {
  const Companions& companions = draft.companions;
  if (draft.handoff) return;
  if (!draft.run) report_stray(pass, "outcomes", "`run` or `handoff`", companions.outcomes);
  report_stray(pass, "summary", "`handoff`", companions.summary);
  report_stray(pass, "fields", "`handoff`", companions.fields);
  report_stray(pass, "leave", "`handoff`", companions.leave);
  report_stray(pass, "return_to", "`handoff`", companions.return_to);
}

// Handlers, rungs and silences are written to do something.
void report_nothing_done(Pass& pass, const Map& map, std::string_view suggestion) {
  if (!pass.whole) return;
  pass.findings.add(Code::nothing_done, map.span, fmt::format("{} does nothing", map.what),
                    std::string(suggestion));
}

constexpr std::string_view deeds = "add `goto:`, `run:`, `handoff:`, `set:`, `say:` or `stop:`";
constexpr std::string_view words_or_deeds =
    "add its words, `id:` and so on, or `goto:`, `run:`, "
    "`handoff:`, `set:` or `stop:`";

constexpr Key<ast::Handler> handler_keys[] = {
    {"hear", Need::required, into<&ast::Handler::phrases, phrases_at>},
};

void handler_at(Pass& pass, const Place& place, std::vector<ast::Handler>& handlers) {
  ast::Handler handler;
  ActionDraft draft;
  const Map map = map_of(place.name == "hear" ? "an entry of `hear`" : "an entry of `anytime`",
                         place.node.entries());
  Part action(action_keys(), draft);
  const bool complete = read_map(pass, map, part(handler_keys, handler), action);
  if (complete && !action.any_taken()) report_nothing_done(pass, map, deeds);
  handler.action = finish_action(pass, map, std::move(draft));
  handler.span = map.span;
  handlers.push_back(std::move(handler));
}

ast::Name reason_at(Pass& pass, const Place& place) {
  static constexpr std::string_view reasons[] = {
#define MISMATCH(name, meaning) #name,
#include "engine/value/mismatch.def"
#undef MISMATCH
  };
  return word_at(pass, place, reasons);
}

constexpr Key<ast::Rung> rung_keys[] = {
    {"when", Need::optional, into<&ast::Rung::when, reason_at>},
};

constexpr Key<ast::Silence> silence_keys[] = {
    {"after", Need::required,
     [](Pass& pass, const Place& place, ast::Silence& silence) {
       silence.after = duration_at(pass, place).value_or(ast::DurationExpr{0, place.span()});
     }},
    {"outside_window", Need::optional, into<&ast::Silence::outside, outside_at>},
};

// What rungs and silences have in common: languages, an action, and a table of their own.
template <class Entry, std::size_t count>
Entry read_reply(Pass& pass, const Map& map, const Key<Entry> (&own_keys)[count]) {
  Entry entry;
  ActionDraft draft;
  Part action(action_keys(), draft);
  const bool complete =
      read_map(pass, map, part(own_keys, entry), action, Languages(entry.text, true));
  const bool spoken = !entry.text.empty() || entry.text.broken;
  bool acts = action.any_taken();
  if constexpr (requires { entry.outside; }) acts |= entry.outside.has_value();
  if (complete && !spoken && !acts) report_nothing_done(pass, map, words_or_deeds);
  if (spoken && !draft.say.empty()) {
    pass.findings.add(Code::two_texts, draft.say.span,
                      fmt::format("{} has its own words already", map.what),
                      "keep either the languages or `say`");
  }
  entry.action = finish_action(pass, map, std::move(draft));
  entry.span = map.span;
  return entry;
}

}  // namespace

std::span<const Key<ActionDraft>> action_keys() {
  return keys;
}

ast::Action finish_action(Pass& pass, const Map& map, ActionDraft draft) {
  if (keep_one_jump(pass, map, draft)) report_strays(pass, draft);
  ast::Action action;
  action.span = map.span;
  action.set = std::move(draft.set);
  action.say = std::move(draft.say);
  if (draft.go_to) action.go_to = goto_at(pass, draft.go_to.place("goto"));
  if (draft.run) action.run = run_of(pass, draft.run.place("run"), draft.companions);
  if (draft.handoff) {
    action.handoff = handoff_of(pass, draft.handoff.place("handoff"), draft.companions);
  }
  if (draft.stop) only_true_at(pass, draft.stop.place("stop"));
  action.stop = static_cast<bool>(draft.stop);
  for (const Kept* jump : {&draft.go_to, &draft.run, &draft.handoff, &draft.stop}) {
    if (*jump) action.span = jump->key;
  }
  return action;
}

bool handlers_at(Pass& pass, const Place& place, std::vector<ast::Handler>& handlers) {
  return each_map(pass, place, "hear",
                  [&](const Place& item) { handler_at(pass, item, handlers); });
}

bool rungs_at(Pass& pass, const Place& place, std::vector<ast::Rung>& rungs) {
  const std::span<const Node> items = items_of(pass, place, NodeKind::map);
  for (const Node& item : items) {
    if (item.is_map() && want_map(pass, place.item_at(item))) {
      rungs.push_back(
          read_reply(pass, map_of("an entry of `no_match`", item.entries()), rung_keys));
    } else {
      // A bare text: the same in every language.
      ast::Rung rung;
      rung.text = text_at(pass, place.item_at(item));
      rung.span = item.span();
      rungs.push_back(std::move(rung));
    }
  }
  return place.node.is_list() && !items.empty();
}

bool silences_at(Pass& pass, const Place& place, std::vector<ast::Silence>& silences) {
  const auto read = [&](const Place& item) {
    silences.push_back(
        read_reply(pass, map_of("an entry of `no_input`", item.node.entries()), silence_keys));
  };
  if (!place.node.is_map()) return each_map(pass, place, "after", read);
  if (!want_map(pass, place, "after")) return false;
  read(place);
  return true;
}

}  // namespace alur::dsl

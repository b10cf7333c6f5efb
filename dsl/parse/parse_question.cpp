// Questions, `ask` and `choose`, and their options.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/grammar/grammar.hpp"
#include "dsl/parse/heading.hpp"
#include "dsl/parse/parse_action.hpp"
#include "dsl/parse/parse_text.hpp"
#include "dsl/parse/scalars.hpp"
#include "dsl/parse/verbs.hpp"

namespace alur::dsl {
namespace {

constexpr Key<ast::Option> option_keys[] = {
    {"label", Need::required, into<&ast::Option::label, text_at>},
    {"hint", Need::optional, into<&ast::Option::hint, text_at>},
    {"hear", Need::optional, into<&ast::Option::hear, phrases_at>},
    {"value", Need::optional, into<&ast::Option::value, expression_at>},
};

bool option_takes(std::string_view key) {
  const auto is_named = [&](const auto& each) { return each.name == key; };
  return has_key(option_keys, key) || std::ranges::any_of(action_keys(), is_named);
}

void read_option(Pass& pass, const Map& map, Part<ast::Option> own, Languages label,
                 ast::Option& option) {
  ActionDraft action;
  read_map(pass, map, own, Part(action_keys(), action), label);
  option.action = finish_action(pass, map, std::move(action));
  option.span = map.span;
}

void option_at(Pass& pass, const Place& place, std::vector<ast::Option>& options) {
  ast::Option option;
  Part own = part(option_keys, option);
  const Map map = map_of("an option", place.node.entries());
  if (const Entry* label = place.node.find_entry("label")) {
    Heading heading(pass, map, Place::of(*label), *label, option_takes);
    own.assume("label");
    read_option(pass, heading.map(), own, heading.languages(), option);
    option.label = heading.take_text();
  } else {
    read_option(pass, map, own, Languages(option.label, false), option);
  }
  options.push_back(std::move(option));
}

bool options_at(Pass& pass, const Place& place, std::vector<ast::Option>& options) {
  return each_map(pass, place, "label", [&](const Place& item) { option_at(pass, item, options); });
}

constexpr Key<ast::Question> ask_keys[] = {
    {"into", Need::required, into<&ast::Question::into, dotted_name_at>},
};

constexpr Key<ast::Question> choose_keys[] = {
    {"into", Need::optional, into<&ast::Question::into, dotted_name_at>},
};

constexpr Key<ast::Question> question_keys[] = {
    {"options", Need::optional, fill<&ast::Question::options, options_at>},
    {"hear", Need::optional, fill<&ast::Question::hear, handlers_at>},
    {"no_match", Need::optional, fill<&ast::Question::no_match, rungs_at>},
    {"no_input", Need::optional, fill<&ast::Question::no_input, silences_at>},
    {"gather", Need::optional, into<&ast::Question::gather, duration_at>},
    {"consent", Need::optional, into<&ast::Question::consent, truth_at>},
    {"button", Need::optional, into<&ast::Question::button, text_at>},
};

// `each`, and what it says of every option that it makes.
struct EachDraft {
  Kept each;
  Kept label;
  Kept hint;
};

constexpr Key<EachDraft> each_keys[] = {
    {"each", Need::optional, keep<&EachDraft::each>},
    {"label", Need::optional, keep<&EachDraft::label>},
    {"hint", Need::optional, keep<&EachDraft::hint>},
};

// Made of data, so the same in every language.
std::optional<ast::Template> made_text_at(Pass& pass, const Place& place) {
  if (!place.node.is_map()) return template_at(pass, place);
  pass.findings.add(Code::expected_text, place.node.span(),
                    fmt::format("the `{}` beside `each` is the same in every language", place.name),
                    "write it once, as in `\"{item.name}\"`");
  return std::nullopt;
}

ast::Each each_of(Pass& pass, const Map& map, const EachDraft& draft) {
  ast::Each each;
  const Place place = draft.each.place("each");
  each.span = place.span();
  if (want_text(pass, place)) {
    if (auto clause = parse_each(Fragment(place.node), pass.findings)) {
      each.item = std::move(clause->item);
      each.list = std::move(clause->list);
    }
  }
  if (draft.label) {
    each.label = made_text_at(pass, draft.label.place("label")).value_or(ast::Template{});
  } else {
    Map made = map;
    made.span = draft.each.key;
    made.what = "a question with `each`";
    report_missing(pass, made, {"label"});
  }
  if (draft.hint) each.hint = made_text_at(pass, draft.hint.place("hint"));
  return each;
}

void report_without_each(Pass& pass, std::string_view name, const Kept& kept) {
  if (!kept) return;
  pass.findings.add(
      Code::misplaced_key, kept.key,
      fmt::format("`{}` belongs beside `each`, which is missing", name),
      fmt::format("the `{0}` of an option stands in `options`, as in `- {0}: ...`", name));
}

// What a `choose` must have beside its text: what the tables cannot say.
void check_choice(Pass& pass, const Map& map, const ast::Question& question, bool has_into) {
  if (question.broken) return;
  if (!question.each && question.options.empty()) report_missing(pass, map, {"options"});
  const bool gives =
      std::any_of(question.options.begin(), question.options.end(),
                  [](const ast::Option& option) { return option.value.has_value(); });
  if (has_into || (!question.each && !gives)) return;
  Map answered = map;
  answered.what =
      question.each ? "a question with `each`" : "a question whose options have `value`";
  report_missing(pass, answered, {"into"});
}

}  // namespace

bool question_takes(std::string_view key) {
  return has_key(choose_keys, key) || has_key(question_keys, key) || has_key(each_keys, key) ||
         say_takes(key);
}

ast::Verb parse_question(Pass& pass, const StepMap& step) {
  ast::Question question;
  EachDraft each;
  question.choose = step.verb.name == "choose";
  question.span = step.verb.span();
  Heading heading(pass, step.map, step.verb, *step.map.skipped, question_takes);
  Part into_part = question.choose ? part(choose_keys, question) : part(ask_keys, question);
  question.broken |=
      !read_map(pass, heading.map(), into_part, part(question_keys, question),
                part(each_keys, each), Part(extras_keys(), question.extras), heading.languages());
  question.text = heading.take_text();
  if (each.each) {
    question.each = each_of(pass, step.map, each);
  } else {
    report_without_each(pass, "label", each.label);
    report_without_each(pass, "hint", each.hint);
  }
  if (question.choose) check_choice(pass, step.map, question, into_part.any_taken());
  return question;
}

}  // namespace alur::dsl

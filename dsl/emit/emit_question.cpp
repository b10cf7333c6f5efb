// Questions -> their table, and the code of options, handlers, rungs and silences behind them.
#include <algorithm>

#include "dsl/emit/unit_builder.hpp"
#include "engine/value/phrase.hpp"

namespace alur::dsl {

using program::Op;
using program::Range;

namespace {

bool is_literal(const ast::Template& text) {
  return std::all_of(text.parts.begin(), text.parts.end(),
                     [](const ast::TemplatePart& part) { return !part.expression; });
}

std::string literal(const ast::Template& text) {
  std::string words;
  for (const ast::TemplatePart& part : text.parts) words += part.literal;
  return words;
}

bool is_number(std::string_view words) {
  return !words.empty() &&
         std::all_of(words.begin(), words.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What names an option in taps: its label as first written.
std::string label_name(const ast::Option& option) {
  return option.label.languages.empty() ? std::string()
                                        : literal(option.label.languages.front().text);
}

bool takes_any_text(const program::Question& question) {
  return !question.choose && question.into_type &&
         question.into_type->kind == value::TypeKind::text;
}

}  // namespace

std::string to_flow_key(std::string_view flow, std::string_view name) {
  return std::string(flow) + "/" + std::string(name);
}

Index UnitBuilder::emit_action(const ast::Action& action, Span span, Op otherwise, Label* after) {
  const auto address = static_cast<Index>(unit_.code.size());
  emit_assignments(action.set);
  if (!action.say.empty()) code(Op::say, span, emit_message(action.say, {}, action.say.span));
  Label next;
  if (action.go_to) {
    emit_target(*action.go_to, action.go_to->span, after);
    return address;
  }
  if (action.stop) {
    code(Op::stop, span);
    return address;
  }
  if (action.run) emit_run(*action.run, action.run->span, next, true);
  if (action.handoff) emit_handoff(*action.handoff, action.handoff->span, next);
  bind(next);
  if (after) {
    jump(*after, span);
  } else {
    code(action.run || action.handoff ? Op::ask_again : otherwise, span);
  }
  return address;
}

Range UnitBuilder::emit_rungs(const std::vector<ast::Rung>& rungs) {
  std::vector<program::Rung> emitted;
  for (const ast::Rung& rung : rungs) {
    program::Rung entry;
    entry.only_for_reason = !rung.when.empty();
    if (const auto reason = value::parse_mismatch(rung.when.text)) entry.reason = *reason;
    entry.text = emit_text(rung.text);
    entry.leaves = rung.action.leaves();
    if (entry.leaves || !rung.action.set.empty() || !rung.action.say.empty()) {
      entry.address = emit_action(rung.action, rung.span, Op::hold, nullptr);
    }
    entry.place = place(rung.span);
    emitted.push_back(entry);
  }
  const auto first = static_cast<Index>(unit_.rungs.size());
  unit_.rungs.insert(unit_.rungs.end(), emitted.begin(), emitted.end());
  return {first, static_cast<Index>(unit_.rungs.size())};
}

Range UnitBuilder::emit_silences(const std::vector<ast::Silence>& silences) {
  std::vector<program::Silence> emitted;
  for (const ast::Silence& silence : silences) {
    program::Silence entry;
    entry.after_ms = silence.after.milliseconds;
    entry.text = emit_text(silence.text);
    entry.leaves = silence.action.leaves();
    if (entry.leaves || !silence.action.set.empty() || !silence.action.say.empty()) {
      entry.address = emit_action(silence.action, silence.span, Op::hold, nullptr);
    }
    if (silence.outside) entry.outside = emit_outside(*silence.outside);
    entry.place = place(silence.span);
    emitted.push_back(entry);
  }
  const auto first = static_cast<Index>(unit_.silences.size());
  unit_.silences.insert(unit_.silences.end(), emitted.begin(), emitted.end());
  return {first, static_cast<Index>(unit_.silences.size())};
}

program::PhraseTable UnitBuilder::emit_handlers(const std::vector<ast::Handler>& handlers) {
  program::PhraseList phrases;
  for (const ast::Handler& handler : handlers) {
    const Index address = emit_action(handler.action, handler.span, Op::ask_again, nullptr);
    for (const ast::Phrase& phrase : handler.phrases) {
      add_phrases(phrase, address, nullptr, phrases);
    }
  }
  return program::PhraseTable(phrases);
}

program::Ladder UnitBuilder::emit_ladder(const ast::Question& question) {
  program::Ladder ladder;
  ladder.own_rungs = !question.no_match.empty();
  ladder.own_silences = !question.no_input.empty();
  if (ladder.own_rungs) ladder.rungs = emit_rungs(question.no_match);
  if (ladder.own_silences) ladder.silences = emit_silences(question.no_input);
  return ladder;
}

void UnitBuilder::emit_each(const ast::Each& each, program::Question& question) {
  question.each_list = emit_expression(each.list);
  question.each_slot = each.resolved_item.index;
  question.each_label = emit_template(each.label);
  if (each.hint) question.each_hint = emit_template(*each.hint);
  question.each_key =
      value::name_key(unique_name(to_flow_key(unit_.name, section_ + ".each." + each.item.text)));
}

void UnitBuilder::add_option_phrases(const ast::Option& option, Index number,
                                     program::PhraseList& list) {
  const auto add = [&](std::string_view words) {
    program::PlainPhrase phrase{{{false, value::normalised_phrase(words), 0}}, number};
    if (!phrase.elements.front().word.empty()) list.push_back(std::move(phrase));
  };
  for (const ast::LocalText& label : option.label.languages) {
    if (is_literal(label.text)) add(literal(label.text));
  }
  for (const ast::Phrase& phrase : option.hear) add_phrases(phrase, number, nullptr, list);
}

Range UnitBuilder::emit_options(const std::vector<ast::Option>& options,
                                program::Question& question, Label& next) {
  program::PhraseList phrases;
  std::vector<program::Option> emitted;
  for (const ast::Option& option : options) {
    program::Option entry;
    entry.label = emit_text(option.label);
    entry.hint = emit_text(option.hint);
    entry.place = place(option.span);
    if (option.value) entry.value = emit_expression(*option.value);
    for (const ast::LocalText& label : option.label.languages) {
      if (!is_literal(label.text)) {
        entry.label_is_made = true;
      } else if (is_number(value::normalised_phrase(literal(label.text)))) {
        entry.label_is_number = true;
      }
    }
    entry.key = value::name_key(
        unique_name(to_flow_key(unit_.name, section_ + ".option." + label_name(option))));
    entry.address = emit_action(option.action, option.span, Op::ask_again, &next);
    add_option_phrases(option, static_cast<Index>(emitted.size()), phrases);
    emitted.push_back(entry);
  }
  question.option_phrases = program::PhraseTable(phrases);
  const auto first = static_cast<Index>(unit_.options.size());
  unit_.options.insert(unit_.options.end(), emitted.begin(), emitted.end());
  return {first, static_cast<Index>(unit_.options.size())};
}

void UnitBuilder::emit(const ast::Question& question, Span span) {
  program::Question entry;
  entry.choose = question.choose;
  entry.consent = question.consent;
  entry.place = place(span);
  const std::string noun = question.into.empty() ? "choose" : question.into.text;
  entry.name = unit_.name + "." + section_ + "." + noun;
  if (!question.into.empty()) {
    entry.into = question.resolved_into.index;
    entry.into_scope = to_scope(question.resolved_into.use);
    entry.into_type = question.resolved_into.type;
  }
  entry.free_text = takes_any_text(entry);
  entry.message = emit_message(question.text, question.extras, span);
  entry.button = emit_text(question.button);
  if (question.gather) entry.gather_ms = question.gather->milliseconds;
  if (question.each) emit_each(*question.each, entry);
  const auto index = static_cast<Index>(unit_.questions.size());
  unit_.questions.emplace_back();
  add_site(code(Op::ask, span, index), question.choose ? "choose" : "ask", noun);
  Label next;
  if (!question.options.empty()) entry.options = emit_options(question.options, entry, next);
  entry.hear = emit_handlers(question.hear);
  entry.ladder = emit_ladder(question);
  bind(next);
  entry.next = static_cast<Index>(unit_.code.size());
  unit_.questions[index] = std::move(entry);
}

}  // namespace alur::dsl

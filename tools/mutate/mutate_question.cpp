// Operators on texts, phrases, options, retries and silences.
#include <fmt/format.h>

#include "tools/mutate/mutator.hpp"

namespace alur::tools {

namespace ast = dsl::ast;

namespace {

// What stands where nothing is said: a text may not be blank.
constexpr std::string_view nothing_said = "-";

}  // namespace

void Mutator::text(ast::Text& text, dsl::TextUse use) {
  const bool words = use == dsl::TextUse::words;
  if (words && !text.empty() && here(Operator::empty_text, text.span)) {
    for (ast::LocalText& wording : text.languages) {
      ast::TemplatePart part;
      part.literal = nothing_said;
      part.span = wording.text.span;
      wording.text.parts = {std::move(part)};
    }
  }
  if (use == dsl::TextUse::hint) return;  // no chat speaks of hints
  for (std::size_t i = 1; i < text.languages.size(); ++i) {
    const std::string detail = fmt::format("in {}", text.languages[i].language.text);
    if (here(Operator::wrong_language, text.span, detail)) {
      text.languages[i].text = text.languages[0].text;
    }
  }
  Walk::text(text, use);
}

namespace {

// A filter that shows a value as it is shown without one.
bool is_plain(const ast::Filter& filter, const value::TypeRef& type) {
  if (!type) return false;
  const std::string_view name = filter.name.text;
  switch (type->kind) {
    case value::TypeKind::date:
      return name == "date";
    case value::TypeKind::time:
      return name == "time";
    case value::TypeKind::datetime:
      return name == "datetime";
    case value::TypeKind::integer:
    case value::TypeKind::number:
      return name == "number";
    case value::TypeKind::list:
      return name == "join";
    default:
      return false;
  }
}

}  // namespace

void Mutator::filling(ast::TemplatePart& part) {
  const value::TypeRef type = part.expression ? part.expression->resolved.type : nullptr;
  for (std::size_t i = 0; i < part.filters.size(); ++i) {
    if (is_plain(part.filters[i], type)) continue;
    const std::string detail = fmt::format("`{}`", part.filters[i].name.text);
    if (here(Operator::drop_filter, part.span, detail)) {
      part.filters.erase(part.filters.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
  }
  Walk::filling(part);
}

void Mutator::phrases(std::vector<ast::Phrase>& phrases) {
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    const std::string detail = fmt::format("\"{}\"", phrases[i].source);
    if (phrases.size() > 1 && here(Operator::drop_phrase, phrases[i].span, detail)) {
      phrases.erase(phrases.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
  }
}

void Mutator::action(ast::Action& action) {
  assignments_of(action.set);
  Walk::action(action);
}

// --- questions

void Mutator::verb(ast::Question& question) {
  neighbours(question.options);
  retries(question.no_match);
  timeouts(question.no_input);
  if (question.consent && here(Operator::drop_consent, question.span)) question.consent = false;
  if (question.gather && here(Operator::drop_gather, question.span)) question.gather.reset();
  Walk::verb(question);
}

void Mutator::neighbours(std::vector<ast::Option>& options) {
  for (std::size_t i = 0; i + 1 < options.size(); ++i) {
    ast::Option& one = options[i];
    ast::Option& other = options[i + 1];
    if (here(Operator::swap_actions, one.span)) std::swap(one.action, other.action);
    if (one.value && other.value && here(Operator::swap_values, one.span)) {
      std::swap(one.value, other.value);
    }
    if (here(Operator::reorder_options, one.span)) std::swap(one, other);
  }
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (here(Operator::drop_option, options[i].span)) {
      options.erase(options.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
  }
}

void Mutator::option(ast::Option& option) {
  if (!option.hear.empty() && here(Operator::drop_option_words, option.span)) {
    option.hear.clear();
  }
  Walk::option(option);
}

void Mutator::retries(std::vector<ast::Rung>& rungs) {
  for (std::size_t i = 0; i + 1 < rungs.size(); ++i) {
    if (here(Operator::drop_retry, rungs[i].span)) {
      rungs.erase(rungs.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
    if (here(Operator::double_retry, rungs[i].span)) {
      rungs.insert(rungs.begin() + static_cast<std::ptrdiff_t>(i), ast::Rung(rungs[i]));
      return;
    }
  }
}

void Mutator::rung(ast::Rung& rung) {
  if (!rung.when.empty() && here(Operator::drop_reason, rung.when.span, rung.when.text)) {
    rung.when = {};
  }
  Walk::rung(rung);
}

// Without its last entry a question's silence would have no end: then all go, and the app's hold.
void Mutator::timeouts(std::vector<ast::Silence>& silences) {
  for (std::size_t i = 0; i < silences.size(); ++i) {
    if (!here(Operator::drop_timeout, silences[i].span)) continue;
    if (i + 1 == silences.size()) {
      silences.clear();
    } else {
      silences.erase(silences.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return;
  }
}

void Mutator::silence(ast::Silence& silence) {
  if (here(Operator::longer_timeout, silence.after.span)) silence.after.milliseconds *= 10;
  if (here(Operator::shorter_timeout, silence.after.span)) silence.after.milliseconds /= 10;
  Walk::silence(silence);
}

}  // namespace alur::tools

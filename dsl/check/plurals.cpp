#include "dsl/check/plurals.hpp"

#include <algorithm>
#include <utility>

namespace alur::dsl {
namespace {

using Names = std::vector<std::string_view>;

bool holds(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::string_view every_form[] = {"zero", "one", "two", "few", "many", "other"};

// The forms of the language, or of all languages for a text that serves all.
Names needed_forms(const Symbols& symbols, std::optional<std::size_t> language) {
  Names needed;
  for (std::size_t i = 0; i < symbols.plural_forms.size(); ++i) {
    if (language && *language != i) continue;
    for (const std::string& form : symbols.plural_forms[i]) {
      if (!holds(needed, form)) needed.push_back(form);
    }
  }
  return needed;
}

std::string language_words(const Symbols& symbols, std::optional<std::size_t> language) {
  if (!language) return "the app's languages";
  return quoted_name(symbols.languages[*language]);
}

bool is_form(std::string_view name) {
  return std::find(std::begin(every_form), std::end(every_form), name) != std::end(every_form);
}

void check_form(Scope& scope, const ast::Argument& argument, const Names& needed,
                const std::string& language) {
  const ast::Name& form = argument.name;
  if (form.empty()) {
    scope.findings.add(Code::wrong_filter, argument.value.span,
                       "each form of `plural` bears the name of its form",
                       "write `plural(other = \"...\")`");
  } else if (!is_form(form.text)) {
    report_unknown(scope, Code::unknown_parameter, form,
                   "`plural` knows no form " + quoted_name(form.text),
                   {std::begin(every_form), std::end(every_form)});
  } else if (argument.value.kind != ast::ExprKind::text &&
             argument.value.kind != ast::ExprKind::broken) {
    scope.findings.add(Code::wrong_filter, argument.value.span,
                       "a form of `plural` is a text in double quotes");
  } else if (!holds(needed, form.text)) {
    scope.findings.add(Code::extra_plural_form, form.span,
                       "the form " + quoted_name(form.text) + " is never used in " + language);
  }
}

}  // namespace

void check_plural(Scope& scope, const ast::Filter& filter, std::optional<std::size_t> language) {
  const Names needed = needed_forms(scope.symbols, language);
  const std::string where = language_words(scope.symbols, language);
  Names given;
  bool all_forms = true;
  for (const ast::Argument& argument : filter.arguments) {
    check_form(scope, argument, needed, where);
    given.push_back(argument.name.text);
    all_forms = all_forms && is_form(argument.name.text);
  }
  Names missing;
  for (const std::string_view form : needed) {
    if (!holds(given, form)) missing.push_back(form);
  }
  if (missing.empty() || !all_forms) return;
  scope.findings.add(Code::missing_plural_form, filter.span,
                     "numbers in " + where + " also need the form " + listed(missing),
                     "add `" + std::string(missing.front()) + " = \"...\"`");
}

}  // namespace alur::dsl

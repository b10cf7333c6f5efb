#include "dsl/check/templates.hpp"

#include <algorithm>
#include <utility>

#include "dsl/check/filters.hpp"

namespace alur::dsl {
namespace {

using Language = std::optional<std::size_t>;

void report_not_showable(Scope& scope, const ast::Expr& expr, const Type& type) {
  std::string suggestion;
  if (type.kind == TypeKind::list && type.element && is_showable(*type.element)) {
    suggestion = "write `| join`";
  } else if (type.kind == TypeKind::record && !type.fields.empty()) {
    suggestion = "name one of its fields, like `." + type.fields.front().name + "`";
  } else if (type.kind == TypeKind::boolean) {
    suggestion = "say it in words, with `if` or `match`";
  }
  scope.findings.add(Code::cannot_be_shown, expr.span,
                     words_for(expr) + " cannot stand in a text: it is " + type_words(expr, type),
                     suggestion);
}

// The type of what is shown; null when it is faulty.
TypeRef check_filling(Scope& scope, ast::TemplatePart& part, Language language) {
  ast::Expr& expr = *part.expression;
  TypeRef type = type_of_shown(scope, expr);
  if (type && type->optional) {
    report_unset(scope, expr);
    type = with_optional(type, false);
  }
  if (!part.filters.empty()) return check_filters(scope, part.filters, expr, type, language);
  if (type && !is_showable(*type)) {
    report_not_showable(scope, expr, *type);
    return nullptr;
  }
  return type;
}

void report_private(Scope& scope, const ast::Expr& expr, std::string_view place,
                    std::string suggestion) {
  scope.findings.add(
      Code::private_leak, expr.span,
      words_for(expr) + " is private, and " + std::string(place) + " is seen by others",
      std::move(suggestion));
}

void check_fillings(Scope& scope, ast::Template& words, Language language) {
  for (ast::TemplatePart& part : words.parts) {
    if (part.expression) check_filling(scope, part, language);
  }
}

// Nothing private may stand in an address; `word` is what has come since the last space.
void check_words(Scope& scope, ast::Template& words, Language language) {
  std::string word;
  for (ast::TemplatePart& part : words.parts) {
    if (!part.expression) {
      const std::size_t space = part.literal.find_last_of(" \t\n\r");
      if (space != std::string::npos) word.clear();
      word += part.literal.substr(space == std::string::npos ? 0 : space + 1);
      continue;
    }
    const TypeRef type = check_filling(scope, part, language);
    const bool within_address = word.find("://") != std::string::npos || word.starts_with("www.");
    if (type && type->is_private && within_address) {
      report_private(scope, *part.expression, "an address in a text",
                     "leave it out, or write a `link` with `private: true`");
    }
  }
}

Language find_language(const Scope& scope, std::string_view code) {
  const auto& languages = scope.symbols.languages;
  if (languages.size() == 1) return 0;
  const auto found = std::find(languages.begin(), languages.end(), code);
  if (found == languages.end()) return std::nullopt;
  return static_cast<std::size_t>(found - languages.begin());
}

void check_public_words(Scope& scope, ast::Template& words, std::string_view place,
                        std::string_view suggestion) {
  for (ast::TemplatePart& part : words.parts) {
    if (!part.expression) continue;
    const TypeRef type = check_filling(scope, part, find_language(scope, {}));
    if (!type || !type->is_private) continue;
    report_private(scope, *part.expression, place, std::string(suggestion));
  }
}

bool begins_as_web_address(std::string_view words) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (words.starts_with(scheme)) return words.size() > scheme.size();
  }
  return false;
}

// An address that begins with a value is not known before it is sent.
void check_web_address(Scope& scope, const ast::Template& words) {
  if (words.parts.empty() || words.parts.front().expression) return;
  const std::string& begin = words.parts.front().literal;
  const bool goes_on = words.parts.size() > 1 && (begin == "https://" || begin == "http://");
  if (goes_on || begins_as_web_address(begin)) return;
  scope.findings.add(Code::no_web_address, words.span,
                     "this is no address on the web, and only from there can it be sent",
                     "write it whole, like `https://example.org/...`");
}

}  // namespace

void check_text(Scope& scope, ast::Text& text) {
  for (ast::LocalText& wording : text.languages) {
    check_words(scope, wording.text, find_language(scope, wording.language.text));
  }
}

void check_shared_words(Scope& scope, ast::Template& words) {
  check_words(scope, words, find_language(scope, {}));
}

void check_address(Scope& scope, ast::Link& link) {
  check_web_address(scope, link.url);
  if (link.is_private) return check_fillings(scope, link.url, find_language(scope, {}));
  check_public_words(scope, link.url, "the address of a link",
                     "leave it out, or write `private: true` below the `url`");
}

void check_file(Scope& scope, ast::Template& words, TypeKind kind) {
  ast::TemplatePart* only = words.parts.size() == 1 ? &words.parts.front() : nullptr;
  if (only != nullptr && only->expression && only->filters.empty()) {
    const TypeRef declared = declared_type(scope, *only->expression);
    if (declared && declared->kind == kind) {
      type_of_set(scope, *only->expression);
      return;
    }
  }
  check_web_address(scope, words);
  check_public_words(scope, words, "the address of a file", "leave it out");
}

}  // namespace alur::dsl

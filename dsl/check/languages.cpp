#include "dsl/check/languages.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

#include "dsl/check/walk.hpp"
#include "dsl/check/wordings.hpp"
#include "dsl/finding/utf8.hpp"

namespace alur::dsl {
namespace {

bool has_letters(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (point.valid && u_isalpha(static_cast<UChar32>(point.value)) != 0) return true;
    at += point.size;
  }
  return false;
}

// Only what the app or a service knows: no word of any language.
bool is_made_of_data(const ast::Template& words) {
  return std::none_of(words.parts.begin(), words.parts.end(), [](const ast::TemplatePart& part) {
    return !part.expression && has_letters(part.literal);
  });
}

class LanguageWalk : public Walk<LanguageWalk, false> {
 public:
  explicit LanguageWalk(Scope& scope) : scope_(scope), languages_(scope.symbols.languages) {}

  void text(const ast::Text& text, TextUse use) {
    if (text.empty() || languages_.empty()) return;
    if (text.languages.front().language.empty()) {
      check_bare(text, use);
      return;
    }
    const std::size_t unknown = check_known(text);
    check_all(text, unknown);
    compare_wordings(scope_, text, use);
  }

  // The machine's own words come in Indonesian and English with the compiler.
  void system_text(const ast::Text& text) {
    if (text.empty() || languages_.empty()) return;
    if (text.languages.front().language.empty()) {
      check_bare(text, TextUse::words);
      return;
    }
    check_known(text);
    compare_wordings(scope_, text, TextUse::words);
  }

 private:
  bool is_known(std::string_view language) const {
    return std::find(languages_.begin(), languages_.end(), language) != languages_.end();
  }

  // How many of the text's languages the app does not have.
  std::size_t check_known(const ast::Text& text) {
    std::size_t unknown = 0;
    for (const ast::LocalText& wording : text.languages) {
      if (is_known(wording.language.text)) continue;
      ++unknown;
      if (scope_.symbols.broken) continue;  // it may stand among the languages, misspelt
      scope_.findings.add(Code::unknown_text_language, wording.language.span,
                          "the app does not speak " + quoted_name(wording.language.text),
                          "it speaks " + listed({languages_.begin(), languages_.end()}));
    }
    return unknown;
  }

  void check_all(const ast::Text& text, std::size_t unknown) {
    if (text.broken) return;
    std::vector<std::string_view> missing;
    for (const std::string& language : languages_) {
      const bool has =
          std::any_of(text.languages.begin(), text.languages.end(),
                      [&](const auto& wording) { return wording.language.text == language; });
      if (!has) missing.push_back(language);
    }
    // An unknown language is most likely the missing one, misspelt.
    if (missing.size() <= unknown) return;
    scope_.findings.add(Code::missing_language, text.span,
                        "this text is missing in " + listed(missing),
                        "add `" + std::string(missing.front()) + ": ...`");
  }

  void check_bare(const ast::Text& text, TextUse use) {
    if (languages_.size() == 1) return;
    if (use != TextUse::words && is_made_of_data(text.languages.front().text)) return;
    scope_.findings.add(
        Code::one_for_all_languages, text.span,
        "the app speaks " + listed({languages_.begin(), languages_.end()}) +
            ", and this text is the same in all of them",
        "write it as `" + languages_[0] + ": ...` and `" + languages_[1] + ": ...`");
  }

  Scope& scope_;
  const std::vector<std::string>& languages_;
};

struct SystemTextRow {
  std::string_view key;
};
constexpr SystemTextRow system_texts[] = {
#define SYSTEM_TEXT(key, when, id, en) {#key},
#include "engine/program/system_text.def"
#undef SYSTEM_TEXT
};

// The languages in which the compiler brings the machine's own words.
bool is_brought(std::string_view language) {
  const std::string_view base = language.substr(0, language.find('-'));
  return base == "id" || base == "en";
}

bool says(const ast::App& app, std::string_view key, std::string_view language) {
  for (const ast::SystemText& entry : app.texts) {
    if (entry.key.text != key) continue;
    if (entry.text.broken) return true;
    for (const ast::LocalText& wording : entry.text.languages) {
      if (wording.language.empty() || wording.language.text == language) return true;
    }
  }
  return false;
}

void check_system_texts(Scope& scope, const ast::App& app) {
  if (app.broken) return;
  for (const ast::Name& language : app.languages) {
    if (language.empty() || is_brought(language.text)) continue;
    std::vector<std::string_view> missing;
    for (const SystemTextRow& row : system_texts) {
      if (!says(app, row.key, language.text)) missing.push_back(row.key);
    }
    if (missing.empty()) continue;
    scope.findings.add(Code::missing_system_text, language.span,
                       "what the machine itself says is missing in " + quoted_name(language.text) +
                           ": " + listed(missing),
                       "write it under `texts` in app.yaml");
  }
}

}  // namespace

void check_languages(Scope& scope, const ast::Flow& flow) {
  LanguageWalk(scope).flow(flow);
}

void check_languages(Scope& scope, const ast::App& app) {
  LanguageWalk walk(scope);
  for (const ast::Rung& rung : app.no_match) walk.rung(rung);
  for (const ast::Silence& silence : app.no_input) walk.silence(silence);
  for (const ast::Handler& handler : app.anytime) walk.handler(handler);
  for (const ast::SystemText& entry : app.texts) walk.system_text(entry.text);
  for (const ast::TemplateDecl& entry : app.templates) walk.text(entry.text, TextUse::words);
  for (const ast::Queue& queue : app.queues) walk.text(queue.title, TextUse::label);
  check_system_texts(scope, app);
}

}  // namespace alur::dsl

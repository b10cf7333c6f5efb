#include "dsl/parse/parse_app.hpp"

#include <fmt/format.h>

#include <utility>

#include "dsl/grammar/reading.hpp"
#include "dsl/parse/declaration.hpp"
#include "dsl/parse/map_reader.hpp"
#include "dsl/parse/name.hpp"
#include "dsl/parse/parse_action.hpp"
#include "dsl/parse/parse_service.hpp"
#include "dsl/parse/parse_text.hpp"
#include "dsl/parse/placement.hpp"
#include "dsl/parse/scalars.hpp"

namespace alur::dsl {
namespace {

constexpr std::int32_t messages_bound_max = 50;
constexpr std::int32_t person_within_max = 9;

ast::Name language_at(Pass& pass, const Place& place) {
  if (!want_text(pass, place)) return {};
  ast::Name language{std::string(place.node.text()), place.node.text_span()};
  if (is_language(language.text)) return language;
  Finding finding =
      finding_of(Code::bad_value, language.span, quoted(language.text) + " is not a language");
  language.text = to_language(language.text);
  finding.suggestion = "a language is two small letters, such as `id` or `en`";
  if (!language.empty()) {
    finding.suggestion = fmt::format("write `{}`", language.text);
    finding.fix = Fix{finding.span, language.text};
  }
  pass.findings.add(std::move(finding));
  return language;
}

bool languages_at(Pass& pass, const Place& place, std::vector<ast::Name>& languages) {
  return each_name(pass, place, languages, language_at);
}

// Whether such a zone exists is dsl/check's business.
ast::Name timezone_at(Pass& pass, const Place& place) {
  if (!want_text(pass, place)) return {};
  return {std::string(place.node.text()), place.node.text_span()};
}

constexpr Key<ast::App> default_keys[] = {
    {"no_match", Need::optional, fill<&ast::App::no_match, rungs_at>},
    {"no_input", Need::optional, fill<&ast::App::no_input, silences_at>},
    {"session_ends", Need::optional, into<&ast::App::session_ends, duration_at>},
};

void defaults_at(Pass& pass, const Place& place, ast::App& app) {
  if (!want_map(pass, place, "no_match")) return;
  read_map(pass, map_of("`defaults`", place.node.entries()), part(default_keys, app));
}

// `whose` words these are, and what to write instead of a value.
void check_fixed(Pass& pass, const ast::Text& text, std::string_view whose,
                 std::string_view instead) {
  for (const ast::LocalText& wording : text.languages) {
    for (const ast::TemplatePart& piece : wording.text.parts) {
      if (!piece.expression) continue;
      pass.findings.add(Code::bad_value, piece.expression->span,
                        "the words of " + std::string(whose) + " are fixed, and this changes",
                        std::string(instead));
    }
  }
}

void system_text_at(Pass& pass, const Place& place, ast::App& app) {
  app.texts.push_back({{std::string(place.name), place.key}, text_at(pass, place)});
  check_fixed(pass, app.texts.back().text, "the machine", "leave it out");
}

constexpr Key<ast::App> system_text_keys[] = {
#define SYSTEM_TEXT(key, when, id, en) {#key, Need::optional, system_text_at},
#include "engine/program/system_text.def"
#undef SYSTEM_TEXT
};

void system_texts_at(Pass& pass, const Place& place, ast::App& app) {
  if (!want_map(pass, place)) return;
  read_map(pass, map_of("`texts`", place.node.entries()), part(system_text_keys, app));
}

bool templates_at(Pass& pass, const Place& place, std::vector<ast::TemplateDecl>& templates) {
  for (const Entry& entry : entries_of(pass, place)) {
    const Place each = Place::of(entry);
    ast::TemplateDecl declared{name_of(pass, entry.key, NameUse::declared), text_at(pass, each)};
    // Whoever runs the channel has approved these very words.
    check_fixed(pass, declared.text, "a template",
                "leave it out, and say it once the citizen has answered");
    if (!declared.name.empty()) templates.push_back(std::move(declared));
  }
  return place.node.is_map() && templates.size() == place.node.entries().size();
}

std::optional<std::int32_t> messages_at(Pass& pass, const Place& place) {
  return whole_at(pass, place, 1, messages_bound_max);
}

// `none` where the service has no people.
std::optional<std::int32_t> person_within_at(Pass& pass, const Place& place) {
  if (place.node.is_scalar() && place.node.text() == "none") return 0;
  return whole_at(pass, place, 1, person_within_max);
}

constexpr Key<ast::Bounds> bounds_keys[] = {
    {"messages", Need::optional, into<&ast::Bounds::messages, messages_at>},
    {"person_within", Need::optional, into<&ast::Bounds::person_within, person_within_at>},
};

void bounds_at(Pass& pass, const Place& place, ast::App& app) {
  if (!want_map(pass, place, "messages")) return;
  read_map(pass, map_of("`bounds`", place.node.entries()), part(bounds_keys, app.bounds));
}

constexpr Key<ast::App> app_keys[] = {
    {"app", Need::required, into<&ast::App::name, declared_name_at>},
    {"languages", Need::required, fill<&ast::App::languages, languages_at>},
    {"timezone", Need::required, into<&ast::App::timezone, timezone_at>},
    {"start", Need::required, into<&ast::App::start, used_name_at>},
    {"channels", Need::required, fill<&ast::App::channels, names_at>},
    {"types", Need::optional, fill<&ast::App::types, records_at>},
    {"services", Need::optional, fill<&ast::App::services, services_at>},
    {"hours", Need::optional, fill<&ast::App::hours, hours_decls_at>},
    {"queues", Need::optional, fill<&ast::App::queues, queues_at>},
    {"contact", Need::optional, fill<&ast::App::contact, variables_at>},
    {"session", Need::optional, fill<&ast::App::session, variables_at>},
    {"defaults", Need::optional, defaults_at},
    {"anytime", Need::optional, fill<&ast::App::anytime, handlers_at>},
    {"texts", Need::optional, system_texts_at},
    {"templates", Need::optional, fill<&ast::App::templates, templates_at>},
    {"bounds", Need::optional, bounds_at},
};

}  // namespace

ast::App parse_app(const Document& document, Findings& findings) {
  Pass pass{findings, document.whole()};
  ast::App app;
  const Node& root = document.root();
  app.span = root.span();
  app.broken = !pass.whole;
  if (root.is_map()) {
    const Map map = map_of("app.yaml", root.entries());
    app.span = map.span;
    app.broken |= !read_map(pass, map, part(app_keys, app));
  } else {
    app.broken = true;
    want_root(pass, root, "app.yaml", "app");
  }
  return app;
}

}  // namespace alur::dsl

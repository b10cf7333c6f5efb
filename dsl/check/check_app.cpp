// app.yaml: what it names exists, and its handlers, defaults and texts are sound.
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/uloc.h>

#include <memory>
#include <utility>

#include "dsl/check/assignment.hpp"
#include "dsl/check/check.hpp"
#include "dsl/check/check_steps.hpp"
#include "dsl/check/languages.hpp"
#include "dsl/check/resolve_names.hpp"
#include "dsl/check/targets.hpp"
#include "engine/program/channel.hpp"
#include "engine/value/time_zone.hpp"

namespace alur::dsl {
namespace {

// Every zone that ICU knows, for near misses alone.
std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> zones(icu::TimeZone::createTimeZoneIDEnumeration(
      UCAL_ZONE_TYPE_CANONICAL, nullptr, nullptr, status));
  if (U_FAILURE(status) || !zones) return names;
  while (const char* name = zones->next(nullptr, status)) names.emplace_back(name);
  return names;
}

struct ZoneWord {
  std::string_view word;
  std::string_view zone;
};
constexpr ZoneWord zone_words[] = {
    {"WIB", "Asia/Jakarta"}, {"WITA", "Asia/Makassar"}, {"WIT", "Asia/Jayapura"}};

// What the clocks of Indonesia are called, and how anything else is written.
std::string zone_meant(std::string_view word) {
  for (const ZoneWord& each : zone_words) {
    if (each.word == word) return "write `" + std::string(each.zone) + "`";
  }
  return "a timezone is written like `Asia/Jakarta`";
}

void check_timezone(Scope& scope) {
  const ast::Name& zone = scope.app.timezone;
  if (zone.empty() || value::TimeZone::find(zone.text)) return;
  const std::vector<std::string> names = zone_names();
  report_unknown(scope, Code::unknown_timezone, zone,
                 "no timezone is called " + quoted_name(zone.text), {names.begin(), names.end()},
                 {}, zone_meant(zone.text));
}

bool is_iso_language(std::string_view language) {
  const std::string_view base = language.substr(0, language.find('-'));
  for (const char* const* each = uloc_getISOLanguages(); *each != nullptr; ++each) {
    if (base == *each) return true;
  }
  return false;
}

void check_language_codes(Scope& scope) {
  for (const ast::Name& language : scope.app.languages) {
    if (language.empty() || is_iso_language(language.text)) continue;
    scope.findings.add(Code::unknown_language, language.span,
                       "there is no language " + quoted_name(language.text),
                       "Indonesian is `id`, English `en`, Javanese `jv`");
  }
}

void check_channels(Scope& scope) {
  std::vector<std::string_view> known;
  for (const program::Channel& channel : program::known_channels()) known.push_back(channel.name);
  for (const ast::Name& channel : scope.app.channels) {
    if (channel.empty() || program::find_channel(channel.text) != nullptr) continue;
    report_unknown(scope, Code::unknown_channel, channel,
                   "no channel is called " + quoted_name(channel.text), known);
  }
}

// It starts with nothing given.
void check_start(Scope& scope) {
  const ast::Name& start = scope.app.start;
  if (start.empty()) return;
  const FlowSymbol* flow = find_flow(scope, start.text);
  if (flow == nullptr) {
    if (scope.app_is_broken()) return;
    report_unknown(scope, Code::unknown_flow, start, "no flow is called " + quoted_name(start.text),
                   keys_of(scope.symbols.flows));
    return;
  }
  std::vector<std::string_view> needed;
  std::vector<Related> related;
  for (const VariableSymbol& param : flow->params) {
    if (!param.type || param.type->optional) continue;
    needed.push_back(param.name);
    related.push_back({param.span, quoted_name(param.name) + " is declared here"});
  }
  if (needed.empty()) return;
  scope.findings.add(Code::missing_argument, start.span,
                     quoted_name(start.text) + " needs " + listed(needed) +
                         ", and a conversation starts with nothing",
                     "start with another flow, or end their types with `?`", std::move(related));
}

void check_queue_hours(Scope& scope) {
  for (const ast::Queue& queue : scope.app.queues) {
    if (queue.hours.empty() || find_hours(scope, queue.hours.text) || scope.app_is_broken()) {
      continue;
    }
    report_unknown(scope, Code::unknown_hours, queue.hours,
                   "app.yaml declares no opening hours " + quoted_name(queue.hours.text),
                   names_of(scope.symbols.hours));
  }
}

}  // namespace

void check_app(ast::App& app, const Symbols& symbols, Findings& findings) {
  Scope scope{symbols, app, findings};
  check_timezone(scope);
  check_language_codes(scope);
  check_channels(scope);
  check_start(scope);
  check_queue_hours(scope);
  PathTable paths(0, symbols.contact.size(), symbols.session.size());
  resolve_names(scope, paths, app);
  follow_assignments(scope, paths, app);
  check_steps(scope, app);
  check_languages(scope, app);
}

}  // namespace alur::dsl

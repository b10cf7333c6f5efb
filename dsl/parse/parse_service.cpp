#include "dsl/parse/parse_service.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "dsl/parse/declaration.hpp"
#include "dsl/parse/map_reader.hpp"
#include "dsl/parse/name.hpp"
#include "dsl/parse/parse_text.hpp"
#include "dsl/parse/scalars.hpp"
#include "engine/value/text.hpp"

namespace alur::dsl {
namespace {

constexpr std::int32_t priority_max = 1000;

// A map whose keys are new names: `parse(place, thing)` reads what belongs to each.
template <class Thing, class Parse>
bool declared_at(Pass& pass, const Place& place, NameUse use, std::vector<Thing>& things,
                 Parse parse) {
  bool complete = place.node.is_map();
  for (const Entry& entry : entries_of(pass, place)) {
    Thing thing;
    thing.name = name_of(pass, entry.key, use);
    parse(Place::of(entry), thing);
    complete &= !thing.name.empty();
    if (!thing.name.empty()) things.push_back(std::move(thing));
  }
  return complete;
}

// `unavailable` is there without being written.
bool service_outcomes_at(Pass& pass, const Place& place, std::vector<ast::OutcomeDecl>& outcomes) {
  const bool complete = outcome_decls_at(pass, place, outcomes);
  const auto implied = std::find_if(
      outcomes.begin(), outcomes.end(),
      [](const ast::OutcomeDecl& outcome) { return outcome.name.text == "unavailable"; });
  if (implied == outcomes.end()) return complete;
  pass.findings.add(Code::reserved_name, implied->name.span,
                    "every service has the outcome `unavailable` already", "take this line away");
  outcomes.erase(implied);
  return complete;
}

constexpr Key<ast::Service> service_keys[] = {
    {"params", Need::optional, fill<&ast::Service::params, variables_at>},
    {"outcomes", Need::required, fill<&ast::Service::outcomes, service_outcomes_at>},
    {"timeout", Need::optional, into<&ast::Service::timeout, duration_at>},
    {"changes", Need::optional, into<&ast::Service::changes, truth_at>},
};

std::int32_t priority_at(Pass& pass, const Place& place) {
  return whole_at(pass, place, -priority_max, priority_max).value_or(0);
}

constexpr std::int32_t size_max = 20'000;  // as many as wait at a desk

// From a minute to a day.
std::optional<ast::DurationExpr> longest_wait_at(Pass& pass, const Place& place) {
  return bounded_duration_at(pass, place, value::minute_milliseconds, value::day_milliseconds);
}

// From ten seconds to thirty days, of the queue's open time.
std::optional<ast::DurationExpr> service_level_at(Pass& pass, const Place& place) {
  return bounded_duration_at(pass, place, 10 * value::second_milliseconds,
                             30 * value::day_milliseconds);
}

std::optional<std::int32_t> size_at(Pass& pass, const Place& place) {
  return whole_at(pass, place, 1, size_max);
}

constexpr std::size_t title_length_max = 40;  // UTF-16 units: it stands among others, in one line

// Why these are no words of a title; empty: they are.
std::string fault_of_title(const ast::Template& words) {
  std::string whole;
  for (const ast::TemplatePart& part : words.parts) {
    if (part.expression) return "words that are always the same, and this changes";
    whole += part.literal;
  }
  if (whole.find('\n') != whole.npos) return "one line, and here are several";
  const std::size_t length = value::utf16_length(whole);
  if (length <= title_length_max) return {};
  return fmt::format("at most {} characters, and here are {}", title_length_max, length);
}

void title_at(Pass& pass, const Place& place, ast::Queue& queue) {
  queue.title = text_at(pass, place);
  for (const ast::LocalText& wording : queue.title.languages) {
    const std::string fault = fault_of_title(wording.text);
    if (fault.empty()) continue;
    pass.findings.add(Code::bad_value, wording.text.span, place.words() + " takes " + fault);
  }
}

constexpr Key<ast::Queue> queue_keys[] = {
    {"hours", Need::optional, into<&ast::Queue::hours, used_name_at>},
    {"title", Need::optional, title_at},
    {"priority", Need::optional, into<&ast::Queue::priority, priority_at>},
    {"private", Need::optional, into<&ast::Queue::is_private, truth_at>},
    {"longest_wait", Need::optional, into<&ast::Queue::longest_wait, longest_wait_at>},
    {"size", Need::optional, into<&ast::Queue::size, size_at>},
    {"first_reply", Need::optional, into<&ast::Queue::first_reply, service_level_at>},
    {"next_reply", Need::optional, into<&ast::Queue::next_reply, service_level_at>},
    {"resolution", Need::optional, into<&ast::Queue::resolution, service_level_at>},
};

}  // namespace

bool records_at(Pass& pass, const Place& place, std::vector<ast::RecordDecl>& records) {
  return declared_at(pass, place, NameUse::record, records,
                     [&](const Place& fields, ast::RecordDecl& record) {
                       record.broken = !variables_at(pass, fields, record.fields);
                     });
}

bool services_at(Pass& pass, const Place& place, std::vector<ast::Service>& services) {
  return declared_at(pass, place, NameUse::service, services,
                     [&](const Place& body, ast::Service& service) {
                       service.broken = !want_map(pass, body, "params");
                       if (service.broken) return;
                       Map map = map_of("a service", body.node.entries());
                       map.span = body.key;
                       service.broken |= !read_map(pass, map, part(service_keys, service));
                     });
}

bool hours_decls_at(Pass& pass, const Place& place, std::vector<ast::Hours>& hours) {
  return declared_at(
      pass, place, NameUse::declared, hours,
      [&](const Place& written, ast::Hours& each) { each.hours = hours_at(pass, written); });
}

bool queues_at(Pass& pass, const Place& place, std::vector<ast::Queue>& queues) {
  return declared_at(
      pass, place, NameUse::declared, queues, [&](const Place& body, ast::Queue& queue) {
        // Nothing written: always open, priority 0.
        if (body.node.is_null() || !want_map(pass, body, "hours")) return;
        read_map(pass, map_of("a queue", body.node.entries()), part(queue_keys, queue));
      });
}

}  // namespace alur::dsl

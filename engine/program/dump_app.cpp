// What app.yaml declares, as text.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/program/dump.hpp"
#include "engine/program/dump_unit.hpp"
#include "engine/program/dump_words.hpp"
#include "engine/program/names.hpp"

namespace alur::program {
namespace {

void append_slots(std::string_view what, const std::vector<Slot>& slots, std::string& out) {
  for (const Slot& slot : slots) {
    out += fmt::format("  {} {} {}\n", what, slot.name, slot.type->to_text());
  }
}

void append_service(const Service& service, std::string& out) {
  out += fmt::format("  service {} timeout {}{}\n", service.name, in_words(service.timeout_ms),
                     service.changes ? ", changes" : "");
  append_slots("  param", service.params, out);
  for (const ServiceOutcome& outcome : service.outcomes) {
    const std::string payload = outcome.payload ? " " + outcome.payload->to_text() : "";
    out += fmt::format("    outcome {}{}\n", outcome.name, payload);
  }
}

void append_hours(const Hours& hours, std::string& out) {
  out += fmt::format("  hours {}", hours.name);
  if (hours.hours.always) out += " always";
  for (std::size_t day = 0; day < hours.hours.weekdays.size(); ++day) {
    constexpr std::string_view days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (const value::OpenInterval& interval : hours.hours.weekdays[day]) {
      out += fmt::format(" {} {:02}:{:02}-{:02}:{:02}", days[day], interval.open / 3'600,
                         interval.open / 60 % 60, interval.close / 3'600, interval.close / 60 % 60);
    }
  }
  for (const value::Date date : hours.hours.holidays) out += " not " + value::to_string(date);
  out += '\n';
}

void append_queue(const App& app, const Queue& queue, std::string& out) {
  const std::string when = queue.hours == none ? "" : " hours " + app.hours[queue.hours].name;
  out += fmt::format("  queue {}{} priority {}{} wait {} size {}", queue.name, when, queue.priority,
                     queue.is_private ? " private" : "",
                     value::to_string(value::Duration{queue.wait_ms_max}), queue.waiting_max);
  const std::pair<const char*, std::int64_t> levels[] = {{"first_reply", queue.first_reply_ms},
                                                         {"next_reply", queue.next_reply_ms},
                                                         {"resolution", queue.resolution_ms}};
  for (const auto& [level, ms] : levels) {
    if (ms > 0) out += fmt::format(" {} {}", level, value::to_string(value::Duration{ms}));
  }
  out += '\n';
  for (std::size_t l = 0; l < queue.titles.size(); ++l) {
    out += fmt::format("    title {} {}\n", app.languages[l], quoted(queue.titles[l]));
  }
}

void append_system_texts(const App& app, std::string& out) {
  for (std::size_t i = 0; i < system_text_count; ++i) {
    for (std::size_t l = 0; l < app.languages.size(); ++l) {
      out += fmt::format("  text {} {} {}\n", to_text(static_cast<SystemText>(i)), app.languages[l],
                         quoted(app.system_texts[i][l]));
    }
  }
}

}  // namespace

std::string dump(const App& app) {
  std::string out = fmt::format("app {} ({})\n", app.name, app.unit->path);
  out += fmt::format("  languages {}\n  timezone {}\n  start {}\n  channels {}\n",
                     fmt::join(app.languages, ", "), app.timezone, app.start,
                     fmt::join(app.channels, ", "));
  append_slots("contact", app.contact, out);
  append_slots("session", app.session, out);
  for (const Service& service : app.services) append_service(service, out);
  for (const Hours& hours : app.hours) append_hours(hours, out);
  for (const Queue& queue : app.queues) append_queue(app, queue, out);
  append_system_texts(app, out);
  for (const Template& each : app.templates) {
    for (std::size_t l = 0; l < app.languages.size(); ++l) {
      out += fmt::format("  template {} {} {}\n", each.name, app.languages[l],
                         quoted(each.wordings[l]));
    }
  }
  out += fmt::format("  session_ends {}\n", in_words(app.session_ends_ms));
  out += fmt::format("  bounds messages {} person_within {}\n", app.bounds.messages,
                     app.bounds.person_within);
  return out + dump_handlers(app);
}

}  // namespace alur::program

#include "tools/alur/check_summary.hpp"

#include <fmt/format.h>

#include <initializer_list>

namespace alur::tools {
namespace {

using dsl::Code;

std::size_t count_of(const dsl::Findings& findings, std::initializer_list<Code> codes) {
  std::size_t count = 0;
  for (const dsl::Finding& finding : findings) {
    for (const Code code : codes) count += finding.code == code ? 1 : 0;
  }
  return count;
}

std::string plural(std::int64_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string place_of(const dsl::Sources& sources, dsl::Span span) {
  const dsl::SourceFile& file = sources.at(span.file);
  return fmt::format("{}:{}", file.path(), file.line_of(span.begin));
}

// `  reached   ...`: what holds, or that it does not.
void append(std::string& out, const char* name, std::size_t against, const std::string& holds) {
  const std::string said =
      against == 0
          ? holds
          : fmt::format("not held: {}", plural(static_cast<std::int64_t>(against), "finding"));
  out += fmt::format("  {:<9}{}\n", name, said);
}

}  // namespace

std::string check_summary(const program::Program& program, const dsl::Compilation& compiled,
                          const dsl::proof::Proofs& proofs) {
  const dsl::Findings& findings = compiled.findings;
  const dsl::proof::Measures& measured = proofs.measures;
  const program::Bounds& bounds = program.app().bounds;
  std::string out = fmt::format("{}: {}, {}, {}, {}; version {}\n", program.app().name,
                                plural(measured.flows, "flow"), plural(measured.states, "state"),
                                plural(measured.questions, "question"),
                                plural(measured.waits, "wait"), program.hash().substr(0, 12));
  append(out, "reached",
         count_of(findings, {Code::never_holds, Code::always_holds, Code::case_never_comes,
                             Code::unreached_flow, Code::entry_never_comes, Code::unreached_state,
                             Code::unused_flow}),
         fmt::format("everything, {} places", measured.places));
  append(out, "depth", count_of(findings, {Code::deep_stack}),
         fmt::format("{} at once, of 8", plural(measured.frames, "flow")));
  append(out, "burst", count_of(findings, {Code::long_burst}),
         fmt::format("{} in one go at most, of {}; {} of services",
                     plural(measured.messages, "message"), bounds.messages,
                     plural(measured.calls, "call")));
  if (bounds.person_within > 0) {
    append(out, "person", count_of(findings, {Code::no_person, Code::no_people}),
           fmt::format("{} away at most, of {}", plural(measured.person, "message"),
                       bounds.person_within));
  } else {
    append(out, "person", 0, "none: the app says that it has no people");
  }
  append(out, "silence", count_of(findings, {Code::endless_reminders}),
         fmt::format("over after {} and {} at most", plural(measured.silent_messages, "message"),
                     plural(measured.silent_timers, "timer")));
  append(out, "answers",
         count_of(findings, {Code::unanswered, Code::nobody_told, Code::empty_promise}),
         "to whatever is sent, and where nobody comes");
  if (const dsl::LongestText* longest = dsl::find_longest(compiled.longest)) {
    append(out, "longest", count_of(findings, {Code::text_too_long}),
           fmt::format("{:.0f} % of a message: {} of {}, on {} in {}, {}", 100 * longest->share(),
                       longest->length, longest->limit, longest->channel, longest->language,
                       place_of(*compiled.sources, longest->span)));
  }
  return out;
}

}  // namespace alur::tools

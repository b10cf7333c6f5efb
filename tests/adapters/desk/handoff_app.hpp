// The smallest app whose citizens reach people: what its tests and loads do not all want otherwise.
#pragma once

#include <string>

namespace alur::tests {

// app.yaml; `lines`: queues, and whatever else there is.
inline std::string handoff_app(const std::string& lines,
                               const std::string& channels = "[webchat]") {
  return "app: small\nlanguages: [en]\ntimezone: Asia/Jakarta\nstart: main\nchannels: " + channels +
         "\n" + lines + R"(defaults:
  no_match:
    - en: Please type it again.
    - stop: true
  no_input:
    - after: 10m
      stop: true
  session_ends: 24h
bounds:
  person_within: none
)";
}

// The last two states of a main.flow.yaml: `name` hands over to `queue`, with these `lines` of the
// handoff, and after it the bot says goodbye.
inline std::string handoff_states(const std::string& name, const std::string& queue = "general",
                                  const std::string& lines = {}) {
  return "  " + name + ":\n    - handoff: " + queue + "\n" + lines + R"(      outcomes:
        closed: bye
        left: bye
        no_agent: bye
        out_of_hours: bye
        timed_out: bye
        unavailable: bye
  bye:
    - say:
        en: Goodbye.
    - end: done
)";
}

}  // namespace alur::tests

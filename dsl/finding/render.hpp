// Findings as text for people, JSON for programs, SARIF for code hosts and editors. All three are
// the same bytes for the same findings, and safe to print whatever bytes the source holds.
#pragma once

#include <string>

#include "dsl/finding/figure.hpp"
#include "dsl/finding/finding.hpp"
#include "dsl/finding/source.hpp"

namespace alur::dsl {

struct RenderStyle {
  bool colour = false;  // ANSI colours
};

// One finding, ending in a line break:
//
//   flows/kontak157/greeting.flow.yaml:12:13: error[N001]: no state is called `ask_nmae`
//     12 |     - goto: ask_nmae
//        |             ^^^^^^^^ did you mean `ask_name`?
//     related: flows/kontak157/greeting.flow.yaml:5:3: states are listed here
std::string render_finding(const Sources& sources, const Finding& finding, RenderStyle style = {});

// All of them, an empty line between two, and a closing count: "2 errors, 1 warning". Empty for
// none.
std::string render_text(const Sources& sources, const Findings& findings, RenderStyle style = {});

// {"version": 1,
//  "errors": 1, "warnings": 0, "dropped": 0,
//  "findings": [{
//    "code": "N001", "name": "unknown_state", "severity": "error", "group": "names",
//    "message": "...", "suggestion": "..." or null,
//    "place": PLACE,
//    "related": [{"message": "...", "place": PLACE}],
//    "fix": {"place": PLACE, "text": "..."} or null,
//    "page": "docs/checks/N001.md"}],
//  "figures": [{"name": "messages", "value": 4, "bound": 5 or null, "place": PLACE or null}]}
// PLACE is {"file": "...", "begin": {"line": 1, "column": 1, "offset": 0}, "end": {the same}}:
// lines and columns from 1, columns in code points, offsets in bytes, the end exclusive. Keys come
// in this order; new keys may be added in a later version 1, none is taken away or changes its
// meaning.
// docs/findings.md describes it, and docs/findings.schema.json is its JSON Schema.
std::string render_json(const Sources& sources, const Findings& findings,
                        const Figures& figures = {});

// A SARIF 2.1.0 log with one run. Columns and charOffset count code points, byteOffset bytes.
std::string render_sarif(const Sources& sources, const Findings& findings);

}  // namespace alur::dsl

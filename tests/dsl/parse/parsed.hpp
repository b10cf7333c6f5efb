// What the tests of the parser share: a source text taken through reading and parsing.
#pragma once

#include <string>
#include <string_view>

#include "dsl/ast/ast.hpp"
#include "dsl/finding/finding.hpp"
#include "dsl/finding/source.hpp"

namespace alur::dsl {

struct Parsed {
  Sources sources;
  Findings findings;
  ast::Flow flow;
  ast::App app;

  // The findings as people see them.
  std::string told() const;
};

Parsed parse_flow_text(std::string_view text, std::string_view path = "t.flow.yaml");
Parsed parse_app_text(std::string_view text);

// A flow `t` whose state `start` holds these steps, which are written at the left edge. The first
// line of the steps is line 4 of the file.
std::string flow_of_steps(std::string_view steps);
// The dump of those steps, at the left edge; findings before it, if there are any.
std::string dump_steps(std::string_view steps);
// What is told of those steps.
std::string tell_steps(std::string_view steps);
std::string tell_flow(std::string_view text);
std::string tell_app(std::string_view text);

// The text with each line moved so many columns to the right, or to the left.
std::string indent(std::string_view text, int columns);

}  // namespace alur::dsl

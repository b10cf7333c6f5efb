#include "tests/engine/runtime/small_service.hpp"

#include <gtest/gtest.h>

#include "dsl/compile/compile.hpp"

namespace alur::tests {

std::shared_ptr<const program::Program> compile_small(std::string_view flow, std::string_view app) {
  const dsl::Compilation compiled =
      dsl::compile({{"app.yaml", "app.yaml", std::string(app)},
                    {"main.flow.yaml", "main.flow.yaml", std::string(flow)}},
                   1);
  for (const dsl::Finding& finding : compiled.findings) {
    if (!compiled.program) ADD_FAILURE() << finding.message;
  }
  return compiled.program;
}

std::optional<ports::Answer> Names::answer_now(const ports::Call& call) {
  const value::Value& name = call.argument("name");
  if (name.text().size() % 2 == 0) return ports::Answer{value::name_key("known"), name};
  return ports::Answer{value::name_key("unknown"), {}};
}

ports::Answer ticket_opened(std::string_view number) {
  return {value::name_key("opened"), value::Value(number)};
}

}  // namespace alur::tests

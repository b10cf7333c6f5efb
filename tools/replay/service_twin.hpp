// ServiceTwin: what answers an app's calls where the real services do not: in replay, in the
// terminal, in tests. Answers at once, out of memory.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/machine/turn.hpp"
#include "engine/program/program.hpp"

namespace alur::tools {

struct ServiceAnswer {
  value::NameKey outcome = 0;
  value::Value payload;
};

struct ServiceCall {
  const program::Program& program;
  const program::Service& service;
  const std::vector<machine::NamedValue>& arguments;
  value::Instant now;

  // Unset where it is not given.
  const value::Value& argument(std::string_view name) const;
};

class ServiceTwin {
 public:
  virtual ~ServiceTwin() = default;
  // Nothing: this twin does not know the service.
  virtual std::optional<ServiceAnswer> answer(const ServiceCall& call) = 0;
  // With all that it remembers.
  virtual std::unique_ptr<ServiceTwin> clone() const = 0;
};

}  // namespace alur::tools

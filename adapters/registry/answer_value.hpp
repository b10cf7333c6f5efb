// Answers as the values that an app's `registry.lookup` and `registry.confirm` declare. Fields are
// found by their names; what an app does not declare is left out, and texts are cut to what it
// takes.
#pragma once

#include <string>
#include <string_view>

#include "adapters/registry/lookup.hpp"
#include "engine/program/program.hpp"

namespace alur::registry {

struct ServiceAnswer {
  std::string outcome;
  value::Value payload;
};

// The payload of an outcome that carries candidates may be declared as a list of them, or as a
// record with a field `others`.
ServiceAnswer to_service_answer(const program::Service& service, const Snapshot& lists,
                                const Answer& answer);

}  // namespace alur::registry

// Versions: the published versions of the app. A table that is never changed: a publish makes
// another one, and every core gets it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "engine/program/program.hpp"
#include "engine/value/civil_time.hpp"

namespace alur::runtime {

struct Version {
  std::uint32_t number = 0;
  std::string hash;
  value::Instant at;
  std::shared_ptr<const program::Program> program;  // null: nobody is on it, it is not loaded
};

struct Versions {
  std::map<std::uint32_t, Version> all;
  std::uint32_t current = 0;  // new conversations begin with it; 0: nothing published yet

  std::shared_ptr<const program::Program> find(std::uint32_t number) const {
    const auto found = all.find(number);
    return found == all.end() ? nullptr : found->second.program;
  }
};

}  // namespace alur::runtime

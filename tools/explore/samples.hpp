// Samples: a few values of a type that stand for all of them, one for each kind that some guard,
// bound or reader can tell apart.
#pragma once

#include <string>
#include <vector>

#include "tools/explore/observed.hpp"

namespace alur::tools {

struct SampleScene {
  const program::Program& program;
  const Observed& observed;
  Index language = 0;
  value::Instant now;
};

// What a citizen may type where a value of this type is asked for: texts that are read as
// different values, and one for each reason why a text is none. Those that are one come first.
std::vector<std::string> typed_samples(const value::Type& type, const SampleScene& scene);

// What a service may answer with: each member, both truths, set and unset, shortest and longest
// list, wherever a guard looks at it, all combined as far as that is within the bound.
inline constexpr std::size_t payload_samples_max = 64;
std::vector<value::Value> payload_samples(const value::Type& type, const SampleScene& scene);

}  // namespace alur::tools

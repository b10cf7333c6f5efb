// What is asked of the simulator under /sim/: to say something as a citizen, to look at a phone, to
// break something.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tools/graph_sim/world.hpp"

namespace alur::graph_sim {

// Nothing: such a request is none of these. `query`: "phone=628110000001&after=3&wait=10",
// where whoever calls does the waiting.
std::optional<World::Answer> control(World& world, const std::string& method,
                                     const std::string& path, const std::string& query,
                                     const std::string& body, std::int64_t now);

// The value of a name in a query; empty where it is not given.
std::string in_query(const std::string& query, const std::string& name);

}  // namespace alur::graph_sim

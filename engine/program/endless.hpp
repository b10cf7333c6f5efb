// Walks that never come to rest: a way round through the code on which the machine waits for
// nobody. What a literal bound cuts short is not endless; nor is waiting for a service.
#pragma once

#include <vector>

#include "engine/program/program.hpp"

namespace alur::program {

// An instruction on such a way: one for each knot of ways, the first in file order.
struct EndlessWalk {
  Index unit = 0;
  Index address = 0;
};

// Of a program whose units are verified. Within a flow: a cycle of its instructions, where running
// a flow counts as passing if that flow may end without rest. Between flows: flows that start one
// another without rest, whatever bounds they hold, since each start counts anew.
std::vector<EndlessWalk> find_endless_walks(const Program& program);

}  // namespace alur::program

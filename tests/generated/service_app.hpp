// A sound public service of any size: topics that lead to one another, and below them forms,
// lookups, information and states of things, as real services have them. It holds every check and
// every proof, so that it shows what proving costs where nothing is wrong.
#pragma once

#include <vector>

#include "dsl/compile/compile.hpp"

namespace alur::tests {

// `flows` in all, at least 12: four that all share (people, goodbye, who somebody is), a tree of
// topics, and services of four shapes. The same number gives the same app.
std::vector<dsl::AppFile> service_app(int flows);

}  // namespace alur::tests

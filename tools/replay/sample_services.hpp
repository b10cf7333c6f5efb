// The twins that ship, behind the names under which apps call them: registry.lookup and
// registry.confirm from the lists in an app's folder, ticket.open and ticket.status from a book in
// memory.
#pragma once

#include <memory>
#include <string>

#include "adapters/registry/snapshot.hpp"
#include "tools/replay/service_twin.hpp"

namespace alur::tools {

// The lists in an app's data/ folder; null where it has none. Or those in the folder `instead`,
// where one is named. `error` says what is wrong with lists that cannot be read.
registry::SnapshotRef read_sample_lists(const std::string& app, const std::string& instead,
                                        std::string& error);

// With an empty ticket book. An answer that the app's declarations do not allow is none.
std::unique_ptr<ServiceTwin> make_sample_services(registry::SnapshotRef lists);

}  // namespace alur::tools

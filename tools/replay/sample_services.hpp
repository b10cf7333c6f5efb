// The twins that ship, behind the names under which apps call them: registry.lookup and
// registry.confirm from an app's sample tables, ticket.open and ticket.status from a book in
// memory.
#pragma once

#include <memory>
#include <string>

#include "adapters/registry/sample_registry.hpp"
#include "tools/replay/service_twin.hpp"

namespace alur::tools {

// Out of data/registry.csv and data/alerts.csv of an app's folder; null where it has neither.
std::shared_ptr<const adapters::SampleRegistry> read_sample_registry(const std::string& folder);

// With an empty ticket book. An answer that the app's declarations do not allow is none.
std::unique_ptr<ServiceTwin> make_sample_services(
    std::shared_ptr<const adapters::SampleRegistry> registry);

}  // namespace alur::tools

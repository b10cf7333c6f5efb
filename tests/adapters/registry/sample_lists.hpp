// Lists for tests: made of a few lines, or those that come with the sample app.
#pragma once

#include <string_view>

#include "adapters/registry/snapshot.hpp"

namespace alur::tests {

inline constexpr value::Date list_day{20'450};  // 2025-12-28

// Tables with a line of column names. An empty alert list is one that is not there.
registry::SnapshotRef make_lists(std::string_view licensed_csv, std::string_view alerts_csv = {});

// A small list of every standing, and warnings.
const registry::SnapshotRef& small_lists();

// The lists of flows/kontak157.
const registry::SnapshotRef& bundled_lists();

}  // namespace alur::tests

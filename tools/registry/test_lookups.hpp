// A table of queries and what they should be answered, run against lists.
#pragma once

#include <string>
#include <string_view>

#include "adapters/registry/snapshot.hpp"

namespace alur::tools {

struct LookupTest {
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
  std::string report;  // a line a failure, and one for the whole
  std::string error;   // why the table cannot be read
};

// CSV with the columns `query` and `expected`: an outcome, or an outcome and the key of whom it is
// about or of a candidate (`near bca`), or `not licensed`.
LookupTest test_lookups(const registry::Snapshot& lists, const std::string& path,
                        std::string_view csv, value::Date today);

}  // namespace alur::tools

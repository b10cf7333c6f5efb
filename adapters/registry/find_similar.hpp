// Similar names: candidates out of the index, scored one by one.
#pragma once

#include <string_view>
#include <vector>

#include "adapters/registry/lookup.hpp"

namespace alur::registry {

struct SimilarNames {
  std::vector<Candidate> best;  // different names of different records, best first
  std::optional<RecordRef> warned;
  bool inside = false;
  bool close = false;
  bool all_common = false;
  std::string search_form;
};

// `typed` is at most typed_bytes_max long.
SimilarNames find_similar(const Snapshot& lists, std::string_view typed, std::size_t wanted);

}  // namespace alur::registry

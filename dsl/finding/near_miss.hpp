// What somebody who misspelt a name probably meant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dsl/finding/finding.hpp"

namespace alur::dsl {

// The candidate nearest to the name, if one is near enough. An edit inserts, deletes or replaces a
// letter or swaps two neighbours; case does not count. One edit is near for each three letters of
// the longer name, at most four. Names that differ only in case or separators (`_`, `-`, `.`,
// space) are nearest of all. The name itself is never its own near miss. Of equally near ones the
// first in byte order wins, whatever the order of the candidates.
std::optional<std::string_view> near_miss(std::string_view name,
                                          std::span<const std::string_view> candidates);
std::optional<std::string_view> near_miss(std::string_view name,
                                          std::span<const std::string> candidates);

// "did you mean `x`?"
std::string did_you_mean(std::string_view name);

// Gives a finding, whose span is the misspelt name itself, its suggestion and its fix, if a
// candidate is near.
void suggest(Finding& finding, std::string_view name, std::span<const std::string_view> candidates);

}  // namespace alur::dsl

#include "dsl/finding/near_miss.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <vector>

namespace alur::dsl {
namespace {

// Longer names are compared only by their folded form: the table of distances grows with their
// product.
constexpr std::size_t compared_bytes_max = 128;
constexpr std::size_t far = std::numeric_limits<std::size_t>::max();

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_separator(char c) {
  return c == '_' || c == '-' || c == '.' || c == ' ';
}

std::string to_lower(std::string_view name) {
  std::string out(name);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return to_lower(c); });
  return out;
}

// Without case and separators: names that are equal so are always near.
std::string fold(std::string_view name) {
  std::string out = to_lower(name);
  std::erase_if(out, is_separator);
  return out;
}

std::size_t allowance(std::size_t longer) {
  return std::min<std::size_t>(longer / 3, 4);
}

// Optimal string alignment: insert, delete, replace, swap two neighbours, each for one. Both names
// are at most compared_bytes_max long.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::array<std::array<std::size_t, compared_bytes_max + 1>, 3> rows;
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& current = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& above_that = rows[(i + 1) % 3];
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({above[j] + 1, current[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], above_that[j - 2] + 1);
      }
    }
  }
  return rows[a.size() % 3][b.size()];
}

// 0 for names that fold to the same; `far` for names that are not near.
std::size_t distance(std::string_view name, std::string_view folded, std::string_view candidate) {
  if (name == candidate || candidate.empty()) return far;
  if (!folded.empty() && fold(candidate) == folded) return 0;
  const std::size_t longer = std::max(name.size(), candidate.size());
  const std::size_t shorter = std::min(name.size(), candidate.size());
  if (longer > compared_bytes_max || longer - shorter > allowance(longer)) return far;
  const std::size_t edits = edit_distance(to_lower(name), to_lower(candidate));
  return edits <= allowance(longer) ? edits : far;
}

template <typename Candidate>
std::optional<std::string_view> nearest(std::string_view name,
                                        std::span<const Candidate> candidates) {
  const std::string folded = fold(name);
  std::size_t least = far;
  std::string_view best;
  for (const std::string_view candidate : candidates) {
    const std::size_t found = distance(name, folded, candidate);
    if (found < least || (found == least && found != far && candidate < best)) {
      least = found;
      best = candidate;
    }
  }
  if (least == far) return std::nullopt;
  return best;
}

}  // namespace

std::optional<std::string_view> near_miss(std::string_view name,
                                          std::span<const std::string_view> candidates) {
  return nearest(name, candidates);
}

std::optional<std::string_view> near_miss(std::string_view name,
                                          std::span<const std::string> candidates) {
  return nearest(name, candidates);
}

std::string did_you_mean(std::string_view name) {
  return "did you mean `" + std::string(name) + "`?";
}

void suggest(Finding& finding, std::string_view name,
             std::span<const std::string_view> candidates) {
  const auto near = near_miss(name, candidates);
  if (!near) return;
  finding.suggestion = did_you_mean(*near);
  finding.fix = Fix{finding.span, std::string(*near)};
}

}  // namespace alur::dsl

// Echoes: findings that say again, with less knowledge, what another one says at the same place.
#include <algorithm>

#include "dsl/finding/finding.hpp"

namespace alur::dsl {

namespace {

bool begins_inside(const Finding& other, const Span& span) {
  return other.span.file == span.file && span.begin <= other.span.begin &&
         other.span.begin < std::max(span.end, span.begin + 1);
}

bool is_of_small_grammar(Code code) {
  return row(code).text.starts_with("S1");
}

// Whether `said` tells of the same mistake as `echo`, and better.
bool says_better(const Finding& said, const Finding& echo) {
  const bool same_begin = said.span.file == echo.span.file && said.span.begin == echo.span.begin;
  switch (echo.code) {
    // A line in the wrong column: what it is and where it belongs says more.
    case Code::wrong_indentation:
      return said.code != echo.code && row(said.code).group == Group::shape &&
             begins_inside(said, echo.span);
    // Quotes are no help where an expression or a name is wanted.
    case Code::unquoted_colon:
    case Code::special_first_character:
      return same_begin && is_of_small_grammar(said.code);
    case Code::must_leave:
      return same_begin && (said.code == Code::expected_list || said.code == Code::nothing_done);
    case Code::missing_plural_form:
    case Code::extra_plural_form:
      return same_begin && said.code == Code::wrong_filter;
    default:
      return false;
  }
}

}  // namespace

void Findings::drop_echoes() {
  std::vector<Finding> clear;
  clear.reserve(kept_.size());
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    // What begins inside an echo stands next to it; what begins where it does may stand before it.
    const auto is_near = [&](const Finding& other) {
      return other.span.file == kept_[i].span.file && other.span.begin < kept_[i].span.end + 1;
    };
    bool said = false;
    for (std::size_t before = i; before-- > 0 && !said;) {
      if (kept_[before].span.begin != kept_[i].span.begin) break;
      said = says_better(kept_[before], kept_[i]);
    }
    for (std::size_t after = i + 1; after < kept_.size() && !said; ++after) {
      if (!is_near(kept_[after])) break;
      said = says_better(kept_[after], kept_[i]);
    }
    if (said) {
      forget(kept_[i]);
    } else {
      clear.push_back(kept_[i]);
    }
  }
  kept_ = std::move(clear);
}

}  // namespace alur::dsl

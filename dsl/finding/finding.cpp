#include "dsl/finding/finding.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace alur::dsl {

const std::vector<CodeRow>& all_codes() {
  static const std::vector<CodeRow> rows{
#define FINDING(code, name, severity, group, title) \
  CodeRow{Code::name, #code, #name, Severity::severity, Group::group, title},
#include "dsl/finding/codes.def"
#undef FINDING
  };
  return rows;
}

const CodeRow& row(Code code) {
  return all_codes().at(static_cast<std::size_t>(code));
}

std::optional<Code> find_code(std::string_view text) {
  for (const CodeRow& row : all_codes()) {
    if (row.text == text) return row.code;
  }
  return std::nullopt;
}

std::string_view to_text(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

std::string_view to_text(Group group) {
  switch (group) {
    case Group::shape:
      return "shape";
    case Group::names:
      return "names";
    case Group::types:
      return "types";
    case Group::languages:
      return "languages";
    case Group::channels:
      return "channels";
    case Group::overlap:
      return "overlap";
    case Group::privacy:
      return "privacy";
    case Group::control:
      return "control";
    case Group::people:
      return "people";
    case Group::chats:
      return "chats";
    case Group::settings:
      return "settings";
  }
  return "";
}

void Findings::add(Finding finding) {
  ++(row(finding.code).severity == Severity::error ? error_count_ : warning_count_);
  if (kept_.size() < kept_max) {
    kept_.push_back(std::move(finding));
  } else {
    ++dropped_count_;
  }
}

void Findings::add(Code code, Span span, std::string message, std::string suggestion,
                   std::vector<Related> related) {
  add({code, span, std::move(message), std::move(suggestion), std::move(related), std::nullopt});
}

void Findings::append(Findings other) {
  const std::size_t taken = std::min(other.kept_.size(), kept_max - kept_.size());
  std::move(other.kept_.begin(), other.kept_.begin() + static_cast<std::ptrdiff_t>(taken),
            std::back_inserter(kept_));
  error_count_ += other.error_count_;
  warning_count_ += other.warning_count_;
  dropped_count_ += other.dropped_count_ + (other.kept_.size() - taken);
}

void Findings::sort_in_file_order() {
  std::stable_sort(kept_.begin(), kept_.end(),
                   [](const Finding& a, const Finding& b) { return a.span < b.span; });
  std::vector<Finding> once;
  once.reserve(kept_.size());
  for (Finding& finding : kept_) {
    // Equal ones stand among those of the same place, which are the last ones kept.
    const auto other_place = std::find_if(
        once.rbegin(), once.rend(), [&](const Finding& kept) { return kept.span != finding.span; });
    if (std::find(once.rbegin(), other_place, finding) == other_place) {
      once.push_back(std::move(finding));
    } else {
      forget(finding);
    }
  }
  kept_ = std::move(once);
}

void Findings::forget(const Finding& finding) {
  --(row(finding.code).severity == Severity::error ? error_count_ : warning_count_);
}

}  // namespace alur::dsl

// A finding is one mistake of an author, in words for a content editor: no names of grammar rules,
// no C++ types, no lists of tokens. Findings are appended and never thrown. What kinds there are
// stands in codes.def; how they look stands in render.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/finding/source.hpp"

namespace alur::dsl {

enum class Severity : std::uint8_t { error, warning };
enum class Group : std::uint8_t {
  shape,
  names,
  types,
  languages,
  channels,
  overlap,
  privacy,
  control,
  people,
  chats,
  settings
};

enum class Code : std::uint16_t {
#define FINDING(code, name, severity, group, title) name,
#include "dsl/finding/codes.def"
#undef FINDING
};

// One row of codes.def. `text` is the stable code, as in "S003".
struct CodeRow {
  Code code;
  std::string_view text;
  std::string_view name;
  Severity severity;
  Group group;
  std::string_view title;
};

const CodeRow& row(Code code);
// Every row, in the order of the table.
const std::vector<CodeRow>& all_codes();
// "S003" -> its code; nothing for a text that is no code.
std::optional<Code> find_code(std::string_view text);
std::string_view to_text(Severity severity);
std::string_view to_text(Group group);

// Another place that explains a finding: "it was first written here".
struct Related {
  Span span;
  std::string message;
  auto operator<=>(const Related&) const = default;
};

// An edit that mends the finding exactly; a tool may apply it unasked.
struct Fix {
  Span span;
  std::string text;
  auto operator<=>(const Fix&) const = default;
};

struct Finding {
  Code code{};
  Span span;
  std::string message;     // a sentence without its full stop; names in `backticks`
  std::string suggestion;  // beside the caret: "did you mean `ask_name`?"; may be empty
  std::vector<Related> related;
  std::optional<Fix> fix;

  bool operator==(const Finding&) const = default;
};

// Collects the findings of one thread. Keeps at most `kept_max`; what comes after is only counted,
// and a closing note says so. Collect on each thread apart and append().
class Findings {
 public:
  static constexpr std::size_t kept_max = 1000;

  void add(Finding finding);
  void add(Code code, Span span, std::string message, std::string suggestion = {},
           std::vector<Related> related = {});
  void append(Findings other);
  // By file, then by place, then in the order of their coming; exact repeats are dropped.
  void sort_in_file_order();
  // Of what stands in file order: one mistake that two stages have met is told by the one that
  // knows more about it.
  void drop_echoes();

  const std::vector<Finding>& all() const { return kept_; }
  auto begin() const { return kept_.begin(); }
  auto end() const { return kept_.end(); }
  std::size_t size() const { return kept_.size(); }
  bool empty() const { return kept_.empty(); }
  // Errors and warnings that were added, kept or not.
  std::size_t error_count() const { return error_count_; }
  std::size_t warning_count() const { return warning_count_; }
  // How many were not kept.
  std::size_t dropped_count() const { return dropped_count_; }

 private:
  void forget(const Finding& finding);

  std::vector<Finding> kept_;
  std::size_t error_count_ = 0;
  std::size_t warning_count_ = 0;
  std::size_t dropped_count_ = 0;
};

}  // namespace alur::dsl

// Reading: what the stages of one small grammar share: the author's text, the way back from its
// bytes to the file, and the one place for the mistake. One reading tells one mistake; what follows
// from it is not told.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/ast/expression.hpp"
#include "dsl/finding/finding.hpp"
#include "dsl/grammar/fragment.hpp"
#include "dsl/grammar/slice.hpp"

namespace alur::dsl {

class Reading {
 public:
  Reading(const Fragment& fragment, Findings& findings)
      : fragment_(fragment), findings_(findings), text_(Slice::of(fragment.text())) {}

  Slice text() const { return text_; }
  const Fragment& fragment() const { return fragment_; }
  Findings& findings() { return findings_; }
  bool refused() const { return refused_; }

  Span span(Slice slice) const;
  ast::Name name(Slice slice) const { return {std::string(slice.view()), span(slice)}; }

  // Tells what is wrong with this slice, unless something was told before. Nothing, so that a stage
  // can return it.
  std::nullopt_t refuse(Code code, Slice slice, std::string message, std::string suggestion = {});
  // The same, and what to write in the slice's place mends it.
  std::nullopt_t refuse_with_fix(Code code, Slice slice, std::string message, std::string instead);

 private:
  const Fragment& fragment_;
  Findings& findings_;
  Slice text_;
  bool refused_ = false;
};

// At most so many bytes; tells otherwise.
bool check_length(Reading& reading, std::size_t bytes_max, std::string_view what);

// A text in `backticks` (in "quotes" if it holds one), cut short where it is long, for a sentence.
std::string quoted(std::string_view text);

}  // namespace alur::dsl

// ChatReading: what the parsers of one `.chat` file share: the way from a slice back to its place,
// the findings, and what the chat at hand has captured so far.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "dsl/ast/expression.hpp"
#include "dsl/chat/chat.hpp"
#include "dsl/finding/finding.hpp"
#include "dsl/grammar/fragment.hpp"
#include "dsl/grammar/slice.hpp"

namespace alur::dsl {

class ChatReading {
 public:
  ChatReading(const SourceFile& source, FileId file, Findings& findings)
      : source_(source), file_(file), findings_(findings) {}

  const SourceFile& source() const { return source_; }
  Findings& findings() { return findings_; }

  Span span(Slice slice) const { return {file_, offset(slice.first), offset(slice.last)}; }
  Fragment fragment(Slice slice) const { return {file_, offset(slice.first), slice.view()}; }
  ast::Name name(Slice slice) const { return {std::string(slice.view()), span(slice)}; }

  void refuse(Code code, Slice slice, std::string message, std::string suggestion = {}) {
    findings_.add(code, span(slice), std::move(message), std::move(suggestion));
  }

  void forget_captures() { captures_.clear(); }
  void capture(const std::string& name) { captures_.insert(name); }
  bool is_captured(const std::string& name) const { return captures_.count(name) > 0; }

 private:
  std::uint32_t offset(const char* at) const {
    return static_cast<std::uint32_t>(at - source_.text().data());
  }

  const SourceFile& source_;
  FileId file_;
  Findings& findings_;
  std::set<std::string> captures_;
};

// The character, or nothing at the end, at which something is missing.
Slice place_at(Slice text, const char* at);
Slice without_blanks(Slice text);

}  // namespace alur::dsl

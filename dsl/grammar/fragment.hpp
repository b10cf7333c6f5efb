// Fragment: a piece of an author's text whose every byte knows where it stands in its file. What
// the grammars read; a view, which its text and its node must outlive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dsl/finding/source.hpp"

namespace alur::dsl {

class Node;

class Fragment {
 public:
  // The text of a scalar, through its quotes, escapes, folds and indentation.
  explicit Fragment(const Node& scalar);
  explicit Fragment(Node&&) = delete;
  // Text that stands in its file as it is, from this byte on.
  Fragment(FileId file, std::uint32_t offset, std::string_view text);

  std::string_view text() const { return text_; }
  // The bytes [begin, end) of this text, begin <= end <= text().size().
  Fragment slice(std::size_t begin, std::size_t end) const;
  Span span(std::size_t begin, std::size_t end) const;
  Span span() const { return span(0, text_.size()); }

 private:
  const Node* scalar_ = nullptr;
  FileId file_{};
  std::uint32_t offset_ = 0;  // of text_: in the scalar's text, or in the file when there is none
  std::string_view text_;
};

}  // namespace alur::dsl

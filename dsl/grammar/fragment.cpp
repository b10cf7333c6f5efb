#include "dsl/grammar/fragment.hpp"

#include "dsl/yaml/node.hpp"

namespace alur::dsl {

Fragment::Fragment(const Node& scalar)
    : scalar_(&scalar), file_(scalar.span().file), text_(scalar.text()) {}

Fragment::Fragment(FileId file, std::uint32_t offset, std::string_view text)
    : file_(file), offset_(offset), text_(text) {}

Fragment Fragment::slice(std::size_t begin, std::size_t end) const {
  Fragment part = *this;
  part.offset_ += static_cast<std::uint32_t>(begin);
  part.text_ = text_.substr(begin, end - begin);
  return part;
}

Span Fragment::span(std::size_t begin, std::size_t end) const {
  if (scalar_ != nullptr) return scalar_->source_span(offset_ + begin, offset_ + end);
  return {file_, offset_ + static_cast<std::uint32_t>(begin),
          offset_ + static_cast<std::uint32_t>(end)};
}

}  // namespace alur::dsl

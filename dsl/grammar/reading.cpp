#include "dsl/grammar/reading.hpp"

#include <fmt/format.h>

#include <utility>

namespace alur::dsl {
namespace {

constexpr std::size_t quoted_bytes_max = 40;

// Where a text of so many bytes may end without cutting a UTF-8 sequence in two.
std::size_t whole_characters(std::string_view text, std::size_t bytes) {
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return bytes;
}

}  // namespace

Span Reading::span(Slice slice) const {
  return fragment_.span(static_cast<std::size_t>(slice.first - text_.first),
                        static_cast<std::size_t>(slice.last - text_.first));
}

std::nullopt_t Reading::refuse(Code code, Slice slice, std::string message,
                               std::string suggestion) {
  if (!refused_) findings_.add(code, span(slice), std::move(message), std::move(suggestion));
  refused_ = true;
  return std::nullopt;
}

std::nullopt_t Reading::refuse_with_fix(Code code, Slice slice, std::string message,
                                        std::string instead) {
  if (!refused_) {
    Finding finding{code, span(slice), std::move(message), {}, {}, {}};
    finding.suggestion = "write " + quoted(instead);
    finding.fix = Fix{finding.span, std::move(instead)};
    findings_.add(std::move(finding));
  }
  refused_ = true;
  return std::nullopt;
}

bool check_length(Reading& reading, std::size_t bytes_max, std::string_view what) {
  const Slice text = reading.text();
  if (text.size() <= bytes_max) return true;
  const Slice excess{text.first + whole_characters(text.view(), bytes_max), text.last};
  reading.refuse(
      Code::too_long, excess,
      fmt::format("{} of {} bytes, and at most {} are possible: from here on it is too much", what,
                  text.size(), bytes_max));
  return false;
}

std::string quoted(std::string_view text) {
  const bool whole = text.size() <= quoted_bytes_max;
  const std::string_view shown =
      whole ? text : text.substr(0, whole_characters(text, quoted_bytes_max - 3));
  const char mark = shown.find('`') == std::string_view::npos ? '`' : '"';
  return fmt::format("{}{}{}{}", mark, shown, whole ? "" : "...", mark);
}

}  // namespace alur::dsl

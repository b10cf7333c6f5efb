#include "dsl/check/proof/family.hpp"

#include <algorithm>
#include <utility>

namespace alur::dsl::proof {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

// Bytes up to a column, which counts code points.
std::uint32_t bytes_before(std::string_view line, std::uint32_t column) {
  std::uint32_t bytes = 0;
  for (std::uint32_t at = 1; bytes < line.size(); ++bytes) {
    const bool starts = (static_cast<unsigned char>(line[bytes]) & 0xC0U) != 0x80U;
    if (starts && at++ == column) break;
  }
  return bytes;
}

}  // namespace

Case::Case(const ControlGraph& control, const Stretches& walks, const Sources& sources,
           Proofs& proofs)
    : graph(control), stretches(walks), sources_(sources), proofs_(proofs) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto file = static_cast<FileId>(i);
    files_[sources.at(file).path()] = file;
  }
}

Span Case::span(Index unit_index, program::Place place) const {
  const auto file = files_.find(unit(unit_index).path);
  if (file == files_.end() || place.line == 0) return {};
  const SourceFile& source = sources_.at(file->second);
  const std::string_view line = source.line_text(place.line);
  const std::uint32_t skipped = bytes_before(line, place.column);
  std::uint32_t end = skipped;
  while (end < line.size() && is_word(line[end])) ++end;
  if (end == skipped) end = static_cast<std::uint32_t>(line.size());
  const std::uint32_t start = source.line_start(place.line);
  return {file->second, start + skipped, start + end};
}

Span Case::span_of(Index unit_index, Index address) const {
  return span(unit_index, unit(unit_index).places[address]);
}

Span Case::app_line(std::string_view key) const {
  const auto file = files_.find(unit(0).path);
  if (file == files_.end()) return {};
  const SourceFile& source = sources_.at(file->second);
  std::uint32_t chosen = 1;
  for (std::uint32_t line = 1; line <= source.line_count(); ++line) {
    const std::string_view text = source.line_text(line);
    if (!text.starts_with(key) || text.size() <= key.size() || text[key.size()] != ':') continue;
    chosen = line;
    break;
  }
  const std::uint32_t begin = source.line_start(chosen);
  const auto size = static_cast<std::uint32_t>(
      source.line_text(chosen).starts_with(key) ? key.size() : source.line_text(chosen).size());
  return {file->second, begin, begin + size};
}

std::string Case::text(Span span) const {
  return std::string(sources_.at(span.file).text(span));
}

void Case::report(Code code, Span span, std::string message, std::string suggestion,
                  std::vector<Related> related) {
  proofs_.findings.add(code, span, std::move(message), std::move(suggestion), std::move(related));
}

void Case::report(Fault fault, std::string message, std::string suggestion,
                  std::vector<Related> related) {
  report(fault.code, fault.span, std::move(message), std::move(suggestion), std::move(related));
  proofs_.faults.push_back(fault);
}

}  // namespace alur::dsl::proof

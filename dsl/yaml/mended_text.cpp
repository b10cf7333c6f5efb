#include "dsl/yaml/mended_text.hpp"

#include <algorithm>
#include <utility>

#include "dsl/finding/utf8.hpp"
#include "dsl/yaml/lines.hpp"

namespace alur::dsl {
namespace {

bool is_word_byte(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}

// The end of the word that begins with a letter at `at`; `at` if none does. What follows a letter,
// a digit or a backslash begins no word, for it may be the rest of an escape.
std::size_t find_word_end(std::string_view text, std::size_t at) {
  const char before = at == 0 ? ' ' : text[at - 1];
  if (!is_letter(text[at]) || is_word_byte(before) || before == '\\') return at;
  while (at < text.size() && is_word_byte(text[at])) ++at;
  return at;
}

// `null` means something to the parser.
bool may_be_cut(std::string_view word) {
  return word.size() > 1 && word != "null" && word != "Null" && word != "NULL";
}

}  // namespace

MendedText MendedText::abridged(std::string_view source, FileId file) {
  MendedText out(source, file);
  out.made_.reserve(source.size());
  out.places_.reserve(source.size() + 1);
  std::size_t at = source.size() - out.unmended_.size();
  while (at < source.size()) {
    const std::size_t end = find_word_end(source, at);
    const bool cut = may_be_cut(source.substr(at, end - at));
    const std::size_t kept_end = cut ? at + 1 : std::max(end, at + 1);
    for (; at < kept_end; ++at) {
      out.made_.push_back(source[at]);
      out.places_.push_back(static_cast<std::uint32_t>(at));
    }
    at = std::max(at, cut ? end : at);
  }
  out.places_.push_back(static_cast<std::uint32_t>(source.size()));
  return out;
}

MendedText::MendedText(std::string_view source, FileId file)
    : file_(file), source_(source), unmended_(source) {
  if (unmended_.starts_with(byte_order_mark)) unmended_.remove_prefix(byte_order_mark.size());
}

std::uint32_t MendedText::to_source_through_edits(std::uint32_t at) const {
  const auto skipped = static_cast<std::uint32_t>(source_.size() - unmended_.size());
  const auto after = std::upper_bound(
      edits_.begin(), edits_.end(), at,
      [](std::uint32_t place, const Placed& placed) { return place < placed.begin; });
  if (after == edits_.begin()) return at + skipped;
  const Placed& placed = *std::prev(after);
  const auto size = static_cast<std::uint32_t>(placed.edit.text.size());
  const std::uint32_t into = at - placed.begin;
  if (into >= size) return placed.edit.end + (into - size);
  return placed.edit.end - placed.edit.begin == size ? placed.edit.begin + into : placed.edit.begin;
}

bool MendedText::put(Edit edit) {
  const auto swallowed = [&](const Placed& placed) {
    const bool larger = edit.end - edit.begin > placed.edit.end - placed.edit.begin;
    return larger && edit.begin <= placed.edit.begin && placed.edit.end <= edit.end;
  };
  const auto collides = [&](const Placed& placed) {
    const bool overlap = edit.begin < placed.edit.end && placed.edit.begin < edit.end;
    return (overlap || edit.begin == placed.edit.begin) && !swallowed(placed);
  };
  if (std::any_of(edits_.begin(), edits_.end(), collides)) return false;
  std::erase_if(edits_, swallowed);
  const auto after = std::upper_bound(
      edits_.begin(), edits_.end(), edit.begin,
      [](std::uint32_t place, const Placed& placed) { return place < placed.edit.begin; });
  edits_.insert(after, {std::move(edit), 0});
  return true;
}

bool MendedText::apply(std::vector<Edit> edits) {
  const std::vector<Placed> before = edits_;
  for (Edit& edit : edits) {
    if (put(std::move(edit))) continue;
    edits_ = before;
    return false;
  }
  rebuild();
  return true;
}

void MendedText::rebuild() {
  made_.clear();
  std::size_t done = source_.size() - unmended_.size();
  for (Placed& placed : edits_) {
    made_ += source_.substr(done, placed.edit.begin - done);
    placed.begin = static_cast<std::uint32_t>(made_.size());
    made_ += placed.edit.text;
    done = placed.edit.end;
  }
  made_ += source_.substr(done);
}

}  // namespace alur::dsl

#include "engine/machine/split_text.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/value/code_points.hpp"
#include "engine/value/text.hpp"

namespace alur::machine {

using program::LengthUnit;

namespace {

// What separates two stretches of words, the better place to cut first.
enum class Gap : std::uint8_t { paragraph, line, sentence, word };
constexpr std::size_t gap_count = 4;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool ends_sentence(std::string_view before) {
  constexpr std::array<std::string_view, 7> ends{".",      "!",      "?",     "\u2026",
                                                 "\u3002", "\uff01", "\uff1f"};
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return before.ends_with(end); });
}

Gap gap_of(std::string_view before, std::string_view blanks) {
  const auto breaks = std::count(blanks.begin(), blanks.end(), '\n');
  if (breaks > 1) return Gap::paragraph;
  if (breaks == 1) return Gap::line;
  return ends_sentence(before) ? Gap::sentence : Gap::word;
}

// A blank may be part of a grapheme: a mark of its own may sit on it.
bool cuts_nothing(std::string_view text, std::size_t offset) {
  const auto ascii = [&](std::size_t at) { return static_cast<unsigned char>(text[at]) < 0x80; };
  if (ascii(offset) && ascii(offset - 1)) return true;
  const std::size_t units = value::utf16_length(text.substr(0, offset));
  return value::grapheme_prefix(text, units).size() == offset;
}

// A head that ends at `head` and a tail that begins at `tail`, the blanks between them left out.
struct Cut {
  std::size_t head = 0;
  std::size_t tail = 0;
};

// Goes through the gaps of a text and keeps, for each kind, the one that is wanted most.
class CutSearch {
 public:
  // Heads end within [head_min, head_max], tails begin at tail_min or later.
  CutSearch(std::string_view text, std::size_t head_min, std::size_t head_max, std::size_t tail_min)
      : text_(text), head_min_(head_min), head_max_(head_max), tail_min_(tail_min) {}

  std::optional<Cut> find(bool first) {
    for (std::size_t at = 0; at < text_.size() && at <= head_max_;) {
      if (!is_blank(text_[at])) {
        ++at;
        continue;
      }
      Cut cut{at, at};
      while (cut.tail < text_.size() && is_blank(text_[cut.tail])) ++cut.tail;
      at = cut.tail;
      consider(cut, first);
    }
    for (const std::optional<Cut>& cut : best_) {
      if (cut) return cut;
    }
    return std::nullopt;
  }

 private:
  void consider(Cut cut, bool first) {
    if (cut.head == 0 || cut.tail >= text_.size() || cut.tail < tail_min_) return;
    const Gap gap = gap_of(text_.substr(0, cut.head), text_.substr(cut.head, cut.tail - cut.head));
    if (cut.head < head_min_ && gap != Gap::word) return;
    std::optional<Cut>& kept = best_[static_cast<std::size_t>(gap)];
    if (first && kept) return;
    if (cuts_nothing(text_, cut.head) && cuts_nothing(text_, cut.tail)) kept = cut;
  }

  std::string_view text_;
  std::size_t head_min_;
  std::size_t head_max_;
  std::size_t tail_min_;
  std::array<std::optional<Cut>, gap_count> best_;
};

std::size_t bytes_of_code_points(std::string_view text, std::size_t count) {
  value::CodePoints points(text);
  for (; count > 0 && !points.at_end(); --count) points.next();
  return points.begin();
}

std::size_t whole_code_points(std::string_view text, std::size_t bytes_max) {
  if (bytes_max >= text.size()) return text.size();
  while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xC0) == 0x80) --bytes_max;
  return bytes_max;
}

std::size_t bytes_of_utf16(std::string_view text, std::size_t units_max) {
  value::CodePoints points(text);
  std::size_t fits = 0;
  for (std::size_t units = 0; !points.at_end(); fits = points.begin()) {
    units += points.next() > 0xFFFF ? 2 : 1;
    if (units > units_max) break;
  }
  return fits;
}

std::size_t bytes_in(LengthUnit unit, std::string_view text, std::size_t units_max) {
  switch (unit) {
    case LengthUnit::utf16:
      return bytes_of_utf16(text, units_max);
    case LengthUnit::code_points:
      return bytes_of_code_points(text, units_max);
    case LengthUnit::bytes:
      return whole_code_points(text, units_max);
  }
  return 0;
}

// The first byte from which on at most so many units are left, which are fewer than all.
std::size_t tail_begin(LengthUnit unit, std::string_view text, std::size_t units_max) {
  const std::size_t before = length_in(unit, text) - units_max;
  for (std::size_t units = before;; ++units) {
    const std::string_view head = prefix_in(unit, text, units);
    if (head.size() == text.size()) break;  // one grapheme that is longer than the limit
    if (length_in(unit, head) >= before) return head.size();
  }
  for (std::size_t units = before;; ++units) {
    const std::size_t bytes = bytes_in(unit, text, units);
    if (length_in(unit, text.substr(0, bytes)) >= before) return bytes;
  }
}

// As much as one part holds.
Cut cut_after_part(std::string_view text, const SplitLimits& limits) {
  const std::size_t head_max = prefix_in(limits.unit, text, limits.part_max).size();
  CutSearch search(text, head_max / 4, head_max, 0);
  return search.find(false).value_or(Cut{head_max, head_max});
}

// As little as leaves no more than the last part holds.
Cut cut_before_last(std::string_view text, const SplitLimits& limits) {
  const std::size_t tail_min = tail_begin(limits.unit, text, limits.last_max);
  CutSearch search(text, 0, text.size(), tail_min);
  return search.find(true).value_or(Cut{tail_min, tail_min});
}

}  // namespace

std::size_t length_in(LengthUnit unit, std::string_view text) {
  switch (unit) {
    case LengthUnit::utf16:
      return value::utf16_length(text);
    case LengthUnit::code_points:
      return value::code_point_length(text);
    case LengthUnit::bytes:
      return text.size();
  }
  return 0;
}

std::string_view prefix_in(LengthUnit unit, std::string_view text, std::size_t units_max) {
  if (text.size() <= units_max) return text;  // no unit is smaller than a byte
  std::size_t bytes = bytes_in(unit, text, units_max);
  if (bytes == text.size()) return text;
  if (bytes == 0) return text.substr(0, bytes_of_code_points(text, 1));
  const std::size_t units = value::utf16_length(text.substr(0, bytes));
  const std::string_view graphemes = value::grapheme_prefix(text, units);
  return graphemes.empty() ? text.substr(0, bytes) : graphemes;
}

std::vector<std::string_view> split_text(std::string_view text, const SplitLimits& limits) {
  std::vector<std::string_view> parts;
  std::string_view rest = without_blanks(text);
  while (length_in(limits.unit, rest) > limits.last_max) {
    const bool fits_part = length_in(limits.unit, rest) <= limits.part_max;
    const Cut cut = fits_part ? cut_before_last(rest, limits) : cut_after_part(rest, limits);
    if (cut.tail >= rest.size()) break;  // one code point that is longer than the limit
    parts.push_back(rest.substr(0, cut.head));
    rest.remove_prefix(cut.tail);
  }
  if (!rest.empty()) parts.push_back(rest);
  return parts;
}

}  // namespace alur::machine

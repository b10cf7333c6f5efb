#include "dsl/finding/excerpt.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsl/finding/utf8.hpp"

namespace alur::dsl {
namespace {

constexpr std::string_view cut_mark = "...";
// A caret line longer than the window says nothing more; columns kept free before the place in a
// window.
constexpr std::size_t window_lead = 30;

// One code point or bad byte as it is shown.
struct Cell {
  std::size_t offset;
  std::string shown;
  std::size_t width;
};

char32_t control_picture(char32_t value) {
  return value == 0x7F ? U'\u2421' : U'\u2400' + value;
}

bool is_joiner(char32_t value) {
  return value == 0x200C || value == 0x200D;
}

std::size_t terminal_width(char32_t value) {
  const auto point = static_cast<UChar32>(value);
  const auto type = u_charType(point);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || is_joiner(value)) return 0;
  const auto width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

bool is_hidden(char32_t value) {
  switch (u_charType(static_cast<UChar32>(value))) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
    case U_UNASSIGNED:
      return !is_joiner(value);
    default:
      return false;
  }
}

Cell plain_cell(std::size_t offset, std::string shown) {
  const std::size_t width = shown.size();
  return {offset, std::move(shown), width};
}

Cell cell_at(std::string_view text, std::size_t offset, const CodePoint& point) {
  if (!point.valid) {
    return plain_cell(offset, fmt::format("<{:02X}>", static_cast<unsigned>(point.value)));
  }
  if (point.value == U'\t') return {offset, "\u2192", 1};
  if (point.value < 0x20 || point.value == 0x7F) {
    std::string picture;
    append_utf8(picture, control_picture(point.value));
    return {offset, picture, 1};
  }
  if (point.value >= 0x80 && is_hidden(point.value)) {
    return plain_cell(offset, fmt::format("<U+{:04X}>", static_cast<unsigned>(point.value)));
  }
  const std::size_t width = point.value < 0x80 ? 1 : terminal_width(point.value);
  return {offset, std::string(text.substr(offset, point.size)), width};
}

// The cells of the bytes [begin, end) of the text.
std::vector<Cell> make_cells(std::string_view text, std::size_t begin, std::size_t end) {
  std::vector<Cell> cells;
  for (std::size_t at = begin; at < end;) {
    const CodePoint point = decode_utf8(text, at);
    cells.push_back(cell_at(text, at, point));
    at += point.size;
  }
  return cells;
}

std::size_t width_of(const std::vector<Cell>& cells) {
  std::size_t width = 0;
  for (const Cell& cell : cells) width += cell.width;
  return width;
}

// No cell is wider or longer than this many bytes of source, so a window never needs more of a
// line.
constexpr std::size_t window_bytes = excerpt_columns_max * 4;

// A line of a megabyte must not cost a megabyte of cells: what lies far from the place is left out
// first.
struct Slice {
  std::size_t begin;
  std::size_t end;
};

Slice near_place(std::string_view line, std::size_t place) {
  Slice slice{place > window_bytes ? place - window_bytes : 0,
              std::min(line.size(), place + window_bytes)};
  const auto is_tail = [&](std::size_t at) {
    return (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U;
  };
  while (slice.begin > 0 && slice.begin < place && is_tail(slice.begin)) ++slice.begin;
  return slice;
}

// Leaves out cells at the front until the place is at most `window_lead` columns in, then at the
// back until the rest fits. `cells` holds the line from `slice` on.
bool cut_front(std::vector<Cell>& cells, std::size_t place) {
  std::size_t before = 0;
  for (const Cell& cell : cells) before += cell.offset < place ? cell.width : 0;
  auto first = cells.begin();
  while (first != cells.end() && first->offset < place && before > window_lead) {
    before -= first->width;
    ++first;
  }
  const bool cut = first != cells.begin();
  cells.erase(cells.begin(), first);
  return cut;
}

bool cut_back(std::vector<Cell>& cells) {
  std::size_t width = 0;
  const auto last = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) {
    width += cell.width;
    return width > excerpt_columns_max;
  });
  const bool cut = last != cells.end();
  cells.erase(last, cells.end());
  return cut;
}

Excerpt draw(const std::vector<Cell>& cells, std::size_t begin, std::size_t end, bool cut_before,
             bool cut_after) {
  Excerpt excerpt;
  std::size_t lead = 0;
  std::size_t marked = 0;
  if (cut_before) {
    excerpt.line += cut_mark;
    lead = cut_mark.size();
  }
  for (const Cell& cell : cells) {
    excerpt.line += cell.shown;
    if (cell.offset < begin) lead += cell.width;
    if (cell.offset >= begin && cell.offset < end) marked += cell.width;
  }
  if (cut_after) excerpt.line += cut_mark;
  excerpt.carets = std::string(lead, ' ') + std::string(std::max<std::size_t>(marked, 1), '^');
  return excerpt;
}

}  // namespace

Excerpt make_excerpt(const SourceFile& file, Span span) {
  const std::uint32_t number = file.line_of(span.begin);
  std::string_view line = file.line_text(number);
  const std::size_t start = file.line_start(number);
  const std::size_t skipped = start == 0 && line.starts_with(byte_order_mark) ? 3 : 0;
  const std::size_t begin =
      std::clamp<std::size_t>(span.begin - start, skipped, std::max(line.size(), skipped));
  const std::size_t end = std::min<std::size_t>(span.end - start, line.size());
  Slice slice = near_place(line, begin);
  slice.begin = std::max(slice.begin, skipped);
  std::vector<Cell> cells = make_cells(line, slice.begin, slice.end);
  bool cut_before = slice.begin > skipped;
  bool cut_after = slice.end < line.size();
  if (cut_before || cut_after || width_of(cells) > excerpt_columns_max) {
    cut_before |= cut_front(cells, begin);
    cut_after |= cut_back(cells);
  }
  return draw(cells, begin, end, cut_before, cut_after);
}

std::string to_visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const Cell& cell : make_cells(text, 0, text.size())) out += cell.shown;
  return out;
}

}  // namespace alur::dsl

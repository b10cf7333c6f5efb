#include "dsl/chat/blocks.hpp"

#include "dsl/finding/utf8.hpp"

namespace alur::dsl {
namespace {

SourceLine line_of(const SourceFile& source, std::uint32_t number) {
  std::string_view text = source.line_text(number);
  if (number == 1 && text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  return {number, Slice::of(text)};
}

bool is_indented(const SourceLine& line) {
  return !line.text.empty() && (*line.text.first == ' ' || *line.text.first == '\t');
}

}  // namespace

std::vector<Block> cut_blocks(const SourceFile& source) {
  std::vector<Block> blocks;
  std::vector<SourceLine> blank;  // not yet known to stand inside a body
  bool open = false;
  for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
    const SourceLine line = line_of(source, number);
    if (line.text.empty()) {
      blank.push_back(line);
    } else if (*line.text.first == '#') {
      open = false;
    } else if (open && is_indented(line)) {
      std::vector<SourceLine>& body = blocks.back().body;
      body.insert(body.end(), blank.begin(), blank.end());
      body.push_back(line);
      blank.clear();
    } else {
      blocks.push_back({line, {}});
      blank.clear();
      open = !is_indented(line);
    }
  }
  return blocks;
}

}  // namespace alur::dsl

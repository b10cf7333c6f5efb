#include "tools/fmt/layout.hpp"

#include <algorithm>
#include <optional>

namespace alur::tools {

using dsl::Entry;
using dsl::Node;
using dsl::SourceFile;

namespace {

void add_words(const Node& node, std::vector<dsl::Span>& words) {
  if (node.is_scalar() || (node.is_null() && !node.span().empty())) words.push_back(node.span());
  for (const Node& item : node.items()) add_words(item, words);
  for (const Entry& entry : node.entries()) {
    words.push_back(entry.key.span());
    add_words(entry.value, words);
  }
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class LayOut {
 public:
  LayOut(const SourceFile& file, const Node& root) : file_(file), text_(file.text()), root_(root) {
    for (std::uint32_t number = 1; number <= file.line_count(); ++number) add_line(number);
  }

  std::vector<Line> run() {
    if (root_.is_map() || root_.is_list()) {
      is_flow(text_, root_) ? flow(root_, 0, 1) : block(root_, 0);
    } else {
      scalar(root_, 0);
    }
    mark_sections();
    place_comments();
    return std::move(lines_);
  }

 private:
  void add_line(std::uint32_t number) {
    Line line;
    line.begin = file_.line_start(number);
    line.end = line.begin + static_cast<std::uint32_t>(file_.line_text(number).size());
    line.first = line.begin;
    if (number == 1 && text_.starts_with("\xEF\xBB\xBF")) line.begin = line.first = 3;
    while (line.first < line.end && is_blank(text_[line.first])) ++line.first;
    line.column_before = line.first - line.begin;
    if (line.first < line.end) {
      line.kind = text_[line.first] == '#' ? LineKind::comment : LineKind::structure;
    }
    lines_.push_back(std::move(line));
  }

  std::size_t line_at(std::uint32_t offset) const { return file_.line_of(offset) - 1; }
  Line& line_of(const Node& node) { return lines_[line_at(node.span().begin)]; }
  bool is_first(const Node& node) { return line_of(node).first == node.span().begin; }
  std::uint32_t column_of(const Node& node) { return node.span().begin - line_of(node).begin; }
  // The lines that begin within the node.
  template <class Change>
  void each_line_within(const Node& node, const Change& change) {
    const std::uint32_t end = node.span().end;
    for (std::size_t i = line_at(node.span().begin) + 1; i < lines_.size() && lines_[i].begin < end;
         ++i) {
      change(lines_[i]);
    }
  }

  // --- blocks; `column` is where the keys or dashes shall stand

  void block(const Node& node, std::uint32_t column) {
    levels_.push_back({column_of(node), column});
    if (node.is_list()) place_dashes(node, column);
    for (const Node& item : node.items()) {
      Line& line = line_of(item);
      if (!item.is_null()) line.levels = levels_;
      value(item, column);
    }
    for (const Entry& entry : node.entries()) {
      Line& line = line_of(entry.key);
      line.levels = levels_;
      if (is_first(entry.key)) line.column = column;
      value(entry.value, column);
    }
    levels_.pop_back();
  }

  // The dashes of a list stand in one column, its own in the source.
  void place_dashes(const Node& list, std::uint32_t column) {
    const std::uint32_t before = column_of(list);
    const auto place = [&](Line& line) {
      const bool dash = line.kind == LineKind::structure && line.column_before == before &&
                        text_[line.first] == '-' &&
                        (line.first + 1 == line.end || is_blank(text_[line.first + 1]));
      if (!dash) return;
      line.column = column;
      line.levels = levels_;
    };
    if (is_first(list)) place(line_of(list));
    each_line_within(list, place);
  }

  // What follows a key or a dash that stands at `column`.
  void value(const Node& node, std::uint32_t column) {
    const bool in_brackets = is_flow(text_, node);
    if ((node.is_list() || node.is_map()) && !in_brackets) {
      return block(node, column + level_columns);
    }
    if (!node.span().empty() && is_first(node)) {
      line_of(node).column = column + level_columns;
      line_of(node).levels = levels_;
    }
    in_brackets ? flow(node, column, 1) : scalar(node, column);
  }

  // --- texts and brackets

  void scalar(const Node& node, std::uint32_t column) {
    if (!node.is_scalar()) return;
    const bool literal =
        node.style() == dsl::ScalarStyle::literal || node.style() == dsl::ScalarStyle::folded;
    if (literal) return verbatim(node, column);
    each_line_within(node, [&](Line& line) {
      line.kind = line.first < line.end ? LineKind::inside : LineKind::verbatim;
      line.column = line.first < line.end ? column + level_columns : 0;
    });
  }

  // The digit of `|2`: how much deeper than its key or dash the text stands.
  std::optional<std::uint32_t> written_indentation(std::string_view header) const {
    for (const char c : header.substr(1)) {
      if (is_digit(c)) return static_cast<std::uint32_t>(c - '0');
      if (c != '+' && c != '-') break;
    }
    return std::nullopt;
  }

  void verbatim(const Node& node, std::uint32_t column) {
    const std::string_view header = text_.substr(node.span().begin, 3);
    const auto written = written_indentation(header);
    std::optional<std::uint32_t> before;
    if (written) before = levels_.empty() ? *written : levels_.back().before + *written;
    Line* last = &line_of(node);
    each_line_within(node, [&](Line& line) {
      if (!before && line.first < line.end) before = line.column_before;
      line.kind = LineKind::verbatim;
      line.column = column + written.value_or(level_columns);
      last = &line;
    });
    each_line_within(node, [&](Line& line) { line.column_before = before.value_or(0); });
    const std::size_t keep = header.substr(0, header.find_first_of(" \t\r\n#")).find('+');
    last->keeps_blanks = keep != std::string_view::npos;
  }

  // `depth` brackets are open within this one.
  void flow(const Node& node, std::uint32_t column, std::uint32_t depth) {
    each_line_within(node, [&](Line& line) {
      const bool closes = line.first + 1 == node.span().end;
      if (line.first < line.end) line.kind = LineKind::inside;
      line.column = column + level_columns * (closes ? depth - 1 : depth);
    });
    const auto part = [&](const Node& each) {
      if (is_flow(text_, each)) flow(each, column, depth + 1);
      if (each.is_scalar()) scalar(each, column + level_columns * depth);
    };
    for (const Node& item : node.items()) part(item);
    for (const Entry& entry : node.entries()) {
      part(entry.key);
      part(entry.value);
    }
  }

  // --- what stands apart

  bool spans_lines(const Entry& entry) const {
    return line_at(entry.key.span().begin) != line_at(entry.value.span().end);
  }

  // Every state, and every entry of the file that takes more than a line.
  void mark_sections() {
    bool after_long = false;
    for (const Entry& entry : root_.entries()) {
      const bool is_long = spans_lines(entry);
      line_of(entry.key).is_section = is_long || after_long;
      after_long = is_long;
    }
    const Node* states = root_.find("states");
    if (!states || !states->is_map() || is_flow(text_, *states)) return;
    for (const Entry& state : states->entries()) line_of(state.key).is_section = true;
  }

  // A comment goes with the line below it when both began in the same column, else with what it
  // stands in.
  void place_comments() {
    const std::vector<Level> none;
    const std::vector<Level>* above = &none;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      Line& line = lines_[i];
      if (!line.levels.empty()) above = &line.levels;
      if (line.kind != LineKind::comment) continue;
      line.column = column_of_comment(line, *above, line_below(i));
    }
  }

  const Line* line_below(std::size_t i) const {
    while (++i < lines_.size()) {
      const LineKind kind = lines_[i].kind;
      if (kind == LineKind::structure || kind == LineKind::inside) return &lines_[i];
    }
    return nullptr;
  }

  static std::uint32_t column_of_comment(const Line& comment, const std::vector<Level>& above,
                                         const Line* below) {
    const std::uint32_t before = comment.column_before;
    if (below && below->column_before == before) return below->column;
    for (auto level = above.rbegin(); level != above.rend(); ++level) {
      if (level->before == before) return level->after;
    }
    const Level* nearest = nullptr;
    for (const Level& level : above) {
      if (level.before <= before) nearest = &level;
    }
    const bool nearer = below && below->column_before <= before &&
                        (!nearest || nearest->before < below->column_before);
    if (nearer) return below->column;
    return nearest ? nearest->after : 0;
  }

  const SourceFile& file_;
  std::string_view text_;
  const Node& root_;
  std::vector<Line> lines_;
  std::vector<Level> levels_;
};

}  // namespace

bool is_flow(std::string_view text, const Node& node) {
  if ((!node.is_list() && !node.is_map()) || node.span().empty()) return false;
  const char first = text[node.span().begin];
  return first == (node.is_list() ? '[' : '{');
}

std::vector<dsl::Span> words_of(const Node& root) {
  std::vector<dsl::Span> words;
  add_words(root, words);
  return words;
}

std::vector<Line> lay_out(const SourceFile& file, const Node& root) {
  return LayOut(file, root).run();
}

}  // namespace alur::tools

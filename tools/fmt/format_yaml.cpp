#include "tools/fmt/format_yaml.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "dsl/yaml/read_yaml.hpp"
#include "tools/fmt/blanks.hpp"
#include "tools/fmt/layout.hpp"

namespace alur::tools {

using dsl::Node;

namespace {

// --- lines

class LineWriter {
 public:
  LineWriter(std::string_view text, std::vector<BlankEdit> edits)
      : text_(text), edits_(std::move(edits)) {}

  // Lines are to be written in order.
  std::string write(const Line& line) {
    if (line.kind == LineKind::blank) return {};
    if (line.kind == LineKind::verbatim) return verbatim(line);
    std::string out(line.column, ' ');
    std::uint32_t at = line.first;
    for (; next_ < edits_.size() && edits_[next_].begin <= line.end; ++next_) {
      const BlankEdit& edit = edits_[next_];
      if (edit.begin < at) continue;
      out += text_.substr(at, edit.begin - at);
      if (edit.space) out += ' ';
      at = edit.end;
    }
    if (at < line.end) out += text_.substr(at, line.end - at);
    return trimmed(std::move(out));
  }

 private:
  // The text of the line without its old indentation, behind its new one. Trailing blanks are text.
  std::string verbatim(const Line& line) const {
    std::uint32_t at = line.begin;
    while (at < line.end && at - line.begin < line.column_before && text_[at] == ' ') ++at;
    if (at == line.end) return {};
    return std::string(line.column, ' ').append(text_.substr(at, line.end - at));
  }

  // Blanks after a backslash may be what it stands for.
  static std::string trimmed(std::string line) {
    const std::size_t last = line.find_last_not_of(" \t");
    const std::size_t size = last == std::string::npos ? 0 : last + 1;
    if (size > 0 && line[size - 1] == '\\' && size < line.size()) return line;
    line.resize(size);
    return line;
  }

  std::string_view text_;
  std::vector<BlankEdit> edits_;
  std::size_t next_ = 0;
};

// --- blank lines

struct Written {
  const Line* line;
  std::string text;
};

bool is_blank(const Written& written) {
  return written.line->kind == LineKind::blank;
}

// Where the comments begin that stand right above a line, in its column.
std::size_t first_comment_above(const std::vector<Written>& lines, std::size_t i) {
  while (i > 0 && lines[i - 1].line->kind == LineKind::comment &&
         lines[i - 1].line->column == lines[i].line->column) {
    --i;
  }
  return i;
}

// Whether the line is a key whose block begins below it.
bool opens_block(const Written& above, const Line& below) {
  return above.text.ends_with(':') && below.column > above.line->column;
}

class BlankLines {
 public:
  explicit BlankLines(std::vector<Written> lines) : lines_(std::move(lines)) {
    wanted_.resize(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].line->is_section) wanted_[first_comment_above(lines_, i)] = true;
    }
  }

  std::string join() {
    std::size_t blanks = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (is_blank(lines_[i])) {
        ++blanks;
        continue;
      }
      add_blanks(blanks, i);
      out_ += lines_[i].text + '\n';
      last_ = &lines_[i];
      blanks = 0;
    }
    if (last_ && last_->line->keeps_blanks) out_.append(blanks, '\n');
    return std::move(out_);
  }

 private:
  void add_blanks(std::size_t before, std::size_t i) {
    if (!last_) return;
    if (last_->line->keeps_blanks || lines_[i].line->kind == LineKind::verbatim) {
      out_.append(before, '\n');
    } else if (!opens_block(*last_, *lines_[i].line) && (before > 0 || wanted_[i])) {
      out_ += '\n';
    }
  }

  std::vector<Written> lines_;
  std::vector<bool> wanted_;
  std::string out_;
  const Written* last_ = nullptr;
};

// --- the same tree

bool is_same(const Node& a, const Node& b) {
  if (a.kind() != b.kind() || a.text() != b.text() || a.items().size() != b.items().size() ||
      a.entries().size() != b.entries().size() || (a.is_scalar() && a.style() != b.style())) {
    return false;
  }
  for (std::size_t i = 0; i < a.items().size(); ++i) {
    if (!is_same(a.items()[i], b.items()[i])) return false;
  }
  for (std::size_t i = 0; i < a.entries().size(); ++i) {
    if (!is_same(a.entries()[i].key, b.entries()[i].key) ||
        !is_same(a.entries()[i].value, b.entries()[i].value)) {
      return false;
    }
  }
  return true;
}

bool says_the_same(const Node& root, const std::string& path, const std::string& formatted) {
  const dsl::SourceFile file(path, formatted);
  dsl::Findings findings;
  const dsl::Document document = dsl::read_yaml(file, {}, findings);
  return findings.empty() && document.whole() && is_same(root, document.root());
}

}  // namespace

std::optional<std::string> format_yaml(const dsl::SourceFile& file, dsl::FileId id,
                                       dsl::Findings& findings) {
  const dsl::Document document = dsl::read_yaml(file, id, findings);
  if (!findings.empty() || !document.whole()) return std::nullopt;
  const std::vector<Line> lines = lay_out(file, document.root());
  LineWriter writer(file.text(), edit_blanks(file.text(), words_of(document.root())));
  std::vector<Written> written;
  for (const Line& line : lines) written.push_back({&line, writer.write(line)});
  std::string formatted = BlankLines(std::move(written)).join();
  if (!says_the_same(document.root(), file.path(), formatted)) return std::nullopt;
  return formatted;
}

}  // namespace alur::tools

#include "tools/fmt/blanks.hpp"

namespace alur::tools {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool is_one_of(char c, std::string_view letters) {
  return letters.find(c) != std::string_view::npos;
}

class BlankEditor {
 public:
  explicit BlankEditor(std::string_view text) : text_(text) {}

  void gap(std::uint32_t begin, std::uint32_t end) {
    std::uint32_t at = begin;
    while (at < end) {
      if (text_[at] == '#') {
        while (at < end && text_[at] != '\n') ++at;
      } else if (is_blank(text_[at])) {
        at = blanks(at, end);
      } else {
        punctuation(at++);
      }
    }
  }

  std::vector<BlankEdit> take() { return std::move(edits_); }

 private:
  // What stands at a place, or a line break where the text ends.
  char at(std::uint32_t place) const { return place < text_.size() ? text_[place] : '\n'; }
  bool ends_line(std::uint32_t place) const {
    return at(place) == '\n' || (at(place) == '\r' && at(place + 1) == '\n');
  }

  std::uint32_t blanks(std::uint32_t begin, std::uint32_t end) {
    std::uint32_t after = begin;
    while (after < end && is_blank(text_[after])) ++after;
    const char before = begin == 0 ? '\n' : text_[begin - 1];
    if (before != '\n') {
      const bool space = wants_space(before, after);
      const bool is_so = space ? is_kept(begin, after) : after == begin;
      if (!is_so) edits_.push_back({begin, after, space});
    }
    return after;
  }

  // One space; before a comment any number, for comments stand in a column.
  bool is_kept(std::uint32_t begin, std::uint32_t after) const {
    const std::string_view blanks = text_.substr(begin, after - begin);
    return blanks == " " || (at(after) == '#' && blanks.find('\t') == std::string_view::npos);
  }

  bool wants_space(char before, std::uint32_t after) const {
    if (ends_line(after)) return false;
    const char next = at(after);
    if (next == '#') return true;
    if (is_one_of(next, ",]}")) return before == ':';
    return next != ':' && !is_one_of(before, "[{");
  }

  // `[a,b]` and `{"a":b}` may do without blanks.
  void punctuation(std::uint32_t place) {
    if (!is_one_of(text_[place], ",:")) return;
    const char next = at(place + 1);
    if (is_blank(next) || ends_line(place + 1) || is_one_of(next, ",]}")) return;
    edits_.push_back({place + 1, place + 1, true});
  }

  std::string_view text_;
  std::vector<BlankEdit> edits_;
};

}  // namespace

std::vector<BlankEdit> edit_blanks(std::string_view text, const std::vector<dsl::Span>& words) {
  BlankEditor editor(text);
  std::uint32_t begin = 0;
  for (const dsl::Span& word : words) {
    editor.gap(begin, word.begin);
    begin = word.end;
  }
  editor.gap(begin, static_cast<std::uint32_t>(text.size()));
  return editor.take();
}

}  // namespace alur::tools

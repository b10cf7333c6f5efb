// One way through the pattern: the first alternative, the least number of repeats, the first
// character of a class. RE2 has the last word on whether the text matches.
#include "tools/explore/pattern_sample.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace alur::tools {

namespace {

class Sampler {
 public:
  explicit Sampler(std::string_view pattern) : rest_(pattern) {}

  std::string alternatives() {
    std::string first = sequence();
    while (take('|')) sequence();
    return first;
  }

 private:
  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  char next() {
    const char c = rest_.empty() ? '\0' : rest_.front();
    if (!rest_.empty()) rest_.remove_prefix(1);
    return c;
  }

  std::string sequence() {
    std::string out;
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') out += repeated(one());
    return out;
  }

  std::string one() {
    const char c = next();
    switch (c) {
      case '(':
        return group();
      case '[':
        return one_of_class();
      case '\\':
        return escaped();
      case '.':
        return "x";
      case '^':
      case '$':
        return "";
      default:
        return std::string(1, c);
    }
  }

  // `(?i)` and its like set flags and match nothing.
  std::string group() {
    if (take('?')) {
      if (take('P')) {
        skip_to('>');
      } else {
        while (!rest_.empty() && rest_.front() != ':' && rest_.front() != ')') next();
        if (take(')')) return "";
        take(':');
      }
    }
    std::string inside = alternatives();
    take(')');
    return inside;
  }

  void skip_to(char end) {
    while (!rest_.empty() && next() != end) {
    }
  }

  std::string escaped() {
    switch (const char c = next()) {
      case 'd':
        return "7";
      case 'w':
      case 'S':
      case 'D':
        return "a";
      case 's':
      case 'W':
        return " ";
      case 'b':
      case 'B':
      case 'A':
      case 'z':
        return "";
      default:
        return std::string(1, c);
    }
  }

  std::string one_of_class() {
    if (take('^')) {
      skip_to(']');
      return "q";
    }
    std::string first = rest_.empty() ? "" : one();
    skip_to(']');
    return first;
  }

  std::string repeated(const std::string& once) {
    std::size_t times = 1;
    if (take('*') || take('?')) {
      times = 0;
    } else if (take('{')) {
      times = 0;
      while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
        times = std::min<std::size_t>(times * 10 + static_cast<std::size_t>(next() - '0'), 1'000);
      }
      skip_to('}');
    } else {
      take('+');
    }
    take('?');
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += once;
    return out;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<std::string> pattern_sample(std::string_view pattern) {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(1 << 20);
  const re2::RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), options);
  std::string text = Sampler(pattern).alternatives();
  if (!compiled.ok() || !re2::RE2::FullMatch(text, compiled)) return std::nullopt;
  return text;
}

}  // namespace alur::tools

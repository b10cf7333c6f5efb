#include "tools/replay/match_text.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <vector>

#include "engine/value/text.hpp"

namespace alur::tools {

using dsl::ChatText;
using Kind = ChatText::Piece::Kind;

namespace {

constexpr int match_steps_max = 100'000;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const std::size_t size = std::min(a.size(), b.size());
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.begin() + size, b.begin()).first -
                                  a.begin());
}

class TextMatcher {
 public:
  TextMatcher(const ChatText& expected, std::string_view text, Captures captures)
      : pieces_(expected.pieces), text_(text), captures_(std::move(captures)) {}

  bool match() { return match_from(0, 0); }
  Captures take_captures() { return std::move(captures_); }
  const MatchProgress& progress() const { return progress_; }

 private:
  bool match_from(std::size_t piece, std::size_t at) {
    if (++steps_ > match_steps_max) return false;
    if (piece == pieces_.size()) {
      if (at < text_.size()) note(piece, 0, at);
      return at == text_.size();
    }
    switch (pieces_[piece].kind) {
      case Kind::literal:
        return match_words(piece, at, pieces_[piece].text);
      case Kind::anything:
        return match_anything(piece, at);
      case Kind::capture: {
        const auto bound = captures_.find(pieces_[piece].text);
        if (bound != captures_.end()) return match_words(piece, at, std::string(bound->second));
        return match_capture(piece, at);
      }
    }
    return false;
  }

  bool match_words(std::size_t piece, std::size_t at, std::string_view words) {
    const std::size_t common = common_prefix(words, text_.substr(at));
    if (common == words.size()) return match_from(piece + 1, at + common);
    note(piece, common, at + common);
    return false;
  }

  // Only where the next words begin need be tried.
  bool match_anything(std::size_t piece, std::size_t at) {
    if (piece + 1 == pieces_.size()) return true;
    const ChatText::Piece& next = pieces_[piece + 1];
    const bool words = next.kind == Kind::literal;
    for (std::size_t end = at; end <= text_.size(); ++end) {
      if (words) end = text_.find(next.text, end);
      if (end == std::string_view::npos) {
        note(piece + 1, 0, at);
        return false;
      }
      if (match_from(piece + 1, end)) return true;
    }
    return false;
  }

  bool match_capture(std::size_t piece, std::size_t at) {
    const std::string& name = pieces_[piece].text;
    const bool last = piece + 1 == pieces_.size();
    const bool word = !last && pieces_[piece + 1].kind == Kind::anything;
    const std::size_t only = last ? text_.size() : word ? word_end(at) : at;
    for (std::size_t end = last || word ? only : at + 1; end <= text_.size(); ++end) {
      if (end == at) break;
      captures_[name] = text_.substr(at, end - at);
      if (match_from(piece + 1, end)) return true;
      captures_.erase(name);
      if (last || word) break;
    }
    note(piece, 0, at);
    return false;
  }

  std::size_t word_end(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && !is_blank(text_[end])) ++end;
    constexpr std::string_view closing = ".,;:!?)\"'";
    while (end > at && closing.find(text_[end - 1]) != std::string_view::npos) --end;
    return end;
  }

  // The way that came farthest tells best what is wrong.
  void note(std::size_t piece, std::size_t piece_bytes, std::size_t text_bytes) {
    const bool farther = piece > progress_.piece ||
                         (piece == progress_.piece && piece_bytes >= progress_.piece_bytes);
    if (farther) progress_ = {piece, piece_bytes, text_bytes};
  }

  const std::vector<ChatText::Piece>& pieces_;
  std::string_view text_;
  Captures captures_;
  MatchProgress progress_;
  int steps_ = 0;
};

}  // namespace

std::string comparable(std::string_view text) {
  std::string out;
  for (const char c : value::to_nfc(value::trimmed(text))) {
    if (c == '\r') continue;
    while (c == '\n' && !out.empty() && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
    out += c;
  }
  return out;
}

bool match_text(const ChatText& expected, std::string_view text, Captures& captures,
                MatchProgress* progress) {
  TextMatcher matcher(expected, text, captures);
  const bool matches = matcher.match();
  if (progress) *progress = matcher.progress();
  if (matches) captures = matcher.take_captures();
  return matches;
}

bool match_pattern(const std::string& pattern, std::string_view text, Captures& captures) {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_dot_nl(true);
  const re2::RE2 compiled(pattern, options);
  if (!compiled.ok()) return false;
  const auto groups = static_cast<std::size_t>(compiled.NumberOfCapturingGroups());
  std::vector<re2::StringPiece> found(groups + 1);
  const re2::StringPiece whole(text.data(), text.size());
  if (!compiled.Match(whole, 0, text.size(), re2::RE2::ANCHOR_BOTH, found.data(),
                      static_cast<int>(found.size()))) {
    return false;
  }
  for (const auto& [name, index] : compiled.NamedCapturingGroups()) {
    const re2::StringPiece& group = found[static_cast<std::size_t>(index)];
    captures[name] = std::string(group.data(), group.size());
  }
  return true;
}

std::string filled(const ChatText& text, const Captures& captures) {
  std::string out;
  for (const ChatText::Piece& piece : text.pieces) {
    if (piece.kind == Kind::literal) {
      out += piece.text;
    } else if (piece.kind == Kind::anything) {
      out += "...";
    } else {
      const auto bound = captures.find(piece.text);
      out += bound == captures.end() ? "{" + piece.text + "}" : bound->second;
    }
  }
  return out;
}

std::string filled(std::string_view text, const Captures& captures) {
  std::string out(text);
  for (const auto& [name, words] : captures) {
    const std::string written = "{" + name + "}";
    for (std::size_t at = out.find(written); at != std::string::npos;
         at = out.find(written, at + words.size())) {
      out.replace(at, written.size(), words);
    }
  }
  return out;
}

}  // namespace alur::tools

#include "dsl/grammar/phrase_meaning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/mistakes.hpp"
#include "engine/value/phrase.hpp"

namespace alur::dsl {
namespace {

using syntax::PhraseBranch;
using syntax::PhraseKind;
using syntax::PhrasePiece;

constexpr std::size_t captures_max = 16;

// What the beginning and the end of a part of a phrase may be.
struct Shape {
  bool may_be_empty = true;
  const PhrasePiece* leading = nullptr;   // a capture that may come before any word
  const PhrasePiece* trailing = nullptr;  // a capture that no word may follow
  std::vector<std::string_view> captures;
};

std::string_view capture_name(const PhrasePiece& piece) {
  return trimmed(piece.text).view();
}

class ShapeFinder {
 public:
  explicit ShapeFinder(Reading& reading) : reading_(reading) {}

  Shape of(const PhraseBranch& branch);

 private:
  Shape of(const PhrasePiece& piece);
  void append(Shape& before, Shape next);

  Reading& reading_;
};

Shape ShapeFinder::of(const PhraseBranch& branch) {
  Shape whole;
  for (const PhrasePiece& piece : branch.pieces) append(whole, of(piece));
  return whole;
}

void ShapeFinder::append(Shape& before, Shape next) {
  if (before.trailing != nullptr && next.leading != nullptr) {
    reading_.refuse(
        Code::ambiguous_capture, next.leading->extent,
        fmt::format("no word stands between `{{{}}}` and `{{{}}}`, so nothing tells where "
                    "one ends and the other begins",
                    capture_name(*before.trailing), capture_name(*next.leading)));
  }
  if (before.may_be_empty && before.leading == nullptr) before.leading = next.leading;
  if (next.trailing != nullptr || !next.may_be_empty) before.trailing = next.trailing;
  before.may_be_empty = before.may_be_empty && next.may_be_empty;
  std::ranges::move(next.captures, std::back_inserter(before.captures));
}

Shape ShapeFinder::of(const PhrasePiece& piece) {
  Shape shape;
  switch (piece.kind) {
    case PhraseKind::words:
      shape.may_be_empty = value::normalised_phrase(piece.text.view()).empty();
      return shape;
    case PhraseKind::capture:
      return {false, &piece, &piece, {capture_name(piece)}};
    case PhraseKind::optional:
      shape = of(piece.branches[0]);
      shape.may_be_empty = true;
      return shape;
    case PhraseKind::one_of:
      break;
  }
  shape.may_be_empty = false;
  for (const PhraseBranch& branch : piece.branches) {
    Shape choice = of(branch);
    shape.may_be_empty = shape.may_be_empty || choice.may_be_empty;
    if (shape.leading == nullptr) shape.leading = choice.leading;
    if (shape.trailing == nullptr) shape.trailing = choice.trailing;
    std::ranges::move(choice.captures, std::back_inserter(shape.captures));
  }
  return shape;
}

// The same capture on one way through the phrase.
class RepeatFinder {
 public:
  explicit RepeatFinder(Reading& reading) : reading_(reading) {}

  // The names that are taken after the branch, if those were before it.
  std::vector<std::string_view> walk(const PhraseBranch& branch,
                                     std::vector<std::string_view> taken) {
    for (const PhrasePiece& piece : branch.pieces) {
      if (piece.kind == PhraseKind::capture) add(piece, taken);
      std::vector<std::string_view> after = taken;
      for (const PhraseBranch& choice : piece.branches) {
        for (const std::string_view name : walk(choice, taken)) {
          if (std::ranges::find(after, name) == after.end()) after.push_back(name);
        }
      }
      taken = std::move(after);
    }
    return taken;
  }

 private:
  void add(const PhrasePiece& piece, std::vector<std::string_view>& taken) {
    const std::string_view name = capture_name(piece);
    if (std::ranges::find(taken, name) != taken.end()) {
      reading_.refuse(Code::ambiguous_capture, piece.extent,
                      fmt::format("`{{{}}}` is captured twice", name));
    }
    taken.push_back(name);
  }

  Reading& reading_;
};

// Whether a word would go on across this byte. An apostrophe joins: it is dropped when phrases are
// compared.
bool joins(char c) {
  return is_letter(c) || is_digit(c) || is_foreign(c) || c == '\'';
}

// The word at the end, or at the beginning, of some words.
Slice last_word(Slice words) {
  const char* at = words.last;
  while (at != words.first && joins(at[-1])) --at;
  return {at, words.last};
}

Slice first_word(Slice words) {
  return {words.first, std::find_if_not(words.first, words.last, joins)};
}

bool check_gap(Reading& reading, const PhrasePiece& left, const PhrasePiece& right) {
  Slice word;
  if (left.kind == PhraseKind::words) {
    word = last_word(left.text);
  } else if (right.kind == PhraseKind::words) {
    word = first_word(right.text);
  } else if (left.kind == PhraseKind::capture && right.kind == PhraseKind::capture) {
    return true;  // ambiguous, which says more
  } else {
    word = {left.extent.last - 1, right.extent.first + 1};
  }
  if (word.empty()) return true;
  reading.refuse(
      Code::glued_words, word,
      fmt::format("no blank stands {} {}", left.kind == PhraseKind::words ? "after" : "before",
                  quoted(word.view())),
      "phrases are made of whole words");
  return false;
}

bool check_gaps(Reading& reading, const PhraseBranch& branch) {
  for (std::size_t i = 0; i < branch.pieces.size(); ++i) {
    const PhrasePiece& piece = branch.pieces[i];
    if (i > 0 && !check_gap(reading, branch.pieces[i - 1], piece)) return false;
    for (const PhraseBranch& choice : piece.branches) {
      if (!check_gaps(reading, choice)) return false;
    }
  }
  return true;
}

}  // namespace

bool check_phrase(Reading& reading, const PhraseBranch& phrase) {
  if (!check_gaps(reading, phrase)) return false;
  const Shape shape = ShapeFinder(reading).of(phrase);
  if (shape.captures.size() > captures_max) {
    reading.refuse(Code::too_long, trimmed(reading.text()),
                   fmt::format("more than {} captures in one phrase", captures_max));
    return false;
  }
  if (shape.captures.size() > 1) RepeatFinder(reading).walk(phrase, {});
  if (shape.may_be_empty) {
    reading.refuse(Code::phrase_may_be_empty, trimmed(reading.text()),
                   "a message without any word would fit this phrase",
                   "at least one word must stand outside of `[ ]`");
  }
  return !reading.refused();
}

}  // namespace alur::dsl

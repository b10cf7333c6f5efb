// Phrases: from text to tree.
#include <fmt/format.h>

#include <utility>
#include <vector>

#include "dsl/grammar/grammar.hpp"
#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/mistakes.hpp"
#include "dsl/grammar/name.hpp"
#include "dsl/grammar/phrase_meaning.hpp"
#include "dsl/grammar/phrase_syntax.hpp"

namespace alur::dsl {
namespace {

using ast::PhrasePart;
using syntax::PhraseBranch;
using syntax::PhraseKind;
using syntax::PhrasePiece;

// The brackets still open at this place, outermost first.
std::vector<const char*> open_brackets(Slice text, const char* until) {
  std::vector<const char*> open;
  for (const char* at = text.first; at != until; ++at) {
    if (*at == '(' || *at == '[' || *at == '{') open.push_back(at);
    if ((*at == ')' || *at == ']' || *at == '}') && !open.empty()) open.pop_back();
  }
  return open;
}

void explain_bar(Reading& reading, const char* at, const std::vector<const char*>& open) {
  const bool optional = !open.empty() && *open.back() == '[';
  reading.refuse(Code::bad_alternative, {at, at + 1}, "`|` chooses only inside of `( )`",
                 optional ? "write `[(this|that)]`" : "write `(this|that)`");
}

void explain_phrase(Reading& reading, const Halt& halt) {
  const Slice text = reading.text();
  const std::vector<const char*> open = open_brackets(text, halt.at);
  if (halt.at != text.last && *halt.at == '|') return explain_bar(reading, halt.at, open);
  if (halt.at == text.last || *halt.at == '{') {
    const char* opener = open.empty() ? text.first : open.back();
    reading.refuse(Code::never_closed, {opener, opener + 1},
                   fmt::format("this `{}` is never closed", *opener));
    return;
  }
  reading.refuse(Code::closes_nothing, {halt.at, halt.at + 1},
                 fmt::format("this `{}` closes nothing", *halt.at));
}

class PhraseBuilder {
 public:
  explicit PhraseBuilder(Reading& reading) : reading_(reading) {}

  bool build(const PhraseBranch& branch, std::vector<PhrasePart>& out) {
    for (const PhrasePiece& piece : branch.pieces) {
      PhrasePart part;
      part.span = reading_.span(piece.extent);
      if (piece.kind == PhraseKind::words) {
        const Slice words = trimmed(piece.text);
        if (words.empty()) continue;
        part.words = words.view();
        part.span = reading_.span(words);
      } else if (!build_bracket(piece, part)) {
        return false;
      }
      out.push_back(std::move(part));
    }
    return true;
  }

 private:
  bool build_bracket(const PhrasePiece& piece, PhrasePart& part) {
    if (piece.kind == PhraseKind::capture) return build_capture(piece, part);
    const bool choice = piece.kind == PhraseKind::one_of;
    part.kind = choice ? PhrasePart::Kind::one_of : PhrasePart::Kind::optional;
    for (const PhraseBranch& branch : piece.branches) {
      if (!build(branch, part.branches.emplace_back())) return false;
      if (part.branches.back().empty()) return refuse_empty(piece, branch);
    }
    if (!choice || piece.branches.size() > 1) return true;
    reading_.refuse(Code::bad_alternative, piece.extent,
                    "only one thing stands in `( )`, so there is no choice",
                    "where words may be absent, write `[ ]`");
    return false;
  }

  bool build_capture(const PhrasePiece& piece, PhrasePart& part) {
    part.kind = PhrasePart::Kind::capture;
    const Slice name = trimmed(piece.text);
    if (name.empty()) {
      reading_.refuse(Code::nothing_written, piece.extent, "no name stands between these braces");
      return false;
    }
    if (!check_name(reading_, name)) return false;
    part.capture = reading_.name(name);
    return true;
  }

  bool refuse_empty(const PhrasePiece& piece, const PhraseBranch& branch) {
    const bool choice = piece.kind == PhraseKind::one_of;
    reading_.refuse(
        Code::bad_alternative, {branch.extent.first - 1, branch.extent.last + 1},
        choice ? "nothing stands in this place of the choice" : "nothing stands in these brackets",
        choice ? "where words may be absent, write `[ ]`" : "");
    return false;
  }

  Reading& reading_;
};

}  // namespace

std::optional<ast::Phrase> parse_phrase(const Fragment& fragment, Findings& findings) {
  Reading reading(fragment, findings);
  if (refuse_blank(reading, "a phrase")) return std::nullopt;
  if (!check_length(reading, expression_bytes_max, "a phrase")) return std::nullopt;
  if (refuse_depth(reading, Nesting::of_phrase, phrase_depth_max)) return std::nullopt;
  PhraseBranch tree;
  if (const auto halt = syntax::read_phrase(reading.text(), tree)) {
    explain_phrase(reading, *halt);
    return std::nullopt;
  }
  ast::Phrase phrase;
  if (!PhraseBuilder(reading).build(tree, phrase.parts)) return std::nullopt;
  if (!check_phrase(reading, tree)) return std::nullopt;
  phrase.source = trimmed(reading.text()).view();
  phrase.span = reading.span(trimmed(reading.text()));
  return phrase;
}

}  // namespace alur::dsl

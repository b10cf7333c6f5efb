// Types: from text to tree.
#include <fmt/format.h>

#include <string>
#include <utility>

#include "dsl/ast/words.hpp"
#include "dsl/finding/near_miss.hpp"
#include "dsl/grammar/grammar.hpp"
#include "dsl/grammar/mistakes.hpp"
#include "dsl/grammar/name.hpp"
#include "dsl/grammar/type_mistakes.hpp"
#include "dsl/grammar/type_syntax.hpp"
#include "engine/value/decimal.hpp"

namespace alur::dsl {
namespace {

using ast::TypeExpr;
using Kind = ast::TypeExpr::Kind;

class TypeBuilder {
 public:
  explicit TypeBuilder(Reading& reading) : reading_(reading) {}

  bool build(const syntax::Type& tree, TypeExpr& out);

 private:
  bool plain(const syntax::PlainType& tree, TypeExpr& out);
  bool word(Slice word, TypeExpr& out);
  bool bounds(const syntax::Bounds& tree, TypeExpr& out);
  bool bound(Slice digits, std::optional<std::int64_t>& out);
  bool refuse(Code code, Slice slice, std::string message, std::string suggestion = {}) {
    reading_.refuse(code, slice, std::move(message), std::move(suggestion));
    return false;
  }

  Reading& reading_;
};

bool TypeBuilder::build(const syntax::Type& tree, TypeExpr& out) {
  syntax::Bounds touching = tree.plain.bounds;
  syntax::Bounds apart = tree.apart;
  TypeExpr inner;
  if (!plain(tree.plain, inner)) return false;
  // Words that have no bounds leave them to their list, and types in no list to the word.
  if (tree.is_list && inner.kind == Kind::named && apart.extent.empty()) std::swap(touching, apart);
  if (!tree.is_list && touching.extent.empty()) std::swap(touching, apart);
  if (!bounds(touching, inner)) return false;
  if (tree.is_list) {
    out.kind = Kind::list;
    out.element.push_back(std::move(inner));
    if (!bounds(apart, out)) return false;
  } else {
    if (!apart.extent.empty()) {
      return refuse(Code::bad_bounds, apart.extent, "a type has its bounds only once");
    }
    out = std::move(inner);
  }
  out.is_private = tree.is_private;
  out.optional = tree.optional;
  out.span = reading_.span(trimmed(reading_.text()));
  return true;
}

bool TypeBuilder::plain(const syntax::PlainType& tree, TypeExpr& out) {
  out.span = reading_.span(tree.extent);
  if (tree.members.empty()) return word(tree.word, out);
  out.kind = Kind::choice;
  for (const Slice member : tree.members) {
    if (!check_name(reading_, member)) return false;
    out.members.push_back(reading_.name(member));
  }
  return true;
}

bool TypeBuilder::word(Slice word, TypeExpr& out) {
  const std::string_view text = word.view();
  if (text == "list" || text == "one" || text == "private") {
    return refuse(Code::bad_type, word, quoted(text) + " alone is no type",
                  text == "list"  ? "write `list of` and what it holds"
                  : text == "one" ? "write `one of` and the words to choose from"
                                  : "`private` stands before a type");
  }
  if (!check_name(reading_, word)) return false;
  out.kind = ast::find_type(text).value_or(Kind::named);
  if (out.kind == Kind::named) out.name = reading_.name(word);
  return true;
}

bool TypeBuilder::bounds(const syntax::Bounds& tree, TypeExpr& out) {
  if (tree.extent.empty()) return true;
  if (out.kind != Kind::text && out.kind != Kind::integer && out.kind != Kind::list) {
    constexpr std::string_view bounded[] = {"text", "integer"};
    const auto near = near_miss(out.name.text, bounded);
    return refuse(Code::bad_bounds, tree.extent, "only texts, integers and lists have bounds",
                  near ? did_you_mean(*near) : "");
  }
  if (!bound(tree.low, out.low) || !bound(tree.high, out.high)) return false;
  if (*out.low < 0 && out.kind != Kind::integer) {
    return refuse(Code::bad_bounds, tree.low, "a length is not negative");
  }
  if (*out.low <= *out.high) return true;
  reading_.refuse_with_fix(
      Code::bad_bounds, tree.extent,
      fmt::format("the lower bound {} is above the upper bound {}", *out.low, *out.high),
      fmt::format("({}..{})", *out.high, *out.low));
  return false;
}

bool TypeBuilder::bound(Slice digits, std::optional<std::int64_t>& out) {
  const auto number = value::Decimal::parse(digits.view());
  if (number) out = number->to_int64();
  if (out) return true;
  return refuse(Code::bad_bounds, digits,
                fmt::format("this bound has more than {} digits", value::Decimal::digits_max));
}

}  // namespace

std::optional<ast::TypeExpr> parse_type(const Fragment& fragment, Findings& findings) {
  Reading reading(fragment, findings);
  if (refuse_blank(reading, "a type")) return std::nullopt;
  if (!check_length(reading, expression_bytes_max, "a type")) return std::nullopt;
  syntax::Type tree;
  if (const auto halt = syntax::read_type(reading.text(), tree)) {
    explain_type(reading, *halt);
    return std::nullopt;
  }
  TypeExpr type;
  if (!TypeBuilder(reading).build(tree, type)) return std::nullopt;
  return type;
}

}  // namespace alur::dsl

#include "tests/dsl/grammar/tree_dump.hpp"

#include <fmt/format.h>

#include <string_view>

namespace alur::dsl {
namespace {

constexpr std::string_view expr_kinds[] = {
    "broken", "number",    "text",     "boolean",    "duration", "date",
    "time",   "unset",     "name",     "field",      "list",     "call",
    "negate", "not",       "is_set",   "is_unset",   "and",      "or",
    "equal",  "not_equal", "less",     "less_equal", "greater",  "greater_equal",
    "in",     "add",       "subtract", "multiply",   "divide"};

constexpr std::string_view type_kinds[] = {
    "broken", "bool",  "integer", "number", "text",  "date",     "time",     "datetime", "duration",
    "phone",  "email", "choice",  "list",   "image", "document", "location", "named"};

class Dumper {
 public:
  explicit Dumper(Places places) : places_(places) {}

  std::string take() { return std::move(out_); }

  void line(std::string_view what, Span span, std::string_view text = {}) {
    out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
    out_ += what;
    if (places_ == Places::shown) out_ += fmt::format(" {}-{}", span.begin, span.end);
    if (!text.empty()) out_ += fmt::format(" {:?}", text);
    out_ += '\n';
  }

  template <typename Body>
  void inside(const Body& body) {
    ++depth_;
    body();
    --depth_;
  }

  void name(std::string_view what, const ast::Name& name) {
    if (!name.empty()) line(what, name.span, name.text);
  }

  void expr(const ast::Expr& tree) {
    const bool number = tree.kind == ast::ExprKind::number || tree.kind == ast::ExprKind::duration;
    line(expr_kinds[static_cast<std::size_t>(tree.kind)], tree.span,
         number ? tree.number.to_string() : tree.text);
    inside([&] {
      name("name", tree.name);
      for (const ast::Expr& each : tree.operands) expr(each);
      arguments(tree.arguments);
    });
  }

  void arguments(const std::vector<ast::Argument>& tree) {
    for (const ast::Argument& each : tree) {
      name("argument", each.name);
      expr(each.value);
    }
  }

  void part(const ast::TemplatePart& tree) {
    if (!tree.expression) return line("words", tree.span, tree.literal);
    line("hole", tree.span);
    inside([&] {
      expr(*tree.expression);
      for (const ast::Filter& filter : tree.filters) {
        line("filter", filter.span);
        inside([&] {
          name("name", filter.name);
          arguments(filter.arguments);
        });
      }
    });
  }

  void phrase(const std::vector<ast::PhrasePart>& parts) {
    constexpr std::string_view kinds[] = {"words", "capture", "one_of", "optional"};
    for (const ast::PhrasePart& each : parts) {
      line(kinds[static_cast<std::size_t>(each.kind)], each.span, each.words);
      inside([&] {
        name("name", each.capture);
        for (const auto& branch : each.branches) {
          line("branch", branch.front().span);
          inside([&] { phrase(branch); });
        }
      });
    }
  }

  void type(const ast::TypeExpr& tree) {
    std::string words(tree.is_private ? "private " : "");
    if (tree.optional) words += "optional ";
    if (tree.low) words += fmt::format("{}..", *tree.low);
    if (tree.high) words += fmt::format("{}", *tree.high);
    line(type_kinds[static_cast<std::size_t>(tree.kind)], tree.span, words);
    inside([&] {
      name("name", tree.name);
      for (const ast::Name& member : tree.members) name("member", member);
      for (const ast::TypeExpr& element : tree.element) type(element);
    });
  }

 private:
  Places places_;
  int depth_ = 0;
  std::string out_;
};

}  // namespace

std::string tree_dump(const ast::Expr& tree, Places places) {
  Dumper out(places);
  out.expr(tree);
  return out.take();
}

std::string tree_dump(const std::vector<ast::Argument>& tree, Places places) {
  Dumper out(places);
  out.arguments(tree);
  return out.take();
}

std::string tree_dump(const ast::Template& tree, Places places) {
  Dumper out(places);
  out.line("template", tree.span);
  out.inside([&] {
    for (const ast::TemplatePart& part : tree.parts) out.part(part);
  });
  return out.take();
}

std::string tree_dump(const ast::Phrase& tree, Places places) {
  Dumper out(places);
  out.line("phrase", tree.span);
  out.inside([&] { out.phrase(tree.parts); });
  return out.take();
}

std::string tree_dump(const ast::TypeExpr& tree, Places places) {
  Dumper out(places);
  out.type(tree);
  return out.take();
}

std::string tree_dump(const ast::Target& tree, Places places) {
  Dumper out(places);
  out.line(tree.has_arguments ? "target with arguments" : "target", tree.span);
  out.inside([&] {
    out.name("name", tree.name);
    out.arguments(tree.arguments);
  });
  return out.take();
}

std::string tree_dump(const ast::CallExpr& tree, Places places) {
  Dumper out(places);
  out.line("call", tree.span);
  out.inside([&] {
    out.name("service", tree.service);
    out.arguments(tree.arguments);
  });
  return out.take();
}

std::string tree_dump(const ast::Binding& tree, Places places) {
  Dumper out(places);
  out.line("binding", tree.span);
  out.inside([&] {
    out.name("outcome", tree.outcome);
    out.name("variable", tree.variable);
  });
  return out.take();
}

std::string tree_dump(const ast::DurationExpr& tree, Places places) {
  Dumper out(places);
  out.line("duration", tree.span, std::to_string(tree.milliseconds));
  return out.take();
}

std::string tree_dump(const ast::HoursExpr& tree, Places places) {
  Dumper out(places);
  out.line(tree.always ? "hours always" : "hours", tree.span);
  out.inside([&] {
    for (const auto& range : tree.ranges) {
      out.line("range", range.span,
               fmt::format("{:07b} {} {}", range.days, range.open_seconds, range.close_seconds));
    }
    out.name("except", tree.except);
  });
  return out.take();
}

}  // namespace alur::dsl

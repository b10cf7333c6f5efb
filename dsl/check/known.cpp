#include "dsl/check/known.hpp"

namespace alur::dsl {

using ast::Resolved;

PathTable::PathTable(std::size_t locals, std::size_t contact, std::size_t session)
    : locals_(locals), contact_(contact), variables_(locals + contact + session) {}

std::optional<std::uint32_t> PathTable::find(const Resolved& variable) const {
  switch (variable.use) {
    case Resolved::Use::local:
      // Items of `each` are always set and are not followed.
      if (variable.index >= locals_) return std::nullopt;
      return variable.index;
    case Resolved::Use::contact:
      return static_cast<std::uint32_t>(locals_ + variable.index);
    case Resolved::Use::session:
      return static_cast<std::uint32_t>(locals_ + contact_ + variable.index);
    default:
      return std::nullopt;
  }
}

std::optional<std::uint32_t> PathTable::find_field(std::uint32_t parent,
                                                   std::string_view name) const {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].parent == parent && fields_[i].name == name) {
      return static_cast<std::uint32_t>(variables_ + i);
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> PathTable::find(const ast::Expr& expr) const {
  if (const auto variable = find(expr.resolved)) return variable;
  if (expr.kind != ast::ExprKind::field) return std::nullopt;
  const auto parent = find(expr.operands.front());
  return parent ? find_field(*parent, expr.name.text) : std::nullopt;
}

void PathTable::add(const ast::Expr& expr) {
  if (expr.kind != ast::ExprKind::field || find(expr.resolved)) return;
  const ast::Expr& outer = expr.operands.front();
  add(outer);
  const auto parent = find(outer);
  if (parent && !find_field(*parent, expr.name.text)) fields_.push_back({*parent, expr.name.text});
}

bool PathTable::is_shared(std::uint32_t path) const {
  while (path >= variables_) path = fields_[path - variables_].parent;
  return path >= locals_;
}

bool PathTable::is_inside(std::uint32_t path, std::uint32_t outer) const {
  while (path >= variables_) {
    path = fields_[path - variables_].parent;
    if (path == outer) return true;
  }
  return false;
}

Facts Facts::nothing_known(const PathTable& paths) {
  Facts facts;
  facts.lacks_.resize(paths.size());
  return facts;
}

Facts Facts::unreachable(const PathTable& paths) {
  Facts facts;
  facts.lacks_.resize(paths.size(), Lack{Lack::Kind::none, {}});
  facts.reachable_ = false;
  return facts;
}

void Facts::assign(const PathTable& paths, std::uint32_t variable) {
  lose(paths, variable, {});
  learn(variable);
}

void Facts::lose(const PathTable& paths, std::uint32_t variable, Lack lack) {
  if (!reachable_) return;
  lacks_[variable] = lack;
  for (std::uint32_t path = 0; path < lacks_.size(); ++path) {
    if (paths.is_inside(path, variable)) lacks_[path] = {};
  }
}

void Facts::forget_shared(const PathTable& paths, Span where) {
  if (!reachable_) return;
  for (std::uint32_t path = 0; path < lacks_.size(); ++path) {
    if (knows(path) && paths.is_shared(path)) lacks_[path] = {Lack::Kind::forgotten, where};
  }
}

bool Facts::meet(const Facts& other, Span way, Span own_way) {
  if (!other.reachable_) return false;
  if (!reachable_) {
    *this = other;
    return true;
  }
  bool lost = false;
  for (std::size_t path = 0; path < lacks_.size(); ++path) {
    Lack& mine = lacks_[path];
    const Lack& theirs = other.lacks_[path];
    const bool known = mine.kind == Lack::Kind::none;
    if (known && theirs.kind != Lack::Kind::none) {
      mine = theirs.kind == Lack::Kind::never ? Lack{Lack::Kind::branch, way} : theirs;
      lost = true;
    } else if (mine.kind == Lack::Kind::never && theirs.kind == Lack::Kind::none) {
      mine = {Lack::Kind::branch, own_way};
    }
  }
  return lost;
}

}  // namespace alur::dsl

// Placeholders are compared by the variables and functions that they read, not by how they show
// them:
// `{n} hari` and `{n | plural(...)}` say the same. Links are compared by their host, because the
// page behind it often has a language of its own.
#include "dsl/check/wordings.hpp"

#include <algorithm>
#include <utility>

#include "dsl/ast/print.hpp"

namespace alur::dsl {
namespace {

using ast::Expr;
using ast::ExprKind;

struct Mention {
  std::string what;
  Span span;
};
using Mentions = std::vector<Mention>;

// Whether some name in it means nothing: what it mentions is then not known.
bool is_faulty(const Expr& expr) {
  using Use = ast::Resolved::Use;
  const Use use = expr.resolved.use;
  if (use == Use::hours || use == Use::contact || use == Use::session) return false;
  if (!expr.resolved.type) return true;
  return std::any_of(expr.operands.begin(), expr.operands.end(), is_faulty) ||
         std::any_of(expr.arguments.begin(), expr.arguments.end(),
                     [](const ast::Argument& argument) { return is_faulty(argument.value); });
}

bool is_faulty(const ast::Text& text) {
  for (const ast::LocalText& wording : text.languages) {
    for (const ast::TemplatePart& part : wording.text.parts) {
      if (part.expression && is_faulty(*part.expression)) return true;
    }
  }
  return false;
}

bool holds(const Mentions& mentions, const std::string& what) {
  return std::any_of(mentions.begin(), mentions.end(),
                     [&what](const Mention& each) { return each.what == what; });
}

void add(Mentions& mentions, std::string what, Span span) {
  if (!holds(mentions, what)) mentions.push_back({std::move(what), span});
}

void collect_reads(const Expr& expr, Mentions& reads) {
  if (expr.kind == ExprKind::name || expr.kind == ExprKind::field) {
    add(reads, ast::to_text(expr), expr.span);
    return;
  }
  if (expr.kind == ExprKind::call && expr.arguments.empty()) {
    add(reads, ast::to_text(expr), expr.span);
  }
  for (const Expr& operand : expr.operands) collect_reads(operand, reads);
  for (const ast::Argument& argument : expr.arguments) collect_reads(argument.value, reads);
}

Mentions reads_of(const ast::Template& words) {
  Mentions reads;
  for (const ast::TemplatePart& part : words.parts) {
    if (part.expression) collect_reads(*part.expression, reads);
  }
  return reads;
}

// `https://www.ojk.go.id/x` -> `ojk.go.id`; nothing in a host is made of data, or there is none.
std::string host_of(std::string_view link) {
  link.remove_prefix(link.find("//") + 2);
  std::string host(link.substr(0, link.find_first_of("/?# \t\n\r<>()[]{}\"'*,;")));
  while (host.ends_with('.')) host.pop_back();
  if (host.starts_with("www.")) host.erase(0, 4);
  return host;
}

Mentions links_of(const ast::Template& words) {
  Mentions links;
  for (const ast::TemplatePart& part : words.parts) {
    const std::string_view text = part.literal;
    for (std::size_t at = text.find("http"); at != std::string_view::npos;
         at = text.find("http", at + 1)) {
      const std::string_view link = text.substr(at);
      if (!link.starts_with("http://") && !link.starts_with("https://")) continue;
      std::string host = host_of(link);
      if (!host.empty()) add(links, std::move(host), words.span);
    }
  }
  return links;
}

using Collect = Mentions (*)(const ast::Template& words);

// What any wording mentions and another does not, told once for each thing.
void compare(Scope& scope, const ast::Text& text, Collect collect, Code code,
             std::string_view before, std::string_view after) {
  std::vector<Mentions> all;
  for (const ast::LocalText& wording : text.languages) all.push_back(collect(wording.text));
  Mentions told;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const Mention& mention : all[i]) {
      if (holds(told, mention.what)) continue;
      std::vector<std::string_view> missing;
      for (std::size_t other = 0; other < all.size(); ++other) {
        if (!holds(all[other], mention.what)) {
          missing.push_back(text.languages[other].language.text);
        }
      }
      if (missing.empty()) continue;
      told.push_back(mention);
      scope.findings.add(code, mention.span,
                         std::string(before) + mention.what + std::string(after) + " in " +
                             quoted_name(text.languages[i].language.text) + ", and not in " +
                             listed(missing));
    }
  }
}

}  // namespace

void compare_wordings(Scope& scope, const ast::Text& text) {
  if (text.broken || text.languages.size() < 2) return;
  if (!is_faulty(text)) {
    compare(scope, text, reads_of, Code::different_placeholders, "`{", "}` stands");
  }
  compare(scope, text, links_of, Code::different_links, "a link to `", "` stands");
}

}  // namespace alur::dsl

// Placeholders are compared by the variables and functions that they read, not by how these are
// shown: `{n} hari` and `{n | plural(...)}` say the same. Links are compared by their host, because
// the page behind it often has a language of its own; an address without `http` is a link too.
// Numbers are compared by their figures, from three on: telephone numbers, amounts and years, which
// are written alike everywhere but for the signs between them.
#include "dsl/check/wordings.hpp"

#include <algorithm>
#include <array>
#include <cctype>
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

bool is_host_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

// `kontak157.ojk.go.id`: in small letters, and ending like an address.
bool is_bare_address(std::string_view word) {
  constexpr std::array<std::string_view, 6> ends{".id", ".com", ".org", ".net", ".info", ".int"};
  return word.front() != '.' && std::any_of(ends.begin(), ends.end(), [&](std::string_view end) {
           return word.ends_with(end) && word != end;
         });
}

void add_bare_addresses(std::string_view text, Span span, Mentions& links) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_host_letter(text[end])) ++end;
    std::string_view word = text.substr(at, end - at);
    while (word.ends_with('.')) word.remove_suffix(1);
    // Of a link, which is looked at as one, or of an e-mail address: examples have their own.
    const bool within_link = at >= 1 && (text[at - 1] == '/' || text[at - 1] == '@');
    if (!word.empty() && !within_link && is_bare_address(word)) {
      if (word.starts_with("www.")) word.remove_prefix(4);
      add(links, std::string(word), span);
    }
    at = std::max(end, at) + 1;
  }
}

// A point or comma before exactly three figures, as in 1.500.000; not the one of 08.00.
bool is_group_mark(std::string_view text, std::size_t at) {
  constexpr std::size_t group = 3;
  if (at >= text.size() || (text[at] != '.' && text[at] != ',')) return false;
  const std::size_t from = at + 1;
  std::size_t figures = 0;
  while (from + figures < text.size() && text[from + figures] >= '0' &&
         text[from + figures] <= '9') {
    ++figures;
  }
  return figures == group;
}

// The figures of every number with at least three, in order of their coming.
Mentions numbers_of(const ast::Template& words) {
  constexpr std::size_t figures_min = 3;
  Mentions numbers;
  for (const ast::TemplatePart& part : words.parts) {
    const std::string& text = part.literal;
    for (std::size_t at = 0; at < text.size();) {
      std::string figures;
      std::size_t end = at;
      while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0) {
        figures += text[end++];
        if (is_group_mark(text, end)) ++end;
      }
      if (figures.size() >= figures_min) add(numbers, figures, words.span);
      at = std::max(end, at) + 1;
    }
  }
  return numbers;
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
    add_bare_addresses(text, words.span, links);
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

// Words that carry a meaning: how many, and whether some begins with a small letter. Without one it
// is most likely a name.
struct WordCount {
  std::size_t words = 0;
  bool has_small = false;
};
WordCount count_words(std::string_view text) {
  WordCount count;
  bool inside = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = std::isalpha(byte) != 0 || byte >= 0x80;
    if (letter && !inside) {
      ++count.words;
      count.has_small |= c >= 'a' && c <= 'z';
    }
    inside = letter || (inside && (c == '\'' || c == '-' || std::isdigit(byte) != 0));
  }
  return count;
}

std::string literal_words(const ast::Template& words) {
  std::string literal;
  for (const ast::TemplatePart& part : words.parts) {
    literal += part.expression ? std::string_view("{}") : std::string_view(part.literal);
  }
  return literal;
}

// The same words in two languages: most likely copied, and not yet translated.
void compare_untranslated(Scope& scope, const ast::Text& text, TextUse use) {
  const bool is_label = use != TextUse::words && use != TextUse::hint;
  const std::size_t enough = is_label ? 3 : 2;
  for (std::size_t i = 1; i < text.languages.size(); ++i) {
    const ast::LocalText& later = text.languages[i];
    const std::string words = literal_words(later.text);
    const WordCount count = count_words(words);
    if (count.words < enough || !count.has_small) continue;
    const auto same = std::find_if(
        text.languages.begin(), text.languages.begin() + static_cast<std::ptrdiff_t>(i),
        [&](const ast::LocalText& other) { return literal_words(other.text) == words; });
    if (same == text.languages.begin() + static_cast<std::ptrdiff_t>(i)) continue;
    scope.findings.add(Code::untranslated, later.text.span,
                       "this says the same in " + quoted_name(later.language.text) + " as in " +
                           quoted_name(same->language.text),
                       "translate it");
    return;
  }
}

}  // namespace

void compare_wordings(Scope& scope, const ast::Text& text, TextUse use) {
  if (text.broken || text.languages.size() < 2) return;
  if (!is_faulty(text)) {
    compare(scope, text, reads_of, Code::different_placeholders, "`{", "}` stands");
  }
  compare(scope, text, links_of, Code::different_links, "a link to `", "` stands");
  compare(scope, text, numbers_of, Code::different_numbers, "the number `", "` stands");
  compare_untranslated(scope, text, use);
}

}  // namespace alur::dsl

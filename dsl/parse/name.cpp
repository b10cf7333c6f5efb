#include "dsl/parse/name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "dsl/ast/words.hpp"
#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {
namespace {

// Beside the keywords of expressions: what stands where names stand and means something already.
constexpr std::array<std::string_view, 5> own_words{"next", "contact", "session", "language",
                                                    "channel"};

bool is_small(char letter) {
  return is_letter(letter) && !is_capital(letter);
}
bool is_name_letter(char letter) {
  return is_name_character(letter) && !is_capital(letter);
}

bool allows_dot(NameUse use) {
  return use == NameUse::dotted || use == NameUse::service;
}

bool is_reserved(std::string_view name, NameUse use) {
  if (use == NameUse::used || use == NameUse::label || use == NameUse::dotted) return false;
  if (use == NameUse::record &&
      (ast::find_type(name) || name == "one" || name == "list" || name == "private")) {
    return true;
  }
  return ast::is_keyword(name) ||
         std::find(own_words.begin(), own_words.end(), name) != own_words.end();
}

bool is_well_written(std::string_view text, NameUse use) {
  const std::size_t dot = text.find('.');
  if (!allows_dot(use) || dot == std::string_view::npos) return is_name(text);
  return is_name(text.substr(0, dot)) && is_name(text.substr(dot + 1));
}

std::string to_meant(std::string_view text, NameUse use) {
  const std::size_t dot = text.find('.');
  if (!allows_dot(use) || dot == std::string_view::npos) return to_name(text);
  const std::string name = to_name(text.substr(0, dot)) + '.' + to_name(text.substr(dot + 1));
  return is_well_written(name, use) ? name : std::string();
}

// What is wrong with it, and how it was meant.
struct Fault {
  std::string message;
  std::string meant;
};

Fault find_fault(std::string_view text, NameUse use) {
  if (text.empty()) return {"a name is missing here", {}};
  if (std::all_of(text.begin(), text.end(), is_name_letter) && is_small(text.front())) {
    return {fmt::format("a name of {} characters, and at most {} are possible", text.size(),
                        name_bytes_max),
            {}};
  }
  return {quoted(text) + " is not a name: small letters, digits and `_`, a letter first",
          to_meant(text, use)};
}

void report_bad_name(Pass& pass, ast::Name& name, NameUse use) {
  Fault fault = find_fault(name.text, use);
  if (is_reserved(fault.meant, use)) fault.meant.clear();
  report_with_fix(pass, Code::bad_name, name.span, std::move(fault.message), fault.meant);
  name.text = std::move(fault.meant);
}

void report_repeated(Pass& pass, const ast::Name& name, Span first) {
  pass.findings.add(Code::repeated_item, name.span,
                    fmt::format("`{}` stands in this list already", name.text), "take one away",
                    {{first, "here is the first"}});
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= name_bytes_max && is_small(text.front()) &&
         std::all_of(text.begin(), text.end(), is_name_letter);
}

std::string to_name(std::string_view text) {
  std::string name;
  for (const char letter : text) {
    if (is_name_character(letter)) {
      if (!name.empty() || is_letter(letter)) name += to_small(letter);
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  name.resize(std::min(name.size(), name_bytes_max));
  while (name.ends_with('_')) name.pop_back();
  return name;
}

void check_name(Pass& pass, ast::Name& name, NameUse use) {
  if (!is_well_written(name.text, use)) {
    report_bad_name(pass, name, use);
  } else if (is_reserved(name.text, use)) {
    pass.findings.add(Code::reserved_name, name.span,
                      fmt::format("`{}` is a word of the language and cannot be a name", name.text),
                      "choose another name");
  }
}

ast::Name name_in(Pass& pass, const Node& node, std::string_view slice, NameUse use) {
  const auto begin = static_cast<std::size_t>(slice.data() - node.text().data());
  ast::Name name{std::string(slice), node.source_span(begin, begin + slice.size())};
  check_name(pass, name, use);
  return name;
}

ast::Name name_of(Pass& pass, const Node& scalar, NameUse use) {
  return name_in(pass, scalar, scalar.text(), use);
}

ast::Name name_at(Pass& pass, const Place& place, NameUse use) {
  if (!want_text(pass, place)) return {{}, place.span()};
  return name_of(pass, place.node, use);
}

ast::Name used_name_at(Pass& pass, const Place& place) {
  return name_at(pass, place, NameUse::used);
}

ast::Name dotted_name_at(Pass& pass, const Place& place) {
  return name_at(pass, place, NameUse::dotted);
}

ast::Name declared_name_at(Pass& pass, const Place& place) {
  return name_at(pass, place, NameUse::declared);
}

bool each_name(Pass& pass, const Place& place, std::vector<ast::Name>& names,
               ast::Name (*read)(Pass&, const Place&)) {
  bool complete = place.node.is_list();
  std::map<std::string, Span> first;
  for (const Node& item : items_of(pass, place, NodeKind::scalar)) {
    const std::size_t told = pass.findings.size();
    ast::Name name = read(pass, place.item_at(item));
    complete &= !name.empty();
    if (name.empty()) continue;
    const auto [same, is_new] = first.emplace(name.text, name.span);
    if (is_new) {
      names.push_back(std::move(name));
    } else if (pass.findings.size() == told) {
      report_repeated(pass, name, same->second);
      complete = false;
    }
  }
  return complete && !names.empty();
}

bool names_at(Pass& pass, const Place& place, std::vector<ast::Name>& names) {
  return each_name(pass, place, names, used_name_at);
}

}  // namespace alur::dsl

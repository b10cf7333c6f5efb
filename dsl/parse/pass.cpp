#include "dsl/parse/pass.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dsl/grammar/letters.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {
namespace {

std::string_view describe(const Node& node) {
  switch (node.kind()) {
    case NodeKind::null:
      return "nothing";
    case NodeKind::scalar:
      return "one text";
    case NodeKind::list:
      return "a list";
    case NodeKind::map:
      return "`key: value` lines";
  }
  return "";
}

bool is_all_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char each) { return is_blank(each); });
}

void report_empty(Pass& pass, const Place& place) {
  // `~` and `null` are words in the file, and nothing to YAML.
  if (place.node.is_null() && !place.node.span().empty()) {
    pass.findings.add(Code::empty_value, place.node.span(),
                      fmt::format("{} has a word here that means nothing", place.words()),
                      "as a text it stands in quotes");
    return;
  }
  if (place.node.is_null() && !place.item) {
    pass.findings.add(Code::empty_value, place.key,
                      fmt::format("{} has nothing after it", place.words()));
    return;
  }
  pass.findings.add(Code::empty_value, place.node.span(),
                    fmt::format("{} is empty", place.words()));
}

void report_kind(Pass& pass, Code code, const Place& place, std::string_view wanted,
                 std::string suggestion) {
  pass.findings.add(
      code, place.node.span(),
      fmt::format("{} takes {}, and here is {}", place.words(), wanted, describe(place.node)),
      std::move(suggestion));
}

}  // namespace

Finding finding_of(Code code, Span span, std::string message) {
  Finding finding;
  finding.code = code;
  finding.span = span;
  finding.message = std::move(message);
  return finding;
}

void report_with_fix(Pass& pass, Code code, Span span, std::string message, std::string instead) {
  Finding finding = finding_of(code, span, std::move(message));
  if (!instead.empty()) {
    finding.suggestion = fmt::format("write `{}`", instead);
    finding.fix = Fix{span, std::move(instead)};
  }
  pass.findings.add(std::move(finding));
}

std::string Place::words() const {
  return item ? "an entry of " + quoted(name) : quoted(name);
}

Span Place::span() const {
  return node.is_scalar() && !item ? cover(key, node.span()) : key;
}

bool want_value(Pass& pass, const Place& place) {
  if (!place.node.is_null()) return true;
  report_empty(pass, place);
  return false;
}

bool want_text(Pass& pass, const Place& place) {
  if (!want_value(pass, place)) return false;
  if (!place.node.is_scalar()) {
    report_kind(pass, Code::expected_text, place, "one text", {});
    return false;
  }
  if (!is_all_blank(place.node.text())) return true;
  report_empty(pass, place);
  return false;
}

bool want_list(Pass& pass, const Place& place, std::string_view first_key) {
  if (!want_value(pass, place)) return false;
  if (!place.node.is_list()) {
    report_kind(pass, Code::expected_list, place, "a list",
                first_key.empty() ? "each entry begins with `- `"
                                  : fmt::format("each entry begins with `- {}:`", first_key));
    return false;
  }
  if (!place.node.items().empty()) return true;
  pass.findings.add(Code::empty_list, place.node.span(),
                    fmt::format("{} has no entries", place.words()));
  return false;
}

bool want_map(Pass& pass, const Place& place, std::string_view first_key) {
  if (!want_value(pass, place)) return false;
  if (!place.node.is_map()) {
    report_kind(pass, Code::expected_map, place, "`key: value` lines",
                first_key.empty() ? "" : fmt::format("begin with `{}:`", first_key));
    return false;
  }
  if (!place.node.entries().empty()) return true;
  pass.findings.add(Code::empty_list, place.node.span(),
                    fmt::format("{} has nothing in it", place.words()));
  return false;
}

void want_root(Pass& pass, const Node& root, std::string_view file, std::string_view first_key) {
  const bool told =
      std::any_of(pass.findings.begin(), pass.findings.end(),
                  [&](const Finding& finding) { return finding.span.file == root.span().file; });
  if (!root.is_null() || !told) want_map(pass, {file, root.span(), root}, first_key);
}

std::span<const Node> items_of(Pass& pass, const Place& place, NodeKind item_kind,
                               std::string_view first_key) {
  if (want_list(pass, place, first_key)) return place.node.items();
  if (place.node.kind() == item_kind && !place.node.is_null()) return {&place.node, 1};
  return {};
}

std::span<const Entry> entries_of(Pass& pass, const Place& place, std::string_view first_key) {
  if (want_map(pass, place, first_key)) return place.node.entries();
  return {};
}

}  // namespace alur::dsl

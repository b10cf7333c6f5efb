#include "dsl/parse/parse_steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "dsl/finding/near_miss.hpp"
#include "dsl/grammar/reading.hpp"
#include "dsl/parse/placement.hpp"
#include "dsl/parse/verbs.hpp"

namespace alur::dsl {
namespace {

using Entries = std::span<const Entry>;

// A verb and where it stands among the entries of its step.
struct Found {
  const VerbRow* row;
  const Entry* entry;
};

void read_step(Pass& pass, const Found& verb, Entries entries, std::vector<ast::Step>& steps) {
  const Span key = verb.entry->key.span();
  const StepMap step{{verb.row->key, key, verb.entry->value},
                     {verb.row->what, entries, key, verb.entry}};
  steps.push_back({verb.row->parse(pass, step), key});
}

// Beside `if` stands a `goto` that is no verb.
std::vector<Found> find_verbs(Entries entries) {
  const bool decides = std::any_of(entries.begin(), entries.end(),
                                   [](const Entry& entry) { return entry.key.text() == "if"; });
  std::vector<Found> verbs;
  for (const Entry& entry : entries) {
    const VerbRow* row = find_verb(entry.key.text());
    if (row != nullptr && !(decides && row->key == "goto")) verbs.push_back({row, &entry});
  }
  return verbs;
}

std::optional<Found> find_misspelt_verb(Pass& pass, Entries entries) {
  for (const Entry& entry : entries) {
    const std::string_view key = entry.key.text();
    if (!find_placement(key).empty()) continue;
    const std::optional<std::string_view> meant = near_miss(key, verb_keys());
    if (!meant) continue;
    Finding finding =
        finding_of(Code::unknown_key, entry.key.span(), "there is no verb " + quoted(key));
    suggest(finding, key, verb_keys());
    pass.findings.add(std::move(finding));
    return Found{find_verb(*meant), &entry};
  }
  return std::nullopt;
}

void report_no_verb(Pass& pass, const Entry& first) {
  const std::string_view key = first.key.text();
  std::string suggestion = "it needs a verb such as `say`, `ask`, `set` or `goto`";
  if (!find_placement(key).empty()) {
    suggestion = fmt::format("`{}` stands {}", key, find_placement(key));
  } else if (is_language(key)) {
    suggestion = fmt::format("`{}` is a language: it stands below `say:` or another text", key);
  }
  pass.findings.add(Code::no_verb, first.key.span(), "this step does not say what to do",
                    std::move(suggestion));
}

// The verb that this companion stands beside: the nearest before it that takes it, else any.
std::size_t find_owner(const std::vector<Found>& verbs, const Entry& companion) {
  std::size_t before = 0;
  while (before + 1 < verbs.size() && verbs[before + 1].entry < &companion) ++before;
  const auto takes = [&](std::size_t i) { return verbs[i].row->takes(companion.key.text()); };
  for (std::size_t i = before + 1; i-- > 0;) {
    if (takes(i)) return i;
  }
  for (std::size_t i = before + 1; i < verbs.size(); ++i) {
    if (takes(i)) return i;
  }
  return before;
}

// Several verbs behind one `-`: each is read as the step that it should be.
void read_several(Pass& pass, const std::vector<Found>& verbs, Entries entries,
                  std::vector<ast::Step>& steps) {
  std::vector<std::vector<Entry>> groups(verbs.size());
  for (std::size_t i = 0; i < verbs.size(); ++i) groups[i].push_back(*verbs[i].entry);
  for (const Entry& entry : entries) {
    const bool is_verb = std::any_of(verbs.begin(), verbs.end(),
                                     [&](const Found& verb) { return verb.entry == &entry; });
    if (!is_verb) groups[find_owner(verbs, entry)].push_back(entry);
  }
  for (std::size_t i = 0; i < verbs.size(); ++i) {
    if (i > 0) {
      pass.findings.add(
          Code::several_verbs, verbs[i].entry->key.span(),
          fmt::format("`{}` is a step of its own", verbs[i].row->key), "begin it with `- `",
          {{verbs[0].entry->key.span(), fmt::format("this is {}", verbs[0].row->what)}});
    }
    read_step(pass, {verbs[i].row, groups[i].data()}, groups[i], steps);
  }
}

// `- goto lookup`, `- stop`: a verb without its colon.
void report_not_step(Pass& pass, const Place& place) {
  const std::string_view text = place.node.text();
  const std::size_t blank = std::min(text.find(' '), text.size());
  const VerbRow* row = find_verb(text.substr(0, blank));
  if (row == nullptr) {
    want_map(pass, place, "say");
    return;
  }
  const std::string_view rest = blank < text.size() ? text.substr(blank + 1) : "";
  const std::string_view value = rest.empty() && row->key == "stop" ? "true" : rest;
  pass.findings.add(Code::missing_colon, place.node.text_span(),
                    fmt::format("no `:` after the verb `{}`", row->key),
                    fmt::format("write {}", quoted(fmt::format("{}: {}", row->key, value))));
}

bool step_at(Pass& pass, const Place& place, std::vector<ast::Step>& steps) {
  if (place.node.is_scalar()) {
    report_not_step(pass, place);
    return false;
  }
  if (!want_map(pass, place, "say")) return false;
  const Entries entries = place.node.entries();
  const std::vector<Found> verbs = find_verbs(entries);
  if (verbs.size() > 1) {
    read_several(pass, verbs, entries, steps);
  } else if (verbs.size() == 1) {
    read_step(pass, verbs.front(), entries, steps);
  } else if (const std::optional<Found> meant = find_misspelt_verb(pass, entries)) {
    read_step(pass, *meant, entries, steps);
  } else {
    report_no_verb(pass, entries.front());
    return false;
  }
  return true;
}

}  // namespace

bool steps_at(Pass& pass, const Place& place, std::vector<ast::Step>& steps) {
  bool complete = place.node.is_list() || place.node.is_map();
  const std::span<const Node> items = items_of(pass, place, NodeKind::map);
  steps.reserve(items.size());
  for (const Node& item : items) complete &= step_at(pass, place.item_at(item), steps);
  return complete && !items.empty();
}

}  // namespace alur::dsl

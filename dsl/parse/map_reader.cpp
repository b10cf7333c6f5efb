#include "dsl/parse/map_reader.hpp"

#include <fmt/format.h>

#include <string>

#include "dsl/finding/near_miss.hpp"
#include "dsl/grammar/reading.hpp"
#include "dsl/parse/placement.hpp"
#include "dsl/parse/verbs.hpp"

namespace alur::dsl {
namespace {

// More than so many are not named in a sentence.
constexpr std::size_t listed_max = 8;

std::string list_free(const KeyNames& keys) {
  if (keys.empty()) return "nothing else can stand here";
  if (keys.size() > listed_max) return {};
  std::string out = "it may have ";
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i > 0) out += i + 1 == keys.size() ? " and " : ", ";
    out += fmt::format("`{}`", keys[i]);
  }
  return out;
}

Finding unknown_key(const Map& map, const Entry& entry) {
  return finding_of(Code::unknown_key, entry.key.span(),
                    fmt::format("{} has no key {}", map.what, quoted(entry.key.text())));
}

// A key of the language, wherever it belongs.
bool is_key(std::string_view key) {
  return !find_placement(key).empty() || find_verb(key) != nullptr;
}

}  // namespace

Map map_of(std::string_view what, std::span<const Entry> entries) {
  return {what, entries, entries.empty() ? Span{} : entries.front().key.span(), nullptr};
}

bool report_misplaced(Pass& pass, std::string_view what, const Entry& entry) {
  const std::string_view key = entry.key.text();
  if (!is_key(key)) return false;
  const std::string_view where = find_placement(key);
  pass.findings.add(Code::misplaced_key, entry.key.span(),
                    fmt::format("`{}` does not belong in {}", key, what),
                    where.empty() ? fmt::format("it is a step of its own: `- {}: ...`", key)
                                  : fmt::format("it stands {}", where));
  return true;
}

std::string_view tell_misspelt(Pass& pass, const Map& map, const Entry& entry,
                               const KeyLists& keys) {
  const std::string_view key = entry.key.text();
  if (is_key(key)) return {};
  // What is needed was rather meant than what may be.
  const KeyNames& near = near_miss(key, keys.missing) ? keys.missing : keys.free;
  const std::optional<std::string_view> meant = near_miss(key, near);
  if (!meant) return {};
  Finding finding = unknown_key(map, entry);
  suggest(finding, key, near);
  pass.findings.add(std::move(finding));
  return *meant;
}

void report_lost(Pass& pass, const Map& map, const std::vector<const Entry*>& lost,
                 const KeyLists& keys) {
  bool told_missing = false;
  for (const Entry* entry : lost) {
    if (report_misplaced(pass, map.what, *entry)) continue;
    Finding finding = unknown_key(map, *entry);
    const auto taken = near_miss(entry->key.text(), keys.taken);
    if (taken) {
      finding.suggestion = fmt::format("`{}` is here already", *taken);
    } else if (keys.missing.size() == 1 && !told_missing) {
      finding.suggestion =
          fmt::format("`{}` is still missing: did you mean that?", keys.missing.front());
      told_missing = true;
    } else {
      finding.suggestion = list_free(keys.free);
    }
    pass.findings.add(std::move(finding));
  }
  if (!told_missing) report_missing(pass, map, keys.missing);
}

void report_missing(Pass& pass, const Map& map, const KeyNames& missing) {
  if (!pass.whole) return;
  for (const std::string_view key : missing) {
    pass.findings.add(Code::missing_key, map.span, fmt::format("{} needs `{}`", map.what, key),
                      fmt::format("add `{}:`", key));
  }
}

}  // namespace alur::dsl

#include "tools/registry/import_plan.hpp"

#include <fmt/format.h>

#include "adapters/registry/exact_form.hpp"
#include "adapters/registry/hashed_ids.hpp"
#include "adapters/registry/identifiers.hpp"
#include "adapters/registry/search_form.hpp"
#include "engine/value/text.hpp"

namespace alur::tools {

using registry::Column;
using registry::ListKind;
using registry::RecordTable;
using registry::Row;

namespace {

constexpr std::size_t name_units_max = 200;
constexpr std::size_t key_bytes_max = 40;
constexpr std::size_t telling_letters_min = 3;

bool is_key(std::string_view key) {
  return !key.empty() && key.size() <= key_bytes_max &&
         key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-.") == std::string_view::npos;
}

// A key out of a name: its letters and digits, small, words parted by `_`.
std::string key_of(std::string_view name) {
  std::string key;
  for (const char c : name) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      key += capital ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!key.empty() && key.back() != '_') {
      key += '_';
    }
  }
  if (key.size() > key_bytes_max - 8) key.resize(key_bytes_max - 8);
  while (key.ends_with('_')) key.pop_back();
  return key.empty() ? "name" : key;
}

bool has_odd_letters(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || static_cast<unsigned char>(c) < 0x20;
  });
}

constexpr Column dates[] = {Column::licensed_on, Column::changed_on, Column::listed_on};

}  // namespace

ImportPlanner::ImportPlanner(ListKind kind, const RecordTable& current, const RecordTable& other)
    : kind_(kind), current_(current), seen_(current.size()) {
  for (Row row = 0; row < current.size(); ++row) {
    current_keys_.emplace(current.cell(row, Column::key), row);
  }
  for (Row row = 0; row < other.size(); ++row) {
    other.for_each_name(row, [&](std::string_view name, registry::NameRole) {
      other_names_.emplace(registry::hash_of(registry::exact_form(name)), true);
    });
  }
}

void ImportPlanner::remark(std::vector<RowRemark>& remarks, std::uint32_t line, std::string what) {
  if (remarks.size() < ImportPlan::remarks_max) remarks.push_back({line, std::move(what)});
}

std::string ImportPlanner::fault_of(SourceRow& row) {
  if (!row.fault.empty()) return row.fault;
  const std::string& name = row.at(Column::name);
  for (const std::string& cell : row.cells) {
    if (!value::is_ascii(cell) && !value::is_valid_utf8(cell)) return "it is not UTF-8";
  }
  if (name.empty()) return "it has no name";
  if (value::utf16_length(name) > name_units_max) return "its name is longer than 200 letters";
  registry::make_exact_form(name, form_);
  if (form_.empty()) return fmt::format("\"{}\" is no name", name);
  if (!registry::parse_standing(row.at(Column::standing))) {
    return fmt::format("\"{}\" is no standing", row.at(Column::standing));
  }
  for (const Column date : dates) {
    if (!row.at(date).empty() && !value::parse_date(row.at(date))) {
      return fmt::format("{} is \"{}\"; a date such as 2026-01-31 is wanted", to_text(date),
                         row.at(date));
    }
  }
  const std::string& key = row.at(Column::key);
  if (key.empty()) return {};
  if (!is_key(key)) return fmt::format("\"{}\" is no key: small letters, digits, _ - .", key);
  const auto twin = keys_.find(key);
  if (twin != keys_.end()) {
    return fmt::format("its key {} is also on line {}", key, twin->second);
  }
  return {};
}

void ImportPlanner::settle_key(SourceRow& row) {
  std::string& key = row.at(Column::key);
  if (key.empty()) {
    const std::string base = key_of(row.at(Column::name));
    key = base;
    for (int i = 2; keys_.contains(key); ++i) key = fmt::format("{}_{}", base, i);
  }
  keys_.emplace(key, row.line);
}

bool ImportPlanner::may_mean_many(std::string_view alias) const {
  const std::string words = registry::search_form(alias);
  bool common = true;
  registry::for_each_word(words, [&](std::string_view word) {
    common = common && (vocabulary_.is_generic(word) || vocabulary_.is_filler(word));
  });
  return common || registry::joined(words).size() < telling_letters_min;
}

// A brand or alias is answered for like the name.
void ImportPlanner::suspect_promise(std::string_view alias,
                                    const std::function<void(std::string)>& suspect) {
  if (other_names_.contains(registry::hash_of(registry::exact_form(alias)))) {
    suspect(fmt::format("\"{}\" is also on the other list: it will be answered \"both\"", alias));
  } else if (kind_ == ListKind::licensed && may_mean_many(alias)) {
    suspect(fmt::format("\"{}\" may mean many: whoever types it is answered for this one", alias));
  }
}

void ImportPlanner::find_suspicions(const SourceRow& row) {
  const auto cell = [&](Column column) -> const std::string& {
    return row.cells[static_cast<std::size_t>(column)];
  };
  const auto suspect = [&](std::string what) {
    ++plan_.suspicious;
    remark(plan_.suspicions, row.line, std::move(what));
  };
  const std::string& name = cell(Column::name);
  const std::uint64_t hash = registry::hash_of(form_);
  const auto [twin, is_new] = names_.emplace(hash, row.line);
  if (!is_new) suspect(fmt::format("\"{}\" is also the name on line {}", name, twin->second));
  if (other_names_.contains(hash)) {
    suspect(fmt::format("\"{}\" is also on the other list: it will be answered \"both\"", name));
  }
  for (const Column column : {Column::brands, Column::aliases}) {
    registry::for_each_part(cell(column),
                            [&](std::string_view other) { suspect_promise(other, suspect); });
  }
  if (has_odd_letters(name)) suspect(fmt::format("\"{}\" has letters beyond a to z", name));
  registry::for_each_part(cell(Column::links), [&](std::string_view link) {
    const registry::Identifiers found = registry::find_identifiers(link);
    if (found.links.empty() && found.apps.empty()) {
      suspect(fmt::format("\"{}\" is no address", link));
    } else if (!found.links.empty() && found.links.front().path.empty() &&
               registry::is_shared_host(found.links.front().host)) {
      suspect(fmt::format("\"{}\" is everybody's address: it does not count", link));
    }
  });
}

void ImportPlanner::compare(const SourceRow& row, const registry::Cells& cells) {
  const std::string_view key = cells[static_cast<std::size_t>(Column::key)];
  const std::string_view name = cells[static_cast<std::size_t>(Column::name)];
  const auto known = current_keys_.find(std::string(key));
  if (known == current_keys_.end()) {
    ++plan_.fresh;
    if (!current_keys_.empty()) remark(plan_.changes, row.line, fmt::format("new: {}", name));
    return;
  }
  seen_[known->second] = true;
  const registry::Cells before = current_.cells(known->second);
  if (before == cells) {
    ++plan_.same;
    return;
  }
  ++plan_.changed;
  std::string what;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (before[i] == cells[i]) continue;
    what += fmt::format("{}{}: \"{}\" was \"{}\"", what.empty() ? "" : ", ",
                        to_text(static_cast<Column>(i)), cells[i], before[i]);
  }
  remark(plan_.changes, row.line, fmt::format("changed: {}: {}", name, what));
}

void ImportPlanner::take(SourceRow& row) {
  ++plan_.rows;
  if (std::string fault = fault_of(row); !fault.empty()) {
    ++plan_.rejected;
    remark(plan_.rejections, row.line, std::move(fault));
    return;
  }
  settle_key(row);
  find_suspicions(row);
  registry::Cells cells;
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = row.cells[i];
  plan_.table.add(cells);
  compare(row, plan_.table.cells(static_cast<Row>(plan_.table.size() - 1)));
}

ImportPlan ImportPlanner::finish() {
  for (Row row = 0; row < current_.size(); ++row) {
    if (seen_[row]) continue;
    ++plan_.gone;
    remark(plan_.changes, 0, fmt::format("gone: {}", current_.cell(row, Column::name)));
  }
  const auto before = static_cast<double>(current_.size());
  if (plan_.table.size() == 0) {
    plan_.refusal = "no row of it is good";
  } else if (static_cast<double>(plan_.gone) > gone_share_max * before) {
    plan_.refusal = fmt::format("{} of {} rows would be gone", plan_.gone, current_.size());
  }
  return std::move(plan_);
}

std::string to_text(const ImportPlan& plan, ListKind kind) {
  std::string out = fmt::format(
      "{} rows for the {} list: {} new, {} changed, {} the same, {} gone, {} suspicious, {} "
      "rejected\n",
      plan.rows, to_text(kind), plan.fresh, plan.changed, plan.same, plan.gone, plan.suspicious,
      plan.rejected);
  const auto tell = [&](std::string_view title, const std::vector<RowRemark>& remarks,
                        std::uint64_t all) {
    if (remarks.empty()) return;
    out += fmt::format("{}:\n", title);
    for (const RowRemark& remark : remarks) {
      out += remark.line > 0 ? fmt::format("  line {}: {}\n", remark.line, remark.what)
                             : fmt::format("  {}\n", remark.what);
    }
    if (all > remarks.size()) out += fmt::format("  and {} more\n", all - remarks.size());
  };
  tell("rejected", plan.rejections, plan.rejected);
  tell("suspicious", plan.suspicions, plan.suspicious);
  tell("changes", plan.changes, plan.changes.empty() ? 0 : plan.fresh + plan.changed + plan.gone);
  return out;
}

}  // namespace alur::tools

#include "tools/registry/import_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "adapters/registry/fetch_list.hpp"

namespace alur::tools {

using registry::ListKind;
using registry::ListVersion;
using registry::Manifest;
using registry::RecordTable;

namespace {

std::optional<RecordTable> read_version(const std::string& folder, ListKind kind,
                                        const std::optional<ListVersion>& version,
                                        std::string& error) {
  if (!version) return RecordTable();
  const std::string path = folder + "/" + version->file;
  const auto text = registry::read_whole(path);
  if (!text) {
    error = path + ": it cannot be read";
    return std::nullopt;
  }
  std::size_t faults = 0;
  return registry::parse_list(kind, *text, faults);
}

// An older list over a newer one is more often a mistake than meant: `rollback` goes back.
std::string refusal_by_age(const registry::ListHistory& history, const ImportOptions& options) {
  if (!history.current || options.as_of.days >= history.current->head.as_of.days) return {};
  return fmt::format("it is of {}, and the list that is there of {}",
                     value::to_string(options.as_of),
                     value::to_string(history.current->head.as_of));
}

std::optional<ColumnMap> read_map(const ImportOptions& options, std::string& error) {
  if (options.columns.empty()) return ColumnMap(options.kind);
  auto yaml = registry::read_whole(options.columns);
  if (!yaml) {
    error = options.columns + ": it cannot be read";
    return std::nullopt;
  }
  return ColumnMap::parse(options.kind, options.columns, std::move(*yaml), error);
}

// Files of versions that neither are current nor can be gone back to.
void remove_old(const std::string& folder, ListKind kind, const registry::ListHistory& history) {
  const std::string prefix = std::string(to_text(kind)) + "-";
  std::error_code code;
  for (const auto& entry : std::filesystem::directory_iterator(folder, code)) {
    const std::string name = entry.path().filename().string();
    const bool kept = (history.current && history.current->file == name) ||
                      (history.previous && history.previous->file == name);
    if (!kept && name.starts_with(prefix) && name.ends_with(".csv")) {
      std::filesystem::remove(entry.path(), code);
    }
  }
}

std::uint32_t version_of(const registry::ListHistory& history) {
  return history.current ? history.current->head.version : 0;
}

// Nothing that came while the rows were read is lost: a newer version of the other list stays, and
// one of this list, which the plan has not seen, is not replaced.
bool carry_out(const ImportOptions& options, const ImportPlan& plan, std::uint32_t planned_on,
               std::string& error) {
  std::error_code code;
  std::filesystem::create_directories(options.folder, code);
  const registry::FolderLock lock(options.folder, error);
  if (!lock.is_held()) return false;
  Manifest manifest = registry::read_manifest(options.folder, error);
  if (!error.empty()) return false;
  registry::ListHistory& history = manifest.of(options.kind);
  if (version_of(history) != planned_on) {
    error = fmt::format("another import has changed the {} list meanwhile; nothing is changed",
                        to_text(options.kind));
    return false;
  }
  ListVersion next;
  if (history.current) next = *history.current;
  next.head.present = true;
  // Above the one that can be gone back to as well: a version is never used twice.
  const std::uint32_t previous = history.previous ? history.previous->head.version : 0;
  next.head.version = std::max(next.head.version, previous) + 1;
  next.head.as_of = options.as_of;
  if (!options.source.empty()) next.head.source = options.source;
  if (next.head.source.empty()) next.head.source = "-";
  next.head.days_max =
      options.days_max.value_or(std::min(next.head.days_max, registry::ListHead().days_max));
  next.etag = options.etag;
  next.rows = plan.table.size();
  next.file = fmt::format("{}-{}.csv", to_text(options.kind), next.head.version);
  const std::string csv = registry::to_csv(options.kind, plan.table);
  if (!registry::replace_durably(options.folder + "/" + next.file, csv, error)) return false;
  history.previous = std::move(history.current);
  history.current = std::move(next);
  if (!registry::write_manifest(options.folder, manifest, error)) return false;
  remove_old(options.folder, options.kind, manifest.of(options.kind));
  return true;
}

// What has not changed at its source is from now on of today.
bool renew(const ImportOptions& options, std::string& error) {
  const registry::FolderLock lock(options.folder, error);
  if (!lock.is_held()) return false;
  Manifest manifest = registry::read_manifest(options.folder, error);
  std::optional<ListVersion>& current = manifest.of(options.kind).current;
  if (!error.empty() || !current) return false;
  if (current->etag != options.etag) {
    error = "another import has changed the list meanwhile; nothing is changed";
    return false;
  }
  current->head.as_of = options.as_of;
  return registry::write_manifest(options.folder, manifest, error);
}

}  // namespace

std::optional<ImportPlan> import_list(const ImportOptions& options, std::string_view text,
                                      SourceFormat format, std::string& error) {
  const auto map = read_map(options, error);
  const Manifest manifest = registry::read_manifest(options.folder, error);
  if (!map || !error.empty()) return std::nullopt;
  const bool licensed = options.kind == ListKind::licensed;
  const ListKind other_kind = licensed ? ListKind::alert : ListKind::licensed;
  const auto current =
      read_version(options.folder, options.kind, manifest.of(options.kind).current, error);
  const auto other =
      read_version(options.folder, other_kind, manifest.of(other_kind).current, error);
  if (!current || !other) return std::nullopt;
  ImportPlanner planner(options.kind, *current, *other);
  const auto take = [&](SourceRow& row) { planner.take(row); };
  if (!for_each_row(text, format, *map, take, error)) return std::nullopt;
  ImportPlan plan = planner.finish();
  if (plan.table.size() == 0) return plan;
  if (plan.refusal.empty()) plan.refusal = refusal_by_age(manifest.of(options.kind), options);
  if (options.accept) plan.refusal.clear();
  if (options.dry_run || !plan.refusal.empty()) return plan;
  const std::uint32_t planned_on = version_of(manifest.of(options.kind));
  if (!carry_out(options, plan, planned_on, error)) return std::nullopt;
  return plan;
}

std::optional<ImportPlan> import_file(const ImportOptions& options, const std::string& path,
                                      std::string& error) {
  std::error_code code;
  const auto size = std::filesystem::file_size(path, code);
  if (!code && size > import_bytes_max) {
    error = path + ": a list may have at most 1 GiB";
    return std::nullopt;
  }
  const auto text = code ? std::nullopt : registry::read_whole(path);
  if (!text) {
    error = path + ": it cannot be read";
    return std::nullopt;
  }
  auto plan = import_list(options, *text, format_of(path), error);
  if (!plan && !error.starts_with(options.columns.empty() ? "\n" : options.columns)) {
    error = path + ": " + error;
  }
  return plan;
}

std::optional<Fetched> fetch_and_import(ImportOptions options, const std::string& url,
                                        std::string& error) {
  const Manifest manifest = registry::read_manifest(options.folder, error);
  if (!error.empty()) return std::nullopt;
  const std::optional<ListVersion>& current = manifest.of(options.kind).current;
  registry::FetchRequest request;
  request.url = url;
  if (current) request.etag = current->etag;
  registry::FetchedList fetched = registry::fetch_list(request);
  if (!fetched.error.empty()) {
    error = url + ": " + fetched.error;
    return std::nullopt;
  }
  if (!fetched.changed) {
    if (!current) {
      error = url + ": it says that nothing has changed, and there is nothing yet";
      return std::nullopt;
    }
    options.etag = current->etag;
    if (!options.dry_run && !renew(options, error)) return std::nullopt;
    return Fetched{};
  }
  options.etag = fetched.etag;
  const bool json = fetched.content_type.find("json") != std::string::npos;
  auto plan = import_list(options, fetched.body, json ? SourceFormat::json : format_of(url), error);
  if (!plan) {
    error = url + ": " + error;
    return std::nullopt;
  }
  return Fetched{true, std::move(plan)};
}

bool rollback(const std::string& folder, ListKind kind, std::string& error) {
  const registry::FolderLock lock(folder, error);
  if (!lock.is_held()) return false;
  Manifest manifest = registry::read_manifest(folder, error);
  if (!error.empty()) return false;
  registry::ListHistory& history = manifest.of(kind);
  if (!history.current || !history.previous) {
    error =
        fmt::format("{}: there is no version of the {} list to go back to", folder, to_text(kind));
    return false;
  }
  std::swap(history.current, history.previous);
  return registry::write_manifest(folder, manifest, error);
}

std::optional<ImportPlan> compare_with_previous(const std::string& folder, ListKind kind,
                                                std::string& error) {
  const Manifest manifest = registry::read_manifest(folder, error);
  const registry::ListHistory& history = manifest.of(kind);
  if (!error.empty()) return std::nullopt;
  const auto current = read_version(folder, kind, history.current, error);
  const auto previous = read_version(folder, kind, history.previous, error);
  if (!current || !previous) return std::nullopt;
  ImportPlanner planner(kind, *previous, RecordTable());
  for (registry::Row row = 0; row < current->size(); ++row) {
    SourceRow source;
    source.line = row + 2;
    const registry::Cells cells = current->cells(row);
    std::copy(cells.begin(), cells.end(), source.cells.begin());
    planner.take(source);
  }
  return planner.finish();
}

RecordTable read_current(const std::string& folder, ListKind kind, std::string& error) {
  const Manifest manifest = registry::read_manifest(folder, error);
  if (!error.empty()) return {};
  if (!manifest.of(kind).current) {
    error = fmt::format("{}: there is no {} list", folder, to_text(kind));
    return {};
  }
  return read_version(folder, kind, manifest.of(kind).current, error).value_or(RecordTable());
}

}  // namespace alur::tools

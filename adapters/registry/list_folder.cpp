#include "adapters/registry/list_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "adapters/registry/delimited.hpp"

namespace alur::registry {

namespace json = boost::json;

namespace {

constexpr std::string_view manifest_name = "/lists.json";

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* found = object.if_contains(key);
  return found && found->is_string() ? std::string(found->as_string()) : std::string();
}

std::int64_t number_at(const json::object& object, std::string_view key, std::int64_t otherwise) {
  const json::value* found = object.if_contains(key);
  return found && found->is_int64() ? found->as_int64() : otherwise;
}

std::optional<ListVersion> read_version(const json::value* value, std::string& error) {
  if (!value || value->is_null()) return std::nullopt;
  if (!value->is_object()) {
    error = "a list has to be an object";
    return std::nullopt;
  }
  const json::object& object = value->as_object();
  ListVersion version;
  version.file = text_at(object, "file");
  version.head.present = true;
  version.head.version = static_cast<std::uint32_t>(number_at(object, "version", 0));
  version.head.source = text_at(object, "source");
  version.head.days_max = static_cast<int>(number_at(object, "days_max", version.head.days_max));
  version.rows = static_cast<std::uint64_t>(number_at(object, "rows", 0));
  version.etag = text_at(object, "etag");
  const auto as_of = value::parse_date(text_at(object, "as_of"));
  version.head.as_of = as_of.value_or(value::Date());
  if (version.file.empty() || version.file.find('/') != std::string::npos) {
    error = "`file` has to name a file in the folder";
  } else if (!as_of) {
    error = "`as_of` has to be a date such as 2026-01-31";
  }
  return version;
}

ListHistory read_history(const json::object& manifest, ListKind kind, std::string& error) {
  ListHistory history;
  const json::value* found = manifest.if_contains(to_text(kind));
  history.current = read_version(found, error);
  if (history.current) {
    history.previous = read_version(found->as_object().if_contains("previous"), error);
  }
  return history;
}

json::object to_json(const ListVersion& version) {
  const ListHead& head = version.head;
  return {
      {"file", version.file},  {"version", head.version},   {"as_of", value::to_string(head.as_of)},
      {"source", head.source}, {"days_max", head.days_max}, {"rows", version.rows},
      {"etag", version.etag}};
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool sync_folder(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const int file = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return false;
  const bool synced = fsync(file) == 0;
  close(file);
  return synced;
}

RegistryList read_list(const std::string& folder, ListKind kind, const ListHistory& history,
                       std::string& error) {
  RegistryList list;
  if (!history.current) return list;
  const std::string path = folder + "/" + history.current->file;
  const auto text = read_whole(path);
  if (!text) {
    error = path + ": it cannot be read";
    return list;
  }
  std::size_t faults = 0;
  list.records = parse_list(kind, *text, faults);
  list.head = history.current->head;
  if (faults > 0) error = path + ": " + std::to_string(faults) + " bad rows";
  return list;
}

Vocabulary read_vocabulary(const std::string& folder, std::string& error) {
  const std::string path = folder + "/words.csv";
  const auto text = read_whole(path);
  if (!text) return Vocabulary();
  std::string why;
  Vocabulary vocabulary = Vocabulary::parse(*text, why);
  if (!why.empty()) error = path + ": " + why;
  return vocabulary;
}

}  // namespace

Manifest read_manifest(const std::string& folder, std::string& error) {
  const std::string path = folder + std::string(manifest_name);
  const auto text = read_whole(path);
  if (!text) {
    // One that cannot be read is not the same as none: an import would replace it.
    std::error_code absent;
    if (std::filesystem::exists(path, absent)) error = path + ": it cannot be read";
    return {};
  }
  json::error_code code;
  const json::value value = json::parse(*text, code);
  Manifest manifest;
  std::string why;
  if (code || !value.is_object()) {
    why = code ? code.message() : "an object is wanted";
  } else {
    for (const ListKind kind : {ListKind::licensed, ListKind::alert}) {
      manifest.of(kind) = read_history(value.as_object(), kind, why);
    }
  }
  if (!why.empty()) error = path + ": " + why;
  return manifest;
}

bool write_manifest(const std::string& folder, const Manifest& manifest, std::string& error) {
  json::object object;
  for (const ListKind kind : {ListKind::licensed, ListKind::alert}) {
    const ListHistory& history = manifest.of(kind);
    if (!history.current) continue;
    json::object version = to_json(*history.current);
    if (history.previous) version["previous"] = to_json(*history.previous);
    object[to_text(kind)] = std::move(version);
  }
  return replace_durably(folder + std::string(manifest_name), json::serialize(object) + "\n",
                         error);
}

FolderLock::FolderLock(const std::string& folder, std::string& error)
    : file_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  int locked = file_ < 0 ? -1 : flock(file_, LOCK_EX);
  while (locked != 0 && file_ >= 0 && errno == EINTR) locked = flock(file_, LOCK_EX);
  if (locked == 0) return;
  error = folder + ": " + std::strerror(errno);
  if (file_ >= 0) close(file_);
  file_ = -1;
}

FolderLock::~FolderLock() {
  if (file_ >= 0) close(file_);
}

RecordTable parse_list(ListKind kind, std::string_view csv, std::size_t& faults) {
  RecordTable table;
  DelimitedReader reader(csv, ',');
  DelimitedRow row;
  std::vector<std::optional<Column>> columns;
  if (!reader.next(row)) return table;
  for (const std::string& name : row.cells) {
    const auto column = parse_column(name);
    columns.push_back(column && has_column(kind, *column) ? column : std::nullopt);
  }
  while (reader.next(row)) {
    Cells cells;
    for (std::size_t i = 0; i < std::min(columns.size(), row.cells.size()); ++i) {
      if (columns[i]) cells[static_cast<std::size_t>(*columns[i])] = row.cells[i];
    }
    const bool good = row.fault.empty() && !cells[static_cast<std::size_t>(Column::name)].empty();
    if (good) {
      table.add(cells);
    } else {
      ++faults;
    }
  }
  return table;
}

std::string to_csv(ListKind kind, const RecordTable& table) {
  std::string out;
  std::vector<Column> columns;
  for (std::size_t i = 0; i < column_count; ++i) {
    const auto column = static_cast<Column>(i);
    if (!has_column(kind, column)) continue;
    if (!columns.empty()) out += ',';
    out += to_text(column);
    columns.push_back(column);
  }
  out += '\n';
  for (Row row = 0; row < table.size(); ++row) {
    const Cells cells = table.cells(row);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) out += ',';
      append_cell(cells[static_cast<std::size_t>(columns[i])], ',', out);
    }
    out += '\n';
  }
  return out;
}

SnapshotRef read_lists(const std::string& folder, std::string& error) {
  const Manifest manifest = read_manifest(folder, error);
  if (!error.empty()) return nullptr;
  if (!manifest.licensed.current && !manifest.alert.current) {
    error = folder + ": there is no list here";
    return nullptr;
  }
  RegistryList licensed = read_list(folder, ListKind::licensed, manifest.licensed, error);
  RegistryList alerts = read_list(folder, ListKind::alert, manifest.alert, error);
  Vocabulary vocabulary = read_vocabulary(folder, error);
  if (!error.empty()) return nullptr;
  return std::make_shared<const Snapshot>(std::move(licensed), std::move(alerts),
                                          std::move(vocabulary));
}

bool replace_durably(const std::string& path, std::string_view text, std::string& error) {
  const std::string aside = path + ".new";
  const int file = open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  bool good = file >= 0 && write_all(file, text) && fsync(file) == 0;
  if (file >= 0) good = close(file) == 0 && good;
  good = good && rename(aside.c_str(), path.c_str()) == 0 && sync_folder(path);
  if (!good) {
    error = path + ": " + std::strerror(errno);
    unlink(aside.c_str());
  }
  return good;
}

std::optional<std::string> read_whole(const std::string& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) return std::nullopt;
  std::string text(static_cast<std::size_t>(in.tellg()), '\0');
  in.seekg(0);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  return in ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace alur::registry

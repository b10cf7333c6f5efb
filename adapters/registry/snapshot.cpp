#include "adapters/registry/snapshot.hpp"

#include <algorithm>

namespace alur::registry {
namespace {

constexpr std::size_t path_parts_max = 8;

std::string link_key(std::string_view host, std::string_view path) {
  std::string key("link ");
  key += host;
  if (!path.empty()) key.append("/").append(path);
  return key;
}

}  // namespace

Snapshot::Snapshot(RegistryList licensed, RegistryList alerts, Vocabulary vocabulary)
    : licensed_(std::move(licensed)),
      alerts_(std::move(alerts)),
      vocabulary_(std::move(vocabulary)),
      names_(licensed_.records, alerts_.records, vocabulary_),
      id_("licensed " + std::to_string(licensed_.head.version) + ", alert " +
          std::to_string(alerts_.head.version)) {
  for (const ListKind kind : {ListKind::licensed, ListKind::alert}) {
    add_keys(kind);
    add_identifiers(kind);
  }
}

const RegistryList& Snapshot::list(ListKind kind) const {
  return kind == ListKind::licensed ? licensed_ : alerts_;
}

void Snapshot::add_keys(ListKind kind) {
  const RecordTable& table = records(kind);
  HashedIds& keys = kind == ListKind::licensed ? licensed_keys_ : alert_keys_;
  keys.reserve(table.size());
  for (Row row = 0; row < table.size(); ++row) {
    const std::string_view key = table.cell(row, Column::key);
    if (!key.empty()) keys.insert(hash_of(key), row);
  }
}

void Snapshot::add_identifiers(ListKind kind) {
  const RecordTable& table = records(kind);
  for (Row row = 0; row < table.size(); ++row) {
    const RecordRef ref{kind, row};
    const Cells cells = table.cells(row);
    const auto at = [&](Column column) { return cells[static_cast<std::size_t>(column)]; };
    const auto add_all = [&](std::string_view text) {
      const Identifiers found = find_identifiers(text);
      for (const Link& link : found.links) add_link(link, ref);
      for (const std::string& app : found.apps) add("app " + app, ref);
    };
    for_each_part(at(Column::links), add_all);
    for_each_part(at(Column::apps), [&](std::string_view app) {
      const Identifiers found = find_identifiers(app);
      if (found.apps.empty()) return add("app " + std::string(app), ref);
      add("app " + found.apps.front(), ref);
    });
    const std::string number = number_form(at(Column::licence));
    if (!number.empty()) add("number " + number, ref);
    // Warnings often name an address where others name a company.
    if (kind == ListKind::licensed) continue;
    table.for_each_name(row, [&](std::string_view name, NameRole) {
      if (name.find('.') != std::string_view::npos) add_all(name);
    });
  }
}

void Snapshot::add_link(const Link& link, RecordRef ref) {
  if (link.host.empty() || (link.path.empty() && is_shared_host(link.host))) return;
  add(link_key(link.host, link.path), ref);
  // What follows a path tells pages apart only where everybody has one.
  const std::string path = link.path.substr(0, link.path.find_first_of("?#"));
  if (path != link.path && !is_shared_host(link.host)) add(link_key(link.host, path), ref);
}

void Snapshot::add(std::string identifier, RecordRef ref) {
  std::vector<RecordRef>& refs = identifiers_[std::move(identifier)];
  if (std::find(refs.begin(), refs.end(), ref) == refs.end()) refs.push_back(ref);
}

std::vector<RecordRef> Snapshot::with(const std::string& identifier) const {
  const auto found = identifiers_.find(identifier);
  return found == identifiers_.end() ? std::vector<RecordRef>() : found->second;
}

std::optional<RecordRef> Snapshot::with_key(std::string_view key) const {
  std::optional<RecordRef> found;
  for (const ListKind kind : {ListKind::licensed, ListKind::alert}) {
    const HashedIds& keys = kind == ListKind::licensed ? licensed_keys_ : alert_keys_;
    if (found || key.empty()) break;
    keys.find(hash_of(key), [&](Row row) {
      if (records(kind).cell(row, Column::key) != key) return false;
      found = RecordRef{kind, row};
      return true;
    });
  }
  return found;
}

std::vector<RecordRef> Snapshot::with_link(const Link& link) const {
  if (link.host.empty()) return {};
  // The address itself and what it lies below: paths on its host, then the hosts above it.
  std::string_view path = std::string_view(link.path).substr(0, link.path.find('#'));
  while (path.find('?') != std::string_view::npos) {
    if (auto refs = with(link_key(link.host, path)); !refs.empty()) return refs;
    path = path.substr(0, path.find_last_of("?&"));
  }
  for (std::size_t i = 0; i < path_parts_max && !path.empty(); ++i) {
    if (auto refs = with(link_key(link.host, path)); !refs.empty()) return refs;
    const std::size_t slash = path.rfind('/');
    path = path.substr(0, slash == std::string_view::npos ? 0 : slash);
  }
  std::string_view host = link.host;
  while (host.find('.') != std::string_view::npos) {
    if (auto refs = with(link_key(host, {})); !refs.empty()) return refs;
    host.remove_prefix(host.find('.') + 1);
  }
  return {};
}

std::vector<RecordRef> Snapshot::with_app(std::string_view app) const {
  return with("app " + std::string(app));
}

std::vector<RecordRef> Snapshot::with_number(std::string_view number_form) const {
  return with("number " + std::string(number_form));
}

std::vector<RecordRef> Snapshot::owners_beside(RecordRef ref) const {
  std::vector<RecordRef> others;
  const auto take = [&](const std::vector<RecordRef>& owners) {
    std::copy_if(owners.begin(), owners.end(), std::back_inserter(others),
                 [&](RecordRef owner) { return owner != ref; });
  };
  for (const Column column : {Column::links, Column::apps}) {
    for_each_part(records(ref.list).cell(ref.row, column), [&](std::string_view text) {
      const Identifiers found = find_identifiers(text);
      for (const Link& link : found.links) {
        take(with_link(link));
        take(with_app(link.app));
      }
      for (const std::string& app : found.apps) take(with_app(app));
    });
  }
  return others;
}

std::size_t Snapshot::index_bytes() const {
  std::size_t bytes = names_.bytes() + licensed_keys_.bytes() + alert_keys_.bytes();
  for (const auto& [identifier, refs] : identifiers_) {
    bytes += sizeof identifier + identifier.capacity() + refs.capacity() * sizeof(RecordRef) +
             sizeof refs + 2 * sizeof(void*);
  }
  return bytes;
}

}  // namespace alur::registry

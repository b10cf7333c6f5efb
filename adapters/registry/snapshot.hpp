// Snapshot: both lists with everything that is looked up in them, as they were at one moment.
// Immutable: what is asked in one conversation is asked of one snapshot.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/registry/identifiers.hpp"
#include "adapters/registry/name_table.hpp"

namespace alur::registry {

// What is known of a list as a whole.
struct ListHead {
  bool present = false;
  std::uint32_t version = 0;
  value::Date as_of;
  std::string source;
  int days_max = 30;  // a list older than that proves nothing any more

  bool is_stale(value::Date today) const { return present && as_of.days + days_max < today.days; }
};

struct RegistryList {
  ListHead head;
  RecordTable records;
};

class Snapshot {
 public:
  Snapshot(RegistryList licensed, RegistryList alerts, Vocabulary vocabulary);
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  const RegistryList& list(ListKind kind) const;
  const RecordTable& records(ListKind kind) const { return list(kind).records; }
  const Vocabulary& vocabulary() const { return vocabulary_; }
  const NameTable& names() const { return names_; }

  std::optional<RecordRef> with_key(std::string_view key) const;
  // What an official address, app or licence number belongs to, or what was warned of with it.
  std::vector<RecordRef> with_link(const Link& link) const;
  std::vector<RecordRef> with_app(std::string_view app) const;
  std::vector<RecordRef> with_number(std::string_view number_form) const;
  // Other records with one of the links and apps of this one.
  std::vector<RecordRef> owners_beside(RecordRef ref) const;

  // Which versions of the lists it is made of, `licensed 7, alert 3`: names it in logs and
  // sessions.
  const std::string& id() const { return id_; }
  // Of everything but the records themselves.
  std::size_t index_bytes() const;

 private:
  void add_keys(ListKind kind);
  void add_identifiers(ListKind kind);
  void add_link(const Link& link, RecordRef ref);
  void add(std::string identifier, RecordRef ref);
  std::vector<RecordRef> with(const std::string& identifier) const;

  RegistryList licensed_;
  RegistryList alerts_;
  Vocabulary vocabulary_;
  NameTable names_;
  HashedIds licensed_keys_;
  HashedIds alert_keys_;
  std::unordered_map<std::string, std::vector<RecordRef>> identifiers_;
  std::string id_;
};

using SnapshotRef = std::shared_ptr<const Snapshot>;

}  // namespace alur::registry

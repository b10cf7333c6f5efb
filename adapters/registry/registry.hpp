// Registry: the service behind `registry.lookup` and `registry.confirm`. Holds the lists of the
// moment, takes new ones while it serves, and keeps each conversation on the lists it began with.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "adapters/registry/answer_value.hpp"
#include "adapters/registry/audit.hpp"
#include "adapters/registry/most_asked.hpp"

namespace alur::registry {

struct RegistryCall {
  const program::Service& service;
  std::string_view conversation;  // names it; empty: none, the newest lists answer
  std::string_view citizen;       // goes masked into the audit
  value::Instant now;
  value::Date today;  // where the app is
};

struct RegistrySettings {
  AuditSink audit;  // may be empty
  // A conversation that asks nothing for so long has ended, as far as lists are concerned.
  value::Duration pin_idle_max{24 * value::hour_milliseconds};
  std::size_t pins_max = 100'000;
  // Lists are large: of more than so many versions the oldest is dropped, and its conversations go
  // on with the newest.
  std::size_t snapshots_max = 4;
};

// May be used from several threads; looking up holds no lock.
class Registry {
 public:
  explicit Registry(SnapshotRef lists, RegistrySettings settings = {});

  // From now on the lists of new conversations. Never null.
  void publish(SnapshotRef lists);
  SnapshotRef current() const;
  // The lists of a conversation: those of its first question.
  SnapshotRef pinned(std::string_view conversation, value::Instant now);
  void end(std::string_view conversation);

  ServiceAnswer lookup(const RegistryCall& call, std::string_view name);
  // `typed` is what the citizen had typed before; it is kept with the answer.
  ServiceAnswer confirm(const RegistryCall& call, std::string_view key, std::string_view typed);

  const MostAsked& asked() const { return asked_; }
  // Those that were left without an answer: where a scam begins to spread it shows here first.
  const MostAsked& unanswered() const { return unanswered_; }

 private:
  struct Pin {
    SnapshotRef lists;
    value::Instant used;
  };

  ServiceAnswer told(const RegistryCall& call, const Snapshot& lists, std::string_view typed,
                     bool confirmed, const Answer& answer);
  void drop_idle(value::Instant now);

  RegistrySettings settings_;
  mutable std::mutex mutex_;
  std::vector<SnapshotRef> snapshots_;  // oldest first; the last is the current one
  std::map<std::string, Pin, std::less<>> pins_;
  MostAsked asked_;
  MostAsked unanswered_;
};

}  // namespace alur::registry

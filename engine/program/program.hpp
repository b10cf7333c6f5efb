// Program: an app compiled and linked. Immutable, named by the hash of its sources, verified before
// it runs. Units are shared with the programs before and after it, so that one changed flow costs
// one compiled flow and this small table around them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/program/unit.hpp"
#include "engine/value/format.hpp"
#include "engine/value/opening_hours.hpp"
#include "engine/value/time_zone.hpp"

namespace alur::program {

struct ServiceOutcome {
  std::string name;
  NameKey key = 0;
  value::TypeRef payload;  // null: none
};

struct Service {
  std::string name;
  NameKey key = 0;
  std::vector<Slot> params;
  std::vector<ServiceOutcome> outcomes;  // `unavailable` last
  std::int64_t timeout_ms = 10'000;
  bool changes = false;
};

struct Hours {
  std::string name;
  value::OpeningHours hours;
};

struct Queue {
  std::string name;
  NameKey key = 0;
  Index hours = none;
  std::int32_t priority = 0;
  bool is_private = false;          // its people may see private values
  std::vector<std::string> titles;  // one a language, for those people; empty: it has none
  std::int64_t wait_ms_max = 30 * std::int64_t{60'000};
  std::int32_t waiting_max = 1'000;
  // Service levels; 0: none.
  std::int64_t first_reply_ms = 0;
  std::int64_t next_reply_ms = 0;
  std::int64_t resolution_ms = 0;
};

// Words that a channel takes at any time, once its operator has approved them under this name.
struct Template {
  std::string name;
  NameKey key = 0;
  std::vector<std::string> wordings;  // one a language
};

// What the app's proofs hold it to: messages that a citizen gets in one go, and how many of their
// own a person is away (0: the service has no people). The machine does not look at them.
struct Bounds {
  std::int32_t messages = 5;
  std::int32_t person_within = 2;
};

// What app.yaml declares, and the unit of its handlers: everything a flow's unit refers to by
// index.
struct App {
  std::string name;
  std::vector<std::string> languages;
  std::string timezone;
  std::string start;  // a flow
  std::vector<std::string> channels;
  std::vector<Slot> contact;
  std::vector<Slot> session;
  std::vector<Service> services;
  std::vector<Hours> hours;
  std::vector<Queue> queues;
  std::vector<Template> templates;
  std::array<std::vector<std::string>, system_text_count> system_texts;  // [text][language]
  std::int64_t session_ends_ms = 24 * std::int64_t{3'600'000};
  Bounds bounds;
  value::TimeZone zone = value::TimeZone::utc();
  std::vector<value::Formatter> formatters;  // one a language

  std::shared_ptr<const Unit> unit;
  PhraseTable anytime;  // entry: an address in the unit
  Ladder defaults;      // of the unit's rungs and silences

  // Finds the zone and makes the formatters, once timezone and languages are known.
  void prepare();
};

class Program {
 public:
  // Units in file order. Asserts that every import is there: the compiler has checked. What has not
  // changed since `before` is taken from it; it may be null.
  static std::shared_ptr<const Program> link(std::shared_ptr<const App> app,
                                             std::vector<std::shared_ptr<const Unit>> flows,
                                             std::string hash, const Program* before = nullptr);

  const App& app() const { return *app_; }
  // SHA-256 of the sources in lower-case hex; and its first 64 bits, which sessions carry.
  const std::string& hash() const { return hash_; }
  std::uint64_t short_hash() const { return short_hash_; }

  // Unit 0 is app.yaml's; flows follow.
  std::size_t unit_count() const { return units_.size(); }
  const Unit& unit(Index index) const { return *units_[index]; }
  const std::shared_ptr<const Unit>& shared_unit(Index index) const { return units_[index]; }
  Index start_unit() const { return start_unit_; }
  // The unit that the n-th import of a unit means.
  Index imported(Index unit, Index import) const { return (*imports_[unit])[import]; }
  std::optional<Index> find_unit(NameKey key) const;
  // How many flows may be on the stack from this one up, itself included; more than stack_max where
  // flows run one another in a circle.
  std::size_t stack_need(Index unit) const { return (*stack_needs_)[unit]; }

  // Phrases that start a flow; entry: index into triggers().
  const PhraseTable& trigger_phrases() const { return *trigger_phrases_; }
  struct TriggerRef {
    Index unit = 0;
    Index trigger = 0;
  };
  const std::vector<TriggerRef>& triggers() const { return triggers_; }

  // An option, and the flow that a late tap on it still starts.
  using LateTap = std::pair<NameKey, Index>;
  std::optional<Index> late_tap(NameKey option) const;

  const value::TimeZone& zone() const { return app_->zone; }
  const value::Formatter& formatter(Index language) const { return app_->formatters[language]; }
  const std::string& system_text(SystemText text, Index language) const {
    return app_->system_texts[static_cast<std::size_t>(text)][language];
  }
  std::optional<Index> find_language(std::string_view code) const;

 private:
  Program(std::shared_ptr<const App> app, std::string hash);
  bool same_flows(const Program& before) const;
  void link_imports(const Program* before);
  void link_triggers(const Program* before);
  void link_late_taps(const Program* before);
  void link_stack_needs(const Program* before);

  std::shared_ptr<const App> app_;
  std::string hash_;
  std::uint64_t short_hash_ = 0;
  std::vector<std::shared_ptr<const Unit>> units_;
  std::vector<std::shared_ptr<const std::vector<Index>>> imports_;
  std::vector<std::pair<NameKey, Index>> by_key_;  // sorted
  Index start_unit_ = 0;
  std::shared_ptr<const PhraseTable> trigger_phrases_;
  std::vector<TriggerRef> triggers_;
  std::vector<std::vector<Index>> runs_of_;  // of each unit: the flows that it runs, sorted
  std::shared_ptr<const std::vector<std::size_t>> stack_needs_;
  std::vector<std::vector<LateTap>> late_taps_of_;         // of each unit
  std::shared_ptr<const std::vector<LateTap>> late_taps_;  // all, sorted
};

}  // namespace alur::program

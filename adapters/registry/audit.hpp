// What is kept of every answer, so that it can be said later why it was given, and by which lists.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/registry/lookup.hpp"

namespace alur::registry {

// A citizen in a log: enough to tell two apart for a while, not enough to know who it is.
class MaskedCitizen {
 public:
  MaskedCitizen() = default;
  // Keeps the last three characters of an address or number.
  explicit MaskedCitizen(std::string_view citizen);
  const std::string& text() const { return text_; }

 private:
  std::string text_ = "-";
};

struct AuditEntry {
  value::Instant at;
  MaskedCitizen citizen;
  bool confirmed = false;   // the citizen chose a candidate
  std::string query_class;  // name, link, app, number, nothing, too_long
  std::string form;         // as it was compared; runs of five digits and more are masked
  std::string outcome;
  std::string because;
  std::string about;  // the key of the record; empty where there is none
  std::vector<std::pair<std::string, double>> candidates;  // keys and scores
  bool stale = false;
  std::string lists;  // the snapshot's id

  bool operator==(const AuditEntry& other) const = default;
};

bool operator==(const MaskedCitizen& a, const MaskedCitizen& b);

// Where entries go. Called from the thread that asked; it must not throw, nor block for long.
using AuditSink = std::function<void(const AuditEntry&)>;

AuditEntry to_audit_entry(const Snapshot& lists, std::string_view typed, const Answer& answer);

// One line of JSON.
std::string to_json(const AuditEntry& entry);

}  // namespace alur::registry

#include "adapters/registry/audit.hpp"

#include <boost/json.hpp>

#include "engine/value/text.hpp"

namespace alur::registry {
namespace {

constexpr std::size_t form_bytes_max = 200;
constexpr std::size_t digits_shown_max = 4;
constexpr std::size_t citizen_shown = 3;

std::string_view query_class(std::string_view typed, const Answer& answer) {
  if (typed.size() > typed_bytes_max) return "too_long";
  if (answer.exact_form.empty()) return "nothing";
  const Identifiers found = find_identifiers(typed);
  if (!found.links.empty()) return "link";
  if (!found.apps.empty()) return "app";
  const bool number = answer.facts.has(Fact::id_licensed) || answer.facts.has(Fact::id_former);
  return number ? "number" : "name";
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Telephone, account and identity numbers do not belong in a log.
std::string without_numbers(std::string_view form) {
  std::string out;
  for (std::size_t i = 0; i < form.size();) {
    std::size_t end = i;
    while (end < form.size() && is_digit(form[end])) ++end;
    if (end - i > digits_shown_max) {
      out.append(end - i, '#');
    } else if (end > i) {
      out += form.substr(i, end - i);
    } else {
      out += form[end++];
    }
    i = end;
  }
  return out;
}

std::string key_of(const Snapshot& lists, RecordRef ref) {
  return std::string(lists.records(ref.list).cell(ref.row, Column::key));
}

}  // namespace

MaskedCitizen::MaskedCitizen(std::string_view citizen) {
  const std::size_t shown = citizen.size() > 2 * citizen_shown ? citizen_shown : 0;
  text_ = "***" + std::string(citizen.substr(citizen.size() - shown));
}

bool operator==(const MaskedCitizen& a, const MaskedCitizen& b) {
  return a.text() == b.text();
}

AuditEntry to_audit_entry(const Snapshot& lists, std::string_view typed, const Answer& answer) {
  AuditEntry entry;
  entry.query_class = query_class(typed, answer);
  entry.form = without_numbers(value::grapheme_prefix(answer.exact_form, form_bytes_max));
  entry.outcome = to_text(answer.outcome);
  entry.because = answer.because;
  if (answer.about) entry.about = key_of(lists, *answer.about);
  for (const Candidate& candidate : answer.candidates) {
    entry.candidates.emplace_back(key_of(lists, candidate.record), candidate.score);
  }
  entry.stale = answer.stale;
  entry.lists = lists.id();
  return entry;
}

std::string to_json(const AuditEntry& entry) {
  boost::json::array candidates;
  for (const auto& [key, score] : entry.candidates) {
    candidates.push_back(boost::json::object{{"key", key}, {"score", score}});
  }
  const boost::json::object object{{"at", value::to_string(entry.at)},
                                   {"citizen", entry.citizen.text()},
                                   {"confirmed", entry.confirmed},
                                   {"query_class", entry.query_class},
                                   {"form", entry.form},
                                   {"outcome", entry.outcome},
                                   {"because", entry.because},
                                   {"about", entry.about},
                                   {"candidates", std::move(candidates)},
                                   {"stale", entry.stale},
                                   {"lists", entry.lists}};
  return boost::json::serialize(object);
}

}  // namespace alur::registry

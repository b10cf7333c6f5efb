// SampleRegistry: the registry of licensed institutions and the alert list, in memory, out of two
// sample tables. Matches names exactly once they are normalised; a similar name is never offered
// and never answered for. Names the fields of answers as flows/kontak157/app.yaml does; what an app
// does not declare is left out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/registry/csv.hpp"
#include "engine/program/program.hpp"
#include "engine/value/civil_time.hpp"

namespace alur::adapters {

struct RegistryAnswer {
  std::string outcome;
  value::Value payload;
};

class SampleRegistry {
 public:
  // Tables with the columns key, name, aliases (parted by `|`), category, standing, licence, date
  // and note; the alerts' need no standing and licence. Either may be empty.
  SampleRegistry(std::string_view registry_csv, std::string_view alerts_csv);

  // `today` is the date that the lists are said to be of. The outcomes are licensed, alert, both,
  // former, too_generic and not_found.
  RegistryAnswer lookup(const program::Service& service, std::string_view name,
                        value::Date today) const;
  // By the stable key of an entry.
  RegistryAnswer confirm(const program::Service& service, std::string_view key,
                         value::Date today) const;

 private:
  static constexpr std::size_t no_row = static_cast<std::size_t>(-1);

  // Rows of the two tables that bear one name.
  struct Entry {
    std::size_t institution = no_row;
    std::size_t alert = no_row;
  };

  void index(const CsvTable& table, std::size_t Entry::* row);
  RegistryAnswer answer(const program::Service& service, const Entry& entry,
                        value::Date today) const;
  value::Value fields(const program::Service& service, std::string_view outcome,
                      const CsvTable& table, std::size_t row, value::Date today) const;
  bool is_too_generic(const std::string& name) const;

  CsvTable institutions_;
  CsvTable alerts_;
  std::map<std::string, Entry, std::less<>> by_name_;  // compared forms
  std::map<std::string, Entry, std::less<>> by_key_;
  std::map<std::string, std::size_t, std::less<>> word_counts_;  // how many names hold a word
};

// A name as it is compared: normalised, without the words that only say what form a company has.
std::string compared_name(std::string_view name);

}  // namespace alur::adapters

// ColumnMap: which column of somebody's file is which of ours, and what the words of its cells
// mean. Written as YAML:
//   name: Nama Perusahaan        # our column: theirs
//   standing:
//     column: Status
//     values: {Aktif: full, Dicabut: revoked}
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/registry/record_table.hpp"

namespace alur::tools {

class ColumnMap {
 public:
  // Takes columns by our names for them, and by those that are usual.
  explicit ColumnMap(registry::ListKind kind) : kind_(kind) {}
  // Nothing, and what is wrong with its place in `error`, for a bad mapping.
  static std::optional<ColumnMap> parse(registry::ListKind kind, const std::string& path,
                                        std::string yaml, std::string& error);

  // Which of ours each column of a file is; nothing for one that is not taken. Of two that would be
  // the same of ours the first is.
  std::vector<std::optional<registry::Column>> columns(const std::vector<std::string>& names) const;
  // The word of ours for a word of a cell; the same word where the mapping says nothing.
  std::string_view meaning(registry::Column column, std::string_view word) const;
  bool is_given() const { return !names_.empty(); }
  // Those that the mapping names, for telling which of them a file lacks.
  std::vector<std::string> wanted() const;

 private:
  registry::ListKind kind_;
  std::map<std::string, registry::Column, std::less<>> names_;
  std::array<std::map<std::string, std::string, std::less<>>, registry::column_count> words_;
};

}  // namespace alur::tools

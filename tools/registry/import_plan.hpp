// ImportPlan: what an import would do, row by row, before anything is done.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "adapters/registry/list_folder.hpp"
#include "adapters/registry/vocabulary.hpp"
#include "tools/registry/source_rows.hpp"

namespace alur::tools {

struct RowRemark {
  std::uint32_t line = 0;  // of a row that is gone: none
  std::string what;
};

struct ImportPlan {
  registry::RecordTable table;  // the list as it would be
  std::uint64_t rows = 0;       // that were read
  std::uint64_t fresh = 0;
  std::uint64_t changed = 0;
  std::uint64_t same = 0;
  std::uint64_t gone = 0;
  // At most `remarks_max` of each are kept; the counts are whole.
  std::uint64_t rejected = 0;
  std::uint64_t suspicious = 0;
  std::vector<RowRemark> rejections;
  std::vector<RowRemark> suspicions;
  std::vector<RowRemark> changes;  // fresh, changed, gone
  std::string refusal;             // why it should not be done as it stands; empty when it may

  static constexpr std::size_t remarks_max = 20;
};

// A list that loses more than so many of its rows at once is refused unless it is accepted.
inline constexpr double gone_share_max = 0.1;

class ImportPlanner {
 public:
  // `current` is the list that is replaced, `other` the other list; both may be empty.
  ImportPlanner(registry::ListKind kind, const registry::RecordTable& current,
                const registry::RecordTable& other);

  void take(SourceRow& row);
  ImportPlan finish();

 private:
  std::string fault_of(SourceRow& row);
  void settle_key(SourceRow& row);
  void find_suspicions(const SourceRow& row);
  bool may_mean_many(std::string_view alias) const;
  void suspect_promise(std::string_view alias, const std::function<void(std::string)>& suspect);
  void compare(const SourceRow& row, const registry::Cells& cells);
  void remark(std::vector<RowRemark>& remarks, std::uint32_t line, std::string what);

  registry::ListKind kind_;
  const registry::RecordTable& current_;
  ImportPlan plan_;
  std::unordered_map<std::string, registry::Row> current_keys_;
  std::unordered_map<std::string, std::uint32_t> keys_;     // and on which line
  std::unordered_map<std::uint64_t, std::uint32_t> names_;  // hashes of exact forms, and lines
  std::unordered_map<std::uint64_t, bool> other_names_;
  const registry::Vocabulary vocabulary_;
  std::vector<bool> seen_;
  std::string form_;
};

// The report as people read it.
std::string to_text(const ImportPlan& plan, registry::ListKind kind);

}  // namespace alur::tools

// Any bytes as a list that is to be imported, with a mapping of its columns or without: read or
// refused, and what was taken is the same after it has been written and read again.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

#include "adapters/registry/list_folder.hpp"
#include "tools/registry/export_list.hpp"
#include "tools/registry/import_plan.hpp"

namespace {

using namespace alur;
using registry::ListKind;
using tools::ColumnMap;
using tools::SourceFormat;

void expect_same(const registry::RecordTable& a, const registry::RecordTable& b) {
  assert(a.size() == b.size());
  for (registry::Row row = 0; row < a.size(); ++row) assert(a.cells(row) == b.cells(row));
}

void read(ListKind kind, SourceFormat format, const ColumnMap& map, std::string_view text) {
  const registry::RecordTable none;
  tools::ImportPlanner planner(kind, none, none);
  std::string error;
  const bool whole = tools::for_each_row(
      text, format, map, [&](tools::SourceRow& row) { planner.take(row); }, error);
  assert(whole == error.empty());
  const tools::ImportPlan plan = planner.finish();
  (void)to_text(plan, kind);
  (void)tools::export_list(plan.table, kind, SourceFormat::json);
  (void)tools::export_list(plan.table, kind, SourceFormat::tsv);
  std::size_t faults = 0;
  expect_same(plan.table, registry::parse_list(kind, registry::to_csv(kind, plan.table), faults));
  assert(faults == 0);
}

}  // namespace

// The first letter says which format and list; the mapping goes up to the first zero byte, if any.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const unsigned choice = bytes[0] - unsigned{'a'};
  const ListKind kind = choice / 3 % 2 == 0 ? ListKind::licensed : ListKind::alert;
  const auto format = static_cast<SourceFormat>(choice % 3);
  std::string text(bytes + 1, bytes + size);
  const std::size_t end = text.find('\0');
  if (end == std::string::npos) {
    read(kind, format, ColumnMap(kind), text);
    return 0;
  }
  std::string error;
  const auto map = ColumnMap::parse(kind, "columns.yaml", text.substr(0, end), error);
  assert(map.has_value() == error.empty());
  if (map) read(kind, format, *map, std::string_view(text).substr(end + 1));
  return 0;
}

// Rows out of JSON. Boost.JSON stays in here.
#include <algorithm>
#include <boost/json.hpp>
#include <boost/json/monotonic_resource.hpp>

#include "tools/registry/source_rows.hpp"

namespace alur::tools {

namespace json = boost::json;

namespace {

std::string text_of(const json::value& value) {
  if (value.is_string()) return std::string(value.as_string());
  if (value.is_null()) return {};
  if (!value.is_array()) return json::serialize(value);
  std::string out;
  for (const json::value& part : value.as_array()) {
    if (!out.empty()) out += '|';
    out += text_of(part);
  }
  return out;
}

bool holds_object(const json::value& value) {
  if (!value.is_array()) return value.is_object();
  const json::array& parts = value.as_array();
  return std::any_of(parts.begin(), parts.end(), holds_object);
}

// The list of rows: the whole, or the only list in an object.
const json::array* rows_of(const json::value& value) {
  if (value.is_array()) return &value.as_array();
  if (!value.is_object()) return nullptr;
  const json::array* found = nullptr;
  for (const auto& member : value.as_object()) {
    if (!member.value().is_array()) continue;
    if (found) return nullptr;
    found = &member.value().as_array();
  }
  return found;
}

void read_item(const json::value& item, const ColumnMap& map, SourceRow& row) {
  if (!item.is_object()) {
    row.fault = "an object is wanted";
    return;
  }
  std::vector<std::string> names;
  for (const auto& member : item.as_object()) names.emplace_back(member.key());
  const auto columns = map.columns(names);
  std::size_t i = 0;
  for (const auto& member : item.as_object()) {
    const auto column = columns[i++];
    if (column && holds_object(member.value())) {
      row.fault = "`" + std::string(member.key()) + "` is an object; a text or a list is wanted";
      return;
    }
    if (column) row.at(*column) = map.meaning(*column, text_of(member.value()));
  }
}

}  // namespace

bool for_each_json_row(std::string_view text, const ColumnMap& map,
                       const std::function<void(SourceRow&)>& take, std::string& error) {
  json::monotonic_resource memory;
  json::error_code code;
  const json::value value = json::parse(text, code, &memory);
  const json::array* rows = code ? nullptr : rows_of(value);
  if (!rows) {
    error = code ? code.message() : "a list of objects is wanted, or an object that holds one";
    return false;
  }
  std::uint32_t number = 0;
  for (const json::value& item : *rows) {
    SourceRow row;
    row.line = ++number;
    read_item(item, map, row);
    take(row);
  }
  return true;
}

}  // namespace alur::tools

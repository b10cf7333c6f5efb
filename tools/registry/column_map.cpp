#include "tools/registry/column_map.hpp"

#include <algorithm>
#include <utility>

#include "dsl/finding/render.hpp"
#include "dsl/yaml/read_yaml.hpp"

namespace alur::tools {

using registry::Column;

namespace {

constexpr std::array usual_names{
#define COLUMN_NAME(column, name) std::pair{Column::column, std::string_view(name)},
#include "tools/registry/column_name.def"
#undef COLUMN_NAME
};

std::string plain(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

std::optional<Column> usual_column(registry::ListKind kind, std::string_view name) {
  std::optional<Column> found = registry::parse_column(name);
  const std::string word = plain(name);
  for (std::size_t i = 0; i < registry::column_count && !found; ++i) {
    const auto column = static_cast<Column>(i);
    if (plain(to_text(column)) == word) found = column;
  }
  for (const auto& [column, usual] : usual_names) {
    if (!found && usual == word) found = column;
  }
  return found && has_column(kind, *found) ? found : std::nullopt;
}

}  // namespace

std::optional<ColumnMap> ColumnMap::parse(registry::ListKind kind, const std::string& path,
                                          std::string yaml, std::string& error) {
  dsl::Sources sources;
  dsl::Findings findings;
  const dsl::FileId file = sources.add(path, std::move(yaml));
  const dsl::Document document = dsl::read_yaml(sources.at(file), file, findings);
  if (findings.error_count() > 0) {
    error = dsl::render_text(sources, findings);
    return std::nullopt;
  }
  const auto wrong = [&](const dsl::Node& node, std::string_view why) {
    const auto line = sources.at(file).line_of(node.span().begin);
    error = path + ":" + std::to_string(line) + ": " + std::string(why);
    return std::nullopt;
  };
  ColumnMap map(kind);
  if (!document.root().is_map()) return wrong(document.root(), "`our_column: theirs` is wanted");
  for (const dsl::Entry& entry : document.root().entries()) {
    const auto column = registry::parse_column(entry.key.text());
    if (!column || !has_column(kind, *column)) {
      return wrong(entry.key, "the list has no column `" + std::string(entry.key.text()) + "`");
    }
    const dsl::Node* theirs = &entry.value;
    if (entry.value.is_map()) theirs = entry.value.find("column");
    if (!theirs || !theirs->is_scalar()) return wrong(entry.key, "which column it is, is missing");
    map.names_.emplace(theirs->text(), *column);
    const dsl::Node* values = entry.value.find("values");
    if (!values) continue;
    for (const dsl::Entry& word : values->entries()) {
      map.words_.at(static_cast<std::size_t>(*column)).emplace(word.key.text(), word.value.text());
    }
  }
  return map;
}

std::vector<std::optional<Column>> ColumnMap::columns(const std::vector<std::string>& names) const {
  std::vector<std::optional<Column>> found;
  for (const std::string& name : names) {
    std::optional<Column> column;
    const auto given = names_.find(name);
    if (given != names_.end()) column = given->second;
    if (!is_given()) column = usual_column(kind_, name);
    if (std::find(found.begin(), found.end(), column) != found.end()) column.reset();
    found.push_back(column);
  }
  return found;
}

std::string_view ColumnMap::meaning(Column column, std::string_view word) const {
  const auto& words = words_.at(static_cast<std::size_t>(column));
  const auto found = words.find(word);
  return found == words.end() ? word : std::string_view(found->second);
}

std::vector<std::string> ColumnMap::wanted() const {
  std::vector<std::string> all;
  for (const auto& [name, column] : names_) all.push_back(name);
  return all;
}

}  // namespace alur::tools

// Importing a list into a folder: read, planned, and only then done, all at once.
#pragma once

#include <optional>
#include <string>

#include "tools/registry/import_plan.hpp"

namespace alur::tools {

struct ImportOptions {
  std::string folder;
  registry::ListKind kind = registry::ListKind::licensed;
  value::Date as_of;
  std::string source;
  std::optional<int> days_max;  // nothing: as before, 30 at most
  std::string columns;          // a mapping; may be empty
  std::string etag;             // of what was fetched
  bool dry_run = false;
  bool accept = false;  // also what would be refused
};

inline constexpr std::size_t import_bytes_max = std::size_t{1} << 30;

// Nothing, and why in `error`, when it cannot be read or written. With a refusal in the plan, and
// in a dry run, nothing is changed.
std::optional<ImportPlan> import_list(const ImportOptions& options, std::string_view text,
                                      SourceFormat format, std::string& error);
std::optional<ImportPlan> import_file(const ImportOptions& options, const std::string& path,
                                      std::string& error);

// Asks where the list is published whether it has changed; imports it when it has. What has not
// changed is still right, and from now on of `options.as_of`.
struct Fetched {
  bool changed = false;
  std::optional<ImportPlan> plan;
};
std::optional<Fetched> fetch_and_import(ImportOptions options, const std::string& url,
                                        std::string& error);

// Goes back to the version before; what was current becomes what can be gone back to.
bool rollback(const std::string& folder, registry::ListKind kind, std::string& error);

// How the current version differs from the one before.
std::optional<ImportPlan> compare_with_previous(const std::string& folder, registry::ListKind kind,
                                                std::string& error);

// The rows of the current version; empty where there is none.
registry::RecordTable read_current(const std::string& folder, registry::ListKind kind,
                                   std::string& error);

}  // namespace alur::tools

// A list as a file for others.
#pragma once

#include <string>

#include "tools/registry/source_rows.hpp"

namespace alur::tools {

std::string export_list(const registry::RecordTable& table, registry::ListKind kind,
                        SourceFormat format);

}  // namespace alur::tools

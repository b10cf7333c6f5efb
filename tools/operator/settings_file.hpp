// alur.yaml: what an operator settles once for a service, instead of on every command line. Read
// like a flow: what is wrong is a finding at its place. Secrets stand in the environment; the file
// names the variable. Paths are counted from the file's own folder.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "dsl/finding/finding.hpp"
#include "dsl/finding/source.hpp"
#include "tools/serve/serve.hpp"

namespace alur::tools {

// The value of an environment variable; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
std::optional<std::string> read_environment(const std::string& name);

// What the text says, over what `settings` held before. Looks whether the files and folders are
// there that it names. With errors among the findings the settings are not to be served by.
void read_settings(const dsl::SourceFile& file, dsl::FileId id, const Environment& environment,
                   ServeSettings& settings, dsl::Findings& findings);

// The same of the file at `path`. False, and one plain line in `error`, where it cannot be read.
bool read_settings_file(const std::string& path, const Environment& environment,
                        ServeSettings& settings, dsl::Sources& sources, dsl::Findings& findings,
                        std::string& error);

}  // namespace alur::tools

// The YAML files of an app's folder, or one such file: formatted in place, or only looked at.
#pragma once

#include <string>
#include <vector>

#include "dsl/finding/finding.hpp"
#include "dsl/finding/source.hpp"

namespace alur::tools {

struct FormattedFile {
  std::string path;        // on disk, as people should see it
  std::string text;        // formatted
  std::uint32_t line = 0;  // the first that is not as it should be; 0: none
  std::string is;          // that line
  std::string should_be;
};

struct FormattedApp {
  dsl::Sources sources;
  dsl::Findings findings;            // of files that cannot be read
  std::vector<std::string> faults;   // files that the formatter itself could not do
  std::vector<FormattedFile> files;  // those that could
};

// `error`: a plain line when there is no such folder or file.
FormattedApp format_app(const std::string& path, std::string& error);

// In place of the file, whole or not at all. False when it cannot be written.
bool replace_file(const std::string& path, const std::string& text);

}  // namespace alur::tools

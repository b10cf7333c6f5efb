#include "tools/alur/settle.hpp"

#include <iostream>

#include "dsl/finding/render.hpp"
#include "tools/alur/command.hpp"
#include "tools/operator/settings_file.hpp"

namespace alur::tools {

int settle(const std::string& config, ServeSettings& settings, const std::string& command) {
  dsl::Sources sources;
  dsl::Findings findings;
  std::string error;
  if (!read_settings_file(config, read_environment, settings, sources, findings, error)) {
    std::cerr << command << ": " << error << "\n";
    return exit_unusable;
  }
  std::cerr << render_text(sources, findings);
  return findings.error_count() > 0 ? exit_found : exit_good;
}

}  // namespace alur::tools

// `alur fmt APP`: an app's YAML in one form.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "dsl/finding/render.hpp"
#include "tools/alur/command.hpp"
#include "tools/fmt/format_app.hpp"

namespace alur::tools {
namespace {

struct FmtOptions {
  std::string app;
  bool check = false;
};

// With what a terminal does not show at the end of a line.
std::string with_visible_end(std::string_view line) {
  const std::size_t end = line.find_last_not_of(" \t\r") + 1;
  std::string out(line.substr(0, end));
  for (const char c : line.substr(end)) out += c == '\r' ? "\\r" : c == '\t' ? "\\t" : "\u00b7";
  return out;
}

// Whether the file is as it should be now.
bool settle(const FormattedFile& file, const FmtOptions& options) {
  if (file.line == 0) return true;
  if (options.check) {
    std::cout << file.path << ":" << file.line << ": not as `alur fmt` writes it\n"
              << "  is:        " << with_visible_end(file.is) << "\n"
              << "  should be: " << with_visible_end(file.should_be) << "\n";
    return false;
  }
  if (!replace_file(file.path, file.text)) {
    std::cerr << "alur fmt: " << file.path << ": it cannot be written\n";
    return false;
  }
  std::cout << "formatted " << file.path << "\n";
  return true;
}

int format(const FmtOptions& options) {
  std::string error;
  FormattedApp app = format_app(options.app, error);
  if (!error.empty()) {
    std::cerr << "alur fmt: " << error << "\n";
    return exit_unusable;
  }
  bool good = app.findings.empty() && app.faults.empty();
  for (const FormattedFile& file : app.files) good &= settle(file, options);
  if (!app.findings.empty()) {
    const bool colour = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
    app.findings.sort_in_file_order();
    std::cout << dsl::render_text(app.sources, app.findings, {colour})
              << "\nfiles with such mistakes are left as they are\n";
  }
  for (const std::string& path : app.faults) {
    std::cerr << "alur fmt: " << path
              << ": formatting it would change what it says, which is a fault of alur; it is left "
                 "as it is\n";
  }
  return good ? exit_good : exit_found;
}

}  // namespace

Run declare_fmt(CLI::App& command) {
  auto options = std::make_shared<FmtOptions>();
  command.add_option("APP", options->app, "The app's folder, or one of its YAML files")->required();
  command.add_flag("--check", options->check, "Change nothing; say which files are not formatted");
  return [options] { return format(*options); };
}

}  // namespace alur::tools

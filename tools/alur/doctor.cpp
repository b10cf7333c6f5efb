// `alur doctor`: whether a service can run on this machine, and what to do where it cannot.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "tools/alur/command.hpp"
#include "tools/alur/settle.hpp"
#include "tools/operator/examine.hpp"

namespace alur::tools {
namespace {

struct DoctorOptions {
  std::string app;
  std::string config;
};

int examine(const DoctorOptions& options) {
  ServeSettings settings;
  settings.app = options.app;
  int code = exit_good;
  if (!options.config.empty()) code = settle(options.config, settings, "alur doctor");
  if (code == exit_unusable)
    return code;  // with mistakes in it, the rest is looked at all the same
  if (!options.app.empty()) settings.app = options.app;
  Diagnoses all;
  if (!settings.app.empty()) all = examine_settings(settings);
  const Diagnoses of_machine = examine_machine(settings);
  all.insert(all.end(), of_machine.begin(), of_machine.end());
  std::cout << render(all);
  return has_fault(all) ? exit_found : code;
}

}  // namespace

Run declare_doctor(CLI::App& command) {
  auto options = std::make_shared<DoctorOptions>();
  command.add_option("APP", options->app, "The app's folder; else what the configuration says");
  command.add_option("--config", options->config, "The alur.yaml of the service");
  return [options] { return examine(*options); };
}

}  // namespace alur::tools

// `alur schema`: the shape of app.yaml and flows, for editors.
#include "tools/schema/schema.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "tools/alur/command.hpp"

namespace alur::tools {

Run declare_schema(CLI::App&) {
  return [] {
    std::cout << json_schema();
    return exit_good;
  };
}

}  // namespace alur::tools

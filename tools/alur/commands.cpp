#include "tools/alur/command.hpp"

namespace alur::tools {

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      {"check", "Find every mistake in an app", declare_check},
      {"explain", "Explain a finding by its code", declare_explain},
  };
  return all;
}

}  // namespace alur::tools

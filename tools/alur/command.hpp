// The subcommands of `alur`: each declares its options and says what to do when it is chosen.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace alur::tools {

// 0 good, 1 findings or failed chats, 2 usage or unreadable input.
enum ExitCode : int { exit_good = 0, exit_found = 1, exit_unusable = 2 };

using Run = std::function<int()>;

struct Command {
  const char* name;
  const char* about;
  Run (*declare)(CLI::App& command);
};

Run declare_audit(CLI::App& command);
Run declare_chat(CLI::App& command);
Run declare_check(CLI::App& command);
Run declare_completion(CLI::App& command);
Run declare_db(CLI::App& command);
Run declare_diff(CLI::App& command);
Run declare_doctor(CLI::App& command);
Run declare_explain(CLI::App& command);
Run declare_explore(CLI::App& command);
Run declare_fmt(CLI::App& command);
Run declare_graph(CLI::App& command);
Run declare_man(CLI::App& command);
Run declare_mutate(CLI::App& command);
Run declare_registry(CLI::App& command);
Run declare_phone(CLI::App& command);
Run declare_publish(CLI::App& command);
Run declare_replay(CLI::App& command);
Run declare_rollback(CLI::App& command);
Run declare_schema(CLI::App& command);
Run declare_serve(CLI::App& command);
Run declare_tickets(CLI::App& command);
Run declare_user(CLI::App& command);
Run declare_versions(CLI::App& command);

// In the order in which --help lists them.
const std::vector<Command>& commands();

}  // namespace alur::tools

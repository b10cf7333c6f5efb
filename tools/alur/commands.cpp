#include "tools/alur/command.hpp"

namespace alur::tools {

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      {"chat", "Talk to an app in the terminal", declare_chat},
      {"check", "Find every mistake in an app", declare_check},
      {"replay", "Run scripted conversations", declare_replay},
      {"explore", "Walk through every conversation that an app can have", declare_explore},
      {"mutate", "Change an app a little, and see whether its chats notice", declare_mutate},
      {"registry", "Keep the lists of institutions, and ask them", declare_registry},
      {"fmt", "Lay out an app's YAML in one form", declare_fmt},
      {"graph", "Draw an app's flows", declare_graph},
      {"diff", "Say what is different between two versions of an app", declare_diff},
      {"serve", "Run an app as a service on this machine", declare_serve},
      {"phone", "Play a citizen on a pretend WhatsApp", declare_phone},
      {"publish", "Publish an app to a running service", declare_publish},
      {"versions", "List the versions of a running service", declare_versions},
      {"rollback", "Go back to an earlier version", declare_rollback},
      {"tickets", "List, show, set and export the tickets of a service's store", declare_tickets},
      {"user", "Keep the accounts of the desk of a service", declare_user},
      {"audit", "Look at what was done at the desk, and whether it is as it was written",
       declare_audit},
      {"doctor", "Look whether a service can run here, and say what to do", declare_doctor},
      {"db", "Check, copy or count a service's store", declare_db},
      {"explain", "Explain a finding by its code", declare_explain},
      {"schema", "Print a JSON Schema of app.yaml and flows, for editors", declare_schema},
      {"completion", "Print a completion script for a shell", declare_completion},
      {"man", "Print a man page, or write all of them", declare_man},
  };
  return all;
}

}  // namespace alur::tools

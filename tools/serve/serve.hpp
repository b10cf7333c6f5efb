// A service: an app, a store, the plain HTTP channel and the runtime, from start to SIGTERM.
#pragma once

#include <iosfwd>
#include <string>

namespace alur::tools {

struct ServeSettings {
  std::string app;                    // its folder
  std::string store = "alur.db";      // a file; empty: in memory
  std::string address = "127.0.0.1";  // loopback only
  std::uint16_t port = 8157;
  std::uint32_t cores = 0;  // 0: as many as the machine has
  std::string lists;        // the folder of the registry's lists; empty: data/ of the app
  std::string audit;        // the folder of answers of the registry; empty: beside the store
  std::string channel;      // as which of the app's channels; empty: its first
  std::string services;     // a services.json; empty: the one in the app's folder, if any
  bool watch = false;       // publishes what is saved
};

// Until SIGTERM or SIGINT; a second one ends at once. An exit code; what went wrong in one line.
int serve(const ServeSettings& settings, std::ostream& log);

}  // namespace alur::tools

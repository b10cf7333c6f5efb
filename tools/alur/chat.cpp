// `alur chat APP`: a conversation in the terminal, or with lines from a pipe.
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "tools/alur/command.hpp"
#include "tools/chat/talk.hpp"
#include "tools/load/load_app.hpp"
#include "tools/replay/sample_services.hpp"

namespace alur::tools {
namespace {

constexpr std::size_t line_bytes_max = 64 * 1024;

struct ChatOptions {
  std::string app;
  std::string channel;
  std::string language;
  std::string clock;
  std::string lists;
};

int unusable(const std::string& error) {
  std::cerr << "alur chat: " << error << "\n";
  return exit_unusable;
}

template <typename Names>
std::optional<program::Index> position(const Names& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<program::Index>(found - names.begin());
}

// What one read brings; empty at the end of the input. Fires timers while it waits.
std::string read_some(Talk& talk) {
  while (true) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    const auto wait = talk.until_next_due_ms();
    const int timeout = wait ? static_cast<int>(std::min<std::int64_t>(*wait, 60'000)) : -1;
    const int ready = poll(&input, 1, timeout);
    if (ready == 0) {
      talk.tick();
      continue;
    }
    std::array<char, 4096> bytes{};
    const ssize_t count = read(STDIN_FILENO, bytes.data(), bytes.size());
    return count > 0 ? std::string(bytes.data(), static_cast<std::size_t>(count)) : std::string();
  }
}

// How wide the terminal is now; nothing where the output is none.
std::optional<std::size_t> terminal_columns() {
  winsize size{};
  const bool known = isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  return known && size.ws_col > 0 ? std::optional<std::size_t>(size.ws_col) : std::nullopt;
}

void converse(Talk& talk) {
  std::string pending;
  talk.greet();
  talk.prompt();
  while (true) {
    if (const auto columns = terminal_columns()) talk.resize(*columns);
    const std::string more = read_some(talk);
    pending += more;
    std::size_t end = 0;
    while ((end = pending.find('\n')) != std::string::npos) {
      if (!talk.line(pending.substr(0, end))) return;
      pending.erase(0, end + 1);
      talk.prompt();
    }
    if (more.empty()) {
      if (!pending.empty()) talk.line(pending);
      return;
    }
    if (pending.size() > line_bytes_max) pending.resize(line_bytes_max);
  }
}

int chat(const ChatOptions& options) {
  const LoadedApp loaded = load_app(options.app);
  if (!loaded.error.empty()) return unusable(loaded.error);
  if (!loaded.program) {
    std::cerr << loaded.findings << "\n";
    return exit_found;
  }
  TalkSettings settings;
  settings.program = loaded.program;
  std::string error;
  settings.lists = read_sample_lists(options.app, options.lists, error);
  if (!error.empty()) return unusable(error);
  const program::App& app = loaded.program->app();
  const std::string channel = options.channel.empty() ? "console" : options.channel;
  const auto wanted = position(app.channels, channel);
  if (!wanted && !options.channel.empty()) return unusable("the app has no channel " + channel);
  settings.channel = wanted.value_or(0);
  if (!options.language.empty()) {
    const auto language = position(app.languages, options.language);
    if (!language) return unusable("the app has no language " + options.language);
    settings.language = *language;
  }
  if (!options.clock.empty()) {
    const auto local = value::parse_local_time(options.clock);
    if (!local) return unusable("--clock takes a time such as \"2026-01-05 09:00\"");
    settings.clock = loaded.program->zone().to_instant(*local);
  }
  settings.prompt = isatty(STDIN_FILENO) != 0;
  settings.screen.colour = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  Talk talk(std::move(settings), std::cout);
  converse(talk);
  return exit_good;
}

}  // namespace

Run declare_chat(CLI::App& command) {
  auto options = std::make_shared<ChatOptions>();
  command.add_option("APP", options->app, "The app's folder")->required();
  command.add_option("--channel", options->channel,
                     "Show messages as this channel would; console where the app has it");
  command.add_option("--lang", options->language, "The language to begin in");
  command.add_option(
      "--clock", options->clock,
      "Begin at this local time; then time passes only with :time and with each line");
  command.add_option("--lists", options->lists,
                     "A folder of lists of institutions, instead of those in the app's data/");
  return [options] { return chat(*options); };
}

}  // namespace alur::tools

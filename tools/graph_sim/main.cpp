// graph_sim: a pretend Graph API for a WhatsApp channel on this machine; `alur phone` plays a
// citizen on it.
#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>

#include "tools/graph_sim/load.hpp"
#include "tools/graph_sim/sim_server.hpp"

namespace {

using namespace alur::graph_sim;

struct Options {
  SimSettings world;
  SimServerSettings server;
  LoadPlan load;
  std::string script;
  int wait_seconds = 0;
};

void declare(CLI::App& app, Options& options) {
  SimNumber& number = options.world.numbers.front();
  app.add_option("--port", options.server.port, "Where the Graph API listens on this machine")
      ->capture_default_str();
  app.add_option("--callback", options.server.callback, "Where webhooks go: http://HOST:PORT/PATH")
      ->required();
  app.add_option("--secret", options.world.app_secret, "The app secret that signs them")
      ->envname("ALUR_SIM_SECRET");
  app.add_option("--verify-token", options.world.verify_token, "What the handshake brings")
      ->envname("ALUR_SIM_VERIFY_TOKEN");
  app.add_option("--number", number.id, "The business's phone_number_id")->capture_default_str();
  app.add_option("--token", number.token, "The bearer token of the number")
      ->envname("ALUR_SIM_TOKEN");
  app.add_option("--wait", options.wait_seconds, "For the callback to listen, so many seconds");
  app.add_option("--batch", options.world.updates_max, "Updates of one webhook, at most")
      ->capture_default_str();
  app.add_flag("--no-rates{false}", options.world.rates, "As fast as one likes");
  app.add_option("--read", options.world.read_ms, "Read so many milliseconds later; 0: never")
      ->capture_default_str();
  app.add_option_function<std::vector<std::string>>(
      "--template",
      [&options](const std::vector<std::string>& names) {
        for (const std::string& name : names) options.world.templates[name] = 0;
      },
      "The name of a template that is approved; it may be given several times");
  Faults& faults = options.world.faults;
  app.add_option("--refuse", faults.refuse, "Chance that a send is refused with 500");
  app.add_option("--lose-answer", faults.lose_answer, "Chance that a send is taken, unanswered");
  app.add_option("--fail", faults.fail, "Chance that a message never arrives");
  app.add_option("--duplicate", faults.duplicate, "Chance that a webhook comes twice");
  app.add_option("--shuffle", faults.shuffle, "Chance that a webhook comes late");
  app.add_option("--media", faults.media, "Chance that media asked for is answered with an error");
  app.add_option("--seed", options.world.seed, "Of all chances")->capture_default_str();
}

bool read_script(Options& options) {
  if (options.script.empty()) return true;
  std::ifstream in(options.script);
  options.load.words.clear();
  for (std::string line; std::getline(in, line);) options.load.words.push_back(line);
  return !options.load.words.empty();
}

// The other side may be starting, too.
std::string shake_hands(SimServer& server, int wait_seconds) {
  std::string error = server.shake_hands();
  for (int tries = 0; !error.empty() && tries < 5 * wait_seconds; ++tries) {
    boost::asio::io_context io;
    boost::asio::steady_timer(io, std::chrono::milliseconds(200)).wait();
    error = server.shake_hands();
  }
  return error;
}

int play(SimServer& server) {
  std::cout << "WhatsApp is played at http://127.0.0.1:" << server.port()
            << "; be a citizen: build/run/bin/alur phone" << std::endl;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  int which = 0;
  sigwait(&signals, &which);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  Options options;
  CLI::App app("graph_sim: a pretend Graph API of WhatsApp on this machine");
  declare(app, options);
  CLI::App* load = app.add_subcommand("load", "Many citizens write; says what became of it");
  load->add_option("--rate", options.load.rate, "Messages of citizens a second");
  load->add_option("--seconds", options.load.seconds, "For so long");
  load->add_option("--citizens", options.load.citizens, "So many of them, in turn");
  load->add_option("--drain", options.load.wait_seconds, "Waits so many seconds for the rest")
      ->capture_default_str();
  load->add_option("--script", options.script, "A file with what each says, line by line");
  CLI11_PARSE(app, count, words);
  if (!read_script(options)) {
    std::cerr << options.script << ": is not there, or empty\n";
    return 2;
  }
  // Blocked before there are threads, so that sigwait() has them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  SimServer server(options.world, options.server);
  if (const std::string error = server.start(); !error.empty()) {
    std::cerr << "graph_sim: " << error << "\n";
    return 2;
  }
  const std::string error = shake_hands(server, options.wait_seconds);
  std::cout << (error.empty() ? "the webhook's handshake is good" : "handshake: " + error)
            << std::endl;
  if (!load->parsed()) return play(server);
  const LoadReport report = put_load(server, options.load);
  print(report, std::cout);
  return report.finished ? 0 : 1;
}

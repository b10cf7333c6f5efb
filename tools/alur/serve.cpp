// `alur serve APP`, and what is asked of a running service: publish, versions, rollback.
#include "tools/serve/serve.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>

#include "adapters/http/http_client.hpp"
#include "dsl/compile/compile.hpp"
#include "tools/alur/command.hpp"
#include "tools/alur/settle.hpp"
#include "tools/operator/examine.hpp"
#include "tools/serve/routes.hpp"

namespace alur::tools {

namespace json = boost::json;

namespace {

constexpr std::uint16_t usual_port = 8157;

struct ServiceOptions {
  std::string app;
  std::uint16_t port = usual_port;
  bool dry_run = false;
  bool move = false;
  unsigned version = 0;
};

void add_port(CLI::App& command, ServiceOptions& options) {
  command.add_option("--port", options.port, "Where the service listens on this machine")
      ->capture_default_str();
}

// The answer's JSON; where there is none, one line to the error stream, and the exit code.
std::optional<json::object> ask(const ServiceOptions& options, const adapters::HttpRequest& request,
                                int& status) {
  const adapters::HttpAnswer answer = adapters::http_ask("127.0.0.1", options.port, request);
  status = answer.status;
  boost::system::error_code error;
  json::value value = json::parse(answer.body, error);
  if (answer.status == 0 || error || !value.is_object()) {
    std::cerr << "alur: " << (answer.status == 0 ? answer.body : "no answer of an alur service")
              << "\n";
    return std::nullopt;
  }
  if (const json::value* why = value.get_object().if_contains("error")) {
    std::cerr << "alur: " << why->get_string().c_str() << "\n";
    return std::nullopt;
  }
  return std::move(value.get_object());
}

std::string text_of(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_string() ? value->get_string().c_str() : "";
}

std::int64_t number_of(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value ? value->to_number<std::int64_t>() : 0;
}

void print_dry_run(const json::object& answer) {
  std::int64_t moves = 0;
  std::int64_t stays = 0;
  std::int64_t stranded = 0;
  for (const auto& [state, value] : answer.at("states").as_object()) {
    const json::object& tally = value.as_object();
    moves += number_of(tally, "moves");
    stays += number_of(tally, "stays");
    stranded += number_of(tally, "stranded");
    std::cout << state << ": " << number_of(tally, "moves") << " can move, "
              << number_of(tally, "stays") << " stay on their version";
    const std::string why = text_of(tally, "why");
    if (!why.empty()) std::cout << " (" << why << ")";
    if (number_of(tally, "stranded") > 0) {
      std::cout << ", " << number_of(tally, "stranded") << " cannot be read";
    }
    std::cout << "\n";
  }
  std::cout << "in all: " << moves << " can move, " << stays << " stay, " << stranded
            << " stranded; nothing was published\n";
}

int publish(const ServiceOptions& options) {
  std::string error;
  const auto files = dsl::read_app_folder(options.app, error);
  if (files.empty()) {
    std::cerr << "alur publish: " << error << "\n";
    return exit_unusable;
  }
  adapters::HttpRequest request{"POST", "/publish", "", publish_body(files)};
  if (options.move) request.query = "move=1";
  if (options.dry_run) request.query = "dry_run=1";
  int status = 0;
  const auto answer = ask(options, request, status);
  if (!answer) return exit_unusable;
  std::cout << text_of(*answer, "findings");
  if (status != 200) {
    std::cout << "nothing was published\n";
    return exit_found;
  }
  if (options.dry_run) {
    print_dry_run(*answer);
    return exit_good;
  }
  const bool unchanged = answer->at("unchanged").as_bool();
  std::cout << (unchanged ? "already version " : "published version ")
            << number_of(*answer, "version");
  if (options.move) std::cout << "; moved " << number_of(*answer, "moved") << " conversations";
  std::cout << "\n";
  return exit_good;
}

int versions(const ServiceOptions& options) {
  int status = 0;
  const auto answer = ask(options, {"GET", "/versions", "", ""}, status);
  if (!answer) return exit_unusable;
  for (const json::value& value : answer->at("versions").as_array()) {
    const json::object& version = value.as_object();
    std::cout << number_of(version, "version") << "  " << text_of(version, "hash").substr(0, 12)
              << "  " << number_of(version, "sessions") << " conversations"
              << (version.at("current").as_bool() ? "  current" : "") << "\n";
  }
  return exit_good;
}

int roll_back(const ServiceOptions& options) {
  const std::string query = "version=" + std::to_string(options.version);
  int status = 0;
  const auto answer = ask(options, {"POST", "/rollback", query, ""}, status);
  if (!answer) return status == 422 ? exit_found : exit_unusable;
  std::cout << "version " << options.version << " is current\n";
  return exit_good;
}

}  // namespace

namespace {

// Options fill `flags`; those that were given are then put over what the file says.
struct ServeOptions {
  ServeSettings flags;
  std::string config;
  bool check_only = false;
  bool no_desk = false;
  std::vector<std::function<void(ServeSettings&)>> given;

  // `value` names a member of `flags`, by way of settings.
  template <class Value>
  CLI::Option* add(CLI::App& command, const char* name, Value value, const char* about) {
    CLI::Option* option = command.add_option(name, value(flags), about);
    take_if_given(option, value);
    return option;
  }
  template <class Value>
  void take_if_given(CLI::Option* option, Value value) {
    given.push_back([this, option, value](ServeSettings& settings) {
      if (option->count() > 0) value(settings) = value(flags);
    });
  }
};

void add_web(CLI::App& command, ServeOptions& options) {
  const auto web = [](auto member) {
    return [member](ServeSettings& settings) -> auto& { return settings.web.*member; };
  };
  options.add(command, "--web-port", web(&WebChatSettings::port),
              "Where the web chat listens; else on the port after --port");
  options
      .add(command, "--web-address", web(&WebChatSettings::address),
           "On which of the machine's addresses")
      ->capture_default_str();
  options.add(command, "--web-title", web(&WebChatSettings::title),
              "What the page calls the service; else the app's name");
  options.add(command, "--web-embed", web(&WebChatSettings::embedders),
              "A site that may show the chat in its pages, as https://www.example.org; repeat");
  options.add(command, "--web-origin", web(&WebChatSettings::origins),
              "A site whose pages may open the chat's socket, instead of its own; repeat");
  options.add(command, "--web-proxy", web(&WebChatSettings::proxies),
              "The address of a proxy whose X-Forwarded-For is believed; repeat");
}

void add_desk(CLI::App& command, ServeOptions& options) {
  const auto desk = [](auto member) {
    return [member](ServeSettings& settings) -> auto& { return settings.desk.*member; };
  };
  options.add(command, "--desk-port", desk(&DeskPlace::port),
              "Where the agent desk listens; else on the fourth port after --port");
  options
      .add(command, "--desk-address", desk(&DeskPlace::address),
           "On which of the machine's addresses")
      ->capture_default_str();
  command.add_flag("--no-desk", options.no_desk, "Serves no desk: nobody takes over");
  options.given.push_back([&options](ServeSettings& settings) {
    if (options.no_desk) settings.desk.on = false;
  });
}

void add_service(CLI::App& command, ServeOptions& options) {
  const auto to = [](auto member) {
    return [member](ServeSettings& settings) -> auto& { return settings.*member; };
  };
  options.add(command, "APP", to(&ServeSettings::app), "The app's folder, with app.yaml in it");
  options
      .add(command, "--store", to(&ServeSettings::store),
           "The store's file; \"\" keeps all in memory")
      ->capture_default_str();
  options
      .add(command, "--port", to(&ServeSettings::port),
           "Where to listen on this machine; 0: anywhere")
      ->capture_default_str();
  options
      .add(command, "--cores", to(&ServeSettings::cores),
           "How many threads carry conversations; 0: one a core")
      ->capture_default_str();
  options.add(command, "--lists", to(&ServeSettings::lists),
              "A folder of lists of institutions, instead of those in the app's data/");
  options.add(command, "--audit", to(&ServeSettings::audit),
              "The folder that keeps what the registry answered; else STORE.audit");
  options.add(command, "--channel", to(&ServeSettings::channel),
              "As which of the app's channels it serves; else its first");
  options.add(command, "--services", to(&ServeSettings::services),
              "Which services are asked over HTTP; else services.json of the app's folder");
  options
      .add(command, "--log", to(&ServeSettings::log),
           "plain for people; json for programs, an object a line")
      ->check(CLI::IsMember({"plain", "json"}))
      ->capture_default_str();
  options.take_if_given(command.add_flag("--watch", options.flags.watch,
                                         "Publishes what is saved, and moves what can be"),
                        to(&ServeSettings::watch));
}

int serve_as_told(const ServeOptions& options) {
  ServeSettings settings;
  settings.app = options.flags.app;
  if (!options.config.empty()) {
    const int code = settle(options.config, settings, "alur serve");
    if (code != exit_good) return code;
  }
  for (const auto& take : options.given) take(settings);
  if (settings.app.empty()) {
    std::cerr << "alur serve: APP is required, or `app` in a file that --config names; "
                 "`alur serve --help` says more\n";
    return exit_unusable;
  }
  if (!options.check_only) return serve(settings, std::cout);
  const Diagnoses found = examine_settings(settings);
  std::cout << render(found);
  return has_fault(found) ? exit_found : exit_good;
}

}  // namespace

Run declare_serve(CLI::App& command) {
  auto options = std::make_shared<ServeOptions>();
  add_service(command, *options);
  command.add_option("--config", options->config,
                     "An alur.yaml that settles the same; what is given here comes first");
  command.add_flag("--check-config", options->check_only,
                   "Says what it would do, and whether it could; serves nothing");
  add_web(command, *options);
  add_desk(command, *options);
  return [options] { return serve_as_told(*options); };
}

Run declare_publish(CLI::App& command) {
  auto options = std::make_shared<ServiceOptions>();
  command.add_option("APP", options->app, "The app's folder, with app.yaml in it")->required();
  add_port(command, *options);
  command.add_flag("--dry-run", options->dry_run,
                   "Says what would become of the conversations under way");
  command.add_flag("--move", options->move,
                   "Moves conversations that provably can go on in the new version");
  return [options] { return publish(*options); };
}

Run declare_versions(CLI::App& command) {
  auto options = std::make_shared<ServiceOptions>();
  add_port(command, *options);
  return [options] { return versions(*options); };
}

Run declare_rollback(CLI::App& command) {
  auto options = std::make_shared<ServiceOptions>();
  command.add_option("VERSION", options->version, "Its number, as `alur versions` tells it")
      ->required();
  add_port(command, *options);
  return [options] { return roll_back(*options); };
}

}  // namespace alur::tools

// `alur phone`: a citizen's phone in the terminal, on a pretend WhatsApp (tools/graph_sim).
#include <CLI/CLI.hpp>
#include <atomic>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>
#include <mutex>
#include <sstream>
#include <thread>

#include "adapters/http/http_client.hpp"
#include "tools/alur/command.hpp"
#include "tools/graph_sim/media_shelf.hpp"
#include "tools/graph_sim/phone_screen.hpp"

namespace alur::tools {
namespace {

namespace json = boost::json;

struct PhoneOptions {
  std::uint16_t port = 8170;
  std::string phone = "6281234567890";
  std::string name = "Warga";
};

constexpr std::string_view help =
    "write, or type a choice's number; /image FILE, /document FILE, /place LATITUDE LONGITUDE,\n"
    "/hide (your number from the business), /newnumber DIGITS, /quit\n";

class PhoneInHand {
 public:
  explicit PhoneInHand(PhoneOptions options) : options_(std::move(options)) {}

  int run() {
    if (!post("/sim/phone", {{"phone", options_.phone}, {"name", options_.name}})) {
      std::cerr << "alur: nobody plays WhatsApp at port " << options_.port
                << "; tools/run.sh --whatsapp does\n";
      return exit_unusable;
    }
    std::cout << help;
    std::thread screen([this] {
      while (!put_away_) look();
    });
    for (std::string line; std::getline(std::cin, line) && line != "/quit";) {
      if (!line.empty()) act(line);
    }
    put_away_ = true;  // after the look that is under way: who pipes lines in sees the answers
    screen.join();
    return exit_good;
  }

 private:
  bool post(const std::string& path, const json::object& body) {
    const auto answer =
        adapters::http_ask("127.0.0.1", options_.port, {"POST", path, "", json::serialize(body)});
    if (answer.status != 200 && answer.status != 0) std::cout << answer.body << std::endl;
    return answer.status == 200;
  }

  std::string query() {
    const std::lock_guard lock(mutex_);
    return "phone=" + options_.phone + "&after=" + std::to_string(seen_) +
           "&typing=" + (typing_ ? "true" : "false") + "&wait=2";
  }

  // Waits a little for something new, and shows it.
  void look() {
    const auto answer =
        adapters::http_ask("127.0.0.1", options_.port, {"GET", "/sim/thread", query(), ""});
    boost::system::error_code error;
    const json::value value = json::parse(answer.body, error);
    if (answer.status != 200 || error) {
      put_away_ = true;
      std::cerr << "alur: WhatsApp is not played any more\n";
      return;
    }
    const std::lock_guard lock(mutex_);
    for (const json::value& one : value.at("messages").as_array()) {
      seen_ = one.at("count").to_number<std::uint64_t>();
      const json::object& message = one.at("message").as_object();
      const bool mine = one.at("from") == "citizen";
      if (!mine) choices_ = graph_sim::choices_of(message).size();
      std::cout << (mine ? "> " : "") << graph_sim::show(message) << (mine ? "" : "\n");
    }
    const bool types = value.at("typing").as_bool();
    if (types && !typing_) std::cout << "..." << std::endl;
    typing_ = types;
    std::cout.flush();
  }

  void act(const std::string& line) {
    std::istringstream words(line);
    std::string verb;
    words >> verb;
    json::object say{{"phone", options_.phone}};
    if (verb == "/image" || verb == "/document") {
      if (!add_file(verb.substr(1), words, say)) return;
    } else if (verb == "/place") {
      double latitude = 0;
      double longitude = 0;
      words >> latitude >> longitude;
      say["message"] = {{"type", "location"},
                        {"location", {{"latitude", latitude}, {"longitude", longitude}}}};
    } else if (verb == "/hide") {
      say["hides_number"] = true;
      say["user_id"] = "ID.1" + options_.phone;
      post("/sim/phone", say);
      return;
    } else if (verb == "/newnumber") {
      std::string to;
      words >> to;
      say["change_number"] = to;
      if (!post("/sim/phone", say)) return;
      const std::lock_guard lock(mutex_);
      options_.phone = to;
      return;
    } else if (is_choice(line)) {
      say["tap"] = line;
    } else {
      say["text"] = line;
    }
    post("/sim/say", say);
  }

  bool is_choice(const std::string& line) {
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 1; i <= choices_; ++i) {
      if (line == std::to_string(i)) return true;
    }
    return false;
  }

  static bool add_file(const std::string& type, std::istringstream& words, json::object& say) {
    std::string path;
    words >> path;
    std::ifstream in(path, std::ios::binary);
    if (!in) {
      std::cout << path << ": is not there" << std::endl;
      return false;
    }
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    const std::size_t slash = path.rfind('/') + 1;
    say["file"] = {{"type", type},
                   {"mime", type == "image" ? "image/jpeg" : "application/pdf"},
                   {"data", graph_sim::to_base64(bytes)}};
    if (type == "document") say["file"].get_object()["filename"] = path.substr(slash);
    return true;
  }

  PhoneOptions options_;
  std::mutex mutex_;
  std::atomic<bool> put_away_ = false;
  std::uint64_t seen_ = 0;
  std::size_t choices_ = 0;
  bool typing_ = false;
};

}  // namespace

Run declare_phone(CLI::App& command) {
  auto options = std::make_shared<PhoneOptions>();
  command.add_option("--port", options->port, "Where WhatsApp is played on this machine")
      ->capture_default_str();
  command.add_option("--phone", options->phone, "Your number, digits")->capture_default_str();
  command.add_option("--name", options->name, "Your name")->capture_default_str();
  return [options] { return PhoneInHand(*options).run(); };
}

}  // namespace alur::tools

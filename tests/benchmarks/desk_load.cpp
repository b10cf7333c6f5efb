// Load for the desk of a service: agents at their sockets, each with as many conversations as it
// has room for, more citizens waiting, and so many messages a second of those who are served. How
// long a message is on its way from the citizen to the screen of whoever serves them, and what it
// costs the service.
//
//   desk_load ALUR [AGENTS] [WAITING] [A_SECOND] [SECONDS]
//
// Starts `ALUR serve` itself, on an app of its own in a new folder, with the store in a file.
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "adapters/desk/accounts.hpp"
#include "tests/adapters/desk/desk_page.hpp"
#include "tests/crash/http_line.hpp"
#include "tests/crash/served.hpp"
#include "tools/serve/staff_book.hpp"

namespace {

namespace fs = std::filesystem;
using namespace alur;
using namespace alur::tests;
using Steady = std::chrono::steady_clock;

constexpr int capacity = 4;

constexpr const char* app = R"(app: load
languages: [en]
timezone: Asia/Jakarta
start: main
channels: [webchat]
queues:
  general:
    size: 20000
    longest_wait: 1d
defaults:
  no_match:
    - en: Please type it again.
    - stop: true
  no_input:
    - after: 10m
      stop: true
  session_ends: 24h
bounds:
  person_within: none
)";

constexpr const char* flow = R"(flow: main
outcomes: [done]
states:
  start:
    - say:
        en: Welcome.
    - handoff: general
      outcomes:
        closed: bye
        left: bye
        no_agent: bye
        out_of_hours: bye
        timed_out: bye
        unavailable: bye
  bye:
    - say:
        en: Goodbye.
    - end: done
)";

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(Steady::now().time_since_epoch())
      .count();
}

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// The text behind this in a frame; empty: it is not there.
std::string text_behind(const std::string& frame, const std::string& key) {
  const std::size_t at = frame.find(key);
  if (at == std::string::npos) return {};
  const std::size_t from = at + key.size();
  return frame.substr(from, frame.find('"', from) - from);
}

// One agent: takes what is offered, and says how late each line was.
class Agent {
 public:
  Agent(std::uint16_t port, std::string secret) : page_(port, std::move(secret)) {}

  bool come() {
    return page_.open() == 101 &&
           page_.wants({{"do", "presence"}, {"presence", "online"}}) == "done";
  }
  void run() {
    for (;;) {
      const std::string frame = page_.line().receive();
      if (frame.empty() || frame.starts_with("close")) return;
      bytes += frame.size();
      ++frames;
      take(frame);
    }
  }
  void send(const json::object& wish) {
    const std::lock_guard lock(mutex_);
    page_.line().send(json::serialize(wish));
  }
  void ping() { send({{"do", "ping"}, {"n", 1'000'000}}); }
  void leave() { shutdown(page_.line().descriptor(), SHUT_RDWR); }

  std::vector<std::int64_t> late_us;  // by run()
  std::atomic<int> owned = 0;
  std::atomic<std::uint64_t> frames = 0;
  std::atomic<std::uint64_t> bytes = 0;

 private:
  void take(const std::string& frame) {
    if (frame.starts_with(R"({"is":"line")")) {
      const std::string said = text_behind(frame, R"("text":"at )");
      if (!said.empty()) late_us.push_back(now_us() - std::atoll(said.c_str()));
    } else if (frame.starts_with(R"({"is":"row")")) {
      const bool offered = frame.find(R"("offered_until")") != std::string::npos;
      if (!offered) return;
      const std::string citizen = text_behind(frame, R"("citizen":")");
      send({{"do", "accept"},
            {"n", ++accepts_},
            {"citizen", citizen},
            {"epoch", text_behind(frame, R"("epoch":")")}});
      if (taken_.insert(citizen).second) ++owned;
    }
  }

  DeskPage page_;
  std::mutex mutex_;
  std::uint64_t accepts_ = 10;
  std::set<std::string> taken_;
};

double at(std::vector<std::int64_t>& sorted, double part) {
  if (sorted.empty()) return 0;
  const auto index = static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1));
  return static_cast<double>(sorted[index]) / 1e3;
}

std::string memory_of(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  std::string out;
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS") || line.starts_with("VmHWM")) out += line + "  ";
  }
  return out;
}

double cpu_seconds_of(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string word;
  double ticks = 0;
  for (int i = 1; i <= 15 && stat >> word; ++i) {
    if (i >= 14) ticks += std::atof(word.c_str());
  }
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

// Makes the accounts in the book beside the store, and signs them in, at a cost of nothing.
std::vector<std::string> sign_in_all(const std::string& store, int agents) {
  std::string error;
  auto book = tools::open_staff_book(store, "", error);
  if (!book) {
    std::cerr << error << "\n";
    std::exit(1);
  }
  adapters::AccountsSettings how;
  how.cost = {8u << 10, 1};
  adapters::Accounts accounts(*book->staff, how);
  std::vector<std::string> secrets;
  const value::Instant now{now_ms()};
  for (int i = 0; i < agents; ++i) {
    const std::string name = "agent" + std::to_string(i);
    const std::string password = "sebuah kata sandi panjang";
    adapters::AccountChange about;
    about.full_name = name;
    about.role = ports::Role::agent;
    about.queues = std::vector<std::string>{"general"};
    const bool made = accounts.add(name, about, "load", now).has_value() &&
                      accounts.reset_password(name, password, "load", now).has_value();
    const auto entered = accounts.sign_in(name, password, "", "10.0.0." + std::to_string(i), now);
    if (!made || !entered) std::exit(1);
    secrets.push_back(entered->secret);
  }
  return secrets;
}

struct Citizens {
  HttpLine line;
  int messages = 0;

  explicit Citizens(std::uint16_t port) : line(port) {}
  bool say(int who, const std::string& text) {
    const json::object message{{"id", "m" + std::to_string(++messages)},
                               {"from", "c" + std::to_string(who)},
                               {"text", text}};
    return line.ask("POST", "/messages", json::serialize(message)) == 200;
  }
};

void tell(std::vector<std::int64_t> late, int wanted, double seconds, double cpu, pid_t pid,
          const std::vector<std::unique_ptr<Agent>>& agents) {
  std::sort(late.begin(), late.end());
  std::uint64_t frames = 0;
  std::uint64_t bytes = 0;
  for (const auto& agent : agents) {
    frames += agent->frames;
    bytes += agent->bytes;
  }
  fmt::print(
      "{} messages in {:.1f} s, {} of them seen; ms until they were: p50 {:.1f}, p99 {:.1f}, "
      "most {:.1f}\n",
      wanted, seconds, late.size(), at(late, 0.5), at(late, 0.99), at(late, 1));
  fmt::print("the service: {:.0f} % of a core, {}\n", 100 * cpu / seconds, memory_of(pid));
  fmt::print("{} frames, {:.1f} MB to the sockets since they came\n", frames,
             static_cast<double>(bytes) / 1e6);
}

int number(int argc, char** argv, int at_index, int usual) {
  return argc > at_index ? std::atoi(argv[at_index]) : usual;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "desk_load ALUR [AGENTS] [WAITING] [A_SECOND] [SECONDS]\n";
    return 2;
  }
  const int agent_count = number(argc, argv, 2, 200);
  const int waiting = number(argc, argv, 3, 5'000);
  const int a_second = number(argc, argv, 4, 100);
  const int seconds = number(argc, argv, 5, 30);
  std::string name = (fs::temp_directory_path() / "alur_desk_load_XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return 1;
  const fs::path folder = name;
  fs::create_directory(folder / "app");
  std::ofstream(folder / "app" / "app.yaml") << app;
  std::ofstream(folder / "app" / "main.flow.yaml") << flow;
  const std::string store = (folder / "store.db").string();
  const std::vector<std::string> secrets = sign_in_all(store, agent_count);
  Served served(argv[1], {"serve", (folder / "app").string(), "--store", store});
  const std::string place = "the desk is at http://127.0.0.1:";
  if (!served.start() || !served.says(place)) {
    std::cerr << served.said();
    return 1;
  }
  const auto port = static_cast<std::uint16_t>(
      std::atoi(served.said().c_str() + served.said().find(place) + place.size()));

  std::vector<std::unique_ptr<Agent>> agents;
  std::vector<std::thread> threads;
  for (const std::string& secret : secrets) {
    agents.push_back(std::make_unique<Agent>(port, secret));
    if (!agents.back()->come()) {
      std::cerr << "an agent could not connect\n";
      return 1;
    }
    threads.emplace_back([agent = agents.back().get()] { agent->run(); });
  }
  fmt::print("{} agents are there: {}\n", agent_count, memory_of(served.pid()));
  std::atomic<bool> done = false;
  std::thread pinging([&] {
    for (int i = 0; !done; ++i) {
      if (i % 100 == 0) {
        for (const auto& agent : agents) agent->ping();
      }
      std::this_thread::sleep_until(Steady::now() + std::chrono::milliseconds(100));
    }
  });

  Citizens citizens(served.port());
  const int open = agent_count * capacity;
  const auto begun = Steady::now();
  for (int i = 0; i < open + waiting; ++i) {
    if (!citizens.say(i, "halo")) std::cerr << "not taken: " << citizens.line.body() << "\n";
  }
  const double filled = std::chrono::duration<double>(Steady::now() - begun).count();
  int owned = 0;
  for (int i = 0; i < 100 && owned < open; ++i) {
    owned = 0;
    for (const auto& agent : agents) owned += agent->owned;
    std::this_thread::sleep_until(Steady::now() + std::chrono::milliseconds(100));
  }
  fmt::print("{} came in {:.1f} s; {} are served, the others wait: {}\n", open + waiting, filled,
             owned, memory_of(served.pid()));

  const double cpu_before = cpu_seconds_of(served.pid());
  const auto start = Steady::now();
  std::mt19937 chance(1);
  const int wanted = a_second * seconds;
  for (int i = 0; i < wanted; ++i) {
    std::this_thread::sleep_until(start + std::chrono::microseconds(1'000'000ll * i / a_second));
    citizens.say(static_cast<int>(chance() % static_cast<unsigned>(open)),
                 "at " + std::to_string(now_us()) + " ");
  }
  std::this_thread::sleep_until(Steady::now() + std::chrono::seconds(1));
  const double took = std::chrono::duration<double>(Steady::now() - start).count();
  const double cpu = cpu_seconds_of(served.pid()) - cpu_before;
  done = true;
  pinging.join();
  std::vector<std::int64_t> late;
  const pid_t pid = served.pid();
  for (const auto& agent : agents) agent->leave();
  for (std::thread& thread : threads) thread.join();
  for (const auto& agent : agents) {
    late.insert(late.end(), agent->late_us.begin(), agent->late_us.end());
  }
  tell(std::move(late), wanted, took, cpu, pid, agents);
  served.kill();
  fs::remove_all(folder);
  return 0;
}

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
#include "tests/adapters/desk/handoff_app.hpp"
#include "tests/crash/http_line.hpp"
#include "tests/crash/served.hpp"
#include "tests/new_folder.hpp"
#include "tools/serve/staff_book.hpp"

namespace {

using namespace alur;
using namespace alur::tests;
using Steady = std::chrono::steady_clock;

constexpr int capacity = 4;

const std::string app = handoff_app("queues:\n  general:\n    size: 20000\n    longest_wait: 1d\n");
const std::string flow = R"(flow: main
outcomes: [done]
states:
  start:
    - say:
        en: Welcome.
    - goto: person
)" + handoff_states("person");

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

double at(const std::vector<std::int64_t>& sorted, double part) {
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

// All agents, and the thread that keeps their connections alive.
class Staff {
 public:
  ~Staff() { leave(); }

  // False: one could not connect.
  bool come(std::uint16_t port, const std::vector<std::string>& secrets) {
    for (const std::string& secret : secrets) {
      agents_.push_back(std::make_unique<Agent>(port, secret));
      if (!agents_.back()->come()) return false;
      threads_.emplace_back([agent = agents_.back().get()] { agent->run(); });
    }
    pinging_ = std::thread([this] {
      for (int i = 0; !done_; ++i) {
        if (i % 100 == 0) {
          for (const auto& agent : agents_) agent->ping();
        }
        std::this_thread::sleep_until(Steady::now() + std::chrono::milliseconds(100));
      }
    });
    return true;
  }
  // How many conversations they have, once it is so many, or after ten seconds.
  int own(int wanted) const {
    int owned = 0;
    for (int i = 0; i < 100 && owned < wanted; ++i) {
      owned = 0;
      for (const auto& agent : agents_) owned += agent->owned;
      std::this_thread::sleep_until(Steady::now() + std::chrono::milliseconds(100));
    }
    return owned;
  }
  void leave() {
    done_ = true;
    if (pinging_.joinable()) pinging_.join();
    for (const auto& agent : agents_) agent->leave();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }
  // When they have left: how late each line was, microseconds, from the least on.
  std::vector<std::int64_t> late_us() const {
    std::vector<std::int64_t> late;
    for (const auto& agent : agents_) {
      late.insert(late.end(), agent->late_us.begin(), agent->late_us.end());
    }
    std::sort(late.begin(), late.end());
    return late;
  }
  void tell_traffic() const {
    std::uint64_t frames = 0;
    std::uint64_t bytes = 0;
    for (const auto& agent : agents_) {
      frames += agent->frames;
      bytes += agent->bytes;
    }
    fmt::print("{} frames, {:.1f} MB to the sockets since they came\n", frames,
               static_cast<double>(bytes) / 1e6);
  }

 private:
  std::vector<std::unique_ptr<Agent>> agents_;
  std::vector<std::thread> threads_;
  std::thread pinging_;
  std::atomic<bool> done_ = false;
};

struct Wanted {
  int agents;
  int waiting;
  int a_second;
  int seconds;
};

// As many come as are served and wait. False: one was not taken.
bool fill(Citizens& citizens, int count) {
  for (int i = 0; i < count; ++i) {
    if (citizens.say(i, "halo")) continue;
    std::cerr << "not taken: " << citizens.line.body() << "\n";
    return false;
  }
  return true;
}

// Those who are served write, evenly; how long that took, seconds.
double write_on(Citizens& citizens, const Wanted& wanted) {
  std::mt19937 chance(1);
  const auto served = static_cast<unsigned>(wanted.agents * capacity);
  const auto start = Steady::now();
  for (int i = 0; i < wanted.a_second * wanted.seconds; ++i) {
    std::this_thread::sleep_until(start +
                                  std::chrono::microseconds(1'000'000ll * i / wanted.a_second));
    citizens.say(static_cast<int>(chance() % served), "at " + std::to_string(now_us()) + " ");
  }
  std::this_thread::sleep_until(Steady::now() + std::chrono::seconds(1));
  return std::chrono::duration<double>(Steady::now() - start).count();
}

// The exit code.
int load(Served& served, std::uint16_t desk_port, const std::vector<std::string>& secrets,
         const Wanted& wanted) {
  Staff staff;
  if (!staff.come(desk_port, secrets)) {
    std::cerr << "an agent could not connect\n";
    return 1;
  }
  fmt::print("{} agents are there: {}\n", wanted.agents, memory_of(served.pid()));
  Citizens citizens(served.port());
  const int open = wanted.agents * capacity;
  const auto begun = Steady::now();
  if (!fill(citizens, open + wanted.waiting)) return 1;
  const double filled = std::chrono::duration<double>(Steady::now() - begun).count();
  const int owned = staff.own(open);
  fmt::print("{} came in {:.1f} s; {} are served, the others wait: {}\n", open + wanted.waiting,
             filled, owned, memory_of(served.pid()));

  const double cpu_before = cpu_seconds_of(served.pid());
  const double took = write_on(citizens, wanted);
  const double cpu = cpu_seconds_of(served.pid()) - cpu_before;
  staff.leave();
  const std::vector<std::int64_t> late = staff.late_us();
  fmt::print(
      "{} messages in {:.1f} s, {} of them seen; ms until they were: p50 {:.1f}, p99 {:.1f}, "
      "most {:.1f}\n",
      wanted.a_second * wanted.seconds, took, late.size(), at(late, 0.5), at(late, 0.99),
      at(late, 1));
  fmt::print("the service: {:.0f} % of a core, {}\n", 100 * cpu / took, memory_of(served.pid()));
  staff.tell_traffic();
  return 0;
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
  const Wanted wanted{number(argc, argv, 2, 200), number(argc, argv, 3, 5'000),
                      number(argc, argv, 4, 100), number(argc, argv, 5, 30)};
  const NewFolder folder;
  folder.write("app/app.yaml", app);
  folder.write("app/main.flow.yaml", flow);
  const std::vector<std::string> secrets = sign_in_all(folder.at("store.db"), wanted.agents);
  Served served(argv[1], {"serve", folder.at("app"), "--store", folder.at("store.db")});
  const std::string place = "the desk is at http://127.0.0.1:";
  if (!served.start() || !served.says(place)) {
    std::cerr << served.said();
    return 1;
  }
  const auto port = static_cast<std::uint16_t>(
      std::atoi(served.said().c_str() + served.said().find(place) + place.size()));
  return load(served, port, secrets, wanted);
}

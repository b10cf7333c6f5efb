// Load for the web chat of a service on this machine: so many sockets, each a citizen's, first
// silent, then chatting: each says its next message when the last was answered and a while has
// passed.
//
//   web_load PORT SOCKETS SECONDS GAP_MS [PID]
//
// The service has to believe 127.0.0.1 as a proxy (--web-proxy), or its bound for one address
// holds. PID: of the service; what a silent socket costs it is told. SECONDS 0: they stay silent.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <queue>
#include <random>
#include <string>
#include <vector>

#include "tests/adapters/webchat/socket_line.hpp"

namespace {

using alur::tests::SocketLine;
using Steady = std::chrono::steady_clock;

constexpr const char* words[] = {"menu", "is BCA licensed?", "2", "menu", "halo", "3"};

struct Citizen {
  std::unique_ptr<SocketLine> line;
  std::string unread;
  std::string last = "0";
  int said = 0;
  bool waits = false;  // for the answer to what it said
  Steady::time_point since;
};

double ms_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

double resident_kib(const char* pid) {
  std::ifstream file(std::string("/proc/") + pid + "/statm");
  double pages = 0;
  file >> pages >> pages;
  return pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1024;
}

std::string text_behind(const std::string& frame, const std::string& key) {
  const std::size_t at = frame.find(key);
  if (at == std::string::npos) return {};
  return frame.substr(at + key.size(), frame.find('"', at + key.size()) - at - key.size());
}

class Load {
 public:
  Load(std::uint16_t port, std::size_t sockets) : port_(port), citizens_(sockets) {}

  bool open() {
    epoll_ = epoll_create1(EPOLL_CLOEXEC);
    for (std::size_t i = 0; i < citizens_.size(); ++i) {
      Citizen& citizen = citizens_[i];
      citizen.line = std::make_unique<SocketLine>(port_);
      const std::string address = fmt::format("10.{}.{}.{}", i >> 16, (i >> 8) & 255, i & 255);
      const int status = citizen.line->upgrade(
          {"Origin: http://127.0.0.1:" + std::to_string(port_), "X-Forwarded-For: " + address});
      if (status != 101) {
        fmt::print("socket {}: {} instead of 101\n", i, status);
        return false;
      }
      citizen.line->send(R"({"type":"hello","v":1,"last":"0"})");
      citizen.line->receive_with("welcome");
      const int socket = citizen.line->descriptor();
      fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
    }
    return true;
  }

  void chat(double seconds, double gap_ms) {
    std::uniform_real_distribution<double> spread(0.5, 1.5);
    const auto start = Steady::now();
    for (std::size_t i = 0; i < citizens_.size(); ++i) {
      due_.push({start + ms(gap_ms * spread(random_)), i});
    }
    while (ms_since(start) < seconds * 1e3) {
      for (; !due_.empty() && due_.top().first <= Steady::now(); due_.pop()) say(due_.top().second);
      epoll_event events[256];
      const int count = epoll_wait(epoll_, events, 256, 1);
      for (int i = 0; i < count; ++i) {
        const std::size_t index = events[i].data.u64;
        if (read(index)) due_.push({Steady::now() + ms(gap_ms * spread(random_)), index});
      }
    }
  }

  void report(double seconds) {
    std::sort(times_.begin(), times_.end());
    if (times_.empty()) return;
    const auto at = [&](double part) {
      return times_[static_cast<std::size_t>(part * static_cast<double>(times_.size() - 1))];
    };
    fmt::print("{} sockets: {:.0f} answers a second, p50 {:.2f} ms, p99 {:.1f} ms, {} ended\n",
               citizens_.size(), static_cast<double>(times_.size()) / seconds, at(0.5), at(0.99),
               ended_);
  }

 private:
  static Steady::duration ms(double count) {
    return std::chrono::duration_cast<Steady::duration>(
        std::chrono::duration<double, std::milli>(count));
  }

  void say(std::size_t index) {
    Citizen& citizen = citizens_[index];
    const char* text = words[static_cast<std::size_t>(citizen.said) % std::size(words)];
    citizen.waits = true;
    citizen.since = Steady::now();
    citizen.line->send(
        fmt::format(R"({{"type":"message","id":"b-{}","text":"{}"}})", citizen.said++, text));
  }

  // True: what it said was answered just now.
  bool read(std::size_t index) {
    Citizen& citizen = citizens_[index];
    char piece[16'384];
    const ssize_t got = recv(citizen.line->descriptor(), piece, sizeof piece, 0);
    if (got <= 0) {
      ++ended_;
      epoll_ctl(epoll_, EPOLL_CTL_DEL, citizen.line->descriptor(), nullptr);
      return false;
    }
    citizen.unread.append(piece, static_cast<std::size_t>(got));
    bool heard = false;
    for (std::string frame; take_frame(citizen.unread, frame);) {
      if (frame.find("\"type\":\"message\"") == std::string::npos) continue;
      heard = true;
      citizen.last = text_behind(frame, "\"id\":\"");
    }
    if (!heard) return false;
    citizen.line->send(R"({"type":"ack","last":")" + citizen.last + R"("})");
    if (!citizen.waits) return false;
    citizen.waits = false;
    times_.push_back(ms_since(citizen.since));
    return true;
  }

  // The service's frames are short, whole and not masked.
  static bool take_frame(std::string& bytes, std::string& frame) {
    if (bytes.size() < 2) return false;
    std::size_t size = static_cast<unsigned char>(bytes[1]) & 0x7f;
    std::size_t head = 2;
    if (size == 126) {
      if (bytes.size() < 4) return false;
      size = static_cast<unsigned char>(bytes[2]) * 256u + static_cast<unsigned char>(bytes[3]);
      head = 4;
    }
    if (bytes.size() < head + size) return false;
    frame = bytes.substr(head, size);
    bytes.erase(0, head + size);
    return true;
  }

  std::uint16_t port_;
  int epoll_ = -1;
  std::vector<Citizen> citizens_;
  using Due = std::pair<Steady::time_point, std::size_t>;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
  std::vector<double> times_;
  std::size_t ended_ = 0;
  std::mt19937 random_{7};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    fmt::print("usage: web_load PORT SOCKETS SECONDS GAP_MS [PID]\n");
    return 2;
  }
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  const auto sockets = static_cast<std::size_t>(std::atoll(argv[2]));
  const double seconds = std::atof(argv[3]);
  const double before = argc > 5 ? resident_kib(argv[5]) : 0;
  Load load(static_cast<std::uint16_t>(std::atoi(argv[1])), sockets);
  if (!load.open()) return 1;
  if (argc > 5) {
    const double after = resident_kib(argv[5]);
    fmt::print("{} silent sockets: {:.1f} KiB each, {:.0f} MiB resident in all\n", sockets,
               (after - before) / static_cast<double>(sockets), after / 1024);
  }
  load.chat(seconds, std::atof(argv[4]));
  load.report(seconds);
}

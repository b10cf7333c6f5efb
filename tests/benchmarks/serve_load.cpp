// Load for a service on this machine: citizens who send messages of a script over keep-alive
// connections, and one who fetches what is said to them.
//
//   serve_load PORT CONNECTIONS SECONDS [RATE [CITIZENS [FIRST]]]
//
// RATE 0: each connection sends its next message when the last is answered. Else so many a second,
// whatever the answers do, timed from when each should have gone.
#include <fmt/format.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/crash/http_line.hpp"

namespace {

using alur::tests::HttpLine;
using Steady = std::chrono::steady_clock;

// A conversation of tests/engine/runtime/small_service.hpp.
constexpr const char* script[] = {"hi", "maju", "Person", "Nothing"};

struct Options {
  std::uint16_t port = 0;
  std::size_t connections = 64;
  double seconds = 5;
  double rate = 0;
  std::uint64_t citizens = 10'000;
  std::uint64_t first = 0;
};

class Load {
 public:
  explicit Load(const Options& options)
      : options_(options), epoll_(epoll_create1(EPOLL_CLOEXEC)), steps_(options.citizens, 0) {}

  void run() {
    std::thread fetcher([this] { fetch(); });
    for (std::size_t i = 0; i < options_.connections; ++i) {
      lines_.push_back(std::make_unique<HttpLine>(options_.port));
      due_.emplace_back();
      lines_.back()->ask("GET", "/nothing", "");
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      epoll_ctl(epoll_, EPOLL_CTL_ADD, lines_.back()->descriptor(), &event);
      free_.push_back(i);
    }
    const auto start = Steady::now();
    drive(start);
    const double took = std::chrono::duration<double>(Steady::now() - start).count();
    over_ = true;
    fetcher.join();
    report(took);
  }

 private:
  void drive(Steady::time_point start) {
    const auto end = start + std::chrono::duration_cast<Steady::duration>(
                                 std::chrono::duration<double>(options_.seconds));
    std::uint64_t begun = 0;
    while (Steady::now() < end) {
      while (!free_.empty()) {
        auto due = Steady::now();
        if (options_.rate > 0) {
          const auto at =
              start + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(
                          static_cast<double>(begun) / options_.rate));
          if (at > due) break;
          due = at;
        }
        send(free_.back(), due, begun++);
        free_.pop_back();
      }
      epoll_event events[256];
      const int count = epoll_wait(epoll_, events, 256, options_.rate > 0 ? 0 : 1);
      for (int i = 0; i < count; ++i) receive(events[i].data.u64);
    }
  }

  void send(std::size_t line, Steady::time_point due, std::uint64_t number) {
    const std::uint64_t citizen = number % options_.citizens;
    const unsigned step = steps_[citizen]++;
    const std::string body =
        fmt::format(R"({{"id":"{}-{}","from":"628{:09}","text":"{}"}})", getpid(), number,
                    options_.first + citizen, script[step % std::size(script)]);
    due_[line] = due;
    if (!lines_[line]->send("POST", "/messages", body)) ++broken_;
  }

  void receive(std::size_t line) {
    const int status = lines_[line]->receive();
    if (status == 200) {
      latencies_.push_back(
          std::chrono::duration<float, std::milli>(Steady::now() - due_[line]).count());
    } else if (status == 503) {
      ++refused_;
    } else {
      ++broken_;
    }
    free_.push_back(line);
  }

  void fetch() {
    HttpLine line(options_.port);
    std::string acks;
    while (!over_) {
      if (line.ask("GET", "/outbox?wait=1&limit=1000&ack=" + acks, "") != 200) continue;
      acks.clear();
      const std::string& body = line.body();
      for (std::size_t at = body.find("{\"id\":\""); at != body.npos;
           at = body.find("{\"id\":\"", at)) {
        at += 7;
        acks.append(acks.empty() ? "" : ",").append(body, at, body.find('"', at) - at);
        ++fetched_;
      }
    }
  }

  void report(double took) {
    std::sort(latencies_.begin(), latencies_.end());
    const auto at = [this](double share) {
      if (latencies_.empty()) return 0.0f;
      return latencies_[static_cast<std::size_t>(share * double(latencies_.size() - 1))];
    };
    fmt::print(
        "{:.0f} messages/s accepted, p50 {:.2f} ms, p99 {:.2f} ms, p99.9 {:.2f} ms; "
        "{} refused, {} broken, {} fetched\n",
        static_cast<double>(latencies_.size()) / took, at(0.5), at(0.99), at(0.999), refused_,
        broken_, fetched_.load());
  }

  Options options_;
  int epoll_;
  std::vector<unsigned> steps_;
  std::vector<std::unique_ptr<HttpLine>> lines_;
  std::vector<Steady::time_point> due_;
  std::vector<std::size_t> free_;
  std::vector<float> latencies_;
  std::uint64_t refused_ = 0;
  std::uint64_t broken_ = 0;
  std::atomic<std::uint64_t> fetched_{0};
  std::atomic<bool> over_{false};
};

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (argc > 1) options.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  if (argc > 2) options.connections = static_cast<std::size_t>(std::atoi(argv[2]));
  if (argc > 3) options.seconds = std::atof(argv[3]);
  if (argc > 4) options.rate = std::atof(argv[4]);
  if (argc > 5) options.citizens = std::strtoull(argv[5], nullptr, 10);
  if (argc > 6) options.first = std::strtoull(argv[6], nullptr, 10);
  Load(options).run();
}

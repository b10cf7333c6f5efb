// Load for a service on this machine: citizens who send messages of a script over keep-alive
// connections, and one who fetches what is said to them.
//
//   serve_load PORT CONNECTIONS SECONDS [RATE [CITIZENS [FIRST [SCRIPT]]]]
//
// RATE 0: each connection sends its next message when the last is answered. Else so many a second,
// whatever the answers do, timed from when each should have gone; a message for which no connection
// is free is not sent. Messages that are not sent, or whose connection is closed, are refused.
// SCRIPT: a file, one message of a conversation a line.
#include <fmt/format.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/crash/http_line.hpp"

namespace {

using alur::tests::HttpLine;
using Steady = std::chrono::steady_clock;

struct Options {
  std::uint16_t port = 0;
  std::size_t connections = 64;
  double seconds = 5;
  double rate = 0;
  std::uint64_t citizens = 10'000;
  std::uint64_t first = 0;
  // A conversation of tests/engine/runtime/small_service.hpp.
  std::vector<std::string> script = {"hi", "maju", "Person", "Nothing"};
};

class Load {
 public:
  explicit Load(const Options& options)
      : options_(options), epoll_(epoll_create1(EPOLL_CLOEXEC)), steps_(options.citizens, 0) {}

  void run() {
    std::thread fetcher([this] { fetch(); });
    for (std::size_t i = 0; i < options_.connections; ++i) {
      lines_.push_back(std::make_unique<HttpLine>(options_.port));
      lines_.back()->open();
      due_.emplace_back();
      sent_.emplace_back();
      watched_.push_back(-1);
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
      if (options_.rate > 0) {
        begun = send_due(start, begun);
      } else {
        while (!free_.empty() && Steady::now() < end) send_on_free(Steady::now(), begun++);
      }
      epoll_event events[256];
      // Slow loads leave the CPU to others, and great ones go in pieces of a millisecond: a CPU
      // that never rests can slow the one beside it.
      const bool hurries = options_.rate > 800 && options_.rate < 5'000;
      const int count = epoll_wait(epoll_, events, 256, hurries ? 0 : 1);
      for (int i = 0; i < count; ++i) receive(events[i].data.u64);
    }
  }

  // Whatever should have gone by now; how many have been begun then.
  std::uint64_t send_due(Steady::time_point start, std::uint64_t begun) {
    const auto now = Steady::now();
    for (;; ++begun) {
      const auto at =
          start + std::chrono::duration_cast<Steady::duration>(
                      std::chrono::duration<double>(static_cast<double>(begun) / options_.rate));
      if (at > now) return begun;
      if (free_.empty()) {
        ++unsent_;
      } else {
        send_on_free(at, begun);
      }
    }
  }

  void send_on_free(Steady::time_point due, std::uint64_t number) {
    const std::size_t line = free_.back();
    free_.pop_back();
    send(line, due, number);
  }

  void send(std::size_t line, Steady::time_point due, std::uint64_t number) {
    const std::uint64_t citizen = number % options_.citizens;
    const unsigned step = steps_[citizen]++;
    const std::string body =
        fmt::format(R"({{"id":"{}-{}","from":"628{:09}","text":"{}"}})", getpid(), number,
                    options_.first + citizen, options_.script[step % options_.script.size()]);
    due_[line] = due;
    sent_[line] = Steady::now();
    if (!lines_[line]->send("POST", "/messages", body)) {
      ++broken_;
      watched_[line] = -1;
      free_.push_back(line);
      return;
    }
    if (watched_[line] == lines_[line]->descriptor()) return;
    watched_[line] = lines_[line]->descriptor();
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = line;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, watched_[line], &event);
  }

  void receive(std::size_t line) {
    const int status = lines_[line]->receive();
    if (status == 200) {
      using Milliseconds = std::chrono::duration<float, std::milli>;
      const auto now = Steady::now();
      latencies_.push_back(Milliseconds(now - due_[line]).count());
      answered_.push_back(Milliseconds(now - sent_[line]).count());
    } else if (status == 503) {
      ++refused_;
    } else {
      ++broken_;  // closed: nobody read it
      watched_[line] = -1;
    }
    free_.push_back(line);
  }

  void fetch() {
    HttpLine line(options_.port);
    std::string acks;
    while (!over_) {
      if (line.ask("GET", "/outbox?wait=1&limit=300&ack=" + acks, "") != 200) continue;
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
    std::sort(answered_.begin(), answered_.end());
    const auto of = [](const std::vector<float>& sorted, double share) {
      if (sorted.empty()) return 0.0f;
      return sorted[static_cast<std::size_t>(share * double(sorted.size() - 1))];
    };
    const auto at = [&](double share) { return of(latencies_, share); };
    fmt::print(
        "{:.0f} messages/s accepted, p50 {:.2f} ms, p99 {:.2f} ms, p99.9 {:.2f} ms; "
        "{} refused, {} unsent, {} closed, {} fetched; p99 from its sending {:.2f} ms\n",
        static_cast<double>(latencies_.size()) / took, at(0.5), at(0.99), at(0.999), refused_,
        unsent_, broken_, fetched_.load(), of(answered_, 0.99));
  }

  Options options_;
  int epoll_;
  std::vector<unsigned> steps_;
  std::vector<std::unique_ptr<HttpLine>> lines_;
  std::vector<Steady::time_point> due_;
  std::vector<Steady::time_point> sent_;
  std::vector<int> watched_;  // the line's descriptor, as far as epoll knows it
  std::vector<std::size_t> free_;
  std::vector<float> latencies_;
  std::vector<float> answered_;  // the same from when it went, however late the load itself was
  std::uint64_t refused_ = 0;
  std::uint64_t unsent_ = 0;  // no connection was free
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
  if (argc > 7) {
    options.script.clear();
    std::ifstream file(argv[7]);
    for (std::string line; std::getline(file, line);) options.script.push_back(line);
  }
  Load(options).run();
}

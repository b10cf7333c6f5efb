// Load for WhatsApp's webhooks: `alur serve` with a small app, a Graph API played here, and signed
// webhooks at a fixed rate. Each brings a message of a citizen's and, of the messages that were
// sent meanwhile, three statuses each. Latency counts from when a webhook should have left.
//
//   whatsapp_load ALUR SECONDS RATE [CONNECTIONS [CITIZENS]]
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/adapters/whatsapp/fake_graph.hpp"
#include "tests/adapters/whatsapp/webhooks.hpp"
#include "tests/crash/http_line.hpp"
#include "tests/crash/served.hpp"
#include "tests/engine/runtime/small_service.hpp"

namespace {

using namespace alur::tests;
namespace fs = std::filesystem;
using Steady = std::chrono::steady_clock;

constexpr const char* secret = "0123456789abcdef0123456789abcdef";
constexpr std::size_t statuses_max = 60;  // of one webhook

// What was sent and has no statuses yet.
class Sent {
 public:
  void note(const std::string& body) {
    const std::string mark = "\"biz_opaque_callback_data\":\"";
    const std::size_t at = body.find(mark);
    if (at == body.npos) return;
    const std::size_t begin = at + mark.size();
    const std::lock_guard lock(mutex_);
    ids_.push_back(body.substr(begin, body.find('"', begin) - begin));
    ++count_;
  }
  std::string take_statuses() {
    const std::lock_guard lock(mutex_);
    std::string out;
    for (std::size_t i = 0; i < statuses_max / 3 && !ids_.empty(); ++i) {
      for (const char* status : {"sent", "delivered", "read"}) {
        out += out.empty() ? "" : ",";
        out += R"({"id":"wamid.O","status":")" + std::string(status) +
               R"(","timestamp":"1790000000","biz_opaque_callback_data":")" + ids_.back() + "\"}";
        ++statuses_;
      }
      ids_.pop_back();
    }
    return out;
  }
  std::size_t count() const { return count_; }
  std::size_t statuses() const { return statuses_; }

 private:
  std::mutex mutex_;
  std::vector<std::string> ids_;
  std::atomic<std::size_t> count_{0};
  std::atomic<std::size_t> statuses_{0};
};

std::string make_body(std::size_t message, std::size_t citizens, const std::string& statuses) {
  const std::string user = "62811" + std::to_string(1'000'000 + message * 7'919 % citizens);
  const std::string body = with_messages(
      text_message("wamid." + std::to_string(message), user, "halo", std::time(nullptr)),
      R"({"profile":{"name":"X"},"wa_id":")" + user + R"(","user_id":"ID.)" + user + "\"}");
  if (statuses.empty()) return body;
  const std::size_t end = body.rfind("]}}]}]}");
  return body.substr(0, end) + "],\"statuses\":[" + statuses + body.substr(end);
}

void write_settings(const fs::path& root, const std::string& graph) {
  fs::create_directories(root / "app");
  std::string app(small_app);
  app.replace(app.find("[webchat]"), 9, "[whatsapp]");
  std::ofstream(root / "app/app.yaml") << app;
  std::ofstream(root / "app/main.flow.yaml") << small_flow;
  std::ofstream settings(root / "alur.yaml");
  settings << "app: app\nstore: store\nwhatsapp:\n  port: 0\n  pace: none\n  graph_url: " << graph
           << "\n  app_secrets_from: [ALUR_LOAD_SECRET]\n  verify_from: ALUR_LOAD_SECRET\n"
              "  numbers:\n    - {id: "
           << our_number << ", token_from: ALUR_LOAD_SECRET, rate: 1000}\n";
  setenv("ALUR_LOAD_SECRET", secret, 1);
}

struct Tally {
  std::vector<double> taken_ms;
  std::size_t refused = 0;
};

// Every n-th webhook goes over this connection.
Tally drive(std::uint16_t port, std::size_t n, std::size_t of, double rate, double seconds,
            std::size_t citizens, Sent& sent, Steady::time_point start) {
  Tally tally;
  HttpLine line(port);
  line.open();
  const auto count = static_cast<std::size_t>(rate * seconds);
  for (std::size_t i = n; i < count; i += of) {
    const auto due = start + std::chrono::duration_cast<Steady::duration>(
                                 std::chrono::duration<double>(static_cast<double>(i) / rate));
    std::this_thread::sleep_until(due);
    const std::string body = make_body(i, citizens, sent.take_statuses());
    line.set_more("X-Hub-Signature-256: " + sign(body, secret) + "\r\n");
    const bool taken = line.ask("POST", "/whatsapp", body) == 200;
    if (!taken) ++tally.refused;
    const std::chrono::duration<double, std::milli> took = Steady::now() - due;
    if (taken) tally.taken_ms.push_back(took.count());
  }
  return tally;
}

double share(const std::vector<double>& sorted, double part) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const double seconds = std::atof(argv[2]);
  const double rate = std::atof(argv[3]);
  const auto connections = static_cast<std::size_t>(argc > 4 ? std::atoi(argv[4]) : 32);
  const auto citizens = static_cast<std::size_t>(argc > 5 ? std::atoi(argv[5]) : 10'000);
  std::string name = (fs::temp_directory_path() / "alur_load_XXXXXX").string();
  if (!mkdtemp(name.data())) return 2;
  Sent sent;
  FakeGraph graph([&sent](const FakeGraph::Request& request) {
    sent.note(request.body);
    return taken_reply();
  });
  write_settings(name, graph.url());
  Served served(argv[1], {"serve", "--config", name + "/alur.yaml"});
  if (!served.start() || !served.says("/whatsapp\n")) return 1;
  const std::string words = "webhooks at http://127.0.0.1:";
  const auto port = static_cast<std::uint16_t>(
      std::atoi(served.said().c_str() + served.said().find(words) + words.size()));
  std::vector<Tally> tallies(connections);
  std::vector<std::thread> threads;
  const auto start = Steady::now() + std::chrono::milliseconds(100);
  for (std::size_t n = 0; n < connections; ++n) {
    threads.emplace_back(
        [&, n] { tallies[n] = drive(port, n, connections, rate, seconds, citizens, sent, start); });
  }
  for (std::thread& thread : threads) thread.join();
  const double took = std::chrono::duration<double>(Steady::now() - start).count();
  std::vector<double> all;
  std::size_t refused = 0;
  for (const Tally& tally : tallies) {
    all.insert(all.end(), tally.taken_ms.begin(), tally.taken_ms.end());
    refused += tally.refused;
  }
  std::sort(all.begin(), all.end());
  fmt::print("{} webhooks in {:.1f} s, {} refused; {} messages sent, {} statuses\n", all.size(),
             took, refused, sent.count(), sent.statuses());
  fmt::print("acknowledged within p50 {:.1f} ms, p99 {:.1f} ms, at most {:.1f} ms\n",
             share(all, 0.5), share(all, 0.99), share(all, 1));
  HttpLine line(served.port());
  line.ask("GET", "/health", "");
  fmt::print("{}\n", line.body());
  served.kill();
  fs::remove_all(name);
  return 0;
}

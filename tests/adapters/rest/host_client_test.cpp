// HostClient over TLS, and what its connections do between requests. What it bears of a host's bad
// days is tested through the WhatsApp channel, which lives on it.
#include "adapters/http/host_client.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>

#include "tests/adapters/rest/web_peer.hpp"
#include "tests/patience.hpp"

namespace alur::tests {
namespace {

using namespace adapters;
using ports::Fault;

// A certificate's authority in a file of its own.
class TrustFile {
 public:
  explicit TrustFile(const Certificate& certificate)
      : path_(std::filesystem::temp_directory_path() /
              ("alur-host-" + std::to_string(getpid()) + ".pem")) {
    std::ofstream(path_) << certificate.certificate;
  }
  ~TrustFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

HostSettings settings_for(const WebPeer& peer, const std::string& certificates = "") {
  HostSettings settings;
  settings.origin = {!certificates.empty(), "graph.example", peer.port()};
  settings.guard = AddressGuard({*parse_range("127.0.0.0/8")});
  settings.resolve = [](const std::string&) { return std::vector<std::string>{"127.0.0.1"}; };
  settings.certificates = certificates;
  return settings;
}

constexpr std::int64_t long_ms = std::chrono::milliseconds(patience).count();

HostOutcome ask(HostClient& client, std::int64_t ms_max = long_ms, const std::string& body = "{}") {
  std::promise<HostOutcome> promise;
  client.ask({"POST", "/x", {{"X-Key", "k"}}, body}, ms_max,
             [&](HostOutcome outcome) { promise.set_value(std::move(outcome)); });
  return promise.get_future().get();
}

std::string said(const HostOutcome& outcome) {
  const std::string end = outcome.written ? ", written" : "";
  if (!outcome.answer) return std::string(to_text(outcome.answer.error())) + end;
  return std::to_string(outcome.answer->status) + " " + outcome.answer->body + end;
}

std::string ask_once(HostSettings settings, std::int64_t ms_max = long_ms) {
  std::string error;
  HostClient client(std::move(settings), error);
  EXPECT_EQ(error, "");
  return said(ask(client, ms_max));
}

// Answers every request of a connection.
void serve_all(PeerLine& line) {
  while (!line.read_request().empty()) {
    if (!line.write(http_answer(200, "ok"))) return;
  }
}

TEST(HostClient, OneConnectionCarriesManyRequests) {
  WebPeer peer(serve_all);
  std::string error;
  HostClient client(settings_for(peer), error);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(said(ask(client)), "200 ok, written");
  EXPECT_EQ(peer.connections(), 1);
}

TEST(HostClient, OverTlsTheHostProvesWhoItIs) {
  const Certificate good = make_certificate("graph.example");
  const Certificate other = make_certificate("somebody.example");
  const Certificate old = make_certificate("graph.example", -1);
  const auto over = [](const Certificate& served, const Certificate& trusted) {
    WebPeer peer(serve_all, &served);
    const TrustFile file(trusted);
    return ask_once(settings_for(peer, file.path()));
  };
  EXPECT_EQ(over(good, good), "200 ok, written");
  EXPECT_EQ(over(other, other), "unavailable");
  EXPECT_EQ(over(old, old), "unavailable");
  EXPECT_EQ(over(good, other), "unavailable");
}

TEST(HostClient, OverTlsAConnectionIsKeptToo) {
  const Certificate good = make_certificate("graph.example");
  const TrustFile file(good);
  WebPeer peer(serve_all, &good);
  std::string error;
  HostClient client(settings_for(peer, file.path()), error);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(said(ask(client)), "200 ok, written");
  EXPECT_EQ(peer.connections(), 1);
}

TEST(HostClient, BeforeARequestHasLeftNothingIsSaidToBeWritten) {
  WebPeer silent([](PeerLine& line) { line.wait_closed(); });
  const Certificate good = make_certificate("graph.example");
  const TrustFile file(good);
  EXPECT_EQ(ask_once(settings_for(silent, file.path()), 100), "timed out");  // no greeting
  HostSettings walled = settings_for(silent);
  walled.guard = AddressGuard();
  EXPECT_EQ(ask_once(walled), "refused");
  HostSettings nowhere = settings_for(silent);
  nowhere.resolve = [](const std::string&) { return std::vector<std::string>(); };
  EXPECT_EQ(ask_once(nowhere), "unavailable");
  EXPECT_EQ(ask_once(settings_for(silent), 1'000), "timed out, written");
}

// Whether the last byte has left when the clock strikes, nobody can say for sure; when the
// connection breaks before, the host does not have the whole.
TEST(HostClient, InTheMiddleOfARequestTheClockLeavesItOpenAndABreakDoesNot) {
  const std::string long_body(32u << 20, 'x');
  std::promise<void> over;
  WebPeer deaf([done = over.get_future().share()](PeerLine&) { done.wait(); });
  WebPeer gone([](PeerLine&) {});
  std::string error;
  HostClient to_deaf(settings_for(deaf), error);
  EXPECT_EQ(said(ask(to_deaf, 1'000, long_body)), "timed out, written");
  over.set_value();
  HostClient to_gone(settings_for(gone), error);
  EXPECT_EQ(said(ask(to_gone, long_ms, long_body)), "unavailable");
}

TEST(HostClient, MoreThanMayWaitAreTurnedAway) {
  WebPeer silent([](PeerLine& line) { line.wait_closed(); });
  HostSettings settings = settings_for(silent);
  settings.connections_max = 1;
  settings.waiting_max = 2;
  std::string error;
  HostClient client(settings, error);
  std::atomic<int> turned_away = 0;
  for (int i = 0; i < 20; ++i) {
    client.ask({"GET", "/", {}, ""}, long_ms, [&](const HostOutcome& outcome) {
      EXPECT_EQ(said(outcome), "unavailable");
      ++turned_away;
    });
  }
  EXPECT_TRUE(comes([&] { return turned_away >= 17; })) << turned_away;
  client.stop();
}

TEST(HostClient, AConnectionThatRestsForLongIsClosed) {
  std::atomic<int> ended = 0;
  WebPeer peer([&](PeerLine& line) {
    serve_all(line);
    ++ended;
  });
  HostSettings settings = settings_for(peer);
  settings.idle_ms = 20;
  std::string error;
  HostClient client(settings, error);
  EXPECT_EQ(said(ask(client)), "200 ok, written");
  EXPECT_TRUE(comes([&] { return ended == 1; }));
  EXPECT_EQ(said(ask(client)), "200 ok, written");
  EXPECT_EQ(peer.connections(), 2);
}

TEST(HostClient, ItStopsInTheMiddle) {
  WebPeer silent([](PeerLine& line) { line.wait_closed(); });
  std::atomic<bool> called = false;
  {
    std::string error;
    HostClient client(settings_for(silent), error);
    client.ask({"GET", "/", {}, ""}, 60'000, [&](const HostOutcome&) { called = true; });
    client.after(60'000, [&] { called = true; });
  }
  EXPECT_FALSE(called);
}

}  // namespace
}  // namespace alur::tests

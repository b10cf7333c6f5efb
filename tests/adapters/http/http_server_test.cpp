// The HTTP server on two loops, without a runtime behind it: whose request is read when there are
// too many, who is always read, who is refused, and many at once from many threads (for the thread
// sanitizer).
#include "adapters/http/http_server.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "adapters/http/http_channel.hpp"
#include "tests/adapters/http/odd_requests.hpp"
#include "tests/adapters/webchat/socket_line.hpp"
#include "tests/crash/http_line.hpp"
#include "tests/patience.hpp"

namespace alur::tests {
namespace {

using ports::Verdict;

// Takes messages; answers at once, or when it is told to.
class Held : public ports::Inbox {
 public:
  void receive(ports::Inbound inbound, std::function<void(Verdict)> done) override {
    const std::lock_guard lock(mutex_);
    came_.push_back(inbound.id);
    if (holds) {
      waiting_.push_back(std::move(done));
    } else {
      done(Verdict::accepted);
    }
    changed_.notify_all();
  }
  void receive(ports::Receipt, std::function<void(bool)> done) override { done(true); }

  // Until so many have come; false: they did not.
  bool wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return came_.size() >= count; });
  }
  void answer_one() {
    std::function<void(Verdict)> done;
    {
      const std::lock_guard lock(mutex_);
      done = std::move(waiting_.back());
      waiting_.pop_back();
    }
    done(Verdict::accepted);
  }
  void answer_all() {
    holds = false;
    const std::lock_guard lock(mutex_);
    for (auto& done : waiting_) done(Verdict::accepted);
    waiting_.clear();
  }
  std::vector<std::string> came() {
    const std::lock_guard lock(mutex_);
    return came_;
  }
  std::atomic<bool> holds{true};

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> came_;
  std::vector<std::function<void(Verdict)>> waiting_;
};

class Time : public ports::Clock {
 public:
  value::Instant now() const override { return {1'000}; }
};

class Running {
 public:
  explicit Running(std::size_t loops, std::size_t connections_max = 16'384) {
    for (std::size_t i = 0; i < loops; ++i) {
      loops_.push_back(std::make_unique<boost::asio::io_context>(1));
      guards_.push_back(boost::asio::make_work_guard(*loops_.back()));
    }
    std::vector<boost::asio::io_context*> all;
    for (const auto& loop : loops_) all.push_back(loop.get());
    adapters::HttpSettings settings;
    settings.port = 0;
    settings.connections_max = connections_max;
    settings.routes = {{"GET", "/slow", 100, [](const adapters::HttpRequest&) {
                          return adapters::HttpAnswer{200, "{}"};
                        }}};
    server_ = std::make_unique<adapters::HttpServer>(all, inbox, channel, time_, settings);
    EXPECT_EQ(server_->start(), "");
    for (const auto& loop : loops_) threads_.emplace_back([&loop] { loop->run(); });
  }
  ~Running() {
    server_->stop_accepting();
    server_->finish_routes();
    for (const auto& loop : loops_) loop->stop();
    for (std::thread& thread : threads_) thread.join();
  }
  std::uint16_t port() const { return server_->port(); }

  Held inbox;
  adapters::HttpChannel channel{*program::find_channel("webchat")};

 private:
  Time time_;
  std::vector<std::unique_ptr<boost::asio::io_context>> loops_;
  std::vector<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> guards_;
  std::unique_ptr<adapters::HttpServer> server_;
  std::vector<std::thread> threads_;
};

std::string message(const std::string& id) {
  return "{\"id\":\"" + id + "\",\"from\":\"628\",\"text\":\"hi\"}";
}

constexpr std::size_t at_once = 128;  // of a loop, as adapters/http/door.hpp has it

// Whether an answer is there to be read.
bool is_answered(const HttpLine& line) {
  pollfd one{line.descriptor(), POLLIN, 0};
  return poll(&one, 1, 0) > 0;
}

// As many as are read at once, and three that wait, of which one is answered for. False: the latest
// had waited for too long by then, which nobody can help on a machine that does much else.
bool answer_one_in_time(Running& running, std::vector<std::unique_ptr<HttpLine>>& lines) {
  for (std::size_t i = 0; i < at_once + 3; ++i) {
    lines.push_back(std::make_unique<HttpLine>(running.port()));
    EXPECT_TRUE(lines.back()->send("POST", "/messages", message("m" + std::to_string(i))));
    // One after another, so that their order is known.
    if (i < at_once) {
      EXPECT_TRUE(running.inbox.wait_for(i + 1));
    } else {
      poll(nullptr, 0, 20);
    }
  }
  EXPECT_EQ(running.inbox.came().size(), at_once);
  running.inbox.answer_one();
  EXPECT_TRUE(
      comes([&] { return running.inbox.came().size() > at_once || is_answered(*lines.back()); }));
  return running.inbox.came().size() > at_once;
}

TEST(HttpServer, OfThoseThatWaitTheLatestIsReadNext) {
  std::unique_ptr<Running> fresh;
  std::vector<std::unique_ptr<HttpLine>> lines;
  ASSERT_TRUE(comes([&] {
    lines.clear();
    fresh = std::make_unique<Running>(1);
    return answer_one_in_time(*fresh, lines);
  }));
  Running& running = *fresh;
  EXPECT_EQ(running.inbox.came().back(), "m" + std::to_string(at_once + 2));
  // Whoever has waited for too long is refused, and may come again.
  poll(nullptr, 0, 300);
  running.inbox.answer_one();
  EXPECT_EQ(lines[at_once]->receive(), 503);
  EXPECT_EQ(lines[at_once + 1]->receive(), 503);
  EXPECT_EQ(running.inbox.came().size(), at_once + 1);
  ASSERT_TRUE(lines[at_once]->send("POST", "/messages", message("again")));
  ASSERT_TRUE(running.inbox.wait_for(at_once + 2));
  EXPECT_EQ(running.inbox.came().back(), "again");
  running.inbox.answer_all();
  EXPECT_EQ(lines[at_once]->receive(), 200);
  for (std::size_t i = 0; i < at_once; ++i) EXPECT_EQ(lines[i]->receive(), 200) << i;
}

TEST(HttpServer, WhoeverFetchesIsAlwaysRead) {
  Running running(1);
  HttpLine fetcher(running.port());
  ASSERT_EQ(fetcher.ask("GET", "/outbox", ""), 200);
  std::vector<std::unique_ptr<HttpLine>> lines;
  for (std::size_t i = 0; i < at_once; ++i) {
    lines.push_back(std::make_unique<HttpLine>(running.port()));
    ASSERT_TRUE(lines.back()->send("POST", "/messages", message("m" + std::to_string(i))));
  }
  ASSERT_TRUE(running.inbox.wait_for(at_once));
  EXPECT_EQ(fetcher.ask("GET", "/outbox", ""), 200);
  running.inbox.answer_all();
}

TEST(HttpServer, ManyAtOnceFromManyThreads) {
  Running running(2);
  running.inbox.holds = false;
  constexpr int threads = 6;
  constexpr int each = 300;
  std::atomic<int> accepted{0};
  std::atomic<int> fetched{0};
  std::atomic<bool> over{false};
  std::thread sender([&] {
    for (std::uint64_t id = 1; id <= 500; ++id) {
      ports::Outgoing out;
      out.id = id;
      out.address = "webchat:628";
      out.shown.text = "hello";
      running.channel.send(out, [&](ports::SendResult) { ++fetched; });
    }
  });
  std::thread fetcher([&] {
    HttpLine line(running.port());
    std::string acks;
    while (!over || fetched < 500) {
      ASSERT_EQ(line.ask("GET", "/outbox?wait=1&limit=50&ack=" + acks, ""), 200);
      acks.clear();
      const std::string& body = line.body();
      for (std::size_t at = body.find("{\"id\":\""); at != body.npos;
           at = body.find("{\"id\":\"", at)) {
        at += 7;
        acks.append(acks.empty() ? "" : ",").append(body, at, body.find('"', at) - at);
      }
    }
  });
  std::vector<std::thread> citizens;
  for (int number = 0; number < threads; ++number) {
    citizens.emplace_back([&, number] {
      auto line = std::make_unique<HttpLine>(running.port());
      for (int i = 0; i < each; ++i) {
        if (i % 50 == 49) line = std::make_unique<HttpLine>(running.port());
        const std::string id = std::to_string(number) + "-" + std::to_string(i);
        if (line->ask("POST", "/messages", message(id)) == 200) ++accepted;
        if (i % 20 != 0) continue;
        EXPECT_EQ(line->ask("GET", "/slow", ""), 200);
      }
    });
  }
  for (std::thread& citizen : citizens) citizen.join();
  sender.join();
  over = true;
  fetcher.join();
  EXPECT_EQ(accepted, threads * each);
  EXPECT_EQ(fetched, 500);
  const auto came = running.inbox.came();
  EXPECT_EQ(std::set<std::string>(came.begin(), came.end()).size(), came.size());
  EXPECT_EQ(came.size(), static_cast<std::size_t>(threads * each));
}

TEST(HttpServer, WhatCanBeReadInTwoWaysIsRefused) {
  Running running(1);
  running.inbox.holds = false;
  expect_all_refused(running.port(), "/messages");
  EXPECT_TRUE(running.inbox.came().empty());
}

TEST(HttpServer, ConnectionsAreBounded) {
  Running running(1, 2);
  HttpLine one(running.port());
  HttpLine two(running.port());
  ASSERT_EQ(one.ask("GET", "/slow", ""), 200);
  ASSERT_EQ(two.ask("GET", "/slow", ""), 200);
  SocketLine third(running.port());
  const std::string told = third.ask("GET /slow HTTP/1.1\r\nHost: here\r\n\r\n");
  EXPECT_EQ(told.substr(0, 32), "HTTP/1.1 503 Service Unavailable");
  EXPECT_EQ(third.receive_all(), R"({"error":"too many are connected"})");
  EXPECT_EQ(one.ask("GET", "/slow", ""), 200);
}

// Whether the other side has closed it.
bool is_gone(int socket) {
  pollfd one{socket, POLLIN | POLLRDHUP, 0};
  return poll(&one, 1, 0) > 0 && (one.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

TEST(HttpServer, TheSlowTakeNobodysTurnAndAreGoneSoon) {
  Running running(1);
  running.inbox.holds = false;
  const std::string host = " HTTP/1.1\r\nHost: here\r\n";
  const std::pair<std::string, std::string> kinds[] = {
      {"POST /messages" + host, "X: y\r\n"},                             // never ends its head
      {"POST /messages" + host + "Content-Length: 60000\r\n\r\n", "x"},  // nor its body
  };
  std::vector<std::pair<std::unique_ptr<SocketLine>, std::string>> lines;
  for (const auto& [first, again] : kinds) {
    for (std::size_t i = 0; i < at_once + 20; ++i) {
      lines.emplace_back(std::make_unique<SocketLine>(running.port()), again);
      ASSERT_TRUE(lines.back().first->connect() && lines.back().first->send_raw(first));
    }
  }
  const auto until = std::chrono::steady_clock::now() + patience;
  HttpLine good(running.port());
  std::size_t left = lines.size();
  for (int i = 0; left > 0 && std::chrono::steady_clock::now() < until; ++i) {
    ASSERT_EQ(good.ask("POST", "/messages", message("m" + std::to_string(i))), 200);
    left = 0;
    for (const auto& [line, again] : lines) {
      if (is_gone(line->descriptor())) continue;
      line->send_raw(again);
      ++left;
    }
    poll(nullptr, 0, 500);
  }
  EXPECT_EQ(left, 0u);
}

}  // namespace
}  // namespace alur::tests

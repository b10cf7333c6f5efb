#include "tests/adapters/webchat/running_server.hpp"

#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>
#include <vector>

#include "tests/patience.hpp"

namespace alur::tests {
namespace {

class FixedTime : public ports::Clock {
 public:
  value::Instant now() const override { return {1'780'000'000'000}; }
};

// More than the kernel holds for a reader that does not read.
const std::string big(16 << 20, 'x');
const WebFile page[] = {{"/", "text/html; charset=utf-8", "<p>page", "", "\"p\"", false},
                        {"/chat.js", "text/javascript", "script", "packed", "\"s\"", true},
                        {"/big", "text/plain", big, "", "\"b\"", true}};

using Loop = boost::asio::io_context;

}  // namespace

void Echo::receive(ports::Inbound inbound, std::function<void(Verdict)> done) {
  ports::Outgoing out;
  {
    const std::lock_guard lock(mutex);
    out.id = ++count;
  }
  out.address = inbound.address;
  out.shown.text = "you said " + inbound.input.text;
  if (inbound.input.media) {
    const value::Media& media = *inbound.input.media;
    out.shown.text += " with " + media.mime + " " + std::to_string(media.size_bytes) + " bytes, " +
                      media.file_name;
  }
  done(Verdict::accepted);
  channel.send(out, [this](const ports::SendResult&) { ++accepted; });
}

struct Running::Loops {
  FixedTime time;
  Tokens tokens{TokenKey{}, 1};
  std::vector<std::unique_ptr<Loop>> loops;
  std::vector<boost::asio::executor_work_guard<Loop::executor_type>> guards;
  std::unique_ptr<WebServer> server;
  std::vector<std::thread> threads;
};

Running::Running(WebServerSettings settings, ports::Files* files)
    : loops_(std::make_unique<Loops>()) {
  for (int i = 0; i < 2; ++i) {
    loops_->loops.push_back(std::make_unique<Loop>(1));
    loops_->guards.push_back(boost::asio::make_work_guard(*loops_->loops.back()));
  }
  settings.port = 0;
  settings.files = page;
  loops_->server = std::make_unique<WebServer>(
      std::vector<Loop*>{loops_->loops[0].get(), loops_->loops[1].get()}, inbox, channel,
      loops_->tokens, loops_->time, files, std::move(settings));
  EXPECT_EQ(loops_->server->start(), "");
  for (const auto& loop : loops_->loops) {
    loops_->threads.emplace_back([&loop] { loop->run(); });
  }
}

Running::~Running() {
  stop_accepting();
  loops_->server->finish_uploads();
  for (const auto& loop : loops_->loops) loop->stop();
  for (std::thread& thread : loops_->threads) thread.join();
}

std::uint16_t Running::port() const {
  return loops_->server->port();
}

void Running::stop_accepting() {
  loops_->server->stop_accepting();
}

void Running::renew(std::shared_ptr<const TlsPair> tls) {
  loops_->server->renew(std::move(tls));
}

WebUse Running::use() const {
  return loops_->server->use();
}

std::uint64_t Running::refused(Refusal why) const {
  return use().refused[static_cast<std::size_t>(why)];
}

std::uint64_t Running::refused_soon(Refusal why, std::uint64_t count) const {
  comes([&] { return refused(why) >= count; });
  return refused(why);
}

std::string said(const std::string& id, const std::string& text) {
  return R"({"type":"message","id":")" + id + R"(","text":")" + text + R"("})";
}

std::string greet(SocketLine& line, const std::string& frame) {
  EXPECT_EQ(line.upgrade(), 101);
  EXPECT_TRUE(line.send(frame));
  const std::string welcome = line.receive();
  const std::size_t at = welcome.find("\"token\":\"");
  EXPECT_NE(at, std::string::npos) << welcome;
  return at == std::string::npos ? "" : welcome.substr(at + 9, welcome.find('"', at + 9) - at - 9);
}

std::string hello_of(const std::string& token, std::uint64_t last) {
  return R"({"type":"hello","v":1,"token":")" + token + R"(","last":")" + std::to_string(last) +
         R"("})";
}

}  // namespace alur::tests

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include "engine/runtime/runtime_state.hpp"

namespace alur::runtime {

namespace asio = boost::asio;
using value::Instant;

CoreLoop::CoreLoop(CoreParts parts, std::unique_ptr<ports::StoreReader> reader,
                   const ports::Clock& clock)
    : guard_(asio::make_work_guard(io_)),
      timer_(io_),
      reader_(std::move(reader)),
      channels_(parts.channels),
      number_(parts.core),
      clock_(clock) {
  parts.reader = reader_.get();
  core_ = std::make_unique<Core>(std::move(parts), clock_.now());
}

void CoreLoop::start(Committer& committer) {
  committer_ = &committer;
  post([](Core& core, Instant now) { core.wake(now); });
  thread_ = std::thread([this] { io_.run(); });
}

void CoreLoop::stop() {
  guard_.reset();
  io_.stop();
  if (thread_.joinable()) thread_.join();
}

void CoreLoop::post(std::function<void(Core&, Instant)> work) {
  asio::post(io_, [this, work = std::move(work)] {
    ++done_;
    work(*core_, clock_.now());
    settle_soon();
  });
}

void CoreLoop::dispatch(std::function<void(Core&, Instant)> work) {
  asio::dispatch(io_, [this, work = std::move(work)] {
    ++done_;
    work(*core_, clock_.now());
    settle_soon();
  });
}

std::optional<std::uint64_t> CoreLoop::idle_after() {
  std::promise<std::optional<std::uint64_t>> promise;
  auto answer = promise.get_future();
  asio::post(io_, [&] { promise.set_value(core_->idle() ? std::optional(done_) : std::nullopt); });
  return answer.get();
}

// After all that is ready now: so that what arrived together is committed together.
void CoreLoop::settle_soon() {
  if (settling_) return;
  settling_ = true;
  asio::post(io_, [this] { settle(); });
}

void CoreLoop::settle() {
  settling_ = false;
  for (Actions actions = core_->take_actions(); !actions.empty(); actions = core_->take_actions()) {
    ++done_;
    do_actions(std::move(actions));
  }
  arm();
}

void CoreLoop::do_actions(Actions actions) {
  if (!actions.commits.empty()) {
    std::vector<Committer::Work> work;
    work.reserve(actions.commits.size());
    for (auto& one : actions.commits) work.push_back({number_, one.token, std::move(one.change)});
    committer_->push(std::move(work));
  }
  for (auto& reply : actions.replies) {
    if (reply.done) reply.done(reply.verdict);
  }
  for (auto& reply : actions.receipt_replies) {
    if (reply.done) reply.done(reply.taken);
  }
  for (auto& reply : actions.said_replies) reply.done(std::move(reply.said));
  for (auto& order : actions.sends) {
    const std::size_t channel = order.channel;
    const std::uint64_t id = order.message.id;
    const std::size_t sender = order.sender;
    channels_[channel]->send(std::move(order.message), [this, sender, id](auto result) {
      post([sender, id, result = std::move(result)](Core& core, Instant now) {
        core.sent(sender, id, result, now);
      });
    });
  }
  for (auto& one : actions.asks) {
    const PendingCall& call = one.call;
    const program::Service* declared = nullptr;
    for (const program::Service& service : call.program->app().services) {
      if (service.name == call.service) declared = &service;
    }
    const auto answered = [this, citizen = call.citizen, serial = call.serial,
                           name = call.service](ports::Result<ports::Answer> answer) {
      post([=](Core& core, Instant now) { core.answered(citizen, serial, name, answer, now); });
    };
    if (!declared) {
      answered(ports::Fault::refused);
      continue;
    }
    const ports::Call asked{*call.program, *declared,  call.arguments,
                            clock_.now(),  call.until, call.key()};
    one.service->ask(asked, answered);
  }
}

// One timer for the loop, set only when something is due before it.
void CoreLoop::arm() {
  const auto next = core_->next_wake();
  if (!next || (armed_ && *armed_ <= *next)) return;
  armed_ = next;
  const std::int64_t wait = std::max<std::int64_t>(0, *next - clock_.now().milliseconds);
  constexpr std::int64_t long_wait_ms = 3'600'000;
  timer_.expires_after(std::chrono::milliseconds(std::min(wait, long_wait_ms)));
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    armed_.reset();
    core_->wake(clock_.now());
    settle_soon();
  });
}

}  // namespace alur::runtime

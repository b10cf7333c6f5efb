// How the desk is wired to the cores, the committer and time. Internal to the folder.
#include <boost/asio/post.hpp>

#include "engine/runtime/runtime_state.hpp"

namespace alur::runtime {

using ports::Result;
using value::Instant;

// Queues are the current version's, whichever a conversation is on.
void Runtime::State::settle_desk_settings() {
  const auto program = versions->find(versions->current);
  if (desk && program) desk->set_settings(parts.desk_settings(program->app()));
}

Result<void> Runtime::State::load_desk(ports::StoreReader& reader, std::string& trouble) {
  settle_desk_settings();
  std::vector<ports::DeskRow> rows;
  const auto done = reader.each_desk_row([&](const ports::DeskRow& row) { rows.push_back(row); });
  if (!done) return done;
  if (!desk->load(rows)) {
    trouble += "the desk's rows cannot be read\n";
    return ports::Fault::refused;
  }
  desk->look([this](const desk::Desk& one) {
    one.each_conversation([this](const desk::Conversation& is) {
      if (is.owner != desk::Owner::bot) compared_first.push_back(is.citizen);
    });
    return 0;
  });
  return {};
}

void Runtime::State::begin_desk() {
  desk_timer = std::make_unique<boost::asio::steady_timer>(loops.front()->io());
  DeskKeeper::Listener listener;
  listener.news = [this](std::vector<DeskNews> news) {
    for (DeskNews& one : news) compare_with_desk(std::move(one));
  };
  listener.changed = [this](std::optional<Instant> due) {
    committer->wake();
    if (due) wake_desk_at(*due);
  };
  desk->set_listener(std::move(listener));
  desk->restart();
  for (const ports::CitizenKey citizen : std::exchange(compared_first, {})) {
    compare_with_desk({citizen, {}});
  }
}

void Runtime::State::compare_with_desk(DeskNews news) {
  CoreLoop& loop = loop_of(news.citizen);
  loop.post(
      [news = std::move(news)](Core& core, Instant now) { core.compare_with_desk(news, now); });
}

// --- time

// From any thread. Whoever makes it earlier sets the timer anew.
void Runtime::State::wake_desk_at(Instant due) {
  std::int64_t armed = desk_armed;
  while (due.milliseconds < armed) {
    if (!desk_armed.compare_exchange_weak(armed, due.milliseconds)) continue;
    boost::asio::post(loops.front()->io(), [this] { arm_desk(); });
    return;
  }
}

// By the first loop.
void Runtime::State::arm_desk() {
  const std::int64_t due = desk_armed;
  const std::int64_t wait = std::max<std::int64_t>(0, due - parts.clock->now().milliseconds);
  constexpr std::int64_t long_wait_ms = 3'600'000;
  desk_timer->expires_after(std::chrono::milliseconds(std::min(wait, long_wait_ms)));
  desk_timer->async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    desk_armed = std::numeric_limits<std::int64_t>::max();
    desk->apply(desk::Ticked{});
  });
}

}  // namespace alur::runtime

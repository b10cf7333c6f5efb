#include "adapters/http/rounds.hpp"

#include <algorithm>

#include "adapters/http/steady_ms.hpp"

namespace alur::adapters {

namespace {

constexpr std::int64_t idle_ms = 1'000;
constexpr std::int64_t failed_ms = 1'000;
constexpr std::int64_t failed_ms_max = 60'000;
constexpr int doublings_max = 6;

}  // namespace

std::int64_t RoundPace::after(const Round& round, std::int64_t took_ms) {
  if (round.kind == Round::Kind::failed) {
    const std::int64_t own = failed_ms << std::min(failures_++, doublings_max);
    return round.why.after_ms > 0 ? round.why.after_ms : std::min(own, failed_ms_max);
  }
  failures_ = 0;
  const bool idle = round.kind == Round::Kind::nothing;
  return idle ? std::max<std::int64_t>(0, idle_ms - took_ms) : 0;
}

void Rounds::start(std::function<void(Done)> begin) {
  begin_ = std::move(begin);
  later_(0, [this] { run(); });
}

void Rounds::run() {
  begin_([this, since = steady_ms()](Round round) {
    const std::int64_t took_ms = steady_ms() - since;
    later_(0, [this, round = std::move(round), took_ms] { end(round, took_ms); });
  });
}

void Rounds::end(const Round& round, std::int64_t took_ms) {
  if (round.kind == Round::Kind::over) return;
  const std::int64_t wait_ms = pace_.after(round, took_ms);
  if (tell_ && pace_.failures() == 1) tell_(far_side_ + ": " + round.why.reason);
  later_(wait_ms, [this] { run(); });
}

}  // namespace alur::adapters

#include "adapters/http/send_result.hpp"

#include <algorithm>
#include <string>

#include "adapters/http/whole_number.hpp"

namespace alur::adapters {

using Kind = ports::SendResult::Kind;

namespace {

constexpr std::int64_t retry_after_seconds_max = 3'600;

Kind kind_of_status(int status) {
  if (status == 429) return Kind::wait_number;
  if (status == 408 || status == 425 || status == 503) return Kind::retry;
  if (status == 401 || status == 403 || status == 404 || status / 100 == 3) return Kind::paused;
  if (status / 100 == 4) return Kind::dropped;
  return Kind::unknown;
}

}  // namespace

ports::SendResult result_without_answer(std::string_view far_side, const HostOutcome& outcome) {
  const ports::Fault fault = outcome.answer.error();
  const std::string why = std::string(far_side) + ": " + std::string(to_text(fault));
  if (outcome.written) return result_of(Kind::unknown, why + ", after the message had left");
  return result_of(fault == ports::Fault::refused ? Kind::paused : Kind::retry, why);
}

ports::SendResult result_of_status(int status, std::int64_t after_ms) {
  return result_of(kind_of_status(status), "HTTP " + std::to_string(status), after_ms);
}

std::int64_t retry_after_ms(std::string_view header) {
  return retry_after_ms(parse_whole<std::int64_t>(header).value_or(0));
}

std::int64_t retry_after_ms(std::int64_t seconds) {
  return std::clamp<std::int64_t>(seconds, 0, retry_after_seconds_max) * 1'000;
}

}  // namespace alur::adapters

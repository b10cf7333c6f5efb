#include "adapters/http/send_result.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace alur::adapters {

using Kind = ports::SendResult::Kind;

namespace {

constexpr std::int64_t retry_after_seconds_max = 3'600;

}  // namespace

ports::SendResult result_without_answer(std::string_view far_side, const HostOutcome& outcome) {
  const ports::Fault fault = outcome.answer.error();
  const std::string why = std::string(far_side) + ": " + std::string(to_text(fault));
  if (outcome.written) return result_of(Kind::unknown, why + ", after the message had left");
  return result_of(fault == ports::Fault::refused ? Kind::paused : Kind::retry, why);
}

std::int64_t retry_after_ms(std::string_view header) {
  std::int64_t seconds = 0;
  const char* end = header.data() + header.size();
  const auto read = std::from_chars(header.data(), end, seconds);
  if (read.ec != std::errc() || read.ptr != end || seconds < 0) return 0;
  return std::min(seconds, retry_after_seconds_max) * 1'000;
}

}  // namespace alur::adapters

#include "engine/runtime/window_fault.hpp"

namespace alur::runtime {

std::string_view to_word(WindowFault fault) {
  return fault == WindowFault::shut ? "window_shut" : "window_open";
}

std::string_view to_text(WindowFault fault) {
  return fault == WindowFault::shut ? "the channel takes nothing but templates by now"
                                    : "the channel takes plain words now, and no template";
}

std::optional<WindowFault> window_fault(bool is_template, std::int64_t wrote_ms,
                                        const program::Channel& channel, value::Instant now) {
  if (channel.window_ms > 0 && wrote_ms == 0) return std::nullopt;
  const bool is_open = channel.window_ms == 0 || now.milliseconds - wrote_ms < channel.window_ms;
  if (is_template != is_open) return std::nullopt;
  return is_open ? WindowFault::open : WindowFault::shut;
}

}  // namespace alur::runtime

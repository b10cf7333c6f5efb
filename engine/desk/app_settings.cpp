#include "engine/desk/app_settings.hpp"

namespace alur::desk {

Settings settings_of(const program::App& app) {
  Settings settings;
  settings.zone = app.zone;
  for (const program::Queue& queue : app.queues) {
    QueueSettings made;
    made.key = queue.key;
    made.priority = queue.priority;
    made.wait_ms_max = queue.wait_ms_max;
    made.waiting_max = static_cast<std::uint32_t>(queue.waiting_max);
    made.first_reply_ms = queue.first_reply_ms;
    made.next_reply_ms = queue.next_reply_ms;
    made.resolution_ms = queue.resolution_ms;
    if (queue.hours != program::none) made.hours = app.hours[queue.hours].hours;
    settings.queues.push_back(std::move(made));
  }
  return settings;
}

}  // namespace alur::desk

#include "engine/desk/app_settings.hpp"

namespace alur::desk {

Settings settings_of(const program::App& app) {
  Settings settings;
  settings.zone = app.zone;
  for (const program::Queue& queue : app.queues) {
    QueueSettings made;
    made.key = queue.key;
    made.priority = queue.priority;
    if (queue.hours != program::none) made.hours = app.hours[queue.hours].hours;
    settings.queues.push_back(std::move(made));
  }
  return settings;
}

}  // namespace alur::desk

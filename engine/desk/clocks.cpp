// Service levels: how long citizens have waited, in the open time of the queue that serves them.
#include "engine/desk/desk.hpp"
#include "engine/desk/office_time.hpp"

namespace alur::desk {

namespace {

std::int64_t limit_ms(const QueueSettings& queue, Service service) {
  switch (service) {
    case Service::first_reply:
      return queue.first_reply_ms;
    case Service::next_reply:
      return queue.next_reply_ms;
    case Service::resolution:
      return queue.resolution_ms;
  }
  return 0;
}

}  // namespace

void Desk::start(Conversation& conversation, Service service) {
  Clock& clock = conversation.clock(service);
  if (clock.done || clock.since) return;
  clock.since = counts_.now;
  const QueueSettings& of = queue(conversation.queue);
  const std::int64_t limit = limit_ms(of, service);
  if (limit == 0 || clock.breached) return;
  const std::int64_t left = std::max<std::int64_t>(limit - clock.used_ms, 0);
  clock.due = after_open_ms(of.hours, settings_.zone, counts_.now, left);
}

void Desk::stop(Conversation& conversation, Service service) {
  Clock& clock = conversation.clock(service);
  clock.used_ms = used_ms(conversation, service, counts_.now);
  clock.since.reset();
  clock.due.reset();
}

std::int64_t Desk::used_ms(const Conversation& conversation, Service service,
                           value::Instant now) const {
  const Clock& clock = conversation.clock(service);
  if (!clock.since) return clock.used_ms;
  return clock.used_ms +
         open_ms_between(queue(conversation.queue).hours, settings_.zone, *clock.since, now);
}

// From now on another queue's hours and limits hold.
void Desk::count_in(Conversation& conversation, NameKey queue) {
  std::array<bool, service_count> ran{};
  for (std::size_t i = 0; i < service_count; ++i) {
    ran[i] = conversation.clocks[i].since.has_value();
    stop(conversation, static_cast<Service>(i));
  }
  conversation.queue = queue;
  for (std::size_t i = 0; i < service_count; ++i) {
    if (ran[i]) start(conversation, static_cast<Service>(i));
  }
}

void Desk::check_clocks(Conversation& conversation) {
  for (std::size_t i = 0; i < service_count; ++i) {
    Clock& clock = conversation.clocks[i];
    if (!clock.due || *clock.due > counts_.now) continue;
    clock.breached = true;
    clock.due.reset();
    Effect& breached = effect(Effect::Kind::breached, conversation);
    breached.service = static_cast<Service>(i);
    breached.agent = conversation.owner == Owner::agent ? conversation.agent : 0;
  }
}

}  // namespace alur::desk

#include "adapters/desk/shown.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/desk/wish.hpp"

namespace alur::adapters {

namespace json = boost::json;

namespace {

constexpr std::string_view ellipsis = "…";

// An optional text: left out where it is empty.
void put(json::object& out, std::string_view name, const std::string& text) {
  if (!text.empty()) out[name] = text;
}

void put(json::object& out, std::string_view name, const std::optional<value::Instant>& at) {
  if (at) out[name] = at->milliseconds;
}

json::object titled(const std::string& name) {
  const std::string title = title_of(name);
  return {{"id", title}, {"en", title}};
}

json::object to_json(const ShownClock& clock) {
  json::object out{
      {"used_ms", clock.used_ms}, {"running", clock.running}, {"breached", clock.breached}};
  put(out, "due", clock.due);
  return out;
}

void put_waiting(json::object& out, const ShownRow& row) {
  if (row.owner != desk::Owner::queue) return;
  out["queued_at"] = row.queued_at.milliseconds;
  out["place"] = row.place;
  put(out, "offered_until", row.offered_until);
  if (row.position > 0) out["position"] = row.position;
  if (row.wait_ms) out["wait_ms"] = *row.wait_ms;
}

}  // namespace

std::string_view to_word(desk::Service service) {
  switch (service) {
    case desk::Service::first_reply:
      return "first_reply";
    case desk::Service::next_reply:
      return "next_reply";
    case desk::Service::resolution:
      return "resolution";
  }
  return "resolution";
}

std::string_view to_word(desk::Ended why) {
  switch (why) {
    case desk::Ended::declined:
      return "declined";
    case desk::Ended::missed:
      return "missed";
    case desk::Ended::away:
      return "away";
    case desk::Ended::lost:
      return "lost";
    case desk::Ended::gone:
      return "gone";
    case desk::Ended::handed_on:
      return "handed_on";
  }
  return "gone";
}

std::string to_json_text(const ShownRow& row) {
  json::object out{{"citizen", to_citizen_text(row.citizen)},
                   {"epoch", std::to_string(row.epoch)},
                   {"owner", to_text(row.owner)},
                   {"queue", row.queue},
                   {"channel", row.channel},
                   {"address", row.address},
                   {"language", row.language},
                   {"summary", row.summary},
                   {"handed_at", row.handed_at.milliseconds},
                   {"unanswered", row.unanswered},
                   {"silent", row.silent},
                   {"awaited", row.awaited},
                   {"weight", row.weight},
                   {"again", row.again}};
  if (row.agent != 0) out["agent"] = row.agent;
  put(out, "name", row.name);
  put(out, "note", row.note);
  put(out, "outcome", row.outcome);
  put(out, "window_until", row.window_until);
  put_waiting(out, row);
  if (!row.states.empty()) {
    json::array states;
    for (const std::string& state : row.states) {
      states.push_back(json::object{{"name", state}, {"title", titled(state)}});
    }
    out["states"] = std::move(states);
  }
  if (!row.last.from.empty()) {
    out["last"] = json::object{
        {"from", row.last.from}, {"text", row.last.text}, {"at", row.last.at.milliseconds}};
  }
  json::object clocks;
  for (std::size_t i = 0; i < desk::service_count; ++i) {
    clocks[to_word(static_cast<desk::Service>(i))] = to_json(row.clocks[i]);
  }
  out["clocks"] = std::move(clocks);
  return json::serialize(out);
}

std::string to_json_text(const ShownAgent& agent) {
  json::object out{{"agent", agent.agent},
                   {"name", agent.name},
                   {"full_name", agent.full_name},
                   {"supervisor", agent.supervisor},
                   {"queues", json::array(agent.queues.begin(), agent.queues.end())},
                   {"presence", to_text(agent.presence)},
                   {"load", agent.load},
                   {"capacity", agent.capacity},
                   {"open", agent.open},
                   {"connected", agent.connected}};
  put(out, "reason", agent.reason);
  return json::serialize(out);
}

std::string to_json_text(const ShownQueue& queue) {
  json::object out{{"name", queue.name},
                   {"title", json::object{{"id", queue.title_id}, {"en", queue.title_en}}},
                   {"open", queue.open},
                   {"waiting", queue.waiting}};
  put(out, "oldest", queue.oldest);
  return json::serialize(out);
}

std::string masked_address(std::string_view address) {
  constexpr std::size_t first = 4;
  constexpr std::size_t last = 3;
  const std::size_t own = address.find_last_of(":/");  // before it: the channel, and our number
  if (own != address.npos) address.remove_prefix(own + 1);
  if (address.size() <= first + last) return std::string(address.size(), '*');
  const std::size_t hidden = std::min<std::size_t>(address.size() - first - last, 6);
  return std::string(address.substr(0, first)) + std::string(hidden, '*') +
         std::string(address.substr(address.size() - last));
}

std::string title_of(std::string_view name) {
  std::string title(name);
  std::replace(title.begin(), title.end(), '_', ' ');
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') {
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
  }
  return title;
}

std::string cut_text(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string(text);
  std::size_t end = bytes_max > ellipsis.size() ? bytes_max - ellipsis.size() : 0;
  const auto inside = [&](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
  };
  while (end > 0 && inside(end)) --end;
  return std::string(text.substr(0, end)) + std::string(ellipsis);
}

std::string quoted(std::string_view text) {
  return json::serialize(json::string(text));
}

}  // namespace alur::adapters

// Lines of waiting citizens: where one stands, how long it will take, and when nobody will come.
#include <algorithm>
#include <iterator>

#include "engine/desk/desk.hpp"

namespace alur::desk {

using value::Duration;
using value::Instant;

namespace {

constexpr std::int64_t departures_within_ms = value::hour_milliseconds;
constexpr std::size_t departures_min = 4;  // fewer tell nothing

// Upwards: nobody is to wait for longer than they were told.
std::int64_t whole_minutes(std::int64_t milliseconds) {
  const std::int64_t minute = value::minute_milliseconds;
  return (milliseconds + minute - 1) / minute * minute;
}

}  // namespace

std::size_t Desk::waiting(NameKey queue) const {
  const auto found = waiting_.find(queue);
  return found == waiting_.end() ? 0 : found->second.size();
}

Standing Desk::standing(const Conversation& conversation, Instant now) const {
  Standing stands;
  const auto line = waiting_.find(line_of(conversation));
  if (!conversation.waits() || line == waiting_.end()) return stands;
  const auto at = line->second.find(conversation.place);
  stands.position = 1 + static_cast<std::size_t>(std::distance(line->second.begin(), at));
  const auto known = lines_.find(line->first);
  if (known == lines_.end() || !is_staffed(line->first)) return stands;
  const std::vector<Instant>& all = known->second.departures;
  const auto recent = std::find_if(all.begin(), all.end(), [&](Instant one) {
    return one + Duration{departures_within_ms} > now;
  });
  const auto count = static_cast<std::size_t>(std::distance(recent, all.end()));
  if (count < departures_min) return stands;
  const std::int64_t lasted = now.milliseconds - recent->milliseconds;
  const std::int64_t each = lasted / static_cast<std::int64_t>(count - 1);
  stands.wait_ms = whole_minutes(each * static_cast<std::int64_t>(stands.position));
  return stands;
}

void Desk::note_departure(NameKey queue) {
  Line& line = lines_[queue];
  line.queue = queue;
  if (line.departures.size() == departures_max) line.departures.erase(line.departures.begin());
  line.departures.push_back(counts_.now);
  changed_.insert({Row::Kind::line, queue});
}

bool Desk::is_staffed(NameKey line) const {
  return std::any_of(agents_.begin(), agents_.end(), [&](const auto& one) {
    return one.second.is.on_duty() && serves(one.second.is, line);
  });
}

std::optional<std::int64_t> Desk::line_due(const Line& line) const {
  if (!line.unstaffed_since) return std::nullopt;
  const Instant patience = *line.unstaffed_since + Duration{settings_.unstaffed_ms};
  const auto closes =
      queue(line.queue).hours.next_closing(settings_.zone.to_local(*line.unstaffed_since));
  const Instant closing = closes ? settings_.zone.to_instant(*closes) : patience;
  return std::min(patience, closing).milliseconds;
}

// Where somebody waits and nobody is on duty.
void Desk::check_lines() {
  for (auto& [key, line] : lines_) {
    const bool deserted = waiting(key) > 0 && !is_staffed(key);
    if (deserted != line.unstaffed_since.has_value()) {
      line.unstaffed_since = deserted ? std::optional(counts_.now) : std::nullopt;
      changed_.insert({Row::Kind::line, key});
    }
    if (!deserted) continue;
    if (!is_open(key)) {
      end_all(key, Outcome::out_of_hours);
    } else if (*line.unstaffed_since + Duration{settings_.unstaffed_ms} <= counts_.now) {
      end_all(key, Outcome::no_agent);
    } else {
      continue;
    }
    line.unstaffed_since.reset();
    changed_.insert({Row::Kind::line, key});
  }
}

// Those who wait for a supervisor wait for anybody, when no supervisor comes.
void Desk::end_all(NameKey line, Outcome outcome) {
  const Waiting all = waiting_[line];
  for (const auto& [place, citizen] : all) {
    Entry& entry = conversations_.at(citizen);
    if (line == supervisors_line) {
      entry.is.for_supervisor = false;
      touch(entry);
    } else {
      give_back(entry, outcome, 0, 0);
    }
  }
}

}  // namespace alur::desk

#include "adapters/webchat/web_channel.hpp"

#include <algorithm>
#include <utility>

#include "adapters/webchat/frames.hpp"
#include "engine/ports/files.hpp"

namespace alur::adapters {

using ports::SendResult;

ports::Pace WebChannel::pace() const {
  ports::Pace pace;
  pace.pair_in_flight_max = pair_in_flight_max;
  pace.in_flight_max = in_flight_max;
  pace.fetched = true;
  return pace;
}

// Lines are pushed to under the lock, or what a line missed could come behind what is new.
void WebChannel::send(ports::Outgoing message, std::function<void(SendResult)> done) {
  if (ports::parse_reference(message.shown.url)) {
    message.shown.url = link_of_ ? link_of_(message.address, message.shown.url) : std::string();
  }
  auto frame = std::make_shared<const std::string>(encode_message(message));
  const std::lock_guard lock(mutex_);
  Citizen& citizen = citizens_[message.address];
  citizen.held[message.id] = {frame, std::move(done), 0};
  for (const auto& one : citizen.lines) {
    if (const auto line = one.lock()) line->push(frame);
  }
}

void WebChannel::attach(const std::string& address, std::uint64_t last,
                        const std::shared_ptr<WebLine>& line) {
  Done done;
  {
    const std::lock_guard lock(mutex_);
    Citizen& citizen = citizens_[address];
    take_up_to(citizen, last, done);
    for (const auto& [id, held] : citizen.held) line->push(held.frame);
    std::erase_if(citizen.lines, [](const auto& one) { return one.expired(); });
    if (citizen.lines.size() >= lines_max) {
      if (const auto oldest = citizen.lines.front().lock()) {
        oldest->end({CloseCode::policy, "opened too often"});
      }
      citizen.lines.erase(citizen.lines.begin());
    }
    citizen.lines.push_back(line);
  }
  for (const auto& one : done) one(SendResult{});
}

void WebChannel::detach(const std::string& address, const WebLine* line) {
  const std::lock_guard lock(mutex_);
  const auto found = citizens_.find(address);
  if (found == citizens_.end()) return;
  std::erase_if(found->second.lines, [line](const auto& one) {
    const auto there = one.lock();
    return !there || there.get() == line;
  });
  forget_idle(address);
}

void WebChannel::acknowledge(const std::string& address, std::uint64_t last) {
  Done done;
  {
    const std::lock_guard lock(mutex_);
    const auto found = citizens_.find(address);
    if (found == citizens_.end()) return;
    take_up_to(found->second, last, done);
    forget_idle(address);
  }
  for (const auto& one : done) one(SendResult{});
}

void WebChannel::tell_previews(std::string frame) {
  const std::lock_guard lock(mutex_);
  preview_ = std::make_shared<const std::string>(std::move(frame));
  std::erase_if(previews_, [](const auto& one) { return one.expired(); });
  for (const auto& one : previews_) {
    if (const auto line = one.lock()) line->push(preview_);
  }
}

void WebChannel::show_preview(const std::shared_ptr<WebLine>& line) {
  const std::lock_guard lock(mutex_);
  if (!preview_) return;
  std::erase_if(previews_, [](const auto& one) { return one.expired(); });
  previews_.push_back(line);
  line->push(preview_);
}

void WebChannel::take_up_to(Citizen& citizen, std::uint64_t last, Done& done) {
  const auto end = citizen.held.upper_bound(last);
  for (auto at = citizen.held.begin(); at != end; ++at) done.push_back(std::move(at->second.done));
  citizen.held.erase(citizen.held.begin(), end);
}

void WebChannel::forget_idle(const std::string& address) {
  const auto found = citizens_.find(address);
  if (found->second.held.empty() && found->second.lines.empty()) citizens_.erase(found);
}

void WebChannel::drop_for_absent(Done& dropped) {
  std::vector<std::uint64_t> ids;
  for (const auto& [address, citizen] : citizens_) {
    if (!citizen.lines.empty()) continue;
    for (const auto& [id, held] : citizen.held) ids.push_back(id);
  }
  if (ids.size() <= held_for_absent_max) return;
  const auto first_kept = ids.end() - static_cast<std::ptrdiff_t>(held_for_absent_max);
  std::nth_element(ids.begin(), first_kept, ids.end());
  for (auto at = citizens_.begin(); at != citizens_.end();) {
    auto& held = at->second.held;
    while (at->second.lines.empty() && !held.empty() && held.begin()->first < *first_kept) {
      dropped.push_back(std::move(held.begin()->second.done));
      held.erase(held.begin());
    }
    at = held.empty() && at->second.lines.empty() ? citizens_.erase(at) : std::next(at);
  }
}

void WebChannel::expire(std::int64_t now_ms) {
  Done dropped;
  {
    const std::lock_guard lock(mutex_);
    for (auto at = citizens_.begin(); at != citizens_.end();) {
      auto& held = at->second.held;
      for (auto one = held.begin(); one != held.end();) {
        if (one->second.since == 0) one->second.since = now_ms;
        if (one->second.since + kept_ms > now_ms) {
          ++one;
          continue;
        }
        dropped.push_back(std::move(one->second.done));
        one = held.erase(one);
      }
      at = held.empty() && at->second.lines.empty() ? citizens_.erase(at) : std::next(at);
    }
    drop_for_absent(dropped);
  }
  for (const auto& one : dropped) one({SendResult::Kind::dropped, 0, "nobody fetched it"});
}

}  // namespace alur::adapters

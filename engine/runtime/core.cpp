// Mailboxes and commits: which citizen's turn it is, and what follows when a change is durable.
#include "engine/runtime/core.hpp"

#include <algorithm>
#include <cassert>

#include "engine/runtime/past_pace.hpp"

namespace alur::runtime {

using ports::CitizenKey;
using ports::Result;
using ports::Verdict;
using value::Instant;

namespace {

constexpr std::int64_t retry_ms = 500;
constexpr std::uint64_t epoch_shift = 40;

}  // namespace

Core::Core(CoreParts parts, Instant now)
    : parts_(std::move(parts)),
      random_(parts_.seed * 2'654'435'761u + parts_.core),
      wheel_(now.milliseconds) {
  for (std::size_t channel = 0; channel < parts_.channels.size(); ++channel) {
    first_way_.push_back(ways_.size());
    for (ports::Sender& sender : parts_.channels[channel]->senders()) {
      assert(ways_.size() < parts_.paces.size());
      SharedPace& pace = *parts_.paces[ways_.size()];
      Outbox::FullAt full_at = [reader = parts_.reader, pace = sender.pace](CitizenKey citizen,
                                                                            std::int64_t now_ms) {
        return read_pair_full_at(*reader, citizen, pace, now_ms);
      };
      ways_.push_back(
          {channel, std::move(sender.name), Outbox(sender.pace, pace, std::move(full_at))});
    }
  }
}

void Core::load(const ports::StoreReader::Due& due) {
  wheel_.arm(due.citizen, due.due);
  ++by_version_[due.version];
}

void Core::load(const ports::OutboxRow& row) {
  const auto sender = find_sender(row.address);
  if (sender) ways_[*sender].outbox.add(row, true);
}

void Core::load(const ports::CallRow& row) {
  auto call = decode_call(row.citizen, row.body);
  if (!call) return;
  mailboxes_[row.citizen].items.push_back(Recalled{std::move(*call)});
  ++waiting_;
  retries_[0].push_back(row.citizen);
}

std::optional<std::size_t> Core::find_sender(std::string_view address) const {
  for (std::size_t i = 0; i < parts_.channels.size(); ++i) {
    if (parts_.channels[i]->capabilities().name != channel_of(address)) continue;
    const auto sender = parts_.channels[i]->sender_of(address);
    return sender ? std::optional(first_way_[i] + *sender) : std::nullopt;
  }
  return std::nullopt;
}

const ports::Channel& Core::channel_of_sender(std::size_t sender) const {
  return *parts_.channels[ways_[sender].channel];
}

// Ids grow within a core and from one start to the next, and no two cores share one.
std::uint64_t Core::next_message_id() {
  const std::uint64_t epoch = parts_.store->epoch();
  return (epoch << epoch_shift) + ++message_count_ * parts_.cores + parts_.core;
}

std::size_t Core::unsent() const {
  std::size_t sum = 0;
  for (const Way& way : ways_) sum += way.outbox.size();
  return sum;
}

std::vector<SenderReport> Core::senders() const {
  std::vector<SenderReport> reports;
  for (const Way& way : ways_) {
    reports.push_back({parts_.channels[way.channel]->capabilities().name, way.name,
                       way.outbox.size(), way.outbox.paused()});
  }
  return reports;
}

// --- mailboxes

std::optional<Verdict> Core::refusal(CitizenKey citizen) const {
  if (stopping_ || !available_) return Verdict::unavailable;
  const std::size_t most = parts_.bounds.waiting_max;
  if (waiting_ >= most || unsent() >= parts_.bounds.unsent_max) return Verdict::overloaded;
  if (waiting_ >= most * 3 / 4 && !wheel_.holds(citizen)) return Verdict::overloaded;
  const auto box = mailboxes_.find(citizen);
  if (box != mailboxes_.end() && box->second.items.size() >= parts_.bounds.mailbox_max) {
    return Verdict::overloaded;
  }
  const bool hears_nothing = std::any_of(ways_.begin(), ways_.end(), [&](const Way& way) {
    return way.outbox.unsent(citizen) >= parts_.bounds.lane_max;
  });
  if (hears_nothing) return Verdict::overloaded;
  return std::nullopt;
}

void Core::receive(ports::Inbound inbound, Done done, Instant now,
                   std::chrono::steady_clock::time_point came) {
  const CitizenKey citizen = parts_.store->key_of(inbound.address);
  Heard heard{std::move(inbound), std::move(done), came};
  if (!ports::is_fit(heard.inbound)) {
    refuse(heard, ports::Verdict::refused);
    return;
  }
  if (const auto verdict = refusal(citizen)) {
    refuse(heard, *verdict);
    return;
  }
  put(citizen, std::move(heard), now);
}

void Core::put(CitizenKey citizen, Item item, Instant now) {
  mailboxes_[citizen].items.push_back(std::move(item));
  ++waiting_;
  step(citizen, now);
}

// Takes what is first in a mailbox, until something is being committed or it is empty.
void Core::step(CitizenKey citizen, Instant now) {
  for (;;) {
    const auto found = mailboxes_.find(citizen);
    if (found == mailboxes_.end() || found->second.busy) return;
    Mailbox& box = found->second;
    if (box.items.empty()) {
      mailboxes_.erase(found);
      return;
    }
    const Result<Row> row = parts_.reader->session(citizen);
    Taken taken = Taken::failed;
    // It may put others into this very mailbox: that moves none, and they wait for it.
    Item& item = box.items.front();
    box.busy = true;
    if (row) {
      taken = std::visit([&](auto& one) { return take(one, citizen, *row, now); }, item);
    }
    if (taken == Taken::committing) return;
    box.busy = false;
    if (taken == Taken::failed) {
      if (auto* heard = std::get_if<Heard>(&item)) {
        refuse(*heard, Verdict::unavailable);
      } else if (auto* said = std::get_if<PersonSaid>(&item)) {
        refuse(*said, std::nullopt);
      } else {
        retries_[now.milliseconds + retry_ms].push_back(citizen);
        return;
      }
    }
    finish_front(box);
  }
}

void Core::finish_front(Mailbox& box) {
  box.items.pop_front();
  --waiting_;
}

// --- commits

void Core::commit(ports::Change change, Pending pending) {
  const std::uint64_t token = ++token_;
  // From now on: whoever looks for versions that nobody is on must not miss this conversation.
  if (pending.version_before != pending.version_after) add_session(pending.version_after);
  pending_.emplace(token, std::move(pending));
  actions_.commits.push_back({token, std::move(change)});
}

void Core::committed(std::uint64_t token, Result<void> result, Instant now) {
  auto node = pending_.extract(token);
  assert(!node.empty());
  Pending& pending = node.mapped();
  if (!result) {
    count(counters_.commits_failed);
    available_ = false;
  }
  if (pending.of_mailbox) {
    turn_committed(pending, result.has_value(), now);
  } else {
    send_committed(pending, result.has_value(), now);
  }
}

void Core::add_session(std::uint32_t version) {
  if (version != 0) ++by_version_[version];
}

void Core::remove_session(std::uint32_t version) {
  if (version != 0 && --by_version_[version] == 0) by_version_.erase(version);
}

void Core::turn_committed(Pending& pending, bool durable, Instant now) {
  const CitizenKey citizen = pending.citizen;
  Mailbox& box = mailboxes_.at(citizen);
  box.busy = false;
  Item& item = box.items.front();
  auto* heard = std::get_if<Heard>(&item);
  auto* said = std::get_if<PersonSaid>(&item);
  if (pending.version_before != pending.version_after) {
    remove_session(durable ? pending.version_before : pending.version_after);
  }
  if (!durable && !heard && !said) {
    retries_[now.milliseconds + retry_ms].push_back(citizen);
    return;
  }
  if (!durable && heard) {
    refuse(*heard, Verdict::unavailable);
  } else if (!durable) {
    refuse(*said, std::nullopt);
  } else {
    if (heard) {
      count(counters_.messages_in);
      actions_.replies.push_back({std::move(heard->done), Verdict::accepted});
    }
    count(counters_.turns, static_cast<std::uint64_t>(pending.turns));
    if (pending.due) {
      wheel_.arm(citizen, *pending.due);
    } else {
      wheel_.cancel(citizen);
    }
    if (parts_.desk) tell_lines(pending, said);
  }
  finish_front(box);
  // The desk has been told of what never was.
  if (!durable && pending.told_desk) {
    box.items.push_back(DeskTold{});
    ++waiting_;
  }
  if (durable) {
    count(counters_.messages_out, pending.outbox.size());
    for (ports::OutboxRow& row : pending.outbox)
      ways_[pending.sender].outbox.add(std::move(row), false);
    if (!pending.outbox.empty()) pump(pending.sender, now);
    if (pending.call) ask(std::move(*pending.call), now);
  }
  step(citizen, now);
}

void Core::send_committed(Pending& pending, bool durable, Instant now) {
  if (pending.receipt_done) {
    if (durable) count(counters_.receipts);
    if (durable) tell_delivery(pending.again);
    actions_.receipt_replies.push_back({std::move(pending.receipt_done), durable});
    return;
  }
  if (!durable) {
    unwritten_.emplace_back(pending.sender, std::move(pending.again));
    return;
  }
  tell_delivery(pending.again);
  ways_[pending.sender].outbox.recorded(pending.sent_id);
  pump(pending.sender, now);
}

void Core::store_is_back(Instant now) {
  if (available_) return;
  available_ = true;
  for (auto& [sender, change] : std::exchange(unwritten_, {})) {
    Pending pending;
    pending.sender = sender;
    pending.sent_id = std::get<ports::SendChange>(change).id;
    pending.again = change;
    commit(std::move(change), std::move(pending));
  }
  wake(now);
}

// --- time

void Core::wake(Instant now) {
  while (!retries_.empty() && retries_.begin()->first <= now.milliseconds && available_) {
    const auto citizens = retries_.extract(retries_.begin()).mapped();
    for (const CitizenKey citizen : citizens) step(citizen, now);
  }
  if (available_) {
    due_.clear();
    wheel_.advance(now.milliseconds, due_);
    // put() may arm again what is due now, which the wheel fires at a later tick.
    const std::vector<std::uint64_t> due = due_;
    for (const CitizenKey citizen : due) put(citizen, Fired{}, now);
  }
  for (std::size_t sender = 0; sender < ways_.size(); ++sender) pump(sender, now);
}

std::optional<std::int64_t> Core::next_wake() const {
  std::optional<std::int64_t> next = available_ ? wheel_.next_wake() : std::nullopt;
  const auto sooner = [&](std::int64_t at) { next = next ? std::min(*next, at) : at; };
  if (!retries_.empty() && available_) sooner(retries_.begin()->first);
  for (const Way& way : ways_) {
    if (holding_) break;
    if (const auto at = way.outbox.next_wake()) sooner(*at);
  }
  return next;
}

bool Core::idle() const {
  if (waiting_ > 0 || !pending_.empty()) return false;
  return !holding_ || std::all_of(ways_.begin(), ways_.end(),
                                  [](const Way& way) { return way.outbox.awaited() == 0; });
}

}  // namespace alur::runtime

// What goes out of a core: calls of services, and messages to citizens.
#include <algorithm>

#include "engine/machine/shown_bytes.hpp"
#include "engine/runtime/core.hpp"

namespace alur::runtime {

using ports::CitizenKey;
using ports::Delivery;
using ports::Result;
using value::Instant;

// --- services

void Core::no_answer(const PendingCall& call, Instant now) {
  count(counters_.calls_failed);
  put(call.citizen, Answered{call.serial, {value::name_key("unavailable"), {}}}, now);
}

void Core::ask(PendingCall call, Instant now) {
  CallLine& line = lines_[call.service];
  constexpr std::size_t waiting_max = 1'024;
  if (line.waiting.size() >= waiting_max) return no_answer(call, now);
  const std::string service = call.service;
  line.waiting.push_back(std::move(call));
  ask_waiting(service, now);
}

void Core::ask_waiting(const std::string& name, Instant now) {
  CallLine& line = lines_[name];
  ports::Service* service = find_service(parts_.services, name);
  while (!line.waiting.empty()) {
    if (service && line.under_way >= service->calls_max()) return;
    PendingCall call = std::move(line.waiting.front());
    line.waiting.pop_front();
    // Its timer has fired, or will at once; nobody waits for the answer.
    if (call.until <= now) continue;
    if (!service || !line.breaker.allows(now.milliseconds)) {
      no_answer(call, now);
      continue;
    }
    ++line.under_way;
    count(counters_.calls);
    actions_.asks.push_back({std::move(call), service});
  }
}

void Core::answered(CitizenKey citizen, std::uint32_t serial, const std::string& service,
                    Result<ports::Answer> answer, Instant now) {
  CallLine& line = lines_[service];
  if (line.under_way > 0) --line.under_way;
  if (answer) {
    line.breaker.succeeded();
    put(citizen, Answered{serial, std::move(*answer)}, now);
  } else {
    line.breaker.failed(now.milliseconds);
    PendingCall call;
    call.citizen = citizen;
    call.serial = serial;
    no_answer(call, now);
  }
  ask_waiting(service, now);
}

// --- messages

void Core::pump(std::size_t sender, Instant now) {
  if (holding_) return;
  Outbox& outbox = ways_[sender].outbox;
  while (const auto order = outbox.take(now.milliseconds)) {
    const std::uint64_t id = order->row->id;
    if (!may_send(*order->row)) {
      const ports::SendResult late{ports::SendResult::Kind::dropped, 0, "a person had taken over"};
      if (auto news = outbox.result(id, late, now.milliseconds, 0)) {
        count(counters_.superseded);
        record(sender, *news, now);
      }
      continue;
    }
    auto shown = machine::decode_shown(order->row->body);
    if (!shown) {
      const ports::SendResult unreadable{ports::SendResult::Kind::dropped, 0, "unreadable"};
      if (auto news = outbox.result(id, unreadable, now.milliseconds, 0)) {
        take_news(sender, std::move(*news), now);
      }
      continue;
    }
    if (order->again) count(counters_.sent_again);
    actions_.sends.push_back({ways_[sender].channel,
                              sender,
                              {id, order->row->address, std::move(*shown), order->again}});
  }
  for (SendNews& news : outbox.take_expired()) take_news(sender, std::move(news), now);
}

void Core::sent(std::size_t sender, std::uint64_t id, const ports::SendResult& result,
                Instant now) {
  const double chance = std::uniform_real_distribution<double>()(random_);
  auto news = ways_[sender].outbox.result(id, result, now.milliseconds, chance);
  if (news) take_news(sender, std::move(*news), now);
  pump(sender, now);
}

void Core::take_news(std::size_t sender, SendNews news, Instant now) {
  switch (news.state) {
    case Delivery::accepted:
      count(counters_.accepted);
      break;
    case Delivery::failed:
      count(counters_.dead_letters);
      break;
    default:
      count(counters_.unknown);
  }
  const std::int64_t delay = now.milliseconds - news.row.at.milliseconds;
  const bool settled = news.state >= Delivery::accepted;
  if (settled && news.row.silence_serial != 0 && delay > silence_grace_ms) {
    const CitizenKey citizen = news.row.citizen;
    put(citizen, Delayed{news.row.silence_serial, delay, sender, std::move(news)}, now);
    return;
  }
  record(sender, news, now);
}

void Core::record(std::size_t sender, const SendNews& news, Instant now) {
  ports::SendChange change;
  change.id = news.row.id;
  change.state = news.state;
  change.reason = news.reason;
  change.at = now;
  change.forget = news.state == Delivery::accepted && !channel_of_sender(sender).pace().receipts;
  Pending pending;
  pending.sender = sender;
  pending.sent_id = news.state >= Delivery::accepted ? news.row.id : 0;
  pending.again = change;
  commit(std::move(change), std::move(pending));
}

void Core::receive(const ports::Receipt& receipt, bool takes_down, ReceiptDone done, Instant now) {
  for (std::size_t sender = 0; sender < ways_.size(); ++sender) {
    if (receipt.state < Delivery::accepted) break;
    if (auto news = ways_[sender].outbox.confirmed(receipt.id)) {
      take_news(sender, std::move(*news), now);
    }
  }
  if (!takes_down) return;
  if (!available_ || waiting_ >= parts_.bounds.waiting_max / 2) {
    count(counters_.receipts_shed);
    actions_.receipt_replies.push_back({std::move(done), false});
    return;
  }
  ports::SendChange change{receipt.id, receipt.state, false, receipt.reason, now};
  Pending pending;
  pending.receipt_done = std::move(done);
  pending.again = change;
  commit(std::move(change), std::move(pending));
}

void Core::move(CitizenKey citizen, Instant now) {
  put(citizen, Moved{}, now);
}

}  // namespace alur::runtime

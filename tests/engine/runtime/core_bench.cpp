#include "tests/engine/runtime/core_bench.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace alur::tests {

CoreBench::CoreBench(ports::Pace pace, runtime::CoreBounds bounds)
    : channel_(pace), bounds_(bounds) {
  static const auto program = compile_small();
  services_ = {&names_, &tickets_};
  start();
  publish(1, program);
}

CoreBench::CoreBench(Parts parts)
    : disk(std::move(parts.disk)),
      channel_(std::move(parts.senders)),
      services_(std::move(parts.services)),
      with_desk_(parts.with_desk),
      number_(parts.core),
      cores_(parts.cores) {
  start();
  publish(1, std::move(parts.program));
}

void CoreBench::start() {
  store = std::make_unique<adapters::MemoryStore>(disk);
  reader_ = std::move(*store->reader());
  ports::Channel* const channels[] = {&channel_};
  paces_ = runtime::make_paces(channels, now.milliseconds, runtime::Pacer::Level::empty);
  if (with_desk_) start_desk();
  runtime::CoreParts parts;
  parts.desk = desk.get();
  parts.store = store.get();
  parts.reader = reader_.get();
  parts.services = services_;
  parts.core = number_;
  parts.cores = cores_;
  parts.channels = {&channel_};
  for (const auto& pace : paces_) parts.paces.push_back(pace.get());
  parts.bounds = bounds_;
  core = std::make_unique<runtime::Core>(std::move(parts), now);
  static_cast<void>(reader_->each_active([this](const auto& due) { core->load(due); }));
  static_cast<void>(reader_->each_unsent([this](const auto& row) { core->load(row); }));
  static_cast<void>(reader_->each_call([this](const auto& row) { core->load(row); }));
  if (versions_) core->set_versions(versions_);
  if (desk) desk->restart();
}

// As the runtime does (desk_wiring.cpp).
void CoreBench::start_desk() {
  desk::Settings settings;
  settings.queues.push_back({});
  settings.queues.back().key = value::name_key("general");
  desk = std::make_unique<runtime::DeskKeeper>(clock_, settings);
  std::vector<ports::DeskRow> rows;
  static_cast<void>(reader_->each_desk_row([&](const auto& row) { rows.push_back(row); }));
  EXPECT_TRUE(desk->load(rows));
  news.clear();
  desk->look([this](const desk::Desk& one) {
    one.each_conversation(
        [this](const desk::Conversation& is) { news.push_back({is.citizen, {}}); });
    return 0;
  });
  static_cast<void>(reader_->each_active([this](const auto& due) {
    if (due.due == ports::due_never) news.push_back({due.citizen, {}});
  }));
  desk->set_listener({[this](std::vector<runtime::DeskNews> told) {
                        news.insert(news.end(), told.begin(), told.end());
                      },
                      nullptr});
}

void CoreBench::restart() {
  held.clear();
  unsent.clear();
  asked.clear();
  core.reset();
  start();
  core->wake(now);
  work();
}

void CoreBench::publish(std::uint32_t number, std::shared_ptr<const program::Program> program) {
  auto versions = versions_ ? std::make_shared<runtime::Versions>(*versions_)
                            : std::make_shared<runtime::Versions>();
  versions->all[number] = {number, program->hash(), now, program};
  versions->current = number;
  versions_ = versions;
  core->set_versions(versions_);
}

std::optional<ports::Verdict> CoreBench::say(const std::string& who, const std::string& text,
                                             const std::string& id) {
  ports::Inbound inbound;
  inbound.id = id.empty() ? "m" + std::to_string(++ids_) : id;
  inbound.address = "webchat:" + who;
  inbound.input.text = text;
  if (channel_.capabilities().window_ms > 0) inbound.wrote_ms = now.milliseconds;
  auto verdict = std::make_shared<std::optional<ports::Verdict>>();
  core->receive(std::move(inbound), [verdict](ports::Verdict one) { *verdict = one; }, now);
  work();
  return *verdict;
}

std::string CoreBench::last(const std::string& who) const {
  const auto found = said_.find(who);
  return found == said_.end() || found->second.empty() ? "" : found->second.back();
}

void CoreBench::pass(std::int64_t ms) {
  const std::int64_t until = now.milliseconds + ms;
  for (int rounds = 0; rounds < 100'000; ++rounds) {
    auto next = core->next_wake();
    const auto due = desk ? desk->next_due() : std::nullopt;
    if (due && (!next || due->milliseconds < *next)) next = due->milliseconds;
    if (!next || *next > until) break;
    now.milliseconds = std::max(now.milliseconds, *next);
    if (desk) desk->apply(desk::Ticked{});
    core->wake(now);
    work();
  }
  now.milliseconds = until;
  core->wake(now);
  work();
}

void CoreBench::work() {
  for (bool more = true; more;) {
    for (runtime::Actions actions = core->take_actions(); !actions.empty();
         actions = core->take_actions()) {
      take(std::move(actions));
    }
    more = tells_news && !news.empty();
    if (!more) continue;
    for (auto& one : std::exchange(news, {})) core->compare_with_desk(std::move(one), now);
  }
  if (commits && desk && desk->is_dirty() && core->available()) commit({});
}

// What has changed at the desk goes along with every group.
bool CoreBench::store_desk(std::vector<ports::Change>& group) {
  rows_ = desk ? desk->take_rows() : std::vector<ports::DeskRow>();
  if (!rows_.empty()) group.push_back(ports::DeskChange{rows_});
  const auto done = store->commit(group);
  if (!done && desk) desk->put_back(rows_);
  return done.has_value();
}

void CoreBench::commit(std::vector<runtime::Actions::Commit> group) {
  std::vector<ports::Change> changes;
  for (const auto& one : group) changes.push_back(one.change);
  ports::Result<void> done;
  if (!store_desk(changes)) done = ports::Fault::unavailable;
  for (const auto& one : group) core->committed(one.token, done, now);
}

void CoreBench::take(runtime::Actions actions) {
  for (auto& reply : actions.replies) reply.done(reply.verdict);
  for (auto& reply : actions.receipt_replies) reply.done(reply.taken);
  for (auto& reply : actions.said_replies) reply.done(std::move(reply.said));
  for (auto& order : actions.sends) {
    if (!sends) {
      unsent.push_back(std::move(order.message));
      continue;
    }
    const ports::SendResult result = send(order.message);
    if (result.kind == ports::SendResult::Kind::accepted) {
      const std::string who = order.message.address.substr(order.message.address.find(':') + 1);
      said_[who].push_back(order.message.shown.text);
      sent.emplace_back(now.milliseconds, order.message.shown.text);
    }
    core->sent(order.sender, order.message.id, result, now);
  }
  for (auto& ask : actions.asks) {
    const runtime::PendingCall& call = ask.call;
    asked.push_back(call);
    if (!answers) continue;
    if (answer_faults) {
      core->answered(call.citizen, call.serial, call.service, ports::Fault::timed_out, now);
    } else {
      core->answered(call.citizen, call.serial, call.service, ticket_opened("T1"), now);
    }
  }
  if (actions.commits.empty()) return;
  if (commits) {
    commit(std::move(actions.commits));
  } else {
    for (auto& one : actions.commits) held.push_back(std::move(one));
  }
}

ports::SessionRow CoreBench::row(const std::string& who) {
  const auto found = reader_->session(store->key_of("webchat:" + who));
  return found && *found ? **found : ports::SessionRow();
}

std::vector<ports::JournalRow> CoreBench::journal() {
  std::vector<ports::JournalRow> rows;
  static_cast<void>(
      reader_->each_journal(0, 1'000'000, [&](const auto& row) { rows.push_back(row); }));
  return rows;
}

}  // namespace alur::tests

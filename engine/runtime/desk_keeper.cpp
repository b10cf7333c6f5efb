#include "engine/runtime/desk_keeper.hpp"

#include <algorithm>

#include "engine/runtime/desk_events.hpp"
#include "engine/runtime/open_session.hpp"

namespace alur::runtime {

using desk::Effect;
using desk::Owner;
using ports::CitizenKey;
using ports::DeskRow;
using value::Instant;

namespace {

// DeskRow::kind of a matter; those of a desk are desk::Row::Kind.
constexpr std::uint8_t matter_kind = 16;
constexpr std::uint8_t matter_version = 2;
constexpr std::size_t sent_max = 50'000;

bool is_desks(const DeskRow& row) {
  return row.kind <= static_cast<std::uint8_t>(desk::Row::Kind::conversation);
}

DeskRow to_row(desk::Row row) {
  return {static_cast<std::uint8_t>(row.kind), row.key, std::move(row.bytes)};
}

desk::Row of_desk(const DeskRow& row) {
  return {static_cast<desk::Row::Kind>(row.kind), row.key, row.bytes};
}

std::string bytes_of(const DeskMatter& matter) {
  std::string bytes;
  value::ByteWriter writer(bytes);
  writer.byte(matter_version);
  writer.text(matter.address);
  writer.text(matter.language);
  writer.text(matter.queue);
  writer.varint(matter.version);
  writer.text(matter.summary);
  writer.boolean(matter.summary_is_private);
  writer.varint(matter.fields.size());
  for (const DeskMatter::Field& field : matter.fields) {
    writer.text(field.name);
    writer.text(field.text);
    writer.boolean(field.is_private);
  }
  writer.varint(matter.states.size());
  for (const std::string& state : matter.states) writer.text(state);
  return bytes;
}

std::optional<DeskMatter> matter_of(const DeskRow& row) {
  value::ByteReader reader(row.bytes);
  if (reader.byte() != matter_version) return std::nullopt;
  DeskMatter matter;
  matter.citizen = row.key;
  matter.address = reader.text();
  matter.language = reader.text();
  matter.queue = reader.text();
  matter.version = static_cast<std::uint32_t>(reader.varint());
  matter.summary = reader.text();
  matter.summary_is_private = reader.boolean();
  matter.fields.resize(reader.count(3));
  for (DeskMatter::Field& field : matter.fields) {
    field.name = reader.text();
    field.text = reader.text();
    field.is_private = reader.boolean();
  }
  matter.states.resize(reader.count(1));
  for (std::string& state : matter.states) state = reader.text();
  if (!reader.finished()) return std::nullopt;
  return matter;
}

}  // namespace

std::string_view DeskMatter::channel() const {
  return channel_of(address);
}

DeskKeeper::DeskKeeper(const ports::Clock& clock, desk::Settings settings)
    : clock_(clock), desk_(std::move(settings)) {}

// --- before it starts

bool DeskKeeper::load(std::span<const DeskRow> rows) {
  const std::lock_guard lock(mutex_);
  std::vector<desk::Row> desks;
  for (const DeskRow& row : rows) {
    if (is_desks(row)) {
      desks.push_back(of_desk(row));
      continue;
    }
    auto matter = row.kind == matter_kind ? matter_of(row) : std::nullopt;
    if (!matter) return false;
    matters_[row.key] = std::move(*matter);
  }
  auto read = desk::Desk::from_rows(desk_.settings(), desks);
  if (!read) return false;
  desk_ = std::move(*read);
  known_ = desk_.size();
  return true;
}

void DeskKeeper::set_listener(Listener listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

void DeskKeeper::restart() {
  apply(desk::Restarted{});
}

// --- what happens

DeskKeeper::Applied DeskKeeper::apply(desk::What what, CitizenKey own) {
  const std::lock_guard lock(mutex_);
  return happen(what, own);
}

DeskKeeper::Applied DeskKeeper::hand_over(const desk::Handed& handed, DeskMatter matter) {
  const std::lock_guard lock(mutex_);
  matters_[handed.citizen] = std::move(matter);
  matters_changed_.insert(handed.citizen);
  return happen(handed, handed.citizen);
}

DeskKeeper::Applied DeskKeeper::set_agent(desk::AgentSet agent, std::string name) {
  const std::lock_guard lock(mutex_);
  const desk::AgentId id = agent.agent;
  const bool is_new = names_.insert_or_assign(id, std::move(name)).second;
  Applied applied = happen(std::move(agent), 0);
  if (!is_new) return applied;
  std::vector<DeskNews> news;  // what due_event() kept back for want of the name
  desk_.each_conversation([&](const desk::Conversation& is) {
    if (is.owner == desk::Owner::agent && is.agent == id) news.push_back({is.citizen, {}});
  });
  if (!news.empty() && listener_.news) listener_.news(std::move(news));
  return applied;
}

void DeskKeeper::set_settings(desk::Settings settings) {
  const std::lock_guard lock(mutex_);
  desk_.set_settings(std::move(settings));
  if (listener_.changed) listener_.changed(desk_.next_due());
}

DeskKeeper::Applied DeskKeeper::happen(const desk::What& what, CitizenKey own) {
  Applied applied;
  const Instant now = clock_.now();
  applied.effects = desk_.apply({now, what});
  applied.own.citizen = own;
  std::vector<DeskNews> others;
  for (MarkOf& made : marks_of(what, applied.effects, now)) {
    if (own != 0 && made.citizen == own) {
      applied.own.marks.push_back(std::move(made.mark));
      continue;
    }
    const auto found = std::find_if(others.begin(), others.end(), [&](const DeskNews& news) {
      return news.citizen == made.citizen;
    });
    DeskNews& news =
        found == others.end() ? others.emplace_back(DeskNews{made.citizen, {}}) : *found;
    news.marks.push_back(std::move(made.mark));
  }
  for (const Effect& effect : applied.effects) {
    if (effect.kind == Effect::Kind::refused) applied.refusal = effect.refusal;
  }
  known_ = desk_.size();
  dirty_ = true;
  if (!applied.effects.empty() || !std::holds_alternative<desk::Ticked>(what)) {
    const std::lock_guard lock(watching_);
    if (watcher_) watcher_->told(desk_, what, applied.effects);
  }
  if (!others.empty() && listener_.news) listener_.news(std::move(others));
  if (listener_.changed) listener_.changed(desk_.next_due());
  return applied;
}

// --- what is

std::optional<DeskMatter> DeskKeeper::matter(CitizenKey citizen) const {
  const std::lock_guard lock(mutex_);
  const auto found = matters_.find(citizen);
  return found == matters_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::pair<CitizenKey, std::string>> DeskKeeper::addresses() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<CitizenKey, std::string>> all;
  all.reserve(matters_.size());
  for (const auto& [citizen, matter] : matters_) all.emplace_back(citizen, matter.address);
  return all;
}

std::string DeskKeeper::name_of(desk::AgentId agent) const {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(agent);
  return found == names_.end() ? std::string() : found->second;
}

namespace {

DeskStamp stamp_of(const desk::Desk& desk, CitizenKey citizen) {
  const desk::Conversation* is = desk.find(citizen);
  if (!is) return {};
  return {is->epoch, is->owner == Owner::agent ? is->agent : 0};
}

}  // namespace

std::optional<machine::Event> DeskKeeper::due_event(CitizenKey citizen,
                                                    const machine::Session& session,
                                                    DeskStamp& stamp) const {
  const std::lock_guard lock(mutex_);
  stamp = stamp_of(desk_, citizen);
  // After a start desk and sessions are compared before anybody has said who the agents are.
  const desk::Conversation* is = desk_.find(citizen);
  const bool served = is && is->owner == desk::Owner::agent && is->serial == session.serial;
  if (served && !names_.contains(is->agent)) return std::nullopt;
  return runtime::due_event(desk_, citizen, session, clock_.now(), [this](desk::AgentId agent) {
    const auto found = names_.find(agent);
    return found == names_.end() ? std::string() : found->second;
  });
}

DeskStamp DeskKeeper::stamp(CitizenKey citizen) const {
  if (known_ == 0) return {};
  const std::lock_guard lock(mutex_);
  return stamp_of(desk_, citizen);
}

std::optional<std::uint32_t> DeskKeeper::left_serial(CitizenKey citizen,
                                                     const machine::Session* session) const {
  const std::lock_guard lock(mutex_);
  return runtime::left_serial(desk_, citizen, session);
}

bool DeskKeeper::may_send(CitizenKey citizen, desk::Epoch epoch, desk::AgentId agent) const {
  if (known_ == 0) return agent == 0;
  const std::lock_guard lock(mutex_);
  return desk_.may_send(citizen, epoch, agent);
}

DeskGauges DeskKeeper::gauges() const {
  const std::lock_guard lock(mutex_);
  DeskGauges gauges;
  const Instant now = clock_.now();
  desk_.each_conversation([&](const desk::Conversation& is) {
    if (is.owner == Owner::agent) ++gauges.owned;
    if (is.owner != Owner::queue) return;
    ++(is.agent != 0 ? gauges.offered : gauges.waiting);
    gauges.longest_wait_ms = std::max(gauges.longest_wait_ms, (now - is.queued_at).milliseconds);
  });
  desk_.each_agent([&](const desk::Agent& agent) {
    if (agent.on_duty() && !agent.lost_at) ++gauges.on_duty;
  });
  return gauges;
}

// --- watching

void DeskKeeper::set_watcher(DeskWatcher* watcher) {
  const std::lock_guard lock(watching_);
  watcher_ = watcher;
}

void DeskKeeper::watch(CitizenKey citizen) {
  const std::lock_guard lock(watching_);
  ++watched_[citizen];
}

void DeskKeeper::unwatch(CitizenKey citizen) {
  const std::lock_guard lock(watching_);
  const auto found = watched_.find(citizen);
  if (found != watched_.end() && --found->second == 0) watched_.erase(found);
}

bool DeskKeeper::is_watched(CitizenKey citizen) const {
  if (known_ > 0) {
    const std::lock_guard lock(mutex_);
    const desk::Conversation* is = desk_.find(citizen);
    if (is && is->owner != Owner::bot) return true;
  }
  const std::lock_guard lock(watching_);
  return watched_.contains(citizen);
}

void DeskKeeper::said(CitizenKey citizen, const std::vector<Line>& lines, std::int64_t wrote_ms) {
  const std::lock_guard lock(watching_);
  for (const Line& line : lines) {
    if (line.from != Line::From::agent || line.message == 0) continue;
    if (sent_order_.size() >= sent_max) {
      sent_.erase(sent_order_.front());
      sent_order_.pop_front();
    }
    sent_[line.message] = {citizen, line.line};
    sent_order_.push_back(line.message);
  }
  if (watcher_) watcher_->said(citizen, lines, wrote_ms);
}

void DeskKeeper::delivered(std::uint64_t message, ports::Delivery state,
                           const std::string& reason) {
  const std::lock_guard lock(watching_);
  const auto found = sent_.find(message);
  if (found == sent_.end() || !watcher_) return;
  watcher_->delivered(found->second.citizen, found->second.line, state, reason);
}

// --- for the committer

std::vector<DeskRow> DeskKeeper::take_rows() {
  if (!dirty_) return {};
  const std::lock_guard lock(mutex_);
  dirty_ = false;
  std::vector<DeskRow> rows;
  for (desk::Row& row : desk_.take_changed()) {
    const bool forgotten = row.kind == desk::Row::Kind::conversation && row.bytes.empty();
    if (forgotten && matters_.erase(row.key) > 0) matters_changed_.insert(row.key);
    rows.push_back(to_row(std::move(row)));
  }
  for (const CitizenKey citizen : matters_changed_) {
    const auto found = matters_.find(citizen);
    rows.push_back(
        {matter_kind, citizen, found == matters_.end() ? std::string() : bytes_of(found->second)});
  }
  matters_changed_.clear();
  return rows;
}

void DeskKeeper::put_back(std::span<const DeskRow> rows) {
  const std::lock_guard lock(mutex_);
  for (const DeskRow& row : rows) {
    if (is_desks(row)) {
      const desk::Row back = of_desk(row);
      desk_.put_back({&back, 1});
    } else {
      matters_changed_.insert(row.key);
    }
  }
  dirty_ = true;
}

std::optional<Instant> DeskKeeper::next_due() const {
  const std::lock_guard lock(mutex_);
  return desk_.next_due();
}

}  // namespace alur::runtime

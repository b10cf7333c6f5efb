#include "tests/simulation/simulation.hpp"

#include <algorithm>
#include <map>
#include <queue>
#include <random>
#include <set>

#include "adapters/memory/memory_store.hpp"
#include "engine/runtime/core.hpp"
#include "engine/runtime/desk_keeper.hpp"
#include "engine/runtime/journal_bytes.hpp"
#include "tests/engine/runtime/small_service.hpp"

namespace alur::tests {
namespace {

using ports::CitizenKey;
using ports::Delivery;
using ports::SendResult;
using ports::Verdict;
using runtime::Actions;
using runtime::Core;

constexpr std::int64_t begin_ms = 1'800'000'000'000;
constexpr std::uint32_t core_count = 2;
constexpr std::int64_t day_ms = 86'400'000;

constexpr desk::AgentId agent_count = 3;
constexpr desk::NameKey general = value::name_key("general");

class World : public runtime::DeskWatcher, public ports::Clock {
 public:
  explicit World(const SimulationSettings& settings)
      : settings_(settings), random_(settings.seed), channel_(pace()) {
    static const auto program = compile_small();
    program_ = program;
    auto versions = std::make_shared<runtime::Versions>();
    versions->all[1] = {1, program->hash(), {begin_ms}, program};
    versions->current = 1;
    versions_ = versions;
    start();
    if (settings_.people) plan_agents();
    plan_messages();
    if (settings_.crashes) plan_crash();
  }

  SimulationReport run() {
    while (!events_.empty() && report_.fault.empty()) {
      const Event event = events_.top();
      events_.pop();
      now_ = std::max(now_, event.at);
      event.happen();
      settle();
    }
    if (report_.fault.empty()) check_end();
    for (const auto& core : cores_) report_.superseded += core->counters().superseded;
    report_.virtual_ms = now_ - begin_ms;
    return report_;
  }

 private:
  struct Event {
    std::int64_t at = 0;
    std::uint64_t order = 0;
    std::function<void()> happen;
    bool operator<(const Event& other) const {  // the queue gives the largest first
      return std::tie(other.at, other.order) < std::tie(at, order);
    }
  };
  struct Message {
    std::string id;
    std::string who;
    std::string text;
    bool accepted = false;
  };

  static ports::Pace pace() {
    ports::Pace pace;
    pace.pair_rate = 2;
    pace.pair_burst = 4;
    pace.number_rate = 50;
    pace.number_burst = 50;
    return pace;
  }

  // --- chance

  std::uint64_t below(std::uint64_t n) { return random_() % n; }
  bool chance(int in_hundred) {
    return settings_.faults && below(100) < static_cast<std::uint64_t>(in_hundred);
  }
  void later(std::int64_t ms, std::function<void()> happen) {
    events_.push({now_ + ms, ++order_, std::move(happen)});
  }
  // Only while the program that asked for it runs.
  void later_here(std::int64_t ms, std::function<void()> happen) {
    later(ms, [this, life = life_, happen = std::move(happen)] {
      if (life == life_) happen();
    });
  }
  void fail(const std::string& why) {
    if (report_.fault.empty()) report_.fault = why + " at " + std::to_string(now_ - begin_ms);
  }

  // --- the program

  void start() {
    ++life_;
    store_ = std::make_unique<adapters::MemoryStore>(disk_);
    reader_ = std::move(*store_->reader());
    pace_ =
        std::make_unique<runtime::SharedPace>(channel_.pace(), now_, runtime::Pacer::Level::empty);
    cores_.clear();
    wakes_.assign(core_count, -1);
    group_.clear();
    down_ = committing_ = false;
    if (settings_.people) start_desk();
    for (std::uint32_t i = 0; i < core_count; ++i) {
      runtime::CoreParts parts;
      parts.desk = desk_.get();
      parts.store = store_.get();
      parts.reader = reader_.get();
      parts.services = {&names_, &tickets_};
      parts.channels = {&channel_};
      parts.paces = {pace_.get()};
      parts.core = i;
      parts.cores = core_count;
      parts.seed = settings_.seed;
      cores_.push_back(std::make_unique<Core>(std::move(parts), value::Instant{now_}));
      cores_[i]->set_versions(versions_);
    }
    const auto core = [this](CitizenKey key) -> Core& { return *cores_[key % core_count]; };
    static_cast<void>(reader_->each_active([&](const auto& due) { core(due.citizen).load(due); }));
    static_cast<void>(reader_->each_unsent([&](const auto& row) { core(row.citizen).load(row); }));
    static_cast<void>(reader_->each_call([&](const auto& row) { core(row.citizen).load(row); }));
    for (auto& one : cores_) one->wake({now_});
    if (desk_) begin_desk();
  }

  void crash() {
    ++report_.crashes;
    for (const auto& one : cores_) report_.superseded += one->counters().superseded;
    start();
  }

  void plan_crash() {
    later(static_cast<std::int64_t>(below(3 * 3'600'000)), [this] {
      crash();
      if (unsettled() > 0) plan_crash();
    });
  }

  // What the cores ask for happens, now or later.
  void settle() {
    for (bool more = true; more;) {
      more = false;
      for (std::uint32_t i = 0; i < core_count; ++i) {
        Actions actions = cores_[i]->take_actions();
        if (actions.empty()) continue;
        more = true;
        take(i, std::move(actions));
      }
    }
    for (std::uint32_t i = 0; i < core_count; ++i) arm(i);
    if (!desk_) return;
    if (desk_->is_dirty() && !down_) commit_soon();
    arm_desk();
  }

  void commit_soon() {
    if (committing_) return;
    committing_ = true;
    later_here(1 + static_cast<std::int64_t>(below(5)), [this] { commit(); });
  }

  void arm(std::uint32_t core) {
    const auto next = cores_[core]->next_wake();
    if (!next || (wakes_[core] >= 0 && wakes_[core] <= *next)) return;
    const std::int64_t at = std::max(*next, now_);
    wakes_[core] = at;
    later_here(at - now_, [this, core, at] {
      if (wakes_[core] == at) wakes_[core] = -1;
      cores_[core]->wake({now_});
    });
  }

  void take(std::uint32_t core, Actions actions) {
    for (auto& one : actions.commits) group_.push_back({core, std::move(one)});
    if (!group_.empty()) commit_soon();
    for (auto& reply : actions.replies) reply.done(reply.verdict);
    for (auto& reply : actions.said_replies) reply.done(reply.said);
    for (auto& order : actions.sends) send(core, std::move(order.message));
    for (auto& ask : actions.asks) answer(core, ask.call);
  }

  // --- the store

  void commit() {
    committing_ = false;
    const auto group = std::exchange(group_, {});
    std::vector<ports::Change> changes;
    for (const auto& [core, one] : group) changes.push_back(one.change);
    std::vector<ports::DeskRow> rows;
    if (desk_ && !down_) rows = desk_->take_rows();
    if (!rows.empty()) changes.push_back(ports::DeskChange{rows});
    ports::Result<void> done;
    if (down_) {
      done = ports::Fault::unavailable;
    } else {
      if (chance(2)) disk_->fail_at = 1 + below(2 * changes.size() + 4);
      const bool lost = chance(20);
      disk_->fail_with = lost ? ports::Fault::unsynced : ports::Fault::full;
      disk_->lost_but_written = lost && chance(50);
      done = store_->commit(changes);
      disk_->fail_at = 0;
    }
    if (!done && done.error() == ports::Fault::unsynced) return crash();
    if (!done && !rows.empty()) desk_->put_back(rows);
    if (!done && !down_) {
      down_ = true;
      later_here(250 + static_cast<std::int64_t>(below(5'000)), [this] {
        down_ = false;
        for (auto& core : cores_) core->store_is_back({now_});
      });
    }
    for (const auto& [core, one] : group) cores_[core]->committed(one.token, done, {now_});
    if (done) check_rows(changes);
  }

  void check_rows(const std::vector<ports::Change>& changes) {
    for (const ports::Change& change : changes) {
      const auto* turn = std::get_if<ports::TurnChange>(&change);
      if (!turn) continue;
      report_.turns += turn->journal.size();
      for (const ports::JournalRow& row : turn->journal) check_timer(row);
      for (const ports::OutboxRow& row : turn->outbox) {
        if (row.silence_serial != 0) asks_[row.id] = row.silence_serial;
      }
    }
  }

  // A question's silence is heard ten minutes after it arrived, and not a moment before.
  void check_timer(const ports::JournalRow& row) {
    if (runtime::decode_people(row)) return;
    const auto body = runtime::decode_journal(row);
    if (!body) return fail("a journal row that nobody can read");
    if (body->event.kind != machine::Event::Kind::timer_fired) return;
    ++report_.timers;
    if (body->event.timer != machine::TimerKind::silence) return;
    const auto asked = asked_at_.find({row.citizen, body->event.serial});
    if (asked == asked_at_.end()) return;  // every message of it was given up
    if (row.at.milliseconds < asked->second + 600'000) fail("a silence was heard too early");
  }

  // --- the channel

  void send(std::uint32_t core, ports::Outgoing message) {
    const CitizenKey citizen = store_->key_of(message.address);
    const auto told = [this, core, id = message.id](SendResult result) {
      later_here(static_cast<std::int64_t>(below(400)),
                 [this, core, id, result] { cores_[core]->sent(0, id, result, {now_}); });
    };
    const auto row = disk_->outbox.find(message.id);
    if (desk_ && row != disk_->outbox.end() && row->second.agent == 0) check_silence(citizen);
    if (chance(5)) return told({SendResult::Kind::retry, 0, "busy"});
    if (chance(1)) return told({SendResult::Kind::wait_pair, 0, "too many"});
    if (chance(1)) return told({SendResult::Kind::wait_number, 0, "too many"});
    arrive(citizen, message);
    if (chance(3)) return told({SendResult::Kind::unknown, 0, "no answer"});
    told({});
  }

  // A citizen gets messages in order: one that came is never followed by an older one that did not.
  void arrive(CitizenKey citizen, const ports::Outgoing& message) {
    std::set<std::uint64_t>& got = arrived_[citizen];
    if (!got.insert(message.id).second) {
      ++report_.sent_twice;
      if (!message.again) fail("a message was sent twice, and does not say so");
    } else if (*got.rbegin() != message.id) {
      fail("messages arrived out of order");
    }
    const auto asks = asks_.find(message.id);
    if (asks != asks_.end()) asked_at_[{citizen, asks->second}] = now_;
  }

  // --- the service

  void answer(std::uint32_t core, const runtime::PendingCall& call) {
    const std::int64_t patience = std::max<std::int64_t>(0, call.until.milliseconds - now_);
    const bool hangs = chance(10);
    const bool fails = hangs || chance(10);
    const std::int64_t quick = static_cast<std::int64_t>(below(3'000));
    const std::int64_t ms = hangs ? patience : std::min(quick, patience);
    const std::string number = "T" + call.key();
    later_here(ms, [this, core, call, fails, number] {
      if (fails) {
        cores_[core]->answered(call.citizen, call.serial, call.service, ports::Fault::timed_out,
                               {now_});
      } else {
        cores_[core]->answered(call.citizen, call.serial, call.service, ticket_opened(number),
                               {now_});
      }
    });
  }

  // --- people who serve

  value::Instant now() const override { return {now_}; }

  // As the runtime does (desk_wiring.cpp).
  void start_desk() {
    desk::Settings settings;
    settings.queues.emplace_back().key = general;
    desk_ = std::make_unique<runtime::DeskKeeper>(*this, settings);
    std::vector<ports::DeskRow> rows;
    static_cast<void>(reader_->each_desk_row([&](const auto& row) { rows.push_back(row); }));
    if (!desk_->load(rows)) fail("the desk's rows are none");
    desk_due_ = -1;
  }

  void begin_desk() {
    desk_->set_watcher(this);
    desk_->set_listener({[this](std::vector<runtime::DeskNews> news) {
                           for (auto& one : news) compare(std::move(one));
                         },
                         nullptr});
    desk_->restart();
    std::set<CitizenKey> all;
    static_cast<void>(reader_->each_active([&](const auto& due) {
      if (due.due == ports::due_never) all.insert(due.citizen);
    }));
    for (const auto& [citizen, is] : conversations()) {
      if (is.owner != desk::Owner::bot) all.insert(citizen);
    }
    for (const CitizenKey citizen : all) compare({citizen, {}});
    // Their pages connect again, most within the minute.
    for (desk::AgentId agent = 1; agent <= agent_count; ++agent) {
      later(static_cast<std::int64_t>(below(80'000)),
            [this, agent] { desk_->apply(desk::ConnectionBack{agent}); });
    }
  }

  void compare(runtime::DeskNews news) {
    later_here(
        0, [this, news] { cores_[news.citizen % core_count]->compare_with_desk(news, {now_}); });
  }

  void arm_desk() {
    const auto due = desk_->next_due();
    if (!due || (desk_due_ >= 0 && desk_due_ <= due->milliseconds)) return;
    desk_due_ = std::max(due->milliseconds, now_);
    later_here(desk_due_ - now_, [this, at = desk_due_] {
      if (desk_due_ == at) desk_due_ = -1;
      desk_->apply(desk::Ticked{});
    });
  }

  std::map<CitizenKey, desk::Conversation> conversations() const {
    std::map<CitizenKey, desk::Conversation> all;
    desk_->look([&](const desk::Desk& desk) {
      desk.each_conversation([&](const desk::Conversation& is) { all[is.citizen] = is; });
      return 0;
    });
    return all;
  }

  void plan_agents() {
    for (desk::AgentId agent = 1; agent <= agent_count; ++agent) {
      later(static_cast<std::int64_t>(below(60'000)), [this, agent] {
        desk_->set_agent({agent, {general}, 0, agent == 1}, "a" + std::to_string(agent));
        desk_->apply(desk::PresenceSet{agent, desk::Presence::online, 0});
      });
    }
    for (int i = 0; i < 40; ++i) {
      const auto agent = static_cast<desk::AgentId>(1 + below(agent_count));
      const std::uint64_t kind = below(4);
      later(static_cast<std::int64_t>(below(600'000)), [this, agent, kind] {
        if (kind == 0) desk_->apply(desk::ConnectionLost{agent});
        if (kind == 1) desk_->apply(desk::PresenceSet{agent, desk::Presence::away, 0});
        if (kind >= 2) desk_->apply(desk::PresenceSet{agent, desk::Presence::online, 0});
      });
    }
  }

  void told(const desk::Desk&, const desk::What&, std::span<const desk::Effect> effects) override {
    for (const desk::Effect& effect : effects) {
      if (effect.kind == desk::Effect::Kind::queued) ++report_.handed;
      if (effect.kind == desk::Effect::Kind::offered) {
        const desk::Accepted accepted{effect.agent, effect.citizen, effect.epoch};
        const bool declines = below(10) == 0;
        later(static_cast<std::int64_t>(below(35'000)), [this, accepted, declines] {
          if (declines) {
            desk_->apply(desk::Declined{accepted.agent, accepted.citizen, accepted.epoch});
          } else {
            desk_->apply(accepted);
          }
        });
      }
      if (effect.kind == desk::Effect::Kind::accepted) {
        ++report_.served;
        attend_later(effect.citizen);
      }
    }
  }
  void said(CitizenKey, const std::vector<runtime::Line>& lines, std::int64_t) override {
    for (const runtime::Line& line : lines) {
      if (line.line == 0) fail("a line without a number");
    }
  }
  void delivered(CitizenKey, std::uint64_t, Delivery, const std::string&) override {}

  void attend_later(CitizenKey citizen) {
    later(1'000 + static_cast<std::int64_t>(below(90'000)), [this, citizen] { attend(citizen); });
  }

  // Whoever owns it does something with it, until it is no agent's.
  void attend(CitizenKey citizen) {
    const auto all = conversations();
    const auto found = all.find(citizen);
    if (found == all.end() || found->second.owner != desk::Owner::agent) return;
    const desk::Conversation& is = found->second;
    const std::uint64_t deed = below(10);
    if (deed < 6) {
      say_as(is, "s" + std::to_string(++keys_));
    } else if (deed < 8) {
      desk_->apply(desk::Closed{is.agent, citizen, is.epoch, 1});
    } else if (deed < 9) {
      desk_->apply(desk::Returned{is.agent, citizen, is.epoch, 0});
    } else {
      const auto to = static_cast<desk::AgentId>(1 + below(agent_count));
      desk_->apply(desk::Transferred{is.agent, citizen, is.epoch, to, 0, "please"});
    }
    attend_later(citizen);
  }

  // The page sends it until it is told; sometimes once more.
  void say_as(const desk::Conversation& is, const std::string& key) {
    runtime::AgentSays says{is.citizen, is.agent, is.epoch, "an agent", key, {}};
    says.shown.text = "words of " + key;
    auto answered = std::make_shared<bool>(false);
    const auto done = [this, says, answered](const runtime::Said& said) {
      *answered = true;
      if (said.refusal) return;
      if (!said.durable) return later_say(says);
      if (!said.again && !spoken_.insert(says.key).second) fail("said twice: " + says.key);
      if (said.again) spoken_.insert(says.key);
      if (chance(10)) later_say(says);
    };
    Core& core = *cores_[is.citizen % core_count];
    core.agent_says(says, done, {now_});
    later(20'000, [this, says, answered] {
      if (!*answered) later_say(says);
    });
  }
  void later_say(const runtime::AgentSays& says) {
    later(500 + static_cast<std::int64_t>(below(3'000)), [this, says] {
      desk::Conversation is;
      is.citizen = says.citizen;
      is.agent = says.agent;
      is.epoch = says.epoch;
      say_as(is, says.key);
    });
  }

  void check_silence(CitizenKey citizen) {
    const auto all = conversations();
    const auto found = all.find(citizen);
    if (found != all.end() && found->second.owner == desk::Owner::agent) {
      fail("the bot spoke while a person served");
    }
  }

  // Machine and desk agree of everybody; what agents were told is said was said, once.
  void check_people(const std::map<std::string, int>& keys) {
    for (const auto& [citizen, is] : conversations()) {
      if (is.owner != desk::Owner::bot) return fail("somebody was left at the desk");
    }
    for (const std::string& key : spoken_) {
      const auto found = keys.find(key);
      if (found == keys.end() || found->second != 1) {
        return fail(key + " was not said exactly once");
      }
    }
    report_.spoken = spoken_.size();
  }

  // --- the citizens

  void plan_messages() {
    static const char* const words[] = {"hi",    "maju",   "jaya", "Nothing", "Ticket",
                                        "Wait",  "Person", "1",    "2",       "4",
                                        "hello", "bank",   "4",    "Nothing"};
    static const char* const for_people[] = {"hi", "maju", "Person", "maju", "Person", "help me"};
    const std::span<const char* const> texts =
        settings_.people ? std::span<const char* const>(for_people) : words;
    std::vector<std::int64_t> clock(static_cast<std::size_t>(settings_.citizens), 0);
    for (int i = 0; i < settings_.messages; ++i) {
      const auto who = static_cast<std::size_t>(below(clock.size()));
      const bool sleeps = below(20) == 0;
      clock[who] += static_cast<std::int64_t>(below(sleeps ? 2 * day_ms : 40'000));
      messages_.push_back(
          {"m" + std::to_string(i), "c" + std::to_string(who), texts[below(texts.size())], false});
      const auto index = static_cast<std::size_t>(i);
      later(clock[who], [this, index] { deliver(index); });
      // The channel delivers some again, at once or days later.
      for (int again = 0; again < 3 && chance(30); ++again) {
        const std::int64_t wait = static_cast<std::int64_t>(below(chance(20) ? 7 * day_ms : 9'000));
        later(clock[who] + wait, [this, index] { deliver(index); });
      }
    }
  }

  // Until it is acknowledged, as channels do.
  void deliver(std::size_t index) {
    const Message& message = messages_[index];
    ports::Inbound inbound;
    inbound.id = message.id;
    inbound.address = "webchat:" + message.who;
    inbound.input.text = message.text;
    Core& core = *cores_[store_->key_of(inbound.address) % core_count];
    auto answered = std::make_shared<bool>(false);
    core.receive(inbound,
                 [this, index, answered](Verdict verdict) {
                   *answered = true;
                   take_verdict(index, verdict);
                 },
                 {now_});
    // The connection breaks with the program, or the answer is lost.
    later(20'000, [this, index, answered] {
      if (!*answered) deliver(index);
    });
  }

  void take_verdict(std::size_t index, Verdict verdict) {
    Message& message = messages_[index];
    if (verdict == Verdict::accepted && message.accepted) {
      fail("message " + message.id + " was accepted twice");
    }
    if (verdict == Verdict::duplicate) ++report_.duplicates;
    if (verdict == Verdict::accepted || verdict == Verdict::duplicate) {
      message.accepted = true;
      if (chance(10)) later(3'000, [this, index] { deliver(index); });  // the answer was lost
      return;
    }
    if (verdict == Verdict::refused) return fail("message " + message.id + " was refused");
    ++report_.refused;
    later(500 + static_cast<std::int64_t>(below(5'000)), [this, index] { deliver(index); });
  }

  std::size_t unsettled() const {
    return static_cast<std::size_t>(std::count_if(
        messages_.begin(), messages_.end(), [](const Message& one) { return !one.accepted; }));
  }

  // --- at the end

  void check_end() {
    if (unsettled() > 0) return fail("messages were never accepted");
    std::map<std::string, int> heard;
    std::map<std::string, int> keys;
    std::map<CitizenKey, std::vector<ports::JournalRow>> rows;
    std::uint64_t sequence = 0;
    for (const auto& [number, row] : disk_->journal) {
      if (number != ++sequence) return fail("the journal has a gap");
      rows[row.citizen].push_back(row);
      if (const auto people = runtime::decode_people(row)) {
        if (people->kind == runtime::PeopleBody::Kind::said) ++keys[people->key];
        continue;
      }
      const auto body = runtime::decode_journal(row);
      if (!body) return fail("a journal row that nobody can read");
      if (!body->message_id.empty()) ++heard[body->message_id];
    }
    for (const Message& message : messages_) {
      if (heard[message.id] != 1) {
        return fail(message.id + " has " + std::to_string(heard[message.id]) + " turns");
      }
    }
    for (const auto& [citizen, row] : disk_->sessions) check_session(row, rows[citizen]);
    if (desk_) check_people(keys);
    for (const auto& [id, row] : disk_->outbox) {
      if (row.state < Delivery::accepted) return fail("a message is still to be sent");
      if (row.state == Delivery::failed) continue;
      if (!arrived_[row.citizen].contains(id)) return fail("a message did not arrive");
    }
    if (!disk_->calls.empty()) fail("a call is still open");
  }

  // The journal's events, walked through again, lead to the very session that is stored.
  void check_session(const ports::SessionRow& row, const std::vector<ports::JournalRow>& rows) {
    if (rows.size() != row.turns) return fail("a session has not as many turns as its journal");
    machine::Session session = machine::new_session(*program_, 0);
    std::uint32_t turn = 0;
    for (const ports::JournalRow& journal : rows) {
      if (journal.turn != ++turn) return fail("a citizen's turns have a gap");
      if (runtime::decode_people(journal)) continue;
      const auto body = runtime::decode_journal(journal);
      session = machine::turn(*program_, std::move(session), body->event).session;
    }
    std::string bytes;
    machine::encode_session(*program_, session, bytes);
    if (bytes != row.body) return fail("a session is not what its journal leads to");
    report_.state += row.address + "=" + bytes + "\n";
    if (row.due) fail("a conversation never ended");
  }

  SimulationSettings settings_;
  std::mt19937_64 random_;
  PlainChannel channel_;
  Names names_;
  Tickets tickets_;
  std::shared_ptr<const program::Program> program_;
  std::shared_ptr<const runtime::Versions> versions_;
  std::shared_ptr<adapters::MemoryDisk> disk_ = std::make_shared<adapters::MemoryDisk>();
  std::unique_ptr<adapters::MemoryStore> store_;
  std::unique_ptr<ports::StoreReader> reader_;
  std::unique_ptr<runtime::SharedPace> pace_;
  std::vector<std::unique_ptr<Core>> cores_;
  std::vector<std::int64_t> wakes_;
  std::vector<std::pair<std::uint32_t, Actions::Commit>> group_;
  bool committing_ = false;
  bool down_ = false;
  std::uint64_t life_ = 0;
  std::int64_t now_ = begin_ms;
  std::uint64_t order_ = 0;
  std::priority_queue<Event> events_;
  std::vector<Message> messages_;
  std::unique_ptr<runtime::DeskKeeper> desk_;
  std::int64_t desk_due_ = -1;
  std::set<std::string> spoken_;  // what agents were told is said
  int keys_ = 0;
  std::map<std::uint64_t, std::uint32_t> asks_;  // serials of questions, by their last message
  std::map<CitizenKey, std::set<std::uint64_t>> arrived_;
  std::map<std::pair<CitizenKey, std::uint32_t>, std::int64_t> asked_at_;
  SimulationReport report_;
};

}  // namespace

SimulationReport simulate(const SimulationSettings& settings) {
  return World(settings).run();
}

}  // namespace alur::tests

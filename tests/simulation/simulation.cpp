// Who serves and who writes in a simulation, and what must be true at its end.
#include <algorithm>

#include "engine/runtime/journal_bytes.hpp"
#include "tests/simulation/world.hpp"

namespace alur::tests {
namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr desk::AgentId agent_count = 3;
constexpr desk::NameKey general = value::name_key("general");

}  // namespace

// --- people who serve

// As the runtime does (desk_wiring.cpp).
void World::start_desk() {
  desk::Settings settings;
  settings.queues.emplace_back().key = general;
  desk_ = std::make_unique<runtime::DeskKeeper>(*this, settings);
  std::vector<ports::DeskRow> rows;
  static_cast<void>(reader_->each_desk_row([&](const auto& row) { rows.push_back(row); }));
  if (!desk_->load(rows)) fail("the desk's rows are none");
  desk_due_ = -1;
}

void World::begin_desk() {
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

void World::compare(runtime::DeskNews news) {
  later_here(0,
             [this, news] { cores_[news.citizen % core_count]->compare_with_desk(news, {now_}); });
}

void World::arm_desk() {
  const auto due = desk_->next_due();
  if (!due || (desk_due_ >= 0 && desk_due_ <= due->milliseconds)) return;
  desk_due_ = std::max(due->milliseconds, now_);
  later_here(desk_due_ - now_, [this, at = desk_due_] {
    if (desk_due_ == at) desk_due_ = -1;
    desk_->apply(desk::Ticked{});
  });
}

std::map<CitizenKey, desk::Conversation> World::conversations() const {
  std::map<CitizenKey, desk::Conversation> all;
  desk_->look([&](const desk::Desk& desk) {
    desk.each_conversation([&](const desk::Conversation& is) { all[is.citizen] = is; });
    return 0;
  });
  return all;
}

void World::plan_agents() {
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

void World::told(const desk::Desk&, const desk::What&, std::span<const desk::Effect> effects) {
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

void World::said(CitizenKey, const std::vector<runtime::Line>& lines, std::int64_t) {
  for (const runtime::Line& line : lines) {
    if (line.line == 0) fail("a line without a number");
  }
}

void World::attend_later(CitizenKey citizen) {
  later(1'000 + static_cast<std::int64_t>(below(90'000)), [this, citizen] { attend(citizen); });
}

// Whoever owns it does something with it, until it is no agent's.
void World::attend(CitizenKey citizen) {
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
void World::say_as(const desk::Conversation& is, const std::string& key) {
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

void World::later_say(const runtime::AgentSays& says) {
  later(500 + static_cast<std::int64_t>(below(3'000)), [this, says] {
    desk::Conversation is;
    is.citizen = says.citizen;
    is.agent = says.agent;
    is.epoch = says.epoch;
    say_as(is, says.key);
  });
}

void World::check_silence(CitizenKey citizen) {
  const auto all = conversations();
  const auto found = all.find(citizen);
  if (found != all.end() && found->second.owner == desk::Owner::agent) {
    fail("the bot spoke while a person served");
  }
}

// Machine and desk agree of everybody; what agents were told is said was said, once.
void World::check_people(const std::map<std::string, int>& keys) {
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

void World::plan_messages() {
  static const char* const words[] = {"hi", "maju", "jaya", "Nothing", "Ticket", "Wait", "Person",
                                      "1",  "2",    "4",    "hello",   "bank",   "4",    "Nothing"};
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
void World::deliver(std::size_t index) {
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

void World::take_verdict(std::size_t index, Verdict verdict) {
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

std::size_t World::unsettled() const {
  return static_cast<std::size_t>(std::count_if(messages_.begin(), messages_.end(),
                                                [](const Message& one) { return !one.accepted; }));
}

// --- at the end

void World::check_end() {
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
void World::check_session(const ports::SessionRow& row,
                          const std::vector<ports::JournalRow>& rows) {
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

SimulationReport simulate(const SimulationSettings& settings) {
  return World(settings).run();
}

}  // namespace alur::tests

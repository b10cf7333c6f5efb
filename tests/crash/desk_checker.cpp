#include "tests/crash/desk_checker.hpp"

#include <algorithm>
#include <set>

#include "adapters/desk/wish.hpp"
#include "adapters/sqlite/reader.hpp"
#include "engine/machine/turn.hpp"
#include "engine/runtime/journal_bytes.hpp"
#include "engine/runtime/transcript.hpp"

namespace alur::tests {

using desk::Owner;
using machine::Rest;
using ports::JournalRow;
using runtime::Line;
using runtime::PeopleBody;

namespace {

constexpr std::size_t rows_max = 1'000'000;
constexpr std::uint8_t matter_kind = 16;  // of DeskRow
constexpr desk::Units silent_units = 25;
constexpr int open_max = 8;
constexpr std::string_view of_queues = "queue:";

bool at_desk(const desk::Conversation& is) {
  return is.owner != Owner::bot;
}

bool waits_for_people(const machine::Session& session) {
  return session.active() && session.rest == Rest::handoff;
}

std::string who_of(const ports::SessionRow& row) {
  return row.address.substr(row.address.find(':') + 1);
}

}  // namespace

DeskChecker::DeskChecker(const std::string& store, const program::Program& program)
    : program_(program) {
  auto reader = adapters::SqliteReader::open({store, "", true, 2'000});
  if (!reader) {
    unreadable_ = "the store cannot be read";
    return;
  }
  std::map<desk::Citizen, std::vector<JournalRow>> journal;
  const bool read_all =
      (*reader)->each_desk_row([&](const ports::DeskRow& row) { read(row); }) &&
      (*reader)->each_journal(
          0, rows_max, [&](const JournalRow& row) { journal[row.citizen].push_back(row); }) &&
      (*reader)->each_unsent([&](const ports::OutboxRow&) { ++unsent_; }) &&
      (*reader)->each_session({}, rows_max, [&](const ports::SessionRow& row) {
        known_[row.citizen] = {row, machine::decode_session(program_, row.body), {}};
      });
  if (!read_all) unreadable_ = "the store cannot be read";
  for (auto& [citizen, rows] : journal) known_[citizen].journal = std::move(rows);
}

void DeskChecker::read(const ports::DeskRow& row) {
  bool good = true;
  if (row.kind == matter_kind) {
    matters_[row.key] = true;
  } else if (row.kind == static_cast<std::uint8_t>(desk::Row::Kind::counts)) {
    good = desk::from_bytes(row.bytes, counts_);
  } else if (row.kind == static_cast<std::uint8_t>(desk::Row::Kind::agent)) {
    good = desk::from_bytes(row.bytes, agents_[static_cast<desk::AgentId>(row.key)]);
  } else if (row.kind == static_cast<std::uint8_t>(desk::Row::Kind::conversation)) {
    good = desk::from_bytes(row.bytes, conversations_[row.key]);
  }
  if (!good) unreadable_ = "a row of the desk cannot be read";
}

// --- what is

const desk::Conversation* DeskChecker::conversation(const std::string& who) const {
  for (const auto& [citizen, known] : known_) {
    if (who_of(known.row) != who) continue;
    const auto found = conversations_.find(citizen);
    return found == conversations_.end() ? nullptr : &found->second;
  }
  return nullptr;
}

const desk::Agent* DeskChecker::agent(desk::AgentId agent) const {
  const auto found = agents_.find(agent);
  return found == agents_.end() ? nullptr : &found->second;
}

desk::Units DeskChecker::weight(const desk::Conversation& is) {
  return is.silent ? silent_units : desk::one_unit;
}

std::string DeskChecker::fault_of_desk() const {
  if (!unreadable_.empty()) return unreadable_;
  std::set<desk::Epoch> epochs;
  std::set<std::uint64_t> places;
  for (const auto& [citizen, is] : conversations_) {
    if (std::string fault = fault_of(is); !fault.empty()) return fault;
    if (!epochs.insert(is.epoch).second) return "two conversations have one epoch";
    if (at_desk(is) && !places.insert(is.place).second) return "two conversations have one place";
    if (is.epoch > counts_.epoch || is.place > counts_.place) return "a count is behind";
  }
  for (const auto& [citizen, known] : known_) {
    if (std::string fault = fault_of(known); !fault.empty()) return fault;
  }
  for (const auto& [id, agent] : agents_) {
    if (std::string fault = fault_of(agent); !fault.empty()) return fault;
  }
  return {};
}

// Of one owner, and known to their session as that.
std::string DeskChecker::fault_of(const desk::Conversation& is) const {
  if (!at_desk(is)) return {};
  const auto found = known_.find(is.citizen);
  if (found == known_.end() || !found->second.session) return "the desk has somebody unknown";
  const Known& known = found->second;
  const std::string who = who_of(known.row);
  const machine::Session& session = *known.session;
  if (!waits_for_people(session)) return who + " is at the desk, and does not wait for people";
  if (session.serial != is.serial) return who + " waits for another handoff";
  if (!matters_.contains(is.citizen)) return who + " is at the desk, and nobody knows why";
  if (session.accepted != (is.owner == Owner::agent)) {
    return who + (session.accepted ? " was told of a person who is not there"
                                   : " is served, and was not told");
  }
  if (session.accepted && session.person != is.agent) return who + " was told of somebody else";
  const bool has_agent = is.agent != 0;
  if (has_agent && !agents_.contains(is.agent)) return who + " has an agent who is not there";
  if (is.owner == Owner::agent && !has_agent) return who + " is served by nobody";
  const bool offered = is.owner == Owner::queue && has_agent;
  if (offered != is.offered_until.has_value()) return who + " has half an offer";
  return {};
}

std::string DeskChecker::fault_of(const Known& known) const {
  if (known.row.address.empty()) return "a journal of nobody";
  if (!known.session) return who_of(known.row) + " has a session that nobody can read";
  if (!waits_for_people(*known.session)) return {};
  const auto found = conversations_.find(known.row.citizen);
  const bool there = found != conversations_.end() && at_desk(found->second);
  return there ? std::string() : who_of(known.row) + " waits for people, and is lost";
}

// Nobody has more than they may, and who is not there is offered nothing.
std::string DeskChecker::fault_of(const desk::Agent& agent) const {
  int open = 0;
  for (const auto& [citizen, is] : conversations_) {
    if (!at_desk(is) || is.agent != agent.id) continue;
    ++open;
    const bool offered = is.owner == Owner::queue;
    const bool there = agent.presence == desk::Presence::online && !agent.lost_at;
    if (offered && !there) return "something is offered to an agent who is not there";
  }
  return open > open_max ? "an agent has too many" : "";
}

namespace {

// How a conversation is told to be, by both.
std::string stands(std::string_view owner, std::uint64_t agent, const std::string& epoch) {
  return std::string(owner) + " " + std::to_string(agent) + " " + epoch;
}

std::uint64_t number_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value ? value->to_number<std::uint64_t>() : 0;
}

}  // namespace

std::string DeskChecker::fault_of_page(const json::object& hello) const {
  const json::object& me = hello.at("me").as_object();
  const bool sees_all = text_in(me, "role") == "supervisor";
  const std::uint64_t own = number_in(me, "agent");
  std::map<std::string, std::string> shown;
  std::map<std::string, std::string> known;
  for (const json::value& value : hello.at("rows").as_array()) {
    const json::object& row = value.as_object();
    if (text_in(row, "owner") == "bot") continue;
    const std::uint64_t agent = number_in(row, "agent");
    const std::string citizen = text_in(row, "citizen");
    if (shown.contains(citizen)) return "a page shows a conversation twice";
    if (!sees_all && agent != own) continue;
    shown[citizen] = stands(text_in(row, "owner"), agent, text_in(row, "epoch"));
  }
  std::map<std::uint64_t, std::pair<desk::Units, int>> loads;
  for (const auto& [citizen, is] : conversations_) {
    if (!at_desk(is)) continue;
    loads[is.agent].first += weight(is);
    ++loads[is.agent].second;
    if (!sees_all && is.agent != own) continue;
    known[adapters::to_citizen_text(citizen)] =
        stands(desk::to_text(is.owner), is.agent, std::to_string(is.epoch));
  }
  if (shown != known) return "a page shows another desk than is stored";
  for (const json::value& value : hello.at("agents").as_array()) {
    const json::object& agent = value.as_object();
    const auto& [load, open] = loads[number_in(agent, "agent")];
    const bool same =
        agent.at("load").to_number<int>() == load && agent.at("open").to_number<int>() == open;
    if (!same) return "an agent's load is not the sum of what they have";
  }
  return {};
}

// --- what was

std::string DeskChecker::fault_of_journal() const {
  for (const auto& [citizen, known] : known_) {
    std::string fault = fault_of_replay(known);
    if (fault.empty()) fault = fault_of_words(known);
    if (!fault.empty()) return who_of(known.row) + fault;
  }
  return {};
}

std::string DeskChecker::fault_of_replay(const Known& known) const {
  if (known.journal.size() != known.row.turns) return " has not as many turns as rows";
  machine::Session session = machine::new_session(program_, 0);
  std::uint32_t turn = 0;
  for (const JournalRow& row : known.journal) {
    if (row.turn != ++turn) return " has a gap in the journal";
    if (runtime::decode_people(row)) continue;
    const auto body = runtime::decode_journal(row);
    if (!body) return " has a row that nobody can read";
    const bool came = body->event.kind == machine::Event::Kind::handoff_accepted;
    if (came && session.accepted && session.person == body->event.person) {
      return " was told twice who came";
    }
    session = machine::turn(program_, std::move(session), body->event).session;
  }
  std::string bytes;
  machine::encode_session(program_, session, bytes);
  return bytes == known.row.body ? "" : " is not where the journal leads";
}

// An agent's words of one epoch are said while they own it without a break.
std::string DeskChecker::fault_of_words(const Known& known) const {
  std::set<std::string> keys;
  desk::Epoch epoch = 0;
  bool bot_spoke = false;
  for (const JournalRow& row : known.journal) {
    const auto people = runtime::decode_people(row);
    if (!people) {
      const auto body = runtime::decode_journal(row);
      bot_spoke = bot_spoke || (body && !body->said.empty());
      continue;
    }
    if (people->kind == PeopleBody::Kind::mark) continue;
    if (!keys.insert(std::to_string(people->agent) + " " + people->key).second) {
      return " was said twice: " + people->key;
    }
    if (people->kind != PeopleBody::Kind::said) continue;
    if (people->epoch < epoch) return " was spoken to under an epoch that was over";
    if (people->epoch == epoch && bot_spoke) return " heard the bot while a person served";
    epoch = people->epoch;
    bot_spoke = false;
  }
  return {};
}

std::string DeskChecker::fault_of_end() const {
  if (unsent_ > 0) return "something is still to be sent";
  for (const auto& [citizen, is] : conversations_) {
    if (at_desk(is)) return "somebody is still at the desk";
  }
  return {};
}

std::map<std::string, std::vector<std::string>> DeskChecker::words() const {
  std::map<std::string, std::vector<std::string>> all;
  for (const auto& [citizen, known] : known_) {
    auto& words = all[who_of(known.row)];
    for (const JournalRow& row : known.journal) {
      for (const Line& line : runtime::lines_of(row)) {
        if (line.from == Line::From::mark || line.text.starts_with(of_queues)) continue;
        words.push_back(std::string(to_text(line.from)) + ": " + line.text);
      }
    }
  }
  return all;
}

}  // namespace alur::tests

// What people at the desk do to a conversation of this core: what they say, and what the desk knows
// that the machine does not.
#include <algorithm>

#include "engine/machine/shown_bytes.hpp"
#include "engine/runtime/core.hpp"
#include "engine/runtime/desk_events.hpp"
#include "engine/runtime/journal_bytes.hpp"
#include "engine/runtime/seen_window.hpp"

namespace alur::runtime {

using ports::CitizenKey;
using ports::Result;
using value::Instant;

namespace {

constexpr std::size_t said_again_rows = 500;  // how far back a repeat is looked for

std::string seen_name(desk::AgentId agent, const std::string& key) {
  return "desk:" + std::to_string(agent) + ":" + key;
}

}  // namespace

// --- what the desk knows

void Core::compare_with_desk(DeskNews news, Instant now) {
  put(news.citizen, DeskTold{std::move(news.marks)}, now);
}

// The desk still has what the machine has left: a crash or a failed commit lay between the two.
bool Core::gone_on_without(CitizenKey citizen, const machine::Session* session) {
  const auto serial = parts_.desk->left_serial(citizen, session);
  if (serial) parts_.desk->apply(desk::Left{citizen, *serial}, citizen);
  return serial.has_value();
}

// Of what nobody told when it happened: a crash lay between.
std::vector<DeskMark> Core::missed_marks(CitizenKey citizen, const machine::Event& event) const {
  return parts_.desk->look([&](const desk::Desk& desk) {
    const desk::Conversation* is = desk.find(citizen);
    const auto mark = is && is->serial == event.serial ? mark_of(*is, event) : std::nullopt;
    return mark ? std::vector{*mark} : std::vector<DeskMark>();
  });
}

Core::Taken Core::take(DeskTold& told, CitizenKey citizen, const Row& row, Instant) {
  if (!parts_.desk) return Taken::done;
  std::optional<OpenSession> open;
  if (row && row->due) open = open_session(*versions_, citizen, row->address, row);
  if (row && row->due && !open) {
    count(counters_.stranded);
    return Taken::done;
  }
  DeskStamp stamp;
  auto event = open ? parts_.desk->due_event(citizen, open->session, stamp) : std::nullopt;
  if (event) {
    // A copy: it is looked at again if the commit fails.
    std::vector<DeskMark> marks = told.marks;
    if (marks.empty()) marks = missed_marks(citizen, *event);
    return run(std::move(*open), std::move(*event), {}, citizen, std::move(marks));
  }
  gone_on_without(citizen, open ? &open->session : nullptr);
  if (!row || told.marks.empty()) return Taken::done;
  ports::TurnChange change;
  change.session = *row;
  for (const DeskMark& mark : told.marks) {
    change.journal.push_back(mark_row(mark, parts_.desk, change.session));
  }
  commit_people(std::move(change));
  return Taken::committing;
}

// No turn: the session is as it was.
void Core::commit_people(ports::TurnChange change) {
  Pending pending;
  pending.citizen = change.session.citizen;
  pending.of_mailbox = true;
  pending.due = change.session.due;
  pending.version_before = pending.version_after = pending.due ? change.session.version : 0;
  pending.outbox = change.outbox;
  pending.journal_rows = change.journal.size();
  pending.wrote_ms = change.session.wrote_ms;
  const auto sender = find_sender(change.session.address);
  if (sender) pending.sender = *sender;
  commit(std::move(change), std::move(pending));
}

// --- what agents say

void Core::agent_says(AgentSays says, SaidDone done, Instant now) {
  const CitizenKey citizen = says.citizen;
  hear({std::move(says), std::move(done)}, citizen, now);
}

void Core::agent_notes(AgentNotes notes, SaidDone done, Instant now) {
  const CitizenKey citizen = notes.citizen;
  hear({std::move(notes), std::move(done)}, citizen, now);
}

void Core::hear(PersonSaid said, CitizenKey citizen, Instant now) {
  if (stopping_ || !available_ || !parts_.desk || waiting_ >= parts_.bounds.waiting_max) {
    refuse(said, std::nullopt);
    return;
  }
  put(citizen, std::move(said), now);
}

Core::Taken Core::refuse(PersonSaid& said, std::optional<desk::Refusal> refusal,
                         std::optional<WindowFault> window) {
  actions_.said_replies.push_back({std::move(said.done), {false, false, {}, refusal, window}});
  return Taken::done;
}

Result<std::optional<Line>> Core::find_said(CitizenKey citizen, desk::AgentId agent,
                                            const std::string& key) {
  std::optional<Line> found;
  const auto done = parts_.reader->each_journal_of(
      citizen, 0, said_again_rows, [&](const ports::JournalRow& row) {
        if (found) return;
        const auto body = decode_people(row);
        if (!body || body->agent != agent || body->key != key) return;
        std::vector<Line> lines = lines_of(row);
        if (!lines.empty()) found = std::move(lines.front());
      });
  if (!done) return done.error();
  return found;
}

namespace {

// As the channel takes it: words of any length in several messages, of which the first is the
// reply.
std::vector<machine::Shown> messages_of(const machine::Shown& shown,
                                        const program::Channel& channel) {
  if (shown.kind != machine::Shown::Kind::text) return {shown};
  machine::Message message;
  message.overflow = program::Overflow::split;
  message.text = shown.text;
  std::vector<machine::Shown> messages = machine::present(message, channel, {});
  if (!messages.empty()) messages.front().reply_to = shown.reply_to;
  return messages;
}

}  // namespace

// False: the store cannot be read now. `heard` stays unset where the citizen said no such line.
bool Core::find_heard(CitizenKey citizen, std::uint64_t line, std::optional<std::string>& heard) {
  const auto read =
      parts_.reader->each_journal(line / lines_of_row_max, 1, [&](const ports::JournalRow& row) {
        const auto body = decode_journal(row);
        const bool is_it = row.citizen == citizen && line == line_of(row.sequence, 0) && body &&
                           body->event.kind == machine::Event::Kind::heard;
        if (is_it) heard = body->message_id;
      });
  return read.has_value();
}

void Core::address(const AgentSays& says, const ports::SessionRow& row, std::size_t sender,
                   Instant now, PeopleBody& body, ports::TurnChange& change) {
  for (const machine::Shown& shown :
       messages_of(says.shown, channel_of_sender(sender).capabilities())) {
    ports::OutboxRow message;
    message.id = next_message_id();
    message.citizen = row.citizen;
    message.at = now;
    message.address = row.address;
    message.epoch = says.epoch;
    message.agent = says.agent;
    machine::encode_shown(shown, message.body);
    body.said.push_back({message.id, message.body});
    change.outbox.push_back(std::move(message));
  }
}

namespace {

PeopleBody body_of(const AgentSays& says) {
  PeopleBody body{PeopleBody::Kind::said, says.agent, says.epoch, says.by, says.key, {}, {}, {}};
  body.reply_to = says.reply_to;
  return body;
}

PeopleBody body_of(const AgentNotes& notes) {
  return {PeopleBody::Kind::noted, notes.agent, 0, notes.by, notes.key, notes.text, {}, {}};
}

}  // namespace

Core::Taken Core::take(PersonSaid& said, CitizenKey citizen, const Row& row, Instant now) {
  if (!row) return refuse(said, desk::Refusal::unknown);
  PeopleBody body = std::visit([](const auto& one) { return body_of(one); }, said.what);
  // Once under one key, however often it is sent.
  SeenWindow seen(row->seen);
  const std::uint64_t id = parts_.store->key_of(seen_name(body.agent, body.key));
  const std::int64_t seconds = now.milliseconds / 1'000;
  bool again = seen.holds(id, seconds);
  if (!again && seen.may_be_spilled(seconds)) {
    const auto spilled = parts_.reader->was_spilled(citizen, id);
    if (!spilled) return Taken::failed;
    again = *spilled;
  }
  if (again) {
    auto line = find_said(citizen, body.agent, body.key);
    if (!line) return Taken::failed;
    actions_.said_replies.push_back(
        {std::move(said.done), {true, true, line->value_or(Line()), std::nullopt}});
    return Taken::done;
  }
  ports::TurnChange change;
  change.session = *row;
  if (auto* says = std::get_if<AgentSays>(&said.what)) {
    if (says->reply_to != 0) {
      std::optional<std::string> heard;
      if (!find_heard(citizen, says->reply_to, heard)) return Taken::failed;
      if (!heard) return refuse(said, desk::Refusal::unknown);
      says->shown.reply_to = std::move(*heard);
    }
    const auto sender = find_sender(row->address);
    if (!sender) return refuse(said, std::nullopt);
    const program::Channel& channel = channel_of_sender(*sender).capabilities();
    const bool is_template = says->shown.kind == machine::Shown::Kind::template_words;
    const auto window = window_fault(is_template, row->wrote_ms, channel, now);
    if (window) return refuse(said, std::nullopt, window);
    const desk::AgentWrote wrote{says->agent, citizen, says->epoch};
    const auto applied = parts_.desk->apply(wrote, citizen);
    if (applied.refusal) return refuse(said, applied.refusal);
    address(*says, *row, *sender, now, body, change);
  }
  seen.add(id, seconds, change.spilled);
  change.session.seen = seen.bytes();
  ports::JournalRow journal;
  journal.citizen = citizen;
  journal.turn = ++change.session.turns;
  journal.version = row->version;
  journal.at = now;
  encode_people(body, journal);
  change.journal.push_back(std::move(journal));
  commit_people(std::move(change));
  return Taken::committing;
}

// --- who is told

// Read back, so that the lines are what everybody reads later; but for a desk that looks on, nobody
// needs them.
void Core::tell_lines(const Pending& pending, PersonSaid* said) {
  const CitizenKey citizen = pending.citizen;
  if (!said && !parts_.desk->is_watched(citizen)) return;
  std::vector<Line> lines;
  const auto done = parts_.reader->each_journal_of(
      citizen, 0, pending.journal_rows, [&](const ports::JournalRow& row) {
        const std::vector<Line> more = lines_of(row);
        lines.insert(lines.begin(), more.begin(), more.end());
      });
  // Whoever looks on reads them when they look next.
  if (done && !lines.empty()) parts_.desk->said(citizen, lines, pending.wrote_ms);
  if (!said) return;
  Said what;
  what.durable = true;
  if (done && !lines.empty()) what.line = lines.front();
  actions_.said_replies.push_back({std::move(said->done), std::move(what)});
}

void Core::tell_delivery(const ports::Change& change) {
  const auto* sent = std::get_if<ports::SendChange>(&change);
  if (parts_.desk && sent) parts_.desk->delivered(sent->id, sent->state, sent->reason);
}

// What a person has decided to say was theirs to say, and keeps its place among what is sent; the
// bot's words are not for whoever talks to a person by now.
bool Core::may_send(const ports::OutboxRow& row) const {
  return !parts_.desk || row.agent != 0 || parts_.desk->may_send(row.citizen, row.epoch, 0);
}

}  // namespace alur::runtime

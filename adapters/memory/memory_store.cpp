#include "adapters/memory/memory_store.hpp"

namespace alur::adapters {

using ports::CitizenKey;
using ports::Delivery;
using ports::Fault;
using ports::OutboxRow;
using ports::Result;

Result<void> MemoryDisk::operate() {
  ++operations;
  if (fail_at == 0) return {};
  --fail_at;
  if (fail_at > 0) return {};
  return fail_with;
}

namespace {

// --- writing

void apply(MemoryDisk& disk, const ports::TurnChange& change) {
  std::uint64_t previous = change.session.journal_last;
  for (ports::JournalRow row : change.journal) {
    row.sequence = ++disk.journal_last;
    row.previous = previous;
    previous = row.sequence;
    disk.journal.emplace(row.sequence, std::move(row));
  }
  ports::SessionRow session = change.session;
  session.journal_last = previous;
  disk.sessions[session.citizen] = session;
  for (const ports::SeenId& seen : change.spilled) {
    disk.seen[{session.citizen, seen.id}] = seen.at_seconds;
  }
  for (const OutboxRow& row : change.outbox) disk.outbox.emplace(row.id, row);
  for (const ports::NameRow& row : change.names) disk.names[row.key] = row;
  using Call = ports::TurnChange::Call;
  if (change.call == Call::cleared) disk.calls.erase(session.citizen);
  if (change.call == Call::set) {
    disk.calls[session.citizen] = {session.citizen, session.address, change.call_body};
  }
}

void apply(MemoryDisk& disk, const ports::SendChange& change) {
  const auto found = disk.outbox.find(change.id);
  if (found == disk.outbox.end()) return;
  OutboxRow& row = found->second;
  const bool unsent = row.state < Delivery::accepted;
  if (change.forget && change.state >= Delivery::accepted && unsent) {
    disk.outbox.erase(found);
    return;
  }
  if (change.state <= row.state) return;
  row.state = change.state;
  if (row.state == Delivery::failed) {
    row.reason = change.reason;
    if (!unsent) row.address.clear();
  } else {
    row.reason.clear();
  }
  if (row.state < Delivery::accepted) return;
  row.silence_serial = 0;
  if (row.state == Delivery::failed) return;
  if (unsent) row.at = change.at;
  row.address.clear();
  row.body.clear();
}

void apply(MemoryDisk& disk, const ports::PublishChange& change) {
  disk.versions[change.version.number] = change.version;
  disk.current_version = change.version.number;
}

void apply(MemoryDisk& disk, const ports::CurrentChange& change) {
  disk.current_version = change.version;
}

void apply(MemoryDisk& disk, const ports::DropVersionChange& change) {
  disk.versions.erase(change.version);
}

void apply(MemoryDisk& disk, const ports::TicketChange& change) {
  disk.tickets.emplace(change.ticket.count, change.ticket);
}

void apply(MemoryDisk& disk, const ports::TicketStageChange& change) {
  const auto found = disk.tickets.find(change.note.count);
  if (found == disk.tickets.end()) return;
  found->second.stage = change.note.stage;
  found->second.stage_day = change.note.day;
  disk.ticket_notes[change.note.count].push_back(change.note);
}

void apply(MemoryDisk& disk, const ports::NameChange& change) {
  for (const ports::NameRow& row : change.names) disk.names[row.key] = row;
}

void apply(MemoryDisk& disk, const ports::UnheardChange& change) {
  ports::UnheardRow& row = disk.unheard[++disk.unheard_last];
  row = change.row;
  row.count = disk.unheard_last;
}

void apply(MemoryDisk& disk, const ports::DeskChange& change) {
  for (const ports::DeskRow& row : change.rows) {
    if (row.bytes.empty()) {
      disk.desk.erase({row.kind, row.key});
    } else {
      disk.desk[{row.kind, row.key}] = row;
    }
  }
}

// --- reading

class MemoryReader : public ports::StoreReader {
 public:
  explicit MemoryReader(std::shared_ptr<MemoryDisk> disk) : disk_(std::move(disk)) {}

  Result<std::optional<ports::SessionRow>> session(CitizenKey citizen) override {
    const std::lock_guard lock(disk_->mutex);
    if (const auto done = disk_->operate(); !done) return done.error();
    const auto found = disk_->sessions.find(citizen);
    if (found == disk_->sessions.end()) return std::optional<ports::SessionRow>();
    return std::optional<ports::SessionRow>(found->second);
  }

  Result<bool> was_spilled(CitizenKey citizen, std::uint64_t id) override {
    const std::lock_guard lock(disk_->mutex);
    if (const auto done = disk_->operate(); !done) return done.error();
    return disk_->seen.contains({citizen, id});
  }

  Result<void> each_active(const std::function<void(const Due&)>& take) override {
    return each(disk_->sessions, [&](const ports::SessionRow& row) {
      if (row.due) take({row.citizen, *row.due, row.version});
    });
  }

  Result<void> each_session(std::optional<CitizenKey> after, std::size_t rows_max,
                            const std::function<void(const ports::SessionRow&)>& take) override {
    const std::lock_guard lock(disk_->mutex);
    auto at = after ? disk_->sessions.upper_bound(*after) : disk_->sessions.begin();
    for (; at != disk_->sessions.end() && rows_max > 0; ++at, --rows_max) {
      if (const auto done = disk_->operate(); !done) return done;
      take(at->second);
    }
    return {};
  }

  Result<void> each_unsent(const std::function<void(const OutboxRow&)>& take) override {
    return each(disk_->outbox, [&](const OutboxRow& row) {
      if (row.state < Delivery::accepted) take(row);
    });
  }

  Result<std::optional<OutboxRow>> message(std::uint64_t id) override {
    const std::lock_guard lock(disk_->mutex);
    if (const auto done = disk_->operate(); !done) return done.error();
    const auto found = disk_->outbox.find(id);
    if (found == disk_->outbox.end()) return std::optional<OutboxRow>();
    return std::optional<OutboxRow>(found->second);
  }

  Result<std::vector<OutboxRow>> dead_letters(std::size_t rows_max) override {
    const std::lock_guard lock(disk_->mutex);
    if (const auto done = disk_->operate(); !done) return done.error();
    std::vector<OutboxRow> letters;
    for (auto at = disk_->outbox.rbegin(); at != disk_->outbox.rend(); ++at) {
      if (letters.size() == rows_max) break;
      if (at->second.state == Delivery::failed) letters.push_back(at->second);
    }
    return letters;
  }

  Result<void> each_call(const std::function<void(const ports::CallRow&)>& take) override {
    return each(disk_->calls, take);
  }

  Result<std::vector<ports::VersionRow>> versions() override {
    std::vector<ports::VersionRow> versions;
    const auto done =
        each(disk_->versions, [&](const ports::VersionRow& row) { versions.push_back(row); });
    if (!done) return done.error();
    return versions;
  }

  Result<std::uint32_t> current_version() override {
    const std::lock_guard lock(disk_->mutex);
    if (const auto done = disk_->operate(); !done) return done.error();
    return disk_->current_version;
  }

  Result<std::optional<ports::TicketRow>> find_ticket(ports::TicketBy by,
                                                      std::string_view text) override {
    const std::lock_guard lock(disk_->mutex);
    if (const auto done = disk_->operate(); !done) return done.error();
    for (const auto& [count, row] : disk_->tickets) {
      const std::string& held = by == ports::TicketBy::call   ? row.call
                                : by == ports::TicketBy::name ? row.name
                                                              : row.body;
      if (held == text) return std::optional<ports::TicketRow>(row);
    }
    return std::optional<ports::TicketRow>();
  }

  Result<std::uint64_t> last_ticket() override {
    const std::lock_guard lock(disk_->mutex);
    if (const auto done = disk_->operate(); !done) return done.error();
    return disk_->tickets.empty() ? 0 : disk_->tickets.rbegin()->first;
  }

  Result<void> each_ticket(std::uint64_t from, std::size_t rows_max,
                           const std::function<void(const ports::TicketRow&)>& take) override {
    const std::lock_guard lock(disk_->mutex);
    for (auto at = disk_->tickets.lower_bound(from); at != disk_->tickets.end() && rows_max > 0;
         ++at, --rows_max) {
      if (const auto done = disk_->operate(); !done) return done;
      take(at->second);
    }
    return {};
  }

  Result<std::vector<ports::TicketNote>> ticket_notes(std::uint64_t count) override {
    const std::lock_guard lock(disk_->mutex);
    if (const auto done = disk_->operate(); !done) return done.error();
    const auto found = disk_->ticket_notes.find(count);
    return found == disk_->ticket_notes.end() ? std::vector<ports::TicketNote>() : found->second;
  }

  Result<std::optional<ports::NameRow>> name(CitizenKey key) override {
    const std::lock_guard lock(disk_->mutex);
    if (const auto done = disk_->operate(); !done) return done.error();
    const auto found = disk_->names.find(key);
    if (found == disk_->names.end()) return std::optional<ports::NameRow>();
    return std::optional<ports::NameRow>(found->second);
  }

  Result<std::vector<ports::NameRow>> names(CitizenKey citizen) override {
    const std::lock_guard lock(disk_->mutex);
    if (const auto done = disk_->operate(); !done) return done.error();
    std::vector<ports::NameRow> rows;
    for (const auto& [key, row] : disk_->names) {
      if (row.citizen == citizen) rows.push_back(row);
    }
    return rows;
  }

  Result<std::vector<ports::UnheardRow>> unheard(std::size_t rows_max) override {
    const std::lock_guard lock(disk_->mutex);
    if (const auto done = disk_->operate(); !done) return done.error();
    std::vector<ports::UnheardRow> rows;
    for (auto at = disk_->unheard.rbegin(); at != disk_->unheard.rend(); ++at) {
      if (rows.size() == rows_max) break;
      rows.push_back(at->second);
    }
    return rows;
  }

  Result<void> each_journal(std::uint64_t from, std::size_t rows_max,
                            const std::function<void(const ports::JournalRow&)>& take) override {
    const std::lock_guard lock(disk_->mutex);
    for (auto at = disk_->journal.lower_bound(from); at != disk_->journal.end() && rows_max > 0;
         ++at, --rows_max) {
      if (const auto done = disk_->operate(); !done) return done;
      take(at->second);
    }
    return {};
  }

  Result<void> each_journal_of(CitizenKey citizen, std::uint64_t before, std::size_t rows_max,
                               const std::function<void(const ports::JournalRow&)>& take) override {
    const std::lock_guard lock(disk_->mutex);
    const auto is_theirs = [&](const auto& at) {
      return at != disk_->journal.end() && at->second.citizen == citizen;
    };
    std::uint64_t next = 0;
    if (before != 0) {
      const auto at = disk_->journal.find(before);
      if (is_theirs(at)) next = at->second.previous;
    } else if (const auto at = disk_->sessions.find(citizen); at != disk_->sessions.end()) {
      next = at->second.journal_last;
    }
    for (; next != 0 && rows_max > 0; --rows_max) {
      if (const auto done = disk_->operate(); !done) return done;
      const auto at = disk_->journal.find(next);
      if (!is_theirs(at)) break;
      take(at->second);
      next = at->second.previous;
    }
    return {};
  }

  Result<void> each_desk_row(const std::function<void(const ports::DeskRow&)>& take) override {
    return each(disk_->desk, take);
  }

 private:
  template <class Rows, class Take>
  Result<void> each(const Rows& rows, const Take& take) {
    const std::lock_guard lock(disk_->mutex);
    for (const auto& [key, row] : rows) {
      if (const auto done = disk_->operate(); !done) return done;
      take(row);
    }
    return {};
  }

  std::shared_ptr<MemoryDisk> disk_;
};

std::size_t rows_of(const ports::Change& change) {
  if (const auto* names = std::get_if<ports::NameChange>(&change)) return names->names.size();
  if (const auto* desk = std::get_if<ports::DeskChange>(&change)) return desk->rows.size();
  const auto* turn = std::get_if<ports::TurnChange>(&change);
  if (!turn) return 1;
  return 1 + turn->journal.size() + turn->outbox.size() + turn->spilled.size() + turn->names.size();
}

template <class Rows, class Old>
bool sweep_rows(Rows& rows, std::size_t rows_max, const Old& old) {
  std::size_t swept = 0;
  for (auto at = rows.begin(); at != rows.end() && swept < rows_max;) {
    if (!old(*at)) {
      ++at;
      continue;
    }
    at = rows.erase(at);
    ++swept;
  }
  return swept == rows_max;
}

}  // namespace

MemoryStore::MemoryStore(std::shared_ptr<MemoryDisk> disk) : disk_(std::move(disk)) {
  const std::lock_guard lock(disk_->mutex);
  epoch_ = ++disk_->epoch;
}

CitizenKey MemoryStore::key_of(std::string_view address) const {
  return ports::keyed_hash(disk_->key, address);
}

Result<std::unique_ptr<ports::StoreReader>> MemoryStore::reader() {
  return std::unique_ptr<ports::StoreReader>(std::make_unique<MemoryReader>(disk_));
}

Result<void> MemoryStore::commit(std::span<const ports::Change> group) {
  const std::lock_guard lock(disk_->mutex);
  std::size_t rows = 2;
  for (const ports::Change& change : group) rows += rows_of(change);
  Result<void> outcome;
  for (std::size_t i = 0; i < rows && outcome; ++i) outcome = disk_->operate();
  const bool lost = !outcome && outcome.error() == Fault::unsynced;
  if (!outcome && !(lost && disk_->lost_but_written)) return outcome;
  for (const ports::Change& change : group) {
    std::visit([&](const auto& one) { apply(*disk_, one); }, change);
  }
  return outcome;
}

Result<void> MemoryStore::probe() {
  const std::lock_guard lock(disk_->mutex);
  return disk_->operate();
}

Result<bool> MemoryStore::sweep(value::Instant now, const ports::Retention& retention,
                                std::size_t rows_max) {
  const std::lock_guard lock(disk_->mutex);
  if (const auto done = disk_->operate(); !done) return done.error();
  const auto before = [&](std::int64_t seconds) { return now.milliseconds - seconds * 1'000; };
  bool more = sweep_rows(disk_->seen, rows_max, [&](const auto& row) {
    return row.second * 1'000 < before(retention.seen_seconds);
  });
  more |= sweep_rows(disk_->journal, rows_max, [&](const auto& row) {
    return row.first != disk_->journal_last &&
           row.second.at.milliseconds < before(retention.journal_seconds);
  });
  more |= sweep_rows(disk_->outbox, rows_max, [&](const auto& row) {
    const OutboxRow& message = row.second;
    if (message.state < Delivery::accepted) return false;
    const bool dead = message.state == Delivery::failed;
    return message.at.milliseconds <
           before(dead ? retention.dead_letter_seconds : retention.message_seconds);
  });
  for (auto& [sequence, row] : disk_->journal) {
    if (row.at.milliseconds < before(retention.words_seconds)) row.body.clear();
  }
  more |= sweep_rows(disk_->sessions, rows_max, [&](const auto& row) {
    return !row.second.due && !disk_->journal.contains(row.second.journal_last);
  });
  more |= sweep_rows(disk_->names, rows_max, [&](const auto& row) {
    return !disk_->sessions.contains(row.second.citizen);
  });
  std::size_t rows = disk_->unheard.size();
  more |= sweep_rows(disk_->unheard, rows_max, [&](const auto& row) {
    return rows-- > retention.unheard_rows_max ||
           row.second.at.milliseconds < before(retention.unheard_seconds);
  });
  for (auto& [citizen, row] : disk_->sessions) {
    if (row.due) continue;
    const auto last = disk_->journal.find(row.journal_last);
    const bool late = last != disk_->journal.end() &&
                      last->second.at.milliseconds >= before(retention.contact_seconds);
    if (late) continue;
    for (std::string* bytes : {&row.body, &row.seen, &row.timers}) bytes->clear();
  }
  return more;
}

}  // namespace alur::adapters

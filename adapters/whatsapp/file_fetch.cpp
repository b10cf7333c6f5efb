#include "adapters/whatsapp/file_fetch.hpp"

#include <algorithm>
#include <chrono>

namespace alur::adapters {

using ports::FileFault;
using ports::Result;

namespace {

constexpr auto look_every = std::chrono::milliseconds(500);
constexpr std::int64_t again_ms_min = 1'000;
constexpr int doublings_max = 12;
constexpr std::size_t tickets_at_once = 500;

// The intake says where it ends; this is more than Meta takes.
constexpr std::size_t never_so_large = 1u << 30;

// Its name at WhatsApp, as the files' owner has it.
std::string upload_of(const FileSlip& slip) {
  return "whatsapp " + slip.number + " " + slip.media;
}

// Empty: it may be tried again.
std::string final_words(FileFault fault) {
  if (fault == FileFault::too_large) return "it is larger than is taken";
  if (fault == FileFault::not_taken) return "its content is of no type that is taken";
  return {};
}

}  // namespace

FileFetch::FileFetch(FileFetchParts parts) : parts_(std::move(parts)) {
  for (FileSlip& slip : parts_.slips->all()) {
    const auto named = *ports::parse_reference(slip.reference);
    const std::string promised = parts_.files->promise(slip.address, upload_of(slip), named.digest);
    if (promised == slip.reference) {
      awaited_[promised].slip = std::move(slip);
    } else {  // written for another store
      parts_.files->give_up_promise(promised);
    }
  }
}

FileFetch::~FileFetch() {
  stop();
}

void FileFetch::start(Commit commit) {
  commit_ = std::move(commit);
  thread_ = std::thread([this] { run(); });
}

void FileFetch::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void FileFetch::post(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    work_.push_back(std::move(work));
  }
  changed_.notify_one();
}

void FileFetch::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait_for(lock, look_every, [this] { return stopping_ || !work_.empty(); });
    while (!work_.empty()) {  // also at the end: who waits for a slip is answered
      const auto work = std::move(work_.front());
      work_.pop_front();
      lock.unlock();
      work();
      lock.lock();
    }
    if (stopping_) return;
    lock.unlock();
    begin_due();
    note_failures();
    awaited_count_ = awaited_.size();
    lock.lock();
  }
}

// --- what is expected

void FileFetch::expect(Files files, std::function<void(bool)> then) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      work_.push_back([this, files = std::move(files), then] { then(write_slips(*files)); });
      changed_.notify_one();
      return;
    }
  }
  then(false);
}

bool FileFetch::write_slips(std::vector<SentFile>& files) {
  const auto last = parts_.reader->last_ticket();
  if (!last) return false;
  for (SentFile& file : files) {
    FileSlip slip{{}, file.number, file.media, file.address, file.called, {}, *last, now_ms()};
    slip.reference = parts_.files->promise(file.address, upload_of(slip), file.digest);
    if (awaited_.contains(slip.reference)) {  // the message came before
      file.reference = slip.reference;
      continue;
    }
    if (auto known = parts_.files->find(file.address, upload_of(slip), parts_.clock->now())) {
      parts_.files->give_up_promise(slip.reference);
      file.reference = std::move(known->reference);
      continue;
    }
    if (awaited_.size() >= awaited_max) {
      parts_.files->give_up_promise(slip.reference);
      parts_.tell("a file sent on WhatsApp is not fetched: too many wait: " + file.media);
      continue;
    }
    if (!parts_.slips->keep(slip)) {
      parts_.files->give_up_promise(slip.reference);
      return false;
    }
    file.reference = slip.reference;
    awaited_[file.reference].slip = std::move(slip);
  }
  return true;
}

// --- what is fetched

bool FileFetch::is_busy(const std::string& address) const {
  return std::any_of(awaited_.begin(), awaited_.end(), [&](const auto& one) {
    return one.second.under_way && one.second.slip.address == address;
  });
}

void FileFetch::begin_due() {
  const std::int64_t now = now_ms();
  std::vector<std::string> due;
  for (const auto& [reference, one] : awaited_) {
    if (one.slip.fault.empty() && !one.under_way && one.due_ms <= now) due.push_back(reference);
  }
  for (const std::string& reference : due) {
    if (under_way_ >= under_way_max) return;
    Awaited& one = awaited_.at(reference);
    if (!is_busy(one.slip.address)) fetch(one);
  }
}

void FileFetch::fetch(Awaited& one) {
  const value::Instant now = parts_.clock->now();
  const FileSlip& slip = one.slip;
  if (parts_.files->find(slip.address, upload_of(slip), now)) return came(FileSlip(slip));
  auto intake =
      parts_.files->begin(slip.address, upload_of(slip), parts_.files->size_bytes_max(), now);
  if (!intake) return try_later(one, to_text(intake.error()));
  one.intake = std::move(*intake);
  one.fault.reset();
  one.under_way = true;
  ++under_way_;
  MediaLimits limits;
  limits.bytes_max = never_so_large;
  // Until it is settled nothing but the download has to do with the intake; and it stays where it
  // is, as elements of a map do.
  parts_.download(
      slip.number, slip.media, limits,
      [&one](std::string_view piece) {
        const auto taken = one.intake->take(piece);
        if (!taken) one.fault = taken.error();
        return taken.has_value();
      },
      [this, &one](Result<MediaFacts> facts) {
        post([this, &one, facts = std::move(facts)] { settle(one, facts); });
      });
}

void FileFetch::settle(Awaited& one, const Result<MediaFacts>& facts) {
  --under_way_;
  one.under_way = false;
  const auto intake = std::move(one.intake);
  if (one.fault) {
    const std::string words = final_words(*one.fault);
    return words.empty() ? try_later(one, to_text(*one.fault)) : fail(one, words);
  }
  if (!facts) return try_later(one, to_text(facts.error()));
  if (facts->sha256 != ports::parse_reference(one.slip.reference)->digest) {
    return try_later(one, "its content is not what the message said");
  }
  const auto kept = intake->finish();
  if (kept) return came(FileSlip(one.slip));
  const std::string words = final_words(kept.error());
  words.empty() ? try_later(one, to_text(kept.error())) : fail(one, words);
}

// The slip goes last: fetched again, it is found.
void FileFetch::came(const FileSlip& slip) {
  parts_.slips->remove(slip);
  parts_.files->give_up_promise(slip.reference);
  awaited_.erase(slip.reference);
}

void FileFetch::try_later(Awaited& one, std::string_view why) {
  const std::int64_t now = now_ms();
  if (now - one.slip.came_ms > at_meta_ms) {
    return fail(one, "it could not be fetched for seven days: " + std::string(why));
  }
  if (one.attempts == 0) {
    parts_.tell("a file sent on WhatsApp cannot be fetched yet: " + std::string(why) + ": " +
                one.slip.media);
  }
  one.due_ms = now + std::min(again_ms_min << std::min(one.attempts, doublings_max), again_ms_max);
  ++one.attempts;
}

// --- what will not come

// Until that is durable it is tried again, and fails again.
void FileFetch::fail(Awaited& one, std::string why) {
  FileSlip failed = one.slip;
  failed.fault = std::move(why);
  one.due_ms = now_ms() + again_ms_max;
  if (!parts_.slips->keep(failed)) return;
  parts_.tell("a file sent on WhatsApp is not kept: " + failed.fault + ": " + failed.media);
  one.slip = std::move(failed);
}

void FileFetch::note_failures() {
  std::vector<FileSlip> done;
  for (auto& [reference, one] : awaited_) {
    if (one.slip.fault.empty()) continue;
    const auto last = parts_.reader->last_ticket();
    if (!last) return;
    bool noted = now_ms() - one.slip.came_ms > noted_ms;
    while (!noted && one.slip.tickets < *last) {
      std::vector<ports::TicketRow> rows;
      const auto read =
          parts_.reader->each_ticket(one.slip.tickets + 1, tickets_at_once,
                                     [&](const ports::TicketRow& row) { rows.push_back(row); });
      if (!read || rows.empty()) return;
      for (const ports::TicketRow& row : rows) {
        if (row.body.find(reference) == std::string::npos) continue;
        if (!note(one.slip, row)) return;
        noted = true;
      }
      one.slip.tickets = rows.back().count;  // in memory: after a start they are read again
    }
    if (noted) done.push_back(one.slip);
  }
  for (const FileSlip& slip : done) came(slip);
}

// Once, though the program ends between this and the slip's going.
bool FileFetch::note(const FileSlip& slip, const ports::TicketRow& ticket) {
  const auto notes = parts_.reader->ticket_notes(ticket.count);
  if (!notes) return false;
  ports::TicketNote note;
  note.count = ticket.count;
  note.at = parts_.clock->now();
  note.day = parts_.day_of(note.at);
  note.stage = ticket.stage;
  note.by = "alur";
  note.text = slip.called + ", sent on WhatsApp, is not kept: " + slip.fault;
  const bool there = std::any_of(notes->begin(), notes->end(), [&](const ports::TicketNote& one) {
    return one.by == note.by && one.text == note.text;
  });
  return there || commit_(ports::TicketStageChange{std::move(note)}).has_value();
}

}  // namespace alur::adapters

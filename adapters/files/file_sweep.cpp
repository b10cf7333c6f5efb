#include "adapters/files/file_sweep.hpp"

namespace alur::adapters {

using ports::Result;

// A file goes from a session into a ticket, never back: sessions are read first. What moves while
// tickets are read was held just now.
void FileSweep::begin(value::Instant now) {
  before_ = {now.milliseconds - orphan_ms};
  const bool whole = now.milliseconds - whole_ms_ >= whole_pass_ms;
  const bool any = files_.begin_pass(before_);
  ended_ms_ = now.milliseconds;
  if (!any && !whole) return;
  if (whole) whole_ms_ = now.milliseconds;
  citizen_.reset();
  ticket_ = 0;
  stage_ = Stage::sessions;
}

Result<void> FileSweep::read_some(ports::StoreReader& reader, std::size_t rows_max) {
  std::size_t rows = 0;
  if (stage_ == Stage::sessions) {
    const auto read = reader.each_session(citizen_, rows_max, [&](const ports::SessionRow& row) {
      files_.see(row.body, false);
      citizen_ = row.citizen;
      ++rows;
    });
    if (!read) return read;
    if (rows < rows_max) stage_ = Stage::calls;
    return {};
  }
  if (stage_ == Stage::calls) {
    stage_ = Stage::tickets;
    return reader.each_call([&](const ports::CallRow& row) { files_.see(row.body, false); });
  }
  const auto read = reader.each_ticket(ticket_ + 1, rows_max, [&](const ports::TicketRow& row) {
    files_.see(row.body, true);
    ticket_ = row.count;
    ++rows;
  });
  if (!read) return read;
  if (rows == rows_max) return {};
  // Last: whoever comes to be served meanwhile is among them.
  if (owners_) files_.see_of(owners_());
  stage_ = Stage::removing;
  return {};
}

Result<std::size_t> FileSweep::step(ports::StoreReader& reader, value::Instant now,
                                    std::size_t rows_max) {
  if (stage_ == Stage::resting) {
    if (now.milliseconds - ended_ms_ >= pause_ms) begin(now);
    return std::size_t{0};
  }
  if (stage_ == Stage::removing) {
    const std::size_t went = files_.remove_unseen(before_, rows_max);
    if (went < rows_max) {
      stage_ = Stage::resting;
      ended_ms_ = now.milliseconds;
    }
    return went;
  }
  const auto read = read_some(reader, rows_max);
  if (!read) {
    stage_ = Stage::resting;
    return read.error();
  }
  return std::size_t{0};
}

}  // namespace alur::adapters

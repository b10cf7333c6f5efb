#include "engine/runtime/past_pace.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/runtime/journal_bytes.hpp"
#include "engine/runtime/outbox.hpp"

namespace alur::runtime {

using ports::CitizenKey;
using ports::Delivery;
using ports::JournalRow;
using ports::Pace;

namespace {

constexpr std::size_t rows_at_once = 8;
constexpr std::size_t rows_max = 256;

// Goes back from the last message that left. Each pushes the time at which the bucket is full on by
// one interval, from when it left at the least; so that time is the latest of `when it left and an
// interval for it and each after it`.
class Drawn {
 public:
  Drawn(const Pace& pace, std::int64_t now_ms)
      : interval_(1e3 / pace.pair_rate),
        burst_(std::max(pace.pair_burst, 1.0)),
        earliest_(now_ms),
        full_at_(now_ms) {}

  void add(std::int64_t left_ms) {
    ++count_;
    earliest_ = std::min(earliest_, left_ms);
    full_at_ = std::max(full_at_, left_ms + after(static_cast<double>(count_)));
  }
  // Whatever left until then changes nothing, not even a bucket that was drawn on to its ground.
  bool is_past(std::int64_t left_ms) const { return at_most(left_ms) <= full_at_; }
  // There were more, of which nothing is known.
  void suppose_more() { full_at_ = std::max(full_at_, at_most(earliest_)); }
  std::int64_t full_at() const { return full_at_; }

 private:
  std::int64_t at_most(std::int64_t left_ms) const {
    return left_ms + after(burst_ + static_cast<double>(count_));
  }
  std::int64_t after(double messages) const {
    return static_cast<std::int64_t>(std::ceil(interval_ * messages));
  }
  double interval_;  // milliseconds
  double burst_;
  std::size_t count_ = 0;
  std::int64_t earliest_;
  std::int64_t full_at_;
};

std::vector<SaidMessage> said_in(const JournalRow& row) {
  if (auto turn = decode_journal(row)) return std::move(turn->said);
  if (auto people = decode_people(row)) return std::move(people->said);
  return {};
}

enum class Known : std::uint8_t { goes_on, is_all, not_at_all };

// The messages of a row, the last first. They left in order: before one that left long ago, all
// did.
Known read_row(ports::StoreReader& reader, const JournalRow& row, Drawn& drawn) {
  if (drawn.is_past(row.at.milliseconds + Outbox::expires_ms)) return Known::is_all;
  const std::vector<SaidMessage> said = said_in(row);
  for (auto message = said.rbegin(); message != said.rend(); ++message) {
    const auto is = reader.message(message->id);
    if (!is || !*is) return Known::not_at_all;
    if ((*is)->state < Delivery::accepted) continue;
    const std::int64_t left = (*is)->at.milliseconds;
    const bool arrived = (*is)->state != Delivery::failed;  // else `at` may be the turn's
    if (arrived && drawn.is_past(left)) return Known::is_all;
    drawn.add(left);
  }
  return Known::goes_on;
}

}  // namespace

std::optional<std::int64_t> read_pair_full_at(ports::StoreReader& reader, CitizenKey citizen,
                                              const Pace& pace, std::int64_t now_ms) {
  Drawn drawn(pace, now_ms);
  std::uint64_t before = 0;
  for (std::size_t read = 0; read < rows_max; read += rows_at_once) {
    std::vector<JournalRow> rows;
    const auto done = reader.each_journal_of(citizen, before, rows_at_once,
                                             [&](const JournalRow& row) { rows.push_back(row); });
    if (!done) return std::nullopt;
    for (const JournalRow& row : rows) {
      const Known known = read_row(reader, row, drawn);
      if (known == Known::not_at_all) return std::nullopt;
      if (known == Known::is_all) return drawn.full_at();
      before = row.sequence;
    }
    if (rows.size() < rows_at_once) return drawn.full_at();
  }
  drawn.suppose_more();
  return drawn.full_at();
}

}  // namespace alur::runtime

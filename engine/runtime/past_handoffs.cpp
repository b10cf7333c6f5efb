#include "engine/runtime/past_handoffs.hpp"

#include "engine/runtime/journal_bytes.hpp"

namespace alur::runtime {

namespace {

bool is_end(DeskMark::Kind kind) {
  switch (kind) {
    case DeskMark::Kind::returned:
    case DeskMark::Kind::closed:
    case DeskMark::Kind::left:
    case DeskMark::Kind::timed_out:
    case DeskMark::Kind::no_agent:
    case DeskMark::Kind::out_of_hours:
      return true;
    case DeskMark::Kind::handed:
    case DeskMark::Kind::accepted:
    case DeskMark::Kind::transferred:
    case DeskMark::Kind::assigned:
    case DeskMark::Kind::taken:
      return false;
  }
  return false;
}

}  // namespace

// Backwards: an end comes before its beginning, and what has not ended begins without one.
ports::Result<std::vector<PastHandoff>> read_past_handoffs(ports::StoreReader& reader,
                                                           ports::CitizenKey citizen,
                                                           std::size_t rows_max) {
  std::vector<PastHandoff> all;
  bool began = true;  // the last of them, or there is none
  const auto read = reader.each_journal_of(citizen, 0, rows_max, [&](const ports::JournalRow& row) {
    const auto people = decode_people(row);
    if (!people || !people->mark) return;
    const DeskMark& mark = *people->mark;
    if (is_end(mark.kind)) {
      all.push_back({mark.at, mark.at, mark.kind, mark.code});
      began = false;
    } else if (!began) {
      all.back().from = mark.at;
      began = mark.kind == DeskMark::Kind::handed;
    }
  });
  if (!read) return read.error();
  return all;
}

}  // namespace alur::runtime

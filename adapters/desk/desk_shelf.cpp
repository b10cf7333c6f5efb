#include "adapters/desk/desk_shelf.hpp"

namespace alur::adapters {

using runtime::Line;

namespace {

// Those who are told nothing of a journal: without people, nothing has to be counted.
bool answers(const Line& line) {
  return line.from == Line::From::agent || line.from == Line::From::bot;
}

}  // namespace

// One is opened with the first question; where that fails, with the next.
ports::StoreReader* DeskShelf::reader() {
  if (!reader_) {
    auto opened = store_.reader();
    if (opened) reader_ = std::move(*opened);
  }
  return reader_.get();
}

// Of a message that has gone its way, nothing is known any more but that it was sent.
std::optional<LineDelivery> DeskShelf::delivery(const Line& line) {
  if (line.message == 0) return std::nullopt;
  const auto row = reader_->message(line.message);
  if (!row) return std::nullopt;
  if (!*row) return LineDelivery{ports::Delivery::accepted, {}};
  return LineDelivery{(*row)->state, (*row)->reason};
}

std::optional<DeskShelf::Page> DeskShelf::lines(desk::Citizen citizen, std::uint64_t before,
                                                const DeskNames& names) {
  if (!reader()) return std::nullopt;
  const auto read = runtime::read_transcript(*reader_, citizen, before, rows_max);
  if (!read) return std::nullopt;
  Page page{"[", read->before, read->more};
  for (const Line& line : read->lines) {
    if (page.lines.size() > 1) page.lines += ',';
    page.lines += to_json_text(line, citizen, names, delivery(line));
  }
  page.lines += ']';
  if (!read->lines.empty()) page.before = read->lines.front().line;
  return page;
}

// The one that is looked at may have ended, too.
std::vector<runtime::PastHandoff> DeskShelf::earlier(desk::Citizen citizen, value::Instant before) {
  auto all = runtime::read_past_handoffs(*reader_, citizen, earlier_rows_max);
  if (!all) return {};
  std::erase_if(*all, [before](const auto& one) { return one.from >= before; });
  if (all->size() > earlier_max) all->resize(earlier_max);
  return std::move(*all);
}

std::optional<std::string> DeskShelf::panel(Known known, desk::Citizen citizen,
                                            const DeskNames& names) {
  if (!reader()) return std::nullopt;
  Panel panel;
  panel.matter = std::move(known.matter);
  panel.cleared = known.cleared;
  panel.earlier = earlier(citizen, known.handed_at);
  if (find_tickets_) panel.tickets = find_tickets_(citizen, panel.matter.address);
  const auto row = reader_->session(citizen);
  if (!row) return std::nullopt;
  if (*row && !(*row)->body.empty()) {
    if (const auto program = runtime_.program((*row)->version)) {
      const auto session = machine::decode_session(*program, (*row)->body);
      if (session) panel.learned = runtime::learned(*program, *session);
    }
  }
  auto answers = runtime::read_answers(*reader_, citizen, rows_max, [this](std::uint32_t version) {
    return runtime_.program(version);
  });
  if (answers) panel.answers = std::move(*answers);
  return to_json_text(panel, names);
}

std::optional<Line> DeskShelf::line(desk::Citizen citizen, std::uint64_t number) {
  if (!reader()) return std::nullopt;
  std::optional<Line> found;
  const auto read = reader_->each_journal(number / runtime::lines_of_row_max, 1,
                                          [&](const ports::JournalRow& row) {
                                            if (row.citizen != citizen) return;
                                            for (Line& line : runtime::lines_of(row)) {
                                              if (line.line == number) found = std::move(line);
                                            }
                                          });
  return read ? found : std::nullopt;
}

std::optional<DeskShelf::Latest> DeskShelf::latest(desk::Citizen citizen) {
  constexpr std::size_t few = 8;
  if (!reader()) return std::nullopt;
  const auto read = runtime::read_transcript(*reader_, citizen, 0, few);
  const auto row = reader_->session(citizen);
  if (!read || !row) return std::nullopt;
  Latest latest;
  if (*row) latest.wrote_ms = (*row)->wrote_ms;
  for (const Line& line : read->lines) {
    if (line.from == Line::From::mark || line.from == Line::From::note) continue;
    latest.last = {std::string(to_text(line.from)), line_preview(line), line.at};
    if (line.from == Line::From::citizen) ++latest.unanswered;
    if (answers(line)) latest.unanswered = 0;
  }
  return latest;
}

}  // namespace alur::adapters

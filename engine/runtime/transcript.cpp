#include "engine/runtime/transcript.hpp"

#include <algorithm>

#include "engine/machine/show.hpp"
#include "engine/machine/shown_bytes.hpp"
#include "engine/runtime/journal_bytes.hpp"

namespace alur::runtime {

using machine::Event;
using machine::Shown;
using ports::CitizenKey;
using ports::JournalRow;
using ports::Result;
using program::Program;
using value::Value;

std::string_view to_text(Line::From from) {
  switch (from) {
    case Line::From::citizen:
      return "citizen";
    case Line::From::bot:
      return "bot";
    case Line::From::agent:
      return "agent";
    case Line::From::note:
      return "note";
    case Line::From::mark:
      return "mark";
  }
  return "?";
}

std::uint64_t line_of(std::uint64_t sequence, std::size_t n) {
  return sequence * lines_of_row_max + std::min(n, lines_of_row_max - 1);
}

// --- lines

namespace {

std::shared_ptr<const value::Media> media_of(const Shown& shown) {
  value::Media media;
  media.source = shown.url;
  media.file_name = shown.label;  // of what an agent sent
  switch (shown.kind) {
    case Shown::Kind::image:
      media.kind = value::MediaKind::image;
      break;
    case Shown::Kind::document:
      media.kind = value::MediaKind::document;
      break;
    case Shown::Kind::location:
      media.kind = value::MediaKind::location;
      media.latitude = shown.location.latitude;
      media.longitude = shown.location.longitude;
      media.name = shown.location.name;
      media.address = shown.location.address;
      break;
    default:
      return nullptr;
  }
  return std::make_shared<const value::Media>(std::move(media));
}

Line line_of(const SaidMessage& said, Line::From from) {
  Line line;
  line.from = from;
  line.message = said.id;
  const auto shown = machine::decode_shown(said.shown);
  if (!shown) return line;
  line.text = shown->text;
  line.media = media_of(*shown);
  for (const machine::ShownChoice& choice : shown->choices) line.options.push_back(choice.label);
  if (shown->kind == Shown::Kind::link) line.options.push_back(shown->label);
  return line;
}

void add_turn(const JournalBody& body, std::vector<Line>& lines) {
  if (body.event.kind == Event::Kind::heard) {
    Line& heard = lines.emplace_back();
    heard.input = body.event.input.kind;
    heard.text = body.event.input.text;
    heard.media = body.event.input.media;
  }
  for (const SaidMessage& said : body.said) lines.push_back(line_of(said, Line::From::bot));
}

void add_people(PeopleBody body, std::vector<Line>& lines) {
  if (body.kind == PeopleBody::Kind::said) {
    for (const SaidMessage& said : body.said) lines.push_back(line_of(said, Line::From::agent));
  } else {
    Line& line = lines.emplace_back();
    line.from = body.mark ? Line::From::mark : Line::From::note;
    line.text = std::move(body.text);
    line.mark = std::move(body.mark);
  }
  for (Line& line : lines) {
    line.agent = body.agent;
    line.by = body.by;
    line.key = body.key;
    line.epoch = body.epoch;
    line.reply_to = body.reply_to;
  }
}

}  // namespace

std::vector<Line> lines_of(const JournalRow& row) {
  std::vector<Line> lines;
  if (const auto turn = decode_journal(row)) {
    add_turn(*turn, lines);
  } else if (auto people = decode_people(row)) {
    add_people(std::move(*people), lines);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].line = line_of(row.sequence, i);
    lines[i].at = row.at;
  }
  return lines;
}

namespace {

// The rows before this one, the latest first.
Result<std::vector<JournalRow>> read_rows(ports::StoreReader& reader, CitizenKey citizen,
                                          std::uint64_t before, std::size_t rows_max) {
  std::vector<JournalRow> rows;
  const auto done = reader.each_journal_of(citizen, before, rows_max,
                                           [&](const JournalRow& row) { rows.push_back(row); });
  if (!done) return done.error();
  return rows;
}

}  // namespace

Result<TranscriptPage> read_transcript(ports::StoreReader& reader, CitizenKey citizen,
                                       std::uint64_t before, std::size_t rows_max) {
  const auto rows = read_rows(reader, citizen, before / lines_of_row_max, rows_max);
  if (!rows) return rows.error();
  TranscriptPage page;
  for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
    const std::vector<Line> lines = lines_of(*row);
    page.lines.insert(page.lines.end(), lines.begin(), lines.end());
  }
  if (rows->empty()) return page;
  page.more = rows->size() == rows_max && rows->back().previous != 0;
  page.before = line_of(rows->back().sequence, 0);
  return page;
}

// --- what the bot knows

namespace {

std::string plain_text(const Program& program, program::Index language, const Value& value,
                       const value::TypeRef& type) {
  std::string text;
  if (value.is(value::Kind::record)) {
    for (const value::Field& field : value.record().fields) {
      const value::TypeField* named = type ? type->find_field(field.key) : nullptr;
      if (!named || !field.value.is_set() || named->type->is_private) continue;
      if (!text.empty()) text += ", ";
      text += named->name + ": " + plain_text(program, language, field.value, named->type);
    }
  } else if (value.is(value::Kind::list)) {
    const value::TypeRef element = type ? type->element : nullptr;
    for (const Value& item : value.list().items) {
      if (!text.empty()) text += "; ";
      text += plain_text(program, language, item, element);
    }
  } else {
    machine::show_value(program, language, value, text);
  }
  return text;
}

void add_learned(const Program& program, const machine::Session& session,
                 const std::vector<program::Slot>& slots, const Value* values,
                 const std::string& flow, std::vector<Learned>& all) {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (!values[i].is_set()) continue;
    const value::TypeRef& type = slots[i].type;
    all.push_back({slots[i].name, flow, plain_text(program, session.language, values[i], type),
                   type && type->is_private});
  }
}

}  // namespace

std::vector<Learned> learned(const Program& program, const machine::Session& session) {
  std::vector<Learned> all;
  const program::App& app = program.app();
  add_learned(program, session, app.contact, session.contact.data(), {}, all);
  add_learned(program, session, app.session, session.shared.data(), {}, all);
  for (const machine::Frame& frame : session.frames) {
    const program::Unit& unit = program.unit(frame.unit);
    // Counters of the compiler's own follow the flow's variables.
    const std::vector<program::Slot> slots(unit.slots.begin(),
                                           unit.slots.begin() + unit.counters_begin);
    add_learned(program, session, slots, session.slots.data() + frame.base, unit.name, all);
  }
  return all;
}

// --- what services answered

namespace {

const program::Service* called_service(const Program& program, const JournalBody& body) {
  const program::Service* service = nullptr;
  for (const JournalBody::Entry& entry : body.entries) {
    if (entry.kind != machine::JournalEntry::Kind::called) continue;
    const auto unit = program.find_unit(entry.unit);
    if (!unit || entry.index >= program.unit(*unit).calls.size()) continue;
    service = &program.app().services[program.unit(*unit).calls[entry.index].service];
  }
  return service;
}

Answer answer_of(const Program& program, const program::Service& service, const Event& event) {
  Answer answer;
  answer.at = event.at;
  answer.service = service.name;
  for (const program::ServiceOutcome& outcome : service.outcomes) {
    if (outcome.key != event.outcome) continue;
    answer.outcome = outcome.name;
    answer.text = plain_text(program, 0, event.payload, outcome.payload);
    answer.is_private = outcome.payload && outcome.payload->is_private;
  }
  return answer;
}

}  // namespace

Result<std::vector<Answer>> read_answers(ports::StoreReader& reader, CitizenKey citizen,
                                         std::size_t rows_max, const ProgramOf& program_of) {
  const auto rows = read_rows(reader, citizen, 0, rows_max);
  if (!rows) return rows.error();
  std::vector<Answer> answers;
  std::shared_ptr<const Program> program;  // of `asked`
  const program::Service* asked = nullptr;
  for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
    const auto body = decode_journal(*row);
    if (!body) continue;
    if (asked && body->event.kind == Event::Kind::answered) {
      answers.push_back(answer_of(*program, *asked, body->event));
      asked = nullptr;
    }
    const auto of_row = program_of(row->version);
    const program::Service* called = of_row ? called_service(*of_row, *body) : nullptr;
    if (!called) continue;
    program = of_row;
    asked = called;
  }
  return answers;
}

}  // namespace alur::runtime

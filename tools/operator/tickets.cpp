#include "tools/operator/tickets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <limits>

#include "adapters/registry/delimited.hpp"
#include "adapters/tickets/ticket_row.hpp"
#include "dsl/compile/sources_bytes.hpp"
#include "tools/operator/ticket_files.hpp"

namespace alur::tools {

namespace json = boost::json;

using adapters::Ticket;
using adapters::TicketField;
using value::Date;

namespace {

std::string to_text(Date date) {
  return value::Value(date).to_text();
}

std::string_view value_of(const std::string& text) {
  const std::size_t at = text.find('=');
  return at == std::string::npos ? std::string_view() : std::string_view(text).substr(at + 1);
}

// What a spreadsheet would calculate: a citizen may have written it.
bool is_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

void append_cell(const std::string& cell, std::string& out) {
  registry::append_cell(is_formula(cell) ? "'" + cell : cell, ',', out);
}

std::vector<std::string> names_of(const std::vector<KeptTicket>& tickets) {
  std::vector<std::string> names;
  for (const KeptTicket& kept : tickets) {
    for (const TicketField& field : kept.ticket.fields) {
      if (std::find(names.begin(), names.end(), field.name) == names.end()) {
        names.push_back(field.name);
      }
    }
  }
  return names;
}

const TicketField* find_field(const Ticket& ticket, std::string_view name) {
  for (const TicketField& field : ticket.fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

const value::Value* find(const Ticket& ticket, std::string_view name) {
  const TicketField* field = find_field(ticket, name);
  return field ? &field->value : nullptr;
}

// Where the file is; empty: nowhere.
std::string place_of(const Ticket& ticket, const TicketField& field, const TicketPapers& papers) {
  if (papers.copied) return copy_name(ticket, field, papers.shelf);
  const auto found = papers.shelf.find(field.value.media().source);
  return found ? found->path : std::string();
}

std::string cell_of(const Ticket& ticket, const TicketField& field, const TicketPapers& papers) {
  return is_file(field.value) ? place_of(ticket, field, papers) : to_plain(field.value);
}

json::value json_of(const Ticket& ticket, const TicketField& field, const TicketPapers& papers) {
  if (!is_file(field.value)) return json::string(to_plain(field.value));
  const value::Media& media = field.value.media();
  json::object out{{"type", media.mime}, {"size", media.size_bytes}, {"name", media.file_name}};
  if (const auto named = ports::parse_reference(media.source)) {
    out["sha256"] = std::string_view(named->digest);
  }
  const std::string place = place_of(ticket, field, papers);
  if (!place.empty()) out["place"] = place;
  return out;
}

}  // namespace

std::string to_plain(const value::Value& value) {
  if (value.is(value::Kind::text)) return value.text();
  return value.is_set() ? value.to_text() : std::string();
}

bool is_overdue(const Ticket& ticket, Date today) {
  return ticket.due.days < today.days && !adapters::is_done(ticket.stage);
}

bool fits(const TicketQuery& query, const Ticket& ticket, Date today) {
  if (!query.stage.empty() && ticket.stage != query.stage) return false;
  if (query.overdue && !is_overdue(ticket, today)) return false;
  if (query.field.empty()) return true;
  const value::Value* held = find(ticket, query.field.substr(0, query.field.find('=')));
  return held && to_plain(*held) == value_of(query.field);
}

ports::Result<std::vector<KeptTicket>> read_tickets(ports::StoreReader& reader,
                                                    const TicketQuery& query, Date today) {
  std::vector<KeptTicket> found;
  const auto done = reader.each_ticket(1, std::numeric_limits<std::int32_t>::max(),
                                       [&](const ports::TicketRow& row) {
                                         Ticket ticket = adapters::to_ticket(row);
                                         if (fits(query, ticket, today)) {
                                           found.push_back({row.count, std::move(ticket)});
                                         }
                                       });
  if (!done) return done.error();
  return found;
}

std::optional<TicketDesk> read_desk(ports::StoreReader& reader, value::Instant now,
                                    std::string& error) {
  const auto current = reader.current_version();
  const auto versions = reader.versions();
  if (!current || !versions) {
    error = "its versions cannot be read";
    return std::nullopt;
  }
  for (const ports::VersionRow& version : *versions) {
    if (version.number != *current) continue;
    const auto files = dsl::decode_sources(version.sources);
    const auto compiled = files ? dsl::compile(*files) : dsl::Compilation();
    if (!compiled.program) break;
    return TicketDesk{adapters::stages_of(compiled.program->app()),
                      compiled.program->zone().to_local(now).date};
  }
  error = *current == 0 ? "nothing was published into it yet"
                        : "its current version does not compile any more";
  return std::nullopt;
}

std::string show_line(const Ticket& ticket, Date today) {
  const value::Value* kind = find(ticket, "kind");
  return fmt::format("{}  {:<16}  opened {}  due {}{}{}\n", ticket.number, ticket.stage,
                     to_text(ticket.opened), to_text(ticket.due),
                     kind ? "  " + to_plain(*kind) : "",
                     is_overdue(ticket, today) ? "  overdue" : "");
}

std::string show_whole(const Ticket& ticket, const std::vector<ports::TicketNote>& notes,
                       Date today, const adapters::FileShelf& shelf) {
  std::string out = fmt::format("{}: {} since {}; opened {}, due {}{}\n", ticket.number,
                                ticket.stage, to_text(ticket.since), to_text(ticket.opened),
                                to_text(ticket.due), is_overdue(ticket, today) ? ", overdue" : "");
  for (const TicketField& field : ticket.fields) {
    if (!field.value.is_set()) continue;
    out += fmt::format(
        "  {}: {}\n", field.name,
        is_file(field.value) ? show_file(field.value.media(), shelf) : to_plain(field.value));
  }
  out += fmt::format("history:\n  {} received\n", to_text(ticket.opened));
  for (const ports::TicketNote& note : notes) {
    out += fmt::format("  {} {} by {}{}{}\n", value::Value(note.at).to_text(), note.stage, note.by,
                       note.text.empty() ? "" : ": ", note.text);
  }
  return out;
}

std::string to_csv(const std::vector<KeptTicket>& tickets, const TicketPapers& papers) {
  const std::vector<std::string> names = names_of(tickets);
  std::string out = "number,stage,since,opened,due";
  for (const std::string& name : names) {
    out += ',';
    append_cell(name, out);
  }
  out += "\r\n";
  for (const KeptTicket& kept : tickets) {
    const Ticket& ticket = kept.ticket;
    out += fmt::format("{},{},{},{},{}", ticket.number, ticket.stage, to_text(ticket.since),
                       to_text(ticket.opened), to_text(ticket.due));
    for (const std::string& name : names) {
      const TicketField* held = find_field(ticket, name);
      out += ',';
      append_cell(held ? cell_of(ticket, *held, papers) : std::string(), out);
    }
    out += "\r\n";
  }
  return out;
}

ports::Result<std::string> to_json(const std::vector<KeptTicket>& tickets,
                                   ports::StoreReader& reader, const TicketPapers& papers) {
  json::array all;
  for (const KeptTicket& kept : tickets) {
    const auto notes = reader.ticket_notes(kept.count);
    if (!notes) return notes.error();
    json::object fields;
    for (const TicketField& field : kept.ticket.fields) {
      if (field.value.is_set()) fields[field.name] = json_of(kept.ticket, field, papers);
    }
    json::array history;
    for (const ports::TicketNote& note : *notes) {
      history.push_back(json::object{{"at", value::Value(note.at).to_text()},
                                     {"stage", note.stage},
                                     {"by", note.by},
                                     {"note", note.text}});
    }
    all.push_back(json::object{{"number", kept.ticket.number},
                               {"stage", kept.ticket.stage},
                               {"since", to_text(kept.ticket.since)},
                               {"opened", to_text(kept.ticket.opened)},
                               {"due", to_text(kept.ticket.due)},
                               {"fields", std::move(fields)},
                               {"history", std::move(history)}});
  }
  return json::serialize(all) + "\n";
}

}  // namespace alur::tools

// `alur tickets list|show|set|export STORE`: the tickets in a store, whether or not a service runs
// on it. What is set is told to the citizen who asks for the ticket's status, at once.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>

#include "adapters/sqlite/maintenance.hpp"
#include "adapters/tickets/ticket_row.hpp"
#include "dsl/finding/near_miss.hpp"
#include "tools/alur/command.hpp"
#include "tools/operator/ticket_files.hpp"
#include "tools/operator/tickets.hpp"
#include "tools/operator/who.hpp"
#include "tools/serve/evidence.hpp"

namespace alur::tools {
namespace {

constexpr std::size_t note_bytes_max = 4'096;
constexpr std::size_t by_bytes_max = 64;

struct TicketOptions {
  std::string action;
  std::string store;
  std::string number;
  std::string stage;
  std::string note;
  std::string by;
  std::string format = "csv";
  std::string files;  // the folder that files are copied to; empty: they are not
  TicketQuery query;
};

// What each action stands on.
struct Desk {
  std::unique_ptr<ports::StoreReader> reader;
  TicketDesk current;
  value::Instant now;
};

int unusable(const std::string& why) {
  std::cerr << "alur tickets: " << why << "\n";
  return exit_unusable;
}

int unusable(const std::string& path, ports::Fault fault) {
  return unusable(path + ": " +
                  (fault == ports::Fault::unavailable ? "cannot be read"
                   : fault == ports::Fault::refused   ? "is no store of this alur"
                                                      : std::string(to_text(fault))));
}

// --- the actions

int list(const TicketOptions& options, Desk& desk) {
  const auto tickets = read_tickets(*desk.reader, options.query, desk.current.today);
  if (!tickets) return unusable(options.store, tickets.error());
  for (const KeptTicket& kept : *tickets) std::cout << show_line(kept.ticket, desk.current.today);
  return exit_good;
}

int copy_all(const TicketOptions& options, const std::vector<KeptTicket>& tickets,
             const adapters::FileShelf& shelf) {
  std::vector<std::string> faults;
  for (const KeptTicket& kept : tickets) copy_files(kept.ticket, shelf, options.files, faults);
  for (const std::string& fault : faults) std::cerr << "alur tickets: " << fault << "\n";
  return faults.empty() ? exit_good : exit_found;
}

int write_out(const TicketOptions& options, Desk& desk) {
  const auto tickets = read_tickets(*desk.reader, options.query, desk.current.today);
  if (!tickets) return unusable(options.store, tickets.error());
  const adapters::FileShelf shelf(files_folder(options.store));
  const TicketPapers papers{shelf, !options.files.empty()};
  if (options.format == "csv") {
    std::cout << to_csv(*tickets, papers);
  } else {
    const auto text = to_json(*tickets, *desk.reader, papers);
    if (!text) return unusable(options.store, text.error());
    std::cout << *text;
  }
  return papers.copied ? copy_all(options, *tickets, shelf) : exit_good;
}

int show(const TicketOptions& options, Desk& desk) {
  const auto row =
      desk.reader->find_ticket(ports::TicketBy::name, adapters::ticket_name(options.number));
  if (!row) return unusable(options.store, row.error());
  if (!*row) return unusable("there is no ticket " + options.number);
  const auto notes = desk.reader->ticket_notes((*row)->count);
  if (!notes) return unusable(options.store, notes.error());
  std::cout << show_whole(adapters::to_ticket(**row), *notes, desk.current.today,
                          adapters::FileShelf(files_folder(options.store)));
  return exit_good;
}

// Empty: the app can tell it.
std::string wrong_stage(const std::string& stage, const std::vector<std::string>& stages) {
  if (std::find(stages.begin(), stages.end(), stage) != stages.end()) return {};
  if (stages.empty()) return "the app tells nobody of a ticket's stage";
  const auto near = dsl::near_miss(stage, stages);
  return fmt::format(
      "the app has no stage `{}`; {}", stage,
      near ? dsl::did_you_mean(*near) : fmt::format("it has: {}", fmt::join(stages, ", ")));
}

int set(const TicketOptions& options, Desk& desk) {
  if (options.stage.empty()) return unusable("set STORE NUMBER STAGE --note \"...\"");
  if (options.note.size() > note_bytes_max || options.by.size() > by_bytes_max) {
    return unusable("a note has at most 4096 bytes, a name 64");
  }
  if (const std::string why = wrong_stage(options.stage, desk.current.stages); !why.empty()) {
    return unusable(why);
  }
  const auto row =
      desk.reader->find_ticket(ports::TicketBy::name, adapters::ticket_name(options.number));
  if (!row) return unusable(options.store, row.error());
  if (!*row) return unusable("there is no ticket " + options.number);
  const ports::TicketNote note{(*row)->count,
                               desk.now,
                               desk.current.today.days,
                               options.stage,
                               options.by.empty() ? who() : options.by,
                               options.note};
  const auto done = adapters::change_ticket(options.store, {note});
  if (!done) return unusable(options.store, done.error());
  std::cout << (*row)->number << ": " << (*row)->stage << " -> " << options.stage << "\n";
  return exit_good;
}

int run(const TicketOptions& options) {
  const bool of_one = options.action == "show" || options.action == "set";
  if (of_one && options.number.empty()) return unusable(options.action + " STORE NUMBER");
  auto reader = adapters::read_store(options.store);
  if (!reader) return unusable(options.store, reader.error());
  Desk desk;
  desk.reader = std::move(*reader);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  desk.now = {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
  std::string error;
  auto current = read_desk(*desk.reader, desk.now, error);
  if (!current) return unusable(options.store + ": " + error);
  desk.current = std::move(*current);
  if (options.action == "list") return list(options, desk);
  if (options.action == "show") return show(options, desk);
  if (options.action == "set") return set(options, desk);
  return write_out(options, desk);
}

}  // namespace

Run declare_tickets(CLI::App& command) {
  auto options = std::make_shared<TicketOptions>();
  command
      .add_option(
          "ACTION", options->action,
          "list: a line each; show: one, with its history; set: one comes to another stage; "
          "export: everything, private values too, to standard output")
      ->required()
      ->check(CLI::IsMember({"list", "show", "set", "export"}));
  command.add_option("STORE", options->store, "The store's file")->required();
  command.add_option("NUMBER", options->number, "The ticket's number");
  command.add_option("STAGE", options->stage, "One of those that the app can tell a citizen");
  command.add_option("--note", options->note, "What is kept with the change");
  command.add_option("--by", options->by, "Who says so; else the user");
  command.add_option("--stage", options->query.stage, "Only those at this stage");
  command.add_option("--where", options->query.field,
                     "Only those with this value, as kind=complaint");
  command.add_flag("--overdue", options->query.overdue,
                   "Only those that are due and not done with");
  command.add_option("--format", options->format, "Of export")
      ->check(CLI::IsMember({"csv", "json"}))
      ->capture_default_str();
  command
      .add_option("--files", options->files,
                  "A folder that export copies their photos and documents into")
      ->check(CLI::ExistingDirectory);
  return [options] { return run(*options); };
}

}  // namespace alur::tools

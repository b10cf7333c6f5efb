// `alur audit verify|show STORE`: what was done at the desk, and whether it is as it was written.
// Changes nothing.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

#include "tools/alur/command.hpp"
#include "tools/serve/staff_book.hpp"

namespace alur::tools {
namespace {

struct AuditOptions {
  std::string action;
  std::string store;
  std::vector<std::string> heads;
  std::string by;
  std::string citizen;
  std::uint64_t before = 0;
  std::size_t rows = 100;
  std::string secret_from;
};

int unusable(std::string_view why) {
  std::cerr << "alur audit: " << why << "\n";
  return exit_unusable;
}

// What may have been written by others than us does not move a terminal's cursor.
std::string plain(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return text;
}

int verify(const AuditOptions& options, ports::Staff& staff, const adapters::AuditKey* key) {
  std::vector<adapters::AuditHead> heads;
  for (const std::string& text : options.heads) {
    const auto head = adapters::to_audit_head(text);
    if (!head) return unusable(text + ": is no head, as 1234:9f86...");
    heads.push_back(*head);
  }
  const auto verdict = adapters::verify_audit(staff, key, heads);
  const auto head = adapters::read_audit_head(staff);
  const std::string path = staff_file(options.store);
  if (!verdict || !head) return unusable(path + ": cannot be read");
  if (!verdict->whole()) {
    std::cout << path << ": broken: " << verdict->why << "; " << verdict->rows
              << " rows are as they were written\n";
    return exit_found;
  }
  std::cout << path << ": unbroken, " << verdict->rows << " rows\nhead " << to_text(*head) << "\n";
  if (!key) {
    std::cout << "the key was not looked at: whoever could write the file could have made all of "
                 "it anew\n";
  }
  return exit_good;
}

int show(const AuditOptions& options, ports::Staff& staff) {
  ports::AuditQuery query{options.before, options.by, 0, options.rows};
  if (!options.citizen.empty()) {
    const char* end = options.citizen.data() + options.citizen.size();
    const auto read = std::from_chars(options.citizen.data(), end, query.citizen, 16);
    if (read.ec != std::errc() || read.ptr != end || query.citizen == 0) {
      return unusable(options.citizen + ": is no citizen, who is 16 hexadecimal digits");
    }
  }
  const auto rows = staff.audit(query);
  if (!rows) return unusable(staff_file(options.store) + ": cannot be read");
  for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
    std::string line = fmt::format("{} {} {} {}", row->count, value::to_string(row->at),
                                   row->by.empty() ? "-" : row->by, row->did);
    if (row->citizen != 0) line += fmt::format(" {:016x}", row->citizen);
    if (!row->detail.empty()) line += ": " + row->detail;
    std::cout << plain(line) << "\n";
  }
  return exit_good;
}

int run(const AuditOptions& options) {
  std::string error;
  const auto secret = read_staff_secret(options.secret_from, error);
  if (!secret) return unusable(error);
  std::optional<adapters::AuditKey> key;
  if (!secret->empty()) {
    key = adapters::key_of_secret(*secret);
  } else if (std::filesystem::exists(staff_key_file(options.store))) {
    key = adapters::read_key_file(staff_key_file(options.store), "key of the desk's audit", error);
    if (!key) return unusable(error);
  }
  const auto staff = adapters::SqliteStaff::open({staff_file(options.store), "", true},
                                                 adapters::seal_with({}), error);
  if (!staff) return unusable(error);
  return options.action == "verify" ? verify(options, *staff, key ? &*key : nullptr)
                                    : show(options, *staff);
}

}  // namespace

Run declare_audit(CLI::App& command) {
  auto options = std::make_shared<AuditOptions>();
  command
      .add_option("ACTION", options->action,
                  "verify: whether every row is as it was written, and none is missing; show: the "
                  "latest rows, the latest last")
      ->required()
      ->check(CLI::IsMember({"verify", "show"}));
  command.add_option("STORE", options->store, "The store's file; the audit is beside it")
      ->required();
  command.add_option("--head", options->heads,
                     "Where the audit stood once, as the log said: it must still be there; may be "
                     "repeated");
  command.add_option("--by", options->by, "Only what this account did");
  command.add_option("--citizen", options->citizen, "Only what was done to this conversation");
  command.add_option("--before", options->before, "Only rows before this one");
  command.add_option("--rows", options->rows, "At most so many")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command.add_option(
      "--secret-from", options->secret_from,
      "The environment variable with the secret of the audit, where the desk has one");
  return [options] { return run(*options); };
}

}  // namespace alur::tools

// `alur user add|set|disable|enable|passwd|list|link|code-off STORE`: the accounts of the desk, in
// the file beside a store, whether or not a service runs on it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/desk/accounts.hpp"
#include "tools/alur/command.hpp"
#include "tools/operator/ask_password.hpp"
#include "tools/operator/who.hpp"
#include "tools/serve/staff_book.hpp"

namespace alur::tools {
namespace {

using adapters::AccessFault;
using adapters::AccountChange;
using adapters::Accounts;

struct UserOptions {
  std::string action;
  std::string store;
  std::string name;
  std::string role;
  std::string full_name;
  std::vector<std::string> queues;
  std::optional<int> units;
  std::string at;
  std::string secret_from;
  bool password = false;
};

// What each action stands on.
struct Office {
  Accounts& accounts;
  std::string by;
  value::Instant now;
};

int unusable(std::string_view why) {
  std::cerr << "alur user: " << why << "\n";
  return exit_unusable;
}

int unusable(const UserOptions& options, AccessFault fault) {
  if (fault == AccessFault::gone) return unusable("there is no account " + options.name);
  if (fault == AccessFault::unavailable) {
    return unusable(staff_file(options.store) + ": " + std::string(meaning_of(fault)));
  }
  return unusable(meaning_of(fault));
}

AccountChange to_change(const UserOptions& options) {
  AccountChange about;
  if (!options.role.empty()) about.role = ports::to_role(options.role);
  if (!options.full_name.empty()) about.full_name = options.full_name;
  if (!options.queues.empty()) about.queues = options.queues;
  if (options.units) about.units = *options.units * 100;
  return about;
}

// --- the actions

int set_password(const UserOptions& options, Office& office, const std::string& password) {
  const auto done = office.accounts.reset_password(options.name, password, office.by, office.now);
  if (!done) return unusable(options, done.error());
  std::cout << options.name << ": has a new password, and is signed out everywhere\n";
  return exit_good;
}

int set_password(const UserOptions& options, Office& office) {
  std::string error;
  const auto password = ask_password(options.name, error);
  return password ? set_password(options, office, *password) : unusable(error);
}

int make_link(const UserOptions& options, Office& office) {
  const auto link = office.accounts.make_link(options.name, office.by, office.now);
  if (!link) return unusable(options, link.error());
  std::string at = options.at;
  while (at.ends_with('/')) at.pop_back();
  std::cout << (at.empty() ? "behind the desk's address: " : at) << "/#/password/" << *link << "\n";
  return exit_good;
}

// A password that is not good leaves no account behind.
int add(const UserOptions& options, Office& office) {
  std::string error;
  std::optional<std::string> password;
  if (options.password) {
    password = ask_password(options.name, error);
    if (!password) return unusable(error);
    const auto fault = adapters::check_password(*password, options.name, options.full_name);
    if (fault) return unusable(meaning_of(adapters::to_access_fault(*fault)));
  }
  const auto account = office.accounts.add(options.name, to_change(options), office.by, office.now);
  if (!account) return unusable(options, account.error());
  return password ? set_password(options, office, *password) : make_link(options, office);
}

int change(const UserOptions& options, Office& office, const AccountChange& about,
           std::string_view said) {
  const auto account = office.accounts.change(options.name, about, office.by, office.now);
  if (!account) return unusable(options, account.error());
  std::cout << account->name << ": " << said << "\n";
  return exit_good;
}

int disable(const UserOptions& options, Office& office, bool disabled) {
  AccountChange about;
  about.disabled = disabled;
  return change(options, office, about,
                disabled ? "disabled, and signed out everywhere" : "enabled");
}

int drop_codes(const UserOptions& options, Office& office) {
  AccountChange about;
  about.drop_codes = true;
  return change(options, office, about, "signs in without one-time codes");
}

std::string show_line(const ports::Account& account) {
  std::string line =
      fmt::format("{:<16} {:<13} {}", account.name, to_text(account.role), account.full_name);
  if (!account.queues.empty()) line += fmt::format(", {}", fmt::join(account.queues, " "));
  if (account.units > 0) line += fmt::format(", {:.4g} units", account.units / 100.0);
  if (!account.code_secret.empty()) line += ", one-time codes";
  if (account.password.empty()) line += ", no password yet";
  if (account.disabled) line += ", disabled";
  return line + "\n";
}

int list(const UserOptions& options, Office& office) {
  const auto all = office.accounts.list();
  if (!all) return unusable(options, all.error());
  for (const ports::Account& account : *all) std::cout << show_line(account);
  return exit_good;
}

int act(const UserOptions& options, Office& office) {
  if (options.action == "list") return list(options, office);
  if (options.action == "add") return add(options, office);
  if (options.action == "set") return change(options, office, to_change(options), "set");
  if (options.action == "passwd") return set_password(options, office);
  if (options.action == "link") return make_link(options, office);
  if (options.action == "code-off") return drop_codes(options, office);
  return disable(options, office, options.action == "disable");
}

int run(const UserOptions& options) {
  if (options.action != "list" && options.name.empty()) {
    return unusable(options.action + " STORE NAME");
  }
  if (const std::string why = why_not_as_this_user(options.store); !why.empty()) {
    return unusable(why);
  }
  const bool made = options.action == "add";
  if (!made && !std::filesystem::exists(staff_file(options.store))) {
    return unusable(options.store + ": there are no accounts beside it");
  }
  std::string error;
  const auto secret = read_staff_secret(options.secret_from, error);
  if (!secret) return unusable(error);
  auto book = open_staff_book(options.store, *secret, error);
  if (!book) return unusable(error);
  Accounts accounts(*book->staff, {});
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  Office office{accounts,
                "operator:" + who(),
                {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()}};
  return act(options, office);
}

std::vector<std::string> role_words() {
  std::vector<std::string> words;
  for (const ports::Role role : ports::all_roles) words.emplace_back(to_text(role));
  return words;
}

}  // namespace

Run declare_user(CLI::App& command) {
  auto options = std::make_shared<UserOptions>();
  command
      .add_option("ACTION", options->action,
                  "add: an account, and a link that sets its password; set: what is given; "
                  "disable, enable; passwd: another password, from the terminal or standard input; "
                  "link: that sets the password, once within a day; code-off: no one-time codes, "
                  "for a lost phone; list: a line each")
      ->required()
      ->check(
          CLI::IsMember({"add", "set", "disable", "enable", "passwd", "link", "code-off", "list"}));
  command.add_option("STORE", options->store, "The store's file; accounts are beside it")
      ->required();
  command.add_option("NAME", options->name, "By which they sign in");
  command.add_option("--role", options->role, "What they are; else agent")
      ->check(CLI::IsMember(role_words()));
  command.add_option("--full-name", options->full_name, "As colleagues see them");
  command.add_option("--queue", options->queues, "A queue that they serve; may be repeated");
  command.add_option("--units", options->units, "Their capacity, instead of the desk's")
      ->check(CLI::Range(0, 100));
  command.add_flag("--password", options->password,
                   "add asks for a password, as passwd does, and makes no link");
  command.add_option("--at", options->at, "The desk's address, to print the whole link");
  command.add_option(
      "--secret-from", options->secret_from,
      "The environment variable with the secret of the audit, where the desk has one");
  return [options] { return run(*options); };
}

}  // namespace alur::tools

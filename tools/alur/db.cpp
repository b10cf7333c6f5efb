// `alur db check|backup|stats`: a store's file, whether or not a service runs on it.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>

#include "adapters/sqlite/maintenance.hpp"
#include "adapters/sqlite/sqlite_staff.hpp"
#include "tools/alur/command.hpp"
#include "tools/serve/staff_book.hpp"

namespace alur::tools {
namespace {

struct DbOptions {
  std::string action;
  std::string store;
  std::string target;
};

int unusable(const std::string& path, ports::Fault fault) {
  std::cerr << "alur db: " << path << ": "
            << (fault == ports::Fault::unavailable ? "cannot be read"
                : fault == ports::Fault::refused   ? "is no store of this alur"
                                                   : to_text(fault))
            << "\n";
  return exit_unusable;
}

int check(const DbOptions& options) {
  const auto faults = adapters::check_store(options.store);
  if (!faults) return unusable(options.store, faults.error());
  for (const std::string& fault : *faults) std::cout << fault << "\n";
  if (faults->empty()) std::cout << options.store << ": sound\n";
  return faults->empty() ? exit_good : exit_found;
}

// Those of the desk, where there are any.
int back_up_accounts(const DbOptions& options) {
  const std::string path = staff_file(options.store);
  if (!std::filesystem::exists(path)) return exit_good;
  const std::string target = staff_file(options.target);
  const auto done = adapters::back_up_staff(path, target);
  if (!done && done.error() == ports::Fault::refused) {
    std::cerr << "alur db: " << target << ": is there already\n";
    return exit_unusable;
  }
  if (!done) return unusable(path, done.error());
  std::cout << target << ": written\n";
  return exit_good;
}

int back_up(const DbOptions& options) {
  if (options.target.empty()) {
    std::cerr << "alur db: backup STORE TARGET\n";
    return exit_unusable;
  }
  const auto done = adapters::back_up_store(options.store, options.target);
  if (!done && done.error() == ports::Fault::refused) {
    std::cerr << "alur db: " << options.target << ": is there already\n";
    return exit_unusable;
  }
  if (!done) return unusable(options.store, done.error());
  std::cout << options.target << ": written\n";
  return back_up_accounts(options);
}

int stats(const DbOptions& options) {
  const auto counts = adapters::count_store(options.store);
  if (!counts) return unusable(options.store, counts.error());
  for (const adapters::StoreCount& count : *counts) {
    std::cout << count.name << ": " << count.number << "\n";
  }
  return exit_good;
}

}  // namespace

Run declare_db(CLI::App& command) {
  auto options = std::make_shared<DbOptions>();
  command
      .add_option("ACTION", options->action,
                  "check: whether it is sound; backup: a copy; stats: what is in it")
      ->required()
      ->check(CLI::IsMember({"check", "backup", "stats"}));
  command.add_option("STORE", options->store, "The store's file")->required();
  command.add_option("TARGET", options->target, "Where the copy goes");
  return [options] {
    if (options->action == "check") return check(*options);
    if (options->action == "backup") return back_up(*options);
    return stats(*options);
  };
}

}  // namespace alur::tools

// `alur registry ...`: the lists of institutions and warnings, in and out, and what they answer.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <memory>

#include "adapters/registry/audit_log.hpp"
#include "adapters/registry/most_asked.hpp"
#include "tools/alur/command.hpp"
#include "tools/registry/explain_lookup.hpp"
#include "tools/registry/export_list.hpp"
#include "tools/registry/import_list.hpp"
#include "tools/registry/test_lookups.hpp"

namespace alur::tools {
namespace {

using registry::ListKind;

struct RegistryOptions {
  std::string folder = "lists";
  std::string list;
  std::string file;
  std::string as_of;
  std::string today;
  std::string format = "csv";
  std::string query;
  std::string audit = "alur.db.audit";
  std::string since;
  std::size_t top = 20;
  int days_max = 0;
  bool unanswered = false;
  bool explain = false;
  ImportOptions import;
};

int unusable(const std::string& error) {
  std::cerr << "alur registry: " << error << "\n";
  return exit_unusable;
}

ListKind kind_of(const RegistryOptions& options) {
  return options.list == "alert" ? ListKind::alert : ListKind::licensed;
}

value::Date day_of_clock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return value::Date{
      static_cast<std::int32_t>(std::chrono::duration_cast<std::chrono::hours>(now).count() / 24)};
}

std::optional<value::Date> today(const RegistryOptions& options) {
  return options.today.empty() ? day_of_clock() : value::parse_date(options.today);
}

int told(const ImportPlan& plan, const ImportOptions& options) {
  std::cout << to_text(plan, options.kind);
  if (!plan.refusal.empty()) {
    std::cout << "refused: " << plan.refusal << "; nothing is changed"
              << (plan.table.size() > 0 ? " (--accept does it anyway)\n" : "\n");
    return exit_found;
  }
  if (options.dry_run) std::cout << "a dry run: nothing is changed\n";
  return exit_good;
}

int import(RegistryOptions options) {
  const auto as_of = value::parse_date(options.as_of);
  if (!as_of) return unusable("--as-of takes a date such as 2026-01-31");
  if (as_of->days > day_of_clock().days + 1) {
    return unusable(fmt::format("{} has not come yet", options.as_of));
  }
  options.import.folder = options.folder;
  options.import.kind = kind_of(options);
  options.import.as_of = *as_of;
  if (options.days_max > 0) options.import.days_max = options.days_max;
  std::string error;
  const auto plan = import_file(options.import, options.file, error);
  if (!plan) return unusable(error);
  return told(*plan, options.import);
}

int fetch(RegistryOptions options) {
  options.import.folder = options.folder;
  options.import.kind = kind_of(options);
  options.import.as_of = day_of_clock();
  if (options.days_max > 0) options.import.days_max = options.days_max;
  std::string error;
  const auto fetched = fetch_and_import(options.import, options.file, error);
  if (!fetched) return unusable(error);
  if (!fetched->changed) {
    std::cout << fmt::format("the {} list has not changed\n", options.list);
    return exit_good;
  }
  return told(*fetched->plan, options.import);
}

int export_to_output(const RegistryOptions& options) {
  std::string error;
  const registry::RecordTable table = read_current(options.folder, kind_of(options), error);
  if (!error.empty()) return unusable(error);
  std::cout << export_list(table, kind_of(options), format_of("." + options.format));
  return exit_good;
}

int diff(RegistryOptions options) {
  std::string error;
  options.import.folder = options.folder;
  options.import.kind = kind_of(options);
  options.import.dry_run = true;
  const auto plan = options.file.empty()
                        ? compare_with_previous(options.folder, options.import.kind, error)
                        : import_file(options.import, options.file, error);
  if (!plan) return unusable(error);
  std::cout << to_text(*plan, options.import.kind);
  return plan->fresh + plan->changed + plan->gone > 0 ? exit_found : exit_good;
}

int roll_back(const RegistryOptions& options) {
  std::string error;
  if (!rollback(options.folder, kind_of(options), error)) return unusable(error);
  const registry::Manifest manifest = registry::read_manifest(options.folder, error);
  const registry::ListHead& head = manifest.of(kind_of(options)).current->head;
  std::cout << fmt::format("the {} list is version {} again, of {}\n", options.list, head.version,
                           value::to_string(head.as_of));
  return exit_good;
}

registry::SnapshotRef lists_of(const RegistryOptions& options, std::string& error) {
  registry::SnapshotRef lists = registry::read_lists(options.folder, error);
  if (!lists) error += "; `alur registry import` makes one, flows/kontak157/data has a sample";
  return lists;
}

int look_up(const RegistryOptions& options) {
  std::string error;
  const auto day = today(options);
  if (!day) return unusable("--today takes a date such as 2026-01-31");
  const registry::SnapshotRef lists = lists_of(options, error);
  if (!lists) return unusable(error);
  const registry::Answer answer = registry::look_up(*lists, options.query, *day);
  std::cout << tell_lookup(*lists, answer);
  if (options.explain) std::cout << explain_lookup(*lists, options.query, answer);
  return exit_good;
}

int test(const RegistryOptions& options) {
  std::string error;
  const auto day = today(options);
  if (!day) return unusable("--today takes a date such as 2026-01-31");
  const registry::SnapshotRef lists = lists_of(options, error);
  if (!lists) return unusable(error);
  const auto csv = registry::read_whole(options.file);
  if (!csv) return unusable(options.file + ": it cannot be read");
  const LookupTest result = test_lookups(*lists, options.file, *csv, *day);
  if (!result.error.empty()) return unusable(result.error);
  std::cout << result.report;
  return result.failed > 0 ? exit_found : exit_good;
}

// Confirmations ask for nothing new.
bool is_question(const registry::LoggedAnswer& answer, const RegistryOptions& options) {
  // Times are written from the year on: as texts they stand in their order.
  return !answer.confirmed && !answer.form.empty() && answer.at >= options.since;
}

bool is_unanswered(const registry::LoggedAnswer& answer) {
  const auto outcome = registry::parse_outcome(answer.outcome);
  return outcome && registry::is_unanswered(*outcome);
}

int asked(const RegistryOptions& options) {
  if (!options.since.empty() && !value::parse_date(options.since)) {
    return unusable("--since takes a date such as 2026-01-31");
  }
  registry::MostAsked names;
  std::uint64_t questions = 0;
  std::uint64_t unanswered = 0;
  const auto take = [&](const registry::LoggedAnswer& answer) {
    if (!is_question(answer, options)) return;
    ++questions;
    if (is_unanswered(answer)) {
      ++unanswered;
    } else if (options.unanswered) {
      return;
    }
    names.count(answer.form);
  };
  std::string error;
  const registry::AuditLogTally tally = registry::read_audit_log(options.audit, take, error);
  if (!error.empty()) return unusable(error);
  std::cout << fmt::format("{} questions, {} left without an answer\n", questions, unanswered);
  for (const registry::AskedName& name : names.top(options.top)) {
    std::cout << fmt::format("{:>8}  {}", name.times, name.name);
    if (name.too_high_by > 0) std::cout << fmt::format("  (at most {} too many)", name.too_high_by);
    std::cout << "\n";
  }
  if (tally.lost > 0) std::cout << fmt::format("{} answers are not in the log\n", tally.lost);
  if (tally.broken > 0) std::cout << fmt::format("{} lines cannot be read\n", tally.broken);
  return exit_good;
}

class Declaration {
 public:
  explicit Declaration(CLI::App& command) : command_(command) {}

  Run declare() {
    declare_import();
    declare_fetch();
    CLI::App* out = add("export", "Write a list to the output", export_to_output);
    list(out);
    out->add_option("--format", options_->format, "csv, tsv or json")
        ->check(CLI::IsMember({"csv", "tsv", "json"}))
        ->capture_default_str();
    CLI::App* differences = add("diff", "Say how a list differs from a file, or from before", diff);
    list(differences);
    differences->add_option("FILE", options_->file, "A file to import; else the version before");
    differences->add_option("--columns", options_->import.columns, "A mapping of its columns");
    list(add("rollback", "Go back to the version of a list before the last import", roll_back));
    CLI::App* lookup = add("lookup", "Answer for a name, link, app or licence number", look_up);
    lookup->add_option("QUERY", options_->query, "What a citizen would type")->required();
    lookup->add_flag("--explain", options_->explain, "Say why, and what else is similar");
    day(lookup);
    CLI::App* tests = add("test", "Check the answers to a table of queries", test);
    tests->add_option("FILE", options_->file, "CSV with the columns query and expected")
        ->required();
    day(tests);
    declare_asked();
    command_.require_subcommand(1);
    return [runs = runs_, command = &command_] {
      return runs->at(command->get_subcommands().front())();
    };
  }

 private:
  template <class Do>
  CLI::App* add(const char* name, const char* about, const Do& run) {
    CLI::App* added = command_.add_subcommand(name, about);
    added->add_option("--lists", options_->folder, "The folder of the lists")
        ->capture_default_str();
    runs_->emplace(added, [options = options_, run] { return run(*options); });
    return added;
  }

  void list(CLI::App* to) {
    to->add_option("--list", options_->list, "licensed or alert")
        ->required()
        ->check(CLI::IsMember({"licensed", "alert"}));
  }

  void day(CLI::App* to) {
    to->add_option("--today", options_->today, "The day that is asked on; else the clock's");
  }

  void days_max(CLI::App* to) {
    to->add_option("--days-max", options_->days_max, "After so many days the list is an old one")
        ->check(CLI::Range(1, 3'650));
  }

  void declare_import() {
    CLI::App* in = add("import", "Take a list out of a file, all at once or not at all", import);
    in->add_option("FILE", options_->file, "A .csv, .tsv or .json file")->required();
    list(in);
    in->add_option("--as-of", options_->as_of, "The date of the list")->required();
    in->add_option("--source", options_->import.source, "Who keeps the list, as citizens are told");
    in->add_option("--columns", options_->import.columns, "A mapping of its columns (YAML)");
    days_max(in);
    in->add_flag("--dry-run", options_->import.dry_run, "Only report what would be done");
    in->add_flag("--accept", options_->import.accept, "Also when many rows would be gone");
  }

  void declare_fetch() {
    CLI::App* from =
        add("fetch", "Take a list from where it is published, if it has changed", fetch);
    from->add_option("URL", options_->file, "http:// or https://")->required();
    list(from);
    from->add_option("--source", options_->import.source, "Who keeps the list");
    from->add_option("--columns", options_->import.columns, "A mapping of its columns (YAML)");
    days_max(from);
    from->add_flag("--dry-run", options_->import.dry_run, "Only report what would be done");
    from->add_flag("--accept", options_->import.accept, "Also when many rows would be gone");
  }

  void declare_asked() {
    CLI::App* most = command_.add_subcommand("asked", "Say what a service was asked most often");
    runs_->emplace(most, [options = options_] { return asked(*options); });
    most->add_option("--audit", options_->audit, "The folder that the service keeps answers in")
        ->capture_default_str();
    most->add_flag("--unanswered", options_->unanswered, "Only what was left without an answer");
    most->add_option("--since", options_->since, "Only from this day on (UTC)");
    most->add_option("--top", options_->top, "So many names")
        ->check(CLI::Range(1, 1'000))
        ->capture_default_str();
  }

  CLI::App& command_;
  std::shared_ptr<RegistryOptions> options_ = std::make_shared<RegistryOptions>();
  std::shared_ptr<std::map<const CLI::App*, Run>> runs_ =
      std::make_shared<std::map<const CLI::App*, Run>>();
};

}  // namespace

Run declare_registry(CLI::App& command) {
  return Declaration(command).declare();
}

}  // namespace alur::tools

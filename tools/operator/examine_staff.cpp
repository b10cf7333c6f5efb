// The desk's book of accounts and its audit, beside the store.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>

#include "tools/operator/examine.hpp"
#include "tools/serve/staff_book.hpp"

namespace alur::tools {
namespace {

Diagnosis fault(std::string about, std::string found, std::string cure) {
  return {Condition::fault, std::move(about), std::move(found), std::move(cure)};
}

std::string back_up_cure(const std::string& path) {
  return fmt::format("stop the service, keep a copy of {}*, and go back to the last backup", path);
}

// What keeps the file from being opened, but for what is in it.
std::optional<Diagnosis> examine_access(const std::string& path) {
  struct stat about{};
  if (stat(path.c_str(), &about) != 0) return std::nullopt;
  if ((about.st_mode & 077) != 0) {
    return fault("accounts", path + ": others can read it", fmt::format("`chmod 600 {}`", path));
  }
  if (access(path.c_str(), R_OK | W_OK) != 0) {
    return fault("accounts", path + ": cannot be read and written by this user",
                 fmt::format("`chown alur: {}*`, or run this as the service's user", path));
  }
  return std::nullopt;
}

Diagnosis examine_accounts(const std::string& store, ports::Staff& staff) {
  const std::string path = staff_file(store);
  const auto accounts = staff.accounts();
  const auto administered = staff.has_administrator();
  if (!accounts || !administered) {
    return fault("accounts", path + ": cannot be read", back_up_cure(path));
  }
  if (!*administered) {
    return {Condition::advice, "accounts", path + ": no administrator",
            fmt::format("open the link that the service prints when it starts, or `alur user add "
                        "{} NAME --role administrator --password`",
                        store)};
  }
  return {Condition::well, "accounts", fmt::format("{}: {} accounts", path, accounts->size()), {}};
}

std::optional<adapters::AuditKey> read_key(const ServeSettings& settings, std::string& error) {
  if (!settings.desk.secret.empty()) return adapters::key_of_secret(settings.desk.secret);
  return adapters::read_key_file(staff_key_file(settings.store), "key of the desk's audit", error);
}

Diagnosis examine_audit(const ServeSettings& settings, ports::Staff& staff) {
  const std::string path = staff_file(settings.store);
  std::string error;
  const auto key = read_key(settings, error);
  if (!key) {
    return fault("audit", error,
                 "it belongs to the service's user alone, with mode 600; where it is lost, bring "
                 "it back from a backup: with another one the audit counts as changed");
  }
  const auto verdict = adapters::verify_audit(staff, &*key);
  if (!verdict) return fault("audit", path + ": cannot be read", back_up_cure(path));
  if (!verdict->whole()) {
    return fault("audit", fmt::format("{}: {}", path, verdict->why),
                 fmt::format("somebody has changed it, or the key is another one: keep a copy, and "
                             "hold the heads of the log against it: `alur audit verify {} --head "
                             "...`",
                             settings.store));
  }
  return {Condition::well, "audit", fmt::format("unbroken, {} rows", verdict->rows), {}};
}

}  // namespace

Diagnoses examine_staff(const ServeSettings& settings) {
  const std::string path = staff_file(settings.store);
  if (access(path.c_str(), F_OK) != 0) {
    if (!settings.desk.on) return {};
    return {{Condition::well, "accounts", path + ": not there yet, it will be made", {}}};
  }
  if (auto closed = examine_access(path)) return {std::move(*closed)};
  std::string error;
  const auto staff = adapters::SqliteStaff::open({path, "", true}, adapters::seal_with({}), error);
  if (!staff) return {fault("accounts", error, back_up_cure(path))};
  return {examine_accounts(settings.store, *staff), examine_audit(settings, *staff)};
}

}  // namespace alur::tools

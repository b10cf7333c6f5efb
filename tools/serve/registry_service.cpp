#include "tools/serve/registry_service.hpp"

#include <boost/json.hpp>

#include "adapters/registry/list_folder.hpp"

namespace alur::tools {

namespace json = boost::json;

namespace {

constexpr std::string_view lookup = "registry.lookup";
constexpr std::string_view confirm = "registry.confirm";
constexpr std::size_t request_bytes_max = 1'024;
constexpr std::size_t told_max = 100;

std::filesystem::file_time_type changed_at(const std::string& folder) {
  std::error_code code;
  return std::filesystem::last_write_time(folder + "/lists.json", code);
}

std::string text_of(const value::Value& value) {
  return value.is(value::Kind::text) ? value.text() : std::string();
}

registry::RegistrySettings settings_for(registry::AuditLog* log) {
  registry::RegistrySettings settings;
  if (log) settings.audit = [log](const registry::AuditEntry& entry) { log->write(entry); };
  return settings;
}

json::array to_json(const std::vector<registry::AskedName>& names) {
  json::array all;
  for (const registry::AskedName& one : names) {
    all.push_back(
        json::object{{"form", one.name}, {"times", one.times}, {"too_high_by", one.too_high_by}});
  }
  return all;
}

// An answer that the app's declarations do not allow is none.
ports::Answer checked(const program::Service& service, const registry::ServiceAnswer& answer) {
  for (const program::ServiceOutcome& declared : service.outcomes) {
    if (declared.name != answer.outcome) continue;
    const bool fits = declared.payload ? !value::conforms(answer.payload, *declared.payload)
                                       : !answer.payload.is_set();
    if (fits) return {declared.key, answer.payload};
  }
  return {value::name_key("unavailable"), {}};
}

}  // namespace

std::unique_ptr<RegistryService> RegistryService::open(const std::string& folder,
                                                       const std::string& audit,
                                                       std::string& error) {
  std::error_code code;
  if (!std::filesystem::exists(folder + "/lists.json", code)) return nullptr;
  registry::SnapshotRef lists = registry::read_lists(folder, error);
  if (!lists) return nullptr;
  std::unique_ptr<registry::AuditLog> log;
  if (!audit.empty()) {
    registry::AuditLogSettings settings;
    settings.folder = audit;
    log = registry::AuditLog::open(std::move(settings), error);
    if (!log) return nullptr;
  }
  return std::unique_ptr<RegistryService>(
      new RegistryService(folder, std::move(lists), std::move(log)));
}

RegistryService::RegistryService(std::string folder, registry::SnapshotRef lists,
                                 std::unique_ptr<registry::AuditLog> audit)
    : folder_(std::move(folder)),
      seen_(changed_at(folder_)),
      audit_(std::move(audit)),
      registry_(std::move(lists), settings_for(audit_.get())) {}

bool RegistryService::answers(std::string_view name) const {
  return name == lookup || name == confirm;
}

std::optional<ports::Answer> RegistryService::answer_now(const ports::Call& call) {
  // The key of a call names the citizen before the number of the call.
  const std::string citizen = call.key.substr(0, call.key.find('-'));
  const registry::RegistryCall asked{call.service, citizen, citizen, call.now,
                                     call.program.zone().to_local(call.now).date};
  const bool looks_up = call.service.name == lookup;
  return checked(call.service, looks_up ? registry_.lookup(asked, text_of(call.argument("name")))
                                        : registry_.confirm(asked, text_of(call.argument("key")),
                                                            text_of(call.argument("typed"))));
}

void RegistryService::ask(const ports::Call&,
                          std::function<void(ports::Result<ports::Answer>)> done) {
  done(ports::Fault::refused);
}

std::string RegistryService::refresh() {
  const auto now = changed_at(folder_);
  if (now == seen_) return {};
  seen_ = now;
  std::string error;
  registry::SnapshotRef lists = registry::read_lists(folder_, error);
  if (!lists) return "the lists before go on: " + error;
  if (lists->id() == registry_.current()->id()) return {};
  std::string told = "new lists: " + lists->id();
  registry_.publish(std::move(lists));
  return told;
}

std::string RegistryService::tend_audit() {
  if (!audit_) return {};
  audit_->sync();
  std::string trouble = audit_->trouble();
  if (trouble == audit_trouble_) return {};
  audit_trouble_ = std::move(trouble);
  const std::string lost = std::to_string(audit_->lost()) + " answers are not in the audit log";
  return audit_trouble_.empty() ? "the audit log is written again; " + lost
                                : audit_trouble_ + "; citizens are answered all the same, " + lost;
}

adapters::HttpRoute RegistryService::asked_route() const {
  return {"GET", "/asked", request_bytes_max, [this](const adapters::HttpRequest&) {
            const json::object body{{"asked", to_json(registry_.asked().top(told_max))},
                                    {"unanswered", to_json(registry_.unanswered().top(told_max))}};
            return adapters::HttpAnswer{200, json::serialize(body)};
          }};
}

}  // namespace alur::tools

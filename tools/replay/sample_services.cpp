#include "tools/replay/sample_services.hpp"

#include <filesystem>

#include "adapters/registry/answer_value.hpp"
#include "adapters/registry/list_folder.hpp"
#include "adapters/registry/lookup.hpp"
#include "adapters/tickets/memory_tickets.hpp"

namespace alur::tools {

using value::Value;

namespace {

std::string text_of(const Value& value) {
  return value.is(value::Kind::text) ? value.text() : std::string();
}

class SampleServices : public ServiceTwin {
 public:
  explicit SampleServices(registry::SnapshotRef lists) : lists_(std::move(lists)) {}

  std::optional<ServiceAnswer> answer(const ServiceCall& call) override {
    const value::Date today = call.program.zone().to_local(call.now).date;
    if (lists_ && call.service.name == "registry.lookup") {
      return told(call, registry::look_up(*lists_, text_of(call.argument("name")), today));
    }
    if (lists_ && call.service.name == "registry.confirm") {
      return told(call, registry::confirm(*lists_, text_of(call.argument("key")), today));
    }
    if (call.service.name == "ticket.open") return open_ticket(call, today);
    if (call.service.name == "ticket.status") {
      return checked(call.service, tickets_.status(call.service, text_of(call.argument("number")),
                                                   text_of(call.argument("phone"))));
    }
    return std::nullopt;
  }

  std::unique_ptr<ServiceTwin> clone() const override {
    return std::make_unique<SampleServices>(*this);
  }

 private:
  std::optional<ServiceAnswer> told(const ServiceCall& call, const registry::Answer& answer) const {
    return checked(call.service, registry::to_service_answer(call.service, *lists_, answer));
  }

  std::optional<ServiceAnswer> open_ticket(const ServiceCall& call, value::Date today) {
    std::vector<adapters::TicketField> fields;
    for (const machine::NamedValue& argument : call.arguments) {
      fields.push_back({argument.name, argument.value});
    }
    const auto* office = adapters::office_hours(call.program.app());
    return checked(call.service, tickets_.open(call.service, std::move(fields), today, office));
  }

  template <class Answer>
  static std::optional<ServiceAnswer> checked(const program::Service& service, Answer answer) {
    for (const program::ServiceOutcome& declared : service.outcomes) {
      if (declared.name != answer.outcome) continue;
      const bool fits = declared.payload ? !value::conforms(answer.payload, *declared.payload)
                                         : !answer.payload.is_set();
      if (!fits) return std::nullopt;
      return ServiceAnswer{declared.key, std::move(answer.payload)};
    }
    return std::nullopt;
  }

  registry::SnapshotRef lists_;  // one conversation, one snapshot
  adapters::MemoryTickets tickets_;
};

}  // namespace

const Value& ServiceCall::argument(std::string_view name) const {
  static const Value unset;
  for (const machine::NamedValue& given : arguments) {
    if (given.name == name) return given.value;
  }
  return unset;
}

registry::SnapshotRef read_sample_lists(const std::string& app, const std::string& instead,
                                        std::string& error) {
  if (!instead.empty()) return registry::read_lists(instead, error);
  const std::string lists = app + "/data";
  std::error_code code;
  if (!std::filesystem::exists(lists + "/lists.json", code)) return nullptr;
  return registry::read_lists(lists, error);
}

std::unique_ptr<ServiceTwin> make_sample_services(registry::SnapshotRef lists) {
  return std::make_unique<SampleServices>(std::move(lists));
}

}  // namespace alur::tools

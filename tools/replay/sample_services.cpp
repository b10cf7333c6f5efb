#include "tools/replay/sample_services.hpp"

#include <fstream>
#include <sstream>

#include "adapters/tickets/memory_tickets.hpp"

namespace alur::tools {

using value::Value;

namespace {

std::string text_of(const Value& value) {
  return value.is(value::Kind::text) ? value.text() : std::string();
}

class SampleServices : public ServiceTwin {
 public:
  explicit SampleServices(std::shared_ptr<const adapters::SampleRegistry> registry)
      : registry_(std::move(registry)) {}

  std::optional<ServiceAnswer> answer(const ServiceCall& call) override {
    const value::Date today = call.program.zone().to_local(call.now).date;
    if (registry_ && call.service.name == "registry.lookup") {
      const std::string name = text_of(call.argument("name"));
      return checked(call.service, registry_->lookup(call.service, name, today));
    }
    if (registry_ && call.service.name == "registry.confirm") {
      const std::string key = text_of(call.argument("key"));
      return checked(call.service, registry_->confirm(call.service, key, today));
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
  std::optional<ServiceAnswer> open_ticket(const ServiceCall& call, value::Date today) {
    std::vector<adapters::MemoryTickets::Field> fields;
    for (const machine::NamedValue& argument : call.arguments) {
      fields.push_back({argument.name, argument.value});
    }
    const value::OpeningHours* office = nullptr;
    for (const program::Hours& hours : call.program.app().hours) {
      if (hours.name == "office") office = &hours.hours;
    }
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

  std::shared_ptr<const adapters::SampleRegistry> registry_;
  adapters::MemoryTickets tickets_;
};

std::optional<std::string> read_table(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

const Value& ServiceCall::argument(std::string_view name) const {
  static const Value unset;
  for (const machine::NamedValue& given : arguments) {
    if (given.name == name) return given.value;
  }
  return unset;
}

std::shared_ptr<const adapters::SampleRegistry> read_sample_registry(const std::string& folder) {
  const auto institutions = read_table(folder + "/data/registry.csv");
  const auto alerts = read_table(folder + "/data/alerts.csv");
  if (!institutions && !alerts) return nullptr;
  return std::make_shared<const adapters::SampleRegistry>(institutions.value_or(""),
                                                          alerts.value_or(""));
}

std::unique_ptr<ServiceTwin> make_sample_services(
    std::shared_ptr<const adapters::SampleRegistry> registry) {
  return std::make_unique<SampleServices>(std::move(registry));
}

}  // namespace alur::tools

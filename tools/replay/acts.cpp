#include "tools/replay/acts.hpp"

#include <fmt/format.h>

#include "dsl/finding/near_miss.hpp"
#include "tools/replay/chat_value.hpp"

namespace alur::tools {

using dsl::HandoffActs;
using dsl::LanguageActs;
using dsl::ServiceActs;

namespace {

bool refuse(std::string& why, std::string words, std::string_view wanted,
            const std::vector<std::string>& names) {
  why = std::move(words);
  if (const auto near = dsl::near_miss(wanted, names)) why += "; " + dsl::did_you_mean(*near);
  return false;
}

bool fill_value(const ServiceActs& acts, const program::ServiceOutcome& outcome,
                const program::Program& program, const Captures& captures, ServiceAnswer& answer,
                std::string& why) {
  answer.outcome = outcome.key;
  if (!outcome.payload) {
    if (acts.value) why = fmt::format("`{}` carries no value", outcome.name);
    return !acts.value;
  }
  const dsl::ChatValue unset;
  auto value =
      to_value(acts.value ? *acts.value : unset, *outcome.payload, program.zone(), captures, why);
  if (!value) {
    why = fmt::format("`{}`: {}", outcome.name, why);
    return false;
  }
  answer.payload = std::move(*value);
  return true;
}

bool fill(const ServiceActs& acts, const program::Service& service, const program::Program& program,
          const Captures& captures, ServiceAnswer& answer, std::string& why) {
  std::vector<std::string> names;
  for (const program::ServiceOutcome& outcome : service.outcomes) {
    names.push_back(outcome.name);
    if (outcome.name == acts.outcome.text) {
      return fill_value(acts, outcome, program, captures, answer, why);
    }
  }
  return refuse(why, fmt::format("{} has no outcome `{}`", service.name, acts.outcome.text),
                acts.outcome.text, names);
}

bool is_asked(Index service, const Conversation& conversation) {
  const machine::CallRequest* pending = conversation.pending_call();
  return pending && pending->service == service;
}

}  // namespace

std::optional<Index> find_service(const program::Program& program, std::string_view name) {
  const std::vector<program::Service>& services = program.app().services;
  for (Index i = 0; i < services.size(); ++i) {
    if (services[i].name == name) return i;
  }
  return std::nullopt;
}

bool apply_acts(const ServiceActs& acts, Conversation& conversation, const Captures& captures,
                std::string& why) {
  const program::Program& program = conversation.program();
  const auto index = find_service(program, acts.service.text);
  if (!index) {
    std::vector<std::string> names;
    for (const program::Service& service : program.app().services) names.push_back(service.name);
    return refuse(why, fmt::format("the app has no service `{}`", acts.service.text),
                  acts.service.text, names);
  }
  Conversation::KeptAnswer kept;
  kept.hangs = acts.hangs;
  if (acts.works) {
    conversation.forget_answer(*index);
    return true;
  }
  const program::Service& service = program.app().services[*index];
  if (!acts.hangs && !fill(acts, service, program, captures, kept.answer, why)) return false;
  if (!is_asked(*index, conversation)) {
    conversation.keep_answer(*index, std::move(kept));
  } else if (acts.hangs) {
    conversation.hang_call();
  } else {
    conversation.answer_call(kept.answer);
  }
  return true;
}

bool apply_acts(const HandoffActs& acts, Conversation& conversation, std::string& why) {
  if (conversation.desk()) {
    why = "agents are in this chat: say what they do instead";
    return false;
  }
  const bool pending = conversation.pending_handoff() != nullptr;
  const value::NameKey outcome = value::name_key(acts.outcome.text);
  if (acts.outcome.text == "accepted" && !pending) {
    why = "nobody waits for a person";
    return false;
  }
  if (acts.outcome.text == "accepted") {
    conversation.accept_handoff();
  } else if (pending) {
    conversation.end_handoff(outcome);
  } else {
    conversation.keep_handoff(outcome);
  }
  return true;
}

bool apply_acts(const LanguageActs& acts, Conversation& conversation, std::string& why) {
  const std::vector<std::string>& languages = conversation.program().app().languages;
  const auto language = conversation.program().find_language(acts.language.text);
  if (!language) {
    return refuse(why, fmt::format("the app has no language `{}`", acts.language.text),
                  acts.language.text, languages);
  }
  conversation.set_language(*language);
  return true;
}

bool is_kept(const ServiceActs& acts, const Conversation& conversation) {
  const auto service = find_service(conversation.program(), acts.service.text);
  return service && (acts.works || !is_asked(*service, conversation));
}

bool apply_acts(const dsl::OthersWait& others, Conversation& conversation, std::string& why) {
  return conversation.act(others, why);
}

bool is_kept(const HandoffActs& acts, const Conversation& conversation) {
  return acts.outcome.text != "accepted" && !conversation.pending_handoff();
}

}  // namespace alur::tools

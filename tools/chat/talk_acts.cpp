// What services and people do, and what the channel knows: the lines of a chat that are not the
// citizen's, as they are typed behind a colon.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tools/chat/talk.hpp"
#include "tools/replay/acts.hpp"

namespace alur::tools {

// A `!` line of a chat without its sign: what services and people do, and what the channel knows.
void Talk::act(std::string_view words) {
  const std::string line = fmt::format("! {}", words);
  const auto read = read_line(line);
  if (!read) return;
  begin_act();
  std::string why;
  bool kept = false;
  bool done = false;
  if (const auto* service = std::get_if<dsl::ServiceActs>(&read->what)) {
    kept = is_kept(*service, conversation_);
    done = apply_acts(*service, conversation_, {}, why);
  } else if (const auto* handoff = std::get_if<dsl::HandoffActs>(&read->what)) {
    kept = is_kept(*handoff, conversation_);
    done = apply_acts(*handoff, conversation_, why);
    without_desk_ = without_desk_ || done;
  } else if (const auto* language = std::get_if<dsl::LanguageActs>(&read->what)) {
    kept = true;
    done = apply_acts(*language, conversation_, why);
  }
  if (!done) {
    history_.pop_back();
    return remark(why);
  }
  recording_.acted(line, conversation_.now());
  if (!kept) return end_act();
  remark("from now on: " + line.substr(2));
}

// In a chat the desk is there from its beginning: nobody can have asked for a person before.
bool Talk::can_seat_desk() {
  if (without_desk_) {
    remark("people were played by :desk here; go :back, or begin again, to play agents");
  } else if (conversation_.pending_handoff()) {
    remark("whoever serves has to be there before: go :back, and say `:agent NAME comes online`");
  } else {
    return true;
  }
  return false;
}

// A line of a chat as it is: `agent ani accepts`.
void Talk::agent(std::string_view words) {
  const std::string line = fmt::format("agent {}", words);
  const auto read = read_line(line);
  const auto* acts = read ? std::get_if<dsl::AgentActs>(&read->what) : nullptr;
  if (!acts) return;
  if (!conversation_.desk() && !can_seat_desk()) return;
  begin_act();
  if (!conversation_.desk()) {
    conversation_.seat_desk();
    owner_told_ = conversation_.desk()->owner();
  }
  if (const auto denial = conversation_.act(*acts)) {
    conversation_.restore(*history_.back().snapshot);
    history_.pop_back();
    return remark(denial->why);
  }
  // What they write is not looked at by a replay, and may repeat what is private.
  const bool says = acts->kind == dsl::AgentActs::Kind::says;
  recording_.acted(says ? fmt::format("agent {}: ...", acts->agent.text) : line,
                   conversation_.now());
  if (acts->kind == dsl::AgentActs::Kind::sends_template) show_template(acts->object.text);
  show_new();
}

// What the citizen reads, which stands in app.yaml.
void Talk::show_template(std::string_view name) {
  for (const program::Template& approved : settings_.program->app().templates) {
    if (approved.name == name) remark(approved.wordings[conversation_.session().language]);
  }
}

void Talk::fail_service(std::string_view name, std::string_view how, std::string_view command) {
  if (!name.empty()) return act(fmt::format("{} {}", name, how));
  std::vector<std::string_view> names;
  for (const program::Service& service : settings_.program->app().services) {
    names.push_back(service.name);
  }
  if (names.empty()) return remark("the app has no services");
  remark(fmt::format("{} takes the name of a service: {}", command, fmt::join(names, ", ")));
}

void Talk::speak(std::string_view language) {
  if (!language.empty()) return act(fmt::format("language {}", language));
  remark(fmt::format(":lang takes a language of the app: {}",
                     fmt::join(settings_.program->app().languages, ", ")));
}

}  // namespace alur::tools

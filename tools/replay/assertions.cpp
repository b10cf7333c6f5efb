#include "tools/replay/assertions.hpp"

#include <fmt/format.h>

#include <array>

#include "tools/replay/chat_value.hpp"

namespace alur::tools {

using dsl::Assertion;
using Kind = Assertion::Kind;
using value::Value;

namespace {

constexpr std::array<std::string_view, 5> rest_words{"nothing", "question", "call", "handoff",
                                                     "pause"};

struct FoundVariable {
  const Value* value = nullptr;
  const value::Type* type = nullptr;
};

FoundVariable find_slot(const std::vector<program::Slot>& slots, const Value* values,
                        std::string_view name) {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].name == name && slots[i].type) return {values + i, slots[i].type.get()};
  }
  return {};
}

class AssertionCheck {
 public:
  AssertionCheck(const Assertion& assertion, const Conversation& conversation,
                 std::size_t turns_begin, std::string_view refused, const Captures& captures)
      : assertion_(assertion),
        conversation_(conversation),
        program_(conversation.program()),
        session_(conversation.session()),
        turns_begin_(turns_begin),
        refused_(refused),
        captures_(captures),
        name_(filled(assertion.name.text, captures)) {}

  std::optional<AssertionFailure> check() {
    switch (assertion_.kind) {
      case Kind::state:
        return check_state();
      case Kind::flow:
        return check_flow();
      case Kind::var_is:
        return check_variable();
      case Kind::set:
      case Kind::unset:
        return check_set();
      case Kind::queue:
        return check_queue();
      case Kind::owner:
        return check_owner();
      case Kind::load:
        return check_load();
      case Kind::position:
        return check_position();
      case Kind::outcome:
        return check_outcome();
      case Kind::ended:
        return session_.active() ? fails("the conversation goes on") : std::nullopt;
      case Kind::rests:
        return check_word("rests", rest_words[static_cast<std::size_t>(session_.rest)]);
      case Kind::timers:
        return check_timers();
      case Kind::timer:
        return check_timer();
      case Kind::tracked:
        return check_tracked();
      case Kind::language:
        return check_word("language", program_.app().languages[session_.language]);
      case Kind::refused:
        return check_refused();
    }
    return std::nullopt;
  }

 private:
  using Result = std::optional<AssertionFailure>;

  static Result fails(std::string why) { return AssertionFailure{std::move(why), std::nullopt}; }

  static Result fails_but(std::string_view word, std::string_view really) {
    return AssertionFailure{fmt::format("the {} is `{}`", word, really),
                            fmt::format("= {} {}", word, really)};
  }

  Result check_word(std::string_view word, std::string_view really) const {
    if (name_ == really) return std::nullopt;
    if (word != "rests") return fails_but(word, really);
    return AssertionFailure{fmt::format("it rests: {}", really), fmt::format("= rests {}", really)};
  }

  // `menu` or, with the flow before it, `greeting.menu`.
  Result check_state() const {
    const UnitPlace at = conversation_.state();
    if (at.unit == program::none) return fails("no state was entered");
    const program::Unit& unit = program_.unit(at.unit);
    const std::string& state = unit.states[at.index].name;
    if (name_ == state || name_ == unit.name + "." + state) return std::nullopt;
    return AssertionFailure{fmt::format("the state is `{}` of flow `{}`", state, unit.name),
                            "= state " + state};
  }

  Result check_flow() const {
    if (!session_.active()) return fails("no flow: the conversation has ended");
    return check_word("flow", program_.unit(session_.frames.back().unit).name);
  }

  Result check_outcome() const {
    const std::string_view last = conversation_.last_outcome();
    if (last.empty()) return fails("nothing has ended with an outcome yet");
    return check_word("outcome", last);
  }

  FoundVariable find_variable() const {
    const auto after = [this](std::string_view prefix) {
      return std::string_view(name_).substr(prefix.size());
    };
    if (name_.starts_with("contact.")) {
      return find_slot(program_.app().contact, session_.contact.data(), after("contact."));
    }
    if (name_.starts_with("session.")) {
      return find_slot(program_.app().session, session_.shared.data(), after("session."));
    }
    // Of the flow on top, else of the nearest below.
    for (auto frame = session_.frames.rbegin(); frame != session_.frames.rend(); ++frame) {
      const FoundVariable found =
          find_slot(program_.unit(frame->unit).slots, session_.slots.data() + frame->base, name_);
      if (found.value) return found;
    }
    return {};
  }

  Result no_variable() const {
    return fails(fmt::format("no flow that is under way has a variable `{}`", name_));
  }

  Result check_variable() const {
    const FoundVariable found = find_variable();
    if (!found.value) return no_variable();
    value::Type type = *found.type;
    type.optional = true;
    std::string why;
    const auto wanted = to_value(*assertion_.value, type, program_.zone(), captures_, why);
    if (!wanted) return fails(fmt::format("`{}` cannot be that: {}", name_, why));
    if (*wanted == *found.value) return std::nullopt;
    if (!found.value->is_set()) {
      return AssertionFailure{fmt::format("`{}` is unset", name_), "= unset " + name_};
    }
    const std::string really = print_value(*found.value, type, program_.zone());
    return AssertionFailure{fmt::format("`{}` is {}", name_, really),
                            fmt::format("= var {} is {}", name_, really)};
  }

  Result check_set() const {
    const FoundVariable found = find_variable();
    if (!found.value) return no_variable();
    const bool set = found.value->is_set();
    if (set == (assertion_.kind == Kind::set)) return std::nullopt;
    return AssertionFailure{fmt::format("`{}` is {}", name_, set ? "set" : "unset"),
                            fmt::format("= {} {}", set ? "set" : "unset", name_)};
  }

  Result check_owner() const {
    const DeskTwin* desk = conversation_.desk();
    if (!desk) return fails("no agents are in this chat");
    return check_word("owner", desk->owner());
  }

  Result check_load() const {
    const DeskTwin* desk = conversation_.desk();
    const auto units = desk ? desk->load(name_) : std::nullopt;
    if (!units) return fails(fmt::format("there is no agent `{}`", name_));
    const auto really = value::Decimal::from_parts(*units, 2);
    if (really == assertion_.value->number) return std::nullopt;
    return AssertionFailure{fmt::format("the load of {} is {}", name_, really->to_string()),
                            fmt::format("= load {} is {}", name_, really->to_string())};
  }

  Result check_position() const {
    const DeskTwin* desk = conversation_.desk();
    const std::size_t position = desk ? desk->position(conversation_.now()) : 0;
    if (position == 0) return fails("the citizen waits for nobody to be free");
    if (static_cast<std::int64_t>(position) == assertion_.count) return std::nullopt;
    return AssertionFailure{fmt::format("the position is {}", position),
                            fmt::format("= position {}", position)};
  }

  Result check_refused() const {
    if (refused_.empty()) return fails("no agent was refused anything");
    if (name_ == refused_) return std::nullopt;
    return AssertionFailure{fmt::format("it was refused as `{}`", refused_),
                            fmt::format("= refused {}", refused_)};
  }

  Result check_queue() const {
    if (const DeskTwin* desk = conversation_.desk()) {
      const auto queue = desk->queue();
      return queue ? check_word("queue", *queue) : fails("the citizen waits in no queue");
    }
    const machine::DeskRequest* request = conversation_.pending_handoff();
    if (!request) return fails("the citizen waits in no queue");
    return check_word("queue", program_.app().queues[request->queue].name);
  }

  Result check_timers() const {
    const auto count = static_cast<std::int64_t>(conversation_.timer_count());
    if (count == assertion_.count) return std::nullopt;
    std::string armed;
    for (std::size_t i = 0; i < machine::timer_kind_count; ++i) {
      const auto kind = static_cast<machine::TimerKind>(i);
      if (!conversation_.timer(kind)) continue;
      armed += armed.empty() ? "" : ", ";
      armed += machine::to_text(kind);
    }
    if (!armed.empty()) armed = " (" + armed + ")";
    return AssertionFailure{fmt::format("armed timers: {}{}", count, armed),
                            fmt::format("= timers {}", count)};
  }

  Result check_timer() const {
    for (std::size_t i = 0; i < machine::timer_kind_count; ++i) {
      const auto kind = static_cast<machine::TimerKind>(i);
      if (machine::to_text(kind) != name_) continue;
      const auto& timer = conversation_.timer(kind);
      if (!timer) return fails(fmt::format("the {} timer is not armed", name_));
      const value::Duration left = timer->at - conversation_.now();
      if (left.milliseconds == assertion_.milliseconds) return std::nullopt;
      const std::string really = value::to_string(left);
      return AssertionFailure{fmt::format("the {} timer is due in {}", name_, really),
                              fmt::format("= timer {} in {}", name_, really)};
    }
    return fails("there is no such timer");
  }

  Result check_tracked() const {
    std::string noted;
    for (std::size_t t = turns_begin_; t < conversation_.turns().size(); ++t) {
      for (const machine::JournalEntry& entry : conversation_.turns()[t].journal) {
        if (entry.kind != machine::JournalEntry::Kind::tracked) continue;
        const std::string& event = program_.unit(entry.unit).tracks[entry.index].event;
        if (event == name_) return std::nullopt;
        noted += (noted.empty() ? "" : ", ") + event;
      }
    }
    return fails(noted.empty() ? "no event was noted in this answer"
                               : "the events noted in this answer: " + noted);
  }

  const Assertion& assertion_;
  const Conversation& conversation_;
  const program::Program& program_;
  const machine::Session& session_;
  std::size_t turns_begin_;
  std::string_view refused_;
  const Captures& captures_;
  std::string name_;
};

}  // namespace

std::optional<AssertionFailure> check_assertion(const Assertion& assertion,
                                                const Conversation& conversation,
                                                std::size_t turns_begin, std::string_view refused,
                                                const Captures& captures) {
  return AssertionCheck(assertion, conversation, turns_begin, refused, captures).check();
}

}  // namespace alur::tools

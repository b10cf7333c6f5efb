#include "tools/replay/run_chat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dsl/finding/near_miss.hpp"
#include "tools/replay/acts.hpp"
#include "tools/replay/answer_faults.hpp"
#include "tools/replay/assertions.hpp"
#include "tools/replay/brief.hpp"
#include "tools/replay/chat_value.hpp"
#include "tools/replay/conversation.hpp"
#include "tools/replay/sample_services.hpp"
#include "tools/replay/to_input.hpp"

namespace alur::tools {

using dsl::Assertion;
using dsl::ChatLine;
using dsl::Expectation;
using dsl::HandoffActs;
using dsl::LanguageActs;
using dsl::PassTime;
using dsl::Say;
using dsl::ServiceActs;

namespace {

// Something happens, and what follows says what comes of it.
bool is_event(const ChatLine& line) {
  return !std::holds_alternative<Expectation>(line.what) &&
         !std::holds_alternative<Assertion>(line.what);
}

bool has_desk(const dsl::Chat& chat) {
  return std::any_of(chat.lines.begin(), chat.lines.end(), [](const ChatLine& line) {
    return std::holds_alternative<dsl::AgentActs>(line.what) ||
           std::holds_alternative<dsl::OthersWait>(line.what);
  });
}

bool passes_time(const ChatLine& line) {
  return std::holds_alternative<PassTime>(line.what);
}

class ChatRunner {
 public:
  ChatRunner(const ReplayApp& app, const dsl::SourceFile& source, const dsl::Chat& chat,
             const RunOptions& options, ChatResult& result)
      : app_(app),
        program_(*app.program),
        source_(source),
        chat_(chat),
        options_(options),
        result_(result),
        conversation_(app.program, {}, nullptr) {}

  void run() {
    if (!begin()) return;
    for (std::size_t at = 0; at < chat_.lines.size() && !stopped_; ++at) {
      const ChatLine& line = chat_.lines[at];
      if (!is_event(line)) {
        answer_.expected.push_back(&line);
      } else if (is_kept(line)) {
        if (happen(line)) events_.push_back({&line, conversation_.said().size()});
      } else if (close_answer(std::holds_alternative<Say>(line.what))) {
        open_answer(at);
      }
    }
    if (!stopped_) close_answer(true);
    if (!result_.passed()) tell_conversation();
  }

 private:
  // --- the head

  bool begin() {
    ConversationSettings settings;
    const program::App& app = program_.app();
    if (!find(chat_.channel, app.channels, "channel", settings.channel)) return false;
    if (!find(chat_.language, app.languages, "language", settings.language)) return false;
    settings.begins = program_.zone().to_instant(chat_.clock.value_or(dsl::default_chat_clock()));
    settings.tracing = options_.trace ? machine::Tracing::on : machine::Tracing::off;
    settings.through_bytes = options_.through_bytes;
    settings.observe = options_.observe;
    conversation_ =
        Conversation(app_.program, std::move(settings), make_sample_services(app_.lists));
    if (has_desk(chat_)) conversation_.seat_desk();
    return preset_contact();
  }

  bool find(const dsl::ast::Name& name, const std::vector<std::string>& all, std::string_view what,
            Index& index) {
    if (name.empty()) return true;
    const auto found = std::find(all.begin(), all.end(), name.text);
    index = static_cast<Index>(found - all.begin());
    if (found != all.end()) return true;
    return cannot(line_of(name.span), fmt::format("the app has no {} `{}`", what, name.text),
                  dsl::near_miss(name.text, all));
  }

  bool preset_contact() {
    const std::vector<program::Slot>& slots = program_.app().contact;
    for (const dsl::ChatField& preset : chat_.contact) {
      const std::uint32_t line = line_of(preset.name.span);
      const auto slot = std::find_if(slots.begin(), slots.end(), [&](const program::Slot& known) {
        return known.name == preset.name.text;
      });
      if (slot == slots.end()) {
        return cannot(line, fmt::format("a contact has no `{}`", preset.name.text));
      }
      std::string why;
      auto value = to_value(preset.value, *slot->type, program_.zone(), captures_, why);
      if (!value) return cannot(line, fmt::format("`{}`: {}", preset.name.text, why));
      conversation_.preset_contact(static_cast<Index>(slot - slots.begin()), std::move(*value));
    }
    return true;
  }

  std::uint32_t line_of(dsl::Span span) const { return source_.line_of(span.begin); }

  // Something that the chat asks for is not possible: it ends here.
  bool cannot(std::uint32_t line, std::string what,
              std::optional<std::string_view> near = std::nullopt) {
    ChatFailure failure;
    failure.line = line;
    failure.what = std::move(what);
    if (near) failure.what += fmt::format("; did you mean `{}`?", *near);
    failure.expected = source_lines(source_, {line, line + 1});
    result_.failures.push_back(std::move(failure));
    result_.mendable = false;
    stopped_ = impossible_ = true;
    return false;
  }

  // --- an event and what is expected after it

  // Something that a service or a person does when it is asked, and nobody asks now.
  bool is_kept(const ChatLine& line) const {
    if (const auto* acts = std::get_if<ServiceActs>(&line.what)) {
      return tools::is_kept(*acts, conversation_);
    }
    if (const auto* acts = std::get_if<HandoffActs>(&line.what)) {
      return tools::is_kept(*acts, conversation_);
    }
    return std::holds_alternative<LanguageActs>(line.what);
  }

  void open_answer(std::size_t at) {
    const ChatLine& line = chat_.lines[at];
    const bool time_passed = answer_.event && passes_time(*answer_.event);
    answer_ = {};
    answer_.event = &line;
    leave_open(at + 1);
    if (std::holds_alternative<Say>(line.what) && !time_passed) wait_for_citizen();
    answer_.said = conversation_.said().size();
    answer_.turns = conversation_.turns().size();
    events_.push_back({&line, answer_.said});
    if (happen(line)) check_services();
  }

  // Whether the chat goes on after it.
  bool close_answer(bool citizen_is_next) {
    if (answer_.event) {
      if (citizen_is_next && !passes_time(*answer_.event)) let_pause_pass();
      if (!check_services()) return false;
    }
    check();
    if (!result_.passed() && !options_.update) stopped_ = true;
    return !stopped_;
  }

  // Services that later lines of this answer speak for wait for them.
  void leave_open(std::size_t next) {
    std::set<Index> services;
    for (; next < chat_.lines.size(); ++next) {
      const auto& what = chat_.lines[next].what;
      if (std::holds_alternative<Say>(what) || std::holds_alternative<PassTime>(what)) break;
      const auto* acts = std::get_if<ServiceActs>(&what);
      if (const auto service = acts ? find_service(program_, acts->service.text) : std::nullopt) {
        services.insert(*service);
      }
    }
    conversation_.leave_open(std::move(services));
  }

  void wait_for_citizen() {
    if (conversation_.turns().empty()) return;
    conversation_.advance_to(conversation_.now() + value::Duration{line_pause_ms});
  }

  // What comes of itself before the citizen's next line still belongs to this answer.
  void let_pause_pass() {
    while (conversation_.fire_next(conversation_.now() + value::Duration{line_pause_ms})) {
    }
  }

  bool check_services() {
    const std::uint32_t line = answer_.event->lines.first;
    if (!conversation_.fault().empty()) return cannot(line, conversation_.fault());
    const auto service = conversation_.unanswered_service();
    if (!service) return true;
    const std::string& name = program_.app().services[*service].name;
    return cannot(line, fmt::format("no service answers {}: write `! {} ...`", name, name));
  }

  bool happen(const ChatLine& line) {
    return std::visit([&](const auto& what) { return act(line, what); }, line.what);
  }

  bool act(const ChatLine& line, const Say& say) {
    std::string why;
    const auto input = to_input(say, conversation_, captures_, why);
    if (!input) return cannot(line.lines.first, why);
    conversation_.hear(*input);
    return true;
  }

  bool act(const ChatLine& line, const PassTime& pass) {
    const value::Instant now = conversation_.now();
    const value::Instant until = pass.until ? program_.zone().to_instant(pass.local)
                                            : now + value::Duration{pass.milliseconds};
    if (until < now) {
      return cannot(line.lines.first, fmt::format("it is already {}",
                                                  value::to_string(program_.zone().to_local(now))));
    }
    conversation_.advance_to(until);
    return true;
  }

  bool act(const ChatLine& line, const ServiceActs& acts) {
    std::string why;
    return apply_acts(acts, conversation_, captures_, why) || cannot(line.lines.first, why);
  }

  bool act(const ChatLine& line, const HandoffActs& acts) {
    std::string why;
    return apply_acts(acts, conversation_, why) || cannot(line.lines.first, why);
  }

  bool act(const ChatLine& line, const dsl::AgentActs& acts) {
    const auto denial = conversation_.act(acts);
    if (!denial) return true;
    if (denial->word.empty() || !expects_refusal(line))
      return cannot(line.lines.first, denial->why);
    answer_.refused = denial->word;
    return true;
  }

  // Whether it is asserted of the answer to this line.
  bool expects_refusal(const ChatLine& line) const {
    const auto begin = chat_.lines.begin() + (&line - chat_.lines.data()) + 1;
    const auto end = std::find_if(begin, chat_.lines.end(), [this](const ChatLine& next) {
      return is_event(next) && !is_kept(next);
    });
    return std::any_of(begin, end, [](const ChatLine& next) {
      const auto* assertion = std::get_if<Assertion>(&next.what);
      return assertion && assertion->kind == Assertion::Kind::refused;
    });
  }

  bool act(const ChatLine& line, const dsl::OthersWait& others) {
    std::string why;
    return apply_acts(others, conversation_, why) || cannot(line.lines.first, why);
  }

  bool act(const ChatLine& line, const LanguageActs& acts) {
    std::string why;
    return apply_acts(acts, conversation_, why) || cannot(line.lines.first, why);
  }

  // These are no events.
  bool act(const ChatLine&, const Expectation&) { return true; }
  bool act(const ChatLine&, const Assertion&) { return true; }

  // --- what is expected

  void check() {
    std::vector<Spoken> said;
    for (std::size_t i = answer_.said; i < conversation_.said().size(); ++i) {
      said.push_back(to_spoken(conversation_.said()[i].message));
    }
    Expectations expected;
    std::vector<const ChatLine*> lines;
    for (const ChatLine* line : answer_.expected) {
      const auto* expectation = std::get_if<Expectation>(&line->what);
      if (!expectation) continue;
      expected.push_back(expectation);
      lines.push_back(line);
    }
    if (!expected.empty() && !match_answer(expected, said, captures_)) {
      const std::uint32_t after =
          answer_.event ? answer_.event->lines.end : lines.front()->lines.first;
      explain_answer({source_, conversation_, after, std::move(lines), said}, captures_, result_);
    }
    for (const ChatLine* line : answer_.expected) {
      const auto* assertion = std::get_if<Assertion>(&line->what);
      if (assertion) check_assertion_line(*line, *assertion);
    }
  }

  void check_assertion_line(const ChatLine& line, const Assertion& assertion) {
    auto failed =
        check_assertion(assertion, conversation_, answer_.turns, answer_.refused, captures_);
    if (!failed) return;
    ChatFailure failure;
    failure.line = line.lines.first;
    failure.what = std::move(failed->why);
    failure.expected = source_lines(source_, line.lines);
    failure.place = state_place(conversation_);
    if (failed->line) {
      result_.edits.push_back({line.lines, {*failed->line}});
    } else {
      result_.mendable = false;
    }
    result_.failures.push_back(std::move(failure));
  }

  // --- what went before

  // Something that happened, and the first message after it.
  struct PastEvent {
    const ChatLine* line = nullptr;
    std::size_t said = 0;
  };

  // Up to what failed, which is told by itself: an answer without its messages, or an event.
  void tell_conversation() {
    const std::uint32_t failed = result_.failures.front().line;
    for (std::size_t i = 0; i < events_.size(); ++i) {
      const ChatLine& line = *events_[i].line;
      if (line.lines.first > failed || (impossible_ && line.lines.first == failed)) break;
      dsl::Lines words = source_lines(source_, line.lines);
      for (std::uint32_t j = 0; j < words.size(); ++j) {
        result_.transcript.push_back({line.lines.first + j, std::move(words[j])});
      }
      const bool last = i + 1 == events_.size();
      const std::size_t end = last ? conversation_.said().size() : events_[i + 1].said;
      const bool failed_here = !impossible_ && (last || events_[i + 1].line->lines.first > failed);
      for (std::size_t said = events_[i].said; said < end && !failed_here; ++said) {
        result_.transcript.push_back({0, "< " + brief(conversation_.said()[said].message)});
      }
    }
    if (options_.trace) tell_why();
  }

  void tell_why() {
    for (std::size_t t = answer_.turns; t < conversation_.turns().size(); ++t) {
      dsl::Lines why = machine::explain(program_, conversation_.turns()[t].trace);
      std::move(why.begin(), why.end(), std::back_inserter(result_.why));
    }
  }

  // The answer at hand.
  struct Answer {
    const ChatLine* event = nullptr;  // null before the first
    std::size_t said = 0;             // what it begins with
    std::size_t turns = 0;
    std::string refused;  // by which word the desk did
    std::vector<const ChatLine*> expected;
  };

  const ReplayApp& app_;
  const program::Program& program_;
  const dsl::SourceFile& source_;
  const dsl::Chat& chat_;
  const RunOptions& options_;
  ChatResult& result_;
  Conversation conversation_;
  Captures captures_;
  std::vector<PastEvent> events_;
  Answer answer_;
  bool stopped_ = false;
  bool impossible_ = false;  // the last failure is of an event that cannot be
};

}  // namespace

ChatResult run_chat(const ReplayApp& app, const dsl::SourceFile& source, const dsl::Chat& chat,
                    const RunOptions& options) {
  ChatResult result;
  result.path = source.path();
  result.line = source.line_of(chat.title.span.begin);
  result.title = chat.title.text;
  ChatRunner(app, source, chat, options, result).run();
  return result;
}

}  // namespace alur::tools

// Time, services and people of a conversation, and what is asserted of its state.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "dsl/chat/chat_syntax.hpp"
#include "dsl/chat/chat_value.hpp"
#include "dsl/chat/parse_lines.hpp"
#include "dsl/finding/near_miss.hpp"
#include "dsl/grammar/literal.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {

using Kind = Assertion::Kind;

namespace {

constexpr std::array<std::string_view, 6> handoff_outcomes{"accepted", "closed",      "left",
                                                           "no_agent", "unavailable", "timed_out"};
constexpr std::array<std::string_view, 5> rests{"question", "call", "handoff", "pause", "nothing"};
constexpr std::array<std::string_view, 5> timer_kinds{"silence", "session", "pause", "call",
                                                      "gather"};

// What the desk refuses by: its own words, and before them those of what is said.
constexpr std::array<std::string_view, 12> refusals{
    "window_shut", "window_open", "no_template", "not_owner",   "not_offered", "no_code",
    "closed",      "full",        "nobody",      "not_allowed", "unknown",     "stale"};

template <class Words>
bool is_one_of(std::string_view word, const Words& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Told with the nearest of the words that are possible.
void refuse_word(ChatReading& reading, Code code, Slice word, std::string message,
                 std::span<const std::string_view> possible) {
  Finding finding{code, reading.span(word), std::move(message), {}, {}, {}};
  suggest(finding, word.view(), possible);
  if (finding.suggestion.empty()) {
    for (const std::string_view one : possible) {
      finding.suggestion += (finding.suggestion.empty() ? "one of " : ", ") + std::string(one);
    }
  }
  reading.findings().add(std::move(finding));
}

std::optional<std::int64_t> read_length(ChatReading& reading, Slice text) {
  if (text.empty()) {
    reading.refuse(Code::chat_bad_time, text, "no length of time stands here", "like `10m`");
    return std::nullopt;
  }
  const Fragment fragment = reading.fragment(text);
  Reading literal(fragment, reading.findings());
  return read_duration(literal, text);
}

struct AssertionRow {
  std::string_view word;
  Kind kind;
};

constexpr std::array<AssertionRow, 17> assertion_rows{{{"state", Kind::state},
                                                       {"flow", Kind::flow},
                                                       {"var", Kind::var_is},
                                                       {"set", Kind::set},
                                                       {"unset", Kind::unset},
                                                       {"queue", Kind::queue},
                                                       {"outcome", Kind::outcome},
                                                       {"ended", Kind::ended},
                                                       {"rests", Kind::rests},
                                                       {"timers", Kind::timers},
                                                       {"timer", Kind::timer},
                                                       {"tracked", Kind::tracked},
                                                       {"language", Kind::language},
                                                       {"owner", Kind::owner},
                                                       {"load", Kind::load},
                                                       {"position", Kind::position},
                                                       {"refused", Kind::refused}}};

class AssertionParser {
 public:
  AssertionParser(ChatReading& reading, Slice words) : reading_(reading), words_(words) {}

  std::optional<Assertion> parse() {
    const std::size_t blank = std::min(words_.view().find(' '), words_.size());
    const Slice word{words_.first, words_.first + blank};
    operand_ = without_blanks({word.last, words_.last});
    const auto row =
        std::find_if(assertion_rows.begin(), assertion_rows.end(),
                     [&](const AssertionRow& known) { return known.word == word.view(); });
    if (row == assertion_rows.end()) {
      refuse_word(word);
      return std::nullopt;
    }
    made_.kind = row->kind;
    made_.operand = reading_.span(operand_);
    if (!fill()) return std::nullopt;
    return std::move(made_);
  }

 private:
  void refuse_word(Slice word) {
    std::vector<std::string_view> possible;
    for (const AssertionRow& row : assertion_rows) {
      possible.push_back(row.word);
    }
    dsl::refuse_word(reading_, Code::chat_unknown_assertion, word,
                     fmt::format("{} cannot be asserted", quoted(word.view())), possible);
  }

  bool fill() {
    switch (made_.kind) {
      case Kind::ended:
        return operand_.empty() || refuse("`ended` stands alone");
      case Kind::var_is:
        return fill_variable();
      case Kind::load:
        return fill_variable() && check_number();
      case Kind::timers:
        return fill_count("how many timers?", "like `= timers 0`");
      case Kind::position:
        return fill_count("which place in the queue?", "like `= position 1`");
      case Kind::timer:
        return fill_timer();
      case Kind::rests:
        return fill_name() && check_word(rests, "a conversation never rests so");
      case Kind::refused:
        return fill_name() && check_word(refusals, "the desk never refuses so");
      default:
        return fill_name();
    }
  }

  bool refuse(std::string message, std::string suggestion = {}) {
    const Slice at = operand_.empty() ? words_ : operand_;
    reading_.refuse(Code::chat_bad_assertion, at, std::move(message), std::move(suggestion));
    return false;
  }

  bool fill_name() {
    if (operand_.empty()) return refuse("a name is missing here");
    if (operand_.view().find(' ') != std::string_view::npos) return refuse("one name is enough");
    made_.name = reading_.name(operand_);
    return true;
  }

  template <class Words>
  bool check_word(const Words& words, std::string message) {
    if (is_one_of(made_.name.text, words)) return true;
    dsl::refuse_word(reading_, Code::chat_bad_assertion, operand_, std::move(message), words);
    return false;
  }

  bool fill_variable() {
    if (refuse_deep_value(reading_, operand_)) return false;
    syntax::VariableLine line;
    if (const auto halt = syntax::read_variable(operand_, line)) {
      if (halt->wanted.empty()) {
        return refuse("this cannot be read", "like `= var name is \"Budi\"`");
      }
      refuse_value(reading_, operand_, *halt);
      return false;
    }
    made_.name = reading_.name(line.name);
    made_.value = to_chat_value(reading_, line.value);
    return made_.value.has_value();
  }

  bool check_number() {
    return made_.value->kind == ChatValue::Kind::number ||
           refuse("a load is a number", "like `= load ani is 2`");
  }

  bool fill_count(std::string question, std::string example) {
    const std::string_view digits = operand_.view();
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), made_.count);
    const bool read = error == std::errc() && end == digits.data() + digits.size();
    return (read && made_.count >= 0) || refuse(std::move(question), std::move(example));
  }

  bool fill_timer() {
    syntax::TimerLine line;
    if (syntax::read_timer(operand_, line)) {
      return refuse("this cannot be read", "like `= timer silence in 10m`");
    }
    made_.name = reading_.name(line.kind);
    if (!is_one_of(line.kind.view(), timer_kinds)) {
      dsl::refuse_word(reading_, Code::chat_bad_assertion, line.kind, "there is no such timer",
                       timer_kinds);
      return false;
    }
    const auto length = read_length(reading_, line.time);
    made_.milliseconds = length.value_or(0);
    return length.has_value();
  }

  ChatReading& reading_;
  Slice words_;
  Slice operand_;
  Assertion made_;
};

}  // namespace

std::optional<PassTime> parse_pass_time(ChatReading& reading, Slice words) {
  syntax::TimeLine line;
  syntax::read_time_line(words, line);
  PassTime pass;
  pass.until = line.until;
  if (line.until) {
    const auto local = read_local_time(reading, line.time);
    pass.local = local.value_or(value::LocalTime{});
    return local ? std::optional(pass) : std::nullopt;
  }
  const auto length = read_length(reading, line.time);
  pass.milliseconds = length.value_or(0);
  return length ? std::optional(pass) : std::nullopt;
}

std::optional<ServiceActs> parse_service_acts(ChatReading& reading, Slice words) {
  if (refuse_deep_value(reading, words)) return std::nullopt;
  syntax::ServiceLine line;
  if (const auto halt = syntax::read_service(words, line)) {
    if (line.outcome.empty()) {
      reading.refuse(Code::chat_bad_service, words, "no service and its answer can be read here",
                     "like `! registry.lookup not_found`");
    } else {
      refuse_value(reading, words, *halt);
    }
    return std::nullopt;
  }
  ServiceActs acts;
  acts.service = reading.name(line.service);
  acts.outcome = reading.name(line.outcome);
  acts.hangs = acts.outcome.text == "hangs";
  acts.works = acts.outcome.text == "works";
  if (line.value.empty()) return acts;
  acts.value = to_chat_value(reading, line.value.front());
  return acts.value ? std::optional(std::move(acts)) : std::nullopt;
}

std::optional<HandoffActs> parse_handoff_acts(ChatReading& reading, Slice words) {
  if (is_one_of(words.view(), handoff_outcomes)) return HandoffActs{reading.name(words)};
  if (words.view().starts_with("to ")) return HandoffActs{reading.name(words)};
  refuse_word(reading, Code::chat_bad_service, words, "a handoff does not end so",
              handoff_outcomes);
  return std::nullopt;
}

std::optional<LanguageActs> parse_language_acts(ChatReading& reading, Slice words) {
  if (!words.empty() && words.view().find(' ') == std::string_view::npos) {
    return LanguageActs{reading.name(words)};
  }
  reading.refuse(Code::chat_bad_service, words, "which language does the citizen speak?",
                 "like `! language en`");
  return std::nullopt;
}

std::optional<Assertion> parse_assertion(ChatReading& reading, Slice words) {
  return AssertionParser(reading, words).parse();
}

}  // namespace alur::dsl

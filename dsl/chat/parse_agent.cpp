// What agents and other citizens do in a chat: plain words, so that who reads it needs no manual.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "dsl/chat/chat_text.hpp"
#include "dsl/chat/parse_lines.hpp"
#include "dsl/finding/near_miss.hpp"

namespace alur::dsl {

using Kind = AgentActs::Kind;

namespace {

constexpr std::int64_t units_max = 100;
constexpr std::int64_t others_max = 100;

struct Deed {
  std::string_view words;
  Kind kind;
};

// A deed whose words begin with another's stands before it.
constexpr std::array<Deed, 11> deeds{{{"comes online", Kind::comes_online},
                                      {"is lost", Kind::is_lost},
                                      {"is back", Kind::is_back},
                                      {"is", Kind::is},
                                      {"accepts", Kind::accepts},
                                      {"declines", Kind::declines},
                                      {"sends template", Kind::sends_template},
                                      {"transfers to", Kind::transfers},
                                      {"returns to", Kind::returns},
                                      {"returns", Kind::returns},
                                      {"closes as", Kind::closes}}};
constexpr std::array<std::string_view, 4> presences{"online", "busy", "away", "offline"};

// The next word, cut from the front; empty at the end. A comma is a word of its own.
Slice take_word(Slice& words) {
  words = without_blanks(words);
  const char* end =
      std::find_if(words.first, words.last, [](char c) { return c == ' ' || c == ','; });
  if (end == words.first && end != words.last) ++end;
  return {std::exchange(words.first, end), end};
}

std::optional<Slice> after(Slice words, std::string_view begin) {
  if (!words.view().starts_with(begin)) return std::nullopt;
  if (words.size() > begin.size() && words.first[begin.size()] != ' ') return std::nullopt;
  return without_blanks({words.first + begin.size(), words.last});
}

std::optional<std::int64_t> read_count(Slice word, std::int64_t most) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(word.first, word.last, count);
  const bool read = error == std::errc() && end == word.last && count >= 1 && count <= most;
  return read ? std::optional(count) : std::nullopt;
}

class AgentParser {
 public:
  AgentParser(ChatReading& reading, const Block& block, Slice words)
      : reading_(reading), block_(block), rest_(words) {}

  std::optional<AgentActs> parse() {
    Slice name = take_word(rest_);
    const bool speaks = name.size() > 1 && name.last[-1] == ':';
    if (speaks) --name.last;
    if (name.empty()) {
      refuse(block_.head.text, "which agent, and what do they do?");
      return std::nullopt;
    }
    made_.agent = reading_.name(name);
    rest_ = without_blanks(rest_);
    const bool read = speaks ? fill_words() : fill_deed();
    return read ? std::optional(std::move(made_)) : std::nullopt;
  }

 private:
  bool refuse(Slice at, std::string message, std::string suggestion = "like `agent ani accepts`") {
    reading_.refuse(Code::chat_stray_line, at.empty() ? block_.head.text : at, std::move(message),
                    std::move(suggestion));
    return false;
  }

  bool fill_words() {
    made_.kind = Kind::says;
    if (!rest_.empty()) append_text_line(reading_, rest_, Voice::citizen, made_.words);
    for (const SourceLine& line : block_.body) {
      const auto words = indented_words(reading_, line);
      if (!words) return false;
      if (!made_.words.pieces.empty()) append_line_break(made_.words);
      append_text_line(reading_, *words, Voice::citizen, made_.words);
    }
    return !made_.words.pieces.empty() || refuse({}, "the agent says nothing");
  }

  bool fill_deed() {
    for (const Deed& deed : deeds) {
      const auto rest = after(rest_, deed.words);
      if (!rest) continue;
      made_.kind = deed.kind;
      rest_ = *rest;
      if (deed.words == "returns to") {
        return fill_object("to which state of the flow?") && at_end();
      }
      return fill_rest();
    }
    Finding finding{Code::chat_stray_line,
                    reading_.span(rest_.empty() ? block_.head.text : rest_),
                    "an agent does no such thing",
                    {},
                    {},
                    {}};
    std::vector<std::string_view> possible;
    for (const Deed& deed : deeds) {
      possible.push_back(deed.words);
      if (finding.suggestion.empty()) suggest_deed(deed, finding);
    }
    if (finding.suggestion.empty()) {
      finding.suggestion = fmt::format("an agent {}", fmt::join(possible, ", "));
    }
    reading_.findings().add(std::move(finding));
    return false;
  }

  // Where the line begins with something like it, whatever follows.
  void suggest_deed(const Deed& deed, Finding& finding) {
    Slice rest = rest_;
    const auto blanks = std::count(deed.words.begin(), deed.words.end(), ' ');
    for (std::ptrdiff_t word = 0; word <= blanks; ++word) take_word(rest);
    const Slice begin{rest_.first, rest.first};
    const Span whole = std::exchange(finding.span, reading_.span(begin));
    suggest(finding, begin.view(), {&deed.words, 1});
    if (finding.suggestion.empty()) finding.span = whole;
  }

  bool fill_rest() {
    switch (made_.kind) {
      case Kind::comes_online:
        return fill_skills();
      case Kind::is:
        return fill_object("online, busy, away or offline?") && check_presence() && at_end();
      case Kind::sends_template:
        return fill_object("which template? Its name in app.yaml stands here") && at_end();
      case Kind::transfers:
        return fill_object("to whom? An agent, a queue, or `supervisor`") && fill_note();
      case Kind::closes:
        return fill_object("as what? A wrap-up code stands here") && at_end();
      default:
        return at_end();
    }
  }

  bool at_end() { return rest_.empty() || refuse(rest_, "nothing more can stand here", {}); }

  bool fill_object(std::string missing) {
    const Slice word = take_word(rest_);
    rest_ = without_blanks(rest_);
    if (word.empty()) return refuse({}, std::move(missing), {});
    made_.object = reading_.name(word);
    return true;
  }

  bool check_presence() {
    const auto& all = presences;
    if (std::find(all.begin(), all.end(), made_.object.text) != all.end()) return true;
    reading_.findings().add(Code::chat_stray_line, made_.object.span, "an agent is never that",
                            "online, busy, away or offline");
    return false;
  }

  // `for general, urgent with 2 units as supervisor`
  bool fill_skills() {
    while (!rest_.empty()) {
      const Slice word = take_word(rest_);
      rest_ = without_blanks(rest_);
      const bool read = word.view() == "for"    ? fill_queues()
                        : word.view() == "with" ? fill_units()
                        : word.view() == "as"   ? fill_role()
                                                : refuse(word, "nothing like this can stand here",
                                                         "`for general`, `with 2 units` or "
                                                           "`as supervisor`");
      if (!read) return false;
    }
    return true;
  }

  bool fill_queues() {
    for (;;) {
      const Slice word = take_word(rest_);
      if (word.empty() || word.view() == ",")
        return refuse(rest_, "the name of a queue is missing");
      made_.queues.push_back(reading_.name(word));
      rest_ = without_blanks(rest_);
      if (rest_.empty() || *rest_.first != ',') return true;
      ++rest_.first;
    }
  }

  bool fill_units() {
    const Slice count = take_word(rest_);
    const auto units = read_count(count, units_max);
    const Slice word = take_word(rest_);
    rest_ = without_blanks(rest_);
    if (!units || !word.view().starts_with("unit")) {
      return refuse(count, "how many units?", "like `with 2 units`");
    }
    made_.units = *units;
    return true;
  }

  bool fill_role() {
    const Slice word = take_word(rest_);
    rest_ = without_blanks(rest_);
    made_.supervisor = word.view() == "supervisor";
    return made_.supervisor || refuse(word, "as what?", "like `as supervisor`");
  }

  // In quotes, as it stands.
  bool fill_note() {
    if (rest_.empty()) return true;
    const bool quoted = rest_.size() >= 2 && *rest_.first == '"' && rest_.last[-1] == '"';
    if (!quoted) return refuse(rest_, "a note stands in quotes", {});
    made_.note.assign(rest_.first + 1, rest_.last - 1);
    return true;
  }

  ChatReading& reading_;
  const Block& block_;
  Slice rest_;
  AgentActs made_;
};

}  // namespace

std::optional<AgentActs> parse_agent_acts(ChatReading& reading, const Block& block, Slice words) {
  return AgentParser(reading, block, words).parse();
}

bool begins_others(Slice words) {
  const Slice count = take_word(words);
  const std::string_view next = take_word(words).view();
  return read_count(count, others_max) && (next == "others" || next == "other");
}

std::optional<OthersWait> parse_others(ChatReading& reading, Slice words) {
  OthersWait made;
  Slice rest = words;
  made.count = read_count(take_word(rest), others_max).value_or(0);
  take_word(rest);
  const std::string_view verb = take_word(rest).view();
  const std::string_view preposition = take_word(rest).view();
  const Slice queue = take_word(rest);
  const bool read = (verb == "wait" || verb == "waits") && preposition == "in" && !queue.empty();
  if (!read || !without_blanks(rest).empty()) {
    reading.refuse(Code::chat_bad_service, words, "what do the others do?",
                   "like `! 3 others wait in general`");
    return std::nullopt;
  }
  made.queue = reading.name(queue);
  return made;
}

}  // namespace alur::dsl

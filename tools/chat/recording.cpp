#include "tools/chat/recording.hpp"

#include <fmt/format.h>

#include "engine/machine/show.hpp"
#include "tools/replay/match_answer.hpp"
#include "tools/replay/run_chat.hpp"

namespace alur::tools {

namespace {

void append_lines(const dsl::Lines& lines, std::string& out) {
  for (const std::string& line : lines) out += line + "\n";
}

// A line with a gap expects anything there, and in place of full stops before it, which would be
// read as part of the `...`. One that is escaped has no way to say so but as a whole.
std::string with_dots(std::string line) {
  if (line.find(Secrets::gap) == std::string::npos) return line;
  if (line.size() > 2 && line[2] == '\\') return line.substr(0, 2) + "...";
  for (std::size_t at = line.find(Secrets::gap); at != std::string::npos;
       at = line.find(Secrets::gap, at)) {
    const std::size_t end = at + Secrets::gap.size();
    while (line[at - 1] == '.') --at;  // a line begins with its sign, or with blanks
    line.replace(at, end - at, "...");
  }
  return line;
}

std::string pass_line(std::int64_t milliseconds) {
  return "~ " + value::to_string(value::Duration{milliseconds}) + "\n";
}

}  // namespace

void Recording::said(std::string text, value::Instant at) {
  entries_.push_back({Entry::Kind::said, at, std::move(text), false, {}});
}

void Recording::tapped(std::string line, value::Instant at) {
  entries_.push_back({Entry::Kind::tapped, at, std::move(line), false, {}});
}

void Recording::acted(std::string line, value::Instant at) {
  entries_.push_back({Entry::Kind::acted, at, std::move(line), false, {}});
}

void Recording::fired(value::Instant at) {
  entries_.push_back({Entry::Kind::fired, at, {}, false, {}});
}

void Recording::answered(const machine::Message& message) {
  if (!entries_.empty()) entries_.back().answers.push_back(to_spoken(message).plain);
}

void Recording::hide_last(const value::Value& value, const value::Type& type,
                          const program::Program& program) {
  if (entries_.empty() || entries_.back().kind != Entry::Kind::said) return;
  std::string& words = entries_.back().words;
  words = secrets_.keep(words, value, type, program);
}

void Recording::hide(const value::Value& value, const value::Type& type,
                     const program::Program& program) {
  std::string shown;
  machine::show_value(program, 0, value, shown);
  secrets_.keep(shown, value, type, program);
}

void Recording::cut_to(std::size_t size) {
  entries_.resize(std::min(size, entries_.size()));
}

void Recording::append(const Entry& entry, std::string& out) const {
  switch (entry.kind) {
    case Entry::Kind::said:
      append_lines(
          dsl::print_said_text(entry.own_words ? entry.words : secrets_.disguised(entry.words)),
          out);
      break;
    case Entry::Kind::tapped:
    case Entry::Kind::acted:
      out += entry.words + "\n";
      break;
    case Entry::Kind::fired:
      break;
  }
  for (dsl::PlainMessage message : entry.answers) {
    message.text = secrets_.gapped(std::move(message.text));
    for (std::string& label : message.choices) label = secrets_.gapped(std::move(label));
    for (const std::string& line : dsl::print_expected(message)) out += with_dots(line) + "\n";
  }
}

std::optional<std::int64_t> Recording::pause_after(const Entry* before) {
  if (!before || before->kind == Entry::Kind::fired) return 0;
  if (before->kind == Entry::Kind::acted) return std::nullopt;
  return line_pause_ms;
}

std::optional<std::int64_t> Recording::pause_before_line() const {
  return pause_after(entries_.empty() ? nullptr : &entries_.back());
}

// Whether replay comes to this entry at the right time without a `~` line.
bool Recording::comes_by_itself(const Entry& entry, const Entry* before, std::int64_t passed) {
  using Kind = Entry::Kind;
  switch (entry.kind) {
    case Kind::said:
    case Kind::tapped:
      return passed == pause_after(before);
    case Kind::acted:
      return passed == 0;
    case Kind::fired:
      return before && before->kind == Kind::fired && passed == 0;
  }
  return false;
}

std::string Recording::chat(const program::Program& program, const ConversationSettings& settings,
                            std::string_view title, std::optional<value::Instant> next_due) const {
  const program::App& app = program.app();
  std::string out = fmt::format("chat: {}\nchannel: {}\nlanguage: {}\nclock: {}\n\n", title,
                                app.channels[settings.channel], app.languages[settings.language],
                                value::to_string(program.zone().to_local(settings.begins)));
  value::Instant now = settings.begins;
  const Entry* before = nullptr;
  for (const Entry& entry : entries_) {
    const std::int64_t passed = (entry.at - now).milliseconds;
    if (!comes_by_itself(entry, before, passed)) out += pass_line(passed);
    append(entry, out);
    now = entry.at;
    before = &entry;
  }
  // What is about to come would come before the end.
  const bool more = next_due && (*next_due - now).milliseconds <= line_pause_ms;
  if (more && before && before->kind != Entry::Kind::fired) out += pass_line(0);
  return out;
}

}  // namespace alur::tools

#include "tools/chat/recording.hpp"

#include <fmt/format.h>

#include "dsl/chat/rewrite.hpp"
#include "tools/replay/match_answer.hpp"
#include "tools/replay/run_chat.hpp"

namespace alur::tools {

void Recording::act(std::string line, value::Instant at) {
  lines_.push_back(std::move(line));
  at_.push_back(at);
  last_ = at;
}

void Recording::answer(const machine::Message& message) {
  for (std::string& line : dsl::print_expected(to_spoken(message).plain)) {
    lines_.push_back(std::move(line));
    at_.push_back(last_);
  }
}

void Recording::cut_to(std::size_t size) {
  lines_.resize(std::min(size, lines_.size()));
  at_.resize(lines_.size());
  if (!at_.empty()) last_ = at_.back();
}

std::string Recording::chat(const program::Program& program, const ConversationSettings& settings,
                            std::string_view title) const {
  const program::App& app = program.app();
  std::string out =
      fmt::format("chat: {}\nchannel: {}\nlanguage: {}\nclock: {}\n\n", title,
                  app.channels[settings.channel], app.languages[settings.language],
                  value::to_string(program.zone().to_local(settings.begins)).substr(0, 16));
  value::Instant now = settings.begins;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::int64_t passed = (at_[i] - now).milliseconds;
    const bool said = lines_[i].starts_with("> ");
    if (passed > 0 && !(said && passed == line_pause_ms)) {
      out += "~ " +
             value::to_string(value::Duration{std::max<std::int64_t>(passed / 1000, 1) * 1000}) +
             "\n";
    }
    now = at_[i];
    out += lines_[i] + "\n";
  }
  return out;
}

}  // namespace alur::tools

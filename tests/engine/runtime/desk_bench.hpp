// A core with a desk, and who works at it.
#pragma once

#include "engine/runtime/desk_events.hpp"
#include "engine/runtime/journal_bytes.hpp"
#include "tests/engine/runtime/core_bench.hpp"

namespace alur::tests {

inline constexpr desk::AgentId siti = 7;
inline constexpr desk::AgentId budi = 8;
inline constexpr desk::AgentId wati = 9;  // a supervisor
inline constexpr desk::NameKey general = value::name_key("general");
inline constexpr desk::NameKey answered = value::name_key("answered");
inline constexpr std::int64_t minute = 60'000;

class DeskBench : public CoreBench {
 public:
  explicit DeskBench(std::shared_ptr<const program::Program> program = compile_small())
      : CoreBench(parts(program)), program_(std::move(program)) {}

  ports::CitizenKey key(const std::string& who) const { return store->key_of("webchat:" + who); }
  desk::Conversation at(const std::string& who) const {
    return desk->look([&](const desk::Desk& one) {
      const desk::Conversation* is = one.find(key(who));
      return is ? *is : desk::Conversation();
    });
  }
  std::optional<desk::Refusal> does(desk::What what) {
    const auto applied = desk->apply(std::move(what));
    work();
    return applied.refusal;
  }
  void comes(desk::AgentId agent, const std::string& name = "Siti") {
    desk->set_agent({agent, {general}, 0, false}, name);
    does(desk::PresenceSet{agent, desk::Presence::online, 0});
  }
  void hands_over(const std::string& who) {
    say(who, "hi");
    say(who, "maju");
    say(who, "Person");
  }
  void accepts(desk::AgentId agent, const std::string& who) {
    does(desk::Accepted{agent, key(who), at(who).epoch});
  }
  runtime::Said says(desk::AgentId agent, const std::string& who, const std::string& text,
                     const std::string& key_ = "k", desk::Epoch epoch = 0,
                     std::uint64_t reply_to = 0) {
    machine::Shown shown;
    shown.text = text;
    return shows(agent, who, std::move(shown), key_, epoch, reply_to);
  }
  runtime::Said sends_template(desk::AgentId agent, const std::string& who,
                               const std::string& key_) {
    machine::Shown shown;
    shown.kind = machine::Shown::Kind::template_words;
    shown.text = "We have an answer.";
    shown.label = "answer";
    shown.language = "en";
    return shows(agent, who, std::move(shown), key_);
  }
  runtime::Said shows(desk::AgentId agent, const std::string& who, machine::Shown shown,
                      const std::string& key_, desk::Epoch epoch = 0, std::uint64_t reply_to = 0) {
    runtime::AgentSays words{key(who), agent, epoch ? epoch : at(who).epoch,
                             "Siti",   key_,  std::move(shown)};
    words.reply_to = reply_to;
    auto became = std::make_shared<runtime::Said>();
    core->agent_says(words, [became](runtime::Said said) { *became = std::move(said); }, now);
    work();
    return *became;
  }
  // What was said and done, a line each.
  std::vector<std::string> transcript(const std::string& who, std::size_t last = 99) {
    auto reader = store->reader();
    const auto page = runtime::read_transcript(**reader, key(who), 0, 1'000);
    std::vector<std::string> told;
    for (const runtime::Line& line : page->lines) {
      const std::string text = line.mark ? std::string(to_text(line.mark->kind)) : line.text;
      told.push_back(std::string(to_text(line.from)) + ": " + text);
    }
    if (told.size() > last) told.erase(told.begin(), told.end() - static_cast<long>(last));
    return told;
  }
  machine::Session session(const std::string& who) {
    return *machine::decode_session(*program_, row(who).body);
  }

 private:
  static Parts parts(std::shared_ptr<const program::Program> program) {
    static Names names;
    static Tickets tickets;
    Parts made;
    made.program = std::move(program);
    made.services = {&names, &tickets};
    made.with_desk = true;
    return made;
  }

  std::shared_ptr<const program::Program> program_;
};

}  // namespace alur::tests

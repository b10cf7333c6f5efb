#include "tools/diff/listing.hpp"

#include <map>

#include "engine/program/dump_words.hpp"

namespace alur::tools {

using program::Index;
using program::none;
using program::Op;
using program::Unit;

namespace {

class Lister {
 public:
  explicit Lister(const program::Program& program) : program_(program) {}

  std::vector<Listed> list() {
    list_declarations();
    for (Index i = 1; i < program_.unit_count(); ++i) list_flow(program_.unit(i));
    return std::move(list_);
  }

 private:
  void add(std::string where, std::string what, std::string words, bool whole = false) {
    // Two of one name are counted: "the text", "the text 2".
    const int count = ++names_[where + "|" + what];
    if (count > 1) what += " " + std::to_string(count);
    list_.push_back({std::move(where), std::move(what), std::move(words), whole});
  }

  void list_declarations() {
    const program::App& app = program_.app();
    add("app", "the flow it starts with", app.start);
    for (const std::string& language : app.languages) add("app", "language " + language, "");
    for (const std::string& channel : app.channels) add("app", "channel " + channel, "");
    add("app", "the end of a silent conversation", program::in_words(app.session_ends_ms));
    for (const program::Service& service : app.services) {
      add("app", "service " + service.name, "waits " + program::in_words(service.timeout_ms));
    }
    for (const program::Queue& queue : app.queues) {
      add("app", "queue " + queue.name,
          "priority " + std::to_string(queue.priority) + (queue.is_private ? ", private" : ""));
      for (std::size_t i = 0; i < queue.titles.size(); ++i) {
        add("app", "the title of queue " + queue.name + in_language(i), queue.titles[i]);
      }
    }
    for (const program::Template& each : app.templates) {
      for (std::size_t i = 0; i < each.wordings.size(); ++i) {
        add("app", "template " + each.name + in_language(i), each.wordings[i]);
      }
    }
    for (const program::Slot& slot : app.contact) add("app", "contact." + slot.name, type(slot));
    for (const program::Slot& slot : app.session) add("app", "session." + slot.name, type(slot));
  }

  // Where there are several.
  std::string in_language(std::size_t language) const {
    const auto& languages = program_.app().languages;
    return languages.size() > 1 ? " (" + languages[language] + ")" : "";
  }

  static std::string type(const program::Slot& slot) {
    return slot.type ? slot.type->to_text() : "";
  }

  void list_flow(const Unit& unit) {
    add(unit.name, "flow", "", true);
    for (Index i = 0; i < unit.counters_begin && i < unit.slots.size(); ++i) {
      add(unit.name, "variable " + unit.slots[i].name, type(unit.slots[i]));
    }
    std::string state;
    for (Index address = 0; address < unit.code.size(); ++address) {
      for (const program::State& one : unit.states) {
        if (one.address != address) continue;
        state = unit.name + "." + one.name;
        add(state, "state", "", true);
      }
      const program::Instruction& code = unit.code[address];
      if (code.op == Op::say) list_text(unit, state, "the text", unit.messages[code.c].text);
      if (code.op == Op::ask) list_question(unit, state, unit.questions[code.c]);
      if (code.op == Op::pause) {
        add(state, "the wait", program::WordDumper(program_.app(), unit).expression(code.c));
      }
    }
  }

  void list_question(const Unit& unit, const std::string& state, const program::Question& asked) {
    list_text(unit, state, "the question", unit.messages[asked.message].text);
    for (Index i = asked.options.begin; i < asked.options.end; ++i) {
      list_text(unit, state, "option", unit.options[i].label);
    }
    if (!asked.ladder.own_rungs) return;
    for (Index i = asked.ladder.rungs.begin; i < asked.ladder.rungs.end; ++i) {
      list_text(unit, state, "what it says when it does not understand", unit.rungs[i].text);
    }
  }

  void list_text(const Unit& unit, const std::string& where, const std::string& what, Index text) {
    if (text == none) return;
    const auto& languages = program_.app().languages;
    for (std::size_t i = 0; i < languages.size(); ++i) {
      const std::string words = words_of(unit, text, i);
      add(where, what + in_language(i), words);
    }
  }

  std::string words_of(const Unit& unit, Index text, std::size_t language) const {
    const program::Range parts =
        unit.wordings[unit.texts[text].first_wording + static_cast<Index>(language)];
    std::string words;
    for (Index i = parts.begin; i < parts.end; ++i) {
      const program::TextPart& part = unit.parts[i];
      if (part.node == none) {
        words += unit.string(part.literal);
      } else {
        words += "{" + program::WordDumper(program_.app(), unit).expression(part.node) + "}";
      }
    }
    return words;
  }

  const program::Program& program_;
  std::map<std::string, int> names_;
  std::vector<Listed> list_;
};

}  // namespace

std::vector<Listed> list_app(const program::Program& program) {
  return Lister(program).list();
}

}  // namespace alur::tools

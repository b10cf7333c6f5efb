// Triggers of different flows. A phrase with captures takes a message only if each capture's type
// takes its words, so the shared message is read by both flows' types before it is told.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "dsl/check/overlap.hpp"
#include "dsl/check/pages.hpp"
#include "engine/value/reading.hpp"

namespace alur::dsl {
namespace {

using value::Type;

// One phrase of a flow.
struct Entry {
  std::string_view flow;
  const HeardTriggers* triggers = nullptr;
  const HeardTrigger* heard = nullptr;
};

const Type* type_of(const HeardTriggers& triggers, std::string_view param) {
  for (const VariableSymbol& symbol : triggers.params) {
    if (symbol.name == param) return symbol.type.get();
  }
  return nullptr;
}

class CaptureReader {
 public:
  explicit CaptureReader(std::string_view language)
      : scene_{language, zone_, value::Instant{1'767'600'000'000}} {}

  // The message with something in place of what both capture; nothing if their types never agree.
  std::optional<std::string> agreed(const SharedMessage& shared, const Entry& a,
                                    const Entry& b) const {
    static const std::vector<std::string> samples{"contoh", "7",     "15",     "2025",
                                                  "ya",     "14:30", "kemarin"};
    std::vector<std::string> words = words_of(shared.words);
    const bool open = std::find(words.begin(), words.end(), capture_sample) != words.end();
    for (const std::string& sample : samples_for(a, b, samples)) {
      std::vector<std::string> filled = words;
      std::replace(filled.begin(), filled.end(), std::string(capture_sample), sample);
      const bool taken = reads(filled, shared, a, true) && reads(filled, shared, b, false);
      if (taken) return joined(filled, 0, filled.size());
      if (!open) break;
    }
    return std::nullopt;
  }

 private:
  static std::vector<std::string> words_of(const std::string& words) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t end = std::min(words.find(' ', at), words.size());
      all.push_back(words.substr(at, end - at));
      at = end + 1;
    }
    return all;
  }

  static std::string joined(const std::vector<std::string>& words, std::size_t from,
                            std::size_t to) {
    std::string all;
    for (std::size_t i = from; i < to; ++i) all += (i > from ? " " : "") + words[i];
    return all;
  }

  // What to try: some plain words, the members of enumerations, a text of the least length.
  static std::vector<std::string> samples_for(const Entry& a, const Entry& b,
                                              std::vector<std::string> samples) {
    for (const Entry* entry : {&a, &b}) {
      for (const VariableSymbol& param : entry->triggers->params) {
        if (!param.type) continue;
        for (const std::string& member : param.type->members) samples.push_back(member);
        constexpr std::int64_t length_max = 200;
        const bool text = param.type->kind == value::TypeKind::text;
        if (text && param.type->low > 1 && param.type->low <= length_max) {
          samples.emplace_back(static_cast<std::size_t>(param.type->low), 'x');
        }
      }
    }
    return samples;
  }

  // Whether every capture of one side takes its words.
  bool reads(const std::vector<std::string>& words, const SharedMessage& shared, const Entry& entry,
             bool is_a) const {
    const auto place_at = [&](std::size_t i) {
      return is_a ? shared.steps[i].place_a : shared.steps[i].place_b;
    };
    for (std::size_t from = 0; from < words.size();) {
      std::size_t to = from + 1;
      const PhrasePlace& place = entry.heard->machine.places[place_at(from)];
      if (place.is_capture()) {
        while (to < words.size() && place_at(to) == place_at(from)) ++to;
        const Type* type = type_of(*entry.triggers, place.capture);
        if (type == nullptr) return false;
        if (!value::read_typed(joined(words, from, to), *type, scene_).ok()) return false;
      }
      from = to;
    }
    return true;
  }

  value::TimeZone zone_ = value::TimeZone::utc();
  value::ReadingScene scene_;
};

class TriggerOverlap {
 public:
  TriggerOverlap(const std::vector<FlowTriggers>& flows, const ast::App& app,
                 const Symbols& symbols, Findings& findings)
      : app_(app),
        symbols_(symbols),
        findings_(findings),
        reader_(symbols.languages.empty() ? "en" : std::string_view(symbols.languages.front())) {
    for (const FlowTriggers& flow : flows) {
      for (const HeardTrigger& heard : flow.triggers->phrases) {
        entries_.push_back({flow.flow, flow.triggers, &heard});
      }
      pages_ = pages_ || flow.triggers->pages;
    }
  }

  void check() {
    check_anytime();
    if (pages_) check_pages();
    std::unordered_map<std::string_view, std::vector<std::size_t>> by_first;
    std::vector<std::size_t> open;  // begin with a capture
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const PhraseMachine& machine = entries_[i].heard->machine;
      seen_.clear();
      bool any = false;
      for (const std::uint32_t place : machine.first) {
        const PhrasePlace& first = machine.places[place];
        any |= first.is_capture();
        if (!first.is_capture()) compare_all(by_first[first.word], i);
      }
      compare_all(open, i);
      for (std::size_t j = 0; any && j < i; ++j) compare(j, i);
      if (any) open.push_back(i);
      for (const std::uint32_t place : machine.first) {
        const PhrasePlace& first = machine.places[place];
        if (!first.is_capture()) by_first[first.word].push_back(i);
      }
    }
  }

 private:
  void compare_all(const std::vector<std::size_t>& earlier, std::size_t later) {
    for (const std::size_t each : earlier) compare(each, later);
  }

  void compare(std::size_t i, std::size_t j) {
    const Entry& a = entries_[i];
    const Entry& b = entries_[j];
    const PhraseMachine& one = a.heard->machine;
    const PhraseMachine& other = b.heard->machine;
    // Exact words win over a phrase with captures: that is how a flow is told apart from a wider
    // one.
    if (a.flow == b.flow || one.has_captures != other.has_captures) return;
    const auto shared = shared_message(one, other);
    if (!shared) return;
    if (std::find(seen_.begin(), seen_.end(), i) != seen_.end()) return;
    seen_.push_back(i);
    const std::vector<Related> related{{a.heard->span, "the other phrase"}};
    const std::string flows = "`" + std::string(a.flow) + "` and `" + std::string(b.flow) + "`";
    if (!one.has_captures) {
      findings_.add(
          Code::same_trigger, b.heard->span,
          "`" + shared->words + "` starts two flows, " + flows + ", and the second never hears it",
          "take it away from one of them", related);
      return;
    }
    const auto message = reader_.agreed(*shared, a, b);
    if (!message) return;
    findings_.add(
        Code::crossing_triggers, b.heard->span,
        "`" + *message + "` would start both " + flows + ", and only one of them hears it",
        "add a word to one of the phrases that the other does not have", related);
  }

  void check_anytime() {
    for (const Entry& entry : entries_) {
      if (entry.heard->machine.has_captures) continue;
      for (const AnytimePhrase& phrase : symbols_.anytime) {
        if (leads_to(app_.anytime[phrase.handler].action, entry.flow)) continue;
        const auto shared = shared_message(phrase.machine, entry.heard->machine);
        if (!shared) continue;
        findings_.add(Code::unheard_words, entry.heard->span,
                      "`" + shared->words + "` is never heard here: `anytime` takes it first",
                      "take it away here or there", {{phrase.span, "it is taken here"}});
        break;
      }
    }
  }

  // A question's own words come before triggers, also those that nobody wrote for it.
  void check_pages() {
    const std::vector<std::string> more = more_words(app_, symbols_.languages);
    for (const Entry& entry : entries_) {
      const auto taken = std::find_if(more.begin(), more.end(), [&](const std::string& words) {
        return !entry.heard->machine.has_captures && takes(entry.heard->machine, words);
      });
      if (taken == more.end()) continue;
      findings_.add(Code::unheard_words, entry.heard->span,
                    "`" + *taken +
                        "` is not heard here at a question that comes in pages: it shows the "
                        "next one",
                    "give the flow other words, or the entry: `more` under `texts:` of app.yaml");
    }
  }

  static bool leads_to(const ast::Action& action, std::string_view flow) {
    return (action.go_to && action.go_to->name.text == flow) ||
           (action.run && action.run->flow.name.text == flow);
  }

  const ast::App& app_;
  const Symbols& symbols_;
  Findings& findings_;
  CaptureReader reader_;
  std::vector<Entry> entries_;
  bool pages_ = false;             // some question comes in pages
  std::vector<std::size_t> seen_;  // told for the entry that is looked at
};

}  // namespace

bool HeardTriggers::operator==(const HeardTriggers& other) const {
  const auto same = [](const VariableSymbol& a, const VariableSymbol& b) {
    return a.name == b.name && (a.type == b.type || (a.type && b.type && *a.type == *b.type));
  };
  return phrases == other.phrases && pages == other.pages &&
         std::equal(params.begin(), params.end(), other.params.begin(), other.params.end(), same);
}

HeardTriggers triggers_of(const ast::Flow& flow, const ast::App& app, const Symbols& symbols) {
  HeardTriggers triggers;
  triggers.pages = has_pages(app, flow);
  for (const ast::Trigger& trigger : flow.triggers) {
    for (const ast::Phrase& phrase : trigger.phrases) {
      PhraseMachine machine = to_machine(phrase);
      if (!machine.empty()) triggers.phrases.push_back({std::move(machine), phrase.span});
    }
  }
  const auto declared = symbols.flows.find(flow.name.text);
  if (declared != symbols.flows.end()) triggers.params = declared->second.params;
  return triggers;
}

void check_triggers_apart(const std::vector<FlowTriggers>& flows, const ast::App& app,
                          const Symbols& symbols, Findings& findings) {
  TriggerOverlap(flows, app, symbols, findings).check();
}

}  // namespace alur::dsl

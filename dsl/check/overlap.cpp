#include "dsl/check/overlap.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "dsl/check/overlong.hpp"
#include "dsl/check/pages.hpp"
#include "dsl/check/walk.hpp"
#include "engine/value/phrase.hpp"
#include "engine/value/text.hpp"

namespace alur::dsl {
namespace {

using value::TypeKind;

std::string in_quotes(std::string_view words) {
  return '`' + std::string(words) + '`';
}

// Whether both do nothing but go to the same place.
bool same_way(const ast::Action& a, const ast::Action& b) {
  if (a.stop && b.stop) return true;
  if (a.go_to && b.go_to) {
    return a.go_to->name.text == b.go_to->name.text && a.go_to->kind == b.go_to->kind &&
           a.go_to->arguments.empty() && b.go_to->arguments.empty();
  }
  if (a.run && b.run) return a.run->flow.name.text == b.run->flow.name.text;
  if (a.handoff && b.handoff) return a.handoff->queue.text == b.handoff->queue.text;
  return false;
}

// Something that a question hears, and what then happens.
struct Heard {
  PhraseMachine machine;
  Span span;
  std::string label;  // of an option: as it is shown; empty for a phrase
  std::string_view language;
  std::size_t owner = 0;
  const ast::Action* action = nullptr;
};

// A way to say an option.
struct Saying {
  std::string words;
  std::uint32_t letters = 0;
  int allowance = 0;
  std::size_t heard = 0;
};

// Most words are plain letters, of one byte each.
bool may_be_within(const Saying& a, std::string_view words, std::uint32_t letters, int edits) {
  constexpr int letter_bytes_max = 4;
  const bool plain = value::is_ascii(a.words) && value::is_ascii(words);
  const int bytes = plain ? edits : letter_bytes_max * edits;
  const auto difference =
      static_cast<std::ptrdiff_t>(a.words.size()) - static_cast<std::ptrdiff_t>(words.size());
  return std::abs(difference) <= bytes && std::popcount(a.letters ^ letters) <= 2 * bytes;
}

bool has_figure(std::string_view words) {
  return std::any_of(words.begin(), words.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::size_t> as_number(std::string_view words) {
  constexpr std::size_t figures_max = 3;
  if (words.empty() || words.size() > figures_max) return std::nullopt;
  std::size_t number = 0;
  for (const char c : words) {
    if (c < '0' || c > '9') return std::nullopt;
    number = 10 * number + static_cast<std::size_t>(c - '0');
  }
  return number;
}

// One question: everything that it hears by words.
class QuestionOverlap {
 public:
  QuestionOverlap(const ast::Question& question, const Symbols& symbols, Findings& findings)
      : question_(question), symbols_(symbols), findings_(findings) {
    for (std::size_t i = 0; i < question.options.size(); ++i) add_option(question.options[i], i);
    for (std::size_t i = 0; i < options_.size(); ++i) add_sayings(i);
  }

  void check(const ast::App& app) {
    check_options();
    if (!question_.consent) check_slips();
    check_numbers();
    check_anytime(app);
    check_pages(app);
    check_hear(app);
    check_answers(app);
  }

 private:
  void add_option(const ast::Option& option, std::size_t index) {
    for (const ast::LocalText& label : option.label.languages) {
      const auto fixed = fixed_words(label.text);
      if (!fixed) continue;
      add({to_machine(*fixed), label.text.span, one_line(*fixed), label.language.text, index,
           &option.action});
      has_numbers_ |= as_number(value::normalised_phrase(*fixed)).has_value();
    }
    for (const ast::Phrase& phrase : option.hear) {
      add({to_machine(phrase), phrase.span, {}, {}, index, &option.action});
    }
  }

  void add(Heard heard) {
    if (heard.machine.empty() || heard.machine.has_captures) return;
    // A label that is the same in two languages, or said again by `hear`.
    const bool known = std::any_of(options_.begin(), options_.end(), [&](const Heard& other) {
      return other.owner == heard.owner && other.machine == heard.machine;
    });
    if (!known) options_.push_back(std::move(heard));
  }

  void add_sayings(std::size_t heard) {
    constexpr std::size_t ways_max = 64;
    for (std::string& words : ways_to_say(options_[heard].machine, ways_max)) {
      Saying saying{std::move(words), 0, 0, heard};
      saying.letters = letters_of(saying.words);
      saying.allowance = value::typo_allowance(saying.words);
      sayings_.push_back(std::move(saying));
    }
  }

  bool are_told_apart_elsewhere(const Heard& a, const Heard& b) const {
    // Two labels that look the same are told as such.
    return !a.label.empty() && a.label == b.label && a.language == b.language;
  }

  void check_options() {
    for (std::size_t i = 0; i < options_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Heard& later = options_[i];
        const Heard& earlier = options_[j];
        if (later.owner == earlier.owner) continue;
        const auto shared = shared_message(earlier.machine, later.machine);
        if (!shared) continue;
        touching_.emplace_back(earlier.owner, later.owner);
        if (are_told_apart_elsewhere(earlier, later)) continue;
        findings_.add(Code::same_option_words, later.span,
                      "`" + shared->words +
                          "` is said for two options of this question, and the "
                          "first of them always takes it",
                      "take it away from one of them", {{earlier.span, "the other one"}});
      }
    }
  }

  bool touch(std::size_t a, std::size_t b) const {
    return std::find(touching_.begin(), touching_.end(),
                     std::pair(std::min(a, b), std::max(a, b))) != touching_.end();
  }

  // Words that are another option's with a slip of the finger.
  void check_slips() {
    for (std::size_t i = 0; i < sayings_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Saying& later = sayings_[i];
        const Saying& earlier = sayings_[j];
        const Heard& a = options_[earlier.heard];
        const Heard& b = options_[later.heard];
        const int edits = std::max(earlier.allowance, later.allowance);
        if (a.owner == b.owner || edits == 0 || touch(a.owner, b.owner)) continue;
        if (!may_be_within(earlier, later.words, later.letters, edits)) continue;
        if (!value::edit_distance_at_most(earlier.words, later.words, edits)) continue;
        const bool second = later.allowance >= earlier.allowance;
        const std::string& typed = second ? earlier.words : later.words;
        if (has_figure(typed)) continue;  // figures are never a slip
        touching_.emplace_back(std::min(a.owner, b.owner), std::max(a.owner, b.owner));
        const std::string& meant = second ? later.words : earlier.words;
        findings_.add(Code::similar_option_words, b.span,
                      "`" + typed + "` is so near to `" + meant +
                          "` that a slip of the finger chooses another option",
                      "choose words that differ more, or write `consent: true`",
                      {{a.span, "the other one"}});
      }
    }
  }

  // "2" chooses the second option, unless labels are numbers themselves or a number is asked for.
  bool has_places() const {
    const value::TypeRef& into = question_.resolved_into.type;
    const bool number = !question_.choose && into &&
                        (into->kind == TypeKind::integer || into->kind == TypeKind::number);
    return !has_numbers_ && !number && !question_.options.empty();
  }

  void check_numbers() {
    if (!has_places()) return;
    const std::size_t count = question_.options.size();
    for (const Saying& saying : sayings_) {
      const auto number = as_number(saying.words);
      const Heard& heard = options_[saying.heard];
      if (!number || *number == 0) continue;
      const bool own = !question_.each && *number == heard.owner + 1;
      if (own || (!question_.each && *number > count)) continue;
      findings_.add(Code::number_for_two, heard.span,
                    "`" + saying.words +
                        "` is also the number of another option, counted from the "
                        "first one shown",
                    "let the options stand in the order of their numbers");
    }
  }

  // `anytime` is heard before options.
  void check_anytime(const ast::App& app) {
    for (const AnytimePhrase& phrase : symbols_.anytime) {
      const ast::Action& action = app.anytime[phrase.handler].action;
      for (const Heard& option : options_) {
        if (same_way(*option.action, action)) continue;
        const auto shared = shared_message(phrase.machine, option.machine);
        if (!shared) continue;
        findings_.add(Code::shadowed_option, option.span,
                      "whoever types `" + shared->words +
                          "` is heard by `anytime` first, and this "
                          "option is not chosen",
                      "give the option other words, or let both lead to the same place",
                      {{phrase.span, "`anytime` hears it here"}});
      }
    }
  }

  // The entry to the next page is heard after `anytime` and after the options' own words.
  void check_pages(const ast::App& app) {
    if (!has_pages(app, question_)) return;
    more_ = more_words(app, symbols_.languages);
    const Span page = question_.extras.overflow.span;
    for (const AnytimePhrase& phrase : symbols_.anytime) {
      const std::string* words = more_taken_by(phrase.machine);
      if (words == nullptr) continue;
      findings_.add(Code::shadowed_option, page,
                    "whoever types `" + *words +
                        "` is heard by `anytime` first, and the next page of this question is "
                        "not shown",
                    "give `anytime` other words, or the entry: `more` under `texts:` of app.yaml",
                    {{phrase.span, "`anytime` hears it here"}});
      break;
    }
    for (const Heard& option : options_) {
      // Two labels that look the same are told as such.
      if (!option.label.empty() && option.label == more_label(app, option.language)) continue;
      const std::string* words = more_taken_by(option.machine);
      if (words == nullptr) continue;
      findings_.add(Code::same_option_words, option.span,
                    "`" + *words +
                        "` is said for this option and for the entry that shows the next page, "
                        "and the option always takes it",
                    "give the option other words", {{page, "this question comes in pages"}});
    }
  }

  const std::string* more_taken_by(const PhraseMachine& machine) const {
    const auto taken = std::find_if(more_.begin(), more_.end(), [&](const std::string& words) {
      return takes(machine, words);
    });
    return taken == more_.end() ? nullptr : &*taken;
  }

  // A question's own phrases come after anytime and after its options.
  void check_hear(const ast::App& app) {
    std::vector<Heard> before;
    for (std::size_t i = 0; i < question_.hear.size(); ++i) {
      const ast::Handler& handler = question_.hear[i];
      for (const ast::Phrase& phrase : handler.phrases) {
        Heard heard{to_machine(phrase), phrase.span, {}, {}, i, &handler.action};
        if (heard.machine.empty() || heard.machine.has_captures) continue;
        report_first(heard, app, before);
        before.push_back(std::move(heard));
      }
    }
  }

  void report_first(const Heard& heard, const ast::App& app, const std::vector<Heard>& before) {
    for (const AnytimePhrase& phrase : symbols_.anytime) {
      if (same_way(app.anytime[phrase.handler].action, *heard.action)) continue;
      if (report_earlier(heard, phrase.machine, phrase.span, "`anytime`")) return;
    }
    for (const Heard& option : options_) {
      if (report_earlier(heard, option.machine, option.span, "an option")) return;
    }
    if (const std::string* words = more_taken_by(heard.machine)) {
      report_taken(heard, *words, question_.extras.overflow.span,
                   "the entry that shows the next page");
      return;
    }
    for (const Heard& other : before) {
      if (other.owner == heard.owner) continue;
      if (report_earlier(heard, other.machine, other.span, "another entry")) return;
    }
  }

  bool report_earlier(const Heard& heard, const PhraseMachine& first, Span place,
                      const std::string& who) {
    const auto shared = shared_message(first, heard.machine);
    if (!shared) return false;
    report_taken(heard, shared->words, place, who);
    return true;
  }

  void report_taken(const Heard& heard, const std::string& words, Span place,
                    const std::string& who) {
    findings_.add(Code::unheard_words, heard.span,
                  "`" + words + "` is never heard here: " + who + " takes it first",
                  "take it away here or there", {{place, "it is taken here"}});
  }

  // Answers that are taken for something else: members of an enumeration, names in the sample data.
  void check_answers(const ast::App&) {
    const value::TypeRef& into = question_.resolved_into.type;
    if (question_.choose || !into) return;
    if (into->kind == TypeKind::choice) {
      for (const std::string& member : into->members) {
        const std::string words = value::normalised_phrase(member);
        const AnytimePhrase* phrase = heard_anytime(words);
        if (phrase == nullptr) continue;
        findings_.add(Code::shadowed_answer, question_.into.span,
                      "the answer `" + words + "` is heard by `anytime` first",
                      "give one of the two another name", {{phrase->span, "it is heard here"}});
      }
    } else if (into->kind == TypeKind::text) {
      check_samples();
    }
  }

  const AnytimePhrase* heard_anytime(const std::string& words) const {
    for (const AnytimePhrase& phrase : symbols_.anytime) {
      if (takes(phrase.machine, words)) return &phrase;
    }
    return nullptr;
  }

  // Beside a free text options are heard first, with the slips that they forgive.
  void check_samples() {
    for (const Saying& saying : sayings_) {
      const int edits = question_.consent ? 0 : saying.allowance;
      for (const SampleName& sample : symbols_.samples) {
        const int slips = has_figure(sample.normalised) ? 0 : edits;
        if (!may_be_within(saying, sample.normalised, sample.letters, slips)) {
          continue;
        }
        if (!value::edit_distance_at_most(saying.words, sample.normalised, slips)) continue;
        findings_.add(Code::shadowed_answer, options_[saying.heard].span,
                      "whoever answers " + in_quotes(sample.name) + " (" + sample.place +
                          ") chooses this option, which sounds like it",
                      "give the option words that are nobody's name");
        break;
      }
    }
  }

  const ast::Question& question_;
  const Symbols& symbols_;
  Findings& findings_;
  std::vector<Heard> options_;
  std::vector<Saying> sayings_;
  std::vector<std::pair<std::size_t, std::size_t>> touching_;  // options told already
  std::vector<std::string> more_;  // what asks for the next page; none: there is one page
  bool has_numbers_ = false;       // a label is a number: options have no places
};

class OverlapWalk : public Walk<OverlapWalk, false> {
 public:
  OverlapWalk(const ast::App& app, const Symbols& symbols, Findings& findings)
      : app_(app), symbols_(symbols), findings_(findings) {}

  using Walk::verb;

  void verb(const ast::Question& question) {
    if (!question.broken) QuestionOverlap(question, symbols_, findings_).check(app_);
    Walk::verb(question);
  }

 private:
  const ast::App& app_;
  const Symbols& symbols_;
  Findings& findings_;
};

// As many ways as are written out for the machine.
constexpr std::size_t anytime_ways_max = 256;

void check_samples_at_any_time(const Symbols& symbols, Findings& findings) {
  std::unordered_map<std::string_view, const SampleName*> samples;
  for (const SampleName& sample : symbols.samples) samples.emplace(sample.normalised, &sample);
  if (samples.empty()) return;
  for (const AnytimePhrase& phrase : symbols.anytime) {
    for (const std::string& words : ways_to_say(phrase.machine, anytime_ways_max)) {
      const auto sample = samples.find(words);
      if (sample == samples.end()) continue;
      findings.add(Code::shadowed_answer, phrase.span,
                   "`" + sample->second->name + "` is also a name in " + sample->second->place +
                       ", and whoever answers with it is heard here first",
                   "choose words that are nobody's name");
      break;
    }
  }
}

}  // namespace

std::vector<AnytimePhrase> anytime_phrases(const ast::App& app) {
  std::vector<AnytimePhrase> phrases;
  for (std::size_t i = 0; i < app.anytime.size(); ++i) {
    for (const ast::Phrase& phrase : app.anytime[i].phrases) {
      PhraseMachine machine = to_machine(phrase);
      if (machine.empty() || machine.has_captures) continue;
      phrases.push_back({std::move(machine), phrase.span, i});
    }
  }
  return phrases;
}

void check_overlap(const ast::Flow& flow, const ast::App& app, const Symbols& symbols,
                   Findings& findings) {
  OverlapWalk walk(app, symbols, findings);
  for (const ast::State& state : flow.states) walk.steps(state.steps);
}

void check_overlap(const ast::App& app, const Symbols& symbols, Findings& findings) {
  const std::vector<AnytimePhrase>& phrases = symbols.anytime;
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (phrases[i].handler == phrases[j].handler) continue;
      if (same_way(app.anytime[phrases[i].handler].action,
                   app.anytime[phrases[j].handler].action)) {
        continue;
      }
      const auto shared = shared_message(phrases[j].machine, phrases[i].machine);
      if (!shared) continue;
      findings.add(Code::unheard_words, phrases[i].span,
                   "`" + shared->words + "` is never heard here: another entry takes it first",
                   "take it away here or there", {{phrases[j].span, "it is taken here"}});
      break;
    }
  }
  check_samples_at_any_time(symbols, findings);
}

}  // namespace alur::dsl

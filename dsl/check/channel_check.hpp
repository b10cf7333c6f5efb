// The walk behind channels.cpp and labels.cpp: every message of a flow, or of app.yaml, on every
// channel and in every language of the app.
#pragma once

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "dsl/check/messages.hpp"
#include "dsl/check/overlong.hpp"
#include "dsl/check/walk.hpp"
#include "engine/program/unit.hpp"

namespace alur::dsl {

class ChannelCheck : public Walk<ChannelCheck, false> {
 public:
  ChannelCheck(const ast::App& app, const Symbols& symbols, Findings& findings);

  using Walk::verb;

  void verb(const ast::Say& say);
  void verb(const ast::Question& question);
  void action(const ast::Action& action);
  void rung(const ast::Rung& rung);
  void silence(const ast::Silence& silence);
  void text(const ast::Text& text, TextUse use);

  // app.yaml's own words.
  void defaults();

  LongestTexts take_longest() { return std::move(longest_); }

 private:
  // What stands beside and below the words. `extras` is null where no `overflow` can be written.
  struct MessageShape {
    const ast::Extras* extras = nullptr;
    const std::vector<ChoicesBound>* choices = nullptr;  // by language
    bool attached = false;    // the extras' pictures and links come with it
    bool asks_place = false;  // it asks where the citizen is
  };

  std::optional<Wording> wording(const ast::Text& text, std::size_t language) const;
  std::optional<Wording> wording(const ast::Template& words, std::size_t language,
                                 bool one_of_several) const;
  static ChoiceBound choice_bound(const std::optional<Wording>& label,
                                  const std::optional<Wording>& hint);
  ChoicesBound choices_bound(const ast::Question& question, std::size_t language) const;
  AttachedBound attached_bound(const ast::Extras& extras, std::size_t language,
                               const program::Channel& channel, bool has_choices) const;
  // The machine's own words: the app's, else the longest that come with the compiler.
  Extent own_words(program::SystemText which, std::size_t language) const;
  Extent prompt(std::size_t language) const;
  WordsBound room_for(const Wording& words, const MessageShape& shape, std::size_t language,
                      const program::Channel& channel) const;

  void check_words(const ast::Text& text, const MessageShape& shape);
  void explain_options(Finding& finding, Place place, std::size_t language,
                       const MessageShape& shape, const program::Channel& channel) const;
  void check_blank(const Wording& words, std::string_view what, std::string_view then);
  void check_link(const ast::Extras& extras, bool has_choices);
  void check_button(const ast::Text& button);
  void check_more(const ast::Text& more);
  void check_template(const ast::Text& words);
  void check_labels(const ast::Question& question, const std::vector<ChoicesBound>& choices);
  void check_label(Code code, std::string_view what, const Wording& words, const LabelRoom& room,
                   const program::Channel& channel, const ast::Question& question);
  void check_count(const ast::Question& question, const std::vector<ChoicesBound>& choices);
  void check_overflow(const ast::Extras& extras, const ast::Question* question);
  void check_default_words(const ast::Question& question, const std::vector<ChoicesBound>& choices);
  // Whether two fixed labels are shown alike; tells so.
  bool check_same_labels(const ast::Question& question, std::size_t language,
                         const ChoicesBound& choices);
  void check_marks(const ast::Template& words, bool is_label);

  void tell(Finding finding);
  bool is_new(Code code, Span span);
  void keep(std::size_t language, std::size_t channel, const WordsBound& room, Span span);

  const ast::App& app_;
  const Symbols& symbols_;
  Findings& findings_;
  std::vector<const program::Channel*> channels_;
  const std::vector<ChoicesBound>* choices_ = nullptr;  // of the question around
  const ast::Each* each_ = nullptr;                     // of the question around
  const ast::Extras* extras_ = nullptr;                 // of the question around
  bool asks_place_ = false;                             // the question around does
  std::set<std::pair<Code, Span>> told_;
  LongestTexts longest_;  // by language, then channel
};

}  // namespace alur::dsl

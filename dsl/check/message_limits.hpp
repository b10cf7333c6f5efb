// What one message needs and what a channel gives, in numbers: the worst case of each decision that
// engine/machine/present.cpp takes. Whoever changes one of the two changes the other; a property
// test shows messages with the real present() and holds them to these numbers.
#pragma once

#include <optional>
#include <vector>

#include "dsl/check/extent.hpp"
#include "dsl/finding/source.hpp"
#include "engine/program/channel.hpp"

namespace alur::dsl {

// An option in one language.
struct ChoiceBound {
  Extent label;
  Extent hint;
  bool has_data = false;  // the label is made of data: it may be another's, or blank
};

// The options of a question: `each_max` times the one of `each`, then the fixed ones.
struct ChoicesBound {
  std::optional<ChoiceBound> each;
  std::int64_t each_min = 0;
  std::int64_t each_max = 0;
  std::vector<ChoiceBound> fixed;
  bool same_labels = false;  // two fixed labels are shown alike
  // The entry that shows the next page, where more of them than a channel's rows come in pages.
  std::optional<Extent> more;

  bool empty() const { return !each && fixed.empty(); }
  std::int64_t count_min() const;
  std::int64_t count_max() const;
};

// What a message carries beside its words.
struct AttachedBound {
  int files = 0;            // images and documents
  bool place = false;       // a location
  bool link = false;        // a link that may become a button
  bool asks_place = false;  // the answer is where the citizen is
  Extent link_label;        // of the link
  Extent in_words;          // what has no form of its own on the channel and stands in the words
};

// Where words stand, which decides how many fit.
enum class Place : std::uint8_t {
  message,
  caption,
  above_link,
  above_request,
  above_choices,
  numbered,
  alone
};

// Words in the worst case at a place, and what fits there.
struct WordsBound {
  Place place = Place::message;
  std::int64_t length = 0;
  std::int64_t limit = 0;
  bool fits() const { return length <= limit; }
};

// The worst of the forms that the message can take on the channel: the one with the least room
// left. `prompt`: the machine's words below options that stand in the text alone.
WordsBound words_bound(const Extent& words, const AttachedBound& attached,
                       const ChoicesBound& choices, const Extent& prompt,
                       const program::Channel& channel);

// How long a label and a hint may be so that every option is a button or every option a row, on
// the fullest page where they come in pages. A channel with neither has them numbered in the words
// always, where nothing bounds them but the words' own limit.
struct ChoiceRoom {
  std::int64_t count = 0;
  std::int64_t label = 0;
  std::int64_t hint = 0;
};
ChoiceRoom choice_room(const ChoicesBound& choices, const program::Channel& channel);

// What `shorten` cuts labels to.
std::int64_t cut_label_max(const ChoicesBound& choices, const program::Channel& channel);
// How long the entry may be that stands on a full page among the options.
std::int64_t page_label_max(const program::Channel& channel);

// Whether the options come in pages on the channel, in the worst case.
bool has_pages(const ChoicesBound& choices, const program::Channel& channel);

// Whether the options can stand numbered in the words, for whatever reason.
bool may_be_numbered(const ChoicesBound& choices, const program::Channel& channel);

// The limit as a number; a channel without one has the largest.
std::int64_t limit_of(std::size_t units_max);

}  // namespace alur::dsl

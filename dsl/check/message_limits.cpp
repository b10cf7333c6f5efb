#include "dsl/check/message_limits.hpp"

#include <algorithm>
#include <limits>

namespace alur::dsl {
namespace {

using program::Channel;

constexpr Extent paragraph{2, 2, 2};  // between the words and what is added to them
constexpr Extent line_break{1, 1, 1};
constexpr Extent dot{2, 2, 2};     // "1. " without its figures
constexpr Extent indent{4, 4, 4};  // before a hint below its label

std::int64_t figures(std::int64_t number) {
  std::int64_t count = 1;
  for (; number > 9; number /= 10) ++count;
  return count;
}

Extent numbered_line(const ChoiceBound& choice, std::int64_t number) {
  const std::int64_t size = figures(number);
  Extent line = dot + Extent{size, size, size} + choice.label;
  if (choice.hint.utf16 > 0) line += indent + choice.hint;
  return number > 1 ? line + line_break : line;
}

Extent numbered_lines(const ChoicesBound& choices) {
  Extent lines;
  std::int64_t number = 0;
  for (std::int64_t i = 0; choices.each && i < choices.each_max; ++i) {
    lines += numbered_line(*choices.each, ++number);
  }
  for (const ChoiceBound& choice : choices.fixed) lines += numbered_line(choice, ++number);
  return lines;
}

std::int64_t rows_max(const Channel& channel) {
  return limit_of(channel.choices_max());
}

// The lines of the longest page: the longest ones, the largest number before each.
Extent numbered_page(const ChoicesBound& choices, const Channel& channel) {
  const auto rows = static_cast<std::size_t>(rows_max(channel));
  const std::int64_t number = choices.count_max();
  std::vector<Extent> lines{numbered_line({*choices.more, {}, false}, number)};
  for (std::int64_t i = 0; choices.each && i < std::min(choices.each_max, rows_max(channel)); ++i) {
    lines.push_back(numbered_line(*choices.each, number));
  }
  for (const ChoiceBound& choice : choices.fixed) lines.push_back(numbered_line(choice, number));
  std::sort(lines.begin(), lines.end(), [&](const Extent& a, const Extent& b) {
    return a.in(channel.unit) > b.in(channel.unit);
  });
  lines.resize(std::min(lines.size(), rows));
  Extent all;
  for (const Extent& line : lines) all += line;
  return all;
}

// So many stand in one message at most.
std::int64_t shown_max(const ChoicesBound& choices, const Channel& channel) {
  return has_pages(choices, channel) ? rows_max(channel) : choices.count_max();
}

template <class Fits>
bool all_of(const ChoicesBound& choices, const Fits& fits) {
  if (choices.each && choices.each_max > 0 && !fits(*choices.each)) return false;
  if (choices.more && !fits(ChoiceBound{*choices.more, {}, false})) return false;
  return std::all_of(choices.fixed.begin(), choices.fixed.end(), fits);
}

bool fit_as_buttons(const ChoicesBound& choices, const Channel& channel) {
  if (shown_max(choices, channel) > limit_of(channel.buttons_max)) return false;
  return all_of(choices, [&](const ChoiceBound& choice) {
    const bool hint_fits =
        choice.hint.utf16 == 0 ||
        (channel.button_hints && choice.hint.in(channel.unit) <= limit_of(channel.list_hint_max));
    return hint_fits && choice.label.in(channel.unit) <= limit_of(channel.button_label_max);
  });
}

bool fit_as_list(const ChoicesBound& choices, const Channel& channel) {
  if (shown_max(choices, channel) > limit_of(channel.list_rows_max)) return false;
  return all_of(choices, [&](const ChoiceBound& choice) {
    return choice.label.in(channel.unit) <= limit_of(channel.list_label_max) &&
           choice.hint.in(channel.unit) <= limit_of(channel.list_hint_max);
  });
}

// Labels of data may turn out alike.
bool may_look_alike(const ChoicesBound& choices) {
  if (choices.same_labels) return true;
  const bool data = (choices.each && choices.each->has_data) ||
                    std::any_of(choices.fixed.begin(), choices.fixed.end(),
                                [](const ChoiceBound& choice) { return choice.has_data; });
  return data && choices.count_max() > 1;
}

// The forms of a message with choices.
WordsBound worst_above_choices(const Extent& words, const ChoicesBound& choices,
                               const Extent& prompt, const Channel& channel) {
  const auto bound = [&](Place place, const Extent& extent, std::size_t limit) {
    return WordsBound{place, extent.in(channel.unit), limit_of(limit)};
  };
  const bool paged = has_pages(choices, channel);
  const bool some_rows = paged || choices.count_min() <= rows_max(channel);
  WordsBound worst = bound(Place::above_choices, words, channel.body_max);
  if (!some_rows) worst = bound(Place::alone, words, channel.text_max);
  const auto consider = [&](WordsBound other) {
    if (other.limit - other.length < worst.limit - worst.length) worst = other;
  };
  if (!may_be_numbered(choices, channel)) return worst;
  const Extent numbered =
      words + paragraph + (paged ? numbered_page(choices, channel) : numbered_lines(choices));
  if (some_rows) consider(bound(Place::numbered, numbered, channel.body_max));
  if (!paged && choices.count_max() > rows_max(channel)) {
    consider(bound(Place::alone, numbered + paragraph + prompt, channel.text_max));
  }
  return worst;
}

}  // namespace

std::int64_t limit_of(std::size_t units_max) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max() / 2;
  return units_max > static_cast<std::size_t>(most) ? most : static_cast<std::int64_t>(units_max);
}

std::int64_t ChoicesBound::count_min() const {
  return each_min + static_cast<std::int64_t>(fixed.size());
}

std::int64_t ChoicesBound::count_max() const {
  return each_max + static_cast<std::int64_t>(fixed.size());
}

bool has_pages(const ChoicesBound& choices, const Channel& channel) {
  const std::int64_t rows = rows_max(channel);
  return choices.more && rows > 1 && choices.count_max() > rows;
}

bool may_be_numbered(const ChoicesBound& choices, const Channel& channel) {
  const bool fits = fit_as_buttons(choices, channel) || fit_as_list(choices, channel);
  return !fits || may_look_alike(choices);
}

ChoiceRoom choice_room(const ChoicesBound& choices, const Channel& channel) {
  const std::int64_t rows = rows_max(channel);
  constexpr auto all = Channel::unlimited;
  if (rows == 0) return {limit_of(all), limit_of(all), limit_of(all)};
  const std::int64_t shown = std::min(shown_max(choices, channel), rows);
  const std::int64_t hint = limit_of(channel.list_hint_max);
  ChoiceRoom room{rows, 0, 0};
  if (shown <= limit_of(channel.list_rows_max)) {
    room.label = limit_of(channel.list_label_max);
    room.hint = hint;
  }
  if (shown <= limit_of(channel.buttons_max)) {
    room.label = std::max(room.label, limit_of(channel.button_label_max));
    if (channel.button_hints) room.hint = hint;
  }
  return room;
}

std::int64_t cut_label_max(const ChoicesBound& choices, const Channel& channel) {
  if (channel.choices_max() == 0) return limit_of(Channel::unlimited);
  const bool buttons =
      channel.list_rows_max == 0 || choices.count_max() <= limit_of(channel.buttons_max);
  return limit_of(buttons ? channel.button_label_max : channel.list_label_max);
}

std::int64_t page_label_max(const Channel& channel) {
  ChoicesBound full;
  full.each_max = rows_max(channel);
  return choice_room(full, channel).label;
}

WordsBound words_bound(const Extent& words, const AttachedBound& attached,
                       const ChoicesBound& choices, const Extent& prompt, const Channel& channel) {
  const bool joined = attached.in_words.utf16 > 0;
  const Extent all = joined ? words + paragraph + attached.in_words : words;
  if (!choices.empty()) return worst_above_choices(all, choices, prompt, channel);
  const std::int64_t length = all.in(channel.unit);
  if (attached.link) return {Place::above_link, length, limit_of(channel.body_max)};
  if (attached.asks_place && channel.place_requests) {
    return {Place::above_request, length, limit_of(channel.body_max)};
  }
  const bool caption = channel.media && attached.files == 1 && !attached.place;
  if (caption) return {Place::caption, length, limit_of(channel.caption_max)};
  return {Place::message, length, limit_of(channel.text_max)};
}

}  // namespace alur::dsl

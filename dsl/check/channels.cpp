// Every message fits every channel of the app, or its author has said what then happens.
//
// Why this is right: each message is shown in one of the few forms of engine/machine/present.cpp.
// Which one depends on how many options there are and how long their labels are, and both only make
// it need more; so the form with the least room, taken with the longest words (text_bounds.hpp), is
// the worst case, and when that fits all do.
#include <algorithm>
#include <set>
#include <utility>

#include "dsl/check/channel_check.hpp"
#include "dsl/check/messages.hpp"
#include "engine/program/names.hpp"

namespace alur::dsl {

using program::Channel;

namespace {

bool is_web_address(const ast::Template& url) {
  if (url.parts.empty() || url.parts.front().expression) return false;
  const std::string& begin = url.parts.front().literal;
  return begin.starts_with("https://") || begin.starts_with("http://");
}

// A label of data that would be cut is told as such.
bool covers_labels(std::string_view overflow) {
  return overflow == "number" || overflow == "shorten";
}

}  // namespace

ChannelCheck::ChannelCheck(const ast::App& app, const Symbols& symbols, Findings& findings)
    : app_(app), symbols_(symbols), findings_(findings) {
  for (const ast::Name& name : app.channels) {
    if (const Channel* channel = program::find_channel(name.text)) channels_.push_back(channel);
  }
  for (std::size_t i = 0; i < symbols.languages.size(); ++i) {
    for (const Channel* channel : channels_) {
      longest_.push_back({channel->name, symbols.languages[i], {}, 0, 0});
    }
  }
}

// --- measuring

std::optional<Wording> ChannelCheck::wording(const ast::Text& text, std::size_t language) const {
  const ast::Template* words = wording_in(text, symbols_.languages[language]);
  return words == nullptr ? std::nullopt : wording(*words, language, text.languages.size() > 1);
}

std::optional<Wording> ChannelCheck::wording(const ast::Template& words, std::size_t language,
                                             bool one_of_several) const {
  const auto bound = text_bound(words, *symbols_.shown[language]);
  if (!bound) return std::nullopt;
  return Wording{&words, one_of_several ? symbols_.languages[language] : std::string_view(),
                 *bound};
}

ChoiceBound ChannelCheck::choice_bound(const std::optional<Wording>& label,
                                       const std::optional<Wording>& hint) {
  ChoiceBound choice;
  if (label) {
    choice.label = label->bound.extent;
    choice.has_data = label->bound.has_data;
  }
  if (hint) choice.hint = hint->bound.extent;
  return choice;
}

ChoicesBound ChannelCheck::choices_bound(const ast::Question& question,
                                         std::size_t language) const {
  ChoicesBound choices;
  if (question.each) {
    const ast::Each& each = *question.each;
    std::optional<Wording> hint;
    if (each.hint) hint = wording(*each.hint, language, false);
    choices.each = choice_bound(wording(each.label, language, false), hint);
    if (const value::TypeRef& list = each.list.resolved.type) {
      choices.each_min = list->low;
      choices.each_max = list->high;
    }
  }
  for (const ast::Option& option : question.options) {
    choices.fixed.push_back(
        choice_bound(wording(option.label, language), wording(option.hint, language)));
  }
  if (question.extras.overflow.text == "page")
    choices.more = own_words(program::SystemText::more, language);
  return choices;
}

AttachedBound ChannelCheck::attached_bound(const ast::Extras& extras, std::size_t language,
                                           const Channel& channel, bool has_choices) const {
  AttachedBound attached;
  const auto add_words = [&](const Extent& extent) {
    constexpr Extent paragraph{2, 2, 2};
    if (attached.in_words.utf16 > 0) attached.in_words += paragraph;
    attached.in_words += extent;
  };
  for (const auto* file : {&extras.image, &extras.document}) {
    if (!*file) continue;
    ++attached.files;
    const auto address = wording(**file, language, false);
    if (!channel.media && address) add_words(address->bound.extent);
  }
  if (extras.location) {
    attached.place = true;
    const auto name = wording(extras.location->name, language);
    const auto address = wording(extras.location->address, language);
    constexpr std::int64_t coordinates_max = 2 + 2 * 20;
    if (!channel.media) {
      if (name) add_words(name->bound.extent);
      if (address) add_words(address->bound.extent);
      add_words({coordinates_max, coordinates_max, coordinates_max});
    }
  }
  if (!extras.link) return attached;
  const auto label = wording(extras.link->label, language);
  const auto url = wording(extras.link->url, language, false);
  if (!label || !url) return attached;
  attached.link_label = label->bound.extent;
  attached.link = !has_choices && channel.link_label_max > 0;
  const bool surely = attached.link && is_web_address(extras.link->url) &&
                      attached.link_label.in(channel.unit) <= limit_of(channel.link_label_max);
  constexpr Extent colon{2, 2, 2};
  if (!surely) add_words(attached.link_label + colon + url->bound.extent);
  return attached;
}

Extent ChannelCheck::own_words(program::SystemText which, std::size_t language) const {
  for (const ast::SystemText& entry : app_.texts) {
    if (entry.key.text != program::to_text(which)) continue;
    if (const auto own = wording(entry.text, language)) return own->bound.extent;
  }
  const Extent indonesian = extent_of(program::brought_words(which, "id"));
  const Extent english = extent_of(program::brought_words(which, "en"));
  return indonesian.utf16 > english.utf16 ? indonesian : english;
}

Extent ChannelCheck::prompt(std::size_t language) const {
  return own_words(program::SystemText::number_prompt, language);
}

// --- telling

bool ChannelCheck::is_new(Code code, Span span) {
  return told_.emplace(code, span).second;
}

void ChannelCheck::tell(Finding finding) {
  if (is_new(finding.code, finding.span)) findings_.add(std::move(finding));
}

void ChannelCheck::keep(std::size_t language, std::size_t channel, const WordsBound& room,
                        Span span) {
  if (room.limit >= limit_of(Channel::unlimited)) return;
  LongestText& kept = longest_[language * channels_.size() + channel];
  const LongestText other{kept.channel, kept.language, span, room.length, room.limit};
  if (kept.limit == 0 || other.share() > kept.share()) kept = other;
}

// --- words

void ChannelCheck::check_words(const ast::Text& text, const MessageShape& shape) {
  if (text.empty() || text.broken) return;
  for (std::size_t language = 0; language < symbols_.languages.size(); ++language) {
    const auto words = wording(text, language);
    if (!words) continue;
    check_blank(*words, "text", "is not sent");
    const WordsBound* worst = nullptr;
    const Channel* on = nullptr;
    std::vector<WordsBound> rooms;
    rooms.reserve(channels_.size());
    for (std::size_t i = 0; i < channels_.size(); ++i) {
      rooms.push_back(room_for(*words, shape, language, *channels_[i]));
      keep(language, i, rooms.back(), words->words->span);
      if (rooms.back().fits() || (worst != nullptr && worst->limit <= rooms.back().limit)) continue;
      worst = &rooms.back();
      on = channels_[i];
    }
    const bool split = shape.extras != nullptr && shape.extras->overflow.text == "split";
    if (worst == nullptr || split) continue;
    const bool may_split = shape.extras != nullptr && shape.extras->overflow.text != "page";
    Finding finding = overlong_text(*words, *worst, *on, may_split);
    explain_options(finding, worst->place, language, shape, *on);
    tell(std::move(finding));
  }
}

// The options that make words long below which they are written out.
void ChannelCheck::explain_options(Finding& finding, Place place, std::size_t language,
                                   const MessageShape& shape, const Channel& channel) const {
  if ((place != Place::numbered && place != Place::alone) || each_ == nullptr) return;
  const auto label = wording(each_->label, language, false);
  const value::TypeRef& list = each_->list.resolved.type;
  if (!label || !list) return;
  const ChoicesBound* choices = shape.choices == nullptr ? nullptr : &(*shape.choices)[language];
  const bool paged = choices != nullptr && has_pages(*choices, channel);
  const std::int64_t most =
      paged ? std::min(list->high, choice_room(*choices, channel).count) : list->high;
  finding.related.insert(
      finding.related.begin(),
      {each_->label.span, "each of up to " + with_commas(most) + " labels" +
                              (paged ? " of a page" : "") + " can be " +
                              with_commas(label->bound.extent.utf16) + " characters long"});
}

WordsBound ChannelCheck::room_for(const Wording& words, const MessageShape& shape,
                                  std::size_t language, const Channel& channel) const {
  static const ChoicesBound none;
  const ChoicesBound& choices = shape.choices == nullptr ? none : (*shape.choices)[language];
  AttachedBound attached;
  if (shape.extras != nullptr && shape.attached) {
    attached = attached_bound(*shape.extras, language, channel, !choices.empty());
  }
  attached.asks_place = shape.asks_place;
  return words_bound(words.bound.extent, attached, choices, prompt(language), channel);
}

void ChannelCheck::check_blank(const Wording& words, std::string_view what, std::string_view then) {
  if (!words.bound.may_be_blank) return;
  const std::string_view verb = words.bound.has_data ? " may be blank" : " is blank";
  Finding finding;
  finding.code = Code::blank_text;
  finding.span = words.words->span;
  finding.message = named_wording(words, what) + std::string(verb) + ", and a blank " +
                    std::string(what) + " " + std::string(then);
  finding.suggestion = words.bound.has_data
                           ? "write words around it, or give its type a least length"
                           : "write some words";
  tell(std::move(finding));
}

// --- the parts of a message that have limits of their own

void ChannelCheck::check_link(const ast::Extras& extras, bool has_choices) {
  if (!extras.link || extras.link->label.broken) return;
  for (std::size_t language = 0; language < symbols_.languages.size(); ++language) {
    const auto label = wording(extras.link->label, language);
    if (!label) continue;
    check_blank(*label, "label of a link", "cannot be tapped");
    for (const Channel* channel : channels_) {
      const std::int64_t limit = limit_of(channel->link_label_max);
      if (has_choices || limit == 0 || label->bound.extent.in(channel->unit) <= limit) continue;
      Finding finding = overlong_label(Code::link_label_too_long, "label of a link", *label,
                                       {limit, limit, false}, *channel);
      finding.related.push_back({finding.span,
                                 "the address would stand in the text, and there would be no "
                                 "button"});
      tell(std::move(finding));
    }
  }
}

void ChannelCheck::check_button(const ast::Text& button) {
  if (button.empty() || button.broken) return;
  for (std::size_t language = 0; language < symbols_.languages.size(); ++language) {
    const auto words = wording(button, language);
    if (!words) continue;
    check_blank(*words, "button", "cannot be tapped");
    for (const Channel* channel : channels_) {
      const std::int64_t limit = limit_of(channel->list_button_max);
      if (limit == 0 || words->bound.extent.in(channel->unit) <= limit) continue;
      Finding finding = overlong_label(Code::list_button_too_long, "button that opens a list",
                                       *words, {limit, limit, false}, *channel);
      finding.related.push_back(
          {finding.span, "the list would be opened with the machine's own words instead"});
      tell(std::move(finding));
    }
  }
}

// It stands in a row among the options.
void ChannelCheck::check_more(const ast::Text& more) {
  if (more.empty() || more.broken) return;
  for (std::size_t language = 0; language < symbols_.languages.size(); ++language) {
    const auto words = wording(more, language);
    if (!words) continue;
    check_blank(*words, "entry to the next page", "cannot be tapped");
    for (const Channel* channel : channels_) {
      const std::int64_t limit = page_label_max(*channel);
      if (words->bound.extent.in(channel->unit) <= limit) continue;
      tell(overlong_label(Code::label_too_long, "entry to the next page", *words,
                          {limit, limit, false}, *channel));
    }
  }
}

// Sent as it is approved: in one piece.
void ChannelCheck::check_template(const ast::Text& text) {
  if (text.empty() || text.broken) return;
  for (std::size_t language = 0; language < symbols_.languages.size(); ++language) {
    const auto words = wording(text, language);
    if (!words) continue;
    check_blank(*words, "template", "is not sent");
    for (const Channel* channel : channels_) {
      const std::int64_t limit = limit_of(channel->body_max);
      if (channel->window_ms == 0 || words->bound.extent.in(channel->unit) <= limit) continue;
      tell(overlong_text(*words, {Place::message, words->bound.extent.in(channel->unit), limit},
                         *channel, false));
    }
  }
}

void ChannelCheck::check_labels(const ast::Question& question,
                                const std::vector<ChoicesBound>& choices) {
  for (std::size_t language = 0; language < symbols_.languages.size(); ++language) {
    for (const ast::Option& option : question.options) {
      const auto label = wording(option.label, language);
      const auto hint = wording(option.hint, language);
      if (label) check_blank(*label, "label", "cannot be told from others");
      for (const Channel* channel : channels_) {
        const ChoiceRoom room = choice_room(choices[language], *channel);
        const LabelRoom label_room{room.label, cut_label_max(choices[language], *channel), true};
        const LabelRoom hint_room{room.hint, room.hint, true};
        if (label)
          check_label(Code::label_too_long, "label", *label, label_room, *channel, question);
        if (hint) check_label(Code::hint_too_long, "hint", *hint, hint_room, *channel, question);
      }
    }
    if (!question.each) continue;
    if (const auto label = wording(question.each->label, language, false)) {
      check_blank(*label, "label", "cannot be told from others");
    }
  }
}

void ChannelCheck::check_label(Code code, std::string_view what, const Wording& words,
                               const LabelRoom& room, const Channel& channel,
                               const ast::Question& question) {
  if (words.bound.extent.in(channel.unit) <= room.limit) return;
  if (covers_labels(question.extras.overflow.text)) return;
  tell(overlong_label(code, what, words, room, channel));
}

void ChannelCheck::check_count(const ast::Question& question,
                               const std::vector<ChoicesBound>& choices) {
  const std::string& overflow = question.extras.overflow.text;
  if (choices.empty() || question.each || overflow == "number" || overflow == "page") return;
  for (const Channel* channel : channels_) {
    const std::int64_t most = choice_room(choices.front(), *channel).count;
    const std::int64_t count = choices.front().count_max();
    if (count <= most) continue;
    Finding finding;
    finding.code = Code::too_many_options;
    finding.span = question.span;
    const bool lists = channel->list_rows_max > 0;
    finding.message = "this question has " + with_commas(count) + " options, and " +
                      (lists ? "a list of `" : "a message of `") + channel->name + "` holds " +
                      with_commas(most);
    finding.suggestion = "offer fewer, or write `overflow: page`";
    finding.related.push_back(
        {question.span,
         "`overflow: page` would show them in pages, with an entry that leads to the next; "
         "`overflow: number` would write all of them numbered into the text, with nothing to tap"});
    tell(std::move(finding));
  }
}

// What the author wrote about overflow must have something to do here.
void ChannelCheck::check_overflow(const ast::Extras& extras, const ast::Question* question) {
  const ast::Name& overflow = extras.overflow;
  if (overflow.empty() || overflow.text == "split") return;
  const bool has_options = question != nullptr && (question->each || !question->options.empty());
  if (!has_options) {
    findings_.add(Code::useless_overflow, overflow.span,
                  "`overflow: " + overflow.text + "` is about options, and there are none here",
                  "write `overflow: split`, or leave it out");
    return;
  }
  if (overflow.text != "shorten") return;
  const auto made_of_data = [](const ast::Text& text) {
    return std::any_of(text.languages.begin(), text.languages.end(),
                       [](const ast::LocalText& label) { return !fixed_words(label.text); });
  };
  const bool data = question->each ||
                    std::any_of(question->options.begin(), question->options.end(),
                                [&](const ast::Option& option) {
                                  return made_of_data(option.label) || made_of_data(option.hint);
                                });
  if (!data) return;
  findings_.add(Code::shortened_data, overflow.span,
                "some of these labels come from data, and a shortened name may be another's name",
                "write `overflow: number`: the full labels then stand in the text");
}

// --- the walk

void ChannelCheck::verb(const ast::Say& say) {
  check_words(say.text, {&say.extras, nullptr, true});
  check_link(say.extras, false);
  check_overflow(say.extras, nullptr);
  Walk::verb(say);
}

void ChannelCheck::action(const ast::Action& action) {
  check_words(action.say, {});
  Walk::action(action);
}

void ChannelCheck::verb(const ast::Question& question) {
  std::vector<ChoicesBound> choices;
  for (std::size_t language = 0; language < symbols_.languages.size(); ++language) {
    choices.push_back(choices_bound(question, language));
    choices.back().same_labels = check_same_labels(question, language, choices.back());
  }
  const bool has_choices = question.each || !question.options.empty();
  const auto* outer_each = std::exchange(each_, question.each ? &*question.each : nullptr);
  const value::TypeRef& into = question.resolved_into.type;
  const bool asks_place = into && into->kind == value::TypeKind::location;
  const bool outer_asks = std::exchange(asks_place_, asks_place);
  check_words(question.text, {&question.extras, &choices, true, asks_place});
  check_link(question.extras, has_choices);
  check_button(question.button);
  check_labels(question, choices);
  check_count(question, choices);
  check_overflow(question.extras, &question);
  if (question.no_match.empty() && has_choices) check_default_words(question, choices);
  const auto* outer = std::exchange(choices_, &choices);
  const auto* outer_extras = std::exchange(extras_, &question.extras);
  Walk::verb(question);
  choices_ = outer;
  each_ = outer_each;
  extras_ = outer_extras;
  asks_place_ = outer_asks;
}

// Words of a retry stand above the options again, unless it leads away.
void ChannelCheck::rung(const ast::Rung& rung) {
  const bool leaves = rung.action.leaves();
  check_words(rung.text, {extras_, leaves ? nullptr : choices_, false, asks_place_ && !leaves});
  Walk::rung(rung);
}

void ChannelCheck::silence(const ast::Silence& silence) {
  const bool leaves = silence.action.leaves();
  check_words(silence.text, {extras_, leaves ? nullptr : choices_, false, asks_place_ && !leaves});
  Walk::silence(silence);
}

// The app's own retry words above the options of this question.
void ChannelCheck::check_default_words(const ast::Question& question,
                                       const std::vector<ChoicesBound>& choices) {
  if (question.extras.overflow.text == "split") return;
  for (std::size_t language = 0; language < symbols_.languages.size(); ++language) {
    for (const Channel* channel : channels_) {
      if (!may_be_numbered(choices[language], *channel)) continue;
      for (const ast::Rung& rung : app_.no_match) {
        const auto words = wording(rung.text, language);
        if (!words || rung.action.leaves()) continue;
        const WordsBound room =
            words_bound(words->bound.extent, {}, choices[language], prompt(language), *channel);
        if (room.fits() || words->bound.extent.in(channel->unit) > room.limit) continue;
        Finding finding = overlong_text(*words, room, *channel, true);
        finding.related.insert(finding.related.begin(),
                               {finding.span, "these are the app's retry words, of `defaults`"});
        finding.span = question.span;
        tell(std::move(finding));
      }
    }
  }
}

void ChannelCheck::defaults() {
  // Words of a retry mostly stand above options, those of somebody's question.
  const std::vector<ChoicesBound> some_options(symbols_.languages.size(), [] {
    ChoicesBound choices;
    choices.fixed.resize(2);
    return choices;
  }());
  choices_ = &some_options;
  for (const ast::Rung& each : app_.no_match) rung(each);
  for (const ast::Silence& each : app_.no_input) silence(each);
  choices_ = nullptr;
  for (const ast::Handler& each : app_.anytime) handler(each);
  for (const ast::SystemText& entry : app_.texts) {
    if (entry.key.text == "open_list") {
      check_button(entry.text);
    } else if (entry.key.text == "more") {
      check_more(entry.text);
    } else if (entry.key.text != "number_prompt") {
      check_words(entry.text, {});
    }
  }
  for (const ast::TemplateDecl& entry : app_.templates) check_template(entry.text);
}

}  // namespace alur::dsl

// Pages: a question with `overflow: page` shows its choices in as many pieces as its channel needs,
// and the entry `more` leads from each to the next. All of its options are heard on every page.
#include <algorithm>

#include "engine/machine/walk.hpp"
#include "engine/program/channel.hpp"
#include "engine/value/phrase.hpp"

namespace alur::machine {

using program::none;
using program::SystemText;

namespace {

// Each page but the last is full, the entry `more` among its rows; the last holds the rest.
std::size_t pages_of(std::size_t choices, std::size_t rows) {
  return choices <= rows || rows < 2 ? 1 : (choices - 2) / (rows - 1) + 1;
}

}  // namespace

// How many rows of the present question's channel a page fills; 0 where it has no pages.
std::size_t Walk::page_rows() {
  const program::Message& source = unit(top().position.unit).messages[question().message];
  if (source.overflow != program::Overflow::page) return 0;
  const program::Channel* channel =
      program::find_channel(program_.app().channels[session_.channel]);
  return channel ? channel->choices_max() : 0;
}

// 1 where all choices are shown at once.
std::size_t Walk::page_count() {
  return pages_of(session_.offers.size() + question().options.size(), page_rows());
}

// Leaves the choices of the present page, and the entry that leads on.
void Walk::cut_page(Message& message) {
  const std::size_t pages = page_count();
  if (pages == 1) return;
  if (session_.page >= pages) session_.page = 0;  // another version of the app had more
  const auto full = static_cast<std::ptrdiff_t>(page_rows() - 1);
  const auto begin = message.choices.begin() + session_.page * full;
  message.choices_before = static_cast<std::size_t>(session_.page * full);
  const bool last = session_.page + 1u == pages;
  if (!last) message.choices.erase(begin + full, message.choices.end());
  message.choices.erase(message.choices.begin(), begin);
  if (last) return;
  message.choices.push_back({{session_.serial, page_key, session_.page + 1u},
                             program_.system_text(SystemText::more, session_.language),
                             {}});
}

// What asks for the next page, in every language; nothing where there is one page.
std::vector<std::string> Walk::more_words() {
  std::vector<std::string> words;
  if (page_count() == 1) return words;
  for (Index i = 0; i < program_.app().languages.size(); ++i) {
    words.push_back(value::normalised_phrase(program_.system_text(SystemText::more, i)));
  }
  return words;
}

bool Walk::hear_page(const Tap& tap) {
  const std::size_t pages = page_count();
  if (tap.option != page_key || pages == 1 || tap.item >= pages) return false;
  turn_page(tap.item, Rule::tap, 0);
  return true;
}

bool Walk::is_next_page(std::string_view words) {
  const std::vector<std::string> all = more_words();
  return std::find(all.begin(), all.end(), words) != all.end();
}

// No attempt: the citizen reads on. Silence begins anew, for they are there. What stood beside the
// question was sent with it.
void Walk::turn_page(std::size_t page, Rule rule, Index edits) {
  const Position at = top().position;
  note(TraceKind::took, at.unit, none, edits, static_cast<std::uint8_t>(rule));
  note(TraceKind::turned, at.unit, code(at).c, static_cast<Index>(page + 1));
  session_.page = static_cast<std::uint16_t>(page);
  Message shown = message(at.unit, question().message, Message::Kind::question);
  shown.attachment.reset();
  add_choices(shown, at);
  turn_.messages.push_back(std::move(shown));
  await_silence();
}

// After the last page the first comes again.
void Walk::next_page(Rule rule, Index edits) {
  turn_page((session_.page + 1u) % page_count(), rule, edits);
}

}  // namespace alur::machine

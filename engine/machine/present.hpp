// Presenting: which form a message takes on a channel: buttons, a list, numbered text, one message
// or several. Pure; what goes over the wire is the adapters'. Nothing is ever cut silently, and
// every choice stays reachable, by a tap or by typing its number or label.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/message.hpp"
#include "engine/program/channel.hpp"
#include "engine/program/program.hpp"

namespace alur::machine {

// A button or the row of a list.
struct ShownChoice {
  std::string tap;  // to_text(Tap)
  std::string label;
  std::string hint;
};

// One message as a channel takes it, within the channel's limits.
struct Shown {
  enum class Kind : std::uint8_t {
    text,
    image,
    document,
    location,
    buttons,
    list,
    link,
    place_request,  // with a button that sends where the citizen is
    template_words  // approved by the channel's operator under the name in `label`
  };
  Kind kind = Kind::text;
  std::string text;                  // words, caption or body; never blank where a channel needs it
  std::vector<ShownChoice> choices;  // of buttons and of a list, in order
  // Of the link's button, or of the button that opens the list; the name of a template.
  std::string label;
  std::string url;  // of the image, document or link
  Location location;
  std::string language;  // of a template: one of the app's
  std::string reply_to;  // the channel's id of the citizen's message that it answers; empty: none
};
std::string_view to_text(Shown::Kind kind);

// The machine's own words, in the session's language.
struct SystemWords {
  std::string_view open_list;
  std::string_view number_prompt;
};
SystemWords system_words(const program::Program& program, program::Index language);

// Choices are buttons where they fit, else a list. Labels that do not fit, or that are not all
// different, stand numbered in the words, and the buttons or rows bear the numbers; `shorten` cuts
// labels instead, with an ellipsis and never those that come from data. More choices than a list
// holds are numbered words alone; `page` has them cut into pages before (pages.cpp). Attachments
// come first, words too long for one message follow in several, the choices are on the last.
std::vector<Shown> present(const Message& message, const program::Channel& channel,
                           const SystemWords& words);

}  // namespace alur::machine

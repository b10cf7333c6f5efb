// Message: what the bot says, before any channel has its say. How a channel shows it is decided in
// present.hpp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/machine/tap.hpp"
#include "engine/program/unit.hpp"
#include "engine/value/decimal.hpp"

namespace alur::machine {

struct Choice {
  Tap tap;
  std::string label;
  std::string hint;
};

struct Location {
  value::Decimal latitude;
  value::Decimal longitude;
  std::string name;
  std::string address;
};

// What a message carries beside its words; a URL or an empty string. A template carries nothing
// else.
struct Attachment {
  std::string image;
  std::string document;
  std::string link_label;
  std::string link_url;
  std::unique_ptr<Location> location;
  std::string template_name;
  std::string template_language;  // of the app's
};

struct Message {
  enum class Kind : std::uint8_t { say, question, retry, system };
  Kind kind = Kind::say;
  program::Overflow overflow = program::Overflow::fit;
  bool data_labels = false;  // some label comes from data: numbered where it does not fit
  bool positions = true;     // "n" means the n-th choice; not so where a label is itself a number
  bool asks_place = false;   // where the citizen is; not where there are choices
  std::string text;
  std::vector<Choice> choices;  // in order; on a page but the last, the entry to the next ends them
  std::size_t choices_before = 0;  // on earlier pages
  std::string button;              // opens a list, where the channel has one
  std::unique_ptr<Attachment> attachment;
  program::Index unit = 0;  // where it was written
  program::Place place;
};

// What stands for the i-th choice of the message where choices are numbered: its position among
// all, whatever the page; 0 for the entry that shows the next page.
inline std::size_t number_of(const Message& message, std::size_t i) {
  return message.choices[i].tap.option == page_key ? 0 : message.choices_before + i + 1;
}

}  // namespace alur::machine

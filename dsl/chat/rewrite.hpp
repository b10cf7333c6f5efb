// Writing `.chat` lines: what was said, as the line that expects it exactly; and a file in which
// some lines are replaced while every other byte stays as it was.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/chat/chat.hpp"

namespace alur::dsl {

struct PlainAttachment {
  ExpectedAttachment::Kind kind = ExpectedAttachment::Kind::image;
  std::string label;  // of a link
  std::string url;    // none of a location; the name of a template
};

// What the bot said.
struct PlainMessage {
  std::string text;
  std::vector<std::string> choices;
  std::vector<PlainAttachment> attachments;
};

using Lines = std::vector<std::string>;

// `< text`, further lines indented; exact, whatever the text looks like.
Lines print_expected_text(std::string_view text);
// `  [A] [B]` and `  (image URL)`; none where there are none.
Lines print_expected_notes(const PlainMessage& message);
Lines print_expected(const PlainMessage& message);
// `> text`, `> [Label]`
Lines print_said_text(std::string_view text);
std::string print_tap(std::string_view label);

// An empty range inserts before its line.
struct LineEdit {
  LineRange lines;
  Lines instead;
};

// The edits do not overlap; their order does not matter. New lines end as the file's first does.
std::string apply_edits(std::string_view source, std::vector<LineEdit> edits);

}  // namespace alur::dsl

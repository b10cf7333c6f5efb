// The mistakes that can be mended while reading: each in words, with the edits that take it out of
// the way. Places are places in the mended text. Who meets a mistake decides which one it is;
// nothing here looks for any.
#pragma once

#include <cstdint>
#include <string_view>

#include "dsl/yaml/mended_text.hpp"
#include "dsl/yaml/node.hpp"
#include "dsl/yaml/trouble.hpp"

namespace alur::dsl {

// A range of bytes in the mended text.
struct Range {
  std::uint32_t begin;
  std::uint32_t end;
};

// Texts that begin with something that YAML reads as its own.
Trouble special_first_character(const MendedText& mended, Range text);
// The text begins with a bracket: all its brackets are in the way.
Trouble text_in_brackets(const MendedText& mended, Range text);
// A `*` or `&` begins the text: an alias or anchor if its partner is in the file.
Trouble anchor_or_alias(const MendedText& mended, Range text);
// A `!` begins the text: a tag, if it looks like one.
Trouble yaml_tag(const MendedText& mended, Range text);

// Texts with something in them that YAML reads as its own.
Trouble colon_in_text(const MendedText& mended, Range text, std::uint32_t colon);
// `mends`: the file is only right if the comment is part of the text.
Trouble hash_in_text(const MendedText& mended, std::uint32_t hash, bool mends);
// Inside `{ }`; what follows the comma has become a key.
Trouble comma_in_text(const MendedText& mended, Range text, std::uint32_t comma);
// Inside `[ ]` or `{ }`.
Trouble question_mark_in_text(const MendedText& mended, Range text);
Trouble bracket_in_text(const MendedText& mended, Range text, std::uint32_t at);

// Keys.
// Every key inside these `{ }` lacks a value: they are meant as text.
Trouble text_in_braces(const MendedText& mended, Range braces);
// One of them does.
Trouble key_without_value(const MendedText& mended, Range key);
Trouble missing_space(const MendedText& mended, Range key, std::uint32_t colon);
Trouble bad_key(const MendedText& mended, std::uint32_t at);
Trouble repeated_key(const Node& first, const Node& again);

// Quotes and brackets.
Trouble unterminated_quote(const MendedText& mended, std::uint32_t quote);
Trouble text_after_quote(const MendedText& mended, Range text, std::uint32_t closing);
Trouble bad_escape(const MendedText& mended, std::uint32_t backslash);
// Mended at the end of the line that opens it.
Trouble unclosed_bracket(const MendedText& mended, std::uint32_t bracket);
Trouble stray_bracket(const MendedText& mended, std::uint32_t bracket);

// Lines.
Trouble tab_in_indentation(const MendedText& mended, std::uint32_t tab);
Trouble second_document(const MendedText& mended, std::uint32_t at);
Trouble directive(const MendedText& mended, std::uint32_t at);
// `wanted`: the number of blanks that its neighbours begin with.
Trouble wrong_indentation(const MendedText& mended, std::uint32_t at, std::uint32_t wanted);
// A line read as part of the plain text above it, though it looks like structure.
Trouble continued_as_text(const MendedText& mended, std::uint32_t at);
// The next two lose the line and all that is indented below it.
Trouble stray_line(const MendedText& mended, std::uint32_t at);
Trouble unreadable(const MendedText& mended, std::uint32_t at);

// Takes out the line that holds the byte `at` of the source, and what is indented below it.
Edit blank_lines(std::string_view source, std::uint32_t at);

}  // namespace alur::dsl

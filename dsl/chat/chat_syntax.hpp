// What the grammars of `.chat` lines read: slices of the author's text, nothing decided yet.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dsl/grammar/halt.hpp"
#include "dsl/grammar/slice.hpp"

namespace alur::dsl::syntax {

// `channel: whatsapp`
struct HeaderLine {
  Slice key;
  Slice value;
};
std::optional<Halt> read_header(Slice text, HeaderLine& tree);

enum class TextPieceKind : std::uint8_t { literal, anything, capture };

// A capture's slice is its name.
struct TextPiece {
  TextPieceKind kind{};
  Slice text;
};
std::optional<Halt> read_pieces(Slice text, std::vector<TextPiece>& tree);

enum class SayKind : std::uint8_t { tap, sign, text };

// `[Label]`, `!image the rest`, or words.
struct SayHead {
  SayKind kind{};
  Slice word;  // of a sign
  Slice text;
};
std::optional<Halt> read_say(Slice text, SayHead& tree);

enum class ExpectKind : std::uint8_t {
  any_of,
  in_any_order,
  nothing,
  anything,
  not_said,
  pattern,
  text
};

struct ExpectHead {
  ExpectKind kind{};
  Slice text;
};
std::optional<Halt> read_expectation(Slice text, ExpectHead& tree);

// `[A] [B]`: what stands between the brackets, escapes included.
std::optional<Halt> read_choices(Slice text, std::vector<Slice>& tree);

// `(link Buka situs https://...)`
struct AttachmentLine {
  Slice kind;
  Slice rest;
};
std::optional<Halt> read_attachment(Slice text, AttachmentLine& tree);

enum class ValueKind : std::uint8_t {
  record,
  list,
  text,
  datetime,
  date,
  time,
  duration,
  number,
  word
};

struct FieldTree;

struct ValueTree {
  ValueKind kind{};
  Slice word;  // of all but records and lists
  std::vector<FieldTree> fields;
  std::vector<ValueTree> items;
  Slice extent;
};

struct FieldTree {
  Slice name;
  ValueTree value;
};
// The depth of brackets must have been checked: these recurse.
std::optional<Halt> read_value(Slice text, ValueTree& tree);
// `name = "Budi"`
std::optional<Halt> read_preset(Slice text, FieldTree& tree);

// `registry.lookup licensed {...}`
struct ServiceLine {
  Slice service;
  Slice outcome;
  std::vector<ValueTree> value;  // at most one
};
std::optional<Halt> read_service(Slice text, ServiceLine& tree);

// `until 2026-01-06 08:00`, `10m`
struct TimeLine {
  bool until = false;
  Slice time;
};
std::optional<Halt> read_time_line(Slice text, TimeLine& tree);

// `var contact.name is "Budi"` without its first word.
struct VariableLine {
  Slice name;
  ValueTree value;
};
std::optional<Halt> read_variable(Slice text, VariableLine& tree);

// `silence in 10m` of `timer silence in 10m`.
struct TimerLine {
  Slice kind;
  Slice time;
};
std::optional<Halt> read_timer(Slice text, TimerLine& tree);

// What a Halt may say was wanted.
inline constexpr const char* wanted_bracket = "bracket";
inline constexpr const char* wanted_slash = "slash";
inline constexpr const char* wanted_value = "value";
inline constexpr const char* wanted_field_name = "field name";
inline constexpr const char* wanted_colon = "colon";

}  // namespace alur::dsl::syntax

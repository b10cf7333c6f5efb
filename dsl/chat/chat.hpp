// A scripted conversation as it is written: what a citizen says, what is expected of the bot, what
// services, people and the clock do. The tree of a `.chat` file; what it means for an app, and
// whether the app does as expected, is left to tools/replay.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dsl/ast/expression.hpp"
#include "dsl/finding/source.hpp"
#include "engine/value/civil_time.hpp"
#include "engine/value/decimal.hpp"
#include "engine/value/value.hpp"

namespace alur::dsl {

// Whole lines of the file, counted from 1; `end` is the line after the last.
struct LineRange {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  bool empty() const { return first == end; }
  bool operator==(const LineRange&) const = default;
};

// A text with what stands for other words in it: `...` and `{captures}`.
struct ChatText {
  struct Piece {
    enum class Kind : std::uint8_t { literal, anything, capture };
    Kind kind = Kind::literal;
    std::string text;  // literal: in NFC; capture: its name
    Span span;
  };
  std::vector<Piece> pieces;
  Span span;

  bool is_anything() const {
    return pieces.size() == 1 && pieces.front().kind == Piece::Kind::anything;
  }
};

struct ChatField;

// A value as expressions write it, with records `{name: value}` and lists `[a, b]` beside.
struct ChatValue {
  enum class Kind : std::uint8_t {
    unset,
    truth,  // text: "true" or "false"
    number,
    text,
    date,      // text: ISO
    time,      // text: HH:MM
    datetime,  // local
    duration,  // milliseconds
    word,      // text: a member of an enumeration
    record,
    list,
  };
  Kind kind = Kind::unset;
  std::string text;
  value::Decimal number;
  value::LocalTime local;
  std::int64_t milliseconds = 0;
  std::vector<ChatField> fields;
  std::vector<ChatValue> items;
  Span span;
};

struct ChatField {
  ast::Name name;
  ChatValue value;
};

// `> halo`, `> [Cek lembaga]`, `> !image the receipt`
struct Say {
  enum class Kind : std::uint8_t { text, tap, media, reaction, edited, deleted, unsupported };
  Kind kind = Kind::text;
  value::MediaKind media = value::MediaKind::image;
  ChatText text;  // a tap's label, a caption, a reaction's emoji
};

// `(image URL)`, `(link Label URL)`, `(template NAME)`; texts without pieces where they are not
// written.
struct ExpectedAttachment {
  enum class Kind : std::uint8_t { image, document, link, location, template_name };
  Kind kind = Kind::image;
  ChatText label;
  ChatText url;  // or the template's name
  Span span;
};

struct ExpectedMessage {
  bool is_pattern = false;  // `/RE2/`
  std::string pattern;
  ChatText text;
  bool has_choices = false;       // `[A] [B]` is written; without it any choices will do
  std::vector<ChatText> choices;  // one that is_anything() stands for any number of them
  std::vector<ExpectedAttachment> attachments;
  Span span;
  LineRange text_lines;
  LineRange note_lines;  // of choices and attachments; empty, at where they would stand, if none
};

// `<` and what belongs to it.
struct Expectation {
  enum class Kind : std::uint8_t {
    message,
    maybe,         // `<? text`
    any_of,        // one message that is one of these
    in_any_order,  // as many messages, in any order
    not_said,      // no message of the answer is this
    nothing,       // nothing is said
    anything,      // any number of messages
  };
  Kind kind = Kind::message;
  std::vector<ExpectedMessage> messages;
};

// `~ 10m`, `~ until 2026-01-06 08:00`
struct PassTime {
  bool until = false;
  std::int64_t milliseconds = 0;
  value::LocalTime local;
};

// `! registry.lookup licensed {...}`
struct ServiceActs {
  ast::Name service;
  bool hangs = false;  // never answers
  bool works = false;  // again as if no line had spoken for it
  ast::Name outcome;
  std::optional<ChatValue> value;
};

// `! handoff closed`
struct HandoffActs {
  ast::Name outcome;  // of a handoff, or `accepted`
};

// `agent ani accepts`, and what else agents do. What is said to a desk, not to a citizen.
struct AgentActs {
  enum class Kind : std::uint8_t {
    comes_online,  // queues, units, supervisor
    is,            // object: online, busy, away, offline
    is_lost,       // the connection
    is_back,
    accepts,
    declines,
    says,            // words
    sends_template,  // object: a template of the app
    transfers,       // object: an agent, a queue, or `supervisor`; note
    returns,         // to the bot; object: a state of the flow, or none
    closes,          // object: the wrap-up code
  };
  ast::Name agent;
  Kind kind = Kind::accepts;
  ast::Name object;
  std::vector<ast::Name> queues;  // empty: all
  std::int64_t units = 0;         // 0: as many as agents have
  bool supervisor = false;
  ChatText words;
  std::string note;
};

// `! 3 others wait in general`: other citizens, who are no trouble to anybody.
struct OthersWait {
  std::int64_t count = 0;
  ast::Name queue;
};

// `! language en`: the channel knows what the citizen speaks.
struct LanguageActs {
  ast::Name language;
};

// `= state menu`
struct Assertion {
  enum class Kind : std::uint8_t {
    state,
    flow,
    var_is,  // name, value
    set,     // name
    unset,   // name
    queue,
    outcome,
    ended,
    rests,
    timers,  // count
    timer,   // name: the kind; milliseconds
    tracked,
    language,
    owner,     // name: bot, queue, or an agent
    load,      // name: an agent; value
    position,  // count
    refused,   // name: by which word the desk refuses what an agent does
  };
  Kind kind = Kind::ended;
  ast::Name name;
  std::optional<ChatValue> value;
  std::int64_t count = 0;
  std::int64_t milliseconds = 0;
  Span operand;  // all that follows the first word
};

struct ChatLine {
  std::variant<Say, Expectation, PassTime, ServiceActs, HandoffActs, LanguageActs, AgentActs,
               OthersWait, Assertion>
      what;
  Span span;  // of the first line
  LineRange lines;
};

struct Chat {
  ast::Name title;
  ast::Name channel;   // empty: the app's first
  ast::Name language;  // empty: the app's first
  std::optional<value::LocalTime> clock;
  std::vector<ChatField> contact;
  std::vector<ChatLine> lines;
};

struct ChatFile {
  FileId file{};
  std::vector<Chat> chats;
};

// Without `clock:` a chat begins then, in the app's timezone.
value::LocalTime default_chat_clock();

}  // namespace alur::dsl

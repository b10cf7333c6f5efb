// What a citizen says, taps and sends.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dsl/chat/chat_syntax.hpp"
#include "dsl/chat/chat_text.hpp"
#include "dsl/chat/parse_lines.hpp"
#include "dsl/finding/near_miss.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {
namespace {

struct Sign {
  std::string_view word;
  Say::Kind kind;
  value::MediaKind media;
};

constexpr std::array<Sign, 11> signs{{
    {"image", Say::Kind::media, value::MediaKind::image},
    {"voice", Say::Kind::media, value::MediaKind::audio},
    {"video", Say::Kind::media, value::MediaKind::video},
    {"document", Say::Kind::media, value::MediaKind::document},
    {"sticker", Say::Kind::media, value::MediaKind::sticker},
    {"location", Say::Kind::media, value::MediaKind::location},
    {"contact", Say::Kind::media, value::MediaKind::contact},
    {"reaction", Say::Kind::reaction, value::MediaKind::image},
    {"edited", Say::Kind::edited, value::MediaKind::image},
    {"deleted", Say::Kind::deleted, value::MediaKind::image},
    {"unsupported", Say::Kind::unsupported, value::MediaKind::image},
}};

void refuse_sign(ChatReading& reading, Slice word) {
  std::vector<std::string_view> words;
  for (const Sign& sign : signs) words.push_back(sign.word);
  const std::string message =
      fmt::format("a citizen cannot send {}", quoted("!" + std::string(word.view())));
  Finding finding{Code::chat_unknown_input, reading.span(word), message, {}, {}, {}};
  suggest(finding, word.view(), words);
  if (finding.suggestion.empty()) {
    finding.suggestion = "begin the line with `\\` if the words are meant as they stand";
  }
  reading.findings().add(std::move(finding));
}

std::optional<Say> parse_sign(ChatReading& reading, const syntax::SayHead& head) {
  const auto sign = std::find_if(signs.begin(), signs.end(), [&](const Sign& candidate) {
    return candidate.word == head.word.view();
  });
  if (sign == signs.end()) {
    refuse_sign(reading, head.word);
    return std::nullopt;
  }
  Say say;
  say.kind = sign->kind;
  say.media = sign->media;
  if (!head.text.empty()) append_text_line(reading, head.text, Voice::citizen, say.text);
  return say;
}

void append_body(ChatReading& reading, const Block& block, Say& say) {
  for (const SourceLine& line : block.body) {
    const auto words = indented_words(reading, line);
    if (!words) continue;
    if (!say.text.pieces.empty()) append_line_break(say.text);
    append_text_line(reading, *words, Voice::citizen, say.text);
  }
}

}  // namespace

std::optional<Say> parse_say(ChatReading& reading, const Block& block, Slice words) {
  Say say;
  syntax::SayHead head;
  if (!words.empty() && *words.first == '\\') {
    append_text_line(reading, words, Voice::citizen, say.text);
  } else if (const auto halt = syntax::read_say(words, head)) {
    reading.refuse(Code::chat_never_closed, place_at(words, halt->at),
                   "the label is not closed with a `]`",
                   "begin the line with `\\` if the words are meant as they stand");
    return std::nullopt;
  } else if (head.kind == syntax::SayKind::tap) {
    refuse_body(reading, block);
    say.kind = Say::Kind::tap;
    say.text = read_label(reading, head.text, Voice::citizen);
    return say;
  } else if (head.kind == syntax::SayKind::sign) {
    auto sign = parse_sign(reading, head);
    if (!sign) return std::nullopt;
    say = std::move(*sign);
  } else if (!head.text.empty()) {
    append_text_line(reading, head.text, Voice::citizen, say.text);
  }
  append_body(reading, block, say);
  return say;
}

}  // namespace alur::dsl

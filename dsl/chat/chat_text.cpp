#include "dsl/chat/chat_text.hpp"

#include <fmt/format.h>

#include <cassert>

#include "dsl/chat/chat_syntax.hpp"
#include "engine/value/text.hpp"

namespace alur::dsl {

using Kind = ChatText::Piece::Kind;

namespace {

void append_literal(std::string words, Span span, ChatText& text) {
  if (words.empty()) return;
  if (!text.pieces.empty() && text.pieces.back().kind == Kind::literal) {
    text.pieces.back().text += words;
    text.pieces.back().span = cover(text.pieces.back().span, span);
  } else {
    text.pieces.push_back({Kind::literal, std::move(words), span});
  }
}

void append_capture(ChatReading& reading, Slice name, Voice voice, ChatText& text) {
  std::string word(name.view());
  if (voice == Voice::expected) {
    reading.capture(word);
  } else if (!reading.is_captured(word)) {
    reading.refuse(Code::chat_unknown_capture, name,
                   fmt::format("nothing before this line has captured `{}`", word),
                   "begin the line with `\\` if the braces are meant");
  }
  text.pieces.push_back({Kind::capture, std::move(word), reading.span(name)});
}

void append_pieces(ChatReading& reading, Slice words, Voice voice, ChatText& text) {
  std::vector<syntax::TextPiece> pieces;
  const auto halt = syntax::read_pieces(words, pieces);
  assert(!halt && "every text can be cut into pieces");
  for (const syntax::TextPiece& piece : pieces) {
    if (piece.kind == syntax::TextPieceKind::capture) {
      append_capture(reading, piece.text, voice, text);
    } else if (piece.kind == syntax::TextPieceKind::anything && voice != Voice::citizen) {
      text.pieces.push_back({Kind::anything, {}, reading.span(piece.text)});
    } else {
      append_literal(value::to_nfc(piece.text.view()), reading.span(piece.text), text);
    }
  }
}

}  // namespace

void append_text_line(ChatReading& reading, Slice line, Voice voice, ChatText& text) {
  const Span span = reading.span(line);
  text.span = text.pieces.empty() ? span : cover(text.span, span);
  if (!line.empty() && *line.first == '\\') {
    const Slice rest{line.first + 1, line.last};
    return append_literal(value::to_nfc(rest.view()), reading.span(rest), text);
  }
  append_pieces(reading, line, voice, text);
}

void append_line_break(ChatText& text) {
  append_literal("\n", {text.span.file, text.span.end, text.span.end}, text);
}

ChatText read_text_line(ChatReading& reading, Slice line, Voice voice) {
  ChatText text;
  append_text_line(reading, line, voice, text);
  return text;
}

ChatText literal_text(const ChatReading& reading, Slice words) {
  ChatText text;
  text.span = reading.span(words);
  append_literal(value::to_nfc(words.view()), text.span, text);
  return text;
}

ChatText read_label(ChatReading& reading, Slice label, Voice voice) {
  label = without_blanks(label);
  ChatText text;
  text.span = reading.span(label);
  const char* begin = label.first;
  for (const char* at = label.first; at != label.last; ++at) {
    if (*at != '\\' || at + 1 == label.last) continue;
    append_pieces(reading, {begin, at}, voice, text);
    append_literal(std::string(1, at[1]), reading.span({at, at + 2}), text);
    begin = ++at + 1;
  }
  append_pieces(reading, {begin, label.last}, voice, text);
  return text;
}

Slice place_at(Slice text, const char* at) {
  while (at != text.last && *at == ' ') ++at;
  const char* end = at;
  if (end != text.last) ++end;
  while (end != text.last && (static_cast<unsigned char>(*end) & 0xC0) == 0x80) ++end;
  return {at, end};
}

Slice without_blanks(Slice text) {
  while (!text.empty() && *text.first == ' ') ++text.first;
  while (!text.empty() && text.last[-1] == ' ') --text.last;
  return text;
}

}  // namespace alur::dsl

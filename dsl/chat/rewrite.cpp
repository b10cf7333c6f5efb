#include "dsl/chat/rewrite.hpp"

#include <algorithm>

#include "dsl/chat/chat_syntax.hpp"
#include "engine/value/text.hpp"

namespace alur::dsl {
namespace {

Lines lines_of(std::string_view text) {
  Lines lines;
  for (std::string_view rest = value::trimmed(text);;) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) {
      line.remove_suffix(1);
    }
    lines.emplace_back(line);
    if (end == rest.size()) return lines;
    rest.remove_prefix(end + 1);
  }
}

bool has_stand_ins(std::string_view line, bool dots_count) {
  std::vector<syntax::TextPiece> pieces;
  syntax::read_pieces(Slice::of(line), pieces);
  return std::any_of(pieces.begin(), pieces.end(), [&](const syntax::TextPiece& piece) {
    return piece.kind == syntax::TextPieceKind::capture ||
           (dots_count && piece.kind == syntax::TextPieceKind::anything);
  });
}

bool begins_with(std::string_view line, std::string_view signs) {
  return !line.empty() && signs.find(line.front()) != std::string_view::npos;
}

// Whether it would be taken for something else than these words.
bool misread_as_expected(std::string_view line) {
  if (begins_with(line, "\\/[<") || has_stand_ins(line, true)) return true;
  syntax::ExpectHead head;
  syntax::read_expectation(Slice::of(line), head);
  return head.kind != syntax::ExpectKind::text;
}

// `(image URL)` and the like.
bool reads_as_attachment(std::string_view line) {
  syntax::AttachmentLine attachment;
  if (syntax::read_attachment(Slice::of(line), attachment)) return false;
  const std::string_view kind = attachment.kind.view();
  return kind == "image" || kind == "document" || kind == "link" || kind == "location" ||
         kind == "template";
}

std::string escaped(std::string_view line, bool escape) {
  return (escape ? "\\" : "") + std::string(line);
}

// Lines after the first.
void append_body(const Lines& words, bool expected, Lines& out) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool note = expected && (begins_with(words[i], "[") || reads_as_attachment(words[i]));
    const bool escape = note || begins_with(words[i], "\\") || has_stand_ins(words[i], expected);
    out.push_back(words[i].empty() ? "" : "  " + escaped(words[i], escape));
  }
}

// Brackets and backslashes are escaped, and what begins a `...` or a capture.
std::string escaped_label(std::string_view label) {
  std::string out;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const bool dots = label.substr(i).starts_with("...");
    if (dots || label[i] == ']' || label[i] == '\\' || label[i] == '{') out += '\\';
    out += label[i];
  }
  return out;
}

std::string attachment_line(const PlainAttachment& attachment) {
  switch (attachment.kind) {
    case ExpectedAttachment::Kind::image:
      return "  (image " + attachment.url + ")";
    case ExpectedAttachment::Kind::document:
      return "  (document " + attachment.url + ")";
    case ExpectedAttachment::Kind::link:
      return "  (link " + attachment.label + " " + attachment.url + ")";
    case ExpectedAttachment::Kind::location:
      return "  (location)";
    case ExpectedAttachment::Kind::template_name:
      return "  (template " + attachment.url + ")";
  }
  return {};
}

// The lines of a file, each with its own ending.
std::vector<std::string_view> lines_with_endings(std::string_view source) {
  std::vector<std::string_view> lines;
  while (!source.empty()) {
    const std::size_t end = source.find('\n');
    const std::size_t size = end == std::string_view::npos ? source.size() : end + 1;
    lines.push_back(source.substr(0, size));
    source.remove_prefix(size);
  }
  return lines;
}

}  // namespace

Lines print_expected_text(std::string_view text) {
  const Lines words = lines_of(text);
  Lines out{words.front().empty() ? "<"
                                  : "< " + escaped(words.front(), misread_as_expected(words[0]))};
  append_body(words, true, out);
  return out;
}

Lines print_expected_notes(const PlainMessage& message) {
  Lines out;
  std::string choices;
  for (const std::string& label : message.choices) {
    choices += (choices.empty() ? "  [" : " [") + escaped_label(value::trimmed(label)) + "]";
  }
  if (!choices.empty()) out.push_back(std::move(choices));
  for (const PlainAttachment& attachment : message.attachments) {
    out.push_back(attachment_line(attachment));
  }
  return out;
}

Lines print_expected(const PlainMessage& message) {
  Lines out = print_expected_text(message.text);
  for (std::string& line : print_expected_notes(message)) out.push_back(std::move(line));
  return out;
}

Lines print_said_text(std::string_view text) {
  const Lines words = lines_of(text);
  const bool escape = begins_with(words.front(), "\\[!") || has_stand_ins(words.front(), false);
  Lines out{"> " + escaped(words.front(), escape)};
  append_body(words, false, out);
  return out;
}

std::string print_tap(std::string_view label) {
  return "> [" + escaped_label(value::trimmed(label)) + "]";
}

std::string apply_edits(std::string_view source, std::vector<LineEdit> edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const LineEdit& a, const LineEdit& b) {
    return a.lines.first < b.lines.first;
  });
  const std::vector<std::string_view> lines = lines_with_endings(source);
  const bool carriage = !lines.empty() && lines.front().ends_with("\r\n");
  const std::string_view ending = carriage ? "\r\n" : "\n";
  std::string out;
  std::uint32_t next = 1;
  const auto copy_until = [&](std::uint32_t end) {
    for (; next < end && next <= lines.size(); ++next) out += lines[next - 1];
  };
  for (const LineEdit& edit : edits) {
    copy_until(edit.lines.first);
    for (const std::string& line : edit.instead) {
      if (!out.empty() && out.back() != '\n') out += ending;
      out += line;
      out += ending;
    }
    next = std::max(next, edit.lines.end);
  }
  copy_until(static_cast<std::uint32_t>(lines.size()) + 1);
  return out;
}

}  // namespace alur::dsl

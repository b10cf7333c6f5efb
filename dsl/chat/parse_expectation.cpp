// What the bot is expected to say: `<` and the indented lines below it.
#include <fmt/format.h>
#include <re2/re2.h>

#include "dsl/chat/chat_syntax.hpp"
#include "dsl/chat/chat_text.hpp"
#include "dsl/chat/parse_lines.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {

using Kind = Expectation::Kind;

namespace {

constexpr std::string_view attachment_words = "image, document, link, location and template";

// Whether a line of the body says something about choices or attachments, and no words.
enum class NoteKind : std::uint8_t { none, choices, attachment };

std::optional<ExpectedAttachment::Kind> attachment_kind(std::string_view word) {
  using enum ExpectedAttachment::Kind;
  if (word == "image") return image;
  if (word == "document") return document;
  if (word == "link") return link;
  if (word == "location") return location;
  if (word == "template") return template_name;
  return std::nullopt;
}

NoteKind note_kind(Slice words) {
  if (words.empty()) return NoteKind::none;
  if (*words.first == '[') return NoteKind::choices;
  syntax::AttachmentLine line;
  if (*words.first != '(' || words.last[-1] != ')') return NoteKind::none;
  const bool read = !syntax::read_attachment(words, line);
  return read && attachment_kind(line.kind.view()) ? NoteKind::attachment : NoteKind::none;
}

class ExpectationParser {
 public:
  ExpectationParser(ChatReading& reading, const Block& block) : reading_(reading), block_(block) {}

  std::optional<Expectation> parse(Slice words, bool maybe) {
    syntax::ExpectHead head;
    if (!words.empty() && *words.first == '\\') {
      head = {syntax::ExpectKind::text, words};
    } else if (const auto halt = syntax::read_expectation(words, head)) {
      reading_.refuse(Code::chat_never_closed, place_at(words, halt->at),
                      "the pattern is not closed with a `/` at the end of the line",
                      "begin the line with `\\` if the words are meant as they stand");
      return std::nullopt;
    }
    if (!fill(head, words, maybe)) return std::nullopt;
    return std::move(expectation_);
  }

 private:
  bool fill(const syntax::ExpectHead& head, Slice words, bool maybe) {
    switch (head.kind) {
      case syntax::ExpectKind::nothing:
        expectation_.kind = Kind::nothing;
        refuse_body(reading_, block_);
        return !maybe || refuse_maybe(words);
      case syntax::ExpectKind::any_of:
      case syntax::ExpectKind::in_any_order:
        expectation_.kind =
            head.kind == syntax::ExpectKind::any_of ? Kind::any_of : Kind::in_any_order;
        return (!maybe || refuse_maybe(words)) && fill_items(words);
      case syntax::ExpectKind::not_said:
        expectation_.kind = Kind::not_said;
        return (!maybe || refuse_maybe(words)) && fill_one(head.text, false);
      case syntax::ExpectKind::anything:
        return fill_anything(head.text, maybe);
      case syntax::ExpectKind::pattern:
      case syntax::ExpectKind::text:
        expectation_.kind = maybe ? Kind::maybe : Kind::message;
        return fill_one(head.text, head.kind == syntax::ExpectKind::pattern);
    }
    return false;
  }

  bool refuse_maybe(Slice words) {
    reading_.refuse(Code::chat_stray_words, words,
                    "`<?` takes the words of a message that need not come");
    return false;
  }

  // With choices below it is one message of any words.
  bool fill_anything(Slice dots, bool maybe) {
    expectation_.kind = maybe ? Kind::maybe : Kind::message;
    if (block_.body.empty() && !maybe) {
      expectation_.kind = Kind::anything;
      return true;
    }
    return fill_one(dots, false);
  }

  ExpectedMessage& add_message(Slice words, std::uint32_t line) {
    ExpectedMessage message;
    message.span = reading_.span(words);
    message.text.span = message.span;
    message.text_lines = {line, line + 1};
    message.note_lines = {line + 1, line + 1};
    return expectation_.messages.emplace_back(std::move(message));
  }

  bool fill_one(Slice words, bool is_pattern) {
    ExpectedMessage& message = add_message(words, block_.head.number);
    if (is_pattern) {
      message.is_pattern = true;
      if (!fill_pattern(words, message)) return false;
    } else if (!words.empty()) {
      append_text_line(reading_, without_blanks(words), voice(), message.text);
    }
    for (const SourceLine& line : block_.body) {
      const auto rest = indented_words(reading_, line);
      if (rest) add_line(line.number, *rest, message);
    }
    // With choices or attachments alone: a message without words.
    if (!message.text.pieces.empty() || is_pattern || !message.note_lines.empty()) return true;
    reading_.refuse(Code::chat_nothing_written, block_.head.text, "no words are expected here",
                    "`< nothing` where the bot shall stay silent, `< ...` for any words");
    return false;
  }

  Voice voice() const {
    return expectation_.kind == Kind::not_said ? Voice::denied : Voice::expected;
  }

  // The whole message; `.` takes line breaks too. Named groups are captures.
  bool fill_pattern(Slice words, ExpectedMessage& message) {
    message.pattern = words.view();
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_dot_nl(true);
    const re2::RE2 compiled(message.pattern, options);
    if (!compiled.ok()) {
      reading_.refuse(Code::chat_bad_pattern, words,
                      fmt::format("this pattern cannot be read: {}", compiled.error()));
      return false;
    }
    for (const auto& [name, index] : compiled.NamedCapturingGroups()) reading_.capture(name);
    return true;
  }

  // Words, choices or an attachment, in that order.
  void add_line(std::uint32_t number, Slice words, ExpectedMessage& message) {
    const NoteKind kind = note_kind(words);
    if (kind == NoteKind::none) return add_words(number, words, message);
    message.note_lines.end = number + 1;
    if (kind == NoteKind::choices) {
      add_choices(words, message);
    } else {
      add_attachment(words, message);
    }
  }

  void add_words(std::uint32_t number, Slice words, ExpectedMessage& message) {
    if (message.is_pattern || !message.note_lines.empty()) {
      if (words.empty()) return;
      reading_.refuse(Code::chat_stray_words, words,
                      message.is_pattern ? "a pattern stands on one line"
                                         : "words after the choices or attachments of a message",
                      "another message begins with `<`");
      return;
    }
    if (!message.text.pieces.empty()) append_line_break(message.text);
    append_text_line(reading_, words, voice(), message.text);
    message.text_lines.end = number + 1;
    message.note_lines = {number + 1, number + 1};
  }

  void add_choices(Slice words, ExpectedMessage& message) {
    std::vector<Slice> labels;
    if (const auto halt = syntax::read_choices(words, labels)) {
      const bool open = halt->wanted == syntax::wanted_bracket;
      reading_.refuse(open ? Code::chat_never_closed : Code::chat_stray_words,
                      place_at(words, halt->at),
                      open ? "the label is not closed with a `]`" : "words beside the choices",
                      "begin the line with `\\` if it belongs to the text");
      return;
    }
    message.has_choices = true;
    for (const Slice label : labels) {
      message.choices.push_back(read_label(reading_, label, voice()));
    }
  }

  void add_attachment(Slice words, ExpectedMessage& message) {
    syntax::AttachmentLine line;
    syntax::read_attachment(words, line);
    ExpectedAttachment attachment;
    attachment.kind = *attachment_kind(line.kind.view());
    attachment.span = reading_.span(words);
    if (!fill_attachment(without_blanks(line.rest), attachment)) {
      reading_.refuse(Code::chat_bad_attachment, words, "this attachment cannot be read",
                      "`(image URL)`, `(document URL)`, `(link Label URL)`, `(location)` or "
                      "`(template NAME)`");
      return;
    }
    message.attachments.push_back(std::move(attachment));
  }

  // The address is the last word; before it stands the label of a link.
  bool fill_attachment(Slice rest, ExpectedAttachment& attachment) {
    if (rest.empty()) return attachment.kind != ExpectedAttachment::Kind::link;
    const std::size_t blank = rest.view().rfind(' ');
    const bool is_link = attachment.kind == ExpectedAttachment::Kind::link;
    if (is_link == (blank == std::string_view::npos)) return false;
    const char* const url = is_link ? rest.first + blank + 1 : rest.first;
    attachment.url = read_text_line(reading_, {url, rest.last}, voice());
    if (is_link) {
      const Slice label = without_blanks({rest.first, url});
      attachment.label = read_text_line(reading_, label, voice());
    }
    return true;
  }

  // `- text` lines, each with further lines four blanks in; notes two blanks in are for any of
  // them.
  bool fill_items(Slice words) {
    ExpectedMessage shared;
    for (const SourceLine& line : block_.body) {
      const auto rest = indented_words(reading_, line);
      if (!rest) continue;
      if (rest->size() > 1 && rest->first[0] == '-' && rest->first[1] == ' ') {
        const Slice item = without_blanks({rest->first + 2, rest->last});
        append_text_line(reading_, item, voice(), add_message(item, line.number).text);
      } else if (note_kind(*rest) != NoteKind::none && expectation_.kind == Kind::any_of) {
        add_line(line.number, *rest, shared);
      } else if (expectation_.messages.empty()) {
        reading_.refuse(Code::chat_stray_words, *rest, "only `- ` lines stand here");
      } else if (const auto inner = indented_words(reading_, line, 4)) {
        add_line(line.number, *inner, expectation_.messages.back());
      }
    }
    share(shared);
    if (!expectation_.messages.empty()) return true;
    reading_.refuse(Code::chat_no_alternatives, words, "no messages stand below this line",
                    "write each on a line of its own, `  - text`");
    return false;
  }

  void share(const ExpectedMessage& shared) {
    if (shared.note_lines.empty()) return;
    for (ExpectedMessage& message : expectation_.messages) {
      message.has_choices = message.has_choices || shared.has_choices;
      message.choices.insert(message.choices.end(), shared.choices.begin(), shared.choices.end());
      message.attachments.insert(message.attachments.end(), shared.attachments.begin(),
                                 shared.attachments.end());
    }
  }

  ChatReading& reading_;
  const Block& block_;
  Expectation expectation_;
};

}  // namespace

std::optional<Expectation> parse_expectation(ChatReading& reading, const Block& block, Slice words,
                                             bool maybe) {
  return ExpectationParser(reading, block).parse(words, maybe);
}

std::optional<Slice> indented_words(ChatReading& reading, const SourceLine& line,
                                    std::size_t blanks) {
  const Slice text = line.text;
  if (text.empty()) return text;
  std::size_t found = 0;
  while (found < blanks && text.first[found] == ' ') ++found;
  if (found == blanks) return Slice{text.first + blanks, text.last};
  const Slice margin{text.first, text.first + found + 1};
  const bool tab = text.first[found] == '\t';
  reading.refuse(
      Code::chat_bad_indentation, margin,
      tab ? "a tab at the beginning of the line"
          : fmt::format("this line is indented by {}, and {} blanks are needed", found, blanks));
  return std::nullopt;
}

void refuse_body(ChatReading& reading, const Block& block) {
  const auto written = [](const auto& line) { return !without_blanks(line.text).empty(); };
  const auto first = std::find_if(block.body.begin(), block.body.end(), written);
  if (first == block.body.end()) return;
  reading.refuse(Code::chat_stray_words, without_blanks(first->text),
                 "no further lines belong to the line above",
                 "lines of a conversation begin at the margin");
}

}  // namespace alur::dsl

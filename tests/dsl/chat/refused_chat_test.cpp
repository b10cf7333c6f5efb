// Refusals, to the byte.
#include <gtest/gtest.h>

#include <string>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/finding/render.hpp"

namespace alur::dsl {
namespace {

std::string refused(const std::string& text) {
  Sources sources;
  Findings findings;
  const FileId file = sources.add("a.chat", text);
  parse_chat(sources, file, findings);
  return render_text(sources, findings);
}

TEST(RefusedChat, StrayLines) {
  EXPECT_EQ(
      refused("hello\n"),
      "a.chat:1:1: error[H001]: this is no line of a chat\n"
      "   1 | hello\n"
      "     | ^^^^^ lines begin with `>`, `<`, `~`, `!`, `=`, `#`, `agent` or a key like `chat:`\n"
      "\n"
      "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "This is a note\n"
                    "> a\n"),
            "a.chat:2:1: error[H001]: this is no line of a chat\n"
            "   2 | This is a note\n"
            "     | ^^^^^^^^^^^^^^ lines begin with `>`, `<`, `~`, `!`, `=`, `#`, `agent` or a key "
            "like `chat:`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(
      refused("chat: T\n"
              "@ a\n"
              "> a\n"),
      "a.chat:2:1: error[H001]: this is no line of a chat\n"
      "   2 | @ a\n"
      "     | ^^^ lines begin with `>`, `<`, `~`, `!`, `=`, `#`, `agent` or a key like `chat:`\n"
      "\n"
      "1 error\n");
  EXPECT_EQ(
      refused("?\n"),
      "a.chat:1:1: error[H001]: this is no line of a chat\n"
      "   1 | ?\n"
      "     | ^ lines begin with `>`, `<`, `~`, `!`, `=`, `#`, `agent` or a key like `chat:`\n"
      "\n"
      "1 error\n");
}

TEST(RefusedChat, Heads) {
  EXPECT_EQ(refused("> a\n"
                    "< b\n"),
            "a.chat:1:1: error[H002]: no `chat:` line stands before this\n"
            "   1 | > a\n"
            "     | ^ each conversation begins with `chat:` and its title\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("channel: whatsapp\n"
                    "chat: T\n"
                    "> a\n"),
            "a.chat:1:1: error[H002]: no `chat:` line stands before this\n"
            "   1 | channel: whatsapp\n"
            "     | ^^^^^^^ each conversation begins with `chat:` and its title\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "chanel: whatsapp\n"
                    "> a\n"),
            "a.chat:2:1: error[H003]: a chat has no key `chanel`\n"
            "   2 | chanel: whatsapp\n"
            "     | ^^^^^^ did you mean `channel`?\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "author: me\n"
                    "> a\n"),
            "a.chat:2:1: error[H003]: a chat has no key `author`\n"
            "   2 | author: me\n"
            "     | ^^^^^^ the keys are chat, channel, language, clock, contact\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(
      refused("chat: T\n"
              "> a\n"
              "language: en\n"),
      "a.chat:3:1: error[H004]: `language:` belongs to the head of a chat, before its first line\n"
      "   3 | language: en\n"
      "     | ^^^^^^^^\n"
      "\n"
      "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "language: en\n"
                    "language: id\n"
                    "> a\n"),
            "a.chat:3:1: error[H005]: `language:` stands twice in this chat\n"
            "   3 | language: id\n"
            "     | ^^^^^^^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "clock: 2026-01-05 09:00\n"
                    "clock: 2026-01-05 09:00\n"
                    "> a\n"),
            "a.chat:3:1: error[H005]: `clock:` stands twice in this chat\n"
            "   3 | clock: 2026-01-05 09:00\n"
            "     | ^^^^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat:\n"
                    "> a\n"),
            "a.chat:1:1: error[H006]: a chat without a title\n"
            "   1 | chat:\n"
            "     | ^^^^ say in one line what it shows\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "channel:\n"
                    "> a\n"),
            "a.chat:2:1: error[H006]: `channel:` with nothing after it\n"
            "   2 | channel:\n"
            "     | ^^^^^^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "clock: today\n"
                    "> a\n"),
            "a.chat:2:8: error[H016]: `today` is no date and time of day\n"
            "   2 | clock: today\n"
            "     |        ^^^^^ like `2026-01-05 09:00`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "clock: 2026-02-30 09:00\n"
                    "> a\n"),
            "a.chat:2:8: error[H016]: `2026-02-30 09:00` is no date and time of day\n"
            "   2 | clock: 2026-02-30 09:00\n"
            "     |        ^^^^^^^^^^^^^^^^ like `2026-01-05 09:00`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "contact: Budi\n"
                    "> a\n"),
            "a.chat:2:10: error[H006]: this cannot be read\n"
            "   2 | contact: Budi\n"
            "     |          ^^^^ like `contact: name = \"Budi\"`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "contact: name = Budi!\n"
                    "> a\n"),
            "a.chat:2:21: error[H020]: `!` stands after the end of the value\n"
            "   2 | contact: name = Budi!\n"
            "     |                     ^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: One\n"
                    "chat: Two\n"
                    "> a\n"),
            "a.chat:1:7: error[H007]: nothing happens in this chat\n"
            "   1 | chat: One\n"
            "     |       ^^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("# nothing yet\n"),
            "a.chat:1:1: error[H007]: no chat is in this file\n"
            "   1 | # nothing yet\n"
            "     | ^ each begins with `chat:` and its title\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "\n"
                    "  more\n"
                    "> a\n"),
            "a.chat:3:3: error[H014]: no further lines belong to the line above\n"
            "   3 |   more\n"
            "     |   ^^^^ lines of a conversation begin at the margin\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "  more\n"
                    "> a\n"),
            "a.chat:2:3: error[H014]: no further lines belong to the line above\n"
            "   2 |   more\n"
            "     |   ^^^^ lines of a conversation begin at the margin\n"
            "\n"
            "1 error\n");
}

TEST(RefusedChat, Indentation) {
  EXPECT_EQ(refused("  chat: T\n"
                    "> a\n"),
            "a.chat:1:3: error[H008]: an indented line that belongs to no line above it\n"
            "   1 |   chat: T\n"
            "     |   ^^^^^^^\n"
            "\n"
            "a.chat:2:1: error[H002]: no `chat:` line stands before this\n"
            "   2 | > a\n"
            "     | ^ each conversation begins with `chat:` and its title\n"
            "\n"
            "2 errors\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    " b\n"),
            "a.chat:3:1: error[H008]: this line is indented by 1, and 2 blanks are needed\n"
            "   3 |  b\n"
            "     | ^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "\tb\n"),
            "a.chat:3:1: error[H008]: a tab at the beginning of the line\n"
            "   3 | →b\n"
            "     | ^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "# note\n"
                    "  b\n"),
            "a.chat:4:3: error[H008]: an indented line that belongs to no line above it\n"
            "   4 |   b\n"
            "     |   ^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "= ended\n"
                    "  b\n"),
            "a.chat:4:3: error[H014]: no further lines belong to the line above\n"
            "   4 |   b\n"
            "     |   ^ lines of a conversation begin at the margin\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> [A]\n"
                    "  b\n"),
            "a.chat:3:3: error[H014]: no further lines belong to the line above\n"
            "   3 |   b\n"
            "     |   ^ lines of a conversation begin at the margin\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< in any order\n"
                    "  - b\n"
                    "   c\n"),
            "a.chat:5:1: error[H008]: this line is indented by 3, and 4 blanks are needed\n"
            "   5 |    c\n"
            "     | ^^^^\n"
            "\n"
            "1 error\n");
}

TEST(RefusedChat, Signs) {
  EXPECT_EQ(refused("chat: T\n"
                    ">halo\n"),
            "a.chat:2:1: error[H009]: a space is missing after `>`\n"
            "   2 | >halo\n"
            "     | ^ `> halo`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    ">\n"),
            "a.chat:2:1: error[H010]: nothing stands after this sign\n"
            "   2 | >\n"
            "     | ^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "<Halo\n"),
            "a.chat:3:1: error[H009]: a space is missing after `<`\n"
            "   3 | <Halo\n"
            "     | ^ `< Halo`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "<?\n"),
            "a.chat:3:1: error[H010]: nothing stands after this sign\n"
            "   3 | <?\n"
            "     | ^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "~\n"),
            "a.chat:3:1: error[H010]: nothing stands after this sign\n"
            "   3 | ~\n"
            "     | ^\n"
            "\n"
            "1 error\n");
}

TEST(RefusedChat, Says) {
  EXPECT_EQ(refused("chat: T\n"
                    "> [a\n"),
            "a.chat:2:5: error[H011]: the label is not closed with a `]`\n"
            "   2 | > [a\n"
            "     |     ^ begin the line with `\\` if the words are meant as they stand\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> !imge\n"),
            "a.chat:2:4: error[H012]: a citizen cannot send `!imge`\n"
            "   2 | > !imge\n"
            "     |    ^^^^ did you mean `image`?\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> !\n"),
            "");
  EXPECT_EQ(refused("chat: T\n"
                    "> !fax the form\n"),
            "a.chat:2:4: error[H012]: a citizen cannot send `!fax`\n"
            "   2 | > !fax the form\n"
            "     |    ^^^ begin the line with `\\` if the words are meant as they stand\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> {ticket}\n"),
            "a.chat:2:4: error[H021]: nothing before this line has captured `ticket`\n"
            "   2 | > {ticket}\n"
            "     |    ^^^^^^ begin the line with `\\` if the braces are meant\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> [Tiket {ticket}]\n"),
            "a.chat:2:11: error[H021]: nothing before this line has captured `ticket`\n"
            "   2 | > [Tiket {ticket}]\n"
            "     |           ^^^^^^ begin the line with `\\` if the braces are meant\n"
            "\n"
            "1 error\n");
}

TEST(RefusedChat, Expectations) {
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< /abc\n"),
            "a.chat:3:7: error[H011]: the pattern is not closed with a `/` at the end of the line\n"
            "   3 | < /abc\n"
            "     |       ^ begin the line with `\\` if the words are meant as they stand\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< /(abc/\n"),
            "a.chat:3:4: error[H015]: this pattern cannot be read: missing ): (abc\n"
            "   3 | < /(abc/\n"
            "     |    ^^^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< any of\n"),
            "a.chat:3:3: error[H013]: no messages stand below this line\n"
            "   3 | < any of\n"
            "     |   ^^^^^^ write each on a line of its own, `  - text`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< any of\n"
                    "  Halo\n"),
            "a.chat:4:3: error[H014]: only `- ` lines stand here\n"
            "   4 |   Halo\n"
            "     |   ^^^^\n"
            "\n"
            "a.chat:3:3: error[H013]: no messages stand below this line\n"
            "   3 | < any of\n"
            "     |   ^^^^^^ write each on a line of its own, `  - text`\n"
            "\n"
            "2 errors\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< nothing\n"
                    "  b\n"),
            "a.chat:4:3: error[H014]: no further lines belong to the line above\n"
            "   4 |   b\n"
            "     |   ^ lines of a conversation begin at the margin\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "<? nothing\n"),
            "a.chat:3:4: error[H014]: `<?` takes the words of a message that need not come\n"
            "   3 | <? nothing\n"
            "     |    ^^^^^^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< b\n"
                    "  [A]\n"
                    "  c\n"),
            "a.chat:5:3: error[H014]: words after the choices or attachments of a message\n"
            "   5 |   c\n"
            "     |   ^ another message begins with `<`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< b\n"
                    "  [A] c\n"),
            "a.chat:4:7: error[H014]: words beside the choices\n"
            "   4 |   [A] c\n"
            "     |       ^ begin the line with `\\` if it belongs to the text\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< b\n"
                    "  [A\n"),
            "a.chat:4:5: error[H011]: the label is not closed with a `]`\n"
            "   4 |   [A\n"
            "     |     ^ begin the line with `\\` if it belongs to the text\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< b\n"
                    "  (link https://a.id)\n"),
            "a.chat:4:3: error[H022]: this attachment cannot be read\n"
            "   4 |   (link https://a.id)\n"
            "     |   ^^^^^^^^^^^^^^^^^^^ `(image URL)`, `(document URL)`, `(link Label URL)`, "
            "`(location)` or `(template NAME)`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(
      refused("chat: T\n"
              "> a\n"
              "< b\n"
              "  (image a b)\n"),
      "a.chat:4:3: error[H022]: this attachment cannot be read\n"
      "   4 |   (image a b)\n"
      "     |   ^^^^^^^^^^^ `(image URL)`, `(document URL)`, `(link Label URL)`, `(location)` or "
      "`(template NAME)`\n"
      "\n"
      "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< /b/\n"
                    "  c\n"),
            "a.chat:4:3: error[H014]: a pattern stands on one line\n"
            "   4 |   c\n"
            "     |   ^ another message begins with `<`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< not\n"),
            "a.chat:3:1: error[H010]: no words are expected here\n"
            "   3 | < not\n"
            "     | ^^^^^ `< nothing` where the bot shall stay silent, `< ...` for any words\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "> a\n"
                    "< not {x}\n"),
            "a.chat:3:8: error[H021]: nothing before this line has captured `x`\n"
            "   3 | < not {x}\n"
            "     |        ^ begin the line with `\\` if the braces are meant\n"
            "\n"
            "1 error\n");
}

TEST(RefusedChat, Times) {
  EXPECT_EQ(refused("chat: T\n"
                    "~ soon\n"),
            "a.chat:2:3: error[S115]: `soon` is not how a length of time is written\n"
            "   2 | ~ soon\n"
            "     |   ^^^^ like `90s`, `10m`, `24h` or `1h30m`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "~ 10\n"),
            "a.chat:2:3: error[S115]: no unit stands after the last number\n"
            "   2 | ~ 10\n"
            "     |   ^^ units are `s`, `m`, `h`, `d` and `w`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "~ until tomorrow\n"),
            "a.chat:2:9: error[H016]: `tomorrow` is no date and time of day\n"
            "   2 | ~ until tomorrow\n"
            "     |         ^^^^^^^^ like `2026-01-05 09:00`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "~ 400d\n"),
            "a.chat:2:3: error[S115]: longer than 366 days, which is the most\n"
            "   2 | ~ 400d\n"
            "     |   ^^^^\n"
            "\n"
            "1 error\n");
}

TEST(RefusedChat, Services) {
  EXPECT_EQ(refused("chat: T\n"
                    "! registry.lookup\n"),
            "a.chat:2:3: error[H017]: no service and its answer can be read here\n"
            "   2 | ! registry.lookup\n"
            "     |   ^^^^^^^^^^^^^^^ like `! registry.lookup not_found`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! 7\n"),
            "a.chat:2:3: error[H017]: no service and its answer can be read here\n"
            "   2 | ! 7\n"
            "     |   ^ like `! registry.lookup not_found`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! a.b c {name = \"x\"}\n"),
            "a.chat:2:15: error[H020]: `=` stands where a field should stand\n"
            "   2 | ! a.b c {name = \"x\"}\n"
            "     |               ^ fields are written as `name: value`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! a.b c {name: }\n"),
            "a.chat:2:16: error[H020]: `}` stands where a value should stand\n"
            "   2 | ! a.b c {name: }\n"
            "     |                ^ texts stand in double quotes\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! a.b c {name: \"x\"\n"),
            "a.chat:2:19: error[H011]: the line ends where a bracket should be closed\n"
            "   2 | ! a.b c {name: \"x\"\n"
            "     |                   ^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! a.b c [1, 2\n"),
            "a.chat:2:14: error[H011]: the line ends where a bracket should be closed\n"
            "   2 | ! a.b c [1, 2\n"
            "     |              ^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! a.b c \"x\n"),
            "a.chat:2:9: error[H011]: this text in quotes is never closed\n"
            "   2 | ! a.b c \"x\n"
            "     |         ^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! a.b c 1 2\n"),
            "a.chat:2:11: error[H020]: `2` stands after the end of the value\n"
            "   2 | ! a.b c 1 2\n"
            "     |           ^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! a.b c {n: 1, n: 2}\n"),
            "a.chat:2:16: error[H020]: the field `n` stands here twice\n"
            "   2 | ! a.b c {n: 1, n: 2}\n"
            "     |                ^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! a.b c 2026-13-01\n"),
            "a.chat:2:9: error[S114]: `2026-13-01` is no day of the calendar\n"
            "   2 | ! a.b c 2026-13-01\n"
            "     |         ^^^^^^^^^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! a.b c \"\\q\"\n"),
            "a.chat:2:10: error[S113]: `\\q` means nothing in a text in quotes\n"
            "   2 | ! a.b c \"\\q\"\n"
            "     |          ^^ only `\\\"`, `\\\\` and `\\n` do\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! a.b c 99999999999999999999\n"),
            "a.chat:2:9: error[S112]: this number has more than 18 digits\n"
            "   2 | ! a.b c 99999999999999999999\n"
            "     |         ^^^^^^^^^^^^^^^^^^^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! a.b c 5y\n"),
            "a.chat:2:10: error[S115]: `y` is no unit of time\n"
            "   2 | ! a.b c 5y\n"
            "     |          ^ units are `s`, `m`, `h`, `d` and `w`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! a.b c [[[[[[[[[1]]]]]]]]]\n"),
            "a.chat:2:17: error[H020]: brackets more than 8 deep\n"
            "   2 | ! a.b c [[[[[[[[[1]]]]]]]]]\n"
            "     |                 ^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! handoff close\n"),
            "a.chat:2:11: error[H017]: a handoff does not end so\n"
            "   2 | ! handoff close\n"
            "     |           ^^^^^ did you mean `closed`?\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "! handoff\n"),
            "a.chat:2:10: error[H017]: a handoff does not end so\n"
            "   2 | ! handoff\n"
            "     |          ^ one of accepted, closed, left, no_agent, unavailable, timed_out\n"
            "\n"
            "1 error\n");
}

TEST(RefusedChat, Agents) {
  const auto told = [](const std::string& line) {
    const std::string all = refused("chat: T\n" + line + "\n> a\n");
    return all.substr(0, all.find("\n\n"));
  };
  EXPECT_EQ(told("agent"),
            "a.chat:2:1: error[H001]: which agent, and what do they do?\n"
            "   2 | agent\n"
            "     | ^^^^^ like `agent ani accepts`");
  EXPECT_EQ(told("agent ani acepts"),
            "a.chat:2:11: error[H001]: an agent does no such thing\n"
            "   2 | agent ani acepts\n"
            "     |           ^^^^^^ did you mean `accepts`?");
  EXPECT_EQ(told("agent ani accepts it"),
            "a.chat:2:19: error[H001]: nothing more can stand here\n"
            "   2 | agent ani accepts it\n"
            "     |                   ^^");
  EXPECT_EQ(told("agent ani is tired"),
            "a.chat:2:14: error[H001]: an agent is never that\n"
            "   2 | agent ani is tired\n"
            "     |              ^^^^^ online, busy, away or offline");
  EXPECT_EQ(told("agent ani comes online with some units"),
            "a.chat:2:29: error[H001]: how many units?\n"
            "   2 | agent ani comes online with some units\n"
            "     |                             ^^^^ like `with 2 units`");
  EXPECT_EQ(told("agent ani transfers to urgent now"),
            "a.chat:2:31: error[H001]: a note stands in quotes\n"
            "   2 | agent ani transfers to urgent now\n"
            "     |                               ^^^");
  EXPECT_EQ(told("agent ani sends template"),
            "a.chat:2:1: error[H001]: which template? Its name in app.yaml stands here\n"
            "   2 | agent ani sends template\n"
            "     | ^^^^^^^^^^^^^^^^^^^^^^^^");
  EXPECT_EQ(told("agent ani sends templates reminder"),
            "a.chat:2:11: error[H001]: an agent does no such thing\n"
            "   2 | agent ani sends templates reminder\n"
            "     |           ^^^^^^^^^^^^^^^ did you mean `sends template`?");
  EXPECT_EQ(told("agent ani sends template reminder now"),
            "a.chat:2:35: error[H001]: nothing more can stand here\n"
            "   2 | agent ani sends template reminder now\n"
            "     |                                   ^^^");
  EXPECT_EQ(told("agent ani:"),
            "a.chat:2:1: error[H001]: the agent says nothing\n"
            "   2 | agent ani:\n"
            "     | ^^^^^^^^^^ like `agent ani accepts`");
  EXPECT_EQ(told("! 3 others wait"),
            "a.chat:2:3: error[H017]: what do the others do?\n"
            "   2 | ! 3 others wait\n"
            "     |   ^^^^^^^^^^^^^ like `! 3 others wait in general`");
  EXPECT_EQ(told("= refused window_shot"),
            "a.chat:2:11: error[H019]: the desk never refuses so\n"
            "   2 | = refused window_shot\n"
            "     |           ^^^^^^^^^^^ did you mean `window_shut`?");
  EXPECT_EQ(told("= load ani is many"),
            "a.chat:2:8: error[H019]: a load is a number\n"
            "   2 | = load ani is many\n"
            "     |        ^^^^^^^^^^^ like `= load ani is 2`");
}

TEST(RefusedChat, Assertions) {
  EXPECT_EQ(refused("chat: T\n"
                    "= stat menu\n"),
            "a.chat:2:3: error[H018]: `stat` cannot be asserted\n"
            "   2 | = stat menu\n"
            "     |   ^^^^ did you mean `state`?\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "= menu\n"),
            "a.chat:2:3: error[H018]: `menu` cannot be asserted\n"
            "   2 | = menu\n"
            "     |   ^^^^ one of state, flow, var, set, unset, queue, outcome, ended, rests, "
            "timers, timer, tracked, language, owner, load, position, refused\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "= state\n"),
            "a.chat:2:3: error[H019]: a name is missing here\n"
            "   2 | = state\n"
            "     |   ^^^^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "= state a b\n"),
            "a.chat:2:9: error[H019]: one name is enough\n"
            "   2 | = state a b\n"
            "     |         ^^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "= ended now\n"),
            "a.chat:2:9: error[H019]: `ended` stands alone\n"
            "   2 | = ended now\n"
            "     |         ^^^\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "= rests qestion\n"),
            "a.chat:2:9: error[H019]: a conversation never rests so\n"
            "   2 | = rests qestion\n"
            "     |         ^^^^^^^ did you mean `question`?\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "= timers few\n"),
            "a.chat:2:10: error[H019]: how many timers?\n"
            "   2 | = timers few\n"
            "     |          ^^^ like `= timers 0`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "= timer silence\n"),
            "a.chat:2:9: error[H019]: this cannot be read\n"
            "   2 | = timer silence\n"
            "     |         ^^^^^^^ like `= timer silence in 10m`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "= timer silense in 10m\n"),
            "a.chat:2:9: error[H019]: there is no such timer\n"
            "   2 | = timer silense in 10m\n"
            "     |         ^^^^^^^ did you mean `silence`?\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "= timer silence in 10\n"),
            "a.chat:2:20: error[S115]: no unit stands after the last number\n"
            "   2 | = timer silence in 10\n"
            "     |                    ^^ units are `s`, `m`, `h`, `d` and `w`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "= var name = 1\n"),
            "a.chat:2:7: error[H019]: this cannot be read\n"
            "   2 | = var name = 1\n"
            "     |       ^^^^^^^^ like `= var name is \"Budi\"`\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "= var name is\n"),
            "a.chat:2:14: error[H020]: the line ends where a value should stand\n"
            "   2 | = var name is\n"
            "     |              ^ texts stand in double quotes\n"
            "\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n"
                    "= var name is Budi Santoso\n"),
            "a.chat:2:20: error[H020]: `S` stands after the end of the value\n"
            "   2 | = var name is Budi Santoso\n"
            "     |                    ^\n"
            "\n"
            "1 error\n");
}

TEST(RefusedChat, Files) {
  EXPECT_EQ(refused("chat: T\n> a\xFF\n"),
            "a.chat:2:4: error[S021]: from here on it is not UTF-8 text\n"
            "   2 | > a<FF>\n"
            "     |    ^^^^\n\n"
            "1 error\n");
  EXPECT_EQ(refused("chat: T\n" + std::string(chat_bytes_max, '#')),
            "a.chat:1:1: error[S020]: 1048584 bytes, and at most 1048576 are read\n"
            "   1 | chat: T\n"
            "     | ^\n\n"
            "1 error\n");
  EXPECT_EQ(refused(""),
            "a.chat:1:1: error[H007]: no chat is in this file\n"
            "   1 |\n"
            "     | ^ each begins with `chat:` and its title\n"
            "\n"
            "1 error\n");
}

}  // namespace
}  // namespace alur::dsl

// Refusals of what surrounds a conversation, and of what citizens and agents cannot say, to the
// byte.
#include <gtest/gtest.h>

#include "tests/dsl/chat/refused_chat.hpp"

namespace alur::dsl {
namespace {

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

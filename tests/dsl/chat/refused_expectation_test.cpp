// Refusals of what shall come of it: answers, times, services and assertions, to the byte.
#include <gtest/gtest.h>

#include "tests/dsl/chat/refused_chat.hpp"

namespace alur::dsl {
namespace {

TEST(RefusedExpectation, Answers) {
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

TEST(RefusedExpectation, Times) {
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

TEST(RefusedExpectation, Services) {
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

TEST(RefusedExpectation, Assertions) {
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

}  // namespace
}  // namespace alur::dsl

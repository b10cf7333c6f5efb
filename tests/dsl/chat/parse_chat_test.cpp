// Text -> tree, for each kind of line.
#include "dsl/chat/parse_chat.hpp"

#include <gtest/gtest.h>

#include <string>

#include "dsl/chat/dump_chat.hpp"
#include "dsl/finding/render.hpp"

namespace alur::dsl {
namespace {

std::string dumped(const std::string& text) {
  Sources sources;
  Findings findings;
  const FileId file = sources.add("a.chat", text);
  const ChatFile parsed = parse_chat(sources, file, findings);
  return dump_chat(parsed) + render_text(sources, findings);
}

// The dump of the lines of a chat whose first line is line 2.
std::string lines(const std::string& text) {
  const std::string dump = dumped("chat: T\n" + text);
  return dump.substr(dump.find('\n') + 1);
}

TEST(ParseChat, Heads) {
  EXPECT_EQ(dumped("# A comment\n"
                   "\n"
                   "chat: Greets whoever writes\n"
                   "channel: whatsapp\n"
                   "language: id\n"
                   "clock: 2026-01-05 09:00\n"
                   "contact: name = \"Budi\"\n"
                   "contact: age = 40\n"
                   "\n"
                   "> halo\n"
                   "chat: Another one\n"
                   "> hai\n"),
            "chat \"Greets whoever writes\" channel whatsapp language id clock 2026-01-05 09:00\n"
            "contact name = \"Budi\"\n"
            "contact age = 40\n"
            "10: says halo\n"
            "chat \"Another one\"\n"
            "12: says hai\n");
}

TEST(ParseChat, WindowsLineEndsAndAByteOrderMark) {
  EXPECT_EQ(dumped("\xEF\xBB\xBF"
                   "chat: T\r\n> a\r\n< b\r\n  c\r\n"),
            "chat \"T\"\n2: says a\n3: message b\\nc\n");
}

TEST(ParseChat, WhatCitizensSay) {
  EXPECT_EQ(lines("> halo"), "2: says halo\n");
  EXPECT_EQ(lines("> satu\n  dua\n\n  tiga"), "2: says satu\\ndua\\n\\ntiga\n");
  EXPECT_EQ(lines(">\n  satu"), "2: says satu\n");
  EXPECT_EQ(lines("> [Cek lembaga]"), "2: taps Cek lembaga\n");
  EXPECT_EQ(lines("> [a \\] b]"), "2: taps a ] b\n");
  EXPECT_EQ(lines("> \\[Cek]"), "2: says [Cek]\n");
  EXPECT_EQ(lines("> [Cek] lembaga"), "2: says [Cek] lembaga\n");
  EXPECT_EQ(lines("> ya... mungkin"), "2: says ya... mungkin\n");
  EXPECT_EQ(lines("> \\> dua"), "2: says > dua\n");
}

TEST(ParseChat, WhatCitizensSend) {
  EXPECT_EQ(lines("> !image"), "2: sends image\n");
  EXPECT_EQ(lines("> !image bukti transfer\n  kemarin"),
            "2: sends image bukti transfer\\nkemarin\n");
  EXPECT_EQ(lines("> !voice"), "2: sends audio\n");
  EXPECT_EQ(lines("> !location"), "2: sends location\n");
  EXPECT_EQ(lines("> !contact"), "2: sends contact\n");
  EXPECT_EQ(lines("> !reaction \U0001F44D"), "2: reacts \U0001F44D\n");
  EXPECT_EQ(lines("> !edited halo"), "2: edits halo\n");
  EXPECT_EQ(lines("> !deleted"), "2: deletes\n");
  EXPECT_EQ(lines("> !unsupported"), "2: sends unsupported\n");
  EXPECT_EQ(lines("> \\!image"), "2: says !image\n");
}

TEST(ParseChat, ExpectedWords) {
  EXPECT_EQ(lines("< Halo!"), "2: message Halo!\n");
  EXPECT_EQ(lines("< Halo...\n    - satu\n\n  ... dua"),
            "2: message Halo<...>\\n  - satu\\n\\n<...> dua\n");
  EXPECT_EQ(lines("< Tiket {ticket}."), "2: message Tiket <ticket>.\n");
  EXPECT_EQ(lines("< {a} { b } {C}"), "2: message <a> { b } {C}\n");
  EXPECT_EQ(lines("< \\Tiket {ticket}..."), "2: message Tiket {ticket}...\n");
  EXPECT_EQ(lines("< \\/a/"), "2: message /a/\n");
  EXPECT_EQ(lines("< a\n  \\[b]"), "2: message a\\n[b]\n");
  EXPECT_EQ(lines("< a\n  (b)"), "2: message a\\n(b)\n");
  // e and an accent become one letter.
  EXPECT_EQ(lines("< Cafe\u0301"), "2: message Caf\u00e9\n");
}

TEST(ParseChat, ExpectedChoicesAndAttachments) {
  EXPECT_EQ(lines("< Pilih\n  [Ya, sudah] [Tidak]\n  [...]"),
            "2: message Pilih [Ya, sudah] [Tidak] [<...>]\n");
  EXPECT_EQ(lines("< ...\n  [Ya]"), "2: message <...> [Ya]\n");
  EXPECT_EQ(lines("<\n  [Ya]"), "2: message  [Ya]\n");
  EXPECT_EQ(lines("< Peta\n  (image https://a.id/b.png)\n  (location)\n"
                  "  (link Buka situs https://a.id)\n  (document ...)"),
            "2: message Peta (image https://a.id/b.png) (location) (link Buka situs https://a.id) "
            "(document <...>)\n");
  EXPECT_EQ(lines("< Ada kabar\n  (template kabar)"), "2: message Ada kabar (template kabar)\n");
}

TEST(ParseChat, OtherExpectations) {
  EXPECT_EQ(lines("< ..."), "2: anything\n");
  EXPECT_EQ(lines("< nothing"), "2: nothing\n");
  EXPECT_EQ(lines("< \\nothing"), "2: message nothing\n");
  EXPECT_EQ(lines("< not ...berizin..."), "2: not <...>berizin<...>\n");
  EXPECT_EQ(lines("<? Sebentar..."), "2: maybe Sebentar<...>\n");
  EXPECT_EQ(lines("< /Nomor \\d+/"), "2: message /Nomor \\d+/\n");
  EXPECT_EQ(lines("<? /a\\/b/"), "2: maybe /a\\/b/\n");
  EXPECT_EQ(lines("< any of\n  - Halo\n  - Hai...\n    semua\n  [Ya]"),
            "2: any of\n  Halo [Ya]\n  Hai<...>\\nsemua [Ya]\n");
  EXPECT_EQ(lines("< in any order\n  - Satu\n    [Ya]\n  - Dua"),
            "2: in any order\n  Satu [Ya]\n  Dua\n");
}

TEST(ParseChat, Time) {
  EXPECT_EQ(lines("~ 10m"), "2: after 10m\n");
  EXPECT_EQ(lines("~ 1h30m"), "2: after 90m\n");
  EXPECT_EQ(lines("~ until 2026-01-06 08:00"), "2: until 2026-01-06 08:00\n");
}

TEST(ParseChat, ServicesAndPeople) {
  EXPECT_EQ(lines("! registry.lookup not_found"), "2: service registry.lookup not_found\n");
  EXPECT_EQ(lines("! registry.lookup hangs"), "2: service registry.lookup never answers\n");
  EXPECT_EQ(lines("! registry.lookup works"), "2: service registry.lookup works again\n");
  EXPECT_EQ(lines("! language en"), "2: language en\n");
  EXPECT_EQ(lines("! a.b c {n: \"x\", d: 2026-01-02, at: 2026-01-02 08:00, t: 14:30, l: 1h, "
                  "i: -1.50, w: full, b: true, u: unset, r: {}}"),
            "2: service a.b c {n: \"x\", d: 2026-01-02, at: 2026-01-02 08:00, t: 14:30, l: 1h, "
            "i: -1.5, w: full, b: true, u: unset, r: {}}\n");
  EXPECT_EQ(lines("! a.b near [{key: \"k\"}, {key: \"\\\"\"}]"),
            "2: service a.b near [{key: \"k\"}, {key: \"\"\"}]\n");
  EXPECT_EQ(lines("! a.b count 3"), "2: service a.b count 3\n");
  EXPECT_EQ(lines("! handoff closed"), "2: handoff closed\n");
  EXPECT_EQ(lines("! handoffs.open closed"), "2: service handoffs.open closed\n");
}

TEST(ParseChat, WhatAgentsDo) {
  EXPECT_EQ(lines("agent ani comes online"), "2: agent ani comes online\n");
  EXPECT_EQ(lines("agent ani comes online for general, urgent with 2 units as supervisor"),
            "2: agent ani comes online for general for urgent with 2 units as supervisor\n");
  EXPECT_EQ(lines("agent ani is away"), "2: agent ani is away\n");
  EXPECT_EQ(lines("agent ani is lost"), "2: agent ani is lost\n");
  EXPECT_EQ(lines("agent ani is back"), "2: agent ani is back\n");
  EXPECT_EQ(lines("agent ani accepts"), "2: agent ani accepts\n");
  EXPECT_EQ(lines("agent ani declines"), "2: agent ani declines\n");
  EXPECT_EQ(lines("agent ani: Selamat pagi"), "2: agent ani says Selamat pagi\n");
  EXPECT_EQ(lines("agent ani: satu...\n  dua"), "2: agent ani says satu...\\ndua\n");
  EXPECT_EQ(lines("agent ani sends template reminder"), "2: agent ani sends template reminder\n");
  EXPECT_EQ(lines("agent ani transfers to budi"), "2: agent ani transfers to budi\n");
  EXPECT_EQ(lines("agent ani transfers to urgent \"Sudah lapor, \"bank\".\""),
            "2: agent ani transfers to urgent \"Sudah lapor, \"bank\".\"\n");
  EXPECT_EQ(lines("agent ani returns"), "2: agent ani returns\n");
  EXPECT_EQ(lines("agent ani closes as answered"), "2: agent ani closes as answered\n");
  EXPECT_EQ(lines("! 3 others wait in general"), "2: 3 others wait in general\n");
  EXPECT_EQ(lines("! 1 other waits in general"), "2: 1 others wait in general\n");
}

TEST(ParseChat, Assertions) {
  EXPECT_EQ(lines("= owner ani"), "2: assert owner ani\n");
  EXPECT_EQ(lines("= load ani is 1.25"), "2: assert load ani is 1.25\n");
  EXPECT_EQ(lines("= position 2"), "2: assert position 2\n");
  EXPECT_EQ(lines("= refused window_shut"), "2: assert refused window_shut\n");
  EXPECT_EQ(lines("= state menu"), "2: assert state menu\n");
  EXPECT_EQ(lines("= var contact.name is \"Budi\""), "2: assert var contact.name is \"Budi\"\n");
  EXPECT_EQ(lines("= var kinds is [a, b]"), "2: assert var kinds is [a, b]\n");
  EXPECT_EQ(lines("= unset name"), "2: assert unset name\n");
  EXPECT_EQ(lines("= ended"), "2: assert ended\n");
  EXPECT_EQ(lines("= timers 2"), "2: assert timers 2\n");
  EXPECT_EQ(lines("= timer silence in 10m"), "2: assert timer silence in 10m\n");
  EXPECT_EQ(lines("= rests question"), "2: assert rests question\n");
  EXPECT_EQ(lines("= language en"), "2: assert language en\n");
}

TEST(ParseChat, CapturesAreUsedAfterTheyAreMade) {
  EXPECT_EQ(lines("< Tiket {ticket}\n> status {ticket}\n> [{ticket}]"),
            "2: message Tiket <ticket>\n3: says status <ticket>\n4: taps <ticket>\n");
  EXPECT_EQ(lines("< /Tiket (?P<number>.*)/\n> {number}"),
            "2: message /Tiket (?P<number>.*)/\n3: says <number>\n");
}

}  // namespace
}  // namespace alur::dsl

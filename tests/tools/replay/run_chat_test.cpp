// Chats that pass, and the exact reports of those that fail.
#include "tools/replay/run_chat.hpp"

#include <gtest/gtest.h>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/finding/render.hpp"
#include "engine/desk/effect.hpp"
#include "engine/runtime/window_fault.hpp"
#include "tests/tools/replay/small_app.hpp"

namespace alur::tools {
namespace {

TEST(RunChat, Passes) {
  EXPECT_EQ(run_lines("> halo\n"
                      "< Halo! Mau apa?\n"
                      "  [Cari] [Hitung] [Tiket]\n"
                      "= state start\n"
                      "= state menu.start\n"
                      "= flow menu\n"
                      "= rests question\n"
                      "= timers 2\n"
                      "= timer silence in 10m\n"
                      "= language id\n"
                      "> [Tiket]\n"
                      "< Tiket Anda {ticket}...\n"
                      "  (link Lihat https://contoh.id/t)\n"
                      "= ended\n"
                      "= timers 0\n"
                      "= outcome done\n"
                      "= tracked ticket_given\n"
                      "> {ticket}\n"
                      "< Halo...\n"),
            "");
}

TEST(RunChat, Headers) {
  EXPECT_EQ(run_lines("channel: console\n"
                      "language: en\n"
                      "clock: 2026-02-01 12:00\n"
                      "contact: name = \"Budi\"\n"
                      "> hi\n"
                      "< Hello! What would you like?\n"
                      "= language en\n"
                      "= var contact.name is \"Budi\"\n"
                      "~ until 2026-02-01 12:10\n"
                      "< Still there?\n"),
            "");
}

TEST(RunChat, ServicesAreAnsweredByTheLines) {
  const std::string asked = "> halo\n> cari\n> sepatu\n";
  EXPECT_EQ(run_lines(asked + "! shop.find found {key: \"s\", name: \"Sepatu\", price: 150000}\n"
                              "< *Sepatu*\n"
                              "  Harga: Rp150.000\n"
                              "= set contact.name\n"),
            "");
  // Kept for the calls that follow.
  EXPECT_EQ(run_lines("! shop.find nothing\n" + asked + "< Tidak ada *sepatu*.\n"), "");
  // A line of a service that nobody has asked yet is no event.
  EXPECT_EQ(run_lines(asked + "! shop.find nothing\n! shop.count counted 3\n< Tidak...\n"), "");
}

TEST(RunChat, WhatComesOfItselfBelongsToTheAnswerBeforeTheCitizensNextLine) {
  EXPECT_EQ(run_lines("! shop.find unavailable\n"
                      "> halo\n"
                      "> cari\n"
                      "> sepatu\n"
                      "< Sebentar, saya coba lagi.\n"
                      "< Toko tutup.\n"
                      "> halo\n"),
            "");
  EXPECT_EQ(run_lines("! shop.find unavailable\n"
                      "> halo\n"
                      "> cari\n"
                      "> sepatu\n"
                      "< Sebentar, saya coba lagi.\n"
                      "= rests pause\n"
                      "~ 1s\n"
                      "< nothing\n"
                      "~ 1s\n"
                      "< Toko tutup.\n"),
            "");
  EXPECT_EQ(run_lines("> halo\n> cari\n> sepatu\n! shop.find hangs\n= rests call\n~ 4s\n"
                      "< Sebentar...\n~ 2s\n< Toko tutup.\n"),
            "");
}

TEST(RunChat, PeopleAreEndedByTheLines) {
  EXPECT_EQ(run_lines("> halo\n> petugas\n< Tunggu petugas.\n= queue desk\n= rests handoff\n"
                      "! handoff accepted\n< nothing\n"
                      "! handoff closed\n< Terima kasih.\n< Halo...\n"),
            "");
  EXPECT_EQ(run_lines("! handoff no_agent\n> halo\n> petugas\n< Tunggu petugas.\n"
                      "< Tidak ada orang.\n< Halo...\n"),
            "");
}

TEST(RunChat, AgentsServeTheCitizen) {
  EXPECT_EQ(run_lines("agent ani comes online\n> halo\n> petugas\n< Tunggu petugas.\n"
                      "< Anda berikutnya dalam antrean.\n= load ani is 1\nagent ani accepts\n"
                      "< Anda sekarang dilayani oleh ani.\n= owner ani\n> ya\n< nothing\n"
                      "agent ani closes as done\n< Terima kasih.\n< Halo...\n= owner bot\n"),
            "");
}

TEST(RunChat, ReportOfAgents) {
  const auto failed = [&](const std::string& line, const std::string& why) {
    const std::string report = run_lines(
        "agent ani comes online with 1 unit\n! 2 others wait in desk\n> halo\n"
        "> petugas\n" +
        line + "\n");
    EXPECT_NE(report.find("  " + why + "\n"), std::string::npos) << report;
  };
  failed("agent ani accepts", "ani cannot do that: it is not offered to them");
  failed("agent ani: halo", "ani cannot do that: it is not theirs");
  failed("agent budi accepts", "budi has not come online yet");
  failed("agent budi comes online for deks", "the app has no queue `deks`; did you mean `desk`?");
  failed("! handoff closed", "agents are in this chat: say what they do instead");
  failed("= owner ani", "the owner is `queue`");
  failed("= load ani is 2", "the load of ani is 1");
  failed("= load budi is 2", "there is no agent `budi`");
  failed("= position 1", "the position is 2");
}

// --- what the desk refuses

// Ani serves a citizen who has just written.
const std::string served = "agent ani comes online\n> halo\n> petugas\nagent ani accepts\n";

TEST(RunChat, OnceTheWindowIsShutAgentsSendTemplatesAndNothingElse) {
  EXPECT_EQ(run_lines(served + "agent ani sends template reminder\n= refused window_open\n"
                               "~ 86399s\n"
                               "agent ani: Selamat pagi\n< nothing\n"
                               "~ 1s\n"
                               "agent ani: Masih di sana?\n< nothing\n= refused window_shut\n"
                               "= owner ani\n"
                               "agent ani sends template reminder\n< nothing\n"
                               "agent ani sends template reminder\n"),
            "");
}

TEST(RunChat, WhatTheCitizenWritesOpensTheWindow) {
  EXPECT_EQ(run_lines(served + "~ 2d\n> !reaction \U0001F44D\n"
                               "agent ani: Halo\n= refused window_shut\n"
                               "> saya di sini\n"
                               "agent ani sends template reminder\n= refused window_open\n"
                               "agent ani: Halo\n"
                               "~ 1d\nagent ani: Halo?\n= refused window_shut\n"
                               "> !image\nagent ani: Terima kasih\n"),
            "");
}

TEST(RunChat, WhereThereIsNoWindowAgentsWriteAndSendNoTemplates) {
  EXPECT_EQ(run_lines("channel: console\n" + served +
                      "~ 30d\nagent ani: Halo\n< nothing\n"
                      "agent ani sends template reminder\n= refused window_open\n"),
            "");
}

// The service looks at the name first, then at the window, then asks the desk.
TEST(RunChat, RefusalsComeInTheOrderOfTheService) {
  EXPECT_EQ(run_lines(served + "agent budi comes online\n"
                               "agent budi sends template remindr\n= refused no_template\n"
                               "agent budi sends template reminder\n= refused window_open\n"
                               "agent budi: Halo\n= refused not_owner\n"
                               "agent budi accepts\n= refused not_offered\n"
                               "~ 1d\n"
                               "agent budi: Halo\n= refused window_shut\n"
                               "agent budi sends template reminder\n= refused not_owner\n"),
            "");
}

// What was refused is no reply: ten minutes after a reply that stays unanswered the conversation
// weighs a quarter.
TEST(RunChat, WhatTheWindowRefusesIsNoReply) {
  EXPECT_EQ(run_lines(served + "~ 1d\nagent ani: Halo\n= refused window_shut\n"
                               "~ 10m\n= load ani is 1\n"
                               "agent ani sends template reminder\n"
                               "~ 10m\n= load ani is 0.25\n"),
            "");
}

TEST(RunChat, ReportOfRefusals) {
  const auto failed = [&](const std::string& lines, const std::string& why) {
    const std::string report = run_lines(served + lines);
    EXPECT_NE(report.find("  " + why + "\n"), std::string::npos) << report;
  };
  failed("~ 1d\nagent ani: Halo\n",
         "ani cannot do that: the channel takes nothing but templates by now");
  failed("agent ani sends template reminder\n",
         "ani cannot do that: the channel takes plain words now, and no template");
  failed("agent ani sends template remindr\n",
         "the app has no template `remindr`; did you mean `reminder`?");
  failed("agent ani: Halo\n= refused window_shut\n", "no agent was refused anything");
  failed("~ 1d\nagent ani: Halo\n= refused window_open\n", "it was refused as `window_shut`");
  // Of this answer, and not of another.
  failed("~ 1d\nagent ani: Halo\n= refused window_shut\n> halo\n= refused window_shut\n",
         "no agent was refused anything");
  failed("~ 1d\nagent ani: Halo\n> halo\n= refused window_shut\n",
         "ani cannot do that: the channel takes nothing but templates by now");
  // No refusal of the desk: the chat is wrong.
  failed("agent budi accepts\n= refused not_offered\n", "budi has not come online yet");
}

// A chat can assert whatever the desk may say.
TEST(RunChat, EveryRefusalHasItsWord) {
  std::vector<std::string_view> words{to_word(runtime::WindowFault::shut),
                                      to_word(runtime::WindowFault::open), "no_template"};
  for (int i = 0; i <= static_cast<int>(desk::Refusal::nobody); ++i) {
    words.push_back(to_word(static_cast<desk::Refusal>(i)));
  }
  for (const std::string_view word : words) {
    dsl::Sources sources;
    dsl::Findings findings;
    parse_chat(sources, sources.add("a.chat", "chat: T\n= refused " + std::string(word) + "\n"),
               findings);
    EXPECT_EQ(dsl::render_text(sources, findings), "") << word;
  }
}

TEST(RunChat, StaleTapsAndMedia) {
  EXPECT_EQ(run_lines("> halo\n> [Cari]\n< Cari apa?\n> [Hitung]\n! shop.count counted 3\n"
                      "< Ada 3.\n"),
            "");
  EXPECT_EQ(run_lines("> halo\n> !image bukti\n< Maaf?\n> !reaction \U0001F44D\n< nothing\n"
                      "> !unsupported\n< Halo! Mau apa?\n"),
            "");
}

TEST(RunChat, ReportOfOtherWords) {
  EXPECT_EQ(run_lines("> halo\n< Halo! Mau apa?\n> cari\n< Cari siapa?\n"),
            "a.chat:1: T\n"
            "     2  > halo\n"
            "        < Halo! Mau apa? [Cari] [Hitung] [Tiket]\n"
            "     4  > cari\n"
            "  the bot said something else\n"
            "     5  < Cari siapa?\n"
            "               ^\n"
            "   got  < Cari apa?\n"
            "               ^\n"
            "        small/search.flow.yaml:10\n");
}

TEST(RunChat, ReportOfSeveralLines) {
  EXPECT_EQ(run_lines("! shop.find found {key: \"s\", name: \"Sepatu\", price: 150000}\n"
                      "> halo\n> cari\n> sepatu\n< *Sepatu*\n  Harga: Rp150,000\n"),
            "a.chat:1: T\n"
            "     2  ! shop.find found {key: \"s\", name: \"Sepatu\", price: 150000}\n"
            "     3  > halo\n"
            "        < Halo! Mau apa? [Cari] [Hitung] [Tiket]\n"
            "     4  > cari\n"
            "        < Cari apa?\n"
            "     5  > sepatu\n"
            "  the bot said something else\n"
            "     6  < *Sepatu*\n"
            "     7    Harga: Rp150,000\n"
            "                      ^\n"
            "   got  < *Sepatu*\n"
            "          Harga: Rp150.000\n"
            "                      ^\n"
            "        small/search.flow.yaml:39\n");
}

TEST(RunChat, ReportOfTooMuchAndTooLittle) {
  EXPECT_EQ(run_lines("! shop.find unavailable\n> halo\n> cari\n> sepatu\n< Toko tutup.\n"
                      "< Sampai jumpa.\n> halo\n"),
            "a.chat:1: T\n"
            "     2  ! shop.find unavailable\n"
            "     3  > halo\n"
            "        < Halo! Mau apa? [Cari] [Hitung] [Tiket]\n"
            "     4  > cari\n"
            "        < Cari apa?\n"
            "     5  > sepatu\n"
            "  the bot said this as well\n"
            "   got  < Sebentar, saya coba lagi.\n"
            "        small/search.flow.yaml:23\n"
            "  the bot did not say this\n"
            "     7  < Sampai jumpa.\n"
            "        small/search.flow.yaml:22\n");
}

TEST(RunChat, ReportOfChoicesAndAttachments) {
  EXPECT_EQ(run_lines("> halo\n< Halo...\n  [Cari] [Tiket]\n"),
            "a.chat:1: T\n"
            "     2  > halo\n"
            "  the bot gave other choices\n"
            "     4    [Cari] [Tiket]\n"
            "   got    [Cari] [Hitung] [Tiket]\n"
            "        small/menu.flow.yaml:5\n");
  EXPECT_EQ(run_lines("> halo\n> tiket\n< Tiket...\n  (image)\n"),
            "a.chat:1: T\n"
            "     2  > halo\n"
            "        < Halo! Mau apa? [Cari] [Hitung] [Tiket]\n"
            "     3  > tiket\n"
            "  the bot sent other attachments\n"
            "     5    (image)\n"
            "   got    (link Lihat https://contoh.id/t)\n"
            "        small/menu.flow.yaml:14\n");
}

TEST(RunChat, ReportOfWhatMustNotBeSaidAndOfNothing) {
  EXPECT_EQ(run_lines("> halo\n< not ...apa...\n"),
            "a.chat:1: T\n"
            "     2  > halo\n"
            "  the bot said what it must not say\n"
            "     3  < not ...apa...\n"
            "   got  < Halo! Mau apa?\n"
            "          [Cari] [Hitung] [Tiket]\n"
            "        small/menu.flow.yaml:5\n");
  EXPECT_EQ(run_lines("> halo\n< nothing\n"),
            "a.chat:1: T\n"
            "     2  > halo\n"
            "  the bot said this as well\n"
            "   got  < Halo! Mau apa?\n"
            "          [Cari] [Hitung] [Tiket]\n"
            "        small/menu.flow.yaml:5\n");
}

TEST(RunChat, ReportOfAssertions) {
  const std::string head =
      "a.chat:1: T\n"
      "     2  > halo\n";
  const auto failed = [&](const std::string& line, const std::string& why) {
    EXPECT_EQ(run_lines("> halo\n" + line + "\n"),
              head + "  " + why + "\n     3  " + line + "\n        small/menu.flow.yaml:4\n");
  };
  failed("= state menu", "the state is `start` of flow `menu`");
  failed("= flow search", "the flow is `menu`");
  failed("= ended", "the conversation goes on");
  failed("= rests call", "it rests: question");
  failed("= timers 0", "armed timers: 2 (silence, session)");
  failed("= timer silence in 5m", "the silence timer is due in 10m");
  failed("= timer call in 5m", "the call timer is not armed");
  failed("= queue desk", "the citizen waits in no queue");
  failed("= outcome done", "nothing has ended with an outcome yet");
  failed("= language en", "the language is `id`");
  failed("= tracked ticket_given", "no event was noted in this answer");
  failed("= var contact.name is \"Budi\"", "`contact.name` is unset");
  failed("= set contact.name", "`contact.name` is unset");
  failed("= var who is 1", "no flow that is under way has a variable `who`");
  failed("= var contact.name is 1", "`contact.name` cannot be that: number where text is declared");
}

TEST(RunChat, ReportOfWhatCannotBe) {
  const auto refused = [](const std::string& line, const std::string& why) {
    EXPECT_EQ(run_lines(line + "\n> halo\n"),
              "a.chat:1: T\n" + std::string("  ") + why + "\n     2  " + line + "\n");
  };
  refused("channel: whatsap", "the app has no channel `whatsap`; did you mean `whatsapp`?");
  refused("language: fr", "the app has no language `fr`");
  refused("contact: age = 3", "a contact has no `age`");
  refused("contact: name = 3", "`name`: number where text is declared");
  const auto impossible = [](const std::string& line, const std::string& why) {
    EXPECT_EQ(run_lines("> halo\n" + line + "\n"),
              "a.chat:1: T\n"
              "     2  > halo\n" +
                  (line[0] == '>' || line[0] == '~' || line[0] == '!'
                       ? "        < Halo! Mau apa? [Cari] [Hitung] [Tiket]\n"
                       : std::string()) +
                  "  " + why + "\n     3  " + line + "\n");
  };
  impossible("> [Cary]", "no message has shown a choice [Cary]; did you mean [Cari]?");
  impossible("> [Bantuan]",
             "no message has shown a choice [Bantuan]; the last choices are [Cari] [Hitung] "
             "[Tiket]");
  impossible("~ until 2026-01-01 09:00", "it is already 2026-01-05 09:00");
  impossible("! shop.fnd nothing", "the app has no service `shop.fnd`; did you mean `shop.find`?");
  impossible("! shop.find noting", "shop.find has no outcome `noting`; did you mean `nothing`?");
  impossible("! shop.find found", "`found`: nothing where a value is required");
  impossible("! shop.find nothing 3", "`nothing` carries no value");
  impossible("! handoff accepted", "nobody waits for a person");
}

TEST(RunChat, ACallThatNobodyAnswersFails) {
  EXPECT_EQ(run_lines("> halo\n> [Hitung]\n"),
            "a.chat:1: T\n"
            "     2  > halo\n"
            "        < Halo! Mau apa? [Cari] [Hitung] [Tiket]\n"
            "  no service answers shop.count: write `! shop.count ...`\n"
            "     3  > [Hitung]\n");
}

TEST(RunChat, TellsWhyWhenAsked) {
  RunOptions options;
  options.trace = true;
  const ChatResult result = run_text("chat: T\n> halo\n< Hai\n", options).at(0);
  ASSERT_FALSE(result.why.empty());
  EXPECT_EQ(result.why.front(), "the citizen sent a text");
}

// A conversation of a month and a timeout at its end.
TEST(RunChat, AMonthIsNothing) {
  EXPECT_EQ(run_lines("> halo\n~ 30d\n< Masih di sana?\n< Sampai jumpa.\n= ended\n"), "");
}

}  // namespace
}  // namespace alur::tools

// Conversations in the terminal, as they look from a pipe.
#include "tools/chat/talk.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "tests/tools/replay/small_app.hpp"

namespace alur::tools {
namespace {

TalkSettings settings() {
  TalkSettings made;
  made.program = small_app();
  made.clock = small_app()->zone().to_instant(*value::parse_local_time("2026-01-05 09:00"));
  return made;
}

// What stands on the screen after these lines, without the lines themselves.
std::string talk(const std::vector<std::string>& lines) {
  std::ostringstream out;
  Talk talk(settings(), out);
  for (const std::string& line : lines) {
    if (&line == &lines.back()) out.str("");
    talk.line(line);
  }
  const std::string screen = out.str();
  return screen.substr(screen.find("\n\n") + 2);
}

TEST(Talk, SaysAndTaps) {
  const std::string menu =
      "  Halo! Mau apa?\n"
      "    1 Cari\n"
      "    2 Hitung\n"
      "    3 Tiket\n"
      "\n";
  EXPECT_EQ(talk({"halo"}), menu);
  EXPECT_EQ(talk({"halo", "1"}), "  Cari apa?\n\n");
  EXPECT_EQ(talk({"halo", ":tap 1"}), "  Cari apa?\n\n");
  EXPECT_EQ(talk({"halo", ":tap Cari"}), "  Cari apa?\n\n");
  EXPECT_EQ(talk({"halo", ":tap 4"}),
            "# :tap takes the number or the label of a choice that was shown\n");
  EXPECT_EQ(talk({"halo", ":send reaction x"}), "# the bot says nothing\n");
  EXPECT_EQ(talk({"halo", ":send image a b"}).substr(0, 8), "  Maaf?\n");
  EXPECT_EQ(talk({"halo", ":send fax"}),
            "# a citizen cannot send `!fax`; begin the line with `\\` if the words are meant\n"
            "# as they stand\n");
}

TEST(Talk, Services) {
  EXPECT_EQ(talk({"halo", "2"}),
            "# shop.count waits for an answer: :answer shop.count OUTCOME VALUE\n");
  EXPECT_EQ(talk({"halo", "2", ":answer shop.count counted 3"}), "  Ada 3.\n\n");
  EXPECT_EQ(talk({":fail shop.count"}), "# from now on: shop.count unavailable\n");
  EXPECT_EQ(talk({":fail shop.count", "halo", "2"}), "  Entah.\n\n");
  EXPECT_EQ(talk({":fail shop.count", ":mend shop.count", "halo", "2"}),
            "# shop.count waits for an answer: :answer shop.count OUTCOME VALUE\n");
  EXPECT_EQ(talk({":fail shop.cont"}),
            "# the app has no service `shop.cont`; did you mean `shop.count`?\n");
  EXPECT_EQ(talk({":answer shop.count counted 33"}), "# `counted`: a number above 9\n");
  EXPECT_EQ(talk({":fail"}), "# :fail takes the name of a service: shop.find, shop.count\n");
  EXPECT_EQ(talk({":mend"}), "# :mend takes the name of a service: shop.find, shop.count\n");
}

TEST(Talk, People) {
  EXPECT_EQ(talk({"halo", "petugas"}),
            "  Tunggu petugas.\n"
            "\n"
            "# people: queue desk, waiting. You are the desk: :desk accepted, :desk closed\n"
            "# ...\n");
  EXPECT_EQ(talk({"halo", "petugas", ":desk accepted", ":desk closed"}).substr(0, 17),
            "  Terima kasih.\n\n");
  EXPECT_EQ(talk({"halo", ":desk accepted"}), "# nobody waits for a person\n");
  EXPECT_EQ(talk({"halo", "petugas", ":desk gone"}),
            "# a handoff does not end so; one of accepted, closed, left, no_agent,\n"
            "# unavailable, timed_out\n");
}

// With the desk that scripted conversations have.
TEST(Talk, Agents) {
  const auto after = [](std::vector<std::string> lines) {
    lines.insert(lines.begin(), {"halo", ":agent ani comes online"});
    return talk(lines);
  };
  EXPECT_EQ(after({}), "");
  const auto ends = [&](const std::vector<std::string>& lines, std::string_view remark) {
    const std::string screen = after(lines);
    EXPECT_TRUE(screen.ends_with(remark)) << screen;
  };
  ends({"petugas"}, "# people: queue desk, offered to an agent\n");
  ends({":agent ani is busy", "petugas"}, "# people: queue desk, number 1\n");
  ends({"petugas", ":agent ani accepts"}, "\n# people: ani\n");
  EXPECT_EQ(after({"petugas", ":agent ani accepts", ":agent ani: Selamat pagi."}), "");
  const std::string closed =
      after({"petugas", ":agent ani accepts", ":agent ani closes as answered"});
  EXPECT_EQ(closed.substr(0, 17), "  Terima kasih.\n\n");
  EXPECT_NE(closed.find("# people: bot\n"), std::string::npos) << closed;
  EXPECT_EQ(after({"petugas", ":agent ani accepts", ":back"}).substr(0, 12), "# taken back");
  ends({"petugas", ":agent ani accepts", ":back", ":agent ani accepts"}, "\n# people: ani\n");
}

// What the citizen reads of a template stands in the app, and is shown; the desk refuses what the
// service's refuses.
TEST(Talk, AgentsSendTemplatesOnceTheWindowIsShut) {
  const auto after = [](std::vector<std::string> lines) {
    lines.insert(lines.begin(),
                 {"halo", ":agent ani comes online", "petugas", ":agent ani accepts"});
    return talk(lines);
  };
  EXPECT_EQ(after({":agent ani sends template reminder"}),
            "# ani cannot do that: the channel takes plain words now, and no template\n");
  EXPECT_EQ(after({":time 1d", ":agent ani: Halo"}),
            "# ani cannot do that: the channel takes nothing but templates by now\n");
  EXPECT_EQ(after({":time 1d", ":agent ani sends template reminder"}),
            "# Ada jawaban untuk Anda.\n");
  EXPECT_EQ(after({":time 1d", ":agent ani sends template remindr"}),
            "# the app has no template `remindr`; did you mean `reminder`?\n");
}

// What comes of itself at the desk is waited for like a timer: an offer stands for half a minute.
TEST(Talk, WaitsForWhatIsDueAtTheDesk) {
  TalkSettings real = settings();
  real.clock.reset();
  std::ostringstream out;
  Talk talk(std::move(real), out);
  for (const char* line : {"halo", ":agent ani comes online", "petugas"}) talk.line(line);
  const auto offered = talk.until_next_due_ms();
  ASSERT_TRUE(offered);
  EXPECT_LE(*offered, 30'000);
  talk.line(":agent ani accepts");
  const auto served = talk.until_next_due_ms();
  EXPECT_TRUE(!served || *served > 30'000);
}

TEST(Talk, WhatAgentsCannotDoIsSaid) {
  EXPECT_EQ(talk({"halo", ":agent ani accepts"}).substr(0, 2), "# ");
  EXPECT_EQ(talk({"halo", ":agent ani sings"}).substr(0, 2), "# ");
  EXPECT_EQ(talk({"halo", "petugas", ":agent ani comes online"}),
            "# whoever serves has to be there before: go :back, and say `:agent NAME comes\n"
            "# online`\n");
  EXPECT_EQ(talk({"halo", "petugas", ":desk closed", ":agent ani comes online"}),
            "# people were played by :desk here; go :back, or begin again, to play agents\n");
  EXPECT_EQ(talk({"halo", ":agent ani comes online", "petugas", ":desk accepted"}),
            "# agents are in this chat: say what they do instead\n");
}

TEST(Talk, TimeAndLanguage) {
  EXPECT_EQ(talk({"halo", ":time 10m"}).substr(0, 18), "  Masih di sana?\n ");
  EXPECT_EQ(talk({"halo", ":time soon"}), "# :time takes a length of time: 30s, 10m, 2h, 3d\n");
  EXPECT_EQ(talk({":lang en", "halo"}).substr(0, 31), "  Hello! What would you like?\n ");
  EXPECT_EQ(talk({":lang fr"}), "# the app has no language `fr`\n");
  EXPECT_EQ(talk({":lang"}), "# :lang takes a language of the app: id, en\n");
}

TEST(Talk, WhyStateAndBack) {
  EXPECT_EQ(talk({":why"}), "# nothing has happened yet\n");
  EXPECT_EQ(talk({"halo", ":why"}).substr(0, 28), "# the citizen sent a text\n# ");
  EXPECT_EQ(talk({"halo", ":lang en", ":why"}).substr(0, 28), "# the citizen sent a text\n# ");
  EXPECT_EQ(talk({"halo", "1", ":state"}),
            "# search.start, small/search.flow.yaml:9\n"
            "# waits for a question; language id\n"
            "# timer silence at 2026-01-05 09:10:05\n"
            "# timer session at 2026-01-06 09:00:05\n");
  EXPECT_EQ(talk({"halo", "1", ":back"}).substr(0, 33), "# taken back\n# menu.start, small/");
  EXPECT_EQ(talk({"halo", "1", ":back", "1"}), "  Cari apa?\n\n");
  EXPECT_EQ(talk({":back"}), "# there is nothing to take back\n");
  EXPECT_EQ(talk({":nope"}), "# there is no :nope; :help lists what there is\n");
}

// A file of lines showed its control characters to the terminal, which obeys them.
TEST(Talk, EchoesNothingThatATerminalObeys) {
  std::ostringstream out;
  Talk talk(settings(), out);
  talk.line("ha\x1b[31mlo");
  EXPECT_EQ(out.str().substr(0, 13), "> ha?[31mlo\n\n");
}

TEST(Talk, Quits) {
  std::ostringstream out;
  Talk talk(settings(), out);
  EXPECT_TRUE(talk.line("halo"));
  EXPECT_FALSE(talk.line(":quit"));
}

std::string saved_after(const std::vector<std::string>& lines,
                        const TalkSettings& made = settings()) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("talk_" + std::to_string(getpid()) + ".chat");
  std::ostringstream out;
  Talk talk(made, out);
  for (const std::string& line : lines) talk.line(line);
  talk.line(":save " + path.string());
  std::ifstream in(path, std::ios::binary);
  std::string saved{std::istreambuf_iterator<char>(in), {}};
  std::filesystem::remove(path);
  return saved;
}

// What a phrase had captured for a private parameter was in the chat.
TEST(Talk, SavesNothingPrivateThatAPhraseCaptured) {
  const auto file = [](const char* path, const char* text) {
    return dsl::AppFile{path, path, text};
  };
  const dsl::Compilation app = dsl::compile(
      {file("app.yaml",
            "app: a\nlanguages: [en]\ntimezone: Asia/Jakarta\nstart: hello\nchannels: [webchat]\n"),
       file("hello.flow.yaml",
            "flow: hello\ntriggers:\n  - hear: my name is {name}\n"
            "params:\n  name: private text(2..80)?\nstates:\n  start:\n"
            "    - say: Hello {name or \"you\"}.\n    - choose: Go on?\n      options:\n"
            "        - label: \"Yes\"\n          goto: start\n"
            "      no_match:\n        - stop: true\n")},
      1);
  ASSERT_NE(app.program, nullptr) << dsl::render_text(*app.sources, app.findings);
  TalkSettings made = settings();
  made.program = app.program;
  EXPECT_EQ(saved_after({"my name is Siti Rahayu"}, made),
            "chat: A conversation, recorded\nchannel: webchat\nlanguage: en\n"
            "clock: 2026-01-05 09:00\n\n"
            "> my name is Xxxx Xxxxxx\n< Hello ....\n< Go on?\n  [Yes]\n");
}

TEST(Talk, SavesAChat) {
  const std::string saved = saved_after({"halo", ":fail shop.find", "1", "sepatu", ":time 1m",
                                         ":tap Hitung", ":answer shop.count counted 3"});
  EXPECT_EQ(saved,
            "chat: A conversation, recorded\n"
            "channel: whatsapp\n"
            "language: id\n"
            "clock: 2026-01-05 09:00\n"
            "\n"
            "> halo\n"
            "< Halo! Mau apa?\n"
            "  [Cari] [Hitung] [Tiket]\n"
            "~ 5s\n"
            "! shop.find unavailable\n"
            "~ 5s\n"
            "> 1\n"
            "< Cari apa?\n"
            "> sepatu\n"
            "< Sebentar, saya coba lagi.\n"
            "~ 2s\n"
            "< Toko tutup.\n"
            "~ 63s\n"
            "> [Hitung]\n"
            "! shop.count hangs\n"
            "~ 5s\n"
            "! shop.count counted 3\n"
            "< Ada 3.\n");
  for (const ChatResult& result : run_text(saved)) EXPECT_TRUE(result.passed());
}

TEST(Talk, SavesWhatAgentsDid) {
  const std::string saved = saved_after({"halo", ":agent ani comes online", "petugas",
                                         ":agent ani accepts", ":agent ani: Selamat pagi.",
                                         "terima kasih", ":agent ani closes as answered", "halo"});
  EXPECT_NE(saved.find("agent ani accepts\n"), std::string::npos) << saved;
  EXPECT_NE(saved.find("agent ani: ...\n"), std::string::npos) << saved;
  for (const ChatResult& result : run_text(saved)) EXPECT_TRUE(result.passed()) << saved;
}

// A template's words are the app's: its name is kept. What was refused is not there.
TEST(Talk, SavesTheTemplatesOfAgents) {
  const std::string saved =
      saved_after({"halo", ":agent ani comes online", "petugas", ":agent ani accepts", ":time 1d",
                   ":agent ani: Halo", ":agent ani sends template reminder", "saya di sini"});
  EXPECT_NE(saved.find("agent ani sends template reminder\n"), std::string::npos) << saved;
  EXPECT_EQ(saved.find("agent ani: "), std::string::npos) << saved;
  for (const ChatResult& result : run_text(saved)) EXPECT_TRUE(result.passed()) << saved;
}

// What would come of itself within the five seconds before the citizen's next line, at the desk
// too, is no part of what was done.
TEST(Talk, SavesUpToWhatIsDueAtTheDesk) {
  const std::string saved = saved_after(
      {"halo", ":agent ani comes online", "petugas", ":time 22s", ":agent budi comes online"});
  EXPECT_TRUE(saved.ends_with("~ 0s\n")) << saved;
  for (const ChatResult& result : run_text(saved)) EXPECT_TRUE(result.passed()) << saved;
}

TEST(Talk, SavesNothingPrivate) {
  const std::string saved = saved_after(
      {"lapor", "Budi Santoso", "0812-3456-789O", "0812-3456-7890", "Rp1.500.000", "halo"});
  EXPECT_EQ(saved,
            "chat: A conversation, recorded\n"
            "channel: whatsapp\n"
            "language: id\n"
            "clock: 2026-01-05 09:00\n"
            "\n"
            "> lapor\n"
            "< Siapa nama Anda?\n"
            "> Xxxx Xxxxxxx\n"
            "< Nomor telepon Anda?\n"
            "> 0000-0000-000X\n"
            "< Maaf?\n"
            "> 081200000000\n"
            "< Berapa kerugian Anda?\n"
            "> 1000000\n"
            "< Terima kasih, .... Kami menelepon •••••••••... tentang ....\n"
            "> halo\n"
            "< Halo! Mau apa?\n"
            "  [Cari] [Hitung] [Tiket]\n");
  for (const ChatResult& result : run_text(saved)) EXPECT_TRUE(result.passed());
}

// How long somebody really typed is noise to whoever reads the chat.
TEST(Talk, TypingTimeIsNotWrittenDown) {
  TalkSettings real = settings();
  real.clock.reset();
  std::ostringstream out;
  Talk talk(std::move(real), out);
  const auto file =
      std::filesystem::temp_directory_path() / ("typing" + std::to_string(getpid()) + ".chat");
  for (const std::string& line :
       {std::string("halo"), std::string(":time 2m"), std::string(":back"), std::string("1"),
        ":save " + file.string()}) {
    talk.line(line);
  }
  std::ifstream saved(file);
  const std::string chat(std::istreambuf_iterator<char>(saved), {});
  std::filesystem::remove(file);
  EXPECT_NE(chat.find("> 1\n"), std::string::npos) << chat;
  EXPECT_EQ(chat.find("~"), std::string::npos) << chat;
}

}  // namespace
}  // namespace alur::tools

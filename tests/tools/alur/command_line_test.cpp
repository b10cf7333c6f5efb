// The program as a person or a script meets it: exit codes, help, and one clear line about whatever
// stands in the way.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace alur::tools {
namespace {

namespace fs = std::filesystem;

struct Said {
  int code = -1;
  std::string out;  // standard output and error, as they came
};

class CommandLine : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "command_line_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    write("good/app.yaml",
          "app: good\nlanguages: [en]\ntimezone: Asia/Jakarta\nstart: main\n"
          "channels: [console]\n\nbounds:\n  person_within: none\n");
    write("good/main.flow.yaml",
          "flow: main\n\nstates:\n  start:\n    - say: Hello.\n    - stop: true\n");
    write("good/chats/a.chat", "chat: Greets\n> hi\n< Hello.\n");
    write("bad/app.yaml",
          "app: bad\nlanguages: [en]\ntimezone: Asia/Jakarta\nstart: main\nchannels: [console]\n");
    write("bad/main.flow.yaml", "flow: main\nstates:\n  start:\n    - goto: nowhere\n");
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << text;
  }

  Said run(const std::string& arguments) {
    const std::string command = "cd " + root_.string() + " && ALUR_CACHE= timeout 60 " +
                                ALUR_PROGRAM + " </dev/null " + arguments + " 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    Said said;
    char buffer[4096];
    while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) {
      said.out.append(buffer, count);
    }
    said.code = WEXITSTATUS(pclose(pipe));
    return said;
  }

  void expect_one_line(const std::string& arguments, const std::string& line) {
    const Said said = run(arguments);
    EXPECT_EQ(said.code, 2) << arguments;
    EXPECT_EQ(said.out, line + "\n") << arguments;
  }

  fs::path root_;
};

TEST_F(CommandLine, ExitCodes) {
  EXPECT_EQ(run("check good").code, 0);
  EXPECT_EQ(run("replay good").code, 0);
  EXPECT_EQ(run("fmt good --check").code, 0);
  EXPECT_EQ(run("check bad").code, 1);
  EXPECT_EQ(run("chat bad").code, 1);
  EXPECT_EQ(run("graph bad").code, 1);
  write("good/chats/b.chat", "chat: Greets otherwise\n> hi\n< Good day.\n");
  EXPECT_EQ(run("replay good").code, 1);
  EXPECT_EQ(run("").code, 2);
  EXPECT_EQ(run("chekc good").code, 2);
  EXPECT_EQ(run("check").code, 2);
  EXPECT_EQ(run("check good --format xml").code, 2);
}

// Witnesses lie where the reader wants them, mostly not within the app; replaying them there failed
// with "no app.yaml above it".
TEST_F(CommandLine, WitnessesReplayOutsideTheApp) {
  write("lost/app.yaml",
        "app: lost\nlanguages: [en]\ntimezone: Asia/Jakarta\nstart: main\nchannels: [console]\n"
        "queues:\n  general:\ndefaults:\n  no_match:\n    - en: Sorry.\n      stop: true\n"
        "  no_input:\n    after: 10m\n    stop: true\n"
        "anytime:\n  - hear: [agent]\n    handoff: general\n");
  write("lost/main.flow.yaml",
        "flow: main\nstates:\n  start:\n    - choose: What?\n      options:\n"
        "        - label: Hours\n    - say: Nine to five.\n    - stop: true\n");
  const Said checked = run("check lost --witness elsewhere");
  EXPECT_EQ(checked.code, 1);
  EXPECT_NE(checked.out.find("1 witness in elsewhere: alur replay --app lost elsewhere\n"),
            std::string::npos)
      << checked.out;
  const Said replayed = run("replay --app lost elsewhere");
  EXPECT_EQ(replayed.code, 0) << replayed.out;
  EXPECT_EQ(run("replay elsewhere").code, 2);
  expect_one_line("replay --app elsewhere elsewhere",
                  "alur replay: elsewhere: no app.yaml in this folder: an app begins with one");
}

TEST_F(CommandLine, WrongUseIsOneLine) {
  expect_one_line("", "alur: no command; `alur --help` lists them");
  expect_one_line("chekc good", "alur: there is no command `chekc`; did you mean `check`?");
  expect_one_line("frobnicate", "alur: there is no command `frobnicate`; `alur --help` lists them");
  expect_one_line("check", "alur check: APP is required; `alur check --help` says more");
  expect_one_line("--nope", "alur: a command comes before `--nope`");
  EXPECT_EQ(run("explain s050").code, 0);
  EXPECT_EQ(run("explain Unquoted_Colon").code, 0);
}

TEST_F(CommandLine, HelpIsThereForEverything) {
  const Said all = run("--help");
  EXPECT_EQ(all.code, 0);
  const Said version = run("--version");
  EXPECT_EQ(version.code, 0);
  for (const char* command :
       {"chat", "check", "replay", "fmt", "graph", "explain", "schema", "completion", "man"}) {
    EXPECT_NE(all.out.find(command), std::string::npos) << command;
    const Said help = run(std::string(command) + " --help");
    EXPECT_EQ(help.code, 0);
    EXPECT_NE(help.out.find("Usage: alur " + std::string(command)), std::string::npos) << help.out;
  }
}

TEST_F(CommandLine, WhatIsNotThere) {
  for (const char* command : {"check", "chat", "graph", "fmt"}) {
    expect_one_line(std::string(command) + " nowhere",
                    "alur " + std::string(command) + ": nowhere: there is no such folder");
  }
  expect_one_line("replay nowhere", "alur replay: nowhere: there is no such file");
  expect_one_line("check good/chats",
                  "alur check: good/chats: no app.yaml in this folder: an app begins with one");
  expect_one_line("graph good --flow nowhere", "alur graph: there is no flow `nowhere` in good");
  expect_one_line("explain X999", "alur explain: there is no finding `X999`");
  expect_one_line("man nowhere", "alur man: there is no command `nowhere`");
  expect_one_line("chat good --lang xx", "alur chat: the app has no language xx");
  expect_one_line("chat good --channel fax", "alur chat: the app has no channel fax");
}

// The same app on other lists, which are old a month later.
TEST_F(CommandLine, ChatsAreAnsweredFromOtherLists) {
  fs::copy(ALUR_SOURCE_DIR "/flows/kontak157", root_ / "kontak", fs::copy_options::recursive);
  fs::remove_all(root_ / "kontak/chats");
  const std::string begin = "channel: console\nlanguage: en\nclock: ";
  write("kontak/chats/a.chat",
        "chat: Fresh\n" + begin +
            "2026-01-05 09:00\n\n> check satu jaya\n"
            "< *SATU JAYA* is licensed...\n< ...\n\nchat: Old\n" +
            begin +
            "2026-02-05 09:00\n\n> check satu jaya\n"
            "< The name *SATU JAYA* is on the list of institutions, but that "
            "list is from 30 December 2025...\n< ...\n");
  write("list.csv", "name\nSATU JAYA\n");
  EXPECT_EQ(run("registry import list.csv --list licensed --as-of 2025-12-30 --lists ours").code,
            0);
  const Said ours = run("replay kontak --lists ours");
  EXPECT_EQ(ours.code, 0) << ours.out;
  EXPECT_EQ(run("replay kontak").code, 1);
  EXPECT_EQ(run("chat kontak --lists ours").code, 0);
  expect_one_line("chat kontak --lists nowhere", "alur chat: nowhere: there is no list here");
  expect_one_line("replay kontak --lists nowhere", "alur replay: nowhere: there is no list here");
  expect_one_line("serve kontak --store \"\" --port 0 --lists nowhere",
                  "alur serve: nowhere: no lists there");
}

TEST_F(CommandLine, FilesThatAreNoText) {
  write("good/main.flow.yaml", std::string("\x7f"
                                           "ELF\x01\x02\x00\x00\xff\xfe",
                                           10));
  const Said said = run("check good");
  EXPECT_EQ(said.code, 1);
  EXPECT_NE(said.out.find("good/main.flow.yaml:1:"), std::string::npos) << said.out;
  write("good/main.flow.yaml", "flow: main\nstates:\n  start:\n    - stop: true\n");
  write("good/chats/a.chat", std::string("\x00\x01\xff", 3));
  EXPECT_EQ(run("replay good").code, 1);
}

TEST_F(CommandLine, FilesOfAGigabyte) {
  fs::resize_file(root_ / "good/chats/a.chat", std::uintmax_t{1} << 30);
  expect_one_line("replay good",
                  "alur replay: good/chats/a.chat: 1073741824 bytes; a chat file may have at most "
                  "1048576");
  fs::resize_file(root_ / "good/app.yaml", std::uintmax_t{1} << 30);
  expect_one_line("check good",
                  "alur check: good/app.yaml: 1073741824 bytes; a file may have at most 1048576");
}

TEST_F(CommandLine, FoldersThatGoRound) {
  fs::create_directory_symlink("..", root_ / "good/chats/loop");
  EXPECT_EQ(run("replay good").code, 0);
  EXPECT_EQ(run("check good").code, 0);
}

// Words between two marks in a text, `\\fB` and `\\fR` say.
std::vector<std::string> words_between(const std::string& text, const std::string& begin,
                                       const std::string& end) {
  std::vector<std::string> words;
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
    at += begin.size();
    words.push_back(text.substr(at, text.find(end, at) - at));
  }
  return words;
}

TEST_F(CommandLine, ExploreWritesWhatItFindsAndWhatCovers) {
  const Said sound = run("explore good --covering covering");
  EXPECT_EQ(sound.code, 0) << sound.out;
  EXPECT_NE(sound.out.find("a fix point"), std::string::npos) << sound.out;
  EXPECT_TRUE(fs::exists(root_ / "covering/covering_en.chat"));
  fs::copy(root_ / "covering/covering_en.chat", root_ / "good/chats/covering.chat");
  EXPECT_EQ(run("replay good").code, 0);
  const Said found = run("explore good --messages 1 --out found");
  EXPECT_EQ(found.code, 0) << found.out;  // one message is all there is
  EXPECT_EQ(run("explore bad").code, 1);
  EXPECT_EQ(run("explore nowhere").code, 2);
  EXPECT_EQ(run("explore good --states 0").code, 2);
}

TEST_F(CommandLine, MutateFailsBelowWhatIsAskedFor) {
  const Said said = run("mutate good --at-least 100 --json mutants.json");
  EXPECT_EQ(said.code, 0) << said.out;
  EXPECT_NE(said.out.find("100.0 % of those"), std::string::npos) << said.out;
  EXPECT_TRUE(fs::exists(root_ / "mutants.json"));
  write("good/chats/a.chat", "chat: Greets\n> hi\n< ...\n");
  EXPECT_EQ(run("mutate good --at-least 100 --out drafts").code, 1);
  EXPECT_TRUE(fs::exists(root_ / "drafts/drafted_main.chat"));
  EXPECT_EQ(run("mutate good --operators nonsense").code, 2);
  EXPECT_EQ(run("mutate --list").code, 0);
  EXPECT_EQ(run("mutate bad").code, 2);
}

TEST_F(CommandLine, ThePageAboutItHasEveryCommandAndOption) {
  std::ifstream file(ALUR_SOURCE_DIR "/docs/command-line.md");
  const std::string page(std::istreambuf_iterator<char>(file), {});
  std::size_t options = 0;
  for (const std::string& command : words_between(run("man").out, ".BR alur-", " (1)")) {
    EXPECT_NE(page.find("`alur " + command), std::string::npos) << command;
    for (std::string name : words_between(run("man " + command).out, "\\fB\\-\\-", "\\fR")) {
      name.erase(std::remove(name.begin(), name.end(), '\\'), name.end());
      if (name == "help") continue;
      ++options;
      EXPECT_NE(page.find("--" + name), std::string::npos) << command << " --" << name;
    }
  }
  EXPECT_GT(options, 10u);
}

// Passwords come from standard input where there is no terminal, never from the command line.
TEST_F(CommandLine, AccountsOfTheDesk) {
  const auto with_password = [&](const std::string& password, const std::string& arguments) {
    write("password", password + "\n");
    return run(arguments + " <password");
  };
  expect_one_line("user list store", "alur user: store: there are no accounts beside it");
  expect_one_line("user disable store", "alur user: disable STORE NAME");
  const Said weak =
      with_password("password1234", "user add store siti --role administrator --password");
  EXPECT_EQ(weak.out, "alur user: that password is among the first that everybody tries\n");
  EXPECT_EQ(weak.code, 2);
  EXPECT_EQ(run("user list store").out, "");
  const Said set =
      with_password("kuda besi makan awan", "user add store siti --role administrator --password");
  EXPECT_EQ(set.out, "siti: has a new password, and is signed out everywhere\n");
  EXPECT_EQ(with_password("payung biru di loteng", "user passwd store siti").code, 0);
  expect_one_line("user add store siti", "alur user: somebody has that name");
  expect_one_line("user disable store siti", "alur user: no administrator would be left");
  expect_one_line("user disable store nobody", "alur user: there is no account nobody");
  const Said added =
      run("user add store ani --full-name Ani --queue general --units 3 --at https://desk/");
  EXPECT_EQ(added.code, 0);
  EXPECT_TRUE(added.out.starts_with("https://desk/#/password/")) << added.out;
  EXPECT_EQ(added.out.size(), 24u + 43u + 1u);
  EXPECT_EQ(run("user set store ani --queue pengaduan").out, "ani: set\n");
  EXPECT_EQ(run("user code-off store ani").out, "ani: signs in without one-time codes\n");
  EXPECT_EQ(run("user disable store ani").out, "ani: disabled, and signed out everywhere\n");
  EXPECT_EQ(run("user list store").out,
            "ani              agent         Ani, pengaduan, 3 units, no password yet, disabled\n"
            "siti             administrator siti\n");
  expect_one_line(
      "user list store --secret-from NOWHERE_AT_ALL",
      "alur user: NOWHERE_AT_ALL: there is no such environment variable, or it is empty");
}

TEST_F(CommandLine, TheAuditOfTheDesk) {
  EXPECT_EQ(run("audit verify store").code, 2);
  EXPECT_FALSE(fs::exists(root_ / "store.staff"));
  ASSERT_EQ(run("user add store ani").code, 0);
  ASSERT_EQ(run("user disable store ani").code, 0);
  const Said whole = run("audit verify store");
  EXPECT_EQ(whole.code, 0);
  EXPECT_TRUE(whole.out.starts_with("store.staff: unbroken, 3 rows\nhead 3:")) << whole.out;
  const std::string head = whole.out.substr(whole.out.find("head ") + 5, 66);
  EXPECT_EQ(run("audit verify store --head " + head).code, 0);
  const Said cut = run("audit verify store --head 4" + head.substr(1));
  EXPECT_EQ(cut.code, 1);
  EXPECT_EQ(cut.out,
            "store.staff: broken: row 4, which was there once, is missing; 3 rows are as they were "
            "written\n");
  expect_one_line("audit verify store --head 3:nothing",
                  "alur audit: 3:nothing: is no head, as 1234:9f86...");
  const Said shown = run("audit show store --rows 1");
  EXPECT_NE(shown.out.find(" disable_user: ani\n"), std::string::npos) << shown.out;
  EXPECT_TRUE(shown.out.starts_with("3 ")) << shown.out;
  EXPECT_EQ(run("audit show store --by nobody").out, "");
  expect_one_line("audit show store --citizen xyz",
                  "alur audit: xyz: is no citizen, who is 16 hexadecimal digits");
  // Somebody with another key, or with none.
  fs::remove(root_ / "store.staff-key");
  EXPECT_NE(run("audit verify store").out.find("the key was not looked at"), std::string::npos);
  write("store.staff-key", std::string(32, 'k'));
  fs::permissions(root_ / "store.staff-key", fs::perms::owner_read);
  const Said other = run("audit verify store");
  EXPECT_EQ(other.code, 1);
  EXPECT_NE(other.out.find("row 1 was written by somebody who does not have the key"),
            std::string::npos);
}

// A line of the operators' guide that calls alur: the command and its options are there.
TEST_F(CommandLine, TheOperatorsGuideSpeaksOfWhatThereIs) {
  std::ifstream file(ALUR_SOURCE_DIR "/docs/guide-operator.md");
  const std::string commands = run("man").out;
  std::size_t calls = 0;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) inside = line == "```sh";
    line = line.substr(0, line.find(" #"));
    std::string command;
    std::string page;
    std::istringstream words(inside ? line : "");
    for (std::string word, before; words >> word; before = word) {
      if (before == "alur" && command.empty() && commands.find("alur-" + word) != line.npos) {
        command = word;
        page = run("man " + command).out;
        ++calls;
      } else if (!command.empty() && word.starts_with("--")) {
        std::string option = "\\fB";
        for (const char letter : word.substr(0, word.find('='))) {
          option += letter == '-' ? std::string("\\-") : std::string(1, letter);
        }
        EXPECT_NE(page.find(option + "\\fR"), page.npos) << line << "\n" << page;
      } else if (before == "alur") {
        // "sudo -u alur alur", "journalctl -u alur -f"
        EXPECT_TRUE(word == "alur" || word == "-f") << line;
      }
    }
  }
  EXPECT_GE(calls, 12u);
}

TEST_F(CommandLine, ManPagesOfEveryCommand) {
  EXPECT_EQ(run("man --dir man").code, 0);
  std::size_t pages = 0;
  for (const auto& page : fs::directory_iterator(root_ / "man")) {
    ++pages;
    const Said shown = run("--version >/dev/null; man --warnings -l " + page.path().string());
    EXPECT_EQ(shown.code, 0) << shown.out;
    EXPECT_EQ(shown.out.find("warning"), std::string::npos) << shown.out;
  }
  EXPECT_GE(pages, 10u);
  EXPECT_NE(run("man check").out.find(".TH alur\\-check 1"), std::string::npos);
}

}  // namespace
}  // namespace alur::tools

#include "tools/replay/report.hpp"

#include <gtest/gtest.h>

#include "dsl/chat/parse_chat.hpp"
#include "tests/tools/replay/small_app.hpp"
#include "tools/replay/replay.hpp"

namespace alur::tools {
namespace {

std::vector<ChatResult> results() {
  return run_text(
      "chat: Good & \"quoted\"\n> halo\n"
      "chat: Bad #1\n> halo\n< Hai\n");
}

TEST(Report, Text) {
  EXPECT_EQ(report_text(results()),
            "a.chat:3: Bad #1\n"
            "     4  > halo\n"
            "  the bot said something else\n"
            "     5  < Hai\n"
            "            ^\n"
            "   got  < Halo! Mau apa?\n"
            "            ^\n"
            "        small/menu.flow.yaml:5\n"
            "\n"
            "1 of 2 chats failed\n");
  EXPECT_EQ(report_text({}), "0 chats passed\n");
  EXPECT_EQ(report_text({results()[0]}), "1 chat passed\n");
}

TEST(Report, Junit) {
  EXPECT_EQ(report_junit(results()),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites name=\"alur replay\" tests=\"2\" failures=\"1\">\n"
            "  <testsuite name=\"a.chat\" tests=\"2\" failures=\"1\">\n"
            "    <testcase classname=\"a.chat\" name=\"Good &amp; &quot;quoted&quot;\" "
            "file=\"a.chat\" line=\"1\"/>\n"
            "    <testcase classname=\"a.chat\" name=\"Bad #1\" file=\"a.chat\" line=\"3\">\n"
            "      <failure message=\"the bot said something else\">a.chat:3: Bad #1\n"
            "     4  &gt; halo\n"
            "  the bot said something else\n"
            "     5  &lt; Hai\n"
            "            ^\n"
            "   got  &lt; Halo! Mau apa?\n"
            "            ^\n"
            "        small/menu.flow.yaml:5\n"
            "</failure>\n"
            "    </testcase>\n"
            "  </testsuite>\n"
            "</testsuites>\n");
}

TEST(Report, Tap) {
  EXPECT_EQ(report_tap(results()),
            "TAP version 13\n"
            "1..2\n"
            "ok 1 - a.chat: Good & \"quoted\"\n"
            "not ok 2 - a.chat: Bad \\#1\n"
            "  ---\n"
            "  report: |\n"
            "    a.chat:3: Bad #1\n"
            "         4  > halo\n"
            "      the bot said something else\n"
            "         5  < Hai\n"
            "                ^\n"
            "       got  < Halo! Mau apa?\n"
            "                ^\n"
            "            small/menu.flow.yaml:5\n"
            "  ...\n");
}

TEST(Report, Json) {
  EXPECT_EQ(report_json(results()),
            "{\"version\":1,\"passed\":1,\"failed\":1,\"chats\":["
            "{\"file\":\"a.chat\",\"line\":1,\"title\":\"Good & \\\"quoted\\\"\",\"passed\":true,"
            "\"failures\":[]},"
            "{\"file\":\"a.chat\",\"line\":3,\"title\":\"Bad #1\",\"passed\":false,"
            "\"failures\":[{\"line\":5,\"what\":\"the bot said something else\","
            "\"expected\":[\"< Hai\"],\"got\":[\"< Halo! Mau apa?\"],"
            "\"place\":\"small/menu.flow.yaml:5\"}]}]}\n");
}

// Whatever the threads do, the reports are the same bytes.
TEST(Report, DoesNotDependOnTheThreads) {
  ReplaySet set;
  set.apps.push_back({small_app(), nullptr});
  std::string text;
  for (int i = 0; i < 200; ++i) {
    text += "chat: Number " + std::to_string(i) + "\n> halo\n< Halo! Mau apa?\n> [Cari]\n< Cari " +
            (i % 3 == 0 ? "apa?" : "siapa?") + "\n";
  }
  set.folders.push_back("small");
  const dsl::FileId file = set.sources.add("a.chat", text);
  ReplayFile& read = set.files.emplace_back();
  read.chats = dsl::parse_chat(set.sources, file, read.findings);
  const std::vector<ChatResult> one = run_replay(set, 1, {});
  const std::vector<ChatResult> eight = run_replay(set, 8, {});
  EXPECT_EQ(one.size(), 200u);
  EXPECT_EQ(report_text(one), report_text(eight));
  EXPECT_EQ(report_json(one), report_json(eight));
}

TEST(Report, WhatCannotBeReadFails) {
  ReplaySet set;
  set.folders = {"small", "broken"};
  set.apps = {{small_app(), nullptr}, {}};
  const dsl::FileId file = set.sources.add("a.chat", "chat: T\n>halo\n> a\n");
  ReplayFile& read = set.files.emplace_back();
  read.chats = dsl::parse_chat(set.sources, file, read.findings);
  EXPECT_EQ(report_text(run_replay(set, 2, {})),
            "broken/app.yaml:1: The app has no errors\n"
            "  the app has errors; `alur check` shows them\n"
            "\n"
            "a.chat:1: The chats can be read\n"
            "  H009: a space is missing after `>`; `> halo`\n"
            "     2  >halo\n"
            "        ^\n"
            "\n"
            "2 of 2 chats failed\n");
}

}  // namespace
}  // namespace alur::tools

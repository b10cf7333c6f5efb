#include "tools/diff/diff_apps.hpp"

#include <gtest/gtest.h>

#include "dsl/compile/compile.hpp"

namespace alur::tools {
namespace {

constexpr const char* app = R"(app: small
languages: [en]
timezone: Asia/Jakarta
start: main
channels: [webchat]
)";

constexpr const char* flow = R"(flow: main
vars:
  name: text(1..80)
states:
  start:
    - say:
        en: Welcome.
    - choose:
        en: What would you like?
      options:
        - label: {en: A name}
          goto: name
        - label: {en: Nothing}
          goto: bye
  name:
    - ask:
        en: Which name?
      into: name
    - say:
        en: "Hello, {name}."
    - stop: true
  bye:
    - say:
        en: Goodbye.
    - stop: true
)";

std::shared_ptr<const program::Program> compile(const std::string& text,
                                                const std::string& app_text = app) {
  const auto compiled = dsl::compile(
      {{"app.yaml", "app.yaml", app_text}, {"main.flow.yaml", "main.flow.yaml", text}}, 1);
  EXPECT_TRUE(compiled.program);
  return compiled.program;
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

std::string diff(const std::string& after) {
  std::string lines;
  for (const std::string& line : diff_apps(*compile(flow), *compile(after))) lines += line + "\n";
  return lines;
}

TEST(DiffApps, TheSameIsNoDifference) {
  EXPECT_EQ(diff(flow), "");
}

TEST(DiffApps, ATextThatChanged) {
  EXPECT_EQ(diff(changed(flow, "Goodbye.", "Farewell.")),
            "main.bye: the text changed\n  - Goodbye.\n  + Farewell.\n");
  EXPECT_EQ(diff(changed(flow, "Hello, {name}.", "Hello, dear {name}.")),
            "main.name: the text changed\n  - Hello, {name}.\n  + Hello, dear {name}.\n");
}

TEST(DiffApps, AnOptionThatIsNew) {
  EXPECT_EQ(diff(changed(flow, "        - label: {en: Nothing}\n",
                         "        - label: {en: Nothing}\n          goto: bye\n"
                         "        - label: {en: More}\n")),
            "main.start: option 3 is new\n  + More\n");
}

TEST(DiffApps, AStateThatIsNewAndOneThatIsGone) {
  EXPECT_EQ(diff(changed(changed(flow, "goto: bye", "goto: farewell"), "  bye:", "  farewell:")),
            "state main.farewell is new\nstate main.bye is gone\n");
}

TEST(DiffApps, WhatTheAppDeclares) {
  const auto before = compile(flow);
  const auto after = compile(flow, changed(app, "[webchat]", "[webchat, whatsapp]"));
  EXPECT_EQ(diff_apps(*before, *after), std::vector<std::string>{"app: channel whatsapp is new"});
}

TEST(DiffApps, WhoMaySeePrivateValuesAndWhatTheyAreCalled) {
  const auto app_with = [](const std::string& queue) {
    return std::string(app) + "queues:\n  desk:" + queue;
  };
  const auto before = compile(flow, app_with("\n    title: {en: Desk}\n"));
  const auto after = compile(flow, app_with("\n    title: {en: People}\n    private: true\n"));
  EXPECT_EQ(diff_apps(*before, *after),
            (std::vector<std::string>{
                "app: queue desk changed", "  - priority 0", "  + priority 0, private",
                "app: the title of queue desk changed", "  - Desk", "  + People"}));
  EXPECT_EQ(diff_apps(*compile(flow, app_with("\n")), *before),
            (std::vector<std::string>{"app: the title of queue desk is new", "  + Desk"}));
}

TEST(DiffApps, AVariableOfAnotherType) {
  EXPECT_EQ(diff(changed(flow, "text(1..80)", "text(2..80)")),
            "main: variable name changed\n  - text(1..80)\n  + text(2..80)\n");
}

}  // namespace
}  // namespace alur::tools

#include "dsl/chat/rewrite.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "dsl/chat/dump_chat.hpp"
#include "dsl/chat/parse_chat.hpp"
#include "dsl/finding/render.hpp"
#include "engine/value/text.hpp"

namespace alur::dsl {
namespace {

using testing::ElementsAre;

TEST(Rewrite, TextsThatLookLikeSomethingElseAreEscaped) {
  EXPECT_THAT(print_expected_text("Halo"), ElementsAre("< Halo"));
  EXPECT_THAT(print_expected_text("Satu\n\ndua \n"), ElementsAre("< Satu", "", "  dua"));
  EXPECT_THAT(print_expected_text("Tunggu..."), ElementsAre("< \\Tunggu..."));
  EXPECT_THAT(print_expected_text("/a/"), ElementsAre("< \\/a/"));
  EXPECT_THAT(print_expected_text("not now"), ElementsAre("< \\not now"));
  EXPECT_THAT(print_expected_text("any of"), ElementsAre("< \\any of"));
  EXPECT_THAT(
      print_expected_text("a\n[b]\n(c)\n(image c)\n{d}\n{ d }\n\\e"),
      ElementsAre("< a", "  \\[b]", "  (c)", "  \\(image c)", "  \\{d}", "  { d }", "  \\\\e"));
  EXPECT_THAT(print_said_text("!image"), ElementsAre("> \\!image"));
  EXPECT_THAT(print_said_text("[a]\n[b]"), ElementsAre("> \\[a]", "  [b]"));
  EXPECT_THAT(print_said_text("a...b"), ElementsAre("> a...b"));
  EXPECT_EQ(print_tap("a ] b"), "> [a \\] b]");
}

TEST(Rewrite, ChoicesAndAttachments) {
  PlainMessage message{"",
                       {"Ya", "Ti]dak"},
                       {{ExpectedAttachment::Kind::link, "Buka", "https://a"},
                        {ExpectedAttachment::Kind::location, "", ""},
                        {ExpectedAttachment::Kind::template_name, "", "kabar"}}};
  EXPECT_THAT(print_expected(message),
              ElementsAre("<", "  [Ya] [Ti\\]dak]", "  (link Buka https://a)", "  (location)",
                          "  (template kabar)"));
}

TEST(Rewrite, EditsLeaveEveryOtherByte) {
  const std::string source = "chat: A\n\n# keep \t\n> a\n< b\n  c\n< d";
  EXPECT_EQ(apply_edits(source, {}), source);
  EXPECT_EQ(apply_edits(source, {{{5, 7}, {"< x"}}}), "chat: A\n\n# keep \t\n> a\n< x\n< d");
  EXPECT_EQ(apply_edits(source, {{{8, 8}, {"< e"}}, {{7, 8}, {}}}),
            "chat: A\n\n# keep \t\n> a\n< b\n  c\n< e\n");
  EXPECT_EQ(apply_edits(source, {{{8, 8}, {"< e"}}}), source + "\n< e\n");
  EXPECT_EQ(apply_edits("a\r\nb\r\n", {{{2, 2}, {"x"}}}), "a\r\nx\r\nb\r\n");
}

std::string any_text() {
  static const std::vector<std::string> pieces{
      "a",  "Halo",      " ", "\n", "...",    "{x}",  "{",       "[",
      "]",  "(image a)", "/", "\\", "<",      "not ", "nothing", "any of",
      "- ", "#",         "!", "=",  "\u00e9", "\t",   "? ",      "in any order"};
  std::string text;
  for (const std::string& piece :
       *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces))) {
    text += piece;
  }
  return text;
}

// As it is compared: without the blanks that nobody sees.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : value::trimmed(text)) {
    while (c == '\n' && !out.empty() && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
    out += c;
  }
  return out;
}

std::string joined(const Lines& lines) {
  std::string out = "chat: T\n";
  for (const std::string& line : lines) out += line + "\n";
  return out + "= ended\n";
}

RC_GTEST_PROP(RewriteProperty, WhatIsPrintedReadsAsItself, ()) {
  PlainMessage message{any_text(), {}, {}};
  for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
    const std::string label = any_text();
    if (label.find('\n') == label.npos) message.choices.push_back(label);
  }
  if (plain(message.text).empty() && message.choices.empty()) return;
  Sources sources;
  Findings findings;
  const FileId file = sources.add("a.chat", joined(print_expected(message)));
  const ChatFile parsed = parse_chat(sources, file, findings);
  RC_ASSERT(render_text(sources, findings) == "");
  RC_ASSERT(parsed.chats.size() == 1u && parsed.chats[0].lines.size() == 2u);
  const auto& expectation = std::get<Expectation>(parsed.chats[0].lines[0].what);
  RC_ASSERT(expectation.kind == Expectation::Kind::message);
  const ExpectedMessage& read = expectation.messages.at(0);
  const auto words = [](const ChatText& text) {
    if (text.pieces.empty()) return std::string();
    RC_ASSERT(text.pieces.size() == 1u && text.pieces[0].kind == ChatText::Piece::Kind::literal);
    return text.pieces[0].text;
  };
  RC_ASSERT(!read.is_pattern && words(read.text) == plain(message.text));
  RC_ASSERT(read.choices.size() == message.choices.size());
  for (std::size_t i = 0; i < read.choices.size(); ++i) {
    RC_ASSERT(words(read.choices[i]) == std::string(value::trimmed(message.choices[i])));
  }
}

}  // namespace
}  // namespace alur::dsl

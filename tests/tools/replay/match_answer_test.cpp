#include "tools/replay/match_answer.hpp"

#include <gtest/gtest.h>

#include "dsl/chat/parse_chat.hpp"

namespace alur::tools {
namespace {

struct Script {
  explicit Script(const std::string& lines) {
    const dsl::FileId file = sources.add("a.chat", "chat: T\n" + lines);
    parsed = dsl::parse_chat(sources, file, findings);
    EXPECT_TRUE(findings.empty());
    for (const dsl::ChatLine& line : parsed.chats.at(0).lines) {
      expected.push_back(&std::get<dsl::Expectation>(line.what));
    }
  }
  dsl::Sources sources;
  dsl::Findings findings;
  dsl::ChatFile parsed;
  Expectations expected;
};

Spoken spoken(std::string text, std::vector<std::string> choices = {}) {
  return {{std::move(text), std::move(choices), {}}, nullptr};
}

bool matches(const std::string& lines, const std::vector<Spoken>& said) {
  const Script script(lines);
  Captures captures;
  return match_answer(script.expected, said, captures);
}

// `0=0 -=1 1!2` : expectation 0 and message 0 agree, message 1 is too many, 1 and 2 do not agree.
std::string aligned(const std::string& lines, const std::vector<Spoken>& said) {
  const Script script(lines);
  std::string out;
  for (const Pairing& pairing : align_answer(script.expected, said, {})) {
    out += out.empty() ? "" : " ";
    out += pairing.expectation == Pairing::none ? "-" : std::to_string(pairing.expectation);
    out += pairing.same ? "=" : "!";
    if (pairing.begin == pairing.end) out += "-";
    for (std::size_t s = pairing.begin; s < pairing.end; ++s) out += std::to_string(s);
  }
  return out;
}

const std::vector<Spoken> a{spoken("A")};
const std::vector<Spoken> ab{spoken("A"), spoken("B")};
const std::vector<Spoken> abc{spoken("A"), spoken("B"), spoken("C")};

TEST(MatchAnswer, EveryMessageIsExpected) {
  EXPECT_TRUE(matches("< A", a));
  EXPECT_FALSE(matches("< A", ab));
  EXPECT_FALSE(matches("< A\n< B", a));
  EXPECT_TRUE(matches("< A\n< B", ab));
  EXPECT_FALSE(matches("< B\n< A", ab));
  EXPECT_TRUE(matches("< nothing", {}));
  EXPECT_FALSE(matches("< nothing", a));
}

TEST(MatchAnswer, AnyNumberOfMessages) {
  EXPECT_TRUE(matches("< ...", {}));
  EXPECT_TRUE(matches("< ...", abc));
  EXPECT_TRUE(matches("< ...\n< C", abc));
  EXPECT_FALSE(matches("< ...\n< B", abc));
  EXPECT_TRUE(matches("< A\n< ...\n< C", abc));
}

TEST(MatchAnswer, OneThatNeedNotCome) {
  EXPECT_TRUE(matches("<? A\n< B", ab));
  EXPECT_TRUE(matches("<? X\n< A", a));
  EXPECT_FALSE(matches("<? X\n< A", ab));
}

TEST(MatchAnswer, OneOfSeveral) {
  EXPECT_TRUE(matches("< any of\n  - X\n  - A", a));
  EXPECT_FALSE(matches("< any of\n  - X\n  - Y", a));
}

TEST(MatchAnswer, InAnyOrder) {
  EXPECT_TRUE(matches("< in any order\n  - B\n  - A\n< C", abc));
  EXPECT_TRUE(matches("< in any order\n  - ...\n  - A\n< C", abc));
  EXPECT_FALSE(matches("< in any order\n  - C\n  - A\n< B", abc));
  EXPECT_FALSE(matches("< in any order\n  - A\n  - B", abc));
}

TEST(MatchAnswer, WhatMustNotBeSaid) {
  EXPECT_TRUE(matches("< not X", abc));
  EXPECT_FALSE(matches("< not ...B...", abc));
  EXPECT_TRUE(matches("< A\n< not X\n< B", ab));
  EXPECT_FALSE(matches("< A\n< not X", ab));
}

TEST(MatchAnswer, Choices) {
  const std::vector<Spoken> said{spoken("A", {"Ya ", "Tidak", "Batal"})};
  EXPECT_TRUE(matches("< A", said));
  EXPECT_TRUE(matches("< A\n  [Ya] [Tidak] [Batal]", said));
  EXPECT_FALSE(matches("< A\n  [Ya] [Tidak]", said));
  EXPECT_FALSE(matches("< A\n  [Tidak] [Ya] [Batal]", said));
  EXPECT_TRUE(matches("< A\n  [Ya] [...]", said));
  EXPECT_TRUE(matches("< A\n  [...] [Batal]", said));
  EXPECT_TRUE(matches("< ...\n  [Y...] [...]", said));
}

TEST(MatchAnswer, Attachments) {
  using Kind = dsl::ExpectedAttachment::Kind;
  Spoken said = spoken("A");
  said.plain.attachments = {{Kind::image, "", "https://x/a.png"},
                            {Kind::link, "Buka", "https://x"}};
  EXPECT_TRUE(matches("< A", {said}));
  EXPECT_TRUE(matches("< A\n  (image https://x/a.png)\n  (link Buka https://x)", {said}));
  EXPECT_TRUE(matches("< A\n  (image)\n  (link Buka ...)", {said}));
  EXPECT_FALSE(matches("< A\n  (image)", {said}));
  EXPECT_FALSE(matches("< A\n  (image)\n  (link Lihat https://x)", {said}));
}

TEST(MatchAnswer, CapturesHoldForTheWholeAnswer) {
  const std::vector<Spoken> same{spoken("Tiket 1"), spoken("Simpan 1")};
  const std::vector<Spoken> other{spoken("Tiket 1"), spoken("Simpan 2")};
  EXPECT_TRUE(matches("< Tiket {t}\n< Simpan {t}", same));
  EXPECT_FALSE(matches("< Tiket {t}\n< Simpan {t}", other));
}

TEST(AlignAnswer, KeepsWhatAgreesTogether) {
  EXPECT_EQ(aligned("< A\n< X", ab), "0=0 1!1");
  EXPECT_EQ(aligned("< A\n< C", abc), "0=0 -!1 1=2");
  EXPECT_EQ(aligned("< A\n< X\n< B", ab), "0=0 1!- 2=1");
  EXPECT_EQ(aligned("<? X\n< B", ab), "-!0 0=- 1=1");
  EXPECT_EQ(aligned("< ...\n< X", abc), "0=01 1!2");
  EXPECT_EQ(aligned("< in any order\n  - B\n  - A\n< X", abc), "0=01 1!2");
  EXPECT_EQ(aligned("< not B\n< A\n< B", ab), "0=- 1=0 2=1 0!1");
  EXPECT_EQ(aligned("< nothing", a), "-!0 0!-");
}

}  // namespace
}  // namespace alur::tools

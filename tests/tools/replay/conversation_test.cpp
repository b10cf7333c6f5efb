#include "tools/replay/conversation.hpp"

#include <gtest/gtest.h>

#include "tests/tools/replay/small_app.hpp"

namespace alur::tools {
namespace {

constexpr value::Instant begin{1'767'000'000'000};

Conversation conversation(bool through_bytes = false) {
  ConversationSettings settings;
  settings.begins = begin;
  settings.through_bytes = through_bytes;
  return Conversation(small_app(), settings, nullptr);
}

void say(Conversation& talk, std::string text) {
  machine::Input input;
  input.text = std::move(text);
  talk.hear(input);
}

std::string last(const Conversation& talk) {
  return talk.said().empty() ? "" : talk.said().back().message.text;
}

ServiceAnswer nothing_found() {
  return {value::name_key("nothing"), {}};
}

TEST(Conversation, TimersFireInOrderEachInATurn) {
  Conversation talk = conversation();
  say(talk, "halo");
  EXPECT_EQ(talk.turns().size(), 1u);
  talk.advance_to(begin + value::Duration{9 * 60'000});
  EXPECT_EQ(talk.turns().size(), 1u);
  talk.advance_to(begin + value::Duration{60 * 60'000});
  EXPECT_EQ(talk.turns().size(), 3u);
  EXPECT_EQ(talk.turns()[1].at, begin + value::Duration{10 * 60'000});
  EXPECT_EQ(talk.turns()[2].at, begin + value::Duration{40 * 60'000});
  EXPECT_EQ(last(talk), "Sampai jumpa.");
  EXPECT_FALSE(talk.session().active());
  EXPECT_EQ(talk.timer_count(), 0u);
}

TEST(Conversation, CallsWaitForAnAnswer) {
  Conversation talk = conversation();
  for (const char* text : {"halo", "cari", "sepatu"}) say(talk, text);
  ASSERT_NE(talk.pending_call(), nullptr);
  EXPECT_TRUE(talk.unanswered_service().has_value());
  talk.answer_call(nothing_found());
  EXPECT_EQ(talk.pending_call(), nullptr);
  EXPECT_EQ(talk.said()[2].message.text, "Tidak ada *sepatu*.");
}

TEST(Conversation, KeptAnswersAnswerAtOnce) {
  Conversation talk = conversation();
  talk.keep_answer(0, {false, nothing_found()});
  for (const char* text : {"halo", "cari", "sepatu"}) say(talk, text);
  EXPECT_EQ(talk.pending_call(), nullptr);
  EXPECT_FALSE(talk.unanswered_service().has_value());
}

TEST(Conversation, AServiceThatHangsTimesOut) {
  Conversation talk = conversation();
  talk.keep_answer(0, {true, {}});
  for (const char* text : {"halo", "cari", "sepatu"}) say(talk, text);
  EXPECT_NE(talk.pending_call(), nullptr);
  EXPECT_FALSE(talk.unanswered_service().has_value());
  talk.advance_to(talk.now() + value::Duration{4'000});
  EXPECT_EQ(last(talk), "Sebentar, saya coba lagi.");
  talk.advance_to(talk.now() + value::Duration{2'000});
  EXPECT_EQ(last(talk), "Toko tutup.");
}

TEST(Conversation, PeopleComeAndGo) {
  Conversation talk = conversation();
  say(talk, "halo");
  say(talk, "petugas");
  ASSERT_NE(talk.pending_handoff(), nullptr);
  talk.accept_handoff();
  EXPECT_TRUE(talk.session().accepted);
  talk.end_handoff(value::name_key("closed"));
  EXPECT_EQ(talk.pending_handoff(), nullptr);
  EXPECT_EQ(last(talk), "Halo! Mau apa?");
  EXPECT_EQ(talk.last_outcome(), "back");
  talk.keep_handoff(value::name_key("no_agent"));
  say(talk, "petugas");
  EXPECT_EQ(talk.pending_handoff(), nullptr);
}

TEST(Conversation, KnowsItsState) {
  Conversation talk = conversation();
  EXPECT_EQ(talk.state().unit, program::none);
  say(talk, "halo");
  const auto name = [&] {
    const UnitPlace place = talk.state();
    const program::Unit& unit = talk.program().unit(place.unit);
    return unit.name + "." + unit.states[place.index].name;
  };
  EXPECT_EQ(name(), "menu.start");
  say(talk, "petugas");
  EXPECT_EQ(name(), "people.start");
  say(talk, "batal");
  EXPECT_EQ(name(), "menu.start");
}

TEST(Conversation, GoesBack) {
  Conversation talk = conversation();
  say(talk, "halo");
  const auto before = talk.snapshot();
  const std::size_t said = talk.said().size();
  say(talk, "cari");
  say(talk, "sepatu");
  talk.restore(*before);
  EXPECT_EQ(talk.said().size(), said);
  EXPECT_EQ(talk.pending_call(), nullptr);
  EXPECT_EQ(talk.timer_count(), 2u);
  say(talk, "cari");
  EXPECT_EQ(last(talk), "Cari apa?");
}

TEST(Conversation, SurvivesItsBytes) {
  Conversation straight = conversation();
  Conversation bytes = conversation(true);
  for (Conversation* talk : {&straight, &bytes}) {
    for (const char* text : {"halo", "cari", "sepatu", "petugas"}) say(*talk, text);
    talk->answer_call(nothing_found());
    talk->advance_to(talk->now() + value::Duration{3'600'000});
  }
  EXPECT_EQ(bytes.fault(), "");
  ASSERT_EQ(bytes.said().size(), straight.said().size());
  for (std::size_t i = 0; i < bytes.said().size(); ++i) {
    EXPECT_EQ(bytes.said()[i].message.text, straight.said()[i].message.text);
  }
}

}  // namespace
}  // namespace alur::tools

// Templates: what is left to say to a citizen whose channel takes nothing else any more. Agents see
// when that is so, what there is, and send it once; and what the channel would not take is refused
// before anything is promised.
#include <gtest/gtest.h>

#include "tests/adapters/desk/running_desk.hpp"

namespace alur::tests {
namespace {

using ports::Role;

constexpr std::int64_t day_ms = 24 * std::int64_t{3'600'000};
constexpr const char* budi = "whatsapp:budi";
constexpr const char* answer = "We have an answer. Please write to us.";

// `templates`: lines of app.yaml.
std::shared_ptr<const program::Program> compile_with(const std::string& templates) {
  std::string app(small_app);
  const std::string channels = "channels: [webchat]\n";
  app.replace(app.find(channels), channels.size(), "channels: [webchat, whatsapp]\n" + templates);
  return compile_small(small_flow, app);
}

std::shared_ptr<const program::Program> compile_two() {
  return compile_with("templates:\n  answer:\n    en: " + std::string(answer) +
                      "\n  more_needed:\n    en: We need to know more. Please write to us.\n");
}

class SentTemplate : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(ani_.open(), 101);
    ASSERT_EQ(ani_.wants({{"do", "presence"}, {"presence", "online"}}), "done");
  }
  // Their words come so late that the window is shut by then, or not.
  void take(const std::string& who, std::int64_t late_ms) {
    desk_.late_ms = late_ms;
    desk_.hand_over(who);
    ASSERT_TRUE(ani_.takes(desk_.citizen(who)));
    // The row is shown before its window is known.
    while (who.starts_with("whatsapp:") &&
           !ani_.rows[desk_.citizen(who)].contains("window_until")) {
      ASSERT_FALSE(ani_.next().empty());
    }
  }
  json::object of_template(const std::string& name, const std::string& key,
                           const std::string& who = budi) {
    json::object wish = ani_.on(desk_.citizen(who), "template");
    wish["key"] = key;
    wish["template"] = name;
    return wish;
  }
  json::object of_words(const std::string& text, const std::string& key) {
    json::object wish = ani_.on(desk_.citizen(budi), "say");
    wish["key"] = key;
    wish["text"] = text;
    return wish;
  }
  // Milliseconds from now, by a clock of its own; negative once it is shut.
  std::int64_t window_left(const std::string& who) {
    const json::object& row = ani_.rows[desk_.citizen(who)];
    const json::value* until = row.if_contains("window_until");
    EXPECT_NE(until, nullptr) << json::serialize(row);
    return until ? until->to_number<std::int64_t>() - adapters::SteadyClock().now().milliseconds
                 : 0;
  }

  RunningDesk desk_{{}, nullptr, nullptr, compile_two()};
  DeskPage ani_{desk_.port(), desk_.enter("ani", Role::agent).secret};
};

TEST_F(SentTemplate, ThoseOfTheAppAreListedWithTheirWords) {
  EXPECT_EQ(json::serialize(ani_.hello.at("templates")),
            R"([{"name":"answer","text":{"en":"We have an answer. Please write to us."}},)"
            R"({"name":"more_needed","text":{"en":"We need to know more. Please write to us."}}])");
}

TEST_F(SentTemplate, OnceTheWindowIsShutItLeavesAndPlainWordsDoNot) {
  take(budi, day_ms + 1'000);
  EXPECT_LT(window_left(budi), 0);
  EXPECT_EQ(ani_.wants(of_words("Selamat pagi", "k1")), "window_shut");
  const json::object said = ani_.want(of_template("answer", "k2"));
  ASSERT_EQ(text_in(said, "is"), "done") << json::serialize(said);
  const json::object& line = said.at("line").as_object();
  EXPECT_EQ(text_in(line, "text"), answer);
  EXPECT_EQ(text_in(line, "from"), "agent");
  EXPECT_EQ(text_in(line, "key"), "k2");
  EXPECT_EQ(text_in(line, "delivery"), "pending");
  ASSERT_TRUE(desk_.phones.brings("budi", answer));
  const machine::Shown shown = desk_.phones.last("budi");
  EXPECT_EQ(shown.kind, machine::Shown::Kind::template_words);
  EXPECT_EQ(shown.label, "answer");
  EXPECT_EQ(shown.language, "en");
  EXPECT_EQ(desk_.phones.count("budi", "Selamat pagi"), 0);
}

// It stands in the transcript with its words, and what became of it is told.
TEST_F(SentTemplate, IsALineLikeAnyOther) {
  take(budi, 2 * day_ms);
  ASSERT_EQ(ani_.wants(of_template("answer", "k1")), "done");
  const json::object delivered = ani_.next("delivery");
  EXPECT_EQ(text_in(delivered, "state"), "accepted");
  const json::object opened = ani_.want({{"do", "open"}, {"citizen", desk_.citizen(budi)}});
  ASSERT_EQ(text_in(opened, "is"), "done");
  const json::object& last = opened.at("lines").as_array().back().as_object();
  EXPECT_EQ(text_in(last, "text"), answer);
  EXPECT_EQ(last.at("line"), delivered.at("line"));
}

TEST_F(SentTemplate, IsSaidOnceUnderItsKey) {
  take(budi, day_ms);
  const json::object first = ani_.want(of_template("answer", "k1"));
  const json::object second = ani_.want(of_template("answer", "k1"));
  ASSERT_EQ(text_in(second, "is"), "done");
  EXPECT_EQ(first.at("line").at("line"), second.at("line").at("line"));
  ASSERT_TRUE(desk_.phones.brings("budi", answer));
  ASSERT_EQ(ani_.wants(of_template("more_needed", "k2")), "done");
  ASSERT_TRUE(desk_.phones.brings("budi", "We need to know more. Please write to us."));
  EXPECT_EQ(desk_.phones.count("budi", answer), 1);
}

TEST_F(SentTemplate, WhatTheCitizenWritesOpensTheWindowAgain) {
  take(budi, day_ms);
  ASSERT_EQ(ani_.wants(of_template("answer", "k1")), "done");
  desk_.late_ms = 0;
  desk_.say(budi, "Saya di sini");
  while (window_left(budi) <= 0) ASSERT_FALSE(ani_.next().empty());
  EXPECT_GT(window_left(budi), day_ms - 3'600'000);
  EXPECT_EQ(ani_.wants(of_template("more_needed", "k2")), "window_open");
  EXPECT_EQ(ani_.wants(of_words("Selamat pagi", "k3")), "done");
  EXPECT_TRUE(desk_.phones.brings("budi", "Selamat pagi"));
}

// By when it was written, not by when it came.
TEST_F(SentTemplate, TheWindowIsCountedAsTheChannelCounts) {
  take(budi, day_ms - 3'600'000);
  EXPECT_GT(window_left(budi), 3'000'000);
  EXPECT_LT(window_left(budi), 4'000'000);
  EXPECT_EQ(ani_.wants(of_words("Selamat pagi", "k1")), "done");
}

TEST_F(SentTemplate, WhereThereIsNoWindowThereAreNone) {
  take("siti", 0);
  EXPECT_FALSE(ani_.rows[desk_.citizen("siti")].contains("window_until"));
  EXPECT_EQ(ani_.wants(of_template("answer", "k1", "siti")), "window_open");
  EXPECT_EQ(desk_.letters.count("siti", answer), 0);
}

TEST_F(SentTemplate, NobodyElseSendsOneAndNoneThatIsNotThere) {
  take(budi, day_ms);
  EXPECT_EQ(ani_.wants(of_template("answr", "k1")), "no_template");
  json::object stale = of_template("answer", "k2");
  stale["epoch"] = "1";
  EXPECT_EQ(ani_.wants(stale), "stale");
  DeskPage wati(desk_.port(), desk_.enter("wati", Role::supervisor).secret);
  ASSERT_EQ(wati.open(), 101);
  EXPECT_EQ(wati.wants(of_template("answer", "k3")), "not_owner");
  EXPECT_EQ(desk_.phones.count("budi", answer), 0);
}

// It is known after a start, too, before anybody has written anew.
TEST_F(SentTemplate, AfterAStartTheWindowIsWhatItWas) {
  take(budi, day_ms);
  const std::string secret = desk_.enter("siti", Role::supervisor).secret;
  desk_.restart();
  DeskPage siti(desk_.port(), secret);
  ASSERT_EQ(siti.open(), 101);
  while (!siti.rows[desk_.citizen(budi)].contains("window_until")) {
    ASSERT_FALSE(siti.next().empty());
  }
  EXPECT_EQ(siti.wants(of_words("Selamat pagi", "k1")), "window_shut");
}

TEST_F(SentTemplate, WhoIsConnectedHearsOfOthers) {
  desk_.server().set_templates(adapters::desk_templates(
      compile_with("templates:\n  other:\n    en: Something else.\n")->app()));
  const json::object told = ani_.next("templates");
  EXPECT_EQ(json::serialize(told.at("templates")),
            R"([{"name":"other","text":{"en":"Something else."}}])");
  take(budi, day_ms);
  EXPECT_EQ(ani_.wants(of_template("answer", "k1")), "no_template");
  EXPECT_EQ(ani_.wants(of_template("other", "k2")), "done");
}

TEST(DeskTemplates, AreShownInTheCitizensLanguage) {
  const adapters::DeskTemplate one{"answer", {{"id", "Ada jawaban."}, {"en", "An answer."}}};
  EXPECT_EQ(adapters::show_template(one, "en").text, "An answer.");
  EXPECT_EQ(adapters::show_template(one, "en").language, "en");
  EXPECT_EQ(adapters::show_template(one, "jv").text, "Ada jawaban.");
  EXPECT_EQ(adapters::show_template(one, "jv").language, "id") << "of which it is approved";
}

}  // namespace
}  // namespace alur::tests

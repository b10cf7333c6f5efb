// What every channel promises, asked of each adapter through its bench: whatever is shown can be
// sent, seen and answered; whatever comes is read without harm; what could not be kept comes again.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

#include "engine/value/text.hpp"
#include "tests/contract/channel/channel_bench.hpp"

namespace alur::tests {

namespace json = boost::json;

std::vector<machine::Shown> presented(const machine::Message& message,
                                      const program::Channel& channel) {
  return machine::present(message, channel, {"Pilihan", "Ketik angkanya"});
}

namespace {

// Everything that stands in a value, itself apart, each by its place.
void add_places(const json::value& value, const std::string& at, std::vector<std::string>& places) {
  if (const json::object* object = value.if_object()) {
    for (const auto& [key, inner] : *object) {
      places.push_back(at + "/" + std::string(key));
      add_places(inner, places.back(), places);
    }
  }
  if (const json::array* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      places.push_back(at + "/" + std::to_string(i));
      add_places((*array)[i], places.back(), places);
    }
  }
}

void remove(json::value& value, const std::string& place) {
  const std::size_t slash = place.rfind('/');
  boost::system::error_code error;
  json::value* outer = value.find_pointer(place.substr(0, slash), error);
  if (outer && outer->is_object()) outer->get_object().erase(place.substr(slash + 1));
}

}  // namespace

std::vector<std::string> ChannelBench::changed(const std::string& sample) const {
  const json::value whole = json::parse(sample);
  std::vector<std::string> places;
  add_places(whole, "", places);
  const std::vector<json::value> instead{nullptr,
                                         7,
                                         -1,
                                         1e300,
                                         json::object{},
                                         json::array{nullptr},
                                         json::value(std::string(1u << 20, 'x')),
                                         true};
  std::vector<std::string> all;
  for (const std::string& place : places) {
    json::value without = whole;
    remove(without, place);
    all.push_back(json::serialize(without));
    for (const json::value& other : instead) {
      json::value with = whole;
      boost::system::error_code error;
      *with.find_pointer(place, error) = other;
      all.push_back(json::serialize(with));
    }
  }
  return all;
}

namespace {

constexpr int alphabets = 4;
// Latin letters, an emoji of several code points, letters with marks, right to left.
constexpr const char* pieces[alphabets] = {"a", "\U0001F469\u200D\U0001F469\u200D\U0001F467",
                                           "e\u0301\u0323", "\u05D0\u0628"};

std::string title_of(int alphabet, std::size_t length, std::size_t i) {
  std::string title;
  for (std::size_t at = 0; at < length; ++at) title += pieces[alphabet];
  return title.empty() ? title : title + " " + std::to_string(i + 1);
}

machine::Message question(int alphabet, std::size_t choices, std::size_t length) {
  machine::Message message;
  message.text = "Pilih:";
  message.data_labels = true;
  for (std::size_t i = 0; i < choices; ++i) {
    const machine::Tap tap{4'000'000'000u, 0xfedcba98u, static_cast<std::uint32_t>(i)};
    message.choices.push_back({tap, title_of(alphabet, length, i), ""});
  }
  return message;
}

class ChannelContract : public testing::TestWithParam<MakeBench> {
 protected:
  void SetUp() override { bench_ = GetParam()(); }
  bool skips() const { return !bench_->receives(); }
  std::string only(const std::vector<ports::Inbound>& inbound) {
    EXPECT_EQ(inbound.size(), 1u);
    return inbound.size() == 1 ? inbound[0].input.text : "";
  }
  std::unique_ptr<ChannelBench> bench_;
};

// --- what is sent

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) > ' ') out += c;
  }
  return out;
}

void check_question(ChannelBench& bench, const machine::Message& message) {
  std::string words;
  std::vector<Seen::Button> buttons;
  for (const Seen& seen : bench.show(message)) {
    for (const std::string& fault : seen.faults) ADD_FAILURE() << fault;
    EXPECT_TRUE(value::is_valid_utf8(seen.words));
    words += seen.words + "\n";
    buttons.insert(buttons.end(), seen.buttons.begin(), seen.buttons.end());
  }
  std::set<std::string> ids;
  for (const Seen::Button& button : buttons) {
    EXPECT_TRUE(value::is_valid_utf8(button.label));
    EXPECT_TRUE(ids.insert(button.id).second) << "twice: " << button.id;
    words += button.label + "\n";
  }
  // All can be tapped, or none and all stand in the words with what is to be typed.
  EXPECT_TRUE(buttons.empty() || buttons.size() == message.choices.size());
  const std::string said = without_blanks(words);
  for (std::size_t i = 0; i < message.choices.size(); ++i) {
    const machine::Choice& choice = message.choices[i];
    EXPECT_NE(said.find(without_blanks(choice.label)), said.npos) << choice.label;
    if (buttons.empty()) {
      EXPECT_NE(said.find(std::to_string(i + 1)), said.npos);
    } else {
      EXPECT_EQ(machine::parse_tap(buttons[i].id), choice.tap);
    }
  }
}

TEST_P(ChannelContract, EveryChoiceIsSeenWithinTheLimitsAndCanBeChosen) {
  for (int alphabet = 0; alphabet < alphabets; ++alphabet) {
    for (std::size_t choices = 0; choices <= 30; ++choices) {
      for (const std::size_t length : {0, 1, 5, 8, 9, 18, 22, 28, 70, 300}) {
        check_question(*bench_, question(alphabet, choices, length));
        if (HasFailure()) {
          FAIL() << "alphabet " << alphabet << ", " << choices << " choices of " << length;
        }
      }
    }
  }
}

TEST_P(ChannelContract, WordsOfAnyLengthAreSeenWhole) {
  for (int alphabet = 0; alphabet < alphabets; ++alphabet) {
    for (const std::size_t length : {1, 600, 2'000, 9'000}) {
      machine::Message message;
      message.text = title_of(alphabet, length, 0);
      std::string words;
      for (const Seen& seen : bench_->show(message)) {
        for (const std::string& fault : seen.faults) ADD_FAILURE() << fault;
        words += seen.words;
      }
      ASSERT_EQ(without_blanks(words), without_blanks(message.text)) << length;
    }
  }
}

TEST_P(ChannelContract, WhatTheFarSideAnswersIsDone) {
  if (bench_->answers().empty()) GTEST_SKIP() << "its far side answers nothing";
  for (const FarAnswer& answer : bench_->answers()) {
    const ports::SendResult result = bench_->judge(answer);
    EXPECT_EQ(to_text(result.kind), to_text(answer.kind)) << answer.status << " " << answer.body;
    EXPECT_GE(result.after_ms, answer.after_ms) << answer.body;
    // Answers repeat what was sent, and reasons go to logs.
    EXPECT_EQ(result.reason.find(said_again), std::string::npos) << result.reason;
  }
}

// --- what comes

TEST_P(ChannelContract, ATapIsTheChoiceThatWasShown) {
  if (skips()) GTEST_SKIP() << "receives nothing";
  for (const std::size_t choices : {1, 2, 3, 5, 10}) {
    const machine::Message message = question(0, choices, 3);
    std::vector<Seen::Button> buttons;
    for (const Seen& seen : bench_->show(message)) {
      buttons.insert(buttons.end(), seen.buttons.begin(), seen.buttons.end());
    }
    const bool can = bench_->has_buttons() && choices <= bench_->capabilities().choices_max();
    ASSERT_EQ(buttons.size(), can ? choices : 0u);
    for (std::size_t i = 0; i < buttons.size(); ++i) {
      const auto heard = bench_->decode(1, bench_->tapped(1, static_cast<int>(i), buttons[i]));
      EXPECT_EQ(only(heard), buttons[i].label);
      ASSERT_EQ(heard.size(), 1u);
      EXPECT_EQ(heard[0].input.kind, machine::Input::Kind::tap);
      EXPECT_EQ(heard[0].input.tap, message.choices[i].tap);
    }
  }
}

TEST_P(ChannelContract, WordsComeAsTheyWereTyped) {
  if (skips()) GTEST_SKIP() << "receives nothing";
  int id = 0;
  for (const std::string text :
       {"3", "halo", "\"\\/\b\n\t", "\U0001F469\u200D\U0001F467", "\u05D0 \u0628", "e\u0301"}) {
    EXPECT_EQ(only(bench_->decode(1, bench_->typed(1, ++id, text))), text);
  }
}

TEST_P(ChannelContract, TheSameMessageHasTheSameIdAndNoOtherHasIt) {
  if (skips()) GTEST_SKIP() << "receives nothing";
  const std::string one = bench_->typed(1, 1, "halo");
  const auto first = bench_->decode(1, one);
  const auto again = bench_->decode(1, one);
  const auto other = bench_->decode(1, bench_->typed(1, 2, "halo"));
  ASSERT_EQ(first.size() + again.size() + other.size(), 3u);
  EXPECT_EQ(first[0].id, again[0].id);
  EXPECT_NE(first[0].id, other[0].id);
  EXPECT_FALSE(first[0].id.empty());
}

TEST_P(ChannelContract, EachCitizenHasOneAddressOfTheChannels) {
  if (skips()) GTEST_SKIP() << "receives nothing";
  std::set<std::string> addresses;
  for (int citizen = 1; citizen <= 20; ++citizen) {
    std::set<std::string> own;
    for (int id = 1; id <= 3; ++id) {
      for (const auto& one : bench_->decode(citizen, bench_->typed(citizen, id, "halo"))) {
        own.insert(one.address);
      }
    }
    ASSERT_EQ(own.size(), 1u) << citizen;
    EXPECT_EQ(own.begin()->rfind(bench_->name() + ":", 0), 0u) << *own.begin();
    EXPECT_TRUE(addresses.insert(*own.begin()).second) << *own.begin();
  }
}

TEST_P(ChannelContract, WhatWeSaidIsNotHeard) {
  if (bench_->echoes().empty()) GTEST_SKIP() << "its far side tells nothing of ours";
  for (const std::string& echo : bench_->echoes()) {
    EXPECT_TRUE(bench_->decode(1, echo).empty()) << echo;
  }
}

TEST_P(ChannelContract, WhatCouldNotBeKeptComesAgain) {
  if (skips()) GTEST_SKIP() << "receives nothing";
  using ports::Verdict;
  EXPECT_TRUE(bench_->comes_again(Verdict::unavailable));
  EXPECT_TRUE(bench_->comes_again(Verdict::overloaded));
  EXPECT_FALSE(bench_->comes_again(Verdict::accepted));
  EXPECT_FALSE(bench_->comes_again(Verdict::duplicate));
  EXPECT_FALSE(bench_->comes_again(Verdict::refused));
}

// --- whatever comes

TEST_P(ChannelContract, EveryPrefixIsReadWithoutHarm) {
  if (skips()) GTEST_SKIP() << "receives nothing";
  for (const std::string& sample : bench_->samples()) {
    for (std::size_t size = 0; size < sample.size(); ++size) {
      const auto heard = bench_->decode(1, std::string_view(sample).substr(0, size));
      EXPECT_TRUE(heard.empty() || !bench_->ends_itself()) << size;
      for (const ports::Inbound& inbound : heard) EXPECT_TRUE(is_fit(inbound)) << size;
    }
  }
}

TEST_P(ChannelContract, OneThatIsChangedHarmsNothingAndCostsNoNeighbour) {
  if (skips()) GTEST_SKIP() << "receives nothing";
  const std::string before = bench_->typed(2, 8'001, "before");
  const std::string after = bench_->typed(2, 8'002, "after");
  for (const std::string& sample : bench_->samples()) {
    for (const std::string& one : bench_->changed(sample)) {
      for (const auto& inbound : bench_->decode(1, one)) {
        EXPECT_EQ(inbound.address.rfind(bench_->name() + ":", 0), 0u);
        EXPECT_TRUE(is_fit(inbound)) << one.substr(0, 2'000);
      }
      const std::string several = bench_->batch({before, one, after});
      if (several.empty()) continue;
      std::set<std::string> heard;
      for (const auto& inbound : bench_->decode(1, several)) heard.insert(inbound.input.text);
      ASSERT_TRUE(heard.contains("before") && heard.contains("after")) << one.substr(0, 2'000);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Channels, ChannelContract, testing::ValuesIn(channel_benches()),
                         [](const auto& of) { return of.param()->name(); });

}  // namespace
}  // namespace alur::tests

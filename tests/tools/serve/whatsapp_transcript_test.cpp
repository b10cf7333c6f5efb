// What a citizen reads on a phone, over signed webhooks and Meta's API played by graph_sim, is word
// for word what replay says.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "engine/machine/present.hpp"
#include "tests/tools/serve/served_phone.hpp"
#include "tools/load/load_app.hpp"
#include "tools/replay/conversation.hpp"
#include "tools/replay/sample_services.hpp"
#include "tools/replay/to_input.hpp"

namespace alur::tests {
namespace {

namespace json = boost::json;
using Texts = std::vector<std::string>;

const std::string app = ALUR_SOURCE_DIR "/flows/kontak157";

// "[Label]" is tapped; anything else is typed.
bool is_tap(const std::string& line) {
  return line.front() == '[';
}
std::string label_of(const std::string& line) {
  return line.substr(1, line.size() - 2);
}

std::string shown_text(const machine::Shown& shown) {
  std::string out = shown.text + "\n";
  std::size_t at = 0;
  for (const machine::ShownChoice& choice : shown.choices) {
    out += "  [" + std::to_string(++at) + "] " + choice.label;
    out += choice.hint.empty() ? "\n" : " - " + choice.hint + "\n";
  }
  if (shown.kind == machine::Shown::Kind::link) out += "  " + shown.label + ": " + shown.url + "\n";
  return out;
}

// The same conversation in memory; each answer as WhatsApp shows it.
class Replayed {
 public:
  Replayed() : conversation_(make()) {}

  Texts say(const std::string& line) {
    const std::size_t before = conversation_.said().size();
    conversation_.hear(is_tap(line) ? tap(label_of(line)) : text(line));
    // What comes by itself, between messages of one answer.
    conversation_.advance_to({conversation_.now().milliseconds + 10'000});
    Texts all;
    for (std::size_t i = before; i < conversation_.said().size(); ++i) {
      const auto words =
          machine::system_words(conversation_.program(), conversation_.session().language);
      const auto shown = machine::present(conversation_.said()[i].message,
                                          *program::find_channel("whatsapp"), words);
      for (const machine::Shown& one : shown) all.push_back(shown_text(one));
    }
    return all;
  }

 private:
  static tools::Conversation make() {
    std::string error;
    auto lists = tools::read_sample_lists(app, "", error);
    auto program = tools::load_app(app).program;
    tools::ConversationSettings settings;
    const auto& channels = program->app().channels;
    settings.channel = static_cast<program::Index>(
        std::find(channels.begin(), channels.end(), "whatsapp") - channels.begin());
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    settings.begins = {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
    return {std::move(program), settings, tools::make_sample_services(std::move(lists))};
  }
  static machine::Input text(const std::string& words) {
    machine::Input input;
    input.text = words;
    return input;
  }
  machine::Input tap(const std::string& label) const {
    for (auto said = conversation_.said().rbegin(); said != conversation_.said().rend(); ++said) {
      for (const machine::Choice& choice : said->message.choices) {
        if (choice.label == label) return tools::tap_input(choice);
      }
    }
    ADD_FAILURE() << "nothing to tap says " << label;
    return {};
  }

  tools::Conversation conversation_;
};

class Transcript : public ServedPhone {
 protected:
  void serve(const std::string& folder) {
    graph_sim::SimSettings world;
    world.updates_max = 3;
    world.faults.duplicate = 0.3;
    ServedPhone::serve(folder, "", world);
    ASSERT_EQ(graph_->shake_hands(), "");
  }

  // The answers that the phone shows, `count` of them, or fewer when no more come.
  Texts answers(const Act& what, std::size_t count) {
    return shown_from(act(what), [count](const Texts& shown) { return shown.size() >= count; });
  }
  Texts answers(const std::string& line, std::size_t count) {
    return answers(is_tap(line) ? taps(label_of(line)) : types(line), count);
  }

  void expect_same(const Texts& lines) {
    serve(app);
    Replayed replayed;
    for (const std::string& line : lines) {
      const Texts expected = replayed.say(line);
      EXPECT_FALSE(expected.empty()) << line;
      EXPECT_EQ(answers(line, expected.size()), expected) << line;
    }
  }
};

TEST_F(Transcript, ARegistryCheckReadsAsReplaySays) {
  expect_same({"halo", "[Izin lembaga]", "bca", "[Nama lain]", "dana kita", "[Bukan semuanya]"});
}

TEST_F(Transcript, InEnglishWithNumbersTyped) {
  expect_same({"english", "5", "1", "menu", "1", "a bank that nobody knows at all"});
}

constexpr std::string_view places_app = R"(app: places
languages: [id]
timezone: Asia/Jakarta
start: main
channels: [whatsapp]
defaults:
  no_match:
    - Kirim lokasi Anda, ya.
    - stop: true
  no_input:
    after: 10m
    stop: true
bounds:
  person_within: none
)";
constexpr std::string_view places_flow = R"(flow: main
vars:
  place: location
states:
  start:
    - ask: Di mana Anda?
      into: place
    - say: Terima kasih.
    - stop: true
)";

// The question bears WhatsApp's own button, its retry too, and the answer is a place.
TEST_F(Transcript, APlaceIsAskedForAndSent) {
  root_.write("places/app.yaml", std::string(places_app));
  root_.write("places/main.flow.yaml", std::string(places_flow));
  serve(root_.at("places"));
  const std::string button = "\n  [send where you are: /place LATITUDE LONGITUDE]\n";
  EXPECT_EQ(answers("halo", 1), Texts{"Di mana Anda?" + button});
  EXPECT_EQ(answers("di rumah", 1), Texts{"Kirim lokasi Anda, ya." + button});
  const json::object place{{"type", "location"},
                           {"location", {{"latitude", -6.2}, {"longitude", 106.8}}}};
  EXPECT_EQ(answers(sends(place), 1), Texts{"Terima kasih.\n"});
}

}  // namespace
}  // namespace alur::tests

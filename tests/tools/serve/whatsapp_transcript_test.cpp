// What a citizen reads on a phone, over signed webhooks and Meta's API played by graph_sim, is word
// for word what replay says.
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "engine/machine/present.hpp"
#include "tests/crash/served.hpp"
#include "tools/graph_sim/phone_screen.hpp"
#include "tools/graph_sim/sim_server.hpp"
#include "tools/load/load_app.hpp"
#include "tools/replay/conversation.hpp"
#include "tools/replay/sample_services.hpp"
#include "tools/replay/to_input.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using Texts = std::vector<std::string>;

const std::string app = ALUR_SOURCE_DIR "/flows/kontak157";
const std::string citizen = "6281234567890";

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

class Transcript : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "alur_transcript_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  // Plays WhatsApp, and serves the app in this folder.
  void start(const std::string& folder) {
    graph_sim::SimSettings world;
    world.updates_max = 3;
    world.faults.duplicate = 0.3;
    graph_ = std::make_unique<graph_sim::SimServer>(world, graph_sim::SimServerSettings{0, "", 4});
    ASSERT_EQ(graph_->start(), "");
    std::ofstream(root_ / "alur.yaml")
        << "app: " << folder << "\nstore: store\ncores: 2\nweb:\n  port: 0\nwhatsapp:\n  port: 0\n"
        << "  app_secrets_from: [ALUR_TEST_SECRET]\n  verify_from: ALUR_TEST_VERIFY\n"
        << "  numbers:\n    - id: " << world.numbers[0].id
        << "\n      token_from: ALUR_TEST_TOKEN\n  graph_url: http://127.0.0.1:" << graph_->port()
        << "\n";
    setenv("ALUR_TEST_SECRET", world.app_secret.c_str(), 1);
    setenv("ALUR_TEST_VERIFY", world.verify_token.c_str(), 1);
    setenv("ALUR_TEST_TOKEN", world.numbers[0].token.c_str(), 1);
    served_ = std::make_unique<Served>(
        ALUR_PROGRAM, std::vector<std::string>{"serve", "--config", root_ / "alur.yaml"});
    ASSERT_TRUE(served_->start()) << served_->said();
    ASSERT_TRUE(served_->says("/whatsapp\n")) << served_->said();
    const std::string words = "webhooks at ";
    const std::size_t at = served_->said().find(words) + words.size();
    graph_->set_callback(served_->said().substr(at, served_->said().find('\n', at) - at));
    ASSERT_EQ(graph_->shake_hands(), "");
  }
  void TearDown() override {
    served_.reset();
    graph_.reset();
    fs::remove_all(root_);
  }

  // The answers that the phone shows, `count` of them, or fewer when no more come.
  Texts say(const std::string& line, std::size_t count) {
    if (!is_tap(line)) return say({{"type", "text"}, {"text", {{"body", line}}}}, count);
    std::size_t begin = 0;
    graph_->with([&](graph_sim::World& world, std::int64_t now) {
      EXPECT_TRUE(world.tap(citizen, 0, "", label_of(line), now)) << line;
      begin = world.phone(citizen).thread.size();
    });
    return answers_from(begin, count);
  }
  Texts say(const json::object& message, std::size_t count) {
    std::size_t begin = 0;
    graph_->with([&](graph_sim::World& world, std::int64_t now) {
      world.say(citizen, 0, message, now);
      begin = world.phone(citizen).thread.size();
    });
    return answers_from(begin, count);
  }
  Texts answers_from(std::size_t begin, std::size_t count) {
    Texts answers;
    boost::asio::io_context io;
    for (int looks = 0; looks < 300 && answers.size() < count; ++looks) {
      boost::asio::steady_timer(io, std::chrono::milliseconds(50)).wait();
      graph_->with([&](graph_sim::World& world, std::int64_t) {
        answers.clear();
        const auto& thread = world.phone(citizen).thread;
        for (std::size_t i = begin; i < thread.size(); ++i) {
          answers.push_back(graph_sim::show(thread[i].body));
        }
      });
    }
    return answers;
  }

  void expect_same(const Texts& lines) {
    start(app);
    Replayed replayed;
    for (const std::string& line : lines) {
      const Texts expected = replayed.say(line);
      EXPECT_FALSE(expected.empty()) << line;
      EXPECT_EQ(say(line, expected.size()), expected) << line;
    }
  }

  fs::path root_;
  std::unique_ptr<graph_sim::SimServer> graph_;
  std::unique_ptr<Served> served_;
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
  fs::create_directory(root_ / "places");
  std::ofstream(root_ / "places/app.yaml") << places_app;
  std::ofstream(root_ / "places/main.flow.yaml") << places_flow;
  start(root_ / "places");
  const std::string button = "\n  [send where you are: /place LATITUDE LONGITUDE]\n";
  EXPECT_EQ(say("halo", 1), Texts{"Di mana Anda?" + button});
  EXPECT_EQ(say("di rumah", 1), Texts{"Kirim lokasi Anda, ya." + button});
  const json::object place{{"type", "location"},
                           {"location", {{"latitude", -6.2}, {"longitude", 106.8}}}};
  EXPECT_EQ(say(place, 1), Texts{"Terima kasih.\n"});
}

}  // namespace
}  // namespace alur::tests

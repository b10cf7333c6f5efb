#include "tests/tools/serve/served_phone.hpp"

#include <cstdlib>

#include "tests/patience.hpp"
#include "tools/graph_sim/phone_screen.hpp"

namespace alur::tests {
namespace {

const std::string citizen = "6281234567890";

}  // namespace

void ServedPhone::serve(const std::string& app, const std::string& lines,
                        graph_sim::SimSettings world) {
  graph_ = std::make_unique<graph_sim::SimServer>(world, graph_sim::SimServerSettings{0, "", 4});
  ASSERT_EQ(graph_->start(), "");
  root_.write("alur.yaml",
              "app: " + app + "\nstore: store\ncores: 2\nweb:\n  port: 0\n" + lines +
                  "whatsapp:\n  port: 0\n  app_secrets_from: [ALUR_TEST_SECRET]\n" +
                  "  verify_from: ALUR_TEST_VERIFY\n  numbers:\n    - id: " + world.numbers[0].id +
                  "\n      token_from: ALUR_TEST_TOKEN\n  graph_url: " + "http://127.0.0.1:" +
                  std::to_string(graph_->port()) + "\n");
  setenv("ALUR_TEST_SECRET", world.app_secret.c_str(), 1);
  setenv("ALUR_TEST_VERIFY", world.verify_token.c_str(), 1);
  setenv("ALUR_TEST_TOKEN", world.numbers[0].token.c_str(), 1);
  served_ = std::make_unique<Served>(
      ALUR_PROGRAM, std::vector<std::string>{"serve", "--config", root_.at("alur.yaml")});
  start();
}

void ServedPhone::start() {
  ASSERT_TRUE(served_->start()) << served_->said();
  ASSERT_TRUE(served_->says("/whatsapp\n")) << served_->said();
  graph_->set_callback(told_after("webhooks at ", '\n'));
}

std::string ServedPhone::told_after(const std::string& words, char end) const {
  const std::string& said = served_->said();
  const std::size_t at = said.find(words) + words.size();
  return said.substr(at, said.find(end, at) - at);
}

ServedPhone::Act ServedPhone::types(const std::string& text, std::int64_t late_ms) {
  return sends({{"type", "text"}, {"text", {{"body", text}}}}, late_ms);
}

ServedPhone::Act ServedPhone::taps(const std::string& label) {
  return [label](graph_sim::World& world, std::int64_t now) {
    EXPECT_TRUE(world.tap(citizen, 0, "", label, now)) << label;
  };
}

ServedPhone::Act ServedPhone::sends(boost::json::object message, std::int64_t late_ms) {
  return [message = std::move(message), late_ms](graph_sim::World& world, std::int64_t now) {
    world.say(citizen, 0, message, now - late_ms);
  };
}

std::size_t ServedPhone::act(const Act& what) {
  std::size_t length = 0;
  graph_->with([&](graph_sim::World& world, std::int64_t now) {
    what(world, now);
    length = world.phone(citizen).thread.size();
  });
  return length;
}

std::vector<graph_sim::PhoneMessage> ServedPhone::thread_from(std::size_t begin) {
  std::vector<graph_sim::PhoneMessage> messages;
  graph_->with([&](graph_sim::World& world, std::int64_t) {
    const auto& thread = world.phone(citizen).thread;
    messages.assign(thread.begin() + static_cast<std::ptrdiff_t>(begin), thread.end());
  });
  return messages;
}

ServedPhone::Texts ServedPhone::shown_from(std::size_t begin,
                                           const std::function<bool(const Texts&)>& is_enough) {
  Texts shown;
  comes([&] {
    shown.clear();
    for (const auto& message : thread_from(begin)) shown.push_back(graph_sim::show(message.body));
    return is_enough(shown);
  });
  return shown;
}

}  // namespace alur::tests

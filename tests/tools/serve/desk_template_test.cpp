// A citizen who has been silent on WhatsApp for longer than its window is open, and somebody at the
// desk who serves them: over signed webhooks and Meta's API played by graph_sim, with `alur serve`
// as a process. What the phone sends is told a day late, as Meta does when a webhook was not taken.
// The same as a scripted conversation is allowed and refused the same.
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/finding/render.hpp"
#include "tests/adapters/desk/desk_page.hpp"
#include "tests/crash/served.hpp"
#include "tools/graph_sim/sim_server.hpp"
#include "tools/load/load_app.hpp"
#include "tools/replay/report.hpp"
#include "tools/replay/run_chat.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;

// `unheard_of` is none of Meta's.
constexpr const char* app = R"(app: small
languages: [id, en]
timezone: Asia/Jakarta
start: main
channels: [whatsapp]
queues:
  general:
templates:
  answer_ready:
    id: Ada jawaban. Balas pesan ini untuk membacanya.
    en: There is an answer. Reply to this message to read it.
  unheard_of:
    id: Ini tidak pernah disetujui.
    en: This was never approved.
defaults:
  no_match:
    - id: Sekali lagi?
      en: Once more?
    - stop: true
)";

constexpr const char* flow = R"(flow: main
outcomes: [done]
states:
  start:
    - set:
        language: en
    - handoff: general
      outcomes:
        closed: bye
        left: bye
        no_agent: bye
        out_of_hours: bye
        timed_out: bye
        unavailable: bye
  bye:
    - say: {id: Sampai jumpa., en: Goodbye.}
    - end: done
)";

constexpr const char* password = "sebuah kata sandi panjang";
constexpr const char* answer = "There is an answer. Reply to this message to read it.";
constexpr std::int64_t hour_ms = 3'600'000;
const std::string citizen = "6281234567890";

class DeskTemplate : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "alur_template_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    graph_sim::SimSettings world;
    world.templates = {{"answer_ready", 0}};
    graph_ = std::make_unique<graph_sim::SimServer>(world, graph_sim::SimServerSettings{0, "", 4});
    ASSERT_EQ(graph_->start(), "");
    fs::create_directory(root_ / "app");
    std::ofstream(root_ / "app" / "app.yaml") << app;
    std::ofstream(root_ / "app" / "main.flow.yaml") << flow;
    std::ofstream(root_ / "alur.yaml")
        << "app: app\nstore: store\ncores: 2\nweb:\n  port: 0\nwhatsapp:\n  port: 0\n"
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
    ASSERT_TRUE(served_->says("/#/first/")) << served_->said();
    graph_->set_callback(told_after("webhooks at ", '\n'));
    desk_port_ =
        static_cast<std::uint16_t>(std::stoi(told_after("the desk is at http://127.0.0.1:", '\n')));
  }
  void TearDown() override {
    served_.reset();
    graph_.reset();
    fs::remove_all(root_);
  }
  std::string told_after(const std::string& words, char end) const {
    const std::string& said = served_->said();
    const std::size_t at = said.find(words) + words.size();
    return said.substr(at, said.find(end, at) - at);
  }
  HttpSaid post(const std::string& path, const json::object& body, const std::string& cookie = {},
                const std::string& token = {}) {
    const HttpSaid said = http_ask(desk_port_, "POST", path, cookie, token, json::serialize(body));
    EXPECT_EQ(said.status, 200) << path << " " << said.body;
    return said;
  }
  std::string sign_in(const std::string& name, std::string& token) {
    const HttpSaid said = post("/api/sign-in", {{"name", name}, {"password", password}});
    token = text_in(said.object(), "token");
    const std::string begin = "__Host-alur-desk=";
    const std::size_t at = said.header.find(begin) + begin.size();
    return said.header.substr(at, said.header.find(';', at) - at);
  }
  // The cookie of an agent, whom the first administrator has made.
  std::string make_agent() {
    post("/api/first", {{"link", told_after("/#/first/", ' ')},
                        {"name", "dewi"},
                        {"full_name", "Dewi"},
                        {"password", password}});
    std::string token;
    const std::string dewi = sign_in("dewi", token);
    const json::object ani{{"name", "ani"},
                           {"full_name", "Ani"},
                           {"role", "agent"},
                           {"queues", json::array{"general"}}};
    const HttpSaid made = post("/api/users", ani, dewi, token);
    const std::string link = text_in(made.object(), "password_link");
    post("/api/link", {{"link", link}, {"password", password}});
    return sign_in("ani", token);
  }
  void write(const std::string& text, std::int64_t late_ms) {
    graph_->with([&](graph_sim::World& world, std::int64_t now) {
      world.say(citizen, 0, {{"type", "text"}, {"text", {{"body", text}}}}, now - late_ms);
    });
  }
  // The latest of the service's on the phone, once it is of this type; empty: it does not come.
  json::object phone_has(const std::string& type) {
    json::object last;
    for (int looks = 0; looks < 200 && text_in(last, "type") != type; ++looks) {
      boost::asio::io_context io;
      boost::asio::steady_timer(io, std::chrono::milliseconds(50)).wait();
      graph_->with([&](graph_sim::World& world, std::int64_t) {
        for (const auto& one : world.phone(citizen).thread) {
          if (!one.from_citizen) last = one.body;
        }
      });
    }
    return last;
  }

  fs::path root_;
  std::unique_ptr<graph_sim::SimServer> graph_;
  std::unique_ptr<Served> served_;
  std::uint16_t desk_port_ = 0;
};

json::object wish_on(const DeskPage& page, const std::string& whose, const char* what,
                     const char* key, const char* field, const char* value) {
  json::object wish = page.on(whose, what);
  wish["key"] = key;
  wish[field] = value;
  return wish;
}

// Until when the channel takes anything; the row is shown before it is known.
std::int64_t window_until(DeskPage& page, const std::string& whose) {
  while (!page.rows[whose].contains("window_until")) {
    if (page.next().empty()) return 0;
  }
  return page.rows[whose].at("window_until").as_int64();
}

// What became of the line that was said last: the state, once it is this one, and the reason.
std::string fate(DeskPage& page, const json::object& said, std::string_view state) {
  for (;;) {
    const json::object frame = page.next("delivery");
    if (frame.empty()) return "nothing is heard of it";
    if (frame.at("line") != said.at("line").at("line") || text_in(frame, "state") != state)
      continue;
    return text_in(frame, "state") + " " + text_in(frame, "reason");
  }
}

// The chat of what the page wanted, each with what it was told.
class Chat {
 public:
  explicit Chat(std::string begin) : text_(std::move(begin)) {}

  void add(const std::string& line) { text_ += line + "\n"; }
  std::string wants(DeskPage& page, const json::object& wish) {
    const std::string told = page.wants(wish);
    add("agent ani" + (text_in(wish, "do") == "say"
                           ? ": " + text_in(wish, "text")
                           : " sends template " + text_in(wish, "template")));
    add(told == "done" ? "< nothing" : "= refused " + told);
    return told;
  }
  // What replay says of it; empty: it passes.
  std::string report(const std::shared_ptr<const program::Program>& program) const {
    dsl::Sources sources;
    dsl::Findings findings;
    const dsl::FileId file = sources.add("served.chat", text_);
    const dsl::ChatFile read = dsl::parse_chat(sources, file, findings);
    if (!findings.empty()) return dsl::render_text(sources, findings);
    const tools::ChatResult result =
        tools::run_chat({program, nullptr}, sources.at(file), read.chats.front(), {});
    return result.passed() ? "" : tools::report_failure(result) + text_;
  }

 private:
  std::string text_;
};

TEST_F(DeskTemplate, ReachesThePhoneOfWhoWasSilentAndTheAnswerOpensTheWindow) {
  DeskPage ani(desk_port_, make_agent());
  ASSERT_EQ(ani.open(), 101);
  ASSERT_EQ(ani.wants({{"do", "presence"}, {"presence", "online"}}), "done");
  ASSERT_EQ(ani.hello.at("templates").as_array().size(), 2u);
  write("halo", 25 * hour_ms);
  while (ani.rows.empty()) ASSERT_FALSE(ani.next().empty()) << served_->said();
  const std::string who = ani.rows.begin()->first;
  ASSERT_EQ(ani.wants(ani.on(who, "accept")), "done");
  ASSERT_TRUE(ani.sees(who, "agent"));
  const std::int64_t came_at = ani.hello.at("now").as_int64();
  EXPECT_LT(window_until(ani, who), came_at);

  Chat chat(
      "chat: As it was served\nchannel: whatsapp\n"
      "agent ani comes online\n> halo\nagent ani accepts\n~ 25h\n");
  EXPECT_EQ(chat.wants(ani, wish_on(ani, who, "say", "k1", "text", "Good morning")), "window_shut");
  EXPECT_EQ(chat.wants(ani, wish_on(ani, who, "template", "k0", "template", "answr")),
            "no_template");
  const json::object sent =
      ani.want(wish_on(ani, who, "template", "k2", "template", "answer_ready"));
  ASSERT_EQ(text_in(sent, "is"), "done") << json::serialize(sent);
  chat.add("agent ani sends template answer_ready");
  EXPECT_EQ(text_in(sent.at("line").as_object(), "text"), answer);
  EXPECT_EQ(fate(ani, sent, "read"), "read ");
  const json::object shown = phone_has("template");
  ASSERT_TRUE(shown.contains("template")) << json::serialize(shown);
  EXPECT_EQ(text_in(shown.at("template").as_object(), "name"), "answer_ready");
  EXPECT_EQ(text_in(shown.at("template").at("language").as_object(), "code"), "en");

  const json::object unknown =
      ani.want(wish_on(ani, who, "template", "k3", "template", "unheard_of"));
  ASSERT_EQ(text_in(unknown, "is"), "done");
  EXPECT_EQ(fate(ani, unknown, "failed").substr(0, 48),
            "failed 132001: no such template in this language");

  write("I am here", 0);
  chat.add("> I am here");
  while (window_until(ani, who) < came_at) ASSERT_FALSE(ani.next().empty());
  EXPECT_EQ(chat.wants(ani, wish_on(ani, who, "template", "k4", "template", "answer_ready")),
            "window_open");
  EXPECT_EQ(chat.wants(ani, wish_on(ani, who, "say", "k1", "text", "Good morning")), "done")
      << "under the key that was refused";
  const json::object words = phone_has("text");
  ASSERT_TRUE(words.contains("text")) << json::serialize(words);
  EXPECT_EQ(text_in(words.at("text").as_object(), "body"), "Good morning");
  EXPECT_EQ(chat.report(tools::load_app((root_ / "app").string()).program), "");
}

}  // namespace
}  // namespace alur::tests

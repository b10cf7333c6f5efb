// A citizen who has been silent on WhatsApp for longer than its window is open, and somebody at the
// desk who serves them: over signed webhooks and Meta's API played by graph_sim, with `alur serve`
// as a process. What the phone sends is told a day late, as Meta does when a webhook was not taken.
// The same as a scripted conversation is allowed and refused the same.
#include <gtest/gtest.h>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/finding/render.hpp"
#include "tests/adapters/desk/desk_page.hpp"
#include "tests/adapters/desk/handoff_app.hpp"
#include "tests/patience.hpp"
#include "tests/tools/serve/served_phone.hpp"
#include "tools/load/load_app.hpp"
#include "tools/replay/report.hpp"
#include "tools/replay/run_chat.hpp"

namespace alur::tests {
namespace {

// `unheard_of` is none of Meta's.
const std::string app = handoff_app(R"(queues:
  general:
templates:
  answer_ready:
    en: There is an answer. Reply to this message to read it.
  unheard_of:
    en: This was never approved.
)",
                                    "[whatsapp]");

constexpr const char* password = "sebuah kata sandi panjang";
constexpr const char* answer = "There is an answer. Reply to this message to read it.";
constexpr std::int64_t hour_ms = 3'600'000;

class DeskTemplate : public ServedPhone {
 protected:
  void SetUp() override {
    root_.write("app/app.yaml", app);
    root_.write("app/main.flow.yaml",
                "flow: main\noutcomes: [done]\nstates:\n" + handoff_states("start"));
    graph_sim::SimSettings world;
    world.templates = {{"answer_ready", 0}};
    serve("app", "", world);
    ASSERT_TRUE(served_->says("/#/first/")) << served_->said();
    desk_port_ =
        static_cast<std::uint16_t>(std::stoi(told_after("the desk is at http://127.0.0.1:", '\n')));
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
  // The latest of the service's on the phone, once it is of this type; or what it is.
  json::object phone_has(const std::string& type) {
    json::object last;
    comes([&] {
      for (const auto& one : thread_from(0)) {
        if (!one.from_citizen) last = one.body;
      }
      return text_in(last, "type") == type;
    });
    return last;
  }

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
  act(types("halo", 25 * hour_ms));
  while (ani.rows.empty()) ASSERT_FALSE(ani.next().empty()) << served_->said();
  const std::string who = ani.rows.begin()->first;
  ASSERT_TRUE(ani.takes(who));
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

  act(types("I am here"));
  chat.add("> I am here");
  while (window_until(ani, who) < came_at) ASSERT_FALSE(ani.next().empty());
  EXPECT_EQ(chat.wants(ani, wish_on(ani, who, "template", "k4", "template", "answer_ready")),
            "window_open");
  EXPECT_EQ(chat.wants(ani, wish_on(ani, who, "say", "k1", "text", "Good morning")), "done")
      << "under the key that was refused";
  const json::object words = phone_has("text");
  ASSERT_TRUE(words.contains("text")) << json::serialize(words);
  EXPECT_EQ(text_in(words.at("text").as_object(), "body"), "Good morning");
  EXPECT_EQ(chat.report(tools::load_app(root_.at("app")).program), "");
}

}  // namespace
}  // namespace alur::tests

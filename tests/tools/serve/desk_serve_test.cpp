// `alur serve` with its desk, as a process: from the link that it prints at its first start to a
// conversation that somebody serves, and what is left of it when the process is killed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "tests/adapters/desk/desk_page.hpp"
#include "tests/adapters/desk/handoff_app.hpp"
#include "tests/crash/http_line.hpp"
#include "tests/crash/served.hpp"
#include "tests/new_folder.hpp"
#include "tests/patience.hpp"

namespace alur::tests {
namespace {

const std::string app = handoff_app(R"(services:
  ticket.open:
    params:
      kind: one of question, complaint
    outcomes:
      opened:
      already:
    timeout: 10s
    changes: true
queues:
  general:
)");

const std::string flow = R"(flow: main
outcomes: [done]
states:
  start:
    - say:
        en: Welcome.
    - call: ticket.open(kind = complaint)
      outcomes:
        opened: waiting
        already: waiting
        unavailable: bye
)" + handoff_states("waiting");

constexpr const char* password = "sebuah kata sandi panjang";

class DeskServe : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("app/app.yaml", app);
    folder_.write("app/main.flow.yaml", flow);
    served_ = std::make_unique<Served>(
        ALUR_PROGRAM,
        std::vector<std::string>{"serve", folder_.at("app"), "--store", folder_.at("store.db")});
    start();
  }
  void start() {
    ASSERT_TRUE(served_->start()) << served_->said();
    ASSERT_TRUE(served_->says("the desk is at http://127.0.0.1:")) << served_->said();
    const std::string& said = served_->said();
    const std::string begin = "the desk is at http://127.0.0.1:";
    desk_port_ =
        static_cast<std::uint16_t>(std::atoi(said.c_str() + said.rfind(begin) + begin.size()));
  }

  HttpSaid ask(const std::string& path, const json::object& body, const std::string& cookie = {},
               const std::string& token = {}) {
    return http_ask(desk_port_, "POST", path, cookie, token, json::serialize(body));
  }
  // The cookie's secret; `token`: the page's.
  std::string sign_in(const std::string& name, std::string& token) {
    const HttpSaid said = ask("/api/sign-in", {{"name", name}, {"password", password}});
    EXPECT_EQ(said.status, 200) << said.body;
    token = text_in(said.object(), "token");
    const std::string begin = "__Host-alur-desk=";
    const std::size_t at = said.header.find(begin);
    if (at == std::string::npos) return {};
    const std::size_t from = at + begin.size();
    return said.header.substr(from, said.header.find(';', from) - from);
  }
  void write(const std::string& id, const std::string& text) {
    HttpLine line(served_->port());
    const json::object message{{"id", id}, {"from", "budi"}, {"text", text}};
    EXPECT_EQ(line.ask("POST", "/messages", json::serialize(message)), 200) << line.body();
  }
  // Fetches until the citizen has got these words.
  bool hears(const std::string& text) {
    return comes([&] {
      fetch();
      return sent(text) > 0;
    });
  }
  // So often, of what was fetched.
  std::size_t sent(const std::string& text) const {
    return static_cast<std::size_t>(std::count_if(
        heard_.begin(), heard_.end(), [&](const auto& one) { return one.second == text; }));
  }
  // What is fetched is acknowledged, so that what follows it comes.
  void fetch() {
    HttpLine line(served_->port());
    EXPECT_EQ(line.ask("GET", "/outbox?to=budi&wait=1", ""), 200) << line.body();
    json::array ids;
    const json::value all = json::parse(line.body());
    for (const json::value& one : all.at("messages").as_array()) {
      heard_[std::string(one.at("id").as_string())] = one.at("text").as_string();
      ids.push_back(one.at("id"));
    }
    if (!ids.empty()) line.ask("POST", "/acks", json::serialize(json::object{{"ids", ids}}));
  }

  NewFolder folder_;
  std::unique_ptr<Served> served_;
  std::uint16_t desk_port_ = 0;
  std::map<std::string, std::string> heard_;  // by id: what is sent again is heard once
};

json::object say(const DeskPage& page, const std::string& citizen, const char* key,
                 const char* text) {
  json::object wish = page.on(citizen, "say");
  wish["key"] = key;
  wish["text"] = text;
  return wish;
}

TEST_F(DeskServe, FromTheFirstLinkToAConversationThatOutlivesTheProcess) {
  ASSERT_TRUE(served_->says("/#/first/")) << served_->said();
  const std::string& told = served_->said();
  const std::size_t at = told.find("/#/first/") + 9;
  const std::string link = told.substr(at, told.find(' ', at) - at);
  EXPECT_EQ(ask("/api/first",
                {{"link", link}, {"name", "dewi"}, {"full_name", "Dewi"}, {"password", password}})
                .status,
            200);
  EXPECT_EQ(ask("/api/first",
                {{"link", link}, {"name", "eka"}, {"full_name", "Eka"}, {"password", password}})
                .status,
            404)
      << "once";
  std::string token;
  const std::string dewi = sign_in("dewi", token);
  const HttpSaid made = ask("/api/users",
                            {{"name", "ani"},
                             {"full_name", "Ani"},
                             {"role", "agent"},
                             {"queues", json::array{"general"}}},
                            dewi, token);
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(
      ask("/api/link", {{"link", text_in(made.object(), "password_link")}, {"password", password}})
          .status,
      200);
  const std::string ani = sign_in("ani", token);

  std::string citizen;
  {
    DeskPage page(desk_port_, ani);
    ASSERT_EQ(page.open(), 101);
    ASSERT_EQ(page.wants({{"do", "presence"}, {"presence", "online"}}), "done");
    write("m1", "Halo");
    while (page.rows.empty()) ASSERT_FALSE(page.next().empty());
    citizen = page.rows.begin()->first;
    ASSERT_TRUE(page.takes(citizen));
    HttpLine metrics(served_->port());
    EXPECT_EQ(metrics.ask("GET", "/metrics", ""), 200);
    EXPECT_NE(metrics.body().find("\nalur_desk_sockets 1\n"), std::string::npos) << metrics.body();
    const json::object opened = page.want({{"do", "open"}, {"citizen", citizen}});
    ASSERT_EQ(text_in(opened, "is"), "done");
    const json::array& tickets = opened.at("panel").at("tickets").as_array();
    ASSERT_EQ(tickets.size(), 1u) << "what the citizen has opened just now";
    EXPECT_EQ(text_in(tickets[0].as_object(), "kind"), "complaint");
    EXPECT_EQ(text_in(tickets[0].as_object(), "stage"), "received");
    ASSERT_EQ(page.wants(say(page, citizen, "k1", "Selamat pagi")), "done");
    EXPECT_TRUE(hears("Selamat pagi"));
    served_->kill();
  }
  start();
  DeskPage page(desk_port_, ani);
  ASSERT_EQ(page.open(), 101) << "whoever was signed in still is";
  ASSERT_TRUE(page.sees(citizen, "agent")) << "and owns what was theirs";
  EXPECT_EQ(page.wants(say(page, citizen, "k1", "Selamat pagi")), "done") << "said again";
  EXPECT_EQ(page.wants(say(page, citizen, "k2", "Saya kembali")), "done");
  EXPECT_TRUE(hears("Saya kembali"));
  EXPECT_EQ(sent("Selamat pagi"), 1u);
  EXPECT_EQ(sent("Goodbye."), 0u) << "the bot is silent while somebody serves";
  json::object close = page.on(citizen, "close");
  close["code"] = "answered";
  EXPECT_EQ(page.wants(close), "done");
  ASSERT_TRUE(page.sees(citizen, "nobody"));
  write("m2", "Terima kasih");
  EXPECT_TRUE(hears("Goodbye."));
  EXPECT_EQ(served_->stop(), 0) << served_->said();
}

}  // namespace
}  // namespace alur::tests

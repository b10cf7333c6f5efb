// `alur serve` with its desk, as a process: from the link that it prints at its first start to a
// conversation that somebody serves, and what is left of it when the process is killed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "tests/adapters/desk/desk_page.hpp"
#include "tests/crash/http_line.hpp"
#include "tests/crash/served.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;

constexpr const char* app = R"(app: small
languages: [en]
timezone: Asia/Jakarta
start: main
channels: [webchat]
services:
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
defaults:
  no_match:
    - en: Please type it again.
    - stop: true
  no_input:
    - after: 10m
      stop: true
  session_ends: 24h
bounds:
  person_within: none
)";

constexpr const char* flow = R"(flow: main
outcomes: [done]
states:
  start:
    - say:
        en: Welcome.
    - call: ticket.open(kind = complaint)
      outcomes:
        opened: waiting
        already: waiting
        unavailable: nobody
  waiting:
    - handoff: general
      outcomes:
        closed: bye
        left: bye
        no_agent: bye
        out_of_hours: bye
        timed_out: bye
        unavailable: nobody
  nobody:
    - say:
        en: Nobody is here.
    - end: done
  bye:
    - say:
        en: Goodbye.
    - end: done
)";

constexpr const char* password = "sebuah kata sandi panjang";

class DeskServe : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "alur_desk_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    fs::create_directory(folder_ / "app");
    std::ofstream(folder_ / "app" / "app.yaml") << app;
    std::ofstream(folder_ / "app" / "main.flow.yaml") << flow;
    served_ = std::make_unique<Served>(
        ALUR_PROGRAM, std::vector<std::string>{"serve", (folder_ / "app").string(), "--store",
                                               (folder_ / "store.db").string()});
    start();
  }
  void TearDown() override {
    served_.reset();
    fs::remove_all(folder_);
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
  // How many messages with these words the citizen has got; fetched and acknowledged until there is
  // one, or nothing more comes. What is fetched is not given out again for a while.
  std::size_t sent(const std::string& text) {
    HttpLine line(served_->port());
    std::string last;
    const auto count = [&] {
      return std::count_if(heard_.begin(), heard_.end(),
                           [&](const auto& one) { return one.second == text; });
    };
    for (int i = 0; i < 5 && count() == 0; ++i) {
      EXPECT_EQ(line.ask("GET", "/outbox?to=budi&wait=1&ack=" + last, ""), 200) << line.body();
      const json::value all = json::parse(line.body());
      for (const json::value& one : all.at("messages").as_array()) {
        last = one.at("id").as_string();
        heard_[last] = one.at("text").as_string();
      }
    }
    const json::object acknowledged{{"ids", json::array{last}}};
    if (!last.empty()) line.ask("POST", "/acks", json::serialize(acknowledged));
    return static_cast<std::size_t>(count());
  }

  fs::path folder_;
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
    ASSERT_EQ(page.wants(page.on(citizen, "accept")), "done");
    ASSERT_TRUE(page.sees(citizen, "agent"));
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
    EXPECT_EQ(sent("Selamat pagi"), 1u);
    served_->kill();
  }
  start();
  DeskPage page(desk_port_, ani);
  ASSERT_EQ(page.open(), 101) << "whoever was signed in still is";
  ASSERT_TRUE(page.sees(citizen, "agent")) << "and owns what was theirs";
  EXPECT_EQ(page.wants(say(page, citizen, "k1", "Selamat pagi")), "done") << "said again";
  EXPECT_EQ(page.wants(say(page, citizen, "k2", "Saya kembali")), "done");
  EXPECT_EQ(sent("Selamat pagi"), 1u);
  EXPECT_EQ(sent("Saya kembali"), 1u);
  EXPECT_EQ(sent("Goodbye."), 0u) << "the bot is silent while somebody serves";
  json::object close = page.on(citizen, "close");
  close["code"] = "answered";
  EXPECT_EQ(page.wants(close), "done");
  ASSERT_TRUE(page.sees(citizen, "nobody"));
  write("m2", "Terima kasih");
  EXPECT_EQ(sent("Goodbye."), 1u);
  EXPECT_EQ(served_->stop(), 0) << served_->said();
}

}  // namespace
}  // namespace alur::tests

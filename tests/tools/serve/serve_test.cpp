// `alur serve` as programs and operators meet it: what it takes and refuses on the wire, publishing
// to it, and how it stops.
#include <sys/socket.h>
#include <sys/stat.h>

#include <cstdlib>

#include "tests/adapters/rest/web_peer.hpp"
#include "tests/adapters/webchat/made_certificate.hpp"
#include "tests/adapters/webchat/socket_line.hpp"
#include "tests/tools/serve/serve_bench.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;

// All that comes back for these bytes until the connection is closed.
std::string raw(std::uint16_t port, const std::string& bytes) {
  SocketLine line(port);
  EXPECT_TRUE(line.connect() && line.send_raw(bytes));
  shutdown(line.descriptor(), SHUT_WR);
  return line.receive_all();
}

// Whatever the umask: what citizens said is there.
TEST_F(Serve, TheStoreIsReadableByItsOwnerAlone) {
  const mode_t before = umask(0);
  start();
  ASSERT_EQ(say("628", "m1", "hi"), 200);
  EXPECT_NE(alur("db backup store copy").find("0"), std::string::npos);
  umask(before);
  for (const char* name : {"store", "store-wal", "store-shm", "copy"}) {
    EXPECT_EQ(fs::status(root_.at(name)).permissions(),
              fs::perms::owner_read | fs::perms::owner_write)
        << name;
  }
}

TEST_F(Serve, MetricsTellOfTheWebChatsDoor) {
  std::string app(small_app);
  const std::string channels = "channels: [webchat]";
  app.replace(app.find(channels), channels.size(), "channels: [whatsapp, webchat]");
  write("app/app.yaml", app);
  start();
  ASSERT_TRUE(served_->says(" to chat")) << served_->said();
  HttpLine line(served_->port());
  ASSERT_EQ(line.ask("GET", "/metrics", ""), 200);
  EXPECT_NE(line.body().find("\nalur_web_sockets 0\n"), std::string::npos);
}

// A certificate that is renewed in its place is taken without a word to the service; one that is
// broken is not, and the one before it goes on.
TEST_F(Serve, TheWebChatSpeaksTlsAndTakesANewCertificate) {
  std::string app(small_app);
  const std::string channels = "channels: [webchat]";
  app.replace(app.find(channels), channels.size(), "channels: [whatsapp, webchat]");
  write("app/app.yaml", app);
  const auto first = make_certificate(root_.path().string(), "first", -60, 90 * 86'400);
  write("alur.yaml", "app: app\nweb:\n  certificate: first.pem\n  certificate_key: first.key\n");
  EXPECT_NE(alur("serve --config alur.yaml --check-config").find("first.pem: good until "),
            std::string::npos);
  start({"--config", root_.at("alur.yaml")});
  ASSERT_TRUE(served_->says(" to chat"));
  const std::string said = served_->said();
  const std::size_t at = said.find("open https://127.0.0.1:");
  ASSERT_NE(at, said.npos) << said;
  const auto port = static_cast<std::uint16_t>(std::atoi(said.c_str() + at + 23));
  TlsLine before(port);
  ASSERT_TRUE(before.is_open());
  EXPECT_EQ(before.subject(), "first");

  const auto second = make_certificate(root_.path().string(), "second", -60, 90 * 86'400);
  fs::rename(second.certificate, first.certificate);  // and not its key yet
  ASSERT_TRUE(served_->says("is not the key to " + first.certificate));
  ASSERT_TRUE(served_->says("; the certificate before it goes on"));
  EXPECT_EQ(TlsLine(port).subject(), "first");
  fs::rename(second.key, first.key);
  ASSERT_TRUE(served_->says(" is new, and good until "));
  EXPECT_EQ(TlsLine(port).subject(), "second");
  ASSERT_TRUE(before.send("GET / HTTP/1.1\r\nHost: here\r\n\r\n"));
  EXPECT_NE(before.receive_with("<!doctype html>"), "");

  make_certificate(root_.path().string(), "first", -2 * 86'400, -86'400);
  const std::string checked = alur("serve --config alur.yaml --check-config");
  EXPECT_NE(checked.find("first.pem: was good until "), std::string::npos) << checked;
  EXPECT_EQ(checked.back(), '1');
}

TEST_F(Serve, AConversationOverTheWire) {
  start();
  EXPECT_EQ(say("628", "m1", "hi"), 200);
  const std::string said = fetched_with("Which company", "628");
  EXPECT_NE(said.find("Welcome to the register."), std::string::npos);
  EXPECT_EQ(fetched("to=628"), "{\"messages\":[]}");
  EXPECT_EQ(fetched("to=629"), "{\"messages\":[]}");
}

TEST_F(Serve, WhatCouldBeReadInTwoWaysIsRefused) {
  start();
  const std::string body = R"({"id":"m1","from":"628","text":"hi"})";
  const std::string length = "Content-Length: " + std::to_string(body.size()) + "\r\n";
  const std::string post = "POST /messages HTTP/1.1\r\n";
  const std::string good = post + "Host: x\r\nConnection: close\r\n" + length + "\r\n" + body;
  const std::pair<std::string, std::string> refused[] = {
      {post + length + "\r\n" + body, "one Host is wanted"},
      {post + "Host: x\r\nHost: y\r\n" + length + "\r\n" + body, "one Host is wanted"},
      {"POST /messages HTTP/1.0\r\nHost: x\r\n" + length + "\r\n" + body,
       "HTTP/1.1 is spoken here"},
      {post + "Host: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "no Transfer-Encoding here"},
      {post + "Host: x\r\nTransfer-Encoding: gzip\r\n\r\n", "no Transfer-Encoding here"},
      {"nonsense\r\n\r\n", "no HTTP request"},
      {post + "Host: x\r\nContent-Length: 99999999\r\n\r\n", "the body is too long"}};
  for (const auto& [bytes, why] : refused) {
    const std::string answer = raw(served_->port(), bytes);
    EXPECT_NE(answer.find("{\"error\":\"" + why + "\"}"), std::string::npos) << bytes << answer;
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 4")) << answer;
  }
  for (const std::string& lines : {std::string(9'000, 'x'), [] {
                                     std::string many;
                                     for (int i = 0; i < 65; ++i) many += "a: b\r\n";
                                     return many;
                                   }()}) {
    EXPECT_TRUE(raw(served_->port(), post + "Host: x\r\nX: " + lines + "\r\n\r\n")
                    .starts_with("HTTP/1.1 400"));
  }
  EXPECT_TRUE(
      raw(served_->port(), "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 404"));
  // None of it was taken, and the service is as well as before.
  EXPECT_TRUE(raw(served_->port(), good).starts_with("HTTP/1.1 200"));
}

TEST_F(Serve, AMonitorSeesWhatItCountsAndMeasures) {
  start();
  EXPECT_EQ(say("ayu", "m1", "hi"), 200);
  EXPECT_EQ(say("ayu", "m1", "hi"), 200);  // again
  HttpLine line(served_->port());
  EXPECT_EQ(line.ask("GET", "/ready", ""), 200);
  EXPECT_EQ(line.body(), "{\"ready\":true}");
  EXPECT_EQ(line.ask("GET", "/metrics", ""), 200);
  const std::string page = "\n" + line.body();
  for (const char* words :
       {"\nalur_messages_in_total 1\n", "\nalur_duplicates_total 1\n", "\nalur_ready 1\n",
        "\nalur_conversations 1\n", "\nalur_turn_seconds_count 1\n",
        "\nalur_queue_seconds_count 2\n", "\nalur_store_bytes ", "\nalur_disk_free_bytes "}) {
    EXPECT_NE(page.find(words), std::string::npos) << words << page;
  }
  EXPECT_EQ(page.find("ayu"), std::string::npos);
  EXPECT_EQ(page.find("alur_commit_seconds_count 0"), std::string::npos);
  const std::string head = raw(served_->port(), "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(head.find("Content-Type: text/plain; version=0.0.4"), std::string::npos) << head;
}

TEST_F(Serve, APublishChangesWhatNewConversationsSay) {
  start();
  EXPECT_EQ(say("a", "m1", "hi"), 200);
  EXPECT_EQ(alur("publish app" + port()), "already version 1\n0");
  write("app/main.flow.yaml", changed("Welcome to the register.", "Good day."));
  EXPECT_EQ(alur("publish app --dry-run" + port()),
            "main.start: 1 can move, 0 stay on their version\n"
            "in all: 1 can move, 0 stay, 0 stranded; nothing was published\n0");
  EXPECT_EQ(alur("publish app --move" + port()), "published version 2; moved 1 conversations\n0");
  EXPECT_EQ(say("b", "m1", "hi"), 200);
  fetched_with("Good day.", "b");
  write("app/main.flow.yaml", changed("goto: menu", "goto: nowhere"));
  const std::string broken = alur("publish app" + port());
  EXPECT_NE(broken.find("error["), std::string::npos) << broken;
  EXPECT_TRUE(broken.ends_with("nothing was published\n1")) << broken;
  EXPECT_EQ(alur("rollback 1" + port()), "version 1 is current\n0");
  EXPECT_EQ(alur("rollback 7" + port()),
            "alur: there is no such version, or it cannot be had now\n1");
  const std::string versions = alur("versions" + port());
  EXPECT_NE(versions.find("0 conversations  current\n2"), std::string::npos) << versions;
}

// It compiles, and what is proven of the whole app does not hold: six messages in one go.
TEST_F(Serve, WhatTheProofsRefuseIsNotPublished) {
  start();
  EXPECT_EQ(say("a", "m1", "hi"), 200);
  const std::string versions = alur("versions" + port());
  std::string flow(small_flow);
  const std::string first = "    - say:\n";
  std::string many;
  for (int i = 0; i < 6; ++i) many += "    - say: One.\n";
  flow.insert(flow.find(first), many);
  write("app/main.flow.yaml", flow);
  for (const std::string how : {"", " --move", " --dry-run"}) {
    const std::string refused = alur("publish app" + how + port());
    EXPECT_NE(refused.find("error[C011]"), std::string::npos) << refused;
    EXPECT_TRUE(refused.ends_with("nothing was published\n1")) << refused;
  }
  EXPECT_EQ(alur("versions" + port()), versions);
  EXPECT_EQ(served_->stop(), 0);
  EXPECT_FALSE(served_->start());  // nor does it begin to serve such an app
}

TEST_F(Serve, AServiceIsAskedOverHttp) {
  std::string asked;
  WebPeer names([&](PeerLine& line) {
    asked = line.read_request();
    line.write(http_answer(200, R"({"name": "PT Maju"})"));
  });
  const std::string host = "127.0.0.1:" + std::to_string(names.port());
  const auto services = [&](const std::string& walls) {
    return "{\"hosts\": [\"" + host + "\"]" + walls +
           R"(, "services": {"names.find": {"url": "http://)" + host +
           R"(/names", "method": "GET", "answers": [{"outcome": "known", "value": "/name"}]}}})";
  };
  write("app/services.json", services(""));
  start();
  say("a", "m1", "hi");
  say("a", "m2", "maju");
  fetched_with("maju is not on the list.", "a");
  EXPECT_EQ(names.connections(), 0);  // loopback is behind the walls
  EXPECT_TRUE(served_->says("service names.find: refused, 1 call\n")) << served_->said();
  EXPECT_EQ(served_->stop(), 0);

  write("services.json", services(R"(, "private_addresses": ["127.0.0.1"])"));
  start({"--services", root_.at("services.json")});
  say("b", "m1", "hi");
  say("b", "m2", "maju");
  fetched_with("PT Maju is on the list.", "b");
  EXPECT_TRUE(asked.starts_with("GET /names?name=maju HTTP/1.1\r\n")) << asked;
  EXPECT_NE(asked.find("Idempotency-Key: "), asked.npos);
}

TEST_F(Serve, WhatIsSavedIsPublished) {
  start({"--watch"});
  write("app/main.flow.yaml", changed("Welcome to the register.", "Good day."));
  EXPECT_TRUE(comes([&] { return alur("versions" + port()).find("2  ") != std::string::npos; }));
  EXPECT_EQ(say("a", "m1", "hi"), 200);
  fetched_with("Good day.", "a");
}

TEST_F(Serve, StoppedItLosesNothingAndTheStoreIsSound) {
  start();
  EXPECT_EQ(say("a", "m1", "hi"), 200);
  EXPECT_EQ(alur("db check store"), "store: sound\n0");
  EXPECT_EQ(alur("db backup store copy"), "copy: written\ncopy.staff: written\n0");
  EXPECT_EQ(alur("db backup store copy"), "alur db: copy: is there already\n2");
  EXPECT_EQ(served_->stop(), 0);
  EXPECT_EQ(alur("db check copy"), "copy: sound\n0");
  const std::string stats = alur("db stats store");
  EXPECT_NE(stats.find("sessions: 1\nconversations under way: 1\njournal rows: 1\n"
                       "messages to be sent: 2\n"),
            std::string::npos)
      << stats;
  ASSERT_TRUE(served_->start()) << served_->said();
  fetched_with("\"again\":true", "a");
  HttpLine line(served_->port());
  line.ask("POST", "/messages", R"({"id":"m1","from":"a","text":"hi"})");
  EXPECT_EQ(line.body(), "{\"verdict\":\"duplicate\"}");
}

TEST_F(Serve, IsSettledByAFileAndFlagsComeFirst) {
  write("alur.yaml", "app: app\nstore: kept\nport: 1\nweb:\n  port: 0\n");
  run({"--config", root_.at("alur.yaml")});  // on another port than 1
  EXPECT_EQ(say("a", "m1", "hi"), 200);
  EXPECT_TRUE(fs::exists(root_.at("kept")));
  EXPECT_EQ(served_->stop(), 0);
  const std::string plan = alur("serve --config alur.yaml --check-config");
  EXPECT_NE(plan.find("ok      app       "), std::string::npos) << plan;
  EXPECT_NE(plan.find("on http://127.0.0.1:1\n"), std::string::npos) << plan;
  EXPECT_TRUE(plan.ends_with("\n0")) << plan;
  EXPECT_TRUE(alur("serve --config alur.yaml --channel fax --check-config").ends_with("\n1"));
  write("alur.yaml", "app: app\nstroe: kept\n");
  EXPECT_EQ(alur("serve --config alur.yaml"),
            "alur.yaml:2:1: error[A001]: there is no setting `stroe` here\n"
            "   2 | stroe: kept\n"
            "     | ^^^^^ did you mean `store`?\n\n1 error\n1");
  EXPECT_EQ(alur("serve --config nowhere.yaml"),
            "alur serve: nowhere.yaml: there is no such file, or it cannot be read\n2");
  EXPECT_EQ(alur("serve"),
            "alur serve: APP is required, or `app` in a file that --config names; "
            "`alur serve --help` says more\n2");
}

TEST_F(Serve, ASecretOfTheEnvironmentStandsForTheKeyFile) {
  write("alur.yaml", "app: " ALUR_SOURCE_DIR
                     "/flows/kontak157\nstore: kept\nchannel: console\nweb:\n"
                     "  port: 0\n  secret_from: ALUR_TEST_SECRET\n");
  const std::string unset = alur("serve --config alur.yaml --port 0");
  EXPECT_NE(unset.find("error[A006]"), std::string::npos) << unset;
  EXPECT_TRUE(unset.ends_with("\n1")) << unset;
  setenv("ALUR_TEST_SECRET", std::string(64, 's').c_str(), 1);
  served_ = std::make_unique<Served>(
      ALUR_PROGRAM,
      std::vector<std::string>{"serve", "--config", root_.at("alur.yaml"), "--log", "json"});
  const bool started = served_->start();
  unsetenv("ALUR_TEST_SECRET");
  ASSERT_TRUE(started) << served_->said();
  EXPECT_TRUE(served_->says(" to chat\"}\n")) << served_->said();
  EXPECT_TRUE(served_->said().starts_with("{\"time\":\"")) << served_->said();
  EXPECT_TRUE(fs::exists(root_.at("kept")));
  EXPECT_FALSE(fs::exists(root_.at("kept.webchat-key")));
}

TEST_F(Serve, ADoctorKnowsAServiceThatRuns) {
  start();
  write("alur.yaml",
        "app: app\nstore: store\nport: " + std::to_string(served_->port()) + "\nweb:\n  port: 0\n");
  const std::string sound = alur("doctor --config alur.yaml");
  EXPECT_NE(sound.find(": the service runs\n"), std::string::npos) << sound;
  EXPECT_NE(sound.find("/store: sound\n"), std::string::npos) << sound;
  EXPECT_TRUE(sound.ends_with("\n0")) << sound;
  EXPECT_EQ(say("a", "m1", "hi"), 200);
  EXPECT_EQ(served_->stop(), 0);
  write("store", "not a store, but long enough to be looked at: " + std::string(200, 'x'));
  const std::string broken = alur("doctor --config alur.yaml");
  EXPECT_NE(broken.find("fault   store "), std::string::npos) << broken;
  write("alur.yaml", "app: app\nprot: 8157\nstore: elsewhere\n");
  const std::string mistaken = alur("doctor --config alur.yaml");
  EXPECT_NE(mistaken.find("error[A001]"), std::string::npos) << mistaken;
  EXPECT_NE(mistaken.find("disk "), std::string::npos) << mistaken;
  EXPECT_TRUE(mistaken.ends_with("\n1")) << mistaken;
  EXPECT_TRUE(broken.ends_with("\n1")) << broken;
}

TEST_F(Serve, WhatStandsInTheWayIsOneLine) {
  write("other", "not a store, but long enough to be looked at: " + std::string(200, 'x'));
  EXPECT_EQ(alur("serve app --store other --port 0"), "alur serve: other: unreadable\n2");
  EXPECT_EQ(alur("serve nowhere --port 0"), alur("check nowhere").replace(5, 5, "serve"));
  EXPECT_EQ(alur("serve app --channel pigeon --store \"\" --port 0"),
            "alur serve: the app has no channel `pigeon`\n2");
  write("bad.json", R"({"services": {"names.fnid": {"url": "https://a.example/"}}})");
  EXPECT_EQ(alur("serve app --services bad.json --store \"\" --port 0"),
            "alur serve: bad.json: names.fnid.url: `a.example:443` is not among `hosts`\n2");
  EXPECT_EQ(alur("serve app --services none.json --store \"\" --port 0"),
            "alur serve: none.json: is not there\n2");
  EXPECT_EQ(alur("db check nowhere"), "alur db: nowhere: cannot be read\n2");
  const std::string unanswered = alur("versions --port 1");
  EXPECT_TRUE(unanswered.starts_with("alur: 127.0.0.1:1: ")) << unanswered;
  EXPECT_TRUE(unanswered.ends_with("\n2")) << unanswered;
}

}  // namespace
}  // namespace alur::tests

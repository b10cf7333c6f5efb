// `alur serve` as programs and operators meet it: what it takes and refuses on the wire, publishing
// to it, and how it stops.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "adapters/files/folder_files.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/tickets/ticket_row.hpp"
#include "dsl/compile/sources_bytes.hpp"
#include "tests/adapters/rest/web_peer.hpp"
#include "tests/adapters/webchat/made_certificate.hpp"
#include "tests/crash/http_line.hpp"
#include "tests/crash/served.hpp"
#include "tests/engine/runtime/small_service.hpp"
#include "tools/serve/app_sources.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;

class Serve : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "alur_serve_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    fs::create_directories(root_ / "app");
    write("app/app.yaml", std::string(small_app));
    write("app/main.flow.yaml", std::string(small_flow));
  }
  void TearDown() override {
    served_.reset();
    fs::remove_all(root_);
  }

  void write(const std::string& path, const std::string& text) {
    std::ofstream(root_ / path, std::ios::binary) << text;
  }
  std::string changed(const std::string& from, const std::string& to) {
    std::string flow(small_flow);
    return flow.replace(flow.find(from), from.size(), to);
  }

  void start(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{
        "serve", (root_ / "app").string(), "--store", (root_ / "store").string(), "--cores", "2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    served_ = std::make_unique<Served>(ALUR_PROGRAM, arguments);
    ASSERT_TRUE(served_->start()) << served_->said();
  }

  // What `alur ...` says, and its exit code behind it.
  std::string alur(const std::string& arguments) {
    const std::string command =
        "cd " + root_.string() + " && " + ALUR_PROGRAM + " " + arguments + " </dev/null 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    std::string out;
    char buffer[4'096];
    while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) {
      out.append(buffer, count);
    }
    return out + std::to_string(WEXITSTATUS(pclose(pipe)));
  }
  std::string port() const { return " --port " + std::to_string(served_->port()); }

  int say(const std::string& who, const std::string& id, const std::string& text) {
    HttpLine line(served_->port());
    return line.ask("POST", "/messages",
                    "{\"id\":\"" + id + "\",\"from\":\"" + who + "\",\"text\":\"" + text + "\"}");
  }
  std::string fetched(const std::string& query) {
    HttpLine line(served_->port());
    EXPECT_EQ(line.ask("GET", "/outbox?" + query, ""), 200);
    return line.body();
  }

  // Waits for a message with these words, at most so often as a loaded machine may want.
  std::string fetched_with(const std::string& words, const std::string& who) {
    std::string said;
    for (int i = 0; i < 20 && said.find(words) == said.npos; ++i) {
      said = fetched("wait=5&to=" + who);
      if (HasFailure()) return {};
    }
    EXPECT_NE(said.find(words), said.npos) << said;
    return said;
  }

  // All that comes back for these bytes until the connection is closed.
  std::string raw(const std::string& bytes) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(served_->port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
    shutdown(socket, SHUT_WR);
    std::string out;
    char buffer[4'096];
    for (ssize_t count; (count = recv(socket, buffer, sizeof buffer, 0)) > 0;) {
      out.append(buffer, static_cast<std::size_t>(count));
    }
    close(socket);
    return out;
  }

  fs::path root_;
  std::unique_ptr<Served> served_;
};

// Whatever the umask: what citizens said is there.
TEST_F(Serve, TheStoreIsReadableByItsOwnerAlone) {
  const mode_t before = umask(0);
  start();
  ASSERT_EQ(say("628", "m1", "hi"), 200);
  EXPECT_NE(alur("db backup store copy").find("0"), std::string::npos);
  umask(before);
  for (const char* name : {"store", "store-wal", "store-shm", "copy"}) {
    EXPECT_EQ(fs::status(root_ / name).permissions(),
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
  const auto first = make_certificate(root_.string(), "first", -60, 90 * 86'400);
  write("alur.yaml", "app: app\nweb:\n  certificate: first.pem\n  certificate_key: first.key\n");
  EXPECT_NE(alur("serve --config alur.yaml --check-config").find("first.pem: good until "),
            std::string::npos);
  start({"--config", (root_ / "alur.yaml").string()});
  ASSERT_TRUE(served_->says(" to chat"));
  const std::string said = served_->said();
  const std::size_t at = said.find("open https://127.0.0.1:");
  ASSERT_NE(at, said.npos) << said;
  const auto port = static_cast<std::uint16_t>(std::atoi(said.c_str() + at + 23));
  TlsLine before(port);
  ASSERT_TRUE(before.is_open());
  EXPECT_EQ(before.subject(), "first");

  const auto second = make_certificate(root_.string(), "second", -60, 90 * 86'400);
  fs::rename(second.certificate, first.certificate);  // and not its key yet
  ASSERT_TRUE(served_->says("is not the key to " + first.certificate));
  ASSERT_TRUE(served_->says("; the certificate before it goes on"));
  EXPECT_EQ(TlsLine(port).subject(), "first");
  fs::rename(second.key, first.key);
  ASSERT_TRUE(served_->says(" is new, and good until "));
  EXPECT_EQ(TlsLine(port).subject(), "second");
  ASSERT_TRUE(before.send("GET / HTTP/1.1\r\nHost: here\r\n\r\n"));
  EXPECT_NE(before.receive_with("<!doctype html>"), "");

  make_certificate(root_.string(), "first", -2 * 86'400, -86'400);
  const std::string checked = alur("serve --config alur.yaml --check-config");
  EXPECT_NE(checked.find("first.pem: was good until "), std::string::npos) << checked;
  EXPECT_EQ(checked.back(), '1');
}

TEST_F(Serve, AConversationOverTheWire) {
  start();
  EXPECT_EQ(say("628", "m1", "hi"), 200);
  const std::string said = fetched("wait=5&to=628");
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
    const std::string answer = raw(bytes);
    EXPECT_NE(answer.find("{\"error\":\"" + why + "\"}"), std::string::npos) << bytes << answer;
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 4")) << answer;
  }
  for (const std::string& lines : {std::string(9'000, 'x'), [] {
                                     std::string many;
                                     for (int i = 0; i < 65; ++i) many += "a: b\r\n";
                                     return many;
                                   }()}) {
    EXPECT_TRUE(raw(post + "Host: x\r\nX: " + lines + "\r\n\r\n").starts_with("HTTP/1.1 400"));
  }
  EXPECT_TRUE(raw("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 404"));
  // None of it was taken, and the service is as well as before.
  EXPECT_TRUE(raw(good).starts_with("HTTP/1.1 200"));
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
  const std::string head = raw("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
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
  EXPECT_NE(fetched("wait=5&to=b").find("Good day."), std::string::npos);
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
  EXPECT_NE(fetched("wait=5&to=a").find("Welcome"), std::string::npos);
  EXPECT_NE(fetched("wait=5&to=a").find("maju is not on the list."), std::string::npos);
  EXPECT_EQ(names.connections(), 0);  // loopback is behind the walls
  EXPECT_TRUE(served_->says("service names.find: refused, 1 call\n")) << served_->said();
  EXPECT_EQ(served_->stop(), 0);

  write("services.json", services(R"(, "private_addresses": ["127.0.0.1"])"));
  start({"--services", (root_ / "services.json").string()});
  say("b", "m1", "hi");
  say("b", "m2", "maju");
  fetched_with("PT Maju is on the list.", "b");
  EXPECT_TRUE(asked.starts_with("GET /names?name=maju HTTP/1.1\r\n")) << asked;
  EXPECT_NE(asked.find("Idempotency-Key: "), asked.npos);
}

constexpr const char* ticket_app = R"(app: small
languages: [en]
timezone: Asia/Jakarta
start: main
channels: [webchat]
bounds: {person_within: none}
types:
  receipt:
    number: text(4..30)
    due: date
services:
  ticket.open:
    params:
      name: text(1..80)
    outcomes:
      opened: receipt
      already: receipt
    changes: true
defaults:
  no_match:
    - stop: true
  no_input:
    - after: 10m
      stop: true
  session_ends: 24h
)";
constexpr const char* ticket_flow = R"(flow: main
outcomes: [done]
vars:
  name: text(1..80)
  got: receipt
states:
  start:
    - ask:
        en: What happened?
      into: name
    - call: ticket.open(name = name)
      outcomes:
        opened(got): told
        already(got): known
        unavailable: closed
  told:
    - say:
        en: "Recorded as {got.number}."
    - end: done
  known:
    - say:
        en: "Known as {got.number}."
    - end: done
  closed:
    - say:
        en: "Closed."
    - end: done
)";

TEST_F(Serve, ATicketSurvivesARestart) {
  write("app/app.yaml", ticket_app);
  write("app/main.flow.yaml", ticket_flow);
  start();
  const auto complain = [&](const std::string& who, const std::string& what) {
    say(who, "m1" + what, "hi");
    say(who, "m2" + what, what);
    const std::string said = fetched_with("s T-", who);
    return HasFailure() ? std::string(11, '?') : said.substr(said.find("s T-") + 2, 11);
  };
  EXPECT_EQ(complain("a", "fire").substr(7), "0001");
  EXPECT_EQ(complain("b", "water").substr(7), "0002");
  served_->kill();
  ASSERT_TRUE(served_->start()) << served_->said();
  EXPECT_EQ(complain("c", "fire").substr(7), "0001");
  EXPECT_EQ(complain("d", "smoke").substr(7), "0003");
  EXPECT_EQ(alur("db check store"), "store: sound\n0");
}

TEST_F(Serve, WhatIsSavedIsPublished) {
  start({"--watch"});
  write("app/main.flow.yaml", changed("Welcome to the register.", "Good day."));
  std::string versions;
  for (int i = 0; i < 600 && versions.find("2  ") == std::string::npos; ++i) {
    versions = alur("versions" + port());
  }
  EXPECT_NE(versions.find("2  "), std::string::npos) << versions;
  EXPECT_EQ(say("a", "m1", "hi"), 200);
  EXPECT_NE(fetched("wait=5&to=a").find("Good day."), std::string::npos);
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
  const std::string said = fetched("wait=5&to=a");
  EXPECT_NE(said.find("\"again\":true"), std::string::npos) << said;
  HttpLine line(served_->port());
  line.ask("POST", "/messages", R"({"id":"m1","from":"a","text":"hi"})");
  EXPECT_EQ(line.body(), "{\"verdict\":\"duplicate\"}");
}

// What the registry answered is kept beside the store, and counted over restarts, even one that
// came as a blow.
TEST_F(Serve, WhatIsAskedOfTheRegistryIsKept) {
  const std::vector<std::string> arguments{"serve",     ALUR_SOURCE_DIR "/flows/kontak157",
                                           "--store",   (root_ / "store").string(),
                                           "--channel", "console"};
  served_ = std::make_unique<Served>(ALUR_PROGRAM, arguments);
  ASSERT_TRUE(served_->start()) << served_->said();
  EXPECT_EQ(say("628111222333", "m1", "cek bca"), 200);
  EXPECT_EQ(say("628111222334", "m1", "cek toko wijaya"), 200);
  EXPECT_EQ(say("628111222335", "m1", "cek toko wijaya"), 200);
  HttpLine line(served_->port());
  EXPECT_EQ(line.ask("GET", "/asked", ""), 200);
  EXPECT_EQ(line.body(), R"({"asked":[{"form":"tokowijaya","times":2,"too_high_by":0},)"
                         R"({"form":"bca","times":1,"too_high_by":0}],)"
                         R"("unanswered":[{"form":"tokowijaya","times":2,"too_high_by":0}]})");
  served_->kill();
  ASSERT_TRUE(served_->start()) << served_->said();
  EXPECT_EQ(say("628111222336", "m1", "cek bca"), 200);
  EXPECT_EQ(say("628111222337", "m1", "cek bca"), 200);
  EXPECT_EQ(alur("registry asked --audit store.audit"),
            "5 questions, 2 left without an answer\n       3  bca\n       2  tokowijaya\n0");
  EXPECT_EQ(alur("registry asked --audit store.audit --unanswered --top 1"),
            "5 questions, 2 left without an answer\n       2  tokowijaya\n0");
  EXPECT_EQ(alur("registry asked --audit store.audit --since 2999-01-01"),
            "0 questions, 0 left without an answer\n0");
  EXPECT_EQ(alur("registry asked --audit nowhere"),
            "alur registry: nowhere: there are no answers here\n2");
}

// Opens the store as a service would, and puts a ticket into it.
void keep_ticket(const std::string& store, const std::vector<adapters::TicketField>& fields) {
  adapters::SqliteSettings settings;
  settings.path = store;
  auto opened = adapters::SqliteStore::open(settings);
  ASSERT_TRUE(opened);
  const ports::TicketRow row{
      1, "T-2026-0001", "t 2026 0001", "c1", 20'458, 20'472, adapters::encode_fields(fields)};
  const ports::Change change = ports::TicketChange{row};
  ASSERT_TRUE((*opened)->commit(std::span(&change, 1)));
}

void keep_ticket(const std::string& store, const std::string& name) {
  keep_ticket(store, {{"kind", value::Value::choice("complaint")}, {"name", value::Value(name)}});
}

TEST_F(Serve, TicketsAreWorkedOnWhileItRuns) {
  const std::string store = (root_ / "store").string();
  keep_ticket(store, "=HYPERLINK(1)");
  served_ = std::make_unique<Served>(
      ALUR_PROGRAM, std::vector<std::string>{"serve", ALUR_SOURCE_DIR "/flows/kontak157", "--store",
                                             store, "--channel", "console"});
  ASSERT_TRUE(served_->start()) << served_->said();
  EXPECT_EQ(alur("tickets list store"),
            "T-2026-0001  received          opened 2026-01-05  due 2026-01-19  complaint  "
            "overdue\n0");
  EXPECT_EQ(alur("tickets set store t-2026-0001 chekcing"),
            "alur tickets: the app has no stage `chekcing`; did you mean `checking`?\n2");
  EXPECT_EQ(alur("tickets set store t-2026-0009 checking"),
            "alur tickets: there is no ticket t-2026-0009\n2");
  EXPECT_EQ(alur("tickets set store t-2026-0001 checking --note 'asked the bank' --by ayu"),
            "T-2026-0001: received -> checking\n0");
  EXPECT_EQ(say("628", "m1", "halo"), 200);
  EXPECT_EQ(alur("tickets set store T-2026-0001 closed --by budi"),
            "T-2026-0001: checking -> closed\n0");
  EXPECT_EQ(alur("tickets list store --overdue"), "0");
  EXPECT_EQ(alur("tickets list store --stage received"), "0");
  EXPECT_EQ(alur("tickets list store --where kind=question"), "0");
  EXPECT_NE(alur("tickets list store --where kind=complaint").find("closed"), std::string::npos);
  const std::string whole = alur("tickets show store T-2026-0001");
  EXPECT_NE(whole.find("checking by ayu: asked the bank\n"), std::string::npos) << whole;
  EXPECT_NE(whole.find("closed by budi\n"), std::string::npos) << whole;
  const std::string csv = alur("tickets export store");
  EXPECT_TRUE(csv.starts_with("number,stage,since,opened,due,kind,name\r\nT-2026-0001,closed,"))
      << csv;
  EXPECT_NE(csv.find(",complaint,'=HYPERLINK(1)\r\n"), std::string::npos) << csv;
  const std::string json = alur("tickets export store --format json");
  EXPECT_NE(json.find("\"note\":\"asked the bank\""), std::string::npos) << json;
  EXPECT_EQ(served_->stop(), 0);
  EXPECT_EQ(alur("db check store"), "store: sound\n0");
  ASSERT_TRUE(served_->start()) << served_->said();
  EXPECT_NE(alur("tickets list store").find("closed"), std::string::npos);
}

// Keeps a file as the service does, in the folder of a store that is there; what a ticket has of
// it.
value::Value keep_file(const std::string& store, const std::string& name,
                       const std::string& content) {
  adapters::FolderFilesSettings settings;
  settings.folder = store + ".files";
  settings.hash = [](std::string_view text) { return std::hash<std::string_view>()(text); };
  std::string error;
  const auto files = adapters::FolderFiles::open(std::move(settings), error);
  EXPECT_EQ(error, "");
  auto intake = files->begin("webchat:siti", name, content.size(), {1'767'589'200'000});
  EXPECT_TRUE((*intake)->take(content));
  return value::Value(ports::media_of(*(*intake)->finish(), name));
}

TEST_F(Serve, TicketsShowTheirFilesAndHandThemOn) {
  const std::string store = (root_ / "store").string();
  const std::string photo = "\xff\xd8\xff\xe0 a photo of a letter";
  keep_ticket(store, {{"photo", keep_file(store, "foto.jpg", photo)},
                      {"paper", keep_file(store, "surat.pdf", "%PDF-1.7 a letter to the bank")}});
  served_ = std::make_unique<Served>(
      ALUR_PROGRAM, std::vector<std::string>{"serve", ALUR_SOURCE_DIR "/flows/kontak157", "--store",
                                             store, "--channel", "console"});
  ASSERT_TRUE(served_->start()) << served_->said();
  const std::string shown = alur("tickets show store T-2026-0001");
  EXPECT_NE(shown.find("  photo: image/jpeg, 24 bytes, foto.jpg\n    store.files/"),
            std::string::npos)
      << shown;
  EXPECT_NE(shown.find(", as it came\n  paper: application/pdf, 29 bytes, surat.pdf\n"),
            std::string::npos)
      << shown;
  fs::create_directory(root_ / "out");
  EXPECT_TRUE(alur("tickets export store --files out")
                  .starts_with("number,stage,since,opened,due,photo,paper\r\nT-2026-0001,received,"
                               "2026-01-05,2026-01-05,2026-01-19,T-2026-0001-photo.jpg,"
                               "T-2026-0001-paper.pdf\r\n"));
  std::ifstream copy(root_ / "out/T-2026-0001-photo.jpg", std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(copy), {}), photo);
  EXPECT_EQ(alur("tickets export store --files nowhere").back(), '2');
  // What was changed is told from what came, and what is gone from both.
  for (const auto& entry : fs::directory_iterator(root_ / "store.files")) {
    if (entry.path().extension() == ".jpg") std::ofstream(entry.path(), std::ios::app) << "!";
    if (entry.path().extension() == ".pdf") fs::remove(entry.path());
  }
  const std::string after = alur("tickets show store T-2026-0001");
  EXPECT_NE(after.find(", has CHANGED since it came\n"), std::string::npos) << after;
  EXPECT_NE(after.find("surat.pdf\n    is not there\n"), std::string::npos) << after;
  const std::string json = alur("tickets export store --format json --files out");
  EXPECT_NE(json.find("T-2026-0001: paper: the file is not there\n"), std::string::npos) << json;
  EXPECT_EQ(json.back(), '1');
}

void run_sql(const std::string& path, const char* sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  char* fault = nullptr;
  EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, &fault), SQLITE_OK) << fault;
  sqlite3_close(database);
}

// An upgrade keeps what is there, and what an upgrade wrote is not taken by the program before it:
// that one goes back to a copy.
TEST_F(Serve, AnOlderStoreIsBroughtForwardAndALaterOneRefused) {
  const std::string store = (root_ / "store").string();
  keep_ticket(store, "Budi");
  run_sql(store,
          "DROP TABLE desk; ALTER TABLE outbox DROP COLUMN epoch;"
          "ALTER TABLE outbox DROP COLUMN agent; DROP TABLE name; DROP TABLE unheard;"
          "ALTER TABLE session DROP COLUMN wrote;"
          "DROP TABLE ticket_note; ALTER TABLE ticket DROP COLUMN stage_day;"
          "ALTER TABLE ticket DROP COLUMN stage; PRAGMA user_version=2;");
  EXPECT_EQ(alur("tickets list store"), "alur tickets: store: is no store of this alur\n2");
  fs::copy_file(root_ / "store", root_ / "copy");
  start();
  EXPECT_EQ(say("a", "m1", "hi"), 200);
  EXPECT_EQ(served_->stop(), 0);
  EXPECT_EQ(alur("db check store"), "store: sound\n0");
  EXPECT_EQ(alur("tickets list store"),
            "T-2026-0001  received          opened 2026-01-05  due 2026-01-19  complaint  "
            "overdue\n0");
  run_sql(store, "PRAGMA user_version=99;");
  EXPECT_EQ(alur("serve app --store store --port 0"),
            "alur serve: store: is no store of this or an earlier alur\n2");
  for (const char* end : {"-wal", "-shm"}) fs::remove(store + end);
  fs::copy_file(root_ / "copy", root_ / "store", fs::copy_options::overwrite_existing);
  ASSERT_TRUE(served_->start()) << served_->said();
  EXPECT_EQ(say("a", "m2", "hi"), 200);
}

TEST_F(Serve, IsSettledByAFileAndFlagsComeFirst) {
  write("alur.yaml", "app: app\nstore: kept\nport: 1\nweb:\n  port: 0\n");
  served_ = std::make_unique<Served>(
      ALUR_PROGRAM, std::vector<std::string>{"serve", "--config", (root_ / "alur.yaml").string()});
  ASSERT_TRUE(served_->start()) << served_->said();  // on another port than 1
  EXPECT_EQ(say("a", "m1", "hi"), 200);
  EXPECT_TRUE(fs::exists(root_ / "kept"));
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
      ALUR_PROGRAM, std::vector<std::string>{"serve", "--config", (root_ / "alur.yaml").string(),
                                             "--log", "json"});
  const bool started = served_->start();
  unsetenv("ALUR_TEST_SECRET");
  ASSERT_TRUE(started) << served_->said();
  EXPECT_TRUE(served_->says(" to chat\"}\n")) << served_->said();
  EXPECT_TRUE(served_->said().starts_with("{\"time\":\"")) << served_->said();
  EXPECT_TRUE(fs::exists(root_ / "kept"));
  EXPECT_FALSE(fs::exists(root_ / "kept.webchat-key"));
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

TEST(AppSources, AreReadBackAndNothingElseIs) {
  const std::vector<dsl::AppFile> files = {{"app.yaml", "x/app.yaml", "app: x\n"},
                                           {"main.flow.yaml", "x/main.flow.yaml", ""}};
  const auto again = dsl::decode_sources(dsl::encode_sources(files));
  ASSERT_TRUE(again);
  ASSERT_EQ(again->size(), 2u);
  EXPECT_EQ((*again)[0].shown_path, "x/app.yaml");
  EXPECT_EQ((*again)[0].text, "app: x\n");
  EXPECT_FALSE(dsl::decode_sources(""));
  EXPECT_FALSE(dsl::decode_sources("something else"));
}

TEST(AppSources, ACompilerThatIsKeptFollowsFilesThatComeChangeAndGo) {
  const runtime::Compile compile = tools::make_compile();
  const auto publish = runtime::Purpose::publish;
  const dsl::AppFile app{"app.yaml", "app.yaml", std::string(small_app)};
  const dsl::AppFile main{"main.flow.yaml", "main.flow.yaml", std::string(small_flow)};
  const dsl::AppFile other{"other.flow.yaml", "other.flow.yaml",
                           "flow: other\nstates:\n  start:\n    - stop: true\n"};
  const auto first = compile(dsl::encode_sources({app, main}), publish);
  ASSERT_TRUE(first.program);
  const auto second = compile(dsl::encode_sources({app, main, other}), publish);
  ASSERT_TRUE(second.program);
  EXPECT_EQ(second.program->unit_count(), 3u);
  EXPECT_FALSE(compile(dsl::encode_sources({app, other}), publish).program);
  const auto third = compile(dsl::encode_sources({app, main}), publish);
  ASSERT_TRUE(third.program);
  EXPECT_EQ(third.program->hash(), first.program->hash());
}

}  // namespace
}  // namespace alur::tests

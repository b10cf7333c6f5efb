// What `alur serve` keeps for operators: tickets and their files, what the registry was asked, and
// stores of other versions.
#include <sqlite3.h>

#include "adapters/files/folder_files.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/tickets/ticket_row.hpp"
#include "tests/tools/serve/serve_bench.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;

class ServeTickets : public Serve {};

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

TEST_F(ServeTickets, ATicketSurvivesARestart) {
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

// What the registry answered is kept beside the store, and counted over restarts, even one that
// came as a blow.
TEST_F(ServeTickets, WhatIsAskedOfTheRegistryIsKept) {
  start_kontak157();
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

TEST_F(ServeTickets, TicketsAreWorkedOnWhileItRuns) {
  const std::string store = root_.at("store");
  keep_ticket(store, "=HYPERLINK(1)");
  start_kontak157();
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

TEST_F(ServeTickets, TicketsShowTheirFilesAndHandThemOn) {
  const std::string store = root_.at("store");
  const std::string photo = "\xff\xd8\xff\xe0 a photo of a letter";
  keep_ticket(store, {{"photo", keep_file(store, "foto.jpg", photo)},
                      {"paper", keep_file(store, "surat.pdf", "%PDF-1.7 a letter to the bank")}});
  start_kontak157();
  const std::string shown = alur("tickets show store T-2026-0001");
  EXPECT_NE(shown.find("  photo: image/jpeg, 24 bytes, foto.jpg\n    store.files/"),
            std::string::npos)
      << shown;
  EXPECT_NE(shown.find(", as it came\n  paper: application/pdf, 29 bytes, surat.pdf\n"),
            std::string::npos)
      << shown;
  fs::create_directory(root_.at("out"));
  EXPECT_TRUE(alur("tickets export store --files out")
                  .starts_with("number,stage,since,opened,due,photo,paper\r\nT-2026-0001,received,"
                               "2026-01-05,2026-01-05,2026-01-19,T-2026-0001-photo.jpg,"
                               "T-2026-0001-paper.pdf\r\n"));
  std::ifstream copy(root_.at("out/T-2026-0001-photo.jpg"), std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(copy), {}), photo);
  EXPECT_EQ(alur("tickets export store --files nowhere").back(), '2');
  // What was changed is told from what came, and what is gone from both.
  for (const auto& entry : fs::directory_iterator(root_.at("store.files"))) {
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
TEST_F(ServeTickets, AnOlderStoreIsBroughtForwardAndALaterOneRefused) {
  const std::string store = root_.at("store");
  keep_ticket(store, "Budi");
  run_sql(store,
          "DROP TABLE desk; ALTER TABLE outbox DROP COLUMN epoch;"
          "ALTER TABLE outbox DROP COLUMN agent; DROP TABLE name; DROP TABLE unheard;"
          "ALTER TABLE session DROP COLUMN wrote;"
          "DROP TABLE ticket_note; ALTER TABLE ticket DROP COLUMN stage_day;"
          "ALTER TABLE ticket DROP COLUMN stage; PRAGMA user_version=2;");
  EXPECT_EQ(alur("tickets list store"), "alur tickets: store: is no store of this alur\n2");
  fs::copy_file(root_.at("store"), root_.at("copy"));
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
  fs::copy_file(root_.at("copy"), root_.at("store"), fs::copy_options::overwrite_existing);
  ASSERT_TRUE(served_->start()) << served_->said();
  EXPECT_EQ(say("a", "m2", "hi"), 200);
}

}  // namespace
}  // namespace alur::tests

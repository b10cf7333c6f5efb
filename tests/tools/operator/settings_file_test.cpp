// alur.yaml: what it settles, and what is said of mistakes in it; the pages of its findings.
#include "tools/operator/settings_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "dsl/finding/render.hpp"

namespace alur::tools {
namespace {

namespace fs = std::filesystem;

class SettingsFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "alur_settings_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    fs::create_directories(root_ / "kontak157");
    fs::create_directories(root_ / "lists");
    std::ofstream(root_ / "services.json") << "{}";
    std::ofstream(root_ / "chat.pem");
    std::ofstream(root_ / "chat.key");
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string read(const std::string& text, ServeSettings& settings) {
    const Environment environment = [](const std::string& variable) -> std::optional<std::string> {
      if (variable == "ALUR_WEB_SECRET") return std::string(64, 's');
      if (variable == "ALUR_DESK_SECRET") return std::string(64, 'd');
      if (variable == "ALUR_WHATSAPP_SECRET") return std::string(32, 'a');
      if (variable == "ALUR_WHATSAPP_VERIFY") return std::string(32, 'v');
      if (variable == "ALUR_WHATSAPP_TOKEN") return std::string(200, 't');
      if (variable == "ALUR_TELEGRAM_TOKEN") return "123456:" + std::string(35, 't');
      if (variable == "ALUR_TELEGRAM_SECRET") return std::string(64, 'h');
      if (variable == "BLANKS") return std::string(64, ' ');
      if (variable == "SHORT") return "s";
      return std::nullopt;
    };
    dsl::Sources sources;
    findings_ = {};
    const dsl::FileId id = sources.add((root_ / "alur.yaml").string(), text);
    read_settings(sources.at(id), id, environment, settings, findings_);
    std::string said = render_text(sources, findings_);
    const std::string folder = root_.string() + "/";
    for (std::size_t at; (at = said.find(folder)) != said.npos;) said.erase(at, folder.size());
    return said;
  }
  std::string said_of(const std::string& text) {
    ServeSettings settings;
    return read(text, settings);
  }
  std::set<std::string> codes_of(const std::string& text) {
    said_of(text);
    std::set<std::string> codes;
    for (const dsl::Finding& finding : findings_) codes.emplace(row(finding.code).text);
    return codes;
  }

  fs::path root_;
  dsl::Findings findings_;
};

TEST_F(SettingsFile, SettlesEverything) {
  ServeSettings settings;
  EXPECT_EQ(read(R"(app: kontak157
store: alur.db
port: 9000
cores: 3
channel: whatsapp
services: services.json
lists: lists
audit: audit
watch: true
log: json
web:
  port: 9443
  address: 0.0.0.0
  title: Kontak 157
  embed: ["https://www.example.org"]
  origins: ["https://chat.example.org"]
  proxies: [10.0.0.7, "::1"]
  connections: 2000
  connections_of_address: 0
  certificate: chat.pem
  certificate_key: chat.key
  secret_from: ALUR_WEB_SECRET
files:
  types: [jpeg, heic]
  image: 512KiB
  document: 8 MiB
  day: 1 GiB
  day_count: 5
  all: 100 GiB
whatsapp:
  port: 9444
  address: "::1"
  path: /wa
  app_secrets_from: [ALUR_WHATSAPP_SECRET, ALUR_WEB_SECRET]
  verify_from: ALUR_WHATSAPP_VERIFY
  numbers:
    - id: 100200300400500
      token_from: ALUR_WHATSAPP_TOKEN
    - {id: 7, token_from: ALUR_WEB_SECRET, rate: 20}
  graph_url: http://127.0.0.1:9000
  graph_version: v24.0
keep:
  unheard: 2d
  ids: 9d
  words: 30d
  journal: 52w
  contact: 60d
  messages: 12h
  dead_letters: 1d
)",
                 settings),
            "");
  EXPECT_EQ(settings.app, (root_ / "kontak157").string());
  EXPECT_EQ(settings.store, (root_ / "alur.db").string());
  EXPECT_EQ(settings.port, 9000);
  EXPECT_EQ(settings.cores, 3u);
  EXPECT_EQ(settings.channel, "whatsapp");
  EXPECT_EQ(settings.services, (root_ / "services.json").string());
  EXPECT_EQ(settings.lists, (root_ / "lists").string());
  EXPECT_EQ(settings.audit, (root_ / "audit").string());
  EXPECT_TRUE(settings.watch);
  EXPECT_EQ(settings.log, "json");
  EXPECT_EQ(settings.web.port, 9443);
  EXPECT_EQ(settings.web.address, "0.0.0.0");
  EXPECT_EQ(settings.web.title, "Kontak 157");
  EXPECT_EQ(settings.web.embedders, std::vector<std::string>{"https://www.example.org"});
  EXPECT_EQ(settings.web.origins, std::vector<std::string>{"https://chat.example.org"});
  EXPECT_EQ(settings.web.proxies, (std::vector<std::string>{"10.0.0.7", "::1"}));
  EXPECT_EQ(settings.web.tls.certificate, (root_ / "chat.pem").string());
  EXPECT_EQ(settings.web.tls.key, (root_ / "chat.key").string());
  EXPECT_EQ(settings.web.connections_max, 2'000u);
  EXPECT_EQ(settings.web.connections_of_address_max, 0u);
  EXPECT_EQ(settings.web.secret, std::string(64, 's'));
  EXPECT_EQ(settings.files.types, (std::vector<std::string>{"jpeg", "heic"}));
  EXPECT_EQ(settings.files.image_bytes_max, 512u << 10);
  EXPECT_EQ(settings.files.document_bytes_max, 8u << 20);
  EXPECT_EQ(settings.files.day_bytes_max, 1u << 30);
  EXPECT_EQ(settings.files.day_files_max, 5u);
  EXPECT_EQ(settings.files.all_bytes_max, 100ull << 30);
  EXPECT_EQ(settings.keep.seen_seconds, 9 * 86'400);
  EXPECT_EQ(settings.keep.words_seconds, 30 * 86'400);
  EXPECT_EQ(settings.keep.journal_seconds, 364 * 86'400);
  EXPECT_EQ(settings.keep.contact_seconds, 60 * 86'400);
  EXPECT_EQ(settings.keep.message_seconds, 12 * 3'600);
  EXPECT_EQ(settings.keep.dead_letter_seconds, 86'400);
  EXPECT_EQ(settings.keep.unheard_seconds, 2 * 86'400);
  const adapters::WhatsAppSettings& whatsapp = settings.whatsapp;
  EXPECT_EQ(whatsapp.port, 9444);
  EXPECT_EQ(whatsapp.address, "::1");
  EXPECT_EQ(whatsapp.path, "/wa");
  EXPECT_EQ(whatsapp.app_secrets,
            (std::vector<std::string>{std::string(32, 'a'), std::string(64, 's')}));
  EXPECT_EQ(whatsapp.verify_token, std::string(32, 'v'));
  ASSERT_EQ(whatsapp.numbers.size(), 2u);
  EXPECT_EQ(whatsapp.numbers[0].id, "100200300400500");
  EXPECT_EQ(whatsapp.numbers[0].token, std::string(200, 't'));
  EXPECT_EQ(whatsapp.numbers[0].rate, 80);
  EXPECT_EQ(whatsapp.numbers[1].rate, 20);
  EXPECT_EQ(whatsapp.graph_url, "http://127.0.0.1:9000");
  EXPECT_EQ(whatsapp.graph_version, "v24.0");
}

TEST_F(SettingsFile, WhatsAppIsWholeOrNotThere) {
  const std::string head = "app: kontak157\nwhatsapp:\n";
  const std::string secrets = "  app_secrets_from: [ALUR_WHATSAPP_SECRET]\n";
  const std::string verify = "  verify_from: ALUR_WHATSAPP_VERIFY\n";
  const std::string numbers = "  numbers:\n    - {id: 1, token_from: ALUR_WHATSAPP_TOKEN}\n";
  const std::string whole = head + secrets + verify + numbers;
  const std::pair<std::string, std::set<std::string>> cases[] = {
      {whole, {}},
      {head + verify + numbers, {"A003"}},
      {head + secrets + numbers, {"A003"}},
      {head + secrets + verify, {"A003"}},
      {head + secrets + verify + "  numbers:\n    - {id: 1}\n", {"A003"}},
      {head + secrets + verify + "  numbers:\n    - {token_from: ALUR_WHATSAPP_TOKEN}\n", {"A003"}},
      {whole + "    - {id: 1, token_from: ALUR_WHATSAPP_TOKEN}\n", {"A002"}},
      {whole + "    - {id: \"+62 811\", token_from: ALUR_WHATSAPP_TOKEN}\n", {"A002"}},
      {whole + "    - {id: 2, token_from: ALUR_WHATSAPP_TOKEN, rate: 0}\n", {"A002"}},
      {whole + "    - {id: 2, token_from: EAAGabcdef}\n", {"A005"}},
      {whole + "    - {id: 2, token_from: SHORT}\n", {"A006"}},
      {whole + "    - {id: 2, token: EAAG}\n", {"A003", "A005"}},
      {whole + "  path: whatsapp\n", {"A002"}},
      {whole + "  path: /a?b\n", {"A002"}},
      {whole + "  graph_url: http://graph.example.org\n", {"A002"}},
      {whole + "  graph_url: https://graph.example.org/\n", {"A002"}},
      {whole + "  graph_version: 25\n", {"A002"}},
      {whole + "  pace: none\n", {"A002"}},
      {whole + "  pace: fast\n", {"A002"}},
      {whole + "  pace: meta\n", {}},
      {whole + "  pace: none\n  graph_url: http://127.0.0.1:9000\n", {}},
      {whole + "  port: 9000\nport: 9000\n", {"A007"}},
      {whole + "  port: 9000\nweb:\n  port: 9000\n", {"A007"}},
      {head +
           "  app_secrets_from: [ALUR_WEB_SECRET, ALUR_WHATSAPP_SECRET, ALUR_WHATSAPP_VERIFY]\n" +
           verify + numbers,
       {"A002"}},
  };
  for (const auto& [text, codes] : cases) {
    EXPECT_EQ(codes_of(text), codes) << text << said_of(text);
  }
}

TEST_F(SettingsFile, WhatIsNotSaidStaysAsItWas) {
  ServeSettings settings;
  settings.port = 4;
  EXPECT_EQ(read("app: kontak157\n", settings), "");
  EXPECT_EQ(settings.port, 4);
  EXPECT_EQ(settings.web.port, -1);
  EXPECT_EQ(settings.store, "alur.db");
}

TEST_F(SettingsFile, ACertificateAndItsKeyGoTogether) {
  const std::string web = "app: kontak157\nweb:\n  ";
  EXPECT_EQ(codes_of(web + "certificate: chat.pem\n"), std::set<std::string>{"A003"});
  EXPECT_EQ(codes_of(web + "certificate_key: chat.key\n"), std::set<std::string>{"A003"});
  EXPECT_EQ(codes_of(web + "certificate: none.pem\n  certificate_key: chat.key\n"),
            std::set<std::string>{"A004"});
}

// Where, what, and what was meant; the misspelt is taken for what was meant, so nothing follows.
TEST_F(SettingsFile, AMistakeIsShownAtItsPlace) {
  EXPECT_EQ(said_of("ap: kontak157\nweb:\n  prot: 8158\n"),
            "alur.yaml:1:1: error[A001]: there is no setting `ap` here\n"
            "   1 | ap: kontak157\n"
            "     | ^^ did you mean `app`?\n"
            "\n"
            "alur.yaml:3:3: error[A001]: there is no setting `prot` here\n"
            "   3 |   prot: 8158\n"
            "     |   ^^^^ did you mean `port`?\n"
            "\n"
            "2 errors\n");
  EXPECT_EQ(said_of("app: kontak157\nport: 70000\n"),
            "alur.yaml:2:7: error[A002]: `port` takes a number from 0 to 65535\n"
            "   2 | port: 70000\n"
            "     |       ^^^^^\n"
            "\n"
            "1 error\n");
}

TEST_F(SettingsFile, EveryKindOfMistakeHasItsFinding) {
  const std::pair<const char*, std::set<std::string>> cases[] = {
      {"app: kontak157\nport: -1\n", {"A002"}},
      {"app: kontak157\nport: 8157x\n", {"A002"}},
      {"app: kontak157\ncores: 1025\n", {"A002"}},
      {"app: kontak157\nlog: xml\n", {"A002"}},
      {"app: kontak157\nwatch: maybe\n", {"A002"}},
      {"app: kontak157\nweb:\n  address: localhost\n", {"A002"}},
      {"app: kontak157\nweb:\n  proxies: [10.0.0]\n", {"A002"}},
      {"app: kontak157\nweb:\n  origins: [\"https://x.org/\"]\n", {"A002"}},
      {"app: kontak157\nfiles:\n  types: [jpeg, svg]\n", {"A002"}},
      {"app: kontak157\nfiles:\n  image: 5\n", {"A002"}},
      {"app: kontak157\nfiles:\n  image: 5 MB\n", {"A002"}},
      {"app: kontak157\nfiles:\n  image: 0 MiB\n", {"A002"}},
      {"app: kontak157\nfiles:\n  all: 99999999 GiB\n", {"A002"}},
      {"app: kontak157\nfiles:\n  day_count: many\n", {"A002"}},
      {"", {"S023"}},
      {"app:\n", {"S007"}},
      {"app: [kontak157]\n", {"S006"}},
      {"app: kontak157\nweb: 8158\n", {"S004"}},
      {"app: kontak157\napp: kontak157\n", {"S003"}},
      {"app: kontak157\nkeep:\n  words: 90\n", {"S115"}},
      {"app: kontak157\nstore: nowhere/alur.db\n", {"A004"}},
      {"app: kontak157\nservices: lists\n", {"A004"}},
      {"app: services.json\n", {"A004"}},
      {"app: kontak157\npassword: sesame\n", {"A005"}},
      {"app: kontak157\nweb:\n  secret_from: sesame\n", {"A005"}},
      {"app: kontak157\nweb:\n  secret_from: SHORT\n", {"A006"}},
      {"app: kontak157\nport: 0\nweb:\n  port: 0\n", {}}};
  for (const auto& [text, codes] : cases) {
    EXPECT_EQ(codes_of(text), codes) << text << said_of(text);
  }
}

TEST_F(SettingsFile, AFileThatIsNotThereIsOneLine) {
  dsl::Sources sources;
  dsl::Findings findings;
  ServeSettings settings;
  std::string error;
  const std::string path = (root_ / "nowhere.yaml").string();
  EXPECT_FALSE(read_settings_file(path, read_environment, settings, sources, findings, error));
  EXPECT_EQ(error, path + ": there is no such file, or it cannot be read");
  EXPECT_FALSE(
      read_settings_file(root_.string(), read_environment, settings, sources, findings, error));
}

// Whatever the bytes, there are settings or findings, and every finding lies within the file.
TEST_F(SettingsFile, AnyBytesAreRead) {
  const std::string whole =
      "app: kontak157\nport: 8157\nwatch: true\nweb:\n  port: 8158\n  embed: [\"https://a.org\"]\n"
      "  proxies: [10.0.0.7]\n  secret_from: SHORT\nkeep:\n  words: 90d\n";
  const std::string pieces = ":-[]{}\"'#&*!|>%@`\n\t az09\x01\xff";
  std::mt19937 random(157);
  std::size_t refused = 0;
  for (int i = 0; i < 2'000; ++i) {
    std::string text = whole;
    for (unsigned changes = 1 + random() % 4; changes > 0; --changes) {
      const std::size_t at = random() % text.size();
      const char piece = pieces[random() % pieces.size()];
      switch (random() % 3) {
        case 0:
          text[at] = piece;
          break;
        case 1:
          text.insert(at, 1, piece);
          break;
        default:
          text.erase(at, 1 + random() % 8);
      }
      if (text.empty()) text = ":";
    }
    said_of(text);
    for (const dsl::Finding& finding : findings_) EXPECT_LE(finding.span.end, text.size()) << text;
    if (findings_.error_count() > 0) ++refused;
  }
  EXPECT_GT(refused, 1'000u);
}

// The fenced block after a line that says `heading`.
std::string block_after(const std::string& page, const std::string& heading) {
  const std::string fence = "\n" + heading + "\n\n```yaml\n";
  const std::size_t at = page.find(fence);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + fence.size();
  return page.substr(begin, page.find("\n```", begin) + 1 - begin);
}

TEST_F(SettingsFile, ExamplesOfThePagesDoWhatTheySay) {
  std::size_t pages = 0;
  for (const dsl::CodeRow& row : dsl::all_codes()) {
    if (row.group != dsl::Group::settings) continue;
    const std::string code(row.text);
    std::ifstream in(ALUR_SOURCE_DIR "/docs/checks/" + code + ".md");
    const std::string page(std::istreambuf_iterator<char>(in), {});
    EXPECT_TRUE(page.starts_with("# " + code + ": " + std::string(row.title) + "\n")) << code;
    const std::string bad = block_after(page, "bad:");
    const std::string mended = block_after(page, "mended:");
    ASSERT_FALSE(bad.empty() || mended.empty()) << code;
    EXPECT_EQ(codes_of(bad), std::set<std::string>{code}) << said_of(bad);
    EXPECT_EQ(codes_of(mended), std::set<std::string>{}) << said_of(mended);
    ++pages;
  }
  EXPECT_GE(pages, 7u);
}

// The guide shows the whole of it; what is installed is a part of that. Their paths are those of a
// machine on which it is installed.
TEST_F(SettingsFile, WhatTheGuideShowsAndWhatIsInstalledAreGood) {
  std::ifstream in(ALUR_SOURCE_DIR "/docs/guide-operator.md");
  const std::string guide(std::istreambuf_iterator<char>(in), {});
  const std::size_t begin = guide.find("```yaml\napp: ") + 8;
  const std::string shown = guide.substr(begin, guide.find("\n```", begin) + 1 - begin);
  std::ifstream file(ALUR_SOURCE_DIR "/tools/package/alur.yaml");
  const std::string installed(std::istreambuf_iterator<char>(file), {});
  for (const std::string& text : {shown, installed}) {
    ASSERT_NE(text.find("app: /usr/share/alur/kontak157"), text.npos) << text;
    codes_of(text);
    for (const dsl::Finding& finding : findings_) {
      EXPECT_EQ(finding.code, dsl::Code::nothing_at_path) << said_of(text);
    }
  }
}

TEST_F(SettingsFile, ABotHasItsTokenAndPerhapsAWebhook) {
  ServeSettings settings;
  EXPECT_EQ(read("app: kontak157\ntelegram:\n  token_from: ALUR_TELEGRAM_TOKEN\n"
                 "  webhook_url: https://b.org/t\n  secret_from: ALUR_TELEGRAM_SECRET\n"
                 "  path: /t\n",
                 settings),
            "");
  EXPECT_TRUE(settings.telegram.is_on());
  EXPECT_TRUE(settings.telegram.has_webhook());
  EXPECT_EQ(settings.telegram.secret, std::string(64, 'h'));
  EXPECT_EQ(settings.telegram.path, "/t");
  const auto said = [this](const std::string& rest) {
    return said_of("app: kontak157\ntelegram:\n" + rest);
  };
  EXPECT_NE(said("  path: /t\n").find("`telegram` needs `token_from`"), std::string::npos);
  const std::string token = "  token_from: ALUR_TELEGRAM_TOKEN\n";
  EXPECT_NE(said(token + "  webhook_url: https://b.org/t\n").find("come together"),
            std::string::npos);
  EXPECT_NE(said(token + "  secret_from: BLANKS\n").find("Telegram takes 256 characters"),
            std::string::npos);
  EXPECT_NE(said(token + "  webhook_url: http://b.org/t\n").find("takes https://HOST/PATH"),
            std::string::npos);
  for (const char* other : {"port: 9000\n", "web:\n  port: 9000\n"}) {
    EXPECT_NE(said(token + "  port: 9000\n" + other).find("port 9000 has another use"),
              std::string::npos)
        << other;
  }
}

TEST_F(SettingsFile, TheDeskHasItsPlaceAndItsWords) {
  ServeSettings settings;
  EXPECT_EQ(read(R"(app: kontak157
desk:
  port: 9161
  address: 0.0.0.0
  origins: ["https://desk.example.org"]
  proxies: [10.0.0.7]
  secret_from: ALUR_WEB_SECRET
  codes:
    - {name: done, id: Selesai, en: Done}
  reasons:
    - {name: lunch, id: Makan siang, en: Lunch}
  units: {whatsapp: 0.5, phone: 8}
  capacity: 6
  open: 10
  offer: 45s
)",
                 settings),
            "");
  const DeskPlace& desk = settings.desk;
  EXPECT_EQ(desk.port, 9161);
  EXPECT_EQ(desk.address, "0.0.0.0");
  ASSERT_EQ(desk.codes.size(), 1u);
  EXPECT_EQ(desk.codes[0].title_id, "Selesai");
  ASSERT_EQ(desk.reasons.size(), 1u);
  EXPECT_EQ(desk.reasons[0].name, "lunch");
  EXPECT_EQ(desk.units,
            (std::vector<std::pair<std::string, std::int32_t>>{{"whatsapp", 50}, {"phone", 800}}));
  EXPECT_EQ(desk.capacity, 600);
  EXPECT_EQ(desk.open_max, 10);
  EXPECT_EQ(desk.offer_ms, 45'000);
  EXPECT_TRUE(desk.on);
  const auto said = [&](const std::string& rest) { return said_of("app: kontak157\n" + rest); };
  EXPECT_NE(said("port: 9000\ndesk:\n  port: 9000\n").find("port 9000 has another use"),
            std::string::npos);
  EXPECT_NE(said("desk:\n  codes: []\n").find("nothing can be closed without a code"),
            std::string::npos);
  EXPECT_NE(said("desk:\n  codes:\n    - {name: A, id: x, en: y}\n").find("takes a-z, 0-9 and _"),
            std::string::npos);
  EXPECT_NE(said("desk:\n  codes:\n    - {name: a, id: x, en: y}\n    - {name: a, id: x, en: y}\n")
                .find("stands here twice"),
            std::string::npos);
  for (const char* units : {"0", "0.001", "0.255", "-1", "100.01", "999999999999999999",
                            "-999999999999999999", "0x4", "many"}) {
    EXPECT_NE(said(std::string("desk:\n  capacity: ") + units + "\n").find("units are a number"),
              std::string::npos)
        << units;
  }
}

TEST_F(SettingsFile, TheGuideNamesEverySetting) {
  std::ifstream in(ALUR_SOURCE_DIR "/docs/guide-operator.md");
  const std::string guide(std::istreambuf_iterator<char>(in), {});
  for (const char* unknown :
       {"?: x\n", "web:\n  ?: x\n", "keep:\n  ?: x\n", "telegram:\n  ?: x\n", "desk:\n  ?: x\n",
        "whatsapp:\n  ?: x\n", "whatsapp:\n  numbers:\n    - ?: x\n"}) {
    std::string text = std::string("app: kontak157\n") + unknown;
    text.replace(text.find('?'), 1, "zzzzzzzzzzzz");
    const std::string said = said_of(text);
    const std::size_t at = said.find("there are: ");
    ASSERT_NE(at, said.npos) << said;
    std::string names = said.substr(at + 11, said.find('\n', at) - at - 11) + ", ";
    for (std::size_t end; (end = names.find(", ")) != names.npos; names.erase(0, end + 2)) {
      EXPECT_NE(guide.find(names.substr(0, end) + ":"), guide.npos) << names.substr(0, end);
    }
  }
}

}  // namespace
}  // namespace alur::tools

// What is said of settings and of a machine before a service starts.
#include "tools/operator/examine.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "adapters/sqlite/sqlite_store.hpp"
#include "tests/adapters/webchat/made_certificate.hpp"
#include "tests/engine/runtime/small_service.hpp"
#include "tools/serve/staff_book.hpp"

namespace alur::tools {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t gibibyte = 1u << 30;

class Examine : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "alur_examine_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    fs::create_directories(root_ / "app");
    std::ofstream(root_ / "app/app.yaml") << tests::small_app;
    std::ofstream(root_ / "app/main.flow.yaml") << tests::small_flow;
    settings_.app = (root_ / "app").string();
    settings_.store = (root_ / "store").string();
    settings_.port = 0;
  }
  void TearDown() override { fs::remove_all(root_); }

  static Diagnosis find(const Diagnoses& all, const std::string& about) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Diagnosis& one) { return one.about == about; });
    return found == all.end() ? Diagnosis{Condition::fault, "", "not looked at", ""} : *found;
  }

  fs::path root_;
  ServeSettings settings_;
};

TEST_F(Examine, ASoundAppIsWell) {
  const Diagnoses all = examine_settings(settings_);
  EXPECT_FALSE(has_fault(all)) << render(all);
  EXPECT_EQ(find(all, "app").condition, Condition::well);
  EXPECT_FALSE(fs::exists(settings_.store));  // nothing was made
}

TEST_F(Examine, WhatIsWrongWithSettingsHasItsCure) {
  settings_.channel = "fax";
  settings_.services = (root_ / "nowhere.json").string();
  settings_.lists = (root_ / "nowhere").string();
  const Diagnoses all = examine_settings(settings_);
  for (const char* about : {"channel", "services", "lists"}) {
    EXPECT_EQ(find(all, about).condition, Condition::fault) << render(all);
    EXPECT_NE(find(all, about).cure, "");
  }
  std::ofstream(root_ / "app/main.flow.yaml") << "flow: main\nstates:\n  start:\n    - goto: x\n";
  EXPECT_EQ(find(examine_settings(settings_), "app").condition, Condition::fault);
  settings_.app = (root_ / "nowhere").string();
  EXPECT_EQ(find(examine_settings(settings_), "app").condition, Condition::fault);
}

TEST_F(Examine, WhatsAppIsAChannelOfTheAppAndNobodyElseSpeaksForIt) {
  EXPECT_EQ(find(examine_settings(settings_), "WhatsApp").about, "");
  settings_.whatsapp.numbers = {{"100200300400500", "token", 80}};
  settings_.whatsapp.port = 9'444;
  EXPECT_EQ(find(examine_settings(settings_), "WhatsApp").condition, Condition::fault);
  std::string app(tests::small_app);
  app.replace(app.find("[webchat]"), 9, "[whatsapp]");
  std::ofstream(root_ / "app/app.yaml") << app;
  const Diagnoses all = examine_settings(settings_);
  EXPECT_EQ(find(all, "WhatsApp").condition, Condition::well) << render(all);
  EXPECT_EQ(find(all, "WhatsApp").found, "1 numbers, webhooks at http://127.0.0.1:9444/whatsapp");
  EXPECT_EQ(find(all, "channel").found.substr(0, 20), "for operators alone,");
  settings_.channel = "whatsapp";
  EXPECT_EQ(find(examine_settings(settings_), "WhatsApp").condition, Condition::fault);
  settings_.channel = "";
  settings_.whatsapp.address = "0.0.0.0";
  EXPECT_EQ(find(examine_settings(settings_), "WhatsApp").condition, Condition::advice);
}

TEST_F(Examine, AStoreIsSoundBrokenOrSomethingElse) {
  EXPECT_EQ(find(examine_machine(settings_), "store").condition, Condition::well);
  adapters::SqliteSettings how;
  how.path = settings_.store;
  ASSERT_TRUE(adapters::SqliteStore::open(how));
  EXPECT_EQ(find(examine_machine(settings_), "store").found, settings_.store + ": sound");
  std::ofstream(settings_.store, std::ios::binary) << "This is a letter, not a store.";
  const Diagnosis other = find(examine_machine(settings_), "store");
  EXPECT_EQ(other.condition, Condition::fault) << other.found;
  EXPECT_NE(other.cure, "");
}

TEST_F(Examine, AKeyThatOthersCanReadIsAFault) {
  const std::string key = settings_.store + ".webchat-key";
  std::ofstream(key) << std::string(32, 'k');
  chmod(key.c_str(), 0644);
  const Diagnosis open = find(examine_machine(settings_), "key");
  EXPECT_EQ(open.condition, Condition::fault);
  EXPECT_EQ(open.cure, "`chmod 600 " + key + "`");
  chmod(key.c_str(), 0600);
  EXPECT_EQ(find(examine_machine(settings_), "key").condition, Condition::well);
}

TEST_F(Examine, FilesThatOthersCanLookIntoAreAFault) {
  const std::string folder = settings_.store + ".files";
  mkdir(folder.c_str(), 0755);
  chmod(folder.c_str(), 0755);
  const Diagnosis open = find(examine_machine(settings_), "files");
  EXPECT_EQ(open.condition, Condition::fault);
  EXPECT_EQ(open.cure, "`chmod 700 " + folder + "`");
  chmod(folder.c_str(), 0700);
  EXPECT_EQ(find(examine_machine(settings_), "files").condition, Condition::well);
}

// --- the desk's accounts

class ExamineStaff : public Examine {
 protected:
  std::string path() const { return settings_.store + ".staff"; }
  // As the service does with its first start.
  StaffBook book() {
    std::string error;
    auto opened = open_staff_book(settings_.store, settings_.desk.secret, error);
    EXPECT_TRUE(opened) << error;
    return std::move(*opened);
  }
  void add(StaffBook& book, const std::string& name, ports::Role role, bool disabled) {
    ports::Account account;
    account.name = name;
    account.role = role;
    account.disabled = disabled;
    const ports::StaffChange changes[] = {
        ports::AccountAdded{account},
        adapters::to_note({1'000}, "machine", adapters::Action::add_user, 0, name)};
    ASSERT_TRUE(book.staff->commit(changes));
  }
  // In the file, behind everybody's back.
  void change_file(const std::string& sql) {
    sqlite3* file = nullptr;
    ASSERT_EQ(sqlite3_open(path().c_str(), &file), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(file, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(file);
  }
  Condition is(const std::string& about) {
    return find(examine_machine(settings_), about).condition;
  }
};

TEST_F(ExamineStaff, IsMadeLaterOrNotAtAll) {
  EXPECT_EQ(find(examine_machine(settings_), "accounts").found,
            path() + ": not there yet, it will be made");
  settings_.desk.on = false;
  EXPECT_TRUE(examine_staff(settings_).empty());
  EXPECT_FALSE(fs::exists(path()));
}

TEST_F(ExamineStaff, NeedsAnAdministratorWhoMaySignIn) {
  StaffBook staff = book();
  EXPECT_EQ(is("accounts"), Condition::advice);
  add(staff, "ani", ports::Role::agent, false);
  add(staff, "siti", ports::Role::administrator, true);
  const Diagnosis none = find(examine_machine(settings_), "accounts");
  EXPECT_EQ(none.condition, Condition::advice);
  EXPECT_NE(none.cure.find("alur user add " + settings_.store), std::string::npos) << none.cure;
  add(staff, "budi", ports::Role::administrator, false);
  const Diagnoses all = examine_machine(settings_);
  EXPECT_EQ(find(all, "accounts").found, path() + ": 3 accounts") << render(all);
  EXPECT_EQ(find(all, "audit").found, "unbroken, 3 rows") << render(all);
  EXPECT_EQ(find(all, "audit").condition, Condition::well);
}

TEST_F(ExamineStaff, IsItsOwnersAlone) {
  book();
  chmod(path().c_str(), 0640);
  const Diagnosis open = find(examine_machine(settings_), "accounts");
  EXPECT_EQ(open.condition, Condition::fault);
  EXPECT_EQ(open.cure, "`chmod 600 " + path() + "`");
  chmod(path().c_str(), 0600);
  EXPECT_EQ(is("accounts"), Condition::advice);
  std::ofstream(path()) << std::string(4'096, 'x');
  EXPECT_EQ(is("accounts"), Condition::fault);
}

TEST_F(ExamineStaff, HasAnAuditThatNobodyChanged) {
  {
    StaffBook staff = book();
    add(staff, "siti", ports::Role::administrator, false);
    add(staff, "ani", ports::Role::agent, false);
  }
  EXPECT_EQ(is("audit"), Condition::well);
  change_file("DROP TRIGGER audit_stays; UPDATE audit SET detail='budi' WHERE count=2");
  const Diagnosis changed = find(examine_machine(settings_), "audit");
  EXPECT_EQ(changed.condition, Condition::fault) << changed.found;
  EXPECT_NE(changed.cure.find("alur audit verify"), std::string::npos);
  change_file("UPDATE audit SET detail='ani' WHERE count=2");
  EXPECT_EQ(is("audit"), Condition::well);
  fs::rename(path() + "-key", path() + "-key.away");
  EXPECT_EQ(is("audit"), Condition::fault);
  settings_.desk.secret = std::string(64, 's');  // another key
  EXPECT_EQ(is("audit"), Condition::fault);
}

TEST_F(Examine, APortThatSomebodyElseHasIsAFault) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(listen(socket, 1), 0);
  socklen_t size = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  settings_.web.port = ntohs(address.sin_port);
  const Diagnosis taken = find(examine_machine(settings_), "web port");
  EXPECT_EQ(taken.condition, Condition::fault) << taken.found;
  EXPECT_NE(taken.cure.find("ss -ltnp"), std::string::npos);
  close(socket);
  EXPECT_EQ(find(examine_machine(settings_), "web port").condition, Condition::well);
  settings_.web.address = "203.0.113.7";
  EXPECT_EQ(find(examine_machine(settings_), "web port").condition, Condition::fault);
}

TEST_F(Examine, RoomAndTimeAreJudged) {
  EXPECT_EQ(judge_space(10 * gibibyte, gibibyte).condition, Condition::well);
  EXPECT_EQ(judge_space(10 * gibibyte, 11 * gibibyte).condition, Condition::advice);
  EXPECT_EQ(judge_space(gibibyte, 0).condition, Condition::advice);
  EXPECT_EQ(judge_space(gibibyte / 8, 0).condition, Condition::fault);
  EXPECT_EQ(judge_clock(true, 1'000'000, 1'000'000).condition, Condition::well);
  EXPECT_EQ(judge_clock(false, 1'000'000, 0).condition, Condition::advice);
  EXPECT_EQ(judge_clock(true, 1'000'000, 1'100'000).condition, Condition::fault);
}

TEST(Diagnosis, IsALineAndItsCure) {
  const Diagnoses all{{Condition::well, "app", "small", ""},
                      {Condition::fault, "port", "taken", "choose another"}};
  EXPECT_EQ(render(all),
            "ok      app       small\n"
            "fault   port      taken\n"
            "                  -> choose another\n");
  EXPECT_TRUE(has_fault(all));
  EXPECT_FALSE(has_fault({all[0]}));
}

TEST_F(Examine, ACertificateIsLookedAt) {
  const auto judged = [this](const std::string& name, std::int64_t from, std::int64_t until) {
    const auto files = tests::make_certificate(root_.string(), name, from, until);
    return judge_certificate(files, std::time(nullptr));
  };
  constexpr std::int64_t day = 86'400;
  EXPECT_EQ(judged("good", -day, 90 * day).condition, Condition::well);
  const Diagnosis soon = judged("soon", -day, 5 * day);
  EXPECT_EQ(soon.condition, Condition::advice);
  EXPECT_NE(soon.found.find("soon.pem: good until "), std::string::npos) << soon.found;
  const Diagnosis over = judged("over", -9 * day, -day);
  EXPECT_EQ(over.condition, Condition::fault);
  EXPECT_NE(over.found.find("over.pem: was good until "), std::string::npos) << over.found;
  EXPECT_NE(judged("early", day, 9 * day).found.find("is not good before "), std::string::npos);
  const auto one = tests::make_certificate(root_.string(), "one", -day, 90 * day);
  const auto two = tests::make_certificate(root_.string(), "two", -day, 90 * day);
  const Diagnosis differs = judge_certificate({one.certificate, two.key}, std::time(nullptr));
  EXPECT_EQ(differs.condition, Condition::fault);
  EXPECT_EQ(differs.found, two.key + ": is not the key to " + one.certificate);
}

}  // namespace
}  // namespace alur::tools

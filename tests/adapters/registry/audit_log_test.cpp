// What is kept of answers: it survives the program, stays bounded, and where it cannot be written
// nothing stops, and what is missing is told.
#include "adapters/registry/audit_log.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "adapters/registry/registry.hpp"
#include "tests/adapters/registry/sample_lists.hpp"

namespace alur::registry {
namespace {

namespace fs = std::filesystem;

class AuditLogTest : public testing::Test {
 protected:
  AuditLogTest() {
    std::string name = (fs::temp_directory_path() / "alur_audit_XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~AuditLogTest() override { fs::remove_all(folder_); }

  std::unique_ptr<AuditLog> opened(std::uint64_t file_bytes_max = 1'000'000,
                                   std::size_t files_max = 3) {
    std::string error;
    auto log = AuditLog::open({folder_, file_bytes_max, files_max}, error);
    EXPECT_TRUE(log) << error;
    return log;
  }

  static AuditEntry entry(const std::string& form) {
    AuditEntry made;
    made.at = value::Instant{1'700'000'000'000};
    made.form = form;
    made.outcome = "near";
    return made;
  }

  // The forms in the log, in their order.
  std::vector<std::string> forms(AuditLogTally* tally = nullptr) {
    std::vector<std::string> all;
    std::string error;
    const AuditLogTally read = read_audit_log(
        folder_, [&](const LoggedAnswer& answer) { all.push_back(answer.form); }, error);
    EXPECT_EQ(error, "");
    if (tally) *tally = read;
    return all;
  }

  fs::path file(int number) const {
    return fs::path(folder_) / ("answers-0000000" + std::to_string(number) + ".jsonl");
  }

  std::string folder_;
};

TEST_F(AuditLogTest, KeepsAnswersOverRestarts) {
  opened()->write(entry("satu"));
  const auto log = opened();
  log->write(entry("dua"));
  log->sync();
  EXPECT_EQ(forms(), (std::vector<std::string>{"satu", "dua"}));
  EXPECT_EQ(log->trouble(), "");
  EXPECT_EQ(log->lost(), 0u);
}

TEST_F(AuditLogTest, TheOldestFilesGo) {
  const auto log = opened(1'000, 3);
  for (int i = 0; i < 100; ++i) log->write(entry("nama " + std::to_string(i)));
  std::uintmax_t bytes = 0;
  std::size_t files = 0;
  for (const auto& one : fs::directory_iterator(folder_)) {
    bytes += one.file_size();
    ++files;
  }
  EXPECT_EQ(files, 3u);
  EXPECT_LE(bytes, 3'000u);
  const std::vector<std::string> kept = forms();
  ASSERT_FALSE(kept.empty());
  EXPECT_EQ(kept.back(), "nama 99");
  EXPECT_EQ(kept.front(), "nama " + std::to_string(100 - kept.size()));
}

// The program ended in the middle of a line.
TEST_F(AuditLogTest, HalfALineSpoilsNoOther) {
  opened()->write(entry("satu"));
  std::ofstream(file(0), std::ios::app) << R"({"at":"2023-11-)";
  AuditLogTally tally;
  EXPECT_EQ(forms(&tally), (std::vector<std::string>{"satu"}));
  opened()->write(entry("dua"));
  EXPECT_EQ(forms(&tally), (std::vector<std::string>{"satu", "dua"}));
  EXPECT_EQ(tally.answers, 2u);
  EXPECT_EQ(tally.broken, 1u);
}

// A full disk: citizens are served, what is missing is counted, and the log says so itself.
TEST_F(AuditLogTest, AFullDiskStopsNobody) {
  fs::create_symlink("/dev/full", file(0));
  const auto log = opened();
  RegistrySettings settings;
  settings.audit = [&](const AuditEntry& each) { log->write(each); };
  Registry registry(tests::small_lists(), settings);
  program::Service service;
  service.name = "registry.lookup";
  const RegistryCall call{service, "", "628111", value::Instant{}, tests::list_day};
  EXPECT_EQ(registry.lookup(call, "bca").outcome, "licensed");
  EXPECT_EQ(registry.lookup(call, "toko wijaya").outcome, "not_found");
  EXPECT_EQ(log->lost(), 2u);
  EXPECT_NE(log->trouble().find("No space left on device"), std::string::npos) << log->trouble();
  log->sync();

  fs::remove(file(0));
  EXPECT_EQ(registry.lookup(call, "danamas").outcome, "licensed");
  AuditLogTally tally;
  EXPECT_EQ(forms(&tally), (std::vector<std::string>{"danamas"}));
  EXPECT_EQ(tally.lost, 2u);
  EXPECT_EQ(log->lost(), 2u);
  EXPECT_EQ(log->trouble(), "");
}

TEST_F(AuditLogTest, AFileThatIsTakenAwayIsBegunAgain) {
  const auto log = opened();
  log->write(entry("satu"));
  fs::remove(file(0));
  log->sync();
  log->write(entry("dua"));
  EXPECT_EQ(forms(), (std::vector<std::string>{"dua"}));
}

TEST_F(AuditLogTest, WhereNothingCanBeWrittenItDoesNotOpen) {
  std::ofstream(folder_ + "/file") << "x";
  std::string error;
  EXPECT_FALSE(AuditLog::open({folder_ + "/file"}, error));
  EXPECT_NE(error.find("cannot be opened: Not a directory"), std::string::npos) << error;
  error.clear();
  read_audit_log(folder_ + "/nowhere", [](const LoggedAnswer&) {}, error);
  EXPECT_NE(error, "");
}

TEST_F(AuditLogTest, ManyThreadsWriteWholeLines) {
  const auto log = opened(20'000, 100);
  std::vector<std::jthread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&] {
      for (int i = 0; i < 200; ++i) log->write(entry("nama"));
      log->sync();
    });
  }
  writers.clear();
  AuditLogTally tally;
  EXPECT_EQ(forms(&tally).size(), 800u);
  EXPECT_EQ(tally.broken, 0u);
}

}  // namespace
}  // namespace alur::registry

// New lists are taken while a service runs, and bad ones change nothing.
#include "tools/serve/registry_service.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "tools/load/load_app.hpp"
#include "tools/registry/import_list.hpp"

namespace alur::tools {
namespace {

namespace fs = std::filesystem;

class RegistryServiceTest : public testing::Test {
 protected:
  RegistryServiceTest() {
    std::string name = (fs::temp_directory_path() / "alur_lists_XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~RegistryServiceTest() override { fs::remove_all(folder_); }

  void import(std::string_view csv) {
    ImportOptions options;
    options.folder = folder_;
    options.accept = true;
    std::string error;
    ASSERT_TRUE(import_list(options, csv, SourceFormat::csv, error)) << error;
    touch();
  }

  // Files of one moment have one time: a second write is made to be later.
  void touch() {
    moment_ += std::chrono::seconds(1);
    fs::last_write_time(folder_ + "/lists.json", fs::file_time_type::clock::now() + moment_);
  }

  // As an app asks: the outcome.
  static std::string ask(RegistryService& service, std::string_view name) {
    static const auto program = load_app(ALUR_SOURCE_DIR "/flows/kontak157").program;
    const auto declared =
        std::find_if(program->app().services.begin(), program->app().services.end(),
                     [](const program::Service& one) { return one.name == "registry.lookup"; });
    const std::vector<machine::NamedValue> arguments{
        {value::name_key("name"), "name", value::Value(name)}};
    const auto answer =
        service.answer_now({*program, *declared, arguments, {}, {}, "00000000deadbeef-1"});
    for (const program::ServiceOutcome& outcome : declared->outcomes) {
      if (answer && outcome.key == answer->outcome) return outcome.name;
    }
    return "unavailable";
  }

  std::string folder_;
  std::chrono::seconds moment_{0};
};

TEST_F(RegistryServiceTest, NewListsAreTakenAndBadOnesAreNot) {
  std::string error;
  EXPECT_EQ(RegistryService::open(folder_, "", error), nullptr);
  EXPECT_EQ(error, "");
  import("name\nSatu\n");
  const auto service = RegistryService::open(folder_, "", error);
  ASSERT_TRUE(service) << error;
  EXPECT_TRUE(service->answers("registry.lookup"));
  EXPECT_FALSE(service->answers("ticket.open"));
  EXPECT_EQ(service->refresh(), "");
  import("name\nSatu\nDua\n");
  EXPECT_EQ(service->refresh(), "new lists: licensed 2, alert 0");
  EXPECT_EQ(service->refresh(), "");
  std::ofstream(folder_ + "/lists.json") << "{";
  touch();
  EXPECT_EQ(service->refresh().find("the lists before go on: "), 0u);
  EXPECT_EQ(service->lists().current()->id(), "licensed 2, alert 0");
  EXPECT_EQ(RegistryService::open(folder_, "", error), nullptr);
  EXPECT_NE(error, "");
}

TEST_F(RegistryServiceTest, AnAuditFolderThatCannotBeUsedIsToldAtTheStart) {
  import("name\nSatu\n");
  std::string error;
  EXPECT_EQ(RegistryService::open(folder_, folder_ + "/lists.json", error), nullptr);
  EXPECT_NE(error.find("Not a directory"), std::string::npos) << error;
}

// It begins to go wrong and ends: each is told once.
TEST_F(RegistryServiceTest, TroubleWithTheAuditLogIsToldOnce) {
  import("name\nSatu\n");
  const std::string audit = folder_ + "/audit";
  fs::create_directories(audit);
  fs::create_symlink("/dev/full", audit + "/answers-00000000.jsonl");
  std::string error;
  const auto service = RegistryService::open(folder_, audit, error);
  ASSERT_TRUE(service) << error;
  EXPECT_EQ(service->tend_audit(), "");
  EXPECT_EQ(ask(*service, "satu"), "licensed");
  const std::string told = service->tend_audit();
  EXPECT_NE(told.find("No space left on device; citizens are answered all the same, 1 answers"),
            std::string::npos)
      << told;
  EXPECT_EQ(service->tend_audit(), "");
  fs::remove(audit + "/answers-00000000.jsonl");
  EXPECT_EQ(ask(*service, "satu"), "licensed");
  EXPECT_EQ(service->tend_audit(),
            "the audit log is written again; 1 answers are not in the audit log");
}

}  // namespace
}  // namespace alur::tools

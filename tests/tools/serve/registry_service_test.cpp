// New lists are taken while a service runs, and bad ones change nothing.
#include "tools/serve/registry_service.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

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

  std::string folder_;
  std::chrono::seconds moment_{0};
};

TEST_F(RegistryServiceTest, NewListsAreTakenAndBadOnesAreNot) {
  std::string error;
  EXPECT_EQ(RegistryService::open(folder_, error), nullptr);
  EXPECT_EQ(error, "");
  import("name\nSatu\n");
  const auto service = RegistryService::open(folder_, error);
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
  EXPECT_EQ(RegistryService::open(folder_, error), nullptr);
  EXPECT_NE(error, "");
}

}  // namespace
}  // namespace alur::tools

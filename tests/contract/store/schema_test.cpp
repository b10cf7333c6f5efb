// A store that an earlier alur wrote is brought forward and keeps what it held; one of a later alur
// is refused, and nothing in it is changed.
#include <unistd.h>

#include <filesystem>

#include "adapters/sqlite/schema.hpp"
#include "tests/contract/store/store_contract.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;

class SchemaOnDisk : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "/alur_schema_" + std::to_string(getpid());
    fs::create_directory(folder_);
    settings_.path = folder_ + "/store";
    // A turn and a message, as any version holds them.
    auto store = adapters::SqliteStore::open(settings_);
    ASSERT_TRUE(store);
    turn_ = a_turn(**store, "http:1", 1);
    ASSERT_TRUE((*store)->commit(std::vector<Change>{turn_}));
  }
  void TearDown() override { fs::remove_all(folder_); }

  void run(const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(settings_.path.c_str(), &database), SQLITE_OK);
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error;
    sqlite3_free(error);
    sqlite3_close(database);
  }

  std::string folder_;
  adapters::SqliteSettings settings_;
  TurnChange turn_;
};

// What was before there were people who serve.
TEST_F(SchemaOnDisk, VersionFourIsBroughtForward) {
  run("DROP TABLE desk; ALTER TABLE outbox DROP COLUMN epoch; ALTER TABLE outbox DROP COLUMN agent;"
      "PRAGMA user_version=4;");
  auto store = adapters::SqliteStore::open(settings_);
  ASSERT_TRUE(store);
  auto reader = (*store)->reader();
  ASSERT_TRUE(reader);
  ports::OutboxRow expected = turn_.outbox[0];
  expected.epoch = expected.agent = 0;
  EXPECT_EQ(**(*reader)->message(expected.id), expected);
  std::size_t rows = 0;
  EXPECT_TRUE((*reader)->each_desk_row([&](const auto&) { ++rows; }));
  EXPECT_EQ(rows, 0u);
  ASSERT_TRUE((*store)->commit(std::vector<Change>{ports::DeskChange{{{0, 0, "counts"}}}}));
  EXPECT_TRUE((*reader)->each_desk_row([&](const auto&) { ++rows; }));
  EXPECT_EQ(rows, 1u);
}

TEST_F(SchemaOnDisk, ALaterOneIsRefusedAndStaysAsItIs) {
  run("CREATE TABLE of_the_future(x); PRAGMA user_version=" +
      std::to_string(adapters::schema_version + 1) + ";");
  const auto store = adapters::SqliteStore::open(settings_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error(), Fault::refused);
  run("DROP TABLE of_the_future;");  // it is still there
}

}  // namespace
}  // namespace alur::tests

// What a queue of the app is called on the desk, and who says whether it is private.
#include "adapters/desk/desk_queue.hpp"

#include <gtest/gtest.h>

namespace alur::adapters {
namespace {

program::App app_of(std::vector<std::string> languages, std::vector<std::string> titles) {
  program::App app;
  app.languages = std::move(languages);
  program::Queue queue;
  queue.name = "just_scammed";
  queue.titles = std::move(titles);
  app.queues = {queue};
  return app;
}

std::string titles_of(const program::App& app) {
  const DeskQueue queue = desk_queues(app).at(0);
  return queue.title_id + " | " + queue.title_en;
}

TEST(DeskQueue, IsCalledWhatTheAppCallsIt) {
  EXPECT_EQ(titles_of(app_of({"id", "en"}, {"Baru tertipu", "Scams"})), "Baru tertipu | Scams");
  EXPECT_EQ(titles_of(app_of({"en-GB", "id-ID"}, {"Scams", "Baru tertipu"})),
            "Baru tertipu | Scams");
}

TEST(DeskQueue, WithoutATitleItIsItsName) {
  EXPECT_EQ(titles_of(app_of({"id", "en"}, {})), "Just scammed | Just scammed");
}

TEST(DeskQueue, ALanguageThatTheAppDoesNotSpeakHasTheWordsOfItsFirst) {
  EXPECT_EQ(titles_of(app_of({"en"}, {"Scams"})), "Scams | Scams");
  EXPECT_EQ(titles_of(app_of({"jv", "en"}, {"Kapusan", "Scams"})), "Kapusan | Scams");
}

TEST(DeskQueue, TheAppSaysWhetherItIsPrivate) {
  program::App app = app_of({"en"}, {});
  app.queues.push_back(app.queues[0]);
  app.queues[1].is_private = true;
  EXPECT_FALSE(desk_queues(app).at(0).is_private);
  EXPECT_TRUE(desk_queues(app).at(1).is_private);
}

}  // namespace
}  // namespace alur::adapters

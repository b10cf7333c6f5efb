// What the window lets people say, on both of its edges.
#include "engine/runtime/window_fault.hpp"

#include <gtest/gtest.h>

namespace alur::runtime {
namespace {

constexpr bool words = false;
constexpr bool a_template = true;
constexpr std::int64_t wrote_ms = 1'700'000'000'000;
constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;

std::optional<WindowFault> after(std::int64_t milliseconds, bool is_template) {
  return window_fault(is_template, wrote_ms, *program::find_channel("whatsapp"),
                      {wrote_ms + milliseconds});
}

TEST(WindowFault, WordsWhileItIsOpenAndTemplatesOnceItIsShut) {
  EXPECT_EQ(after(0, words), std::nullopt);
  EXPECT_EQ(after(day_ms - 1, words), std::nullopt);
  EXPECT_EQ(after(day_ms, words), WindowFault::shut);
  EXPECT_EQ(after(day_ms - 1, a_template), WindowFault::open);
  EXPECT_EQ(after(day_ms, a_template), std::nullopt);
}

TEST(WindowFault, WithoutAWindowTemplatesAreNeverTaken) {
  const program::Channel webchat = *program::find_channel("webchat");
  const value::Instant later{wrote_ms + 30 * day_ms};
  EXPECT_EQ(window_fault(words, wrote_ms, webchat, later), std::nullopt);
  EXPECT_EQ(window_fault(a_template, wrote_ms, webchat, later), WindowFault::open);
  EXPECT_EQ(window_fault(a_template, 0, webchat, later), WindowFault::open);
}

TEST(WindowFault, WhereNobodyKnowsWhenTheyWroteAllIsLetThrough) {
  const program::Channel whatsapp = *program::find_channel("whatsapp");
  EXPECT_EQ(window_fault(words, 0, whatsapp, {wrote_ms}), std::nullopt);
  EXPECT_EQ(window_fault(a_template, 0, whatsapp, {wrote_ms}), std::nullopt);
}

}  // namespace
}  // namespace alur::runtime

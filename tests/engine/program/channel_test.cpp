// The rows of limits: those of the tree, and those that a program adds.
#include "engine/program/channel.hpp"

#include <gtest/gtest.h>

namespace alur::program {
namespace {

Channel row(const std::string& name) {
  Channel channel;
  channel.name = name;
  channel.text_max = channel.body_max = 1'600;
  channel.media = false;
  return channel;
}

TEST(AddedChannels, AreKnownFromThenOn) {
  const Channel* whatsapp = find_channel("whatsapp");
  const std::size_t before = known_channels().size();
  EXPECT_EQ(find_channel("sms"), nullptr);
  ASSERT_EQ(add_channel(row("sms")), "");
  EXPECT_EQ(find_channel("whatsapp"), whatsapp);
  ASSERT_NE(find_channel("sms"), nullptr);
  EXPECT_EQ(find_channel("sms")->text_max, 1'600u);
  EXPECT_EQ(known_channels().size(), before + 1);
  EXPECT_EQ(add_channel(row("sms")), "the channel `sms`: there is one of this name");
  EXPECT_EQ(add_channel(row("telegram")), "the channel `telegram`: there is one of this name");
  EXPECT_EQ(known_channels().size(), before + 1);
}

TEST(AddedChannels, HaveANameThatAppsCanWrite) {
  for (const char* name : {"", "Sms", "sms:", "1sms", "_sms", "s ms", "s-ms", "\u00e9",
                           "a_name_of_more_than_thirty_two_letters"}) {
    EXPECT_NE(add_channel(row(name)), "") << name;
    EXPECT_EQ(find_channel(name), nullptr);
  }
}

TEST(AddedChannels, MakeSense) {
  using Change = void (*)(Channel&);
  for (const Change change : {
           +[](Channel& one) { one.text_max = 0; },
           +[](Channel& one) { one.body_max = 39; },
           +[](Channel& one) { one.buttons_max = 3; },
           +[](Channel& one) { one.button_label_max = 20; },
           +[](Channel& one) { one.button_hints = true; },
           +[](Channel& one) { one.list_rows_max = 10; },
           +[](Channel& one) { one.list_rows_max = one.list_label_max = 10; },
           +[](Channel& one) { one.list_button_max = 10; },
           +[](Channel& one) { one.list_hint_max = 10; },
           +[](Channel& one) { one.window_ms = -1; },
       }) {
    Channel channel = row("odd");
    change(channel);
    EXPECT_NE(add_channel(channel), "");
  }
  EXPECT_EQ(find_channel("odd"), nullptr);
  Channel full = row("full");
  full.buttons_max = full.list_rows_max = 10;
  full.button_label_max = full.list_label_max = full.list_button_max = full.list_hint_max = 20;
  full.button_hints = true;
  full.window_ms = 1;
  EXPECT_EQ(add_channel(full), "");
}

}  // namespace
}  // namespace alur::program

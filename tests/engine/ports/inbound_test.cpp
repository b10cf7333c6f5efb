// What channels may hand in: the bounds and the letters that the runtime's door asks for.
#include <gtest/gtest.h>

#include "engine/ports/channel.hpp"

namespace alur::ports {
namespace {

Inbound message(std::string text) {
  Inbound inbound;
  inbound.id = "1";
  inbound.address = "sms:+628111";
  inbound.input.text = std::move(text);
  return inbound;
}

TEST(Inbound, WordsAreUtf8AndBounded) {
  EXPECT_TRUE(is_fit(message("")));
  EXPECT_TRUE(is_fit(message("halo \u05D0 \U0001F469")));
  EXPECT_TRUE(is_fit(message(std::string(inbound_text_bytes_max, 'x'))));
  EXPECT_FALSE(is_fit(message(std::string(inbound_text_bytes_max + 1, 'x'))));
  for (const char* bytes : {"\xff", "a\xc3", "\xed\xa0\x80", "\xc0\xaf"}) {
    EXPECT_FALSE(is_fit(message(bytes))) << bytes;
  }
}

TEST(Inbound, EachWordOfMediaIs) {
  for (std::string value::Media::* part :
       {&value::Media::source, &value::Media::mime, &value::Media::file_name,
        &value::Media::caption, &value::Media::name, &value::Media::address}) {
    value::Media media;
    Inbound inbound = message("");
    inbound.input.media = std::make_shared<const value::Media>(media);
    EXPECT_TRUE(is_fit(inbound));
    media.*part = "\xff";
    inbound.input.media = std::make_shared<const value::Media>(media);
    EXPECT_FALSE(is_fit(inbound));
  }
}

TEST(Inbound, ItHasAnIdAndAnAddress) {
  for (std::string Inbound::* name : {&Inbound::id, &Inbound::address}) {
    for (const std::string& wrong :
         {std::string(), std::string("\xff"), std::string(inbound_name_bytes_max + 1, 'x')}) {
      Inbound inbound = message("halo");
      inbound.*name = wrong;
      EXPECT_FALSE(is_fit(inbound)) << wrong.size();
    }
  }
}

}  // namespace
}  // namespace alur::ports

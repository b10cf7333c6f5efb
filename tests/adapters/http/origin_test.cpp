#include "adapters/http/origin.hpp"

#include <gtest/gtest.h>

namespace alur::tests {
namespace {

using namespace adapters;

TEST(Origin, WhoseOwnPageItIs) {
  const struct {
    const char* origin;
    const char* host;
    bool may;
  } table[] = {
      {"https://chat.example.org", "chat.example.org", true},
      {"http://chat.example.org", "chat.example.org", true},  // a proxy speaks TLS before us
      {"https://CHAT.example.org", "chat.EXAMPLE.org", true},
      {"http://127.0.0.1:8158", "127.0.0.1:8158", true},
      {"http://[::1]:8158", "[::1]:8158", true},
      {"http://127.0.0.1:8158", "127.0.0.1:8159", false},
      {"https://chat.example.org.evil.example", "chat.example.org", false},
      {"https://evil-chat.example.org", "chat.example.org", false},
      {"https://chat.example.org@evil.example", "chat.example.org@evil.example", false},
      {"https://chat.example.org/", "chat.example.org/", false},
      {"null", "null", false},
      {"", "", false},
      {"https://", "", false},
      {"file://chat.example.org", "chat.example.org", false},
      {"chat.example.org", "chat.example.org", false},
  };
  for (const auto& [origin, host, may] : table) {
    EXPECT_EQ(may_open_socket(origin, host, {}), may) << origin << " " << host;
  }
}

TEST(Origin, OnlyThoseThatAreNamed) {
  const std::vector<std::string> allowed{"https://a.example", "https://b.example:444"};
  EXPECT_TRUE(may_open_socket("https://a.example", "chat.example", allowed));
  EXPECT_TRUE(may_open_socket("https://B.example:444", "chat.example", allowed));
  EXPECT_FALSE(may_open_socket("http://a.example", "chat.example", allowed));
  EXPECT_FALSE(may_open_socket("https://b.example", "chat.example", allowed));
  EXPECT_FALSE(may_open_socket("https://chat.example", "chat.example", allowed));
}

TEST(Origin, NoSettingBreaksOutOfThePolicy) {
  for (const char* text : {"https://a.example; script-src *", "https://a.example\r\nX: y", "*",
                           "https://a.example/path", "https://a b", "javascript:alert(1)"}) {
    EXPECT_FALSE(is_origin(text)) << text;
  }
  EXPECT_TRUE(is_origin("https://a.example:8443"));
  const std::string policy = content_security_policy({"https://a.example"});
  EXPECT_EQ(policy.rfind("default-src 'none';", 0), 0u);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_NE(policy.find("img-src 'self' blob:;"), std::string::npos) << "previews of one's own";
  EXPECT_NE(policy.find("frame-ancestors 'self' https://a.example"), std::string::npos);
}

TEST(Origin, HostsThatNameThisMachineToItself) {
  for (const char* host :
       {"localhost", "LocalHost:8158", "127.0.0.1:8158", "127.1.2.3", "[::1]", "[::1]:8158"}) {
    EXPECT_TRUE(is_loopback_host(host)) << host;
  }
  for (const char* host : {"", ":8158", "evil.example:8158", "127.evil.example", "localhost.evil",
                           "127.0.0.1.evil.example:8158", "10.0.0.1", "[::2]:8158", "::1"}) {
    EXPECT_FALSE(is_loopback_host(host)) << host;
  }
}

}  // namespace
}  // namespace alur::tests

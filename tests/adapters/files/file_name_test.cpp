#include "adapters/files/file_name.hpp"

#include <gtest/gtest.h>

#include <set>

#include "engine/ports/files.hpp"

namespace alur::adapters {
namespace {

TEST(KeptName, IsReadAsItWasWritten) {
  const FileName name{make_file_id(), 0xfedcba9876543210, 7,
                      std::string(ports::file_digest_length, 'b'), ports::find_file_type("webp")};
  const std::string text = to_text(name);
  EXPECT_EQ(text.substr(ports::file_id_length),
            "-fedcba9876543210-0000000000000007-" + name.digest + ".webp");
  const auto read = parse_file_name(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(to_text(*read), text);
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(parse_file_name(text.substr(0, length))) << length;
  }
  EXPECT_FALSE(parse_file_name(text + ".part"));
  EXPECT_FALSE(parse_file_name("README"));
}

TEST(KeptName, IsMadeByChance) {
  std::set<std::string> ids;
  for (int i = 0; i < 1'000; ++i) ids.insert(make_file_id());
  EXPECT_EQ(ids.size(), 1'000u);
  EXPECT_EQ(ids.begin()->size(), ports::file_id_length);
}

}  // namespace
}  // namespace alur::adapters

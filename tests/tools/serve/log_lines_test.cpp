// The log as objects: one a line, whatever the text holds.
#include "tools/serve/log_lines.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace alur::tools {
namespace {

constexpr value::Instant noon{1'767'589'200'000};

TEST(LogLines, AreOneObjectEach) {
  std::ostringstream out;
  {
    LogLines lines(out, [] { return noon; });
    std::ostream log(&lines);
    log << "serving version " << 1 << std::endl;
    log << "a \"quoted\"\tword\\\n\nnot ended";
  }
  EXPECT_EQ(out.str(),
            "{\"time\":\"2026-01-05T05:00:00Z\",\"text\":\"serving version 1\"}\n"
            "{\"time\":\"2026-01-05T05:00:00Z\",\"text\":\"a \\\"quoted\\\"\\tword\\\\\"}\n"
            "{\"time\":\"2026-01-05T05:00:00Z\",\"text\":\"not ended\"}\n");
}

TEST(LogLines, APartOfALineWaitsForItsEnd) {
  std::ostringstream out;
  LogLines lines(out, [] { return noon; });
  std::ostream log(&lines);
  log << "stop" << std::flush;
  EXPECT_EQ(out.str(), "");
  log << "ping\n";
  EXPECT_EQ(out.str(), "{\"time\":\"2026-01-05T05:00:00Z\",\"text\":\"stopping\"}\n");
}

}  // namespace
}  // namespace alur::tools

// Whatever is readable is formatted without changing what it says (format_yaml compares the trees
// itself and gives nothing otherwise), and formatting twice is formatting once. Over our own flows,
// over random apps, and over both with their blanks and lines shaken up.
#include <gtest/gtest.h>

#include <random>

#include "tests/generated/random_app.hpp"
#include "tools/fmt/format_yaml.hpp"

namespace alur::tools {
namespace {

std::optional<std::string> format(const std::string& text) {
  const dsl::SourceFile file("t.flow.yaml", text);
  dsl::Findings findings;
  auto out = format_yaml(file, {}, findings);
  EXPECT_TRUE(out || findings.size() > 0) << text;
  return out;
}

// False when the text is no longer YAML after shaking.
bool expect_stable(const std::string& text) {
  const auto once = format(text);
  if (!once) return false;
  const auto twice = format(*once);
  EXPECT_TRUE(twice);
  EXPECT_EQ(*twice, *once);
  return true;
}

// Deeper indentation everywhere, blanks at the ends of lines and before comments, blank lines,
// comments in odd columns.
class Shaker {
 public:
  explicit Shaker(std::uint64_t seed) : random_(seed) {}

  std::string shake(std::string_view text) {
    const std::size_t times = 1 + below(3);
    std::string out;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
      line(text.substr(0, end), times, out);
      text.remove_prefix(end);
    }
    return out;
  }

 private:
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

  void line(std::string_view line, std::size_t times, std::string& out) {
    const std::size_t spaces = std::min(line.find_first_not_of(' '), line.size());
    if (below(90) == 0) out += std::string(below(6), ' ') + "\n";
    if (below(90) == 0) out += std::string(spaces * times + below(3), ' ') + "# odd\n";
    out.append(spaces * times, ' ');
    std::string_view rest = line.substr(spaces);
    if (rest.starts_with("- ")) {
      out += '-';
      out.append(2 * times - 1, ' ');
      rest.remove_prefix(2);
    }
    out += rest;
    if (below(10) == 0 && out.ends_with('\n')) out.insert(out.size() - 1, below(3), ' ');
  }

  std::mt19937_64 random_;
};

std::vector<std::string> texts() {
  std::vector<std::string> all;
  std::string error;
  std::vector<dsl::AppFile> files = dsl::read_app_folder(ALUR_SOURCE_DIR "/flows/kontak157", error);
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    for (dsl::AppFile& file : tests::random_app(seed)) files.push_back(std::move(file));
  }
  for (dsl::AppFile& file : tests::large_app(3)) files.push_back(std::move(file));
  for (dsl::AppFile& file : files) {
    if (file.path.ends_with(".yaml")) all.push_back(std::move(file.text));
  }
  return all;
}

TEST(FormatProperty, OurFlowsAndRandomApps) {
  const std::vector<std::string> all = texts();
  ASSERT_GT(all.size(), 30U);
  for (const std::string& text : all) EXPECT_TRUE(expect_stable(text)) << text;
}

TEST(FormatProperty, ShakenUp) {
  int readable = 0;
  int count = 0;
  for (const std::string& text : texts()) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      SCOPED_TRACE(seed);
      readable += expect_stable(Shaker(seed).shake(text)) ? 1 : 0;
      ++count;
    }
  }
  EXPECT_GT(readable * 2, count);  // a comment within a text may spoil a file
}

}  // namespace
}  // namespace alur::tools

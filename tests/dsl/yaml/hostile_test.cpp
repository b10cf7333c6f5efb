// Input made to break a reader, and input broken by chance: always a document and findings, in
// bounded time and memory, and never a place outside the file.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "tests/dsl/yaml/reading.hpp"

namespace alur::dsl {
namespace {

std::string repeat(std::string_view part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

std::string numbered_keys(int count) {
  std::string yaml;
  for (int i = 0; i < count; ++i) yaml += "k" + std::to_string(i) + ": v\n";
  return yaml;
}

TEST(Hostile, brackets_and_dashes_without_end) {
  EXPECT_EQ(Reading(repeat("[", 100'000)).codes(), "S038");
  EXPECT_EQ(Reading(repeat("{a: ", 20'000)).codes(), "S038");
  EXPECT_EQ(Reading(repeat("- ", 100'000)).codes(), "S024");
  EXPECT_EQ(Reading(repeat("a: [", 3)).codes(), "S038");
}

TEST(Hostile, thirty_two_levels_are_read_and_no_more) {
  EXPECT_EQ(Reading(repeat("[", 32) + repeat("]", 32)).codes(), "");
  EXPECT_EQ(Reading(repeat("[", 33) + repeat("]", 33)).codes(), "S024");
}

TEST(Hostile, aliases_that_multiply_and_aliases_of_themselves) {
  std::string bomb = "a: &a [x, x]\n";
  for (char name = 'b'; name < 'k'; ++name) {
    const std::string twice = "*" + std::string(1, static_cast<char>(name - 1));
    bomb += std::string(1, name) + ": &" + name + " [" + twice + ", " + twice + "]\n";
  }
  const Reading reading(bomb + "k: *j\n");
  EXPECT_EQ(reading.findings.error_count(), reading.findings.size());
  for (const Finding& finding : reading.findings) EXPECT_EQ(finding.code, Code::anchor_or_alias);
  EXPECT_EQ(Reading("&x\n- *x\n").codes(), "S032 S032");
}

TEST(Hostile, keys_that_repeat) {
  EXPECT_EQ(Reading(repeat("k: v\n", 20'000)).codes(), "S025");
  const Reading thousand(repeat("k: v\n", 1000));
  EXPECT_EQ(thousand.findings.error_count(), 999U);
  EXPECT_EQ(thousand.root().entries().size(), 1U);
  EXPECT_EQ(Reading(numbered_keys(1000)).codes(), "");
  EXPECT_EQ(Reading(numbered_keys(1001)).codes(), "S025");
}

TEST(Hostile, sizes) {
  EXPECT_EQ(Reading("a: [" + repeat("1,", 1'000'000) + "1]").codes(), "S020");
  EXPECT_EQ(Reading("a: [" + repeat("1,", 100'000) + "1]").codes(), "");
  EXPECT_EQ(Reading("a: " + std::string(10'000'000, 'x')).codes(), "S020");
  EXPECT_EQ(Reading("a: " + std::string(65'536, 'x')).codes(), "");
  EXPECT_EQ(Reading("a: " + std::string(65'537, 'x')).codes(), "S026");
  YamlLimits limits;
  limits.nodes_max = 10;
  EXPECT_EQ(Reading("[1,2,3,4,5,6,7,8,9]", limits).codes(), "");
  EXPECT_EQ(Reading("[1,2,3,4,5,6,7,8,9,10]", limits).codes(), "S020");
}

TEST(Hostile, old_endless_loops_of_the_parser) {
  EXPECT_EQ(Reading("{foo:").codes(), "S038");
  EXPECT_EQ(Reading("[:").codes(), "S038");
  EXPECT_EQ(Reading("{:").codes(), "S038");
  EXPECT_EQ(Reading("[a]:b\n? c\n").findings.empty(), false);
}

TEST(Hostile, bytes_that_are_no_text) {
  EXPECT_EQ(Reading(std::string("a: b\0c", 6)).codes(), "S022");
  EXPECT_EQ(Reading("a: \x04").codes(), "S022");
  EXPECT_EQ(Reading("a: b\rc").codes(), "S022");
  EXPECT_EQ(Reading("a: \xC2\x85").codes(), "S022");
  EXPECT_EQ(Reading("a: \xFF").codes(), "S021");
  EXPECT_EQ(Reading("a: \xC3").codes(), "S021");
  EXPECT_EQ(Reading("\xFF\xFE\x61\x00").codes(), "S021");
  EXPECT_EQ(Reading("a: \xED\xA0\x80").codes(), "S021");
}

TEST(Hostile, a_mistake_in_every_line_of_a_large_file) {
  const Reading colons(repeat("- a: b: c\n", 10'000));
  EXPECT_GE(colons.findings.size(), 1U);
  EXPECT_FALSE(colons.document.whole());
  const Reading braces(repeat("- {a}\n", 10'000));
  EXPECT_GE(braces.findings.size(), 1000U);
  EXPECT_FALSE(braces.document.whole());
  EXPECT_EQ(Reading("[" + repeat("{a},", 20'000) + "]").findings.size(), 1000U);
}

// Every place of the tree lies in the file, and children lie in their parents.
void check_places(const Node& node, Span parent) {
  ASSERT_LE(parent.begin, node.span().begin);
  ASSERT_LE(node.span().begin, node.span().end);
  ASSERT_LE(node.span().end, parent.end);
  for (std::size_t at = 0; node.is_scalar() && at <= node.text().size(); at += 7) {
    const Span rest = node.source_span(at, node.text().size());
    ASSERT_LE(node.span().begin, rest.begin);
    ASSERT_LE(rest.begin, rest.end);
    ASSERT_LE(rest.end, node.span().end);
  }
  for (const Node& item : node.items()) check_places(item, node.span());
  for (const Entry& entry : node.entries()) {
    check_places(entry.key, node.span());
    check_places(entry.value, node.span());
  }
}

void read_and_check(const std::string& text) {
  const Reading reading(text);
  check_places(reading.root(), {reading.file, 0, static_cast<std::uint32_t>(text.size())});
  for (const Finding& finding : reading.findings) {
    ASSERT_LE(finding.span.begin, finding.span.end);
    ASSERT_LE(finding.span.end, text.size());
    ASSERT_FALSE(finding.message.empty());
  }
  ASSERT_EQ(reading.findings.empty(), reading.rendered().empty());
  ASSERT_TRUE(reading.document.whole() || !reading.findings.empty());
}

std::vector<std::string> good_files() {
  std::vector<std::string> files;
  const std::filesystem::path folder = std::filesystem::path(ALUR_SOURCE_DIR) / "flows/kontak157";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    files.push_back(text.str());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string mutate(std::string text, std::mt19937_64& random) {
  const std::string_view special = "\n\n\n   ::::--##\"\"''[]{},,&*!|>%@`?\tab1~\\\r.\x80";
  const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
  for (std::size_t i = 0; i < 1 + below(6) && !text.empty(); ++i) {
    const std::size_t at = below(text.size());
    const char byte = special[below(special.size())];
    switch (below(4)) {
      case 0:
        text[at] = byte;
        break;
      case 1:
        text.insert(at, 1, byte);
        break;
      case 2:
        text.erase(at, 1 + below(3));
        break;
      default:
        text.insert(at, text.substr(below(text.size()), below(20)));
    }
  }
  return text;
}

TEST(Hostile, good_files_broken_by_chance) {
  const std::vector<std::string> files = good_files();
  ASSERT_FALSE(files.empty());
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    const std::string& file = files[random() % files.size()];
    const std::size_t begin = file.find('\n', random() % file.size());
    const std::string part = begin == std::string::npos ? file : file.substr(begin + 1, 600);
    read_and_check(mutate(part, random));
    if (HasFatalFailure()) return;
  }
}

// A key that the end of the file cut off was once told at the byte after the end, which is none.
TEST(Hostile, files_cut_off_at_any_byte) {
  std::vector<std::string> files = good_files();
  files.push_back(
      "a: [b, {c: \"d\\u00e9\", 'e''f'}]\n? g\n: |+\n  h\n\ni: *j\nk: &l !!m n #o\n- p\n");
  for (const std::string& file : files) {
    for (std::size_t size = 0; size < std::min<std::size_t>(file.size(), 250); ++size) {
      SCOPED_TRACE("cut off after " + std::to_string(size) + " bytes");
      read_and_check(file.substr(0, size));
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Hostile, random_bytes) {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    std::string text(random() % 200, '\0');
    const bool printable = seed % 2 == 0;
    for (char& c : text) c = static_cast<char>(printable ? 0x20 + random() % 0x5F : random());
    for (char& c : text) c = random() % 12 == 0 ? '\n' : c;
    read_and_check(text);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace alur::dsl

// Good files with random damage: a key or a value taken away, doubled, or exchanged for something
// of another kind. Whatever comes of it, parsing ends, tells only of places in the file, and marks
// nothing as broken without telling of it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <vector>

#include "dsl/ast/dump.hpp"
#include "dsl/yaml/read_yaml.hpp"
#include "parsed.hpp"

namespace alur::dsl {
namespace {

namespace fs = std::filesystem;

constexpr int mutations_a_file = 500;

constexpr const char* pieces[] = {"",
                                  "~",
                                  "[]",
                                  "{}",
                                  "[a, [b], {c: d}]",
                                  "{a: b}",
                                  "next",
                                  "a.b.c",
                                  "\"\"",
                                  "' '",
                                  "{x | y}",
                                  "f(a = 1)",
                                  "- say: a",
                                  "a:\n b",
                                  "9999999999999999999",
                                  "Ya, no",
                                  "\xC3\xA9\xF0\x9F\x98\x80",
                                  "goto",
                                  "|\n  a",
                                  "- - - a"};

void collect(const Node& node, std::vector<Span>& spans) {
  spans.push_back(node.span());
  for (const Node& item : node.items()) collect(item, spans);
  for (const Entry& entry : node.entries()) {
    collect(entry.key, spans);
    collect(entry.value, spans);
  }
}

std::vector<Span> spans_of(const std::string& text) {
  Sources sources;
  Findings findings;
  const FileId id = sources.add("t", text);
  const Document document = read_yaml(sources.at(id), id, findings);
  std::vector<Span> spans;
  collect(document.root(), spans);
  return spans;
}

class Damage {
 public:
  explicit Damage(unsigned seed) : random_(seed) {}

  std::string to(const std::string& text, const std::vector<Span>& spans) {
    const Span where = pick(spans);
    const Span other = pick(spans);
    std::string with = text.substr(other.begin, other.size());
    if (below(2) == 0) with = pieces[below(std::size(pieces))];
    if (below(6) == 0) with = text.substr(where.begin, where.size()) + "\n" + with;
    return text.substr(0, where.begin) + with + text.substr(where.end);
  }

  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }

 private:
  Span pick(const std::vector<Span>& spans) { return spans[below(spans.size())]; }

  std::mt19937 random_;
};

void expect_sound(const Parsed& parsed, const std::string& dump, std::size_t size) {
  for (const Finding& finding : parsed.findings) {
    ASSERT_LE(finding.span.begin, finding.span.end) << finding.message;
    ASSERT_LE(finding.span.end, size) << finding.message;
    ASSERT_FALSE(finding.message.empty());
  }
  if (parsed.findings.empty()) {
    ASSERT_EQ(dump.find("(broken)"), std::string::npos) << dump;
  }
  ASSERT_FALSE(dump.empty());
}

void damage_and_parse(const fs::path& path, unsigned seed) {
  std::ifstream file(path);
  std::stringstream buffer;
  buffer << file.rdbuf();
  const std::string text = buffer.str();
  const std::vector<Span> spans = spans_of(text);
  Damage damage(seed);
  for (int i = 0; i < mutations_a_file; ++i) {
    std::string damaged = damage.to(text, spans);
    if (damage.below(3) == 0) damaged = damage.to(damaged, spans_of(damaged));
    SCOPED_TRACE(path.string() + " mutation " + std::to_string(i) + ":\n" + damaged);
    const Parsed flow = parse_flow_text(damaged, path.filename().string());
    expect_sound(flow, ast::dump(flow.flow), damaged.size());
    const Parsed app = parse_app_text(damaged);
    expect_sound(app, ast::dump(app.app), damaged.size());
    if (testing::Test::HasFatalFailure()) return;
  }
}

std::vector<fs::path> samples() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(ALUR_SOURCE_DIR "/tests/dsl/parse/samples")) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(Mutation, NothingCrashesAndEveryLossIsTold) {
  for (const fs::path& path : samples()) damage_and_parse(path, 157);
}

TEST(Samples, AreClean) {
  for (const fs::path& path : samples()) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    const Parsed parsed = path.filename() == "app.yaml"
                              ? parse_app_text(text.str())
                              : parse_flow_text(text.str(), path.filename().string());
    EXPECT_EQ(parsed.told(), "");
  }
}

}  // namespace
}  // namespace alur::dsl

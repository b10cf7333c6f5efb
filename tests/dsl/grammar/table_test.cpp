// Tables of text in, text out, one file a grammar: tables/NAME.txt. A block is the author's text
// after
// `> ` (`>> ` to see the tree and its places as well), then what the grammar makes of it: the
// canonical spelling after `= `, or the finding exactly as it is shown. Blocks are parted by an
// empty line.
//
// ALUR_UPDATE=1 writes the tables anew; read the difference before you keep it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "dsl/ast/print.hpp"
#include "dsl/finding/render.hpp"
#include "dsl/grammar/grammar.hpp"
#include "tests/dsl/grammar/tree_dump.hpp"

namespace alur::dsl {
namespace {

struct Outcome {
  std::string canonical;
  std::string dump;
};

template <auto parse>
std::optional<Outcome> run_grammar(const Fragment& fragment, Findings& findings) {
  const auto tree = parse(fragment, findings);
  if (!tree) return std::nullopt;
  return Outcome{ast::to_text(*tree), tree_dump(*tree, Places::shown)};
}

std::optional<Outcome> run_each(const Fragment& fragment, Findings& findings) {
  const auto clause = parse_each(fragment, findings);
  if (!clause) return std::nullopt;
  return Outcome{clause->item.text + " in " + ast::to_text(clause->list), {}};
}

std::optional<Outcome> run_name(const Fragment& fragment, Findings& findings) {
  const auto name = parse_name(fragment, findings);
  if (!name) return std::nullopt;
  return Outcome{name->text, {}};
}

std::optional<Outcome> run_path_name(const Fragment& fragment, Findings& findings) {
  const auto name = parse_path_name(fragment, findings);
  if (!name) return std::nullopt;
  return Outcome{name->text, {}};
}

std::optional<Outcome> run_name_list(const Fragment& fragment, Findings& findings) {
  const auto names = parse_name_list(fragment, findings);
  if (!names) return std::nullopt;
  Outcome out;
  for (const ast::Name& name : *names)
    out.canonical += (out.canonical.empty() ? "" : ", ") + name.text;
  return out;
}

struct Grammar {
  const char* name;
  std::optional<Outcome> (*run)(const Fragment&, Findings&);
};

const Grammar grammars[] = {
    {"expression", run_grammar<parse_expression>},
    {"expression_refused", run_grammar<parse_expression>},
    {"template", run_grammar<parse_template>},
    {"phrase", run_grammar<parse_phrase>},
    {"type", run_grammar<parse_type>},
    {"target", run_grammar<parse_target>},
    {"call", run_grammar<parse_call>},
    {"binding", run_grammar<parse_binding>},
    {"duration", run_grammar<parse_duration>},
    {"hours", run_grammar<parse_hours>},
    {"argument_list", run_grammar<parse_argument_list>},
    {"each", run_each},
    {"name", run_name},
    {"path_name", run_path_name},
    {"name_list", run_name_list},
};

std::string indented(const std::string& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) out += "  " + line + '\n';
  return out;
}

std::string rendered(const Sources& sources, const Findings& findings) {
  std::string out;
  for (const Finding& finding : findings) out += render_finding(sources, finding);
  return out;
}

// What the block should say.
std::string answer(const Grammar& grammar, const std::string& text, bool with_tree) {
  Sources sources;
  const FileId file = sources.add(grammar.name, text);
  Findings findings;
  const auto outcome = grammar.run(Fragment(file, 0, sources.at(file).text()), findings);
  EXPECT_EQ(outcome.has_value(), findings.empty()) << text;
  if (!outcome) return rendered(sources, findings);
  return "= " + outcome->canonical + '\n' + (with_tree ? indented(outcome->dump) : "");
}

// Goes through a table and writes it again with every answer as it is now.
class Answerer {
 public:
  explicit Answerer(const Grammar& grammar) : grammar_(grammar) {}

  void line(const std::string& line) {
    if (line.starts_with('>')) {
      const std::string words = line.substr(std::min(line.size(), line.find(' ') + 1));
      text_ = asked_ ? text_ + '\n' + words : words;
      asked_ = true;
      with_tree_ = line.starts_with(">>");
      out_ += line + '\n';
      return;
    }
    flush();
    if (line.empty() || line.starts_with("//")) out_ += line + '\n';
  }

  std::string take() {
    flush();
    return std::move(out_);
  }

 private:
  void flush() {
    if (asked_) out_ += answer(grammar_, text_, with_tree_);
    asked_ = false;
  }

  const Grammar& grammar_;
  std::string text_;
  bool asked_ = false;
  bool with_tree_ = false;
  std::string out_;
};

std::string answered(const Grammar& grammar, std::istream& table) {
  Answerer answerer(grammar);
  for (std::string line; std::getline(table, line);) answerer.line(line);
  return answerer.take();
}

class TableTest : public testing::TestWithParam<Grammar> {};

TEST_P(TableTest, holds_to_the_byte) {
  const std::string path =
      std::string(ALUR_SOURCE_DIR "/tests/dsl/grammar/tables/") + GetParam().name + ".txt";
  std::ifstream file(path);
  ASSERT_TRUE(file) << path;
  std::stringstream held;
  held << file.rdbuf();
  const std::string now = answered(GetParam(), held);
  if (std::getenv("ALUR_UPDATE") != nullptr) std::ofstream(path) << now;
  EXPECT_EQ(held.str(), now);
}

INSTANTIATE_TEST_SUITE_P(Tables, TableTest, testing::ValuesIn(grammars),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace alur::dsl

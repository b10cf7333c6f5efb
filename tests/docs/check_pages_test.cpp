// Every finding has a page in docs/checks; its bad example gives exactly that finding, and its
// mended one none. An example is a flow (where a conversation then starts, unless it has triggers),
// or app.yaml, or several files, each headed by a line `# NAME`; the standard app below brings the
// rest.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "dsl/check/proof/proofs.hpp"
#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"

namespace alur::dsl {
namespace {

using Files = std::map<std::string, std::string>;

constexpr std::string_view standard_app = R"(app: small
languages: [LANGUAGES]
timezone: Asia/Jakarta
start: START
channels: [whatsapp, console]
types:
  institution:
    name: text(1..80)
    licence: text(1..40)?
    standing: one of full, restricted
services:
  registry.lookup:
    params:
      name: text(1..120)
    outcomes:
      licensed: institution
      not_found:
hours:
  office: mon-fri 08:00-17:00
queues:
  general:
    hours: office
contact:
  name: private text(2..80)?
defaults:
  no_match:
    - stop: true
  no_input:
    after: 10m
    stop: true
bounds:
  person_within: none
)";

// Uses everything, so that nothing is unused; is sound, so that every proof holds.
constexpr std::string_view standard_flow = R"(flow: menu
outcomes: [done]
triggers:
  - hear: menu
states:
  start:
    - if: contact.name is set
      then:
        - end: done
    - call: registry.lookup(name = "ABC")
      outcomes:
        licensed: next
        not_found: next
        unavailable: next
    - handoff: general
      outcomes:
        closed: next
        left: next
        no_agent: sorry
        out_of_hours: sorry
        timed_out: sorry
        unavailable: sorry
    - end: done
  sorry:
    - say: SORRY
      contact: true
    - end: done
)";

// Beside an example that is app.yaml itself.
constexpr std::string_view smallest_flow = R"(flow: main
outcomes: [done]
states:
  start:
    - end: done
)";

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
  std::string out(text);
  const std::size_t at = out.find(what);
  if (at != std::string::npos) out.replace(at, what.size(), by);
  return out;
}

// "flow: hello\n..." -> "hello"; empty for a text that begins otherwise.
std::string flow_name(std::string_view text) {
  constexpr std::string_view key = "flow: ";
  const std::size_t at = text.find(key);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = text.substr(at + key.size());
  return std::string(rest.substr(0, rest.find('\n')));
}

// Splits at lines `# NAME.yaml`; one file without such a line bears its flow's name.
Files split(const std::string& example) {
  Files files;
  std::string name;
  std::size_t at = 0;
  while (at < example.size()) {
    const std::size_t end = std::min(example.find('\n', at), example.size());
    const std::string line = example.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("# ") && line.ends_with(".yaml")) {
      name = line.substr(2);
    } else {
      files[name] += line + '\n';
    }
  }
  const auto unnamed = files.find("");
  if (unnamed == files.end()) return files;
  const bool is_app = unnamed->second.starts_with("app:");
  Files named{{is_app ? "app.yaml" : flow_name(unnamed->second) + ".flow.yaml", unnamed->second}};
  return named;
}

bool has_app(const Files& files) {
  return files.contains("app.yaml");
}

Compilation compile_example(const std::string& example) {
  Files files = split(example);
  const bool own_app = has_app(files);
  const bool two_languages = example.find(" id: ") != std::string::npos;
  if (own_app) {
    if (files.size() == 1) files.emplace("main.flow.yaml", smallest_flow);
  } else {
    const bool triggered = example.find("\ntriggers:") != std::string::npos;
    const std::string start = triggered ? "" : flow_name(files.begin()->second);
    const std::string app = replaced(standard_app, "START", start.empty() ? "menu" : start);
    files["app.yaml"] = replaced(app, "LANGUAGES", two_languages ? "id, en" : "en");
    const std::string_view sorry =
        two_languages ? "{id: Telepon 157., en: Call 157.}" : "Call 157.";
    files.emplace("menu.flow.yaml", replaced(standard_flow, "SORRY", sorry));
  }
  files.emplace("data/holidays.csv", "2026-01-01, New Year\n");
  files.emplace("data/local.csv", "31/12/2026, Old Year\n");
  std::vector<AppFile> app;
  for (const auto& [name, text] : files) app.push_back({name, name, text});
  return compile(app, 1);
}

// The same, and what the proofs say: of the pages of proofs.
Compilation prove_example(const std::string& example) {
  Compilation made = compile_example(example);
  prove(made);
  return made;
}

struct CheckPage {
  std::string bad;
  std::string mended;
};

// The fenced block after a line that says `heading`.
std::string block_after(const std::string& page, const std::string& heading) {
  const std::string fence = "\n" + heading + "\n\n```yaml\n";
  const std::size_t at = page.find(fence);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + fence.size();
  return page.substr(begin, page.find("\n```", begin) + 1 - begin);
}

std::string read_page(std::string_view code) {
  const std::filesystem::path path =
      std::filesystem::path(ALUR_SOURCE_DIR) / "docs" / "checks" / (std::string(code) + ".md");
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// What an example that is app.yaml declares is used by no flow: said only where it is the matter.
std::set<std::string> codes_of(const Compilation& made, const std::string& example,
                               const std::string& code) {
  std::set<std::string> codes;
  const bool own_app = has_app(split(example));
  for (const Finding& finding : made.findings) {
    const std::string given(row(finding.code).text);
    const bool unused = given == "N030" || given == "N031";
    if (!own_app || !unused || given == code) codes.insert(given);
  }
  return codes;
}

class CheckPages : public testing::TestWithParam<CodeRow> {};

TEST_P(CheckPages, ExamplesDoWhatTheySay) {
  const std::string code(GetParam().text);
  const std::string page = read_page(code);
  ASSERT_TRUE(page.starts_with("# " + code + ": " + std::string(GetParam().title) + "\n"));
  const std::string bad = block_after(page, "bad:");
  const std::string mended = block_after(page, "mended:");
  ASSERT_EQ(bad.empty(), mended.empty());
  if (bad.empty()) return;
  const bool proven = proof::is_proven(GetParam().code);
  const Compilation broken = proven ? prove_example(bad) : compile_example(bad);
  EXPECT_EQ(codes_of(broken, bad, code), std::set<std::string>{code})
      << render_text(*broken.sources, broken.findings);
  const Compilation whole = proven ? prove_example(mended) : compile_example(mended);
  EXPECT_EQ(codes_of(whole, mended, code), std::set<std::string>{})
      << render_text(*whole.sources, whole.findings);
}

std::vector<CodeRow> rows_with_pages() {
  std::vector<CodeRow> rows;
  for (const CodeRow& row : all_codes()) {
    const bool of_an_app = row.group != Group::chats && row.group != Group::settings;
    if (of_an_app && row.code != Code::boolean_trap) rows.push_back(row);
  }
  return rows;
}

INSTANTIATE_TEST_SUITE_P(Codes, CheckPages, testing::ValuesIn(rows_with_pages()),
                         [](const auto& each) { return std::string(each.param.text); });

// An example is left out only where none can be shown on a page.
TEST(CheckPagesSuite, FewPagesHaveNoExample) {
  const std::set<std::string> without{"S020", "S021", "S022", "S023", "S024",
                                      "S025", "S026", "S027", "S110", "S111"};
  for (const CodeRow& row : rows_with_pages()) {
    const bool has_example = !block_after(read_page(row.text), "bad:").empty();
    EXPECT_EQ(has_example, !without.contains(std::string(row.text))) << row.text;
  }
}

}  // namespace
}  // namespace alur::dsl

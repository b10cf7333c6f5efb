// What programs see: the JSON to the byte, SARIF by its parts.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "dsl/finding/render.hpp"

namespace alur::dsl {
namespace {

namespace json = boost::json;

struct Example {
  Sources sources;
  Findings findings;

  Example() {
    const FileId file = sources.add("flows/a b.yaml", "é: 1\ngoto: mneu\n");
    Finding finding{Code::unknown_key, {file, 12, 16}, "no flow is called `mneu`", {}, {}, {}};
    finding.suggestion = "did you mean `menu`?";
    finding.related.push_back({{file, 0, 2}, "here"});
    finding.fix = Fix{finding.span, "menu"};
    findings.add(finding);
  }
};

TEST(RenderJson, is_stable) {
  const Example example;
  EXPECT_EQ(render_json(example.sources, example.findings),
            R"({"version":1,"errors":1,"warnings":0,"dropped":0,"findings":[)"
            R"({"code":"S001","name":"unknown_key","severity":"error","group":"shape",)"
            R"("message":"no flow is called `mneu`","suggestion":"did you mean `menu`?",)"
            R"("place":{"file":"flows/a b.yaml","begin":{"line":2,"column":7,"offset":12},)"
            R"("end":{"line":2,"column":11,"offset":16}},)"
            R"("related":[{"message":"here","place":{"file":"flows/a b.yaml",)"
            R"("begin":{"line":1,"column":1,"offset":0},"end":{"line":1,"column":2,"offset":2}}}],)"
            R"("fix":{"place":{"file":"flows/a b.yaml","begin":{"line":2,"column":7,"offset":12},)"
            R"("end":{"line":2,"column":11,"offset":16}},"text":"menu"},)"
            R"("page":"docs/checks/S001.md"}],"figures":[]})"
            "\n");
}

TEST(RenderJson, is_json_whatever_the_bytes) {
  Sources sources;
  const FileId file = sources.add("\xFF\"", "\x01\xFE");
  Findings findings;
  findings.add(Code::not_utf8, {file, 1, 2}, "byte \xFE \x1B");
  const json::value parsed = json::parse(render_json(sources, findings));
  const json::object& finding = parsed.at("findings").at(0).as_object();
  EXPECT_EQ(finding.at("message"), "byte \uFFFD \x1B");
  EXPECT_TRUE(finding.at("suggestion").is_null());
  EXPECT_TRUE(finding.at("fix").is_null());
}

TEST(RenderSarif, has_the_regions_of_section_3_30) {
  const Example example;
  const json::value log = json::parse(render_sarif(example.sources, example.findings));
  EXPECT_EQ(log.at("version"), "2.1.0");
  const json::value& run = log.at("runs").at(0);
  EXPECT_EQ(run.at("columnKind"), "unicodeCodePoints");
  const json::value& result = run.at("results").at(0);
  EXPECT_EQ(result.at("ruleId"), "S001");
  EXPECT_EQ(result.at("level"), "error");
  EXPECT_EQ(result.at("message").at("text"), "no flow is called `mneu`; did you mean `menu`?");
  const json::value& place = result.at("locations").at(0).at("physicalLocation");
  EXPECT_EQ(place.at("artifactLocation").at("uri"), "flows/a%20b.yaml");
  const json::value region = {{"startLine", 2},   {"startColumn", 7}, {"endLine", 2},
                              {"endColumn", 11},  {"charOffset", 11}, {"charLength", 4},
                              {"byteOffset", 12}, {"byteLength", 4}};
  EXPECT_EQ(place.at("region"), region);
  EXPECT_EQ(result.at("relatedLocations").at(0).at("message").at("text"), "here");
  const json::value& replacement =
      result.at("fixes").at(0).at("artifactChanges").at(0).at("replacements").at(0);
  EXPECT_EQ(replacement.at("deletedRegion"), region);
  EXPECT_EQ(replacement.at("insertedContent").at("text"), "menu");
}

TEST(RenderSarif, has_a_rule_for_every_code_in_order) {
  const json::value log = json::parse(render_sarif(Sources(), Findings()));
  const json::array& rules = log.at("runs").at(0).at("tool").at("driver").at("rules").as_array();
  ASSERT_EQ(rules.size(), all_codes().size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const CodeRow& kind = all_codes()[i];
    EXPECT_EQ(rules[i].at("id").as_string(), kind.text);
    EXPECT_EQ(rules[i].at("helpUri").as_string(), "docs/checks/" + std::string(kind.text) + ".md");
  }
}

}  // namespace
}  // namespace alur::dsl

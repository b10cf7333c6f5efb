// Findings and trees point into the file, through YAML's quotes, escapes and indentation.
#include "dsl/grammar/fragment.hpp"

#include <gtest/gtest.h>

#include <string>

#include "dsl/grammar/grammar.hpp"
#include "dsl/yaml/read_yaml.hpp"

namespace alur::dsl {
namespace {

class FragmentTest : public testing::Test {
 protected:
  // The value of the only key.
  const Node& value(std::string text) {
    file_ = sources_.add("a.yaml", std::move(text));
    document_ = read_yaml(sources_.at(file_), file_, findings_);
    EXPECT_TRUE(findings_.empty());
    return document_.root().entries()[0].value;
  }

  std::string_view source(Span span) const { return sources_.at(file_).text(span); }

  Sources sources_;
  FileId file_{};
  Findings findings_;
  Document document_;
};

TEST_F(FragmentTest, raw_text_begins_at_its_offset) {
  const Fragment fragment(FileId{3}, 100, "abcdef");
  EXPECT_EQ(fragment.span(), (Span{FileId{3}, 100, 106}));
  EXPECT_EQ(fragment.slice(2, 4).span(), (Span{FileId{3}, 102, 104}));
  EXPECT_EQ(fragment.slice(2, 5).slice(1, 2).text(), "d");
  EXPECT_EQ(fragment.slice(2, 5).slice(1, 2).span(), (Span{FileId{3}, 103, 104}));
}

TEST_F(FragmentTest, plain_scalar) {
  const auto expr = parse_expression(Fragment(value("if: amount > limit.high")), findings_);
  ASSERT_TRUE(expr);
  EXPECT_EQ(source(expr->span), "amount > limit.high");
  EXPECT_EQ(source(expr->operands[1].name.span), "high");
}

TEST_F(FragmentTest, a_finding_in_double_quotes_with_escapes) {
  const Node& node = value(R"(if: "kind == \"bank\" && \u0061mount")");
  EXPECT_FALSE(parse_expression(Fragment(node), findings_));
  ASSERT_EQ(findings_.size(), 1U);
  EXPECT_EQ(source(findings_.all()[0].span), "&&");
}

TEST_F(FragmentTest, an_escaped_text_literal) {
  const auto expr = parse_expression(Fragment(value(R"(if: "kind == \"bank\"")")), findings_);
  ASSERT_TRUE(expr);
  EXPECT_EQ(expr->operands[1].text, "bank");
  EXPECT_EQ(source(expr->operands[1].span), R"(\"bank\")");
}

TEST_F(FragmentTest, holes_of_a_block_text) {
  const Node& node = value("id: |\n  Halo {name},\n  nomor {company.licence or \"-\"} ya.\n");
  const auto text = parse_template(Fragment(node), findings_);
  ASSERT_TRUE(text);
  ASSERT_EQ(text->parts.size(), 5U);
  EXPECT_EQ(text->parts[2].literal, ",\nnomor ");
  EXPECT_EQ(source(text->parts[2].span), ",\n  nomor ");
  EXPECT_EQ(source(text->parts[3].span), "{company.licence or \"-\"}");
  EXPECT_EQ(source(text->parts[3].expression->operands[0].name.span), "licence");
}

TEST_F(FragmentTest, a_finding_in_a_hole_of_a_folded_text) {
  const Node& node = value("id: >\n  Halo\n  {name = 1}\n  ya.\n");
  EXPECT_FALSE(parse_template(Fragment(node), findings_));
  ASSERT_EQ(findings_.size(), 1U);
  EXPECT_EQ(source(findings_.all()[0].span), "=");
  EXPECT_EQ(sources_.at(file_).position(findings_.all()[0].span.begin), (Position{3, 9}));
}

}  // namespace
}  // namespace alur::dsl

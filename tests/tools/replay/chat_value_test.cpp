#include "tools/replay/chat_value.hpp"

#include <gtest/gtest.h>

#include "dsl/chat/parse_chat.hpp"

namespace alur::tools {
namespace {

using value::make_type;
using value::plain_type;
using value::Type;
using value::TypeKind;

const value::TimeZone zone = *value::TimeZone::find("Asia/Jakarta");

dsl::ChatValue written(const std::string& text) {
  dsl::Sources sources;
  dsl::Findings findings;
  const dsl::FileId file = sources.add("a.chat", "chat: T\n= var x is " + text + "\n");
  const dsl::ChatFile parsed = dsl::parse_chat(sources, file, findings);
  EXPECT_TRUE(findings.empty()) << text;
  return *std::get<dsl::Assertion>(parsed.chats.at(0).lines.at(0).what).value;
}

// As it is printed again, or the reason why it is not.
std::string read(const std::string& text, const Type& type) {
  std::string why;
  const auto value = to_value(written(text), type, zone, {{"t", "T-1"}}, why);
  return value ? print_value(*value, type, zone) : "no: " + why;
}

Type choice_type() {
  Type type;
  type.kind = TypeKind::choice;
  type.members = {"full", "restricted"};
  return type;
}

Type record_type() {
  Type type;
  type.kind = TypeKind::record;
  type.name = "item";
  Type optional = plain_type(TypeKind::date);
  optional.optional = true;
  type.fields = {{"name", value::name_key("name"), make_type(plain_type(TypeKind::text))},
                 {"since", value::name_key("since"), make_type(optional)}};
  return type;
}

TEST(ChatValue, EveryKindReadsAndPrints) {
  EXPECT_EQ(read("\"a \\\"b\\\"\\n\"", plain_type(TypeKind::text)), "\"a \\\"b\\\"\\n\"");
  EXPECT_EQ(read("12.50", plain_type(TypeKind::number)), "12.5");
  EXPECT_EQ(read("2026-01-05", plain_type(TypeKind::date)), "2026-01-05");
  EXPECT_EQ(read("14:30", plain_type(TypeKind::time)), "14:30");
  EXPECT_EQ(read("2026-01-05 09:00", plain_type(TypeKind::datetime)), "2026-01-05 09:00");
  EXPECT_EQ(read("90m", plain_type(TypeKind::duration)), "90m");
  EXPECT_EQ(read("true", plain_type(TypeKind::boolean)), "true");
  EXPECT_EQ(read("full", choice_type()), "full");
  EXPECT_EQ(read("\"https://x\"", plain_type(TypeKind::image)), "\"https://x\"");
  EXPECT_EQ(read("\"{t}\"", plain_type(TypeKind::text)), "\"T-1\"");
}

TEST(ChatValue, RecordsAndLists) {
  EXPECT_EQ(read("{since: 2026-01-05, name: \"a\"}", record_type()),
            "{name: \"a\", since: 2026-01-05}");
  EXPECT_EQ(read("{name: \"a\", since: unset}", record_type()), "{name: \"a\"}");
  Type list;
  list.kind = TypeKind::list;
  list.low = 0;
  list.high = 2;
  list.element = make_type(choice_type());
  EXPECT_EQ(read("[full, restricted]", list), "[full, restricted]");
  EXPECT_EQ(read("[]", list), "[]");
}

TEST(ChatValue, WhatDoesNotFit) {
  EXPECT_EQ(read("none", choice_type()), "no: a choice that is none of the members");
  EXPECT_EQ(read("\"x\"", plain_type(TypeKind::number)), "no: text where number is declared");
  EXPECT_EQ(read("{nam: \"a\"}", record_type()), "no: `item` has no field `nam`");
  EXPECT_EQ(read("{since: 2026-01-05}", record_type()),
            "no: name: nothing where a value is required");
  EXPECT_EQ(read("{}", choice_type()), "no: a record where none is wanted");
  EXPECT_EQ(read("[1]", plain_type(TypeKind::number)), "no: a list where none is wanted");
}

}  // namespace
}  // namespace alur::tools

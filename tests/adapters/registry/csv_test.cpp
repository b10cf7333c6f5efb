#include "adapters/registry/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace alur::adapters {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Csv, RowsAndColumns) {
  const CsvTable table = parse_csv("a,b\n1,2\r\n\n3\n4,5,6\n");
  EXPECT_THAT(table.columns, ElementsAre("a", "b"));
  EXPECT_THAT(table.rows,
              ElementsAre(ElementsAre("1", "2"), ElementsAre("3", ""), ElementsAre("4", "5")));
  EXPECT_EQ(table.cell(0, "b"), "2");
  EXPECT_EQ(table.cell(0, "c"), "");
}

TEST(Csv, Quotes) {
  const CsvTable table = parse_csv("a,b\n\"x, \"\"y\"\"\nz\",\"\"\n\"open");
  EXPECT_THAT(table.rows, ElementsAre(ElementsAre("x, \"y\"\nz", ""), ElementsAre("open", "")));
}

TEST(Csv, Nothing) {
  EXPECT_THAT(parse_csv("").rows, IsEmpty());
}

}  // namespace
}  // namespace alur::adapters

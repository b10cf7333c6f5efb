#include "adapters/registry/delimited.hpp"

#include <gtest/gtest.h>

namespace alur::registry {
namespace {

// Each row on a line: its line number, and its cells in brackets or its fault.
std::string read_all(std::string_view text, char delimiter = ',') {
  std::string out;
  DelimitedReader reader(text, delimiter);
  DelimitedRow row;
  while (reader.next(row)) {
    out += std::to_string(row.line) + ":";
    if (row.fault.empty()) {
      for (const std::string& cell : row.cells) out += "[" + cell + "]";
    } else {
      out += " " + row.fault;
    }
    out += "\n";
  }
  return out;
}

TEST(Delimited, Rows) {
  EXPECT_EQ(read_all(""), "");
  EXPECT_EQ(read_all("\n\r\n"), "");
  EXPECT_EQ(read_all("a,b\n1,2\r\n\n3,\n,4"), "1:[a][b]\n2:[1][2]\n4:[3][]\n5:[][4]\n");
  EXPECT_EQ(read_all("\xef\xbb\xbf"
                     "a\tb",
                     '\t'),
            "1:[a][b]\n");
}

TEST(Delimited, Quotes) {
  EXPECT_EQ(read_all("\"x, \"\"y\"\"\nz\",\"\"\nb\n"), "1:[x, \"y\"\nz][]\n3:[b]\n");
}

TEST(Delimited, ABadRowTakesNoOtherWithIt) {
  EXPECT_EQ(read_all("a\n\"open,1\nb,2\n"), "1:[a]\n2: a quote is not closed\n3:[b][2]\n");
  EXPECT_EQ(read_all("a\"b\nc\n"), "1: a cell with a quote in it has to stand in quotes\n2:[c]\n");
  EXPECT_EQ(read_all("\"a\"b\nc\n"), "1: something follows a closing quote\n2:[c]\n");
  EXPECT_EQ(read_all(std::string("a\0b\nc\n", 6)), "1: there is a zero byte in it\n2:[c]\n");
  EXPECT_EQ(read_all(std::string(9'000, 'x') + "\nc\n"),
            "1: a cell has more than 8192 bytes\n2:[c]\n");
  EXPECT_EQ(read_all(std::string(300, ',') + "\nc\n"), "1: it has more than 256 cells\n2:[c]\n");
}

TEST(Delimited, WrittenCellsAreReadBack) {
  std::string line;
  for (const char* cell : {"plain", "a,b", "say \"x\"", "two\nlines", ""}) {
    if (!line.empty()) line += ',';
    append_cell(cell, ',', line);
  }
  EXPECT_EQ(line, "plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",");
  EXPECT_EQ(read_all(line), "1:[plain][a,b][say \"x\"][two\nlines][]\n");
}

}  // namespace
}  // namespace alur::registry

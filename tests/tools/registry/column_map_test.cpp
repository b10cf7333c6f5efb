#include "tools/registry/column_map.hpp"

#include <gtest/gtest.h>

namespace alur::tools {
namespace {

using registry::Column;
using registry::ListKind;

std::string taken(const ColumnMap& map, const std::vector<std::string>& names) {
  std::string out;
  for (const auto& column : map.columns(names)) {
    out += column ? std::string(to_text(*column)) : "-";
    out += " ";
  }
  return out;
}

TEST(ColumnMap, UsualNamesAreKnown) {
  const ColumnMap map(ListKind::licensed);
  EXPECT_EQ(taken(map, {"Nama Perusahaan", "No. Izin", "Kategori", "Situs", "Direksi"}),
            "name licence category links - ");
  EXPECT_EQ(taken(map, {"name", "nama", "decree"}), "name - - ");
  EXPECT_EQ(taken(ColumnMap(ListKind::alert), {"Nama Entitas", "licence", "URL"}), "name - links ");
}

TEST(ColumnMap, AMappingSaysWhatIsTaken) {
  std::string error;
  const auto map = ColumnMap::parse(ListKind::licensed, "map.yaml",
                                    "name: Lembaga A\n"
                                    "standing:\n"
                                    "  column: Status\n"
                                    "  values: {Aktif: full, Dicabut: revoked}\n",
                                    error);
  ASSERT_TRUE(map) << error;
  EXPECT_EQ(taken(*map, {"Lembaga A", "Status", "licence"}), "name standing - ");
  EXPECT_EQ(map->meaning(Column::standing, "Dicabut"), "revoked");
  EXPECT_EQ(map->meaning(Column::standing, "Lain"), "Lain");
}

TEST(ColumnMap, BadMappingsAreTold) {
  const auto error_of = [](std::string yaml) {
    std::string error;
    EXPECT_FALSE(ColumnMap::parse(ListKind::alert, "map.yaml", std::move(yaml), error));
    return error;
  };
  EXPECT_EQ(error_of("nama: X\n"), "map.yaml:1: the list has no column `nama`");
  EXPECT_EQ(error_of("name: X\nlicence: Y\n"), "map.yaml:2: the list has no column `licence`");
  EXPECT_EQ(error_of("name: {values: {a: b}}\n"), "map.yaml:1: which column it is, is missing");
  EXPECT_EQ(error_of("- name\n"), "map.yaml:1: `our_column: theirs` is wanted");
  EXPECT_NE(error_of("name: [\n").find("map.yaml:"), std::string::npos);
}

}  // namespace
}  // namespace alur::tools

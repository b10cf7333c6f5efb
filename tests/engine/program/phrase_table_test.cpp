#include "engine/program/phrase_table.hpp"

#include <gtest/gtest.h>

namespace alur::program {
namespace {

PlainPhrase literal(const std::string& words, std::uint32_t entry) {
  return {{{false, words, 0}}, entry};
}

TEST(PhraseTable, FindsWholePhrasesOnly) {
  const PhraseTable table({literal("menu utama", 1), literal("menu", 2)});
  struct {
    const char* said;
    std::optional<std::uint32_t> entry;
  } const rows[] = {{"menu utama", 1}, {"menu", 2}, {"utama", {}}, {"", {}}, {"menu utam", {}}};
  for (const auto& row : rows) EXPECT_EQ(table.find(row.said), row.entry) << row.said;
}

TEST(PhraseTable, OfTheSameWordsTheFirstWins) {
  const PhraseTable table({literal("ya", 7), literal("tidak", 8), literal("ya", 9)});
  EXPECT_EQ(table.find("ya"), 7u);
}

TEST(PhraseTable, WordsOfOnePhraseAreJoined) {
  const PhraseTable table({{{{false, "main", 0}, {false, "menu", 0}}, 4}});
  EXPECT_EQ(table.find("main menu"), 4u);
}

TEST(PhraseTable, PatternsAreFoundByTheirFirstLiteralWord) {
  const PhraseTable table({{{{false, "cek", 0}, {true, "", 0}}, 1},
                           {{{true, "", 0}, {false, "resmi", 0}}, 2},
                           {{{false, "cek", 0}, {true, "", 1}, {false, "resmi", 0}}, 3}});
  ASSERT_EQ(table.patterns_with("cek").size(), 2u);
  EXPECT_EQ(table.patterns_with("cek")[0].entry, 1u);
  EXPECT_EQ(table.patterns_with("cek")[1].entry, 3u);
  EXPECT_EQ(table.patterns_with("resmi").size(), 1u);
  EXPECT_TRUE(table.patterns_with("menu").empty());
  EXPECT_EQ(table.find("cek"), std::nullopt);
}

TEST(PhraseTable, WhatItIsMadeOfMakesItAgain) {
  const PhraseTable table({literal("menu", 2), {{{false, "cek", 0}, {true, "", 3}}, 1}});
  const PhraseTable again(table.phrases());
  EXPECT_EQ(again.find("menu"), 2u);
  ASSERT_EQ(again.patterns_with("cek").size(), 1u);
  const auto elements = again.elements(again.patterns_with("cek")[0]);
  EXPECT_EQ(again.string(elements[0].word), "cek");
  EXPECT_TRUE(elements[1].capture);
  EXPECT_EQ(elements[1].slot, 3u);
}

PhraseTable::Tables tables_of(const PhraseTable& table) {
  return {{table.exact().begin(), table.exact().end()},
          {table.patterns().begin(), table.patterns().end()},
          {table.elements().begin(), table.elements().end()},
          std::string(table.strings())};
}

TEST(PhraseTable, IsNotWellFormedWhenAnythingIsOutOfPlace) {
  const PhraseTable table({literal("menu", 2),
                           literal("ya", 3),
                           {{{false, "cek", 0}, {true, "", 3}}, 1},
                           {{{false, "tes", 0}, {true, "", 3}}, 1}});
  ASSERT_TRUE(table.is_well_formed());
  using Tables = PhraseTable::Tables;
  struct {
    const char* what;
    void (*change)(Tables&);
  } const rows[] = {
      {"exact out of order", [](Tables& t) { std::swap(t.exact[0], t.exact[1]); }},
      {"exact beyond the strings", [](Tables& t) { t.exact[0].phrase.begin = 4'000'000'000u; }},
      {"exact longer than the strings", [](Tables& t) { t.exact[1].phrase.size = 0xFFFFFFFF; }},
      {"hash of another phrase", [](Tables& t) { t.exact[1].hash += 1; }},
      {"patterns out of order", [](Tables& t) { std::swap(t.patterns[0], t.patterns[1]); }},
      {"pattern beyond the elements", [](Tables& t) { t.patterns[0].end = 5; }},
      {"pattern that ends before it begins", [](Tables& t) { t.patterns[1].begin = 9; }},
      {"empty pattern", [](Tables& t) { t.patterns[0].end = t.patterns[0].begin; }},
      {"first word of another pattern", [](Tables& t) { t.patterns[1].first_word += 1; }},
      {"word beyond the strings", [](Tables& t) { t.elements[0].word.size = 999; }},
      {"no strings", [](Tables& t) { t.strings.clear(); }},
  };
  for (const auto& row : rows) {
    Tables tables = tables_of(table);
    row.change(tables);
    EXPECT_FALSE(PhraseTable::from_tables(std::move(tables)).is_well_formed()) << row.what;
  }
}

}  // namespace
}  // namespace alur::program

// The index and the distances behind similar names, against plain versions of them.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "adapters/registry/edit_pattern.hpp"
#include "adapters/registry/gram_index.hpp"
#include "adapters/registry/hashed_ids.hpp"
#include "adapters/registry/search_form.hpp"

namespace alur::registry {
namespace {

// Optimal string alignment, by the book.
int plain_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

rc::Gen<std::string> words(std::size_t most) {
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, most + 1), [](std::size_t size) {
    return rc::gen::container<std::string>(size, rc::gen::elementOf(std::string("abc")));
  });
}

RC_GTEST_PROP(EditPattern, CountsAsTheBookDoes, ()) {
  const std::string a = *words(20);
  const std::string b = *words(20);
  RC_ASSERT(EditPattern(a).distance(b) == plain_distance(a, b));
}

TEST(EditPattern, LeavesBlanksOutAndStopsAtItsLength) {
  EXPECT_EQ(EditPattern("bankmega").distance("bank mega"), 0);
  EXPECT_EQ(EditPattern("abcd").distance("abdc"), 1);
  const std::string a(64, 'a');
  EXPECT_EQ(EditPattern(a).distance(a), 0);
  EXPECT_EQ(EditPattern(a + "b").distance(a + "c"), 0);
}

// The tags once were of bits that are always zero: every id of a run was taken for a hit, and half
// of the time of a lookup went into comparing names that only stood nearby.
TEST(HashedIds, TellsMostOtherHashesByTheirTags) {
  constexpr std::uint32_t count = 10'000;
  const auto hash = [](std::uint32_t number) { return hash_of("name " + std::to_string(number)); };
  HashedIds ids;
  ids.reserve(count);
  for (std::uint32_t id = 0; id < count; ++id) ids.insert(hash(id), id);
  std::uint32_t found = 0;
  std::uint32_t strangers = 0;
  for (std::uint32_t asked = 0; asked < 2 * count; ++asked) {
    ids.find(hash(asked), [&](std::uint32_t id) {
      (id == asked ? found : strangers) += 1;
      return false;
    });
  }
  EXPECT_EQ(found, count);
  EXPECT_LT(strangers, 2 * count / 20);
}

TEST(GramIndex, FindsWhatSharesMost) {
  const std::vector<std::string> names{"bank mega", "bank mega syariah", "mandiri", "bca", "bri"};
  GramIndex index;
  index.build([&](const auto& take) {
    for (NameId id = 0; id < names.size(); ++id) take(id, names[id]);
  });
  const auto best = [&](std::string_view query) {
    std::vector<NameId> ids;
    index.find(query, 1, ids);
    return ids.empty() ? std::string("-") : names[ids.front()];
  };
  EXPECT_EQ(best("bank meg"), "bank mega");
  EXPECT_EQ(best("bankmega syariah"), "bank mega syariah");
  EXPECT_EQ(best("bcx"), "bca");
  EXPECT_EQ(best("bxi"), "bri");
  EXPECT_EQ(best("mandri"), "mandiri");
  EXPECT_EQ(best("zzz"), "-");
  EXPECT_EQ(best(""), "-");
}

// Names of up to eight letters are kept by their pieces of two letters as well. They once crowded
// out a longer name that had lost a letter, and so was looked for by such pieces.
TEST(GramIndex, AShortNameIsFoundThatWasALetterLonger) {
  const std::vector<std::string> names{"jaya kacen", "jaya samu", "jaya wasa", "jaya mada",
                                       "jaya rini",  "jaya yaya", "jaya roma", "bpr wacen",
                                       "bpr pacen",  "jaya nina", "jaya ratu", "jaya dani"};
  GramIndex index;
  index.build([&](const auto& take) {
    for (NameId id = 0; id < names.size(); ++id) take(id, names[id]);
  });
  std::vector<NameId> ids;
  index.find("jay kacen", 2, ids);
  ASSERT_EQ(ids.size(), 2u);
  EXPECT_EQ(ids.front(), 0u);
}

TEST(SearchForm, ForgivesHowAThingIsWritten) {
  EXPECT_EQ(search_form("PT. Bank Mega, Tbk"), "bank mega");
  EXPECT_EQ(search_form("B\xd0\xb0nk Meg\xc3\xa1"), "bank mega");
  EXPECT_EQ(search_form("\xf0\x9d\x97\x95"
                        "ank\xe2\x80\x8b Mega"),
            "bank mega");
  EXPECT_EQ(search_form("\xf0\x9f\x98\x80"), "");
  EXPECT_EQ(search_form("\xe8\x82\xa1").size(), 1u);
  EXPECT_EQ(joined("bank mega"), "bankmega");
  EXPECT_EQ(undisguised("d4n4 mas 24"), "dana mas 24");
  EXPECT_EQ(undisguised("dana 24"), "");
  EXPECT_EQ(look_alike_image("m0dalku1"), look_alike_image("rnodalkui"));
}

RC_GTEST_PROP(SearchForm, IsTotalAndStable, (const std::string& text)) {
  const std::string form = search_form(text);
  // In brackets of its own: RC_ASSERT looks at both sides of an `||`.
  RC_ASSERT((form.empty() || (form.front() != ' ' && form.back() != ' ')));
  RC_ASSERT(form.find("  ") == std::string::npos);
}

}  // namespace
}  // namespace alur::registry

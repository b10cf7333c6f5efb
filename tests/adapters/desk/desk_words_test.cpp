// Conversations found by their words: what folds to the same, what is read when, and how much of
// it is kept.
#include "adapters/desk/desk_words.hpp"

#include <gtest/gtest.h>

#include "adapters/memory/memory_store.hpp"
#include "engine/runtime/journal_bytes.hpp"

namespace alur::tests {
namespace {

using adapters::DeskWords;
using adapters::Searched;
using adapters::SoughtWords;

TEST(SoughtWords, EveryWordStandsSomewhereOrBeginsOneThatDoes) {
  const std::string said = adapters::folded_words("Uang saya di Café “Kembang” belum kembali!");
  const auto finds = [&](std::string_view text) {
    const SoughtWords words(text);
    return words.found_in(said) == words.all();
  };
  EXPECT_TRUE(finds("uang"));
  EXPECT_TRUE(finds("CAFE kemb"));
  EXPECT_TRUE(finds("kembali, uang"));
  EXPECT_FALSE(finds("uang transfer")) << "every one";
  EXPECT_FALSE(finds("bali")) << "not the end of a word";
  EXPECT_TRUE(SoughtWords("?! --").none());
  EXPECT_FALSE(SoughtWords("a b c d e f g h i").are_few());
  EXPECT_FALSE(SoughtWords(std::string(101, 'a')).are_few());
  EXPECT_FALSE(SoughtWords("\xff").are_few());
}

TEST(SoughtWords, AnExcerptHasThem) {
  EXPECT_EQ(SoughtWords("pinjol").excerpt_of("saya ditipu pinjol"), "saya ditipu pinjol");
  std::string text;
  for (int i = 0; i < 100; ++i) text += "kata ";
  const std::string cut =
      SoughtWords("penipu tolong").excerpt_of(text + "Penipu itu, tolong! " + text);
  EXPECT_TRUE(cut.starts_with("…kata ")) << cut;
  EXPECT_TRUE(cut.ends_with("…")) << cut;
  EXPECT_NE(cut.find("Penipu itu, tolong!"), cut.npos) << cut;
  EXPECT_LT(cut.size(), 260u);
  EXPECT_EQ(SoughtWords("a").excerpt_of(""), "");
}

// A store in which agents note things down.
class NotedStore {
 public:
  void note(desk::Citizen citizen, const std::string& text) {
    runtime::PeopleBody body;
    body.kind = runtime::PeopleBody::Kind::noted;
    body.agent = 1;
    body.text = text;
    ports::TurnChange change;
    const auto known = (*store.reader())->session(citizen);
    if (*known) change.session = **known;
    change.session.citizen = citizen;
    change.session.address = "webchat:" + std::to_string(citizen);
    ++change.session.turns;
    ports::JournalRow& row = change.journal.emplace_back();
    row.citizen = citizen;
    row.turn = change.session.turns;
    runtime::encode_people(body, row);
    const ports::Change group[] = {change};
    ASSERT_TRUE(store.commit(group));
    ++told_[citizen];
  }
  Searched searched(desk::Citizen citizen) {
    Searched one;
    one.place.citizen = citizen;
    one.told = told_[citizen];
    return one;
  }

  adapters::MemoryStore store{std::make_shared<adapters::MemoryDisk>()};

 private:
  std::map<desk::Citizen, std::uint64_t> told_;
};

// The citizens in whom the words are found.
std::vector<desk::Citizen> found(DeskWords& words, const std::vector<Searched>& searched,
                                 std::string_view text, DeskWords::Looked& looked) {
  while (looked.next < searched.size()) {
    EXPECT_TRUE(words.go_on(searched, SoughtWords(text), 2, 10, looked));
  }
  std::vector<desk::Citizen> citizens;
  for (const auto& one : looked.found) citizens.push_back(searched[one.at].place.citizen);
  return citizens;
}

using Citizens = std::vector<desk::Citizen>;

TEST(DeskWords, ReadsWhatIsNewAndNoMore) {
  NotedStore notes;
  notes.note(1, "dana pas minta pajak");
  notes.note(2, "klaim ditolak");
  notes.note(3, "pajak hadiah");
  DeskWords words(notes.store);
  const auto all = [&] {
    return std::vector<Searched>{notes.searched(1), notes.searched(2), notes.searched(3)};
  };
  DeskWords::Looked first{0, 100, {}, 0, 0};
  EXPECT_EQ(found(words, all(), "pajak", first), (Citizens{1, 3}));
  EXPECT_EQ(first.rows_left, 97u);
  DeskWords::Looked again{0, 100, {}, 0, 0};
  EXPECT_EQ(found(words, all(), "klaim", again), Citizens{2});
  EXPECT_EQ(again.rows_left, 100u) << "all is known";
  notes.note(2, "surat pajak");
  notes.note(2, "terima kasih");
  DeskWords::Looked later{0, 100, {}, 0, 0};
  EXPECT_EQ(found(words, all(), "pajak", later), (Citizens{1, 2, 3}));
  EXPECT_EQ(later.rows_left, 97u) << "two that are new, and one to meet what was known";
  EXPECT_EQ(later.found[1].line, runtime::line_of(4, 0)) << "the line itself";
}

TEST(DeskWords, OfWhatHasEndedTheSessionSaysWhetherThereIsMore) {
  NotedStore notes;
  notes.note(1, "satu");
  DeskWords words(notes.store);
  Searched one = notes.searched(1);
  one.place.ended = true;
  DeskWords::Looked first{0, 100, {}, 0, 0};
  EXPECT_EQ(found(words, {one}, "dua", first), Citizens{});
  notes.note(1, "dua");
  DeskWords::Looked later{0, 100, {}, 0, 0};
  EXPECT_EQ(found(words, {one}, "dua", later), Citizens{1}) << "though nobody told";
}

TEST(DeskWords, SaysWhatItHadNoTimeFor) {
  NotedStore notes;
  for (desk::Citizen citizen = 1; citizen <= 4; ++citizen) {
    notes.note(citizen, "satu");
    notes.note(citizen, "dua");
  }
  DeskWords words(notes.store);
  std::vector<Searched> all;
  for (desk::Citizen citizen = 1; citizen <= 4; ++citizen) all.push_back(notes.searched(citizen));
  all[3].about = "Satu";
  DeskWords::Looked short_one{0, 4, {}, 0, 0};
  EXPECT_EQ(found(words, all, "satu", short_one), (Citizens{1, 2, 4}));
  EXPECT_EQ(short_one.unread, 1u) << "what is known beside was there";
  DeskWords::Looked next{0, 4, {}, 0, 0};
  EXPECT_EQ(found(words, all, "satu", next), (Citizens{1, 2, 3, 4}));
  EXPECT_EQ(next.unread, 0u);
}

TEST(DeskWords, KeepsTheLatestWithinItsBounds) {
  NotedStore notes;
  for (int i = 0; i < 10; ++i) notes.note(1, "kata" + std::to_string(i));
  notes.note(2, "kata0");
  adapters::WordsBounds bounds;
  bounds.rows_max = 4;
  DeskWords words(notes.store, bounds);
  const auto all = [&] { return std::vector<Searched>{notes.searched(1), notes.searched(2)}; };
  DeskWords::Looked old{0, 100, {}, 0, 0};
  EXPECT_EQ(found(words, all(), "kata0", old), Citizens{2});
  EXPECT_EQ(old.cut, 1u);
  DeskWords::Looked fresh{0, 100, {}, 0, 0};
  EXPECT_EQ(found(words, all(), "kata9", fresh), Citizens{1});
  // More than that has come: there is a gap, and what lies before it is not kept.
  for (int i = 10; i < 20; ++i) notes.note(1, "kata" + std::to_string(i));
  DeskWords::Looked gap{0, 100, {}, 0, 0};
  EXPECT_EQ(found(words, all(), "kata9", gap), Citizens{});
  DeskWords::Looked last{0, 100, {}, 0, 0};
  EXPECT_EQ(found(words, all(), "kata16", last), Citizens{1});

  const std::size_t before = words.bytes();
  words.forget(1);
  words.forget(1);
  EXPECT_LT(words.bytes(), before);
  words.forget(2);
  EXPECT_EQ(words.bytes(), 0u);

  bounds = {};
  bounds.bytes_max = 14;  // two lines
  DeskWords few(notes.store, bounds);
  DeskWords::Looked cut{0, 100, {}, 0, 0};
  EXPECT_EQ(found(few, all(), "kata17", cut), Citizens{});
  DeskWords::Looked kept{0, 100, {}, 0, 0};
  EXPECT_EQ(found(few, all(), "kata18", kept), Citizens{1});
  EXPECT_LE(few.bytes(), 14u + 7u);
}

TEST(DeskWords, NeverLooksAtWhatIsKept) {
  NotedStore notes;
  notes.note(1, "rahasia");
  DeskWords words(notes.store);
  Searched one = notes.searched(1);
  DeskWords::Looked open{0, 100, {}, 0, 0};
  EXPECT_EQ(found(words, {one}, "rahasia", open), Citizens{1});
  one.is_kept = true;
  DeskWords::Looked shut{0, 100, {}, 0, 0};
  EXPECT_EQ(found(words, {one}, "rahasia", shut), Citizens{});
  EXPECT_EQ(shut.unread + shut.cut, 0u);
}

}  // namespace
}  // namespace alur::tests

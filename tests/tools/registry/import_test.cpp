// Lists in and out of a folder: what is reported, what is refused, and that nothing is half done.
#include "tools/registry/import_list.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "adapters/registry/lookup.hpp"
#include "tests/adapters/registry/sample_lists.hpp"
#include "tools/registry/export_list.hpp"

namespace alur::tools {
namespace {

namespace fs = std::filesystem;

using registry::ListKind;

class Import : public testing::Test {
 protected:
  Import() {
    folder_ = (fs::temp_directory_path() / ("alur_lists_" + std::to_string(getpid()))).string();
    fs::remove_all(folder_);
    options_.folder = folder_;
    options_.as_of = tests::list_day;
    options_.source = "OJK";
  }
  ~Import() override { fs::remove_all(folder_); }

  std::string import(std::string_view text, SourceFormat format = SourceFormat::csv) {
    std::string error;
    const auto plan = import_list(options_, text, format, error);
    if (!plan) return error;
    return to_text(*plan, options_.kind) +
           (plan->refusal.empty() ? "" : "refused: " + plan->refusal + "\n");
  }

  std::string outcome(std::string_view typed) {
    std::string error;
    const registry::SnapshotRef lists = registry::read_lists(folder_, error);
    if (!lists) return error;
    return std::string(to_text(registry::look_up(*lists, typed, tests::list_day).outcome));
  }

  std::string csv() {
    std::string error;
    return export_list(read_current(folder_, options_.kind, error), options_.kind,
                       SourceFormat::csv);
  }

  std::string folder_;
  ImportOptions options_;
};

TEST_F(Import, ReportsEveryRowByItsLine) {
  EXPECT_EQ(import("nama,no izin,tanggal izin,situs\n"
                   "Bank Satu,KEP-1,2020-01-02,satu.co.id\n"
                   "Bank Dua,KEP-2,2.1.2020,\n"
                   ",KEP-3,,\n"
                   "PT Bank Satu,,,\n"
                   "PT,,,\n"
                   "Bank \"Tiga\",,,\n"
                   "B\xd0\xb0nk Empat,,,t.me\n"
                   "Bank Lima,,,,,\n"),
            "8 rows for the licensed list: 3 new, 0 changed, 0 the same, 0 gone, 3 suspicious, 5 "
            "rejected\n"
            "rejected:\n"
            "  line 3: licensed_on is \"2.1.2020\"; a date such as 2026-01-31 is wanted\n"
            "  line 4: it has no name\n"
            "  line 6: \"PT\" is no name\n"
            "  line 7: a cell with a quote in it has to stand in quotes\n"
            "  line 9: it has 6 cells, and there are 4 columns\n"
            "suspicious:\n"
            "  line 5: \"PT Bank Satu\" is also the name on line 2\n"
            "  line 8: \"B\xd0\xb0nk Empat\" has letters beyond a to z\n"
            "  line 8: \"t.me\" is everybody's address: it does not count\n");
  EXPECT_EQ(outcome("bank satu"), "licensed");
  EXPECT_EQ(outcome("bank dua"), "not_found");
}

TEST_F(Import, TellsWhatChanges) {
  import(
      "key,name,category\na,Satu,X\nb,Dua,X\nc,Tiga,X\nd,Empat,X\ne,Lima,X\nf,Enam,X\n"
      "g,Tujuh,X\nh,Delapan,X\ni,Sembilan,X\nj,Sepuluh,X\n");
  options_.dry_run = true;
  const std::string next =
      "key,name,category\na,Satu,X\nb,Dua,Y\nd,Empat,X\ne,Lima,X\nf,Enam,X\n"
      "g,Tujuh,X\nh,Delapan,X\ni,Sembilan,X\nj,Sepuluh,X\nk,Sebelas,X\n";
  const std::string report =
      "10 rows for the licensed list: 1 new, 1 changed, 8 the same, 1 gone, 0 suspicious, 0 "
      "rejected\n"
      "changes:\n"
      "  line 3: changed: Dua: category: \"Y\" was \"X\"\n"
      "  line 11: new: Sebelas\n"
      "  gone: Tiga\n";
  EXPECT_EQ(import(next), report);
  EXPECT_EQ(outcome("tiga"), "licensed");
  options_.dry_run = false;
  EXPECT_EQ(import(next), report);
  EXPECT_EQ(outcome("tiga"), "near");  // like Lima
  std::string error;
  EXPECT_TRUE(rollback(folder_, ListKind::licensed, error)) << error;
  EXPECT_EQ(outcome("tiga"), "licensed");
  EXPECT_TRUE(rollback(folder_, ListKind::licensed, error)) << error;
  EXPECT_EQ(outcome("tiga"), "near");  // like Lima
}

TEST_F(Import, AListThatShrinksIsRefusedUnlessItIsAccepted) {
  import("name\nSatu\nDua\nTiga\n");
  EXPECT_NE(import("name\nSatu\n").find("refused: 2 of 3 rows would be gone"), std::string::npos);
  EXPECT_EQ(outcome("tiga"), "licensed");
  EXPECT_NE(import("name\nPT\n").find("refused: no row of it is good"), std::string::npos);
  options_.accept = true;
  EXPECT_NE(import("name\nPT\n").find("refused: no row of it is good"), std::string::npos);
  EXPECT_EQ(import("name\nSatu\n").find("refused"), std::string::npos);
  EXPECT_EQ(outcome("tiga"), "not_found");
}

TEST_F(Import, WhatCannotBeReadChangesNothing) {
  import("name\nSatu\n");
  EXPECT_EQ(import(""), "it is empty");
  EXPECT_EQ(import("direksi,alamat\nx,y\n"),
            "none of its columns is the name; say which in a mapping (--columns)");
  EXPECT_EQ(import("{", SourceFormat::json), "incomplete JSON");
  EXPECT_EQ(import("3", SourceFormat::json),
            "a list of objects is wanted, or an object that holds one");
  EXPECT_EQ(outcome("satu"), "licensed");
}

TEST_F(Import, AnObjectIsNoName) {
  const std::string told = import(
      R"([{"name": {"x": 1}}, {"name": "Satu", "brands": ["A1 Satu", {}]}, {"name": "Dua"}])",
      SourceFormat::json);
  EXPECT_NE(told.find("1 new"), std::string::npos) << told;
  EXPECT_NE(told.find("line 1: `name` is an object"), std::string::npos) << told;
  EXPECT_NE(told.find("line 2: `brands` is an object"), std::string::npos) << told;
}

TEST_F(Import, EveryFormatSaysTheSame) {
  const std::string as_csv =
      "key,name,aliases,category,listed_on,decree,links,apps,note\n"
      "a,\"Dana, Kilat\",DK|Kilat,Pinjaman,2025-01-02,SP 1,danakilat.xyz,,\n";
  options_.kind = ListKind::alert;
  import(as_csv);
  EXPECT_EQ(csv(), as_csv);
  std::string error;
  for (const SourceFormat format : {SourceFormat::tsv, SourceFormat::json}) {
    const std::string text =
        export_list(read_current(folder_, ListKind::alert, error), ListKind::alert, format);
    EXPECT_NE(import(text, format).find("0 new, 0 changed, 1 the same"), std::string::npos) << text;
    EXPECT_EQ(csv(), as_csv);
  }
  EXPECT_NE(import(R"({"at": 1, "rows": [{"nama": "Dana Lain", "link": ["x.xyz", "y.xyz"]}]})",
                   SourceFormat::json)
                .find("refused"),
            std::string::npos);
}

TEST_F(Import, NamesOnTheOtherListAreTold) {
  import("name\nDana Satu\n");
  options_.kind = ListKind::alert;
  EXPECT_NE(import("name\nPT Dana-Satu\n").find("\"PT Dana-Satu\" is also on the other list"),
            std::string::npos);
  EXPECT_EQ(outcome("dana satu"), "both");
}

// A disk that is full, a folder that may not be written: the list of before is still whole.
TEST_F(Import, AFailedWriteLeavesTheOldList) {
  import("name\nSatu\n");
  fs::create_directory(folder_ + "/licensed-2.csv.new");  // where the rows would be written aside
  EXPECT_NE(import("name\nSatu\nDua\n").find("licensed-2.csv"), std::string::npos);
  EXPECT_EQ(outcome("dua"), "not_found");
  fs::remove(folder_ + "/licensed-2.csv.new");
  fs::create_directory(folder_ + "/lists.json.new");
  EXPECT_NE(import("name\nSatu\nDua\n").find("lists.json"), std::string::npos);
  EXPECT_EQ(outcome("dua"), "not_found");
  EXPECT_EQ(outcome("satu"), "licensed");
  fs::remove(folder_ + "/lists.json.new");
  import("name\nSatu\nDua\n");
  EXPECT_EQ(outcome("dua"), "licensed");
}

// Two imports at the same time once dropped what the other had brought, and both said that all was
// well: with the alert list gone, names on it were answered "licensed".
TEST_F(Import, ListsThatComeAtTheSameTimeAreAllKept) {
  std::string rows = "name\n";
  for (int i = 0; i < 2'000; ++i) rows += "Nama Contoh " + std::to_string(i) + "\n";
  const auto bring = [&](ListKind kind, int* kept) {
    ImportOptions options = options_;
    options.kind = kind;
    for (int i = 0; i < 8; ++i) {
      std::string error;
      const std::string text = rows + "Baris " + std::to_string(i) + "\n";
      *kept += import_list(options, text, SourceFormat::csv, error) ? 1 : 0;
    }
  };
  int licensed = 0;
  int alerts = 0;
  std::thread other(bring, ListKind::alert, &alerts);
  bring(ListKind::licensed, &licensed);
  other.join();
  std::string error;
  const registry::Manifest manifest = registry::read_manifest(folder_, error);
  // Two imports of the other list may go by while one reads it: that one says so, and is not kept.
  const auto told = [&](ListKind kind) {
    const auto& current = manifest.of(kind).current;
    return current ? static_cast<int>(current->head.version) : 0;
  };
  EXPECT_GT(licensed, 0);
  EXPECT_GT(alerts, 0);
  EXPECT_EQ(told(ListKind::licensed), licensed);
  EXPECT_EQ(told(ListKind::alert), alerts);
  EXPECT_EQ(outcome("nama contoh 7"), "both");
}

// Of two imports of one list, the one that has planned on what is not there any more says so.
TEST_F(Import, AListIsNeverReplacedUnseen) {
  import("name\nSatu\n");
  std::vector<std::thread> threads;
  std::atomic<std::uint32_t> kept = 1;
  std::atomic<int> odd = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      std::string error;
      const std::string text = "name\nSatu\nNama " + std::to_string(i) + "\n";
      const auto plan = import_list(options_, text, SourceFormat::csv, error);
      if (plan && plan->refusal.empty()) ++kept;
      const bool told = error.find("another import") != std::string::npos ||
                        error.find("cannot be read") != std::string::npos;
      if (!plan && !told) ++odd;
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::string error;
  EXPECT_EQ(registry::read_manifest(folder_, error).licensed.current->head.version, kept.load());
  EXPECT_EQ(odd.load(), 0);
}

// A list that may be very old, such as a sample, makes none of those that are imported over it so.
TEST_F(Import, AfterHowManyDaysAListIsOldIsNeverLoosenedUnasked) {
  const auto days_max = [&] {
    import("name\nSatu\n");
    std::string error;
    return registry::read_manifest(folder_, error).of(options_.kind).current->head.days_max;
  };
  EXPECT_EQ(days_max(), 30);
  options_.days_max = 3'650;
  EXPECT_EQ(days_max(), 3'650);
  options_.days_max.reset();
  EXPECT_EQ(days_max(), 30);
  options_.days_max = 7;
  EXPECT_EQ(days_max(), 7);
  options_.days_max.reset();
  EXPECT_EQ(days_max(), 7);
}

TEST_F(Import, AnOlderListIsRefused) {
  import("name\nSatu\n");
  options_.as_of.days -= 1;
  EXPECT_NE(import("name\nSatu\nDua\n")
                .find("refused: it is of 2025-12-27, and the list that is there of 2025-12-28\n"),
            std::string::npos);
  EXPECT_EQ(outcome("dua"), "not_found");
  options_.accept = true;
  import("name\nSatu\nDua\n");
  EXPECT_EQ(outcome("dua"), "licensed");
}

// A brand is answered for like the name: what it promises is looked at.
TEST_F(Import, BrandsThatPromiseTooMuchAreSuspicious) {
  options_.kind = ListKind::alert;
  import("name\nRupiah Kilat\n");
  options_.kind = ListKind::licensed;
  const std::string told = import("name,brands,aliases\nSatu,Rupiah Kilat|Satuku,Pinjam Uang|B\n");
  EXPECT_EQ(told,
            "1 rows for the licensed list: 1 new, 0 changed, 0 the same, 0 gone, 3 suspicious, 0 "
            "rejected\n"
            "suspicious:\n"
            "  line 2: \"Rupiah Kilat\" is also on the other list: it will be answered \"both\"\n"
            "  line 2: \"Pinjam Uang\" may mean many: whoever types it is answered for this one\n"
            "  line 2: \"B\" may mean many: whoever types it is answered for this one\n");
}

TEST_F(Import, ABrokenManifestIsTold) {
  import("name\nSatu\n");
  std::string error;
  for (const char* text : {"{", "[]", R"({"licensed": 3})", R"({"licensed": {"file": "../x"}})",
                           R"({"licensed": {"file": "x", "as_of": "soon"}})",
                           R"({"licensed": {"file": "x", "as_of": "today"}})"}) {
    ASSERT_TRUE(registry::replace_durably(folder_ + "/lists.json", text, error));
    EXPECT_NE(outcome("satu").find("lists.json: "), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace alur::tools

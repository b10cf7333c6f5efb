// --update: only what failed is written anew.
#include <gtest/gtest.h>

#include "tests/tools/replay/small_app.hpp"
#include "tools/replay/replay.hpp"
#include "tools/replay/report.hpp"

namespace alur::tools {
namespace {

// The file as --update would leave it.
std::string updated(const std::string& text) {
  RunOptions options;
  options.update = true;
  std::vector<dsl::LineEdit> edits;
  for (const ChatResult& result : run_text(text, options)) {
    edits.insert(edits.end(), result.edits.begin(), result.edits.end());
  }
  return dsl::apply_edits(text, edits);
}

std::string failures(const std::string& text) {
  std::string out;
  for (const ChatResult& result : run_text(text)) {
    if (!result.passed()) out += report_failure(result);
  }
  return out;
}

const std::string passing =
    "# Kept  \n"
    "chat: T\n"
    "\n"
    "> halo   # no comment\n"
    "< /Halo! .*/\n"
    "  [Cari] [...]\n"
    "\n"
    "> cari\n"
    "< any of\n"
    "  - Cari siapa?\n"
    "  - Cari...\n";

TEST(Update, LeavesWhatPassesByteForByte) {
  EXPECT_EQ(failures(passing), "");
  EXPECT_EQ(updated(passing), passing);
}

TEST(Update, ARefusalIsWrittenAsItWas) {
  const std::string begin =
      "chat: T\n> halo\nagent ani comes online\n> petugas\nagent ani accepts\n~ 1d\n"
      "agent ani: Halo\n";
  EXPECT_EQ(updated(begin + "= refused window_open\n"), begin + "= refused window_shut\n");
}

TEST(Update, RewritesOnlyWhatFailed) {
  const std::string text =
      "chat: T\r\n"
      "# one\r\n"
      "> halo\r\n"
      "< Hai...\r\n"
      "  [Cari] [...]\r\n"
      "# two\r\n"
      "= state start\r\n"
      "= flow search\r\n"
      "> cari\r\n"
      "< Cari...\r\n"
      "> [Hitung]\r\n"
      "! shop.count counted 3\r\n"
      "< Ada 4.\r\n"
      "< Sampai jumpa.\r\n"
      "= outcome none\r\n";
  EXPECT_EQ(updated(text),
            "chat: T\r\n"
            "# one\r\n"
            "> halo\r\n"
            "< Halo! Mau apa?\r\n"
            "  [Cari] [...]\r\n"
            "# two\r\n"
            "= state start\r\n"
            "= flow menu\r\n"
            "> cari\r\n"
            "< Cari...\r\n"
            "> [Hitung]\r\n"
            "! shop.count counted 3\r\n"
            "< Ada 3.\r\n"
            "= outcome done\r\n");
}

TEST(Update, WritesChoicesAttachmentsAndWhatIsMissing) {
  EXPECT_EQ(updated("chat: T\n"
                    "> halo\n"
                    "< Halo...\n"
                    "  [Cari]\n"
                    "> tiket\n"
                    "< nothing\n"),
            "chat: T\n"
            "> halo\n"
            "< Halo...\n"
            "  [Cari] [Hitung] [Tiket]\n"
            "> tiket\n"
            "< Tiket Anda T-2026-0007. Simpan, ya.\n"
            "  (link Lihat https://contoh.id/t)\n");
}

TEST(Update, InsertsInOrderBetweenWhatStays) {
  const std::string text =
      "chat: T\n"
      "! shop.find unavailable\n"
      "> halo\n"
      "> cari\n"
      "> sepatu\n"
      "< Toko tutup.\n";
  EXPECT_EQ(updated(text),
            "chat: T\n"
            "! shop.find unavailable\n"
            "> halo\n"
            "> cari\n"
            "> sepatu\n"
            "< Sebentar, saya coba lagi.\n"
            "< Toko tutup.\n");
}

TEST(Update, TheResultPasses) {
  for (const char* text :
       {"chat: T\n> halo\n< x\n< y\n< z\n> petugas\n< in any order\n  - a\n  - b\n> batal\n< a\n",
        "chat: T\n> halo\n<? Halo\n< any of\n  - x\n  - y\n  [A]\n~ 10m\n< a\n~ 40m\n< b\n= state "
        "x\n",
        "chat: T\n< early\n> halo\n< ...\n  [A]\n= timers 0\n= var contact.name is \"x\"\n"}) {
    const std::string mended = updated(text);
    EXPECT_EQ(failures(mended), "") << mended;
    EXPECT_EQ(updated(mended), mended);
  }
}

TEST(Update, LeavesWhatItCannotMend) {
  const std::string text = "chat: T\n> halo\n< not ...apa...\n= ended\n= tracked x\n";
  EXPECT_EQ(updated(text), text);
  RunOptions options;
  options.update = true;
  EXPECT_FALSE(run_text(text, options).at(0).mendable);
}

}  // namespace
}  // namespace alur::tools

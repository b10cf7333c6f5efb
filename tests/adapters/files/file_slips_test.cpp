// Slips: what has still to be fetched, over starts and whatever else lies in their folder; and
// references that are promised before their files come.
#include "adapters/files/file_slips.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/files/digest.hpp"
#include "adapters/files/file_shelf.hpp"
#include "tests/adapters/files/sample_files.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;
using namespace adapters;

constexpr const char* siti = "whatsapp:157/siti";
constexpr value::Instant now{file_test_now};

std::string digest_of(const std::string& content) {
  Digest digest;
  digest.take(content);
  return digest.finish();
}

FileSlip slip_of(const std::string& reference) {
  return {reference, "157", "1003", siti, "foto.jpg", "", 12, file_test_now};
}

std::unique_ptr<FileSlips> open_slips(const FileFolder& folder) {
  std::string error;
  auto slips = FileSlips::open(folder.path(), error);
  EXPECT_EQ(error, "");
  return slips;
}

TEST(FileSlips, AreThereAfterAStart) {
  const FileFolder folder;
  const auto files = folder.open();
  FileSlip slip = slip_of(files->promise(siti, "1003", digest_of(jpeg_of())));
  ASSERT_TRUE(open_slips(folder)->keep(slip));
  EXPECT_EQ(open_slips(folder)->all(), std::vector<FileSlip>{slip});
  slip.fault = "it is larger than is taken";
  ASSERT_TRUE(open_slips(folder)->keep(slip));
  EXPECT_EQ(open_slips(folder)->all(), std::vector<FileSlip>{slip});
  open_slips(folder)->remove(slip);
  EXPECT_TRUE(open_slips(folder)->all().empty());
}

// A citizen's words make no line of their own.
TEST(FileSlips, KeepALineALine) {
  const FileFolder folder;
  const auto files = folder.open();
  FileSlip slip = slip_of(files->promise(siti, "1003", digest_of(jpeg_of())));
  slip.called = "a\nb";
  ASSERT_TRUE(open_slips(folder)->keep(slip));
  slip.called = "a b";
  EXPECT_EQ(open_slips(folder)->all(), std::vector<FileSlip>{slip});
}

TEST(FileSlips, PassOverWhatIsNone) {
  const FileFolder folder;
  const auto files = folder.open();
  const auto slips = open_slips(folder);
  const FileSlip slip = slip_of(files->promise(siti, "1003", digest_of(jpeg_of())));
  ASSERT_TRUE(slips->keep(slip));
  const fs::path path = *fs::directory_iterator(folder.path() + "/awaited");
  std::ifstream in(path);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  for (std::size_t length = 0; length + 1 < whole.size(); ++length) {
    std::ofstream(path, std::ios::trunc) << whole.substr(0, length);
    const auto all = slips->all();
    // But for digits that are missing at its very end it is none.
    EXPECT_TRUE(all.empty() || length > whole.size() - 15) << length;
  }
  fs::rename(path, path.string() + ".part");
  std::ofstream(path.string() + ".part", std::ios::trunc) << whole;
  EXPECT_TRUE(slips->all().empty());
}

TEST(FolderFiles, APromisedFileComesUnderItsReference) {
  const FileFolder folder;
  auto files = folder.open();
  const std::string reference = files->promise(siti, "1003", digest_of(jpeg_of()));
  EXPECT_EQ(files->promise(siti, "1003", digest_of(jpeg_of())), reference);
  EXPECT_TRUE(files->hold(reference, now));
  files = folder.open();
  EXPECT_FALSE(files->hold(reference, now));
  EXPECT_EQ(files->promise(siti, "1003", digest_of(jpeg_of())), reference);  // after a start, too
  EXPECT_NE(files->promise("whatsapp:157/budi", "1003", digest_of(jpeg_of())), reference);
  const auto kept = bring(*files, siti, "1003", jpeg_of());
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->reference, reference);
  files->give_up_promise(reference);
  EXPECT_TRUE(files->hold(reference, now));
  EXPECT_EQ(FileShelf(folder.path()).look_at(reference)->state, FileState::whole);
}

TEST(FolderFiles, APromiseThatIsGivenUpHoldsNothing) {
  const FileFolder folder;
  const auto files = folder.open();
  const std::string reference = files->promise(siti, "1003", digest_of(jpeg_of()));
  files->give_up_promise(reference);
  EXPECT_FALSE(files->hold(reference, now));
  const auto kept = bring(*files, siti, "1003", jpeg_of());
  ASSERT_TRUE(kept);
  EXPECT_NE(kept->reference, reference);
}

TEST(FileShelf, KnowsWhatHasStillToBeFetched) {
  const FileFolder folder;
  const auto files = folder.open();
  const FileSlip slip = slip_of(files->promise(siti, "1003", digest_of(jpeg_of())));
  ASSERT_TRUE(open_slips(folder)->keep(slip));
  EXPECT_EQ(FileShelf(folder.path()).look_at(slip.reference)->state, FileState::awaited);
  ASSERT_TRUE(bring(*files, siti, "1003", jpeg_of()));
  EXPECT_EQ(FileShelf(folder.path()).look_at(slip.reference)->state, FileState::whole);
}

}  // namespace
}  // namespace alur::tests

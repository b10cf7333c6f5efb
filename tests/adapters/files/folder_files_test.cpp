// Files in their folder: what is taken, what is not, whose it is, and what is left when the program
// ends anywhere on the way.
#include "adapters/files/folder_files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "adapters/files/file_shelf.hpp"
#include "tests/adapters/files/sample_files.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;
using namespace adapters;
using ports::FileFault;

constexpr const char* siti = "webchat:siti";
constexpr const char* budi = "webchat:budi";

template <class T>
std::string said(const ports::FileResult<T>& result) {
  return result ? "kept" : std::string(to_text(result.error()));
}

unsigned mode_of(const std::string& path) {
  struct stat about{};
  return stat(path.c_str(), &about) == 0 ? about.st_mode & 0777u : 0;
}

TEST(FolderFiles, KeepsWhatComesForItsOwnerAlone) {
  const FileFolder folder;
  const auto files = folder.open();
  const auto kept = bring(*files, siti, "../../u-1", jpeg_of());
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->mime, "image/jpeg");
  EXPECT_EQ(kept->kind, value::MediaKind::image);
  EXPECT_EQ(kept->size_bytes, jpeg_of().size());
  const auto names = folder.names();
  ASSERT_EQ(names.size(), 1u);
  ASSERT_TRUE(parse_file_name(names[0])) << names[0];
  EXPECT_EQ(folder.content(names[0]), jpeg_of());
  EXPECT_EQ(mode_of(folder.path()), 0700u);
  EXPECT_EQ(mode_of(folder.path() + "/" + names[0]), 0600u);
  EXPECT_EQ(files->find(siti, "../../u-1", {file_test_now})->reference, kept->reference);
  EXPECT_FALSE(files->find(budi, "../../u-1", {file_test_now}));
  EXPECT_FALSE(files->find(siti, "u-1", {file_test_now}));
  EXPECT_TRUE(files->hold(kept->reference, {file_test_now}));
  EXPECT_FALSE(files->hold("https://example.org/a.png", {file_test_now}));
}

TEST(FolderFiles, GivesBackWhatCame) {
  const FileFolder folder;
  const auto files = folder.open();
  const auto kept = bring(*files, siti, "u-1", jpeg_of());
  ASSERT_TRUE(kept);
  EXPECT_EQ(files->read(kept->reference), jpeg_of());
  EXPECT_EQ(files->read("https://example.org/a.png"), std::nullopt);
  std::string other = kept->reference;
  other.back() = other.back() == '0' ? '1' : '0';
  EXPECT_EQ(files->read(other), std::nullopt) << "with another digest";
  std::ofstream(folder.path() + "/" + folder.names()[0], std::ios::app) << "more";
  EXPECT_EQ(files->read(kept->reference), jpeg_of()) << "what was put behind it is not it";
  std::ofstream(folder.path() + "/" + folder.names()[0]) << "changed";
  EXPECT_EQ(files->read(kept->reference), std::nullopt);
}

TEST(FolderFiles, KnowsAfterANewStartWhatItHas) {
  const FileFolder folder;
  const auto kept = bring(*folder.open(), siti, "u-1", pdf_of());
  ASSERT_TRUE(kept);
  std::ofstream(folder.path() + "/half.part") << "what was on its way";
  std::ofstream(folder.path() + "/README") << "somebody's own";
  const auto files = folder.open();
  EXPECT_EQ(files->find(siti, "u-1", {file_test_now})->reference, kept->reference);
  EXPECT_EQ(files->count().files, 1u);
  EXPECT_EQ(files->count().bytes, pdf_of().size());
  EXPECT_EQ(folder.names().size(), 2u) << "what is half is gone, what is not ours stays";
}

TEST(FolderFiles, KeepsTheSameUploadOnce) {
  const FileFolder folder;
  const auto files = folder.open();
  const auto first = bring(*files, siti, "u-1", jpeg_of());
  EXPECT_EQ(bring(*files, siti, "u-1", jpeg_of())->reference, first->reference);
  EXPECT_EQ(bring(*files, siti, "u-1", "something else")->reference, first->reference);
  EXPECT_NE(bring(*files, budi, "u-1", jpeg_of())->reference, first->reference);
  // Two at once: a second try while the first still is on its way.
  auto one = *files->begin(siti, "u-2", 100, {file_test_now});
  auto two = *files->begin(siti, "u-2", 100, {file_test_now});
  ASSERT_TRUE(one->take(jpeg_of()));
  ASSERT_TRUE(two->take(jpeg_of()));
  const auto named = one->finish();
  EXPECT_EQ(two->finish()->reference, named->reference);
  one.reset();
  two.reset();
  EXPECT_EQ(folder.names().size(), 3u);
}

TEST(FolderFiles, TakesOnlyWhatItIsToTake) {
  const FileFolder folder;
  FileBounds bounds;
  bounds.types = {"jpeg", "pdf"};
  bounds.image_bytes_max = 1'000;
  bounds.document_bytes_max = 2'000;
  const auto files = folder.open(bounds);
  const struct {
    std::string content;
    std::string said;
  } cases[] = {
      {jpeg_of(), "kept"},
      {pdf_of(std::string(1'500, 'x')), "kept"},
      {jpeg_of(std::string(1'500, 'x')), "too_large"},
      {pdf_of(std::string(2'500, 'x')), "too_large"},
      {png_of(), "not_taken"},
      {"<svg onload=alert(1)>", "not_taken"},
      {"<!doctype html><script>", "not_taken"},
      {"%PDF-", "not_taken"},
      {"", "not_taken"},
  };
  int number = 0;
  for (const auto& one : cases) {
    EXPECT_EQ(said(bring(*files, siti, std::to_string(++number), one.content)), one.said)
        << one.content.substr(0, 40);
  }
  EXPECT_EQ(folder.names().size(), 2u) << "of what is not taken nothing is left";
  // More comes than was said.
  auto intake = *files->begin(siti, "longer", 20, {file_test_now});
  EXPECT_EQ(said(intake->take(jpeg_of("and more than that"))), "too_large");
}

TEST(FolderFiles, BoundsWhatACitizenBringsInADayAndAllTogether) {
  const FileFolder folder;
  FileBounds bounds;
  bounds.day_files_max = 3;
  bounds.day_bytes_max = 500;
  bounds.all_bytes_max = 900;
  const std::string big = jpeg_of(std::string(384, 'x'));  // 400 bytes
  {
    const auto files = folder.open(bounds);
    ASSERT_TRUE(bring(*files, siti, "1", jpeg_of()));
    EXPECT_EQ(said(bring(*files, siti, "2", "no picture, it counts not")), "not_taken");
    ASSERT_TRUE(bring(*files, siti, "3", big));
    EXPECT_EQ(said(bring(*files, siti, "4", big)), "too_many");
    ASSERT_TRUE(bring(*files, siti, "5", jpeg_of()));
    EXPECT_EQ(said(bring(*files, siti, "6", jpeg_of())), "too_many");
  }
  const auto files = folder.open(bounds);
  EXPECT_EQ(said(bring(*files, siti, "6", jpeg_of())), "too_many") << "a start forgets nothing";
  ASSERT_TRUE(bring(*files, budi, "1", big));
  EXPECT_EQ(said(bring(*files, "webchat:ani", "1", big)), "no_room");
  constexpr std::int64_t day = 86'400'000;
  ASSERT_TRUE(bring(*files, siti, "6", jpeg_of("x"), file_test_now + day));
  // What is on its way has its place, too.
  auto coming = files->begin("webchat:ani", "2", 30, {file_test_now + day});
  ASSERT_TRUE(coming);
  EXPECT_EQ(said(bring(*files, "webchat:adi", "1", jpeg_of("x"), file_test_now + day)), "no_room");
  coming->reset();
  EXPECT_EQ(said(bring(*files, "webchat:adi", "1", jpeg_of("x"), file_test_now + day)), "kept");
}

TEST(FolderFiles, LeavesRoomOnTheDiskForTheStore) {
  const FileFolder folder;
  FolderFilesSettings settings;
  settings.folder = folder.path();
  settings.bounds.free_bytes_min = 1ull << 60;
  settings.hash = [](std::string_view) { return 1; };
  std::string error;
  const auto files = FolderFiles::open(settings, error);
  ASSERT_TRUE(files) << error;
  EXPECT_EQ(said(bring(*files, siti, "1", jpeg_of())), "no_room");
}

TEST(FolderFiles, RefusesAFolderThatOthersCanLookInto) {
  const FileFolder folder;
  fs::create_directory(folder.path());
  chmod(folder.path().c_str(), 0755);
  FolderFilesSettings settings;
  settings.folder = folder.path();
  settings.hash = [](std::string_view) { return 1; };
  std::string error;
  EXPECT_FALSE(FolderFiles::open(settings, error));
  EXPECT_EQ(error, folder.path() + ": others can look into it; `chmod 700` it");
  settings.folder = "/nowhere/files";
  EXPECT_FALSE(FolderFiles::open(settings, error));
  EXPECT_EQ(error, "/nowhere/files: No such file or directory");
}

// The program ends before the n-th change of the disk, for every n: after the next start the file
// is there whole or not at all, and what was told to be kept is there.
TEST(FolderFiles, AProgramThatEndsAnywhereLeavesAWholeFileOrNone) {
  constexpr int told_kept = 7;
  constexpr int ended_before = 9;
  bool over = false;
  for (int n = 1; !over; ++n) {
    ASSERT_LT(n, 100);
    const FileFolder folder;
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      int left = n;
      const auto files = folder.open({}, [&left] {
        if (--left == 0) _exit(ended_before);
      });
      const auto kept = bring(*files, siti, "u-1", jpeg_of());
      _exit(kept ? told_kept : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    over = WEXITSTATUS(status) == told_kept;
    ASSERT_TRUE(over || WEXITSTATUS(status) == ended_before) << WEXITSTATUS(status);
    const auto files = folder.open();
    const auto found = files->find(siti, "u-1", {file_test_now});
    EXPECT_TRUE(found || !over);
    EXPECT_EQ(folder.names().size(), found ? 1u : 0u) << n;
    if (found) {
      const auto shelved = FileShelf(folder.path()).look_at(found->reference);
      EXPECT_EQ(shelved->state, FileState::whole);
    }
    // And it can be brought again.
    EXPECT_TRUE(bring(*files, siti, "u-1", jpeg_of())) << n;
    EXPECT_EQ(folder.names().size(), 1u) << n;
  }
}

TEST(FileShelf, TellsWhetherAFileIsWhatCame) {
  const FileFolder folder;
  const auto kept = bring(*folder.open(), siti, "u-1", pdf_of());
  const auto whole = FileShelf(folder.path()).look_at(kept->reference);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->state, FileState::whole);
  EXPECT_EQ(whole->path, folder.path() + "/" + folder.names()[0]);
  EXPECT_EQ(whole->size_bytes, pdf_of().size());
  EXPECT_EQ(whole->ending, "pdf");
  std::ofstream(whole->path, std::ios::app) << "a line more";
  EXPECT_EQ(FileShelf(folder.path()).look_at(kept->reference)->state, FileState::changed);
  fs::remove(whole->path);
  EXPECT_EQ(FileShelf(folder.path()).look_at(kept->reference)->state, FileState::missing);
  EXPECT_EQ(FileShelf("/nowhere").look_at(kept->reference)->state, FileState::missing);
  EXPECT_FALSE(FileShelf(folder.path()).look_at("https://example.org/a.pdf"));
}

}  // namespace
}  // namespace alur::tests

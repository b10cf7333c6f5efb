// The desk's audit: whatever is done to its rows without the key is found, and what is done with it
// is found by whoever has noted a head.
#include "adapters/desk/desk_audit.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/memory/memory_staff.hpp"
#include "adapters/sqlite/sqlite_staff.hpp"

namespace alur::adapters {
namespace {

namespace fs = std::filesystem;
using ports::AuditRow;
using ports::StaffChange;

AuditKey a_key(unsigned char byte) {
  AuditKey key{};
  key.fill(byte);
  return key;
}

const AuditKey key = a_key(7);
const AuditKey other_key = a_key(8);

class DeskAudit : public testing::Test {
 protected:
  void note(std::size_t rows) {
    for (std::size_t i = 0; i < rows; ++i) {
      const std::uint64_t n = disk_->audit.size() + 1;
      const std::vector<StaffChange> group = {to_note({1'800'000'000'000 + std::int64_t(n)}, "ani",
                                                      Action::open, n, "row " + std::to_string(n))};
      ASSERT_TRUE(staff_.commit(group));
    }
  }
  AuditVerdict verify(const std::vector<AuditHead>& heads = {}, const AuditKey* with = &key) {
    const auto verdict = verify_audit(staff_, with, heads);
    EXPECT_TRUE(verdict);
    return *verdict;
  }
  // Binds all rows anew from this one on, as somebody would who has the file.
  void bind_anew(std::size_t from, const AuditKey& with) {
    std::vector<AuditRow>& rows = disk_->audit;
    for (std::size_t i = from; i < rows.size(); ++i) {
      rows[i].count = i + 1;
      seal_with(with)(i > 0 ? rows[i - 1].hash : std::string(), rows[i]);
    }
  }

  std::shared_ptr<MemoryStaffDisk> disk_ = std::make_shared<MemoryStaffDisk>();
  MemoryStaff staff_{seal_with(key), disk_};
};

TEST_F(DeskAudit, IsWholeAsItWasWritten) {
  EXPECT_TRUE(verify().whole());
  note(2'500);
  const AuditVerdict verdict = verify();
  EXPECT_TRUE(verdict.whole()) << verdict.why;
  EXPECT_EQ(verdict.rows, 2'500u);
  EXPECT_TRUE(verify({}, nullptr).whole());
}

TEST_F(DeskAudit, EveryByteOfEveryFieldCounts) {
  note(5);
  const std::vector<AuditRow> sound = disk_->audit;
  const auto expect_broken = [&](std::size_t row, const char* what) {
    const AuditVerdict verdict = verify();
    EXPECT_FALSE(verdict.whole()) << what << " of row " << row;
    EXPECT_LE(verdict.broken_at, row + 2) << what;
    EXPECT_GE(verdict.broken_at, 1u) << what;
    disk_->audit = sound;
  };
  for (std::size_t row = 0; row < sound.size(); ++row) {
    for (int bit = 0; bit < 64; ++bit) {
      disk_->audit[row].at.milliseconds ^= std::int64_t{1} << (bit % 63);
      expect_broken(row, "at");
      disk_->audit[row].citizen ^= std::uint64_t{1} << bit;
      expect_broken(row, "citizen");
      disk_->audit[row].count ^= std::uint64_t{1} << bit;
      expect_broken(row, "count");
    }
    using Field = std::string AuditRow::*;
    for (const Field field :
         {&AuditRow::by, &AuditRow::did, &AuditRow::detail, &AuditRow::hash, &AuditRow::seal}) {
      for (std::size_t at = 0; at < (sound[row].*field).size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
          char& c = (disk_->audit[row].*field)[at];
          c = static_cast<char>(c ^ (1 << bit));
          expect_broken(row, "a byte");
        }
      }
      (disk_->audit[row].*field).pop_back();
      expect_broken(row, "one byte less");
      disk_->audit[row].*field += '\0';
      expect_broken(row, "one byte more");
    }
  }
}

TEST_F(DeskAudit, WhatMovesFromOneFieldToTheNextCounts) {
  note(2);
  disk_->audit[1].by = "an";
  disk_->audit[1].did = "iopen";
  EXPECT_FALSE(verify().whole());
}

TEST_F(DeskAudit, RowsTakenOutPutInOrSwappedAreFound) {
  note(6);
  const std::vector<AuditRow> sound = disk_->audit;
  auto& rows = disk_->audit;
  for (std::size_t i = 0; i + 1 < sound.size(); ++i) {
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(verify().whole()) << i;
    for (std::size_t n = 0; n < rows.size(); ++n) rows[n].count = n + 1;
    EXPECT_FALSE(verify().whole()) << i;
    rows = sound;
    std::swap(rows[i], rows[i + 1]);
    EXPECT_FALSE(verify().whole()) << i;
    std::swap(rows[i].count, rows[i + 1].count);
    EXPECT_FALSE(verify().whole()) << i;
    rows = sound;
    rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(i), rows[i]);
    EXPECT_FALSE(verify().whole()) << i;
    rows = sound;
  }
}

TEST_F(DeskAudit, WithoutTheKeyItCannotBeBoundAnew) {
  note(6);
  disk_->audit[2].by = "budi";
  bind_anew(2, other_key);
  // The hashes agree with one another; it is the key that tells.
  EXPECT_TRUE(verify({}, nullptr).whole());
  const AuditVerdict verdict = verify();
  EXPECT_EQ(verdict.broken_at, 3u);
  EXPECT_EQ(verdict.why, "row 3 was written by somebody who does not have the key");
}

TEST_F(DeskAudit, ANotedHeadTellsWhatWasCutOff) {
  note(6);
  const AuditHead early{3, disk_->audit[2].hash};
  const AuditHead late = *read_audit_head(staff_);
  EXPECT_EQ(late.count, 6u);
  EXPECT_TRUE(verify({early, late, {0, ""}}).whole());
  disk_->audit.resize(5);
  EXPECT_TRUE(verify().whole());  // by itself it cannot tell
  EXPECT_TRUE(verify({early}).whole());
  EXPECT_EQ(verify({late}).why, "row 6, which was there once, is missing");
  note(1);
  disk_->audit[5].detail = "row 6, but another";
  bind_anew(5, key);
  EXPECT_EQ(verify({late}).why, "row 6 is another one than it was once");
}

TEST_F(DeskAudit, ANotedHeadTellsWhatWasMadeAnewWithTheKey) {
  note(6);
  const AuditHead head = *read_audit_head(staff_);
  disk_->audit[1].by = "budi";
  bind_anew(1, key);
  EXPECT_TRUE(verify().whole());
  EXPECT_FALSE(verify({head}).whole());
}

TEST_F(DeskAudit, AWatchReadsOnlyWhatHasCome) {
  note(10);
  AuditWatch watch(&key);
  EXPECT_EQ(watch.go_on(staff_, 4)->rows, 4u);
  EXPECT_FALSE(watch.at_end());
  EXPECT_EQ(watch.go_on(staff_)->rows, 10u);
  EXPECT_TRUE(watch.at_end());
  note(5);
  EXPECT_EQ(watch.go_on(staff_)->rows, 15u);
  note(2);
  disk_->audit[15].by = "budi";
  EXPECT_EQ(watch.go_on(staff_)->broken_at, 16u);
  disk_->audit.resize(15);
  EXPECT_FALSE(watch.go_on(staff_)->whole());
}

TEST_F(DeskAudit, HeadsAreReadAsTheyAreWritten) {
  EXPECT_EQ(to_text(AuditHead()), "0:");
  EXPECT_EQ(to_audit_head("0:"), AuditHead());
  note(3);
  const AuditHead head = *read_audit_head(staff_);
  EXPECT_EQ(to_audit_head(to_text(head)), head);
  const std::string text = to_text(head);
  for (const std::string& wrong :
       {std::string(), std::string(":"), std::string("3"), std::string("3:"), text.substr(1),
        "x" + text, text + "0", text.substr(0, text.size() - 1), "-" + text,
        "99999999999999999999" + text.substr(1), "0" + text.substr(1), "3:" + std::string(64, 'g'),
        "3:" + std::string(64, 'A')}) {
    EXPECT_FALSE(to_audit_head(wrong)) << wrong;
  }
}

TEST_F(DeskAudit, AnyTextReadAsAHeadIsOne) {
  EXPECT_TRUE(rc::check([](const std::string& text) {
    const auto head = to_audit_head(text);
    if (head) RC_ASSERT(to_audit_head(to_text(*head)) == head);
  }));
}

TEST_F(DeskAudit, RowsAreCutAndPlain) {
  const AuditRow row =
      to_note({1}, std::string(100, 'x'), Action::open, 1, "a\nb\x7f" + std::string(600, 'y')).row;
  EXPECT_EQ(row.by.size(), audit_by_bytes_max);
  EXPECT_EQ(row.detail.substr(0, 5), "a?b?y");
  EXPECT_EQ(row.detail.size(), audit_detail_bytes_max);
  EXPECT_EQ(to_note({1}, "\xc3\xa1\xff\xc3", Action::open).row.by, "\xc3\xa1??");
  std::string accents;
  for (int i = 0; i < 300; ++i) accents += "\xe2\x82\xac";
  EXPECT_EQ(to_note({1}, "", Action::open, 0, accents).row.detail.size(), 498u);
}

// --- the file

class AuditFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "audit_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    path_ = (root_ / "staff").string();
    std::string error;
    const auto staff = SqliteStaff::open({path_, "", false}, seal_with(key), error);
    ASSERT_TRUE(staff) << error;
    std::vector<StaffChange> group;
    for (std::uint64_t n = 1; n <= 40; ++n) {
      group.emplace_back(to_note({std::int64_t(n)}, n % 2 ? "ani" : "budi", Action::open, n,
                                 "a detail that takes a little room, of row " + std::to_string(n)));
    }
    ASSERT_TRUE(staff->commit(group));
    head_ = *read_audit_head(*staff);
    rows_ = *staff->audit_from(0, 1'000);
  }
  void TearDown() override { fs::remove_all(root_); }

  fs::path root_;
  std::string path_;
  AuditHead head_;
  std::vector<AuditRow> rows_;
};

std::string read_all(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// A byte of the file may be of a free piece of a page, or of an account. But whatever is read as
// the audit then is what was written, or is found not to be.
TEST_F(AuditFile, NoByteOfTheFileChangesTheAuditUnnoticed) {
  const std::string sound = read_all(path_);
  ASSERT_GT(sound.size(), 4'096u);
  std::size_t found = 0;
  std::size_t unread = 0;
  for (std::size_t at = 0; at < sound.size(); at += 61) {
    std::string changed = sound;
    changed[at] = static_cast<char>(changed[at] ^ 0x41);
    std::ofstream(path_, std::ios::binary) << changed;
    std::string error;
    const auto staff = SqliteStaff::open({path_, "", true}, seal_with(key), error);
    const auto verdict = staff ? verify_audit(*staff, &key, {head_})
                               : ports::StaffResult<AuditVerdict>(ports::StaffFault::unreadable);
    if (!verdict) {
      ++unread;
      continue;
    }
    if (!verdict->whole()) {
      ++found;
      continue;
    }
    const auto rows = staff->audit_from(0, 1'000);
    EXPECT_TRUE(rows && *rows == rows_) << "byte " << at;
  }
  EXPECT_GT(found, 50u);
  EXPECT_GT(unread, 1u);
}

TEST_F(AuditFile, WhatIsCutOffTheTableIsFoundByItsHead) {
  sqlite3* file = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &file), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(file, "DROP TRIGGER audit_is_kept; DELETE FROM audit WHERE count>35",
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(file);
  std::string error;
  const auto staff = SqliteStaff::open({path_, "", true}, seal_with(key), error);
  ASSERT_TRUE(staff) << error;
  EXPECT_TRUE(verify_audit(*staff, &key)->whole());
  EXPECT_EQ(verify_audit(*staff, &key, {head_})->why, "row 40, which was there once, is missing");
}

}  // namespace
}  // namespace alur::adapters

// What goes and what stays: a store with a session, an open call and a ticket that name files, and
// a file that nobody names.
#include "adapters/files/file_sweep.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>

#include "adapters/memory/memory_store.hpp"
#include "tests/adapters/files/sample_files.hpp"

namespace alur::tests {
namespace {

using namespace adapters;

constexpr std::int64_t hour = 3'600'000;
constexpr std::int64_t day = 24 * hour;

class Sweeps : public testing::Test {
 protected:
  Sweeps() {
    for (const char* upload : {"session", "call", "ticket", "orphan"}) {
      kept_[upload] = bring(*files_, "webchat:siti", upload, jpeg_of(upload))->reference;
    }
    say(1, "before " + kept_["session"] + " after", "");
    say(2, "", kept_["call"]);
    record(1, "photo " + kept_["ticket"]);
  }

  void commit(ports::Change change) { ASSERT_TRUE(store_.commit(std::span(&change, 1))); }
  // A citizen's session, and the call that it waits for.
  void say(ports::CitizenKey citizen, std::string body, std::string call) {
    ports::TurnChange change;
    change.session.citizen = citizen;
    change.session.address = "webchat:" + std::to_string(citizen);
    change.session.body = std::move(body);
    change.session.due = ports::due_never;
    change.call = call.empty() ? ports::TurnChange::Call::cleared : ports::TurnChange::Call::set;
    change.call_body = std::move(call);
    commit(change);
  }
  void record(std::uint64_t count, std::string body) {
    const std::string number = "T-" + std::to_string(count);
    commit(ports::TicketChange{{count, number, number, "k" + number, 1, 1, std::move(body)}});
  }
  bool is_there(const std::string& upload) {
    const std::string id(ports::parse_reference(kept_[upload])->id);
    for (const std::string& name : folder_.names()) {
      if (name.starts_with(id)) return true;
    }
    return false;
  }
  // Until it rests; how many files went.
  std::size_t sweep(std::int64_t now) {
    const auto reader = store_.reader();
    std::size_t went = 0;
    for (int step = 0; step < 50; ++step) {
      const auto done = sweep_->step(**reader, {now}, 1);
      EXPECT_TRUE(done);
      went += done ? *done : 0;
    }
    return went;
  }
  void restart() {
    files_ = folder_.open();
    sweep_ = std::make_unique<FileSweep>(*files_);
  }

  FileFolder folder_;
  std::shared_ptr<MemoryDisk> disk_ = std::make_shared<MemoryDisk>();
  MemoryStore store_{disk_};
  std::unique_ptr<FolderFiles> files_ = folder_.open();
  std::unique_ptr<FileSweep> sweep_ = std::make_unique<FileSweep>(*files_);
  std::map<std::string, std::string> kept_;
};

TEST_F(Sweeps, RemoveWhatNobodyNamesAfterADay) {
  EXPECT_EQ(sweep(file_test_now + day - hour), 0u);
  EXPECT_EQ(folder_.names().size(), 4u);
  EXPECT_EQ(sweep(file_test_now + day + hour), 1u);
  EXPECT_FALSE(is_there("orphan"));
  EXPECT_EQ(folder_.names().size(), 3u);
  EXPECT_FALSE(files_->find("webchat:siti", "orphan", {file_test_now + day}));
  EXPECT_EQ(files_->count().files, 3u);
  EXPECT_EQ(sweep(file_test_now + 100 * day), 0u);
}

TEST_F(Sweeps, LetFilesGoWithTheirSession) {
  say(1, "it forgot", "");
  say(2, "answered", "");
  EXPECT_EQ(sweep(file_test_now + 2 * day), 3u);
  EXPECT_TRUE(is_there("ticket"));
  restart();
  EXPECT_EQ(sweep(file_test_now + 100 * day), 0u);
  EXPECT_TRUE(is_there("ticket"));
}

// What a message has just come to name is not in the store yet.
TEST_F(Sweeps, LeaveWhatWasJustNeeded) {
  EXPECT_TRUE(files_->find("webchat:siti", "orphan", {file_test_now + day}));
  EXPECT_EQ(sweep(file_test_now + 2 * day - hour), 0u);
  EXPECT_TRUE(files_->hold(kept_["orphan"], {file_test_now + 2 * day - hour}));
  EXPECT_EQ(sweep(file_test_now + 2 * day + hour), 0u);
  EXPECT_EQ(sweep(file_test_now + 4 * day), 1u);
}

// The transcript names what was sent, by either side, for as long as the desk has the conversation.
TEST_F(Sweeps, LeaveWhatBelongsToWhomPeopleServe) {
  ASSERT_TRUE(bring(*files_, "webchat:budi", "photo", jpeg_of("budi's")));
  ASSERT_TRUE(bring(*files_, "desk:7", "letter", jpeg_of("an agent's")));
  std::vector<std::string> served = {"webchat:budi", "desk:7"};
  restart();
  sweep_ = std::make_unique<FileSweep>(*files_, [&] { return served; });
  EXPECT_EQ(sweep(file_test_now + 2 * day), 1u);  // the orphan
  EXPECT_EQ(sweep(file_test_now + 40 * day), 0u);
  EXPECT_TRUE(files_->find("webchat:budi", "photo", {file_test_now}));
  EXPECT_TRUE(files_->find("desk:7", "letter", {file_test_now}));
  served = {"webchat:budi"};
  EXPECT_EQ(sweep(file_test_now + 50 * day), 1u);
  EXPECT_FALSE(files_->find("desk:7", "letter", {file_test_now}));
  served.clear();
  EXPECT_EQ(sweep(file_test_now + 60 * day), 1u);
  EXPECT_EQ(folder_.names().size(), 3u);
}

// Within a pass a file moves from a session that is read later into a ticket that was read before.
TEST_F(Sweeps, LoseNothingThatMovesMeanwhile) {
  const std::int64_t now = file_test_now + 2 * day;
  const auto reader = store_.reader();
  for (int n = 1; n < 20; ++n) {
    restart();
    for (int step = 0; step < n; ++step) ASSERT_TRUE(sweep_->step(**reader, {now}, 1));
    if (!is_there("session")) break;
    ASSERT_TRUE(files_->hold(kept_["session"], {now})) << "as whoever opens the ticket does";
    record(static_cast<std::uint64_t>(n) + 1, kept_["session"]);
    say(1, "it ended", "");
    for (int step = 0; step < 50; ++step) ASSERT_TRUE(sweep_->step(**reader, {now}, 1));
    EXPECT_TRUE(is_there("session")) << n;
    say(1, kept_["session"], "");
  }
  EXPECT_TRUE(is_there("session"));
}

// The program ends before the n-th file goes: those that are named are there, the others go later.
TEST_F(Sweeps, EndedOnTheWayGoOnAfterTheNextStart) {
  constexpr int ended = 9;
  for (const char* upload : {"orphan-2", "orphan-3"}) {
    ASSERT_TRUE(bring(*files_, "webchat:siti", upload, jpeg_of(upload)));
  }
  const std::int64_t now = file_test_now + 2 * day;
  for (int n = 1; n <= 3; ++n) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      int left = n == 1 ? 1 : 2;  // one goes each time
      files_ = folder_.open({}, [&left] {
        if (--left == 0) _exit(ended);
      });
      sweep_ = std::make_unique<FileSweep>(*files_);
      sweep(now);
      _exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_EQ(WEXITSTATUS(status), ended) << n;
    EXPECT_EQ(folder_.names().size(), 6u - static_cast<std::size_t>(n - 1)) << n;
    for (const char* named : {"session", "call", "ticket"}) EXPECT_TRUE(is_there(named)) << n;
  }
  restart();
  EXPECT_EQ(sweep(now), 1u);
  for (const char* named : {"session", "call", "ticket"}) EXPECT_TRUE(is_there(named));
}

TEST_F(Sweeps, RemoveNothingWhileTheStoreCannotBeRead) {
  const auto reader = store_.reader();
  std::int64_t now = file_test_now + 2 * day;
  for (int step = 0; step < 20; ++step) {
    disk_->fail_at = 1;
    static_cast<void>(sweep_->step(**reader, {now += FileSweep::pause_ms}, 1));
  }
  EXPECT_EQ(folder_.names().size(), 4u);
  disk_->fail_at = 0;
  EXPECT_EQ(sweep(now + FileSweep::pause_ms), 1u);
}

}  // namespace
}  // namespace alur::tests

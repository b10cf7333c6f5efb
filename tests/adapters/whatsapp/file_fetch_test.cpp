// FileFetch alone: what it does about a host that gives something else, or nothing, and what it
// leaves when it ends on the way.
#include "adapters/whatsapp/file_fetch.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>

#include "adapters/files/digest.hpp"
#include "adapters/memory/memory_store.hpp"
#include "tests/adapters/files/sample_files.hpp"
#include "tests/patience.hpp"

namespace alur::tests {
namespace {

using namespace adapters;
using ports::Fault;

class SetClock : public ports::Clock {
 public:
  value::Instant now() const override { return {ms_}; }
  void pass(std::int64_t ms) { ms_ += ms; }

 private:
  std::atomic<std::int64_t> ms_{file_test_now};
};

std::string digest_of(const std::string& content) {
  Digest digest;
  digest.take(content);
  return digest.finish();
}

class Fetching : public testing::Test {
 protected:
  void SetUp() override { start(); }
  void TearDown() override { fetch_.reset(); }

  // Again, as after a crash.
  void start() {
    fetch_.reset();
    files_ = folder_.open();
    FileFetchParts parts;
    std::string error;
    parts.files = files_.get();
    parts.clock = &clock_;
    parts.slips = FileSlips::open(folder_.path(), error);
    ASSERT_EQ(error, "");
    parts.reader = std::move(*store_.reader());
    parts.download = [this](const std::string&, const std::string&, const MediaLimits&,
                            const Sink& sink,
                            const std::function<void(ports::Result<MediaFacts>)>& done) {
      ++asked_;
      const std::lock_guard lock(mutex_);
      if (given_.empty()) return done(Fault::refused);
      sink(given_) ? done(MediaFacts{"image/jpeg", given_.size(), digest_of(given_)})
                   : done(Fault::refused);
    };
    parts.day_of = [](value::Instant) { return 20'601; };
    parts.tell = [this](const std::string&) { ++told_; };
    fetch_ = std::make_unique<FileFetch>(std::move(parts));
    fetch_->start([this](ports::Change change) { return commit(std::move(change)); });
  }
  ports::Result<void> commit(ports::Change change) {
    const std::lock_guard lock(mutex_);
    return store_.commit(std::span(&change, 1));
  }
  void give(const std::string& content) {
    const std::lock_guard lock(mutex_);
    given_ = content;
  }

  // Its reference.
  std::string expect(const std::string& content) {
    auto files = std::make_shared<std::vector<SentFile>>();
    files->push_back({"157", "1003", digest_of(content), "whatsapp:157/siti", "foto.jpg", ""});
    std::atomic<int> told = 0;
    fetch_->expect(files, [&](bool good) { told = good ? 1 : 2; });
    EXPECT_TRUE(comes([&] { return told != 0; }));
    EXPECT_EQ(told, 1);
    return files->front().reference;
  }
  void open_ticket(const std::string& reference) {
    ports::TicketRow row;
    row.count = 1;
    row.number = row.name = "T-2026-0001";
    row.call = "a call";
    row.body = "photo " + reference;
    ASSERT_TRUE(commit(ports::TicketChange{row}));
  }
  std::vector<std::string> notes() {
    std::vector<std::string> all;
    const auto notes = (*store_.reader())->ticket_notes(1);
    for (const ports::TicketNote& note : *notes) all.push_back(note.by + ": " + note.text);
    return all;
  }
  std::vector<FileSlip> slips() {
    std::string error;
    return FileSlips::open(folder_.path(), error)->all();
  }

  FileFolder folder_;
  SetClock clock_;
  MemoryStore store_;
  std::unique_ptr<FolderFiles> files_;
  std::mutex mutex_;
  std::string given_;  // empty: Meta refuses
  std::atomic<int> asked_ = 0;
  std::atomic<int> told_ = 0;  // lines for operators
  std::unique_ptr<FileFetch> fetch_;
};

// A token that expired looks the same as a file that is gone: only time tells.
TEST_F(Fetching, ARefusalIsNotTheEnd) {
  const std::string reference = expect(jpeg_of());
  ASSERT_TRUE(comes([&] { return told_ == 1; }));  // that it is tried again
  give(jpeg_of());
  clock_.pass(3'600'000);
  ASSERT_TRUE(comes([&] { return slips().empty(); }));
  EXPECT_EQ(asked_, 2);
  EXPECT_TRUE(files_->hold(reference, clock_.now()));
  EXPECT_EQ(expect(jpeg_of()), reference);  // the webhook comes again
  EXPECT_TRUE(slips().empty());
}

TEST_F(Fetching, AnotherContentIsNotKeptAndNotedOnceAfterSevenDays) {
  give(jpeg_of("another"));
  const std::string reference = expect(jpeg_of());
  ASSERT_TRUE(comes([&] { return asked_ == 1; }));
  clock_.pass(FileFetch::at_meta_ms + 1);
  ASSERT_TRUE(comes([&] { return slips().size() == 1 && !slips()[0].fault.empty(); }));
  EXPECT_TRUE(files_->hold(reference, clock_.now()));  // a ticket may name it still
  const FileSlip failed = slips()[0];
  open_ticket(reference);
  ASSERT_TRUE(comes([&] { return slips().empty(); }));
  const std::vector<std::string> once = {
      "alur: foto.jpg, sent on WhatsApp, is not kept: it could not be fetched for seven days: its "
      "content is not what the message said"};
  EXPECT_EQ(notes(), once);
  EXPECT_EQ(files_->count().files, 0u);
  // It ended between the note and the slip's going.
  fetch_.reset();
  std::string error;
  ASSERT_TRUE(FileSlips::open(folder_.path(), error)->keep(failed));
  start();
  ASSERT_TRUE(comes([&] { return slips().empty(); }));
  EXPECT_EQ(notes(), once);
}

TEST_F(Fetching, WhatNoTicketNamesIsForgottenAfterThirtyDays) {
  give("no picture at all, whatever it is called");
  const std::string reference = expect("no picture at all, whatever it is called");
  ASSERT_TRUE(comes([&] { return slips().size() == 1 && !slips()[0].fault.empty(); }));
  EXPECT_EQ(slips()[0].fault, "its content is of no type that is taken");
  start();
  EXPECT_TRUE(files_->hold(reference, clock_.now()));
  clock_.pass(FileFetch::noted_ms + 1);
  EXPECT_TRUE(comes([&] { return slips().empty(); }));
  EXPECT_EQ(asked_, 1);
}

}  // namespace
}  // namespace alur::tests

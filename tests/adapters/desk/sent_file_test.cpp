// What agents send: a file goes to the one citizen whose conversation it was brought for, by
// whoever owns it, and nothing else can be said under its name.
#include <gtest/gtest.h>

#include "tests/adapters/desk/running_desk.hpp"
#include "tests/adapters/files/sample_files.hpp"

namespace alur::tests {
namespace {

using ports::Role;

adapters::DeskSettings settings() {
  adapters::DeskSettings out;
  out.file_channels = {{"webchat", {"image/jpeg", "application/pdf"}}};
  return out;
}

class SentFile : public testing::Test {
 protected:
  explicit SentFile(adapters::DeskSettings how = settings())
      : desk_(std::move(how), files_.get()), who_(desk_.enter("ani", Role::agent)) {
    EXPECT_EQ(ani_.open(), 101);
    EXPECT_EQ(ani_.wants({{"do", "presence"}, {"presence", "online"}}), "done");
    take("budi");
  }

  void take(const std::string& who) {
    desk_.hand_over(who);
    ASSERT_TRUE(ani_.takes(desk_.citizen(who)));
  }
  HttpSaid bring(const std::string& content, const adapters::Entered& by,
                 const std::string& who = "budi", const std::string& name = "peta.jpg") {
    return desk_.ask("POST", "/api/files/" + desk_.citizen(who), by.secret, by.page_token, content,
                     {"Content-Type: application/octet-stream", "X-Alur-Name: " + name});
  }
  json::object say(const std::string& file, const std::string& key, const std::string& text = "",
                   const std::string& who = "budi") {
    json::object wish = ani_.on(desk_.citizen(who), "say");
    wish["key"] = key;
    wish["file"] = file;
    if (!text.empty()) wish["text"] = text;
    return ani_.want(std::move(wish));
  }

  FileFolder folder_;
  std::unique_ptr<adapters::FolderFiles> files_ = [this] {
    adapters::FileBounds bounds;
    bounds.image_bytes_max = 100'000;
    return folder_.open(bounds);
  }();
  RunningDesk desk_;
  adapters::Entered who_;
  DeskPage ani_{desk_.port(), who_.secret};
};

TEST_F(SentFile, IsBroughtSaidAndSeen) {
  const struct {
    std::string content;
    std::string name;
    std::string shown_name;
    machine::Shown::Kind kind;
  } cases[] = {
      {jpeg_of(), "..%2Fpeta%E2%80%AE%20baru.jpg", "peta baru.jpg", machine::Shown::Kind::image},
      {pdf_of(), "surat.pdf", "surat.pdf", machine::Shown::Kind::document}};
  for (const auto& one : cases) {
    const HttpSaid brought = bring(one.content, who_, "budi", one.name);
    ASSERT_EQ(brought.status, 200) << brought.body;
    const std::string file = text_in(brought.object(), "file");
    EXPECT_EQ(file.find("alur-file"), file.npos) << "nobody outside is told the reference";
    const json::object said = say(file, one.name, "lihat " + one.shown_name);
    ASSERT_EQ(text_in(said, "is"), "done") << json::serialize(said);
    const json::object& line = said.at("line").as_object();
    EXPECT_EQ(text_in(line.at("file").as_object(), "name"), one.shown_name);
    EXPECT_EQ(desk_.ask("GET", text_in(line.at("file").as_object(), "href"), who_.secret).body,
              one.content);
    ASSERT_TRUE(desk_.letters.brings("budi", "lihat " + one.shown_name));
    const machine::Shown shown = desk_.letters.last("budi");
    EXPECT_EQ(shown.kind, one.kind);
    EXPECT_EQ(shown.label, one.shown_name);
    EXPECT_EQ(files_->read(shown.url), one.content);
    // Said again under its key it goes once.
    EXPECT_EQ(text_in(say(file, one.name, "lihat " + one.shown_name), "is"), "done");
    EXPECT_EQ(desk_.letters.count("budi", "lihat " + one.shown_name), 1);
  }
  const auto noted = desk_.staff().audit({});
  ASSERT_TRUE(noted);
  EXPECT_EQ(std::count_if(noted->begin(), noted->end(),
                          [](const auto& row) { return row.did == "send_file"; }),
            2);
}

TEST_F(SentFile, WhatIsNotTakenIsNotKept) {
  const struct {
    std::string content;
    int status;
    const char* word;
  } cases[] = {{"<svg xmlns='http://www.w3.org/2000/svg'>", 415, "not_taken"},
               {"<html><script>alert(1)</script></html>", 415, "not_taken"},
               {png_of(), 415, "not_taken"},  // not shown by this channel
               {jpeg_of(std::string(100'000, 'x')), 413, "too_large"}};
  for (const auto& one : cases) {
    const HttpSaid said = bring(one.content, who_);
    EXPECT_EQ(said.status, one.status) << said.body;
    EXPECT_EQ(text_in(said.object(), "error"), one.word);
  }
  // From the head alone: nothing of it is sent.
  const HttpSaid said =
      desk_.ask("POST", "/api/files/" + desk_.citizen("budi"), who_.secret, who_.page_token, "",
                {"Content-Type: image/jpeg", "Content-Length: 16777217"});
  EXPECT_EQ(said.body, R"({"error":"too_large"})");
  EXPECT_EQ(bring("", who_).status, 415);
  EXPECT_TRUE(folder_.names().empty());
}

TEST_F(SentFile, OnlyTheOwnerBringsOne) {
  const auto other = desk_.enter("siti", Role::agent);
  const auto boss = desk_.enter("sri", Role::supervisor);
  const auto clerk = desk_.enter("wati", Role::auditor);
  EXPECT_EQ(bring(jpeg_of(), other).body, R"({"error":"not_owner"})");
  EXPECT_EQ(bring(jpeg_of(), boss).body, R"({"error":"not_owner"})");
  EXPECT_EQ(bring(jpeg_of(), clerk).body, R"({"error":"not_allowed"})");
  EXPECT_EQ(bring(jpeg_of(), {}).status, 401);
  adapters::Entered forged = who_;
  forged.page_token = "x";
  EXPECT_EQ(bring(jpeg_of(), forged).body, R"({"error":"token"})");
  EXPECT_EQ(bring(jpeg_of(), who_, "nobody").body, R"({"error":"not_owner"})");
  EXPECT_TRUE(folder_.names().empty());
}

TEST_F(SentFile, OfOneConversationIsNoneOfAnother) {
  take("tuti");
  const std::string file = text_in(bring(jpeg_of(), who_).object(), "file");
  ASSERT_FALSE(file.empty());
  EXPECT_EQ(text_in(say(file, "k1", "", "tuti"), "why"), "unknown");
  EXPECT_EQ(text_in(say("x", "k2"), "why"), "unknown");
  EXPECT_EQ(text_in(say(std::string(43, 'A') + ":a.jpg", "k3"), "why"), "unknown");
  EXPECT_EQ(text_in(say(file, "k4", std::string(1'001, 'x')), "why"), "too_long");
  EXPECT_EQ(text_in(say(file, "k5"), "is"), "done");
}

// Bodies once had to be smaller than a MiB, which is Beast's own bound, and were no HTTP else.
TEST_F(SentFile, MayBeLarge) {
  const HttpSaid brought = bring(pdf_of(std::string(3 << 20, 'x')), who_, "budi", "a.pdf");
  ASSERT_EQ(brought.status, 200) << brought.body;
  EXPECT_EQ(text_in(say(text_in(brought.object(), "file"), "k1"), "is"), "done");
}

// Held in memory until it has been taken: a few who take nothing must not fill all of it.
class SlowlyFetched : public SentFile {
 protected:
  SlowlyFetched()
      : SentFile([] {
          adapters::DeskSettings how = settings();
          how.file_bytes_held_max = 20u << 20;
          return how;
        }()) {}
};

TEST_F(SlowlyFetched, FillNoMoreThanTheirRoom) {
  // Beyond what sockets hold for whoever reads nothing.
  const std::string content = pdf_of(std::string(9u << 20, 'x'));
  const HttpSaid brought = bring(content, who_, "budi", "a.pdf");
  ASSERT_EQ(brought.status, 200) << brought.body;
  const json::object said = say(text_in(brought.object(), "file"), "k1");
  ASSERT_EQ(text_in(said, "is"), "done");
  const std::string href = text_in(said.at("line").as_object().at("file").as_object(), "href");
  const std::string wire = "GET " + href +
                           " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(desk_.port()) +
                           "\r\nCookie: __Host-alur-desk=" + who_.secret + "\r\n\r\n";
  SocketLine first(desk_.port());
  SocketLine second(desk_.port());
  EXPECT_TRUE(first.ask(wire).starts_with("HTTP/1.1 200 "));
  EXPECT_TRUE(second.ask(wire).starts_with("HTTP/1.1 200 "));
  const HttpSaid third = desk_.ask("GET", href, who_.secret);
  EXPECT_EQ(third.status, 503);
  EXPECT_NE(third.header.find("\r\nRetry-After: 1\r\n"), std::string::npos) << third.header;
  EXPECT_EQ(desk_.ask("GET", "/api/me", who_.secret).status, 200);
  // One takes it at last: the door speaks to them again once all of it has been written.
  EXPECT_EQ(first.receive_bytes(content.size()), content);
  EXPECT_EQ(first
                .ask("GET /api/me HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(desk_.port()) +
                     "\r\n\r\n")
                .substr(9, 3),
            "401");
  EXPECT_EQ(desk_.ask("GET", href, who_.secret).status, 200);
}

class NoChannelForFiles : public SentFile {
 protected:
  NoChannelForFiles() : SentFile(adapters::DeskSettings{}) {}
};

TEST_F(NoChannelForFiles, IsRefusedBeforeAnythingIsPromised) {
  const HttpSaid said = bring(jpeg_of(), who_);
  EXPECT_EQ(said.status, 503);
  EXPECT_EQ(said.body, R"({"error":"unavailable"})");
  EXPECT_TRUE(folder_.names().empty());
}

}  // namespace
}  // namespace alur::tests

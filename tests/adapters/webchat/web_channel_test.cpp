// Who gets a message, and when it is the channel's.
#include "adapters/webchat/web_channel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "adapters/webchat/frames.hpp"

namespace alur::tests {
namespace {

using namespace adapters;
using Kind = ports::SendResult::Kind;

class Tab : public WebLine {
 public:
  void push(std::shared_ptr<const std::string> frame) override {
    const std::size_t at = frame->find("\"id\":\"") + 6;
    ids.push_back(std::stoull(frame->substr(at)));
  }
  void end(Visit::End) override { ended = true; }
  std::vector<std::uint64_t> ids;
  bool ended = false;
};

// Keeps every frame as it came.
class Reader : public WebLine {
 public:
  void push(std::shared_ptr<const std::string> frame) override { frames.push_back(*frame); }
  void end(Visit::End) override {}
  std::vector<std::string> frames;
};

using Ids = std::vector<std::uint64_t>;

class WebChannels : public testing::Test {
 protected:
  void send(std::uint64_t id, const std::string& address = "webchat:a") {
    ports::Outgoing message;
    message.id = id;
    message.address = address;
    message.shown.text = "hello";
    channel.send(message, [this, id](const ports::SendResult& result) {
      (result.kind == Kind::accepted ? accepted : dropped).push_back(id);
    });
  }
  std::shared_ptr<Tab> attach(std::uint64_t last, const std::string& address = "webchat:a") {
    auto tab = std::make_shared<Tab>();
    channel.attach(address, last, tab);
    return tab;
  }

  WebChannel channel{*program::find_channel("webchat")};
  Ids accepted;
  Ids dropped;
};

TEST_F(WebChannels, AMessageIsHeldUntilABrowserHasKeptIt) {
  send(1);
  send(2);
  EXPECT_EQ(accepted, Ids{});
  const auto tab = attach(0);
  EXPECT_EQ(tab->ids, (Ids{1, 2}));
  send(3);
  EXPECT_EQ(tab->ids, (Ids{1, 2, 3}));
  EXPECT_EQ(accepted, Ids{});
  channel.acknowledge("webchat:a", 2);
  EXPECT_EQ(accepted, (Ids{1, 2}));
  channel.acknowledge("webchat:a", 2);
  channel.acknowledge("webchat:a", 3);
  EXPECT_EQ(accepted, (Ids{1, 2, 3}));
}

// The acknowledgement was lost with the socket, or with the service: a hello brings it again.
TEST_F(WebChannels, AHelloSaysWhatWasKept) {
  send(1);
  send(2);
  send(3);
  attach(0);
  const auto again = attach(2);
  EXPECT_EQ(again->ids, Ids{3});
  EXPECT_EQ(accepted, (Ids{1, 2}));
}

TEST_F(WebChannels, EveryTabGetsItAndOneIsEnough) {
  const auto one = attach(0);
  const auto two = attach(0);
  const auto other = attach(0, "webchat:b");
  send(1);
  EXPECT_EQ(one->ids, Ids{1});
  EXPECT_EQ(two->ids, Ids{1});
  EXPECT_EQ(other->ids, Ids{});
  channel.acknowledge("webchat:b", 1);  // not theirs
  EXPECT_EQ(accepted, Ids{});
  channel.acknowledge("webchat:a", 1);
  EXPECT_EQ(accepted, Ids{1});
  EXPECT_EQ(attach(0)->ids, Ids{});
}

TEST_F(WebChannels, ATabThatIsGoneGetsNothing) {
  const auto gone = attach(0);
  auto vanished = attach(0);
  channel.detach("webchat:a", gone.get());
  vanished.reset();
  send(1);
  EXPECT_EQ(gone->ids, Ids{});
  EXPECT_EQ(attach(0)->ids, Ids{1});
}

TEST_F(WebChannels, TheOldestOfTooManyTabsGivesWay) {
  std::vector<std::shared_ptr<Tab>> tabs;
  for (std::size_t i = 0; i < WebChannel::lines_max; ++i) tabs.push_back(attach(0));
  for (const auto& tab : tabs) EXPECT_FALSE(tab->ended);
  const auto last = attach(0);
  EXPECT_TRUE(tabs[0]->ended);
  EXPECT_FALSE(tabs[1]->ended);
  send(1);
  EXPECT_EQ(tabs[0]->ids, Ids{});
  EXPECT_EQ(tabs[1]->ids, Ids{1});
  EXPECT_EQ(last->ids, Ids{1});
}

TEST_F(WebChannels, ClosedTabsFillNothingUp) {
  constexpr std::uint64_t most = WebChannel::held_for_absent_max;
  const auto here = attach(0, "webchat:here");
  send(1, "webchat:here");
  for (std::uint64_t id = 2; id < most + 5; ++id) send(id, "webchat:" + std::to_string(id / 2));
  channel.expire(1'000);
  EXPECT_THAT(dropped, testing::UnorderedElementsAre(2, 3, 4));  // the oldest of the absent
  channel.expire(2'000);
  EXPECT_EQ(dropped.size(), 3u);
  EXPECT_EQ(attach(0, "webchat:2")->ids, Ids{5});
}

TEST_F(WebChannels, WhatNobodyFetchesForADayIsDropped) {
  send(1);
  channel.expire(1'000);
  send(2);
  channel.expire(1'000 + WebChannel::kept_ms - 1);
  EXPECT_EQ(dropped, Ids{});
  channel.expire(1'000 + WebChannel::kept_ms);
  EXPECT_EQ(dropped, Ids{1});
  EXPECT_EQ(attach(0)->ids, Ids{2});
  EXPECT_EQ(accepted, Ids{});
}

// For the thread sanitizer, and for order: whatever happens at once, a tab is told each message
// once and in order, and each is the channel's once.
TEST_F(WebChannels, ManyAtOnceFromManyThreads) {
  constexpr std::uint64_t messages = 2'000;
  std::atomic<std::uint64_t> taken{0};
  std::atomic<bool> over{false};
  std::thread sender([&] {
    for (std::uint64_t id = 1; id <= messages; ++id) {
      ports::Outgoing message;
      message.id = id;
      message.address = "webchat:a";
      channel.send(message, [&](const ports::SendResult&) { ++taken; });
    }
    over = true;
  });
  std::thread reader([&] {
    std::uint64_t last = 0;
    while (!over || last < messages) {
      const auto tab = attach(last);
      channel.detach("webchat:a", tab.get());
      for (const std::uint64_t id : tab->ids) ASSERT_EQ(id, ++last);
      channel.expire(1);
    }
    channel.acknowledge("webchat:a", last);
  });
  sender.join();
  reader.join();
  EXPECT_EQ(taken, messages);
}

TEST(WebChannel, PreviewsAreToldTheLatestAndNobodyElseIs) {
  WebChannel channel(*program::find_channel("webchat"));
  const auto early = std::make_shared<Reader>();
  channel.show_preview(early);  // where none are offered
  channel.tell_previews("one");
  EXPECT_TRUE(early->frames.empty());
  const auto preview = std::make_shared<Reader>();
  channel.attach("webchat:a", 0, preview);
  channel.show_preview(preview);
  const auto citizen = std::make_shared<Reader>();
  channel.attach("webchat:b", 0, citizen);
  channel.tell_previews("two");
  EXPECT_EQ(preview->frames, (std::vector<std::string>{"one", "two"}));
  EXPECT_TRUE(citizen->frames.empty());
}

}  // namespace
}  // namespace alur::tests

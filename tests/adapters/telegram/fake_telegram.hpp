// FakeTelegram: a Bot API on loopback with one bot: it keeps updates until they are confirmed, and
// answers what is sent as a test says.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/adapters/whatsapp/fake_graph.hpp"

namespace alur::tests {

class FakeTelegram {
 public:
  static constexpr const char* token = "123456:ABC-DEF_ghijklmnopqrstuvwxyz012345";

  FakeTelegram() = default;

  std::string url() const { return http_.url(); }
  // An update without its id, as an object's members: "\"message\":{...}". Its id.
  std::int64_t tell(const std::string& members);
  // What is answered to this method from now on, but for getUpdates.
  void answer(const std::string& method, FakeGraph::Reply reply);
  // The bodies that came for a method.
  std::vector<std::string> asked(const std::string& method) const;
  // Once there are so many; fewer: no more came.
  std::vector<std::string> wait_for(const std::string& method, std::size_t count) const;
  bool wait_until_confirmed() const;
  int wrong_tokens() const { return wrong_tokens_; }

 private:
  FakeGraph::Reply serve(const FakeGraph::Request& request);
  FakeGraph::Reply fetch(const std::string& body);

  mutable std::mutex mutex_;
  std::int64_t next_ = 700'000'001;
  std::map<std::int64_t, std::string> updates_;  // not confirmed
  std::map<std::string, FakeGraph::Reply> answers_;
  std::vector<std::pair<std::string, std::string>> asked_;
  std::atomic<int> wrong_tokens_{0};
  FakeGraph http_{[this](const FakeGraph::Request& request) { return serve(request); }};
};

// {"ok":false,...} with this status, and members beside.
FakeGraph::Reply bot_error(int status, const std::string& more = "");

}  // namespace alur::tests

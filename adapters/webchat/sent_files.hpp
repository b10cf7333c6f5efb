// SentFiles: how a citizen's browser fetches what an agent has sent it: by a path that was signed
// for this citizen, and with the token of the same citizen. Nobody else is given anything. Internal
// to the folder.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <string_view>

#include "adapters/http/page_door.hpp"
#include "adapters/http/places.hpp"
#include "adapters/webchat/web_talk.hpp"

namespace alur::adapters {

inline constexpr std::string_view sent_files_path = "/files/";

class SentFiles {
 public:
  // At once; each is in memory until its browser has it.
  static constexpr std::size_t at_once_max = 32;
  static constexpr std::size_t of_citizen_max = 4;

  // What `parts` names must outlive it.
  explicit SentFiles(SocketParts parts) : parts_(parts) {}

  // 401 without a token of ours; 404 for a path that is not this citizen's, is too old, or whose
  // file is gone; 503 where too many are fetched.
  boost::asio::awaitable<DoorAnswer> fetch(UpgradeRequest request);
  // Nothing is being read when this returns.
  void finish() {
    finished_ = true;
    disk_.join();
  }

 private:
  struct Asked {
    int status = 200;
    std::string_view error = {};  // why not
    std::string citizen = {};
    std::string reference = {};
  };
  Asked read_head(const UpgradeRequest& request) const;

  SocketParts parts_;
  std::shared_ptr<Places> places_ = std::make_shared<Places>();
  boost::asio::thread_pool disk_{1};
  std::atomic<bool> finished_{false};
};

}  // namespace alur::adapters

// Uploads: how a citizen's file comes through the web chat's door, before the message that refers
// to it. What a request wants is decided from its head; its body goes to the disk piece by piece,
// on threads of their own. Internal to the folder.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "adapters/http/page_door.hpp"
#include "adapters/http/places.hpp"
#include "adapters/http/request_body.hpp"
#include "adapters/webchat/web_server.hpp"
#include "adapters/webchat/web_talk.hpp"

namespace alur::adapters {

inline constexpr std::string_view upload_path = "/uploads/";

class Uploads {
 public:
  // What `parts` names must outlive it.
  Uploads(SocketParts parts, UploadBounds bounds) : parts_(parts), bounds_(bounds) {}

  // `counted`: what its uploads are counted under, as counted_as() gives it. `buffer`: what of the
  // body came with the head; what came behind the body stays in it.
  // `Stream`: with TLS or without.
  template <class Stream>
  boost::asio::awaitable<DoorAnswer> take(Stream& stream, boost::beast::flat_buffer& buffer,
                                          const UpgradeRequest& request, std::string counted,
                                          const std::vector<std::string>& origins);
  // Nothing is being written when this returns, and nothing will be.
  void finish();

 private:
  struct Asked {
    int status = 200;
    std::string_view error = {};  // why not
    std::string citizen = {};     // an address, as the store has it
    std::string upload = {};
    std::uint64_t size_bytes = 0;
  };
  struct Held {
    Place all;
    Place address;
    Place citizen;
  };
  Asked read_head(const UpgradeRequest& request, const std::vector<std::string>& origins) const;
  bool hold(const std::string& counted, const std::string& citizen, Held& held) const;
  template <class Work>
  boost::asio::awaitable<std::invoke_result_t<Work>> on_disk(Work work);
  template <class Stream>
  boost::asio::awaitable<std::optional<ports::FileResult<ports::KeptFile>>> keep(
      RequestBody<Stream>& body, ports::FileIntake& intake);

  SocketParts parts_;
  UploadBounds bounds_;
  std::shared_ptr<Places> places_ = std::make_shared<Places>();
  boost::asio::thread_pool disk_{2};
  std::atomic<bool> finished_{false};
};

}  // namespace alur::adapters

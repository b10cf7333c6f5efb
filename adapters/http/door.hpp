// Door: one loop's acceptor and connections, and whose request is read next when there are more
// than can be answered soon. Internal to the folder.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <list>
#include <memory>
#include <vector>

namespace alur::adapters {

// So many requests of a loop are read and answered at once; who comes then is left unread. The one
// that came last is read next: those before have waited for long, and their senders may be gone.
inline constexpr std::size_t under_way_max = 128;
// A message that has waited for longer is refused once it is read: an answer that comes late is
// worth less than the next one in time.
inline constexpr auto fresh_time = std::chrono::milliseconds(200);
inline constexpr auto unread_time = std::chrono::seconds(10);  // then its connection is closed

struct Connection {
  boost::asio::ip::tcp::socket socket;
  std::chrono::steady_clock::time_point deadline{};
  // Beyond the deadline, where all has been taken that was answered; a reader that is slow gets no
  // more time by sitting still.
  std::chrono::steady_clock::time_point idles_until{};
  bool has_turn = false;  // it is among those that are under way
  // It fetches, or acknowledges: it is always read, or what was accepted would not be served.
  bool comes_first = false;
  bool is_late = false;  // its request has waited for longer than fresh_time
};

// A request that is there and not read yet.
struct Unread {
  explicit Unread(boost::asio::io_context& io) : timer(io, unread_time) {}
  boost::asio::steady_timer timer;
  std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
  bool is_next = false;
};

// One loop's door and connections; by its thread alone. What waits on the loop keeps it, so that it
// goes before its loop does.
struct Door : std::enable_shared_from_this<Door> {
  Door(boost::asio::io_context& loop, bool is_first)
      : io(loop), acceptor(loop), timer(loop), first(is_first) {}
  boost::asio::io_context& io;
  boost::asio::ip::tcp::acceptor acceptor;
  boost::asio::steady_timer timer;
  bool first;  // of the server's doors
  std::list<Connection> connections;
  std::size_t under_way = 0;
  std::vector<std::shared_ptr<Unread>> unread;  // the last that came at the end

  void begin_one(Connection& connection) {
    if (connection.has_turn) return;
    connection.has_turn = true;
    ++under_way;
  }
  void finish_one(Connection& connection) {
    if (!connection.has_turn) return;
    connection.has_turn = false;
    finish_one();
  }

 private:
  void finish_one() {
    --under_way;
    if (unread.empty() || under_way >= under_way_max) return;
    const auto one = std::move(unread.back());
    unread.pop_back();
    one->is_next = true;
    ++under_way;
    one->timer.cancel();
  }
};

}  // namespace alur::adapters

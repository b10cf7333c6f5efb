#include "adapters/http/closing.hpp"

#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <boost/asio/socket_base.hpp>

namespace alur::adapters {

using boost::asio::ip::tcp;

bool has_untaken(tcp::socket& socket) {
  int bytes = 0;
  return ioctl(socket.native_handle(), SIOCOUTQ, &bytes) == 0 && bytes > 0;
}

void cut_off(tcp::socket& socket) {
  boost::system::error_code ignored;
  socket.set_option(boost::asio::socket_base::linger(true, 0), ignored);
  socket.close(ignored);
}

void end_sending(tcp::socket& socket) {
  const unsigned milliseconds = 15'000;  // without progress; the kernel would try for many minutes
  setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds,
             sizeof milliseconds);
  boost::system::error_code ignored;
  socket.shutdown(tcp::socket::shutdown_send, ignored);
}

void turn_away(tcp::socket socket, std::string_view wire) {
  char unread[2'048];
  // Closed over bytes that were not read, the answer would be lost.
  recv(socket.native_handle(), unread, sizeof unread, MSG_DONTWAIT);
  send(socket.native_handle(), wire.data(), wire.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  end_sending(socket);
}

}  // namespace alur::adapters

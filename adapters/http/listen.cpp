#include "adapters/http/listen.hpp"

namespace alur::adapters {

namespace asio = boost::asio;
using asio::ip::tcp;

std::string listen_at(tcp::acceptor& acceptor, const std::string& address, std::uint16_t& port) {
  using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
  boost::system::error_code error;
  const auto place = asio::ip::make_address(address, error);
  if (error) return address + ": is no address";
  const tcp::endpoint endpoint(place, port);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.set_option(ReusePort(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return address + ":" + std::to_string(port) + ": " + error.message();
  port = acceptor.local_endpoint().port();
  return {};
}

}  // namespace alur::adapters

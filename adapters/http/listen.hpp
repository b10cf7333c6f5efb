// How every door of a service begins to listen. Internal to the folder and to what serves through
// it.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>

namespace alur::adapters {

// Listens at the address; `port`: 0 takes any that is free, and is then that one. The doors of
// several loops share it. Empty, or why it cannot.
std::string listen_at(boost::asio::ip::tcp::acceptor& acceptor, const std::string& address,
                      std::uint16_t& port);

}  // namespace alur::adapters

// How a connection is closed on who is too slow, or one too many.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <string_view>

namespace alur::adapters {

// Whether the other side has not taken all yet of what it was sent.
bool has_untaken(boost::asio::ip::tcp::socket& socket);

// Without the bytes that wait, which would keep the kernel busy for a reader that is dead.
void cut_off(boost::asio::ip::tcp::socket& socket);

// No more comes from us. What was answered may still be taken, for a while.
void end_sending(boost::asio::ip::tcp::socket& socket);

// Says `wire` to somebody who is not even read. Best effort: nobody waits for it to be taken.
void turn_away(boost::asio::ip::tcp::socket socket, std::string_view wire);

}  // namespace alur::adapters

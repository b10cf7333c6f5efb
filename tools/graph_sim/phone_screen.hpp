// How a phone shows a message, in a terminal.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace alur::graph_sim {

// A message's words, and its choices below them, numbered. Lines end with a newline.
std::string show(const boost::json::object& message);
// What can be tapped, in order.
std::vector<std::string> choices_of(const boost::json::object& message);

}  // namespace alur::graph_sim

// What the Cloud API takes as a message to a citizen, and with which error it refuses the rest.
// Limits are those of its pages of 2025-11; where its sources disagree, the stricter.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>

#include "tools/graph_sim/fault.hpp"

namespace alur::graph_sim {

// How many parameters the body of each template takes, by name.
using Templates = std::map<std::string, std::size_t, std::less<>>;

// Looks at the body of POST /{number}/messages that is no read mark.
Refusal refuse_message(const boost::json::object& body, const Templates& templates);

// US.13491208655302741918: two capitals, a dot, letters and digits.
bool is_user_id(std::string_view text);
// The digits of a number that may be written with + - ( ) and blanks; empty: it is none.
std::string digits_of(std::string_view number);

}  // namespace alur::graph_sim

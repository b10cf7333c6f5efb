// Texts out of JSON.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

namespace alur::graph_sim {

// Empty where it is not there, or no text.
inline std::string text_in(const boost::json::object& of, std::string_view name) {
  const boost::json::value* found = of.if_contains(name);
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

}  // namespace alur::graph_sim

// Texts out of JSON that somebody else has written.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <optional>
#include <string>

namespace alur::adapters {

// Nothing where it is not there, no text, or longer.
std::optional<std::string> text_of(const boost::json::object& object, const char* name,
                                   std::size_t bytes_max);

}  // namespace alur::adapters

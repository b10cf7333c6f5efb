// JSON that somebody else has written: each field may be missing, or of another kind.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace alur::adapters {

// Nothing for what is no JSON in UTF-8, or is nested deeper.
std::optional<boost::json::value> parse_json(std::string_view bytes, std::size_t depth_max);

// Null where it is not there or of another kind.
const boost::json::object* object_in(const boost::json::object& object, std::string_view name);
const boost::json::array* array_in(const boost::json::object& object, std::string_view name);
bool flag_in(const boost::json::object& object, std::string_view name);  // else false
// 0 where it is no whole number of 64 bits.
std::int64_t whole_in(const boost::json::object& object, std::string_view name);

// Nothing where it is not there, no text, or longer.
std::optional<std::string> text_of(const boost::json::object& object, const char* name,
                                   std::size_t bytes_max);

}  // namespace alur::adapters

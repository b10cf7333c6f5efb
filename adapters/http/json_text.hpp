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

#include "engine/value/value.hpp"

namespace alur::adapters {

// Nothing for what is no JSON in UTF-8, or is nested deeper.
std::optional<boost::json::value> parse_json(std::string_view bytes, std::size_t depth_max);

// Null where it is not there or of another kind.
const boost::json::object* object_in(const boost::json::object& object, std::string_view name);
const boost::json::array* array_in(const boost::json::object& object, std::string_view name);
bool flag_in(const boost::json::object& object, std::string_view name);  // else false
// 0 where it is no whole number of 64 bits.
std::int64_t whole_in(const boost::json::object& object, std::string_view name);

// A text of at most so many bytes, or a whole number as digits; else empty.
std::string words_in(const boost::json::object& object, std::string_view name,
                     std::size_t bytes_max = 512);
// The same of what may not be there itself: in null there is nothing.
inline const boost::json::object* object_in(const boost::json::object* object,
                                            std::string_view name) {
  return object ? object_in(*object, name) : nullptr;
}
inline const boost::json::array* array_in(const boost::json::object* object,
                                          std::string_view name) {
  return object ? array_in(*object, name) : nullptr;
}
inline bool flag_in(const boost::json::object* object, std::string_view name) {
  return object && flag_in(*object, name);
}
inline std::int64_t whole_in(const boost::json::object* object, std::string_view name) {
  return object ? whole_in(*object, name) : 0;
}
inline std::string words_in(const boost::json::object* object, std::string_view name,
                            std::size_t bytes_max = 512) {
  return object ? words_in(*object, name, bytes_max) : std::string();
}

// Where somebody is: "latitude" and "longitude", numbers or texts of them that are on the earth;
// else nothing.
std::optional<value::Media> place_in(const boost::json::object& object);

// Nothing where it is not there, no text, or longer.
std::optional<std::string> text_of(const boost::json::object& object, const char* name,
                                   std::size_t bytes_max);

}  // namespace alur::adapters

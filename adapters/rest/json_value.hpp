// Values as JSON and back, as services over HTTP speak: true, 12, "text", "2026-01-05", "14:30",
// "2026-01-05T07:30:00Z", "10m", a member by its name, records as objects, lists as arrays. A
// number that JSON's readers would round is a string.
#pragma once

#include <optional>
#include <string>

#include "engine/value/type.hpp"
#include "engine/value/value.hpp"

namespace boost::json {
class value;
}

namespace alur::adapters {

boost::json::value to_json(const value::Value& value, const value::Type& type);

// Nothing where it is no value of the type. Fields that the type does not have are left out; null
// is a value that is not there. Media are a URL, or an object with `source`.
std::optional<value::Value> from_json(const boost::json::value& json, const value::Type& type);

}  // namespace alur::adapters

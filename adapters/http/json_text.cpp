#include "adapters/http/json_text.hpp"

#include <boost/json/parse.hpp>

namespace alur::adapters {

namespace json = boost::json;

namespace {

// With as many digits as the places of the earth need.
std::optional<value::Decimal> degrees_in(const json::object& object, std::string_view name,
                                         int most) {
  const json::value* found = object.if_contains(name);
  if (!found) return std::nullopt;
  std::string words = words_in(object, name);
  if (const double* number = found->if_double()) {
    if (!(*number >= -most && *number <= most)) return std::nullopt;
    words = std::to_string(*number);
  }
  const auto degrees = value::Decimal::parse(words);
  if (!degrees || *degrees > value::Decimal::from_integer(most) ||
      *degrees < value::Decimal::from_integer(-most)) {
    return std::nullopt;
  }
  return degrees;
}

}  // namespace

std::optional<json::value> parse_json(std::string_view bytes, std::size_t depth_max) {
  json::parse_options options;
  options.max_depth = depth_max;
  boost::system::error_code error;
  json::value value = json::parse(bytes, error, {}, options);
  if (error) return std::nullopt;
  return value;
}

const json::object* object_in(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found ? found->if_object() : nullptr;
}

const json::array* array_in(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found ? found->if_array() : nullptr;
}

bool flag_in(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found && found->is_bool() && found->get_bool();
}

std::int64_t whole_in(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  const std::int64_t* number = found ? found->if_int64() : nullptr;
  return number ? *number : 0;
}

std::string words_in(const json::object& object, std::string_view name, std::size_t bytes_max) {
  const json::value* found = object.if_contains(name);
  if (!found) return {};
  if (const auto* number = found->if_int64()) return std::to_string(*number);
  if (const auto* number = found->if_uint64()) return std::to_string(*number);
  const json::string* text = found->if_string();
  if (!text || text->size() > bytes_max) return {};
  return {text->data(), text->size()};
}

std::optional<value::Media> place_in(const json::object& object) {
  const auto latitude = degrees_in(object, "latitude", 90);
  const auto longitude = degrees_in(object, "longitude", 180);
  if (!latitude || !longitude) return std::nullopt;
  value::Media place;
  place.kind = value::MediaKind::location;
  place.latitude = *latitude;
  place.longitude = *longitude;
  return place;
}

std::optional<std::string> text_of(const json::object& object, const char* name,
                                   std::size_t bytes_max) {
  const json::value* found = object.if_contains(name);
  if (!found || !found->is_string()) return std::nullopt;
  const json::string& text = found->get_string();
  if (text.size() > bytes_max) return std::nullopt;
  return std::string(text.data(), text.size());
}

}  // namespace alur::adapters

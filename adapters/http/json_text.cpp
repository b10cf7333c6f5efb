#include "adapters/http/json_text.hpp"

#include <boost/json/value.hpp>

namespace alur::adapters {

namespace json = boost::json;

std::optional<std::string> text_of(const json::object& object, const char* name,
                                   std::size_t bytes_max) {
  const json::value* found = object.if_contains(name);
  if (!found || !found->is_string()) return std::nullopt;
  const json::string& text = found->get_string();
  if (text.size() > bytes_max) return std::nullopt;
  return std::string(text.data(), text.size());
}

}  // namespace alur::adapters

#include "engine/ports/service.hpp"

namespace alur::ports {

const value::Value& Call::argument(std::string_view name) const {
  static const value::Value unset;
  for (const machine::NamedValue& given : arguments) {
    if (given.name == name) return given.value;
  }
  return unset;
}

}  // namespace alur::ports

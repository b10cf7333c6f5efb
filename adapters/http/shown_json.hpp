// A message as it is shown, in JSON: for every channel that speaks it.
#pragma once

#include "engine/machine/present.hpp"

namespace boost::json {
class object;
}

namespace alur::adapters {

// {"kind", "text", "choices": [{"tap", "label", "hint"}], "label", "url", "location"}; what the
// kind does not have is left out.
boost::json::object to_json(const machine::Shown& shown);

}  // namespace alur::adapters

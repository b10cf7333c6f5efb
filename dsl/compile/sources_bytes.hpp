// An app's files as one string of bytes: what Runtime::publish() takes and a store keeps.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/compile/compile.hpp"

namespace alur::dsl {

std::string encode_sources(const std::vector<AppFile>& files);
// Nothing for bytes that are none.
std::optional<std::vector<AppFile>> decode_sources(std::string_view bytes);

}  // namespace alur::dsl

// An app's files as one string of bytes, as the store keeps them, and how they are compiled.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/compile/compile.hpp"
#include "engine/runtime/runtime.hpp"

namespace alur::tools {

std::string encode_sources(const std::vector<dsl::AppFile>& files);
// Nothing for bytes that are none.
std::optional<std::vector<dsl::AppFile>> decode_sources(std::string_view bytes);

// Compiles what encode_sources() wrote. Keeps the forms of the app it compiled last, so that a
// changed flow costs one flow; proves what is to be published. From one thread at a time.
runtime::Compile make_compile();

}  // namespace alur::tools

// How an app's files are compiled for a runtime.
#pragma once

#include "engine/runtime/runtime.hpp"

namespace alur::tools {

// Compiles what dsl::encode_sources() wrote. Keeps the forms of the app it compiled last, so that a
// changed flow costs one flow; proves what is to be published. From one thread at a time.
runtime::Compile make_compile();

}  // namespace alur::tools

// The shape of app.yaml and of flows as a JSON Schema (draft 7), for editors that complete and
// underline while one types. Shapes only: every other mistake is `alur check`'s to find.
#pragma once

#include <string>

namespace alur::tools {

// One document for both kinds of file; the same text every time.
std::string json_schema();

}  // namespace alur::tools

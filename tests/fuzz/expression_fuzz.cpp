// Any bytes as a expression: read or refused with findings, without a fault.
#include <cstddef>
#include <cstdint>
#include <string>

#include "dsl/finding/render.hpp"
#include "dsl/grammar/grammar.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace alur::dsl;
  Sources sources;
  const FileId file = sources.add("expression", std::string(bytes, bytes + size));
  Findings findings;
  (void)parse_expression(Fragment(file, 0, sources.at(file).text()), findings);
  (void)render_text(sources, findings);
  return 0;
}

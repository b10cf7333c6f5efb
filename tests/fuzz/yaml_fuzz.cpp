// Any bytes as a flow's file: read, parsed and shown, without a fault.
#include <cstddef>
#include <cstdint>
#include <string>

#include "dsl/finding/render.hpp"
#include "dsl/parse/parse_app.hpp"
#include "dsl/parse/parse_flow.hpp"
#include "dsl/yaml/read_yaml.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace alur::dsl;
  Sources sources;
  const FileId file = sources.add("greeting.flow.yaml", std::string(bytes, bytes + size));
  Findings findings;
  const Document document = read_yaml(sources.at(file), file, findings);
  (void)parse_flow(document, "greeting.flow.yaml", findings);
  (void)parse_app(document, findings);
  (void)render_text(sources, findings);
  return 0;
}

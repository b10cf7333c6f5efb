// Any bytes as a .chat file: read or refused with findings, without a fault.
#include <cstddef>
#include <cstdint>
#include <string>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/finding/render.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace alur::dsl;
  Sources sources;
  const FileId file = sources.add("a.chat", std::string(bytes, bytes + size));
  Findings findings;
  (void)parse_chat(sources, file, findings);
  (void)render_text(sources, findings);
  return 0;
}

#include "dsl/compile/sources_bytes.hpp"

#include <utility>

#include "engine/value/value_bytes.hpp"

namespace alur::dsl {

std::string encode_sources(const std::vector<AppFile>& files) {
  std::string out;
  value::ByteWriter writer(out);
  writer.varint(files.size());
  for (const AppFile& file : files) {
    writer.text(file.path);
    writer.text(file.shown_path);
    writer.text(file.text);
  }
  return out;
}

std::optional<std::vector<AppFile>> decode_sources(std::string_view bytes) {
  value::ByteReader reader(bytes);
  std::vector<AppFile> files;
  const std::size_t count = reader.count(3);
  for (std::size_t i = 0; i < count && reader.ok(); ++i) {
    AppFile file;
    file.path = reader.text();
    file.shown_path = reader.text();
    file.text = reader.text();
    files.push_back(std::move(file));
  }
  if (!reader.finished() || files.empty()) return std::nullopt;
  return files;
}

}  // namespace alur::dsl

#include "tools/serve/app_sources.hpp"

#include <map>
#include <memory>
#include <mutex>

#include "dsl/finding/render.hpp"
#include "engine/value/value_bytes.hpp"

namespace alur::tools {

std::string encode_sources(const std::vector<dsl::AppFile>& files) {
  std::string out;
  value::ByteWriter writer(out);
  writer.varint(files.size());
  for (const dsl::AppFile& file : files) {
    writer.text(file.path);
    writer.text(file.shown_path);
    writer.text(file.text);
  }
  return out;
}

std::optional<std::vector<dsl::AppFile>> decode_sources(std::string_view bytes) {
  value::ByteReader reader(bytes);
  std::vector<dsl::AppFile> files;
  const std::size_t count = reader.count(3);
  for (std::size_t i = 0; i < count && reader.ok(); ++i) {
    dsl::AppFile file;
    file.path = reader.text();
    file.shown_path = reader.text();
    file.text = reader.text();
    files.push_back(std::move(file));
  }
  if (!reader.finished() || files.empty()) return std::nullopt;
  return files;
}

namespace {

// A compiler and the texts that it holds.
class KeptCompiler {
 public:
  runtime::Compiled compile(const std::string& sources, runtime::Purpose purpose) {
    const std::lock_guard lock(mutex_);
    const auto files = decode_sources(sources);
    if (!files) return {nullptr, "these are no sources of an app\n"};
    take(*files);
    dsl::Compilation compiled = compiler_->compile();
    if (purpose == runtime::Purpose::publish) dsl::prove(compiled);
    return {compiled.program, dsl::render_text(*compiled.sources, compiled.findings)};
  }

 private:
  void take(const std::vector<dsl::AppFile>& files) {
    std::map<std::string, dsl::AppFile> next;
    for (const dsl::AppFile& file : files) next[file.path] = file;
    if (!compiler_) compiler_ = std::make_unique<dsl::Compiler>(files);
    for (const auto& [path, file] : held_) {
      if (!next.contains(path)) compiler_->change({path, file.shown_path, ""});
    }
    for (const auto& [path, file] : next) {
      const auto before = held_.find(path);
      const bool same = before != held_.end() && before->second.text == file.text &&
                        before->second.shown_path == file.shown_path;
      if (!held_.empty() && !same) compiler_->change(file);
    }
    held_ = std::move(next);
  }

  std::mutex mutex_;
  std::unique_ptr<dsl::Compiler> compiler_;
  std::map<std::string, dsl::AppFile> held_;
};

}  // namespace

runtime::Compile make_compile() {
  auto kept = std::make_shared<KeptCompiler>();
  return [kept](const std::string& sources, runtime::Purpose purpose) {
    return kept->compile(sources, purpose);
  };
}

}  // namespace alur::tools

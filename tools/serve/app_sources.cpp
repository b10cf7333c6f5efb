#include "tools/serve/app_sources.hpp"

#include <map>
#include <memory>
#include <mutex>

#include "dsl/compile/sources_bytes.hpp"
#include "dsl/finding/render.hpp"

namespace alur::tools {

namespace {

// A compiler and the texts that it holds.
class KeptCompiler {
 public:
  runtime::Compiled compile(const std::string& sources, runtime::Purpose purpose) {
    const std::lock_guard lock(mutex_);
    const auto files = dsl::decode_sources(sources);
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

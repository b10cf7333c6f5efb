#include "tools/load/load_app.hpp"

#include "dsl/finding/render.hpp"

namespace alur::tools {

LoadedApp load_app(const std::string& folder, const ProgramCache& cache) {
  LoadedApp loaded;
  const std::vector<dsl::AppFile> files = dsl::read_app_folder(folder, loaded.error);
  if (files.empty()) return loaded;
  loaded.program = cache.find(folder, dsl::hash_of(files));
  if (loaded.program) return loaded;
  const dsl::Compilation compiled = dsl::compile(files);
  loaded.program = compiled.program;
  if (compiled.program) {
    cache.keep(folder, *compiled.program);
  } else {
    loaded.findings = dsl::render_text(*compiled.sources, compiled.findings);
  }
  return loaded;
}

LoadedApp load_app(const std::string& folder) {
  return load_app(folder, ProgramCache(cache_folder()));
}

}  // namespace alur::tools

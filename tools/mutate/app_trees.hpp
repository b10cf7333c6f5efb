// AppTrees: an app's checked trees, kept so that a changed copy of one of them can be compiled
// against the rest in a moment.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dsl/ast/ast.hpp"
#include "dsl/check/symbols.hpp"
#include "dsl/compile/compile.hpp"
#include "engine/program/program.hpp"

namespace alur::tools {

class AppTrees {
 public:
  // Without a program where there are findings that are errors.
  explicit AppTrees(const std::vector<dsl::AppFile>& files);

  const dsl::ast::App& app() const { return app_; }
  const std::vector<dsl::ast::Flow>& flows() const { return flows_; }  // in file order
  const dsl::Symbols& symbols() const { return symbols_; }
  const dsl::Findings& findings() const { return findings_; }
  const dsl::Sources& sources() const { return sources_; }
  const std::shared_ptr<const program::Program>& program() const { return program_; }

  // Null where the compiler refuses what was changed. From any thread.
  std::shared_ptr<const program::Program> compile(std::size_t flow, dsl::ast::Flow changed) const;
  std::shared_ptr<const program::Program> compile(dsl::ast::App changed) const;

 private:
  using Units = std::vector<std::shared_ptr<const program::Unit>>;
  std::shared_ptr<const program::Program> link(std::shared_ptr<const program::App> app,
                                               Units units) const;
  std::optional<std::string> read(std::string_view path) const;
  dsl::Symbols collect(const dsl::ast::App& app, const std::vector<dsl::ast::Flow>& flows,
                       dsl::Findings& findings) const;

  dsl::Sources sources_;
  dsl::Findings findings_;
  std::vector<dsl::AppFile> files_;
  dsl::FileId app_file_{};
  std::vector<dsl::FileId> flow_files_;
  dsl::ast::App app_;
  std::vector<dsl::ast::Flow> flows_;
  dsl::Symbols symbols_;
  std::shared_ptr<const program::App> emitted_app_;
  Units units_;
  std::shared_ptr<const program::Program> program_;
};

}  // namespace alur::tools

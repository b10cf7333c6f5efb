#include "tools/mutate/app_trees.hpp"

#include <algorithm>

#include "dsl/check/check.hpp"
#include "dsl/emit/emit.hpp"
#include "dsl/parse/parse_app.hpp"
#include "dsl/parse/parse_flow.hpp"
#include "dsl/yaml/read_yaml.hpp"
#include "engine/program/verify.hpp"

namespace alur::tools {

using dsl::ast::App;
using dsl::ast::Flow;

namespace {

constexpr std::string_view flow_ending = ".flow.yaml";

bool is_flow(std::string_view path) {
  return path.find('/') == std::string_view::npos && path.ends_with(flow_ending);
}

}  // namespace

AppTrees::AppTrees(const std::vector<dsl::AppFile>& files) : files_(files) {
  std::sort(files_.begin(), files_.end(),
            [](const dsl::AppFile& a, const dsl::AppFile& b) { return a.path < b.path; });
  for (const dsl::AppFile& file : files_) {
    const dsl::FileId id = sources_.add(file.shown_path, file.text);
    if (file.path == "app.yaml") {
      app_file_ = id;
      app_ = dsl::parse_app(dsl::read_yaml(sources_.at(id), id, findings_), findings_);
    } else if (is_flow(file.path)) {
      flow_files_.push_back(id);
      flows_.push_back(
          dsl::parse_flow(dsl::read_yaml(sources_.at(id), id, findings_), file.path, findings_));
    }
  }
  symbols_ = collect(app_, flows_, findings_);
  dsl::check_app(app_, symbols_, findings_);
  std::vector<dsl::Locals> locals;
  for (Flow& flow : flows_) locals.push_back(dsl::check_flow(flow, app_, symbols_, findings_));
  if (findings_.error_count() > 0) return;
  emitted_app_ = dsl::emit_app(app_, symbols_, sources_.at(app_file_));
  for (std::size_t i = 0; i < flows_.size(); ++i) {
    units_.push_back(
        dsl::emit_flow(flows_[i], locals[i], app_, symbols_, sources_.at(flow_files_[i])));
  }
  program_ = link(emitted_app_, units_);
}

std::optional<std::string> AppTrees::read(std::string_view path) const {
  for (const dsl::AppFile& file : files_) {
    if (file.path == path) return file.text;
  }
  return std::nullopt;
}

dsl::Symbols AppTrees::collect(const App& app, const std::vector<Flow>& flows,
                               dsl::Findings& findings) const {
  std::vector<const Flow*> all;
  for (const Flow& flow : flows) all.push_back(&flow);
  return dsl::collect_symbols(
      app, all, [this](std::string_view path) { return read(path); }, findings);
}

// Null for what the machine could not run.
std::shared_ptr<const program::Program> AppTrees::link(std::shared_ptr<const program::App> app,
                                                       Units units) const {
  auto linked = program::Program::link(std::move(app), std::move(units), std::string(64, '0'),
                                       program_.get());
  if (!program::verify(*linked).empty()) return nullptr;
  return linked;
}

std::shared_ptr<const program::Program> AppTrees::compile(std::size_t flow, Flow changed) const {
  dsl::Findings findings;
  const dsl::Locals locals = dsl::check_flow(changed, app_, symbols_, findings);
  if (findings.error_count() > 0) return nullptr;
  Units units = units_;
  units[flow] = dsl::emit_flow(changed, locals, app_, symbols_, sources_.at(flow_files_[flow]));
  return link(emitted_app_, std::move(units));
}

// What all flows see may have changed, so that they are checked again.
std::shared_ptr<const program::Program> AppTrees::compile(App changed) const {
  dsl::Findings findings;
  std::vector<Flow> flows = flows_;
  const dsl::Symbols symbols = collect(changed, flows, findings);
  dsl::check_app(changed, symbols, findings);
  std::vector<dsl::Locals> locals;
  for (Flow& flow : flows) {
    locals.push_back(dsl::check_flow(flow, changed, symbols, findings));
  }
  if (findings.error_count() > 0) return nullptr;
  const auto app = dsl::emit_app(changed, symbols, sources_.at(app_file_));
  Units units;
  for (std::size_t i = 0; i < flows.size(); ++i) {
    units.push_back(
        dsl::emit_flow(flows[i], locals[i], changed, symbols, sources_.at(flow_files_[i])));
  }
  return link(app, std::move(units));
}

}  // namespace alur::tools

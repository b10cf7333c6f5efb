#include "dsl/compile/compile.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>

#include "dsl/check/check.hpp"
#include "dsl/check/messages.hpp"
#include "dsl/check/overlap.hpp"
#include "dsl/check/services.hpp"
#include "dsl/check/unused.hpp"
#include "dsl/compile/digest.hpp"
#include "dsl/compile/parallel.hpp"
#include "dsl/emit/emit.hpp"
#include "dsl/parse/parse_app.hpp"
#include "dsl/parse/parse_flow.hpp"
#include "dsl/yaml/read_yaml.hpp"
#include "engine/program/endless.hpp"
#include "engine/program/verify.hpp"

namespace alur::dsl {

namespace {

constexpr std::string_view flow_ending = ".flow.yaml";

bool is_flow(std::string_view path) {
  return path.find('/') == std::string_view::npos && path.ends_with(flow_ending);
}

// Of each file by its path.
using Digests = std::map<std::string, std::string>;

std::string hash_of(const Digests& digests) {
  std::string names;
  for (const auto& [path, digest] : digests) names += path + '\0' + digest;
  return sha256(names);
}

}  // namespace

// A flow and what has been made of it so far. What is stale is made again by the next compile().
struct FlowEntry {
  FileId file{};
  std::string path;
  ast::Flow flow;
  Locals locals;
  Findings shape;    // of reading and parsing
  Findings meaning;  // of checking
  AppUses uses;
  LongestTexts longest;
  HeardTriggers triggers;
  ServiceUses calls;
  std::shared_ptr<const program::Unit> unit;
  bool parsed = false;
  bool checked = false;
};

struct Compiler::State {
  unsigned threads = 1;
  Sources sources;
  std::map<std::string, FileId> files;  // by path in the folder
  Digests digests;
  std::map<std::string, FlowEntry> flows;  // by path

  std::optional<ast::App> app;  // parsed
  Findings app_shape;
  std::optional<Symbols> symbols;
  Findings app_meaning;
  LongestTexts app_longest;
  Findings unused;
  Findings overlap;     // of triggers
  Findings parameters;  // of services
  std::shared_ptr<const program::App> emitted_app;

  void put(AppFile file);
  void parse();
  void parse_app_file();
  void check();
  bool redeclare();
  void collect();
  void read_sample_data();
  void check_triggers();
  void check_parameters();
  void check_flows(const std::vector<FlowEntry*>& stale);
  void emit();
  Findings findings();
  std::shared_ptr<const program::Program> link();
  std::shared_ptr<const program::Program> linked;  // the last that was linked without errors
  void report_endless(const program::Program& program, Findings& findings);
  LongestTexts longest() const;
};

// --- files

void Compiler::State::put(AppFile file) {
  const std::string path = file.path;
  digests[path] = sha256(file.text);
  const auto known = files.find(path);
  FileId id{};
  if (known == files.end()) {
    id = sources.add(file.shown_path, std::move(file.text));
    files.emplace(path, id);
  } else {
    id = known->second;
    sources.replace(id, file.shown_path, std::move(file.text));
  }
  if (is_flow(path)) {
    FlowEntry& entry = flows[path];
    entry.file = id;
    entry.path = path;
    entry.shape = {};
    entry.parsed = entry.checked = false;
  } else {
    app.reset();  // app.yaml, or a file that it names
  }
}

// --- stages

void Compiler::State::parse_app_file() {
  if (app) return;
  app_shape = {};
  symbols.reset();
  const auto file = files.find("app.yaml");
  if (file == files.end()) return;
  const Document document = read_yaml(sources.at(file->second), file->second, app_shape);
  app = parse_app(document, app_shape);
}

void Compiler::State::parse() {
  parse_app_file();
  std::vector<FlowEntry*> stale;
  for (auto& [path, entry] : flows) {
    if (!entry.parsed) stale.push_back(&entry);
  }
  in_parallel(threads, stale.size(), [&](std::size_t i) {
    FlowEntry& entry = *stale[i];
    const Document document = read_yaml(sources.at(entry.file), entry.file, entry.shape);
    entry.flow = parse_flow(document, entry.path, entry.shape);
    entry.parsed = true;
  });
}

// Whether all that changed are bodies of flows: then what flows see of one another is as it was.
bool Compiler::State::redeclare() {
  if (!symbols) return false;
  for (auto& [path, entry] : flows) {
    if (!entry.checked && !redeclare_flow(entry.flow, *symbols)) return false;
  }
  return true;
}

void Compiler::State::collect() {
  std::vector<const ast::Flow*> all;
  for (const auto& [path, entry] : flows) all.push_back(&entry.flow);
  const ReadFile read_file = [this](std::string_view path) -> std::optional<std::string> {
    const auto file = files.find(std::string(path));
    if (file == files.end()) return std::nullopt;
    return std::string(sources.at(file->second).text());
  };
  app_meaning = {};
  symbols = collect_symbols(*app, all, read_file, app_meaning);
  check_app(*app, *symbols, app_meaning);
  read_sample_data();
  app_longest = check_messages(*app, *symbols, app_meaning);
  emitted_app.reset();
}

void Compiler::State::check_flows(const std::vector<FlowEntry*>& stale) {
  in_parallel(threads, stale.size(), [&](std::size_t i) {
    FlowEntry& entry = *stale[i];
    entry.meaning = {};
    entry.locals = check_flow(entry.flow, *app, *symbols, entry.meaning);
    entry.longest = check_messages(entry.flow, *app, *symbols, entry.meaning);
    entry.uses = app_uses(entry.flow);
    entry.triggers = triggers_of(entry.flow, *app, *symbols);
    entry.calls = service_uses(entry.flow);
    entry.checked = true;
    entry.unit.reset();
  });
}

// Names in data/*.csv, which citizens are likely to type.
void Compiler::State::read_sample_data() {
  for (const auto& [path, file] : files) {
    const bool is_table = path.starts_with("data/") && path.ends_with(".csv");
    if (is_table) read_samples(path, sources.at(file).text(), symbols->samples);
  }
}

void Compiler::State::check_triggers() {
  std::vector<FlowTriggers> all;
  for (const auto& [path, entry] : flows) {
    if (!entry.flow.broken) all.push_back({entry.flow.name.text, &entry.triggers});
  }
  overlap = {};
  check_triggers_apart(all, *app, *symbols, overlap);
}

void Compiler::State::check_parameters() {
  ServiceUses all;
  for (const auto& [path, entry] : flows) {
    all.broken |= entry.calls.broken;
    all.called.insert(entry.calls.called.begin(), entry.calls.called.end());
    all.given.insert(entry.calls.given.begin(), entry.calls.given.end());
  }
  parameters = {};
  check_parameters_given(*app, all, parameters);
}

void Compiler::State::check() {
  if (!app) return;
  const bool bodies_only = redeclare();
  if (!bodies_only) collect();
  bool same_uses = bodies_only;
  bool same_triggers = bodies_only;
  bool same_calls = bodies_only;
  std::vector<FlowEntry*> stale;
  std::vector<AppUses> before;
  std::vector<HeardTriggers> triggers_before;
  std::vector<ServiceUses> calls_before;
  for (auto& [path, entry] : flows) {
    if (bodies_only && entry.checked) continue;
    stale.push_back(&entry);
    before.push_back(entry.uses);
    triggers_before.push_back(entry.triggers);
    calls_before.push_back(entry.calls);
  }
  check_flows(stale);
  for (std::size_t i = 0; i < stale.size(); ++i) {
    same_uses &= stale[i]->uses == before[i];
    same_triggers &= stale[i]->triggers == triggers_before[i];
    same_calls &= stale[i]->calls == calls_before[i];
  }
  if (!same_triggers) check_triggers();
  if (!same_calls) check_parameters();
  if (same_uses) return;
  std::vector<const ast::Flow*> all;
  for (const auto& [path, entry] : flows) all.push_back(&entry.flow);
  unused = {};
  check_unused(*app, all, *symbols, unused);
}

void Compiler::State::emit() {
  const FileId app_file = files.at("app.yaml");
  if (!emitted_app) emitted_app = emit_app(*app, *symbols, sources.at(app_file));
  std::vector<FlowEntry*> stale;
  for (auto& [path, entry] : flows) {
    if (!entry.unit) stale.push_back(&entry);
  }
  in_parallel(threads, stale.size(), [&](std::size_t i) {
    FlowEntry& entry = *stale[i];
    entry.unit = emit_flow(entry.flow, entry.locals, *app, *symbols, sources.at(entry.file));
    program::Problems problems;
    program::verify_unit(*emitted_app, *entry.unit, problems);
    assert(problems.empty());  // what is emitted is in range: another would be our mistake
  });
}

Findings Compiler::State::findings() {
  Findings all;
  if (!app) {
    Finding missing;
    missing.code = Code::missing_app_file;
    missing.message = "the folder has no app.yaml: an app begins with one";
    if (sources.size() == 0) sources.add("app.yaml", "");
    all.add(std::move(missing));
  }
  all.append(app_shape);
  all.append(app_meaning);
  all.append(unused);
  all.append(overlap);
  all.append(parameters);
  for (const auto& [path, entry] : flows) {
    all.append(entry.shape);
    all.append(entry.meaning);
  }
  all.sort_in_file_order();
  all.drop_echoes();
  return all;
}

std::shared_ptr<const program::Program> Compiler::State::link() {
  std::vector<std::shared_ptr<const program::Unit>> units;
  for (const auto& [path, entry] : flows) units.push_back(entry.unit);
  return program::Program::link(emitted_app, std::move(units), hash_of(digests), linked.get());
}

LongestTexts Compiler::State::longest() const {
  LongestTexts kept = app_longest;
  for (const auto& [path, entry] : flows) keep_longest(kept, entry.longest);
  return kept;
}

// Whether two units go the same ways, whatever they say on them.
static bool same_ways(const program::Unit& a, const program::Unit& b) {
  const auto same = [](const auto& x, const auto& y, auto same_one) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), same_one);
  };
  const auto same_address = [](const auto& x, const auto& y) { return x.address == y.address; };
  const auto same_import = [](const auto& x, const auto& y) { return x.import == y.import; };
  return same(a.code, b.code,
              [](const program::Instruction& x, const program::Instruction& y) {
                return x.op == y.op && x.a == y.a && x.b == y.b && x.c == y.c && x.d == y.d;
              }) &&
         a.imports == b.imports && same(a.runs, b.runs, same_import) &&
         same(a.departures, b.departures, same_import) &&
         same(a.outcomes, b.outcomes, same_address) && same(a.cases, b.cases, same_address) &&
         same(a.options, b.options, same_address) && same(a.rungs, b.rungs, same_address) &&
         same(a.silences, b.silences, same_address);
}

static bool same_ways(const program::Program& a, const program::Program& b) {
  if (a.unit_count() != b.unit_count()) return false;
  for (program::Index i = 0; i < a.unit_count(); ++i) {
    const bool same = a.shared_unit(i) == b.shared_unit(i) ||
                      (a.unit(i).key == b.unit(i).key && same_ways(a.unit(i), b.unit(i)));
    if (!same) return false;
  }
  return true;
}

// What only all flows together show: flows that start one another for ever.
void Compiler::State::report_endless(const program::Program& program, Findings& all) {
  if (linked && same_ways(*linked, program)) return;
  for (const program::EndlessWalk& walk : program::find_endless_walks(program)) {
    const program::Unit& unit = program.unit(walk.unit);
    const program::Place place = unit.places[walk.address];
    const FileId file =
        files.at(unit.name.empty() ? "app.yaml" : unit.name + std::string(flow_ending));
    const SourceFile& source = sources.at(file);
    const std::uint32_t begin = source.line_start(place.line) + place.column - 1;
    const auto end = static_cast<std::uint32_t>(source.line_start(place.line) +
                                                source.line_text(place.line).size());
    all.add(Code::endless_cycle, {file, begin, std::max(begin, end)},
            "from here the flows start one another again and again, and never wait for the citizen",
            "ask something on the way");
  }
  all.sort_in_file_order();
}

// --- the facade

std::string hash_of(const std::vector<AppFile>& files) {
  Digests digests;
  for (const AppFile& file : files) digests[file.path] = sha256(file.text);
  return hash_of(digests);
}

Compiler::Compiler(std::vector<AppFile> files, unsigned threads)
    : state_(std::make_unique<State>()) {
  state_->threads = std::max(threads, 1u);
  std::sort(files.begin(), files.end(),
            [](const AppFile& a, const AppFile& b) { return a.path < b.path; });
  for (AppFile& file : files) state_->put(std::move(file));
}

Compiler::~Compiler() = default;
Compiler::Compiler(Compiler&&) noexcept = default;
Compiler& Compiler::operator=(Compiler&&) noexcept = default;

void Compiler::change(AppFile file) {
  if (!file.text.empty()) return state_->put(std::move(file));
  state_->digests.erase(file.path);
  state_->files.erase(file.path);
  state_->symbols.reset();
  if (state_->flows.erase(file.path) == 0) state_->app.reset();
}

Compilation Compiler::compile() {
  State& state = *state_;
  state.parse();
  state.check();
  Compilation result;
  result.findings = state.findings();
  if (result.findings.error_count() == 0 && state.app) {
    state.emit();
    result.program = state.link();
    state.report_endless(*result.program, result.findings);
    if (result.findings.error_count() > 0) result.program.reset();
    if (result.program) state.linked = result.program;
  }
  result.longest = state.longest();
  result.sources = std::make_shared<const Sources>(state.sources);
  return result;
}

proof::Proofs prove(Compilation& compiled) {
  if (!compiled.program) return {};
  proof::Proofs proofs = proof::prove(*compiled.program, *compiled.sources);
  if (const LongestText* longest = find_longest(compiled.longest)) {
    proofs.figures.push_back({"longest_text", longest->length, longest->limit, longest->span});
  }
  compiled.findings.append(proofs.findings);
  compiled.findings.sort_in_file_order();
  if (compiled.findings.error_count() > 0) compiled.program.reset();
  return proofs;
}

Compilation compile(const std::vector<AppFile>& files, unsigned threads) {
  return Compiler(files, threads).compile();
}

}  // namespace alur::dsl

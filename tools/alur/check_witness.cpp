#include "tools/alur/check_witness.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "tools/witness/witness.hpp"

namespace alur::tools {
namespace {

namespace fs = std::filesystem;

// `p001_greeting_12.chat`
std::string file_name(const dsl::Sources& sources, const dsl::proof::Fault& fault) {
  std::string code(dsl::row(fault.code).text);
  code.front() = static_cast<char>(code.front() - 'A' + 'a');
  const dsl::SourceFile& file = sources.at(fault.span.file);
  std::string flow = fs::path(file.path()).filename().string();
  flow = flow.substr(0, flow.find('.'));
  return fmt::format("{}_{}_{}.chat", code, flow, file.position(fault.span.begin).line);
}

std::string place(const dsl::Sources& sources, const dsl::proof::Fault& fault) {
  const dsl::SourceFile& file = sources.at(fault.span.file);
  return fmt::format("{}:{}", file.path(), file.position(fault.span.begin).line);
}

}  // namespace

std::optional<std::string> write_witnesses(const std::string& folder, const std::string& app,
                                           const std::shared_ptr<const program::Program>& program,
                                           const dsl::Sources& sources,
                                           const dsl::proof::Proofs& proofs) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return std::nullopt;
  std::size_t written = 0;
  std::string without;
  for (const dsl::proof::Fault& fault : proofs.faults) {
    const dsl::CodeRow& kind = dsl::row(fault.code);
    const std::string title =
        fmt::format("{} at {}: {}", kind.text, place(sources, fault), kind.title);
    const auto chat = find_witness(program, fault, title);
    if (!chat) {
      without += fmt::format("no conversation found that shows {} at {}\n", kind.text,
                             place(sources, fault));
      continue;
    }
    std::ofstream out(fs::path(folder) / file_name(sources, fault), std::ios::binary);
    out << *chat;
    if (!out.flush()) return std::nullopt;
    ++written;
  }
  const std::string replay =
      written == 0 ? "" : fmt::format(": alur replay --app {} {}", app, folder);
  return fmt::format("{}{} witness{} in {}{}\n", without, written, written == 1 ? "" : "es", folder,
                     replay);
}

}  // namespace alur::tools

#include "tools/replay/replay.hpp"

#include <fmt/format.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "tools/replay/find_chats.hpp"
#include "tools/replay/sample_services.hpp"

namespace alur::tools {

namespace fs = std::filesystem;

namespace {

class ReplayLoader {
 public:
  explicit ReplayLoader(std::string& error) : error_(error) {}

  std::unique_ptr<ReplaySet> load(const std::vector<std::string>& paths) {
    const auto found = find_chats(paths, error_);
    if (!found) return nullptr;
    for (const FoundChats& chats : *found) {
      if (!load_app(chats.app)) return nullptr;
      for (const std::string& path : chats.files) {
        if (!load_chats(path)) return nullptr;
      }
    }
    set_->findings.sort_in_file_order();
    return std::move(set_);
  }

 private:
  bool load_app(const std::string& folder) {
    const std::vector<dsl::AppFile> files = dsl::read_app_folder(folder, error_);
    if (files.empty()) return false;
    const dsl::Compilation compiled = dsl::compile(files);
    if (!compiled.program) {
      set_->refused += dsl::render_text(*compiled.sources, compiled.findings);
    }
    set_->apps.push_back({compiled.program, read_sample_registry(folder)});
    return true;
  }

  bool load_chats(const std::string& path) {
    std::string text;
    if (!read(path, text)) return false;
    const dsl::FileId file = set_->sources.add(path, std::move(text));
    dsl::Findings findings;
    dsl::ChatFile chats = dsl::parse_chat(set_->sources, file, findings);
    if (findings.error_count() > 0) chats.chats.clear();
    set_->findings.append(std::move(findings));
    set_->files.push_back({set_->apps.size() - 1, std::move(chats)});
    return true;
  }

  bool read(const std::string& path, std::string& text) {
    std::error_code code;
    const std::uintmax_t size = fs::file_size(path, code);
    if (code) return fail(path, code.message());
    if (size > dsl::chat_bytes_max) {
      return fail(path, fmt::format("{} bytes; a chat file may have at most {}", size,
                                    dsl::chat_bytes_max));
    }
    std::ifstream in(path, std::ios::binary);
    text.resize(static_cast<std::size_t>(size));
    if (!in || !in.read(text.data(), static_cast<std::streamsize>(size))) {
      return fail(path, std::strerror(errno != 0 ? errno : EIO));
    }
    return true;
  }

  bool fail(const std::string& path, std::string_view why) {
    error_ = fmt::format("{}: {}", path, why);
    return false;
  }

  std::string& error_;
  std::unique_ptr<ReplaySet> set_ = std::make_unique<ReplaySet>();
};

struct Job {
  const ReplayApp* app = nullptr;
  const dsl::SourceFile* source = nullptr;
  const dsl::Chat* chat = nullptr;
};

std::vector<Job> jobs_of(const ReplaySet& set) {
  std::vector<Job> jobs;
  for (const ReplayFile& file : set.files) {
    const ReplayApp& app = set.apps[file.app];
    if (!app.program) continue;
    for (const dsl::Chat& chat : file.chats.chats) {
      jobs.push_back({&app, &set.sources.at(file.chats.file), &chat});
    }
  }
  return jobs;
}

}  // namespace

std::unique_ptr<ReplaySet> load_replay(const std::vector<std::string>& paths, std::string& error) {
  return ReplayLoader(error).load(paths);
}

std::vector<ChatResult> run_replay(const ReplaySet& set, unsigned threads,
                                   const RunOptions& options) {
  const std::vector<Job> jobs = jobs_of(set);
  std::vector<ChatResult> results(jobs.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < jobs.size(); i = next++) {
      results[i] = run_chat(*jobs[i].app, *jobs[i].source, *jobs[i].chat, options);
    }
  };
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < threads && i < jobs.size(); ++i) helpers.emplace_back(work);
  work();
  helpers.clear();  // joins
  return results;
}

std::vector<UpdatedFile> updated_files(const ReplaySet& set,
                                       const std::vector<ChatResult>& results) {
  std::map<std::string, std::vector<dsl::LineEdit>> edits;
  for (const ChatResult& result : results) {
    std::vector<dsl::LineEdit>& of_file = edits[result.path];
    of_file.insert(of_file.end(), result.edits.begin(), result.edits.end());
  }
  std::vector<UpdatedFile> updated;
  for (const ReplayFile& file : set.files) {
    const dsl::SourceFile& source = set.sources.at(file.chats.file);
    const auto found = edits.find(source.path());
    if (found == edits.end() || found->second.empty()) continue;
    updated.push_back({source.path(), dsl::apply_edits(source.text(), found->second)});
  }
  return updated;
}

bool write_file(const UpdatedFile& file, std::string& error) {
  const std::string beside = file.path + ".new";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out.write(file.text.data(), static_cast<std::streamsize>(file.text.size()));
  out.close();
  std::error_code code;
  if (out) fs::rename(beside, file.path, code);
  if (out && !code) return true;
  error = fmt::format("{}: {}", file.path,
                      code ? code.message() : std::strerror(errno != 0 ? errno : EIO));
  return false;
}

}  // namespace alur::tools

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
#include "tools/load/load_app.hpp"
#include "tools/replay/find_chats.hpp"
#include "tools/replay/sample_services.hpp"

namespace alur::tools {

namespace fs = std::filesystem;

namespace {

class ReplayLoader {
 public:
  ReplayLoader(const std::string& lists, std::string& error) : lists_(lists), error_(error) {}

  std::unique_ptr<ReplaySet> load(const std::vector<std::string>& paths, const std::string& app) {
    const auto found = find_chats(paths, error_, app);
    if (!found) return nullptr;
    for (const FoundChats& chats : *found) {
      if (!load(chats.app)) return nullptr;
      for (const std::string& path : chats.files) {
        if (!load_chats(path)) return nullptr;
      }
    }
    if (!set_->files.empty()) return std::move(set_);
    fail(paths.front(), "no .chat files there");
    return nullptr;
  }

 private:
  bool load(const std::string& folder) {
    LoadedApp loaded = load_app(folder);
    if (!loaded.error.empty()) {
      error_ = std::move(loaded.error);
      return false;
    }
    set_->refused += loaded.findings;
    set_->folders.push_back(folder);
    set_->apps.push_back({loaded.program, read_sample_lists(folder, lists_, error_)});
    return error_.empty();
  }

  bool load_chats(const std::string& path) {
    std::string text;
    if (!read(path, text)) return false;
    const dsl::FileId file = set_->sources.add(path, std::move(text));
    ReplayFile& read = set_->files.emplace_back();
    read.app = set_->apps.size() - 1;
    read.chats = dsl::parse_chat(set_->sources, file, read.findings);
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

  const std::string& lists_;
  std::string& error_;
  std::unique_ptr<ReplaySet> set_ = std::make_unique<ReplaySet>();
};

struct Job {
  const ReplayApp* app = nullptr;
  const dsl::SourceFile* source = nullptr;
  const dsl::Chat* chat = nullptr;
  std::size_t result = 0;
};

ChatResult refused_app(const std::string& folder) {
  ChatResult result;
  result.path = folder + "/app.yaml";
  result.line = 1;
  result.title = "The app has no errors";
  result.mendable = false;
  result.failures.emplace_back().line = 1;
  result.failures.back().what = "the app has errors; `alur check` shows them";
  return result;
}

ChatResult refused_file(const dsl::SourceFile& source, const dsl::Findings& findings) {
  ChatResult result;
  result.path = source.path();
  result.line = 1;
  result.title = "The chats can be read";
  result.mendable = false;
  for (const dsl::Finding& finding : findings) {
    ChatFailure& failure = result.failures.emplace_back();
    failure.line = source.line_of(finding.span.begin);
    failure.what = fmt::format("{}: {}", dsl::row(finding.code).text, finding.message);
    if (!finding.suggestion.empty()) failure.what += "; " + finding.suggestion;
    failure.expected.emplace_back(source.line_text(failure.line));
    failure.expected_mark = LineMark{0, finding.span.begin - source.line_start(failure.line)};
  }
  return result;
}

// What is to be run, and in the results what need not be.
std::vector<Job> jobs_of(const ReplaySet& set, std::vector<ChatResult>& results) {
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < set.apps.size(); ++i) {
    if (!set.apps[i].program) results.push_back(refused_app(set.folders[i]));
  }
  for (const ReplayFile& file : set.files) {
    const ReplayApp& app = set.apps[file.app];
    const dsl::SourceFile& source = set.sources.at(file.chats.file);
    if (!file.findings.empty()) results.push_back(refused_file(source, file.findings));
    if (!app.program || !file.findings.empty()) continue;
    for (const dsl::Chat& chat : file.chats.chats) {
      jobs.push_back({&app, &source, &chat, results.size()});
      results.emplace_back();
    }
  }
  return jobs;
}

}  // namespace

std::unique_ptr<ReplaySet> load_replay(const std::vector<std::string>& paths, std::string& error,
                                       const std::string& lists, const std::string& app) {
  return ReplayLoader(lists, error).load(paths, app);
}

std::vector<ChatResult> run_replay(const ReplaySet& set, unsigned threads,
                                   const RunOptions& options) {
  std::vector<ChatResult> results;
  const std::vector<Job> jobs = jobs_of(set, results);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < jobs.size(); i = next++) {
      results[jobs[i].result] = run_chat(*jobs[i].app, *jobs[i].source, *jobs[i].chat, options);
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

#include "tools/fmt/format_app.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "dsl/compile/compile.hpp"
#include "tools/fmt/format_yaml.hpp"

namespace alur::tools {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t file_bytes_max = 1U << 20;

// A file by itself, for editors.
std::vector<dsl::AppFile> read_one(const std::string& path, std::string& error) {
  if (!path.ends_with(".yaml")) {
    error = path + ": this is neither an app's folder nor a .yaml file";
    return {};
  }
  std::error_code code;
  const std::uintmax_t size = fs::file_size(path, code);
  std::ifstream in(path, std::ios::binary);
  if (code || !in) {
    error = path + ": " + (code ? code.message() : "it cannot be read");
    return {};
  }
  if (size > file_bytes_max) {
    error = path + ": " + std::to_string(size) + " bytes; a file may have at most " +
            std::to_string(file_bytes_max);
    return {};
  }
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return {{path, path, std::move(text)}};
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

void find_first_difference(std::string_view is, FormattedFile& file) {
  if (is == file.text) return;
  std::string_view wanted = file.text;
  for (file.line = 1;; ++file.line) {
    const bool ended = is.empty() || wanted.empty();
    const std::string_view a = take_line(is);
    const std::string_view b = take_line(wanted);
    if (a == b && !ended) continue;
    file.is = a;
    file.should_be = b;
    return;
  }
}

}  // namespace

FormattedApp format_app(const std::string& path, std::string& error) {
  FormattedApp app;
  std::error_code code;
  const bool single = fs::is_regular_file(path, code);
  for (dsl::AppFile& file : single ? read_one(path, error) : dsl::read_app_folder(path, error)) {
    if (!file.path.ends_with(".yaml")) continue;
    const dsl::FileId id = app.sources.add(file.shown_path, std::move(file.text));
    const dsl::SourceFile& source = app.sources.at(id);
    dsl::Findings findings;
    auto text = format_yaml(source, id, findings);
    if (text) {
      FormattedFile formatted{source.path(), std::move(*text), 0, {}, {}};
      find_first_difference(source.text(), formatted);
      app.files.push_back(std::move(formatted));
    } else if (findings.empty()) {
      app.faults.push_back(source.path());
    }
    app.findings.append(findings);
  }
  return app;
}

bool replace_file(const std::string& path, const std::string& text) {
  std::error_code code;
  const fs::path target = fs::canonical(path, code);  // a link stays a link
  if (code) return false;
  const fs::path beside = target.string() + ".new";
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << text;
    out.flush();
    if (!out) {
      fs::remove(beside, code);
      return false;
    }
  }
  fs::permissions(beside, fs::status(target, code).permissions(), code);
  fs::rename(beside, target, code);
  if (code) fs::remove(beside, code);
  return !code;
}

}  // namespace alur::tools

#include "adapters/registry/audit_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

namespace alur::registry {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr std::string_view file_begin = "answers-";
constexpr std::string_view file_end = ".jsonl";

std::string path_of(const std::string& folder, std::uint64_t number) {
  return fmt::format("{}/{}{:08}{}", folder, file_begin, number, file_end);
}

// The numbers of the files there, ascending.
std::vector<std::uint64_t> numbers_in(const std::string& folder) {
  std::vector<std::uint64_t> numbers;
  std::error_code code;
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with(file_begin) || !name.ends_with(file_end)) continue;
    const std::string number =
        name.substr(file_begin.size(), name.size() - file_begin.size() - file_end.size());
    const bool digits = !number.empty() && number.size() < 19 &&
                        number.find_first_not_of("0123456789") == std::string::npos;
    if (digits) numbers.push_back(std::stoull(number));
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* found = object.if_contains(key);
  return found && found->is_string() ? std::string(found->as_string()) : std::string();
}

void take_line(const std::string& line, const std::function<void(const LoggedAnswer&)>& take,
               AuditLogTally& tally) {
  json::error_code code;
  const json::value value = json::parse(line, code);
  if (code || !value.is_object()) {
    ++tally.broken;
    return;
  }
  const json::object& object = value.as_object();
  if (const json::value* lost = object.if_contains("lost")) {
    tally.lost += lost->is_int64() ? static_cast<std::uint64_t>(lost->as_int64()) : 0;
    return;
  }
  const json::value* confirmed = object.if_contains("confirmed");
  ++tally.answers;
  take({text_at(object, "at"), confirmed && confirmed->is_bool() && confirmed->as_bool(),
        text_at(object, "form"), text_at(object, "outcome")});
}

}  // namespace

std::unique_ptr<AuditLog> AuditLog::open(AuditLogSettings settings, std::string& error) {
  std::unique_ptr<AuditLog> log(new AuditLog(std::move(settings)));
  std::error_code code;
  fs::create_directories(log->settings_.folder, code);
  const std::vector<std::uint64_t> numbers = numbers_in(log->settings_.folder);
  if (!numbers.empty()) log->number_ = numbers.back();
  if (log->open_file()) return log;
  error = log->trouble_;
  return nullptr;
}

AuditLog::~AuditLog() {
  close_file();
}

void AuditLog::write(const AuditEntry& entry) {
  std::string lines = to_json(entry) + "\n";
  const std::scoped_lock lock(mutex_);
  if (lost_untold_ > 0) {
    lines = fmt::format("{{\"at\":\"{}\",\"lost\":{}}}\n", value::to_string(entry.at), lost_untold_)
                .append(lines);
  }
  if (append(lines)) {
    lost_untold_ = 0;
    trouble_.clear();
  } else {
    ++lost_;
    ++lost_untold_;
  }
}

bool AuditLog::append(std::string_view lines) {
  if (size_ > 0 && size_ + lines.size() > settings_.file_bytes_max) {
    close_file();
    ++number_;
    drop_oldest();
  }
  if (file_ < 0 && !open_file()) return false;
  std::string text = torn_ ? "\n" : "";
  text += lines;
  const ssize_t written = ::write(file_, text.data(), text.size());
  if (written == static_cast<ssize_t>(text.size())) {
    size_ += text.size();
    torn_ = false;
    written_ = true;
    return true;
  }
  if (written >= 0) errno = ENOSPC;  // a file takes less than it was given only when it is full
  failed("cannot be written");
  if (written > 0 && ftruncate(file_, static_cast<off_t>(size_)) != 0) torn_ = true;
  close_file();
  return false;
}

bool AuditLog::open_file() {
  const std::string path = path_of(settings_.folder, number_);
  file_ = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  struct stat found{};
  if (file_ < 0) return failed("cannot be opened");
  if (fstat(file_, &found) != 0) found.st_size = 0;
  size_ = static_cast<std::uint64_t>(found.st_size);
  char last = '\n';
  if (size_ > 0 && pread(file_, &last, 1, found.st_size - 1) == 1) torn_ = last != '\n';
  return true;
}

void AuditLog::close_file() {
  if (file_ < 0) return;
  if (written_) fdatasync(file_);
  close(file_);
  file_ = -1;
  written_ = false;
}

void AuditLog::drop_oldest() const {
  const std::vector<std::uint64_t> numbers = numbers_in(settings_.folder);
  // One more is about to come.
  for (std::size_t i = 0; i + settings_.files_max <= numbers.size(); ++i) {
    std::error_code code;
    fs::remove(path_of(settings_.folder, numbers[i]), code);
  }
}

bool AuditLog::failed(std::string_view what) {
  trouble_ =
      fmt::format("{}: {}: {}", path_of(settings_.folder, number_), what, std::strerror(errno));
  return false;
}

void AuditLog::sync() {
  int file = -1;
  {
    const std::scoped_lock lock(mutex_);
    if (file_ < 0 || !written_) return;
    written_ = false;
    struct stat found{};
    // Somebody has deleted the file: a new one is begun.
    if (fstat(file_, &found) == 0 && found.st_nlink == 0) return close_file();
    file = dup(file_);
  }
  const bool synced = file >= 0 && fdatasync(file) == 0;
  const int why = errno;
  if (file >= 0) close(file);
  if (synced) return;
  const std::scoped_lock lock(mutex_);
  errno = why;
  failed("cannot be made durable");
}

std::string AuditLog::trouble() const {
  const std::scoped_lock lock(mutex_);
  return trouble_;
}

std::uint64_t AuditLog::lost() const {
  const std::scoped_lock lock(mutex_);
  return lost_;
}

AuditLogTally read_audit_log(const std::string& folder,
                             const std::function<void(const LoggedAnswer&)>& take,
                             std::string& error) {
  AuditLogTally tally;
  const std::vector<std::uint64_t> numbers = numbers_in(folder);
  if (numbers.empty()) error = folder + ": there are no answers here";
  for (const std::uint64_t number : numbers) {
    const std::string path = path_of(folder, number);
    std::ifstream in(path, std::ios::binary);
    std::string line;
    while (std::getline(in, line)) {
      if (!line.empty() && !in.eof()) take_line(line, take, tally);
    }
    // The oldest may go meanwhile.
    if (!in.eof() && fs::exists(path)) error = path + ": it cannot be read";
  }
  return tally;
}

}  // namespace alur::registry

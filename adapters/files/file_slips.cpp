#include "adapters/files/file_slips.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/files/file_name.hpp"
#include "engine/ports/files.hpp"

namespace alur::adapters {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "alur file slip 1";
constexpr std::size_t lines_of_slip = 9;

// A line each; a line's end within is none.
std::string to_text(const FileSlip& slip) {
  std::string out;
  for (const std::string& part :
       {std::string(first_line), slip.reference, slip.number, slip.media, slip.address, slip.called,
        slip.fault, std::to_string(slip.tickets), std::to_string(slip.came_ms)}) {
    for (const char c : part) out += c == '\n' ? ' ' : c;
    out += '\n';
  }
  return out;
}

template <class Number>
bool read_number(const std::string& text, Number& into) {
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, into);
  return read.ec == std::errc() && read.ptr == end;
}

std::optional<FileSlip> read_slip(const fs::path& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; lines.size() < lines_of_slip && std::getline(in, line);) {
    lines.push_back(std::move(line));
  }
  if (lines.size() < lines_of_slip || lines[0] != first_line) return std::nullopt;
  FileSlip slip{lines[1], lines[2], lines[3], lines[4], lines[5], lines[6]};
  const bool good = ports::parse_reference(slip.reference) && read_number(lines[7], slip.tickets) &&
                    read_number(lines[8], slip.came_ms);
  return good ? std::optional(slip) : std::nullopt;
}

std::string name_of(const FileSlip& slip) {
  return std::string(ports::parse_reference(slip.reference)->id);
}

bool write_whole(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return fsync(file) == 0;
}

}  // namespace

std::unique_ptr<FileSlips> FileSlips::open(const std::string& folder, std::string& error) {
  const std::string path = folder + "/" + std::string(slips_name);
  const bool made = mkdir(path.c_str(), 0700) == 0;
  const int above = made ? ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  const bool synced = !made || (above >= 0 && fsync(above) == 0);
  if (above >= 0) close(above);
  const int handle = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  std::unique_ptr<FileSlips> slips(new FileSlips(path, handle));
  if (synced && handle >= 0) return slips;
  error = path + ": " + std::strerror(errno);
  return nullptr;
}

FileSlips::~FileSlips() {
  if (handle_ >= 0) close(handle_);
}

std::vector<FileSlip> FileSlips::all() const {
  std::vector<FileSlip> slips;
  std::error_code error;
  for (fs::directory_iterator at(folder_, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == part_ending) continue;
    if (auto slip = read_slip(at->path())) slips.push_back(std::move(*slip));
  }
  return slips;
}

bool FileSlips::keep(const FileSlip& slip) {
  const std::string name = name_of(slip);
  const std::string part = name + std::string(part_ending);
  const int file =
      openat(handle_, part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return false;
  const bool written = write_whole(file, to_text(slip));
  close(file);
  return written && renameat(handle_, part.c_str(), handle_, name.c_str()) == 0 &&
         fsync(handle_) == 0;
}

void FileSlips::remove(const FileSlip& slip) {
  unlinkat(handle_, name_of(slip).c_str(), 0);
}

}  // namespace alur::adapters

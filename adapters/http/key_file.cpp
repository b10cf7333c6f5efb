#include "adapters/http/key_file.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace alur::adapters {
namespace {

// A descriptor that closes itself.
struct Descriptor {
  int number = -1;
  ~Descriptor() {
    if (number >= 0) close(number);
  }
};

std::optional<FileKey> read_key(int file, const std::string& path, std::string_view what,
                                std::string& error) {
  struct stat about{};
  FileKey key{};
  unsigned char more = 0;
  if (fstat(file, &about) != 0 || (about.st_mode & 077) != 0) {
    error = path + ": others can read it; `chmod 600` it, or remove it to have a new one made";
    return std::nullopt;
  }
  const bool whole = read(file, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
                     read(file, &more, 1) == 0;
  if (whole) return key;
  error = path + ": is no " + std::string(what) + "; remove it to have a new one made";
  return std::nullopt;
}

// Made beside its place and linked there: whole or not there at all, and of two that start at once
// one is first.
bool write_key(const std::string& path) {
  const std::string made = path + "." + std::to_string(getpid());
  const FileKey key = make_file_key();
  unlink(made.c_str());  // of one with our number that was killed here
  const Descriptor file{open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.number < 0) return false;
  const bool written =
      write(file.number, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
      fsync(file.number) == 0 && (link(made.c_str(), path.c_str()) == 0 || errno == EEXIST);
  const int why = errno;
  unlink(made.c_str());
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const Descriptor at{open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC)};
  errno = why;
  return written && at.number >= 0 && fsync(at.number) == 0;
}

std::optional<FileKey> open_key(const std::string& path, std::string_view what, bool made,
                                std::string& error) {
  for (const bool again : {false, true}) {
    const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.number >= 0) return read_key(file.number, path, what, error);
    if (again || !made || errno != ENOENT || !write_key(path)) break;
  }
  error = path + ": " + std::strerror(errno);
  return std::nullopt;
}

}  // namespace

FileKey make_file_key() {
  FileKey key{};
  const int filled = RAND_bytes(key.data(), static_cast<int>(key.size()));
  assert(filled == 1);
  return key;
}

std::optional<FileKey> key_of_secret(std::string_view secret) {
  FileKey key{};
  unsigned length = 0;
  const bool done =
      EVP_Digest(secret.data(), secret.size(), key.data(), &length, EVP_sha256(), nullptr) == 1 &&
      length == key.size();
  return done ? std::optional(key) : std::nullopt;
}

std::optional<FileKey> open_key_file(const std::string& path, std::string_view what,
                                     std::string& error) {
  return open_key(path, what, true, error);
}

std::optional<FileKey> read_key_file(const std::string& path, std::string_view what,
                                     std::string& error) {
  return open_key(path, what, false, error);
}

}  // namespace alur::adapters

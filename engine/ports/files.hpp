// Files: where the pictures and documents that citizens send are kept. A channel brings one piece
// after piece, whether it was uploaded there or fetched from somewhere; what is kept is durable and
// has a reference, which messages, sessions and tickets carry as value::Media::source.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/value/civil_time.hpp"
#include "engine/value/value.hpp"

namespace alur::ports {

// Why a file is not kept.
enum class FileFault : std::uint8_t {
  too_large,   // for its type, or than was said before
  not_taken,   // its content is of no type that is taken
  too_many,    // of this citizen, today
  no_room,     // in all, or on the disk
  unavailable  // it could not be written now; may be tried again
};
std::string_view to_text(FileFault fault);

template <class T>
using FileResult = boost::system::result<T, FileFault>;

struct KeptFile {
  std::string reference;  // "alur-file:...", which nobody outside is told
  value::MediaKind kind = value::MediaKind::image;
  std::string mime;  // by its content
  std::uint64_t size_bytes = 0;
};

// One that comes. By one thread at a time; both take as long as the disk does. One that goes
// without being finished leaves nothing.
class FileIntake {
 public:
  virtual ~FileIntake() = default;
  // After a fault it takes nothing more.
  virtual FileResult<void> take(std::string_view piece) = 0;
  // Durable when it returns. Of an upload that was kept before: that one.
  virtual FileResult<KeptFile> finish() = 0;
};

// From any thread. Only begin() and read() may take as long as a disk does.
class Files {
 public:
  virtual ~Files() = default;
  // `address`: the citizen's, as the store has it. `upload`: the sender's own name for it, the same
  // however often it is brought. `size_bytes`: as many it has, or less.
  virtual FileResult<std::unique_ptr<FileIntake>> begin(std::string_view address,
                                                        std::string_view upload,
                                                        std::uint64_t size_bytes,
                                                        value::Instant now) = 0;
  // What this citizen brought under this name. It is there for another day at least, or for as long
  // as anything kept refers to it.
  virtual std::optional<KeptFile> find(std::string_view address, std::string_view upload,
                                       value::Instant now) = 0;
  // Whether it is there; then it stays as with find().
  virtual bool hold(std::string_view reference, value::Instant now) = 0;
  // All of it, where it still is what came; nothing otherwise. Takes as long as a disk does.
  virtual std::optional<std::string> read(std::string_view reference) = 0;
  // No file may have more.
  virtual std::uint64_t size_bytes_max() const = 0;
};

// As a citizen's message bears it. `name` is what the citizen calls it.
value::Media media_of(const KeptFile& file, std::string_view name);

// A name for people to read, nothing else: without folders, control characters and what turns the
// direction of writing; at most 100 bytes of UTF-8.
std::string clean_file_name(std::string_view name);

// --- references

inline constexpr std::string_view reference_begin = "alur-file:";
inline constexpr std::size_t file_id_length = 32;      // 128 bits of chance, in hexadecimal
inline constexpr std::size_t file_digest_length = 64;  // SHA-256 of the content, the same

// "alur-file:ID:DIGEST": whoever has the reference can tell whether the content still is what came.
std::string file_reference(std::string_view id, std::string_view digest);
struct FileReference {
  std::string_view id;
  std::string_view digest;
};
// Nothing for a text that is none, a URL for instance.
std::optional<FileReference> parse_reference(std::string_view text);

}  // namespace alur::ports

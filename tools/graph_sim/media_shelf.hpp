// MediaShelf: files on their way between a business and its citizens, by id, for some days.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace alur::graph_sim {

struct SimMedia {
  std::string mime;
  std::string bytes;
  std::string sha256;  // base64
  std::int64_t until = 0;
};

class MediaShelf {
 public:
  static constexpr std::int64_t kept_ms = 7 * 86'400'000LL;
  static constexpr std::int64_t url_ms = 5 * 60'000;

  // Gives its id.
  std::string put(std::string mime, std::string bytes, std::int64_t now);
  const SimMedia* find(const std::string& id, std::int64_t now) const;

 private:
  std::uint64_t last_ = 1'003'383'421'387'000;
  std::map<std::string, SimMedia> media_;
};

std::string to_base64(const std::string& bytes);
// Nothing where it is none.
std::string from_base64(const std::string& text);

// The file and its type out of a multipart/form-data body; false: it is none.
bool read_upload(const std::string& content_type, const std::string& body, std::string& mime,
                 std::string& bytes);

}  // namespace alur::graph_sim

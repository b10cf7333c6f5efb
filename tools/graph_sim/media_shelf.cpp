#include "tools/graph_sim/media_shelf.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>
#include <string_view>

namespace alur::graph_sim {
namespace {

// The value of `name: value` in a part's head.
std::string_view head_value(std::string_view head, std::string_view name) {
  const std::size_t at = head.find(name);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + name.size();
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

}  // namespace

std::string MediaShelf::put(std::string mime, std::string bytes, std::int64_t now) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  std::string id = std::to_string(++last_);
  media_[id] = {std::move(mime), std::move(bytes),
                to_base64(std::string(digest.begin(), digest.end())), now + kept_ms};
  return id;
}

const SimMedia* MediaShelf::find(const std::string& id, std::int64_t now) const {
  const auto found = media_.find(id);
  return found != media_.end() && found->second.until > now ? &found->second : nullptr;
}

std::string to_base64(const std::string& bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::string from_base64(const std::string& text) {
  std::string out(text.size() / 4 * 3 + 3, '\0');
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(text.data()),
                                     static_cast<int>(text.size()));
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  out.resize(length < 0 ? 0 : static_cast<std::size_t>(length) - padding);
  return out;
}

bool read_upload(const std::string& content_type, const std::string& body, std::string& mime,
                 std::string& bytes) {
  constexpr std::string_view name = "boundary=";
  const std::size_t at = content_type.find(name);
  if (content_type.rfind("multipart/form-data", 0) != 0 || at == std::string::npos) return false;
  std::string boundary = content_type.substr(at + name.size());
  boundary.resize(std::min(boundary.find(';'), boundary.size()));
  if (boundary.size() >= 2 && boundary.front() == '"') {
    boundary = boundary.substr(1, boundary.size() - 2);
  }
  const std::string line = "--" + boundary;
  bool has_file = false;
  for (std::size_t part = body.find(line); part != std::string::npos;) {
    const std::size_t begin = part + line.size() + 2;
    const std::size_t next = body.find("\r\n" + line, part + line.size());
    const std::size_t head_end = body.find("\r\n\r\n", begin);
    if (next == std::string::npos || head_end == std::string::npos || head_end > next) break;
    const std::string_view head(body.data() + begin, head_end - begin);
    const std::string_view content(body.data() + head_end + 4, next - head_end - 4);
    if (head.find("name=\"file\"") != std::string_view::npos) {
      has_file = true;
      bytes = content;
      if (mime.empty()) mime = head_value(head, "Content-Type: ");
    } else if (head.find("name=\"type\"") != std::string_view::npos) {
      mime = content;
    }
    part = next + 2;
  }
  return has_file && !mime.empty();
}

}  // namespace alur::graph_sim

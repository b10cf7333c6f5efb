#include "adapters/whatsapp/read_marks.hpp"

namespace alur::adapters {

bool ReadMarks::heard(const std::string& address, const std::string& message_id) {
  const auto found = marks_.find(address);
  if (found != marks_.end()) {
    found->second = {message_id, true};
    return false;
  }
  if (marks_.size() >= citizens_max) return false;
  marks_[address] = {message_id, true};
  return true;
}

void ReadMarks::answered(const std::string& address) {
  const auto found = marks_.find(address);
  if (found != marks_.end()) found->second.typing = false;
}

std::optional<ReadMarks::Mark> ReadMarks::take(const std::string& address) {
  auto node = marks_.extract(address);
  if (node.empty()) return std::nullopt;
  return std::move(node.mapped());
}

}  // namespace alur::adapters

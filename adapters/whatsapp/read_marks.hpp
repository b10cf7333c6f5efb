// ReadMarks: which messages of citizens are to be marked as read, and whether to show that we
// type. One mark stands for all messages before it, so that a burst of them costs one request.
// Pure; what is not marked harms nobody.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

namespace alur::adapters {

class ReadMarks {
 public:
  // What comes in this time is one burst, and an answer in this time needs no dots before it.
  static constexpr std::int64_t settle_ms = 700;
  static constexpr std::size_t citizens_max = 10'000;  // who are waited for; others get no mark

  struct Mark {
    std::string message_id;
    bool typing = false;  // nothing was sent to the citizen since
  };

  // A message whose turn is durable. True: take() is to be called settle_ms later.
  bool heard(const std::string& address, const std::string& message_id);
  // A message to the citizen leaves.
  void answered(const std::string& address);
  std::optional<Mark> take(const std::string& address);

 private:
  std::unordered_map<std::string, Mark> marks_;
};

}  // namespace alur::adapters

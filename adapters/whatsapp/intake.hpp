// Intake: what a webhook brought, put where it belongs: citizens' messages into their sessions,
// news of ours to the messages, moves and what nobody can use into the store.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "adapters/whatsapp/citizens.hpp"
#include "adapters/whatsapp/file_fetch.hpp"
#include "adapters/whatsapp/webhook.hpp"
#include "engine/ports/channel.hpp"
#include "engine/ports/clock.hpp"

namespace alur::adapters {

// All must outlive whatever is under way.
struct IntakeParts {
  ports::Inbox* inbox = nullptr;
  WhatsAppCitizens* citizens = nullptr;
  const ports::Clock* clock = nullptr;
  std::vector<std::string> numbers;  // ours, by phone_number_id
  // Makes it durable; called back once, from any thread.
  std::function<void(ports::Change, std::function<void(ports::Result<void>)>)> commit;
  // As FileFetch::expect. Empty: files are left at Meta's.
  std::function<void(FileFetch::Files, std::function<void(bool)>)> expect;
  // A line for operators. From any thread.
  std::function<void(const std::string&)> tell;
  // A message of the citizen's whose turn is durable, by its wamid; may be empty. From any thread.
  std::function<void(const std::string& address, const std::string& message_id)> heard;
  // As WhatsAppChannel::resume_template; may be empty.
  std::function<void(const WhatsAppTemplate&)> resumed;
};

class Intake {
 public:
  // So many of one citizen's messages wait in their mailbox at once, and of all; the rest of a
  // webhook follows when these are done.
  static constexpr std::size_t of_citizen_max = 16;
  static constexpr std::size_t under_way_max = 256;

  explicit Intake(IntakeParts parts) : parts_(std::move(parts)) {}

  // `done` is called once, from any thread. True: all of it is durable, or was before. False: some
  // of it may be; the sender should try all of it again.
  void take(Webhook webhook, std::function<void(bool)> done);

  const std::vector<std::string>& numbers() const { return parts_.numbers; }
  // Since the start; from any thread.
  std::uint64_t ignored() const { return ignored_; }
  std::uint64_t unusable() const { return unusable_; }

 private:
  class Work;
  IntakeParts parts_;
  std::atomic<std::uint64_t> ignored_{0};
  std::atomic<std::uint64_t> unusable_{0};
};

}  // namespace alur::adapters

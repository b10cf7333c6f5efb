// Webhooks for tests: one sample a type of what Meta sends, in a form of our own, and how a webhook
// that was taken apart is written down.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/whatsapp/webhook.hpp"

namespace alur::tests {

inline constexpr const char* our_number = "100200300400500";
inline constexpr const char* our_other_number = "100200300400501";

struct WebhookSample {
  std::string name;
  std::string element;   // of messages[] or statuses[], or the value of another field
  std::string expected;  // what write_down() gives
  std::string field = "messages";
};
const std::vector<WebhookSample>& message_samples();
const std::vector<WebhookSample>& status_samples();
const std::vector<WebhookSample>& field_samples();

// The body of a webhook with these elements.
std::string with_messages(const std::string& messages, const std::string& contacts = "",
                          const std::string& number = our_number);
std::string with_statuses(const std::string& statuses, const std::string& number = our_number);
std::string with_field(const std::string& field, const std::string& value);
std::string body_of(const WebhookSample& sample);

// A text of a citizen's, sent at this second.
std::string text_message(const std::string& id, const std::string& user, const std::string& text,
                         std::int64_t at_seconds = 1'790'000'000);

// Of our two numbers.
adapters::Webhook decode(std::string_view body);
// A line for each thing in it.
std::string write_down(const adapters::Webhook& webhook);

// "sha256=..." over these bytes.
std::string sign(std::string_view body, std::string_view secret);

}  // namespace alur::tests

// Webhook: what one of Meta's requests brings, taken apart. Whoever it is about, and what follows,
// is decided elsewhere.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/event.hpp"
#include "engine/ports/channel.hpp"

namespace alur::adapters {

// Who wrote. Since 2026 either name may be missing, and messages with the one and with the other
// come from one person (business-scoped-user-ids, 2026-02).
struct WhatsAppUser {
  std::string phone;   // digits
  std::string scoped;  // the business-scoped user id: two capitals, a dot, letters and digits
  bool known() const { return !phone.empty() || !scoped.empty(); }
  bool operator==(const WhatsAppUser&) const = default;
};

struct WhatsAppMessage {
  std::string number;  // phone_number_id it was sent to
  WhatsAppUser user;
  std::string id;          // wamid
  std::int64_t at_ms = 0;  // when it was sent; 0: it does not say
  std::string type;        // in Meta's words: "text", "interactive/list_reply", "poll"
  machine::Input input;
  std::string digest;   // of an image or document: SHA-256, lower-case hexadecimal; empty: not said
  std::string answers;  // wamid of the message that it is a reply to
  std::string ad;       // source_id or source_url of the ad or post that was followed here
  bool forwarded = false;
  bool writes = true;  // the citizen wrote: we may answer freely for 24 hours
};

// News of a message of ours; those of other senders on the number are not given.
struct WhatsAppStatus {
  std::string number;
  std::string message;  // wamid
  ports::Receipt receipt;
  std::string pricing;  // "utility/free_customer_service"; empty where it is not told
};

// A citizen's telephone number or id was exchanged for another.
struct WhatsAppMove {
  std::string number;  // empty: on all of the account's numbers
  std::string id;      // wamid of the news; may be empty
  WhatsAppUser before;
  WhatsAppUser after;
};

// Meta takes a template again that it had paused.
struct WhatsAppTemplate {
  std::string name;
  std::string language;  // as Meta writes it to the API: id, pt_BR
};

// For operators: of the account, its numbers and templates, in one plain line.
struct WhatsAppNews {
  std::string account;
  std::string field;
  std::string words;
};

struct Unusable {
  std::string reason;  // one plain line
  std::string raw;     // at most raw_bytes_max of it
};

struct Webhook {
  std::vector<WhatsAppMessage> messages;
  std::vector<WhatsAppStatus> statuses;
  std::vector<WhatsAppMove> moves;
  std::vector<WhatsAppNews> news;
  std::vector<WhatsAppTemplate> resumed;
  std::vector<Unusable> unusable;
  std::size_t ignored = 0;  // what is not for us: echoes, history, calls, others' statuses
};

inline constexpr std::size_t raw_bytes_max = 16 * 1024;
inline constexpr std::size_t words_bytes_max = 64 * 1024;  // of one message; WhatsApp's is far less

// Any bytes: what they hold, in order. One element that is none costs its neighbours nothing.
// `numbers`: whose messages are ours, by phone_number_id; others' cannot be answered, and are not
// usable.
Webhook decode_webhook(std::string_view bytes, std::span<const std::string> numbers);

}  // namespace alur::adapters

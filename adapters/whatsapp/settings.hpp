// What an operator settles of the WhatsApp channel: whose webhooks are believed, and the numbers
// that are spoken through. Secrets stand in it: it is shown and logged nowhere.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace alur::adapters {

// One of the business's telephone numbers.
struct WhatsAppNumber {
  std::string id;     // phone_number_id: digits; names the number in webhooks and addresses
  std::string token;  // what the Graph API knows us by; secret
  // Messages a second, in and out: 80, 1,000 where Meta has raised it, 20 where the number is in
  // the WhatsApp Business app as well (throughput page, 2025-11).
  double rate = 80;
};

struct WhatsAppSettings {
  // --- receiving
  std::string address = "127.0.0.1";  // of the webhook; a proxy in front speaks TLS
  int port = -1;                      // 0: any that is free; -1: two after the plain channel's
  std::string path = "/whatsapp";
  std::vector<std::string> app_secrets;  // one, or two while one takes the other's place; secret
  std::string verify_token;              // what the handshake must bring; secret

  // --- sending
  std::vector<WhatsAppNumber> numbers;
  std::string graph_url = "https://graph.facebook.com";  // plain http on loopback only
  std::string graph_version = "v25.0";
  // One message in six seconds to one citizen, 45 at once (platform page, 2025-12).
  double pair_rate = 1.0 / 6;
  double pair_burst = 45;

  bool is_on() const { return !numbers.empty(); }
};

// A citizen as they are reached: "whatsapp:<phone_number_id>/<user>".
inline constexpr const char* whatsapp_name = "whatsapp";

}  // namespace alur::adapters

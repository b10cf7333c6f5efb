// Recipient: whom a message goes to: a phone number, or an id of WhatsApp's own for somebody whose
// number stays hidden. The two go in different fields: an id in the number's field is answered
// with 200 and lost.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace alur::adapters {

struct Recipient {
  enum class Kind : unsigned char { phone, user_id };
  Kind kind = Kind::phone;
  std::string text;  // digits without a plus, or `CC.alnum`
};

// What an address names: whatsapp:<phone_number_id>/<user>.
struct WhatsAppAddress {
  std::string number;  // the sending number's id: digits
  Recipient recipient;
};

// A phone: 5 to 20 digits. An id: two capitals, a dot, `ENT.` perhaps, 1 to 128 letters and digits
// (Meta, business-scoped user ids, 2026-02-06). Nothing for anything else.
std::optional<Recipient> parse_recipient(std::string_view text);
// The number's id in the address of a session, whose other part may be no recipient's; else empty.
std::string_view number_of(std::string_view address);
std::optional<WhatsAppAddress> parse_address(std::string_view address);

}  // namespace alur::adapters

// Fields of Meta's JSON: each may be missing or of another kind. Internal to the folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/json_text.hpp"
#include "adapters/whatsapp/webhook.hpp"

namespace alur::adapters {

// Seconds since 1970, as a text or a number, in milliseconds; 0 for what is no time of this
// century.
std::int64_t time_in(const boost::json::object& object, std::string_view name);

// Digits, with or without a plus; or a business-scoped id, which some senders put there.
void take_user(const std::string& words, WhatsAppUser& user);

// "131047 Re-engagement message: more than 24 hours have passed", of the first of errors[].
std::string first_error(const boost::json::object& object);

// What a message is: its kind and words. False: its form is none, and nothing was changed but the
// type; it is heard as something that nobody understands.
bool read_content(const boost::json::object& message, WhatsAppMessage& into);

}  // namespace alur::adapters

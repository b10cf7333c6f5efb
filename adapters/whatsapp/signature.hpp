// The signature of a webhook: who has the app's secret, and the bytes as they came.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace alur::adapters {

// Whether `header`, the value of X-Hub-Signature-256, is "sha256=" and the lower-case hexadecimal
// HMAC-SHA256 of the body under one of the secrets (webhooks/create-webhook-endpoint). Takes as
// long for a wrong one as for a right one. False without secrets; an empty secret is none.
bool is_signed(std::string_view body, std::string_view header,
               std::span<const std::string> secrets);

// Whether two texts are equal, in a time that says no more than their lengths.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace alur::adapters

// The desk's cookie, and the token that a page has to send beside it.
#pragma once

#include <string>
#include <string_view>

namespace alur::adapters {

// A browser takes a cookie of this name only over TLS (or from this machine itself), without a
// Domain and for all paths, so that no neighbouring site can plant one.
inline constexpr std::string_view desk_cookie = "__Host-alur-desk";

// What Set-Cookie says. Without an end: it goes with the browser, the sign-in ends by itself.
std::string to_set_cookie(std::string_view secret);
std::string to_clear_cookie();
// Of a Cookie header; empty: there is none, or there are several that differ.
std::string_view read_cookie(std::string_view header);

// What a request that changes something has to carry (X-Alur-Token): HMAC-SHA-256 under the secret
// of the cookie, which no other site's page can read. 64 hexadecimal digits.
std::string page_token(std::string_view secret);
// In time that tells nothing.
bool is_page_token(std::string_view secret, std::string_view token);

}  // namespace alur::adapters

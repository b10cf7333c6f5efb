// Origin: whose page may open a socket, and whose may show ours in a frame.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace alur::adapters {

// "https://chat.example.org" or "http://127.0.0.1:8158": a scheme, a host, perhaps a port, nothing
// more.
bool is_origin(std::string_view text);

// Whether a page of `origin` may open a socket to `host`, as both headers say. `allowed` empty:
// only a page of this very host, whatever its scheme, which a proxy in front of us may have
// changed.
bool may_open_socket(std::string_view origin, std::string_view host,
                     const std::vector<std::string>& allowed);

// Whether a `Host` header names this machine to itself: localhost, 127.x.y.z or [::1], with a port
// or without. A name from elsewhere may lead here, too; then its pages are not ours.
bool is_loopback_host(std::string_view host);

// The policy of our pages: nothing from elsewhere, nothing inline, framed by these origins only.
std::string content_security_policy(const std::vector<std::string>& embedders);

}  // namespace alur::adapters

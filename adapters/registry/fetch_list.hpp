// Fetches a list from where others publish it, if it has changed since (ETag). One request, bounded
// in time and size; Asio and Beast stay in the source.
#pragma once

#include <cstddef>
#include <string>

#include "engine/value/civil_time.hpp"

namespace alur::registry {

struct FetchRequest {
  // http:// or https://; certificates are checked against the system's, or those in the file that
  // SSL_CERT_FILE names. TLS 1.2 at least.
  std::string url;
  std::string etag;  // of what is there already; may be empty
  value::Duration timeout{30 * value::second_milliseconds};  // of the whole
  std::size_t bytes_max = std::size_t{1} << 28;
};

struct FetchedList {
  bool changed = false;  // else what is there already is still right
  std::string body;
  std::string etag;
  std::string content_type;
  std::string error;  // why there is neither; empty when there is
};

// Redirects are not followed: who publishes a list is named by whoever keeps it. A page (HTML) is
// no list, and that nothing has changed is believed only when it was asked.
FetchedList fetch_list(const FetchRequest& request);

}  // namespace alur::registry

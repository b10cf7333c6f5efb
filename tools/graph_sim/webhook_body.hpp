// The bodies of webhooks, as the Cloud API writes and signs them: ASCII only, every other character
// as \uXXXX in lower case.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace alur::graph_sim {

// One of the business's numbers.
struct SimNumber {
  std::string id = "106540352242922";                          // phone_number_id
  std::string display = "6281157157157";                       // the number, digits
  std::string account = "419561257915477";                     // of the business (WABA)
  std::string token = "the-token-of-a-number-that-is-played";  // that its messages bear
};

// One thing that a webhook tells: a message, a status, or a change of another field.
struct Update {
  std::size_t number = 0;  // of the business's numbers
  std::string field = "messages";
  std::string list;  // "messages" or "statuses"; empty: `item` is the whole value
  boost::json::object item;
  boost::json::object contact;  // beside a message; empty: none
};

// One POST. Updates of one number and list share a change; the order stays within it.
std::string webhook_body(const std::vector<SimNumber>& numbers, const std::vector<Update>& updates);

// The same JSON in ASCII.
std::string to_ascii(std::string_view json);
// "sha256=" and the lower-case hex of HMAC-SHA256.
std::string signature_of(std::string_view secret, std::string_view body);

}  // namespace alur::graph_sim

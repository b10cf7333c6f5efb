#include "tools/graph_sim/webhook_body.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <utility>

namespace alur::graph_sim {

namespace json = boost::json;

namespace {

constexpr std::string_view hex = "0123456789abcdef";

void append_unit(std::string& out, std::uint32_t unit) {
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += hex[(unit >> shift) & 0xf];
}

json::object begin_value(const SimNumber& number) {
  return {{"messaging_product", "whatsapp"},
          {"metadata", {{"display_phone_number", number.display}, {"phone_number_id", number.id}}}};
}

void append(json::object& value, std::string_view list, json::value item) {
  json::value& items = value[list];
  if (!items.is_array()) items = json::array();
  items.get_array().push_back(std::move(item));
}

// Once for each citizen, as they come.
void append_contact(json::object& value, const json::object& contact) {
  if (const json::value* had = value.if_contains("contacts")) {
    for (const json::value& one : had->get_array()) {
      if (one == contact) return;
    }
  }
  append(value, "contacts", contact);
}

}  // namespace

std::string webhook_body(const std::vector<SimNumber>& numbers,
                         const std::vector<Update>& updates) {
  std::vector<std::pair<std::string, json::array>> accounts;  // their changes
  std::map<std::pair<std::size_t, std::string>, std::pair<std::size_t, std::size_t>> open;
  for (const Update& update : updates) {
    const SimNumber& number = numbers[update.number];
    std::size_t account = 0;
    while (account < accounts.size() && accounts[account].first != number.account) ++account;
    if (account == accounts.size()) accounts.emplace_back(number.account, json::array());
    json::array& changes = accounts[account].second;
    if (update.list.empty()) {
      changes.push_back({{"value", update.item}, {"field", update.field}});
      continue;
    }
    const auto [place, is_new] =
        open.try_emplace({update.number, update.list}, account, changes.size());
    if (is_new) changes.push_back({{"value", begin_value(number)}, {"field", update.field}});
    json::object& value = changes[place->second.second].get_object()["value"].get_object();
    if (!update.contact.empty()) append_contact(value, update.contact);
    append(value, update.list, update.item);
  }
  json::array entries;
  for (auto& [id, changes] : accounts) {
    entries.push_back({{"id", id}, {"changes", std::move(changes)}});
  }
  return to_ascii(json::serialize(
      json::object{{"object", "whatsapp_business_account"}, {"entry", std::move(entries)}}));
}

std::string to_ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      out += text[at++];
      continue;
    }
    const std::size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    std::uint32_t point = byte & (0x7fu >> length);
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i) {
      point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3fu);
    }
    at += length;
    if (point >= 0x10000) {
      append_unit(out, 0xd800 + ((point - 0x10000) >> 10));
      append_unit(out, 0xdc00 + ((point - 0x10000) & 0x3ff));
    } else {
      append_unit(out, point);
    }
  }
  return out;
}

std::string signature_of(std::string_view secret, std::string_view body) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest.data(), &length);
  std::string out = "sha256=";
  for (unsigned int i = 0; i < length; ++i) {
    out += hex[digest[i] >> 4];
    out += hex[digest[i] & 0xf];
  }
  return out;
}

}  // namespace alur::graph_sim

// A WhatsAppChannel, and what is sent through it.
#pragma once

#include <gtest/gtest.h>

#include <future>

#include "adapters/whatsapp/whatsapp_channel.hpp"

namespace alur::tests {

using namespace adapters;
using ports::Fault;
using ports::Result;
using ports::SendResult;
using Kind = SendResult::Kind;

inline const std::string to_budi = "whatsapp:1001/628111";
inline const std::string token = "EAAGsecret";

inline WhatsAppSettings settings_for(const std::string& url) {
  WhatsAppSettings settings;
  settings.graph_url = url;
  settings.numbers = {{"1001", token, 80}, {"1002", "EAAGother", 20}};
  return settings;
}

inline std::unique_ptr<WhatsAppChannel> open(const std::string& url, GraphSettings graph = {},
                                             WhatsAppParts parts = {}) {
  std::string error;
  auto channel =
      WhatsAppChannel::open(settings_for(url), std::move(graph), std::move(parts), error);
  EXPECT_EQ(error, "");
  return channel;
}

inline ports::Outgoing text_to(const std::string& address, std::uint64_t id = 17) {
  ports::Outgoing message;
  message.id = id;
  message.address = address;
  message.shown.text = "halo";
  return message;
}

inline std::future<SendResult> begin(WhatsAppChannel& channel, ports::Outgoing message) {
  auto promise = std::make_shared<std::promise<SendResult>>();
  channel.send(std::move(message), [promise](SendResult result) { promise->set_value(result); });
  return promise->get_future();
}

inline SendResult send(WhatsAppChannel& channel, ports::Outgoing message = text_to(to_budi)) {
  return begin(channel, std::move(message)).get();
}

}  // namespace alur::tests

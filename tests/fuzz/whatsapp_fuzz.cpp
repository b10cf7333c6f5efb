// Any bytes as a webhook, as one message of a webhook between two good ones, and as a handshake:
// taken apart without a fault, and where they are JSON, the neighbours are heard.
#include <algorithm>
#include <boost/json.hpp>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "adapters/whatsapp/handshake.hpp"
#include "adapters/whatsapp/webhook.hpp"

namespace {

using namespace alur::adapters;

const std::vector<std::string> ours{"100"};

Webhook decode(const std::string& bytes) {
  Webhook webhook = decode_webhook(bytes, ours);
  for (const WhatsAppMessage& one : webhook.messages) {
    assert(!one.id.empty() && one.user.known() && one.number == "100");
    assert(one.input.text.size() <= words_bytes_max);
    assert((one.input.kind == alur::machine::Input::Kind::media) == (one.input.media != nullptr));
  }
  for (const WhatsAppMove& one : webhook.moves) assert(one.before.known() && one.after.known());
  for (const Unusable& one : webhook.unusable) {
    assert(!one.reason.empty() && one.raw.size() <= raw_bytes_max);
  }
  return webhook;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string all(bytes, bytes + size);
  decode(all);
  const std::string good =
      R"({"from":"628110001","id":"w","type":"text","text":{"body":"neighbour"}})";
  const std::string begin =
      R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":)"
      R"({"metadata":{"phone_number_id":"100"},"messages":[)";
  const Webhook between = decode(begin + good + "," + all + "," + good + "]}}]}]}");
  boost::json::parse_options options;
  options.max_depth = 16;
  boost::system::error_code error;
  boost::json::parse(all, error, {}, options);
  if (!error) {
    const auto heard = std::count_if(between.messages.begin(), between.messages.end(),
                                     [](const auto& one) { return one.input.text == "neighbour"; });
    assert(heard >= 2);
  }
  const auto challenge = answer_handshake(all, "token");
  assert(!challenge || challenge->size() <= challenge_bytes_max);
  return 0;
}

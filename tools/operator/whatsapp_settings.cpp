// `whatsapp` of an alur.yaml: whose webhooks are believed, and the numbers that answer.
#include <fmt/format.h>

#include <algorithm>

#include "tools/operator/read_setting.hpp"

namespace alur::tools {

using dsl::Code;
using dsl::Node;
using dsl::Place;

namespace {

constexpr std::size_t secrets_max = 2;
constexpr std::uint64_t rate_max = 1'000;  // messages a second: what Meta gives at most

bool is_whole(std::string_view text) {
  return !text.empty() && text.size() <= 32 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Plain http only where it leaves this machine nowhere.
bool is_graph_url(std::string_view url) {
  const bool local = url.starts_with("http://127.0.0.1:") || url.starts_with("http://[::1]:");
  return local || (url.starts_with("https://") && url.size() > 8 && !url.ends_with('/'));
}

void take_app_secrets(Reading& reading, const Place& place) {
  std::vector<std::string>& secrets = reading.settings.whatsapp.app_secrets;
  secrets.clear();
  for (const Node& item : items_of(reading.pass, place, dsl::NodeKind::scalar)) {
    std::string secret = take_secret(reading, place.item_at(item));
    if (!secret.empty()) secrets.push_back(std::move(secret));
  }
  if (secrets.size() > secrets_max) {
    refuse(reading, Code::bad_setting, place, "there are two app secrets at most",
           "the new one, and the old one until Meta uses it no more");
  }
}

adapters::WhatsAppNumber& last_number(Reading& reading) {
  return reading.settings.whatsapp.numbers.back();
}

constexpr Setting number_settings[] = {
    {"id",
     [](Reading& reading, const Place& place) {
       const std::string id = take_text(reading, place);
       if (is_whole(id)) {
         last_number(reading).id = id;
       } else if (!id.empty()) {
         refuse(reading, Code::bad_setting, place, "`id` takes Meta's phone_number_id: digits");
       }
     }},
    {"token_from",
     [](Reading& reading, const Place& place) {
       last_number(reading).token = take_secret(reading, place);
     }},
    {"rate",
     [](Reading& reading, const Place& place) {
       const auto rate = take_number(reading, place, rate_max);
       if (rate == 0u) {
         refuse(reading, Code::bad_setting, place, "`rate` takes a number from 1 to 1000");
       } else if (rate) {
         last_number(reading).rate = static_cast<double>(*rate);
       }
     }},
};

void take_numbers(Reading& reading, const Place& place) {
  auto& numbers = reading.settings.whatsapp.numbers;
  numbers.clear();
  for (const Node& item : items_of(reading.pass, place, dsl::NodeKind::map)) {
    numbers.emplace_back();
    const Place each = place.item_at(item);
    take_map(reading, item, number_settings);
    want_settings(reading, each, "a number", {"id", "token_from"});
    const auto same = std::count_if(numbers.begin(), numbers.end(),
                                    [&](const auto& one) { return one.id == numbers.back().id; });
    if (same > 1 && !numbers.back().id.empty()) {
      refuse(reading, Code::bad_setting, each, "this number is there already");
    }
  }
}

// As fast as it goes, which only a Graph API that is played bears.
void take_no_pace(Reading& reading, const Node& pace) {
  adapters::WhatsAppSettings& whatsapp = reading.settings.whatsapp;
  if (!whatsapp.graph_url.starts_with("http://")) {
    reading.pass.findings.add(Code::bad_setting, pace.span(), "Meta's limits hold at Meta",
                              "`none` is for a `graph_url` on this machine");
    return;
  }
  whatsapp.pair_rate = whatsapp.pair_burst = 1e9;
  for (adapters::WhatsAppNumber& number : whatsapp.numbers) number.rate = 1e9;
}

constexpr Setting whatsapp_settings[] = {
    {"port",
     [](Reading& reading, const Place& place) {
       const auto port = take_number(reading, place, port_max);
       if (!port) return;
       reading.settings.whatsapp.port = static_cast<int>(*port);
       reading.whatsapp_port = place.node.span();
     }},
    {"address",
     [](Reading& reading, const Place& place) {
       reading.settings.whatsapp.address = take_address(reading, place);
     }},
    {"path",
     [](Reading& reading, const Place& place) {
       const std::string path = take_text(reading, place);
       const bool good = path.starts_with('/') && path.find_first_of("?# ") == path.npos;
       if (good) reading.settings.whatsapp.path = path;
       if (!good && !path.empty()) {
         refuse(reading, Code::bad_setting, place, "`path` takes a path like /whatsapp");
       }
     }},
    {"app_secrets_from", take_app_secrets},
    {"verify_from",
     [](Reading& reading, const Place& place) {
       reading.settings.whatsapp.verify_token = take_secret(reading, place);
     }},
    {"numbers", take_numbers},
    {"pace",
     [](Reading& reading, const Place& place) {
       const std::string pace = take_text(reading, place);
       if (pace != "meta" && pace != "none" && !pace.empty()) {
         refuse(reading, Code::bad_setting, place, "`pace` takes `meta` or `none`");
       }
     }},
    {"graph_url",
     [](Reading& reading, const Place& place) {
       const std::string url = take_text(reading, place);
       if (is_graph_url(url)) {
         reading.settings.whatsapp.graph_url = url;
       } else if (!url.empty()) {
         refuse(reading, Code::bad_setting, place, "`graph_url` takes https://HOST",
                "or http://127.0.0.1:PORT, to try things out");
       }
     }},
    {"graph_version",
     [](Reading& reading, const Place& place) {
       const std::string version = take_text(reading, place);
       const std::size_t dot = version.find('.');
       const bool good = version.starts_with('v') && dot != version.npos &&
                         is_whole(version.substr(1, dot - 1)) && is_whole(version.substr(dot + 1));
       if (good) reading.settings.whatsapp.graph_version = version;
       if (!good && !version.empty()) {
         refuse(reading, Code::bad_setting, place, "`graph_version` takes a version like v25.0");
       }
     }},
};

}  // namespace

void take_whatsapp(Reading& reading, const Place& place) {
  if (!want_map(reading.pass, place, "numbers")) return;
  take_map(reading, place.node, whatsapp_settings);
  want_settings(reading, place, "`whatsapp`", {"app_secrets_from", "verify_from", "numbers"});
  const Node* pace = place.node.find("pace");
  if (pace && pace->is_scalar() && pace->text() == "none") take_no_pace(reading, *pace);
}

}  // namespace alur::tools

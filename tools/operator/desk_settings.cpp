// `desk` of an alur.yaml: where the agent desk listens, and what agents choose from and bear.
#include <algorithm>

#include "adapters/http/origin.hpp"
#include "engine/value/decimal.hpp"
#include "tools/operator/read_setting.hpp"

namespace alur::tools {

using dsl::Code;
using dsl::Node;
using dsl::Place;

namespace {

constexpr std::int64_t units_max = 10'000;  // hundredths
constexpr std::uint64_t open_most = 64;

bool is_origin(const std::string& text) {
  return adapters::is_origin(text);
}

bool is_name(const std::string& text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

using Choices = std::vector<adapters::DeskChoice>;

template <auto member>
constexpr auto title = [](Reading& reading, const Place& place) {
  reading.desk_choice.*member = take_text(reading, place);
};

constexpr Setting choice_settings[] = {
    {"name",
     [](Reading& reading, const Place& place) {
       const std::string name = take_text(reading, place);
       if (is_name(name)) {
         reading.desk_choice.name = name;
       } else if (!name.empty()) {
         refuse(reading, Code::bad_setting, place, "`name` takes a-z, 0-9 and _");
       }
     }},
    {"id", title<&adapters::DeskChoice::title_id>},
    {"en", title<&adapters::DeskChoice::title_en>},
};

// What is named takes the place of what is usual.
void take_choices(Reading& reading, const Place& place, Choices& choices) {
  choices.clear();
  for (const Node& item : items_of(reading.pass, place, dsl::NodeKind::map)) {
    reading.desk_choice = {};
    const Place each = place.item_at(item);
    take_map(reading, item, choice_settings);
    want_settings(reading, each, "a choice", {"name", "id", "en"});
    const bool twice = std::any_of(choices.begin(), choices.end(), [&](const auto& one) {
      return one.name == reading.desk_choice.name;
    });
    if (twice) refuse(reading, Code::bad_setting, each, "this name stands here twice");
    choices.push_back(reading.desk_choice);
  }
}

// "4", "0.25": units as hundredths. Nothing: it is none.
std::optional<std::int32_t> take_units(Reading& reading, const Place& place) {
  const std::string text = take_text(reading, place);
  const auto units = value::Decimal::parse(text);
  constexpr std::int64_t hundredths[] = {100, 10, 1};  // of a mantissa's one, by its scale
  const std::int64_t mantissa = units && units->scale() <= 2 ? units->mantissa() : 0;
  if (mantissa >= 1 && mantissa <= units_max) {
    const std::int64_t all = mantissa * hundredths[units->scale()];
    if (all <= units_max) return static_cast<std::int32_t>(all);
  }
  if (!text.empty()) {
    refuse(reading, Code::bad_setting, place, "units are a number from 0.01 to 100");
  }
  return std::nullopt;
}

constexpr std::string_view channels[] = {"phone", "webchat", "whatsapp", "telegram"};

template <std::size_t i>
constexpr Setting channel_units = {channels[i], [](Reading& reading, const Place& place) {
                                     const auto units = take_units(reading, place);
                                     if (!units) return;
                                     reading.settings.desk.units.emplace_back(channels[i], *units);
                                   }};

constexpr Setting unit_settings[] = {channel_units<0>, channel_units<1>, channel_units<2>,
                                     channel_units<3>};

template <auto member>
constexpr auto tls_path = [](Reading& reading, const Place& place) {
  reading.settings.desk.tls.*member = take_path(reading, place, Wanted::file);
};

constexpr Setting desk_settings[] = {
    {"on",
     [](Reading& reading, const Place& place) {
       reading.settings.desk.on = take_flag(reading, place, reading.settings.desk.on);
     }},
    {"port",
     [](Reading& reading, const Place& place) {
       const auto port = take_number(reading, place, port_max);
       if (!port) return;
       reading.settings.desk.port = static_cast<int>(*port);
       reading.desk_port = place.node.span();
     }},
    {"address",
     [](Reading& reading, const Place& place) {
       reading.settings.desk.address = take_address(reading, place);
     }},
    {"origins",
     [](Reading& reading, const Place& place) {
       reading.settings.desk.origins =
           take_texts(reading, place, "no origin like https://desk.example.org", is_origin);
     }},
    {"proxies",
     [](Reading& reading, const Place& place) {
       reading.settings.desk.proxies =
           take_texts(reading, place, "no address like 10.0.0.7", is_address);
     }},
    {"certificate", tls_path<&adapters::TlsFiles::certificate>},
    {"certificate_key", tls_path<&adapters::TlsFiles::key>},
    {"secret_from",
     [](Reading& reading, const Place& place) {
       reading.settings.desk.secret = take_secret(reading, place);
     }},
    {"codes",
     [](Reading& reading, const Place& place) {
       take_choices(reading, place, reading.settings.desk.codes);
       if (reading.settings.desk.codes.empty()) {
         refuse(reading, Code::bad_setting, place, "nothing can be closed without a code");
       }
     }},
    {"reasons",
     [](Reading& reading, const Place& place) {
       take_choices(reading, place, reading.settings.desk.reasons);
     }},
    {"units",
     [](Reading& reading, const Place& place) {
       if (want_map(reading.pass, place, "whatsapp")) take_map(reading, place.node, unit_settings);
     }},
    {"capacity",
     [](Reading& reading, const Place& place) {
       if (const auto units = take_units(reading, place)) reading.settings.desk.capacity = *units;
     }},
    {"open",
     [](Reading& reading, const Place& place) {
       const auto most = take_number(reading, place, open_most, 1);
       if (most) reading.settings.desk.open_max = static_cast<int>(*most);
     }},
    {"offer",
     [](Reading& reading, const Place& place) {
       std::int64_t seconds = 0;
       take_seconds(reading, place, seconds);
       if (seconds > 0) reading.settings.desk.offer_ms = seconds * 1'000;
     }},
};

}  // namespace

void take_desk(Reading& reading, const Place& place) {
  if (!want_map(reading.pass, place, "port")) return;
  take_map(reading, place.node, desk_settings);
  const adapters::TlsFiles& tls = reading.settings.desk.tls;
  if (tls.certificate.empty() != tls.key.empty()) {
    refuse(reading, Code::missing_setting, place,
           "`certificate` and `certificate_key` come together");
  }
}

}  // namespace alur::tools

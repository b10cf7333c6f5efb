// How the settings of an alur.yaml are read: values, and maps of them. Internal to the folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/parse/pass.hpp"
#include "tools/operator/settings_file.hpp"

namespace alur::tools {

inline constexpr std::uint64_t port_max = 65'535;

// What reading shares, and where the ports stand, which are compared at the end.
struct Reading {
  dsl::Pass pass;
  const Environment& environment;
  std::filesystem::path folder;
  ServeSettings& settings;
  std::optional<dsl::Span> port;
  std::optional<dsl::Span> web_port;
  std::optional<dsl::Span> whatsapp_port;
  std::optional<dsl::Span> telegram_port;
  std::optional<dsl::Span> desk_port;
  std::optional<dsl::Span> certificate;
  std::optional<dsl::Span> certificate_key;
  adapters::DeskChoice desk_choice = {};  // that is being read
};

struct Setting {
  std::string_view name;
  void (*take)(Reading&, const dsl::Place&);
};

void refuse(Reading& reading, dsl::Code code, const dsl::Place& place, std::string message,
            std::string suggestion = {});

// Each says what is wrong with a value, and gives nothing, or what was there before, in its place.

std::optional<std::uint64_t> take_number(Reading& reading, const dsl::Place& place,
                                         std::uint64_t most, std::uint64_t least = 0);
bool take_flag(Reading& reading, const dsl::Place& place, bool before);
std::string take_text(Reading& reading, const dsl::Place& place);
// What the path leads to must be there, or the folder that it will be made in.
enum class Wanted : std::uint8_t { file, folder, parent };
std::string take_path(Reading& reading, const dsl::Place& place, Wanted wanted);
// Each text of a list that `good` takes.
std::vector<std::string> take_texts(Reading& reading, const dsl::Place& place,
                                    std::string_view what, bool (*good)(const std::string&));
std::string take_address(Reading& reading, const dsl::Place& place);
bool is_address(const std::string& text);
// The secret that the named variable holds.
std::string take_secret(Reading& reading, const dsl::Place& place);
// "5 MiB", also without the space.
void take_bytes(Reading& reading, const dsl::Place& place, std::uint64_t& bytes);
void take_seconds(Reading& reading, const dsl::Place& place, std::int64_t& seconds);

// A misspelt setting is told, and then taken for the one that was meant.
void take_map(Reading& reading, const dsl::Node& map, std::span<const Setting> known);
// Says which of these are missing.
void want_settings(Reading& reading, const dsl::Place& place, std::string_view of,
                   std::initializer_list<std::string_view> names);

// `desk`, `telegram` and `whatsapp` of the file.
void take_desk(Reading& reading, const dsl::Place& place);
void take_telegram(Reading& reading, const dsl::Place& place);
void take_whatsapp(Reading& reading, const dsl::Place& place);

}  // namespace alur::tools

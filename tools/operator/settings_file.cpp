#include "tools/operator/settings_file.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <utility>

#include "adapters/webchat/origin.hpp"
#include "dsl/finding/near_miss.hpp"
#include "dsl/grammar/grammar.hpp"
#include "dsl/parse/pass.hpp"
#include "dsl/yaml/read_yaml.hpp"
#include "engine/ports/file_type.hpp"

namespace alur::tools {

namespace fs = std::filesystem;

using dsl::Code;
using dsl::Node;
using dsl::Place;

namespace {

constexpr std::uint64_t port_max = 65'535;
constexpr std::uint64_t cores_max = 1'024;
constexpr std::uint64_t day_count_max = 10'000;
constexpr std::size_t secret_bytes_min = 32;
constexpr std::int64_t second_ms = 1'000;

// What reading shares, and where the ports stand, which are compared at the end.
struct Reading {
  dsl::Pass pass;
  const Environment& environment;
  fs::path folder;
  ServeSettings& settings;
  std::optional<dsl::Span> port;
  std::optional<dsl::Span> web_port;
};

struct Setting {
  std::string_view name;
  void (*take)(Reading&, const Place&);
};

void refuse(Reading& reading, Code code, const Place& place, std::string message,
            std::string suggestion = {}) {
  reading.pass.findings.add(code, place.node.span(), std::move(message), std::move(suggestion));
}

// --- values

std::optional<std::uint64_t> take_number(Reading& reading, const Place& place, std::uint64_t most) {
  if (!want_text(reading.pass, place)) return std::nullopt;
  const std::string_view text = place.node.text();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number <= most) return number;
  refuse(reading, Code::bad_setting, place,
         fmt::format("{} takes a number from 0 to {}", place.words(), most));
  return std::nullopt;
}

bool take_flag(Reading& reading, const Place& place, bool before) {
  if (!want_text(reading.pass, place)) return before;
  if (place.node.text() == "true") return true;
  if (place.node.text() == "false") return false;
  refuse(reading, Code::bad_setting, place,
         fmt::format("{} takes `true` or `false`", place.words()));
  return before;
}

std::string take_text(Reading& reading, const Place& place) {
  if (!want_text(reading.pass, place)) return {};
  return std::string(place.node.text());
}

enum class Wanted : std::uint8_t { file, folder, parent };

bool is_there(const fs::path& path, Wanted wanted) {
  std::error_code error;
  if (wanted == Wanted::file) return fs::is_regular_file(path, error);
  return fs::is_directory(wanted == Wanted::parent ? path.parent_path() : path, error);
}

// What the path leads to must be there, or the folder that it will be made in.
std::string take_path(Reading& reading, const Place& place, Wanted wanted) {
  if (!want_text(reading.pass, place)) return {};
  const fs::path path = fs::absolute(reading.folder / place.node.text()).lexically_normal();
  if (!is_there(path, wanted)) {
    const bool of_parent = wanted == Wanted::parent;
    refuse(reading, Code::nothing_at_path, place,
           fmt::format("there is no {} {}", wanted == Wanted::file ? "file" : "folder",
                       (of_parent ? path.parent_path() : path).string()),
           of_parent ? "it is made in a folder that is there" : "");
  }
  return path.string();
}

// Each text of a list that `good` takes.
std::vector<std::string> take_texts(Reading& reading, const Place& place, std::string_view what,
                                    bool (*good)(const std::string&)) {
  std::vector<std::string> taken;
  for (const Node& item : items_of(reading.pass, place, dsl::NodeKind::scalar)) {
    const Place each = place.item_at(item);
    if (!want_text(reading.pass, each)) continue;
    taken.emplace_back(item.text());
    if (!good(taken.back())) {
      refuse(reading, Code::bad_setting, each, fmt::format("{} is {}", each.words(), what));
    }
  }
  return taken;
}

bool is_origin(const std::string& text) {
  return adapters::is_origin(text);
}

bool is_address(const std::string& text) {
  unsigned char bytes[sizeof(in6_addr)];
  return inet_pton(AF_INET, text.c_str(), bytes) == 1 ||
         inet_pton(AF_INET6, text.c_str(), bytes) == 1;
}

std::string take_address(Reading& reading, const Place& place) {
  std::string address = take_text(reading, place);
  if (!address.empty() && !is_address(address)) {
    refuse(reading, Code::bad_setting, place,
           fmt::format("{} takes an address of this machine", place.words()),
           "like 127.0.0.1, or 0.0.0.0 for all of them");
  }
  return address;
}

bool is_variable(std::string_view name) {
  return !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

// The secret that the named variable holds.
std::string take_secret(Reading& reading, const Place& place) {
  const std::string name = take_text(reading, place);
  if (name.empty()) return {};
  if (!is_variable(name)) {
    refuse(reading, Code::secret_in_file, place,
           fmt::format("{} takes the name of an environment variable", place.words()),
           "of A-Z, 0-9 and _; the secret itself stands only there");
    return {};
  }
  const auto secret = reading.environment(name);
  if (secret && secret->size() >= secret_bytes_min) return *secret;
  refuse(reading, Code::variable_not_set, place,
         secret ? fmt::format("the secret in `{}` has fewer than {} characters", name,
                              secret_bytes_min)
                : fmt::format("the environment variable `{}` is not set", name),
         "`openssl rand -hex 32` makes one");
  return {};
}

// "5 MiB", also without the space.
void take_bytes(Reading& reading, const Place& place, std::uint64_t& bytes) {
  constexpr std::pair<std::string_view, unsigned> units[] = {{"KiB", 10}, {"MiB", 20}, {"GiB", 30}};
  if (!want_text(reading.pass, place)) return;
  const std::string_view text = place.node.text();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (unit.starts_with(' ')) unit.remove_prefix(1);
  for (const auto& [name, bits] : units) {
    constexpr unsigned bits_max = 50;
    if (error != std::errc() || unit != name || number == 0) continue;
    if (number > (1ull << (bits_max - bits))) continue;
    bytes = number << bits;
    return;
  }
  refuse(reading, Code::bad_setting, place, fmt::format("{} takes a size", place.words()),
         "like 500 KiB, 5 MiB or 20 GiB");
}

bool is_file_type(const std::string& text) {
  return ports::find_file_type(text) != nullptr;
}

void take_seconds(Reading& reading, const Place& place, std::int64_t& seconds) {
  if (!want_text(reading.pass, place)) return;
  const auto length = dsl::parse_duration(dsl::Fragment(place.node), reading.pass.findings);
  if (length) seconds = std::max<std::int64_t>(1, length->milliseconds / second_ms);
}

// --- maps

bool smells_of_secret(std::string_view name) {
  constexpr std::string_view words[] = {"secret", "password", "token", "key", "credential"};
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

// A misspelt setting is told, and then taken for the one that was meant.
const Setting* find_or_tell(Reading& reading, std::span<const Setting> known,
                            const dsl::Entry& entry, const Node& map) {
  const std::string_view name = entry.key.text();
  std::vector<std::string_view> free;
  for (const Setting& one : known) {
    if (one.name == name) return &one;
    if (!map.find(one.name)) free.push_back(one.name);
  }
  dsl::Finding finding = dsl::finding_of(Code::unknown_setting, entry.key.span(),
                                         fmt::format("there is no setting `{}` here", name));
  const auto near = dsl::near_miss(name, free);
  if (!near && smells_of_secret(name)) {
    finding.code = Code::secret_in_file;
    finding.message = fmt::format("`{}`: secrets do not stand in this file", name);
    finding.suggestion = "they stand in environment variables: `web`: `secret_from: NAME`";
  } else if (near) {
    suggest(finding, name, free);
  } else {
    finding.suggestion = fmt::format("there are: {}", fmt::join(free, ", "));
  }
  reading.pass.findings.add(std::move(finding));
  if (!near) return nullptr;
  return std::find_if(known.data(), known.data() + known.size(),
                      [&](const Setting& one) { return one.name == *near; });
}

void take_map(Reading& reading, const Node& map, std::span<const Setting> known) {
  for (const dsl::Entry& entry : map.entries()) {
    const Setting* setting = find_or_tell(reading, known, entry, map);
    if (setting) setting->take(reading, {setting->name, entry.key.span(), entry.value});
  }
}

constexpr Setting web_settings[] = {
    {"port",
     [](Reading& reading, const Place& place) {
       const auto port = take_number(reading, place, port_max);
       if (!port) return;
       reading.settings.web.port = static_cast<int>(*port);
       reading.web_port = place.node.span();
     }},
    {"address",
     [](Reading& reading, const Place& place) {
       reading.settings.web.address = take_address(reading, place);
     }},
    {"title", [](Reading& reading,
                 const Place& place) { reading.settings.web.title = take_text(reading, place); }},
    {"embed",
     [](Reading& reading, const Place& place) {
       reading.settings.web.embedders =
           take_texts(reading, place, "no origin like https://www.example.org", is_origin);
     }},
    {"origins",
     [](Reading& reading, const Place& place) {
       reading.settings.web.origins =
           take_texts(reading, place, "no origin like https://www.example.org", is_origin);
     }},
    {"proxies",
     [](Reading& reading, const Place& place) {
       reading.settings.web.proxies =
           take_texts(reading, place, "no address like 10.0.0.7", is_address);
     }},
    {"secret_from",
     [](Reading& reading, const Place& place) {
       reading.settings.web.secret = take_secret(reading, place);
     }},
};

template <auto member>
constexpr auto keep_for = [](Reading& reading, const Place& place) {
  take_seconds(reading, place, reading.settings.keep.*member);
};

using ports::Retention;

constexpr Setting keep_settings[] = {
    {"ids", keep_for<&Retention::seen_seconds>},
    {"words", keep_for<&Retention::words_seconds>},
    {"journal", keep_for<&Retention::journal_seconds>},
    {"contact", keep_for<&Retention::contact_seconds>},
    {"messages", keep_for<&Retention::message_seconds>},
    {"dead_letters", keep_for<&Retention::dead_letter_seconds>},
};

template <auto member>
constexpr auto size_of = [](Reading& reading, const Place& place) {
  take_bytes(reading, place, reading.settings.files.*member);
};

using adapters::FileBounds;

constexpr Setting file_settings[] = {
    {"types",
     [](Reading& reading, const Place& place) {
       reading.settings.files.types = take_texts(
           reading, place, "no type of jpeg, png, webp, gif, heic and pdf", is_file_type);
     }},
    {"image", size_of<&FileBounds::image_bytes_max>},
    {"document", size_of<&FileBounds::document_bytes_max>},
    {"day", size_of<&FileBounds::day_bytes_max>},
    {"day_count",
     [](Reading& reading, const Place& place) {
       const auto count = take_number(reading, place, day_count_max);
       if (count) reading.settings.files.day_files_max = *count;
     }},
    {"all", size_of<&FileBounds::all_bytes_max>},
};

template <auto member, Wanted wanted>
constexpr auto path_of = [](Reading& reading, const Place& place) {
  reading.settings.*member = take_path(reading, place, wanted);
};

constexpr Setting settings_of_file[] = {
    {"app", path_of<&ServeSettings::app, Wanted::folder>},
    {"store", path_of<&ServeSettings::store, Wanted::parent>},
    {"port",
     [](Reading& reading, const Place& place) {
       const auto port = take_number(reading, place, port_max);
       if (!port) return;
       reading.settings.port = static_cast<std::uint16_t>(*port);
       reading.port = place.node.span();
     }},
    {"cores",
     [](Reading& reading, const Place& place) {
       const auto cores = take_number(reading, place, cores_max);
       if (cores) reading.settings.cores = static_cast<std::uint32_t>(*cores);
     }},
    {"channel", [](Reading& reading,
                   const Place& place) { reading.settings.channel = take_text(reading, place); }},
    {"services", path_of<&ServeSettings::services, Wanted::file>},
    {"lists", path_of<&ServeSettings::lists, Wanted::folder>},
    {"audit", path_of<&ServeSettings::audit, Wanted::parent>},
    {"watch",
     [](Reading& reading, const Place& place) {
       reading.settings.watch = take_flag(reading, place, reading.settings.watch);
     }},
    {"log",
     [](Reading& reading, const Place& place) {
       const std::string log = take_text(reading, place);
       if (log == "plain" || log == "json") {
         reading.settings.log = log;
       } else if (!log.empty()) {
         refuse(reading, Code::bad_setting, place, "`log` takes `plain` or `json`");
       }
     }},
    {"web",
     [](Reading& reading, const Place& place) {
       if (want_map(reading.pass, place, "port")) take_map(reading, place.node, web_settings);
     }},
    {"files",
     [](Reading& reading, const Place& place) {
       if (want_map(reading.pass, place, "image")) take_map(reading, place.node, file_settings);
     }},
    {"keep",
     [](Reading& reading, const Place& place) {
       if (want_map(reading.pass, place, "words")) take_map(reading, place.node, keep_settings);
     }},
};

void check_ports(Reading& reading) {
  const ServeSettings& settings = reading.settings;
  if (!reading.port || !reading.web_port || settings.port == 0) return;
  if (settings.web.port != settings.port) return;
  reading.pass.findings.add(
      Code::port_used_twice, *reading.web_port,
      fmt::format("port {} is the plain channel's and the operators'", settings.port),
      "citizens come to another one", {{*reading.port, "it is taken here"}});
}

}  // namespace

std::optional<std::string> read_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

void read_settings(const dsl::SourceFile& file, dsl::FileId id, const Environment& environment,
                   ServeSettings& settings, dsl::Findings& findings) {
  const dsl::Document document = read_yaml(file, id, findings);
  Reading reading{{findings, document.whole(), 0},
                  environment,
                  fs::path(file.path()).parent_path(),
                  settings,
                  {},
                  {}};
  const Node& root = document.root();
  want_root(reading.pass, root, "alur.yaml", "app");
  if (!root.is_map()) return;
  take_map(reading, root, settings_of_file);
  check_ports(reading);
  if (settings.app.empty() && document.whole() && !root.find("app")) {
    findings.add(Code::missing_setting, dsl::Span{id, 0, 0}, "nothing says which app is served",
                 "`app: FOLDER`, with its app.yaml");
  }
  findings.sort_in_file_order();
}

bool read_settings_file(const std::string& path, const Environment& environment,
                        ServeSettings& settings, dsl::Sources& sources, dsl::Findings& findings,
                        std::string& error) {
  constexpr std::uintmax_t bytes_max = 1u << 20;
  std::error_code code;
  const std::uintmax_t size = fs::is_regular_file(path, code) ? fs::file_size(path, code) : 0;
  std::ifstream in(path, std::ios::binary);
  if (code || !in || !fs::is_regular_file(path, code)) {
    error = path + ": there is no such file, or it cannot be read";
    return false;
  }
  if (size > bytes_max) {
    error = fmt::format("{}: {} bytes; it may have at most {}", path, size, bytes_max);
    return false;
  }
  const dsl::FileId id = sources.add(path, {std::istreambuf_iterator<char>(in), {}});
  read_settings(sources.at(id), id, environment, settings, findings);
  return true;
}

}  // namespace alur::tools

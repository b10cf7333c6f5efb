#include "tools/operator/settings_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <utility>

#include "adapters/http/origin.hpp"
#include "dsl/yaml/read_yaml.hpp"
#include "engine/ports/file_type.hpp"
#include "tools/operator/read_setting.hpp"

namespace alur::tools {

namespace fs = std::filesystem;

using dsl::Code;
using dsl::Node;
using dsl::Place;

namespace {

constexpr std::uint64_t cores_max = 1'024;
constexpr std::uint64_t day_count_max = 10'000;
constexpr std::uint64_t connections_most = 1'000'000;

bool is_origin(const std::string& text) {
  return adapters::is_origin(text);
}

bool is_file_type(const std::string& text) {
  return ports::find_file_type(text) != nullptr;
}

template <auto member, auto span>
constexpr auto tls_path = [](Reading& reading, const Place& place) {
  reading.settings.web.tls.*member = take_path(reading, place, Wanted::file);
  reading.*span = place.node.span();
};

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
    {"connections",
     [](Reading& reading, const Place& place) {
       const auto most = take_number(reading, place, connections_most, 1);
       if (most) reading.settings.web.connections_max = *most;
     }},
    {"connections_of_address",
     [](Reading& reading, const Place& place) {
       const auto most = take_number(reading, place, connections_most);
       if (most) reading.settings.web.connections_of_address_max = *most;
     }},
    {"certificate", tls_path<&adapters::TlsFiles::certificate, &Reading::certificate>},
    {"certificate_key", tls_path<&adapters::TlsFiles::key, &Reading::certificate_key>},
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
    {"unheard", keep_for<&Retention::unheard_seconds>},
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
    {"desk", take_desk},
    {"whatsapp", take_whatsapp},
    {"telegram", take_telegram},
    {"keep",
     [](Reading& reading, const Place& place) {
       if (want_map(reading.pass, place, "words")) take_map(reading, place.node, keep_settings);
     }},
};

// Against those that come before it.
void check_port(Reading& reading, const std::optional<dsl::Span>& where, int port,
                const char* cure) {
  const ServeSettings& settings = reading.settings;
  if (!where || port <= 0) return;
  const std::pair<const std::optional<dsl::Span>&, int> taken[] = {
      {reading.port, settings.port},
      {reading.web_port, settings.web.port},
      {reading.whatsapp_port, settings.whatsapp.port},
      {reading.telegram_port, settings.telegram.port}};
  for (const auto& [other, number] : taken) {
    if (&other == &where) return;
    if (!other || number != port) continue;
    reading.pass.findings.add(Code::port_used_twice, *where,
                              fmt::format("port {} has another use", port), cure,
                              {{*other, "it is taken here"}});
    return;
  }
}

void check_ports(Reading& reading) {
  const ServeSettings& settings = reading.settings;
  const bool web_too =
      reading.port && reading.web_port && settings.port != 0 && settings.web.port == settings.port;
  if (web_too) {
    reading.pass.findings.add(
        Code::port_used_twice, *reading.web_port,
        fmt::format("port {} is the plain channel's and the operators'", settings.port),
        "citizens come to another one", {{*reading.port, "it is taken here"}});
  }
  check_port(reading, reading.whatsapp_port, settings.whatsapp.port,
             "webhooks come to one of their own");
  check_port(reading, reading.telegram_port, settings.telegram.port,
             "webhooks come to one of their own");
  check_port(reading, reading.desk_port, settings.desk.port, "the desk has one of its own");
}

// A certificate without its key is of no use, nor is a key alone.
void check_certificate(Reading& reading) {
  if (reading.certificate.has_value() == reading.certificate_key.has_value()) return;
  const bool has_key = reading.certificate_key.has_value();
  reading.pass.findings.add(
      Code::missing_setting, has_key ? *reading.certificate_key : *reading.certificate,
      fmt::format("`{}` is missing beside it", has_key ? "certificate" : "certificate_key"),
      "TLS takes both: a certificate with its chain, and its key, in PEM");
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
                  {},
                  {},
                  {},
                  {},
                  {},
                  {}};
  const Node& root = document.root();
  want_root(reading.pass, root, "alur.yaml", "app");
  if (!root.is_map()) return;
  take_map(reading, root, settings_of_file);
  check_ports(reading);
  check_certificate(reading);
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

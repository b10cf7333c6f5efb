// What an alur.yaml and the options settle, as far as it can be told without the machine.
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>

#include "adapters/http/origin.hpp"
#include "adapters/registry/list_folder.hpp"
#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "engine/program/channel.hpp"
#include "engine/value/value.hpp"
#include "tools/operator/examine.hpp"
#include "tools/serve/desk_door.hpp"
#include "tools/serve/rest_services.hpp"
#include "tools/serve/whatsapp.hpp"

namespace alur::tools {

namespace fs = std::filesystem;

namespace {

Diagnosis well(std::string about, std::string found) {
  return {Condition::well, std::move(about), std::move(found), {}};
}

Diagnosis fault(std::string about, std::string found, std::string cure) {
  return {Condition::fault, std::move(about), std::move(found), std::move(cure)};
}

std::shared_ptr<const program::Program> examine_app(const ServeSettings& settings, Diagnoses& all) {
  std::string error;
  const auto files = dsl::read_app_folder(settings.app, error);
  if (files.empty()) {
    all.push_back(fault("app", error, "`app` names the folder with its app.yaml"));
    return nullptr;
  }
  dsl::Compilation compiled = dsl::compile(files);
  dsl::prove(compiled);
  const dsl::Findings& findings = compiled.findings;
  const std::string counts =
      fmt::format("{} errors, {} warnings", findings.error_count(), findings.warning_count());
  const std::string cure = fmt::format("`alur check {}` shows them", settings.app);
  if (!compiled.program) {
    all.push_back(fault("app", fmt::format("{}: {}", settings.app, counts), cure));
    return nullptr;
  }
  const program::App& app = compiled.program->app();
  Diagnosis one = well("app", fmt::format("{} in {}: {}", app.name, settings.app, counts));
  if (findings.warning_count() > 0) one = {Condition::advice, one.about, one.found, cure};
  all.push_back(std::move(one));
  return compiled.program;
}

bool has_web_chat(const ServeSettings& settings, const program::App& app) {
  const auto& channels = app.channels;
  return plain_channel(settings, channels) != "webchat" &&
         std::find(channels.begin(), channels.end(), "webchat") != channels.end();
}

void examine_whatsapp(const ServeSettings& settings, const program::App& app, Diagnoses& all) {
  const adapters::WhatsAppSettings& whatsapp = settings.whatsapp;
  if (!whatsapp.is_on()) return;
  const bool has = std::find(app.channels.begin(), app.channels.end(), adapters::whatsapp_name) !=
                   app.channels.end();
  if (!has) {
    all.push_back(fault("WhatsApp", "the app has no channel `whatsapp`",
                        "add it to `channels` of app.yaml, or take `whatsapp` out of alur.yaml"));
    return;
  }
  if (settings.channel == adapters::whatsapp_name) {
    all.push_back(fault("WhatsApp", "`channel` says that programs speak for it",
                        "take `channel` out, or `whatsapp`"));
    return;
  }
  const std::string where =
      fmt::format("{} numbers, webhooks at http://{}:{}{}", whatsapp.numbers.size(),
                  whatsapp.address, whatsapp_port(settings), whatsapp.path);
  if (whatsapp.address == "127.0.0.1" || whatsapp.address == "::1") {
    all.push_back(well("WhatsApp", where));
  } else {
    all.push_back({Condition::advice, "WhatsApp", where + ", which others can reach",
                   "it speaks no TLS: let a proxy do so, in front of 127.0.0.1"});
  }
}

void examine_desk(const ServeSettings& settings, const program::App& app, Diagnoses& all) {
  const DeskPlace& desk = settings.desk;
  if (app.queues.empty()) return;
  if (!desk.on) {
    all.push_back({Condition::advice, "desk", "switched off: nobody takes over",
                   "each `handoff` ends as `unavailable` at once"});
    return;
  }
  const bool for_all = desk.address != "127.0.0.1" && desk.address != "::1";
  const bool speaks_tls = desk.tls.are_named();
  const std::string where = fmt::format("on {}://{}:{}", speaks_tls ? "https" : "http",
                                        desk.address, desk_port(settings));
  if (speaks_tls) all.push_back(judge_certificate(desk.tls, std::time(nullptr)));
  if (for_all && !speaks_tls) {
    all.push_back(
        {Condition::fault, "desk", where + ", which others can reach",
         "browsers take its cookie over TLS only: let a proxy speak it, or name a `certificate`"});
  } else {
    all.push_back(well("desk", where));
  }
}

void examine_channels(const ServeSettings& settings, const program::App& app, Diagnoses& all) {
  const std::string name = plain_channel(settings, app.channels);
  const bool has = std::find(app.channels.begin(), app.channels.end(), name) != app.channels.end();
  if (name.empty()) {
    all.push_back(well("channel", fmt::format("for operators alone, on http://{}:{}",
                                              settings.address, settings.port)));
  } else if (!has || !program::find_channel(name)) {
    all.push_back(fault("channel", fmt::format("the app has no channel `{}`", name),
                        fmt::format("it has: {}", fmt::join(app.channels, ", "))));
  } else {
    all.push_back(well("channel", fmt::format("{}, for programs and operators, on http://{}:{}",
                                              name, settings.address, settings.port)));
  }
  examine_whatsapp(settings, app, all);
  examine_desk(settings, app, all);
  if (!has_web_chat(settings, app)) return;
  const WebChatSettings& web = settings.web;
  const int port = web.port >= 0 ? web.port : settings.port == 0 ? 0 : settings.port + 1;
  for (const auto& list : {web.origins, web.embedders}) {
    for (const std::string& one : list) {
      if (adapters::is_origin(one)) continue;
      all.push_back(fault("web chat", fmt::format("{}: is no origin", one),
                          "an origin is like https://www.example.org"));
    }
  }
  const bool for_all = web.address != "127.0.0.1" && web.address != "::1";
  const bool speaks_tls = web.tls.are_named();
  const std::string where =
      fmt::format("on {}://{}:{}", speaks_tls ? "https" : "http", web.address, port);
  if (speaks_tls) all.push_back(judge_certificate(web.tls, std::time(nullptr)));
  if (for_all && !speaks_tls) {
    all.push_back(
        {Condition::advice, "web chat", where + ", which others can reach",
         "it speaks no TLS: let a proxy do so, in front of 127.0.0.1, or name a `certificate`"});
  } else {
    all.push_back(well("web chat", where));
  }
}

void examine_services(const ServeSettings& settings, const program::App& app, Diagnoses& all) {
  const std::string path =
      settings.services.empty() ? settings.app + "/services.json" : settings.services;
  std::string error;
  const auto services = RestServices::open(path, app, error);
  if (!error.empty()) {
    all.push_back(fault("services", error, "docs/services.md says how it is written"));
  } else if (services) {
    all.push_back(
        well("services", fmt::format("{} over HTTP, of {}", services->services().size(), path)));
  } else if (!settings.services.empty()) {
    all.push_back(fault("services", path + ": is not there", "name the file, or leave it out"));
  }
}

void examine_lists(const ServeSettings& settings, Diagnoses& all) {
  const std::string folder = settings.lists.empty() ? settings.app + "/data" : settings.lists;
  std::error_code code;
  if (!fs::exists(folder + "/lists.json", code)) {
    if (settings.lists.empty()) return;
    all.push_back(fault("lists", folder + ": no lists there", "`alur registry import` makes them"));
    return;
  }
  std::string error;
  const registry::SnapshotRef lists = registry::read_lists(folder, error);
  all.push_back(lists ? well("lists", fmt::format("{} of {}", lists->id(), folder))
                      : fault("lists", error, "`alur registry import` makes new ones"));
}

}  // namespace

Diagnosis judge_certificate(const adapters::TlsFiles& files, std::int64_t now_seconds) {
  constexpr std::int64_t day_seconds = 86'400;
  constexpr std::int64_t soon_days = 14;
  constexpr const char* cure = "renew it; a service that runs takes the new one by itself";
  std::string error;
  const auto pair = adapters::TlsPair::read(files, error);
  if (!pair) {
    return fault("certificate", error,
                 "`certificate` is the file with the whole chain, `certificate_key` its key; the "
                 "service's user must be able to read both");
  }
  const auto text_of = [](std::int64_t seconds) {
    return value::Value(value::Instant{seconds * 1'000}).to_text();
  };
  const std::string until = text_of(pair->until_seconds());
  if (now_seconds >= pair->until_seconds()) {
    return fault("certificate", fmt::format("{}: was good until {}", files.certificate, until),
                 cure);
  }
  if (now_seconds < pair->from_seconds()) {
    return fault(
        "certificate",
        fmt::format("{}: is not good before {}", files.certificate, text_of(pair->from_seconds())),
        "look at the clock of this machine, or ask for another certificate");
  }
  if (now_seconds + soon_days * day_seconds > pair->until_seconds()) {
    return {Condition::advice, "certificate",
            fmt::format("{}: good until {} only", files.certificate, until), cure};
  }
  return well("certificate", fmt::format("{}: good until {}", files.certificate, until));
}

Diagnoses examine_settings(const ServeSettings& settings) {
  Diagnoses all;
  if (const auto program = examine_app(settings, all)) {
    examine_channels(settings, program->app(), all);
    examine_services(settings, program->app(), all);
  }
  examine_lists(settings, all);
  std::error_code code;
  if (settings.store.empty()) {
    all.push_back({Condition::advice, "keeps", "in memory: all is gone when the service ends",
                   "name a file with `store`"});
  } else {
    all.push_back(well(
        "keeps", settings.store + (fs::exists(settings.store, code) ? ", which is there"
                                                                    : ", which will be made")));
  }
  return all;
}

}  // namespace alur::tools

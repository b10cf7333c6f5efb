#include "tools/serve/routes.hpp"

#include <boost/json.hpp>
#include <cstdlib>

#include "adapters/http/query.hpp"
#include "dsl/compile/sources_bytes.hpp"
#include "tools/serve/metrics.hpp"

namespace alur::tools {

namespace json = boost::json;
using adapters::HttpAnswer;
using adapters::HttpRequest;

namespace {

constexpr std::size_t publish_bytes_max = 48u << 20;
constexpr std::size_t letters_max = 100;

HttpAnswer fault(int status, std::string_view why) {
  return {status, json::serialize(json::object{{"error", why}})};
}

json::array senders_of(const runtime::Health& health) {
  json::array senders;
  for (const runtime::SenderReport& sender : health.senders) {
    json::object one{{"channel", sender.channel}, {"unsent", sender.unsent}};
    if (!sender.name.empty()) one["sender"] = sender.name;
    if (!sender.paused.empty()) one["paused"] = sender.paused;
    senders.push_back(std::move(one));
  }
  return senders;
}

HttpAnswer health(runtime::Runtime& runtime) {
  const runtime::Health health = runtime.health();
  json::object counters;
  for (const auto& [name, number] : health.counters) counters[name] = number;
  const json::object body{{"ready", health.ready},         {"store_up", health.store_up},
                          {"active", health.active},       {"waiting", health.waiting},
                          {"unsent", health.unsent},       {"version", health.version},
                          {"senders", senders_of(health)}, {"counters", std::move(counters)}};
  return {health.ready ? 200 : 503, json::serialize(body)};
}

// For whoever sends citizens here, a proxy or a load balancer.
HttpAnswer ready(runtime::Runtime& runtime) {
  const runtime::Health health = runtime.health();
  const std::string_view why = health.stopping       ? "it is stopping"
                               : !health.store_up    ? "the store takes nothing"
                               : health.version == 0 ? "nothing is published"
                                                     : "";
  json::object body{{"ready", why.empty()}};
  if (!why.empty()) body["why"] = why;
  return {why.empty() ? 200 : 503, json::serialize(body)};
}

HttpAnswer metrics(runtime::Runtime& runtime, const std::string& store,
                   const adapters::FolderFiles& files, const AskUse& ask) {
  ProcessUse use = measure_process(store);
  const adapters::FolderFiles::Count kept = files.count();
  use.files = kept.files;
  use.files_bytes = kept.bytes;
  return {200, encode_metrics(runtime.health(), use, ask.web(), ask.whatsapp(), ask.desk()),
          metrics_type};
}

HttpAnswer versions(runtime::Runtime& runtime) {
  json::array all;
  for (const runtime::VersionReport& version : runtime.versions()) {
    all.push_back(json::object{{"version", version.number},
                               {"hash", version.hash},
                               {"at", version.at.milliseconds},
                               {"current", version.current},
                               {"loaded", version.loaded},
                               {"sessions", version.sessions}});
  }
  return {200, json::serialize(json::object{{"versions", std::move(all)}})};
}

std::optional<std::vector<dsl::AppFile>> files_of(const std::string& body) {
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  if (error || !value.is_object()) return std::nullopt;
  const json::value* list = value.get_object().if_contains("files");
  if (!list || !list->is_array()) return std::nullopt;
  std::vector<dsl::AppFile> files;
  for (const json::value& one : list->get_array()) {
    if (!one.is_object()) return std::nullopt;
    dsl::AppFile file;
    const std::pair<const char*, std::string*> fields[] = {
        {"path", &file.path}, {"shown_path", &file.shown_path}, {"text", &file.text}};
    for (const auto& [name, to] : fields) {
      const json::value* text = one.get_object().if_contains(name);
      if (text && text->is_string()) *to = text->get_string().c_str();
    }
    if (file.path.empty()) return std::nullopt;
    if (file.shown_path.empty()) file.shown_path = file.path;
    files.push_back(std::move(file));
  }
  return files;
}

HttpAnswer dry_run(runtime::Runtime& runtime, const std::string& sources) {
  const runtime::DryRun run = runtime.dry_run(sources);
  json::object states;
  for (const auto& [state, tally] : run.by_state) {
    json::object one{{"moves", tally.moves}, {"stays", tally.stays}, {"stranded", tally.stranded}};
    if (!tally.why.empty()) one["why"] = tally.why;
    states[state] = std::move(one);
  }
  const json::object body{
      {"compiled", run.compiled}, {"findings", run.findings}, {"states", std::move(states)}};
  return {run.compiled ? 200 : 422, json::serialize(body)};
}

HttpAnswer publish(runtime::Runtime& runtime, const HttpRequest& request) {
  const auto files = files_of(request.body);
  if (!files) return fault(400, "wanted: {\"files\": [{\"path\": ..., \"text\": ...}]}");
  const std::string sources = dsl::encode_sources(*files);
  if (!adapters::query_value(request.query, "dry_run").empty()) return dry_run(runtime, sources);
  const runtime::Published published = runtime.publish(sources);
  json::object body{{"published", published.done},
                    {"version", published.version},
                    {"unchanged", published.unchanged},
                    {"findings", published.findings}};
  if (published.done && !adapters::query_value(request.query, "move").empty()) {
    body["moved"] = runtime.move_sessions();
  }
  return {published.done ? 200 : 422, json::serialize(body)};
}

HttpAnswer roll_back(runtime::Runtime& runtime, const HttpRequest& request) {
  const long number = std::atol(adapters::query_value(request.query, "version").c_str());
  if (number <= 0 || !runtime.roll_back(static_cast<std::uint32_t>(number))) {
    return fault(422, "there is no such version, or it cannot be had now");
  }
  return {200, json::serialize(json::object{{"version", number}})};
}

HttpAnswer dead_letters(ports::Store& store) {
  const auto reader = store.reader();
  if (!reader) return fault(503, to_text(reader.error()));
  const auto letters = (*reader)->dead_letters(letters_max);
  if (!letters) return fault(503, to_text(letters.error()));
  json::array all;
  for (const ports::OutboxRow& letter : *letters) {
    all.push_back(json::object{{"id", std::to_string(letter.id)},
                               {"at", letter.at.milliseconds},
                               {"reason", letter.reason}});
  }
  return {200, json::serialize(json::object{{"dead_letters", std::move(all)}})};
}

// What came and could not be used; what it said is shown in full.
HttpAnswer unheard(ports::Store& store) {
  const auto reader = store.reader();
  if (!reader) return fault(503, to_text(reader.error()));
  const auto rows = (*reader)->unheard(letters_max);
  if (!rows) return fault(503, to_text(rows.error()));
  json::array all;
  for (const ports::UnheardRow& row : *rows) {
    all.push_back(json::object{{"at", row.at.milliseconds},
                               {"channel", row.channel},
                               {"reason", row.reason},
                               {"raw", row.raw}});
  }
  return {200, json::serialize(json::object{{"unheard", std::move(all)}})};
}

}  // namespace

std::string publish_body(const std::vector<dsl::AppFile>& files) {
  json::array list;
  for (const dsl::AppFile& file : files) {
    list.push_back(
        json::object{{"path", file.path}, {"shown_path", file.shown_path}, {"text", file.text}});
  }
  return json::serialize(json::object{{"files", std::move(list)}});
}

std::vector<adapters::HttpRoute> make_routes(runtime::Runtime& runtime, ports::Store& store,
                                             const std::string& path,
                                             const adapters::FolderFiles& files, AskUse ask_use) {
  constexpr std::size_t small = 1'024;
  const auto of_runtime = [&runtime](auto answer) {
    return [&runtime, answer](const HttpRequest& request) { return answer(runtime, request); };
  };
  return {
      {"GET", "/health", small, [&runtime](const HttpRequest&) { return health(runtime); }},
      {"GET", "/ready", small, [&runtime](const HttpRequest&) { return ready(runtime); }},
      {"GET", "/metrics", small,
       [&runtime, path, &files, ask_use](const HttpRequest&) {
         return metrics(runtime, path, files, ask_use);
       }},
      {"GET", "/versions", small, [&runtime](const HttpRequest&) { return versions(runtime); }},
      {"POST", "/publish", publish_bytes_max, of_runtime(publish)},
      {"POST", "/rollback", small, of_runtime(roll_back)},
      {"GET", "/dead-letters", small, [&store](const HttpRequest&) { return dead_letters(store); }},
      {"GET", "/unheard", small, [&store](const HttpRequest&) { return unheard(store); }},
  };
}

}  // namespace alur::tools

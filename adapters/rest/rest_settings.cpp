#include "adapters/rest/rest_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <initializer_list>

#include "adapters/http/web_address.hpp"
#include "engine/program/program.hpp"

namespace alur::adapters {

namespace json = boost::json;

namespace {

constexpr std::size_t calls_highest = 256;

// Thrown and caught within this file: where it stands, and what is wrong.
struct Refusal {
  std::string why;
};

[[noreturn]] void refuse(std::string why) {
  throw Refusal{std::move(why)};
}

void check_keys(const json::object& object, const std::string& where,
                std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : object) {
    const std::string_view key = name;
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    refuse(fmt::format("{}: `{}` is unknown; known are {}", where, key, fmt::join(known, ", ")));
  }
}

const json::object& object_at(const json::value& value, const std::string& where) {
  if (!value.is_object()) refuse(where + ": an object in braces is wanted");
  return value.get_object();
}

std::string text_at(const json::value& value, const std::string& where) {
  if (!value.is_string()) refuse(where + ": a text is wanted");
  return std::string(value.get_string());
}

std::vector<std::string> texts_at(const json::object& object, const char* name) {
  std::vector<std::string> texts;
  const json::value* found = object.if_contains(name);
  if (!found) return texts;
  if (!found->is_array()) refuse(fmt::format("{}: a list is wanted", name));
  for (const json::value& one : found->get_array()) texts.push_back(text_at(one, name));
  return texts;
}

std::int64_t number_at(const json::value& value, const std::string& where, std::int64_t low,
                       std::int64_t high) {
  const bool fits = value.is_int64() && value.get_int64() >= low && value.get_int64() <= high;
  if (!fits) refuse(fmt::format("{}: a number from {} to {} is wanted", where, low, high));
  return value.get_int64();
}

std::string shown(const WebOrigin& origin) {
  return fmt::format("{}:{}", origin.host, origin.port);
}

// "https://host[:port]/path". A host is written out: nothing stands for a part of it.
void read_url(const std::string& url, const std::string& where, RestDeclaration& out) {
  auto address = parse_web_address(url);
  if (!address) refuse(where + ": https://host/path is wanted, without user names");
  out.origin = std::move(address->origin);
  out.path = std::move(address->target);
}

std::string header_value(const json::value& value, const std::string& where) {
  if (value.is_string()) return std::string(value.get_string());
  const json::object& object = object_at(value, where);
  check_keys(object, where, {"env"});
  const std::string name = object.contains("env") ? text_at(object.at("env"), where) : "";
  const char* held = std::getenv(name.c_str());
  if (!held) refuse(fmt::format("{}: the environment has no `{}`", where, name));
  return held;
}

void read_headers(const json::object& headers, const std::string& where, RestDeclaration& out) {
  static constexpr std::string_view ours[] = {"host", "content-length", "transfer-encoding",
                                              "connection", "idempotency-key"};
  for (const auto& [key, value] : headers) {
    const std::string name(key);
    const std::string at = where + "." + name;
    std::string small = name;
    std::transform(small.begin(), small.end(), small.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool token = !name.empty() && name.find_first_not_of(
                                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                            "0123456789-_") == name.npos;
    if (!token || std::find(std::begin(ours), std::end(ours), small) != std::end(ours)) {
      refuse(at + ": is no header that can be set here");
    }
    std::string held = header_value(value, at);
    const bool one_line = std::all_of(held.begin(), held.end(), [](char c) {
      return static_cast<unsigned char>(c) >= ' ' && c != 0x7f;
    });
    if (!one_line) refuse(at + ": holds a line break or another control character");
    out.headers.emplace_back(name, std::move(held));
  }
}

std::string pointer_at(const json::value& value, const std::string& where) {
  std::string pointer = text_at(value, where);
  if (!pointer.empty() && pointer.front() != '/') {
    refuse(where + ": a JSON pointer is wanted, which begins with /");
  }
  return pointer;
}

RestRule read_rule(const json::value& value, const std::string& where) {
  const json::object& object = object_at(value, where);
  check_keys(object, where, {"status", "at", "is", "outcome", "value"});
  RestRule rule;
  if (const auto* status = object.if_contains("status")) {
    rule.status = static_cast<int>(number_at(*status, where + ".status", 200, 599));
    if (rule.status / 100 == 3) refuse(where + ".status: redirects are never followed");
  }
  const auto* at = object.if_contains("at");
  const auto* is = object.if_contains("is");
  if ((at == nullptr) != (is == nullptr)) refuse(where + ": `at` and `is` go together");
  if (at) {
    rule.at = pointer_at(*at, where + ".at");
    rule.is = text_at(*is, where + ".is");
  }
  const auto* outcome = object.if_contains("outcome");
  if (!outcome) refuse(where + ": which `outcome` it is, is wanted");
  rule.outcome = text_at(*outcome, where + ".outcome");
  if (const auto* carried = object.if_contains("value")) {
    rule.value = pointer_at(*carried, where + ".value");
  }
  return rule;
}

RestDeclaration read_service(const std::string& name, const json::value& value) {
  const json::object& object = object_at(value, name);
  check_keys(object, name, {"url", "method", "headers", "calls_max", "answers"});
  RestDeclaration out;
  out.service = name;
  const auto* url = object.if_contains("url");
  if (!url) refuse(name + ": a `url` is wanted");
  read_url(text_at(*url, name + ".url"), name + ".url", out);
  if (const auto* method = object.if_contains("method")) {
    out.method = text_at(*method, name + ".method");
    const std::string_view known[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    if (std::find(std::begin(known), std::end(known), out.method) == std::end(known)) {
      refuse(fmt::format("{}.method: one of {} is wanted", name, fmt::join(known, ", ")));
    }
  }
  if (const auto* headers = object.if_contains("headers")) {
    read_headers(object_at(*headers, name + ".headers"), name + ".headers", out);
  }
  if (const auto* calls = object.if_contains("calls_max")) {
    out.calls_max =
        static_cast<std::size_t>(number_at(*calls, name + ".calls_max", 1, calls_highest));
  }
  if (const auto* answers = object.if_contains("answers")) {
    if (!answers->is_array()) refuse(name + ".answers: a list is wanted");
    for (const json::value& one : answers->get_array()) {
      out.rules.push_back(
          read_rule(one, fmt::format("{}.answers[{}]", name, out.rules.size() + 1)));
    }
  }
  return out;
}

RestSettings read_all(const std::string& text, const std::string& folder) {
  boost::system::error_code error;
  const json::value root = json::parse(text, error);
  if (error) refuse("is no JSON: " + error.message());
  const json::object& object = object_at(root, "services.json");
  check_keys(object, "services.json", {"hosts", "private_addresses", "certificates", "services"});
  RestSettings settings;
  for (const std::string& range : texts_at(object, "private_addresses")) {
    const auto read = parse_range(range);
    if (!read) refuse("private_addresses: `" + range + "` is no range of addresses");
    settings.private_addresses.push_back(*read);
  }
  if (const auto* certificates = object.if_contains("certificates")) {
    const std::string path = text_at(*certificates, "certificates");
    settings.certificates = path.starts_with("/") ? path : folder + "/" + path;
  }
  const std::vector<std::string> hosts = texts_at(object, "hosts");
  const auto* services = object.if_contains("services");
  if (!services) refuse("`services` is wanted");
  for (const auto& [name, value] : object_at(*services, "services")) {
    RestDeclaration read = read_service(std::string(name), value);
    const std::string host = shown(read.origin);
    if (std::find(hosts.begin(), hosts.end(), host) == hosts.end()) {
      refuse(fmt::format("{}.url: `{}` is not among `hosts`", read.service, host));
    }
    settings.services.push_back(std::move(read));
  }
  return settings;
}

}  // namespace

std::optional<RestSettings> read_rest_settings(const std::string& text, const std::string& folder,
                                               std::string& error) {
  try {
    return read_all(text, folder);
  } catch (const Refusal& refusal) {
    error = refusal.why;
    return std::nullopt;
  }
}

std::string find_misfit(const RestSettings& settings, const program::App& app) {
  for (const RestDeclaration& one : settings.services) {
    const auto service =
        std::find_if(app.services.begin(), app.services.end(),
                     [&](const program::Service& known) { return known.name == one.service; });
    if (service == app.services.end()) {
      return fmt::format("the app declares no service `{}`", one.service);
    }
    for (const RestRule& rule : one.rules) {
      const auto outcome = std::find_if(
          service->outcomes.begin(), service->outcomes.end(),
          [&](const program::ServiceOutcome& known) { return known.name == rule.outcome; });
      if (outcome == service->outcomes.end()) {
        return fmt::format("`{}` has no outcome `{}`", one.service, rule.outcome);
      }
      if ((outcome->payload != nullptr) != rule.value.has_value()) {
        return fmt::format("outcome `{}` of `{}` {}", rule.outcome, one.service,
                           outcome->payload ? "carries a value: say where it is, with `value`"
                                            : "carries no value");
      }
    }
    for (std::size_t at = one.path.find('{'); at != one.path.npos;
         at = one.path.find('{', at + 1)) {
      const std::string name = one.path.substr(at + 1, one.path.find('}', at) - at - 1);
      const bool known = std::any_of(service->params.begin(), service->params.end(),
                                     [&](const program::Slot& slot) { return slot.name == name; });
      if (!known) return fmt::format("`{}` takes no `{}`", one.service, name);
    }
  }
  return {};
}

}  // namespace alur::adapters

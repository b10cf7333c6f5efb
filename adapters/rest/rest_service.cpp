#include "adapters/rest/rest_service.hpp"

#include <boost/json.hpp>
#include <set>

#include "adapters/rest/json_value.hpp"

namespace alur::adapters {

namespace json = boost::json;
using ports::Answer;
using ports::Fault;
using ports::Result;

namespace {

constexpr std::size_t request_bytes_max = 64 * 1024;
constexpr std::size_t json_depth_max = 32;

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (plain.find(c) != plain.npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

// As it stands in a URL: a text as it is, the others as JSON writes them. A path is made of the
// operator's words: an argument of dots must not lead elsewhere in it.
std::string in_url(const json::value& value) {
  if (!value.is_string()) return percent_encoded(json::serialize(value));
  const std::string text(value.get_string());
  if (text == "." || text == "..") return text == "." ? "%2E" : "%2E%2E";
  return percent_encoded(text);
}

json::object arguments_of(const ports::Call& call) {
  json::object object;
  for (const program::Slot& param : call.service.params) {
    const value::Value& given = call.argument(param.name);
    if (given.is_set()) object[param.name] = to_json(given, *param.type);
  }
  return object;
}

// Puts arguments into the path; those that are in it are not said again.
std::string fill_path(const std::string& path, json::object& arguments) {
  std::string out;
  std::set<std::string> used;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::size_t end = path[i] == '{' ? path.find('}', i) : path.npos;
    if (end == path.npos) {
      out += path[i];
      continue;
    }
    const std::string name = path.substr(i + 1, end - i - 1);
    if (const json::value* given = arguments.if_contains(name)) out += in_url(*given);
    used.insert(name);
    i = end;
  }
  for (const std::string& name : used) arguments.stable_erase(name);
  return out;
}

const json::value* find_at(const json::value& body, const std::string& pointer) {
  boost::system::error_code error;
  return body.find_pointer(pointer, error);
}

bool fits(const RestRule& rule, int status, const json::value& body) {
  if (rule.status != 0 ? status != rule.status : status / 100 != 2) return false;
  if (!rule.is) return true;
  const json::value* found = find_at(body, rule.at);
  if (!found) return false;
  return found->is_string() ? std::string_view(found->get_string()) == *rule.is
                            : json::serialize(*found) == *rule.is;
}

Result<Answer> made(const program::Service& service, std::string_view outcome,
                    const json::value* carried) {
  for (const program::ServiceOutcome& declared : service.outcomes) {
    if (declared.name != outcome) continue;
    if (!declared.payload) return Answer{declared.key, {}};
    auto held = carried ? from_json(*carried, *declared.payload) : std::nullopt;
    if (!held) return Fault::unreadable;
    return Answer{declared.key, std::move(*held)};
  }
  return Fault::refused;
}

}  // namespace

std::optional<WebRequest> to_request(const RestDeclaration& declared, const ports::Call& call) {
  json::object arguments = arguments_of(call);
  WebRequest request;
  request.method = declared.method;
  request.target = fill_path(declared.path, arguments);
  request.headers = declared.headers;
  request.headers.emplace_back("Accept", "application/json");
  request.headers.emplace_back("Idempotency-Key", call.key);
  if (declared.method == "GET") {
    for (const auto& [name, value] : arguments) {
      request.target += request.target.find('?') == request.target.npos ? '?' : '&';
      request.target += percent_encoded(name) + "=" + in_url(value);
    }
  } else {
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = json::serialize(arguments);
  }
  if (request.target.size() + request.body.size() > request_bytes_max) return std::nullopt;
  return request;
}

Result<Answer> to_answer(const RestDeclaration& declared, const program::Service& service,
                         const WebAnswer& answer) {
  json::parse_options options;
  options.max_depth = json_depth_max;
  boost::system::error_code error;
  const json::value body = json::parse(answer.body, error, {}, options);
  const bool says_nothing = answer.body.empty();
  for (const RestRule& rule : declared.rules) {
    if (!fits(rule, answer.status, body)) continue;
    if (error && !(says_nothing && !rule.value)) return Fault::unreadable;
    return made(service, rule.outcome, rule.value ? find_at(body, *rule.value) : nullptr);
  }
  if (answer.status / 100 == 5) return Fault::unavailable;
  if (!declared.rules.empty() || answer.status != 200) return Fault::refused;
  if (error || !body.is_object()) return Fault::unreadable;
  const json::value* outcome = body.get_object().if_contains("outcome");
  if (!outcome || !outcome->is_string()) return Fault::unreadable;
  return made(service, std::string_view(outcome->get_string()),
              body.get_object().if_contains("value"));
}

RestService::RestService(RestDeclaration declared, WebClient& client, OnFailure failed)
    : declared_(std::make_shared<RestDeclaration>(std::move(declared))),
      client_(client),
      failed_(std::move(failed)) {}

void RestService::ask(const ports::Call& call, std::function<void(Result<Answer>)> done) {
  auto request = to_request(*declared_, call);
  if (!request) {
    if (failed_) failed_(declared_->service, Fault::refused, 0);
    return done(Fault::refused);
  }
  const std::int64_t ms_max = call.until.milliseconds - call.now.milliseconds;
  client_.ask(declared_->origin, std::move(*request), ms_max,
              [declared = declared_, service = call.service, failed = failed_,
               done = std::move(done)](Result<WebAnswer> answer) {
                const auto meant = answer ? to_answer(*declared, service, *answer)
                                          : Result<Answer>(answer.error());
                if (!meant && failed)
                  failed(declared->service, meant.error(), answer ? answer->status : 0);
                done(meant);
              });
}

}  // namespace alur::adapters

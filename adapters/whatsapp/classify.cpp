#include "adapters/whatsapp/classify.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "adapters/http/base64url.hpp"
#include "adapters/http/json_text.hpp"
#include "adapters/http/send_result.hpp"

namespace alur::adapters {

namespace json = boost::json;
using ports::SendResult;
using Kind = ports::SendResult::Kind;

namespace {

constexpr std::size_t json_depth_max = 16;
constexpr std::size_t trace_max = 64;

constexpr GraphError table[] = {
#define GRAPH_ERROR(first, last, http, reaction, after_s, tries, meaning, source) \
  {first, last, http, GraphReaction::reaction, (after_s) * 1'000, tries, meaning, source},
#include "adapters/whatsapp/graph_error.def"
#undef GRAPH_ERROR
};

Kind kind_of(GraphReaction reaction) {
  switch (reaction) {
    case GraphReaction::retry:
      return Kind::retry;
    case GraphReaction::wait_pair:
      return Kind::wait_pair;
    case GraphReaction::wait_number:
      return Kind::wait_number;
    case GraphReaction::wait_account:
    case GraphReaction::wait_app:
      return Kind::wait_account;
    case GraphReaction::pause:
      return Kind::paused;
    case GraphReaction::hold_template:
      return Kind::hold;
    case GraphReaction::needs_template:
    case GraphReaction::drop:
    case GraphReaction::fix:
    case GraphReaction::stop:
      break;
  }
  return Kind::dropped;
}

int number_at(const json::object& object, const char* name) {
  const json::value* found = object.if_contains(name);
  if (!found || !found->is_int64()) return -1;
  const std::int64_t number = found->get_int64();
  return number < 0 || number > 999'999'999 ? -1 : static_cast<int>(number);
}

// What is no such id is left out: it goes to logs.
std::string trace_of(const json::object& error) {
  const json::value* found = error.if_contains("fbtrace_id");
  if (!found || !found->is_string()) return {};
  const std::string_view text(found->get_string());
  const bool plain = text.size() <= trace_max && is_base64url(text);
  return plain ? std::string(text) : std::string();
}

bool names_message(const json::object& body) {
  const json::value* messages = body.if_contains("messages");
  if (!messages || !messages->is_array() || messages->get_array().empty()) return false;
  const json::object* first = messages->get_array().front().if_object();
  const json::value* id = first ? first->if_contains("id") : nullptr;
  return id && id->is_string();
}

SendResult judge_error(const json::object& error, const GraphAnswer& answer) {
  SendResult result = classify_code(number_at(error, "code"), answer.status);
  result.after_ms = std::max(result.after_ms, retry_after_ms(answer.retry_after));
  const std::string trace = trace_of(error);
  if (!trace.empty()) result.reason += " (trace " + trace + ")";
  return result;
}

}  // namespace

std::string_view to_text(GraphReaction reaction) {
  static constexpr std::array<std::string_view, 11> names{
      "retry",         "wait_pair", "wait_number", "wait_account", "wait_app", "needs_template",
      "hold_template", "drop",      "fix",         "stop",         "pause"};
  return names[static_cast<std::size_t>(reaction)];
}

std::span<const GraphError> graph_errors() {
  return table;
}

const GraphError* find_graph_error(int code) {
  for (const GraphError& one : table) {
    if (one.first <= code && code <= one.last) return &one;
  }
  return nullptr;
}

SendResult classify_code(int code, int status) {
  const GraphError* known = find_graph_error(code);
  if (!known) {
    SendResult result = result_of_status(status);
    if (code >= 0) result.reason = "error " + std::to_string(code) + ", which is not known";
    return result;
  }
  SendResult result =
      result_of(kind_of(known->reaction), std::to_string(code) + ": " + std::string(known->meaning),
                known->after_ms);
  result.tries_max = known->tries;
  return result;
}

SendResult classify(const GraphAnswer& answer) {
  const auto parsed = parse_json(answer.body, json_depth_max);
  const json::object* body = parsed ? parsed->if_object() : nullptr;
  if (body) {
    if (const json::object* error = object_in(*body, "error")) return judge_error(*error, answer);
  }
  if (answer.status / 100 == 2) {
    if (body && names_message(*body)) return {};
    return result_of(Kind::unknown, "an answer that names no message");
  }
  return result_of_status(answer.status, retry_after_ms(answer.retry_after));
}

}  // namespace alur::adapters

#include "tools/graph_sim/world.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "tools/graph_sim/text_in.hpp"

namespace alur::graph_sim {

namespace json = boost::json;

namespace {

constexpr std::int64_t window_ms = 24 * 3'600'000LL;
constexpr double pair_rate = 1.0 / 6;
constexpr double pair_burst = 45;
constexpr std::int64_t typing_ms = 25'000;
constexpr int attempts_max = 40;

std::string seconds(std::int64_t ms) {
  return std::to_string(ms / 1'000);
}

}  // namespace

std::string to_json(const GraphFault& fault, const std::string& trace) {
  json::object error{
      {"message", "(#" + std::to_string(fault.code) + ") " + fault.title},
      {"type", "OAuthException"},
      {"code", fault.code},
      {"error_data", {{"messaging_product", "whatsapp"}, {"details", fault.details}}},
      {"fbtrace_id", trace}};
  return json::serialize(json::object{{"error", std::move(error)}});
}

World::World(SimSettings settings)
    : settings_(std::move(settings)), random_(settings_.seed), rates_(settings_.numbers.size()) {}

bool World::chance(double of) {
  return of > 0 && std::uniform_real_distribution<>(0, 1)(random_) < of;
}

std::string World::next_id() {
  std::array<char, 17> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), ++ids_, 16).ptr;
  std::string number(digits.data(), end);
  number.insert(0, 16 - std::min<std::size_t>(16, number.size()), '0');
  return "wamid.HBgNNjI4MTE1NzE1NzE1NxUCABEY" + number + "AA==";
}

std::optional<std::size_t> World::find_number(std::string_view id) const {
  for (std::size_t i = 0; i < settings_.numbers.size(); ++i) {
    if (settings_.numbers[i].id == id) return i;
  }
  return std::nullopt;
}

World::Answer World::refuse(const GraphFault& fault) {
  ++counts_.refused;
  return {fault.http, to_json(fault, "Sim" + std::to_string(counts_.refused))};
}

// --- the Graph API

World::Answer World::ask(const Request& request, std::int64_t now, const std::string& origin) {
  // /v25.0/NUMBER/messages, /v25.0/NUMBER/media, /v25.0/MEDIA, /sim-media/MEDIA/UNTIL
  std::vector<std::string> parts;
  for (std::size_t at = 1; at < request.path.size();) {
    const std::size_t end = std::min(request.path.find('/', at), request.path.size());
    parts.push_back(request.path.substr(at, end - at));
    at = end + 1;
  }
  const bool is_known = std::any_of(settings_.numbers.begin(), settings_.numbers.end(),
                                    [&](const SimNumber& n) { return n.token == request.token; });
  if (!is_known) {
    return refuse({401, 190, "Invalid OAuth access token", "The token is none that is known"});
  }
  if (parts.size() == 3 && parts[0] == "sim-media") {
    const SimMedia* media = shelf_.find(parts[1], now);
    if (!media || std::atoll(parts[2].c_str()) < now) return {404, "", "text/plain"};
    return {200, media->bytes, media->mime};
  }
  if (parts.size() < 2 || parts[0].empty() || parts[0][0] != 'v') {
    return refuse({404, 100, "Unknown path", request.path});
  }
  const auto number = find_number(parts[1]);
  if (parts.size() == 2 && !number) return look_at_media(request, parts[1], now, origin);
  if (!number || settings_.numbers[*number].token != request.token) {
    return refuse({400, 33, "Parameter value is not valid", "The number is none of yours"});
  }
  if (request.method != "POST" || parts.size() != 3) {
    return refuse({400, 100, "Unsupported request", request.method + " " + request.path});
  }
  if (parts[2] == "media") return media(request, *number, now);
  if (parts[2] != "messages") return refuse({400, 100, "Unknown path", request.path});
  boost::system::error_code error;
  const json::value body = json::parse(request.body, error);
  if (error || !body.is_object()) {
    return refuse({400, 100, "Invalid parameter", "The body is no JSON object"});
  }
  if (text_in(body.get_object(), "status") == "read") return mark_read(body.get_object(), now);
  return send(*number, body.get_object(), now);
}

World::Answer World::media(const Request& request, std::size_t /*number*/, std::int64_t now) {
  std::string mime;
  std::string bytes;
  if (!read_upload(request.content_type, request.body, mime, bytes)) {
    return refuse({400, 100, "Invalid parameter", "A file and its type are needed"});
  }
  const std::string id = shelf_.put(mime, std::move(bytes), now);
  return {200, json::serialize(json::object{{"id", id}})};
}

World::Answer World::look_at_media(const Request& request, const std::string& id, std::int64_t now,
                                   const std::string& origin) {
  if (chance(settings_.faults.media)) return refuse({500, 131000, "Something went wrong", ""});
  const SimMedia* media = shelf_.find(id, now);
  if (!media || request.method != "GET") {
    return refuse({400, 100, "Invalid parameter", "Object with this id does not exist"});
  }
  const std::string until = std::to_string(now + MediaShelf::url_ms);
  return {200, json::serialize(json::object{{"url", origin + "/sim-media/" + id + "/" + until},
                                            {"mime_type", media->mime},
                                            {"sha256", media->sha256},
                                            {"file_size", media->bytes.size()},
                                            {"id", id},
                                            {"messaging_product", "whatsapp"}})};
}

bool World::take(Bucket& bucket, double rate, double most, std::int64_t now) {
  if (bucket.at == 0) bucket.tokens = most;
  bucket.tokens = std::min(most, bucket.tokens + static_cast<double>(now - bucket.at) * rate / 1e3);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

Refusal World::too_fast(std::size_t number, const std::string& to, std::int64_t now) {
  if (!settings_.rates) return {};
  const int http = settings_.legacy_codes ? 429 : 400;
  if (!take(rates_[number], settings_.number_rate, settings_.number_rate, now)) {
    return GraphFault{http, 130429, "Rate limit hit", "Cloud API message throughput is reached"};
  }
  if (!take(pairs_[std::to_string(number) + "/" + to], pair_rate, pair_burst, now)) {
    return GraphFault{http, 131056, "Pair rate limit hit", "Too many messages to this citizen"};
  }
  return {};
}

World::Answer World::send(std::size_t number, const json::object& body, std::int64_t now) {
  if (const Refusal no = refuse_message(body, settings_.templates)) return refuse(*no);
  const bool by_user_id = !body.contains("to");
  const std::string to = by_user_id ? text_in(body, "recipient") : digits_of(text_in(body, "to"));
  if (to == settings_.numbers[number].display) {
    return refuse({400, 131021, "Recipient cannot be sender", "to is the number itself"});
  }
  if (const Refusal no = too_fast(number, to, now)) {
    ++counts_.too_fast;
    return refuse(*no);
  }
  if (chance(settings_.faults.refuse)) {
    return refuse({500, 131000, "Something went wrong", "An unknown error, as was asked for"});
  }
  Answer answer = accept(number, to, by_user_id, body, now);
  answer.wait_ms = settings_.faults.slow_ms;
  answer.lost = chance(settings_.faults.lose_answer);
  if (answer.lost) ++counts_.lost_answers;
  return answer;
}

World::Answer World::accept(std::size_t number, const std::string& to, bool by_user_id,
                            const json::object& body, std::int64_t now) {
  ++counts_.taken;
  const std::string id = next_id();
  json::object contact{{"input", by_user_id ? to : text_in(body, "to")}};
  if (by_user_id) {
    contact["user_id"] = to;
  } else {
    contact["wa_id"] = to;
  }
  const Answer answer{200, json::serialize(json::object{{"messaging_product", "whatsapp"},
                                                        {"contacts", json::array{contact}},
                                                        {"messages", {{{"id", id}}}}})};
  // A user id where a number belongs, or one that nobody has: taken, and gone.
  const auto known = by_user_id_.find(to);
  if (to.empty() || (by_user_id && known == by_user_id_.end())) return answer;
  Phone& to_whom = phone(by_user_id ? known->second : to);
  tell_fate(number, to_whom, id, body, now);
  return answer;
}

// What becomes of a message that was taken, in statuses to come.
void World::tell_fate(std::size_t number, Phone& owner, const std::string& id,
                      const json::object& body, std::int64_t now) {
  const auto wrote = owner.wrote_at.find(number);
  const bool is_open = wrote != owner.wrote_at.end() && now - wrote->second < window_ms;
  if (!is_open && text_in(body, "type") != "template") {
    ++counts_.failed;
    return tell_status(number, owner, id, "failed 131047", body, now + settings_.arrives_ms);
  }
  if (chance(settings_.faults.fail)) {
    ++counts_.failed;
    return tell_status(number, owner, id, "failed 131026", body, now + settings_.arrives_ms);
  }
  owner.typing_until = 0;
  owner.thread.push_back({owner.thread.size() + 1, false, id, body});
  tell_status(number, owner, id, "sent", body, now + settings_.arrives_ms / 2);
  if (text_in(body, "type") == "reaction") return;
  tell_status(number, owner, id, "delivered", body, now + settings_.arrives_ms);
  if (settings_.read_ms == 0) return;
  tell_status(number, owner, id, "read", body, now + settings_.arrives_ms + settings_.read_ms);
}

// `status` may bear an error's code.
void World::tell_status(std::size_t number, const Phone& of, const std::string& id,
                        std::string_view status, const json::object& body, std::int64_t due) {
  const std::size_t blank = status.find(' ');
  const std::string_view word = status.substr(0, blank);
  json::object item{{"id", id}, {"status", word}, {"timestamp", seconds(due)}};
  if (!of.hides_number) item["recipient_id"] = of.digits;
  if (!of.user_id.empty()) item["recipient_user_id"] = of.user_id;
  if (const json::value* ours = body.if_contains("biz_opaque_callback_data")) {
    item["biz_opaque_callback_data"] = *ours;
  }
  if (word == "sent" || word == "delivered") {
    item["pricing"] = {{"billable", false},
                       {"pricing_model", "PMP"},
                       {"type", "free_customer_service"},
                       {"category", "service"}};
  }
  if (blank != std::string_view::npos) {
    const int code = std::atoi(std::string(status.substr(blank + 1)).c_str());
    const char* title = code == 131047 ? "Re-engagement message" : "Message undeliverable";
    item["errors"] = json::array{{{"code", code},
                                  {"title", title},
                                  {"message", title},
                                  {"error_data", {{"details", title}}}}};
  }
  tell({number, "messages", "statuses", std::move(item), {}}, due);
}

World::Answer World::mark_read(const json::object& body, std::int64_t now) {
  const auto found = heard_.find(text_in(body, "message_id"));
  if (found == heard_.end()) {
    return refuse(
        {400, 131009, "Parameter value is not valid", "message_id is none that is known"});
  }
  Phone& reader = phone(found->second.phone);
  reader.read_up_to = std::max(reader.read_up_to, found->second.count);
  if (body.contains("typing_indicator")) reader.typing_until = now + typing_ms;
  return {200, json::serialize(json::object{{"success", true}})};
}

// --- phones

Phone& World::phone(const std::string& digits) {
  Phone& one = phones_[digits];
  if (one.digits.empty()) {
    one.digits = digits;
    one.name = "Citizen " + digits.substr(digits.size() - std::min<std::size_t>(4, digits.size()));
  }
  if (!one.user_id.empty()) by_user_id_[one.user_id] = digits;
  return one;
}

json::object World::contact_of(const Phone& of) const {
  json::object contact{{"profile", {{"name", of.name}}}};
  if (!of.hides_number) contact["wa_id"] = of.digits;
  if (!of.user_id.empty()) contact["user_id"] = of.user_id;
  return contact;
}

std::string World::say(const std::string& digits, std::size_t number, json::object message,
                       std::int64_t now) {
  ++counts_.said;
  Phone& speaker = phone(digits);
  std::string id = next_id();
  speaker.thread.push_back({speaker.thread.size() + 1, true, id, message});
  speaker.wrote_at[number] = now;
  heard_[id] = {digits, speaker.thread.size()};
  json::object item;
  if (!speaker.hides_number) item["from"] = digits;
  if (!speaker.user_id.empty()) item["from_user_id"] = speaker.user_id;
  item["id"] = id;
  item["timestamp"] = seconds(now);
  for (const auto& part : message) item[part.key()] = part.value();
  tell({number, "messages", "messages", std::move(item), contact_of(speaker)}, now);
  return id;
}

namespace {

// Whether this button or row is what was tapped; `at`: its position, from 1 on.
bool is_choice(const json::object& one, std::string_view choice, int at) {
  return text_in(one, "title") == choice || std::to_string(at) == choice;
}

}  // namespace

std::optional<std::string> World::tap(const std::string& digits, std::size_t number,
                                      std::string_view message, std::string_view choice,
                                      std::int64_t now) {
  const Phone& tapper = phone(digits);
  const auto found =
      std::find_if(tapper.thread.rbegin(), tapper.thread.rend(), [&](const PhoneMessage& m) {
        return !m.from_citizen && (message.empty() || m.id == message);
      });
  if (found == tapper.thread.rend() || !found->body.contains("interactive")) return std::nullopt;
  const json::object& interactive = found->body.at("interactive").as_object();
  const json::object context{{"from", settings_.numbers[number].display}, {"id", found->id}};
  const json::object& action = interactive.at("action").as_object();
  int at = 0;
  if (const json::value* buttons = action.if_contains("buttons")) {
    for (const json::value& button : buttons->as_array()) {
      const json::object& reply = button.at("reply").as_object();
      if (!is_choice(reply, choice, ++at)) continue;
      const json::object content{{"type", "button_reply"}, {"button_reply", reply}};
      return say(digits, number,
                 {{"type", "interactive"}, {"interactive", content}, {"context", context}}, now);
    }
  }
  const json::value* sections = action.if_contains("sections");
  if (!sections) return std::nullopt;
  for (const json::value& section : sections->as_array()) {
    for (const json::value& row : section.at("rows").as_array()) {
      if (!is_choice(row.as_object(), choice, ++at)) continue;
      const json::object content{{"type", "list_reply"}, {"list_reply", row}};
      return say(digits, number,
                 {{"type", "interactive"}, {"interactive", content}, {"context", context}}, now);
    }
  }
  return std::nullopt;
}

json::object World::shelve(std::string mime, std::string bytes, std::int64_t now) {
  const std::string id = shelf_.put(std::move(mime), std::move(bytes), now);
  const SimMedia& media = *shelf_.find(id, now);
  return {{"id", id}, {"mime_type", media.mime}, {"sha256", media.sha256}};
}

void World::change_number(const std::string& digits, const std::string& to, std::size_t number,
                          std::int64_t now) {
  Phone moved = phone(digits);
  phones_.erase(digits);
  moved.digits = to;
  const std::string words = "User " + moved.name + " changed from " + digits + " to " + to;
  phones_[to] = std::move(moved);
  phone(to);
  tell({number,
        "messages",
        "messages",
        {{"from", digits},
         {"id", next_id()},
         {"timestamp", seconds(now)},
         {"type", "system"},
         {"system", {{"body", words}, {"wa_id", to}, {"type", "user_changed_number"}}}},
        {}},
       now);
}

void World::change_user_id(const std::string& digits, const std::string& to, std::size_t number,
                           std::int64_t now) {
  Phone& renamed = phone(digits);
  const std::string before = renamed.user_id;
  by_user_id_.erase(before);
  renamed.user_id = to;
  phone(digits);
  json::object value{
      {"messaging_product", "whatsapp"},
      {"metadata",
       {{"display_phone_number", settings_.numbers[number].display},
        {"phone_number_id", settings_.numbers[number].id}}},
      {"user_id_update", json::array{{{"user_id", {{"previous", before}, {"current", to}}},
                                      {"detail", "The citizen is known by another id"},
                                      {"timestamp", seconds(now)}}}}};
  if (!renamed.hides_number) {
    value["user_id_update"].get_array()[0].get_object()["wa_id"] = digits;
  }
  tell({number, "user_id_update", "", std::move(value), {}}, now);
}

// --- webhooks

void World::tell(Update update, std::int64_t due) {
  ++counts_.updates;
  constexpr int late_ms = 2'000;
  if (chance(settings_.faults.shuffle)) due += static_cast<std::int64_t>(random_() % late_ms);
  if (chance(settings_.faults.duplicate)) {
    due_.emplace(due + static_cast<std::int64_t>(random_() % late_ms), update);
  }
  due_.emplace(due, std::move(update));
}

std::optional<World::Webhook> World::take_webhook(std::int64_t now) {
  if (!again_.empty() && again_.begin()->first <= now) {
    Webhook webhook = std::move(again_.begin()->second);
    again_.erase(again_.begin());
    return webhook;
  }
  if (due_.empty() || due_.begin()->first > now) return std::nullopt;
  Webhook webhook;
  webhook.since = due_.begin()->first;
  std::vector<Update> updates;
  while (!due_.empty() && due_.begin()->first <= now && updates.size() < settings_.updates_max) {
    updates.push_back(std::move(due_.begin()->second));
    due_.erase(due_.begin());
  }
  ++counts_.webhooks;
  webhook.body = webhook_body(settings_.numbers, updates);
  webhook.signature = signature_of(settings_.app_secret, webhook.body);
  return webhook;
}

void World::give_back(Webhook webhook, std::int64_t now) {
  constexpr int doublings_max = 10;
  if (++webhook.attempts > attempts_max) return;
  ++counts_.repeats;
  const int doublings = std::min(webhook.attempts - 1, doublings_max);
  again_.emplace(now + (std::int64_t{500} << doublings), std::move(webhook));
}

std::optional<std::int64_t> World::next_due() const {
  std::optional<std::int64_t> next;
  if (!due_.empty()) next = due_.begin()->first;
  if (!again_.empty()) next = std::min(next.value_or(again_.begin()->first), again_.begin()->first);
  return next;
}

}  // namespace alur::graph_sim

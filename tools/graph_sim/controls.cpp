#include "tools/graph_sim/controls.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>

#include "tools/graph_sim/text_in.hpp"

namespace alur::graph_sim {

namespace json = boost::json;

namespace {

World::Answer bad(const std::string& why) {
  return {400, json::serialize(json::object{{"error", why}})};
}

World::Answer good(json::object object) {
  return {200, json::serialize(object)};
}

std::size_t number_in(const json::object& body) {
  const json::value* found = body.if_contains("number");
  return found && found->is_int64() ? static_cast<std::size_t>(found->get_int64()) : 0;
}

// {"phone", "text"} or {"phone", "tap", "message"} or {"phone", "message": {...}} or {"phone",
// "file": {"type": "image", "mime", "data" in base64, "caption", "filename"}}
World::Answer say(World& world, const json::object& body, std::int64_t now) {
  const std::string digits = digits_of(text_in(body, "phone"));
  const std::size_t number = number_in(body);
  if (digits.empty()) return bad("`phone` is no telephone number");
  if (number >= world.settings().numbers.size()) return bad("`number` is none of the business's");
  if (body.contains("tap")) {
    const auto id = world.tap(digits, number, text_in(body, "message"), text_in(body, "tap"), now);
    return id ? good({{"id", *id}}) : bad("there is nothing of that to tap");
  }
  json::object message;
  if (const json::value* whole = body.if_contains("message"); whole && whole->is_object()) {
    message = whole->get_object();
  } else if (const json::value* file = body.if_contains("file"); file && file->is_object()) {
    const json::object& of = file->get_object();
    json::object media = world.shelve(text_in(of, "mime"), from_base64(text_in(of, "data")), now);
    for (const char* more : {"caption", "filename"}) {
      if (of.contains(more)) media[more] = of.at(more);
    }
    message = {{"type", text_in(of, "type")}, {text_in(of, "type"), std::move(media)}};
  } else {
    message = {{"type", "text"}, {"text", {{"body", text_in(body, "text")}}}};
  }
  return good({{"id", world.say(digits, number, std::move(message), now)}});
}

World::Answer look(World& world, const std::string& query, std::int64_t now) {
  const std::string digits = digits_of(in_query(query, "phone"));
  if (digits.empty()) return bad("`phone` is no telephone number");
  const Phone& phone = world.phone(digits);
  const auto after = static_cast<std::uint64_t>(std::atoll(in_query(query, "after").c_str()));
  json::array messages;
  for (std::size_t i = after; i < phone.thread.size(); ++i) {
    const PhoneMessage& one = phone.thread[i];
    messages.push_back({{"count", one.count},
                        {"from", one.from_citizen ? "citizen" : "business"},
                        {"id", one.id},
                        {"message", one.body}});
  }
  const bool types = phone.typing_until > now;
  const bool is_new = !messages.empty() || types != (in_query(query, "typing") == "true");
  World::Answer answer = good(
      {{"messages", std::move(messages)}, {"typing", types}, {"read_up_to", phone.read_up_to}});
  answer.empty = !is_new;
  return answer;
}

World::Answer set_phone(World& world, const json::object& body, std::int64_t now) {
  const std::string digits = digits_of(text_in(body, "phone"));
  const std::size_t number = number_in(body);
  if (digits.empty()) return bad("`phone` is no telephone number");
  Phone& phone = world.phone(digits);
  if (body.contains("name")) phone.name = text_in(body, "name");
  if (body.contains("hides_number")) phone.hides_number = body.at("hides_number") == true;
  const std::string user_id = text_in(body, "user_id");
  if (!user_id.empty()) {
    if (!is_user_id(user_id)) return bad("`user_id` is none");
    if (phone.user_id.empty()) {
      phone.user_id = user_id;
      world.phone(digits);
    } else {
      world.change_user_id(digits, user_id, number, now);
    }
  }
  const std::string moved = digits_of(text_in(body, "change_number"));
  if (!moved.empty()) world.change_number(digits, moved, number, now);
  return good({});
}

World::Answer set_faults(World& world, const json::object& body) {
  Faults faults;
  const std::pair<const char*, double*> all[] = {
      {"refuse", &faults.refuse},   {"lose_answer", &faults.lose_answer},
      {"fail", &faults.fail},       {"duplicate", &faults.duplicate},
      {"shuffle", &faults.shuffle}, {"media", &faults.media}};
  for (const auto& [name, chance] : all) {
    const json::value* found = body.if_contains(name);
    if (found && found->is_number()) *chance = found->to_number<double>();
  }
  const json::value* slow = body.if_contains("slow_ms");
  if (slow && slow->is_int64()) faults.slow_ms = static_cast<int>(slow->get_int64());
  world.settings().faults = faults;
  return good({});
}

World::Answer tell(World& world, const json::object& body, std::int64_t now) {
  const json::value* item = body.if_contains("item");
  if (!item || !item->is_object()) return bad("`item` must be an object");
  Update update{
      number_in(body), text_in(body, "field"), text_in(body, "list"), item->get_object(), {}};
  if (update.number >= world.settings().numbers.size()) return bad("`number` is none");
  if (update.field.empty()) update.field = "messages";
  world.tell(std::move(update), now);
  return good({});
}

World::Answer count(const World& world) {
  const Counts& counts = world.counts();
  return good({{"taken", counts.taken},
               {"refused", counts.refused},
               {"too_fast", counts.too_fast},
               {"lost_answers", counts.lost_answers},
               {"failed", counts.failed},
               {"said", counts.said},
               {"updates", counts.updates},
               {"webhooks", counts.webhooks},
               {"repeats", counts.repeats}});
}

}  // namespace

std::string in_query(const std::string& query, const std::string& name) {
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t end = std::min(query.find('&', at), query.size());
    const std::string pair = query.substr(at, end - at);
    if (pair.rfind(name + "=", 0) == 0) return pair.substr(name.size() + 1);
    at = end + 1;
  }
  return {};
}

std::optional<World::Answer> control(World& world, const std::string& method,
                                     const std::string& path, const std::string& query,
                                     const std::string& body, std::int64_t now) {
  if (path.rfind("/sim/", 0) != 0) return std::nullopt;
  if (method == "GET" && path == "/sim/thread") return look(world, query, now);
  if (method == "GET" && path == "/sim/counts") return count(world);
  if (method != "POST") return World::Answer{404, "{}"};
  boost::system::error_code error;
  const json::value parsed = json::parse(body.empty() ? "{}" : body, error);
  if (error || !parsed.is_object()) return bad("the body is no JSON object");
  const json::object& object = parsed.get_object();
  if (path == "/sim/say") return say(world, object, now);
  if (path == "/sim/phone") return set_phone(world, object, now);
  if (path == "/sim/faults") return set_faults(world, object);
  if (path == "/sim/tell") return tell(world, object, now);
  return World::Answer{404, "{}"};
}

}  // namespace alur::graph_sim

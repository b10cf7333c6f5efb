// Signed webhooks of graph_sim, a JSON object a line, for clients that others have written to look
// at. Arguments: none.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "tools/graph_sim/world.hpp"

namespace {

namespace json = boost::json;
using alur::graph_sim::World;

constexpr std::int64_t begin = 1'800'000'000'000;
constexpr const char* phone = "6281234567890";

void print(World& world, std::int64_t until) {
  while (const auto next = world.next_due()) {
    if (*next > until) return;
    const auto webhook = world.take_webhook(*next);
    if (!webhook) return;
    std::cout << json::serialize(
                     json::object{{"body", webhook->body}, {"signature", webhook->signature}})
              << "\n";
  }
}

void send(World& world, const std::string& content, std::int64_t at) {
  const auto& number = world.settings().numbers.front();
  const std::string body =
      R"({"messaging_product": "whatsapp", "to": ")" + std::string(phone) + "\", " + content + "}";
  const auto answer = world.ask(
      {"POST", "/v25.0/" + number.id + "/messages", number.token, "application/json", body}, at,
      "");
  if (answer.http != 200) std::cerr << answer.body << "\n";
}

}  // namespace

int main() {
  World world{{}};
  world.phone(phone).name = "Ani Lestari \xE2\x9C\x93";
  const auto say = [&](json::object message) { world.say(phone, 0, std::move(message), begin); };
  say({{"type", "text"}, {"text", {{"body", "Halo \xF0\x9F\x98\x80 caf\xC3\xA9 </b> \\ \"q\""}}}});
  say({{"type", "image"}, {"image", world.shelve("image/png", "bytes", begin)}});
  say({{"type", "location"}, {"location", {{"latitude", -6.2}, {"longitude", 106.8}}}});
  say({{"type", "reaction"},
       {"reaction", {{"message_id", "wamid.x"}, {"emoji", "\xF0\x9F\x91\x8D"}}}});
  print(world, begin);
  send(world,
       R"("type": "interactive", "biz_opaque_callback_data": "17", "interactive": {"type": "button",
          "body": {"text": "Ya?"}, "action": {"buttons": [
            {"type": "reply", "reply": {"id": "1.a", "title": "Ya"}},
            {"type": "reply", "reply": {"id": "1.b", "title": "Tidak"}}]}})",
       begin);
  print(world, begin + 10'000);
  world.tap(phone, 0, "", "Tidak", begin + 20'000);
  send(world,
       R"("type": "interactive", "interactive": {"type": "list", "body": {"text": "Apa?"},
          "action": {"button": "Pilih", "sections": [{"rows": [
            {"id": "2.a", "title": "Satu", "description": "yang pertama"}]}]}})",
       begin + 20'000);
  print(world, begin + 30'000);
  world.tap(phone, 0, "", "1", begin + 40'000);
  world.phone(phone).user_id = "ID.13491208655302741918";
  world.phone(phone).hides_number = true;
  say({{"type", "text"}, {"text", {{"body", "tanpa nomor"}}}});
  print(world, begin + 50'000);
}

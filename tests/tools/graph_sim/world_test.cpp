#include "tools/graph_sim/world.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace alur::graph_sim {
namespace {

namespace json = boost::json;

constexpr std::int64_t begin = 1'800'000'000'000;
constexpr std::int64_t hour = 3'600'000;
const std::string citizen = "6281234567890";

struct Told {
  std::string kind;  // "text", "sent", "delivered", "failed 131047", a field's name
  json::object item;
};

class Play {
 public:
  explicit Play(SimSettings settings = {}) : world(std::move(settings)) {}

  World::Answer send(const std::string& content, std::int64_t at, const std::string& to = citizen) {
    const std::string body =
        R"({"messaging_product": "whatsapp", "to": ")" + to + "\", " + content + "}";
    return post(body, at);
  }
  World::Answer post(const std::string& body, std::int64_t at) {
    const SimNumber& number = world.settings().numbers.front();
    return world.ask({"POST", "/v25.0/" + number.id + "/messages", number.token, "", body}, at, "");
  }
  // Everything that webhooks tell until then, in order.
  std::vector<Told> told(std::int64_t until) {
    std::vector<Told> all;
    while (auto next = world.next_due()) {
      if (*next > until) break;
      const auto webhook = world.take_webhook(*next);
      if (!webhook) break;
      const json::value parsed = json::parse(webhook->body);
      for (const json::value& entry : parsed.at("entry").as_array()) {
        for (const json::value& change : entry.at("changes").as_array()) take(change, all);
      }
    }
    return all;
  }
  std::vector<std::string> kinds(std::int64_t until) {
    std::vector<std::string> all;
    for (const Told& one : told(until)) all.push_back(one.kind);
    return all;
  }

  World world;

 private:
  static void take(const json::value& change, std::vector<Told>& all) {
    const json::object& value = change.at("value").as_object();
    if (change.at("field") != "messages") {
      all.push_back({std::string(change.at("field").as_string()), value});
      return;
    }
    if (const json::value* messages = value.if_contains("messages")) {
      for (const json::value& one : messages->as_array()) {
        all.push_back({std::string(one.at("type").as_string()), one.as_object()});
      }
    }
    if (const json::value* statuses = value.if_contains("statuses")) {
      for (const json::value& one : statuses->as_array()) {
        std::string kind(one.at("status").as_string());
        if (const json::value* errors = one.as_object().if_contains("errors")) {
          kind += " " + std::to_string(errors->as_array()[0].at("code").as_int64());
        }
        all.push_back({kind, one.as_object()});
      }
    }
  }
};

const std::string halo = R"("text": {"body": "Halo"}, "biz_opaque_callback_data": "17")";

json::object text(const std::string& words) {
  return {{"type", "text"}, {"text", {{"body", words}}}};
}

int code_of(const World::Answer& answer) {
  return static_cast<int>(json::parse(answer.body).at("error").at("code").as_int64());
}

using Kinds = std::vector<std::string>;

TEST(World, AMessageIsSentDeliveredAndRead) {
  Play play;
  play.world.say(citizen, 0, text("hi"), begin);
  const World::Answer answer = play.send(halo, begin);
  EXPECT_EQ(answer.http, 200);
  const auto all = play.told(begin + hour);
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].kind, "text");
  EXPECT_EQ(all[0].item.at("from").as_string(), citizen);
  EXPECT_EQ(all[1].kind, "sent");
  EXPECT_EQ(all[2].kind, "delivered");
  EXPECT_EQ(all[3].kind, "read");
  EXPECT_EQ(all[3].item.at("biz_opaque_callback_data"), "17");
  EXPECT_EQ(all[3].item.at("id"), json::parse(answer.body).at("messages").as_array()[0].at("id"));
  EXPECT_EQ(play.world.phone(citizen).thread.size(), 2u);
}

TEST(World, OutsideTheWindowOnlyTemplatesArrive) {
  SimSettings settings;
  settings.templates = {{"reminder", 0}};
  Play play(settings);
  EXPECT_EQ(play.send(halo, begin).http, 200);
  EXPECT_EQ(play.kinds(begin + hour), Kinds{"failed 131047"});
  play.world.say(citizen, 0, text("hi"), begin);
  play.told(begin + hour);
  EXPECT_EQ(play.send(halo, begin + 23 * hour).http, 200);
  EXPECT_EQ(play.kinds(begin + 23 * hour + 60'000), (Kinds{"sent", "delivered", "read"}));
  play.send(halo, begin + 24 * hour);
  EXPECT_EQ(play.kinds(begin + 25 * hour), Kinds{"failed 131047"});
  play.send(R"("type": "template", "template": {"name": "reminder", "language": {"code": "id"}})",
            begin + 25 * hour);
  EXPECT_EQ(play.kinds(begin + 26 * hour), (Kinds{"sent", "delivered", "read"}));
}

TEST(World, PairsAndNumbersHaveTheirRates) {
  Play play;
  play.world.say(citizen, 0, text("hi"), begin);
  for (int i = 0; i < 45; ++i) EXPECT_EQ(play.send(halo, begin).http, 200) << i;
  EXPECT_EQ(code_of(play.send(halo, begin)), 131056);
  for (int i = 0; i < 34; ++i) {  // 46 of the number's 80 are used
    EXPECT_EQ(play.send(halo, begin, "62812000" + std::to_string(1'000 + i)).http, 200) << i;
  }
  EXPECT_EQ(code_of(play.send(halo, begin, "6281299999")), 130429);
  EXPECT_EQ(play.send(halo, begin + 6'000).http, 200);
  EXPECT_EQ(code_of(play.send(halo, begin + 6'001)), 131056);
  play.world.settings().legacy_codes = true;
  EXPECT_EQ(play.send(halo, begin + 6'002).http, 429);
}

TEST(World, ATapBearsTheIdOfItsChoiceAndItsMessage) {
  Play play;
  play.world.say(citizen, 0, text("hi"), begin);
  play.send(R"("type": "interactive", "interactive": {"type": "list", "body": {"text": "Which?"},
      "action": {"button": "Choose", "sections": [{"rows": [
        {"id": "7.a", "title": "First", "description": "of two"},
        {"id": "7.b", "title": "Second"}]}]}})",
            begin);
  play.told(begin + hour);
  EXPECT_FALSE(play.world.tap(citizen, 0, "", "Third", begin + hour));
  ASSERT_TRUE(play.world.tap(citizen, 0, "", "2", begin + hour));
  ASSERT_TRUE(play.world.tap(citizen, 0, "", "First", begin + hour));
  const auto all = play.told(begin + 2 * hour);
  ASSERT_EQ(all.size(), 2u);
  const json::value& second = all[0].item.at("interactive").at("list_reply");
  EXPECT_EQ(second.at("id"), "7.b");
  const json::value& first = all[1].item.at("interactive").at("list_reply");
  EXPECT_EQ(first.at("description"), "of two");
  EXPECT_EQ(all[1].item.at("context").at("id").as_string(), play.world.phone(citizen).thread[1].id);
}

TEST(World, AUserIdWhereANumberBelongsIsTakenAndLost) {
  Play play;
  Phone& phone = play.world.phone(citizen);
  phone.user_id = "ID.123";
  phone.hides_number = true;
  play.world.say(citizen, 0, text("hi"), begin);
  const auto first = play.told(begin);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_FALSE(first[0].item.contains("from"));
  EXPECT_EQ(first[0].item.at("from_user_id"), "ID.123");
  EXPECT_EQ(play.send(halo, begin, "ID.123").http, 200);
  EXPECT_EQ(play.kinds(begin + hour), Kinds{});
  const std::string body =
      R"({"messaging_product": "whatsapp", "recipient": "ID.123", )" + halo + "}";
  EXPECT_EQ(play.post(body, begin).http, 200);
  EXPECT_EQ(play.kinds(begin + hour), (Kinds{"sent", "delivered", "read"}));
}

TEST(World, ChangesOfNumberAndIdAreTold) {
  Play play;
  play.world.phone(citizen).user_id = "ID.123";
  play.world.change_user_id(citizen, "ID.456", 0, begin);
  play.world.change_number(citizen, "6281999999999", 0, begin);
  const auto all = play.told(begin);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].kind, "user_id_update");
  EXPECT_EQ(all[1].kind, "system");
  EXPECT_EQ(all[1].item.at("system").at("wa_id"), "6281999999999");
  EXPECT_EQ(play.world.phone("6281999999999").user_id, "ID.456");
}

TEST(World, AWebhookThatIsNotTakenComesAgainLaterEachTime) {
  Play play;
  play.world.say(citizen, 0, text("hi"), begin);
  auto webhook = play.world.take_webhook(begin);
  ASSERT_TRUE(webhook);
  const std::string body = webhook->body;
  play.world.give_back(std::move(*webhook), begin);
  EXPECT_EQ(play.world.next_due(), begin + 500);
  webhook = play.world.take_webhook(begin + 500);
  ASSERT_TRUE(webhook);
  EXPECT_EQ(webhook->body, body);
  play.world.give_back(std::move(*webhook), begin + 500);
  EXPECT_EQ(play.world.next_due(), begin + 1'500);
}

TEST(World, BatchesHoldUpToWhatIsAskedFor) {
  SimSettings settings;
  settings.updates_max = 3;
  Play play(settings);
  for (int i = 0; i < 7; ++i) play.world.say(citizen, 0, text("hi"), begin);
  std::vector<std::size_t> sizes;
  while (const auto webhook = play.world.take_webhook(begin)) {
    const json::value body = json::parse(webhook->body);
    const json::value& value =
        body.at("entry").as_array()[0].at("changes").as_array()[0].at("value");
    sizes.push_back(value.at("messages").as_array().size());
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{3, 3, 1}));
}

TEST(World, FaultsAreWhatWasAskedFor) {
  SimSettings settings;
  settings.rates = false;
  Play play(settings);
  play.world.say(citizen, 0, text("hi"), begin);
  play.told(begin);
  play.world.settings().faults.refuse = 1;
  EXPECT_EQ(code_of(play.send(halo, begin)), 131000);
  play.world.settings().faults = {0, 1, 0, 0, 0, 0};
  EXPECT_TRUE(play.send(halo, begin).lost);
  EXPECT_EQ(play.kinds(begin + hour), (Kinds{"sent", "delivered", "read"}));
  play.world.settings().faults = {0, 0, 1, 0, 0, 0};
  play.send(halo, begin);
  EXPECT_EQ(play.kinds(begin + hour), Kinds{"failed 131026"});
  play.world.settings().faults = {0, 0, 0, 1, 0, 0};
  play.send(halo, begin);
  EXPECT_EQ(play.kinds(begin + hour).size(), 6u);
}

TEST(World, ReadMarksAndDotsAreSeenOnThePhone) {
  Play play;
  const std::string id = play.world.say(citizen, 0, text("hi"), begin);
  const auto answer = play.post(R"({"messaging_product": "whatsapp", "status": "read",
      "message_id": ")" + id + R"(", "typing_indicator": {"type": "text"}})",
                                begin);
  EXPECT_EQ(answer.body, R"({"success":true})");
  EXPECT_EQ(play.world.phone(citizen).read_up_to, 1u);
  EXPECT_GT(play.world.phone(citizen).typing_until, begin);
  play.send(halo, begin);
  EXPECT_EQ(play.world.phone(citizen).typing_until, 0);
}

TEST(World, MediaGoesUpAndDown) {
  Play play;
  const SimNumber& number = play.world.settings().numbers.front();
  const std::string upload =
      "--b\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
      "Content-Type: image/png\r\n\r\n\x89PNG\r\n\r\nbytes\r\n--b--\r\n";
  const auto up = play.world.ask({"POST", "/v25.0/" + number.id + "/media", number.token,
                                  "multipart/form-data; boundary=b", upload},
                                 begin, "");
  ASSERT_EQ(up.http, 200) << up.body;
  const std::string id(json::parse(up.body).at("id").as_string());
  const auto told =
      play.world.ask({"GET", "/v25.0/" + id, number.token, "", ""}, begin, "http://here");
  const json::value about = json::parse(told.body);
  EXPECT_EQ(about.at("mime_type"), "image/png");
  const std::string url(about.at("url").as_string());
  const auto down = [&](const std::string& token, std::int64_t at) {
    return play.world.ask({"GET", url.substr(std::string("http://here").size()), token, "", ""}, at,
                          "");
  };
  EXPECT_EQ(down(number.token, begin).body, "\x89PNG\r\n\r\nbytes");
  EXPECT_EQ(down("other", begin).http, 401);
  EXPECT_EQ(down(number.token, begin + 6 * 60'000).http, 404);
}

TEST(World, StrangersAreRefused) {
  Play play;
  const auto code = [&](const std::string& path, const std::string& token) {
    return code_of(play.world.ask({"POST", path, token, "", "{}"}, begin, ""));
  };
  EXPECT_EQ(code("/v25.0/106540352242922/messages", "other"), 190);
  EXPECT_EQ(code("/v25.0/17/messages", SimNumber().token), 33);
  EXPECT_EQ(code("/v25.0/106540352242922/messages", SimNumber().token), 100);
}

}  // namespace
}  // namespace alur::graph_sim

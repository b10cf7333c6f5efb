// Telegram: calls of the Bot API, and updates; the limits are those of its pages (Bot API 10.1).
#include <boost/json.hpp>

#include "adapters/telegram/telegram_channel.hpp"
#include "engine/machine/split_text.hpp"
#include "tests/contract/channel/channel_bench.hpp"

namespace alur::tests {
namespace {

namespace json = boost::json;
using namespace adapters;
using Kind = ports::SendResult::Kind;

std::size_t length_of(std::string_view text) {
  return machine::length_in(program::LengthUnit::utf16, text);
}

std::string with_id(int id, const std::string& members) {
  return "{\"update_id\":" + std::to_string(id) + "," + members + "}";
}

std::string from(int citizen) {
  const std::string id = std::to_string(70'000 + citizen);
  return "\"from\":{\"id\":" + id + ",\"is_bot\":false},\"chat\":{\"id\":" + id + "}";
}

// Answers what it was given with one verdict.
class FixedInbox : public ports::Inbox {
 public:
  explicit FixedInbox(ports::Verdict verdict) : verdict_(verdict) {}
  void receive(ports::Inbound, std::function<void(ports::Verdict)> done) override {
    done(verdict_);
  }
  void receive(ports::Receipt, std::function<void(bool)> done) override { done(true); }

 private:
  ports::Verdict verdict_;
};

class TelegramBench : public ChannelBench {
 public:
  std::string name() const override { return "telegram"; }

  std::vector<Seen> show(const machine::Message& message) override {
    std::vector<Seen> all;
    for (const machine::Shown& shown : presented(message, capabilities())) {
      all.push_back(read(render_telegram(70'001, shown)));
    }
    return all;
  }

  std::vector<FarAnswer> answers() const override {
    const std::string bad = R"({"ok":false,"description":"chat 628123 not found")";
    return {{200, R"({"ok":true,"result":{"message_id":9}})", Kind::accepted, 0},
            {200, "{}", Kind::unknown, 0},
            {400, bad + "}", Kind::dropped, 0},
            {401, bad + "}", Kind::paused, 0},
            {403, bad + "}", Kind::dropped, 0},
            {404, bad + "}", Kind::paused, 0},
            {429, bad + R"(,"parameters":{"retry_after":35}})", Kind::wait_pair, 35'000},
            {429, "", Kind::wait_pair, 0},
            {500, bad + "}", Kind::unknown, 0},
            {502, "<html>628123</html>", Kind::unknown, 0}};
  }
  ports::SendResult judge(const FarAnswer& answer) override {
    return classify_telegram(answer.status, answer.body);
  }

  bool receives() const override { return true; }
  std::vector<std::string> samples() const override {
    const std::string message = "\"message\":{\"message_id\":1," + from(1);
    return {with_id(1, message + R"(,"text":"halo"})"),
            with_id(2, message + R"(,"caption":"ini","photo":[{"file_id":"a","file_size":1}]})"),
            with_id(3, message + R"(,"document":{"file_id":"b","mime_type":"application/pdf"}})"),
            with_id(4, message + R"(,"venue":{"location":{"latitude":1.5,"longitude":2},)" +
                           R"("title":"t","address":"a"}})"),
            with_id(5, message + R"(,"contact":{"first_name":"n","phone_number":"1"}})"),
            with_id(6, message + R"(,"dice":{"value":3}})"),
            with_id(7, "\"edited_message\":{" + from(1) + R"(,"text":"b"})"),
            with_id(8, R"("callback_query":{"id":"q","data":"3-k7","from":{"id":1},"message":{)" +
                           from(1) + R"(,"reply_markup":{"inline_keyboard":[[{"text":"Ya",)" +
                           R"("callback_data":"3-k7"}]]}}})")};
  }
  std::string typed(int citizen, int id, const std::string& text) override {
    return with_id(id, "\"message\":{\"message_id\":1," + from(citizen) +
                           ",\"text\":" + json::serialize(json::value(text)) + "}");
  }
  // The message is the bot's; who tapped stands beside it.
  std::string tapped(int citizen, int id, const Seen::Button& button) override {
    const json::array keyboard{
        json::array{json::object{{"text", button.label}, {"callback_data", button.id}}}};
    return with_id(id, R"("callback_query":{"id":"q1","from":{"id":1},"data":")" + button.id +
                           R"(","message":{)" + from(citizen) +
                           R"(,"reply_markup":{"inline_keyboard":)" + json::serialize(keyboard) +
                           "}}}");
  }
  std::vector<std::string> echoes() const override {
    return {with_id(1, R"("message":{"from":{"id":1,"is_bot":true},"chat":{"id":7},"text":"a"})"),
            with_id(2, R"("channel_post":{"chat":{"id":-7},"text":"a"})"),
            with_id(3, R"("message":{"from":{"id":7},"chat":{"id":-9},"text":"a"})")};
  }
  std::string batch(const std::vector<std::string>& each) const override {
    std::string all;
    for (const std::string& one : each) all += (all.empty() ? "" : ",") + one;
    return R"({"ok":true,"result":[)" + all + "]}";
  }
  std::vector<ports::Inbound> decode(int, std::string_view wire) override {
    std::vector<ports::Inbound> heard;
    for (TelegramUpdate& update : decode_updates(wire)) {
      if (update.chat == 0) continue;
      ports::Inbound& inbound = heard.emplace_back();
      inbound.id = std::to_string(update.id);
      inbound.address = "telegram:" + std::to_string(update.chat);
      inbound.input = std::move(update.input);
    }
    return heard;
  }
  // Telegram repeats what the webhook answers with another status than 2xx.
  bool comes_again(ports::Verdict verdict) override {
    TelegramSettings settings;
    settings.token = "1:a";
    settings.api_url = "http://127.0.0.1:1";
    settings.webhook_url = "https://example.org/telegram";
    std::string error;
    FixedInbox inbox(verdict);
    const auto channel = TelegramChannel::open(settings, {}, error);
    channel->start(inbox);
    int status = 0;
    channel->take(typed(1, 1, "halo"), [&](int answered) { status = answered; });
    return status / 100 != 2;
  }

 private:
  static Seen read(const WebRequest& call) {
    Seen seen;
    const json::object body = json::parse(call.body).as_object();
    const auto fault_if = [&](bool bad, const char* what) {
      if (bad) seen.faults.push_back(std::string(what) + ": " + call.body);
    };
    if (call.target != "sendMessage") return seen;
    seen.words = std::string(body.at("text").as_string());
    const std::size_t length = length_of(seen.words);
    fault_if(length < 1 || length > 4'096, "a text of no length that is taken");
    if (!body.contains("reply_markup")) return seen;
    const json::array& rows = body.at("reply_markup").at("inline_keyboard").as_array();
    fault_if(rows.size() > 100, "too many buttons");
    for (const json::value& row : rows) {
      for (const json::value& one : row.as_array()) {
        const std::string data(one.at("callback_data").as_string());
        seen.buttons.push_back({data, std::string(one.at("text").as_string())});
        fault_if(data.empty() || data.size() > 64, "callback_data of no length that is taken");
        fault_if(seen.buttons.back().label.empty(), "a button without a label");
      }
    }
    return seen;
  }
};

}  // namespace

std::unique_ptr<ChannelBench> make_telegram_bench() {
  return std::make_unique<TelegramBench>();
}

}  // namespace alur::tests

// WhatsApp: what goes to the Graph API, and webhooks; limits of Meta's Cloud API pages (2025-11).
#include <boost/json.hpp>

#include "adapters/memory/memory_store.hpp"
#include "adapters/whatsapp/classify.hpp"
#include "adapters/whatsapp/intake.hpp"
#include "adapters/whatsapp/render.hpp"
#include "adapters/whatsapp/settings.hpp"
#include "engine/machine/split_text.hpp"
#include "tests/contract/channel/channel_bench.hpp"

namespace alur::tests {
namespace {

namespace json = boost::json;
using namespace adapters;
using Kind = ports::SendResult::Kind;

std::string error_of(int code) {
  return R"({"error":{"message":"to 628123","code":)" + std::to_string(code) +
         R"(,"error_data":{"details":"628123"}}})";
}

constexpr std::string_view number = "100200300400500";

std::string user(int citizen) {
  return std::to_string(628'123'000'000 + citizen);
}

std::string in_entry(const std::string& field, const std::string& value) {
  return R"({"object":"whatsapp_business_account","entry":[{"id":"4400","changes":[{"field":")" +
         field + R"(","value":)" + value + "}]}]}";
}

// With `more`: messages, or statuses.
std::string of_number(const std::string& more) {
  return in_entry("messages", R"({"messaging_product":"whatsapp","metadata":{)"
                              R"("display_phone_number":"628000","phone_number_id":")" +
                                  std::string(number) + "\"}," + more + "}");
}

std::string message(int citizen, int id, const std::string& type, const std::string& content) {
  return of_number(R"("contacts":[{"profile":{"name":"Budi"},"wa_id":")" + user(citizen) +
                   R"("}],"messages":[{"from":")" + user(citizen) + R"(","id":"wamid.)" +
                   std::to_string(id) + R"(","timestamp":"1790000000","type":")" + type + "\",\"" +
                   type + "\":" + content + "}]");
}

// Keeps what it is given, and answers with one verdict.
class KeepingInbox : public ports::Inbox {
 public:
  void receive(ports::Inbound inbound, std::function<void(ports::Verdict)> done) override {
    kept.push_back(std::move(inbound));
    done(verdict);
  }
  void receive(ports::Receipt, std::function<void(bool)> done) override { done(true); }

  ports::Verdict verdict = ports::Verdict::accepted;
  std::vector<ports::Inbound> kept;
};

struct StandingClock : ports::Clock {
  value::Instant now() const override { return {1'790'000'500'000}; }
};

// The way of a webhook from its signature on; who its citizens are is remembered, and nothing kept.
class Receiving {
 public:
  Receiving() {
    IntakeParts parts;
    parts.inbox = &inbox;
    parts.citizens = &citizens_;
    parts.clock = &clock_;
    parts.numbers = {std::string(number)};
    parts.commit = [](ports::Change, std::function<void(ports::Result<void>)> done) { done({}); };
    parts.tell = [](const std::string&) {};
    intake_ = std::make_unique<Intake>(std::move(parts));
  }

  // Whether Meta is told that it was taken.
  bool take(std::string_view wire) {
    bool good = false;
    intake_->take(decode_webhook(wire, intake_->numbers()), [&good](bool done) { good = done; });
    return good;
  }

  KeepingInbox inbox;

 private:
  MemoryStore store_{std::make_shared<MemoryDisk>()};
  WhatsAppCitizens citizens_{store_, std::move(*store_.reader())};
  StandingClock clock_;
  std::unique_ptr<Intake> intake_;
};

class WhatsAppBench : public ChannelBench {
 public:
  std::string name() const override { return whatsapp_name; }

  std::vector<Seen> show(const machine::Message& message) override {
    std::vector<Seen> all;
    for (machine::Shown& shown : presented(message, capabilities())) {
      const Letter letter{*parse_recipient("628123456"), 1, {}, to_content(std::move(shown))};
      all.push_back(read(json::parse(render(letter)).as_object()));
    }
    return all;
  }

  std::vector<FarAnswer> answers() const override {
    return {{200, R"({"messages":[{"id":"wamid.1"}]})", Kind::accepted, 0},
            {200, "{}", Kind::unknown, 0},
            {400, error_of(131056), Kind::wait_pair, 0},
            {400, error_of(130429), Kind::wait_number, 0},
            {400, error_of(131026), Kind::dropped, 0},
            {401, error_of(190), Kind::paused, 0},
            {429, "<html>628123</html>", Kind::wait_number, 7'000, "7"},
            {500, "<html>628123</html>", Kind::unknown, 0}};
  }
  ports::SendResult judge(const FarAnswer& answer) override {
    return classify({answer.status, answer.retry_after, answer.body});
  }

  bool receives() const override { return true; }
  std::vector<std::string> samples() const override {
    const std::string reply = R"(":{"id":"3-k7-0","title":"Ya"}})";
    return {
        message(1, 1, "text", R"({"body":"halo"})"),
        message(1, 2, "image",
                R"({"id":"11","mime_type":"image/jpeg","sha256":"a","caption":"b"})"),
        message(1, 3, "location", R"({"latitude":-6.2,"longitude":106.8,"name":"Kantor"})"),
        message(1, 4, "interactive", R"({"type":"button_reply","button_reply)" + reply),
        message(1, 5, "interactive", R"({"type":"list_reply","list_reply)" + reply),
        message(1, 6, "button", R"({"payload":"3-k7-0","text":"Ya"})"),
        message(1, 7, "reaction", R"({"message_id":"wamid.1","emoji":"a"})"),
        message(1, 8, "contacts", R"([{"name":{"formatted_name":"n"},"phones":[{"phone":"1"}]}])"),
        message(1, 9, "system",
                R"({"body":"moved","wa_id":"628124","type":"user_changed_number"})"),
        message(1, 10, "poll", R"({"a":1})")};
  }
  std::string typed(int citizen, int id, const std::string& text) override {
    return message(citizen, id, "text", json::serialize(json::object{{"body", text}}));
  }
  std::string tapped(int citizen, int id, const Seen::Button& button) override {
    const json::object reply{{"id", button.id}, {"title", button.label}};
    return message(
        citizen, id, "interactive",
        json::serialize(json::object{{"type", "button_reply"}, {"button_reply", reply}}));
  }
  std::vector<std::string> echoes() const override {
    const std::string echo = R"([{"from":"628000","to":"628123000001","id":"wamid.9",)"
                             R"("timestamp":"1790000000","type":"text","text":{"body":"a"}}])";
    return {in_entry("smb_message_echoes", R"({"message_echoes":)" + echo + "}"),
            of_number(R"("messages":)" + echo),
            of_number(R"("statuses":[{"id":"wamid.9","status":"sent","timestamp":"1790000000",)"
                      R"("recipient_id":"628123000001","biz_opaque_callback_data":"9"}])")};
  }
  std::string batch(const std::vector<std::string>& each) const override {
    json::array entries;
    for (const std::string& one : each) {
      const json::value whole = json::parse(one);
      const json::value* found =
          whole.is_object() ? whole.get_object().if_contains("entry") : nullptr;
      if (!found || !found->is_array()) {
        entries.push_back(found ? *found : whole);
        continue;
      }
      for (const json::value& entry : found->get_array()) entries.push_back(entry);
    }
    return json::serialize(
        json::object{{"object", "whatsapp_business_account"}, {"entry", entries}});
  }
  std::vector<ports::Inbound> decode(int, std::string_view wire) override {
    receiving_.inbox.kept.clear();
    receiving_.take(wire);
    return std::move(receiving_.inbox.kept);
  }
  // Meta repeats what is answered with another status than 200.
  bool comes_again(ports::Verdict verdict) override {
    Receiving receiving;
    receiving.inbox.verdict = verdict;
    return !receiving.take(typed(1, 1, "halo"));
  }

 private:
  Receiving receiving_;

  static void bound(Seen& seen, std::string_view text, std::size_t most, const char* what) {
    const std::size_t length = machine::length_in(program::LengthUnit::utf16, text);
    if (length >= 1 && length <= most) return;
    seen.faults.push_back(std::string(what) + " of " + std::to_string(length));
  }
  static void add(Seen& seen, const json::value& choice, std::size_t label_max,
                  std::size_t id_max) {
    seen.buttons.push_back(
        {std::string(choice.at("id").as_string()), std::string(choice.at("title").as_string())});
    bound(seen, seen.buttons.back().label, label_max, "a title");
    bound(seen, seen.buttons.back().id, id_max, "an id");
  }
  static Seen read(const json::object& body) {
    Seen seen;
    if (body.at("type") == "text") {
      seen.words = std::string(body.at("text").at("body").as_string());
      bound(seen, seen.words, 4'096, "a text");
      return seen;
    }
    const json::object& interactive = body.at("interactive").as_object();
    seen.words = std::string(interactive.at("body").at("text").as_string());
    bound(seen, seen.words, 1'024, "a body");
    const json::object& action = interactive.at("action").as_object();
    if (interactive.at("type") == "button") {
      for (const json::value& one : action.at("buttons").as_array()) {
        add(seen, one.at("reply"), 20, 256);
      }
      if (seen.buttons.size() > 3) seen.faults.push_back("too many buttons");
      return seen;
    }
    for (const json::value& row : action.at("sections").at(0).at("rows").as_array()) {
      add(seen, row, 24, 200);
      if (!row.as_object().contains("description")) continue;
      const std::string hint(row.at("description").as_string());
      bound(seen, hint, 72, "a description");
      seen.words += "\n" + hint;
    }
    if (seen.buttons.size() > 10) seen.faults.push_back("too many rows");
    return seen;
  }
};

}  // namespace

std::unique_ptr<ChannelBench> make_whatsapp_bench() {
  return std::make_unique<WhatsAppBench>();
}

}  // namespace alur::tests

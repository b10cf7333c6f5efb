// WhatsApp, as far as sending goes; limits of Meta's Cloud API pages (2025-11).
#include <boost/json.hpp>

#include "adapters/whatsapp/classify.hpp"
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
            {500, "<html>628123</html>", Kind::unknown, 0}};
  }
  ports::SendResult judge(const FarAnswer& answer) override {
    return classify({answer.status, "", answer.body});
  }

 private:
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

// The web chat: frames over a socket that is one citizen's.
#include <boost/json.hpp>
#include <map>

#include "adapters/webchat/visit.hpp"
#include "tests/contract/channel/channel_bench.hpp"

namespace alur::tests {
namespace {

namespace json = boost::json;
using namespace adapters;

std::string text_of(const json::object& object, const char* name) {
  const json::value* found = object.if_contains(name);
  return found && found->is_string() ? std::string(found->get_string()) : "";
}

class WebChatBench : public ChannelBench {
 public:
  std::string name() const override { return "webchat"; }

  std::vector<Seen> show(const machine::Message& message) override {
    std::vector<Seen> all;
    for (machine::Shown& shown : presented(message, capabilities())) {
      ports::Outgoing outgoing;
      outgoing.id = all.size() + 1;
      outgoing.shown = std::move(shown);
      all.push_back(read(encode_message(outgoing)));
    }
    return all;
  }

  bool receives() const override { return true; }
  std::vector<std::string> samples() const override {
    return {R"({"type":"message","id":"m1","text":"halo"})",
            R"({"type":"message","id":"m2","tap":"3-k7","text":"Ya"})",
            R"({"type":"hello","v":1,"token":"x","last":"17"})", R"({"type":"ack","last":"17"})",
            R"({"type":"ping"})"};
  }
  std::string typed(int, int id, const std::string& text) override {
    return json::serialize(
        json::object{{"type", "message"}, {"id", "m" + std::to_string(id)}, {"text", text}});
  }
  std::string tapped(int, int id, const Seen::Button& button) override {
    return json::serialize(json::object{{"type", "message"},
                                        {"id", "t" + std::to_string(id)},
                                        {"tap", button.id},
                                        {"text", button.label}});
  }
  std::vector<ports::Inbound> decode(int citizen, std::string_view wire) override {
    // A socket is as new each time as its allowance.
    Visit visit(tokens_, name());
    const json::object hello{{"type", "hello"}, {"v", 1}, {"token", token(citizen)}, {"last", "0"}};
    visit.take(json::serialize(hello), true, now_ms);
    auto step = visit.take(wire, true, now_ms);
    std::vector<ports::Inbound> heard;
    if (step.inbound) heard.push_back(std::move(*step.inbound));
    return heard;
  }
  // The page sends again what was answered so (docs/webchat.md).
  bool comes_again(ports::Verdict verdict) override {
    const json::object ack = json::parse(encode_ack("m1", verdict)).as_object();
    const std::string said = text_of(ack, "verdict");
    return said == "overloaded" || said == "unavailable";
  }

 private:
  static constexpr std::int64_t now_ms = 1'800'000'000'000;

  Seen read(const std::string& frame) const {
    Seen seen;
    const json::object object = json::parse(frame).as_object();
    seen.words = text_of(object, "text");
    if (frame.size() > frame_bytes_max) seen.faults.push_back("a frame that is too long");
    if (!object.contains("choices")) return seen;
    for (const json::value& one : object.at("choices").as_array()) {
      const json::object& choice = one.as_object();
      seen.buttons.push_back({text_of(choice, "tap"), text_of(choice, "label")});
      seen.words += "\n" + text_of(choice, "hint");
      if (seen.buttons.back().label.empty()) seen.faults.push_back("a button without a label");
    }
    return seen;
  }
  std::string token(int citizen) {
    auto& token = citizens_[citizen];
    if (token.empty()) token = tokens_.encode(tokens_.make_fresh(now_ms / 1'000));
    return token;
  }

  Tokens tokens_{make_token_key(), 1};
  std::map<int, std::string> citizens_;
};

}  // namespace

std::unique_ptr<ChannelBench> make_webchat_bench() {
  return std::make_unique<WebChatBench>();
}

}  // namespace alur::tests

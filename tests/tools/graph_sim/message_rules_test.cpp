#include "tools/graph_sim/message_rules.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace alur::graph_sim {
namespace {

namespace json = boost::json;

// The error's code; 0: it is taken. `rest` stands beside what every message has.
int code_of(const std::string& rest, const Templates& templates = {}) {
  const std::string body =
      R"({"messaging_product": "whatsapp", "to": "+62 812-3456-7890", )" + rest + "}";
  const Refusal no = refuse_message(json::parse(body).as_object(), templates);
  return no ? no->code : 0;
}

std::string buttons(const std::string& all) {
  return R"("type": "interactive", "interactive": {"type": "button", "body": {"text": "Yes?"},)"
         R"("action": {"buttons": [)" +
         all + "]}}";
}

std::string button(const std::string& id, const std::string& title) {
  return R"({"type": "reply", "reply": {"id": ")" + id + R"(", "title": ")" + title + "\"}}";
}

std::string list(int sections, int rows) {
  std::string out =
      R"("type": "interactive", "interactive": {"type": "list", "body": {"text": "Which?"},)"
      R"("action": {"button": "Choose", "sections": [)";
  for (int s = 0; s < sections; ++s) {
    out += (s ? ", " : "") + std::string(R"({"title": "Part", "rows": [)");
    for (int r = 0; r < rows; ++r) {
      out += (r ? ", " : "") + std::string(R"({"id": ")") + std::to_string(s * 100 + r) +
             R"(", "title": "Row"})";
    }
    out += "]}";
  }
  return out + "]}}";
}

TEST(MessageRules, TakesWhatTheApiTakes) {
  EXPECT_EQ(code_of(R"("text": {"body": "Halo"})"), 0);  // text is what it is without a type
  EXPECT_EQ(code_of(R"("type": "text", "text": {"body": "Halo", "preview_url": true})"), 0);
  EXPECT_EQ(code_of(buttons(button("a", "Ya") + "," + button("b", "Tidak"))), 0);
  EXPECT_EQ(code_of(list(1, 10)), 0);
  EXPECT_EQ(code_of(list(2, 5)), 0);
  EXPECT_EQ(code_of(R"("type": "image", "image": {"link": "https://a.example/x.png"})"), 0);
  EXPECT_EQ(code_of(R"("type": "location", "location": {"latitude": "-6.2", "longitude": 106})"),
            0);
  EXPECT_EQ(code_of(R"("type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": ""})"),
            0);
}

TEST(MessageRules, LengthsAreCountedInUtf16) {
  const std::string letters(4'096, 'a');
  EXPECT_EQ(code_of(R"("text": {"body": ")" + letters + "\"}"), 0);
  EXPECT_EQ(code_of(R"("text": {"body": ")" + letters + "a\"}"), 131009);
  std::string faces;
  for (int i = 0; i < 10; ++i) faces += "\U0001F600";
  EXPECT_EQ(code_of(buttons(button("a", faces))), 0);
  EXPECT_EQ(code_of(buttons(button("a", faces + "!"))), 131009);
}

TEST(MessageRules, RefusesWhatTheApiRefuses) {
  EXPECT_EQ(code_of(R"("text": {"body": ""})"), 131009);
  EXPECT_EQ(code_of(R"("text": {"body": 5})"), 100);
  EXPECT_EQ(code_of(R"("type": "text")"), 131008);
  EXPECT_EQ(code_of(R"("type": "poll", "poll": {})"), 131051);
  EXPECT_EQ(code_of(buttons("")), 131009);
  EXPECT_EQ(code_of(buttons(button("a", "Ya") + "," + button("a", "Tidak"))), 131009);
  EXPECT_EQ(code_of(buttons(button("a", "Ya") + "," + button("b", "Ya"))), 131009);
  EXPECT_EQ(code_of(buttons(button(" a", "Ya"))), 131009);
  EXPECT_EQ(code_of(buttons(button("a", "A title of 21 letters"))), 131009);
  EXPECT_EQ(code_of(buttons(button("a", "1") + "," + button("b", "2") + "," + button("c", "3") +
                            "," + button("d", "4"))),
            131009);
  EXPECT_EQ(code_of(list(1, 11)), 131009);
  EXPECT_EQ(code_of(list(3, 4)), 131009);
  EXPECT_EQ(code_of(list(11, 1)), 131009);
  EXPECT_EQ(code_of(R"("type": "image", "image": {"link": "ftp://a"})"), 131009);
  EXPECT_EQ(code_of(R"("type": "image", "image": {"link": "http://a", "id": "1"})"), 131009);
  EXPECT_EQ(code_of(R"("type": "audio", "audio": {"id": "1", "caption": "x"})"), 100);
  EXPECT_EQ(code_of(R"("type": "location", "location": {"latitude": 91, "longitude": 0})"), 131009);
  EXPECT_EQ(code_of(R"("text": {"body": "x"}, "context": {})"), 131008);
  EXPECT_EQ(code_of(R"("text": {"body": "x"}, "biz_opaque_callback_data": ")" +
                    std::string(513, 'x') + "\""),
            131009);
}

TEST(MessageRules, TemplatesAreKnownWithTheirParameters) {
  const Templates known{{"reminder", 1}};
  const std::string begin = R"("type": "template", "template": {"name": ")";
  const std::string language = R"(", "language": {"code": "id"})";
  const std::string one =
      R"(, "components": [{"type": "body", "parameters": [{"type": "text", "text": "x"}]}]})";
  EXPECT_EQ(code_of(begin + "reminder" + language + one, known), 0);
  EXPECT_EQ(code_of(begin + "reminder" + language + "}", known), 132000);
  EXPECT_EQ(code_of(begin + "other" + language + one, known), 132001);
}

TEST(MessageRules, ARecipientIsANumberOrAUserId) {
  const auto code = [](const std::string& who) {
    const std::string body =
        R"({"messaging_product": "whatsapp", "text": {"body": "x"}, )" + who + "}";
    const Refusal no = refuse_message(json::parse(body).as_object(), {});
    return no ? no->code : 0;
  };
  EXPECT_EQ(code(R"("recipient": "ID.13491208655302741918")"), 0);
  EXPECT_EQ(code(R"("recipient": "id.134")"), 131009);
  EXPECT_EQ(code(R"("to": "12345")"), 131009);
  EXPECT_EQ(code(R"("to": "62812345678901234")"), 131009);
  EXPECT_EQ(code(R"("to": 62812)"), 100);
  EXPECT_EQ(code(R"("type": "text")"), 131008);
  EXPECT_EQ(code(R"("to": "ID.13491208655302741918")"), 0);  // and never arrives
}

// Published samples, where there are some. What is no conversation's is not played here.
TEST(MessageRules, TakesPublishedSamples) {
  const char* shared = std::getenv("ALUR_SHARED");
  const std::filesystem::path folder =
      std::filesystem::path(shared ? shared : "") / "data/whatsapp/send";
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "ALUR_SHARED names no samples";
  const std::set<std::string> played{"button", "list", "cta_url", "location_request_message"};
  std::size_t seen = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::stringstream text;
    text << std::ifstream(file.path()).rdbuf();
    boost::system::error_code error;
    const json::value sample = json::parse(text.str(), error);
    if (error || !sample.is_object() || sample.as_object().contains("status")) continue;
    json::object body = sample.as_object();
    body["to"] = "6281234567890";  // where the samples leave a blank, here and below
    const json::value* type = body.if_contains("type");
    if (!type || *type == "template") continue;
    if (json::value* content = body.if_contains(type->as_string())) {
      json::object* media = content->if_object();
      if (media && media->contains("link")) (*media)["link"] = "https://example.org/a";
    }
    if (*type == "interactive") {
      const json::value& kind = body.at("interactive").at("type");
      if (played.count(std::string(kind.as_string())) == 0) continue;
    }
    const Refusal no = refuse_message(body, {});
    EXPECT_FALSE(no) << file.path().filename() << ": " << no->details;
    ++seen;
  }
  EXPECT_GT(seen, 20u);
}

}  // namespace
}  // namespace alur::graph_sim

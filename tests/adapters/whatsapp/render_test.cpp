// What goes over the wire for each kind of content, byte for byte; and that whatever the machine
// presents stays within Meta's limits, whole and reachable.
#include "adapters/whatsapp/render.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

#include "engine/machine/split_text.hpp"
#include "engine/program/channel.hpp"
#include "engine/value/text.hpp"

namespace alur::tests {
namespace {

namespace json = boost::json;
using namespace adapters;
using machine::Shown;
using machine::ShownChoice;

std::string rendered(Content content, const std::string& user = "628111") {
  return render({*parse_recipient(user), 17, {}, std::move(content)});
}

// The body without what all of them begin and end with.
std::string part(Content content) {
  const std::string head =
      R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"+628111",)";
  const std::string tail = R"(,"biz_opaque_callback_data":"17"})";
  const std::string body = rendered(std::move(content));
  EXPECT_TRUE(body.starts_with(head) && body.ends_with(tail)) << body;
  return body.substr(head.size(), body.size() - head.size() - tail.size());
}

std::vector<ShownChoice> two_choices() {
  return {{"1-a-0", "Ya", ""}, {"1-b-0", "Tidak", "nanti"}};
}

// --- bodies

TEST(Render, EveryKindThatTheMachineShows) {
  EXPECT_EQ(part(TextContent{"halo \"kamu\"\n\u00e9"}),
            R"("type":"text","text":{"body":"halo \"kamu\"\né"})");
  EXPECT_EQ(part(ButtonsContent{"Lanjut?", two_choices()}),
            R"("type":"interactive","interactive":{"type":"button","body":{"text":"Lanjut?"},)"
            R"("action":{"buttons":[{"type":"reply","reply":{"id":"1-a-0","title":"Ya"}},)"
            R"({"type":"reply","reply":{"id":"1-b-0","title":"Tidak"}}]}})");
  EXPECT_EQ(part(ListContent{"Yang mana?", "Pilih", two_choices()}),
            R"("type":"interactive","interactive":{"type":"list","body":{"text":"Yang mana?"},)"
            R"("action":{"button":"Pilih","sections":[{"rows":[{"id":"1-a-0","title":"Ya"},)"
            R"({"id":"1-b-0","title":"Tidak","description":"nanti"}]}]}})");
  EXPECT_EQ(part(LinkContent{"Baca", "Buka", "https://ojk.example/a?b=c"}),
            R"("type":"interactive","interactive":{"type":"cta_url","body":{"text":"Baca"},)"
            R"("action":{"name":"cta_url","parameters":{"display_text":"Buka",)"
            R"("url":"https://ojk.example/a?b=c"}}})");
  MediaContent image;
  image.link = "https://x.example/a.png";
  image.caption = "A";
  EXPECT_EQ(part(image),
            R"("type":"image","image":{"link":"https://x.example/a.png","caption":"A"})");
  MediaContent document;
  document.kind = MediaContent::Kind::document;
  document.id = "77";
  document.file_name = "a.pdf";
  EXPECT_EQ(part(document), R"("type":"document","document":{"id":"77","filename":"a.pdf"})");
}

TEST(Render, APlaceIsTwoNumbers) {
  machine::Location monas;
  monas.latitude = *value::Decimal::parse("-6.175392");
  monas.longitude = *value::Decimal::parse("106.827153");
  monas.name = "Monas";
  const json::value body = json::parse(rendered(PlaceContent{monas}));
  const json::object& place = body.at("location").as_object();
  EXPECT_DOUBLE_EQ(place.at("latitude").as_double(), -6.175392);
  EXPECT_DOUBLE_EQ(place.at("longitude").as_double(), 106.827153);
  EXPECT_EQ(place.at("name").as_string(), "Monas");
  EXPECT_FALSE(place.contains("address"));
}

TEST(Render, WhatOnlyWhatsAppHas) {
  EXPECT_EQ(part(PlaceRequestContent{"Di mana?"}),
            R"("type":"interactive","interactive":{"type":"location_request_message",)"
            R"("body":{"text":"Di mana?"},"action":{"name":"send_location"}})");
  EXPECT_EQ(part(ReactionContent{"wamid.A", ""}),
            R"("type":"reaction","reaction":{"message_id":"wamid.A","emoji":""})");
  EXPECT_EQ(render_read("wamid.A", false),
            R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.A"})");
  EXPECT_EQ(render_read("wamid.A", true),
            R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.A",)"
            R"("typing_indicator":{"type":"text"}})");
}

TEST(Render, TemplatesWithAndWithoutWhatFillsThem) {
  EXPECT_EQ(part(TemplateContent{"kabar", "id", {}}),
            R"("type":"template","template":{"name":"kabar",)"
            R"("language":{"policy":"deterministic","code":"id"}})");
  TemplateContent filled{"kabar", "en_US", {}};
  using Of = TemplateComponent::Kind;
  using As = TemplateParameter::Kind;
  filled.components = {{Of::header, "", 0, {{As::image, "https://x.example/a.png", ""}}},
                       {Of::body, "", 0, {{As::text, "Budi", ""}, {As::text, "C-1", "ticket"}}},
                       {Of::button, "quick_reply", 0, {{As::payload, "1-a-0", ""}}}};
  EXPECT_EQ(part(filled), R"("type":"template","template":{"name":"kabar",)"
                          R"("language":{"policy":"deterministic","code":"en_US"},"components":[)"
                          R"({"type":"header","parameters":[{"type":"image",)"
                          R"("image":{"link":"https://x.example/a.png"}}]},)"
                          R"({"type":"body","parameters":[{"type":"text","text":"Budi"},)"
                          R"({"type":"text","parameter_name":"ticket","text":"C-1"}]},)"
                          R"({"type":"button","sub_type":"quick_reply","index":"0",)"
                          R"("parameters":[{"type":"payload","payload":"1-a-0"}]}]})");
}

TEST(Render, AnIdOfWhatsAppsOwnNeverStandsWhereANumberDoes) {
  for (const std::string user : {"ID.1349", "US.ENT.9aZ"}) {
    const json::value body = json::parse(rendered(TextContent{"halo"}, user));
    EXPECT_EQ(body.at("recipient").as_string(), user);
    EXPECT_FALSE(body.as_object().contains("to"));
  }
}

TEST(Render, AReplyNamesWhatItAnswers) {
  const json::value body =
      json::parse(render({*parse_recipient("628111"), 0, "wamid.Z", TextContent{"halo"}}));
  EXPECT_EQ(body.at("context").at("message_id").as_string(), "wamid.Z");
  EXPECT_FALSE(body.as_object().contains("biz_opaque_callback_data"));
}

// --- whom it goes to

TEST(Recipient, WhatIsNeitherANumberNorAnIdIsNobody) {
  for (const std::string text :
       {"", "1234", "+628111", "62 8111", "123456789012345678901", "ID.", "id.123", "I.123",
        "ID.ENT.", "ID.12_3", "ID.12 3", "IDX.1", "ID1.2"}) {
    EXPECT_FALSE(parse_recipient(text)) << text;
  }
  EXPECT_FALSE(parse_recipient("ID." + std::string(129, 'a')));
  EXPECT_TRUE(parse_recipient("ID." + std::string(128, 'a')));
}

TEST(Recipient, AnAddressNamesTheNumberAndTheCitizen) {
  const auto address = parse_address("whatsapp:106540352242922/ID.7a");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->number, "106540352242922");
  EXPECT_EQ(address->recipient.kind, Recipient::Kind::user_id);
  for (const std::string text :
       {"whatsapp:/628111", "whatsapp:628111", "whatsapp:1a/628111", "webchat:1/628111",
        "whatsapp:1/2/628111", "whatsapp:1/", "whatsapp:1", ""}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
}

// A session's address may name somebody who is reached under another name by now.
TEST(Recipient, ASessionIsItsNumbersWhateverItsUserIsCalled) {
  EXPECT_EQ(number_of("whatsapp:1001/628111~2"), "1001");
  EXPECT_EQ(number_of("whatsapp:1001/ID.7a"), "1001");
  for (const std::string text :
       {"whatsapp:1001", "whatsapp:/628111", "webchat:1/2", "1001/1", ""}) {
    EXPECT_EQ(number_of(text), "") << text;
  }
}

TEST(Content, ADocumentIsCalledAsItsAddressEnds) {
  const std::pair<std::string, std::string> cases[] = {
      {"https://x.example/a/b.pdf", "b.pdf"}, {"https://x.example/b.pdf?x=/c.doc#d", "b.pdf"},
      {"https://x.example/download", ""},     {"https://x.example", ""},
      {"https://x.example/.pdf", ""},         {"https://x.example/a.", ""}};
  for (const auto& [url, name] : cases) {
    Shown shown;
    shown.kind = Shown::Kind::document;
    shown.url = url;
    EXPECT_EQ(std::get<MediaContent>(to_content(shown)).file_name, name) << url;
  }
}

// What an agent sends has no address but a name.
TEST(Content, ADocumentOfOursIsCalledAsItsSenderCallsIt) {
  Shown shown;
  shown.kind = Shown::Kind::document;
  shown.url = "alur-file:x";
  shown.label = "surat keterangan.pdf";
  EXPECT_EQ(std::get<MediaContent>(to_content(shown)).file_name, "surat keterangan.pdf");
}

// --- whatever is presented

std::size_t units(std::string_view text) {
  return machine::length_in(program::LengthUnit::utf16, text);
}

std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n') out += c;
  }
  return out;
}

// A title of so many pieces: letters, a family of emoji, marks that combine, Hebrew.
std::string title_of(int kind, std::size_t pieces, std::size_t number) {
  static const std::string piece[] = {"a", "\U0001F468\u200D\U0001F469\u200D\U0001F467",
                                      "e\u0301\u0323", "\u05E9\u05DC"};
  std::string title;
  if (pieces > 0) title = std::to_string(number) + "-";
  for (std::size_t i = 0; i < pieces; ++i) title += piece[kind];
  return title;
}

// Reads bodies as Meta does, and holds them to its limits.
struct Reader {
  std::string words;  // all that is said, in order
  std::set<std::string> ids;
  std::size_t taps = 0;

  void text(const json::value& text, std::size_t most) {
    const std::string said(text.as_string());
    EXPECT_GE(units(said), 1u);
    EXPECT_LE(units(said), most) << said;
    words += said + "\n";
  }

  void choice(const json::object& choice, std::size_t title_max) {
    const std::string id(choice.at("id").as_string());
    EXPECT_LE(id.size(), 200u);
    EXPECT_TRUE(ids.insert(id).second) << id;
    const auto tap = machine::parse_tap(id);
    EXPECT_TRUE(tap && machine::to_text(*tap) == id) << id;
    text(choice.at("title"), title_max);
    if (const json::value* hint = choice.if_contains("description")) text(*hint, 72);
    ++taps;
  }

  void read(const json::object& body) {
    if (body.at("type") == "text") return text(body.at("text").at("body"), 4096);
    const json::object& inner = body.at("interactive").as_object();
    text(inner.at("body").at("text"), 1024);
    const json::object& action = inner.at("action").as_object();
    if (inner.at("type") == "button") {
      const json::array& buttons = action.at("buttons").as_array();
      EXPECT_TRUE(!buttons.empty() && buttons.size() <= 3);
      for (const json::value& one : buttons) choice(one.at("reply").as_object(), 20);
      return;
    }
    EXPECT_EQ(inner.at("type"), "list");
    text(action.at("button"), 20);
    const json::array& rows = action.at("sections").at(0).at("rows").as_array();
    EXPECT_TRUE(!rows.empty() && rows.size() <= 10);
    for (const json::value& row : rows) choice(row.as_object(), 24);
  }
};

void check_presented(int kind, std::size_t choices, std::size_t pieces, bool hints) {
  machine::Message message;
  message.text = "Pilih:";
  message.data_labels = true;
  for (std::size_t i = 0; i < choices; ++i) {
    const machine::Tap tap{4'000'000'000u, 0xfedcba98u, static_cast<std::uint32_t>(i)};
    message.choices.push_back({tap, title_of(kind, pieces, i), hints ? title_of(kind, 3, i) : ""});
  }
  const program::Channel& whatsapp = *program::find_channel("whatsapp");
  Reader reader;
  for (Shown& shown : machine::present(message, whatsapp, {"Pilihan", "Ketik angkanya"})) {
    const std::string body = rendered(to_content(std::move(shown)));
    EXPECT_TRUE(value::is_valid_utf8(body));
    reader.read(json::parse(body).as_object());
  }
  EXPECT_TRUE(reader.taps == 0 || reader.taps == choices);
  for (std::size_t i = 0; i < choices && pieces > 0; ++i) {
    EXPECT_NE(squeezed(reader.words).find(squeezed(title_of(kind, pieces, i))), std::string::npos);
  }
}

TEST(Render, AQuestionForAPlaceIsARequestForOne) {
  machine::Message message;
  message.text = "Di mana Anda?";
  message.asks_place = true;
  auto shown = machine::present(message, *program::find_channel("whatsapp"), {"", ""});
  ASSERT_EQ(shown.size(), 1u);
  EXPECT_EQ(json::parse(rendered(to_content(std::move(shown[0])))).at("interactive"),
            json::parse(R"({"type":"location_request_message","body":{"text":"Di mana Anda?"},)"
                        R"("action":{"name":"send_location"}})"));
}

TEST(Render, WhateverIsPresentedStaysWithinTheLimitsAndWithinReach) {
  for (int kind = 0; kind < 4; ++kind) {
    for (std::size_t choices = 0; choices <= 30; ++choices) {
      for (const std::size_t pieces : {0, 1, 5, 8, 9, 18, 22, 23, 70, 150, 300}) {
        check_presented(kind, choices, pieces, choices % 2 == 1);
        if (testing::Test::HasFailure()) {
          FAIL() << "kind " << kind << ", " << choices << " choices of " << pieces << " pieces";
        }
      }
    }
  }
}

}  // namespace
}  // namespace alur::tests

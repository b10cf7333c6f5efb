// What a webhook holds: every type, whatever is broken in it, and that nothing broken costs its
// neighbours anything.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/adapters/whatsapp/webhooks.hpp"

namespace alur::tests {
namespace {

namespace json = boost::json;

std::vector<const WebhookSample*> all_samples() {
  std::vector<const WebhookSample*> all;
  for (const auto* samples : {&message_samples(), &status_samples(), &field_samples()}) {
    for (const WebhookSample& one : *samples) all.push_back(&one);
  }
  return all;
}

TEST(DecodeWebhook, KnowsEveryType) {
  for (const WebhookSample* sample : all_samples()) {
    EXPECT_EQ(write_down(decode(body_of(*sample))), sample->expected) << sample->name;
  }
}

TEST(DecodeWebhook, KeepsWhatIsNoWebhookAndSaysWhy) {
  const std::pair<const char*, const char*> bodies[] = {
      {"", "unusable: the body is no JSON object\n"},
      {"null", "unusable: the body is no JSON object\n"},
      {"[]", "unusable: the body is no JSON object\n"},
      {"{\"object\":\"page\",\"entry\":[]}", "unusable: it is of another product than WhatsApp\n"},
      {"{\"object\":\"whatsapp_business_account\"}", "unusable: it has no entries\n"},
      {"{\"object\":\"whatsapp_business_account\",\"entry\":[]}", ""},
      {"{\"object\":\"whatsapp_business_account\",\"entry\":[1,{}]}",
       "unusable: an entry without changes\nunusable: an entry without changes\n"},
      {"{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[7,{\"field\":\"x\"}]}]}",
       "unusable: a change without a field or a value\n"
       "unusable: a change without a field or a value\n"},
  };
  for (const auto& [body, expected] : bodies) {
    EXPECT_EQ(write_down(decode(body)), expected) << body;
  }
  const std::string deep(100'000, '[');
  EXPECT_EQ(write_down(decode(deep)), "unusable: the body is no JSON object\n");
  EXPECT_EQ(decode(deep).unusable.front().raw.size(), adapters::raw_bytes_max);
  EXPECT_EQ(decode(with_field("telepathy", "{\"x\":1}")).unusable.front().raw,
            R"({"field":"telepathy","value":{"x":1}})");
}

// Of what is fetched: Meta has it in base64. What is none leaves the message as it is.
TEST(DecodeWebhook, TakesTheDigestOfImagesAndDocuments) {
  const std::string base64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";  // of nothing
  const std::string hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const auto digest = [](const std::string& type, const std::string& sha256) {
    const adapters::Webhook webhook = decode(
        with_messages(R"({"from":"628110000","id":"wamid.1","type":")" + type + R"(",")" + type +
                      R"(":{"id":"1003","mime_type":"image/jpeg","sha256":")" + sha256 + R"("}})"));
    EXPECT_EQ(webhook.messages.size(), 1u) << type << " " << sha256;
    return webhook.messages.empty() ? std::string("none") : webhook.messages.front().digest;
  };
  EXPECT_EQ(digest("image", base64), hex);
  EXPECT_EQ(digest("document", base64), hex);
  EXPECT_EQ(digest("video", base64), "");
  EXPECT_EQ(digest("image", ""), "");
  EXPECT_EQ(digest("image", hex), "");
  EXPECT_EQ(digest("image", "!" + base64.substr(1)), "");
  EXPECT_EQ(digest("image", base64.substr(0, 43) + "U"), "");
}

TEST(DecodeWebhook, TakesTheNamesThatOnlyTheContactsHave) {
  const std::string message = R"({"id":"wamid.1","type":"text","text":{"body":"a"}})";
  const std::string named = R"({"from":"628110000","id":"wamid.1","type":"text",)"
                            R"("text":{"body":"a"}})";
  const std::string contact = R"({"wa_id":"628110000","user_id":"ID.1"})";
  const std::string other = R"({"wa_id":"628110001","user_id":"ID.2"})";
  const auto user_of = [](const std::string& body) {
    const auto webhook = decode(body);
    return webhook.messages.empty() ? adapters::WhatsAppUser() : webhook.messages.front().user;
  };
  const adapters::WhatsAppUser both{"628110000", "ID.1"};
  EXPECT_EQ(user_of(with_messages(message, contact)), both);
  EXPECT_EQ(user_of(with_messages(named, contact)), both);
  EXPECT_EQ(user_of(with_messages(named, other + "," + contact)), both);
  // Digits of the sender's are the sender's, however the contact has them.
  EXPECT_EQ(user_of(with_messages(named, other)), (adapters::WhatsAppUser{"628110000", "ID.2"}));
  // Of several contacts nobody can tell whose message it is.
  EXPECT_EQ(write_down(decode(with_messages(message, contact + "," + other))),
            "unusable: a message without a sender\n");
}

// The citizens' messages of one body are heard in their order, and of both numbers.
TEST(DecodeWebhook, TakesSeveralOfEverything) {
  std::string body = with_messages(text_message("wamid.1", "628110001", "a") + "," +
                                   text_message("wamid.2", "628110001", "b"));
  std::string entries = body.substr(body.find("[{\"id\":\"4400\"") + 1);
  entries.resize(entries.size() - 2);
  const std::string more = with_statuses(
      status_samples()[0].element + "," + status_samples()[2].element, our_other_number);
  std::string others = more.substr(more.find("[{\"id\":\"4400\"") + 1);
  const auto webhook =
      decode("{\"object\":\"whatsapp_business_account\",\"entry\":[" + entries + "," + others);
  ASSERT_EQ(webhook.messages.size(), 2u) << write_down(webhook);
  EXPECT_EQ(webhook.messages[0].input.text + webhook.messages[1].input.text, "ab");
  EXPECT_EQ(webhook.messages[0].number, our_number);
  ASSERT_EQ(webhook.statuses.size(), 2u);
  EXPECT_EQ(webhook.statuses[1].number, our_other_number);
}

TEST(DecodeWebhook, EveryPrefixIsTakenApart) {
  for (const WebhookSample* sample : all_samples()) {
    const std::string body = body_of(*sample);
    for (std::size_t size = 0; size < body.size(); ++size) {
      const auto webhook = decode(std::string_view(body).substr(0, size));
      ASSERT_EQ(webhook.unusable.size(), 1u) << sample->name << " " << size;
      ASSERT_TRUE(webhook.messages.empty() && webhook.statuses.empty());
    }
  }
}

// --- one thing broken

json::value element_of(const WebhookSample& sample) {
  return json::parse(sample.element.find("\\ud83d\"") == std::string::npos
                         ? sample.element
                         : std::string(R"({"from":"1","id":"2"})"));
}

// Calls `take` with the value, in which everything was replaced in turn, in every way.
void each_mutation(json::value& at, const json::value& whole,
                   const std::function<void(const json::value&)>& take) {
  static const std::string huge(1'000'000, 'x');
  const json::value others[] = {
      nullptr, json::value(huge), json::object(), json::array(), 1e300, -7, true, ""};
  const auto replace = [&](json::value& one) {
    const json::value before = one;
    for (const json::value& other : others) {
      one = other;
      take(whole);
    }
    one = before;
    each_mutation(one, whole, take);
  };
  if (json::object* object = at.if_object()) {
    std::vector<std::string> names;
    for (const auto& [name, one] : *object) names.emplace_back(name.data(), name.size());
    for (const std::string& name : names) {
      const json::value before = object->at(name);
      object->erase(name);
      take(whole);
      object->emplace(name, before);
      replace(object->at(name));
    }
  } else if (json::array* array = at.if_array()) {
    for (json::value& one : *array) replace(one);
  }
}

TEST(DecodeWebhook, WhateverIsBrokenItsNeighboursAreHeard) {
  const std::string before = text_message("wamid.BEFORE", "628110009", "before");
  const std::string after = text_message("wamid.AFTER", "628110009", "after");
  std::size_t mutations = 0;
  for (const WebhookSample& sample : message_samples()) {
    json::value element = element_of(sample);
    each_mutation(element, element, [&](const json::value& broken) {
      ++mutations;
      const auto webhook =
          decode(with_messages(before + "," + json::serialize(broken) + "," + after));
      std::set<std::string> heard;
      for (const auto& one : webhook.messages) heard.insert(one.id);
      ASSERT_TRUE(heard.contains("wamid.BEFORE") && heard.contains("wamid.AFTER"));
      // What was broken is not lost: it is heard, or kept, or it is nothing for us.
      ASSERT_EQ(webhook.messages.size() + webhook.moves.size() + webhook.unusable.size() +
                    webhook.ignored,
                3u)
          << json::serialize(broken).substr(0, 500);
    });
  }
  for (const WebhookSample& sample : status_samples()) {
    json::value element = json::parse(sample.element);
    each_mutation(element, element, [&](const json::value& broken) {
      ++mutations;
      const auto webhook =
          decode(with_statuses(status_samples()[1].element + "," + json::serialize(broken) + "," +
                               status_samples()[2].element));
      ASSERT_GE(webhook.statuses.size(), 2u);
      ASSERT_EQ(webhook.statuses.size() + webhook.unusable.size() + webhook.ignored, 3u);
    });
  }
  EXPECT_GT(mutations, 3'000u);
}

TEST(DecodeWebhook, TheWholeOfABodyMayBeBroken) {
  std::size_t mutations = 0;
  for (const WebhookSample* sample : all_samples()) {
    if (sample->element.find("\\ud83d\"") != std::string::npos) continue;
    json::value body = json::parse(body_of(*sample));
    each_mutation(body, body, [&](const json::value& broken) {
      ++mutations;
      for (const auto& one : decode(json::serialize(broken)).unusable) {
        ASSERT_LE(one.raw.size(), adapters::raw_bytes_max);
        ASSERT_FALSE(one.reason.empty());
      }
    });
  }
  EXPECT_GT(mutations, 8'000u);
}

TEST(DecodeWebhook, AThousandUpdatesWithBadOnesAmongThem) {
  std::string messages;
  for (int i = 0; i < 1'000; ++i) {
    if (i > 0) messages += ',';
    messages += i % 10 == 3 ? "{\"type\":7}"
                            : text_message("wamid." + std::to_string(i),
                                           "62811" + std::to_string(i % 97), "halo");
  }
  const auto webhook = decode(with_messages(messages));
  EXPECT_EQ(webhook.messages.size(), 900u);
  EXPECT_EQ(webhook.unusable.size(), 100u);
}

TEST(DecodeWebhook, WhatIsTooLongIsNotCutToFit) {
  const std::string most(adapters::words_bytes_max, 'x');
  EXPECT_EQ(
      decode(with_messages(text_message("wamid.1", "628110001", most))).messages.front().input.text,
      most);
  const auto longer = decode(with_messages(text_message("wamid.1", "628110001", most + "x")));
  EXPECT_EQ(longer.messages.front().input.kind, machine::Input::Kind::unsupported);
}

// Meta's own examples, where they are at hand.
TEST(DecodeWebhook, TakesWhatMetaPublishes) {
  const char* shared = std::getenv("ALUR_SHARED");
  if (!shared) GTEST_SKIP() << "ALUR_SHARED is not set";
  const std::map<std::string, std::string> kinds = {
      {"button_message", "button: text"},
      {"contact_sharing_message", "contacts: media \"\" contact"},
      {"image_message", "image: media"},
      {"interactive_button_reply_message", "interactive/button_reply: tap"},
      {"interactive_list_reply_message", "interactive/list_reply: tap"},
      {"location_message", "location: media \"\" location"},
      {"order_message", "order: unsupported"},
      {"reaction_message", "reaction: reaction \"👍\""},
      {"system_message", "move 16505551234 to 12195555358"},
      {"text_message", "text: text \"Does it come in another color?\""},
      {"text_message_from_click_to_whatsapp_ad", " ad "},
      {"text_message_with_context_product_inquiry", "text: text"},
      {"unsupported_message", "unsupported: unsupported"},
      {"group_create_message", "ignored 1"},
      {"group_remove_participants", "ignored 1"},
      {"group_settings_update", "ignored 1"}};
  const std::vector<std::string> theirs{"106540352242922"};
  std::size_t files = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(std::string(shared) + "/data/whatsapp/receive")) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string body(std::istreambuf_iterator<char>(in), {});
    const std::string name = file.path().stem().string();
    ASSERT_TRUE(kinds.contains(name)) << name;
    const std::string written = write_down(adapters::decode_webhook(body, theirs));
    EXPECT_NE(written.find(kinds.at(name)), std::string::npos) << name << "\n" << written;
    EXPECT_EQ(written.find("unusable"), std::string::npos) << name << "\n" << written;
    ++files;
  }
  EXPECT_EQ(files, kinds.size());
}

}  // namespace
}  // namespace alur::tests

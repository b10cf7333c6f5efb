#include "tests/adapters/whatsapp/webhooks.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "engine/ports/delivery.hpp"

namespace alur::tests {

using machine::Input;

// --- samples

const std::vector<WebhookSample>& message_samples() {
  static const std::vector<WebhookSample> samples = {
      {"text",
       R"({"from":"6281100000001","id":"wamid.T1","timestamp":"1790000000","type":"text",
           "text":{"body":"halo \ud83d\ude4f"}})",
       "message wamid.T1 of 6281100000001 at 1790000000 text: text \"halo 🙏\"\n"},
      {"text with both names",
       R"({"from":"6281100000001","from_user_id":"ID.9a8b","id":"wamid.T2",
           "timestamp":"1790000001","type":"text","text":{"body":"halo"}})",
       "message wamid.T2 of 6281100000001 ID.9a8b at 1790000001 text: text \"halo\"\n"},
      {"text of an id alone",
       R"({"from_user_id":"ID.ENT.9a8b","id":"wamid.T3","timestamp":1790000002,"type":"text",
           "text":{"body":"halo"}})",
       "message wamid.T3 of ID.ENT.9a8b at 1790000002 text: text \"halo\"\n"},
      {"id in the number's place",
       R"({"from":"ID.9a8b","id":"wamid.T4","timestamp":"1790000003","type":"text",
           "text":{"body":"halo"}})",
       "message wamid.T4 of ID.9a8b at 1790000003 text: text \"halo\"\n"},
      {"reply",
       R"({"from":"6281100000001","id":"wamid.T5","timestamp":"1790000004","type":"text",
           "text":{"body":"ya"},"context":{"from":"6280000","id":"wamid.OURS"}})",
       "message wamid.T5 of 6281100000001 at 1790000004 text: text \"ya\" answers wamid.OURS\n"},
      {"forwarded",
       R"({"from":"6281100000001","id":"wamid.T6","timestamp":"1790000005","type":"text",
           "text":{"body":"lihat"},"context":{"frequently_forwarded":true}})",
       "message wamid.T6 of 6281100000001 at 1790000005 text: text \"lihat\" forwarded\n"},
      {"from an ad",
       R"({"from":"6281100000001","id":"wamid.T7","timestamp":"1790000006","type":"text",
           "text":{"body":"info"},"referral":{"source_type":"ad","source_id":"7788",
           "source_url":"https://example.org/ad","headline":"Ask","media_type":"image",
           "ctwa_clid":"x"}})",
       "message wamid.T7 of 6281100000001 at 1790000006 text: text \"info\" ad 7788\n"},
      {"about a product",
       R"({"from":"6281100000001","id":"wamid.T8","timestamp":"1790000007","type":"text",
           "text":{"body":"this?"},"context":{"from":"628","id":"wamid.P",
           "referred_product":{"catalog_id":"1","product_retailer_id":"2"}}})",
       "message wamid.T8 of 6281100000001 at 1790000007 text: text \"this?\" answers wamid.P\n"},
      {"image",
       R"({"from":"6281100000001","id":"wamid.I","timestamp":"1790000010","type":"image",
           "image":{"id":"m1","mime_type":"image/jpeg","sha256":"aGk=","caption":"kartu",
           "url":"https://lookaside.example/x"}})",
       "message wamid.I of 6281100000001 at 1790000010 image: media \"kartu\" image m1 "
       "image/jpeg\n"},
      {"video",
       R"({"from":"6281100000001","id":"wamid.V","timestamp":"1790000011","type":"video",
           "video":{"id":"m2","mime_type":"video/mp4","sha256":"aGk="}})",
       "message wamid.V of 6281100000001 at 1790000011 video: media \"\" video m2 video/mp4\n"},
      {"voice note",
       R"({"from":"6281100000001","id":"wamid.A","timestamp":"1790000012","type":"audio",
           "audio":{"id":"m3","mime_type":"audio/ogg; codecs=opus","voice":true}})",
       "message wamid.A of 6281100000001 at 1790000012 audio: media \"\" audio m3 "
       "audio/ogg; codecs=opus\n"},
      {"voice of the old API",
       R"({"from":"6281100000001","id":"wamid.A2","timestamp":"1790000012","type":"voice",
           "voice":{"id":"m4","mime_type":"audio/ogg"}})",
       "message wamid.A2 of 6281100000001 at 1790000012 voice: media \"\" audio m4 audio/ogg\n"},
      {"document",
       R"({"from":"6281100000001","id":"wamid.D","timestamp":"1790000013","type":"document",
           "document":{"id":"m5","mime_type":"application/pdf","filename":"surat.pdf",
           "caption":"ini"}})",
       "message wamid.D of 6281100000001 at 1790000013 document: media \"ini\" document m5 "
       "application/pdf surat.pdf\n"},
      {"sticker",
       R"({"from":"6281100000001","id":"wamid.S","timestamp":"1790000014","type":"sticker",
           "sticker":{"id":"m6","mime_type":"image/webp","animated":false}})",
       "message wamid.S of 6281100000001 at 1790000014 sticker: media \"\" sticker m6 "
       "image/webp\n"},
      {"location",
       R"({"from":"6281100000001","id":"wamid.L","timestamp":"1790000015","type":"location",
           "location":{"latitude":-6.175392,"longitude":106.827153,"name":"Monas",
           "address":"Jakarta"}})",
       "message wamid.L of 6281100000001 at 1790000015 location: media \"\" location "
       "-6.175392 106.827153 Monas Jakarta\n"},
      {"location in texts",
       R"({"from":"6281100000001","id":"wamid.L2","timestamp":"1790000016","type":"location",
           "location":{"latitude":"-6.2","longitude":107}})",
       "message wamid.L2 of 6281100000001 at 1790000016 location: media \"\" location -6.2 107\n"},
      {"contacts",
       R"({"from":"6281100000001","id":"wamid.C","timestamp":"1790000017","type":"contacts",
           "contacts":[{"name":{"formatted_name":"Budi S","first_name":"Budi"},
           "phones":[{"phone":"+62 811-1","wa_id":"628111","type":"CELL"}]}]})",
       "message wamid.C of 6281100000001 at 1790000017 contacts: media \"\" contact +62 811-1 "
       "Budi S\n"},
      {"button reply",
       R"({"from":"6281100000001","id":"wamid.B","timestamp":"1790000018","type":"interactive",
           "context":{"from":"628","id":"wamid.Q"},
           "interactive":{"type":"button_reply","button_reply":{"id":"3-a1b2","title":"Ya"}}})",
       "message wamid.B of 6281100000001 at 1790000018 interactive/button_reply: tap "
       "3-a1b2 \"Ya\" answers wamid.Q\n"},
      {"list reply",
       R"({"from":"6281100000001","id":"wamid.R","timestamp":"1790000019","type":"interactive",
           "interactive":{"type":"list_reply","list_reply":{"id":"4-c3-2","title":"Bank",
           "description":"umum"}}})",
       "message wamid.R of 6281100000001 at 1790000019 interactive/list_reply: tap 4-c3-2 "
       "\"Bank\"\n"},
      {"button of somebody else",
       R"({"from":"6281100000001","id":"wamid.B2","timestamp":"1790000020","type":"interactive",
           "interactive":{"type":"button_reply","button_reply":{"id":"cancel","title":"No"}}})",
       "message wamid.B2 of 6281100000001 at 1790000020 interactive/button_reply: tap 0-0 "
       "\"No\"\n"},
      {"form",
       R"({"from":"6281100000001","id":"wamid.F","timestamp":"1790000021","type":"interactive",
           "interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent",
           "response_json":"{\"flow_token\":\"x\"}"}}})",
       "message wamid.F of 6281100000001 at 1790000021 interactive/nfm_reply: unsupported \"\"\n"},
      {"interactive with nothing in it",
       R"({"from":"6281100000001","id":"wamid.F2","timestamp":"1790000022",
           "type":"interactive"})",
       "message wamid.F2 of 6281100000001 at 1790000022 interactive: unsupported \"\"\n"},
      {"button of a template",
       R"({"from":"6281100000001","id":"wamid.Z","timestamp":"1790000023","type":"button",
           "button":{"payload":"YES","text":"Ya saja"}})",
       "message wamid.Z of 6281100000001 at 1790000023 button: text \"Ya saja\"\n"},
      {"button of a template of ours",
       R"({"from":"6281100000001","id":"wamid.Z2","timestamp":"1790000024","type":"button",
           "button":{"payload":"7-d4","text":"Ya"}})",
       "message wamid.Z2 of 6281100000001 at 1790000024 button: tap 7-d4 \"Ya\"\n"},
      {"reaction",
       R"({"from":"6281100000001","id":"wamid.X","timestamp":"1790000025","type":"reaction",
           "reaction":{"message_id":"wamid.OURS","emoji":"\u2764"}})",
       "message wamid.X of 6281100000001 at 1790000025 reaction: reaction \"❤\" answers "
       "wamid.OURS opens nothing\n"},
      {"reaction taken back",
       R"({"from":"6281100000001","id":"wamid.X2","timestamp":"1790000026","type":"reaction",
           "reaction":{"message_id":"wamid.OURS"}})",
       "message wamid.X2 of 6281100000001 at 1790000026 reaction: reaction \"\" answers "
       "wamid.OURS opens nothing\n"},
      {"order",
       R"({"from":"6281100000001","id":"wamid.O","timestamp":"1790000027","type":"order",
           "order":{"catalog_id":"1","text":"two","product_items":[{"product_retailer_id":"a",
           "quantity":2,"item_price":3,"currency":"IDR"}]}})",
       "message wamid.O of 6281100000001 at 1790000027 order: unsupported \"\"\n"},
      {"poll",
       R"({"from":"6281100000001","id":"wamid.U","timestamp":"1790000028","type":"unsupported",
           "errors":[{"code":131051,"title":"Unknown"}],"unsupported":{"type":"poll"}})",
       "message wamid.U of 6281100000001 at 1790000028 poll: unsupported \"\"\n"},
      {"unknown",
       R"({"from":"6281100000001","id":"wamid.U2","timestamp":"1790000029","type":"unknown",
           "errors":[{"code":131051}]})",
       "message wamid.U2 of 6281100000001 at 1790000029 unknown: unsupported \"\"\n"},
      {"welcome",
       R"({"from":"6281100000001","id":"wamid.W","timestamp":"1790000030",
           "type":"request_welcome"})",
       "message wamid.W of 6281100000001 at 1790000030 request_welcome: unsupported \"\"\n"},
      {"edit",
       R"({"from":"6281100000001","id":"wamid.E","timestamp":"1790000031","type":"edit",
           "edit":{"original_message_id":"wamid.T1","message":{"type":"text",
           "text":{"body":"hola"}}}})",
       "message wamid.E of 6281100000001 at 1790000031 edit: edited \"hola\" answers wamid.T1 "
       "opens nothing\n"},
      {"revoke",
       R"({"from":"6281100000001","id":"wamid.K","timestamp":"1790000032","type":"revoke",
           "revoke":{"original_message_id":"wamid.T1"}})",
       "message wamid.K of 6281100000001 at 1790000032 revoke: deleted \"\" answers wamid.T1 "
       "opens nothing\n"},
      {"half a pair at the end",
       R"({"from":"6281100000001","id":"wamid.H","timestamp":"1790000033","type":"text",
           "text":{"body":"halo \ud83d"}})",
       "message wamid.H of 6281100000001 at 1790000033 text: text \"halo \uFFFD\"\n"},
      {"without a time",
       R"({"from":"6281100000001","id":"wamid.N","type":"text","text":{"body":"halo"}})",
       "message wamid.N of 6281100000001 at 0 text: text \"halo\"\n"},
      {"new number",
       R"({"from":"6281100000001","id":"wamid.M","timestamp":"1790000034","type":"system",
           "system":{"body":"moved","wa_id":"6281100000002","user_id":"ID.77",
           "type":"user_changed_number"}})",
       "move 6281100000001 to 6281100000002 ID.77\n"},
      {"new number, as it was told before",
       R"({"from":"6281100000001","id":"wamid.M2","timestamp":"1790000035","type":"system",
           "system":{"body":"moved","new_wa_id":"6281100000002","type":"customer_changed_number"}})",
       "move 6281100000001 to 6281100000002\n"},
      {"new id",
       R"({"from_user_id":"ID.1","id":"wamid.M3","timestamp":"1790000036","type":"system",
           "system":{"body":"new id","user_id":"ID.2","type":"user_changed_user_id"}})",
       "move ID.1 to ID.2\n"},
      {"identity confirmed",
       R"({"from":"6281100000001","id":"wamid.M4","timestamp":"1790000037","type":"system",
           "system":{"body":"x","type":"customer_identity_changed"},
           "identity":{"acknowledged":false}})",
       "ignored 1\n"},
      {"moved to nowhere",
       R"({"from":"6281100000001","id":"wamid.M5","type":"system",
           "system":{"type":"user_changed_number"}})",
       "unusable: somebody moved, and it does not say where to\n"},
      {"of a group",
       R"({"from":"6281100000001","id":"wamid.G","group_id":"g1","timestamp":"1790000038",
           "type":"text","text":{"body":"halo"}})",
       "unusable: a message of a group\n"},
      {"without a sender", R"({"id":"wamid.N1","type":"text","text":{"body":"halo"}})",
       "unusable: a message without a sender\n"},
      {"without an id", R"({"from":"6281100000001","type":"text","text":{"body":"halo"}})",
       "unusable: a message without its id\n"},
      {"of ourselves",
       R"({"from":"6280000000000","id":"wamid.N2","type":"text","text":{"body":"halo"}})",
       "ignored 1\n"},
  };
  return samples;
}

const std::vector<WebhookSample>& status_samples() {
  static const std::vector<WebhookSample> samples = {
      {"sent",
       R"({"id":"wamid.1","status":"sent","timestamp":"1790000100","recipient_id":"628110",
           "biz_opaque_callback_data":"71","conversation":{"id":"c","origin":{"type":"utility"},
           "expiration_timestamp":"1790086400"},
           "pricing":{"billable":false,"pricing_model":"PMP","category":"utility",
           "type":"free_customer_service"}})",
       "receipt 71 accepted utility/free_customer_service\n"},
      {"delivered",
       R"({"id":"wamid.1","status":"delivered","recipient_user_id":"ID.1",
           "biz_opaque_callback_data":"72"})",
       "receipt 72 delivered\n"},
      {"read", R"({"id":"wamid.1","status":"read","biz_opaque_callback_data":"73"})",
       "receipt 73 read\n"},
      {"played", R"({"id":"wamid.1","status":"played","biz_opaque_callback_data":"74"})",
       "receipt 74 read\n"},
      {"failed",
       R"({"id":"wamid.1","status":"failed","biz_opaque_callback_data":"18446744073709551615",
           "errors":[{"code":131047,"title":"Re-engagement message","message":"Re-engagement",
           "error_data":{"details":"more than 24 hours"},"href":"https://example.org"}]})",
       "receipt 18446744073709551615 failed (131047 Re-engagement message: more than 24 "
       "hours)\n"},
      {"failed, and nobody knows why",
       R"({"id":"wamid.1","status":"failed","biz_opaque_callback_data":"75","errors":[]})",
       "receipt 75 failed (it failed)\n"},
      {"somebody else's", R"({"id":"wamid.1","status":"read"})", "ignored 1\n"},
      {"of another sender's own mark",
       R"({"id":"wamid.1","status":"read","biz_opaque_callback_data":"order-17"})", "ignored 1\n"},
      {"deleted", R"({"id":"wamid.1","status":"deleted","biz_opaque_callback_data":"76"})",
       "ignored 1\n"},
      {"a new one", R"({"id":"wamid.1","status":"framed","biz_opaque_callback_data":"77"})",
       "unusable: a status that nobody knows\n"},
  };
  return samples;
}

const std::vector<WebhookSample>& field_samples() {
  static const std::vector<WebhookSample> samples = {
      {"new id of the account's",
       R"({"messaging_product":"whatsapp","user_id":{"previous":"ID.1","current":"ID.2"},
           "wa_id":"6281100000001","timestamp":"1790000200"})",
       "move ID.1 to ID.2 everywhere\n", "user_id_update"},
      {"new ids in a list",
       R"({"user_id_update":[{"user_id":{"previous":"ID.1","current":"ID.2"}},
           {"user_id":{"previous":"ID.3"}}]})",
       "move ID.1 to ID.2 everywhere\nunusable: a new id without the old and the new\n",
       "user_id_update"},
      {"echo",
       R"({"metadata":{"phone_number_id":"100200300400500"},"message_echoes":[{"from":"628",
           "to":"6281100000001","id":"wamid.E1","type":"text","text":{"body":"hi"}}]})",
       "ignored 1\n", "smb_message_echoes"},
      {"call",
       R"({"metadata":{"phone_number_id":"100200300400500"},"statuses":[{"id":"wacid.1",
           "status":"RINGING","biz_opaque_callback_data":"5"}]})",
       "ignored 1\n", "calls"},
      {"history", R"({"history":[{"threads":[]}]})", "ignored 1\n", "history"},
      {"participants of a group", R"({"groups":[]})", "ignored 1\n", "group_participants_update"},
      {"template",
       R"({"event":"PAUSED","message_template_id":12,"message_template_name":"reminder",
           "message_template_language":"id","reason":"QUALITY"})",
       "news of 4400: message_template_status_update: event PAUSED, message_template_id 12, "
       "message_template_name reminder, message_template_language id, reason QUALITY\n",
       "message_template_status_update"},
      {"a template that is good again",
       R"({"event":"APPROVED","message_template_id":12,"message_template_name":"reminder",
           "message_template_language":"pt-BR"})",
       "news of 4400: message_template_status_update: event APPROVED, message_template_id 12, "
       "message_template_name reminder, message_template_language pt-BR\n"
       "resumed reminder pt_BR\n",
       "message_template_status_update"},
      {"quality", R"({"display_phone_number":"628","event":"THROUGHPUT_UPGRADE"})",
       "news of 4400: phone_number_quality_update: display_phone_number 628, event "
       "THROUGHPUT_UPGRADE\n",
       "phone_number_quality_update"},
      {"ban", R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE"}})",
       "news of 4400: account_update: event DISABLED_UPDATE\n", "account_update"},
      {"a field of tomorrow", R"({"x":1})", "unusable: nothing is known of the field telepathy\n",
       "telepathy"},
      {"errors of the number",
       R"({"metadata":{"phone_number_id":"100200300400500"},
           "errors":[{"code":131000,"title":"Something went wrong"}]})",
       "news of 4400: errors: 131000 Something went wrong\n"},
      {"a number that is not ours", R"({"metadata":{"phone_number_id":"999"},"messages":[]})",
       "unusable: it is about a number that is not ours\n"},
      {"nothing in it", R"({"metadata":{"phone_number_id":"100200300400500"}})",
       "unusable: neither messages nor statuses nor errors\n"},
  };
  return samples;
}

// --- bodies

std::string with_field(const std::string& field, const std::string& value) {
  return R"({"object":"whatsapp_business_account","entry":[{"id":"4400","changes":[{"field":")" +
         field + R"(","value":)" + value + "}]}]}";
}

namespace {

std::string of_number(const std::string& number, const std::string& more) {
  return R"({"messaging_product":"whatsapp","metadata":{"display_phone_number":"6280000000000",)"
         R"("phone_number_id":")" +
         number + "\"}," + more + "}";
}

}  // namespace

std::string with_messages(const std::string& messages, const std::string& contacts,
                          const std::string& number) {
  const std::string known = contacts.empty() ? "" : "\"contacts\":[" + contacts + "],";
  return with_field("messages", of_number(number, known + "\"messages\":[" + messages + "]"));
}

std::string with_statuses(const std::string& statuses, const std::string& number) {
  return with_field("messages", of_number(number, "\"statuses\":[" + statuses + "]"));
}

std::string body_of(const WebhookSample& sample) {
  for (const WebhookSample& one : message_samples()) {
    if (&one == &sample) return with_messages(sample.element);
  }
  for (const WebhookSample& one : status_samples()) {
    if (&one == &sample) return with_statuses(sample.element);
  }
  return with_field(sample.field, sample.element);
}

std::string text_message(const std::string& id, const std::string& user, const std::string& text,
                         std::int64_t at_seconds) {
  return "{\"from\":\"" + user + "\",\"id\":\"" + id + "\",\"timestamp\":\"" +
         std::to_string(at_seconds) + "\",\"type\":\"text\",\"text\":{\"body\":\"" + text + "\"}}";
}

// --- what they hold

adapters::Webhook decode(std::string_view body) {
  static const std::vector<std::string> ours{our_number, our_other_number};
  return adapters::decode_webhook(body, ours);
}

namespace {

std::string write_user(const adapters::WhatsAppUser& user) {
  const bool both = !user.phone.empty() && !user.scoped.empty();
  return user.phone + (both ? " " : "") + user.scoped;
}

std::string write_media(const value::Media& media) {
  std::string out = " " + std::string(to_text(media.kind));
  if (media.kind == value::MediaKind::location) {
    out += " " + media.latitude.to_string() + " " + media.longitude.to_string();
  }
  for (const std::string* part :
       {&media.source, &media.mime, &media.file_name, &media.name, &media.address}) {
    if (!part->empty()) out += " " + *part;
  }
  return out;
}

std::string write_input(const Input& input) {
  constexpr const char* kinds[] = {"text",   "tap",     "media",      "reaction",
                                   "edited", "deleted", "unsupported"};
  std::string out = kinds[static_cast<std::size_t>(input.kind)];
  if (input.kind == Input::Kind::tap) out += " " + to_text(input.tap);
  out += " \"" + input.text + "\"";
  if (input.media) out += write_media(*input.media);
  return out;
}

}  // namespace

std::string write_down(const adapters::Webhook& webhook) {
  std::string out;
  for (const auto& one : webhook.messages) {
    out += fmt::format("message {} of {} at {} {}: {}", one.id, write_user(one.user),
                       one.at_ms / 1'000, one.type, write_input(one.input));
    if (!one.answers.empty()) out += " answers " + one.answers;
    if (!one.ad.empty()) out += " ad " + one.ad;
    if (one.forwarded) out += " forwarded";
    out += one.writes ? "\n" : " opens nothing\n";
  }
  for (const auto& one : webhook.statuses) {
    out += fmt::format("receipt {} {}", one.receipt.id, to_text(one.receipt.state));
    if (!one.receipt.reason.empty()) out += " (" + one.receipt.reason + ")";
    out += (one.pricing.empty() ? "" : " " + one.pricing) + "\n";
  }
  for (const auto& one : webhook.moves) {
    out += fmt::format("move {} to {}{}\n", write_user(one.before), write_user(one.after),
                       one.number.empty() ? " everywhere" : "");
  }
  for (const auto& one : webhook.news) {
    out += fmt::format("news of {}: {}: {}\n", one.account, one.field, one.words);
  }
  for (const auto& one : webhook.resumed) {
    out += fmt::format("resumed {} {}\n", one.name, one.language);
  }
  for (const auto& one : webhook.unusable) out += "unusable: " + one.reason + "\n";
  if (webhook.ignored > 0) out += fmt::format("ignored {}\n", webhook.ignored);
  return out;
}

std::string sign(std::string_view body, std::string_view secret) {
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), mac, &size);
  std::string out = "sha256=";
  for (unsigned int i = 0; i < size; ++i) out += fmt::format("{:02x}", mac[i]);
  return out;
}

}  // namespace alur::tests

// What a message is, by its type: one row a type.
#include <algorithm>
#include <boost/json.hpp>
#include <memory>

#include "adapters/whatsapp/read_fields.hpp"
#include "engine/machine/tap.hpp"

namespace alur::adapters {

namespace json = boost::json;

using machine::Input;
using value::Media;
using value::MediaKind;

namespace {

constexpr std::size_t tap_bytes_max = 256;

void take_media(WhatsAppMessage& into, Media media) {
  into.input.kind = Input::Kind::media;
  into.input.text = media.caption;
  into.input.media = std::make_shared<const Media>(std::move(media));
}

bool read_text(const json::object& text, WhatsAppMessage& into) {
  into.input.text = words_in(text, "body", words_bytes_max);
  into.input.kind = Input::Kind::text;
  return !into.input.text.empty();
}

// Meta tells a digest in base64; empty for what is none.
std::string digest_of(std::string_view base64) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr std::size_t digits = 43;  // and one `=`: 32 bytes
  if (base64.size() != digits + 1 || base64.back() != '=') return {};
  std::string hex;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char letter : base64.substr(0, digits)) {
    const std::size_t at = letters.find(letter);
    if (at == std::string_view::npos) return {};
    bits = bits << 6 | static_cast<std::uint32_t>(at);
    for (count += 6; count >= 4; count -= 4) hex += "0123456789abcdef"[bits >> (count - 4) & 15];
  }
  hex.resize(64);
  return hex;
}

template <MediaKind kind>
bool read_file(const json::object& file, WhatsAppMessage& into) {
  Media media;
  media.kind = kind;
  media.source = words_in(file, "id");
  if (media.source.empty()) return false;
  media.mime = words_in(file, "mime_type");
  media.file_name = words_in(file, "filename", 1'024);
  media.caption = words_in(file, "caption", words_bytes_max);
  if (kind == MediaKind::image || kind == MediaKind::document) {
    into.digest = digest_of(words_in(file, "sha256"));
  }
  take_media(into, std::move(media));
  return true;
}

bool read_location(const json::object& place, WhatsAppMessage& into) {
  auto media = place_in(place);
  if (!media) return false;
  media->name = words_in(place, "name", 1'024);
  media->address = words_in(place, "address", 1'024);
  take_media(into, std::move(*media));
  return true;
}

bool read_button(const json::object& button, WhatsAppMessage& into) {
  const auto tap = machine::parse_tap(words_in(button, "payload", tap_bytes_max));
  into.input.text = words_in(button, "text", words_bytes_max);
  into.input.kind = tap ? Input::Kind::tap : Input::Kind::text;
  if (tap) into.input.tap = *tap;
  return tap || !into.input.text.empty();
}

bool read_choice(const json::object& reply, WhatsAppMessage& into) {
  const std::string id = words_in(reply, "id", tap_bytes_max);
  if (id.empty()) return false;
  into.input.kind = Input::Kind::tap;
  into.input.text = words_in(reply, "title", words_bytes_max);
  if (const auto tap = machine::parse_tap(id)) into.input.tap = *tap;
  return true;
}

bool read_interactive(const json::object& interactive, WhatsAppMessage& into) {
  const std::string type = words_in(interactive, "type", 64);
  if (!type.empty()) into.type += "/" + type;
  const json::object* reply = object_in(interactive, type);
  return reply && (type == "button_reply" || type == "list_reply") && read_choice(*reply, into);
}

bool read_reaction(const json::object& reaction, WhatsAppMessage& into) {
  into.input.kind = Input::Kind::reaction;
  into.input.text = words_in(reaction, "emoji", 64);  // none: it was taken back
  into.answers = words_in(reaction, "message_id");
  into.writes = false;
  return true;
}

bool read_edit(const json::object& edit, WhatsAppMessage& into) {
  const json::object* text = object_in(object_in(edit, "message"), "text");
  into.input.kind = Input::Kind::edited;
  if (text) into.input.text = words_in(*text, "body", words_bytes_max);
  into.answers = words_in(edit, "original_message_id");
  into.writes = false;
  return true;
}

bool read_revoke(const json::object& revoke, WhatsAppMessage& into) {
  into.input.kind = Input::Kind::deleted;
  into.answers = words_in(revoke, "original_message_id");
  into.writes = false;
  return true;
}

bool read_unsupported(const json::object& what, WhatsAppMessage& into) {
  const std::string type = words_in(what, "type", 64);
  if (!type.empty()) into.type = type;
  return false;
}

struct TypeRow {
  std::string_view type;  // and the name of its object
  bool (*read)(const json::object&, WhatsAppMessage&);
};

// webhooks/reference/messages/*, 2025-11; `voice` is what the on-premises API called it.
constexpr TypeRow types[] = {
    {"text", read_text},
    {"image", read_file<MediaKind::image>},
    {"video", read_file<MediaKind::video>},
    {"audio", read_file<MediaKind::audio>},
    {"voice", read_file<MediaKind::audio>},
    {"document", read_file<MediaKind::document>},
    {"sticker", read_file<MediaKind::sticker>},
    {"location", read_location},
    {"interactive", read_interactive},
    {"button", read_button},
    {"reaction", read_reaction},
    {"edit", read_edit},
    {"revoke", read_revoke},
    {"unsupported", read_unsupported},
};

// A card with a name: the only type whose object is a list.
bool read_contacts(const json::object& message, WhatsAppMessage& into) {
  const json::array* cards = array_in(message, "contacts");
  const json::object* card = cards && !cards->empty() ? cards->front().if_object() : nullptr;
  if (!card) return false;
  Media media;
  media.kind = MediaKind::contact;
  if (const json::object* name = object_in(*card, "name")) {
    media.name = words_in(*name, "formatted_name", 1'024);
  }
  const json::array* phones = array_in(*card, "phones");
  const json::object* phone = phones && !phones->empty() ? phones->front().if_object() : nullptr;
  if (phone) media.source = words_in(*phone, "phone");
  take_media(into, std::move(media));
  return true;
}

}  // namespace

bool read_content(const json::object& message, WhatsAppMessage& into) {
  const std::string type = words_in(message, "type", 64);
  into.type = type;
  if (type == "contacts") return read_contacts(message, into);
  const auto row = std::find_if(std::begin(types), std::end(types),
                                [&](const TypeRow& one) { return one.type == type; });
  if (row == std::end(types)) return false;
  const json::object* content = object_in(message, type);
  return content && row->read(*content, into);
}

}  // namespace alur::adapters

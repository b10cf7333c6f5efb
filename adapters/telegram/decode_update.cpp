#include <algorithm>
#include <utility>

#include "adapters/http/json_text.hpp"
#include "adapters/telegram/update.hpp"

namespace alur::adapters {

namespace json = boost::json;
using machine::Input;
using value::MediaKind;

namespace {

constexpr std::size_t text_bytes_max = 16 * 1024;  // of 4,096 UTF-16 units at most
constexpr std::size_t depth_max = 32;              // a reply carries the message that it answers

// Empty where it is longer than anything of Telegram's.
std::string text_at(const json::object& object, const char* name) {
  return text_of(object, name, text_bytes_max).value_or("");
}

value::Decimal decimal_at(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  if (!found || !found->is_number()) return {};
  return value::Decimal::parse(std::to_string(found->to_number<double>()))
      .value_or(value::Decimal());
}

// --- what stands beside words

void read_file(const json::object& file, value::Media& media) {
  media.source = text_at(file, "file_id");
  media.mime = text_at(file, "mime_type");
  media.file_name = text_at(file, "file_name");
  media.size_bytes =
      static_cast<std::uint64_t>(std::max<std::int64_t>(0, whole_in(file, "file_size")));
}

// Venues repeat their place as `location`: they come first.
bool read_place(const json::object& message, value::Media& media) {
  const json::object* venue = object_in(message, "venue");
  const json::object* place = object_in(venue ? *venue : message, "location");
  if (!place) return false;
  media.kind = MediaKind::location;
  media.latitude = decimal_at(*place, "latitude");
  media.longitude = decimal_at(*place, "longitude");
  if (venue) {
    media.name = text_at(*venue, "title");
    media.address = text_at(*venue, "address");
  }
  return true;
}

// A photo comes in several sizes, the largest last.
bool read_photo(const json::object& message, value::Media& media) {
  const json::array* sizes = array_in(message, "photo");
  const json::object* largest = sizes && !sizes->empty() ? sizes->back().if_object() : nullptr;
  if (!largest) return false;
  read_file(*largest, media);
  media.mime = "image/jpeg";
  return !media.source.empty();
}

// An animation comes as a document, too.
bool read_media(const json::object& message, value::Media& media) {
  static constexpr std::pair<const char*, MediaKind> files[] = {
      {"animation", MediaKind::video}, {"document", MediaKind::document},
      {"video", MediaKind::video},     {"video_note", MediaKind::video},
      {"audio", MediaKind::audio},     {"voice", MediaKind::audio},
      {"sticker", MediaKind::sticker},
  };
  if (read_place(message, media) || read_photo(message, media)) return true;
  for (const auto& [name, kind] : files) {
    const json::object* file = object_in(message, name);
    if (!file) continue;
    media.kind = kind;
    read_file(*file, media);
    return !media.source.empty();
  }
  const json::object* contact = object_in(message, "contact");
  if (!contact) return false;
  media.kind = MediaKind::contact;
  media.name = text_at(*contact, "first_name");
  media.source = text_at(*contact, "phone_number");
  return true;
}

// --- updates

bool is_of_bot(const json::object& object) {
  const json::object* from = object_in(object, "from");
  return from && flag_in(*from, "is_bot");
}

std::int64_t chat_of(const json::object& message) {
  const json::object* chat = object_in(message, "chat");
  return chat ? whole_in(*chat, "id") : 0;
}

void read_message(const json::object& message, TelegramUpdate& update) {
  if (is_of_bot(message)) return;  // ours, or another program's: they would talk for ever
  update.chat = chat_of(message);
  update.moved_to = whole_in(message, "migrate_to_chat_id");
  update.input.text = text_at(message, "text");
  if (!update.input.text.empty()) return;
  auto media = std::make_shared<value::Media>();
  if (read_media(message, *media)) {
    update.input.kind = Input::Kind::media;
    update.input.text = media->caption = text_at(message, "caption");
    update.input.media = std::move(media);
  } else {
    update.input.kind = Input::Kind::unsupported;
  }
}

// The label of the button with this data, as the message shows it.
std::string label_of(const json::object& message, std::string_view wanted) {
  const json::object* markup = object_in(message, "reply_markup");
  const json::array* rows = markup ? array_in(*markup, "inline_keyboard") : nullptr;
  if (!rows) return {};
  for (const json::value& row : *rows) {
    if (!row.is_array()) continue;
    for (const json::value& one : row.get_array()) {
      const json::object* button = one.if_object();
      if (button && text_at(*button, "callback_data") == wanted) return text_at(*button, "text");
    }
  }
  return {};
}

void read_tap(const json::object& query, TelegramUpdate& update) {
  const json::object* message = object_in(query, "message");
  if (!message || is_of_bot(query)) return;
  const std::string data = text_at(query, "data");
  update.chat = chat_of(*message);
  update.callback = text_at(query, "id");
  update.input.kind = Input::Kind::tap;
  update.input.text = label_of(*message, data);
  if (const auto tap = machine::parse_tap(data)) update.input.tap = *tap;
}

// Joins, pins and the like are messages without anything that was said.
bool is_service_message(const json::object& message) {
  for (const std::string_view name :
       {"new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo",
        "delete_chat_photo", "group_chat_created", "supergroup_chat_created", "pinned_message",
        "migrate_from_chat_id", "message_auto_delete_timer_changed"}) {
    if (message.contains(name)) return true;
  }
  return false;
}

std::optional<TelegramUpdate> read_update(const json::value& value) {
  const json::object* object = value.if_object();
  const json::value* id = object ? object->if_contains("update_id") : nullptr;
  if (!id || !id->is_int64() || id->get_int64() < 0) return std::nullopt;
  TelegramUpdate update;
  update.id = id->get_int64();
  if (const json::object* message = object_in(*object, "message")) {
    if (!is_service_message(*message)) read_message(*message, update);
  } else if (const json::object* edited = object_in(*object, "edited_message")) {
    read_message(*edited, update);
    update.input.kind = Input::Kind::edited;
    update.input.media = nullptr;
  } else if (const json::object* query = object_in(*object, "callback_query")) {
    read_tap(*query, update);
  }
  return update;
}

}  // namespace

std::optional<TelegramUpdate> decode_update(std::string_view body) {
  const auto value = parse_json(body, depth_max);
  return value ? read_update(*value) : std::nullopt;
}

std::optional<std::vector<TelegramUpdate>> decode_updates(std::string_view body) {
  const auto value = parse_json(body, depth_max);
  const json::object* object = value ? value->if_object() : nullptr;
  const json::array* result = object ? array_in(*object, "result") : nullptr;
  if (!result) return std::nullopt;
  std::vector<TelegramUpdate> updates;
  for (const json::value& one : *result) {
    if (auto update = read_update(one)) updates.push_back(std::move(*update));
  }
  return updates;
}

}  // namespace alur::adapters

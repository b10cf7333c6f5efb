#include <algorithm>
#include <tuple>
#include <utility>

#include "adapters/http/json_text.hpp"
#include "adapters/telegram/bot_api.hpp"

namespace alur::adapters {

namespace json = boost::json;
using machine::Input;
using value::MediaKind;

namespace {

constexpr std::size_t text_bytes_max = 16 * 1024;  // of 4,096 UTF-16 units at most

// --- what stands beside words

// Venues repeat their place as `location`: they come first.
bool read_place(const json::object& message, value::Media& media) {
  const json::object* venue = object_in(message, "venue");
  const json::object* location = object_in(venue ? *venue : message, "location");
  auto place = location ? place_in(*location) : std::nullopt;
  if (!place) return false;
  media = std::move(*place);
  if (!venue) return true;
  media.name = words_in(*venue, "title", 1'024);
  media.address = words_in(*venue, "address", 1'024);
  return true;
}

// A photo comes in several sizes, the largest last.
const json::object* file_in(const json::object& message, const char* name) {
  const json::array* sizes = array_in(message, name);
  return sizes && !sizes->empty() ? sizes->back().if_object() : object_in(message, name);
}

// An animation comes as a document, too.
bool read_file(const json::object& message, value::Media& media) {
  static constexpr std::tuple<const char*, MediaKind, const char*> files[] = {
      {"photo", MediaKind::image, "image/jpeg"}, {"animation", MediaKind::video, ""},
      {"document", MediaKind::document, ""},     {"video", MediaKind::video, ""},
      {"video_note", MediaKind::video, ""},      {"audio", MediaKind::audio, ""},
      {"voice", MediaKind::audio, ""},           {"sticker", MediaKind::sticker, ""},
  };
  for (const auto& [name, kind, mime] : files) {
    const json::object* file = file_in(message, name);
    if (!file) continue;
    media.kind = kind;
    media.source = words_in(*file, "file_id");
    media.mime = file->contains("mime_type") ? words_in(*file, "mime_type") : mime;
    media.file_name = words_in(*file, "file_name", 1'024);
    media.size_bytes =
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, whole_in(*file, "file_size")));
    return !media.source.empty();
  }
  return false;
}

bool read_contact(const json::object& message, value::Media& media) {
  const json::object* contact = object_in(message, "contact");
  if (!contact) return false;
  media.kind = MediaKind::contact;
  media.name = words_in(*contact, "first_name");
  media.source = words_in(*contact, "phone_number");
  return true;
}

// --- updates

bool is_of_bot(const json::object& object) {
  return flag_in(object_in(object, "from"), "is_bot");
}

// Groups and channels have ids below 0: what citizens ask and are told is for nobody else.
std::int64_t chat_of(const json::object& message) {
  return std::max<std::int64_t>(0, whole_in(object_in(message, "chat"), "id"));
}

void read_message(const json::object& message, TelegramUpdate& update) {
  if (is_of_bot(message)) return;  // ours, or another program's: they would talk for ever
  update.chat = chat_of(message);
  update.input.text = words_in(message, "text", text_bytes_max);
  if (!update.input.text.empty()) return;
  auto media = std::make_shared<value::Media>();
  if (read_place(message, *media) || read_file(message, *media) || read_contact(message, *media)) {
    update.input.kind = Input::Kind::media;
    update.input.text = media->caption = words_in(message, "caption", text_bytes_max);
    update.input.media = std::move(media);
  } else {
    update.input.kind = Input::Kind::unsupported;
  }
}

// The label of the button with this data, as the message shows it.
std::string label_of(const json::object& message, std::string_view wanted) {
  const json::array* rows = array_in(object_in(message, "reply_markup"), "inline_keyboard");
  if (!rows) return {};
  for (const json::value& row : *rows) {
    if (!row.is_array()) continue;
    for (const json::value& one : row.get_array()) {
      const json::object* button = one.if_object();
      if (button && words_in(*button, "callback_data") == wanted) return words_in(*button, "text");
    }
  }
  return {};
}

void read_tap(const json::object& query, TelegramUpdate& update) {
  const json::object* message = object_in(query, "message");
  if (!message || is_of_bot(query)) return;
  const std::string data = words_in(query, "data");
  update.chat = chat_of(*message);
  update.callback = words_in(query, "id");
  update.input.kind = Input::Kind::tap;
  update.input.text = label_of(*message, data);
  if (const auto tap = machine::parse_tap(data)) update.input.tap = *tap;
}

// Messages in which nothing was said.
bool is_service_message(const json::object& message) {
  return message.contains("pinned_message") ||
         message.contains("message_auto_delete_timer_changed");
}

void read_update(const json::value& value, std::vector<TelegramUpdate>& into) {
  const json::object* object = value.if_object();
  const json::value* id = object ? object->if_contains("update_id") : nullptr;
  if (!id || !id->is_int64() || id->get_int64() < 0) return;
  TelegramUpdate& update = into.emplace_back();
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
}

}  // namespace

std::vector<TelegramUpdate> decode_updates(std::string_view body) {
  std::vector<TelegramUpdate> updates;
  const auto value = parse_json(body, telegram_depth_max);
  if (!value || !value->is_object()) return updates;
  if (const json::array* several = array_in(value->get_object(), "result")) {
    for (const json::value& one : *several) read_update(one, updates);
  } else {
    read_update(*value, updates);
  }
  std::sort(updates.begin(), updates.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  return updates;
}

}  // namespace alur::adapters

// Equality, order and the printed form, each a switch over the kinds.
#include "engine/value/value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>

#include "engine/value/text.hpp"

namespace alur::value {

namespace {

constexpr std::array<std::string_view, 12> kind_names{"unset",  "boolean", "number",   "text",
                                                      "date",   "time",    "datetime", "duration",
                                                      "choice", "record",  "list",     "media"};

constexpr std::array<std::string_view, 7> media_kind_names{"image",   "document", "audio",  "video",
                                                           "sticker", "location", "contact"};

// In double quotes, with what would break a line of a dump escaped.
void append_quoted(std::string_view text, std::string& out) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_record(const Record& record, std::string& out) {
  out += '{';
  std::string_view comma;
  for (const Field& field : record.fields) {
    fmt::format_to(std::back_inserter(out), "{}{:08x}: ", comma, field.key);
    field.value.append_text(out);
    comma = ", ";
  }
  out += '}';
}

void append_list(const List& list, std::string& out) {
  out += '[';
  std::string_view comma;
  for (const Value& item : list.items) {
    out += comma;
    item.append_text(out);
    comma = ", ";
  }
  out += ']';
}

void append_media(const Media& media, std::string& out) {
  out += to_text(media.kind);
  out += '(';
  if (media.kind == MediaKind::location) {
    media.latitude.append_to(out);
    out += ", ";
    media.longitude.append_to(out);
  } else {
    out += media.source.empty() ? media.name : media.source;
  }
  out += ')';
}

}  // namespace

std::string_view to_text(Kind kind) {
  return kind_names.at(static_cast<std::size_t>(kind));
}

std::string_view to_text(MediaKind kind) {
  return media_kind_names.at(static_cast<std::size_t>(kind));
}

Value::Value(std::shared_ptr<const Record> record) : held_(std::move(record)) {
  assert(std::get<std::shared_ptr<const Record>>(held_) != nullptr);
}
Value::Value(std::shared_ptr<const List> list) : held_(std::move(list)) {
  assert(std::get<std::shared_ptr<const List>>(held_) != nullptr);
}
Value::Value(std::shared_ptr<const Media> media) : held_(std::move(media)) {
  assert(std::get<std::shared_ptr<const Media>>(held_) != nullptr);
}
Value::Value(Record record) : held_(std::make_shared<const Record>(std::move(record))) {}
Value::Value(List list) : held_(std::make_shared<const List>(std::move(list))) {}
Value::Value(Media media) : held_(std::make_shared<const Media>(std::move(media))) {}

template <class T>
const T& Value::held() const {
  const T* found = std::get_if<T>(&held_);
  assert(found != nullptr && "a value asked for as a kind that it is not");
  return *found;
}

bool Value::boolean() const {
  return held<bool>();
}
Decimal Value::number() const {
  return held<Decimal>();
}
const std::string& Value::text() const {
  return held<std::string>();
}
Date Value::date() const {
  return held<Date>();
}
TimeOfDay Value::time() const {
  return held<TimeOfDay>();
}
Instant Value::datetime() const {
  return held<Instant>();
}
Duration Value::duration() const {
  return held<Duration>();
}
const std::string& Value::choice_name() const {
  return held<Choice>().name;
}
const Record& Value::record() const {
  return *held<std::shared_ptr<const Record>>();
}
const List& Value::list() const {
  return *held<std::shared_ptr<const List>>();
}
const Media& Value::media() const {
  return *held<std::shared_ptr<const Media>>();
}

bool Value::operator==(const Value& other) const {
  if (kind() != other.kind()) return false;
  switch (kind()) {
    case Kind::record:
      return record() == other.record();
    case Kind::list:
      return list() == other.list();
    case Kind::media:
      return media() == other.media();
    default:
      return held_ == other.held_;
  }
}

std::string Value::to_text() const {
  std::string out;
  append_text(out);
  return out;
}

void Value::append_text(std::string& out) const {
  switch (kind()) {
    case Kind::unset:
      out += "unset";
      return;
    case Kind::boolean:
      out += boolean() ? "true" : "false";
      return;
    case Kind::number:
      return number().append_to(out);
    case Kind::text:
      return append_quoted(text(), out);
    case Kind::date:
      out += to_string(date());
      return;
    case Kind::time:
      out += to_string(time());
      return;
    case Kind::datetime:
      out += to_string(datetime());
      return;
    case Kind::duration:
      out += to_string(duration());
      return;
    case Kind::choice:
      out += choice_name();
      return;
    case Kind::record:
      return append_record(record(), out);
    case Kind::list:
      return append_list(list(), out);
    case Kind::media:
      return append_media(media(), out);
  }
}

const Value* Record::find(NameKey key) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [key](const Field& field) { return field.key == key; });
  return found == fields.end() ? nullptr : &found->value;
}

std::partial_ordering compare(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return std::partial_ordering::unordered;
  switch (a.kind()) {
    case Kind::boolean:
      return a.boolean() <=> b.boolean();
    case Kind::number:
      return a.number() <=> b.number();
    case Kind::text:
      return a.text() <=> b.text();  // UTF-8 bytes sort as their code points do
    case Kind::date:
      return a.date() <=> b.date();
    case Kind::time:
      return a.time() <=> b.time();
    case Kind::datetime:
      return a.datetime() <=> b.datetime();
    case Kind::duration:
      return a.duration() <=> b.duration();
    default:
      return a == b ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
  }
}

namespace {

bool has_plain_texts(const Value& value) {
  switch (value.kind()) {
    case Kind::text:
      return is_ascii(value.text());
    case Kind::record:
      return std::all_of(value.record().fields.begin(), value.record().fields.end(),
                         [](const Field& field) { return has_plain_texts(field.value); });
    case Kind::list:
      return std::all_of(value.list().items.begin(), value.list().items.end(), has_plain_texts);
    default:
      return true;
  }
}

}  // namespace

Value with_normal_texts(Value value) {
  if (has_plain_texts(value)) return value;
  switch (value.kind()) {
    case Kind::record: {
      Record record = value.record();
      for (Field& field : record.fields) field.value = with_normal_texts(std::move(field.value));
      return Value(std::move(record));
    }
    case Kind::list: {
      List list = value.list();
      for (Value& item : list.items) item = with_normal_texts(std::move(item));
      return Value(std::move(list));
    }
    default:
      return Value(to_nfc(value.text()));
  }
}

}  // namespace alur::value

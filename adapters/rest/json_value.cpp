#include "adapters/rest/json_value.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>

namespace alur::adapters {

namespace json = boost::json;
using value::Type;
using value::TypeKind;
using value::Value;

namespace {

// --- to JSON

json::value number_to_json(value::Decimal number) {
  if (const auto whole = number.to_int64()) return *whole;
  const std::string text = number.to_string();
  double read = 0;
  std::from_chars(text.data(), text.data() + text.size(), read);
  if (fmt::format("{}", read) == text) return read;
  return json::string(text);
}

json::value media_to_json(const value::Media& media) {
  if (media.kind == value::MediaKind::location) {
    return json::object{{"latitude", number_to_json(media.latitude)},
                        {"longitude", number_to_json(media.longitude)},
                        {"name", media.name},
                        {"address", media.address}};
  }
  return json::object{{"source", media.source},
                      {"mime", media.mime},
                      {"file_name", media.file_name},
                      {"caption", media.caption}};
}

json::value record_to_json(const value::Record& record, const Type& type) {
  json::object object;
  for (const value::TypeField& field : type.fields) {
    const Value* held = record.find(field.key);
    if (held && held->is_set()) object[field.name] = to_json(*held, *field.type);
  }
  return object;
}

json::value list_to_json(const value::List& list, const Type& type) {
  json::array array;
  for (const Value& item : list.items) array.push_back(to_json(item, *type.element));
  return array;
}

// --- from JSON

std::optional<Value> number_from(const json::value& given) {
  std::string text;
  if (given.is_int64()) text = std::to_string(given.get_int64());
  if (given.is_uint64()) text = std::to_string(given.get_uint64());
  if (given.is_double()) {
    // 3.0 is three; what is written with an exponent is no exact number.
    text = fmt::format("{}", given.get_double());
  }
  if (given.is_string()) text = std::string(given.get_string());
  const auto number = value::Decimal::parse(text);
  if (!number) return std::nullopt;
  return Value(*number);
}

// What parse_...() makes of a string.
template <class Parse>
std::optional<Value> parsed(const json::value& given, Parse parse) {
  if (!given.is_string()) return std::nullopt;
  const auto read = parse(std::string_view(given.get_string()));
  if (!read) return std::nullopt;
  return Value(*read);
}

std::string text_of(const json::object& object, const char* name) {
  const json::value* found = object.if_contains(name);
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::optional<Value> location_from(const json::value& given) {
  if (!given.is_object()) return std::nullopt;
  const json::object& object = given.get_object();
  const json::value* north = object.if_contains("latitude");
  const json::value* east = object.if_contains("longitude");
  const auto latitude = north ? number_from(*north) : std::nullopt;
  const auto longitude = east ? number_from(*east) : std::nullopt;
  if (!latitude || !longitude) return std::nullopt;
  value::Media media;
  media.kind = value::MediaKind::location;
  media.latitude = latitude->number();
  media.longitude = longitude->number();
  media.name = text_of(object, "name");
  media.address = text_of(object, "address");
  return Value(std::move(media));
}

std::optional<Value> media_from(const json::value& given, value::MediaKind kind) {
  value::Media media;
  media.kind = kind;
  if (given.is_string()) {
    media.source = std::string(given.get_string());
  } else if (given.is_object()) {
    const json::object& object = given.get_object();
    media.source = text_of(object, "source");
    media.mime = text_of(object, "mime");
    media.file_name = text_of(object, "file_name");
    media.caption = text_of(object, "caption");
  }
  if (media.source.empty()) return std::nullopt;
  return Value(std::move(media));
}

std::optional<Value> read(const json::value& given, const Type& type);

std::optional<Value> record_from(const json::value& given, const Type& type) {
  if (!given.is_object()) return std::nullopt;
  value::Record record;
  for (const value::TypeField& field : type.fields) {
    const json::value* found = given.get_object().if_contains(field.name);
    if (!found || found->is_null()) continue;
    auto held = read(*found, *field.type);
    if (!held) return std::nullopt;
    record.fields.push_back({field.key, std::move(*held)});
  }
  return Value(std::move(record));
}

std::optional<Value> list_from(const json::value& given, const Type& type) {
  if (!given.is_array()) return std::nullopt;
  value::List list;
  for (const json::value& item : given.get_array()) {
    auto held = read(item, *type.element);
    if (!held) return std::nullopt;
    list.items.push_back(std::move(*held));
  }
  return Value(std::move(list));
}

std::optional<Value> read(const json::value& given, const Type& type) {
  switch (type.kind) {
    case TypeKind::boolean:
      if (!given.is_bool()) return std::nullopt;
      return Value(given.get_bool());
    case TypeKind::integer:
    case TypeKind::number:
      return number_from(given);
    case TypeKind::text:
    case TypeKind::phone:
    case TypeKind::email:
      if (!given.is_string()) return std::nullopt;
      return value::with_normal_texts(Value(std::string(given.get_string())));
    case TypeKind::date:
      return parsed(given, value::parse_date);
    case TypeKind::time:
      return parsed(given, value::parse_time);
    case TypeKind::datetime:
      return parsed(given, value::parse_instant);
    case TypeKind::duration:
      return parsed(given, value::parse_duration);
    case TypeKind::choice:
      if (!given.is_string()) return std::nullopt;
      return Value::choice(std::string_view(given.get_string()));
    case TypeKind::record:
      return record_from(given, type);
    case TypeKind::list:
      return list_from(given, type);
    case TypeKind::image:
      return media_from(given, value::MediaKind::image);
    case TypeKind::document:
      return media_from(given, value::MediaKind::document);
    case TypeKind::location:
      return location_from(given);
  }
  return std::nullopt;
}

}  // namespace

json::value to_json(const Value& value, const Type& type) {
  switch (value.kind()) {
    case value::Kind::unset:
      return nullptr;
    case value::Kind::boolean:
      return value.boolean();
    case value::Kind::number:
      return number_to_json(value.number());
    case value::Kind::text:
      return json::string(value.text());
    case value::Kind::choice:
      return json::string(value.choice_name());
    case value::Kind::record:
      return record_to_json(value.record(), type);
    case value::Kind::list:
      return list_to_json(value.list(), type);
    case value::Kind::media:
      return media_to_json(value.media());
    default:
      return json::string(value.to_text());  // dates, times and lengths of time: their ISO forms
  }
}

std::optional<Value> from_json(const json::value& given, const Type& type) {
  auto held = given.is_null() ? Value() : read(given, type);
  if (!held || value::conforms(*held, type)) return std::nullopt;
  return held;
}

}  // namespace alur::adapters

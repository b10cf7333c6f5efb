#include "tools/replay/chat_value.hpp"

#include <fmt/format.h>

namespace alur::tools {

using dsl::ChatValue;
using value::Type;
using value::TypeKind;
using value::Value;
using Written = ChatValue::Kind;

namespace {

std::optional<value::MediaKind> media_kind(TypeKind kind) {
  switch (kind) {
    case TypeKind::image:
      return value::MediaKind::image;
    case TypeKind::document:
      return value::MediaKind::document;
    case TypeKind::location:
      return value::MediaKind::location;
    default:
      return std::nullopt;
  }
}

class ValueReader {
 public:
  ValueReader(const value::TimeZone& zone, const Captures& captures, std::string& why)
      : zone_(zone), captures_(captures), why_(why) {}

  std::optional<Value> read(const ChatValue& written, const Type& type) {
    if (written.kind == Written::record) return read_record(written, type);
    if (written.kind == Written::list) return read_list(written, type);
    return read_plain(written, type);
  }

 private:
  std::nullopt_t refuse(std::string why) {
    if (why_.empty()) why_ = std::move(why);
    return std::nullopt;
  }

  std::optional<Value> read_record(const ChatValue& written, const Type& type) {
    if (type.kind != TypeKind::record) return refuse("a record where none is wanted");
    value::Record record;
    for (const value::TypeField& field : type.fields) {
      for (const dsl::ChatField& given : written.fields) {
        if (given.name.text != field.name) continue;
        auto read_field = read(given.value, *field.type);
        if (!read_field) return std::nullopt;
        if (read_field->is_set()) record.fields.push_back({field.key, std::move(*read_field)});
      }
    }
    for (const dsl::ChatField& given : written.fields) {
      if (type.find_field(value::name_key(given.name.text))) continue;
      return refuse(fmt::format("`{}` has no field `{}`", type.name, given.name.text));
    }
    return Value(std::move(record));
  }

  std::optional<Value> read_list(const ChatValue& written, const Type& type) {
    if (type.kind != TypeKind::list) return refuse("a list where none is wanted");
    value::List list;
    for (const ChatValue& item : written.items) {
      auto read_item = read(item, *type.element);
      if (!read_item) return std::nullopt;
      list.items.push_back(std::move(*read_item));
    }
    return Value(std::move(list));
  }

  std::optional<Value> read_plain(const ChatValue& written, const Type& type) {
    switch (written.kind) {
      case Written::unset:
        return Value();
      case Written::truth:
        return Value(written.text == "true");
      case Written::number:
        return Value(written.number);
      case Written::text:
        return read_text(filled(written.text, captures_), type);
      case Written::date:
        return Value(*value::parse_date(written.text));
      case Written::time:
        return Value(*value::parse_time(written.text));
      case Written::datetime:
        return Value(zone_.to_instant(written.local));
      case Written::duration:
        return Value(value::Duration{written.milliseconds});
      default:
        return Value::choice(written.text);
    }
  }

  static Value read_text(std::string text, const Type& type) {
    const auto media = media_kind(type.kind);
    if (!media) return Value(std::move(text));
    value::Media made;
    made.kind = *media;
    made.source = std::move(text);
    return Value(std::move(made));
  }

  const value::TimeZone& zone_;
  const Captures& captures_;
  std::string& why_;
};

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out + '"';
}

std::string print_record(const value::Record& record, const Type& type,
                         const value::TimeZone& zone) {
  std::string out;
  for (const value::TypeField& field : type.fields) {
    const Value* held = record.find(field.key);
    if (!held || !held->is_set()) continue;
    out += (out.empty() ? "" : ", ") + field.name + ": " + print_value(*held, *field.type, zone);
  }
  return "{" + out + "}";
}

}  // namespace

std::optional<Value> to_value(const ChatValue& written, const Type& type,
                              const value::TimeZone& zone, const Captures& captures,
                              std::string& why) {
  auto value = ValueReader(zone, captures, why).read(written, type);
  if (!value) return std::nullopt;
  if (auto misfit = value::conforms(*value, type)) {
    why = std::move(*misfit);
    return std::nullopt;
  }
  return value;
}

std::string print_value(const Value& value, const Type& type, const value::TimeZone& zone) {
  switch (value.kind()) {
    case value::Kind::text:
      return quoted(value.text());
    case value::Kind::datetime:
      return value::to_string(zone.to_local(value.datetime()));
    case value::Kind::media:
      return quoted(value.media().source);
    case value::Kind::record:
      return print_record(value.record(), type, zone);
    case value::Kind::list: {
      std::string out;
      for (const Value& item : value.list().items) {
        out += (out.empty() ? "" : ", ") + print_value(item, *type.element, zone);
      }
      return "[" + out + "]";
    }
    default:
      return value.to_text();
  }
}

}  // namespace alur::tools

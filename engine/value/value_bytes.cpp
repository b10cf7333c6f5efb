// The tags and the two directions, side by side.
#include "engine/value/value_bytes.hpp"

#include <array>
#include <cassert>
#include <utility>

namespace alur::value {

namespace {

// What a value begins with. These are stored: a number once given is never given again.
enum Tag : std::uint8_t {
  tag_unset = 0,
  tag_false = 1,
  tag_true = 2,
  tag_integer = 3,
  tag_text = 4,
  tag_date = 5,
  tag_time = 6,
  tag_datetime = 7,
  tag_duration = 8,
  tag_choice = 9,
  tag_record = 10,
  tag_list = 11,
  tag_media = 12,
  tag_fraction = 0x20,  // and its scale, 1..18
};

constexpr std::size_t field_bytes_min = 5;  // a key and a tag
constexpr std::size_t item_bytes_min = 1;

constexpr std::array media_texts{&Media::source,  &Media::mime, &Media::file_name,
                                 &Media::caption, &Media::name, &Media::address};

void encode_number(Decimal number, ByteWriter& writer) {
  writer.byte(number.is_integer() ? std::uint8_t{tag_integer}
                                  : static_cast<std::uint8_t>(tag_fraction + number.scale()));
  writer.zigzag(number.mantissa());
}

void encode_media(const Media& media, ByteWriter& writer) {
  writer.byte(tag_media);
  writer.byte(static_cast<std::uint8_t>(media.kind));
  for (const auto member : media_texts) writer.text(media.*member);
  writer.varint(media.size_bytes);
  encode_number(media.latitude, writer);
  encode_number(media.longitude, writer);
}

void encode_nested(const Value& value, int depth, ByteWriter& writer);

void encode_record(const Record& record, int depth, ByteWriter& writer) {
  assert(depth < value_depth_max);
  writer.byte(tag_record);
  writer.varint(record.fields.size());
  for (const Field& field : record.fields) {
    writer.fixed32(field.key);
    encode_nested(field.value, depth + 1, writer);
  }
}

void encode_list(const List& list, int depth, ByteWriter& writer) {
  assert(depth < value_depth_max);
  writer.byte(tag_list);
  writer.varint(list.items.size());
  for (const Value& item : list.items) encode_nested(item, depth + 1, writer);
}

void encode_signed(Tag tag, std::int64_t number, ByteWriter& writer) {
  writer.byte(tag);
  writer.zigzag(number);
}

void encode_text(Tag tag, std::string_view text, ByteWriter& writer) {
  writer.byte(tag);
  writer.text(text);
}

void encode_nested(const Value& value, int depth, ByteWriter& writer) {
  switch (value.kind()) {
    case Kind::unset:
      return writer.byte(tag_unset);
    case Kind::boolean:
      return writer.byte(value.boolean() ? tag_true : tag_false);
    case Kind::number:
      return encode_number(value.number(), writer);
    case Kind::text:
      return encode_text(tag_text, value.text(), writer);
    case Kind::date:
      assert(in_range(value.date()));
      return encode_signed(tag_date, value.date().days, writer);
    case Kind::time:
      assert(in_range(value.time()));
      return encode_signed(tag_time, value.time().seconds, writer);
    case Kind::datetime:
      assert(in_range(value.datetime()));
      return encode_signed(tag_datetime, value.datetime().milliseconds, writer);
    case Kind::duration:
      assert(in_range(value.duration()));
      return encode_signed(tag_duration, value.duration().milliseconds, writer);
    case Kind::choice:
      return encode_text(tag_choice, value.choice_name(), writer);
    case Kind::record:
      return encode_record(value.record(), depth, writer);
    case Kind::list:
      return encode_list(value.list(), depth, writer);
    case Kind::media:
      return encode_media(value.media(), writer);
  }
}

// One decoder a kind of content; each leaves the reader failed when what it read is no such
// content.
class Decoder {
 public:
  explicit Decoder(ByteReader& reader) : reader_(reader) {}

  Value value(int depth) {
    const std::uint8_t tag = reader_.byte();
    switch (tag) {
      case tag_unset:
        return Value();
      case tag_false:
      case tag_true:
        return Value(tag == tag_true);
      case tag_text:
        return Value(reader_.text());
      case tag_date:
        return checked(narrow<Date>(reader_.zigzag()));
      case tag_time:
        return checked(narrow<TimeOfDay>(reader_.zigzag()));
      case tag_datetime:
        return checked(Instant{reader_.zigzag()});
      case tag_duration:
        return checked(Duration{reader_.zigzag()});
      case tag_choice:
        return Value::choice(reader_.text());
      case tag_record:
        return record(depth);
      case tag_list:
        return list(depth);
      case tag_media:
        return media();
      default:
        return Value(number(tag));
    }
  }

 private:
  template <class T>
  Value checked(T held) {
    if (!in_range(held)) reader_.fail();
    return Value(held);
  }

  template <class T>
  T narrow(std::int64_t number) {
    if (!std::in_range<std::int32_t>(number)) reader_.fail();
    return T{static_cast<std::int32_t>(number)};
  }

  Decimal number(std::uint8_t tag) {
    const int scale = tag == tag_integer ? 0 : tag - tag_fraction;
    const bool scale_fits = tag == tag_integer || (scale >= 1 && scale <= Decimal::digits_max);
    const auto found = scale_fits ? Decimal::from_parts(reader_.zigzag(), scale) : std::nullopt;
    if (!found || found->scale() != scale) {
      reader_.fail();
      return {};
    }
    return *found;
  }

  Value record(int depth) {
    if (depth >= value_depth_max) reader_.fail();
    Record record;
    const std::size_t count = reader_.count(field_bytes_min);
    record.fields.reserve(count);
    for (std::size_t i = 0; i < count && reader_.ok(); ++i) {
      const NameKey key = reader_.fixed32();
      record.fields.push_back({key, value(depth + 1)});
    }
    return Value(std::move(record));
  }

  Value list(int depth) {
    if (depth >= value_depth_max) reader_.fail();
    List list;
    const std::size_t count = reader_.count(item_bytes_min);
    list.items.reserve(count);
    for (std::size_t i = 0; i < count && reader_.ok(); ++i) list.items.push_back(value(depth + 1));
    return Value(std::move(list));
  }

  Value media() {
    Media media;
    const std::uint8_t kind = reader_.byte();
    if (kind > static_cast<std::uint8_t>(MediaKind::contact)) reader_.fail();
    media.kind = static_cast<MediaKind>(kind);
    for (const auto member : media_texts) media.*member = reader_.text();
    media.size_bytes = reader_.varint();
    media.latitude = number(reader_.byte());
    media.longitude = number(reader_.byte());
    return Value(std::move(media));
  }

  ByteReader& reader_;
};

}  // namespace

bool ByteReader::boolean() {
  const std::uint8_t flag = byte();
  if (flag > 1) fail();
  return flag == 1;
}

std::uint64_t ByteReader::varint_after(std::uint8_t first) {
  std::uint64_t number = first & 0x7f;
  for (int shift = 7; shift < 64; shift += 7) {
    const std::uint8_t next = byte();
    const bool overflows = shift == 63 && next > 1;
    if (next == 0 || overflows) break;  // a last byte of zero is not the shortest form
    number |= static_cast<std::uint64_t>(next & 0x7f) << shift;
    if (next < 0x80) return number;
  }
  fail();
  return 0;
}

std::size_t ByteReader::count(std::size_t item_bytes_min) {
  const std::uint64_t count = varint();
  if (count > input_.size() / item_bytes_min) {
    fail();
    return 0;
  }
  return count;
}

void encode_value(const Value& value, ByteWriter& writer) {
  encode_nested(value, 0, writer);
}

Value decode_value(ByteReader& reader) {
  Value value = Decoder(reader).value(0);
  return reader.ok() ? value : Value();
}

}  // namespace alur::value

// Bytes of values: sizes, the way back, and every way in which they can be wrong.
#include "engine/value/value_bytes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/engine/value/arbitrary.hpp"

namespace alur::value {
namespace {

using namespace std::string_literals;

std::string encoded(const Value& value) {
  std::string out;
  ByteWriter writer(out);
  encode_value(value, writer);
  return out;
}

// Nothing unless the bytes are exactly one value.
std::optional<Value> decoded(std::string_view bytes) {
  ByteReader reader(bytes);
  Value value = decode_value(reader);
  if (!reader.finished()) return std::nullopt;
  return value;
}

Value nested(int depth) {
  Value value(true);
  for (int i = 0; i < depth; ++i) value = Value(List{{value}});
  return value;
}

TEST(ValueBytes, Sizes) {
  EXPECT_EQ(encoded(Value()).size(), 1u);
  EXPECT_EQ(encoded(Value(true)).size(), 1u);
  EXPECT_EQ(encoded(Value("ten letters"s.substr(0, 10))).size(), 12u);
  EXPECT_EQ(encoded(Value::integer(0)).size(), 2u);
  EXPECT_EQ(encoded(Value::integer(-64)).size(), 2u);
  EXPECT_EQ(encoded(Value::integer(8'191)).size(), 3u);
  EXPECT_EQ(encoded(Value(*Decimal::parse("12.5"))).size(), 3u);
  EXPECT_EQ(encoded(Value(*date_from_ymd(2025, 12, 31))).size(), 4u);
  EXPECT_EQ(encoded(Value::choice("full")).size(), 6u);
  EXPECT_EQ(encoded(Value(Record{{{1, Value(true)}}})).size(), 7u);
}

// Stored for longer than any program: these bytes must never change their meaning.
TEST(ValueBytes, TheBytesAreFixed) {
  EXPECT_EQ(encoded(Value()), "\x00"s);
  EXPECT_EQ(encoded(Value(false)), "\x01"s);
  EXPECT_EQ(encoded(Value(true)), "\x02"s);
  EXPECT_EQ(encoded(Value::integer(-2)), "\x03\x03"s);
  EXPECT_EQ(encoded(Value("ab")), "\x04\x02"s + "ab");
  EXPECT_EQ(encoded(Value(Date{1})), "\x05\x02"s);
  EXPECT_EQ(encoded(Value(TimeOfDay{60})), "\x06\x78"s);
  EXPECT_EQ(encoded(Value(Instant{-1})), "\x07\x01"s);
  EXPECT_EQ(encoded(Value(Duration{1'000})), "\x08\xd0\x0f"s);
  EXPECT_EQ(encoded(Value::choice("a")), "\x09\x01"s + "a");
  EXPECT_EQ(encoded(Value(Record{{{0x04030201, Value(true)}}})), "\x0a\x01\x01\x02\x03\x04\x02"s);
  EXPECT_EQ(encoded(Value(List{{Value(), Value(true)}})), "\x0b\x02\x00\x02"s);
  EXPECT_EQ(encoded(Value(Media{})), "\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x03\x00"s);
  EXPECT_EQ(encoded(Value(*Decimal::parse("0.5"))), "\x21\x0a"s);
}

TEST(ValueBytes, RefusesWhatIsNeverWritten) {
  const std::string table[]{
      ""s,
      "\x0d"s,          // no such tag
      "\x20\x02"s,      // a fraction of scale 0
      "\x33\x02"s,      // of scale 19
      "\x21\x14"s,      // 1.0: a zero at the end of the fraction
      "\x03\x80\x00"s,  // a varint longer than it need be
      "\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"s,
      "\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s,  // beyond 18 digits
      "\x04\x05"
      "abcd"s,
      "\x05\xff\xff\xff\xff\x0f"s,  // no date
      "\x06\x01"s,                  // a time before midnight
      "\x06\x80\xc6\x0a"s,          // 86400 s
      "\x0b\xff\xff\xff\xff\x0f"s,  // more items than bytes
      "\x0a\x01\x01\x02\x03"s,
      "\x0c\x07\x00\x00\x00\x00\x00\x00\x00\x03\x00\x03\x00"s,  // no such media
      "\x02\x02"s,                                              // something after it
  };
  for (const std::string& bytes : table) EXPECT_FALSE(decoded(bytes)) << bytes.size();
}

TEST(ValueBytes, DepthIsBounded) {
  EXPECT_EQ(decoded(encoded(nested(value_depth_max))), nested(value_depth_max));
  std::string deeper = "\x0b\x01" + encoded(nested(value_depth_max));
  EXPECT_FALSE(decoded(deeper));
  EXPECT_FALSE(decoded(std::string(100'000, '\x0b')));
  std::string lists;
  for (int i = 0; i < 100'000; ++i) lists += "\x0b\x01";
  EXPECT_FALSE(decoded(lists));
  EXPECT_DEATH(encoded(nested(value_depth_max + 1)), "value_depth_max");
}

TEST(ByteReader, StaysFailed) {
  ByteReader reader(
      "\x05"
      "ab");
  EXPECT_EQ(reader.text(), "");
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.byte(), 0);
  EXPECT_EQ(reader.varint(), 0u);
  EXPECT_EQ(reader.fixed32(), 0u);
  EXPECT_EQ(reader.fixed64(), 0u);
  EXPECT_EQ(reader.count(1), 0u);
  EXPECT_FALSE(reader.boolean());
  EXPECT_FALSE(reader.finished());
}

RC_GTEST_PROP(ByteLaws, NumbersComeBack,
              (std::uint64_t a, std::int64_t b, std::uint32_t c, bool d, const std::string& e)) {
  std::string out;
  ByteWriter writer(out);
  writer.varint(a);
  writer.zigzag(b);
  writer.fixed32(c);
  writer.fixed64(a);
  writer.boolean(d);
  writer.text(e);
  ByteReader reader(out);
  RC_ASSERT(reader.varint() == a);
  RC_ASSERT(reader.zigzag() == b);
  RC_ASSERT(reader.fixed32() == c);
  RC_ASSERT(reader.fixed64() == a);
  RC_ASSERT(reader.boolean() == d);
  RC_ASSERT(reader.text() == e);
  RC_ASSERT(reader.finished());
}

TEST(ByteLaws, EdgesComeBack) {
  for (const std::int64_t number : {INT64_MIN, INT64_MAX, INT64_MIN + 1, std::int64_t{0}}) {
    std::string out;
    ByteWriter(out).zigzag(number);
    EXPECT_EQ(ByteReader(out).zigzag(), number);
  }
}

RC_GTEST_PROP(ValueBytesLaws, ValuesComeBackAndEveryPrefixFails, ()) {
  const Value value = *testing::any_value();
  const std::string bytes = encoded(value);
  RC_ASSERT(decoded(bytes) == value);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    RC_ASSERT(!decoded(std::string_view(bytes).substr(0, size)));
  }
}

// Whatever is accepted is the one encoding of what it says.
RC_GTEST_PROP(ValueBytesLaws, GarbageFailsOrIsCanonical, ()) {
  const auto low_bytes =
      rc::gen::map(rc::gen::inRange(0, 0x30), [](int byte) { return static_cast<char>(byte); });
  const std::string bytes =
      *rc::gen::oneOf(testing::any_bytes(), rc::gen::container<std::string>(low_bytes));
  ByteReader reader(bytes);
  const Value value = decode_value(reader);
  if (reader.ok()) {
    RC_ASSERT(encoded(value) == bytes.substr(0, bytes.size() - reader.remaining()));
  } else {
    RC_ASSERT(!value.is_set());
  }
}

RC_GTEST_PROP(ValueBytesLaws, OneWrongByteIsSafe, ()) {
  std::string bytes = encoded(*testing::any_value());
  bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
  const auto value = decoded(bytes);
  if (value) RC_ASSERT(encoded(*value) == bytes);
}

}  // namespace
}  // namespace alur::value

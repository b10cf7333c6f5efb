// Value: what a variable, a payload or an answer holds at run time; small, self-describing, cheap
// to copy. What it may hold is type.hpp's, its bytes value_bytes.hpp's, its looks format.hpp's.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "engine/value/civil_time.hpp"
#include "engine/value/decimal.hpp"

namespace alur::value {

// Names in stored bytes are 32-bit FNV-1a hashes, so that sessions outlive the order of
// declarations. The compiler must refuse two names of one scope with the same key.
using NameKey = std::uint32_t;

constexpr NameKey name_key(std::string_view name) {
  NameKey hash = 2'166'136'261u;
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619u;
  }
  return hash;
}

// In the order of Value's variant.
enum class Kind : std::uint8_t {
  unset,
  boolean,
  number,
  text,
  date,
  time,
  datetime,
  duration,
  choice,
  record,
  list,
  media
};
std::string_view to_text(Kind kind);

// A member of an enumeration, by name.
struct Choice {
  std::string name;
  bool operator==(const Choice&) const = default;
};

enum class MediaKind : std::uint8_t { image, document, audio, video, sticker, location, contact };
std::string_view to_text(MediaKind kind);

// What came, or goes, beside text. A location has its coordinates, name and address; the others a
// source.
struct Media {
  MediaKind kind = MediaKind::image;
  std::string source;  // a URL or the channel's media id
  std::string mime;
  std::string file_name;
  std::string caption;
  std::uint64_t size_bytes = 0;
  Decimal latitude;
  Decimal longitude;
  std::string name;
  std::string address;
  bool operator==(const Media&) const = default;
};

struct Record;
struct List;

class Value {
 public:
  Value() = default;
  template <std::same_as<bool> B>
  explicit Value(B boolean) : held_(boolean) {}
  explicit Value(Decimal number) : held_(number) {}
  explicit Value(std::string text) : held_(std::move(text)) {}
  explicit Value(std::string_view text) : held_(std::string(text)) {}
  explicit Value(const char* text) : held_(std::string(text)) {}
  explicit Value(Date date) : held_(date) {}
  explicit Value(TimeOfDay time) : held_(time) {}
  explicit Value(Instant datetime) : held_(datetime) {}
  explicit Value(Duration duration) : held_(duration) {}
  explicit Value(Choice choice) : held_(std::move(choice)) {}
  explicit Value(std::shared_ptr<const Record> record);  // never null
  explicit Value(std::shared_ptr<const List> list);      // never null
  explicit Value(std::shared_ptr<const Media> media);    // never null
  explicit Value(Record record);
  explicit Value(List list);
  explicit Value(Media media);
  static Value integer(std::int64_t number) { return Value(Decimal::from_integer(number)); }
  static Value choice(std::string_view name) { return Value(Choice{std::string(name)}); }

  Kind kind() const { return static_cast<Kind>(held_.index()); }
  bool is(Kind wanted) const { return kind() == wanted; }
  bool is_set() const { return kind() != Kind::unset; }

  // Each asserts its kind: asking for another is our mistake, not the world's.
  bool boolean() const;
  Decimal number() const;
  const std::string& text() const;
  Date date() const;
  TimeOfDay time() const;
  Instant datetime() const;
  Duration duration() const;
  const std::string& choice_name() const;
  const Record& record() const;
  const List& list() const;
  const Media& media() const;

  // Deep. Values of different kinds are different.
  bool operator==(const Value& other) const;

  // Deterministic, for traces, dumps and tests: unset, true, -12.5, "text", 2025-12-31, 14:30,
  // 2025-12-31T07:30:00Z, 10m, choice, {a1b2c3d4: "x"}, [1, 2], image(source). Not for citizens.
  std::string to_text() const;
  void append_text(std::string& out) const;

 private:
  template <class T>
  const T& held() const;

  std::variant<std::monostate, bool, Decimal, std::string, Date, TimeOfDay, Instant, Duration,
               Choice, std::shared_ptr<const Record>, std::shared_ptr<const List>,
               std::shared_ptr<const Media>>
      held_;
};
static_assert(std::is_nothrow_move_constructible_v<Value>);
static_assert(std::is_nothrow_move_assignable_v<Value>);

struct Field {
  NameKey key = 0;
  Value value;
  bool operator==(const Field&) const = default;
};

// Fields in the order of their declaration.
struct Record {
  std::vector<Field> fields;
  // Null when there is no such field.
  const Value* find(NameKey key) const;
  bool operator==(const Record&) const = default;
};

struct List {
  std::vector<Value> items;
  bool operator==(const List&) const = default;
};

// The value with every text in it in normal form (NFC), as texts are measured and compared; the
// same value, unshared, where all texts are plain ASCII.
Value with_normal_texts(Value value);

// Numbers, dates, times, datetimes, durations, and texts by code point; false before true.
// Everything else, and two kinds, is unordered unless equal.
std::partial_ordering compare(const Value& a, const Value& b);

}  // namespace alur::value

#include "tools/witness/samples.hpp"

#include <algorithm>
#include <set>

namespace alur::tools {

using value::Type;
using value::TypeKind;
using value::Value;

namespace {

constexpr std::size_t samples_max = 24;

// Words of a length that the type takes.
std::string sample_text(const Type& type) {
  constexpr std::int64_t usual = 12;
  const std::int64_t length = std::clamp(usual, type.low, std::max(type.low, type.high));
  std::string text;
  while (static_cast<std::int64_t>(text.size()) < length) text += "contoh ";
  text.resize(static_cast<std::size_t>(std::max<std::int64_t>(length, 0)));
  if (!text.empty() && text.back() == ' ') text.back() = 'o';
  return text;
}

// The bounds, something between, and both sides of every number that a condition may name.
std::set<std::int64_t> sample_numbers(const Type& type, const program::Unit& unit) {
  constexpr std::int64_t usual = 1'000'000;
  const std::int64_t low = std::max(type.low, -usual);
  const std::int64_t high = std::min(type.high, usual);
  std::set<std::int64_t> numbers{low, high, low + (high - low) / 2};
  for (const Value& constant : unit.constants) {
    if (!constant.is(value::Kind::number)) continue;
    const auto number = constant.number().to_int64();
    for (std::int64_t near = -1; number && near <= 1; ++near) numbers.insert(*number + near);
  }
  std::erase_if(numbers, [&](std::int64_t number) { return number < low || number > high; });
  return numbers;
}

Value sample_media(value::MediaKind kind) {
  value::Media media;
  media.kind = kind;
  media.source = "https://example.org/contoh";
  return Value(std::move(media));
}

Value plain_sample(const Type& type) {
  switch (type.kind) {
    case TypeKind::boolean:
      return Value(true);
    case TypeKind::integer:
      return Value::integer(std::clamp<std::int64_t>(1, type.low, type.high));
    case TypeKind::number:
      return Value::integer(1'000);
    case TypeKind::text:
      return Value(sample_text(type));
    case TypeKind::date:
      return Value(*value::parse_date("2026-01-02"));
    case TypeKind::time:
      return Value(*value::parse_time("14:30"));
    case TypeKind::datetime:
      return Value(value::Instant{});
    case TypeKind::duration:
      return Value(value::Duration{3'600'000});
    case TypeKind::phone:
      return Value("+6281234567890");
    case TypeKind::email:
      return Value("budi@example.org");
    case TypeKind::choice:
      return Value::choice(type.members.front());
    case TypeKind::image:
      return sample_media(value::MediaKind::image);
    case TypeKind::document:
      return sample_media(value::MediaKind::document);
    case TypeKind::location:
      return sample_media(value::MediaKind::location);
    case TypeKind::record:
    case TypeKind::list:
      return {};
  }
  return {};
}

// All values of one field, with the others as they are in the first.
std::vector<Value> record_samples(const Type& type) {
  value::Record first;
  for (const value::TypeField& field : type.fields) {
    first.fields.push_back({field.key, value_samples(*field.type).front()});
  }
  std::vector<Value> samples{Value(first)};
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const std::vector<Value> others = value_samples(*type.fields[i].type);
    for (std::size_t o = 1; o < others.size() && samples.size() < samples_max; ++o) {
      value::Record changed = first;
      changed.fields[i].value = others[o];
      samples.emplace_back(std::move(changed));
    }
  }
  return samples;
}

std::vector<Value> list_samples(const Type& type) {
  std::vector<Value> samples;
  const Value item = value_samples(*type.element).front();
  for (const std::int64_t size : {std::max<std::int64_t>(type.low, 1), type.low}) {
    value::List list;
    list.items.assign(static_cast<std::size_t>(size), item);
    samples.emplace_back(std::move(list));
  }
  return samples;
}

}  // namespace

std::vector<std::string> typed_samples(const Type& type, const program::Unit& unit) {
  switch (type.kind) {
    case TypeKind::boolean:
      return {"ya", "tidak", "yes", "no"};
    case TypeKind::integer: {
      std::vector<std::string> typed;
      for (const std::int64_t number : sample_numbers(type, unit)) {
        typed.push_back(std::to_string(number));
      }
      return typed;
    }
    case TypeKind::number:
      return {"1000", "1"};
    case TypeKind::date:
      return {"31/12/2025", "1/1/2020"};
    case TypeKind::time:
      return {"14.30", "14:30"};
    case TypeKind::datetime:
      return {"31/12/2025 14.30"};
    case TypeKind::duration:
      return {"2 jam", "2 hours"};
    case TypeKind::phone:
      return {"0812-3456-7890"};
    case TypeKind::email:
      return {"budi@example.org"};
    case TypeKind::text:
      return {sample_text(type)};
    default:
      return {};
  }
}

std::vector<Value> value_samples(const Type& type) {
  std::vector<Value> samples;
  if (type.kind == TypeKind::record) {
    samples = record_samples(type);
  } else if (type.kind == TypeKind::list) {
    samples = list_samples(type);
  } else if (type.kind == TypeKind::choice) {
    for (const std::string& member : type.members) samples.push_back(Value::choice(member));
  } else {
    samples.push_back(plain_sample(type));
    if (type.kind == TypeKind::boolean) samples.push_back(Value(false));
    if (type.kind == TypeKind::integer) samples.push_back(Value::integer(type.low));
    if (type.kind == TypeKind::integer) samples.push_back(Value::integer(type.high));
  }
  if (type.optional) samples.emplace_back();
  return samples;
}

}  // namespace alur::tools

#include "tools/explore/samples.hpp"

#include <algorithm>
#include <set>

#include "engine/value/reading.hpp"
#include "engine/value/text.hpp"
#include "tools/explore/pattern_sample.hpp"

namespace alur::tools {

using value::Type;
using value::TypeKind;
using value::Value;

namespace {

// Days from today that guards can tell apart: long ago, just past, now, to come, far.
constexpr std::int64_t day_samples[] = {-1, -400, 0, 1, 400};

std::string padded(std::string text, std::int64_t length) {
  const auto wanted = static_cast<std::size_t>(std::max<std::int64_t>(length, 0));
  while (value::utf16_length(text) < wanted) text += 'a';
  return text;
}

value::Date today(const SampleScene& scene) {
  return scene.program.zone().to_local(scene.now).date;
}

// A whole number and its neighbours.
template <class Add>
void add_around(const Value& constant, Add add) {
  if (!constant.is(value::Kind::number)) return;
  const auto whole = constant.number().to_int64();
  if (!whole) return;
  for (const std::int64_t near : {*whole, *whole - 1, *whole + 1}) add(near);
}

// Plain words of so many letters in all.
std::string plain_words(std::int64_t length) {
  std::string text;
  while (static_cast<std::int64_t>(text.size()) < length) text += "contoh ";
  text.resize(static_cast<std::size_t>(std::max<std::int64_t>(length, 0)));
  if (!text.empty() && text.back() == ' ') text.back() = 'x';
  return text;
}

std::vector<std::string> text_candidates(const Type& type, const SampleScene& scene) {
  constexpr std::int64_t likely = 13;
  std::vector<std::string> texts{plain_words(std::clamp(likely, type.low, type.high))};
  for (const Value& constant : scene.observed.constants()) {
    if (constant.is(value::Kind::text)) texts.push_back(constant.text());
    if (!scene.observed.length()) continue;
    add_around(constant, [&](std::int64_t size) {
      if (size >= type.low && size <= type.high) texts.push_back(plain_words(size));
    });
  }
  for (const std::string& pattern : scene.observed.patterns()) {
    if (auto text = pattern_sample(pattern)) texts.push_back(padded(std::move(*text), type.low));
  }
  texts.push_back(plain_words(type.low));
  texts.push_back(plain_words(type.high));
  if (type.low > 1) texts.push_back(plain_words(type.low - 1));
  if (type.high < value::text_high_default) texts.push_back(plain_words(type.high + 1));
  return texts;
}

std::vector<std::string> number_candidates(const Type& type, const SampleScene& scene) {
  std::vector<std::int64_t> numbers{2, 0, -1};
  for (const Value& constant : scene.observed.constants()) {
    add_around(constant, [&](std::int64_t number) { numbers.push_back(number); });
  }
  if (type.kind == TypeKind::integer) {
    numbers.insert(numbers.begin(), {type.low, type.high});
    if (type.low > value::integer_low_default) numbers.push_back(type.low - 1);
    if (type.high < value::integer_high_default) numbers.push_back(type.high + 1);
  }
  std::vector<std::string> texts;
  for (const std::int64_t number : numbers) texts.push_back(std::to_string(number));
  texts.insert(texts.end(), {"1,5", "1.5"});
  return texts;
}

std::vector<std::string> date_candidates(const SampleScene& scene) {
  std::vector<std::string> texts;
  for (const std::int64_t days : day_samples) {
    texts.push_back(value::to_string(value::add_days(today(scene), days)));
  }
  return texts;
}

std::vector<std::string> candidates(const Type& type, const SampleScene& scene) {
  switch (type.kind) {
    case TypeKind::text:
      return text_candidates(type, scene);
    case TypeKind::integer:
    case TypeKind::number:
      return number_candidates(type, scene);
    case TypeKind::boolean:
      return {"ya", "yes", "tidak", "no"};
    case TypeKind::date:
      return date_candidates(scene);
    case TypeKind::time:
      return {"09:00", "14:30", "23:00"};
    case TypeKind::datetime: {
      std::vector<std::string> texts = date_candidates(scene);
      for (std::string& text : texts) text += " 10:00";
      return texts;
    }
    case TypeKind::duration:
      return {"2 jam", "2 hours", "3 hari", "3 days", "1 menit", "1 minute"};
    case TypeKind::phone:
      return {"0812-3456-7890"};
    case TypeKind::email:
      return {"nama@contoh.id"};
    case TypeKind::choice:
      return type.members;
    default:
      return {};
  }
}

}  // namespace

std::vector<std::string> typed_samples(const Type& type, const SampleScene& scene) {
  std::vector<std::string> texts = candidates(type, scene);
  texts.insert(texts.end(), {"zzz qqq", "?"});
  const value::ReadingScene reading_scene{scene.program.app().languages[scene.language],
                                          scene.program.zone(), scene.now};
  std::vector<std::string> good;
  std::vector<std::string> bad;
  std::set<std::string> values;
  std::set<value::Mismatch> reasons;
  for (std::string& text : texts) {
    const value::Reading reading = value::read_typed(text, type, reading_scene);
    if (reading.ok()) {
      if (values.insert(reading.value().to_text()).second) good.push_back(std::move(text));
    } else if (reasons.insert(reading.mismatch()).second) {
      bad.push_back(std::move(text));
    }
  }
  good.insert(good.end(), bad.begin(), bad.end());
  return good;
}

namespace {

class PayloadSampler {
 public:
  explicit PayloadSampler(const SampleScene& scene) : scene_(scene) {}

  // What a value is for: different places hold different samples, so that one is not taken for
  // another.
  struct Use {
    std::string name = "Contoh";
    int number = 1;         // of a list's items
    bool looked_at = true;  // whether a guard can tell values apart
  };

  // The plainest comes first.
  std::vector<Value> samples(const Type& type, const Use& use) const {
    std::vector<Value> all = set_samples(type, use);
    if (type.optional && use.looked_at) all.push_back(Value());
    return all;
  }

 private:
  std::vector<Value> set_samples(const Type& type, const Use& use) const {
    const bool looked_at = use.looked_at;
    switch (type.kind) {
      case TypeKind::record:
        return records(type, use.number);
      case TypeKind::list:
        return lists(type);
      case TypeKind::boolean:
        return {Value(false), Value(true)};
      case TypeKind::choice:
        return members(type, looked_at);
      case TypeKind::integer:
      case TypeKind::number:
        return numbers(type, looked_at);
      case TypeKind::text:
        return texts(type, use);
      case TypeKind::phone:
        return {Value("+628123456789" + std::to_string(use.number % 10))};
      case TypeKind::email:
        return {Value("nama" + std::to_string(use.number) + "@contoh.id")};
      case TypeKind::image:
      case TypeKind::document:
      case TypeKind::location:
        return {media(type.kind)};
      default:
        return moments(type, use);
    }
  }

  std::vector<Value> members(const Type& type, bool looked_at) const {
    std::vector<Value> all;
    for (const std::string& member : type.members) {
      all.push_back(Value::choice(member));
      if (!looked_at) break;
    }
    return all;
  }

  std::vector<Value> numbers(const Type& type, bool looked_at) const {
    const bool whole = type.kind == TypeKind::integer;
    const std::int64_t base = whole ? std::clamp<std::int64_t>(2, type.low, type.high) : 2;
    std::vector<Value> all{Value::integer(base)};
    if (!looked_at) return all;
    const auto add = [&](std::int64_t number) {
      const Value value = Value::integer(number);
      if (whole && (number < type.low || number > type.high)) return;
      if (std::find(all.begin(), all.end(), value) == all.end()) all.push_back(value);
    };
    for (const Value& constant : scene_.observed.constants()) add_around(constant, add);
    if (whole) add(type.low);
    if (whole) add(type.high);
    return all;
  }

  std::vector<Value> texts(const Type& type, const Use& use) const {
    std::string plain = use.name + " " + std::to_string(use.number);
    if (value::utf16_length(plain) > static_cast<std::size_t>(type.high)) {
      plain = std::to_string(use.number).substr(0, static_cast<std::size_t>(type.high));
    }
    std::vector<Value> all{Value(padded(std::move(plain), type.low))};
    if (!use.looked_at) return all;
    for (std::string& text : text_candidates(type, scene_)) {
      Value value(std::move(text));
      if (!value::conforms(value, type)) all.push_back(std::move(value));
    }
    return all;
  }

  std::vector<Value> moments(const Type& type, const Use& use) const {
    if (!use.looked_at) return {moment(type.kind, -static_cast<std::int64_t>(use.name.size()))};
    std::vector<Value> all;
    for (const std::int64_t days : day_samples) all.push_back(moment(type.kind, days));
    return all;
  }

  Value moment(TypeKind kind, std::int64_t days) const {
    switch (kind) {
      case TypeKind::date:
        return Value(value::add_days(today(scene_), days));
      case TypeKind::datetime: {
        const std::int64_t now = scene_.now.milliseconds - scene_.now.milliseconds % 60'000;
        return Value(value::Instant{now + days * value::day_milliseconds});
      }
      case TypeKind::time:
        return Value(value::TimeOfDay{static_cast<std::int32_t>(43'200 + 60 * days)});
      default:
        return Value(value::Duration{(500 + days) * value::hour_milliseconds});
    }
  }

  static Value media(TypeKind kind) {
    value::Media made;
    made.kind = kind == TypeKind::image      ? value::MediaKind::image
                : kind == TypeKind::document ? value::MediaKind::document
                                             : value::MediaKind::location;
    made.source = "https://example.org/sample";
    return Value(std::move(made));
  }

  std::vector<Value> lists(const Type& type) const {
    std::vector<Value> all;
    const std::int64_t most = std::min<std::int64_t>(type.high, 20);
    const std::int64_t plain = std::clamp<std::int64_t>(2, type.low, most);
    for (const std::int64_t size : {plain, type.low, most}) {
      value::List list;
      for (std::int64_t i = 0; i < size; ++i) {
        list.items.push_back(
            samples(*type.element, {"Contoh", static_cast<int>(i) + 1, false}).front());
      }
      Value value(std::move(list));
      if (std::find(all.begin(), all.end(), value) == all.end()) all.push_back(std::move(value));
    }
    return all;
  }

  // The fields' samples combined; beyond the bound each field varies alone.
  std::vector<Value> records(const Type& type, int number) const {
    std::vector<std::vector<Value>> fields;
    std::size_t combined = 1;
    for (const value::TypeField& field : type.fields) {
      const Use use{field.name, number, scene_.observed.field(field.key)};
      fields.push_back(samples(*field.type, use));
      combined = std::min(combined * fields.back().size(), payload_samples_max + 1);
    }
    std::vector<std::vector<std::size_t>> picks =
        combined <= payload_samples_max ? all_picks(fields) : single_picks(fields);
    std::vector<Value> all;
    for (const std::vector<std::size_t>& pick : picks) {
      value::Record record;
      for (std::size_t i = 0; i < fields.size(); ++i) {
        const Value& value = fields[i][pick[i]];
        if (value.is_set()) record.fields.push_back({type.fields[i].key, value});
      }
      all.push_back(Value(std::move(record)));
    }
    if (auto least = without_optional(type, all.front())) all.push_back(std::move(*least));
    return all;
  }

  using Picks = std::vector<std::vector<std::size_t>>;

  static Picks all_picks(const std::vector<std::vector<Value>>& fields) {
    Picks picks{std::vector<std::size_t>(fields.size(), 0)};
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const std::size_t before = picks.size();
      for (std::size_t n = 1; n < fields[i].size(); ++n) {
        for (std::size_t p = 0; p < before; ++p) {
          picks.push_back(picks[p]);
          picks.back()[i] = n;
        }
      }
    }
    return picks;
  }

  static Picks single_picks(const std::vector<std::vector<Value>>& fields) {
    Picks picks{std::vector<std::size_t>(fields.size(), 0)};
    for (std::size_t i = 0; i < fields.size(); ++i) {
      for (std::size_t n = 1; n < fields[i].size() && picks.size() < payload_samples_max; ++n) {
        picks.push_back(picks.front());
        picks.back()[i] = n;
      }
    }
    return picks;
  }

  // With nothing but what must be there, where that is less.
  static std::optional<Value> without_optional(const Type& type, const Value& full) {
    value::Record record;
    bool less = false;
    for (const value::Field& field : full.record().fields) {
      const value::TypeField* declared = type.find_field(field.key);
      if (declared && declared->type->optional) {
        less = true;
      } else {
        record.fields.push_back(field);
      }
    }
    if (!less) return std::nullopt;
    return Value(std::move(record));
  }

  const SampleScene& scene_;
};

}  // namespace

std::vector<Value> payload_samples(const Type& type, const SampleScene& scene) {
  return PayloadSampler(scene).samples(type, {});
}

}  // namespace alur::tools

// One reader a type; the forms of numbers, times and addresses are in the typed_ files.
#include "engine/value/reading.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "engine/value/phrase.hpp"
#include "engine/value/text.hpp"
#include "engine/value/typed_address.hpp"
#include "engine/value/typed_number.hpp"
#include "engine/value/typed_scan.hpp"
#include "engine/value/typed_time.hpp"

namespace alur::value {

namespace {

struct MismatchRow {
  std::string_view name;
  std::string_view meaning;
};
constexpr std::array<MismatchRow, mismatch_count> mismatch_rows{{
#define MISMATCH(name, meaning) {#name, meaning},
#include "engine/value/mismatch.def"
#undef MISMATCH
}};

// Nothing but text is longer than this in any form that is read.
constexpr std::size_t typed_bytes_max = 256;

// The first four are understood in every language.
constexpr std::array<Word, 41> yes_and_no{
    {{"👍", 1},     {"✅", 1},    {"👎", 0},    {"❌", 0},      {"ya", 1},    {"iya", 1},
     {"iyah", 1},   {"yaa", 1},   {"y", 1},     {"betul", 1},   {"benar", 1}, {"setuju", 1},
     {"sudah", 1},  {"oke", 1},   {"ok", 1},    {"okay", 1},    {"yes", 1},   {"yep", 1},
     {"yeah", 1},   {"yup", 1},   {"true", 1},  {"correct", 1}, {"right", 1}, {"tidak", 0},
     {"tdk", 0},    {"tak", 0},   {"ngga", 0},  {"nggak", 0},   {"gak", 0},   {"ga", 0},
     {"enggak", 0}, {"bukan", 0}, {"belum", 0}, {"jangan", 0},  {"salah", 0}, {"no", 0},
     {"n", 0},      {"nope", 0},  {"not", 0},   {"false", 0},   {"wrong", 0}}};

std::span<const Word> yes_and_no_of(Tongue tongue) {
  return std::span(yes_and_no).first(tongue == Tongue::other ? 4 : yes_and_no.size());
}

// One or more words, all yes or all no: "ya betul", not "tidak benar".
Reading read_boolean(std::string_view input, Tongue tongue) {
  const std::string phrase = normalised_phrase(input);
  std::optional<bool> answer;
  for (std::string_view rest = phrase; !rest.empty();) {
    const std::size_t size = std::min(rest.find(' '), rest.size());
    const Word* word = find_word(yes_and_no_of(tongue), rest.substr(0, size));
    rest.remove_prefix(std::min(size + 1, rest.size()));
    const bool says_yes = word != nullptr && word->meaning == 1;
    if (word == nullptr || (answer && *answer != says_yes)) return Mismatch::not_yes_or_no;
    answer = says_yes;
  }
  if (!answer) return Mismatch::not_yes_or_no;
  return Value(*answer);
}

Reading read_number(std::string_view input, Tongue tongue) {
  const auto amount = read_amount(folded_typed(input), tongue);
  if (!amount) return Mismatch::not_a_number;
  if (amount->overflows) {
    return amount->number.is_negative() ? Mismatch::too_small : Mismatch::too_large;
  }
  return Value(amount->number);
}

Reading read_integer(std::string_view input, const Type& type, Tongue tongue) {
  Reading reading = read_number(input, tongue);
  if (!reading.ok()) return reading;
  const auto whole = reading.value().number().to_int64();
  if (!whole) return Mismatch::not_whole;
  if (*whole < type.low) return Mismatch::too_small;
  if (*whole > type.high) return Mismatch::too_large;
  return reading;
}

Reading read_text(std::string_view input, const Type& type) {
  std::string text = to_nfc(input);
  const auto length = static_cast<std::int64_t>(utf16_length(text));
  if (length < type.low) return Mismatch::too_short;
  if (length > type.high) return Mismatch::too_long;
  return Value(std::move(text));
}

Reading read_choice(std::string_view input, const Type& type) {
  const std::string phrase = normalised_phrase(input);
  for (const std::string& member : type.members) {
    if (!phrase.empty() && normalised_phrase(member) == phrase) return Value::choice(member);
  }
  return Mismatch::no_option;
}

// What the local clock is called in Indonesia.
std::string_view zone_word(const ReadingScene& scene, LocalTime local) {
  const Instant as_utc{local.date.days * day_milliseconds +
                       local.time.seconds * second_milliseconds};
  const std::int64_t hours =
      ((as_utc - scene.now).milliseconds + hour_milliseconds / 2) / hour_milliseconds;
  switch (hours) {
    case 7:
      return "wib";
    case 8:
      return "wita";
    case 9:
      return "wit";
    default:
      return {};
  }
}

template <class T>
Reading found_or(const std::optional<T>& found, Mismatch mismatch) {
  if (!found) return mismatch;
  return Value(*found);
}

Reading read_datetime(std::string_view input, const TypedDay& day, const TimeZone& zone) {
  const TypedLocalTime local = read_local_time(folded_typed(input), day);
  if (!local.date) return Mismatch::not_a_date;
  if (!local.time) return Mismatch::not_a_time;
  return Value(zone.to_instant(*local.date, *local.time));
}

Reading read_moment(std::string_view input, TypeKind kind, const ReadingScene& scene) {
  const LocalTime local = scene.zone.to_local(scene.now);
  const TypedDay day{tongue_of(scene.language), local.date, zone_word(scene, local)};
  if (kind == TypeKind::datetime) return read_datetime(input, day, scene.zone);
  if (kind == TypeKind::date)
    return found_or(read_date(folded_typed(input), day), Mismatch::not_a_date);
  return found_or(read_time(folded_typed(input), day), Mismatch::not_a_time);
}

// What is said of an input too long to be one at all.
Mismatch mismatch_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::boolean:
      return Mismatch::not_yes_or_no;
    case TypeKind::integer:
    case TypeKind::number:
      return Mismatch::not_a_number;
    case TypeKind::date:
    case TypeKind::datetime:
      return Mismatch::not_a_date;
    case TypeKind::time:
      return Mismatch::not_a_time;
    case TypeKind::duration:
      return Mismatch::not_a_duration;
    case TypeKind::phone:
      return Mismatch::not_a_phone;
    case TypeKind::email:
      return Mismatch::not_an_email;
    case TypeKind::choice:
      return Mismatch::no_option;
    default:
      return Mismatch::wrong_kind;
  }
}

}  // namespace

std::string_view to_text(Mismatch mismatch) {
  return mismatch_rows.at(static_cast<std::size_t>(mismatch)).name;
}

std::string_view meaning(Mismatch mismatch) {
  return mismatch_rows.at(static_cast<std::size_t>(mismatch)).meaning;
}

std::optional<Mismatch> parse_mismatch(std::string_view name) {
  const auto found = std::find_if(mismatch_rows.begin(), mismatch_rows.end(),
                                  [name](const MismatchRow& row) { return row.name == name; });
  if (found == mismatch_rows.end()) return std::nullopt;
  return static_cast<Mismatch>(found - mismatch_rows.begin());
}

Reading read_typed(std::string_view input, const Type& type, const ReadingScene& scene) {
  const std::string_view text = trimmed(input);
  const Tongue tongue = tongue_of(scene.language);
  if (type.kind != TypeKind::text && text.size() > typed_bytes_max) return mismatch_of(type.kind);
  switch (type.kind) {
    case TypeKind::boolean:
      return read_boolean(text, tongue);
    case TypeKind::integer:
      return read_integer(text, type, tongue);
    case TypeKind::number:
      return read_number(text, tongue);
    case TypeKind::text:
      return read_text(text, type);
    case TypeKind::date:
    case TypeKind::time:
    case TypeKind::datetime:
      return read_moment(text, type.kind, scene);
    case TypeKind::duration:
      return found_or(read_duration(folded_typed(text), tongue), Mismatch::not_a_duration);
    case TypeKind::phone:
      return found_or(read_phone(folded_typed(text)), Mismatch::not_a_phone);
    case TypeKind::email:
      return found_or(read_email(text), Mismatch::not_an_email);
    case TypeKind::choice:
      return read_choice(text, type);
    case TypeKind::record:
    case TypeKind::list:
    case TypeKind::image:
    case TypeKind::document:
    case TypeKind::location:
      return Mismatch::wrong_kind;
  }
  return Mismatch::wrong_kind;
}

}  // namespace alur::value

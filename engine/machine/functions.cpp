#include "engine/machine/functions.hpp"

#include <re2/re2.h>

#include <memory>
#include <unordered_map>

#include "engine/machine/show.hpp"
#include "engine/value/text.hpp"

namespace alur::machine {

using program::Function;
using program::NodeKind;
using value::Kind;
using value::Value;

namespace {

constexpr std::size_t patterns_kept_max = 256;

// Compiled patterns of this thread; a pattern always means the same, so keeping it changes nothing.
const re2::RE2& compiled(const std::string& pattern) {
  thread_local std::unordered_map<std::string, std::unique_ptr<re2::RE2>> kept;
  if (kept.size() > patterns_kept_max) kept.clear();
  std::unique_ptr<re2::RE2>& entry = kept[pattern];
  if (!entry) {
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_max_mem(1 << 20);
    entry = std::make_unique<re2::RE2>(pattern, options);
  }
  return *entry;
}

bool is(const Value* value, Kind kind) {
  return value && value->is(kind);
}

std::optional<value::LocalTime> local(const FunctionScene& scene, const Value* datetime) {
  if (!is(datetime, Kind::datetime)) return std::nullopt;
  return scene.program.zone().to_local(datetime->datetime());
}

const value::OpeningHours* hours_of(const FunctionScene& scene) {
  return scene.hours ? &scene.program.app().hours[*scene.hours].hours : nullptr;
}

Value is_open(const FunctionScene& scene) {
  const value::OpeningHours* hours = hours_of(scene);
  const value::LocalTime now = scene.program.zone().to_local(scene.now);
  return Value(hours && hours->is_open(now.date, now.time));
}

Value next_opening(const FunctionScene& scene) {
  const value::OpeningHours* hours = hours_of(scene);
  if (!hours) return Value();
  const auto next = hours->next_opening(scene.program.zone().to_local(scene.now));
  return next ? Value(scene.program.zone().to_instant(*next)) : Value();
}

Value workday_after(const FunctionArguments& a, const FunctionScene& scene) {
  const value::OpeningHours* hours = hours_of(scene);
  if (!hours || !is(a[0], Kind::date) || !is(a[1], Kind::number)) return Value();
  const auto days = a[1]->number().to_int64();
  if (!days || *days > value::OpeningHours::workdays_max || *days < 0) return Value();
  const auto date = hours->workday_after(a[0]->date(), static_cast<int>(*days));
  return date ? Value(*date) : Value();
}

Value extreme(const FunctionArguments& a, bool smaller) {
  if (!is(a[0], Kind::number) || !is(a[1], Kind::number)) return Value();
  const bool first = (a[0]->number() <= a[1]->number()) == smaller;
  return first ? *a[0] : *a[1];
}

Value rounded(const FunctionArguments& a) {
  if (!is(a[0], Kind::number)) return Value();
  std::int64_t places = 0;
  if (is(a[1], Kind::number)) places = a[1]->number().to_int64().value_or(0);
  return Value(a[0]->number().round(static_cast<int>(std::clamp<std::int64_t>(places, 0, 18))));
}

Value days_between(const FunctionArguments& a) {
  if (!is(a[0], Kind::date) || !is(a[1], Kind::date)) return Value();
  return Value::integer(a[1]->date().days - a[0]->date().days);
}

Value as_text(const Value* value, const FunctionScene& scene) {
  if (!value || !value->is_set()) return Value();
  std::string text;
  show_value(scene.program, scene.language, *value, text);
  return Value(std::move(text));
}

Value matches(const FunctionArguments& a) {
  if (!is(a[0], Kind::text) || !is(a[1], Kind::text)) return Value(false);
  const re2::RE2& pattern = compiled(a[1]->text());
  return Value(pattern.ok() && re2::RE2::FullMatch(a[0]->text(), pattern));
}

Value size_of(const Value* value) {
  if (is(value, Kind::text)) {
    return Value::integer(static_cast<std::int64_t>(value::utf16_length(value->text())));
  }
  if (is(value, Kind::list)) {
    return Value::integer(static_cast<std::int64_t>(value->list().items.size()));
  }
  return Value();
}

Value first_of(const Value* list) {
  if (!is(list, Kind::list) || list->list().items.empty()) return Value();
  return list->list().items.front();
}

}  // namespace

Value apply_function(Function function, const FunctionArguments& a, const FunctionScene& scene) {
  switch (function) {
    case Function::now:
      return Value(scene.now);
    case Function::today:
      return Value(scene.program.zone().to_local(scene.now).date);
    case Function::is_open:
      return is_open(scene);
    case Function::next_opening:
      return next_opening(scene);
    case Function::workday_after:
      return workday_after(a, scene);
    case Function::days_between:
      return days_between(a);
    case Function::date_of: {
      const auto time = local(scene, a[0]);
      return time ? Value(time->date) : Value();
    }
    case Function::time_of: {
      const auto time = local(scene, a[0]);
      return time ? Value(time->time) : Value();
    }
    case Function::min:
      return extreme(a, true);
    case Function::max:
      return extreme(a, false);
    case Function::round:
      return rounded(a);
    case Function::length:
    case Function::count:
      return size_of(a[0]);
    case Function::first:
      return first_of(a[0]);
    case Function::text:
      return as_text(a[0], scene);
    case Function::matches:
      return matches(a);
  }
  return Value();
}

namespace {

Value calculate_numbers(NodeKind kind, value::Decimal a, value::Decimal b) {
  switch (kind) {
    case NodeKind::add:
      return Value(value::add(a, b));
    case NodeKind::subtract:
      return Value(value::subtract(a, b));
    case NodeKind::multiply:
      return Value(value::multiply(a, b));
    default: {
      const auto quotient = value::divide(a, b);
      return quotient ? Value(*quotient) : Value();
    }
  }
}

Value calculate_times(NodeKind kind, const Value& a, const Value& b) {
  const bool plus = kind == NodeKind::add;
  if (a.is(Kind::duration) && b.is(Kind::duration)) {
    return Value(plus ? a.duration() + b.duration() : a.duration() - b.duration());
  }
  if (a.is(Kind::datetime) && b.is(Kind::duration)) {
    return Value(plus ? a.datetime() + b.duration() : a.datetime() - b.duration());
  }
  if (a.is(Kind::datetime) && b.is(Kind::datetime) && !plus) {
    return Value(a.datetime() - b.datetime());
  }
  if (a.is(Kind::date) && b.is(Kind::duration)) {
    const std::int64_t days = b.duration().milliseconds / value::day_milliseconds;
    return Value(value::add_days(a.date(), plus ? days : -days));
  }
  return Value();
}

}  // namespace

Value calculate(NodeKind kind, const Value& a, const Value& b) {
  if (a.is(Kind::number) && b.is(Kind::number)) {
    return calculate_numbers(kind, a.number(), b.number());
  }
  if (kind == NodeKind::add || kind == NodeKind::subtract) return calculate_times(kind, a, b);
  return Value();
}

}  // namespace alur::machine

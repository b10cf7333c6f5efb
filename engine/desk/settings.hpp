// Settings: what a desk is told of its queues, its units and its patience. Times are milliseconds;
// 0 stands for "no such limit" where it says so. Not a part of the desk's state: after a publish
// the new settings hold for what is there.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/value/civil_time.hpp"
#include "engine/value/opening_hours.hpp"
#include "engine/value/time_zone.hpp"
#include "engine/value/value.hpp"

namespace alur::desk {

using value::NameKey;

// Loads and capacities are counted in hundredths of a unit.
using Units = std::int32_t;
inline constexpr Units one_unit = 100;

struct QueueSettings {
  NameKey key = 0;
  std::int32_t priority = 0;  // higher is served first
  value::OpeningHours hours{.always = true, .weekdays = {}, .holidays = {}};
  std::int64_t wait_ms_max = 30 * value::minute_milliseconds;  // then `timed_out`; 0: for ever
  std::uint32_t waiting_max = 1'000;                           // beyond it `no_agent` at once
  // Service levels in open time; 0: none.
  std::int64_t first_reply_ms = 0;
  std::int64_t next_reply_ms = 0;
  std::int64_t resolution_ms = 0;
};

struct ChannelWeight {
  NameKey channel = 0;
  Units units = one_unit;
  bool falls_silent = true;  // weighs less while the citizen is silent; a phone call never does
};

struct Settings {
  value::TimeZone zone = value::TimeZone::utc();
  std::vector<QueueSettings> queues;
  // Channels that are not named weigh one unit.
  std::vector<ChannelWeight> weights{{value::name_key("phone"), 4 * one_unit, false}};
  std::vector<NameKey> codes;  // of the wrap-up; empty: any
  Units capacity = 4 * one_unit;
  int open_max = 8;  // of one agent, offers included, whoever assigns
  std::int32_t silent_percent = 25;
  std::int64_t silent_after_ms = 10 * value::minute_milliseconds;
  std::int64_t offer_ms = 30 * value::second_milliseconds;
  int offers_missed_max = 2;  // in a row; then the agent is away
  std::int64_t decline_pause_ms = value::minute_milliseconds;
  std::int64_t grace_ms = value::minute_milliseconds;
  std::int64_t unstaffed_ms = 2 * value::minute_milliseconds;
  std::int64_t overdue_ms = 15 * value::minute_milliseconds;
  int passed_over_max = 3;
  int bounces_max = 3;
  std::int64_t bounces_within_ms = 10 * value::minute_milliseconds;
  std::int64_t reopen_ms = value::day_milliseconds;  // how long a closed one is remembered
};

// Bounds of every desk.
inline constexpr std::size_t agents_max = 1'000;
inline constexpr std::size_t waiting_max = 20'000;
inline constexpr std::size_t conversations_max = 100'000;  // those at the bot are forgotten first
inline constexpr std::size_t skills_max = 64;
inline constexpr std::size_t declined_max = 8;
inline constexpr std::size_t handoffs_max = 16;      // bounces_max is at most that
inline constexpr std::size_t note_length_max = 500;  // UTF-16 units
inline constexpr std::size_t departures_max = 16;

}  // namespace alur::desk

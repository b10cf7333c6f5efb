// What the words of an account can be: names, queues, units. Internal to the folder.
#pragma once

#include <string>
#include <string_view>

#include "engine/ports/staff.hpp"

namespace alur::adapters {

inline constexpr std::size_t account_name_length_min = 2;
inline constexpr std::size_t account_name_length_max = 32;
inline constexpr std::size_t full_name_length_max = 100;  // code points
inline constexpr std::size_t queue_length_max = 64;
inline constexpr std::size_t queues_max = 64;
inline constexpr std::int32_t units_max = 10'000;  // a hundred units

// Everything but the name is what it can be.
bool is_sound(const ports::Account& account);
// "role agent -> supervisor, units 400 -> 200": what an audit has of a change; without secrets.
std::string what_changed(const ports::Account& before, const ports::Account& after);

}  // namespace alur::adapters

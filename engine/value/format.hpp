// Formatter: how values look to a citizen in a language: numbers, money, dates, lists, plurals,
// case. ICU's tables are asked once for a language and then shared; which text is said is the
// templates' business.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/value/civil_time.hpp"
#include "engine/value/decimal.hpp"
#include "engine/value/time_zone.hpp"

namespace alur::value {

// In CLDR's order.
enum class PluralCategory : std::uint8_t { zero, one, two, few, many, other };
std::string_view to_text(PluralCategory category);

// Immutable; one may serve several threads. English without a region is British: day before month,
// 24 hours. A language that ICU does not know gets ICU's root conventions.
class Formatter {
 public:
  Formatter(std::string_view language, TimeZone zone);

  const std::string& language() const { return language_; }
  const TimeZone& zone() const { return zone_; }

  std::string format_number(Decimal number) const;     // id 1.500.000,5   en 1,500,000.5
  std::string format_rupiah(Decimal amount) const;     // id Rp1.500.000   en Rp1,500,000.50
  std::string format_percent(Decimal ratio) const;     // 0.125: id 12,5%  en 12.5%
  std::string format_date(Date date) const;            // 31 Desember 2025 31 December 2025
  std::string format_short_date(Date date) const;      // 31 Des 2025      31 Dec 2025
  std::string format_weekday(Date date) const;         // Rabu             Wednesday
  std::string format_time(TimeOfDay time) const;       // 14.30            14:30
  std::string format_datetime(Instant instant) const;  // 31 Desember 2025 pukul 14.30
  // Days, hours, minutes and seconds that are not zero: 2 jam 30 menit, 2 hours 30 minutes.
  std::string format_duration(Duration duration) const;
  std::string format_list(std::span<const std::string> items) const;  // a, b, dan c   a, b and c

  PluralCategory plural_category(Decimal number) const;
  // Those that the language tells apart, in CLDR's order; `other` is always among them.
  const std::vector<PluralCategory>& plural_categories() const;

  std::string upper(std::string_view text) const;
  std::string lower(std::string_view text) const;
  std::string title(std::string_view text) const;  // Every Word

 private:
  struct Tables;
  static std::shared_ptr<const Tables> tables_of(const std::string& locale);

  std::string language_;
  TimeZone zone_;
  std::shared_ptr<const Tables> tables_;
};

}  // namespace alur::value

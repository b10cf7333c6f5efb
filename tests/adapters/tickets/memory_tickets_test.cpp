#include "adapters/tickets/memory_tickets.hpp"

#include <gtest/gtest.h>

namespace alur::adapters {
namespace {

using value::make_type;
using value::plain_type;
using value::Type;
using value::TypeKind;
using value::Value;

value::TypeField field(std::string name, TypeKind kind) {
  const value::NameKey key = value::name_key(name);
  return {std::move(name), key, make_type(plain_type(kind))};
}

program::Service service() {
  Type receipt;
  receipt.kind = TypeKind::record;
  receipt.fields = {field("number", TypeKind::text), field("due", TypeKind::date)};
  program::Service made;
  for (const char* outcome : {"opened", "already", "found"}) {
    made.outcomes.push_back({outcome, value::name_key(outcome), make_type(receipt)});
  }
  made.outcomes.push_back({"not_found", value::name_key("not_found"), nullptr});
  return made;
}

std::string shown(const TicketAnswer& answer) {
  std::string out = answer.outcome;
  if (!answer.payload.is_set()) return out;
  for (const value::Field& held : answer.payload.record().fields) out += " " + held.value.to_text();
  return out;
}

const value::Date monday = *value::date_from_ymd(2026, 1, 5);

TEST(MemoryTickets, NumbersFollowOneAnother) {
  MemoryTickets tickets;
  EXPECT_EQ(shown(tickets.open(service(), {{"name", Value("A")}}, monday, nullptr)),
            "opened \"T-2026-0001\" 2026-01-19");
  EXPECT_EQ(shown(tickets.open(service(), {{"name", Value("B")}}, monday, nullptr)),
            "opened \"T-2026-0002\" 2026-01-19");
}

TEST(MemoryTickets, TheSameThingTwiceIsRecordedOnce) {
  MemoryTickets tickets;
  tickets.open(service(), {{"name", Value("A")}}, monday, nullptr);
  EXPECT_EQ(
      shown(tickets.open(service(), {{"name", Value("A")}}, value::add_days(monday, 1), nullptr)),
      "already \"T-2026-0001\" 2026-01-19");
}

TEST(MemoryTickets, DueInWorkingDaysOfTheOffice) {
  value::OpeningHours office;
  for (std::size_t day = 0; day < 5; ++day) office.weekdays[day] = {{8 * 3600, 17 * 3600}};
  office.holidays = {*value::date_from_ymd(2026, 1, 16)};
  MemoryTickets tickets;
  EXPECT_EQ(shown(tickets.open(service(), {}, monday, &office)),
            "opened \"T-2026-0001\" 2026-01-20");
}

TEST(MemoryTickets, StatusNeedsTheTelephoneNumber) {
  MemoryTickets tickets;
  tickets.open(service(), {{"phone", Value("+628123")}}, monday, nullptr);
  EXPECT_EQ(shown(tickets.status(service(), "t-2026-0001", "+628123")),
            "found \"T-2026-0001\" 2026-01-19");
  EXPECT_EQ(shown(tickets.status(service(), "T-2026-0001", "+628124")), "not_found");
  EXPECT_EQ(shown(tickets.status(service(), "T-2026-0002", "+628123")), "not_found");
}

}  // namespace
}  // namespace alur::adapters

// Which tickets are a citizen's, and how they are told at the desk.
#include "tools/serve/citizen_tickets.hpp"

#include <gtest/gtest.h>

#include "adapters/memory/memory_store.hpp"
#include "adapters/tickets/ticket_row.hpp"
#include "engine/runtime/pending_call.hpp"

namespace alur::tools {
namespace {

using adapters::PanelTicket;
using value::Value;

constexpr std::int32_t opened_day = 20'000;
constexpr std::int32_t due_day = 20'014;
constexpr std::int64_t day_ms = 86'400'000;

class CitizensTickets : public testing::Test {
 protected:
  // Opened in this citizen's conversation, with this telephone number.
  void open(ports::CitizenKey citizen, const std::string& phone) {
    runtime::PendingCall call;
    call.citizen = citizen;
    call.serial = 7;
    call.until.milliseconds = static_cast<std::int64_t>(++count_);
    put(call.key(), phone);
  }
  void put(const std::string& call, const std::string& phone) {
    ports::TicketRow row;
    row.count = static_cast<std::uint64_t>(++rows_);
    row.number = "T-2026-" + std::to_string(rows_);
    row.call = call;
    row.opened_day = opened_day;
    row.due_day = due_day;
    row.body = adapters::encode_fields(
        {{"kind", Value::choice("complaint")}, {"phone", Value(std::string_view(phone))}});
    commit(ports::TicketChange{row});
  }
  void commit(ports::Change change) { ASSERT_TRUE(store_.commit({&change, 1})); }
  std::string find(ports::CitizenKey citizen, const std::string& address) {
    std::string numbers;
    for (const PanelTicket& one : tickets_.find(citizen, address, value::TimeZone::utc())) {
      numbers += (numbers.empty() ? "" : " ") + one.number.substr(7);
    }
    return numbers;
  }

  adapters::MemoryStore store_;
  CitizenTickets tickets_{store_};
  int count_ = 0;
  int rows_ = 0;
};

TEST_F(CitizensTickets, AreThoseThatTheyOpenedTheLatestFirst) {
  open(1, "+62811");
  open(2, "+62811");
  open(1, "+62822");
  EXPECT_EQ(find(1, "webchat:x"), "3 1");
  EXPECT_EQ(find(2, "webchat:y"), "2");
  EXPECT_EQ(find(3, "webchat:z"), "");
  open(2, "+62811");
  EXPECT_EQ(find(2, "webchat:y"), "4 2") << "and those that came since";
}

TEST_F(CitizensTickets, AreThoseOfTheNumberThatTheyWriteFrom) {
  open(1, "+62811");
  open(2, "+62822");
  open(9, "+62811");
  EXPECT_EQ(find(9, "whatsapp:555/62811"), "3 1") << "each once";
  EXPECT_EQ(find(8, "whatsapp:62811/777"), "") << "the sender's own number is nobody's";
  EXPECT_EQ(find(8, "whatsapp:555/ID.62811"), "") << "a hidden number";
  EXPECT_EQ(find(8, "telegram:555/62811"), "") << "no telephone number at all";
  EXPECT_EQ(find(8, "whatsapp:555/"), "");
}

TEST_F(CitizensTickets, OfCallsThatNoConversationMadeAreTheNumbersAlone) {
  for (const char* call : {"", "by hand", "000000000000000g-1-1", "0000000000000001"}) {
    put(call, "+62811");
  }
  EXPECT_EQ(find(1, "webchat:x"), "");
  EXPECT_EQ(find(0, "whatsapp:555/62811"), "4 3 2 1");
}

TEST_F(CitizensTickets, AreToldAsTheyStandNow) {
  open(1, "+62811");
  find(1, "webchat:x");
  commit(ports::TicketStageChange{{1, {}, opened_day + 1, "checking", "ayu", "called"}});
  const auto shown = tickets_.find(1, "webchat:x", *value::TimeZone::find("Asia/Jakarta"));
  ASSERT_EQ(shown.size(), 1u);
  EXPECT_EQ(shown[0].stage, "checking");
  EXPECT_EQ(shown[0].kind, "complaint");
  const std::int64_t noon_in_jakarta = 5 * 3'600'000;
  EXPECT_EQ(shown[0].opened.milliseconds, opened_day * day_ms + noon_in_jakarta);
  EXPECT_EQ(shown[0].due->milliseconds, due_day * day_ms + noon_in_jakarta);
}

TEST_F(CitizensTickets, AreShownWithinBoundsHoweverManyThereAre) {
  for (int i = 0; i < 2'500; ++i) open(i % 2 == 0 ? 1 : 2, "+62811");
  EXPECT_EQ(tickets_.find(1, "webchat:x", value::TimeZone::utc()).size(),
            CitizenTickets::shown_max);
  EXPECT_EQ(find(1, "webchat:x").substr(0, 9), "2499 2497");
}

}  // namespace
}  // namespace alur::tools

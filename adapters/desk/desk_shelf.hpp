// DeskShelf: what the desk's page is told out of the store: what was said in a conversation, and
// what is known of it. By one thread, that may wait for a disk.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/desk/desk_lines.hpp"
#include "adapters/desk/shown.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/runtime.hpp"

namespace alur::adapters {

// The tickets of a citizen, who has this address; the latest first. By the shelf's thread.
using FindTickets = std::function<std::vector<PanelTicket>(desk::Citizen, std::string_view)>;

// Whose ticket has this number: of the conversation that it was opened in, or with this telephone
// number in E.164; nothing: nobody's. By the shelf's thread.
struct TicketOwner {
  desk::Citizen citizen = 0;
  std::string phone;
};
using FindTicketOwner = std::function<std::optional<TicketOwner>(std::string_view)>;

class DeskShelf {
 public:
  // Of one read: rows of the journal, each with several lines.
  static constexpr std::size_t rows_max = 60;
  // What was before: so many conversations, of so many rows.
  static constexpr std::size_t earlier_max = 20;
  static constexpr std::size_t earlier_rows_max = 1'000;

  // Both must outlive it. `find_tickets` null: there are none.
  DeskShelf(ports::Store& store, runtime::Runtime& runtime, FindTickets find_tickets)
      : store_(store), runtime_(runtime), find_tickets_(std::move(find_tickets)) {}

  struct Page {
    std::string lines;  // a JSON array
    std::uint64_t before = 0;
    bool more = false;
  };
  // `before` 0: the latest. Nothing: the store cannot be read now.
  std::optional<Page> lines(desk::Citizen citizen, std::uint64_t before, const DeskNames& names);
  // What is known of a conversation without the store.
  struct Known {
    runtime::DeskMatter matter;
    value::Instant handed_at;  // what was handed over before is earlier
    bool cleared = false;      // private values are shown
  };
  // A JSON object.
  std::optional<std::string> panel(Known known, desk::Citizen citizen, const DeskNames& names);
  // The one with this number; nothing: there is none.
  std::optional<runtime::Line> line(desk::Citizen citizen, std::uint64_t number);

  // What was said last, as far as the store knows.
  struct Latest {
    ShownLast last;
    std::uint32_t unanswered = 0;
    std::int64_t wrote_ms = 0;  // the citizen's last message
  };
  std::optional<Latest> latest(desk::Citizen citizen);

 private:
  ports::StoreReader* reader();
  std::vector<runtime::PastHandoff> earlier(desk::Citizen citizen, value::Instant before);
  std::optional<LineDelivery> delivery(const runtime::Line& line);

  ports::Store& store_;
  runtime::Runtime& runtime_;
  FindTickets find_tickets_;
  std::unique_ptr<ports::StoreReader> reader_;
};

}  // namespace alur::adapters

#include "tools/serve/citizen_tickets.hpp"

#include <algorithm>

#include "adapters/tickets/ticket_row.hpp"
#include "adapters/whatsapp/settings.hpp"
#include "engine/runtime/pending_call.hpp"

namespace alur::tools {

using adapters::PanelTicket;
using adapters::Ticket;
using value::Kind;

namespace {

constexpr std::size_t rows_at_once = 1'000;
constexpr value::TimeOfDay noon{12 * 3'600};

const value::Value* field_of(const Ticket& ticket, std::string_view name) {
  const auto found = std::find_if(ticket.fields.begin(), ticket.fields.end(),
                                  [name](const auto& field) { return field.name == name; });
  return found == ticket.fields.end() ? nullptr : &found->value;
}

// A WhatsApp citizen is their telephone number, unless Meta hides it; empty: no number is known.
std::string phone_of(std::string_view address) {
  const std::size_t slash = address.find('/');
  const bool is_whatsapp = address.starts_with(std::string(adapters::whatsapp_name) + ":");
  if (!is_whatsapp || slash == address.npos) return {};
  const std::string_view user = address.substr(slash + 1);
  const bool is_number = !user.empty() && std::all_of(user.begin(), user.end(),
                                                      [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? "+" + std::string(user) : std::string();
}

PanelTicket to_panel(const Ticket& ticket, const value::TimeZone& zone) {
  PanelTicket shown;
  shown.number = ticket.number;
  shown.stage = ticket.stage;
  shown.opened = zone.to_instant(ticket.opened, noon);
  shown.due = zone.to_instant(ticket.due, noon);
  const value::Value* kind = field_of(ticket, "kind");
  if (kind && kind->is(Kind::choice)) shown.kind = kind->choice_name();
  return shown;
}

}  // namespace

void CitizenTickets::take(const ports::TicketRow& row) {
  next_ = row.count + 1;
  if (const auto citizen = runtime::caller_of(row.call)) by_citizen_[*citizen].push_back(row.count);
  const Ticket ticket = adapters::to_ticket(row);
  const value::Value* phone = field_of(ticket, "phone");
  if (phone && phone->is(Kind::text)) by_phone_[phone->text()].push_back(row.count);
}

bool CitizenTickets::catch_up() {
  if (!reader_) {
    auto opened = store_.reader();
    if (!opened) return false;
    reader_ = std::move(*opened);
  }
  for (;;) {
    const std::uint64_t from = next_;
    std::size_t rows = 0;
    const auto read = reader_->each_ticket(from, rows_at_once, [&](const ports::TicketRow& row) {
      ++rows;
      take(row);
    });
    if (!read) return false;
    if (rows < rows_at_once) return true;
  }
}

CitizenTickets::Counts CitizenTickets::counts_of(ports::CitizenKey citizen,
                                                 std::string_view address) const {
  Counts counts;
  const auto add = [&](const auto& map, const auto& key) {
    const auto found = map.find(key);
    if (found != map.end()) counts.insert(counts.end(), found->second.begin(), found->second.end());
  };
  add(by_citizen_, citizen);
  add(by_phone_, phone_of(address));
  std::sort(counts.rbegin(), counts.rend());
  counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
  if (counts.size() > shown_max) counts.resize(shown_max);
  return counts;
}

std::vector<PanelTicket> CitizenTickets::find(ports::CitizenKey citizen, std::string_view address,
                                              const value::TimeZone& zone) {
  std::vector<PanelTicket> shown;
  if (!catch_up()) return shown;
  for (const std::uint64_t count : counts_of(citizen, address)) {
    const auto read = reader_->each_ticket(count, 1, [&](const ports::TicketRow& row) {
      shown.push_back(to_panel(adapters::to_ticket(row), zone));
    });
    if (!read) break;
  }
  return shown;
}

std::optional<adapters::TicketOwner> CitizenTickets::owner_of(std::string_view number) {
  const std::string name = adapters::ticket_name(number);
  if (name.empty() || !catch_up()) return std::nullopt;
  const auto row = reader_->find_ticket(ports::TicketBy::name, name);
  if (!row || !*row) return std::nullopt;
  adapters::TicketOwner owner;
  owner.citizen = runtime::caller_of((*row)->call).value_or(0);
  const Ticket ticket = adapters::to_ticket(**row);
  const value::Value* phone = field_of(ticket, "phone");
  if (phone && phone->is(Kind::text)) owner.phone = phone->text();
  return owner;
}

}  // namespace alur::tools

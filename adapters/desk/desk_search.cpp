// Who may be found among the conversations that the desk remembers, and by what beside their words.
#include <algorithm>

#include "adapters/desk/desk_floor.hpp"
#include "engine/value/typed_address.hpp"

namespace alur::adapters {

namespace {

constexpr std::int64_t risk_ms = 120'000;  // a clock that is due within it is at risk
constexpr double searches_at_once = 10;
constexpr double searches_a_second = 1;

bool has_number(std::string_view channel) {
  return channel == "whatsapp" || channel == "phone";
}

// Of whoever is reached by telephone number: "+6281234567890".
std::string number_of(std::string_view address) {
  const std::size_t own = address.find_last_of(":/");
  return "+" + std::string(own == address.npos ? address : address.substr(own + 1));
}

bool is_at_risk(const ShownRow& row, value::Instant now) {
  const value::Instant soon{now.milliseconds + risk_ms};
  return std::any_of(row.clocks.begin(), row.clocks.end(), [&](const ShownClock& clock) {
    return clock.running && (clock.breached || (clock.due && *clock.due <= soon));
  });
}

bool is_of(std::string_view only, const ShownRow& row, value::Instant now) {
  if (only.empty()) return true;
  if (only == "window_shut") return row.window_until && *row.window_until <= now;
  return only == "at_risk" && is_at_risk(row, now);
}

void add(std::string& about, std::string_view text) {
  about += text;
  about += '\n';
}

}  // namespace

bool DeskFloor::may_search(const ports::Account& who) {
  Allowance& allowance =
      searches_.try_emplace(who.agent, searches_at_once, searches_a_second).first->second;
  return allowance.take(parts_.clock->now().milliseconds);
}

// What the row shows and the panel tells of what was handed over: both leave out what is withheld.
Searched DeskFloor::searched_of(const ShownRow& row) const {
  Searched one;
  one.place = {!row.is_at_desk(), std::max(row.last.at, row.handed_at), row.citizen};
  for (const auto* text : {&row.name, &row.address, &row.summary, &row.note, &row.last.text}) {
    add(one.about, *text);
  }
  const auto found = beside_.find(row.citizen);
  if (found == beside_.end()) return one;
  one.told = found->second.told;
  const auto& matter = found->second.matter;
  if (!matter) return one;
  const bool cleared = is_cleared(row);
  const bool shows_summary = cleared || !matter->summary_is_private;
  if (shows_summary) add(one.about, matter->summary);
  one.is_kept = !shows_summary;
  for (const auto& field : matter->fields) {
    const bool shows = cleared || !field.is_private;
    if (shows) add(one.about, field.text);
    one.is_kept = one.is_kept || !shows;
  }
  return one;
}

std::vector<Searched> DeskFloor::searched(const ports::Account& who, const Search& search,
                                          const std::optional<TicketOwner>& owner) const {
  const Viewer viewer = viewer_of(who);
  const value::Instant now = parts_.clock->now();
  const auto after = to_search_place(search.before);
  // Whole or not at all: else the figures that are masked could be found one after another.
  const auto phone = value::read_phone(search.text);
  const auto is_it = [&](const ShownRow& row) {
    if (owner && owner->citizen == row.citizen) return true;
    if ((!phone && !owner) || !has_number(row.channel)) return false;
    const std::string number = number_of(address_of(row.citizen));
    return (phone && number == *phone) || (owner && number == owner->phone);
  };
  std::vector<Searched> all;
  view_.each_row([&](const ShownRow& row, const std::string&) {
    const bool of_choice = (search.queue.empty() || row.queue == search.queue) &&
                           (search.channel.empty() || row.channel == search.channel) &&
                           (search.owner.empty() || desk::to_text(row.owner) == search.owner) &&
                           (search.agent == 0 || row.agent == search.agent);
    if (!of_choice || !view_.sees(viewer, row) || !is_of(search.only, row, now)) return;
    Searched one = searched_of(row);
    if (after && !(*after < one.place)) return;
    one.is_it = is_it(row);
    all.push_back(std::move(one));
  });
  return all;
}

std::optional<DeskFloor::FoundField> DeskFloor::found_field(desk::Citizen citizen,
                                                            const SoughtWords& words) const {
  const ShownRow* row = view_.row(citizen);
  const auto found = beside_.find(citizen);
  if (!row || found == beside_.end() || !found->second.matter) return std::nullopt;
  const runtime::DeskMatter& matter = *found->second.matter;
  const bool cleared = is_cleared(*row);
  for (const auto& field : matter.fields) {
    if ((field.is_private && !cleared) || words.found_in(folded_words(field.text)) == 0) continue;
    return FoundField{field.name, words.excerpt_of(field.text)};
  }
  return std::nullopt;
}

}  // namespace alur::adapters

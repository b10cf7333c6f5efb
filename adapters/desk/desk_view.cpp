#include "adapters/desk/desk_view.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/desk/wish.hpp"

namespace alur::adapters {
namespace {

std::string row_frame(const std::string& row) {
  return R"({"is":"row","row":)" + row + "}";
}

std::string gone_frame(desk::Citizen citizen, std::string_view why) {
  return R"({"is":"gone","citizen":")" + to_citizen_text(citizen) + R"(","why":)" + quoted(why) +
         "}";
}

void append(std::string& list, std::string_view one) {
  if (list.size() > 1) list += ',';
  list += one;
}

// Whose it is, if anybody's: an offer is theirs, too.
desk::AgentId holder(const ShownRow& row) {
  return row.is_at_desk() ? row.agent : 0;
}

}  // namespace

bool DeskView::Audience::sees(const Entry& entry,
                              const std::map<desk::NameKey, Line>& lines) const {
  if (!entry.row.is_at_desk()) return false;
  if (!entry.row.waits()) return sees_all;
  const desk::NameKey line = entry.row.line;
  const bool has_line = sees_all || std::binary_search(queues.begin(), queues.end(), line);
  const auto found = lines.find(line);
  return has_line && found != lines.end() && found->second.shown.count(entry.row.citizen) > 0;
}

// --- seats

void DeskView::sit(Seat seat, Viewer viewer) {
  if (viewer.agent != 0) by_agent_[viewer.agent].insert(seat);
  if (viewer.sees_all || viewer.sees_own) {
    auto& audience = audiences_[{viewer.sees_all,
                                 viewer.sees_all ? std::vector<desk::NameKey>{} : viewer.queues}];
    audience.sees_all = viewer.sees_all;
    audience.queues = viewer.sees_all ? std::vector<desk::NameKey>{} : viewer.queues;
    audience.seats.insert(seat);
  }
  viewers_[seat] = std::move(viewer);
}

void DeskView::rise(Seat seat) {
  const auto found = viewers_.find(seat);
  if (found == viewers_.end()) return;
  const Viewer& viewer = found->second;
  for (const desk::Citizen citizen : looked_at(seat)) look_away(seat, citizen);
  if (const auto of = by_agent_.find(viewer.agent); of != by_agent_.end()) {
    of->second.erase(seat);
    if (of->second.empty()) by_agent_.erase(of);
  }
  const auto audience = audiences_.find(
      {viewer.sees_all, viewer.sees_all ? std::vector<desk::NameKey>{} : viewer.queues});
  if (audience != audiences_.end()) {
    audience->second.seats.erase(seat);
    if (audience->second.seats.empty()) audiences_.erase(audience);
  }
  viewers_.erase(found);
}

const Viewer* DeskView::viewer(Seat seat) const {
  const auto found = viewers_.find(seat);
  return found == viewers_.end() ? nullptr : &found->second;
}

std::vector<Seat> DeskView::seats_of(desk::AgentId agent) const {
  const auto found = by_agent_.find(agent);
  if (agent == 0 || found == by_agent_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

std::vector<Seat> DeskView::all_seats() const {
  std::vector<Seat> seats;
  seats.reserve(viewers_.size());
  for (const auto& [seat, viewer] : viewers_) seats.push_back(seat);
  return seats;
}

// --- what has changed

void DeskView::put(ShownRow row, std::string_view why) {
  const auto found = rows_.find(row.citizen);
  if (found != rows_.end() && found->second.row == row && why.empty()) return;
  const std::optional<ShownRow> before =
      found == rows_.end() ? std::nullopt : std::optional(found->second.row);
  const bool was_shown = before && is_shown(*before);
  if (before) unlist(*before);
  list(row, was_shown && row.line == before->line);
  Entry& entry = rows_[row.citizen];
  entry.text = to_json_text(row);
  entry.row = std::move(row);
  if (was_shown) note_changed(*before);
  if (before) fill(before->line);
  fill(entry.row.line);
  if (is_shown(entry.row)) note_changed(entry.row);
  tell_owner(before ? holder(*before) : 0, entry, why);
}

void DeskView::drop(desk::Citizen citizen) {
  const auto found = rows_.find(citizen);
  if (found == rows_.end()) return;
  const ShownRow row = found->second.row;
  if (is_shown(row)) note_changed(row);
  if (holder(row) != 0) tell(seats_of(row.agent), gone_frame(citizen, "gone"));
  unlist(row);
  rows_.erase(found);
  fill(row.line);
}

// To others than whose it is.
bool DeskView::is_shown(const ShownRow& row) const {
  if (!row.waits()) return row.is_at_desk();
  const auto line = lines_.find(row.line);
  return line != lines_.end() && line->second.shown.count(row.citizen) > 0;
}

void DeskView::list(const ShownRow& row, bool stays_shown) {
  if (row.waits()) {
    Line& line = lines_[row.line];
    line.waiting[row.place] = row.citizen;
    if (stays_shown) line.shown.insert(row.citizen);
  }
  if (holder(row) != 0) had_by_[row.agent].insert(row.citizen);
}

void DeskView::unlist(const ShownRow& row) {
  if (row.waits()) {
    Line& line = lines_[row.line];
    line.waiting.erase(row.place);
    line.shown.erase(row.citizen);
  }
  if (holder(row) == 0) return;
  const auto had = had_by_.find(row.agent);
  if (had == had_by_.end()) return;
  had->second.erase(row.citizen);
  if (had->second.empty()) had_by_.erase(had);
}

// The first who wait are shown; whoever is shown stays so until they no longer wait.
void DeskView::fill(desk::NameKey key) {
  const auto found = lines_.find(key);
  if (found == lines_.end()) return;
  Line& line = found->second;
  for (const auto& [place, citizen] : line.waiting) {
    if (line.shown.size() >= shown_max_) break;
    if (!line.shown.insert(citizen).second) continue;
    const auto row = rows_.find(citizen);
    if (row != rows_.end()) note_changed(row->second.row);
  }
  if (line.waiting.empty()) lines_.erase(found);
}

// Who waits is of interest to those of the line, too.
void DeskView::note_changed(const ShownRow& row) {
  for (auto& [key, audience] : audiences_) {
    const bool of_line =
        row.waits() && std::binary_search(audience.queues.begin(), audience.queues.end(), row.line);
    if (audience.sees_all || of_line) audience.changed.insert(row.citizen);
  }
}

void DeskView::tell_owner(desk::AgentId had, const Entry& now, std::string_view why) {
  const desk::AgentId has = holder(now.row);
  if (had != 0 && had != has) {
    tell(seats_of(had), gone_frame(now.row.citizen, why.empty() ? "handed_on" : why));
  }
  if (has != 0) tell(seats_of(has), row_frame(now.text));
}

void DeskView::put(ShownAgent agent) {
  Person& person = agents_[agent.agent];
  if (person.agent == agent && !person.text.empty()) return;
  person.agent = std::move(agent);
  person.text = to_json_text(person.agent);
  tell(seats_of(person.agent.agent), R"({"is":"agent","agent":)" + person.text + "}");
  agents_changed_.insert(person.agent.agent);
}

void DeskView::drop_agent(desk::AgentId agent) {
  agents_.erase(agent);
  agents_changed_.erase(agent);
}

void DeskView::put(ShownQueue queue) {
  ShownQueue& known = queues_[queue.name];
  if (known == queue) return;
  queues_changed_.insert(queue.name);
  known = std::move(queue);
}

// --- what is

const ShownRow* DeskView::row(desk::Citizen citizen) const {
  const auto found = rows_.find(citizen);
  return found == rows_.end() ? nullptr : &found->second.row;
}

const ShownAgent* DeskView::agent(desk::AgentId agent) const {
  const auto found = agents_.find(agent);
  return found == agents_.end() ? nullptr : &found->second.agent;
}

bool DeskView::sees(const Viewer& viewer, const ShownRow& row) const {
  if (viewer.sees_all) return true;
  if (!viewer.sees_own) return false;
  if (viewer.agent != 0 && holder(row) == viewer.agent) return true;
  return row.waits() && std::binary_search(viewer.queues.begin(), viewer.queues.end(), row.line);
}

DeskView::Tally DeskView::waiting(desk::NameKey key) const {
  const auto found = lines_.find(key);
  if (found == lines_.end() || found->second.waiting.empty()) return {};
  const auto first = rows_.find(found->second.waiting.begin()->second);
  Tally tally{found->second.waiting.size(), std::nullopt};
  if (first != rows_.end()) tally.oldest = first->second.row.queued_at;
  return tally;
}

std::string DeskView::rows_for(Seat seat) const {
  const Viewer* viewer = this->viewer(seat);
  std::string list = "[";
  if (!viewer || !(viewer->sees_all || viewer->sees_own)) return list + "]";
  const auto add = [&](desk::Citizen citizen) { append(list, rows_.at(citizen).text); };
  for (const auto& [agent, citizens] : had_by_) {
    if (!viewer->sees_all && agent != viewer->agent) continue;
    std::for_each(citizens.begin(), citizens.end(), add);
  }
  for (const auto& [key, line] : lines_) {
    const bool seen =
        viewer->sees_all || std::binary_search(viewer->queues.begin(), viewer->queues.end(), key);
    if (seen) std::for_each(line.shown.begin(), line.shown.end(), add);
  }
  return list + "]";
}

std::string DeskView::agents_for(Seat seat) const {
  const Viewer* viewer = this->viewer(seat);
  std::string list = "[";
  for (const auto& [id, person] : agents_) {
    if (viewer && (viewer->sees_agents || id == viewer->agent)) append(list, person.text);
  }
  return list + "]";
}

std::string DeskView::queues() const {
  std::string list = "[";
  for (const auto& [name, queue] : queues_) append(list, to_json_text(queue));
  return list + "]";
}

// --- looking at conversations

bool DeskView::look(Seat seat, desk::Citizen citizen) {
  looks_at_[seat].insert(citizen);
  return looked_at_[citizen].insert(seat).second;
}

void DeskView::look_away(Seat seat, desk::Citizen citizen) {
  const auto erase = [](auto& of, auto key, auto value) {
    const auto found = of.find(key);
    if (found == of.end()) return;
    found->second.erase(value);
    if (found->second.empty()) of.erase(found);
  };
  erase(looks_at_, seat, citizen);
  erase(looked_at_, citizen, seat);
}

std::vector<Seat> DeskView::seats_at(desk::Citizen citizen) const {
  std::set<Seat> seats;
  if (const auto found = looked_at_.find(citizen); found != looked_at_.end()) {
    seats = found->second;
  }
  if (const ShownRow* row = this->row(citizen); row && row->owner == desk::Owner::agent) {
    for (const Seat seat : seats_of(row->agent)) seats.insert(seat);
  }
  return {seats.begin(), seats.end()};
}

std::vector<desk::Citizen> DeskView::looked_at(Seat seat) const {
  const auto found = looks_at_.find(seat);
  if (found == looks_at_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

std::vector<std::string> DeskView::lookers(desk::Citizen citizen) const {
  std::set<std::string> names;
  if (const auto found = looked_at_.find(citizen); found != looked_at_.end()) {
    for (const Seat seat : found->second) {
      if (const Viewer* one = viewer(seat)) names.insert(one->name);
    }
  }
  return {names.begin(), names.end()};
}

// --- what goes out

void DeskView::tell(std::vector<Seat> seats, std::string frame) {
  if (seats.empty()) return;
  at_once_.push_back({std::move(seats), std::make_shared<const std::string>(std::move(frame))});
}

std::vector<Shown> DeskView::take() {
  return std::exchange(at_once_, {});
}

// `seat` not 0: without saying that gone is what this seat has itself.
std::string DeskView::rows_frame(const Audience& audience, Seat seat) const {
  const Viewer* own = viewer(seat);
  std::string rows = "[";
  std::string gone = "[";
  for (const desk::Citizen citizen : audience.changed) {
    const auto found = rows_.find(citizen);
    if (found != rows_.end() && audience.sees(found->second, lines_)) {
      append(rows, found->second.text);
    } else if (!own || found == rows_.end() || holder(found->second.row) != own->agent) {
      append(gone, "\"" + to_citizen_text(citizen) + "\"");
    }
  }
  return R"({"is":"rows","rows":)" + rows + R"(],"gone":)" + gone + "]}";
}

void DeskView::flush_rows(Audience& audience, std::vector<Shown>& out) {
  if (audience.changed.empty()) return;
  std::set<Seat> alike = audience.seats;
  // Who has got what the others see no more.
  if (!audience.sees_all) {
    for (const desk::Citizen citizen : audience.changed) {
      const auto found = rows_.find(citizen);
      if (found == rows_.end()) continue;
      for (const Seat seat : seats_of(holder(found->second.row))) {
        if (alike.erase(seat) == 0) continue;
        out.push_back({{seat}, std::make_shared<const std::string>(rows_frame(audience, seat))});
      }
    }
  }
  if (!alike.empty()) {
    out.push_back({{alike.begin(), alike.end()},
                   std::make_shared<const std::string>(rows_frame(audience, 0))});
  }
  audience.changed.clear();
}

std::vector<Shown> DeskView::flush() {
  std::vector<Shown> out = take();
  for (auto& [key, audience] : audiences_) flush_rows(audience, out);
  for (const std::string& name : std::exchange(queues_changed_, {})) {
    std::string frame = R"({"is":"queue","queue":)" + to_json_text(queues_[name]) + "}";
    out.push_back({all_seats(), std::make_shared<const std::string>(std::move(frame))});
  }
  std::string agents = "[";
  for (const desk::AgentId id : std::exchange(agents_changed_, {})) {
    append(agents, agents_.at(id).text);
  }
  std::vector<Seat> seats;
  for (const auto& [seat, viewer] : viewers_) {
    if (viewer.sees_agents) seats.push_back(seat);
  }
  if (agents.size() > 1 && !seats.empty()) {
    out.push_back({std::move(seats), std::make_shared<const std::string>(
                                         R"({"is":"agents","agents":)" + agents + "]}")});
  }
  return out;
}

}  // namespace alur::adapters

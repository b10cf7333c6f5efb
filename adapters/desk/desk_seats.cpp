// Who is connected: seats, what each is greeted with, the accounts behind them, and how frames get
// to them.
#include <algorithm>
#include <boost/json.hpp>

#include "adapters/desk/desk_floor.hpp"
#include "adapters/desk/desk_replies.hpp"

namespace alur::adapters {

namespace json = boost::json;

namespace {

json::array to_json(const std::vector<DeskChoice>& choices) {
  json::array out;
  for (const DeskChoice& one : choices) {
    out.push_back(json::object{
        {"name", one.name}, {"title", json::object{{"id", one.title_id}, {"en", one.title_en}}}});
  }
  return out;
}

bool serves(const ports::Account& account) {
  const bool works = account.role == ports::Role::agent || account.role == ports::Role::supervisor;
  return works && !account.disabled;
}

// Nothing that a socket hangs on differs.
bool stays_in(const ports::Account& before, const ports::Account& now) {
  return !now.disabled && before.role == now.role && before.queues == now.queues;
}

}  // namespace

std::string NameTable::agent(desk::AgentId id) const {
  const auto found = accounts.find(id);
  return found == accounts.end() ? std::string() : found->second.name;
}

std::string NameTable::name(desk::NameKey key) const {
  const auto found = names.find(key);
  return found == names.end() ? std::string() : found->second;
}

DeskNames names_of(std::shared_ptr<const NameTable> table) {
  return {[table](desk::AgentId id) { return table->agent(id); },
          [table](desk::NameKey key) { return table->name(key); },
          [table](desk::NameKey key) { return table->name(key); }};
}

DeskFloor::DeskFloor(DeskParts parts, DeskSettings settings, DeskThreads threads)
    : parts_(parts),
      settings_(std::move(settings)),
      threads_(std::move(threads)),
      keeper_(parts.runtime->desk()),
      shelf_(*parts.store, *parts.runtime, parts.find_tickets),
      words_(*parts.store) {}

bool DeskFloor::start() {
  const auto accounts = parts_.accounts->list();
  const auto replies = parts_.staff->replies();
  if (!accounts || !replies || !keeper_) return false;
  rename();
  take_replies(*replies);
  keeper_->set_watcher(this);
  take_accounts(*accounts);
  keeper_->look([this](const desk::Desk& desk) {
    SeenAll all;
    desk.each_conversation([&](const desk::Conversation& one) { see(desk, one.citizen, all); });
    desk.each_agent([&](const desk::Agent& one) { see_agent(desk, one.id, all); });
    arrive([this, all = std::move(all)] { show(all); });
  });
  return true;
}

void DeskFloor::stop() {
  if (stopped_.exchange(true)) return;
  if (keeper_) keeper_->set_watcher(nullptr);
}

void DeskFloor::set_queues(std::vector<DeskQueue> queues) {
  arrive([this, queues = std::move(queues)] {
    if (queues == queues_) return;
    queues_ = queues;
    rename();
    for (const auto& [citizen, seen] : seen_) view_.put(row_of(seen, beside(citizen)));
    send(view_.take());
  });
}

void DeskFloor::set_templates(std::vector<DeskTemplate> templates) {
  threads_.loop([this, templates = std::move(templates)]() mutable {
    if (templates_ == templates) return;
    templates_ = std::move(templates);
    send(view_.all_seats(), R"({"is":"templates","templates":)" + templates_text(templates_) + "}");
  });
}

void DeskFloor::rename() {
  auto table = std::make_shared<NameTable>(*names_);
  const auto add = [&](const std::string& name) { table->names[value::name_key(name)] = name; };
  for (const DeskQueue& queue : queues_) add(queue.name);
  for (const auto* choices : {&settings_.codes, &settings_.reasons}) {
    for (const DeskChoice& one : *choices) add(one.name);
  }
  names_ = std::move(table);
}

// --- accounts

void DeskFloor::accounts_changed() {
  threads_.book([this] {
    auto accounts = parts_.accounts->list();
    if (!accounts) return;  // the next time, then
    arrive([this, all = std::move(*accounts)] { take_accounts(all); });
  });
}

void DeskFloor::take_accounts(std::vector<ports::Account> accounts) {
  const auto before = names_;
  auto table = std::make_shared<NameTable>(*names_);
  table->accounts.clear();
  for (ports::Account& one : accounts) table->accounts[one.agent] = std::move(one);
  names_ = table;
  for (const auto& [id, account] : table->accounts) {
    const auto was = before->accounts.find(id);
    const bool known = was != before->accounts.end();
    if (known && was->second == account) continue;
    if (known && !stays_in(was->second, account)) end_account(id, "disabled");
    if (!serves(account)) continue;
    desk::AgentSet set{id, {}, account.units, account.role == ports::Role::supervisor};
    for (const std::string& queue : account.queues) set.queues.push_back(value::name_key(queue));
    keeper_->set_agent(std::move(set), account.full_name);
  }
  std::vector<desk::AgentId> gone;
  keeper_->look([&](const desk::Desk& desk) {
    desk.each_agent([&](const desk::Agent& one) {
      const auto found = table->accounts.find(one.id);
      if (found == table->accounts.end() || !serves(found->second)) gone.push_back(one.id);
    });
  });
  for (const desk::AgentId id : gone) keeper_->apply(desk::AgentRemoved{id});
}

void DeskFloor::replies_changed() {
  threads_.book([this] {
    auto replies = parts_.staff->replies();
    if (!replies) return;
    arrive([this, all = std::move(*replies)] {
      take_replies(all);
      send(view_.all_seats(), R"({"is":"replies","replies":)" + replies_ + "}");
    });
  });
}

void DeskFloor::take_replies(const std::vector<ports::ReplyRow>& rows) {
  replies_ = replies_text(rows);
}

// --- seats

Viewer DeskFloor::viewer_of(const ports::Account& account) const {
  Viewer viewer;
  viewer.agent = account.agent;
  viewer.name = account.full_name.empty() ? account.name : account.full_name;
  viewer.sees_all = may(account.role, Action::see_all);
  viewer.sees_own = may(account.role, Action::see_own);
  viewer.sees_agents = may(account.role, Action::see_agents);
  for (const std::string& queue : account.queues) {
    viewer.queues.push_back(value::name_key(queue));
  }
  std::sort(viewer.queues.begin(), viewer.queues.end());
  return viewer;
}

Seat DeskFloor::sit(Entered who, const std::shared_ptr<WebLine>& line) {
  const desk::AgentId agent = who.account.agent;
  const std::vector<Seat> taken = view_.seats_of(agent);
  if (taken.size() >= settings_.sockets_of_account_max) {
    end(*std::min_element(taken.begin(), taken.end()), "elsewhere");
  }
  const Seat seat = ++last_seat_;
  view_.sit(seat, viewer_of(who.account));
  const DeskRates& rates = settings_.rates;
  const Guest& guest =
      guests_
          .emplace(seat, Guest{std::move(who), line,
                               Allowance(rates.frames_at_once, rates.frames_a_second),
                               Allowance(rates.says_at_once, rates.says_a_second)})
          .first->second;
  const bool lost = keeper_->look([agent](const desk::Desk& desk) {
    const desk::Agent* found = desk.find_agent(agent);
    return found && found->lost_at.has_value();
  });
  if (lost) keeper_->apply(desk::ConnectionBack{agent});
  send(seat, hello(seat, guest));
  return seat;
}

void DeskFloor::rise(Seat seat) {
  const auto found = guests_.find(seat);
  if (found == guests_.end()) return;
  const desk::AgentId agent = found->second.who.account.agent;
  const std::vector<desk::Citizen> looked = view_.looked_at(seat);
  view_.rise(seat);
  guests_.erase(found);
  for (const desk::Citizen citizen : looked) {
    keeper_->unwatch(citizen);
    tell_viewing(citizen);
  }
  if (!view_.has_seat(agent)) keeper_->apply(desk::ConnectionLost{agent});
}

void DeskFloor::end(Seat seat, std::string_view why) {
  const auto found = guests_.find(seat);
  if (found == guests_.end()) return;
  if (const auto line = found->second.line.lock()) {
    line->end({CloseCode::policy, std::string(why)});
  }
  rise(seat);
}

void DeskFloor::end_sign_in(const std::string& secret, std::string_view why) {
  std::vector<Seat> seats;
  desk::AgentId agent = 0;
  for (const auto& [seat, guest] : guests_) {
    if (guest.who.secret != secret) continue;
    seats.push_back(seat);
    agent = guest.who.account.agent;
  }
  for (const Seat seat : seats) end(seat, why);
  // Whoever signs out does not come back within a minute.
  const bool left = agent != 0 && !view_.has_seat(agent);
  if (left && view_.agent(agent)) {
    keeper_->apply(desk::PresenceSet{agent, desk::Presence::offline, 0});
  }
}

void DeskFloor::end_account(desk::AgentId agent, std::string_view why) {
  for (const Seat seat : view_.seats_of(agent)) end(seat, why);
}

// --- what each is greeted with

std::string me_text(const ports::Account& account) {
  return json::serialize(
      json::object{{"name", account.name},
                   {"full_name", account.full_name},
                   {"role", ports::to_text(account.role)},
                   {"agent", account.agent},
                   {"queues", json::array(account.queues.begin(), account.queues.end())},
                   {"units", account.units},
                   {"code", !account.code_secret.empty()}});
}

std::string DeskFloor::hello(Seat seat, const Guest& guest) const {
  const auto [open_max, capacity] = keeper_->look([](const desk::Desk& desk) {
    return std::pair(desk.settings().open_max, desk.settings().capacity);
  });
  const json::object settings{{"open_max", open_max},
                              {"capacity", capacity},
                              {"note_length", desk::note_length_max},
                              {"text_length", desk_text_length_max},
                              {"reasons", to_json(settings_.reasons)}};
  std::string out = R"({"is":"hello","me":)" + me_text(guest.who.account);
  out += R"(,"now":)" + std::to_string(parts_.clock->now().milliseconds);
  out += R"(,"app":)" + quoted(settings_.app) + R"(,"language":)" + quoted(settings_.language);
  out += R"(,"queues":)" + view_.queues();
  out += R"(,"codes":)" + json::serialize(to_json(settings_.codes));
  out += R"(,"states":[],"templates":)" + templates_text(templates_);
  out += R"(,"replies":)" + replies_;
  out += R"(,"rows":)" + view_.rows_for(seat) + R"(,"agents":)" + view_.agents_for(seat);
  out += R"(,"settings":)" + json::serialize(settings) + "}";
  return out;
}

// --- how frames get there

void DeskFloor::send(const std::vector<Shown>& all) {
  for (const Shown& shown : all) {
    for (const Seat seat : shown.seats) {
      const auto found = guests_.find(seat);
      const auto line = found == guests_.end() ? nullptr : found->second.line.lock();
      if (line) line->push(shown.frame);
    }
  }
}

void DeskFloor::send(const std::vector<Seat>& seats, std::string frame) {
  if (seats.empty()) return;
  send(std::vector<Shown>{{seats, std::make_shared<const std::string>(std::move(frame))}});
}

void DeskFloor::send(Seat seat, std::string frame) {
  send(std::vector<Seat>{seat}, std::move(frame));
}

void DeskFloor::tell_viewing(desk::Citizen citizen) {
  const std::vector<std::string> names = view_.lookers(citizen);
  send(view_.seats_at(citizen), R"({"is":"viewing","citizen":")" + to_citizen_text(citizen) +
                                    R"(","by":)" +
                                    json::serialize(json::array(names.begin(), names.end())) + "}");
}

// --- for requests

bool DeskFloor::may_look(const ports::Account& who, desk::Citizen citizen) const {
  const ShownRow* row = view_.row(citizen);
  if (!may(who.role, Action::open)) return false;
  const Viewer viewer = viewer_of(who);
  return row ? view_.sees(viewer, *row) : viewer.sees_all;
}

bool DeskFloor::owns(const ports::Account& who, desk::Citizen citizen) const {
  const ShownRow* row = view_.row(citizen);
  return row && row->owner == desk::Owner::agent && row->agent == who.agent;
}

std::string_view DeskFloor::fault_of_file(desk::Citizen citizen, std::string_view mime) const {
  const ShownRow* row = view_.row(citizen);
  if (!parts_.files || !row) return "unavailable";
  for (const DeskFileChannel& one : settings_.file_channels) {
    if (one.name != row->channel) continue;
    const bool takes = std::find(one.types.begin(), one.types.end(), mime) != one.types.end();
    return takes ? "" : ports::to_text(ports::FileFault::not_taken);
  }
  return "unavailable";
}

std::string DeskFloor::row_text(desk::Citizen citizen) const {
  const ShownRow* row = view_.row(citizen);
  return row ? to_json_text(*row) : "null";
}

std::string DeskFloor::address_of(desk::Citizen citizen) const {
  const auto found = beside_.find(citizen);
  const bool known = found != beside_.end() && found->second.matter;
  return known ? found->second.matter->address : std::string();
}

DeskShelf::Known DeskFloor::known_of(desk::Citizen citizen) const {
  DeskShelf::Known known;
  const auto found = beside_.find(citizen);
  if (found != beside_.end() && found->second.matter) known.matter = *found->second.matter;
  if (const ShownRow* row = view_.row(citizen)) {
    known.handed_at = row->handed_at;
    known.cleared = is_cleared(*row);
  }
  return known;
}

const DeskQueue* DeskFloor::find_queue(std::string_view name) const {
  const auto found = std::find_if(queues_.begin(), queues_.end(),
                                  [name](const DeskQueue& one) { return one.name == name; });
  return found == queues_.end() ? nullptr : &*found;
}

// Whoever has it is of a queue that is private, or a supervisor. A queue that the app has no more
// is not; nor is an agent of other queues, to whom it was transferred by name.
bool DeskFloor::is_cleared(const ShownRow& row) const {
  const DeskQueue* queue = find_queue(row.queue);
  if (!queue || !queue->is_private) return false;
  if (row.agent == 0) return true;
  const auto found = names_->accounts.find(row.agent);
  if (found == names_->accounts.end()) return false;
  const ports::Account& who = found->second;
  return who.role == ports::Role::supervisor ||
         std::find(who.queues.begin(), who.queues.end(), row.queue) != who.queues.end();
}

}  // namespace alur::adapters

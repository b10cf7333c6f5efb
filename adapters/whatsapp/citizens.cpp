#include "adapters/whatsapp/citizens.hpp"

#include <algorithm>

#include "adapters/whatsapp/recipient.hpp"
#include "adapters/whatsapp/settings.hpp"

namespace alur::adapters {

using ports::NameRow;
using ports::Result;

namespace {

constexpr int owners_max = 100;  // of one telephone number, one after another

std::string_view user_of(std::string_view address) {
  const std::size_t slash = address.find('/');
  return slash == address.npos ? std::string_view() : address.substr(slash + 1);
}

// Whether an address ends in an id of WhatsApp's, and not in a telephone number.
bool has_id(std::string_view address) {
  const auto user = parse_recipient(user_of(address));
  return user && user->kind == Recipient::Kind::user_id;
}

}  // namespace

std::string whatsapp_address(std::string_view number, std::string_view user) {
  std::string address = whatsapp_name;
  address += ':';
  address += number;
  address += '/';
  address += user;
  return address;
}

WhatsAppCitizens::WhatsAppCitizens(const ports::Store& store,
                                   std::unique_ptr<ports::StoreReader> reader)
    : store_(store), reader_(std::move(reader)) {}

// --- what is known

NameRow WhatsAppCitizens::make_row(const std::string& name, const std::string& address) const {
  return {store_.key_of(name), store_.key_of(address), name, address, 0};
}

Result<NameRow> WhatsAppCitizens::row_of(const std::string& name) {
  const auto held = known_.find(name);
  if (held != known_.end()) return held->second.row;
  const auto row = reader_->name(store_.key_of(name));
  if (!row) return row.error();
  return (known_[name] = {*row ? **row : make_row(name, name), true}).row;
}

Result<bool> WhatsAppCitizens::is_taken(const std::string& address) {
  if (taken_.contains(address)) return true;
  const auto session = reader_->session(store_.key_of(address));
  if (!session) return session.error();
  if (*session) taken_.insert(address);
  return session->has_value();
}

Result<WhatsAppCitizens::Place> WhatsAppCitizens::place_of(const std::string& name) {
  const auto row = row_of(name);
  if (!row) return row.error();
  const auto taken = is_taken(row->address);
  if (!taken) return taken.error();
  return Place{row->address, *taken};
}

Result<WhatsAppCitizens::Names*> WhatsAppCitizens::names_of(const std::string& address) {
  const auto held = sessions_.find(address);
  if (held != sessions_.end()) return &held->second;
  auto rows = reader_->names(store_.key_of(address));
  if (!rows) return rows.error();
  // What is being committed is not in the store yet.
  std::erase_if(*rows, [&](const NameRow& row) {
    return row.address != address || pending_.contains(row.name);
  });
  for (const std::string& name : pending_) {
    const NameRow& row = known_.at(name).row;
    if (row.address == address) rows->push_back(row);
  }
  return &(sessions_[address] = std::move(*rows));
}

// The name under which messages reach them; without any, its address.
Result<NameRow> WhatsAppCitizens::reached_as(const std::string& address) {
  const auto names = names_of(address);
  if (!names) return names.error();
  NameRow latest = make_row(address, address);
  for (const NameRow& row : **names) {
    if (row.reached_ms > latest.reached_ms) latest = row;
  }
  return latest;
}

// What is durable can be read again.
void WhatsAppCitizens::forget_some() {
  const std::size_t most = std::max({known_.size(), sessions_.size(), taken_.size()});
  if (most < known_max) return;
  std::erase_if(known_, [](const auto& one) { return one.second.durable; });
  sessions_.clear();
  taken_.clear();
  for (const auto& [name, known] : known_) taken_.insert(known.row.address);
}

// --- what changes

void WhatsAppCitizens::note(const NameRow& row, Names& changed) {
  const auto before = known_.find(row.name);
  if (before != known_.end()) {
    const auto session = sessions_.find(before->second.row.address);
    if (session != sessions_.end()) {
      std::erase_if(session->second, [&](const NameRow& one) { return one.name == row.name; });
    }
  }
  known_[row.name] = {row, false};
  pending_.insert(row.name);
  const auto session = sessions_.find(row.address);
  if (session != sessions_.end()) session->second.push_back(row);
  changed.push_back(row);
}

// The name leads to this session from now on. What is so already, and durable, changes nothing.
Result<void> WhatsAppCitizens::lead(const std::string& name, const std::string& address,
                                    std::int64_t reached_ms, Names& changed) {
  const auto row = row_of(name);
  if (!row) return row.error();
  const bool leads = row->address == address;
  if (leads && known_.at(name).durable && reached_ms == 0) return {};
  NameRow next = leads ? *row : make_row(name, address);
  if (reached_ms > 0) next.reached_ms = reached_ms;
  note(next, changed);
  return {};
}

Result<void> WhatsAppCitizens::reach_under(const std::string& name, const std::string& address,
                                           std::int64_t now_ms, Names& changed) {
  const auto before = reached_as(address);
  if (!before) return before.error();
  const bool anew = before->name != name;
  return lead(name, address, anew ? std::max(now_ms, before->reached_ms + 1) : 0, changed);
}

void WhatsAppCitizens::keep(const Names& names) {
  const std::lock_guard lock(mutex_);
  for (const NameRow& row : names) {
    const auto found = known_.find(row.name);
    if (found == known_.end() || found->second.row != row) continue;
    found->second.durable = true;
    pending_.erase(row.name);
  }
}

// It is read again when it is asked for again.
void WhatsAppCitizens::give_up(const Names& names) {
  const std::lock_guard lock(mutex_);
  for (const NameRow& row : names) {
    const auto found = known_.find(row.name);
    if (found == known_.end() || found->second.durable || found->second.row != row) continue;
    known_.erase(found);
    pending_.erase(row.name);
    sessions_.clear();  // rare, and it may have been taken from another
  }
}

// --- whose session it is

// Whether the session is of somebody with another id: then the telephone number has changed hands.
Result<bool> WhatsAppCitizens::is_of_another(const std::string& address,
                                             const std::string& scoped) {
  if (scoped.empty()) return false;
  const auto names = names_of(address);
  if (!names) return names.error();
  bool has_one = has_id(address);
  bool has_this = user_of(address) == scoped;
  for (const NameRow& row : **names) {
    has_one = has_one || has_id(row.name);
    has_this = has_this || user_of(row.name) == scoped;
  }
  return has_one && !has_this;
}

// Of two sessions of one citizen: one under way before one at rest, then the one heard later.
Result<bool> WhatsAppCitizens::is_later(const std::string& a, const std::string& b) {
  const auto one = reader_->session(store_.key_of(a));
  if (!one) return one.error();
  const auto other = reader_->session(store_.key_of(b));
  if (!other) return other.error();
  const auto weight = [](const std::optional<ports::SessionRow>& row) {
    return row ? std::pair(row->due.has_value(), row->journal_last) : std::pair(false, 0ul);
  };
  return weight(*one) > weight(*other);
}

// Of a user whose names lead to these places; an empty one is of a name that is not given.
Result<WhatsAppCitizens::Choice> WhatsAppCitizens::choose(const Place& phone, const Place& scoped,
                                                          const std::string& scoped_id) {
  const bool two = phone.taken && !scoped.address.empty() && scoped.address != phone.address;
  if (!two) {
    const bool by_phone = phone.taken || (!scoped.taken && !phone.address.empty());
    return Choice{by_phone ? phone.address : scoped.address, {}};
  }
  const auto another = is_of_another(phone.address, scoped_id);
  if (!another) return another.error();
  if (*another) return Choice{scoped.address, {}};
  if (!scoped.taken) return Choice{phone.address, {}};
  const auto later = is_later(scoped.address, phone.address);
  if (!later) return later.error();
  if (*later) return Choice{scoped.address, phone.address};
  return Choice{phone.address, scoped.address};
}

// These names lead to the chosen session, and so do those of the one that it takes over.
Result<void> WhatsAppCitizens::lead_all(const std::vector<std::string>& names, const Choice& choice,
                                        std::int64_t now_ms, Names& changed) {
  const auto reached = reach_under(names.front(), choice.address, now_ms, changed);
  if (!reached) return reached;
  std::vector<std::string> others(names.begin() + 1, names.end());
  if (!choice.joined.empty()) {
    const auto theirs = names_of(choice.joined);
    if (!theirs) return theirs.error();
    for (const NameRow& row : **theirs) others.push_back(row.name);
    const auto itself = row_of(choice.joined);
    if (!itself) return itself.error();
    if (itself->address == choice.joined) others.push_back(choice.joined);
  }
  for (const std::string& name : others) {
    if (name == names.front()) continue;
    const auto led = lead(name, choice.address, 0, changed);
    if (!led) return led;
  }
  return {};
}

Result<WhatsAppCitizens::Found> WhatsAppCitizens::find(const std::string& number,
                                                       const WhatsAppUser& user,
                                                       std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  forget_some();
  std::vector<std::string> names;
  Place phone;
  Place scoped;
  for (const auto& [id, place] :
       {std::pair(&user.phone, &phone), std::pair(&user.scoped, &scoped)}) {
    if (id->empty()) continue;
    names.push_back(whatsapp_address(number, *id));
    auto found = place_of(names.back());
    if (!found) return found.error();
    *place = std::move(*found);
  }
  const auto choice = choose(phone, scoped, user.scoped);
  if (!choice) return choice.error();
  Found found{choice->address, {}};
  const auto led = lead_all(names, *choice, now_ms, found.names);
  if (!led) return led.error();
  taken_.insert(found.address);
  return found;
}

// --- who moved

// Where the next owner of a telephone number has their session; the first has the plain address.
Result<std::string> WhatsAppCitizens::free_address(const std::string& name) {
  for (int owner = 2;; ++owner) {
    std::string address = name + "~" + std::to_string(owner);
    const auto taken = is_taken(address);
    if (!taken) return taken.error();
    if (!*taken || owner == owners_max) return address;
  }
}

// Whoever writes from this number next is somebody else. Until they do, the row goes with the
// session of whoever had it.
Result<void> WhatsAppCitizens::free_number(const std::string& name, const std::string& address,
                                           Names& changed) {
  const auto row = row_of(name);
  if (!row) return row.error();
  if (row->address != address) return {};
  const auto next = free_address(name);
  if (!next) return next.error();
  NameRow free = make_row(name, *next);
  free.citizen = store_.key_of(address);
  note(free, changed);
  return {};
}

// Empty: they have none.
Result<std::string> WhatsAppCitizens::session_before(const std::string& number,
                                                     const WhatsAppMove& move) {
  for (const std::string& user : {move.before.scoped, move.before.phone}) {
    if (user.empty()) continue;
    const auto row = row_of(whatsapp_address(number, user));
    if (!row) return row.error();
    const auto session = reader_->session(store_.key_of(row->address));
    if (!session) return session.error();
    if (*session) return row->address;
  }
  return std::string();
}

Result<WhatsAppCitizens::Names> WhatsAppCitizens::move(const std::string& number,
                                                       const WhatsAppMove& move,
                                                       std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  forget_some();
  Names changed;
  const auto address = session_before(number, move);
  if (!address) return address.error();
  // It is told again when an answer was lost; by then the old number may be another's.
  const std::string mark = whatsapp_address(number, "moved/" + move.id);
  const auto marked = row_of(mark);
  if (!marked) return marked.error();
  const bool known = marked->address != mark && known_.at(mark).durable;
  if (address->empty() || known) return changed;
  std::vector<std::string> names;
  for (const std::string& user : {move.after.phone, move.after.scoped}) {
    if (!user.empty()) names.push_back(whatsapp_address(number, user));
  }
  // Whoever keeps their telephone number is still reached under it.
  const auto reached = reached_as(*address);
  if (!reached) return reached.error();
  const bool anew = !move.after.phone.empty() || has_id(reached->name);
  Result<void> done = anew ? lead_all(names, {*address, {}}, now_ms, changed)
                           : lead(names[0], *address, 0, changed);
  const bool left = !move.before.phone.empty() && !move.after.phone.empty() &&
                    move.before.phone != move.after.phone;
  if (done && left) {
    done = free_number(whatsapp_address(number, move.before.phone), *address, changed);
  }
  if (done && left) done = lead(mark, *address, 0, changed);
  if (!done) return done.error();
  return changed;
}

// --- how they are reached

Result<WhatsAppCitizens::Reach> WhatsAppCitizens::reach(const std::string& address) {
  const std::lock_guard lock(mutex_);
  const auto session = reader_->session(store_.key_of(address));
  if (!session) return session.error();
  const auto reached = reached_as(address);
  if (!reached) return reached.error();
  Reach reach{reached->name, *session ? (*session)->wrote_ms : 0};
  if (reached->reached_ms > 0) return reach;
  const auto row = row_of(address);
  if (!row) return row.error();
  if (row->address != address) reach.address.clear();
  return reach;
}

}  // namespace alur::adapters

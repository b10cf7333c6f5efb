// What sockets want: each frame is read, judged by role, and done. Whose conversation it is, the
// desk itself judges.
#include <algorithm>

#include "adapters/desk/desk_floor.hpp"
#include "adapters/desk/sent_file.hpp"
#include "engine/runtime/desk_events.hpp"
#include "engine/value/text.hpp"

namespace alur::adapters {

namespace {

constexpr std::size_t typed_max = 32;  // conversations that a socket types in at once

std::optional<desk::Presence> to_presence(std::string_view text) {
  using enum desk::Presence;
  for (const desk::Presence one : {offline, online, busy, away}) {
    if (to_text(one) == text) return one;
  }
  return std::nullopt;
}

WebTalk::Step end_with(CloseCode code, std::string reason) {
  return {{}, true, {code, std::move(reason)}};
}

std::string refused_frame(std::uint64_t n, std::string_view why) {
  return R"({"is":"refused","n":)" + std::to_string(n) + R"(,"why":)" + quoted(why) + "}";
}

bool has_name(const std::vector<DeskChoice>& choices, const std::string& name) {
  return std::any_of(choices.begin(), choices.end(),
                     [&](const DeskChoice& one) { return one.name == name; });
}

}  // namespace

WebTalk::Step DeskFloor::take(Seat seat, std::string_view frame, bool is_text) {
  const auto found = guests_.find(seat);
  if (found == guests_.end()) return end_with(CloseCode::policy, "signed_out");
  Guest& guest = found->second;
  if (!guest.frames.take(parts_.clock->now().milliseconds)) {
    return end_with(CloseCode::policy, "too many frames");
  }
  if (!is_text) return end_with(CloseCode::no_text, "frames are text here");
  std::uint64_t n = 0;
  std::string why;
  const auto wish = decode_wish(frame, n, why);
  if (!wish) return end_with(CloseCode::policy, why);
  if (!may(guest.who.account.role, action_of(wish->kind))) {
    return {{refused_frame(n, "not_allowed")}, false, {}};
  }
  grant(seat, guest, *wish);
  return {};
}

void DeskFloor::grant(Seat seat, Guest& guest, const Wish& wish) {
  const desk::AgentId me = guest.who.account.agent;
  switch (wish.kind) {
    case Wish::Kind::do_presence:
      return do_presence(seat, guest, wish);
    case Wish::Kind::do_accept:
      return do_apply(seat, wish, desk::Accepted{me, wish.citizen, wish.epoch});
    case Wish::Kind::do_decline:
      return do_apply(seat, wish, desk::Declined{me, wish.citizen, wish.epoch});
    case Wish::Kind::do_say:
      return do_say(seat, guest, wish);
    case Wish::Kind::do_template:
      return do_template(seat, guest, wish);
    case Wish::Kind::do_note:
      return do_note(seat, guest, wish);
    case Wish::Kind::do_typing:
      return do_typing(seat, guest, wish);
    case Wish::Kind::do_transfer:
      return do_transfer(seat, guest, wish);
    case Wish::Kind::do_return:
      return do_return(seat, guest, wish);
    case Wish::Kind::do_close:
      return do_close(seat, guest, wish);
    case Wish::Kind::do_assign:
      return do_assign(seat, guest, wish);
    case Wish::Kind::do_open:
      return do_open(seat, guest, wish);
    case Wish::Kind::do_shut:
      return do_shut(seat, wish);
    case Wish::Kind::do_older:
      return do_older(seat, guest, wish);
    case Wish::Kind::do_ping:
      return do_ping(seat, guest, wish);
  }
}

// --- answers

void DeskFloor::done(Seat seat, std::uint64_t n, std::string_view more) {
  send(seat, R"({"is":"done","n":)" + std::to_string(n) + std::string(more) + "}");
}

void DeskFloor::refused(Seat seat, std::uint64_t n, std::string_view why) {
  send(seat, refused_frame(n, why));
}

void DeskFloor::do_apply(Seat seat, const Wish& wish, desk::What what) {
  const auto applied = keeper_->apply(std::move(what));
  if (applied.refusal) return refused(seat, wish.n, to_word(*applied.refusal));
  done(seat, wish.n);
}

// --- the agent

void DeskFloor::do_presence(Seat seat, const Guest& guest, const Wish& wish) {
  const auto presence = to_presence(wish.presence);
  if (!presence) return refused(seat, wish.n, "unknown");
  desk::PresenceSet set{guest.who.account.agent, *presence, 0};
  if (*presence == desk::Presence::away && !wish.reason.empty()) {
    if (!has_name(settings_.reasons, wish.reason)) return refused(seat, wish.n, "unknown");
    set.reason = value::name_key(wish.reason);
  }
  do_apply(seat, wish, set);
}

// Whoever was signed out elsewhere, or by another program, hears of it within a ping.
void DeskFloor::do_ping(Seat seat, const Guest& guest, const Wish& wish) {
  done(seat, wish.n);
  threads_.book([this, seat, secret = guest.who.secret] {
    const auto found = parts_.accounts->find(secret, parts_.clock->now());
    if (found || found.error() != AccessFault::sign_in) return;
    arrive([this, seat] { end(seat, "signed_out"); });
  });
}

// --- what is said

void DeskFloor::answer_said(Seat seat, const Wish& wish, const runtime::Said& said) {
  if (said.refusal) return refused(seat, wish.n, to_word(*said.refusal));
  if (said.window) return refused(seat, wish.n, to_word(*said.window));
  if (!said.durable) return refused(seat, wish.n, "unavailable");
  const std::optional<LineDelivery> sent =
      said.line.message != 0 ? std::optional(LineDelivery{}) : std::nullopt;
  done(seat, wish.n, R"(,"line":)" + to_json_text(said.line, wish.citizen, names_of(names_), sent));
}

void DeskFloor::do_say(Seat seat, const Guest& guest, const Wish& wish) {
  const std::string_view fault = fault_of_words(seat, wish);
  if (!fault.empty()) return refused(seat, wish.n, fault);
  machine::Shown shown;
  shown.text = wish.text;
  if (!wish.file.empty()) {
    if (!parts_.files) return refused(seat, wish.n, "unavailable");
    const auto file = find_sent_file(*parts_.files, wish.file, guest.who.account.agent,
                                     wish.citizen, parts_.clock->now());
    if (!file) return refused(seat, wish.n, "unknown");
    const std::string_view unfit = fault_of_file(wish.citizen, file->kept.mime);
    if (!unfit.empty()) return refused(seat, wish.n, unfit);
    show_file(*file, shown);
  }
  say(seat, guest, wish, std::move(shown));
}

// In the language in which the conversation was handed over.
void DeskFloor::do_template(Seat seat, const Guest& guest, const Wish& wish) {
  const std::string_view fault = fault_of_words(seat, wish);
  if (!fault.empty()) return refused(seat, wish.n, fault);
  const auto one = std::find_if(templates_.begin(), templates_.end(), [&](const DeskTemplate& its) {
    return its.name == wish.template_name;
  });
  if (one == templates_.end()) return refused(seat, wish.n, "no_template");
  const ShownRow* row = view_.row(wish.citizen);
  say(seat, guest, wish, show_template(*one, row ? row->language : std::string()));
}

// Whether it can be said now, the conversation's own core judges: what was said before under the
// same key is answered for whatever has changed since.
void DeskFloor::say(Seat seat, const Guest& guest, const Wish& wish, machine::Shown shown) {
  const ports::Account& who = guest.who.account;
  runtime::AgentSays says{wish.citizen,  who.agent, wish.epoch,
                          who.full_name, wish.key,  std::move(shown)};
  says.reply_to = wish.reply_to;
  parts_.runtime->agent_says(std::move(says), [this, seat, wish](runtime::Said said) {
    arrive([this, seat, wish, said = std::move(said)] { answer_said(seat, wish, said); });
  });
}

void DeskFloor::do_note(Seat seat, const Guest& guest, const Wish& wish) {
  if (!may_look(guest.who.account, wish.citizen)) return refused(seat, wish.n, "not_allowed");
  const std::string_view fault = fault_of_words(seat, wish);
  if (!fault.empty()) return refused(seat, wish.n, fault);
  runtime::AgentNotes notes{wish.citizen, guest.who.account.agent, guest.who.account.full_name,
                            wish.key, wish.text};
  parts_.runtime->agent_notes(std::move(notes), [this, seat, wish](runtime::Said said) {
    arrive([this, seat, wish, said = std::move(said)] { answer_said(seat, wish, said); });
  });
}

// Empty: they can be said.
std::string_view DeskFloor::fault_of_words(Seat seat, const Wish& wish) {
  if (!guests_.at(seat).says.take(parts_.clock->now().milliseconds)) return "too_many";
  if (wish.kind == Wish::Kind::do_template) return "";
  const bool sends = wish.kind == Wish::Kind::do_say && !wish.file.empty();
  if (wish.text.empty() && !sends) return "unknown";
  const std::size_t length_max = sends ? desk_caption_length_max : desk_text_length_max;
  return value::code_point_length(wish.text) > length_max ? "too_long" : "";
}

void DeskFloor::do_typing(Seat seat, Guest& guest, const Wish& wish) {
  done(seat, wish.n);
  const std::int64_t now = parts_.clock->now().milliseconds;
  if (!may_look(guest.who.account, wish.citizen)) return;
  if (guest.typed.size() >= typed_max) guest.typed.clear();
  std::int64_t& last = guest.typed[wish.citizen];
  if (now - last < typing_ms) return;
  last = now;
  std::vector<Seat> others = view_.seats_at(wish.citizen);
  std::erase(others, seat);
  send(others, R"({"is":"typing","citizen":")" + to_citizen_text(wish.citizen) + R"(","by":)" +
                   quoted(view_.viewer(seat)->name) + "}");
}

// --- handing on

void DeskFloor::do_transfer(Seat seat, const Guest& guest, const Wish& wish) {
  const std::string& queue = wish.to_queue;
  const bool known = queue.empty() || find_queue(queue) != nullptr;
  if (!known || (!queue.empty() && wish.to_agent != 0)) return refused(seat, wish.n, "unknown");
  desk::Transferred transferred{guest.who.account.agent,
                                wish.citizen,
                                wish.epoch,
                                wish.to_agent,
                                queue.empty() ? 0 : value::name_key(queue),
                                wish.note};
  do_apply(seat, wish, std::move(transferred));
}

void DeskFloor::do_return(Seat seat, const Guest& guest, const Wish& wish) {
  const ShownRow* row = view_.row(wish.citizen);
  const bool known = wish.state.empty() || (row && std::find(row->states.begin(), row->states.end(),
                                                             wish.state) != row->states.end());
  if (!known) return refused(seat, wish.n, "unknown");
  do_apply(seat, wish,
           desk::Returned{guest.who.account.agent, wish.citizen, wish.epoch,
                          wish.state.empty() ? 0 : runtime::return_key(wish.state)});
}

void DeskFloor::do_close(Seat seat, const Guest& guest, const Wish& wish) {
  if (!has_name(settings_.codes, wish.code)) return refused(seat, wish.n, "no_code");
  do_apply(
      seat, wish,
      desk::Closed{guest.who.account.agent, wish.citizen, wish.epoch, value::name_key(wish.code)});
}

// Noted before it is done: what cannot be written down is not done.
void DeskFloor::do_assign(Seat seat, const Guest& guest, const Wish& wish) {
  const bool over = wish.overfill;
  if (over && !may(guest.who.account.role, Action::overfill)) {
    return refused(seat, wish.n, "not_allowed");
  }
  threads_.book([this, seat, wish, by = guest.who.account, to = names_->agent(wish.to_agent)] {
    const bool noted =
        parts_.accounts
            ->note(parts_.clock->now(), by.name, Action::assign, wish.citizen, "to " + to)
            .has_value();
    arrive([this, seat, wish, noted, me = by.agent] {
      if (!noted) return refused(seat, wish.n, "unavailable");
      do_apply(seat, wish,
               desk::Assigned{me, wish.citizen, wish.epoch, wish.to_agent, wish.overfill});
    });
  });
}

// --- looking

void DeskFloor::do_open(Seat seat, const Guest& guest, const Wish& wish) {
  const desk::Citizen citizen = wish.citizen;
  if (!may_look(guest.who.account, citizen)) return refused(seat, wish.n, "not_allowed");
  if (view_.looked_at(seat).size() >= looks_max) return refused(seat, wish.n, "too_many");
  if (view_.look(seat, citizen)) {
    keeper_->watch(citizen);
    tell_viewing(citizen);
  }
  threads_.book([this, seat, wish, by = guest.who.account.name] {
    const bool noted =
        parts_.accounts->note(parts_.clock->now(), by, Action::open, wish.citizen).has_value();
    arrive([this, seat, wish, noted] {
      if (noted) return read_opened(seat, wish);
      do_shut_quietly(seat, wish.citizen);
      refused(seat, wish.n, "unavailable");
    });
  });
}

void DeskFloor::read_opened(Seat seat, const Wish& wish) {
  threads_.shelf([this, seat, wish, known = known_of(wish.citizen), names = names_of(names_)] {
    auto page = shelf_.lines(wish.citizen, 0, names);
    auto panel = shelf_.panel(known, wish.citizen, names);
    arrive([this, seat, n = wish.n, page = std::move(page), panel = std::move(panel)] {
      if (!page || !panel) return refused(seat, n, "unavailable");
      done(seat, n,
           R"(,"lines":)" + page->lines + R"(,"more":)" + (page->more ? "true" : "false") +
               R"(,"panel":)" + *panel);
    });
  });
}

void DeskFloor::do_shut(Seat seat, const Wish& wish) {
  do_shut_quietly(seat, wish.citizen);
  done(seat, wish.n);
}

void DeskFloor::do_shut_quietly(Seat seat, desk::Citizen citizen) {
  const auto looks = view_.looked_at(seat);
  if (std::find(looks.begin(), looks.end(), citizen) == looks.end()) return;
  view_.look_away(seat, citizen);
  keeper_->unwatch(citizen);
  tell_viewing(citizen);
}

// Of what was opened, which is in the audit.
void DeskFloor::do_older(Seat seat, const Guest& guest, const Wish& wish) {
  const auto looks = view_.looked_at(seat);
  const bool opened = std::find(looks.begin(), looks.end(), wish.citizen) != looks.end();
  if (!opened || !may_look(guest.who.account, wish.citizen)) {
    return refused(seat, wish.n, "not_allowed");
  }
  threads_.shelf([this, seat, wish, names = names_of(names_)] {
    auto page = shelf_.lines(wish.citizen, wish.before, names);
    arrive([this, seat, n = wish.n, page = std::move(page)] {
      if (!page) return refused(seat, n, "unavailable");
      done(seat, n, R"(,"lines":)" + page->lines + R"(,"more":)" + (page->more ? "true" : "false"));
    });
  });
}

}  // namespace alur::adapters

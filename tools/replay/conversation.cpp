#include "tools/replay/conversation.hpp"

#include <algorithm>

namespace alur::tools {

using machine::Event;
using machine::TimerChange;
using machine::Turn;

namespace {

// A conversation that goes on for longer without stopping is a fault, whatever the program.
constexpr std::size_t turns_max = 100'000;

}  // namespace

struct Conversation::Snapshot {
  std::unique_ptr<ServiceTwin> twin;
  value::Instant now;
  machine::Session session;
  std::array<std::optional<TimerChange>, machine::timer_kind_count> timers;
  std::optional<PendingCall> call;
  std::optional<machine::DeskRequest> handoff;
  std::optional<DeskTwin> desk;
  std::map<Index, KeptAnswer> kept_answers;
  std::optional<value::NameKey> kept_handoff;
  std::map<Index, Index> state_of_flow;
  UnitPlace last_state;
  std::string last_outcome;
  std::size_t said = 0;
  std::size_t turns = 0;
};

Conversation::Conversation(std::shared_ptr<const program::Program> program,
                           ConversationSettings settings, std::unique_ptr<ServiceTwin> twin)
    : program_(std::move(program)),
      settings_(std::move(settings)),
      twin_(std::move(twin)),
      now_(settings_.begins),
      session_(machine::new_session(*program_, settings_.channel, settings_.language)) {}

Conversation::~Conversation() = default;
Conversation::Conversation(Conversation&&) noexcept = default;
Conversation& Conversation::operator=(Conversation&&) noexcept = default;

// --- what happens

void Conversation::hear(const machine::Input& input) {
  Event event;
  event.at = now_;
  event.input = input;
  happen(event);
  settle();
}

bool Conversation::fire_next(value::Instant until) {
  const TimerChange* next = next_timer();
  if (!fault_.empty()) return false;
  if (wake_desk(next ? std::min(next->at, until) : until)) return true;
  if (!next || next->at > until) return false;
  Event event;
  event.kind = Event::Kind::timer_fired;
  event.timer = next->kind;
  event.serial = next->serial;
  now_ = std::max(now_, next->at);
  event.at = now_;
  timers_[static_cast<std::size_t>(next->kind)].reset();
  if (event.timer == machine::TimerKind::call) call_.reset();
  happen(event);
  settle();
  return true;
}

// What is due at the desk until then, before what is due of the machine's.
bool Conversation::wake_desk(value::Instant until) {
  const auto due = desk_ ? desk_->next_due() : std::nullopt;
  if (!due || *due > until) return false;
  now_ = std::max(now_, *due);
  desk_->wake(now_);
  settle();
  return true;
}

void Conversation::advance_to(value::Instant until) {
  while (fire_next(until)) {
  }
  now_ = std::max(now_, until);
}

void Conversation::answered(const ServiceAnswer& answer) {
  Event event;
  event.kind = Event::Kind::answered;
  event.at = now_;
  event.serial = call_->request.serial;
  event.outcome = answer.outcome;
  event.payload = answer.payload;
  call_.reset();
  happen(event);
}

void Conversation::answer_call(const ServiceAnswer& answer) {
  if (!call_) return;
  answered(answer);
  settle();
}

void Conversation::hang_call() {
  if (call_) call_->hangs = true;
}

void Conversation::end_handoff(value::NameKey outcome) {
  if (!handoff_) return;
  Event event;
  event.kind = Event::Kind::handoff_ended;
  event.at = now_;
  event.serial = handoff_->serial;
  event.outcome = outcome;
  handoff_.reset();
  happen(event);
  settle();
}

void Conversation::accept_handoff() {
  if (!handoff_) return;
  Event event;
  event.kind = Event::Kind::handoff_accepted;
  event.at = now_;
  event.serial = handoff_->serial;
  happen(event);
}

std::optional<Denial> Conversation::act(const dsl::AgentActs& acts) {
  if (!desk_) return Denial{"", "no agents are in this conversation"};
  auto denial = desk_->act(acts, session_, now_);
  if (!denial) settle();
  return denial;
}

bool Conversation::act(const dsl::OthersWait& others, std::string& why) {
  if (!desk_) why = "no agents are in this conversation";
  const bool done = desk_ && desk_->act(others, now_, why);
  if (done) settle();
  return done;
}

void Conversation::settle() {
  while (fault_.empty() && (settle_call() || settle_handoff() || settle_desk())) {
  }
}

bool Conversation::settle_call() {
  if (!call_ || call_->hangs) return false;
  const Index service = call_->request.service;
  const auto kept = kept_answers_.find(service);
  if (kept != kept_answers_.end()) {
    call_->hangs = kept->second.hangs;
    if (!call_->hangs) answered(kept->second.answer);
    return !call_ || !call_->hangs;
  }
  if (left_open_.count(service) > 0) return false;
  const ServiceCall call{*program_, program_->app().services[service], call_->request.arguments,
                         now_};
  const std::optional<ServiceAnswer> answer = twin_ ? twin_->answer(call) : std::nullopt;
  call_->unanswered = !answer;
  if (answer) answered(*answer);
  return answer.has_value();
}

bool Conversation::settle_handoff() {
  if (!handoff_ || !kept_handoff_) return false;
  const value::NameKey outcome = *kept_handoff_;
  kept_handoff_.reset();
  end_handoff(outcome);
  return true;
}

bool Conversation::settle_desk() {
  const auto event = desk_ ? desk_->take_event(session_, now_) : std::nullopt;
  if (!event) return false;
  if (event->kind == Event::Kind::handoff_ended) handoff_.reset();
  happen(*event);
  return true;
}

void Conversation::happen(const Event& event) {
  Turn turn = machine::turn(*program_, std::move(session_), event, settings_.tracing);
  if (settings_.observe) settings_.observe(turn);
  take(turn);
  if (settings_.through_bytes) pass_through_bytes();
  if (turns_.size() > turns_max) fault_ = "the conversation goes on without an end";
}

void Conversation::take(Turn& turn) {
  note_journal(turn);
  session_ = std::move(turn.session);
  for (const TimerChange& change : turn.timers) {
    std::optional<TimerChange>& timer = timers_[static_cast<std::size_t>(change.kind)];
    if (change.armed) {
      timer = change;
    } else {
      timer.reset();
    }
  }
  if (session_.rest != machine::Rest::call) call_.reset();
  if (session_.rest != machine::Rest::handoff) handoff_.reset();
  for (machine::CallRequest& request : turn.calls) call_ = PendingCall{std::move(request)};
  for (machine::DeskRequest& request : turn.desk) {
    if (desk_) desk_->take(request, now_);
    if (request.kind == machine::DeskRequest::Kind::request) handoff_ = std::move(request);
  }
  turns_.push_back({now_, said_.size(), std::move(turn.journal), std::move(turn.trace)});
  for (machine::Message& message : turn.messages) {
    said_.push_back({std::move(message), turns_.size() - 1});
  }
}

void Conversation::note_journal(const Turn& turn) {
  using Kind = machine::JournalEntry::Kind;
  for (const machine::JournalEntry& entry : turn.journal) {
    const program::Unit& unit = program_->unit(entry.unit);
    if (entry.kind == Kind::entered) {
      state_of_flow_[entry.unit] = entry.index;
      last_state_ = {entry.unit, entry.index};
    } else if (entry.kind == Kind::left) {
      last_outcome_ = unit.outcomes_declared[entry.index].name;
    } else if (entry.kind == Kind::returned) {
      last_outcome_ = unit.outcomes[entry.index].name;
    }
  }
}

void Conversation::pass_through_bytes() {
  std::string bytes;
  machine::encode_session(*program_, session_, bytes);
  auto session = machine::decode_session(*program_, bytes);
  if (!session) {
    fault_ = "the session's bytes give no session back";
    return;
  }
  session_ = std::move(*session);
}

// --- what is

std::optional<Index> Conversation::unanswered_service() const {
  if (!call_ || !call_->unanswered || call_->hangs) return std::nullopt;
  return call_->request.service;
}

std::size_t Conversation::timer_count() const {
  return static_cast<std::size_t>(
      std::count_if(timers_.begin(), timers_.end(), [](const auto& timer) { return timer; }));
}

const TimerChange* Conversation::next_timer() const {
  const TimerChange* next = nullptr;
  for (const std::optional<TimerChange>& timer : timers_) {
    if (timer && (!next || timer->at < next->at)) next = &*timer;
  }
  return next;
}

std::optional<value::Instant> Conversation::next_due() const {
  auto due = desk_ ? desk_->next_due() : std::nullopt;
  const TimerChange* timer = next_timer();
  if (timer && (!due || timer->at < *due)) due = timer->at;
  return due;
}

UnitPlace Conversation::state() const {
  if (!session_.active()) return last_state_;
  const Index unit = session_.frames.back().unit;
  const auto state = state_of_flow_.find(unit);
  return state == state_of_flow_.end() ? UnitPlace{} : UnitPlace{unit, state->second};
}

// --- going back

std::shared_ptr<const Conversation::Snapshot> Conversation::snapshot() const {
  auto kept = std::make_shared<Snapshot>();
  kept->twin = twin_ ? twin_->clone() : nullptr;
  kept->now = now_;
  kept->session = session_;
  kept->timers = timers_;
  kept->call = call_;
  kept->handoff = handoff_;
  kept->desk = desk_;
  kept->kept_answers = kept_answers_;
  kept->kept_handoff = kept_handoff_;
  kept->state_of_flow = state_of_flow_;
  kept->last_state = last_state_;
  kept->last_outcome = last_outcome_;
  kept->said = said_.size();
  kept->turns = turns_.size();
  return kept;
}

void Conversation::restore(const Snapshot& kept) {
  twin_ = kept.twin ? kept.twin->clone() : nullptr;
  now_ = kept.now;
  session_ = kept.session;
  timers_ = kept.timers;
  call_ = kept.call;
  handoff_ = kept.handoff;
  desk_ = kept.desk;
  kept_answers_ = kept.kept_answers;
  kept_handoff_ = kept.kept_handoff;
  state_of_flow_ = kept.state_of_flow;
  last_state_ = kept.last_state;
  last_outcome_ = kept.last_outcome;
  said_.erase(said_.begin() + static_cast<std::ptrdiff_t>(kept.said), said_.end());
  turns_.erase(turns_.begin() + static_cast<std::ptrdiff_t>(kept.turns), turns_.end());
  fault_.clear();
}

}  // namespace alur::tools

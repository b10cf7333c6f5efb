#include "adapters/tickets/ticket_service.hpp"

#include "adapters/tickets/ticket_row.hpp"

namespace alur::adapters {

using ports::Answer;
using ports::Fault;
using ports::Result;
using ports::TicketBy;
using ports::TicketRow;

namespace {

// An answer that the app's declarations do not allow is none.
Result<Answer> checked(const program::Service& service, const TicketAnswer& answer) {
  for (const program::ServiceOutcome& declared : service.outcomes) {
    if (declared.name != answer.outcome) continue;
    const bool fits = declared.payload ? !value::conforms(answer.payload, *declared.payload)
                                       : !answer.payload.is_set();
    if (fits) return Answer{declared.key, answer.payload};
  }
  return Fault::unreadable;
}

std::string text_of(const value::Value& value) {
  return value.is(value::Kind::text) ? value.text() : std::string();
}

}  // namespace

Result<std::unique_ptr<TicketService>> TicketService::open(ports::Store& store, Commit commit,
                                                           ports::Files* files) {
  auto reader = store.reader();
  if (!reader) return reader.error();
  const auto last = (*reader)->last_ticket();
  if (!last) return last.error();
  return std::unique_ptr<TicketService>(
      new TicketService(std::move(*reader), *last, std::move(commit), files));
}

TicketService::TicketService(std::unique_ptr<ports::StoreReader> reader, std::uint64_t last,
                             Commit commit, ports::Files* files)
    : commit_(std::move(commit)), files_(files), reader_(std::move(reader)), last_(last) {
  thread_ = std::thread([this] { run(); });
}

TicketService::~TicketService() {
  stop();
}

void TicketService::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool TicketService::answers(std::string_view name) const {
  return name == "ticket.open" || name == "ticket.status";
}

std::optional<Answer> TicketService::answer_now(const ports::Call& call) {
  if (call.service.name != "ticket.status") return std::nullopt;
  const std::string name = ticket_name(text_of(call.argument("number")));
  const std::lock_guard lock(reading_);
  const auto row = reader_->find_ticket(TicketBy::name, name);
  const Answer none{value::name_key("unavailable"), {}};
  if (!row) return none;
  std::optional<Ticket> ticket;
  if (*row) ticket = to_ticket(**row);
  const auto answer = checked(call.service, progress_of(call.service, ticket ? &*ticket : nullptr,
                                                        text_of(call.argument("phone"))));
  return answer ? *answer : none;
}

void TicketService::ask(const ports::Call& call, std::function<void(Result<Answer>)> done) {
  if (call.service.name != "ticket.open") return done(Fault::refused);
  Asked asked;
  asked.service = call.service;
  asked.key = call.key;
  asked.now = call.now;
  asked.today = call.program.zone().to_local(call.now).date;
  if (const auto* office = office_hours(call.program.app())) asked.office = *office;
  for (const machine::NamedValue& argument : call.arguments) {
    asked.fields.push_back({argument.name, argument.value});
  }
  asked.done = std::move(done);
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(asked));
  }
  changed_.notify_one();
}

void TicketService::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    Asked asked = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    const Result<Answer> answer = open_one(asked);
    lock.lock();
    if (stopping_) return;
    asked.done(answer);
  }
}

// What a ticket names is there from now on. A file that is not (its folder was lost, for instance)
// loses its reference, so that whoever reads the ticket is told.
void TicketService::hold_files(std::vector<TicketField>& fields, value::Instant now) const {
  for (TicketField& field : fields) {
    if (!field.value.is(value::Kind::media)) continue;
    const value::Media& media = field.value.media();
    if (!ports::parse_reference(media.source)) continue;
    if (files_ && files_->hold(media.source, now)) continue;
    value::Media bare = media;
    bare.source.clear();
    field.value = value::Value(std::move(bare));
  }
}

// Numbers are given out by this thread alone: one that was not committed is given out again.
Result<Answer> TicketService::open_one(Asked& asked) {
  hold_files(asked.fields, asked.now);
  const std::string body = encode_fields(asked.fields);
  for (const TicketBy by : {TicketBy::call, TicketBy::body}) {
    const bool by_call = by == TicketBy::call;
    const std::lock_guard lock(reading_);
    const auto before = reader_->find_ticket(by, by_call ? asked.key : body);
    if (!before) return before.error();
    if (!*before) continue;
    return checked(asked.service,
                   receipt_of(asked.service, by_call ? "opened" : "already", to_ticket(**before)));
  }
  const value::OpeningHours* office = asked.office ? &*asked.office : nullptr;
  const Ticket ticket = make_ticket(last_ + 1, asked.today, office, asked.fields);
  const TicketRow row{last_ + 1, ticket.number,      ticket_name(ticket.number),
                      asked.key, ticket.opened.days, ticket.due.days,
                      body};
  const Result<void> durable = commit_(ports::TicketChange{row});
  if (!durable) return durable.error();
  ++last_;
  return checked(asked.service, receipt_of(asked.service, "opened", ticket));
}

}  // namespace alur::adapters

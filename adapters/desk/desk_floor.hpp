// DeskFloor: the desk as those who are connected to it live it: what the runtime says of the desk
// becomes what each socket is shown, and what a socket wants is done. By the thread of one loop,
// but where it says otherwise; what takes a disk is done elsewhere and comes back to it.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/desk/accounts.hpp"
#include "adapters/desk/desk_lines.hpp"
#include "adapters/desk/desk_queue.hpp"
#include "adapters/desk/desk_settings.hpp"
#include "adapters/desk/desk_shelf.hpp"
#include "adapters/desk/desk_templates.hpp"
#include "adapters/desk/desk_view.hpp"
#include "adapters/desk/desk_words.hpp"
#include "adapters/desk/wish.hpp"
#include "adapters/http/allowance.hpp"
#include "adapters/http/web_line.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/files.hpp"
#include "engine/runtime/runtime.hpp"

namespace alur::adapters {

using Work = std::function<void()>;

// Where things are done. Each takes work from any thread, and does it in order.
struct DeskThreads {
  std::function<void(Work)> loop;   // the floor's own
  std::function<void(Work)> book;   // asks the book of accounts
  std::function<void(Work)> shelf;  // reads the store, one after another
};

struct DeskParts {
  runtime::Runtime* runtime = nullptr;
  ports::Store* store = nullptr;
  ports::Staff* staff = nullptr;
  Accounts* accounts = nullptr;
  const ports::Clock* clock = nullptr;
  ports::Files* files = nullptr;
  FindTickets find_tickets = nullptr;  // null: there are none
  FindTicketOwner find_ticket_owner = nullptr;
};

// What keys stand for, as of now; never changed once it is made.
struct NameTable {
  std::map<desk::AgentId, ports::Account> accounts;
  std::map<desk::NameKey, std::string> names;  // of queues, codes and reasons

  std::string agent(desk::AgentId id) const;
  std::string name(desk::NameKey key) const;
};

DeskNames names_of(std::shared_ptr<const NameTable> table);

// `me` of the protocol.
std::string me_text(const ports::Account& account);

class DeskFloor : public runtime::DeskWatcher {
 public:
  static constexpr std::int64_t typing_ms = 2'000;
  static constexpr std::size_t looks_max = 64;  // conversations that a socket has open at once

  DeskFloor(DeskParts parts, DeskSettings settings, DeskThreads threads);

  // Watches the runtime's desk from now on; the accounts are those of the book. False: it cannot be
  // read. Before anybody comes.
  bool start();
  // No more is told.
  void stop();
  // Once a second: what was gathered goes out.
  void tick();
  // The app that is current has these queues. From any thread.
  void set_queues(std::vector<DeskQueue> queues);
  // And these templates, for those who are connected, too. From any thread.
  void set_templates(std::vector<DeskTemplate> templates);

  // --- sockets
  Seat sit(Entered who, const std::shared_ptr<WebLine>& line);
  WebTalk::Step take(Seat seat, std::string_view frame, bool is_text);
  void rise(Seat seat);
  std::size_t seated() const { return guests_.size(); }
  // Those of this cookie, or of this account.
  void end_sign_in(const std::string& secret, std::string_view why);
  void end_account(desk::AgentId agent, std::string_view why);

  // --- for requests; by the loop's thread
  // Whether somebody may look at this conversation now.
  bool may_look(const ports::Account& who, desk::Citizen citizen) const;
  bool owns(const ports::Account& who, desk::Citizen citizen) const;
  // Why a file of this type cannot be sent there: the channel shows none, or none of this type.
  // Empty: it can.
  std::string_view fault_of_file(desk::Citizen citizen, std::string_view mime) const;
  struct Search {
    std::string text;
    std::string queue;
    std::string owner;
    std::string channel;
    std::string only;  // "window_shut", "at_risk"; empty: all
    desk::AgentId agent = 0;
    std::string before;
  };
  // False: this account has searched too much just now.
  bool may_search(const ports::Account& who);
  // What this account may find, but for the words, as it is shown: those at the desk first, then
  // the latest. `owner`: of the ticket that has the text for its number, if there is one.
  std::vector<Searched> searched(const ports::Account& who, const Search& search,
                                 const std::optional<TicketOwner>& owner) const;
  // What stands in the fields that were handed over, where this account is shown them.
  struct FoundField {
    std::string name;
    std::string text;
  };
  std::optional<FoundField> found_field(desk::Citizen citizen, const SoughtWords& words) const;
  DeskWords& words() { return words_; }  // by the shelf's thread
  std::string row_text(desk::Citizen citizen) const;
  std::string address_of(desk::Citizen citizen) const;
  std::shared_ptr<const NameTable> names() const { return names_; }
  // The book has changed: it is read again, and whoever lost their account is signed out. From any
  // thread.
  void accounts_changed();
  void replies_changed();
  DeskShelf::Known known_of(desk::Citizen citizen) const;

  // --- runtime::DeskWatcher; from any thread
  void told(const desk::Desk& desk, const desk::What& what,
            std::span<const desk::Effect> effects) override;
  void said(ports::CitizenKey citizen, const std::vector<runtime::Line>& lines,
            std::int64_t wrote_ms) override;
  void delivered(ports::CitizenKey citizen, std::uint64_t line, ports::Delivery state,
                 const std::string& reason) override;

 private:
  struct Guest {
    Entered who;
    std::weak_ptr<WebLine> line;
    Allowance frames;
    Allowance says;
    std::map<desk::Citizen, std::int64_t> typed = {};
  };
  // A conversation as the desk had it at one moment.
  struct Seen {
    desk::Conversation is;
    desk::Units weight = 0;
    desk::Standing standing;
  };
  struct SeenAgent {
    desk::Agent is;
    desk::Load load;
    desk::Units capacity = 0;
  };
  struct SeenAll {
    std::vector<Seen> conversations;
    std::vector<desk::Citizen> forgotten;
    std::vector<SeenAgent> agents;
    std::vector<desk::AgentId> gone;
    std::vector<desk::Effect> effects;
  };
  // What is known of a conversation beside what the desk knows.
  struct Beside {
    std::optional<runtime::DeskMatter> matter;
    ShownLast last;
    std::uint32_t unanswered = 0;
    std::int64_t wrote_ms = 0;  // as their channel counts; 0: not known, or it does not
    bool was_read = false;      // what the store knew of it
    std::uint64_t told = 0;     // how often something was said in it
  };

  // desk_watch.cpp
  static void see(const desk::Desk& desk, desk::Citizen citizen, SeenAll& all);
  static void see_agent(const desk::Desk& desk, desk::AgentId agent, SeenAll& all);
  void arrive(Work work);
  void show(const SeenAll& all);
  void show(const Seen& seen, std::string_view why);
  void show(const SeenAgent& seen);
  void show_effect(const desk::Effect& effect);
  void show_queues();
  void show_again(desk::Citizen citizen);
  ShownRow row_of(const Seen& seen, const Beside& beside) const;
  const DeskQueue* find_queue(std::string_view name) const;  // null: the app has none
  bool is_cleared(const ShownRow& row) const;
  Searched searched_of(const ShownRow& row) const;
  Beside& beside(desk::Citizen citizen);
  void read_latest(desk::Citizen citizen);
  void show_lines(desk::Citizen citizen, const std::vector<runtime::Line>& lines,
                  std::int64_t wrote_ms);
  void turn_away_lookers(desk::Citizen citizen);
  void sweep();
  void forget();

  // desk_seats.cpp
  Viewer viewer_of(const ports::Account& account) const;
  std::string hello(Seat seat, const Guest& guest) const;
  void send(const std::vector<Shown>& all);
  void send(Seat seat, std::string frame);
  void send(const std::vector<Seat>& seats, std::string frame);
  void tell_viewing(desk::Citizen citizen);
  void end(Seat seat, std::string_view why);
  void take_accounts(std::vector<ports::Account> accounts);
  void take_replies(const std::vector<ports::ReplyRow>& rows);
  void rename();

  // desk_wishes.cpp
  void grant(Seat seat, Guest& guest, const Wish& wish);
  void do_apply(Seat seat, const Wish& wish, desk::What what);
  void do_presence(Seat seat, const Guest& guest, const Wish& wish);
  void do_say(Seat seat, const Guest& guest, const Wish& wish);
  void do_template(Seat seat, const Guest& guest, const Wish& wish);
  void do_note(Seat seat, const Guest& guest, const Wish& wish);
  void do_transfer(Seat seat, const Guest& guest, const Wish& wish);
  void do_return(Seat seat, const Guest& guest, const Wish& wish);
  void do_close(Seat seat, const Guest& guest, const Wish& wish);
  void do_assign(Seat seat, const Guest& guest, const Wish& wish);
  void do_open(Seat seat, const Guest& guest, const Wish& wish);
  void read_opened(Seat seat, const Wish& wish);
  void do_shut(Seat seat, const Wish& wish);
  void do_shut_quietly(Seat seat, desk::Citizen citizen);
  void do_older(Seat seat, const Guest& guest, const Wish& wish);
  void do_typing(Seat seat, Guest& guest, const Wish& wish);
  void do_ping(Seat seat, const Guest& guest, const Wish& wish);
  void done(Seat seat, std::uint64_t n, std::string_view more = {});
  void refused(Seat seat, std::uint64_t n, std::string_view why);
  std::string_view fault_of_words(Seat seat, const Wish& wish);
  void say(Seat seat, const Guest& guest, const Wish& wish, machine::Shown shown);
  void answer_said(Seat seat, const Wish& wish, const runtime::Said& said);

  DeskParts parts_;
  DeskSettings settings_;
  DeskThreads threads_;
  runtime::DeskKeeper* keeper_ = nullptr;
  DeskView view_;
  DeskShelf shelf_;  // by the shelf's thread
  DeskWords words_;  // by the shelf's thread
  std::unordered_map<Seat, Guest> guests_;
  std::unordered_map<desk::Citizen, Beside> beside_;
  std::unordered_map<desk::Citizen, Seen> seen_;
  std::vector<DeskQueue> queues_;
  std::vector<DeskTemplate> templates_;
  std::shared_ptr<const NameTable> names_ = std::make_shared<NameTable>();
  std::string replies_ = "[]";  // in JSON
  std::map<desk::AgentId, Allowance> searches_;
  Seat last_seat_ = 0;
  std::uint64_t ticks_ = 0;
  std::atomic<bool> stopped_ = false;
};

}  // namespace alur::adapters

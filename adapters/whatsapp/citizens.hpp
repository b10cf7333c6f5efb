// WhatsAppCitizens: who a message is from. A citizen has a telephone number, an id of WhatsApp's or
// both, and each may come, go, change, and in time be somebody else's: this keeps which session is
// theirs, and under which name they are reached now. docs/decisions/0036 has the rules.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "adapters/whatsapp/webhook.hpp"
#include "engine/ports/store.hpp"

namespace alur::adapters {

// "whatsapp:<phone_number_id>/<user>"
std::string whatsapp_address(std::string_view number, std::string_view user);

// From any thread.
class WhatsAppCitizens {
 public:
  using Names = std::vector<ports::NameRow>;

  // The store must outlive it; the reader is its own.
  WhatsAppCitizens(const ports::Store& store, std::unique_ptr<ports::StoreReader> reader);

  struct Found {
    std::string address;  // of the session
    Names names;          // to be committed with the turn
  };
  // Whose session a message of this user belongs to.
  ports::Result<Found> find(const std::string& number, const WhatsAppUser& user,
                            std::int64_t now_ms);
  // What is to be committed when a telephone number or an id was exchanged; nothing for whoever
  // has no session. Their session goes on under the new name, and the old number is free.
  ports::Result<Names> move(const std::string& number, const WhatsAppMove& move,
                            std::int64_t now_ms);
  // What find() and move() gave is durable, or could not be made so.
  void keep(const Names& names);
  void give_up(const Names& names);

  struct Reach {
    std::string address;        // where messages to them go; empty: the name is somebody else's now
    std::int64_t wrote_ms = 0;  // when they wrote last; 0: never
  };
  // Of the citizen whose session has this address.
  ports::Result<Reach> reach(const std::string& address);

 private:
  static constexpr std::size_t known_max = 50'000;

  // What is kept of a name, or will be; without a row it leads to itself.
  struct Known {
    ports::NameRow row;
    bool durable = false;
  };
  // Where a name leads to.
  struct Place {
    std::string address;
    bool taken = false;  // somebody has a session there, or is about to
  };
  struct Choice {
    std::string address;
    std::string joined;  // the other session, where two turned out to be one citizen's
  };

  ports::Result<ports::NameRow> row_of(const std::string& name);
  ports::Result<Names*> names_of(const std::string& address);
  ports::Result<ports::NameRow> reached_as(const std::string& address);
  ports::Result<bool> is_taken(const std::string& address);
  ports::Result<Place> place_of(const std::string& name);
  ports::Result<std::string> free_address(const std::string& name);
  ports::NameRow make_row(const std::string& name, const std::string& address) const;
  void forget_some();

  void note(const ports::NameRow& row, Names& changed);
  ports::Result<void> lead(const std::string& name, const std::string& address,
                           std::int64_t reached_ms, Names& changed);
  ports::Result<void> lead_all(const std::vector<std::string>& names, const Choice& choice,
                               std::int64_t now_ms, Names& changed);
  ports::Result<void> reach_under(const std::string& name, const std::string& address,
                                  std::int64_t now_ms, Names& changed);

  ports::Result<bool> is_of_another(const std::string& address, const std::string& scoped);
  ports::Result<bool> is_later(const std::string& a, const std::string& b);
  ports::Result<Choice> choose(const Place& phone, const Place& scoped,
                               const std::string& scoped_id);
  ports::Result<std::string> session_before(const std::string& number, const WhatsAppMove& move);
  ports::Result<void> free_number(const std::string& name, const std::string& address,
                                  Names& changed);

  const ports::Store& store_;
  std::mutex mutex_;
  std::unique_ptr<ports::StoreReader> reader_;
  std::unordered_map<std::string, Known> known_;     // by name
  std::unordered_map<std::string, Names> sessions_;  // by address: all names that lead there
  std::unordered_set<std::string> pending_;          // names that are not durable yet
  std::unordered_set<std::string> taken_;            // addresses
};

}  // namespace alur::adapters

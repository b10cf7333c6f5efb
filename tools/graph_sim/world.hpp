// World: Meta's side of WhatsApp, and the citizens' phones, without a clock, a socket or chance of
// its own: times are milliseconds that are given, chance comes from a seed.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tools/graph_sim/media_shelf.hpp"
#include "tools/graph_sim/message_rules.hpp"
#include "tools/graph_sim/webhook_body.hpp"

namespace alur::graph_sim {

// Chances from 0 to 1, drawn anew for each message or webhook.
struct Faults {
  double refuse = 0;       // a send is answered with an error of the server's, and not taken
  double lose_answer = 0;  // a send is taken, and the connection closed without an answer
  double fail = 0;         // a message that was taken never arrives, and a status says so
  double duplicate = 0;    // a webhook comes twice
  double shuffle = 0;      // a webhook comes late, by up to two seconds
  double media = 0;        // media that is asked for is answered with an error of the server's
  int slow_ms = 0;         // each send is answered after so long
};

// The secrets are no secrets: what is played here is heard on this machine only.
struct SimSettings {
  std::vector<SimNumber> numbers{SimNumber{}};
  std::string app_secret = "the-secret-of-an-app-that-is-played";
  std::string verify_token = "the-verify-token-of-a-played-handshake";
  Templates templates;
  Faults faults;
  std::uint64_t seed = 157;
  bool rates = true;  // a number's and a pair's, else as fast as one likes
  double number_rate = 80;
  bool legacy_codes = false;    // what is too fast is answered with 429, as it once was
  std::size_t updates_max = 1;  // of one webhook
  int arrives_ms = 40;          // after it was taken
  int read_ms = 400;            // after that; 0: phones do not say what they read
};

// A message on a phone's screen.
struct PhoneMessage {
  std::uint64_t count = 0;  // in the order in which the phone has them, from 1 on
  bool from_citizen = false;
  std::string id;            // wamid
  boost::json::object body;  // as it was sent
};

struct Phone {
  std::string digits;
  std::string name;
  std::string user_id;  // empty: it has none yet
  bool hides_number = false;
  std::vector<PhoneMessage> thread;
  std::map<std::size_t, std::int64_t> wrote_at;  // by the business's number: the last time
  std::int64_t typing_until = 0;                 // dots are seen
  std::uint64_t read_up_to = 0;                  // of the citizen's messages: blue ticks
};

struct Counts {
  std::uint64_t taken = 0;
  std::uint64_t refused = 0;
  std::uint64_t too_fast = 0;
  std::uint64_t lost_answers = 0;
  std::uint64_t failed = 0;   // later
  std::uint64_t said = 0;     // by phones
  std::uint64_t updates = 0;  // that webhooks told, once each
  std::uint64_t webhooks = 0;
  std::uint64_t repeats = 0;  // of webhooks that were not answered with 200
};

class World {
 public:
  explicit World(SimSettings settings);

  // --- the Graph API
  struct Request {
    std::string method;
    std::string path;  // without the query
    std::string token;
    std::string content_type;
    std::string body;
  };
  struct Answer {
    int http = 200;
    std::string body;
    std::string type = "application/json";
    bool lost = false;  // the connection is closed instead
    int wait_ms = 0;
    bool empty = false;  // there is nothing new: whoever waits for something may ask again
  };
  Answer ask(const Request& request, std::int64_t now, const std::string& origin);

  // --- phones
  Phone& phone(const std::string& digits);
  // `message` has its type and content, and a context perhaps. Gives its id.
  std::string say(const std::string& digits, std::size_t number, boost::json::object message,
                  std::int64_t now);
  // A button or row of a message that the phone has, by its title or its position from 1 on.
  // Nothing: it has none of that.
  std::optional<std::string> tap(const std::string& digits, std::size_t number,
                                 std::string_view message, std::string_view choice,
                                 std::int64_t now);
  // Keeps a file that a phone sends, and gives what a message says of it.
  boost::json::object shelve(std::string mime, std::string bytes, std::int64_t now);
  // The citizen goes on under another number, or Meta names them anew; the business is told.
  void change_number(const std::string& digits, const std::string& to, std::size_t number,
                     std::int64_t now);
  void change_user_id(const std::string& digits, const std::string& to, std::size_t number,
                      std::int64_t now);

  // --- webhooks
  struct Webhook {
    std::string body;
    std::string signature;
    std::int64_t since = 0;  // when the first of its updates was due
    int attempts = 0;
  };
  std::optional<Webhook> take_webhook(std::int64_t now);
  // It was not answered with 200: again, later each time.
  void give_back(Webhook webhook, std::int64_t now);
  // When take_webhook() gives something next; nothing: when something else happens.
  std::optional<std::int64_t> next_due() const;
  // What a developer wants to see arrive, whatever it is.
  void tell(Update update, std::int64_t due);

  const SimSettings& settings() const { return settings_; }
  SimSettings& settings() { return settings_; }
  const Counts& counts() const { return counts_; }

 private:
  struct Bucket {
    double tokens = 0;
    std::int64_t at = 0;
  };

  Answer refuse(const GraphFault& fault);
  Answer send(std::size_t number, const boost::json::object& body, std::int64_t now);
  Answer mark_read(const boost::json::object& body, std::int64_t now);
  Answer accept(std::size_t number, const std::string& to, bool by_user_id,
                const boost::json::object& body, std::int64_t now);
  Answer media(const Request& request, std::size_t number, std::int64_t now);
  Answer look_at_media(const Request& request, const std::string& id, std::int64_t now,
                       const std::string& origin);
  Refusal too_fast(std::size_t number, const std::string& to, std::int64_t now);
  static bool take(Bucket& bucket, double rate, double most, std::int64_t now);
  void tell_fate(std::size_t number, Phone& owner, const std::string& id,
                 const boost::json::object& body, std::int64_t now);
  void tell_status(std::size_t number, const Phone& phone, const std::string& id,
                   std::string_view status, const boost::json::object& body, std::int64_t due);
  boost::json::object contact_of(const Phone& phone) const;
  std::string next_id();
  bool chance(double of);
  std::optional<std::size_t> find_number(std::string_view id) const;

  SimSettings settings_;
  std::mt19937_64 random_;
  Counts counts_;
  std::uint64_t ids_ = 0;
  std::unordered_map<std::string, Phone> phones_;
  std::unordered_map<std::string, std::string> by_user_id_;
  struct Heard {
    std::string phone;
    std::uint64_t count = 0;
  };
  std::unordered_map<std::string, Heard> heard_;  // what citizens wrote, by id
  std::unordered_map<std::string, Bucket> pairs_;
  std::vector<Bucket> rates_;
  MediaShelf shelf_;
  std::multimap<std::int64_t, Update> due_;
  std::multimap<std::int64_t, Webhook> again_;
};

}  // namespace alur::graph_sim

// A service with citizens and people who serve them, all outside of it: `alur serve` as a process
// that ends itself at the n-th call by which it changes a file or says something, and what the
// others want of it. Each deed is done when it can be seen to be durable, and may be begun again.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/value/civil_time.hpp"
#include "tests/adapters/desk/desk_page.hpp"
#include "tests/crash/crash_point.hpp"
#include "tests/crash/http_line.hpp"
#include "tests/crash/served.hpp"

namespace alur::tests {

// A store in which those who serve are signed in: made once, and copied for each run.
class DeskTemplate {
 public:
  explicit DeskTemplate(std::filesystem::path folder);
  std::string store() const { return (folder_ / "store.db").string(); }
  // As the desk's protocol names this citizen, and the cookie of this account.
  const std::string& citizen(const std::string& who) const { return citizens_.at(who); }
  const std::string& secret(const std::string& name) const { return secrets_.at(name); }
  void copy_to(const std::filesystem::path& folder) const;

 private:
  std::filesystem::path folder_;
  std::map<std::string, std::string> citizens_;
  std::map<std::string, std::string> secrets_;
};

std::vector<std::string> citizens_of_town();

class DeskTown {
 public:
  // A connection is gone: the service has ended, or the clock was moved. To be begun again.
  struct Broken {};
  // What was to be seen was not, for longer than anything takes.
  struct Stuck {
    std::string what;
  };

  DeskTown(const DeskTemplate& model, std::filesystem::path folder);
  ~DeskTown();

  // --- the service
  // Ends before its call of this number; 0: never. False: it has ended before it served.
  bool start(std::uint64_t end_at);
  bool has_ended() const { return point_->ended_at != CrashPoint::Call::none; }
  CrashPoint::Call ended_at() const { return point_->ended_at; }
  std::uint64_t calls() const { return point_->calls; }
  void bury();  // what is left of an ended one
  int stop();
  std::string store() const { return (folder_ / "store.db").string(); }
  const DeskTemplate& model() const { return model_; }
  // Time passes, for it alone. Connections that were silent are cut; whoever is there comes again.
  void pass_ms(std::int64_t ms);
  value::Instant now() const;  // as the service has it
  // All who should be there are.
  void gather();
  // Every connection is opened anew when it is next used.
  void disconnect();

  // --- citizens
  // Says it, at most once however often it is called.
  void say(const std::string& who, const std::string& text, const std::string& id);
  void say_all(const std::vector<std::string>& whom, const std::string& text,
               const std::string& id);
  void hear(const std::string& who, const std::string& text, int times = 1);
  // What has come to this citizen, each once, in order.
  const std::vector<std::string>& heard(const std::string& who) { return heard_[who]; }
  int count(const std::string& who, const std::string& text);
  std::uint64_t again() const { return again_; }
  // Looks again and again for a while, and fails then.
  class Patience {
   public:
    explicit Patience(std::string what);
    // `told`: what was seen instead.
    void wait(const std::string& told = {});

   private:
    std::string what_;
    std::int64_t until_ms_ = 0;
  };
  // Takes what has come by now, and says that what came before was taken; how many came.
  std::size_t fetch(const std::string& who);
  // Takes all that is left, and says so.
  void hear_out(const std::string& who);

  // --- people
  void come(const std::string& name);
  // Their connection breaks, and does not come back.
  void vanish(const std::string& name);
  bool is_present(const std::string& name) const { return present_.count(name) > 0; }
  DeskPage& page(const std::string& name);
  // What the page shows that they open just now.
  json::object greet(const std::string& name);
  // Of a page that has read all that was sent to it; null: it does not see this citizen.
  const json::object* row(const std::string& name, const std::string& who);
  bool owns(const std::string& name, const std::string& who);
  // Who is offered it takes it, until the citizen hears for the n-th time that somebody came.
  void accept(const std::string& who, int times = 1);
  void decline(const std::string& name, const std::string& who);
  // Whoever owns it says so, under this key, until the citizen hears it.
  void reply(const std::string& who, const std::string& text, const std::string& key);
  void note(const std::string& name, const std::string& who, const std::string& text,
            const std::string& key);
  // Whoever owns it wants this, until the citizen hears that. `wish`: without citizen and epoch.
  void give(const std::string& who, const json::object& wish, const std::string& text,
            int times = 1);
  // As `name`, who sees all, whoever has it; until somebody came for the n-th time.
  void assign(const std::string& name, const std::string& who, const std::string& to, int times);
  // Who is offered it takes it, now.
  void take_offer(const std::string& who);
  // What `name` wants of it now, as the page's answer says: "done", or why not.
  std::string want_now(const std::string& name, const std::string& who, const json::object& wish);
  // Whoever of those present owns it now; empty: nobody.
  std::string owner(const std::string& who);
  std::uint64_t agent(const std::string& name) const { return agents_.at(name); }
  // What the citizen hears when somebody came.
  static constexpr const char* came = "queue: you are now talking to";

 private:
  DeskPage& open(const std::string& name);
  json::object want(const std::string& name, json::object wish);
  json::object on(const std::string& name, const std::string& who, const json::object& wish);

  const DeskTemplate& model_;
  std::filesystem::path folder_;
  CrashPoint* point_ = nullptr;
  std::unique_ptr<Served> served_;
  std::unique_ptr<HttpLine> line_;
  std::uint16_t desk_port_ = 0;
  std::int64_t passed_ms_ = 0;
  std::map<std::string, std::unique_ptr<DeskPage>> pages_;
  std::set<std::string> present_;
  std::map<std::string, std::uint64_t> agents_;
  std::map<std::string, std::vector<std::string>> heard_;
  std::map<std::string, std::map<std::uint64_t, std::string>> messages_;  // by citizen and id
  std::string acks_;
  std::uint64_t again_ = 0;
};

}  // namespace alur::tests

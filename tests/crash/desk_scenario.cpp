#include "tests/crash/desk_scenario.hpp"

#include <algorithm>

#include "tests/crash/desk_checker.hpp"

namespace alur::tests {

using desk::Owner;

namespace {

constexpr const char* asked = "Whom do you need?";
constexpr const char* served = "You were served. Goodbye.";
constexpr std::int64_t grace_ms = 61'000;       // of a lost agent, and of a pause after a refusal
constexpr std::int64_t unstaffed_ms = 121'000;  // until nobody is expected any more

const json::object& closing() {
  static const json::object wish{{"do", "close"}, {"code", "answered"}};
  return wish;
}

}  // namespace

std::vector<DeskScenario::Step> DeskScenario::steps() {
  const auto all = citizens_of_town();
  return {
      {"everybody writes at once", [all](DeskTown& town) { town.say_all(all, "hello", "0"); }},
      {"and is asked",
       [all](DeskTown& town) {
         for (const std::string& who : all) {
           if (who != late) town.hear(who, asked);
         }
       }},
      {"two agents come",
       [](DeskTown& town) {
         town.come("ani");
         town.come("budi");
       }},

      {"one is handed over", [](DeskTown& town) { town.say("c0", "General", "1"); }},
      {"and accepted", [](DeskTown& town) { town.accept("c0"); }},
      {"and answered", [](DeskTown& town) { town.reply("c0", "How can I help?", "k1"); }},
      {"and writes", [](DeskTown& town) { town.say("c0", "My card is lost.", "2"); }},
      {"a note is made", [](DeskTown& town) { town.note("ani", "c0", "Card 4411.", "n1"); }},
      {"and is answered again", [](DeskTown& town) { town.reply("c0", "It is blocked.", "k2"); }},
      {"and is served", [this](DeskTown& town) { serve(town, "c0"); }},

      {"another is handed over", [](DeskTown& town) { town.say("c1", "General", "1"); }},
      {"accepted", [](DeskTown& town) { town.accept("c1"); }},
      {"given back at a state",
       [](DeskTown& town) {
         const json::object wish{{"do", "return"}, {"state", "again"}};
         town.give("c1", wish, "You are back with the bot.");
         town.hear("c1", asked, 2);
       }},
      {"handed over again", [](DeskTown& town) { town.say("c1", "General", "2"); }},
      {"accepted again", [](DeskTown& town) { town.accept("c1", 2); }},
      {"and served", [this](DeskTown& town) { serve(town, "c1"); }},

      {"somebody in a hurry", [](DeskTown& town) { town.say("c2", "Urgent", "1"); }},
      {"is accepted", [](DeskTown& town) { town.accept("c2"); }},
      {"is answered", [](DeskTown& town) { town.reply("c2", "I pass you on.", "k3"); }},
      {"is passed to a queue",
       [this](DeskTown& town) {
         const json::object wish{
             {"do", "transfer"}, {"to_queue", "general"}, {"note", "A card, not a scam."}};
         hand_on(town, "c2", "budi", "ani", wish);
       }},
      {"is answered there", [](DeskTown& town) { town.reply("c2", "I have read it.", "k4"); }},
      {"is served there", [this](DeskTown& town) { serve(town, "c2"); }},

      {"somebody waits", [](DeskTown& town) { town.say("c3", "Urgent", "1"); }},
      {"and waits no longer",
       [](DeskTown& town) {
         town.hear("c3", "queue:");
         town.say("c3", "cancel", "2");
         town.hear("c3", "You no longer wait. Goodbye.");
       }},

      {"two at once", [](DeskTown& town) { town.say_all({"c4", "c5"}, "Shared", "1"); }},
      {"are accepted",
       [this](DeskTown& town) {
         town.accept("c4");
         town.accept("c5");
         first_ = town.owner("c4");
       }},
      {"one goes to a colleague",
       [this](DeskTown& town) {
         const std::string other = first_ == "ani" ? "budi" : "ani";
         const json::object wish{{"do", "transfer"}, {"to_agent", town.agent(other)}};
         hand_on(town, "c4", first_, other, wish);
       }},
      {"both are answered",
       [](DeskTown& town) {
         town.reply("c4", "Good morning.", "k5");
         town.reply("c5", "Good morning.", "k6");
       }},
      {"both are served",
       [this](DeskTown& town) {
         serve(town, "c4");
         serve(town, "c5");
       }},

      {"one is offered", [](DeskTown& town) { town.say("c6", "General", "1"); }},
      {"and declined", [](DeskTown& town) { town.decline("ani", "c6"); }},
      {"and accepted a minute later", [this](DeskTown& town) { accept_later(town); }},
      {"and served then", [this](DeskTown& town) { serve(town, "c6"); }},

      {"one has an agent", [](DeskTown& town) { town.say("c7", "Urgent", "1"); }},
      {"who comes", [](DeskTown& town) { town.accept("c7"); }},
      {"who asks", [](DeskTown& town) { town.reply("c7", "How much is it?", "k7"); }},
      {"is answered by the citizen", [](DeskTown& town) { town.say("c7", "Ten.", "2"); }},
      {"and is lost", [this](DeskTown& town) { lose(town); }},
      {"a supervisor gives it to somebody else",
       [](DeskTown& town) { town.assign("sri", "c7", "ani", 2); }},
      {"who answers", [](DeskTown& town) { town.reply("c7", "I go on with it.", "k8"); }},
      {"and serves", [this](DeskTown& town) { serve(town, "c7"); }},
      {"nobody comes for another", [this](DeskTown& town) { wait_in_vain(town); }},
      {"the lost one is back", [](DeskTown& town) { town.come("budi"); }},

      {"one is assigned",
       [](DeskTown& town) {
         town.say("c9", "Shared", "1");
         town.assign("sri", "c9", "budi", 1);
       }},
      {"and served by that one", [this](DeskTown& town) { serve(town, "c9"); }},
      {"one does not look", [this](DeskTown& town) { serve_unheard(town); }},
      {"and looks at last", [](DeskTown& town) { town.hear(late, served); }},
      {"everybody has heard",
       [all](DeskTown& town) {
         for (const std::string& who : all) town.hear_out(who);
       }},
  };
}

void DeskScenario::serve(DeskTown& town, const std::string& who) {
  town.give(who, closing(), served);
}

// Until the store has it with its new owner, and the citizen was told who it is.
void DeskScenario::hand_on(DeskTown& town, const std::string& who, const std::string& from,
                           const std::string& to, const json::object& how) {
  DeskTown::Patience patience(who + " is not handed on by " + from);
  for (;; patience.wait()) {
    const DeskChecker now(town.store(), program_);
    const desk::Conversation* is = now.conversation(who);
    if (is && is->owner == Owner::agent && is->agent == town.agent(to)) break;
    if (town.owns(from, who)) town.want_now(from, who, how);
    town.take_offer(who);
  }
  town.hear(who, std::string(DeskTown::came) + " " + to);
}

// Time passes only as long as it has to: an offer that ran out would be one more pause.
void DeskScenario::accept_later(DeskTown& town) {
  DeskTown::Patience patience("c6 is not offered again");
  for (;; patience.wait()) {
    const DeskChecker now(town.store(), program_);
    const desk::Conversation* is = now.conversation("c6");
    if (!is) continue;
    if (is->owner == Owner::agent) break;
    const bool paused = std::any_of(is->pauses.begin(), is->pauses.end(),
                                    [&](const auto& pause) { return pause.until > town.now(); });
    if (paused) town.pass_ms(grace_ms);
    town.take_offer("c6");
  }
  town.accept("c6");
}

// Their connection breaks; when the grace minute is over, who awaits an answer goes back.
void DeskScenario::lose(DeskTown& town) {
  town.vanish("budi");
  DeskTown::Patience patience("c7 does not go back to the queue");
  for (;; patience.wait()) {
    town.fetch("c7");  // else nobody would see that the service has ended
    const DeskChecker now(town.store(), program_);
    const desk::Conversation* is = now.conversation("c7");
    const desk::Agent* budi = now.agent(static_cast<desk::AgentId>(town.agent("budi")));
    if (!is || !budi) continue;
    if (is->owner == Owner::queue && budi->presence == desk::Presence::offline) break;
    const bool in_grace = budi->lost_at && *budi->lost_at + value::Duration{grace_ms} > town.now();
    if (in_grace) town.pass_ms(grace_ms);
  }
  town.hear("c7", "queue: you are next.", 2);
}

void DeskScenario::wait_in_vain(DeskTown& town) {
  town.say("c8", "Urgent", "1");
  town.hear("c8", "queue:");
  DeskTown::Patience patience("c8 is not told that nobody comes");
  const std::string told = "Nobody is here. Goodbye.";
  std::int64_t looks = 0;
  for (town.fetch("c8"); town.count("c8", told) < 1; town.fetch("c8")) {
    if (looks++ % 200 == 0) town.pass_ms(unstaffed_ms);
    patience.wait();
  }
}

// As the store has it, since this citizen does not say what they hear.
void DeskScenario::serve_unheard(DeskTown& town) {
  town.say(late, "General", "1");
  DeskTown::Patience patience("the late one is not served");
  for (bool said = false;; patience.wait()) {
    const DeskChecker now(town.store(), program_);
    const desk::Conversation* is = now.conversation(late);
    if (!is) continue;
    if (is->owner == Owner::bot) return;
    town.take_offer(late);
    if (!town.owns("ani", late)) continue;
    const json::object words{{"do", "say"}, {"key", "k9"}, {"text", "Are you there?"}};
    said = said || town.want_now("ani", late, words) == "done";
    if (said) town.want_now("ani", late, closing());
  }
}

}  // namespace alur::tests
